//! Why the Deployment controller acted or waited.

use crate::api::ObjectRef;

/// What one sync of a Deployment did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentReason {
    /// The Deployment.
    pub deployment: ObjectRef,
    /// What was decided.
    pub act: DeploymentAct,
    /// ReplicaSets without a controller that the same sync took over.
    pub adopted: Vec<ObjectRef>,
    /// ReplicaSets that the same sync let go, because their labels no longer match the selector.
    pub released: Vec<ObjectRef>,
    /// A ReplicaSet that was an old one and is the new one again.
    pub reused: Option<Reused>,
}

/// A ReplicaSet of an earlier template that the present template equals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reused {
    /// The set.
    pub set: ObjectRef,
    /// The revision it had.
    pub from: i64,
    /// The revision it has now.
    pub to: i64,
}

/// The numbers that decide how far a rollout may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// Pods that are wanted.
    pub replicas: i64,
    /// Pods that there may be beyond that.
    pub surge: i64,
    /// Pods that may be missing.
    pub unavailable: i64,
    /// Pods that the ReplicaSets ask for together, before the sync.
    pub total: i64,
    /// Pods of all ReplicaSets that are available, by their status.
    pub available: i64,
    /// Pods that the new ReplicaSet asks for and that are not available yet.
    pub new_unavailable: i64,
}

impl Budget {
    /// Pods that have to be available at all times.
    #[must_use]
    pub fn minimum(&self) -> i64 {
        self.replicas - self.unavailable
    }

    /// Pods that there may be at most.
    #[must_use]
    pub fn maximum(&self) -> i64 {
        self.replicas + self.surge
    }
}

/// A ReplicaSet whose `spec.replicas` is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resize {
    /// The set.
    pub set: ObjectRef,
    /// Pods it asked for.
    pub from: i32,
    /// Pods it asks for now.
    pub to: i32,
    /// Why.
    pub cause: ResizeCause,
}

/// Why a ReplicaSet gets another size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResizeCause {
    /// It is the new one, and there is room below the maximum.
    NewHasRoom,
    /// It is the new one, and has more than the Deployment wants.
    NewTooLarge,
    /// It is an old one with pods that are not available, which may go first.
    OldUnhealthy,
    /// It is an old one, and more pods are available than have to be.
    OldDispensable,
    /// It is an old one, and with `Recreate` all old pods go first.
    OldBeforeNew,
    /// It is the new one, and with `Recreate` nothing old is left.
    NewAfterOld,
    /// It is the only one with pods, so that it takes the whole size.
    OnlyOne,
    /// It is an old one, and the new one has all pods available.
    NewIsComplete,
    /// It gets its share of the Deployment's new size.
    Share {
        /// The most pods that there could be before, of which its size was a share.
        of: i32,
    },
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum DeploymentAct {
    /// The rollout goes a step further: a ReplicaSet is made, or some get another size.
    RollOut {
        /// The ReplicaSet of the present template, where it is made, and its size.
        created: Option<(ObjectRef, i32)>,
        /// ReplicaSets that get another size.
        resized: Vec<Resize>,
        /// What it was decided by.
        budget: Budget,
        /// Whether all old pods go before the first new one comes.
        recreate: bool,
    },
    /// The Deployment's size has changed: its ReplicaSets follow.
    Scale {
        /// ReplicaSets that get another size.
        resized: Vec<Resize>,
        /// What it was decided by.
        budget: Budget,
        /// Whether the Deployment is paused.
        paused: bool,
    },
    /// Old ReplicaSets beyond the limit are deleted.
    CleanUp {
        /// Which.
        deleted: Vec<ObjectRef>,
        /// `spec.revisionHistoryLimit`.
        limit: i32,
    },
    /// The rollout has made no progress for too long.
    DeadlineExceeded {
        /// The new ReplicaSet.
        set: ObjectRef,
        /// `spec.progressDeadlineSeconds`.
        deadline: i32,
        /// What the rollout is held up by.
        budget: Budget,
    },
    /// The rollout waits for pods to become available.
    WaitForAvailable {
        /// The new ReplicaSet.
        set: ObjectRef,
        /// Pods that it has available.
        available: i32,
        /// Pods that it asks for.
        wanted: i32,
        /// Pods that old ReplicaSets ask for still.
        old: i64,
        /// What decides whether more can happen.
        budget: Budget,
        /// The deadline in seconds, where it has passed without progress.
        exceeded: Option<i32>,
    },
    /// With `Recreate`: waits for old pods to end.
    WaitForOldPods {
        /// How many have not ended.
        pods: usize,
        /// One of them.
        first: Option<ObjectRef>,
    },
    /// The Deployment is paused.
    Paused {
        /// Whether its template is at no ReplicaSet yet.
        pending: bool,
    },
    /// A ReplicaSet of another template has the name that the new one would get.
    Collision {
        /// The name.
        name: String,
    },
    /// All wanted pods are of the present template and available.
    Settled {
        /// The ReplicaSet.
        set: Option<ObjectRef>,
        /// Pods that are wanted.
        replicas: i32,
    },
    /// The Deployment is being deleted; its ReplicaSets are left to garbage collection.
    BeingDeleted,
    /// Only the status is written down.
    RecordStatus,
}

impl DeploymentAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            DeploymentAct::WaitForAvailable { .. }
            | DeploymentAct::WaitForOldPods { .. }
            | DeploymentAct::Paused { .. }
            | DeploymentAct::Settled { .. }
            | DeploymentAct::BeingDeleted => true,
            DeploymentAct::RollOut { .. }
            | DeploymentAct::Scale { .. }
            | DeploymentAct::CleanUp { .. }
            | DeploymentAct::DeadlineExceeded { .. }
            | DeploymentAct::Collision { .. }
            | DeploymentAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            DeploymentAct::Settled { .. } | DeploymentAct::BeingDeleted | DeploymentAct::Paused { pending: false } => {
                true
            }
            DeploymentAct::Paused { pending: true }
            | DeploymentAct::RollOut { .. }
            | DeploymentAct::Scale { .. }
            | DeploymentAct::CleanUp { .. }
            | DeploymentAct::DeadlineExceeded { .. }
            | DeploymentAct::WaitForAvailable { .. }
            | DeploymentAct::WaitForOldPods { .. }
            | DeploymentAct::Collision { .. }
            | DeploymentAct::RecordStatus => false,
        }
    }
}
