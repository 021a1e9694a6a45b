//! Pods: `printPod`.

use super::since_creation;
use crate::api::{Container, ContainerState, ContainerStatus, Pod, Time};
use crate::kubectl::print::object::pod_ips;
use crate::kubectl::print::table::{Column, always, wide};
use crate::kubectl::print::time::age;

pub(super) const COLUMNS: &[Column] = &[
    always("Name"),
    always("Ready"),
    always("Status"),
    always("Restarts"),
    always("Age"),
    wide("IP"),
    wide("Node"),
    wide("Nominated Node"),
    wide("Readiness Gates"),
];

/// Why pods of a node that does not answer are deleted (`pkg/util/node: NodeUnreachablePodReason`).
const NODE_LOST: &str = "NodeLost";

pub(super) fn cells(pod: &Pod, now: Time) -> Vec<String> {
    let told = Told::of(pod);
    let restarts = match told.restarted_at {
        Some(at) if told.restarts != 0 => format!("{} ({} ago)", told.restarts, age(now, Some(at))),
        _ => told.restarts.to_string(),
    };
    let or_none = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or("<none>").to_owned();
    vec![
        pod.metadata.name.clone(),
        format!("{}/{}", told.ready, told.total),
        told.status,
        restarts,
        since_creation(&pod.metadata, now),
        or_none(pod_ips(pod).first().copied()),
        or_none(pod.node()),
        or_none(pod.status.nominated_node_name.as_deref()),
        readiness_gates(pod),
    ]
}

fn readiness_gates(pod: &Pod) -> String {
    let gates = &pod.spec.readiness_gates;
    if gates.is_empty() {
        return "<none>".into();
    }
    let is_true = |gate: &&crate::api::PodReadinessGate| {
        pod.condition(&gate.condition_type).is_some_and(|condition| condition.status == "True")
    };
    format!("{}/{}", gates.iter().filter(is_true).count(), gates.len())
}

/// What the columns tell of a pod.
struct Told {
    ready: usize,
    total: usize,
    status: String,
    restarts: i32,
    restarted_at: Option<Time>,
}

impl Told {
    fn of(pod: &Pod) -> Told {
        let sidecars = pod.spec.init_containers.iter().filter(|container| container.is_sidecar()).count();
        let mut told = Told {
            ready: 0,
            total: pod.spec.containers.len() + sidecars,
            status: first_status(pod),
            restarts: 0,
            restarted_at: None,
        };
        let is_initializing = told.init_containers(pod);
        let is_initialized = pod.condition("Initialized").is_some_and(|condition| condition.status == "True");
        if !is_initializing || is_initialized {
            told.containers(pod);
        }
        if pod.is_terminating() && pod.status.reason.as_deref() == Some(NODE_LOST) {
            told.status = "Unknown".into();
        } else if pod.is_terminating() && !pod.status.phase.is_terminal() {
            told.status = "Terminating".into();
        }
        told
    }

    /// Counts restarts; those of sidecars are kept when the containers are looked at.
    fn count(&mut self, status: &ContainerStatus) {
        self.restarts += status.restart_count;
        let ended = status.last_state.as_ref().and_then(ContainerState::ended).map(|(_, at)| at);
        self.restarted_at = self.restarted_at.max(ended);
    }

    /// Whether the pod is held up by an init container.
    fn init_containers(&mut self, pod: &Pod) -> bool {
        for (index, status) in pod.status.init_container_statuses.iter().enumerate() {
            self.count(status);
            let container = pod.spec.init_containers.iter().find(|container| container.name == status.name);
            let is_started_sidecar = container.is_some_and(Container::is_sidecar) && status.started == Some(true);
            match &status.state {
                ContainerState::Terminated { exit_code: 0, .. } => continue,
                _ if is_started_sidecar => {
                    self.ready += usize::from(status.ready);
                    continue;
                }
                ContainerState::Terminated { reason, exit_code, .. } if reason.is_empty() => {
                    self.status = format!("Init:ExitCode:{exit_code}");
                }
                ContainerState::Terminated { reason, .. } => self.status = format!("Init:{reason}"),
                ContainerState::Waiting { reason, .. } if !reason.is_empty() && reason != "PodInitializing" => {
                    self.status = format!("Init:{reason}");
                }
                ContainerState::Waiting { .. } | ContainerState::Running { .. } => {
                    self.status = format!("Init:{index}/{}", pod.spec.init_containers.len());
                }
            }
            return true;
        }
        false
    }

    fn containers(&mut self, pod: &Pod) {
        self.restarts = 0;
        self.restarted_at = None;
        for status in &pod.status.init_container_statuses {
            let container = pod.spec.init_containers.iter().find(|container| container.name == status.name);
            if container.is_some_and(Container::is_sidecar) {
                self.count(status);
            }
        }
        let (mut has_running, mut error) = (false, None);
        for status in pod.status.container_statuses.iter().rev() {
            self.count(status);
            match &status.state {
                ContainerState::Waiting { reason, .. } if !reason.is_empty() => self.status.clone_from(reason),
                ContainerState::Terminated { reason, exit_code, .. } => {
                    self.status = if reason.is_empty() { format!("ExitCode:{exit_code}") } else { reason.clone() };
                    if *exit_code != 0 {
                        error = Some(self.status.clone());
                    }
                }
                ContainerState::Running { .. } if status.ready => {
                    has_running = true;
                    self.ready += 1;
                }
                ContainerState::Waiting { .. } | ContainerState::Running { .. } => {}
            }
        }
        if self.status == "Completed" {
            match error {
                _ if has_running && pod.is_ready() => self.status = "Running".into(),
                Some(error) => self.status = error,
                None if has_running => self.status = "NotReady".into(),
                None => {}
            }
        }
    }
}

/// The status before the containers are looked at.
fn first_status(pod: &Pod) -> String {
    const GATED: &str = "SchedulingGated";
    if pod.condition("PodScheduled").is_some_and(|condition| condition.reason.as_deref() == Some(GATED)) {
        return GATED.into();
    }
    match pod.status.reason.as_deref() {
        Some(reason) if !reason.is_empty() => reason.into(),
        _ => format!("{:?}", pod.status.phase),
    }
}
