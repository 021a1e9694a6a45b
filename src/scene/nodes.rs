//! Nodes: what they have, what is asked of them, who is on them, and what each DaemonSet thinks of them.

use super::PodView;
use crate::api::{Node, ObjectRef, Resource};
use crate::cluster::Cluster;
use crate::controllers::daemon_set::verdict;
use crate::reason::Verdict;
use std::rc::Rc;

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeView {
    /// Which.
    pub object: ObjectRef,
    /// Whether its kubelet reports.
    pub ready: bool,
    /// Whether new pods are kept off.
    pub cordoned: bool,
    /// What it runs short of: `MemoryPressure`, `DiskPressure`, `PIDPressure`.
    pub pressures: Vec<String>,
    /// Labels that somebody chose, as `key=value`.
    pub labels: Vec<String>,
    /// Taints, as `key=value:effect`.
    pub taints: Vec<String>,
    /// Milli-CPU asked for, of what there is.
    pub cpu: Usage,
    /// Bytes asked for, of what there is.
    pub memory: Usage,
    /// How many pods it takes.
    pub pod_limit: i64,
    /// Its pods, by name.
    pub pods: Vec<PodView>,
    /// What each DaemonSet thinks of it.
    pub verdicts: Vec<VerdictView>,
}

/// What is asked for, of what there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Asked for.
    pub used: i64,
    /// There is.
    pub total: i64,
}

impl Usage {
    /// The part in use, in thousandths.
    #[must_use]
    pub fn permille(self) -> u32 {
        if self.total <= 0 {
            return 0;
        }
        let thousandths = i128::from(self.used) * 1000 / i128::from(self.total);
        u32::try_from(thousandths.clamp(0, 1000)).unwrap_or(1000)
    }
}

/// What a DaemonSet thinks of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictView {
    /// The set.
    pub set: ObjectRef,
    /// Its verdict.
    pub verdict: Verdict,
    /// Whether a pod of it is on the node.
    pub present: bool,
}

/// Labels that every node carries and nobody reads: not worth the room.
const COMMON_LABELS: [&str; 6] = [
    "kubernetes.io/hostname",
    "kubernetes.io/os",
    "kubernetes.io/arch",
    "beta.kubernetes.io/os",
    "beta.kubernetes.io/arch",
    "node.kubernetes.io/exclude-from-external-load-balancers",
];

/// Roles repeat what a node's name and taints say.
const ROLE_PREFIX: &str = "node-role.kubernetes.io/";

impl NodeView {
    /// A node at a moment.
    #[must_use]
    pub fn of(cluster: &Cluster, node: &Rc<Node>) -> NodeView {
        let name = &node.metadata.name;
        let requested = cluster.requested_on(name);
        let pods: Vec<PodView> = cluster.pods_on(name).map(|pod| PodView::of(cluster, pod)).collect();
        let verdicts = (cluster.daemon_sets.iter())
            .map(|set| VerdictView {
                set: set.reference(),
                verdict: verdict(set, node),
                present: cluster
                    .pods_on(name)
                    .any(|pod| pod.metadata.controller().is_some_and(|owner| owner.uid == set.metadata.uid)),
            })
            .collect();
        NodeView {
            object: node.reference(),
            ready: node.is_ready(),
            cordoned: node.is_cordoned(),
            pressures: (node.status.conditions.iter())
                .filter(|condition| condition.status == "True" && condition.kind.ends_with("Pressure"))
                .map(|condition| condition.kind.clone())
                .collect(),
            labels: (node.metadata.labels.iter())
                .filter(|(key, _)| !COMMON_LABELS.contains(&key.as_str()) && !key.starts_with(ROLE_PREFIX))
                .map(|(key, value)| if value.is_empty() { key.clone() } else { format!("{key}={value}") })
                .collect(),
            taints: node.spec.taints.iter().map(ToString::to_string).collect(),
            cpu: Usage { used: requested.cpu_milli, total: node.allocatable_cpu_milli() },
            memory: Usage { used: requested.memory, total: node.allocatable_memory() },
            pod_limit: node.allocatable_pods(),
            pods,
            verdicts,
        }
    }
}
