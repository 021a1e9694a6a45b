//! Why the StatefulSet controller acted or waited.

use crate::api::{ObjectRef, PodPhase, Time};

/// What one sync of a StatefulSet did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct StatefulSetReason {
    /// The set.
    pub set: ObjectRef,
    /// What was decided.
    pub act: StatefulSetAct,
    /// What else the same sync did.
    pub asides: Vec<Aside>,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum StatefulSetAct {
    /// Pods are made. An ordered set makes one in each sync.
    CreatePods {
        /// The pods, lowest ordinal first.
        pods: Vec<ObjectRef>,
        /// Claims made for them in the same sync.
        new_claims: Vec<ObjectRef>,
        /// Claims that were there already and are used again.
        kept_claims: Vec<ObjectRef>,
        /// The lower ordinal whose readiness was needed; none for the first ordinal and for a Parallel set.
        after: Option<ObjectRef>,
        /// Name of the revision the (first) pod is made from.
        revision: String,
        /// Whether that is the old revision although a newer one exists, because of the partition.
        held_back: bool,
        /// Whether the set is ordered.
        ordered: bool,
    },
    /// An ordered set can go no further before a pod is Running, Ready and available.
    WaitForPod {
        /// The pod.
        pod: ObjectRef,
        /// What it lacks.
        lack: Lack,
        /// What has to wait.
        held: Held,
    },
    /// Pods above the wanted number are deleted. An ordered set deletes the highest only.
    DeleteSurplus {
        /// The pods, highest ordinal first.
        pods: Vec<ObjectRef>,
        /// How many are wanted.
        replicas: i32,
        /// Claims that stay behind.
        kept_claims: Vec<ObjectRef>,
        /// Whether claims go with the pods.
        deletes_claims: bool,
    },
    /// An ended pod is deleted, so that it can be made again.
    ReplaceEnded {
        /// The pod.
        pod: ObjectRef,
        /// How it ended.
        phase: PodPhase,
    },
    /// Pods of an old revision are deleted, so that they come back at the new one.
    UpdatePods {
        /// The pods, highest ordinal first.
        pods: Vec<ObjectRef>,
        /// Revision of the (first) pod.
        from: String,
        /// The update revision.
        to: String,
        /// How many pods are at the update revision.
        updated: i32,
        /// How many pods there are.
        replicas: i32,
    },
    /// The pod cannot be made: its claim is being deleted.
    ClaimTerminating {
        /// The pod.
        pod: ObjectRef,
        /// The claim.
        claim: ObjectRef,
    },
    /// The pod is not made: its claim still belongs to the pod of that name that went before.
    ClaimStale {
        /// The pod.
        pod: ObjectRef,
        /// The claim.
        claim: ObjectRef,
    },
    /// The pod cannot be made: a pod that does not belong to the set has its name.
    NameTaken {
        /// The name.
        pod: ObjectRef,
    },
    /// The pod cannot be made: the API server refuses it because a label that the controller adds is too long.
    PodRefused {
        /// The pod.
        pod: ObjectRef,
        /// The label.
        label: String,
        /// Its value.
        value: String,
    },
    /// OnDelete: pods of an old revision wait until somebody deletes them.
    WaitForManualDelete {
        /// Pods of an old revision.
        pods: Vec<ObjectRef>,
        /// The update revision.
        to: String,
    },
    /// The partition keeps pods at the old revision.
    HeldByPartition {
        /// Pods of an old revision.
        pods: Vec<ObjectRef>,
        /// The partition.
        partition: i32,
    },
    /// The set is being deleted; its pods are left to garbage collection.
    BeingDeleted,
    /// Every pod is there, available and at the update revision.
    Settled {
        /// How many.
        replicas: i32,
    },
    /// Only the counts in the status change.
    RecordStatus,
}

/// What a pod lacks.
#[derive(Clone, Debug, PartialEq)]
pub enum Lack {
    /// It is not bound to a node.
    Unscheduled,
    /// It is bound; its containers have not all started.
    NotRunning {
        /// The waiting reason of a container, if it is a bad one.
        waiting: Option<String>,
    },
    /// It runs; its Ready condition is not True.
    NotReady {
        /// The waiting reason of a container, if it is a bad one.
        waiting: Option<String>,
    },
    /// It is Ready, but not yet for `minReadySeconds`.
    NotAvailable {
        /// When it will be.
        until: Time,
        /// `minReadySeconds`.
        min_ready_seconds: i32,
    },
    /// It is terminating, and its name is free only when it is gone.
    Terminating,
}

/// What has to wait.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// The creation of a pod.
    Creation(ObjectRef),
    /// The deletion of a surplus pod.
    ScaleDown(ObjectRef),
    /// The update of a pod.
    Update(ObjectRef),
    /// Nothing but the end of the rollout.
    Completion,
}

/// What a sync did besides its decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Aside {
    /// A template revision was made.
    NewRevision {
        /// Its name.
        name: String,
        /// Its number.
        number: i64,
    },
    /// The template is one of an old revision, whose number was raised.
    RolledBack {
        /// Its name.
        name: String,
        /// Its new number.
        number: i64,
    },
    /// Pods were adopted.
    Adopted(Vec<ObjectRef>),
    /// Pods whose labels no longer match were let go.
    Released(Vec<ObjectRef>),
    /// Labels that make pods themselves were missing or wrong, and are as they were made again.
    IdentityRestored(Vec<ObjectRef>),
    /// Claims that something else controls: the retention policy leaves them alone.
    ForeignClaims(Vec<ObjectRef>),
    /// The rollout is complete: the current revision is the update revision.
    Completed {
        /// The revision.
        revision: String,
    },
}

impl StatefulSetAct {
    /// Whether a pod cannot be made because its name or its claim is still taken.
    #[must_use]
    pub fn is_blocked_by_name(&self) -> bool {
        matches!(
            self,
            StatefulSetAct::ClaimTerminating { .. }
                | StatefulSetAct::ClaimStale { .. }
                | StatefulSetAct::NameTaken { .. }
        )
    }

    /// Whether pods come or go, and their claims with them, or nothing is left to do.
    #[must_use]
    pub fn moves_claims(&self) -> bool {
        matches!(
            self,
            StatefulSetAct::CreatePods { .. } | StatefulSetAct::DeleteSurplus { .. } | StatefulSetAct::Settled { .. }
        )
    }

    /// Whether the sync had to wait.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            StatefulSetAct::WaitForPod { .. }
            | StatefulSetAct::ClaimTerminating { .. }
            | StatefulSetAct::ClaimStale { .. }
            | StatefulSetAct::NameTaken { .. }
            | StatefulSetAct::PodRefused { .. }
            | StatefulSetAct::WaitForManualDelete { .. }
            | StatefulSetAct::HeldByPartition { .. }
            | StatefulSetAct::BeingDeleted
            | StatefulSetAct::Settled { .. } => true,
            StatefulSetAct::CreatePods { .. }
            | StatefulSetAct::DeleteSurplus { .. }
            | StatefulSetAct::ReplaceEnded { .. }
            | StatefulSetAct::UpdatePods { .. }
            | StatefulSetAct::RecordStatus => false,
        }
    }
}
