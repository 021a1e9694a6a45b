//! The Deployment controller. Upstream: `pkg/controller/deployment`.

mod fences;
mod rolling;
mod scale;
mod sets;
mod status;

pub use fences::{max_surge, max_unavailable, new_replicas, replicas, resolve_fenceposts, strategy};
pub use rolling::OutOfDate;
pub use sets::{HASH_LABEL, REVISION, REVISION_HISTORY, Rollout, Tracked, equal_ignoring_hash, revision_of};
pub use status::{AVAILABLE, PROGRESSING, condition, is_complete, progress_deadline};

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{
    Deployment, DeploymentStatus, DeploymentStrategyType, Key, Object, ObjectRef, Pod, ReplicaSet, Resource,
    WorkloadCondition,
};
use crate::controllers::ownership::{ClaimedSets, claim_replica_sets};
use crate::reason::{DeploymentAct, DeploymentReason, Reason, ResizeCause, Reused};
use std::rc::Rc;

/// One sync of the Deployment of that name (`syncDeployment`).
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(deployment) = view.cluster.deployments.get(key) else { return Pass::nothing() };
    let Some(selector) = deployment.spec.selector.as_ref().filter(|selector| !selector.is_empty()) else {
        return Pass::nothing();
    };
    let claimed = claim_replica_sets(view, &**deployment, selector);
    let rollout = Rollout::of(deployment, claimed.sets.clone());
    let mut sync = Sync {
        view,
        deployment,
        claimed,
        rollout,
        conditions: deployment.status.conditions.clone(),
        collisions: deployment.status.collision_count,
        deleted: vec![],
        reused: None,
    };
    sync.reused = sync.refresh_new();
    if deployment.metadata.is_terminating() {
        let status = sync.counts();
        return sync.finish(Some(status), Some(DeploymentAct::BeingDeleted));
    }
    status::note_pause(deployment, &mut sync.conditions, view.now);
    if deployment.spec.paused == Some(true) || sync.rollout.is_scaling_event() {
        return sync.scale();
    }
    match strategy(deployment) {
        DeploymentStrategyType::RollingUpdate => sync.rolling(),
        DeploymentStrategyType::Recreate => sync.recreate(),
    }
}

/// The state of one sync.
struct Sync<'a> {
    view: View<'a>,
    deployment: &'a Rc<Deployment>,
    claimed: ClaimedSets,
    rollout: Rollout<'a>,
    conditions: Vec<WorkloadCondition>,
    collisions: Option<i32>,
    deleted: Vec<ObjectRef>,
    reused: Option<Reused>,
}

impl Sync<'_> {
    fn refresh_new(&mut self) -> Option<Reused> {
        let (from, to) = self.rollout.refresh_new()?;
        Some(Reused { set: self.rollout.new.as_ref()?.set.reference(), from, to })
    }

    /// The Deployment's size is divided; nothing is rolled out in the same sync (`sync`).
    fn scale(mut self) -> Pass {
        self.rollout.scale();
        let paused = self.deployment.spec.paused == Some(true);
        if paused {
            self.clean_up();
        }
        status::note_new_set(&self.rollout, &mut self.conditions, self.view.now);
        let status = self.counts();
        let act = if !self.rollout.resized.is_empty() {
            let (resized, budget) = (self.rollout.resized.clone(), self.rollout.budget());
            Some(DeploymentAct::Scale { resized, budget, paused })
        } else if paused {
            Some(DeploymentAct::Paused { pending: self.rollout.new.is_none() })
        } else {
            None
        };
        self.finish(Some(status), act)
    }

    /// One step of a rolling update (`rolloutRolling`): the new set grows, or old ones shrink.
    fn rolling(mut self) -> Pass {
        if let Err(name) = self.ensure_new() {
            return self.collided(name);
        }
        let outcome = if self.rollout.reconcile_new() { Ok(true) } else { self.rollout.reconcile_old() };
        match outcome {
            Ok(true) => {}
            Ok(false) => {
                if is_complete(self.deployment, &self.deployment.status) {
                    self.clean_up();
                }
            }
            // `rolloutRolling` returns the error: no status is written, and the sync is tried again when the counts come.
            Err(OutOfDate) => {
                let act = self.rolled_out(false);
                return self.finish(None, act);
            }
        }
        self.finish_rollout(false)
    }

    /// All old pods go before the first new one comes (`rolloutRecreate`).
    fn recreate(mut self) -> Pass {
        if self.rollout.scale_old_to_zero(ResizeCause::OldBeforeNew) {
            return self.finish_rollout(true);
        }
        if let Some(running) = self.rollout.old_pods_running(|rollout| self.old_pods(rollout)) {
            let first = running.first().map(|pod| pod.reference());
            let act = DeploymentAct::WaitForOldPods { pods: running.len(), first };
            status::note_new_set(&self.rollout, &mut self.conditions, self.view.now);
            let status = self.progressed();
            return self.finish(Some(status), Some(act));
        }
        if let Err(name) = self.ensure_new() {
            return self.collided(name);
        }
        self.rollout.scale_up_new_for_recreate();
        if is_complete(self.deployment, &self.deployment.status) {
            self.clean_up();
        }
        self.finish_rollout(true)
    }

    /// Pods of the Deployment's sets but the new one (`getPodMapForDeployment`).
    fn old_pods(&self, rollout: &Rollout<'_>) -> Vec<Rc<Pod>> {
        (rollout.old.iter()).flat_map(|tracked| self.view.cluster.pods_of(tracked.set.metadata.uid)).cloned().collect()
    }

    /// Makes the new set where there is none.
    ///
    /// # Errors
    /// Its name, where that is taken.
    fn ensure_new(&mut self) -> Result<(), String> {
        match self.rollout.new {
            Some(_) => Ok(()),
            None => self.rollout.create_new(self.view),
        }
    }

    /// The next sync looks for another name.
    fn collided(mut self, name: String) -> Pass {
        self.collisions = Some(self.collisions.unwrap_or(0) + 1);
        let status = DeploymentStatus { conditions: self.conditions.clone(), ..self.deployment.status.clone() };
        self.finish(Some(status), Some(DeploymentAct::Collision { name }))
    }

    /// Deletes old sets beyond the limit that have no pods, lowest revision first (`cleanupDeployment`).
    fn clean_up(&mut self) {
        let Some(limit) = self.deployment.spec.revision_history_limit.filter(|limit| *limit != i32::MAX) else {
            return;
        };
        let mut old: Vec<&ReplicaSet> = (self.rollout.old.iter().map(|tracked| &tracked.set))
            .filter(|set| !set.metadata.is_terminating())
            .collect();
        old.sort_by_key(|set| (revision_of(&set.metadata), set.metadata.creation_timestamp, set.metadata.name.clone()));
        let surplus = old.len().saturating_sub(usize::try_from(limit).unwrap_or(0));
        let is_empty = |set: &&&ReplicaSet| {
            set.status.replicas == 0
                && set.spec.replicas.unwrap_or(1) == 0
                && set.metadata.generation <= set.status.observed_generation
        };
        self.deleted = old.iter().take(surplus).filter(is_empty).map(|set| set.reference()).collect();
    }

    fn counts(&self) -> DeploymentStatus {
        status::of(&self.rollout, &self.conditions, self.view.now)
    }

    fn progressed(&self) -> DeploymentStatus {
        let mut status = self.counts();
        status::note_progress(&self.rollout, &mut status, self.view.now);
        status
    }

    /// What a rollout changed; none where it changed nothing.
    fn rolled_out(&self, recreate: bool) -> Option<DeploymentAct> {
        let created = self.rollout.new.as_ref().filter(|new| new.stored.is_none());
        let created = created.map(|new| (new.set.reference(), new.size()));
        if created.is_none() && self.rollout.resized.is_empty() {
            return None;
        }
        let (resized, budget) = (self.rollout.resized.clone(), self.rollout.budget());
        Some(DeploymentAct::RollOut { created, resized, budget, recreate })
    }

    fn finish_rollout(mut self, recreate: bool) -> Pass {
        status::note_new_set(&self.rollout, &mut self.conditions, self.view.now);
        let status = self.progressed();
        let act = self.rolled_out(recreate).or_else(|| self.rest(&status));
        self.finish(Some(status), act)
    }

    /// What is told of a sync that changed no size.
    fn rest(&self, status: &DeploymentStatus) -> Option<DeploymentAct> {
        if !self.deleted.is_empty() {
            let limit = self.deployment.spec.revision_history_limit.unwrap_or(10);
            return Some(DeploymentAct::CleanUp { deleted: self.deleted.clone(), limit });
        }
        let new = self.rollout.new.as_ref()?;
        let set = new.set.reference();
        let overdue = progress_deadline(self.deployment).filter(|_| status::is_overdue(status));
        if let Some(deadline) = overdue.filter(|_| !status::is_overdue(&self.deployment.status)) {
            return Some(DeploymentAct::DeadlineExceeded { set, deadline, budget: self.rollout.budget() });
        }
        if is_complete(self.deployment, status) {
            return Some(DeploymentAct::Settled { set: Some(set), replicas: replicas(self.deployment) });
        }
        let budget = self.rollout.budget();
        let old = budget.total - i64::from(new.size());
        (budget.new_unavailable > 0).then(|| DeploymentAct::WaitForAvailable {
            set,
            available: new.available(),
            wanted: new.size(),
            old,
            budget,
            exceeded: overdue,
        })
    }

    /// The writes of the sync: ReplicaSets first, then the Deployment itself.
    fn finish(self, status: Option<DeploymentStatus>, act: Option<DeploymentAct>) -> Pass {
        let mut writes: Vec<Write> =
            (self.claimed.released.iter()).map(|set| Write::Update(Object::ReplicaSet(set.clone()))).collect();
        let mut deletions = vec![];
        for tracked in self.rollout.new.iter().chain(&self.rollout.old) {
            let set = Object::ReplicaSet(Rc::new(tracked.set.clone()));
            match self.view.cluster.replica_sets.get(&tracked.set.key()) {
                None => writes.push(Write::Create(set)),
                Some(present) if **present != tracked.set => writes.push(Write::Update(set)),
                Some(_) => {}
            }
            if self.deleted.contains(&tracked.set.reference()) {
                deletions.push(Deletion::of(tracked.set.reference(), tracked.set.metadata.uid));
            }
        }
        writes.extend(deletions);
        let mut deployment = (**self.deployment).clone();
        let revision = self.rollout.new.as_ref().and_then(|new| new.set.metadata.annotations.get(REVISION)).cloned();
        if let Some(revision) = revision {
            deployment.metadata.annotations.insert(REVISION.into(), revision);
        }
        let mut again_at = None;
        if let Some(status) = status {
            again_at = match deployment.spec.paused {
                Some(true) => None,
                Some(false) | None => status::deadline_due(&deployment, &status, self.view.now),
            };
            deployment.status = DeploymentStatus { collision_count: self.collisions, ..status };
        }
        if deployment != **self.deployment {
            writes.push(Write::Update(Object::Deployment(Rc::new(deployment))));
        }
        let act = match act {
            Some(act) => act,
            None if !writes.is_empty() => DeploymentAct::RecordStatus,
            None => return Pass { again_at, ..Pass::nothing() },
        };
        let references = |sets: &[Rc<ReplicaSet>]| sets.iter().map(|set| set.reference()).collect();
        let reason = DeploymentReason {
            deployment: self.deployment.reference(),
            act,
            adopted: references(&self.claimed.adopted),
            released: references(&self.claimed.released),
            reused: self.reused,
        };
        Pass { writes, reason: Some(Reason::Deployment(reason)), again_at }
    }
}
