//! Why the horizontal pod autoscaler acted or waited.

use crate::api::ObjectRef;

/// What one sync of a HorizontalPodAutoscaler did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct AutoscalerReason {
    /// The autoscaler.
    pub autoscaler: ObjectRef,
    /// What was decided.
    pub act: AutoscalerAct,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum AutoscalerAct {
    /// Only the status is written down.
    RecordStatus,
}

impl AutoscalerAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            AutoscalerAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            AutoscalerAct::RecordStatus => false,
        }
    }
}
