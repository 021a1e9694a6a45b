//! Why garbage collection acted.

use crate::api::ObjectRef;

/// What garbage collection did and why.
#[derive(Clone, Debug, PartialEq)]
pub enum GarbageReason {
    /// The owner is gone, so the object goes.
    OwnerGone {
        /// The object.
        object: ObjectRef,
        /// Its owner.
        owner: ObjectRef,
    },
    /// Foreground deletion: dependents first.
    ForegroundDependent {
        /// The object.
        object: ObjectRef,
        /// Its owner.
        owner: ObjectRef,
    },
    /// Foreground deletion: the owner waits for its dependents.
    WaitsForDependents {
        /// The owner.
        owner: ObjectRef,
        /// How many dependents are left.
        left: usize,
    },
    /// Foreground deletion: no dependent is left, so the owner goes.
    OwnerReleased {
        /// The owner.
        owner: ObjectRef,
    },
    /// Orphaning deletion: the dependents lose their owner and stay.
    Orphaned {
        /// The owner.
        owner: ObjectRef,
        /// The dependents.
        dependents: Vec<ObjectRef>,
    },
    /// The pod's node does not exist any more.
    NodeGone {
        /// The pod.
        pod: ObjectRef,
        /// The node.
        node: String,
    },
    /// The pod is terminating on a node that was declared out of service.
    OutOfService {
        /// The pod.
        pod: ObjectRef,
        /// The node.
        node: String,
    },
    /// The pod is terminating and was never bound to a node.
    Unscheduled {
        /// The pod.
        pod: ObjectRef,
    },
}

impl GarbageReason {
    /// The object that the step is about.
    #[must_use]
    pub fn subject(&self) -> &ObjectRef {
        match self {
            GarbageReason::OwnerGone { object, .. } | GarbageReason::ForegroundDependent { object, .. } => object,
            GarbageReason::WaitsForDependents { owner, .. }
            | GarbageReason::OwnerReleased { owner }
            | GarbageReason::Orphaned { owner, .. } => owner,
            GarbageReason::NodeGone { pod, .. }
            | GarbageReason::OutOfService { pod, .. }
            | GarbageReason::Unscheduled { pod } => pod,
        }
    }
}
