//! What is due next for a pod: its containers are started in order, probed, and started again when they end.
//! Upstream: `pkg/kubelet/kuberuntime/kuberuntime_manager.go: computePodActions`.

use super::place::Place;
use super::probes::{self, Flip, Run};
use super::termination::{self, Stop};
use super::{images, restart, status};
use crate::actor::{Process, View};
use crate::api::{ContainerState, ContainerStatus, Pod, Time};
use crate::reason::{ExitCause, NodeResource};

/// Milliseconds from the end of one init container, or the start of a sidecar, to the start of what comes next.
const NEXT_START: u64 = 500;

/// Something that happens at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) at: Time,
    pub(super) what: What,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// The pod has run for as many seconds as it may.
    Deadline(i64),
    /// The node evicts the pod, and as many come after it.
    Evict(NodeResource, usize),
    /// A container is started for the first time, or its image is tried again.
    Start(Place),
    /// The main containers are started together.
    StartMain,
    /// A container that cannot get its image waits for the next try.
    PullBackOff(Place),
    /// A container ends.
    Exit(Place, i32, ExitCause),
    /// A container that ended waits for its restart.
    CrashBackOff(Place),
    /// A container is started again.
    Restart(Place),
    /// A probe's result flips.
    Flip(Place, Flip),
    /// The Ready condition is not what follows from the containers and the gates.
    Ready,
}

/// The first thing that is due for a pod that runs or starts.
pub(super) fn first(view: View<'_>, pod: &Pod) -> Option<Due> {
    let mut dues = vec![];
    let initialized = pod.status.container_statuses.iter().any(is_begun);
    for place in Place::all(&pod.spec) {
        let is_passed = place.init
            && initialized
            && place.container(&pod.spec).is_none_or(|container| !place.is_long_running(container));
        if !is_passed && place.status(pod).is_some_and(is_begun) {
            dues.extend(of_container(view, pod, place));
        }
    }
    dues.extend(next_start(view, pod, initialized));
    let (ready, closed) = status::readiness(pod);
    if initialized && (ready && closed.is_empty()) != pod.is_ready() {
        dues.push(Due { at: view.now, what: What::Ready });
    }
    dues.into_iter().min_by_key(|due| due.at)
}

/// Whether anything was done for a container already.
pub(super) fn is_begun(status: &ContainerStatus) -> bool {
    let is_first = matches!(status.state.waiting_reason(), Some("ContainerCreating" | "PodInitializing"));
    !is_first || status.last_state.is_some()
}

/// The container whose turn it is to be started for the first time.
fn next_start(view: View<'_>, pod: &Pod, initialized: bool) -> Option<Due> {
    let init: Vec<Place> = Place::all(&pod.spec).filter(|place| place.init).collect();
    if initialized {
        // One of several images could not be had when the others were started: its container goes on by itself.
        let behind =
            Place::all(&pod.spec).filter(|place| !place.init).find(|place| !place.status(pod).is_none_or(is_begun));
        return behind.map(|place| Due { at: view.now, what: What::Start(place) });
    }
    let begun = init.iter().rposition(|place| place.status(pod).is_some_and(is_begun));
    let at = match begun.and_then(|index| init.get(index)) {
        None => pod.status.start_time? + view.settings.kubelet.start_delay,
        Some(place) => done_at(view, pod, *place)? + NEXT_START,
    };
    let what = match init.get(begun.map_or(0, |index| index + 1)) {
        Some(place) => What::Start(*place),
        None => What::StartMain,
    };
    Some(Due { at, what })
}

/// When an init container let the next one go; none while it holds it back.
fn done_at(view: View<'_>, pod: &Pod, place: Place) -> Option<Time> {
    let (container, status) = (place.container(&pod.spec)?, place.status(pod)?);
    if !container.is_sidecar() {
        let (code, at) = status.state.ended()?;
        return (code == 0).then_some(at);
    }
    let process = view.world.processes.of(pod.metadata.uid, &container.name);
    let since = status.state.running_since().filter(|_| status.started == Some(true))?;
    Some(process.and_then(|process| process.started).unwrap_or(since))
}

fn of_container(view: View<'_>, pod: &Pod, place: Place) -> Option<Due> {
    let (container, status) = (place.container(&pod.spec)?, place.status(pod)?);
    let nothing = Process::default();
    let process = view.world.processes.of(pod.metadata.uid, &container.name).unwrap_or(&nothing);
    let due = |at, what| Some(Due { at, what });
    match &status.state {
        ContainerState::Running { started_at } => running(view, pod, place, process, *started_at),
        ContainerState::Terminated { exit_code, finished_at, .. } => {
            if !restart::is_wanted(place, container, &pod.spec, *exit_code) {
                return None;
            }
            match restart::pause(process.restarts, *finished_at) {
                None => due(*finished_at, What::Restart(place)),
                Some(_) => due(*finished_at + restart::NEXT_SYNC, What::CrashBackOff(place)),
            }
        }
        ContainerState::Waiting { reason, .. } => match reason.as_str() {
            "CrashLoopBackOff" => {
                let (_, finished) = status.last_state.as_ref()?.ended()?;
                let back_off = process.restarts?;
                if back_off.is_at_cap() && is_hopeless(view, pod, place) {
                    return None;
                }
                due(finished + back_off.millis, What::Restart(place))
            }
            "ErrImagePull" => due(process.pulls?.since + restart::NEXT_SYNC, What::PullBackOff(place)),
            "ImagePullBackOff" => {
                let is_mended = images::error(view, pod.node()?, container).is_none();
                due(images::retry(process.pulls?, is_mended, view.now)?, What::Start(place))
            }
            "ErrImageNeverPull" if images::error(view, pod.node()?, container).is_none() => {
                due(view.now, What::Start(place))
            }
            _ => None,
        },
    }
}

/// Whether a container will end again each time that it is started, for as long as nobody changes anything.
pub(super) fn is_hopeless(view: View<'_>, pod: &Pod, place: Place) -> bool {
    place.container(&pod.spec).is_some_and(|container| {
        restart::exit_code(place, container, &view.settings.kubelet).is_some()
            || probes::restarts_for_ever(view, pod, container)
    })
}

/// What comes next for a container that runs: its own end, its death by a probe, a probe's flip.
fn running(view: View<'_>, pod: &Pod, place: Place, process: &Process, since: Time) -> Option<Due> {
    let container = place.container(&pod.spec)?;
    let mut dues = vec![];
    if let Some(code) = restart::exit_code(place, container, &view.settings.kubelet) {
        dues.push(Due { at: since + restart::RUN, what: What::Exit(place, code, ExitCause::Exited) });
    }
    if let Some(at) = process.crash.filter(|at| *at >= since) {
        dues.push(Due { at, what: What::Exit(place, 1, ExitCause::Crashed) });
    }
    match process.kill {
        Some(kill) => {
            let Stop { at, exit_code } =
                termination::stop(view, pod, container, kill.since, kill.since, kill.grace_seconds);
            dues.push(Due { at, what: What::Exit(place, exit_code, ExitCause::Probe(kill.probe)) });
        }
        None if place.is_long_running(container) => {
            let flip = Run::of(view, pod, place).and_then(|run| run.next_flip());
            dues.extend(flip.map(|flip| Due { at: flip.at, what: What::Flip(place, flip) }));
        }
        None => {}
    }
    dues.into_iter().min_by_key(|due| due.at)
}
