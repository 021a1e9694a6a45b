//! What bounds disruption and orders pods by importance. Upstream: `k8s.io/api/policy/v1`, `k8s.io/api/scheduling/v1`.

use super::{IntOrPercent, LabelSelector, ObjectMeta, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `policy/v1 PodDisruptionBudget`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodDisruptionBudget {
    /// Name, labels.
    pub metadata: ObjectMeta,
    /// What is asked for.
    pub spec: PodDisruptionBudgetSpec,
    /// What is.
    pub status: PodDisruptionBudgetStatus,
}

/// `policy/v1 PodDisruptionBudgetSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodDisruptionBudgetSpec {
    /// How many pods have to stay healthy.
    pub min_available: Option<IntOrPercent>,
    /// Which pods it protects; an empty selector means all of the namespace.
    pub selector: Option<LabelSelector>,
    /// How many pods may be missing.
    pub max_unavailable: Option<IntOrPercent>,
    /// `IfHealthyBudget` (default) or `AlwaysAllow`: whether pods that are not Ready may be evicted.
    pub unhealthy_pod_eviction_policy: Option<String>,
}

/// `policy/v1 PodDisruptionBudgetStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodDisruptionBudgetStatus {
    /// The generation that the counts belong to.
    pub observed_generation: Option<i64>,
    /// Pods whose eviction was granted and that are not seen to go yet, with the time of the grant.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub disrupted_pods: BTreeMap<String, Time>,
    /// How many evictions are granted now.
    pub disruptions_allowed: i32,
    /// Healthy pods.
    pub current_healthy: i32,
    /// How many have to be healthy.
    pub desired_healthy: i32,
    /// Pods that it protects.
    pub expected_pods: i32,
    /// `DisruptionAllowed`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
}

/// `meta/v1 Condition`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Condition {
    /// Which.
    #[serde(rename = "type")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// The generation that it is about.
    pub observed_generation: Option<i64>,
    /// When its status changed last.
    pub last_transition_time: Option<Time>,
    /// In one word.
    pub reason: String,
    /// In a sentence.
    pub message: String,
}

/// `scheduling.k8s.io/v1 PriorityClass`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PriorityClass {
    /// Name.
    pub metadata: ObjectMeta,
    /// The priority of its pods.
    pub value: i32,
    /// Whether it is that of pods that name none.
    pub global_default: Option<bool>,
    /// For people.
    pub description: Option<String>,
    /// `PreemptLowerPriority` (default) or `Never`.
    pub preemption_policy: Option<String>,
}
