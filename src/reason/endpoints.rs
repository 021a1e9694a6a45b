//! Why the EndpointSlice controller acted or waited.

use crate::api::ObjectRef;

/// What one sync of a Service did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct EndpointsReason {
    /// The Service.
    pub service: ObjectRef,
    /// What was decided.
    pub act: EndpointsAct,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum EndpointsAct {
    /// Only the status is written down.
    RecordStatus,
}

impl EndpointsAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            EndpointsAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            EndpointsAct::RecordStatus => false,
        }
    }
}
