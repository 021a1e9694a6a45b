//! The kubelets: what becomes of a pod once it is bound to a node. Upstream: `pkg/kubelet`.
//!
//! Each pass looks at one pod and does the first thing that is due; the pod's own status says how far it is, and
//! [`crate::actor::Processes`] what the kubelet remembers besides. Probes cost no pass for each check: containers answer
//! the same until somebody says otherwise, so the instant at which a result flips can be computed.

mod admission;
mod apply;
mod due;
mod eviction;
mod images;
mod place;
mod played;
mod probes;
mod restart;
mod status;
mod termination;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that finds something else than it made has failed")]
mod tests;

use crate::actor::{Pass, View, Write};
use crate::api::{ContainerState, Key, Object, Pod, PodPhase, Resource};
use crate::reason::{KubeletReason, Reason};
use due::Due;
use std::rc::Rc;

/// One look at a pod.
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(pod) = view.cluster.pods.get(key) else { return Pass::nothing() };
    let Some(node) = pod.node().and_then(|name| view.cluster.node(name)) else { return Pass::nothing() };
    if view.settings.cluster.played_kubelets {
        return played::sync(view, pod, &node.metadata.name);
    }
    if pod.is_terminating() {
        return termination::sync(view, pod, node);
    }
    if pod.status.phase.is_terminal() {
        return Pass::nothing();
    }
    if pod.status.start_time.is_none() {
        return admission::admit(view, pod, node);
    }
    if let Some((succeeded, reason)) = view.world.held_ends.get(&pod.metadata.uid) {
        return end(view, pod, *succeeded, reason.clone());
    }
    let dues = [deadline(pod), eviction::due(view, pod), due::first(view, pod)];
    match dues.into_iter().flatten().min_by_key(|due| due.at) {
        None => Pass::nothing(),
        Some(due) if due.at > view.now => Pass::again_at(due.at),
        Some(due) => Pass { again_at: Some(view.now), ..apply::apply(view, pod, node, &due.what) },
    }
}

/// When the pod has run for as long as it may (`pkg/kubelet/active_deadline.go`).
fn deadline(pod: &Pod) -> Option<Due> {
    let seconds = pod.spec.active_deadline_seconds?;
    Some(Due { at: pod.status.start_time?.plus_seconds(seconds), what: due::What::Deadline(seconds) })
}

/// A write of a pod with its reason.
fn write(pod: Pod, reason: KubeletReason) -> Pass {
    Pass::of(vec![Write::Update(Object::Pod(Rc::new(pod)))], Reason::Kubelet(reason))
}

/// Somebody made the pod end: its containers are gone, and its phase is final.
fn end(view: View<'_>, pod: &Rc<Pod>, succeeded: bool, reason: Option<String>) -> Pass {
    let mut ended = (**pod).clone();
    ended.status.reason = reason;
    stop_all(&mut ended, if succeeded { 0 } else { 1 }, view);
    ended.status.phase = if succeeded { PodPhase::Succeeded } else { PodPhase::Failed };
    status::conditions(&mut ended, view.now);
    let node = pod.node().unwrap_or_default().to_owned();
    write(ended, KubeletReason::Ended { pod: pod.reference(), node, succeeded })
}

/// Ends every container of a pod in one write; those that were not running end as they last did.
fn stop_all(pod: &mut Pod, exit_code: i32, view: View<'_>) {
    let statuses = pod.status.init_container_statuses.iter_mut().chain(&mut pod.status.container_statuses);
    for status in statuses {
        match &status.state {
            ContainerState::Running { started_at } => {
                status.state = status::terminated(exit_code, Some(*started_at), view.now);
                status.started = Some(false);
            }
            ContainerState::Waiting { .. } => {
                if let Some(last) = status.last_state.take() {
                    status.state = last;
                }
            }
            ContainerState::Terminated { .. } => {}
        }
        status.ready &= status.state.ended().is_some_and(|(code, _)| code == 0);
    }
    for status in &mut pod.status.container_statuses {
        status.ready = false;
    }
}
