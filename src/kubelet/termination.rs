//! From the wish to stop to gone: hooks, SIGTERM, SIGKILL, sidecars last, then the terminal phase and the removal.
//! Upstream: `pkg/kubelet/pod_workers.go: SyncTerminatingPod`, `kuberuntime_container.go: killContainer`.

use super::place::Place;
use super::probes::Run;
use super::{apply, status, stop_all, write};
use crate::actor::{Deletion, Pass, View};
use crate::api::{Container, ContainerState, Node, Pod, Resource, Time};
use crate::reason::{ContainerAct, KubeletReason, Reason};
use std::rc::Rc;

/// Milliseconds between the terminal phase and the removal: long enough for others to see the one before the other.
const REMOVAL_DELAY: u64 = 30;
/// Seconds that a container always has after SIGTERM (`minimumGracePeriodInSeconds`).
const LEAST_GRACE: u64 = 2;
/// Milliseconds that a hook takes whose command or request is not simulated.
const HOOK: u64 = 500;
/// Exit code of a process that was killed.
const KILLED: i32 = 137;

/// When a container stops, and with which code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    pub(super) at: Time,
    pub(super) exit_code: i32,
}

/// How a container stops that is asked to at an instant, has some seconds for it, and is not sent SIGTERM before its
/// turn comes. The hook runs at once, whoever's turn it is, and counts in the grace period (`killContainer`).
pub(super) fn stop(view: View<'_>, pod: &Pod, container: &Container, asked: Time, turn: Time, grace: i64) -> Stop {
    let process = view.world.processes.of(pod.metadata.uid, &container.name);
    let mut left = u64::try_from(grace).unwrap_or(0);
    let mut term = asked;
    if left > 0 {
        let hook = pre_stop(container).min(left * 1_000);
        term = asked + hook;
        left -= hook / 1_000;
    }
    if left > 0 && turn > term {
        let waited = (turn - term).min(left * 1_000);
        term = term + waited;
        left -= waited / 1_000;
    }
    let left = left.max(LEAST_GRACE) * 1_000;
    let ignores = process.is_some_and(|process| process.ignores_sigterm);
    let takes = view.settings.kubelet.stop_delay;
    match ignores || takes > left {
        true => Stop { at: term + left, exit_code: KILLED },
        false => Stop { at: term + takes, exit_code: 0 },
    }
}

/// Milliseconds that the hook before the stop takes.
fn pre_stop(container: &Container) -> u64 {
    let Some(hook) = container.lifecycle.as_ref().and_then(|lifecycle| lifecycle.pre_stop.as_ref()) else { return 0 };
    match &hook.sleep {
        Some(sleep) => u64::try_from(sleep.seconds).unwrap_or(0).saturating_mul(1_000),
        None => HOOK,
    }
}

/// When each container stops that runs still: all at once, but sidecars after the main ones, in reverse order.
fn stops(view: View<'_>, pod: &Pod, asked: Time, grace: i64) -> Vec<(Place, Stop)> {
    let mut turn = asked;
    let mut stops = vec![];
    let places: Vec<Place> = Place::all(&pod.spec).collect();
    let is_sidecar = |place: &Place| place.init && place.container(&pod.spec).is_some_and(Container::is_sidecar);
    let (sidecars, others): (Vec<Place>, Vec<Place>) = places.into_iter().partition(is_sidecar);
    for place in others {
        let Some(stop) = of(view, pod, place, asked, asked, grace) else { continue };
        turn = turn.max(stop.at);
        stops.extend(is_running(pod, place).then_some((place, stop)));
    }
    for place in sidecars.into_iter().rev() {
        let Some(stop) = of(view, pod, place, asked, turn, grace) else { continue };
        turn = turn.max(stop.at);
        stops.extend(is_running(pod, place).then_some((place, stop)));
    }
    stops
}

fn is_running(pod: &Pod, place: Place) -> bool {
    place.status(pod).is_some_and(|status| status.state.running_since().is_some())
}

/// When a container stops, or did; none for one that was not running.
fn of(view: View<'_>, pod: &Pod, place: Place, asked: Time, turn: Time, grace: i64) -> Option<Stop> {
    let (container, status) = (place.container(&pod.spec)?, place.status(pod)?);
    if let Some((exit_code, at)) = status.state.ended() {
        return Some(Stop { at, exit_code });
    }
    let since = status.state.running_since()?;
    let planned = stop(view, pod, container, asked, turn, grace);
    let process = view.world.processes.of(pod.metadata.uid, &container.name);
    let killed = process
        .and_then(|process| process.kill)
        .map(|kill| stop(view, pod, container, kill.since, kill.since, kill.grace_seconds));
    let crashed = process.and_then(|process| process.crash).filter(|at| *at >= since);
    let exits = super::restart::exit_code(place, container, &view.settings.kubelet);
    let own = exits.map(|exit_code| Stop { at: since + super::restart::RUN, exit_code });
    let all = [Some(planned), killed, crashed.map(|at| Stop { at, exit_code: 1 }), own];
    all.into_iter().flatten().min_by_key(|stop| stop.at)
}

/// A terminating pod.
pub(super) fn sync(view: View<'_>, pod: &Rc<Pod>, node: &Node) -> Pass {
    let Some(deadline) = pod.metadata.deletion_timestamp else { return Pass::nothing() };
    let grace = pod.metadata.deletion_grace_period_seconds.unwrap_or(0);
    let asked = Time(deadline - Time::ZERO.plus_seconds(grace));
    let stops = stops(view, pod, asked, grace);
    let Some(next) = stops.iter().map(|(_, stop)| stop.at).min() else {
        return finish(view, pod, node, asked, grace);
    };
    // Readiness goes on while the pod stops; liveness and startup do not.
    let runs = stops.iter().filter_map(|(place, _)| Some((*place, Run::of(view, pod, *place)?.next_flip()?)));
    let flip = runs.filter(|(_, flip)| flip.at < next && !flip.succeeded).min_by_key(|(_, flip)| flip.at);
    match flip {
        Some((_, flip)) if flip.at > view.now => return Pass::again_at(flip.at),
        Some((place, flip)) => {
            let pass = apply::flip(view, pod, node, place, &flip);
            return Pass { again_at: Some(view.now), ..pass };
        }
        None if next > view.now => return Pass::again_at(next),
        None => {}
    }
    let mut stopped = (**pod).clone();
    let mut first = None;
    for (place, stop) in stops.iter().filter(|(_, stop)| stop.at <= view.now) {
        let Some(status) = place.status_mut(&mut stopped) else { continue };
        status.state = status::terminated(stop.exit_code, status.state.running_since(), stop.at);
        (status.ready, status.started) = (false, Some(false));
        first.get_or_insert_with(|| (status.name.clone(), stop.exit_code));
    }
    let left = stops.iter().filter(|(_, stop)| stop.at > view.now).count();
    match first {
        Some((container, exit_code)) if left > 0 => {
            status::conditions(&mut stopped, view.now);
            let act = ContainerAct::Stopped { exit_code, left };
            let reason =
                KubeletReason::Container { pod: pod.reference(), node: node.metadata.name.clone(), container, act };
            Pass { again_at: Some(view.now), ..write(stopped, reason) }
        }
        Some(_) | None => finish(view, &Rc::new(stopped), node, asked, grace),
    }
}

/// Nothing runs any more: the phase is written, then the object is removed.
fn finish(view: View<'_>, pod: &Rc<Pod>, node: &Node, asked: Time, grace_seconds: i64) -> Pass {
    let reference = pod.reference();
    let node = node.metadata.name.clone();
    if view.settings.kubelet.no_terminal_phase {
        return Pass::of(
            vec![Deletion::at_once(reference.clone(), pod.metadata.uid)],
            Reason::Kubelet(KubeletReason::Removed { pod: reference, node }),
        );
    }
    let statuses = || pod.status.init_container_statuses.iter().chain(&pod.status.container_statuses);
    if pod.status.phase.is_terminal() {
        let last = statuses().filter_map(|status| status.state.ended()).map(|(_, at)| at).max().unwrap_or(asked);
        let due = last.max(asked) + REMOVAL_DELAY;
        if due > view.now {
            return Pass::again_at(due);
        }
        let reason = KubeletReason::Removed { pod: reference.clone(), node };
        return Pass::of(vec![Deletion::at_once(reference, pod.metadata.uid)], Reason::Kubelet(reason));
    }
    let mut ended = (**pod).clone();
    stop_all(&mut ended, 0, view);
    // Containers that were never started are written as lost (`kubelet_pods.go: convertToAPIContainerStatuses`).
    for status in &mut ended.status.container_statuses {
        if status.state.waiting_reason().is_some() {
            status.state = ContainerState::Terminated {
                reason: "ContainerStatusUnknown".into(),
                exit_code: KILLED,
                started_at: None,
                finished_at: view.now,
            };
        }
    }
    ended.status.phase = status::phase(&ended);
    if !ended.status.phase.is_terminal() {
        ended.status.phase = crate::api::PodPhase::Failed;
    }
    status::conditions(&mut ended, view.now);
    let reason = KubeletReason::Stopped { pod: reference, node, grace_seconds };
    Pass { again_at: Some(view.now + REMOVAL_DELAY), ..write(ended, reason) }
}
