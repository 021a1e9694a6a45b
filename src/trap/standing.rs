//! Traps that stand at a moment, read from the cluster.

use super::Trap;
use crate::api::{Key, Kind, Node, ObjectRef, PersistentVolume, Pod, Resource, StatefulSet, UpdateStrategyType};
use crate::cluster::Cluster;
use crate::controllers::history::REVISION_LABEL;
use crate::controllers::stateful_set::{claim_template_of, ordinal_of, pod_name};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The traps that stand, in the order of the objects that they are about.
#[must_use]
pub fn standing(cluster: &Cluster) -> Vec<Trap> {
    let mut traps = vec![];
    for set in cluster.stateful_sets.iter().filter(|set| !set.metadata.is_terminating()) {
        let pods = pods_of(cluster, set);
        traps.extend(stuck(set, &pods));
        traps.extend(on_delete(set, &pods));
        traps.extend(partition(set, &pods));
    }
    traps.extend(claims(cluster));
    traps.extend(budgets(cluster));
    traps.extend(of_pods(cluster));
    traps
}

/// Traps of single pods, by pod. This is asked at every shown moment, so only pods that can be in one are looked at: those on
/// silent nodes, and those whose volume is bound to nodes.
fn of_pods(cluster: &Cluster) -> impl Iterator<Item = Trap> {
    let silent = cluster
        .nodes
        .iter()
        .filter(|node| node.ready_condition().is_some_and(|condition| condition.status == "Unknown"));
    let lost = silent.flat_map(|node| cluster.pods_on(&node.metadata.name)).filter_map(|pod| Some((pod, lost(pod)?)));
    let local = cluster.volumes.iter().filter(|volume| volume.spec.node_affinity.is_some());
    let using = local.filter_map(|volume| volume.claim()).flat_map(|claim| cluster.pods_using(&claim.key));
    let tied = using.filter_map(|pod| Some((pod, tied(cluster, pod)?)));
    let traps: BTreeMap<ObjectRef, Trap> = lost.chain(tied).map(|(pod, trap)| (pod.reference(), trap)).collect();
    traps.into_values()
}

fn pods_of<'a>(cluster: &'a Cluster, set: &StatefulSet) -> BTreeMap<i32, &'a Rc<Pod>> {
    let pods = cluster.pods_of(set.metadata.uid);
    pods.filter_map(|pod| Some((ordinal_of(&set.metadata.name, &pod.metadata.name)?, pod))).collect()
}

fn revision(pod: &Pod) -> &str {
    pod.metadata.labels.get(REVISION_LABEL).map_or("", String::as_str)
}

/// A container that cannot start or ends again and again does not come round by itself.
fn is_broken(pod: &Pod) -> bool {
    !pod.is_terminating() && !pod.status.phase.is_terminal() && !pod.is_ready() && pod.waiting_reason().is_some()
}

/// The first broken pod of an ordered set that was begun to be updated. A set that never ran is not stuck, only broken.
fn stuck(set: &StatefulSet, pods: &BTreeMap<i32, &Rc<Pod>>) -> Option<Trap> {
    if !set.spec.is_ordered() || set.spec.strategy() == UpdateStrategyType::OnDelete {
        return None;
    }
    let update = &set.status.update_revision;
    let broken = pods.values().find(|pod| is_broken(pod))?;
    let mended = revision(broken) != update;
    let rolls = mended || set.status.current_revision != *update;
    rolls.then(|| Trap::StuckRollout { set: set.reference(), pod: broken.reference(), mended })
}

/// `pkg/controller/statefulset/stateful_set_control.go: completeRollingUpdate` moves the current revision for RollingUpdate only.
fn on_delete(set: &StatefulSet, pods: &BTreeMap<i32, &Rc<Pod>>) -> Option<Trap> {
    let (current, update) = (&set.status.current_revision, &set.status.update_revision);
    let all = !pods.is_empty() && pods.values().all(|pod| revision(pod) == update);
    let keeps = set.spec.strategy() == UpdateStrategyType::OnDelete && current != update && all;
    keeps.then(|| Trap::OnDeleteKeepsCurrentRevision {
        set: set.reference(),
        current: current.clone(),
        update: update.clone(),
    })
}

fn partition(set: &StatefulSet, pods: &BTreeMap<i32, &Rc<Pod>>) -> Option<Trap> {
    let partition = set.spec.partition();
    if set.spec.strategy() != UpdateStrategyType::RollingUpdate || partition == 0 {
        return None;
    }
    let update = &set.status.update_revision;
    let done = pods.range(partition..).all(|(_, pod)| revision(pod) == update && pod.is_ready());
    let held: Vec<ObjectRef> =
        (pods.range(..partition).filter(|(_, pod)| revision(pod) != update)).map(|(_, pod)| pod.reference()).collect();
    (done && !held.is_empty()).then(|| Trap::PartitionHolds { set: set.reference(), partition, pods: held })
}

/// Claims of claim templates whose pod does not exist and is not wanted. By default nobody ever deletes them.
fn claims(cluster: &Cluster) -> Vec<Trap> {
    let mut left: BTreeMap<ObjectRef, Vec<ObjectRef>> = BTreeMap::new();
    for claim in cluster.claims.iter().filter(|claim| !claim.metadata.is_terminating()) {
        let mut sets = (cluster.stateful_sets.within(&claim.metadata.namespace))
            .filter_map(|set| Some((set, claim_template_of(set, &claim.metadata.name)?.1)));
        let Some((set, ordinal)) = sets.next() else { continue };
        let start = set.spec.start_ordinal();
        let wanted = ordinal >= start && ordinal - start < set.spec.replicas();
        let pod = pod_name(&set.metadata.name, ordinal);
        let exists = cluster.pods.contains(&Key::new(&claim.metadata.namespace, &pod));
        if !wanted && !exists {
            left.entry(set.reference()).or_default().push(claim.reference());
        }
    }
    left.into_iter().map(|(set, claims)| Trap::ClaimsStay { set, claims }).collect()
}

fn budgets(cluster: &Cluster) -> impl Iterator<Item = Trap> {
    let counted = cluster.disruption_budgets.iter().filter(|budget| budget.status.observed_generation.is_some());
    counted.filter_map(|budget| {
        let status = &budget.status;
        let full = status.expected_pods > 0 && status.current_healthy == status.expected_pods;
        let none = full && status.disruptions_allowed == 0 && status.desired_healthy >= status.expected_pods;
        none.then(|| Trap::BudgetWithoutSlack { budget: budget.reference(), desired: status.desired_healthy })
    })
}

/// The one node that a volume can be used on, if there is just one.
fn only_node<'a>(cluster: &'a Cluster, volume: &PersistentVolume) -> Option<&'a Rc<Node>> {
    let required = volume.spec.node_affinity.as_ref()?.required.as_ref()?;
    let mut nodes = cluster.nodes.iter().filter(|node| required.matches(node));
    let only = nodes.next()?;
    nodes.next().is_none().then_some(only)
}

fn tied(cluster: &Cluster, pod: &Pod) -> Option<Trap> {
    let refused = pod.node().is_none()
        && pod.condition("PodScheduled").is_some_and(|condition| condition.reason.as_deref() == Some("Unschedulable"));
    if !refused || pod.is_terminating() {
        return None;
    }
    pod.claim_names().find_map(|name| {
        let claim = cluster.claims.get(&Key::new(&pod.metadata.namespace, name))?;
        let volume = cluster.volumes.get(&Key::new("", claim.spec.volume_name.as_deref()?))?;
        let node = only_node(cluster, volume).filter(|node| node.is_cordoned() || !node.is_ready())?;
        Some(Trap::VolumeTiesPod { pod: pod.reference(), volume: volume.reference(), node: node.metadata.name.clone() })
    })
}

/// A pod on a silent node that is to go and keeps its name meanwhile.
fn lost(pod: &Pod) -> Option<Trap> {
    let node = pod.node().filter(|_| pod.is_terminating())?;
    let of_set = pod.metadata.controller().is_some_and(|owner| owner.kind == Kind::StatefulSet.as_str());
    of_set.then(|| Trap::TerminatingOnLostNode { pod: pod.reference(), node: node.into() })
}
