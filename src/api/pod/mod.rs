//! Pods and their templates. Upstream: `k8s.io/api/core/v1`.
//! Fields of type [`Opaque`] are accepted and shown again, not simulated.

mod affinity;
mod container;
mod qos;
mod status;
mod volume;

pub use affinity::{
    Affinity, NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PodAffinity, PodAffinityTerm,
    PreferredSchedulingTerm, TopologySpreadConstraint, WeightedPodAffinityTerm,
};
pub use container::{
    Container, ContainerPort, Lifecycle, LifecycleHandler, Probe, ProbeKind, ResourceRequirements, SleepAction,
};
pub use qos::QosClass;
pub use status::{ContainerState, ContainerStatus, HostIp, PodCondition, PodIp, PodPhase, PodStatus};
pub use volume::Volume;

use super::{Labels, ObjectMeta, Opaque, Quantity, Time, Toleration};
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readiness_gates: Vec<PodReadinessGate>,
    /// What has to be removed before the scheduler looks at the pod.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scheduling_gates: Vec<PodSchedulingGate>,
    /// What the pod as a whole asks for, in place of the sum of its containers.
    pub resources: Option<ResourceRequirements>,
    /// Seconds from the start after which the pod is ended, however it fares.
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

/// `core/v1 PodReadinessGate`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodReadinessGate {
    /// The type of the condition that has to be True.
    pub condition_type: String,
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
        let statuses = self.status.init_container_statuses.iter().chain(&self.status.container_statuses);
        let mut reasons = statuses.filter_map(|status| status.state.waiting_reason());
        reasons.find(|reason| !matches!(*reason, "ContainerCreating" | "PodInitializing"))
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
            observed_generation: None,
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
