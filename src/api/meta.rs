//! What every object carries: name, labels, owners, finalizers, times. Upstream: `metav1.ObjectMeta`.

use super::{Labels, Opaque, Time, is_unset};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// The annotation in which `kubectl apply` keeps what it applied, for the next time.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Identity of one object over its life: an object deleted and made again under its name has another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid(pub u64);

impl fmt::Display for Uid {
    /// Spread over the digits of a UUID, so that neighbours look as different as they do in a cluster.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let high = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let low = (self.0 ^ 0x5851_f42d_4c95_7f2d).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        write!(
            f,
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        )
    }
}

impl Serialize for Uid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Uid {
    /// A UID in a manifest is the API server's to set: whatever is written there is dropped.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|_| Uid::default())
    }
}

/// `metav1.ObjectMeta`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ObjectMeta {
    /// The object's name, unique among its kind in its namespace.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where set and `name` is not, the API server appends five characters to it.
    pub generate_name: Option<String>,
    /// The namespace; empty for kinds that have none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// Identity over the object's life.
    #[serde(skip_serializing_if = "is_unset")]
    pub uid: Uid,
    /// Labels.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: Labels,
    /// Annotations.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: Labels,
    /// Owners: when the last of them is gone, garbage collection deletes the object.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub owner_references: Vec<OwnerReference>,
    /// What has to be done before the object may go.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub finalizers: Vec<String>,
    /// When it was made.
    pub creation_timestamp: Option<Time>,
    /// Set once deletion has been asked for; the object is then *terminating*.
    pub deletion_timestamp: Option<Time>,
    /// Seconds granted to a terminating pod.
    pub deletion_grace_period_seconds: Option<i64>,
    /// Rises with every change of the spec; 0 for kinds that have none.
    #[serde(skip_serializing_if = "is_unset")]
    pub generation: i64,
    /// Rises with every write; the API server's.
    pub resource_version: Option<String>,
    /// Who wrote which field; accepted and dropped.
    #[serde(skip_serializing)]
    pub managed_fields: Opaque,
    /// Deprecated upstream; accepted and dropped.
    #[serde(skip_serializing)]
    pub self_link: Opaque,
}

impl ObjectMeta {
    /// Whether deletion has been asked for.
    #[must_use]
    pub fn is_terminating(&self) -> bool {
        self.deletion_timestamp.is_some()
    }

    /// The owner that manages the object, if there is one.
    #[must_use]
    pub fn controller(&self) -> Option<&OwnerReference> {
        self.owner_references.iter().find(|owner| owner.controller == Some(true))
    }

    /// Whether a finalizer is set.
    #[must_use]
    pub fn has_finalizer(&self, name: &str) -> bool {
        self.finalizers.iter().any(|finalizer| finalizer == name)
    }
}

/// `metav1.OwnerReference`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OwnerReference {
    /// Group and version of the owner's kind.
    pub api_version: String,
    /// The owner's kind.
    pub kind: String,
    /// The owner's name.
    pub name: String,
    /// The owner's identity: an owner made again under the same name is another.
    pub uid: Uid,
    /// Whether this owner manages the object; at most one does.
    pub controller: Option<bool>,
    /// Whether foreground deletion of the owner waits for the object.
    pub block_owner_deletion: Option<bool>,
}
