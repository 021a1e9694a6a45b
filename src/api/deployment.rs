//! Deployment and ReplicaSet. Upstream: `k8s.io/api/apps/v1`.

use super::{IntOrPercent, LabelSelector, ObjectMeta, PodTemplateSpec, Time};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// `apps/v1 Deployment`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Deployment {
    /// Name, labels.
    pub metadata: ObjectMeta,
    /// What is asked for.
    pub spec: Rc<DeploymentSpec>,
    /// What is.
    pub status: DeploymentStatus,
}

/// `apps/v1 DeploymentSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeploymentSpec {
    /// How many pods; default 1.
    pub replicas: Option<i32>,
    /// Which pods belong to the Deployment.
    pub selector: Option<LabelSelector>,
    /// What the pods are made from.
    pub template: Rc<PodTemplateSpec>,
    /// How a changed template reaches the pods.
    pub strategy: DeploymentStrategy,
    /// Seconds a pod must have been Ready to count as available; default 0.
    pub min_ready_seconds: Option<i32>,
    /// How many old ReplicaSets are kept; default 10.
    pub revision_history_limit: Option<i32>,
    /// Whether a changed template waits.
    pub paused: Option<bool>,
    /// Seconds without progress after which the rollout counts as failed; default 600.
    pub progress_deadline_seconds: Option<i32>,
}

/// `apps/v1 DeploymentStrategy`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeploymentStrategy {
    /// Default RollingUpdate.
    #[serde(rename = "type")]
    pub kind: Option<DeploymentStrategyType>,
    /// Only with RollingUpdate.
    pub rolling_update: Option<RollingUpdateDeployment>,
}

/// `strategy.type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeploymentStrategyType {
    /// New pods come as old ones go.
    #[default]
    RollingUpdate,
    /// All old pods go before the first new one comes.
    Recreate,
}

/// `apps/v1 RollingUpdateDeployment`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RollingUpdateDeployment {
    /// How many pods may be missing; default 25 %, rounded down.
    pub max_unavailable: Option<IntOrPercent>,
    /// How many pods there may be beyond `replicas`; default 25 %, rounded up.
    pub max_surge: Option<IntOrPercent>,
}

/// `apps/v1 DeploymentStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeploymentStatus {
    /// The generation that the counts belong to.
    pub observed_generation: i64,
    /// Pods of all its ReplicaSets that are neither ended nor terminating.
    pub replicas: i32,
    /// Of these, made from the present template.
    pub updated_replicas: i32,
    /// Of these, Ready.
    pub ready_replicas: i32,
    /// Of these, Ready for `minReadySeconds`.
    pub available_replicas: i32,
    /// Pods that are asked for and not available.
    pub unavailable_replicas: i32,
    /// Pods that are terminating.
    pub terminating_replicas: Option<i32>,
    /// `Available`, `Progressing`, `ReplicaFailure`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<WorkloadCondition>,
    /// Guards against equal names of different templates.
    pub collision_count: Option<i32>,
}

/// `apps/v1 DeploymentCondition`; the same serves a ReplicaSet, which has no `lastUpdateTime`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WorkloadCondition {
    /// Which.
    #[serde(rename = "type")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// When it was written last.
    pub last_update_time: Option<Time>,
    /// When its status changed last.
    pub last_transition_time: Option<Time>,
    /// In one word.
    pub reason: Option<String>,
    /// In a sentence.
    pub message: Option<String>,
}

/// `apps/v1 ReplicaSet`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReplicaSet {
    /// Name, labels, owners.
    pub metadata: ObjectMeta,
    /// What is asked for.
    pub spec: Rc<ReplicaSetSpec>,
    /// What is.
    pub status: ReplicaSetStatus,
}

/// `apps/v1 ReplicaSetSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReplicaSetSpec {
    /// How many pods; default 1.
    pub replicas: Option<i32>,
    /// Seconds a pod must have been Ready to count as available; default 0.
    pub min_ready_seconds: Option<i32>,
    /// Which pods belong to the set.
    pub selector: Option<LabelSelector>,
    /// What new pods are made from.
    pub template: Rc<PodTemplateSpec>,
}

/// `apps/v1 ReplicaSetStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReplicaSetStatus {
    /// Pods that are neither ended nor terminating.
    pub replicas: i32,
    /// Of these, with all labels of the template.
    pub fully_labeled_replicas: i32,
    /// Of these, Ready.
    pub ready_replicas: i32,
    /// Of these, Ready for `minReadySeconds`.
    pub available_replicas: i32,
    /// Pods that are terminating.
    pub terminating_replicas: Option<i32>,
    /// The generation that the counts belong to.
    pub observed_generation: i64,
    /// `ReplicaFailure`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<WorkloadCondition>,
}
