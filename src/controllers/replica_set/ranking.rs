//! Which pods go first when a ReplicaSet is scaled down.
//! Upstream: `replica_set.go: getPodsToDelete`, `pkg/controller/controller_utils.go: ActivePodsWithRanks`.

use crate::actor::View;
use crate::api::{Pod, PodPhase, ReplicaSet, Resource, Time};
use crate::reason::{DeletionRank, ReplicaDeletion};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The annotation that says what it costs to delete a pod.
pub const DELETION_COST: &str = "controller.kubernetes.io/pod-deletion-cost";

/// Nanoseconds in a millisecond: ages are compared in the unit in which Go counts them.
const NANOS: u64 = 1_000_000;

/// What counts when two pods of a set are compared; the one that sorts first is deleted first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether it has a node.
    pub assigned: bool,
    /// Where it is in its life: 0 Pending, 1 Unknown, 2 Running.
    pub phase: u8,
    /// Whether it is Ready.
    pub ready: bool,
    /// What deleting it costs; 0 while the gate PodDeletionCost is off.
    pub cost: i32,
    /// Active pods of the same Deployment on its node.
    pub rank: i64,
    /// Nanoseconds since it became Ready; none where it is not known.
    pub ready_age: Option<u64>,
    /// The most restarts of one of its containers, then the same of its sidecars.
    pub restarts: (i32, i32),
    /// Nanoseconds since it was made; none where it is not known.
    pub age: Option<u64>,
}

/// What a comparison of two pods was decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// One has no node.
    Assigned,
    /// Their phases.
    Phase,
    /// One is not Ready.
    Ready,
    /// The cost of their deletion.
    Cost,
    /// How many related pods their nodes have.
    Rank,
    /// For how long they have been Ready.
    ReadyAge,
    /// How often they were restarted.
    Restarts,
    /// Their ages.
    Age,
    /// Nothing: they are equal.
    Nothing,
}

impl Standing {
    /// The standing of a pod at an instant. `rank` is how many active pods of related sets its node has.
    #[must_use]
    pub fn of(pod: &Pod, rank: i64, cost_counts: bool, now: Time) -> Standing {
        let since = |at: Option<Time>| at.map(|at| (now - at).saturating_mul(NANOS));
        let ready = pod.condition("Ready").filter(|condition| condition.status == "True");
        Standing {
            assigned: pod.node().is_some(),
            phase: match pod.status.phase {
                PodPhase::Pending => 0,
                PodPhase::Running | PodPhase::Succeeded | PodPhase::Failed => 2,
            },
            ready: ready.is_some(),
            cost: if cost_counts { deletion_cost(pod) } else { 0 },
            rank,
            ready_age: ready.and_then(|condition| since(condition.last_transition_time)),
            restarts: restarts(pod),
            age: since(pod.metadata.creation_timestamp),
        }
    }

    /// The order of deletion, and what decides it: `Less` means that this one is deleted first.
    ///
    /// Ages count by their integer logarithm, so that a small difference decides nothing. Where upstream falls back to
    /// the identity of the pods, which is as good as chance, they are equal here.
    #[must_use]
    pub fn compare(&self, other: &Standing) -> (Ordering, Decided) {
        let ready_age = if self.ready && other.ready {
            age_bucket(self.ready_age).cmp(&age_bucket(other.ready_age))
        } else {
            Ordering::Equal
        };
        let by = [
            (self.assigned.cmp(&other.assigned), Decided::Assigned),
            (self.phase.cmp(&other.phase), Decided::Phase),
            (self.ready.cmp(&other.ready), Decided::Ready),
            (self.cost.cmp(&other.cost), Decided::Cost),
            (Reverse(self.rank).cmp(&Reverse(other.rank)), Decided::Rank),
            (ready_age, Decided::ReadyAge),
            (Reverse(self.restarts).cmp(&Reverse(other.restarts)), Decided::Restarts),
            (age_bucket(self.age).cmp(&age_bucket(other.age)), Decided::Age),
        ];
        by.into_iter().find(|(order, _)| order.is_ne()).unwrap_or((Ordering::Equal, Decided::Nothing))
    }
}

/// An age by its integer logarithm to the base 2; an unknown time counts as later than any, none at all as later than
/// what has an age (`logarithmicRankDiff`, `afterOrZero`).
fn age_bucket(age: Option<u64>) -> i64 {
    match age {
        None => -2,
        Some(age) => age.checked_ilog2().map_or(-1, i64::from),
    }
}

/// The cost of deleting a pod; 0 where the annotation is absent or not a number
/// (`pkg/apis/core/v1/helper: GetDeletionCostFromPodAnnotations`).
#[must_use]
pub fn deletion_cost(pod: &Pod) -> i32 {
    let Some(text) = pod.metadata.annotations.get(DELETION_COST) else { return 0 };
    let starts_well = text == "0" || text.starts_with('-') || text.starts_with(|first| ('1'..='9').contains(&first));
    if starts_well { text.parse().unwrap_or(0) } else { 0 }
}

/// The most restarts of one of the containers, and of one of the sidecars (`compareMaxContainerRestarts`).
fn restarts(pod: &Pod) -> (i32, i32) {
    let most = pod.status.container_statuses.iter().map(|status| status.restart_count).max();
    (most.unwrap_or(0), 0)
}

/// The pods that go, first the one that sorts first. `pods` are the set's active pods.
#[must_use]
pub fn to_delete(
    view: View<'_>,
    set: &ReplicaSet,
    pods: &[Rc<Pod>],
    surplus: usize,
) -> Vec<(Rc<Pod>, ReplicaDeletion)> {
    if surplus >= pods.len() {
        let all = |pod: &Rc<Pod>| ReplicaDeletion { pod: pod.reference(), rank: DeletionRank::All, equals: 0 };
        return pods.iter().map(|pod| (pod.clone(), all(pod))).collect();
    }
    let cost_counts = view.settings.cluster.feature_gates.get("PodDeletionCost").copied().unwrap_or(true);
    let crowds = related_pods_by_node(view, set);
    let mut ranked: Vec<(Standing, &Rc<Pod>)> = (pods.iter())
        .map(|pod| {
            let rank = crowds.get(pod.node().unwrap_or_default()).copied().unwrap_or(0);
            (Standing::of(pod, rank, cost_counts, view.now), pod)
        })
        .collect();
    ranked.sort_by(|(a, pod), (b, other)| a.compare(b).0.then_with(|| pod.metadata.name.cmp(&other.metadata.name)));
    let (going, staying) = ranked.split_at(surplus);
    let Some((first_to_stay, _)) = staying.first() else { return vec![] };
    let equals = ranked.iter().filter(|(standing, _)| standing.compare(first_to_stay).0.is_eq()).count();
    (going.iter())
        .map(|(standing, pod)| {
            let is_equal = standing.compare(first_to_stay).0.is_eq();
            let other = staying.iter().find(|(other, _)| standing.compare(other).0.is_ne());
            let rank = other.map_or(DeletionRank::Equal, |(other, _)| why(standing, pod, other));
            let deletion = ReplicaDeletion { pod: pod.reference(), rank, equals: if is_equal { equals } else { 0 } };
            ((*pod).clone(), deletion)
        })
        .collect()
}

/// What put a pod before one that stays.
fn why(chosen: &Standing, pod: &Pod, stays: &Standing) -> DeletionRank {
    match chosen.compare(stays).1 {
        Decided::Assigned => DeletionRank::Unassigned,
        Decided::Phase => DeletionRank::Pending,
        Decided::Ready => DeletionRank::NotReady,
        Decided::Cost => DeletionRank::Cost { cost: chosen.cost, other: stays.cost },
        Decided::Rank => DeletionRank::Crowded {
            node: pod.node().unwrap_or_default().to_owned(),
            pods: chosen.rank,
            other: stays.rank,
        },
        Decided::ReadyAge => DeletionRank::ReadyLater,
        Decided::Restarts => DeletionRank::Restarts { restarts: chosen.restarts.0, other: stays.restarts.0 },
        Decided::Age => DeletionRank::Younger,
        Decided::Nothing => DeletionRank::Equal,
    }
}

/// How many active pods each node has of the sets that share this set's controller (`getIndirectlyRelatedPods`); none
/// where nothing controls the set.
fn related_pods_by_node(view: View<'_>, set: &ReplicaSet) -> BTreeMap<String, i64> {
    let mut crowds: BTreeMap<String, i64> = BTreeMap::new();
    let Some(owner) = set.metadata.controller() else { return crowds };
    for related in view.cluster.replica_sets_of(owner.uid) {
        for pod in view.cluster.pods_of(related.metadata.uid).filter(|pod| super::is_active(pod)) {
            *crowds.entry(pod.node().unwrap_or_default().to_owned()).or_default() += 1;
        }
    }
    crowds
}
