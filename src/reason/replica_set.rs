//! Why the ReplicaSet controller acted or waited.

use crate::api::ObjectRef;

/// What one sync of a ReplicaSet did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaSetReason {
    /// The set.
    pub set: ObjectRef,
    /// What was decided.
    pub act: ReplicaSetAct,
    /// Pods without a controller that the same sync took over.
    pub adopted: Vec<ObjectRef>,
    /// Pods that the same sync let go, because their labels no longer match the selector.
    pub released: Vec<ObjectRef>,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplicaSetAct {
    /// There are fewer active pods than wanted.
    Create {
        /// How many pods are made.
        created: usize,
        /// Pods that were active before.
        active: usize,
        /// Pods that are wanted.
        replicas: i32,
        /// Pods that are terminating, which do not count.
        terminating: usize,
        /// Pods that have ended, which do not count and stay.
        ended: usize,
    },
    /// There are more active pods than wanted.
    Delete {
        /// The pods that go, in the order in which they were chosen.
        deleted: Vec<ReplicaDeletion>,
        /// Pods that were active before.
        active: usize,
        /// Pods that are wanted.
        replicas: i32,
    },
    /// The API server refuses to make the pods.
    CreateRefused {
        /// What it says.
        message: String,
        /// Pods that are active.
        active: usize,
        /// Pods that are wanted.
        replicas: i32,
    },
    /// Every wanted pod is there; some are not available yet.
    WaitForAvailable {
        /// Pods that are available.
        available: i32,
        /// Pods that are wanted.
        replicas: i32,
        /// A pod that is not available.
        pod: ObjectRef,
    },
    /// Every wanted pod is there and available.
    Settled {
        /// Pods that are wanted.
        replicas: i32,
    },
    /// The set is being deleted; its pods are left to garbage collection.
    BeingDeleted,
    /// Only the status is written down.
    RecordStatus,
}

/// A pod that a ReplicaSet deletes, and what put it before those that stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaDeletion {
    /// The pod.
    pub pod: ObjectRef,
    /// What put it before the first pod that stays and is not its equal.
    pub rank: DeletionRank,
    /// How many pods were its equals, itself counted, where one of them stays; else 0. Kubernetes then goes by
    /// identity, Setwise by name.
    pub equals: usize,
}

/// By what a pod is deleted before another (`pkg/controller/controller_utils.go: ActivePodsWithRanks.Less`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeletionRank {
    /// All pods go; nothing is compared.
    All,
    /// It has no node.
    Unassigned,
    /// Its phase is Pending, while others are Running.
    Pending,
    /// It is not Ready.
    NotReady,
    /// Its annotation `controller.kubernetes.io/pod-deletion-cost` is lower.
    Cost {
        /// Its cost.
        cost: i32,
        /// That of the other.
        other: i32,
    },
    /// Its node has more pods of the same Deployment.
    Crowded {
        /// Its node.
        node: String,
        /// Active pods of the Deployment there.
        pods: i64,
        /// Active pods of the Deployment on the node of the other.
        other: i64,
    },
    /// It has been Ready for a shorter time, by more than a factor.
    ReadyLater,
    /// Its containers were restarted more often.
    Restarts {
        /// The most restarts of one of its containers.
        restarts: i32,
        /// The same of the other.
        other: i32,
    },
    /// It was made later, by more than a factor.
    Younger,
    /// Nothing that counts differs among all pods of the set.
    Equal,
}

impl ReplicaSetAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            ReplicaSetAct::CreateRefused { .. }
            | ReplicaSetAct::WaitForAvailable { .. }
            | ReplicaSetAct::Settled { .. }
            | ReplicaSetAct::BeingDeleted => true,
            ReplicaSetAct::Create { .. } | ReplicaSetAct::Delete { .. } | ReplicaSetAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            ReplicaSetAct::Settled { .. } | ReplicaSetAct::BeingDeleted => true,
            ReplicaSetAct::Create { .. }
            | ReplicaSetAct::Delete { .. }
            | ReplicaSetAct::CreateRefused { .. }
            | ReplicaSetAct::WaitForAvailable { .. }
            | ReplicaSetAct::RecordStatus => false,
        }
    }
}
