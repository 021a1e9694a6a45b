//! Pods that nobody else can bring to an end. Upstream: `pkg/controller/podgc/gc_controller.go`.

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{Key, Node, Object, Pod, PodPhase, Resource, Time};
use crate::reason::{GarbageReason, Reason};
use std::rc::Rc;

/// How often it looks, in milliseconds (`gcCheckPeriod`).
const PERIOD: u64 = 20_000;
/// How long a node must have been gone, in milliseconds (`quarantineTime`).
const QUARANTINE: u64 = 40_000;
/// The taint by which somebody says that a node that is not Ready will not come back as it was.
pub const OUT_OF_SERVICE: &str = "node.kubernetes.io/out-of-service";

/// The first look at an instant or after it.
#[must_use]
pub fn next_look(from: Time) -> Time {
    Time(from.0.div_ceil(PERIOD).saturating_mul(PERIOD))
}

/// When a pod whose node is gone since an instant is collected: seen at the next look, then kept in quarantine.
#[must_use]
pub fn due(since: Time) -> Time {
    next_look(next_look(since) + QUARANTINE)
}

/// Whether a node is declared out of service: not Ready, and tainted so by somebody.
#[must_use]
pub fn is_out_of_service(node: &Node) -> bool {
    !node.is_ready() && node.spec.taints.iter().any(|taint| taint.key == OUT_OF_SERVICE)
}

/// Whether a pod is one that goes at the next look: terminating, and without a kubelet that could confirm it.
#[must_use]
pub fn is_due_at_next_look(view: View<'_>, pod: &Pod) -> bool {
    pod.is_terminating()
        && match pod.node() {
            None => true,
            Some(name) => view.cluster.node(name).is_some_and(|node| is_out_of_service(node)),
        }
}

/// Removes a pod that is bound to a node that does not exist, or that is terminating where no kubelet can confirm it.
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(pod) = view.cluster.pods.get(key) else { return Pass::nothing() };
    match pod.node() {
        Some(name) if view.cluster.node(name).is_none() => {
            let reason = GarbageReason::NodeGone { pod: pod.reference(), node: name.to_owned() };
            remove(view, pod, true, reason)
        }
        Some(name) if is_due_at_next_look(view, pod) => {
            let reason = GarbageReason::OutOfService { pod: pod.reference(), node: name.to_owned() };
            remove(view, pod, false, reason)
        }
        None if pod.is_terminating() => remove(view, pod, false, GarbageReason::Unscheduled { pod: pod.reference() }),
        Some(_) | None => Pass::nothing(),
    }
}

/// `markFailedAndDeletePodWithCondition`.
fn remove(view: View<'_>, pod: &Rc<Pod>, orphaned: bool, reason: GarbageReason) -> Pass {
    let mut writes = vec![];
    if !pod.status.phase.is_terminal() {
        let mut failed = (**pod).clone();
        failed.status.phase = PodPhase::Failed;
        if orphaned {
            let message = "PodGC: node no longer exists";
            failed.set_condition("DisruptionTarget", "True", Some("DeletionByPodGC"), Some(message), view.now);
        }
        writes.push(Write::Update(Object::Pod(Rc::new(failed))));
    }
    writes.push(Deletion::at_once(pod.reference(), pod.metadata.uid));
    Pass::of(writes, Reason::Garbage(reason))
}
