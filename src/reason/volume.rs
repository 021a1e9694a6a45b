//! Why claims were bound, or wait.

use crate::api::{ObjectRef, Time};

/// What happened to a claim or a volume and why.
#[derive(Clone, Debug, PartialEq)]
pub enum VolumeReason {
    /// A volume was made for a claim by the class's provisioner.
    Provisioned {
        /// The claim.
        claim: ObjectRef,
        /// The volume.
        volume: ObjectRef,
        /// The class.
        class: String,
        /// The node that the volume is tied to.
        node: Option<String>,
    },
    /// A claim was bound to a volume.
    Bound {
        /// The claim.
        claim: ObjectRef,
        /// The volume.
        volume: ObjectRef,
        /// Whether the volume was there before, and was the smallest that fits.
        existing: bool,
    },
    /// The claim waits until a pod that uses it has been given a node.
    WaitsForFirstConsumer {
        /// The claim.
        claim: ObjectRef,
        /// The class.
        class: String,
    },
    /// The claim is handed to the provisioner.
    WaitsForProvisioner {
        /// The claim.
        claim: ObjectRef,
        /// The class.
        class: String,
        /// The provisioner.
        provisioner: String,
    },
    /// The claim was changed while the volume controller was about to hand it to the provisioner: the write was refused as
    /// a conflict, and the next try is at the controller's periodic look at all claims.
    ProvisioningConflict {
        /// The claim.
        claim: ObjectRef,
        /// When the next look is.
        until: Time,
    },
    /// No volume fits and nothing makes one.
    NothingToBind {
        /// The claim.
        claim: ObjectRef,
        /// The class, if any.
        class: Option<String>,
        /// Whether a class of that name exists.
        class_exists: bool,
    },
    /// The claim is being deleted and is kept while a pod uses it.
    ClaimInUse {
        /// The claim.
        claim: ObjectRef,
        /// The pod.
        pod: ObjectRef,
    },
    /// The claim was being deleted and no pod uses it any more.
    ClaimReleased {
        /// The claim.
        claim: ObjectRef,
    },
    /// The claim of a volume is gone.
    Reclaimed {
        /// The volume.
        volume: ObjectRef,
        /// Whether the volume goes as well (reclaim policy Delete) or stays as Released (Retain).
        deleted: bool,
    },
    /// A volume is free to be claimed.
    Available {
        /// The volume.
        volume: ObjectRef,
    },
}

impl VolumeReason {
    /// The object that the step is about.
    #[must_use]
    pub fn subject(&self) -> &ObjectRef {
        match self {
            VolumeReason::Provisioned { claim, .. }
            | VolumeReason::Bound { claim, .. }
            | VolumeReason::WaitsForFirstConsumer { claim, .. }
            | VolumeReason::WaitsForProvisioner { claim, .. }
            | VolumeReason::ProvisioningConflict { claim, .. }
            | VolumeReason::NothingToBind { claim, .. }
            | VolumeReason::ClaimInUse { claim, .. }
            | VolumeReason::ClaimReleased { claim } => claim,
            VolumeReason::Reclaimed { volume, .. } | VolumeReason::Available { volume } => volume,
        }
    }

    pub(super) fn is_wait(&self) -> bool {
        matches!(
            self,
            VolumeReason::WaitsForFirstConsumer { .. }
                | VolumeReason::WaitsForProvisioner { .. }
                | VolumeReason::ProvisioningConflict { .. }
                | VolumeReason::NothingToBind { .. }
                | VolumeReason::ClaimInUse { .. }
        )
    }

    pub(super) fn is_bookkeeping(&self) -> bool {
        matches!(self, VolumeReason::Available { .. } | VolumeReason::WaitsForProvisioner { .. })
    }
}
