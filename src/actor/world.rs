//! What lies outside the API objects: processes and machines as whoever runs the simulation set them, and what
//! actors remember between passes.

use super::{AutoscalerMemory, Drain, Load, NodeMemory, Processes};
use crate::api::{Key, Time, Uid};
use std::collections::{BTreeMap, BTreeSet};

/// How chance decides between nodes that are equally good for a pod.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeChance {
    /// The node that it falls on.
    pub wanted: Option<String>,
    /// Nodes that it does not fall on while there is another.
    pub avoided: BTreeSet<String>,
}

impl NodeChance {
    /// The lower, the sooner a node is taken.
    #[must_use]
    pub fn rank(&self, node: &str) -> u8 {
        match self.wanted.as_deref() {
            Some(wanted) if wanted == node => 0,
            _ if self.avoided.contains(node) => 2,
            _ => 1,
        }
    }
}

/// The state of processes and machines, and the actors' memory.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Pods whose readiness is held at an answer until said otherwise.
    pub held_readiness: BTreeMap<Uid, bool>,
    /// Pods that are to end in a phase: whether they succeed, and the reason given.
    pub held_ends: BTreeMap<Uid, (bool, Option<String>)>,
    /// What goes on inside containers and what kubelets remember of it.
    pub processes: Processes,
    /// Which of equally good nodes pods come to; where nothing is said, the first by name.
    pub chance: BTreeMap<Key, NodeChance>,
    /// Nodes chosen for pods whose volumes are being made there.
    pub chosen_nodes: BTreeMap<Uid, String>,
    /// Whether the volume controller has handed a claim to a provisioner before.
    pub volume_controller_is_warm: bool,
    /// The load that somebody set.
    pub loads: Vec<Load>,
    /// What the autoscaler remembers of each HorizontalPodAutoscaler.
    pub autoscalers: BTreeMap<Uid, AutoscalerMemory>,
    /// Drains that go on, by node.
    pub drains: BTreeMap<String, Drain>,
    /// Machines that are down, and what the controllers that watch nodes remember.
    pub nodes: NodeMemory,
    failed_daemon_pods: BTreeMap<(Uid, i64, String), (u64, Time)>,
    daemon_pods_made: BTreeMap<Uid, Time>,
}

/// Milliseconds after it has made pods in which the DaemonSet controller's cache lags behind its own writes, so that the
/// status written by the same sync misses pods just made. A real control plane races here; this is what it mostly does.
const DAEMON_CACHE_LAG: u64 = 1_500;

/// The first pause before a failed daemon pod is deleted again, in milliseconds
/// (`cmd/kube-controller-manager/app/apps.go: NewBackOff(1*time.Second, 15*time.Minute)`).
const DAEMON_BACK_OFF: u64 = 1_000;
/// The longest one.
const DAEMON_BACK_OFF_CAP: u64 = 15 * 60 * 1_000;

impl World {
    /// Milliseconds for which a failed pod of a DaemonSet on a node is left alone, if it is. Each generation of the set that
    /// was observed counts by itself (`failedPodsBackoffKey`).
    #[must_use]
    pub fn daemon_back_off(&self, set: Uid, generation: i64, node: &str, now: Time) -> Option<u64> {
        let (pause, since) = self.failed_daemon_pods.get(&(set, generation, node.to_owned()))?;
        (now - *since < *pause).then_some(*pause)
    }

    /// Whether the status of a DaemonSet misses the pods that the same sync makes.
    #[must_use]
    pub fn daemon_set_cache_lags(&self, set: Uid, now: Time) -> bool {
        self.daemon_pods_made.get(&set).is_some_and(|made| now - *made < DAEMON_CACHE_LAG)
    }

    /// Notes that the DaemonSet controller made pods.
    pub fn note_daemon_pods_made(&mut self, set: Uid, now: Time) {
        self.daemon_pods_made.insert(set, now);
    }

    /// Notes that a failed pod of a DaemonSet was deleted from a node: the next pause is twice as long, or the first
    /// again where the last one is long past (`flowcontrol.Backoff.Next`).
    pub fn note_failed_daemon_pod(&mut self, set: Uid, generation: i64, node: &str, now: Time) {
        let entry = self.failed_daemon_pods.entry((set, generation, node.to_owned())).or_insert((0, now));
        let expired = now - entry.1 > 2 * DAEMON_BACK_OFF_CAP;
        let pause = if entry.0 == 0 || expired { DAEMON_BACK_OFF } else { (entry.0 * 2).min(DAEMON_BACK_OFF_CAP) };
        *entry = (pause, now);
    }
}
