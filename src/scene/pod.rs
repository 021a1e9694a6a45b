//! Pods as the stage shows them.

use super::deployments::revision;
use crate::api::{Key, Kind, ObjectRef, Pod, PodPhase, Resource, Time, Uid};
use crate::cluster::Cluster;
use crate::controllers::history::REVISION_LABEL;

/// Where a pod is in its life, as far as a picture goes. Each state has a colour, a shape and a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PodState {
    /// Not bound to a node.
    Pending,
    /// Bound; its containers have not all started.
    Creating,
    /// Running; not Ready.
    Unready,
    /// Running and Ready.
    Ready,
    /// A container cannot start or ends again and again.
    Trouble,
    /// Deletion has been asked for.
    Terminating,
    /// Ended badly.
    Failed,
    /// Ended well.
    Succeeded,
}

impl PodState {
    /// All of them, in the order of a pod's life.
    pub const ALL: [PodState; 8] = [
        PodState::Pending,
        PodState::Creating,
        PodState::Unready,
        PodState::Ready,
        PodState::Trouble,
        PodState::Terminating,
        PodState::Failed,
        PodState::Succeeded,
    ];

    /// The state of a pod.
    #[must_use]
    pub fn of(pod: &Pod) -> PodState {
        if pod.is_terminating() {
            return PodState::Terminating;
        }
        match pod.status.phase {
            PodPhase::Failed => PodState::Failed,
            PodPhase::Succeeded => PodState::Succeeded,
            _ if pod.waiting_reason().is_some() => PodState::Trouble,
            PodPhase::Running if pod.is_ready() => PodState::Ready,
            PodPhase::Running => PodState::Unready,
            PodPhase::Pending if pod.node().is_some() => PodState::Creating,
            PodPhase::Pending => PodState::Pending,
        }
    }

    /// A short name for style sheets and tests.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            PodState::Pending => "pending",
            PodState::Creating => "creating",
            PodState::Unready => "unready",
            PodState::Ready => "ready",
            PodState::Trouble => "trouble",
            PodState::Terminating => "terminating",
            PodState::Failed => "failed",
            PodState::Succeeded => "succeeded",
        }
    }
}

/// A pod.
#[derive(Clone, Debug, PartialEq)]
pub struct PodView {
    /// Which.
    pub object: ObjectRef,
    /// Its identity: a pod made again under the same name is another.
    pub uid: Uid,
    /// Where it is in its life.
    pub state: PodState,
    /// Why, in one word of Kubernetes, where there is one: `ImagePullBackOff`, `Evicted`, `Unschedulable`.
    pub word: Option<String>,
    /// Its node.
    pub node: Option<String>,
    /// The number of the template revision it was made from.
    pub revision: Option<i64>,
    /// Whether that is the newest.
    pub newest: bool,
    /// Who controls it, as `kind` and `name`.
    pub owner: Option<(String, String)>,
    /// The grace period, while it runs down.
    pub grace: Option<Grace>,
}

/// How long a pod has to end by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grace {
    /// When the kubelet kills what still runs.
    pub ends: Time,
    /// How long it is, in milliseconds.
    pub whole: u64,
    /// How much of it is left, in milliseconds.
    pub left: u64,
}

impl Grace {
    fn of(pod: &Pod) -> Option<Grace> {
        let ends = pod.metadata.deletion_timestamp?;
        let seconds = u64::try_from(pod.metadata.deletion_grace_period_seconds?).ok().filter(|seconds| *seconds > 0)?;
        Some(Grace { ends, whole: seconds * 1_000, left: seconds * 1_000 })
    }

    /// What is left of it, in thousandths.
    #[must_use]
    pub fn permille(self) -> u64 {
        (self.left.saturating_mul(1_000) / self.whole.max(1)).min(1_000)
    }
}

impl PodView {
    /// A pod as it is now.
    #[must_use]
    pub fn of(cluster: &Cluster, pod: &Pod) -> PodView {
        let state = PodState::of(pod);
        let word = match state {
            PodState::Trouble => pod.waiting_reason().map(str::to_owned),
            PodState::Failed | PodState::Succeeded => pod.status.reason.clone(),
            PodState::Pending => pod.condition("PodScheduled").and_then(|condition| condition.reason.clone()),
            _ => None,
        };
        let (revision, newest) = revision_of(cluster, pod);
        PodView {
            object: pod.reference(),
            uid: pod.metadata.uid,
            state,
            word,
            node: pod.node().map(str::to_owned),
            revision,
            newest,
            owner: pod.metadata.controller().map(|owner| (owner.kind.clone(), owner.name.clone())),
            grace: Grace::of(pod),
        }
    }

    /// The same at an instant: what is left of its grace period.
    pub(super) fn count_down(&mut self, now: Time) {
        if let Some(grace) = &mut self.grace {
            grace.left = grace.ends.0.saturating_sub(now.0);
        }
    }
}

/// The number of the revision a pod was made from, and whether there is no newer one.
fn revision_of(cluster: &Cluster, pod: &Pod) -> (Option<i64>, bool) {
    let Some(owner) = pod.metadata.controller() else { return (None, true) };
    if owner.kind == Kind::ReplicaSet.as_str() {
        return template_of(cluster, &Key::new(&pod.metadata.namespace, &owner.name));
    }
    let Some(label) = pod.metadata.labels.get(REVISION_LABEL) else { return (None, true) };
    let newest = cluster.revisions_of(owner.uid).map(|revision| revision.revision).max();
    let own = (cluster.revisions_of(owner.uid))
        .find(|revision| {
            revision.metadata.name == *label || revision.metadata.labels.get(REVISION_LABEL) == Some(label)
        })
        .map(|revision| revision.revision);
    (own, own.is_none() || own == newest)
}

/// The number of a ReplicaSet in the history of its Deployment, and whether there is no newer one.
fn template_of(cluster: &Cluster, set: &Key) -> (Option<i64>, bool) {
    let Some(set) = cluster.replica_sets.get(set) else { return (None, true) };
    let Some(own) = revision(set) else { return (None, true) };
    let Some(owner) = set.metadata.controller() else { return (Some(own), true) };
    let siblings = cluster.dependents(owner.uid).filter(|dependent| dependent.kind == Kind::ReplicaSet);
    let newest = siblings.filter_map(|sibling| revision(cluster.replica_sets.get(&sibling.key)?)).max();
    (Some(own), newest.is_none_or(|newest| newest == own))
}
