//! Events about nodes: of their kubelets and of the controllers that watch them.
//! Upstream: `pkg/kubelet/kubelet_node_status.go`, `nodestatus/setters.go`, `pkg/controller/nodelifecycle`.

use super::{Event, Recorder, Severity};
use crate::api::{Node, Object, Resource};
use crate::cluster::Change;
use crate::reason::{NodeReason, NodeResource, UserReason};
use std::rc::Rc;

const NODE_CONTROLLER: &str = "node-controller";
/// Milliseconds between two looks of the eviction manager (`monitoringInterval`).
const EVICTION_INTERVAL: u64 = 10_000;

impl Recorder<'_> {
    /// `tainteviction/taint_eviction.go: emitPodDeletionEvent, emitCancelPodDeletionEvent`,
    /// `nodelifecycle/node_lifecycle_controller.go: monitorNodeHealth`, `controller_utils.go: MarkPodsNotReady`.
    pub(super) fn node(&mut self, reason: &NodeReason) {
        match reason {
            NodeReason::TaintEviction { pod, .. } => {
                let message = format!("Marking for deletion Pod {}/{}", pod.key.namespace, pod.name());
                self.normal(pod, "TaintManagerEviction", message);
            }
            NodeReason::EvictionCancelled { pod, .. } => {
                let message = format!("Cancelling deletion of Pod {}/{}", pod.key.namespace, pod.name());
                self.normal(pod, "TaintManagerEviction", message);
            }
            NodeReason::Lost { node, pods, .. } => {
                // A node whose kubelet said itself that it is not Ready is not told of again.
                if self.known.node(node.name()).is_some_and(|before| before.is_ready()) {
                    self.normal(node, "NodeNotReady", status_is_now(node.name(), "NodeNotReady"));
                }
                for pod in pods {
                    self.warning(pod, "NodeNotReady", "Node is not ready".into());
                }
            }
            // Taints are written without a word.
            NodeReason::UnschedulableTaint { .. }
            | NodeReason::ConditionTaints { .. }
            | NodeReason::DrivesAway { .. }
            | NodeReason::TaintDelayed { .. }
            | NodeReason::EvictionsHeld { .. }
            | NodeReason::EvictionsStopped { .. }
            | NodeReason::Recovered { .. }
            | NodeReason::EvictionPending { .. } => {}
        }
    }

    /// What a command makes of nodes. Of what it makes of workloads their controllers tell.
    pub(super) fn user(&mut self, reason: &UserReason) {
        match reason {
            UserReason::ClusterStarted { played_kubelets, .. } => {
                self.known.played = *played_kubelets;
                self.joined();
            }
            UserReason::NodeAdded { .. } | UserReason::Create { .. } => self.joined(),
            UserReason::NodeDeleted { node } => {
                let name = node.name();
                let message = format!("Node {name} event: Removing Node {name} from Controller");
                self.record_by(NODE_CONTROLLER, Severity::Normal, node, "RemovingNode", message);
            }
            UserReason::NodeDown { .. } | UserReason::NodeUp { .. } => self.reported(),
            UserReason::NodePressure { node, resource, on } => {
                if *on && !self.known.played {
                    self.threshold_met(node.name(), *resource);
                }
                self.reported();
            }
            UserReason::Apply { .. }
            | UserReason::Replace { .. }
            | UserReason::Label { .. }
            | UserReason::Annotate { .. }
            | UserReason::Scale { .. }
            | UserReason::SetImage { .. }
            | UserReason::Patch { .. }
            | UserReason::RolloutUndo { .. }
            | UserReason::RolloutRestart { .. }
            | UserReason::RolloutPause { .. }
            | UserReason::RolloutResume { .. }
            | UserReason::Delete { .. }
            | UserReason::NodeLabelled { .. }
            | UserReason::NodeTainted { .. }
            | UserReason::Cordon { .. }
            | UserReason::HoldReadiness { .. }
            | UserReason::EndPod { .. }
            | UserReason::Process { .. }
            | UserReason::Images { .. }
            | UserReason::PodCondition { .. }
            | UserReason::Evict { .. }
            | UserReason::EvictionRefused { .. }
            | UserReason::DrainStarted { .. }
            | UserReason::DrainEnded { .. }
            | UserReason::LoadSet { .. }
            | UserReason::KubeletChanged
            | UserReason::Refused { .. } => {}
        }
    }

    /// Nodes that are made: their kubelets start and register them, and the node controller, which looks every five
    /// seconds, is said to see them at once.
    fn joined(&mut self) {
        let made = |change: &Change| match (&change.before, &change.after) {
            (None, Some(Object::Node(node))) => Some(node.clone()),
            _ => None,
        };
        let nodes: Vec<Rc<Node>> = self.step.changes.iter().filter_map(made).collect();
        for node in nodes {
            let name = &node.metadata.name;
            // A kubelet that never reported a condition is none that runs.
            let reports = !self.known.played && node.ready_condition().is_some();
            if reports {
                self.of_kubelet(&node, Severity::Normal, "Starting", "Starting kubelet.".into());
                for resource in NodeResource::ALL {
                    self.status(&node, pressure(resource, false));
                }
                let message = "Updated Node Allocatable limit across pods".into();
                self.of_kubelet(&node, Severity::Normal, "NodeAllocatableEnforced", message);
            }
            let message = format!("Node {name} event: Registered Node {name} in Controller");
            self.record_by(NODE_CONTROLLER, Severity::Normal, &node.reference(), "RegisteredNode", message);
            if reports && node.is_ready() {
                self.status(&node, "NodeReady");
            }
        }
    }

    /// Conditions that kubelets report otherwise than before (`nodestatus/setters.go`).
    fn reported(&mut self) {
        if self.known.played {
            return;
        }
        for (before, after) in changed_nodes(&self.step.changes) {
            for resource in NodeResource::ALL {
                let kind = resource.condition();
                let now = status_of(&after, kind);
                if now.is_some() && now != status_of(&before, kind) {
                    self.status(&after, pressure(resource, now == Some("True")));
                }
            }
            if before.is_ready() != after.is_ready() {
                self.status(&after, if after.is_ready() { "NodeReady" } else { "NodeNotReady" });
            }
        }
    }

    /// Nodes that are cordoned or uncordoned, by whatever command (`kubelet_node_status.go: recordNodeSchedulableEvent`).
    pub(super) fn cordons(&mut self) {
        for (before, after) in changed_nodes(&self.step.changes) {
            let is_cordoned = |node: &Node| node.spec.unschedulable == Some(true);
            let is_changed = is_cordoned(&before) != is_cordoned(&after);
            if is_changed && self.known.has_kubelet(&after.metadata.name) {
                self.status(&after, if is_cordoned(&after) { "NodeNotSchedulable" } else { "NodeSchedulable" });
            }
        }
    }

    /// The eviction manager finds that something is short, at each of its looks once (`eviction_manager.go: synchronize`).
    pub(super) fn threshold_met(&mut self, node: &str, resource: NodeResource) {
        let at = self.step.at;
        let looks = &mut self.known.eviction_looks;
        if looks.get(node).is_some_and(|last| at < *last + EVICTION_INTERVAL) {
            return;
        }
        looks.insert(node.to_owned(), at);
        if let Some(node) = self.known.node(node).cloned() {
            let message = format!("Attempting to reclaim {}", resource.resource_name());
            self.of_kubelet(&node, Severity::Warning, "EvictionThresholdMet", message);
        }
    }

    /// `recordNodeStatusEvent`.
    fn status(&mut self, node: &Node, status: &'static str) {
        self.of_kubelet(node, Severity::Normal, status, status_is_now(&node.metadata.name, status));
    }

    fn of_kubelet(&mut self, node: &Node, severity: Severity, reason: &'static str, message: String) {
        self.events.push(Event {
            at: self.step.at,
            severity,
            reason: reason.into(),
            object: node.reference(),
            field_path: None,
            uid: node.metadata.uid,
            source: "kubelet",
            host: node.metadata.name.clone(),
            message,
        });
    }
}

/// Nodes that are there before and after the changes, as they were and are.
fn changed_nodes(changes: &[Change]) -> Vec<(Rc<Node>, Rc<Node>)> {
    let changed = changes.iter().filter_map(|change| match (&change.before, &change.after) {
        (Some(Object::Node(before)), Some(Object::Node(after))) => Some((before.clone(), after.clone())),
        _ => None,
    });
    changed.collect()
}

fn status_is_now(node: &str, status: &str) -> String {
    format!("Node {node} status is now: {status}")
}

fn status_of<'a>(node: &'a Node, kind: &str) -> Option<&'a str> {
    let condition = node.status.conditions.iter().find(|condition| condition.kind == kind);
    condition.map(|condition| condition.status.as_str())
}

/// What the kubelet says of a resource that is short or is not (`MemoryPressureCondition` and the others).
fn pressure(resource: NodeResource, is_short: bool) -> &'static str {
    match (resource, is_short) {
        (NodeResource::Memory, true) => "NodeHasInsufficientMemory",
        (NodeResource::Memory, false) => "NodeHasSufficientMemory",
        (NodeResource::Disk, true) => "NodeHasDiskPressure",
        (NodeResource::Disk, false) => "NodeHasNoDiskPressure",
        (NodeResource::Pid, true) => "NodeHasInsufficientPID",
        (NodeResource::Pid, false) => "NodeHasSufficientPID",
    }
}
