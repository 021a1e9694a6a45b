//! Why the scheduler chose a node, or none.

use crate::api::ObjectRef;

/// What the scheduler did with a pod and why.
#[derive(Clone, Debug, PartialEq)]
pub enum SchedulerReason {
    /// The pod is bound.
    Bound {
        /// The pod.
        pod: ObjectRef,
        /// The node.
        node: String,
        /// Nodes that passed every filter, best first.
        scores: Vec<NodeScore>,
        /// How many nodes there are.
        nodes: usize,
        /// Nodes with the same, highest score; where there are several, Kubernetes picks one at random.
        tied: usize,
        /// Whether the pod may go to this node only (a DaemonSet's pod).
        pinned: bool,
    },
    /// No node passed every filter.
    Unschedulable {
        /// The pod.
        pod: ObjectRef,
        /// The text of the `FailedScheduling` event.
        message: String,
        /// How many nodes gave which reason.
        refusals: Vec<(String, usize)>,
        /// Whether the pod's claims keep it off every node, so that no change of a node can help.
        waits_for_claims: bool,
    },
    /// A claim of the pod waits for the node: it has been chosen, the volume is made there.
    NodeChosenForVolumes {
        /// The pod.
        pod: ObjectRef,
        /// The node.
        node: String,
        /// Claims that are provisioned there.
        claims: Vec<ObjectRef>,
    },
}

/// A node's score.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeScore {
    /// The node.
    pub node: String,
    /// The weighted sum.
    pub total: i64,
    /// Weighted score of each plugin, in the order in which they run.
    pub plugins: Vec<(&'static str, i64)>,
}

impl SchedulerReason {
    /// The pod.
    #[must_use]
    pub fn pod(&self) -> &ObjectRef {
        match self {
            SchedulerReason::Bound { pod, .. }
            | SchedulerReason::Unschedulable { pod, .. }
            | SchedulerReason::NodeChosenForVolumes { pod, .. } => pod,
        }
    }
}
