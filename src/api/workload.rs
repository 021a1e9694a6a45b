//! StatefulSet, DaemonSet and the revisions of their templates. Upstream: `k8s.io/api/apps/v1`.

use super::{ClaimTemplate, IntOrPercent, LabelSelector, ObjectMeta, Opaque, PodTemplateSpec, is_unset};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// `apps/v1 StatefulSet`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatefulSet {
    /// Name, labels.
    pub metadata: ObjectMeta,
    /// What is asked for.
    pub spec: Rc<StatefulSetSpec>,
    /// What is.
    pub status: StatefulSetStatus,
}

/// `apps/v1 StatefulSetSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatefulSetSpec {
    /// How many pods; default 1.
    pub replicas: Option<i32>,
    /// Which pods belong to the set.
    pub selector: Option<LabelSelector>,
    /// What the pods are made from.
    pub template: Rc<PodTemplateSpec>,
    /// Claims made for each pod.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volume_claim_templates: Vec<ClaimTemplate>,
    /// The headless Service that gives the pods their names in DNS.
    pub service_name: Option<String>,
    /// One after the other, or all at once.
    pub pod_management_policy: Option<PodManagementPolicy>,
    /// How a changed template reaches the pods.
    pub update_strategy: StatefulSetUpdateStrategy,
    /// How many old revisions are kept; default 10.
    pub revision_history_limit: Option<i32>,
    /// Seconds a pod must have been Ready to count as available; default 0.
    pub min_ready_seconds: Option<i32>,
    /// What becomes of the claims.
    pub persistent_volume_claim_retention_policy: Option<RetentionPolicy>,
    /// Where the ordinals begin.
    pub ordinals: Option<StatefulSetOrdinals>,
}

/// `podManagementPolicy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PodManagementPolicy {
    /// A pod is made when all lower ordinals are Ready, and removed when all higher ones are gone.
    #[default]
    OrderedReady,
    /// Pods are made and removed without waiting for one another.
    Parallel,
}

/// `updateStrategy.type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UpdateStrategyType {
    /// Pods are replaced by the controller.
    #[default]
    RollingUpdate,
    /// Pods are replaced when somebody deletes them.
    OnDelete,
}

/// `apps/v1 StatefulSetUpdateStrategy`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatefulSetUpdateStrategy {
    /// Default RollingUpdate.
    #[serde(rename = "type")]
    pub kind: Option<UpdateStrategyType>,
    /// Only with RollingUpdate.
    pub rolling_update: Option<StatefulSetRollingUpdate>,
}

/// `apps/v1 RollingUpdateStatefulSetStrategy`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatefulSetRollingUpdate {
    /// Pods below this index keep the old revision; default 0.
    pub partition: Option<i32>,
    /// How many pods may be down at once; dropped unless the gate MaxUnavailableStatefulSet is on.
    pub max_unavailable: Option<IntOrPercent>,
}

/// `persistentVolumeClaimRetentionPolicy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RetentionPolicy {
    /// When the set is deleted; default Retain.
    pub when_deleted: Option<RetentionPolicyType>,
    /// When the set is scaled down; default Retain.
    pub when_scaled: Option<RetentionPolicyType>,
}

/// What becomes of a claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RetentionPolicyType {
    /// It stays.
    #[default]
    Retain,
    /// It goes.
    Delete,
}

/// `spec.ordinals`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatefulSetOrdinals {
    /// The first ordinal; default 0.
    pub start: i32,
}

/// `apps/v1 StatefulSetStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StatefulSetStatus {
    /// The generation that the counts belong to.
    #[serde(skip_serializing_if = "is_unset")]
    pub observed_generation: i64,
    /// Pods that exist.
    pub replicas: i32,
    /// Of these, Running and Ready.
    #[serde(skip_serializing_if = "is_unset")]
    pub ready_replicas: i32,
    /// Of these, Ready for `minReadySeconds`.
    pub available_replicas: i32,
    /// Pods at the current revision, not terminating.
    #[serde(skip_serializing_if = "is_unset")]
    pub current_replicas: i32,
    /// Pods at the update revision, not terminating.
    #[serde(skip_serializing_if = "is_unset")]
    pub updated_replicas: i32,
    /// The revision that pods below the partition are made from.
    #[serde(skip_serializing_if = "is_unset")]
    pub current_revision: String,
    /// The revision of the present template.
    #[serde(skip_serializing_if = "is_unset")]
    pub update_revision: String,
    /// Guards against equal names of different revisions.
    pub collision_count: Option<i32>,
    /// Never filled.
    #[serde(skip_serializing)]
    pub conditions: Opaque,
}

/// `apps/v1 DaemonSet`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DaemonSet {
    /// Name, labels.
    pub metadata: ObjectMeta,
    /// What is asked for.
    pub spec: Rc<DaemonSetSpec>,
    /// What is.
    pub status: DaemonSetStatus,
}

/// `apps/v1 DaemonSetSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DaemonSetSpec {
    /// Which pods belong to the set.
    pub selector: Option<LabelSelector>,
    /// What the pods are made from.
    pub template: Rc<PodTemplateSpec>,
    /// How a changed template reaches the pods.
    pub update_strategy: DaemonSetUpdateStrategy,
    /// Seconds a pod must have been Ready to count as available; default 0.
    pub min_ready_seconds: Option<i32>,
    /// How many old revisions are kept; default 10.
    pub revision_history_limit: Option<i32>,
}

/// `apps/v1 DaemonSetUpdateStrategy`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DaemonSetUpdateStrategy {
    /// Default RollingUpdate.
    #[serde(rename = "type")]
    pub kind: Option<UpdateStrategyType>,
    /// Only with RollingUpdate.
    pub rolling_update: Option<DaemonSetRollingUpdate>,
}

/// `apps/v1 RollingUpdateDaemonSet`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DaemonSetRollingUpdate {
    /// How many nodes may be without an available pod; default 1.
    pub max_unavailable: Option<IntOrPercent>,
    /// On how many nodes a new pod may run beside the old one; default 0.
    pub max_surge: Option<IntOrPercent>,
}

/// `apps/v1 DaemonSetStatus`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DaemonSetStatus {
    /// The generation that the counts belong to.
    #[serde(skip_serializing_if = "is_unset")]
    pub observed_generation: i64,
    /// Nodes that should run a pod.
    pub desired_number_scheduled: i32,
    /// Of these, nodes that have one.
    pub current_number_scheduled: i32,
    /// Nodes that should not run a pod but have one.
    pub number_misscheduled: i32,
    /// Nodes whose pod is Ready.
    pub number_ready: i32,
    /// Nodes whose pod is available.
    #[serde(skip_serializing_if = "is_unset")]
    pub number_available: i32,
    /// Nodes that should run a pod and have none available.
    #[serde(skip_serializing_if = "is_unset")]
    pub number_unavailable: i32,
    /// Nodes whose pod is at the present template.
    #[serde(skip_serializing_if = "is_unset")]
    pub updated_number_scheduled: i32,
    /// Guards against equal names of different revisions.
    pub collision_count: Option<i32>,
    /// Never filled.
    #[serde(skip_serializing)]
    pub conditions: Opaque,
}

/// `apps/v1 ControllerRevision`: a template as it once was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ControllerRevision {
    /// Name, labels, owner.
    pub metadata: ObjectMeta,
    /// Rises each time the template becomes the newest.
    pub revision: i64,
    /// The template.
    pub data: Rc<PodTemplateSpec>,
}

impl StatefulSetSpec {
    /// How many pods are asked for.
    #[must_use]
    pub fn replicas(&self) -> i32 {
        self.replicas.unwrap_or(1)
    }

    /// The first ordinal.
    #[must_use]
    pub fn start_ordinal(&self) -> i32 {
        self.ordinals.as_ref().map_or(0, |ordinals| ordinals.start)
    }

    /// Whether pods wait for one another.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        self.pod_management_policy.unwrap_or_default() == PodManagementPolicy::OrderedReady
    }

    /// The slots below this index keep the old revision.
    #[must_use]
    pub fn partition(&self) -> i32 {
        self.update_strategy.rolling_update.as_ref().and_then(|rolling| rolling.partition).unwrap_or(0)
    }

    /// What becomes of the claims when the set is deleted and when it is scaled down.
    #[must_use]
    pub fn retention(&self) -> (RetentionPolicyType, RetentionPolicyType) {
        let policy = self.persistent_volume_claim_retention_policy.clone().unwrap_or_default();
        (policy.when_deleted.unwrap_or_default(), policy.when_scaled.unwrap_or_default())
    }

    /// RollingUpdate or OnDelete.
    #[must_use]
    pub fn strategy(&self) -> UpdateStrategyType {
        self.update_strategy.kind.unwrap_or_default()
    }
}

impl DaemonSetSpec {
    /// RollingUpdate or OnDelete.
    #[must_use]
    pub fn strategy(&self) -> UpdateStrategyType {
        self.update_strategy.kind.unwrap_or_default()
    }
}
