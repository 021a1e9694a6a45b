//! Deployments as their ReplicaSets side by side, and the autoscaler that sets how many pods there are.

use super::{Counts, PodState, PodView, Tally};
use crate::api::{
    Deployment, DeploymentStrategyType, HorizontalPodAutoscaler, Kind, MetricStatus, ObjectRef, ReplicaSet, Resource,
};
use crate::cluster::Cluster;
use crate::controllers::deployment::{max_surge, max_unavailable};
use std::rc::Rc;

/// The annotation in which a ReplicaSet carries its place in the history of its Deployment
/// (`pkg/controller/deployment/util: RevisionAnnotation`).
pub(super) const REVISION: &str = "deployment.kubernetes.io/revision";

/// A Deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentView {
    /// Which.
    pub object: ObjectRef,
    /// How many pods are wanted.
    pub replicas: i32,
    /// How many pods are Ready.
    pub ready: usize,
    /// Pods made from the newest template.
    pub updated: usize,
    /// Pods that are not terminating.
    pub pods: usize,
    /// The number of the newest template.
    pub revision: Option<i64>,
    /// What its strategy allows; none where all old pods go before the first new one comes.
    pub bounds: Option<RolloutBounds>,
    /// Whether all old pods go before the first new one comes.
    pub recreate: bool,
    /// Whether a changed template waits.
    pub paused: bool,
    /// Whether the rollout has made no progress for as long as it may.
    pub timed_out: bool,
    /// Whether deletion has been asked for.
    pub terminating: bool,
    /// What sets the number of pods.
    pub autoscaler: Option<AutoscalerView>,
    /// Its ReplicaSets that have or want pods, and the newest; oldest first.
    pub sets: Vec<ReplicaSetView>,
    /// How many more are kept for a rollback, without pods.
    pub kept: usize,
}

/// What a rolling update may do at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RolloutBounds {
    /// The most pods that there may be: the wanted ones and `maxSurge`.
    pub most: i64,
    /// The fewest that have to be available: the wanted ones without `maxUnavailable`.
    pub fewest: i64,
    /// How many there are, as its ReplicaSets want them.
    pub pods: i64,
    /// How many are available, as its ReplicaSets counted them.
    pub available: i64,
}

impl RolloutBounds {
    fn of(deployment: &Deployment, sets: &[&Rc<ReplicaSet>]) -> Option<RolloutBounds> {
        if deployment.spec.strategy.kind == Some(DeploymentStrategyType::Recreate) {
            return None;
        }
        let wanted = i64::from(deployment.spec.replicas.unwrap_or(1));
        Some(RolloutBounds {
            most: wanted + max_surge(deployment),
            fewest: wanted - max_unavailable(deployment),
            pods: sets.iter().map(|set| i64::from(set.spec.replicas.unwrap_or(1))).sum(),
            available: sets.iter().map(|set| i64::from(set.status.available_replicas)).sum(),
        })
    }

    /// How many more pods may be made now.
    #[must_use]
    pub fn may_make(&self) -> i64 {
        (self.most - self.pods).max(0)
    }

    /// How many available pods may go now.
    #[must_use]
    pub fn may_lose(&self) -> i64 {
        (self.available - self.fewest).max(0)
    }
}

/// So many pods of a ReplicaSet are shown one by one.
pub const SHOWN_PODS: usize = 24;

/// A ReplicaSet.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaSetView {
    /// Which.
    pub object: ObjectRef,
    /// Its number in the history of its Deployment.
    pub revision: Option<i64>,
    /// How many pods it should have.
    pub replicas: i32,
    /// How many of its pods are Ready.
    pub ready: usize,
    /// Whether no newer one exists.
    pub newest: bool,
    /// The images of its template.
    pub images: Vec<String>,
    /// Its pods by state, terminating ones too.
    pub counts: Counts,
    /// The first of them.
    pub pods: Vec<PodView>,
}

/// A HorizontalPodAutoscaler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoscalerView {
    /// Which.
    pub object: ObjectRef,
    /// The least and the most pods.
    pub bounds: (i32, i32),
    /// How many pods it wants.
    pub desired: i32,
    /// Percent of the requests that is used and that should be, where it measures that.
    pub utilization: Option<(Option<i32>, i32)>,
}

impl DeploymentView {
    /// A Deployment at a moment.
    #[must_use]
    pub fn of(cluster: &Cluster, tally: &Tally, deployment: &Rc<Deployment>) -> DeploymentView {
        let owned: Vec<&Rc<ReplicaSet>> = (cluster.dependents(deployment.metadata.uid))
            .filter(|dependent| dependent.kind == Kind::ReplicaSet)
            .filter_map(|dependent| cluster.replica_sets.get(&dependent.key))
            .collect();
        let newest = owned.iter().filter_map(|set| revision(set)).max();
        let mut sets: Vec<ReplicaSetView> =
            owned.iter().map(|set| ReplicaSetView::of(cluster, tally, set, revision(set) == newest)).collect();
        sets.sort_by(|a, b| (a.revision, &a.object).cmp(&(b.revision, &b.object)));
        let all = sets.len();
        sets.retain(|set| set.newest || set.replicas > 0 || !set.pods.is_empty());
        let living = |set: &ReplicaSetView| set.counts.all() - set.counts.of(PodState::Terminating);
        DeploymentView {
            object: deployment.reference(),
            replicas: deployment.spec.replicas.unwrap_or(1),
            ready: sets.iter().map(|set| set.ready).sum(),
            updated: sets.iter().filter(|set| set.newest).map(living).sum(),
            pods: sets.iter().map(living).sum(),
            revision: newest,
            bounds: RolloutBounds::of(deployment, &owned),
            recreate: deployment.spec.strategy.kind == Some(DeploymentStrategyType::Recreate),
            paused: deployment.spec.paused.unwrap_or(false),
            timed_out: (deployment.status.conditions.iter())
                .any(|condition| condition.reason.as_deref() == Some("ProgressDeadlineExceeded")),
            terminating: deployment.metadata.is_terminating(),
            autoscaler: AutoscalerView::of(cluster, &deployment.reference()),
            kept: all - sets.len(),
            sets,
        }
    }
}

impl ReplicaSetView {
    /// A ReplicaSet at a moment.
    #[must_use]
    pub fn of(cluster: &Cluster, tally: &Tally, set: &Rc<ReplicaSet>, newest: bool) -> ReplicaSetView {
        let pods = cluster.pods_of(set.metadata.uid).take(SHOWN_PODS);
        let counts = tally.owned_by(set.metadata.uid);
        let images = set.spec.template.spec.containers.iter().filter_map(|container| container.image.clone());
        ReplicaSetView {
            object: set.reference(),
            revision: revision(set),
            replicas: set.spec.replicas.unwrap_or(1),
            ready: counts.of(PodState::Ready),
            newest,
            images: images.collect(),
            counts,
            pods: pods.map(|pod| PodView::of(cluster, pod)).collect(),
        }
    }
}

impl AutoscalerView {
    /// The autoscaler that scales an object; the first by name, should there be several.
    #[must_use]
    pub fn of(cluster: &Cluster, target: &ObjectRef) -> Option<AutoscalerView> {
        let scales = |autoscaler: &&Rc<HorizontalPodAutoscaler>| {
            let reference = &autoscaler.spec.scale_target_ref;
            autoscaler.metadata.namespace == *target.key.namespace
                && reference.kind == target.kind.as_str()
                && reference.name == target.name()
        };
        let autoscaler = cluster.autoscalers.iter().find(scales)?;
        let wanted = autoscaler.spec.metrics.iter().find_map(|metric| {
            let resource = metric.resource.as_ref()?;
            Some((resource.name.as_str(), resource.target.average_utilization?))
        });
        let utilization = wanted.map(|(resource, wanted)| {
            let of_resource = |status: &MetricStatus| {
                let current = status.resource.as_ref().filter(|current| current.name == resource)?;
                current.current.average_utilization
            };
            (autoscaler.status.current_metrics.iter().find_map(of_resource), wanted)
        });
        Some(AutoscalerView {
            object: autoscaler.reference(),
            bounds: (autoscaler.spec.min_replicas.unwrap_or(1), autoscaler.spec.max_replicas),
            desired: autoscaler.status.desired_replicas,
            utilization,
        })
    }
}

/// The number that a ReplicaSet has in the history of its Deployment.
pub(super) fn revision(set: &ReplicaSet) -> Option<i64> {
    set.metadata.annotations.get(REVISION)?.parse().ok()
}
