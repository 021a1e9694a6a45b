//! Why the controllers that watch nodes acted.

use crate::api::{ObjectRef, Taint};

/// What was done to a node, or to a pod because of its node, and why.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeReason {
    /// Cordoning is put into a taint, which is what the scheduler and tolerations know.
    UnschedulableTaint {
        /// The node.
        node: ObjectRef,
        /// Whether the taint is added or removed.
        added: bool,
    },
    /// A pod is evicted by a NoExecute taint that it does not tolerate (any longer).
    TaintEviction {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// The taint.
        taint: Taint,
        /// Seconds that it was tolerated.
        tolerated_seconds: Option<i64>,
    },
}

impl NodeReason {
    /// The object that the step is about.
    #[must_use]
    pub fn subject(&self) -> &ObjectRef {
        match self {
            NodeReason::UnschedulableTaint { node, .. } => node,
            NodeReason::TaintEviction { pod, .. } => pod,
        }
    }
}
