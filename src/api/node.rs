//! Nodes. Upstream: `k8s.io/api/core/v1 Node`.

use super::{ObjectMeta, Opaque, Quantity, Taint, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `core/v1 Node`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Node {
    /// Name and labels.
    pub metadata: ObjectMeta,
    /// Taints and whether it is cordoned.
    pub spec: NodeSpec,
    /// Capacity and conditions.
    pub status: NodeStatus,
}

/// `core/v1 NodeSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeSpec {
    /// What keeps pods away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub taints: Vec<Taint>,
    /// Cordoned: no new pods but those that tolerate it.
    pub unschedulable: Option<bool>,
    /// Not simulated.
    #[serde(rename = "podCIDR")]
    pub pod_cidr: Option<String>,
    /// Not simulated.
    #[serde(rename = "podCIDRs")]
    pub pod_cidrs: Opaque,
    /// Not simulated.
    #[serde(rename = "providerID")]
    pub provider_id: Option<String>,
    /// Not simulated.
    pub config_source: Opaque,
    /// Deprecated upstream.
    #[serde(rename = "externalID")]
    pub external_id: Option<String>,
}

/// `core/v1 NodeStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeStatus {
    /// What pods may request: `cpu`, `memory`, `pods`, ...
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub allocatable: BTreeMap<String, Quantity>,
    /// What the machine has.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub capacity: BTreeMap<String, Quantity>,
    /// Ready and the like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<NodeCondition>,
    /// Not simulated.
    pub addresses: Opaque,
    /// Not simulated.
    pub daemon_endpoints: Opaque,
    /// Not simulated.
    pub declared_features: Opaque,
    /// Not simulated.
    pub features: Opaque,
    /// Not simulated.
    pub images: Opaque,
    /// Not simulated.
    pub node_info: Opaque,
    /// Not simulated.
    pub phase: Option<String>,
    /// Not simulated.
    pub config: Opaque,
    /// Not simulated.
    pub runtime_handlers: Opaque,
    /// Not simulated.
    pub volumes_attached: Opaque,
    /// Not simulated.
    pub volumes_in_use: Opaque,
}

/// `core/v1 NodeCondition`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeCondition {
    /// `Ready`, `MemoryPressure`, ...
    #[serde(rename = "type")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// When it was last reported.
    pub last_heartbeat_time: Option<Time>,
    /// Since when.
    pub last_transition_time: Option<Time>,
    /// Why, in one word.
    pub reason: Option<String>,
    /// Why, in a sentence.
    pub message: Option<String>,
}

impl Node {
    /// The Ready condition.
    #[must_use]
    pub fn ready_condition(&self) -> Option<&NodeCondition> {
        self.status.conditions.iter().find(|condition| condition.kind == "Ready")
    }

    /// Whether the Ready condition is True.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.ready_condition().is_some_and(|condition| condition.status == "True")
    }

    /// Whether the node is cordoned.
    #[must_use]
    pub fn is_cordoned(&self) -> bool {
        self.spec.unschedulable == Some(true)
    }

    /// Milli-CPU that pods may request.
    #[must_use]
    pub fn allocatable_cpu_milli(&self) -> i64 {
        self.status.allocatable.get("cpu").map_or(0, Quantity::milli)
    }

    /// Bytes of memory that pods may request.
    #[must_use]
    pub fn allocatable_memory(&self) -> i64 {
        self.status.allocatable.get("memory").map_or(0, Quantity::value)
    }

    /// How many pods the node takes.
    #[must_use]
    pub fn allocatable_pods(&self) -> i64 {
        self.status.allocatable.get("pods").map_or(0, Quantity::value)
    }
}
