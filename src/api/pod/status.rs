//! What is of a pod: its phase, its conditions, the states of its containers.

use super::QosClass;
use crate::api::Time;
use serde::{Deserialize, Serialize};

/// `core/v1 PodPhase`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PodPhase {
    /// Accepted; not all containers have been started.
    #[default]
    Pending,
    /// At least one container runs, or is about to run again.
    Running,
    /// All containers ended well and will not run again.
    Succeeded,
    /// All containers ended, at least one badly.
    Failed,
}

impl PodPhase {
    /// Succeeded or Failed: final.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(self, PodPhase::Succeeded | PodPhase::Failed)
    }
}

/// `core/v1 PodStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodStatus {
    /// Where the pod is in its life.
    pub phase: PodPhase,
    /// Why, in one word, for phases that need it: `Evicted`.
    pub reason: Option<String>,
    /// Why, in a sentence.
    pub message: Option<String>,
    /// PodScheduled, Ready and the like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<PodCondition>,
    /// State of each container.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub container_statuses: Vec<ContainerStatus>,
    /// When the kubelet first saw the pod.
    pub start_time: Option<Time>,
    /// The pod's address.
    #[serde(rename = "podIP")]
    pub pod_ip: Option<String>,
    /// The node that preemption has made room on.
    pub nominated_node_name: Option<String>,
    /// The same address, as a list.
    #[serde(rename = "podIPs", skip_serializing_if = "Vec::is_empty")]
    pub pod_ips: Vec<PodIp>,
    /// The node's address.
    #[serde(rename = "hostIP")]
    pub host_ip: Option<String>,
    /// The same address, as a list.
    #[serde(rename = "hostIPs", skip_serializing_if = "Vec::is_empty")]
    pub host_ips: Vec<HostIp>,
    /// In which order pods are evicted when their node runs short.
    pub qos_class: Option<QosClass>,
    /// State of each init container.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub init_container_statuses: Vec<ContainerStatus>,
    /// The generation of the spec that the kubelet has seen.
    pub observed_generation: Option<i64>,
}

/// `core/v1 PodIP`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodIp {
    /// The address.
    pub ip: String,
}

/// `core/v1 HostIP`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostIp {
    /// The address.
    pub ip: String,
}

/// `core/v1 PodCondition`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodCondition {
    /// `PodScheduled`, `Ready`, ...
    #[serde(rename = "type")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// Since when, in whole seconds.
    #[serde(default)]
    pub last_transition_time: Option<Time>,
    /// Why, in one word.
    #[serde(default)]
    pub reason: Option<String>,
    /// Why, in a sentence.
    #[serde(default)]
    pub message: Option<String>,
    /// The generation of the spec that it was written for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
}

/// `core/v1 ContainerStatus`, the part that is simulated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerStatus {
    /// The container's name.
    pub name: String,
    /// Its image.
    pub image: String,
    /// Whether it counts as ready.
    pub ready: bool,
    /// How often it was started again.
    pub restart_count: i32,
    /// What it is doing.
    pub state: ContainerState,
    /// How the run before this one ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_state: Option<ContainerState>,
    /// Whether its startup probe has succeeded; without one, whether it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<bool>,
}

/// `core/v1 ContainerState`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ContainerState {
    /// Not running, with the reason in one word: `ContainerCreating`, `ImagePullBackOff`, `CrashLoopBackOff`.
    Waiting {
        /// Why.
        reason: String,
        /// Why, in a sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// Running.
    #[serde(rename_all = "camelCase")]
    Running {
        /// Since when.
        started_at: Time,
    },
    /// Ended.
    #[serde(rename_all = "camelCase")]
    Terminated {
        /// `Completed` or `Error`.
        reason: String,
        /// 0 where it ended well.
        exit_code: i32,
        /// When it had started.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        started_at: Option<Time>,
        /// When.
        finished_at: Time,
    },
}

impl Default for ContainerState {
    fn default() -> Self {
        ContainerState::waiting("ContainerCreating")
    }
}

impl ContainerState {
    /// Waiting for a reason in one word.
    #[must_use]
    pub fn waiting(reason: &str) -> ContainerState {
        ContainerState::Waiting { reason: reason.into(), message: None }
    }

    /// Since when it runs, if it does.
    #[must_use]
    pub fn running_since(&self) -> Option<Time> {
        match self {
            ContainerState::Running { started_at } => Some(*started_at),
            ContainerState::Waiting { .. } | ContainerState::Terminated { .. } => None,
        }
    }

    /// Exit code and the instant of the end, if it has ended.
    #[must_use]
    pub fn ended(&self) -> Option<(i32, Time)> {
        match self {
            ContainerState::Terminated { exit_code, finished_at, .. } => Some((*exit_code, *finished_at)),
            ContainerState::Waiting { .. } | ContainerState::Running { .. } => None,
        }
    }

    /// Why it waits, if it does.
    #[must_use]
    pub fn waiting_reason(&self) -> Option<&str> {
        match self {
            ContainerState::Waiting { reason, .. } => Some(reason),
            ContainerState::Running { .. } | ContainerState::Terminated { .. } => None,
        }
    }
}
