//! Pods that a DaemonSet creates.

use crate::api::{Kind, Object, ObjectRef};
use crate::explain::en::Words;
use crate::explain::en::words::{count, either, is, list};
use crate::explain::scope::{Scope, node};
use crate::explain::{code, text};

/// The taint of a cordoned node.
const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

pub(super) fn on_nodes(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    created_on: &[String],
    desired: i32,
    nodes: i32,
    surge: i64,
) {
    let updates = surge > 0 && created_on.iter().any(|name| has_older_pod(set, name, scope));
    if updates {
        words.why(text![
            "A pod of the new template starts beside the old one, so that the node is never without: ",
            code(format!("maxSurge: {surge}")),
            " lets ",
            count(surge, "node"),
            " run two for a while."
        ]);
    } else {
        words.why(text![
            "A DaemonSet keeps one pod on every eligible node: ",
            desired,
            " of ",
            nodes,
            " ",
            is(desired),
            " eligible, and ",
            list(created_on.iter().map(|name| node(name))),
            " had none."
        ]);
    }
    words.why(text![
        "Each pod is made for one node: its affinity names the node, and the scheduler only checks that it fits there."
    ]);
    let cordoned = created_on.iter().filter(|name| {
        let taints = scope.cluster.node(name).map(|node| &node.spec.taints);
        taints.is_some_and(|taints| taints.iter().any(|taint| taint.key == UNSCHEDULABLE))
    });
    let cordoned: Vec<ObjectRef> = cordoned.map(|name| node(name)).collect();
    if !cordoned.is_empty() {
        words.why(text![
            list(&cordoned),
            either(cordoned.len(), " is", " are"),
            " cordoned, but every daemon pod tolerates that: the controller adds the toleration of \
             `node.kubernetes.io/unschedulable` by itself."
        ]);
    }
}

/// Whether a node had a pod of the set before the step.
fn has_older_pod(set: &ObjectRef, name: &str, scope: Scope<'_>) -> bool {
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
