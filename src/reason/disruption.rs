//! Why the disruption controller acted or waited.

use crate::api::ObjectRef;

/// What one sync of a PodDisruptionBudget did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct DisruptionReason {
    /// The budget.
    pub budget: ObjectRef,
    /// What was decided.
    pub act: DisruptionAct,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum DisruptionAct {
    /// Only the status is written down.
    RecordStatus,
}

impl DisruptionAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            DisruptionAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            DisruptionAct::RecordStatus => false,
        }
    }
}
