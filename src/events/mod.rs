//! The Events that Kubernetes' components would have recorded, derived from the steps of a run: what `kubectl describe` and
//! `kubectl get events` show. A step's reason and changes hold all that an Event says, so the cluster stores none.
//!
//! Upstream: `k8s.io/client-go/tools/record`; the texts are those of the component that each function names.

mod autoscaler;
mod containers;
mod controllers;
mod correlate;
mod disruption;
mod known;
mod kubelet;
mod log;
mod nodes;
mod scheduler;
mod storage;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that finds something else than it made has failed")]
mod tests;

pub use log::{Entry, Log};

use crate::actor::Actor;
use crate::api::{ObjectRef, Time, Uid};
use crate::cluster::Change;
use crate::engine::Step;
use crate::reason::Reason;
use known::Known;
use std::borrow::Cow;

/// One Event, as a component records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Time,
    /// Whether something is wrong (`Warning`) or not (`Normal`).
    pub severity: Severity,
    /// Why, in one word: `SuccessfulCreate`.
    pub reason: Cow<'static, str>,
    /// What it is about.
    pub object: ObjectRef,
    /// The part of the object that it is about: `spec.containers{nginx}`.
    pub field_path: Option<String>,
    /// The identity of that object: another of the same name has Events of its own.
    pub uid: Uid,
    /// The component that recorded it.
    pub source: &'static str,
    /// The node of that component; empty for those of the control plane.
    pub host: String,
    /// What happened.
    pub message: String,
}

/// The type of an Event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information.
    Normal,
    /// Something may need attention.
    Warning,
}

impl Severity {
    /// As Kubernetes writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Normal => "Normal",
            Severity::Warning => "Warning",
        }
    }
}

/// The Events of one step, in the order in which they are recorded, given what was before it.
fn of(step: &Step, known: &mut Known) -> Vec<Event> {
    let mut recorder = Recorder { step, known, events: vec![] };
    match &step.reason {
        Reason::StatefulSet(reason) => recorder.stateful_set(reason),
        Reason::DaemonSet(reason) => recorder.daemon_set(reason),
        Reason::ReplicaSet(reason) => recorder.replica_set(reason),
        Reason::Deployment(reason) => recorder.deployment(reason),
        Reason::Autoscaler(reason) => recorder.autoscaler(reason),
        Reason::Disruption(reason) => recorder.disruption(reason),
        Reason::Scheduler(reason) => recorder.scheduler(reason),
        Reason::Volume(reason) => recorder.volume(reason),
        Reason::Kubelet(reason) => recorder.kubelet(reason),
        Reason::Node(reason) => recorder.node(reason),
        Reason::User(reason) => recorder.user(reason),
        // The EndpointSlice controller tells of failed calls alone, the collectors of garbage and of pods of nothing.
        Reason::Endpoints(_) | Reason::Garbage(_) => {}
    }
    recorder.stopped_pods();
    recorder.cordons();
    let events = recorder.events;
    known.note(step);
    events
}

/// Events of one step in the making.
struct Recorder<'a> {
    step: &'a Step,
    /// What was before the step.
    known: &'a mut Known,
    events: Vec<Event>,
}

impl Recorder<'_> {
    fn normal(&mut self, object: &ObjectRef, reason: &'static str, message: String) {
        self.record(Severity::Normal, object, reason, message);
    }

    fn warning(&mut self, object: &ObjectRef, reason: &'static str, message: String) {
        self.record(Severity::Warning, object, reason, message);
    }

    fn record(&mut self, severity: Severity, object: &ObjectRef, reason: &'static str, message: String) {
        self.record_by(component(self.step.actor), severity, object, reason, message);
    }

    fn record_by(
        &mut self,
        source: &'static str,
        severity: Severity,
        object: &ObjectRef,
        reason: &'static str,
        message: String,
    ) {
        self.events.push(Event {
            at: self.step.at,
            severity,
            reason: reason.into(),
            object: object.clone(),
            field_path: None,
            uid: self.uid(object),
            source,
            host: String::new(),
            message,
        });
    }

    fn uid(&self, object: &ObjectRef) -> Uid {
        let mut changed = self.step.changes.iter().filter_map(Change::object);
        let own = changed.find(|changed| changed.reference() == *object).map(|changed| changed.metadata().uid);
        own.or_else(|| self.known.uid(object)).unwrap_or_default()
    }
}

/// The name under which a component records Events.
fn component(actor: Actor) -> &'static str {
    match actor {
        Actor::NodeLifecycle => "node-controller",
        Actor::Scheduler => "default-scheduler",
        Actor::StatefulSetController => "statefulset-controller",
        Actor::DaemonSetController => "daemonset-controller",
        Actor::DeploymentController => "deployment-controller",
        Actor::ReplicaSetController => "replicaset-controller",
        Actor::HorizontalPodAutoscaler => "horizontal-pod-autoscaler",
        Actor::DisruptionController => "controllermanager",
        Actor::EndpointSliceController => "endpoint-slice-controller",
        Actor::Kubelet => "kubelet",
        Actor::PersistentVolumeController | Actor::PvcProtection => "persistentvolume-controller",
        Actor::Provisioner => "external-provisioner",
        Actor::TaintEviction => "taint-eviction-controller",
        Actor::AttachDetach => "attachdetach-controller",
        Actor::VolumeExpansion => "external-resizer",
        Actor::User | Actor::GarbageCollector | Actor::PodGarbageCollector => "",
    }
}
