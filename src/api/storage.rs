//! Volumes, claims and storage classes. Upstream: `k8s.io/api/core/v1` and `k8s.io/api/storage/v1`.

use super::{LabelSelector, Labels, NodeSelector, ObjectMeta, ObjectRef, Opaque, Quantity, ResourceRequirements, Uid};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;

/// `core/v1 PersistentVolumeClaim`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersistentVolumeClaim {
    /// Name, labels, owners.
    pub metadata: ObjectMeta,
    /// What is asked for.
    pub spec: Rc<PersistentVolumeClaimSpec>,
    /// What is.
    pub status: PersistentVolumeClaimStatus,
}

/// An entry of `volumeClaimTemplates`: a claim that may name its kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClaimTemplate {
    /// `v1`, if written.
    pub api_version: Option<String>,
    /// `PersistentVolumeClaim`, if written.
    pub kind: Option<String>,
    /// Name, labels.
    pub metadata: ObjectMeta,
    /// What is asked for.
    pub spec: Rc<PersistentVolumeClaimSpec>,
    /// Dropped.
    #[serde(skip_serializing)]
    pub status: Opaque,
}

/// `core/v1 PersistentVolumeClaimSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersistentVolumeClaimSpec {
    /// `ReadWriteOnce` and the like.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub access_modes: Vec<String>,
    /// `requests.storage`.
    pub resources: ResourceRequirements,
    /// The class; none means the default class, empty means no class.
    pub storage_class_name: Option<String>,
    /// The volume bound to, or asked for.
    pub volume_name: Option<String>,
    /// Which volumes may be bound.
    pub selector: Option<LabelSelector>,
    /// `Filesystem` or `Block`.
    pub volume_mode: Option<String>,
    /// Not simulated.
    pub data_source: Opaque,
    /// Not simulated.
    pub data_source_ref: Opaque,
    /// Not simulated.
    pub volume_attributes_class_name: Option<String>,
}

/// `core/v1 PersistentVolumeClaimStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersistentVolumeClaimStatus {
    /// `Pending`, `Bound` or `Lost`.
    pub phase: Option<String>,
    /// Access modes of the bound volume.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub access_modes: Vec<String>,
    /// Size of the bound volume.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub capacity: BTreeMap<String, Quantity>,
    /// What goes on with the claim, such as `FileSystemResizePending`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ClaimCondition>,
    /// Dropped.
    #[serde(skip_serializing)]
    pub allocated_resources: Opaque,
    /// Dropped.
    #[serde(skip_serializing)]
    pub allocated_resource_statuses: Opaque,
    /// Dropped.
    #[serde(skip_serializing)]
    pub current_volume_attributes_class_name: Opaque,
    /// Dropped.
    #[serde(skip_serializing)]
    pub modify_volume_status: Opaque,
}

/// `core/v1 PersistentVolumeClaimCondition`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClaimCondition {
    /// `FileSystemResizePending` and the like.
    #[serde(rename = "type")]
    pub kind: String,
    /// `True` or `False`.
    pub status: String,
    /// Dropped.
    #[serde(skip_serializing)]
    pub last_probe_time: Opaque,
    /// Since when.
    pub last_transition_time: Option<super::Time>,
    /// Why, in one word.
    pub reason: Option<String>,
    /// Why, in a sentence.
    pub message: Option<String>,
}

/// A pod volume's reference to a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VolumeClaimReference {
    /// The claim's name, in the pod's namespace.
    pub claim_name: String,
    /// Not simulated.
    pub read_only: Option<bool>,
}

/// `core/v1 PersistentVolume`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersistentVolume {
    /// Name and labels.
    pub metadata: ObjectMeta,
    /// What it is.
    pub spec: PersistentVolumeSpec,
    /// Whether it is taken.
    pub status: PersistentVolumeStatus,
}

/// `core/v1 PersistentVolumeSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersistentVolumeSpec {
    /// `storage`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub capacity: BTreeMap<String, Quantity>,
    /// What it can do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub access_modes: Vec<String>,
    /// The claim it is bound to, or kept for.
    pub claim_ref: Option<ClaimRef>,
    /// `Retain` or `Delete`: what happens once the claim is gone.
    pub persistent_volume_reclaim_policy: Option<String>,
    /// The class it belongs to.
    pub storage_class_name: Option<String>,
    /// Nodes from which it can be reached.
    pub node_affinity: Option<VolumeNodeAffinity>,
    /// `Filesystem` or `Block`.
    pub volume_mode: Option<String>,
    /// Not simulated.
    pub mount_options: Opaque,
    /// Not simulated.
    pub volume_attributes_class_name: Option<String>,
    /// Not simulated.
    pub host_path: Opaque,
    /// Not simulated.
    pub local: Opaque,
    /// Not simulated.
    pub nfs: Opaque,
    /// Not simulated.
    pub csi: Opaque,
    /// Not simulated.
    pub iscsi: Opaque,
    /// Not simulated.
    pub fc: Opaque,
    /// Not simulated.
    pub aws_elastic_block_store: Opaque,
    /// Not simulated.
    pub azure_disk: Opaque,
    /// Not simulated.
    pub azure_file: Opaque,
    /// Not simulated.
    pub gce_persistent_disk: Opaque,
    /// Not simulated.
    pub cephfs: Opaque,
    /// Not simulated.
    pub rbd: Opaque,
}

/// The claim that a volume is bound to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ClaimRef {
    /// The claim's namespace.
    pub namespace: String,
    /// The claim's name.
    pub name: String,
    /// Its identity; none where the volume is only kept for a claim of that name.
    pub uid: Option<Uid>,
    /// Not simulated.
    pub api_version: Option<String>,
    /// Not simulated.
    pub kind: Option<String>,
    /// Not simulated.
    pub field_path: Option<String>,
    /// Not simulated.
    pub resource_version: Option<String>,
}

/// `core/v1 VolumeNodeAffinity`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VolumeNodeAffinity {
    /// Must match the pod's node.
    pub required: Option<NodeSelector>,
}

/// `core/v1 PersistentVolumeStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PersistentVolumeStatus {
    /// `Pending`, `Available`, `Bound`, `Released` or `Failed`.
    pub phase: Option<String>,
    /// Dropped.
    #[serde(skip_serializing)]
    pub last_phase_transition_time: Opaque,
    /// Not simulated.
    pub message: Option<String>,
    /// Not simulated.
    pub reason: Option<String>,
}

/// `storage.k8s.io/v1 StorageClass`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StorageClass {
    /// Name, and the annotation that makes it the default.
    pub metadata: ObjectMeta,
    /// Who makes volumes.
    pub provisioner: String,
    /// Parameters for the provisioner.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: Labels,
    /// `Delete` (default) or `Retain`.
    pub reclaim_policy: Option<String>,
    /// `Immediate` (default) or `WaitForFirstConsumer`.
    pub volume_binding_mode: Option<String>,
    /// Whether claims may grow.
    pub allow_volume_expansion: Option<bool>,
    /// Not simulated.
    pub mount_options: Opaque,
    /// Not simulated.
    pub allowed_topologies: Opaque,
}

impl PersistentVolumeClaim {
    /// Whether it is bound to a volume.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.status.phase.as_deref() == Some("Bound")
    }

    /// Whether it was bound once: it is still, or has lost its volume.
    #[must_use]
    pub fn was_bound(&self) -> bool {
        matches!(self.status.phase.as_deref(), Some("Bound" | "Lost"))
    }

    /// Bytes asked for.
    #[must_use]
    pub fn requested_storage(&self) -> i64 {
        self.spec.resources.requests.get("storage").map_or(0, Quantity::value)
    }
}

impl PersistentVolume {
    /// Bytes it has.
    #[must_use]
    pub fn capacity_storage(&self) -> i64 {
        self.spec.capacity.get("storage").map_or(0, Quantity::value)
    }

    /// The class it belongs to; empty for none.
    #[must_use]
    pub fn class(&self) -> &str {
        self.spec.storage_class_name.as_deref().unwrap_or_default()
    }

    /// The claim it is bound to or kept for.
    #[must_use]
    pub fn claim(&self) -> Option<ObjectRef> {
        let claim = self.spec.claim_ref.as_ref()?;
        Some(ObjectRef::new(super::Kind::PersistentVolumeClaim, &claim.namespace, &claim.name))
    }
}

impl StorageClass {
    /// The annotation that marks the default class.
    pub const DEFAULT_ANNOTATION: &str = "storageclass.kubernetes.io/is-default-class";

    /// Whether claims without a class get this one.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.metadata.annotations.get(Self::DEFAULT_ANNOTATION).is_some_and(|value| value == "true")
    }

    /// Whether a claim waits until a pod that uses it is scheduled.
    #[must_use]
    pub fn waits_for_first_consumer(&self) -> bool {
        self.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer")
    }
}
