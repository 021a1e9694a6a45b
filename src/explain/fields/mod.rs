//! The manifest fields that decide a step, with the values in force, written or defaulted. The same in every language.

mod autoscaler;
mod container;
mod deployment;
mod disruption;
mod endpoints;
mod pod;
mod scheduler;
mod sets;
mod storage;
mod value;

use super::DecidingField;
use super::scope::Scope;
use crate::api::ObjectRef;
use crate::reason::{GarbageReason, NodeReason, Reason};
use serde::Serialize;

/// The deciding fields of a step, most telling first.
pub(super) fn of(scope: Scope<'_>) -> Vec<DecidingField> {
    let mut fields = Fields { scope, list: vec![] };
    match &scope.step.reason {
        Reason::User(_) => {}
        Reason::StatefulSet(reason) => fields.stateful_set(reason),
        Reason::DaemonSet(reason) => fields.daemon_set(reason),
        Reason::Deployment(reason) => fields.deployment(reason),
        Reason::ReplicaSet(reason) => fields.replica_set(reason),
        Reason::Autoscaler(reason) => fields.autoscaler(reason),
        Reason::Disruption(reason) => fields.disruption(reason),
        Reason::Endpoints(reason) => fields.endpoints(reason),
        Reason::Scheduler(reason) => fields.scheduler(reason),
        Reason::Kubelet(reason) => fields.kubelet(reason),
        Reason::Volume(reason) => fields.volume(reason),
        Reason::Garbage(reason) => fields.garbage(reason),
        Reason::Node(reason) => fields.node(reason),
    }
    fields.list
}

/// Fields in the making.
struct Fields<'a> {
    scope: Scope<'a>,
    list: Vec<DecidingField>,
}

impl Fields<'_> {
    /// Adds a field, once.
    fn add(&mut self, object: &ObjectRef, path: impl Into<String>, value: &impl Serialize) {
        let field = DecidingField { object: object.clone(), path: path.into(), value: value::flow(value) };
        if !self.list.contains(&field) {
            self.list.push(field);
        }
    }

    fn garbage(&mut self, reason: &GarbageReason) {
        match reason {
            GarbageReason::OwnerGone { object, .. } => self.claim_retention(object),
            GarbageReason::ForegroundDependent { .. }
            | GarbageReason::WaitsForDependents { .. }
            | GarbageReason::OwnerReleased { .. }
            | GarbageReason::Orphaned { .. }
            | GarbageReason::NodeGone { .. }
            | GarbageReason::Unscheduled { .. } => {}
            GarbageReason::OutOfService { node, .. } => self.taints(node),
        }
    }

    fn node(&mut self, reason: &NodeReason) {
        match reason {
            NodeReason::UnschedulableTaint { node, .. } => {
                if let Some(node) = self.scope.cluster.nodes.get(&node.key) {
                    let unschedulable = node.is_cordoned();
                    self.add(&crate::api::Resource::reference(&**node), "spec.unschedulable", &unschedulable);
                }
            }
            NodeReason::EvictionPending { pod, node, .. }
            | NodeReason::EvictionCancelled { pod, node, .. }
            | NodeReason::TaintEviction { pod, node, .. } => {
                self.tolerations(pod);
                self.taints(node);
            }
            NodeReason::ConditionTaints { node, .. }
            | NodeReason::Lost { node, .. }
            | NodeReason::Recovered { node, .. } => self.readiness_of_node(node),
            NodeReason::DrivesAway { node, .. } => {
                self.readiness_of_node(node);
                self.taints(node.name());
            }
            NodeReason::TaintDelayed { .. }
            | NodeReason::EvictionsHeld { .. }
            | NodeReason::EvictionsStopped { .. } => {}
        }
    }

    fn taints(&mut self, node: &str) {
        if let Some(node) = self.scope.cluster.node(node) {
            self.add(&crate::api::Resource::reference(&**node), "spec.taints", &node.spec.taints);
        }
    }

    /// The Ready condition of a node, in the place that it has in the list.
    fn readiness_of_node(&mut self, reference: &ObjectRef) {
        let Some(node) = self.scope.cluster.nodes.get(&reference.key) else { return };
        let conditions = node.status.conditions.iter().enumerate();
        for (index, condition) in conditions.filter(|(_, condition)| condition.kind == "Ready") {
            self.add(reference, format!("status.conditions[{index}].status"), &condition.status);
        }
    }
}
