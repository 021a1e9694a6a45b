//! From the wish to stop to gone. Upstream: `pkg/kubelet/pod_workers.go`, `status/status_manager.go`.

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{ContainerState, Object, Pod, PodPhase, Resource, Time};
use crate::reason::{KubeletReason, Reason};
use std::rc::Rc;

/// Milliseconds between the terminal phase and the removal: long enough for others to see the one before the other.
const REMOVAL_DELAY: u64 = 30;

/// A terminating pod: stopped, written as ended, removed.
pub(super) fn sync(view: View<'_>, pod: &Rc<Pod>, node: &str) -> Pass {
    let (reference, node) = (pod.reference(), node.to_owned());
    let Some(deadline) = pod.metadata.deletion_timestamp else { return Pass::nothing() };
    let grace_seconds = pod.metadata.deletion_grace_period_seconds.unwrap_or(0);
    let asked = Time(deadline - Time::ZERO.plus_seconds(grace_seconds));
    let stopped = (asked + view.settings.kubelet.stop_delay).min(deadline);
    if stopped > view.now {
        return Pass::again_at(stopped);
    }
    if view.settings.kubelet.no_terminal_phase {
        return removed(pod, node);
    }
    if !pod.status.phase.is_terminal() {
        let mut ended = (**pod).clone();
        ended.status.phase = PodPhase::Succeeded;
        for status in &mut ended.status.container_statuses {
            status.ready = false;
            let reason = "Completed".to_owned();
            status.state = ContainerState::Terminated { reason, exit_code: 0, started_at: None, finished_at: view.now };
        }
        ended.set_condition("ContainersReady", "False", Some("PodCompleted"), None, view.now);
        ended.set_condition("Ready", "False", Some("PodCompleted"), None, view.now);
        let reason = KubeletReason::Stopped { pod: reference, node, grace_seconds };
        let again_at = Some(view.now + REMOVAL_DELAY);
        return Pass {
            again_at,
            ..Pass::of(vec![Write::Update(Object::Pod(Rc::new(ended)))], Reason::Kubelet(reason))
        };
    }
    let last = pod.status.container_statuses.iter().filter_map(|status| match status.state {
        ContainerState::Terminated { finished_at, .. } => Some(finished_at),
        _ => None,
    });
    match last.max().map(|finished| finished + REMOVAL_DELAY).filter(|due| *due > view.now) {
        Some(due) => Pass::again_at(due),
        None => removed(pod, node),
    }
}

fn removed(pod: &Rc<Pod>, node: String) -> Pass {
    let reason = KubeletReason::Removed { pod: pod.reference(), node };
    Pass::of(vec![Deletion::at_once(pod.reference(), pod.metadata.uid)], Reason::Kubelet(reason))
}
