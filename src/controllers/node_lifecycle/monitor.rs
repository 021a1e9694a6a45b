//! The monitor of nodes: who is not heard of any more, whose pods are driven away.
//! Upstream: `node_lifecycle_controller.go: monitorNodeHealth, processTaintBaseEviction, doNoExecuteTaintingPass`.

use super::zones::{all_down, zone_of, zones};
use super::{Disruption, NOT_READY, UNREACHABLE, taint};
use crate::actor::{Outage, Pass, View, Write};
use crate::api::{Key, Node, NodeCondition, Object, Resource, Taint, TaintEffect, Time};
use crate::reason::{NodeReason, Reason};
use std::rc::Rc;

/// Milliseconds between two looks of the monitor (`--node-monitor-period`).
pub const PERIOD: u64 = 5_000;
/// Seconds that a node has to report for the first time (`--node-startup-grace-period`).
const STARTUP_GRACE_SECONDS: i64 = 60;
/// Conditions that nobody but the kubelet reports, so that nothing is known of them without it.
const KUBELET_CONDITIONS: [&str; 4] = ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

/// The first look of the monitor at an instant or after it.
#[must_use]
pub fn next_tick(from: Time) -> Time {
    Time(from.0.div_ceil(PERIOD).saturating_mul(PERIOD))
}

/// When a node that went silent is judged, unless it is heard of before.
#[must_use]
pub fn judged_at(outage: Outage, grace_seconds: i64) -> Time {
    next_tick(outage.last_heartbeat.plus_seconds(grace_seconds))
}

/// Whether the monitor has something to do with a node, now or later.
#[must_use]
pub fn is_watched(node: &Node) -> bool {
    !node.is_ready() || node.spec.taints.iter().any(is_no_execute)
}

/// Whether a taint is one by which the monitor drives pods away.
fn is_no_execute(taint: &Taint) -> bool {
    taint.effect == TaintEffect::NoExecute && [NOT_READY, UNREACHABLE].contains(&taint.key.as_str())
}

/// One look at a node.
#[must_use]
pub fn monitor(view: View<'_>, key: &Key) -> Pass {
    let Some(node) = view.cluster.nodes.get(key) else { return Pass::nothing() };
    let ready = node.ready_condition();
    let outage = view.world.nodes.outage(&node.metadata.name).filter(|outage| outage.silent);
    match (ready, outage) {
        (None, _) => {
            let created = node.metadata.creation_timestamp.unwrap_or_default();
            let due = next_tick(created.plus_seconds(STARTUP_GRACE_SECONDS));
            if due > view.now { Pass::again_at(due) } else { lost(view, node, created, STARTUP_GRACE_SECONDS) }
        }
        (Some(ready), Some(outage)) if ready.status != "Unknown" => {
            let grace = view.settings.cluster.node_monitor_grace_seconds();
            let due = judged_at(outage, grace);
            if due > view.now { Pass::again_at(due) } else { lost(view, node, outage.last_heartbeat, grace) }
        }
        (Some(ready), _) if ready.status == "True" => recovered(node),
        (Some(ready), _) => drive_away(view, node, ready),
    }
}

/// Nothing was heard of the kubelet for too long: nothing is known of the node, and its pods do not count as Ready
/// (`tryUpdateNodeHealth`, `MarkPodsNotReady`).
fn lost(view: View<'_>, node: &Rc<Node>, last_heartbeat: Time, grace_seconds: i64) -> Pass {
    let mut changed = (**node).clone();
    for kind in KUBELET_CONDITIONS {
        match changed.status.conditions.iter_mut().find(|condition| condition.kind == kind) {
            Some(condition) if condition.status == "Unknown" => {}
            Some(condition) => {
                condition.status = "Unknown".into();
                condition.reason = Some("NodeStatusUnknown".into());
                condition.message = Some("Kubelet stopped posting node status.".into());
                condition.last_transition_time = Some(view.now);
                condition.last_heartbeat_time = Some(last_heartbeat);
            }
            None => changed.status.conditions.push(NodeCondition {
                kind: kind.into(),
                status: "Unknown".into(),
                reason: Some("NodeStatusNeverUpdated".into()),
                message: Some("Kubelet never posted node status.".into()),
                last_heartbeat_time: Some(last_heartbeat),
                last_transition_time: Some(view.now),
            }),
        }
    }
    let mut writes = vec![Write::Update(Object::Node(Rc::new(changed)))];
    let mut pods = vec![];
    if node.is_ready() {
        for pod in view.cluster.pods_on(&node.metadata.name).filter(|pod| pod.is_ready()) {
            let mut unready = (**pod).clone();
            let condition = pod.condition("Ready");
            let (reason, message) =
                condition.map(|it| (it.reason.as_deref(), it.message.as_deref())).unwrap_or_default();
            unready.set_condition("Ready", "False", reason, message, view.now);
            pods.push(pod.reference());
            writes.push(Write::Update(Object::Pod(Rc::new(unready))));
        }
    }
    let never = node.ready_condition().is_none();
    let reason = NodeReason::Lost { node: node.reference(), last_heartbeat, grace_seconds, never, pods };
    Pass { again_at: Some(view.now + PERIOD), ..Pass::of(writes, Reason::Node(reason)) }
}

/// A node that is Ready drives nobody away (`markNodeAsReachable`).
fn recovered(node: &Rc<Node>) -> Pass {
    let taints: Vec<Taint> = node.spec.taints.iter().filter(|taint| is_no_execute(taint)).cloned().collect();
    if taints.is_empty() {
        return Pass::nothing();
    }
    let reason = NodeReason::Recovered { node: node.reference(), taints };
    Pass::of(vec![without_no_execute(node, None)], Reason::Node(reason))
}

/// The node without the taints that drive pods away, or with one of them in their place.
fn without_no_execute(node: &Node, replacement: Option<Taint>) -> Write {
    let mut changed = node.clone();
    changed.spec.taints.retain(|taint| !is_no_execute(taint));
    changed.spec.taints.extend(replacement);
    Write::Update(Object::Node(Rc::new(changed)))
}

/// A node that is not Ready gets a NoExecute taint, as fast as its zone allows.
fn drive_away(view: View<'_>, node: &Rc<Node>, ready: &NodeCondition) -> Pass {
    // The monitor judges by the condition as it was before this look.
    if ready.last_transition_time.is_some_and(|since| since >= view.now) {
        return Pass::again_at(next_tick(view.now + 1));
    }
    let key = if ready.status == "Unknown" { UNREACHABLE } else { NOT_READY };
    let wanted = taint(key, TaintEffect::NoExecute, view.now);
    let zones = zones(view.cluster);
    let tainted = node.spec.taints.iter().any(is_no_execute);
    if all_down(&zones) {
        let nodes = view.cluster.nodes.len();
        let reason = NodeReason::EvictionsStopped { node: node.reference(), nodes };
        let writes = if tainted { vec![without_no_execute(node, None)] } else { vec![] };
        return Pass::of(writes, Reason::Node(reason));
    }
    if node.spec.taints.iter().any(|set| set.is_same(&wanted)) {
        return Pass::nothing();
    }
    let zone = zone_of(node);
    let limit = view.world.nodes.may_taint_at(&zone);
    match limit.filter(|_| !tainted) {
        None if !tainted => {
            let found = zones.get(&zone).copied().unwrap_or_default();
            debug_assert_eq!(found.disruption(), Disruption::Partial);
            let reason =
                NodeReason::EvictionsHeld { node: node.reference(), nodes: found.nodes, not_ready: found.not_ready };
            Pass::of(vec![], Reason::Node(reason))
        }
        Some(at) if at > view.now => {
            let reason = NodeReason::TaintDelayed { node: node.reference(), until: at };
            Pass { again_at: Some(at), ..Pass::of(vec![], Reason::Node(reason)) }
        }
        Some(_) | None => {
            let reason = NodeReason::DrivesAway { node: node.reference(), taint: wanted.clone(), swapped: tainted };
            Pass::of(vec![without_no_execute(node, Some(wanted))], Reason::Node(reason))
        }
    }
}
