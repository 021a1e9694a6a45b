//! Why the Deployment controller acted or waited.

use crate::api::ObjectRef;

/// What one sync of a Deployment did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentReason {
    /// The Deployment.
    pub deployment: ObjectRef,
    /// What was decided.
    pub act: DeploymentAct,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum DeploymentAct {
    /// Only the status is written down.
    RecordStatus,
}

impl DeploymentAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            DeploymentAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            DeploymentAct::RecordStatus => false,
        }
    }
}
