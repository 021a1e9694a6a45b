//! Why claims were bound, or wait.

use crate::api::{ObjectRef, Quantity, Time};

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
        /// Pods that use it and have no node yet.
        pods: Vec<ObjectRef>,
    },
    /// The claim names the volume that it wants, and that one will not do.
    NamedVolume {
        /// The claim.
        claim: ObjectRef,
        /// The volume.
        volume: ObjectRef,
        /// What is wrong with it.
        problem: NamedVolumeProblem,
    },
    /// The claim asks for labels, and its class makes volumes on demand, which cannot be asked for labels.
    SelectorNotProvisioned {
        /// The claim.
        claim: ObjectRef,
        /// The class.
        class: String,
    },
    /// A claim without a class was made before there was a default one, and gets it now.
    DefaultClassGiven {
        /// The claim.
        claim: ObjectRef,
        /// The class.
        class: String,
        /// How many classes are marked as the default.
        defaults: usize,
    },
    /// The claim was bound, and its volume is gone or another claim's.
    Lost {
        /// The claim.
        claim: ObjectRef,
        /// The volume.
        volume: Option<ObjectRef>,
        /// The other claim.
        taken_by: Option<ObjectRef>,
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
    /// The claim was bound to another volume, so this one is free again.
    Unbound {
        /// The volume.
        volume: ObjectRef,
        /// The claim.
        claim: ObjectRef,
    },
    /// The volume is being deleted and is kept while it is bound.
    VolumeInUse {
        /// The volume.
        volume: ObjectRef,
        /// The claim.
        claim: ObjectRef,
    },
    /// The volume was being deleted and is bound to no claim.
    VolumeRemoved {
        /// The volume.
        volume: ObjectRef,
    },
    /// A claim asks for more than it has, and its volume has grown.
    VolumeGrown {
        /// The claim.
        claim: ObjectRef,
        /// The volume.
        volume: ObjectRef,
        /// Its size before.
        from: Option<Quantity>,
        /// Its size now.
        to: Quantity,
    },
    /// The volume has grown, but no pod has it mounted, so its file system has not.
    AwaitsMount {
        /// The claim.
        claim: ObjectRef,
        /// The size that it will have.
        to: Quantity,
    },
    /// The file system has grown as well.
    FileSystemGrown {
        /// The claim.
        claim: ObjectRef,
        /// The pod on whose node it grew.
        pod: ObjectRef,
        /// Its size now.
        to: Quantity,
    },
    /// A pod cannot start because its volume is attached to another node.
    MultiAttach {
        /// The pod.
        pod: ObjectRef,
        /// The volume.
        volume: ObjectRef,
        /// The other node.
        node: String,
        /// Pods there that use it.
        pods: Vec<ObjectRef>,
        /// When it is taken from there by force, where nobody uses it any more.
        until: Option<Time>,
    },
    /// A volume is free to be claimed.
    Available {
        /// The volume.
        volume: ObjectRef,
    },
}

/// Why the volume that a claim names will not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedVolumeProblem {
    /// There is none of that name.
    Absent,
    /// It belongs to another claim.
    Taken(ObjectRef),
    /// It does not fit, in Kubernetes' words.
    Misfit(String),
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
            | VolumeReason::NamedVolume { claim, .. }
            | VolumeReason::SelectorNotProvisioned { claim, .. }
            | VolumeReason::DefaultClassGiven { claim, .. }
            | VolumeReason::Lost { claim, .. }
            | VolumeReason::VolumeGrown { claim, .. }
            | VolumeReason::AwaitsMount { claim, .. }
            | VolumeReason::FileSystemGrown { claim, .. }
            | VolumeReason::ClaimInUse { claim, .. }
            | VolumeReason::ClaimReleased { claim } => claim,
            VolumeReason::Reclaimed { volume, .. }
            | VolumeReason::Unbound { volume, .. }
            | VolumeReason::VolumeInUse { volume, .. }
            | VolumeReason::VolumeRemoved { volume }
            | VolumeReason::Available { volume } => volume,
            VolumeReason::MultiAttach { pod, .. } => pod,
        }
    }

    pub(super) fn is_wait(&self) -> bool {
        matches!(
            self,
            VolumeReason::WaitsForFirstConsumer { .. }
                | VolumeReason::WaitsForProvisioner { .. }
                | VolumeReason::ProvisioningConflict { .. }
                | VolumeReason::NothingToBind { .. }
                | VolumeReason::NamedVolume { .. }
                | VolumeReason::SelectorNotProvisioned { .. }
                | VolumeReason::VolumeInUse { .. }
                | VolumeReason::AwaitsMount { .. }
                | VolumeReason::MultiAttach { .. }
                | VolumeReason::ClaimInUse { .. }
        )
    }

    pub(super) fn is_bookkeeping(&self) -> bool {
        matches!(self, VolumeReason::Available { .. } | VolumeReason::WaitsForProvisioner { .. })
    }
}
