//! Which nodes and pods of a DaemonSet are told of.

use crate::api::{DaemonSetStatus, Kind, Object, ObjectRef};
use crate::controllers::daemon_set;
use crate::engine::Step;
use crate::explain::Text;
use crate::explain::scope::{Scope, node};
use crate::reason::{Refusal, Verdict};

/// So many refused nodes are shown as evidence.
const SHOWN: usize = 8;

/// So many reasons for deletions are told.
const TOLD: usize = 3;

/// The taint of a cordoned node.
const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

/// The status that a step wrote.
pub(in crate::explain) fn recorded(step: &Step) -> Option<&DaemonSetStatus> {
    step.changes.iter().find_map(|change| match &change.after {
        Some(Object::DaemonSet(object)) => Some(&object.status),
        _ => None,
    })
}

/// The first nodes that the set refuses, each with its reason, and how many more there are.
pub(in crate::explain) fn refusals(set: &ObjectRef, scope: Scope<'_>) -> (Vec<(String, Refusal)>, usize) {
    let Some(set) = scope.daemon_set(set) else { return (vec![], 0) };
    let refusals = scope.cluster.nodes.iter().filter_map(|node| match daemon_set::verdict(&set, node) {
        Verdict::Runs { .. } => None,
        Verdict::Keeps(refusal) | Verdict::Refuses(refusal) => Some((node.metadata.name.clone(), refusal)),
    });
    let mut refusals: Vec<_> = refusals.collect();
    let more = refusals.len().saturating_sub(SHOWN);
    refusals.truncate(SHOWN);
    (refusals, more)
}

/// Whether a node had a pod of the set before the step.
pub(in crate::explain) fn has_older_pod(set: &ObjectRef, name: &str, scope: Scope<'_>) -> bool {
    let Some(set) = scope.daemon_set(set) else { return false };
    let new: Vec<ObjectRef> = (scope.changes(Kind::Pod).filter(|change| change.before.is_none()))
        .filter_map(|change| change.object().map(Object::reference))
        .collect();
    let mut pods = scope
        .cluster
        .pods_on(name)
        .filter(|pod| pod.metadata.controller().is_some_and(|owner| owner.uid == set.metadata.uid));
    pods.any(|pod| !new.iter().any(|made| *made.key.name == pod.metadata.name))
}

/// Those of some nodes that are cordoned.
pub(in crate::explain) fn cordoned(nodes: &[String], scope: Scope<'_>) -> Vec<ObjectRef> {
    let cordoned = nodes.iter().filter(|name| {
        let taints = scope.cluster.node(name).map(|node| &node.spec.taints);
        taints.is_some_and(|taints| taints.iter().any(|taint| taint.key == UNSCHEDULABLE))
    });
    cordoned.map(|name| node(name)).collect()
}

/// The first of some nodes on which a container of the set's pod waits, with what it waits for.
pub(in crate::explain) fn broken<'a>(
    set: &ObjectRef,
    nodes: &'a [String],
    scope: Scope<'_>,
) -> Option<(&'a String, String)> {
    nodes.iter().find_map(|name| {
        let pods = scope.cluster.pods_on(name);
        let uid = scope.daemon_set(set).map(|set| set.metadata.uid);
        let mut own = pods.filter(|pod| pod.metadata.controller().map(|owner| owner.uid) == uid);
        own.find_map(|pod| pod.waiting_reason().map(str::to_owned)).map(|reason| (name, reason))
    })
}

/// Some sentences, each once, and how many others there are.
pub(in crate::explain) fn each_once(sentences: impl Iterator<Item = Text>) -> (Vec<Text>, usize) {
    let mut said: Vec<Text> = vec![];
    for sentence in sentences {
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    let more = said.len().saturating_sub(TOLD);
    said.truncate(TOLD);
    (said, more)
}
