//! What follows from a node's own state. Upstream: `pkg/controller/nodelifecycle/node_lifecycle_controller.go`.

use crate::actor::{Pass, View, Write};
use crate::api::{Key, Object, Resource, Taint, TaintEffect};
use crate::reason::{NodeReason, Reason};
use std::rc::Rc;

/// The taint that says that a node is cordoned.
pub const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

/// Keeps the `unschedulable` taint in step with `spec.unschedulable` (`doNoScheduleTaintingPass`).
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(node) = view.cluster.nodes.get(key) else { return Pass::nothing() };
    let tainted = node.spec.taints.iter().any(|taint| taint.key == UNSCHEDULABLE);
    if tainted == node.is_cordoned() {
        return Pass::nothing();
    }
    let mut changed = (**node).clone();
    if tainted {
        changed.spec.taints.retain(|taint| taint.key != UNSCHEDULABLE);
    } else {
        changed.spec.taints.push(Taint {
            key: UNSCHEDULABLE.into(),
            value: String::new(),
            effect: TaintEffect::NoSchedule,
            time_added: Some(view.now),
        });
    }
    let reason = NodeReason::UnschedulableTaint { node: node.reference(), added: !tainted };
    Pass::of(vec![Write::Update(Object::Node(Rc::new(changed)))], Reason::Node(reason))
}
