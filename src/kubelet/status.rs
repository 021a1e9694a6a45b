//! A pod's status as the kubelet writes it: phase and conditions follow from the states of the containers.
//! Upstream: `pkg/kubelet/kubelet_pods.go: generateAPIPodStatus, getPhase`, `status/generate.go`.

use super::place::Place;
use super::restart;
use crate::api::{ContainerState, ContainerStatus, HostIp, Node, Pod, PodIp, PodPhase, Time};

/// The first statuses of a pod's containers.
pub(super) fn first_states(pod: &mut Pod) {
    let reason = if pod.spec.init_containers.is_empty() { "ContainerCreating" } else { "PodInitializing" };
    let states = |containers: &[crate::api::Container]| {
        let of = |container: &crate::api::Container| ContainerStatus {
            name: container.name.clone(),
            image: container.image.clone().unwrap_or_default(),
            state: ContainerState::waiting(reason),
            started: Some(false),
            ..ContainerStatus::default()
        };
        containers.iter().map(of).collect()
    };
    pod.status.init_container_statuses = states(&pod.spec.init_containers);
    pod.status.container_statuses = states(&pod.spec.containers);
}

/// The state of a container that ended.
pub(super) fn terminated(exit_code: i32, started_at: Option<Time>, now: Time) -> ContainerState {
    let reason = if exit_code == 0 { "Completed" } else { "Error" };
    ContainerState::Terminated { reason: reason.into(), exit_code, started_at, finished_at: now }
}

/// The phase, from the states (`getPhase`).
pub(super) fn phase(pod: &Pod) -> PodPhase {
    let runs_again = |place: Place, exit_code: i32| {
        place.container(&pod.spec).is_some_and(|container| restart::is_wanted(place, container, &pod.spec, exit_code))
    };
    let ended = |status: &ContainerStatus| match &status.state {
        ContainerState::Waiting { .. } => status.last_state.as_ref().and_then(ContainerState::ended),
        state => state.ended(),
    };
    let (mut running, mut waiting, mut stopped, mut succeeded, mut restarting) = (0, 0, 0, 0, false);
    let (mut initializing, mut init_failed) = (false, false);
    for place in Place::all(&pod.spec) {
        let Some(status) = place.status(pod) else { continue };
        if place.init {
            let is_sidecar = place.container(&pod.spec).is_some_and(crate::api::Container::is_sidecar);
            match ended(status) {
                _ if is_sidecar => initializing |= status.started != Some(true),
                Some((0, _)) => {}
                Some((code, _)) if !runs_again(place, code) => init_failed = true,
                Some(_) | None => initializing = true,
            }
            continue;
        }
        match (&status.state, ended(status)) {
            (ContainerState::Running { .. }, _) => running += 1,
            (_, Some((code, _))) => {
                stopped += 1;
                succeeded += usize::from(code == 0);
                restarting |= runs_again(place, code);
            }
            (_, None) => waiting += 1,
        }
    }
    // A sidecar that is down for a while makes no pod Pending that has been initialized.
    let initialized = running + stopped > 0;
    match (running, stopped) {
        _ if init_failed && !initialized => PodPhase::Failed,
        _ if initializing && !initialized => PodPhase::Pending,
        _ if waiting > 0 => PodPhase::Pending,
        (1.., _) => PodPhase::Running,
        (0, 0) => PodPhase::Pending,
        _ if restarting && !pod.is_terminating() => PodPhase::Running,
        (0, stopped) if stopped == succeeded => PodPhase::Succeeded,
        _ => PodPhase::Failed,
    }
}

/// Whether the pod is Ready, or would be, with the gates that are not open.
pub(super) fn readiness(pod: &Pod) -> (bool, Vec<String>) {
    (unready(pod).is_empty() && !pod.status.phase.is_terminal(), closed_gates(pod))
}

fn unready(pod: &Pod) -> Vec<&str> {
    let counts = |place: &Place| place.container(&pod.spec).is_some_and(|it| place.is_long_running(it));
    let statuses = Place::all(&pod.spec).filter(counts).filter_map(|place| place.status(pod));
    statuses.filter(|status| !status.ready).map(|status| status.name.as_str()).collect()
}

fn closed_gates(pod: &Pod) -> Vec<String> {
    let gates = pod.spec.readiness_gates.iter().map(|gate| &gate.condition_type);
    let is_open = |gate: &str| pod.condition(gate).is_some_and(|condition| condition.status == "True");
    gates.filter(|gate| !is_open(gate)).cloned().collect()
}

/// Phase and conditions after the states of containers changed.
pub(super) fn refresh(pod: &mut Pod, now: Time) {
    pod.status.phase = phase(pod);
    conditions(pod, now);
}

/// The conditions that follow from phase and states.
pub(super) fn conditions(pod: &mut Pod, now: Time) {
    let phase = pod.status.phase;
    let ran = |pod: &Pod| {
        let statuses = pod.status.init_container_statuses.iter().chain(&pod.status.container_statuses);
        let mut states = statuses.map(|status| (&status.state, status.last_state.is_some()));
        states.any(|(state, before)| before || state.waiting_reason().is_none())
    };
    let sandbox = ran(pod) && !phase.is_terminal();
    set(pod, "PodReadyToStartContainers", sandbox, None, None, now);
    let incomplete = incomplete(pod);
    match phase {
        PodPhase::Succeeded => set(pod, "Initialized", true, Some("PodCompleted"), None, now),
        _ if incomplete.is_empty() => set(pod, "Initialized", true, None, None, now),
        _ => {
            let message = format!("containers with incomplete status: [{}]", incomplete.join(" "));
            set(pod, "Initialized", false, Some("ContainersNotInitialized"), Some(&message), now);
        }
    }
    let unready: Vec<String> = unready(pod).into_iter().map(str::to_owned).collect();
    let (reason, message) = match phase {
        PodPhase::Succeeded => (Some("PodCompleted"), None),
        PodPhase::Failed => (Some("PodFailed"), None),
        PodPhase::Pending | PodPhase::Running if unready.is_empty() => (None, None),
        PodPhase::Pending | PodPhase::Running => {
            (Some("ContainersNotReady"), Some(format!("containers with unready status: [{}]", unready.join(" "))))
        }
    };
    let closed = closed_gates(pod);
    match (reason, closed.is_empty()) {
        (None, false) => {
            let messages: Vec<String> = closed.iter().map(|gate| gate_message(pod, gate)).collect();
            set(pod, "Ready", false, Some("ReadinessGatesNotReady"), Some(&messages.join(", ")), now);
        }
        _ => set(pod, "Ready", reason.is_none(), reason, message.as_deref(), now),
    }
    set(pod, "ContainersReady", reason.is_none(), reason, message.as_deref(), now);
    pod.status.observed_generation = Some(pod.metadata.generation);
}

/// `status/generate.go: GeneratePodReadyCondition`.
fn gate_message(pod: &Pod, gate: &str) -> String {
    match pod.condition(gate) {
        None => format!("corresponding condition of pod readiness gate {gate:?} does not exist."),
        Some(condition) => {
            format!("the status of pod readiness gate {gate:?} is not \"True\", but {}", condition.status)
        }
    }
}

/// Init containers that are not done, or as sidecars not started; none once a main container has started
/// (`GeneratePodInitializedCondition`).
fn incomplete(pod: &Pod) -> Vec<String> {
    let begun = |status: &ContainerStatus| status.last_state.is_some() || status.state.waiting_reason().is_none();
    if pod.status.container_statuses.iter().any(begun) {
        return vec![];
    }
    let places = Place::all(&pod.spec).filter(|place| place.init);
    let open = places.filter_map(|place| {
        let status = place.status(pod)?;
        let is_sidecar = place.container(&pod.spec)?.is_sidecar();
        let is_done = if is_sidecar { status.started == Some(true) } else { status.ready };
        (!is_done).then(|| status.name.clone())
    });
    open.collect()
}

fn set(pod: &mut Pod, kind: &str, is_true: bool, reason: Option<&str>, message: Option<&str>, now: Time) {
    pod.set_condition(kind, if is_true { "True" } else { "False" }, reason, message, now);
    let generation = pod.metadata.generation;
    if let Some(condition) = pod.status.conditions.iter_mut().find(|condition| condition.kind == kind) {
        condition.observed_generation = Some(generation);
    }
}

/// The addresses of a pod, once it has its sandbox, and of its node.
pub(super) fn addresses(pod: &mut Pod, node: &Node) {
    if pod.status.pod_ip.is_none() {
        let host = host_address(node);
        let own = if pod.spec.host_network == Some(true) { host.clone() } else { None };
        let own = own.unwrap_or_else(|| address(pod));
        pod.status.pod_ips = vec![PodIp { ip: own.clone() }];
        pod.status.pod_ip = Some(own);
        pod.status.host_ips = host.iter().map(|ip| HostIp { ip: ip.clone() }).collect();
        pod.status.host_ip = host;
    }
}

fn host_address(node: &Node) -> Option<String> {
    let addresses = node.status.addresses.as_ref()?.as_array()?;
    let internal = addresses.iter().find(|address| address["type"] == "InternalIP")?;
    internal["address"].as_str().map(str::to_owned)
}

/// An address that no other pod has.
pub(super) fn address(pod: &Pod) -> String {
    let number = pod.metadata.uid.0;
    format!("10.{}.{}.{}", 244 + (number >> 16 & 7), number >> 8 & 255, number & 255)
}
