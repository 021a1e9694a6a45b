//! Why the DaemonSet controller acted or waited, and what it thinks of each node.

use crate::api::{ObjectRef, Taint, Toleration};

/// What one sync of a DaemonSet did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct DaemonSetReason {
    /// The set.
    pub set: ObjectRef,
    /// What was decided.
    pub act: DaemonSetAct,
    /// The name of a template revision made by the same sync.
    pub new_revision: Option<String>,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum DaemonSetAct {
    /// Pods are made or deleted.
    Manage {
        /// Nodes that get a pod.
        created_on: Vec<String>,
        /// Pods that are deleted.
        deleted: Vec<DaemonDeletion>,
        /// Nodes that should run a pod.
        desired: i32,
        /// Nodes in the cluster.
        nodes: i32,
        /// `maxSurge`, where it is more than 0.
        surge: i64,
    },
    /// The rollout waits for pods to become available.
    WaitForAvailable {
        /// Nodes without an available pod of the new revision.
        nodes: Vec<String>,
        /// How many may be unavailable (or surging) at once.
        budget: i64,
        /// Whether the budget is for surging pods.
        surge: bool,
        /// How many pods are still of an old revision.
        outdated: i32,
    },
    /// OnDelete: pods of an old revision wait until somebody deletes them.
    WaitForManualDelete {
        /// How many.
        outdated: i32,
    },
    /// Waits for new pods to become Ready; no rollout is going on.
    WaitForReady {
        /// Nodes whose pod is not Ready.
        nodes: Vec<String>,
    },
    /// Every eligible node has an available pod at the present template.
    Settled {
        /// How many nodes.
        desired: i32,
        /// Nodes that are not eligible.
        refused: i32,
    },
    /// The set is being deleted; its pods are left to garbage collection.
    BeingDeleted,
    /// Only the counts in the status change.
    RecordStatus,
}

/// A pod deleted by the DaemonSet controller.
#[derive(Clone, Debug, PartialEq)]
pub struct DaemonDeletion {
    /// The pod.
    pub pod: ObjectRef,
    /// Its node.
    pub node: String,
    /// Why.
    pub fate: DaemonPodFate,
}

/// Why a daemon pod is deleted.
#[derive(Clone, Debug, PartialEq)]
pub enum DaemonPodFate {
    /// The node may not run it any more.
    NodeRefuses(Refusal),
    /// Its node does not exist.
    NodeGone,
    /// It ended.
    Ended,
    /// There is another one on the node.
    Excess,
    /// It is of an old revision and the budget allows it.
    Outdated,
    /// It is of an old revision and was not available anyway, which needs no budget.
    OutdatedUnavailable,
    /// The new pod beside it is available.
    Surpassed,
}

/// What a DaemonSet thinks of a node (`pkg/controller/daemon: NodeShouldRunDaemonPod`).
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It runs a pod there.
    Runs {
        /// Taints of the node, each with the toleration that lets the pod in and whether the controller added it.
        tolerated: Vec<(Taint, Toleration, bool)>,
    },
    /// It starts no pod there; one that is there may stay.
    Keeps(Refusal),
    /// It runs no pod there.
    Refuses(Refusal),
}

/// What keeps a daemon pod off a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The template names another node.
    NodeName(String),
    /// A label that `nodeSelector` asks for is absent or other.
    NodeSelector {
        /// The label.
        key: String,
        /// The wanted value.
        wanted: String,
        /// The node's value.
        found: Option<String>,
    },
    /// No term of the required node affinity matches.
    NodeAffinity,
    /// A taint that is not tolerated.
    Taint(Taint),
}

impl DaemonSetAct {
    /// Whether the sync had to wait.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            DaemonSetAct::WaitForAvailable { .. }
            | DaemonSetAct::WaitForManualDelete { .. }
            | DaemonSetAct::WaitForReady { .. }
            | DaemonSetAct::Settled { .. }
            | DaemonSetAct::BeingDeleted => true,
            DaemonSetAct::Manage { .. } | DaemonSetAct::RecordStatus => false,
        }
    }
}
