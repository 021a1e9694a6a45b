//! Pods whose node is gone. Upstream: `pkg/controller/podgc/gc_controller.go`.

use crate::actor::{Deletion, Pass, View};
use crate::api::{Key, Resource, Time};
use crate::reason::{GarbageReason, Reason};

/// How often it looks, in milliseconds (`gcCheckPeriod`).
const PERIOD: u64 = 20_000;
/// How long a node must have been gone, in milliseconds (`quarantineTime`).
const QUARANTINE: u64 = 40_000;

/// When a pod whose node is gone since an instant is collected: seen at the next look, then kept in quarantine.
#[must_use]
pub fn due(since: Time) -> Time {
    let seen = Time(since.0.div_ceil(PERIOD) * PERIOD);
    Time((seen + QUARANTINE).0.div_ceil(PERIOD) * PERIOD)
}

/// Removes a pod bound to a node that does not exist.
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(pod) = view.cluster.pods.get(key) else { return Pass::nothing() };
    let Some(node) = pod.node().filter(|name| view.cluster.node(name).is_none()) else { return Pass::nothing() };
    let reason = GarbageReason::NodeGone { pod: pod.reference(), node: node.to_owned() };
    Pass::of(vec![Deletion::at_once(pod.reference(), pod.metadata.uid)], Reason::Garbage(reason))
}
