//! Why the controllers that watch nodes acted.

use crate::api::{ObjectRef, Taint, Time};

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
    /// The NoSchedule taints follow the node's conditions.
    ConditionTaints {
        /// The node.
        node: ObjectRef,
        /// Taints that it gets.
        added: Vec<Taint>,
        /// Taints that it loses.
        removed: Vec<Taint>,
    },
    /// Nothing was heard of the node's kubelet for too long.
    Lost {
        /// The node.
        node: ObjectRef,
        /// When it was last heard of; when it was made, if never.
        last_heartbeat: Time,
        /// Seconds that are waited.
        grace_seconds: i64,
        /// Whether it never reported.
        never: bool,
        /// Pods that do not count as Ready any more.
        pods: Vec<ObjectRef>,
    },
    /// The node is not Ready, so pods are driven away unless they tolerate that.
    DrivesAway {
        /// The node.
        node: ObjectRef,
        /// The NoExecute taint.
        taint: Taint,
        /// Whether it takes the place of the other of the two.
        swapped: bool,
    },
    /// The node has to wait for its taint: only so many nodes are tainted in a while.
    TaintDelayed {
        /// The node.
        node: ObjectRef,
        /// Until when.
        until: Time,
    },
    /// So much of a small zone is down that nobody is driven away.
    EvictionsHeld {
        /// The node.
        node: ObjectRef,
        /// Nodes of its zone.
        nodes: usize,
        /// Those of them that are not Ready.
        not_ready: usize,
    },
    /// No node is Ready, so nobody is driven away from anywhere.
    EvictionsStopped {
        /// The node.
        node: ObjectRef,
        /// Nodes of the cluster.
        nodes: usize,
    },
    /// The node is Ready again and drives nobody away.
    Recovered {
        /// The node.
        node: ObjectRef,
        /// Taints that it loses.
        taints: Vec<Taint>,
    },
    /// A pod tolerates a NoExecute taint of its node for a while.
    EvictionPending {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// The taint.
        taint: Taint,
        /// Seconds that it is tolerated.
        seconds: i64,
        /// When the pod is evicted.
        due: Time,
    },
    /// A pod that was to be evicted stays.
    EvictionCancelled {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// Whether a taint is left, which the pod tolerates for ever.
        tolerated: bool,
    },
    /// A pod is evicted by a NoExecute taint that it does not tolerate (any longer).
    TaintEviction {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// The taint; none where the node and its taints are gone since the eviction was planned.
        taint: Option<Taint>,
        /// Seconds that it was tolerated.
        tolerated_seconds: Option<i64>,
    },
}

impl NodeReason {
    /// The object that the step is about.
    #[must_use]
    pub fn subject(&self) -> &ObjectRef {
        match self {
            NodeReason::UnschedulableTaint { node, .. }
            | NodeReason::ConditionTaints { node, .. }
            | NodeReason::Lost { node, .. }
            | NodeReason::DrivesAway { node, .. }
            | NodeReason::TaintDelayed { node, .. }
            | NodeReason::EvictionsHeld { node, .. }
            | NodeReason::EvictionsStopped { node, .. }
            | NodeReason::Recovered { node, .. } => node,
            NodeReason::EvictionPending { pod, .. }
            | NodeReason::EvictionCancelled { pod, .. }
            | NodeReason::TaintEviction { pod, .. } => pod,
        }
    }

    pub(super) fn is_wait(&self) -> bool {
        match self {
            NodeReason::TaintDelayed { .. }
            | NodeReason::EvictionsHeld { .. }
            | NodeReason::EvictionsStopped { .. }
            | NodeReason::EvictionPending { .. }
            | NodeReason::EvictionCancelled { .. } => true,
            NodeReason::UnschedulableTaint { .. }
            | NodeReason::ConditionTaints { .. }
            | NodeReason::Lost { .. }
            | NodeReason::DrivesAway { .. }
            | NodeReason::Recovered { .. }
            | NodeReason::TaintEviction { .. } => false,
        }
    }

    /// A cancelled eviction is told like a wait, and is none.
    pub(super) fn is_rest(&self) -> bool {
        matches!(self, NodeReason::EvictionCancelled { .. })
    }
}
