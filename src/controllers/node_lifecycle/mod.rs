//! What follows from a node's own state. Upstream: `pkg/controller/nodelifecycle/node_lifecycle_controller.go`.

mod monitor;
mod zones;

pub use monitor::{PERIOD, is_watched, judged_at, monitor, next_tick};
pub use zones::{Disruption, Zone, paces, zone_of, zones};

use crate::actor::{Pass, View, Write};
use crate::api::{Key, Node, Object, Resource, Taint, TaintEffect, Time};
use crate::reason::{NodeReason, Reason};
use std::rc::Rc;

/// The taint that says that a node is cordoned.
pub const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";
/// The taint of a node whose kubelet reports that it is not Ready.
pub const NOT_READY: &str = "node.kubernetes.io/not-ready";
/// The taint of a node whose kubelet is not heard of.
pub const UNREACHABLE: &str = "node.kubernetes.io/unreachable";

/// Conditions of a node, the status that counts, and the taint that says it (`nodeConditionToTaintKeyStatusMap`).
const CONDITION_TAINTS: [(&str, &str, &str); 6] = [
    ("Ready", "False", NOT_READY),
    ("Ready", "Unknown", UNREACHABLE),
    ("MemoryPressure", "True", "node.kubernetes.io/memory-pressure"),
    ("DiskPressure", "True", "node.kubernetes.io/disk-pressure"),
    ("PIDPressure", "True", "node.kubernetes.io/pid-pressure"),
    ("NetworkUnavailable", "True", "node.kubernetes.io/network-unavailable"),
];

/// A taint without a value, added at an instant.
#[must_use]
pub fn taint(key: &str, effect: TaintEffect, now: Time) -> Taint {
    Taint { key: key.into(), value: String::new(), effect, time_added: Some(now) }
}

/// The keys of the NoSchedule taints that a node's conditions and cordoning ask for, in the order of the conditions.
#[must_use]
pub fn no_schedule_keys(node: &Node) -> Vec<&'static str> {
    let of_conditions = node.status.conditions.iter().filter_map(|condition| {
        let found =
            CONDITION_TAINTS.iter().find(|(kind, status, _)| *kind == condition.kind && *status == condition.status);
        found.map(|(_, _, key)| *key)
    });
    of_conditions.chain(node.is_cordoned().then_some(UNSCHEDULABLE)).collect()
}

fn is_managed(taint: &Taint) -> bool {
    taint.effect == TaintEffect::NoSchedule
        && (taint.key == UNSCHEDULABLE || CONDITION_TAINTS.iter().any(|(_, _, key)| *key == taint.key))
}

/// Keeps the NoSchedule taints in step with conditions and `spec.unschedulable` (`doNoScheduleTaintingPass`).
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(node) = view.cluster.nodes.get(key) else { return Pass::nothing() };
    let wanted = no_schedule_keys(node);
    let added: Vec<Taint> = (wanted.iter().map(|key| taint(key, TaintEffect::NoSchedule, view.now)))
        .filter(|wanted| !node.spec.taints.iter().any(|set| set.is_same(wanted)))
        .collect();
    let removed: Vec<Taint> = (node.spec.taints.iter().filter(|set| is_managed(set)))
        .filter(|set| !wanted.contains(&set.key.as_str()))
        .cloned()
        .collect();
    if added.is_empty() && removed.is_empty() {
        return Pass::nothing();
    }
    let mut changed = (**node).clone();
    changed.spec.taints.extend(added.iter().cloned());
    changed.spec.taints.retain(|set| !removed.iter().any(|removed| removed.is_same(set)));
    let write = Write::Update(Object::Node(Rc::new(changed)));
    let only_cordon = added.iter().chain(&removed).all(|taint| taint.key == UNSCHEDULABLE);
    let reason = if only_cordon {
        NodeReason::UnschedulableTaint { node: node.reference(), added: !added.is_empty() }
    } else {
        NodeReason::ConditionTaints { node: node.reference(), added, removed }
    };
    Pass::of(vec![write], Reason::Node(reason))
}
