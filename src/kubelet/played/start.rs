//! From bound to Running and Ready.

use super::outcome::{self, Outcome};
use crate::actor::{Pass, View, Write};
use crate::api::{ContainerState, ContainerStatus, Object, Pod, PodPhase, Probe, Resource, Time};
use crate::kubelet::status::addresses;
use crate::reason::{KubeletReason, Reason};
use std::rc::Rc;

fn write(pod: Pod, reason: KubeletReason) -> Pass {
    Pass::of(vec![Write::Update(Object::Pod(Rc::new(pod)))], Reason::Kubelet(reason))
}

/// A bound pod that is not Running: taken on, then started when its images are there.
pub(super) fn start(view: View<'_>, pod: &Rc<Pod>, node: &str) -> Pass {
    let (reference, node) = (pod.reference(), node.to_owned());
    let Some(since) = pod.status.start_time else {
        let mut accepted = (**pod).clone();
        accepted.status.start_time = Some(view.now);
        set_states(&mut accepted, false, |_| ContainerState::default());
        return write(accepted, KubeletReason::Accepted { pod: reference, node });
    };
    if let Some((succeeded, reason)) = view.world.held_ends.get(&pod.metadata.uid) {
        return end(view, pod, node, *succeeded, reason.clone());
    }
    let due = since + view.settings.kubelet.start_delay;
    if due > view.now {
        return Pass::again_at(due);
    }
    let running = |_: &str| ContainerState::Running { started_at: view.now };
    let mut started = (**pod).clone();
    match outcome::of(pod, &view.settings.kubelet) {
        Outcome::PullFails(image) => {
            if pod.waiting_reason().is_some() {
                return Pass::nothing();
            }
            let reason = "ImagePullBackOff".to_owned();
            set_addresses(view, &mut started, &node);
            set_states(&mut started, false, |_| ContainerState::waiting(&reason));
            set_ready(&mut started, false, view.now);
            write(started, KubeletReason::ImagePullFailed { pod: reference, node, image })
        }
        Outcome::Crashes(image) => {
            started.status.phase = PodPhase::Running;
            set_addresses(view, &mut started, &node);
            let reason = "CrashLoopBackOff".to_owned();
            set_states(&mut started, false, |_| ContainerState::waiting(&reason));
            set_ready(&mut started, false, view.now);
            write(started, KubeletReason::CrashLooping { pod: reference, node, image })
        }
        Outcome::Ends(succeeded) => end(view, pod, node, succeeded, None),
        outcome @ (Outcome::Runs | Outcome::NeverReady) => {
            started.status.phase = PodPhase::Running;
            set_addresses(view, &mut started, &node);
            let probed = probe_delay(pod).is_some();
            let held = view.world.held_readiness.get(&pod.metadata.uid) == Some(&false);
            let ready = outcome == Outcome::Runs && !held && ready_due(view, pod, view.now) == view.now;
            set_states(&mut started, ready, running);
            set_ready(&mut started, ready, view.now);
            write(started, KubeletReason::Started { pod: reference, node, ready, probed })
        }
    }
}

/// A Running pod: becomes Ready, or stops being it.
pub(super) fn readiness(view: View<'_>, pod: &Rc<Pod>, node: &str) -> Pass {
    let (reference, node) = (pod.reference(), node.to_owned());
    if let Some((succeeded, reason)) = view.world.held_ends.get(&pod.metadata.uid) {
        return end(view, pod, node, *succeeded, reason.clone());
    }
    let wanted = match view.world.held_readiness.get(&pod.metadata.uid) {
        Some(held) => *held,
        None if outcome::of(pod, &view.settings.kubelet) != Outcome::Runs => return Pass::nothing(),
        None => {
            let due = pod.status.container_statuses.iter().find_map(|status| match status.state {
                ContainerState::Running { started_at } => Some(ready_due(view, pod, started_at)),
                _ => None,
            });
            match due {
                Some(due) if due > view.now && !pod.is_ready() => return Pass::again_at(due),
                Some(_) => true,
                None => return Pass::nothing(),
            }
        }
    };
    if wanted == pod.is_ready() {
        return Pass::nothing();
    }
    let mut changed = (**pod).clone();
    changed.status.container_statuses.iter_mut().for_each(|status| status.ready = wanted);
    set_ready(&mut changed, wanted, view.now);
    let reason = if wanted {
        KubeletReason::BecameReady { pod: reference, node, probed: probe_delay(pod).is_some() }
    } else {
        KubeletReason::BecameUnready { pod: reference, node }
    };
    write(changed, reason)
}

fn end(view: View<'_>, pod: &Rc<Pod>, node: String, succeeded: bool, reason: Option<String>) -> Pass {
    let mut ended = (**pod).clone();
    ended.status.phase = if succeeded { PodPhase::Succeeded } else { PodPhase::Failed };
    ended.status.reason = reason;
    let (word, exit_code) = if succeeded { ("Completed", 0) } else { ("Error", 1) };
    set_states(&mut ended, false, |_| ContainerState::Terminated {
        reason: word.into(),
        exit_code,
        started_at: None,
        finished_at: view.now,
    });
    set_ready(&mut ended, false, view.now);
    write(ended, KubeletReason::Ended { pod: pod.reference(), node, succeeded })
}

/// When a pod whose containers started at an instant becomes Ready.
///
/// With a readiness probe the first check comes right after the start, or at the first tick of the period at or after
/// the initial delay (`pkg/kubelet/prober/worker.go`).
fn ready_due(view: View<'_>, pod: &Pod, started: Time) -> Time {
    started + view.settings.kubelet.ready_delay.max(probe_delay(pod).unwrap_or(0))
}

/// Milliseconds from the start to the last of the first successes that readiness probes need.
fn probe_delay(pod: &Pod) -> Option<u64> {
    let probes = pod.spec.containers.iter().filter_map(|container| container.readiness_probe.as_ref());
    probes.map(delay_of).max()
}

fn delay_of(probe: &Probe) -> u64 {
    let seconds = |value: Option<i32>, default: u64| value.map_or(default, |value| u64::try_from(value).unwrap_or(0));
    let period = seconds(probe.period_seconds, 10).max(1);
    let first = seconds(probe.initial_delay_seconds, 0).div_ceil(period) * period;
    let further = seconds(probe.success_threshold, 1).saturating_sub(1) * period;
    (first + further) * 1000
}

fn set_states(pod: &mut Pod, ready: bool, state: impl Fn(&str) -> ContainerState) {
    pod.status.container_statuses = (pod.spec.containers.iter())
        .map(|container| ContainerStatus {
            name: container.name.clone(),
            image: container.image.clone().unwrap_or_default(),
            ready,
            started: Some(ready).filter(|started| *started),
            state: state(&container.name),
            ..ContainerStatus::default()
        })
        .collect();
}

fn set_addresses(view: View<'_>, pod: &mut Pod, node: &str) {
    if let Some(node) = view.cluster.node(node) {
        addresses(pod, node);
        // They know one address of their node.
        pod.status.host_ips.clear();
    }
    pod.status.qos_class = Some(pod.spec.qos_class());
}

fn set_ready(pod: &mut Pod, ready: bool, now: Time) {
    let status = if ready { "True" } else { "False" };
    for condition in ["PodReadyToStartContainers", "Initialized"] {
        pod.set_condition(condition, "True", None, None, now);
    }
    let reason = (!ready).then_some("ContainersNotReady");
    pod.set_condition("ContainersReady", status, reason, None, now);
    pod.set_condition("Ready", status, reason, None, now);
}
