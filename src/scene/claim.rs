//! Claims as the stage shows them.

use crate::api::{Kind, ObjectRef, PersistentVolumeClaim, Resource};
use crate::cluster::Cluster;

/// Where a claim is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimState {
    /// It does not exist yet.
    Absent,
    /// It has no volume.
    Pending,
    /// It has a volume.
    Bound,
    /// Its volume is gone.
    Lost,
    /// Deletion has been asked for.
    Terminating,
}

impl ClaimState {
    /// A short name for style sheets and tests.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            ClaimState::Absent => "absent",
            ClaimState::Pending => "pending",
            ClaimState::Bound => "bound",
            ClaimState::Lost => "lost",
            ClaimState::Terminating => "terminating",
        }
    }

    /// The state of a claim.
    #[must_use]
    pub fn of(claim: &PersistentVolumeClaim) -> ClaimState {
        match claim.status.phase.as_deref() {
            _ if claim.metadata.is_terminating() => ClaimState::Terminating,
            Some("Bound") => ClaimState::Bound,
            Some("Lost") => ClaimState::Lost,
            _ => ClaimState::Pending,
        }
    }
}

/// A claim.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimView {
    /// Which.
    pub object: ObjectRef,
    /// Where it is in its life.
    pub state: ClaimState,
    /// What it asks for: `1Gi`.
    pub size: String,
    /// The volume it is bound to.
    pub volume: Option<String>,
    /// Whether a pod uses it now.
    pub used: bool,
}

impl ClaimView {
    /// A claim as it is now.
    #[must_use]
    pub fn of(cluster: &Cluster, claim: &PersistentVolumeClaim) -> ClaimView {
        ClaimView {
            object: claim.reference(),
            state: ClaimState::of(claim),
            size: size_of(&claim.spec.resources),
            volume: claim.spec.volume_name.clone(),
            used: cluster.pods_using(&claim.key()).next().is_some(),
        }
    }

    /// A claim that a template will make.
    #[must_use]
    pub fn to_come(namespace: &str, name: &str, resources: &crate::api::ResourceRequirements) -> ClaimView {
        ClaimView {
            object: ObjectRef::new(Kind::PersistentVolumeClaim, namespace, name),
            state: ClaimState::Absent,
            size: size_of(resources),
            volume: None,
            used: false,
        }
    }
}

fn size_of(resources: &crate::api::ResourceRequirements) -> String {
    resources.requests.get("storage").map(|quantity| quantity.as_str().to_owned()).unwrap_or_default()
}
