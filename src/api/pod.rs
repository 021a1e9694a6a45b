//! Pods and their templates. Upstream: `k8s.io/api/core/v1`.
//! Fields of type [`Opaque`] are accepted and shown again, not simulated.

use super::{LabelSelector, Labels, ObjectMeta, Opaque, Quantity, Time, Toleration, VolumeClaimReference};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;

/// `core/v1 Pod`. Metadata and spec are shared: most writes change the status alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Pod {
    /// Name, labels, owners.
    pub metadata: Rc<ObjectMeta>,
    /// What is asked for.
    pub spec: Rc<PodSpec>,
    /// What is.
    pub status: PodStatus,
}

/// `core/v1 PodTemplateSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodTemplateSpec {
    /// Labels and annotations of the pods.
    pub metadata: ObjectMeta,
    /// Their spec.
    pub spec: PodSpec,
}

/// `core/v1 PodSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodSpec {
    /// The node the pod is bound to; set by the scheduler.
    pub node_name: Option<String>,
    /// Labels that the node must have.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub node_selector: Labels,
    /// Rules of attraction and repulsion.
    pub affinity: Option<Affinity>,
    /// Taints that the pod tolerates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tolerations: Vec<Toleration>,
    /// The containers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub containers: Vec<Container>,
    /// Containers that run to completion before the others, one by one; with `restartPolicy: Always`, sidecars.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub init_containers: Vec<Container>,
    /// Volumes that containers may mount.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// `Always`, `OnFailure` or `Never`.
    pub restart_policy: Option<String>,
    /// Seconds between the wish to stop and the kill.
    pub termination_grace_period_seconds: Option<i64>,
    /// Name of the priority class.
    pub priority_class_name: Option<String>,
    /// The priority that the class stands for.
    pub priority: Option<i32>,
    /// Whether lower priorities may be evicted for it: `PreemptLowerPriority` or `Never`.
    pub preemption_policy: Option<String>,
    /// Whether the pod uses the node's own network.
    pub host_network: Option<bool>,
    /// The pod's host name; a StatefulSet sets it to the pod's name.
    pub hostname: Option<String>,
    /// The headless Service under which the host name is found.
    pub subdomain: Option<String>,
    /// Which scheduler binds the pod.
    pub scheduler_name: Option<String>,
    /// How pods spread over domains of nodes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
    /// Resources that the pod costs beyond its containers.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub overhead: BTreeMap<String, Quantity>,
    /// Conditions that Ready also needs.
    pub readiness_gates: Opaque,
    /// What has to be removed before the scheduler looks at the pod.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scheduling_gates: Vec<PodSchedulingGate>,
    /// What the pod as a whole asks for, in place of the sum of its containers.
    pub resources: Option<ResourceRequirements>,
    /// Not simulated.
    pub active_deadline_seconds: Option<i64>,
    /// Not simulated.
    pub automount_service_account_token: Option<bool>,
    /// Not simulated.
    pub dns_config: Opaque,
    /// Not simulated.
    pub dns_policy: Option<String>,
    /// Not simulated.
    pub enable_service_links: Option<bool>,
    /// Not simulated.
    pub ephemeral_containers: Opaque,
    /// Not simulated.
    pub host_aliases: Opaque,
    /// Not simulated.
    #[serde(rename = "hostIPC")]
    pub host_ipc: Option<bool>,
    /// Not simulated.
    #[serde(rename = "hostPID")]
    pub host_pid: Option<bool>,
    /// Not simulated.
    pub host_users: Option<bool>,
    /// Not simulated.
    pub hostname_override: Option<String>,
    /// Not simulated.
    pub image_pull_secrets: Opaque,
    /// Not simulated.
    pub os: Opaque,
    /// Not simulated.
    pub resource_claims: Opaque,
    /// Not simulated.
    pub runtime_class_name: Option<String>,
    /// Not simulated.
    pub security_context: Opaque,
    /// Not simulated.
    pub service_account: Option<String>,
    /// Not simulated.
    pub service_account_name: Option<String>,
    /// Not simulated.
    #[serde(rename = "setHostnameAsFQDN")]
    pub set_hostname_as_fqdn: Option<bool>,
    /// Not simulated.
    pub share_process_namespace: Option<bool>,
    /// Not simulated.
    pub workload_ref: Opaque,
}

/// `core/v1 PodSchedulingGate`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PodSchedulingGate {
    /// Its name, unique in the pod.
    pub name: String,
}

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
    pub lifecycle: Opaque,
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

/// `core/v1 Volume`: its name and, of the sources, the claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Volume {
    /// The volume's name, unique in the pod.
    pub name: String,
    /// The claim it stands for.
    pub persistent_volume_claim: Option<VolumeClaimReference>,
    /// Lost with the pod; matters to `kubectl drain`.
    pub empty_dir: Opaque,
    /// Not simulated.
    pub aws_elastic_block_store: Opaque,
    /// Not simulated.
    pub azure_disk: Opaque,
    /// Not simulated.
    pub azure_file: Opaque,
    /// Not simulated.
    pub cephfs: Opaque,
    /// Not simulated.
    pub config_map: Opaque,
    /// Not simulated.
    pub csi: Opaque,
    /// Not simulated.
    #[serde(rename = "downwardAPI")]
    pub downward_api: Opaque,
    /// Not simulated.
    pub ephemeral: Opaque,
    /// Not simulated.
    pub fc: Opaque,
    /// Not simulated.
    pub gce_persistent_disk: Opaque,
    /// Not simulated.
    pub glusterfs: Opaque,
    /// Not simulated.
    pub host_path: Opaque,
    /// Not simulated.
    pub image: Opaque,
    /// Not simulated.
    pub iscsi: Opaque,
    /// Not simulated.
    pub nfs: Opaque,
    /// Not simulated.
    pub projected: Opaque,
    /// Not simulated.
    pub rbd: Opaque,
    /// Not simulated.
    pub secret: Opaque,
    /// Not simulated.
    pub vsphere_volume: Opaque,
}

/// `core/v1 Affinity`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Affinity {
    /// Which nodes attract the pod.
    pub node_affinity: Option<NodeAffinity>,
    /// Which pods attract the pod.
    pub pod_affinity: Option<PodAffinity>,
    /// Which pods repel the pod.
    pub pod_anti_affinity: Option<PodAffinity>,
}

impl Affinity {
    /// Whether it says anything about other pods.
    #[must_use]
    pub fn concerns_pods(&self) -> bool {
        self.pod_affinity.is_some() || self.pod_anti_affinity.is_some()
    }
}

/// `core/v1 NodeAffinity`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeAffinity {
    /// Must hold when the pod is scheduled.
    pub required_during_scheduling_ignored_during_execution: Option<NodeSelector>,
    /// Adds to a node's score.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preferred_during_scheduling_ignored_during_execution: Vec<PreferredSchedulingTerm>,
}

/// `core/v1 NodeSelector`: one of the terms must match.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeSelector {
    /// The alternatives.
    pub node_selector_terms: Vec<NodeSelectorTerm>,
}

/// `core/v1 NodeSelectorTerm`: all requirements must match; an empty term matches nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeSelectorTerm {
    /// Requirements on labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub match_expressions: Vec<NodeSelectorRequirement>,
    /// Requirements on fields: only `metadata.name`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub match_fields: Vec<NodeSelectorRequirement>,
}

/// `core/v1 NodeSelectorRequirement`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeSelectorRequirement {
    /// Label or field.
    pub key: String,
    /// `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`.
    pub operator: String,
    /// What to compare with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// `core/v1 PreferredSchedulingTerm`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreferredSchedulingTerm {
    /// 1 to 100.
    pub weight: i32,
    /// What is preferred.
    pub preference: NodeSelectorTerm,
}

/// `core/v1 PodAffinity` and `PodAntiAffinity`, which have the same shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodAffinity {
    /// Must hold when the pod is scheduled.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required_during_scheduling_ignored_during_execution: Vec<PodAffinityTerm>,
    /// Adds to a node's score, or takes from it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preferred_during_scheduling_ignored_during_execution: Vec<WeightedPodAffinityTerm>,
}

/// `core/v1 PodAffinityTerm`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodAffinityTerm {
    /// Which pods; none means no pod.
    pub label_selector: Option<LabelSelector>,
    /// In which namespaces; empty means the pod's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub namespaces: Vec<String>,
    /// In which namespaces besides, by their labels; an empty selector means all of them.
    pub namespace_selector: Option<LabelSelector>,
    /// The node label whose values are the domains.
    pub topology_key: String,
    /// Labels of the pod that are added to the selector.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub match_label_keys: Vec<String>,
    /// Labels of the pod that are added to the selector, negated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mismatch_label_keys: Vec<String>,
}

/// `core/v1 WeightedPodAffinityTerm`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WeightedPodAffinityTerm {
    /// 1 to 100.
    pub weight: i32,
    /// What is preferred.
    pub pod_affinity_term: PodAffinityTerm,
}

/// `core/v1 TopologySpreadConstraint`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TopologySpreadConstraint {
    /// How much fuller a domain may be than the emptiest one.
    pub max_skew: i32,
    /// The node label whose values are the domains.
    pub topology_key: String,
    /// `DoNotSchedule` or `ScheduleAnyway`.
    pub when_unsatisfiable: String,
    /// Which pods are counted.
    pub label_selector: Option<LabelSelector>,
    /// With fewer domains than this the emptiest counts as empty.
    pub min_domains: Option<i32>,
    /// `Honor` (default) or `Ignore`.
    pub node_affinity_policy: Option<String>,
    /// `Honor` or `Ignore` (default).
    pub node_taints_policy: Option<String>,
    /// Labels of the pod that are added to the selector.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub match_label_keys: Vec<String>,
}

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
    /// Fields of a status that a manifest may carry; dropped.
    #[serde(skip_serializing)]
    pub init_container_statuses: Opaque,
    /// Dropped.
    #[serde(rename = "podIPs", skip_serializing)]
    pub pod_ips: Opaque,
    /// Dropped.
    #[serde(rename = "hostIP", skip_serializing)]
    pub host_ip: Opaque,
    /// Dropped.
    #[serde(rename = "hostIPs", skip_serializing)]
    pub host_ips: Opaque,
    /// Dropped.
    #[serde(skip_serializing)]
    pub qos_class: Opaque,
    /// Dropped.
    #[serde(skip_serializing)]
    pub observed_generation: Opaque,
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
}

/// `core/v1 ContainerState`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ContainerState {
    /// Not running, with the reason in one word: `ContainerCreating`, `ImagePullBackOff`, `CrashLoopBackOff`.
    Waiting {
        /// Why.
        reason: String,
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
        /// When.
        finished_at: Time,
    },
}

impl Default for ContainerState {
    fn default() -> Self {
        ContainerState::Waiting { reason: "ContainerCreating".into() }
    }
}

impl Pod {
    /// The node the pod is bound to.
    #[must_use]
    pub fn node(&self) -> Option<&str> {
        self.spec.node_name.as_deref().filter(|name| !name.is_empty())
    }

    /// A condition by its type.
    #[must_use]
    pub fn condition(&self, kind: &str) -> Option<&PodCondition> {
        self.status.conditions.iter().find(|condition| condition.kind == kind)
    }

    /// Whether the Ready condition is True.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.condition("Ready").is_some_and(|condition| condition.status == "True")
    }

    /// Whether deletion has been asked for.
    #[must_use]
    pub fn is_terminating(&self) -> bool {
        self.metadata.is_terminating()
    }

    /// The pod's priority; 0 where none was admitted (`corev1helpers.PodPriority`).
    #[must_use]
    pub fn priority(&self) -> i32 {
        self.spec.priority.unwrap_or(0)
    }

    /// The instant from which the pod counts as available, none while it is not Ready
    /// (`pkg/api/v1/pod/util.go: IsPodAvailable`; the transition time has whole seconds).
    #[must_use]
    pub fn available_from(&self, min_ready_seconds: i32) -> Option<Time> {
        let ready = self.condition("Ready").filter(|condition| condition.status == "True")?;
        if min_ready_seconds <= 0 {
            return Some(Time::ZERO);
        }
        ready.last_transition_time.map(|since| since.plus_seconds(i64::from(min_ready_seconds)))
    }

    /// Whether the pod has been Ready for `min_ready_seconds` at `now`.
    #[must_use]
    pub fn is_available(&self, min_ready_seconds: i32, now: Time) -> bool {
        self.available_from(min_ready_seconds).is_some_and(|from| from <= now)
    }

    /// The reason for which a container waits, if one does for a reason worth naming.
    #[must_use]
    pub fn waiting_reason(&self) -> Option<&str> {
        self.status.container_statuses.iter().find_map(|status| match &status.state {
            ContainerState::Waiting { reason } if reason != "ContainerCreating" => Some(reason.as_str()),
            _ => None,
        })
    }

    /// Names of the claims that the pod's volumes use.
    pub fn claim_names(&self) -> impl Iterator<Item = &str> {
        self.spec.volumes.iter().filter_map(|volume| Some(volume.persistent_volume_claim.as_ref()?.claim_name.as_str()))
    }

    /// Writes a condition. The transition time moves only when the status does.
    pub fn set_condition(&mut self, kind: &str, status: &str, reason: Option<&str>, message: Option<&str>, now: Time) {
        let condition = PodCondition {
            kind: kind.into(),
            status: status.into(),
            last_transition_time: Some(now.whole_second()),
            reason: reason.map(Into::into),
            message: message.map(Into::into),
        };
        match self.status.conditions.iter_mut().find(|existing| existing.kind == kind) {
            Some(existing) => {
                let since =
                    if existing.status == status { existing.last_transition_time } else { Some(now.whole_second()) };
                *existing = PodCondition { last_transition_time: since, ..condition };
            }
            None => self.status.conditions.push(condition),
        }
    }
}
