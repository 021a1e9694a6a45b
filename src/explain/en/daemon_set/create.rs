//! Pods that a DaemonSet creates.

use crate::api::ObjectRef;
use crate::explain::en::words::{count, either, is, list};
use crate::explain::facts::daemon_set::{cordoned, has_older_pod};
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{code, text};

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
    let cordoned = cordoned(created_on, scope);
    if !cordoned.is_empty() {
        words.why(text![
            list(&cordoned),
            either(cordoned.len(), " is", " are"),
            " cordoned, but every daemon pod tolerates that: the controller adds the toleration of \
             `node.kubernetes.io/unschedulable` by itself."
        ]);
    }
}
