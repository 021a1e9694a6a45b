//! The fields that decide what the Deployment controller and the ReplicaSet controller do.

use super::Fields;
use crate::api::{Deployment, DeploymentStrategyType, IntOrPercent, ObjectRef};
use crate::controllers::deployment::strategy;
use crate::controllers::replica_set::DELETION_COST;
use crate::reason::{
    DeletionRank, DeploymentAct, DeploymentReason, ReplicaSetAct, ReplicaSetReason, Resize, ResizeCause,
};

impl Fields<'_> {
    pub(super) fn deployment(&mut self, reason: &DeploymentReason) {
        let Some(deployment) = self.scope.deployment(&reason.deployment) else { return };
        let name = &reason.deployment;
        match &reason.act {
            DeploymentAct::RollOut { created, resized, recreate, .. } => {
                self.deployment_replicas(name, &deployment);
                if *recreate {
                    self.strategy_type(name, &deployment);
                }
                if created.is_some() || has(resized, &[ResizeCause::NewHasRoom]) {
                    self.max_surge(name, &deployment);
                }
                if has(resized, &[ResizeCause::OldUnhealthy, ResizeCause::OldDispensable]) {
                    self.max_unavailable(name, &deployment);
                }
                if created.is_some() {
                    for (index, container) in deployment.spec.template.spec.containers.iter().enumerate() {
                        let path = format!("spec.template.spec.containers[{index}].image");
                        self.add(name, path, &container.image);
                    }
                }
            }
            DeploymentAct::Scale { resized, .. } => {
                self.deployment_replicas(name, &deployment);
                if resized.len() > 1 {
                    self.max_surge(name, &deployment);
                }
            }
            DeploymentAct::CleanUp { limit, .. } => self.add(name, "spec.revisionHistoryLimit", limit),
            DeploymentAct::DeadlineExceeded { deadline, .. } => {
                self.add(name, "spec.progressDeadlineSeconds", deadline);
                self.limits(name, &deployment);
            }
            DeploymentAct::WaitForAvailable { exceeded, old, .. } => {
                if let Some(deadline) = exceeded {
                    self.add(name, "spec.progressDeadlineSeconds", deadline);
                }
                if *old > 0 {
                    self.limits(name, &deployment);
                }
                self.availability(name, deployment.spec.min_ready_seconds);
            }
            DeploymentAct::WaitForOldPods { .. } => self.strategy_type(name, &deployment),
            DeploymentAct::Paused { .. } => self.add(name, "spec.paused", &true),
            DeploymentAct::Settled { .. } => self.deployment_replicas(name, &deployment),
            DeploymentAct::Collision { .. } | DeploymentAct::BeingDeleted | DeploymentAct::RecordStatus => {}
        }
    }

    fn deployment_replicas(&mut self, name: &ObjectRef, deployment: &Deployment) {
        self.add(name, "spec.replicas", &deployment.spec.replicas.unwrap_or(1));
    }

    fn strategy_type(&mut self, name: &ObjectRef, deployment: &Deployment) {
        self.add(name, "spec.strategy.type", &strategy(deployment));
    }

    fn limits(&mut self, name: &ObjectRef, deployment: &Deployment) {
        self.max_surge(name, deployment);
        self.max_unavailable(name, deployment);
    }

    fn max_surge(&mut self, name: &ObjectRef, deployment: &Deployment) {
        let rolling = deployment.spec.strategy.rolling_update.clone().unwrap_or_default();
        if strategy(deployment) == DeploymentStrategyType::RollingUpdate {
            let limit = rolling.max_surge.unwrap_or(IntOrPercent::Percent(25));
            self.add(name, "spec.strategy.rollingUpdate.maxSurge", &limit);
        }
    }

    fn max_unavailable(&mut self, name: &ObjectRef, deployment: &Deployment) {
        let rolling = deployment.spec.strategy.rolling_update.clone().unwrap_or_default();
        if strategy(deployment) == DeploymentStrategyType::RollingUpdate {
            let limit = rolling.max_unavailable.unwrap_or(IntOrPercent::Percent(25));
            self.add(name, "spec.strategy.rollingUpdate.maxUnavailable", &limit);
        }
    }

    /// Only where it makes a difference.
    fn availability(&mut self, name: &ObjectRef, seconds: Option<i32>) {
        if let Some(seconds) = seconds.filter(|seconds| *seconds > 0) {
            self.add(name, "spec.minReadySeconds", &seconds);
        }
    }

    pub(super) fn replica_set(&mut self, reason: &ReplicaSetReason) {
        let Some(set) = self.scope.replica_set(&reason.set) else { return };
        let name = &reason.set;
        match &reason.act {
            ReplicaSetAct::Create { replicas, .. } | ReplicaSetAct::Settled { replicas } => {
                self.add(name, "spec.replicas", replicas);
            }
            ReplicaSetAct::Delete { deleted, replicas, .. } => {
                self.add(name, "spec.replicas", replicas);
                for deletion in deleted.iter().take(3) {
                    if let DeletionRank::Cost { cost, .. } = &deletion.rank {
                        self.add(&deletion.pod, format!("metadata.annotations[{DELETION_COST}]"), cost);
                    }
                }
            }
            ReplicaSetAct::CreateRefused { .. } => {
                let class = &set.spec.template.spec.priority_class_name;
                self.add(name, "spec.template.spec.priorityClassName", class);
            }
            ReplicaSetAct::WaitForAvailable { .. } => self.availability(name, set.spec.min_ready_seconds),
            ReplicaSetAct::BeingDeleted | ReplicaSetAct::RecordStatus => {}
        }
    }
}

fn has(resized: &[Resize], causes: &[ResizeCause]) -> bool {
    resized.iter().any(|resize| causes.contains(&resize.cause))
}
