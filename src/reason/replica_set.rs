//! Why the ReplicaSet controller acted or waited.

use crate::api::ObjectRef;

/// What one sync of a ReplicaSet did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplicaSetReason {
    /// The set.
    pub set: ObjectRef,
    /// What was decided.
    pub act: ReplicaSetAct,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplicaSetAct {
    /// Only the status is written down.
    RecordStatus,
}

impl ReplicaSetAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            ReplicaSetAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            ReplicaSetAct::RecordStatus => false,
        }
    }
}
