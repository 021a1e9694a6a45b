//! Why the scheduler chose a node, or none.

use crate::api::ObjectRef;
use std::fmt;

/// What the scheduler did with a pod and why.
#[derive(Clone, Debug, PartialEq)]
pub enum SchedulerReason {
    /// The pod is bound.
    Bound {
        /// The pod.
        pod: ObjectRef,
        /// The node.
        node: String,
        /// The best of the nodes that passed every filter, best first; a dozen at most.
        scores: Vec<NodeScore>,
        /// How many nodes passed every filter.
        feasible: usize,
        /// How many nodes there are.
        nodes: usize,
        /// Nodes with the same, highest score; where there are several, Kubernetes picks one at random.
        tied: usize,
        /// Why other nodes did not come into question, if they did not.
        only: Option<OnlyNode>,
    },
    /// No node passed every filter.
    Unschedulable {
        /// The pod.
        pod: ObjectRef,
        /// The text of the `FailedScheduling` event.
        message: String,
        /// How many nodes gave which reason.
        refusals: Vec<Refused>,
        /// Whether the pod's claims keep it off every node, so that no change of a node can help.
        waits_for_claims: bool,
    },
    /// No node passed every filter, and pods of lower priority are evicted from one so that it will.
    Preempts {
        /// The pod.
        pod: ObjectRef,
        /// Its priority.
        priority: i32,
        /// The node that room is made on.
        node: String,
        /// The text of the `FailedScheduling` event.
        message: String,
        /// Who is evicted, most important first.
        victims: Vec<Victim>,
        /// How many of them a disruption budget would have kept.
        violations: usize,
        /// On how many nodes evictions would have helped.
        candidates: usize,
        /// What decided between them.
        decided_by: Criterion,
        /// How many nodes gave which reason.
        refusals: Vec<Refused>,
    },
    /// The pod has scheduling gates and is not looked at.
    Gated {
        /// The pod.
        pod: ObjectRef,
        /// Names of the gates.
        gates: Vec<String>,
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

/// Why only one node came into question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnlyNode {
    /// The pod's node affinity names it alone (a DaemonSet's pod).
    Pinned,
    /// Room was made on it for the pod by evicting others.
    Nominated,
}

/// A plugin of the scheduler that filters nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is named as the plugin")]
pub enum Plugin {
    NodeUnschedulable,
    NodeName,
    TaintToleration,
    NodeAffinity,
    NodePorts,
    NodeResourcesFit,
    VolumeRestrictions,
    VolumeBinding,
    VolumeZone,
    PodTopologySpread,
    InterPodAffinity,
}

impl fmt::Display for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Nodes that one filter refused with the same words.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The filter.
    pub plugin: Plugin,
    /// Its words.
    pub text: String,
    /// How many nodes it refused with them.
    pub nodes: usize,
    /// One of them.
    pub example: Option<RefusedNode>,
}

impl Refused {
    /// Refusals, those of most nodes first.
    #[must_use]
    pub fn by_count(refusals: &[Refused]) -> Vec<&Refused> {
        let mut by_count: Vec<_> = refusals.iter().collect();
        by_count.sort_by_key(|refused| std::cmp::Reverse(refused.nodes));
        by_count
    }
}

/// What is said of the nodes is the same; which of them is the example may change with every attempt.
impl PartialEq for Refused {
    fn eq(&self, other: &Self) -> bool {
        (self.plugin, &self.text, self.nodes) == (other.plugin, &other.text, other.nodes)
    }
}

/// A node that was refused, with what decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedNode {
    /// The node.
    pub node: String,
    /// What decided.
    pub cause: RefusalCause,
}

/// What it is on a node that a filter minds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalCause {
    /// A taint without a toleration, as `kubectl taint` writes it.
    Taint(String),
    /// A label that the node selector asks for.
    Label {
        /// Its name.
        key: String,
        /// The value asked for.
        wanted: String,
    },
    /// Too little of a resource: milli-CPU for CPU, else bytes or pieces.
    Resource {
        /// Its name.
        name: String,
        /// What the pod requests.
        requested: i64,
        /// What is left.
        free: i64,
        /// What the node has.
        capacity: i64,
    },
    /// A host port that is taken.
    Port(i32),
    /// A domain that would be too full.
    Skew {
        /// The node label whose values are the domains.
        topology_key: String,
        /// The domain.
        domain: String,
        /// How many more matching pods than the emptiest domain it would have with the pod.
        skew: i64,
        /// Matching pods in the emptiest domain.
        least: i64,
        /// How many more a domain may have.
        max_skew: i64,
    },
    /// A label that makes domains and that the node lacks.
    NoDomain {
        /// Its name.
        topology_key: String,
    },
    /// A domain without a pod that a term of pod affinity asks for, or with one that a term of anti-affinity repels.
    Neighbours {
        /// The node label whose values are the domains.
        topology_key: String,
        /// The domain.
        domain: String,
    },
}

/// A pod that is evicted for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Victim {
    /// The pod.
    pub pod: ObjectRef,
    /// Its priority.
    pub priority: i32,
}

/// What decided between the nodes on which evictions would help, in the order in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// There was only one.
    OnlyOne,
    /// Fewest disruption budgets violated.
    Budgets,
    /// The highest priority among the victims is the lowest.
    HighestPriority,
    /// The smallest sum of priorities.
    PrioritySum,
    /// The fewest victims.
    Victims,
    /// The most important victims were started last.
    StartTime,
    /// The first by name; Kubernetes takes any.
    Name,
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
            | SchedulerReason::Preempts { pod, .. }
            | SchedulerReason::Gated { pod, .. }
            | SchedulerReason::NodeChosenForVolumes { pod, .. } => pod,
        }
    }

    /// Whether the pod waits for something that the scheduler does not do.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            SchedulerReason::Unschedulable { .. }
            | SchedulerReason::Preempts { .. }
            | SchedulerReason::Gated { .. } => true,
            SchedulerReason::Bound { .. } | SchedulerReason::NodeChosenForVolumes { .. } => false,
        }
    }
}
