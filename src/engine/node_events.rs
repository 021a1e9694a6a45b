//! Machines that go down and come back, and what the engine remembers for the controllers that watch nodes.

use super::Simulation;
use super::execute::Executed;
use super::queue::Task;
use crate::actor::{Eviction, Outage, Stranded, View};
use crate::api::{Key, Kind, Node, NodeCondition, Object, ObjectRef, PodPhase, Resource, Time};
use crate::controllers::node_lifecycle::{self, judged_at, next_tick};
use crate::controllers::volume;
use crate::reason::{NodeReason, UserReason};

/// Whether the machine of a pod's node is down, so that its kubelet acts on nothing.
pub(super) fn kubelet_is_down(view: View<'_>, pod: &Key) -> bool {
    let pod = view.cluster.pods.get(pod);
    pod.and_then(|pod| pod.node()).is_some_and(|node| view.world.nodes.outage(node).is_some())
}

impl Simulation {
    pub(super) fn node_down(&mut self, name: &str, silent: bool) -> Executed {
        let node = ObjectRef::new(Kind::Node, "", name);
        self.uid_of(&node)?;
        let now = self.now;
        let interval = self.settings.cluster.heartbeat_interval();
        let last_heartbeat = match self.world.nodes.outage(name) {
            Some(outage) if outage.silent => outage.last_heartbeat,
            Some(_) | None => Time(now.0 / interval * interval),
        };
        let outage = Outage { silent, last_heartbeat };
        self.world.nodes.note_down(name, outage);
        let due = judged_at(outage, self.settings.cluster.node_monitor_grace_seconds());
        let reason = UserReason::NodeDown { node: node.clone(), silent, last_heartbeat, judged_at: due };
        self.change_node(name, |node| {
            if !silent {
                report(node, false, now);
            }
            reason
        })?;
        if silent {
            self.look_at(due, Task::NodeMonitor(node.key));
        }
        Ok(())
    }

    pub(super) fn node_up(&mut self, name: &str) -> Executed {
        let reference = ObjectRef::new(Kind::Node, "", name);
        self.uid_of(&reference)?;
        let now = self.now;
        self.world.nodes.note_up(name);
        self.change_node(name, |node| {
            report(node, true, now);
            UserReason::NodeUp { node: node.reference() }
        })?;
        let pods: Vec<Key> = self.cluster.pods_on(name).map(|pod| pod.key()).collect();
        pods.into_iter().for_each(|pod| self.look_soon(Task::Kubelet(pod)));
        self.look_at(next_tick(now), Task::NodeMonitor(reference.key));
        Ok(())
    }

    /// A node joins: its machine is up unless it says of itself that it is not Ready.
    pub(super) fn note_joining(&mut self, node: &Node) {
        let name = &node.metadata.name;
        match node.ready_condition().map(|condition| condition.status == "True") {
            Some(false) => self.world.nodes.note_down(name, Outage { silent: false, last_heartbeat: self.now }),
            Some(true) | None => self.world.nodes.note_up(name),
        }
    }

    /// How fast the nodes of each zone may be tainted from now on.
    pub(super) fn note_zones(&mut self) {
        let paces = node_lifecycle::paces(&node_lifecycle::zones(&self.cluster));
        self.world.nodes.note_paces(&paces, self.now);
    }

    pub(super) fn remember_node(&mut self, reason: &NodeReason) {
        match reason {
            NodeReason::DrivesAway { node, swapped: false, .. } => {
                if let Some(node) = self.cluster.nodes.get(&node.key) {
                    self.world.nodes.note_tainted(&node_lifecycle::zone_of(node), self.now);
                }
            }
            NodeReason::EvictionPending { pod, due, .. } => self.note_eviction(pod, Some(Eviction { due: *due })),
            NodeReason::EvictionCancelled { pod, .. } | NodeReason::TaintEviction { pod, .. } => {
                self.note_eviction(pod, None);
            }
            NodeReason::Lost { pods, .. } if self.settings.cluster.played_kubelets => {
                let uids: Vec<_> = pods.iter().filter_map(|pod| self.cluster.pods.get(&pod.key)).collect();
                for pod in uids.iter().filter(|pod| pod.status.phase == PodPhase::Running) {
                    self.world.held_readiness.insert(pod.metadata.uid, false);
                }
            }
            NodeReason::UnschedulableTaint { .. }
            | NodeReason::ConditionTaints { .. }
            | NodeReason::Lost { .. }
            | NodeReason::DrivesAway { .. }
            | NodeReason::TaintDelayed { .. }
            | NodeReason::EvictionsHeld { .. }
            | NodeReason::EvictionsStopped { .. }
            | NodeReason::Recovered { .. } => {}
        }
    }

    fn note_eviction(&mut self, pod: &ObjectRef, eviction: Option<Eviction>) {
        if let Some(pod) = self.cluster.pods.get(&pod.key) {
            self.world.nodes.note_eviction(pod.metadata.uid, eviction);
        }
    }

    /// What is forgotten, or has to be remembered, about an object that is gone.
    pub(super) fn note_gone(&mut self, object: &Object) {
        let Object::Pod(pod) = object else { return };
        self.world.nodes.note_eviction(pod.metadata.uid, None);
        let Some(node) = pod.node().filter(|node| self.world.nodes.outage(node).is_some()) else { return };
        let node = node.to_owned();
        for claim in pod.claim_names() {
            let claim = self.cluster.claims.get(&Key::new(&pod.metadata.namespace, claim));
            if let Some(volume) = claim.and_then(|claim| volume::volume_of(&self.cluster, claim)) {
                let name = volume.metadata.name.clone();
                self.world.nodes.note_stranded(&name, Stranded { node: node.clone(), since: self.now });
            }
        }
    }
}

/// The kubelet reports whether the node is Ready.
fn report(node: &mut Node, ready: bool, now: Time) {
    let (status, reason, message) = match ready {
        true => ("True", "KubeletReady", "kubelet is posting ready status"),
        false => ("False", "KubeletNotReady", "container runtime is down"),
    };
    let condition = NodeCondition {
        kind: "Ready".into(),
        status: status.into(),
        last_heartbeat_time: Some(now),
        last_transition_time: Some(now),
        reason: Some(reason.into()),
        message: Some(message.into()),
    };
    for other in node.status.conditions.iter_mut().filter(|other| other.kind != "Ready" && other.status == "Unknown") {
        *other = NodeCondition {
            kind: other.kind.clone(),
            status: "False".into(),
            reason: Some(format!("KubeletHasSufficient{}", other.kind.trim_end_matches("Pressure"))),
            message: Some("kubelet reports no pressure".into()),
            ..condition.clone()
        };
    }
    match node.status.conditions.iter_mut().find(|other| other.kind == "Ready") {
        Some(existing) if existing.status == status => existing.last_heartbeat_time = Some(now),
        Some(existing) => *existing = condition,
        None => node.status.conditions.push(condition),
    }
}
