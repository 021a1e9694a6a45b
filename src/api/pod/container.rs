//! The containers of a pod, their probes and hooks.

use crate::api::{Opaque, Quantity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `core/v1 Container`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Container {
    /// The container's name, unique in the pod.
    pub name: String,
    /// The image to run.
    pub image: Option<String>,
    /// When the image is pulled.
    pub image_pull_policy: Option<String>,
    /// CPU, memory and the like.
    pub resources: ResourceRequirements,
    /// Ports; only host ports matter to scheduling.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<ContainerPort>,
    /// Decides whether the pod receives traffic and counts as Ready.
    pub readiness_probe: Option<Probe>,
    /// Decides whether the container is restarted.
    pub liveness_probe: Option<Probe>,
    /// Holds back the other probes until it has succeeded once.
    pub startup_probe: Option<Probe>,
    /// On an init container, `Always` makes it a sidecar.
    pub restart_policy: Option<String>,
    /// What runs beside the container when it starts and before it stops.
    pub lifecycle: Option<Lifecycle>,
    /// Where volumes are mounted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volume_mounts: Vec<BTreeMap<String, serde_json::Value>>,
    /// Not simulated.
    pub args: Opaque,
    /// Not simulated.
    pub command: Opaque,
    /// Not simulated.
    pub env: Opaque,
    /// Not simulated.
    pub env_from: Opaque,
    /// Not simulated.
    pub resize_policy: Opaque,
    /// Not simulated.
    pub restart_policy_rules: Opaque,
    /// Not simulated.
    pub security_context: Opaque,
    /// Not simulated.
    pub stdin: Option<bool>,
    /// Not simulated.
    pub stdin_once: Option<bool>,
    /// Not simulated.
    pub termination_message_path: Option<String>,
    /// Not simulated.
    pub termination_message_policy: Option<String>,
    /// Not simulated.
    pub tty: Option<bool>,
    /// Not simulated.
    pub volume_devices: Opaque,
    /// Not simulated.
    pub working_dir: Option<String>,
}

/// `core/v1 ResourceRequirements`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResourceRequirements {
    /// What the scheduler sets aside.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub requests: BTreeMap<String, Quantity>,
    /// What the container may use at most.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, Quantity>,
    /// Not simulated.
    pub claims: Opaque,
}

/// `core/v1 ContainerPort`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerPort {
    /// The port's name.
    pub name: Option<String>,
    /// The port inside the pod.
    pub container_port: i32,
    /// The port on the node; only one pod of a node can have it.
    pub host_port: Option<i32>,
    /// The node's address that the host port is bound to.
    #[serde(rename = "hostIP")]
    pub host_ip: Option<String>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: Option<String>,
}

/// `core/v1 Probe`; what is asked of the container is not simulated, the timing is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Probe {
    /// Seconds from the container's start to the first check; default 0.
    pub initial_delay_seconds: Option<i32>,
    /// Seconds between checks; default 10.
    pub period_seconds: Option<i32>,
    /// Seconds until a check counts as failed; default 1.
    pub timeout_seconds: Option<i32>,
    /// Successes in a row that are needed; default 1.
    pub success_threshold: Option<i32>,
    /// Failures in a row that are needed; default 3.
    pub failure_threshold: Option<i32>,
    /// Overrides the pod's grace period when the probe kills the container.
    pub termination_grace_period_seconds: Option<i64>,
    /// Not simulated.
    pub exec: Opaque,
    /// Not simulated.
    pub grpc: Opaque,
    /// Not simulated.
    pub http_get: Opaque,
    /// Not simulated.
    pub tcp_socket: Opaque,
}

/// `core/v1 Lifecycle`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Lifecycle {
    /// Runs right after the container has started.
    pub post_start: Option<LifecycleHandler>,
    /// Runs before the container is asked to stop, within its grace period.
    pub pre_stop: Option<LifecycleHandler>,
    /// Not simulated.
    pub stop_signal: Option<String>,
}

/// `core/v1 LifecycleHandler`; what a command or a request does is not simulated, a sleep is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LifecycleHandler {
    /// Runs a command in the container.
    pub exec: Opaque,
    /// Sends a request to the container.
    pub http_get: Opaque,
    /// Deprecated upstream; fails when it is run.
    pub tcp_socket: Opaque,
    /// Waits.
    pub sleep: Option<SleepAction>,
}

/// `core/v1 SleepAction`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SleepAction {
    /// For how long.
    pub seconds: i64,
}

/// What a probe decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProbeKind {
    /// Whether the container has started; holds back the other two.
    Startup,
    /// Whether the container is restarted.
    Liveness,
    /// Whether the container counts as ready.
    Readiness,
}

impl ProbeKind {
    /// The name of its field in a container.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            ProbeKind::Startup => "startupProbe",
            ProbeKind::Liveness => "livenessProbe",
            ProbeKind::Readiness => "readinessProbe",
        }
    }
}

impl Container {
    /// The probe of a kind, where it is written.
    #[must_use]
    pub fn probe(&self, kind: ProbeKind) -> Option<&Probe> {
        match kind {
            ProbeKind::Startup => self.startup_probe.as_ref(),
            ProbeKind::Liveness => self.liveness_probe.as_ref(),
            ProbeKind::Readiness => self.readiness_probe.as_ref(),
        }
    }

    /// Whether an init container is a sidecar: started in its turn, then kept running.
    #[must_use]
    pub fn is_sidecar(&self) -> bool {
        self.restart_policy.as_deref() == Some("Always")
    }
}
