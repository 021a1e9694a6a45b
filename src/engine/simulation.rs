//! The loop: take the next task, let its actor look, make the changes, record the step, wake whoever watches.

use super::api_server::ApiServer;
use super::queue::{Task, WorkQueue};
use super::watch::{WATCH_LATENCY, Wakes};
use super::{RunEnd, Step, StepId, Timeline};
use crate::actor::{Actor, Pass, Settings, View, World, Write};
use crate::api::{Key, Kind, PodPhase, Time};
use crate::cluster::{Change, Cluster};
use crate::controllers::{
    autoscaler, daemon_set, deployment, disruption, endpoints, garbage, node_lifecycle, pod_garbage, replica_set,
    stateful_set, taint_eviction, volume,
};
use crate::reason::{AutoscalerReason, DaemonPodFate, DaemonSetAct, Reason, SchedulerReason, VolumeReason};
use crate::{kubelet, scheduler};
use std::collections::{BTreeMap, BTreeSet};

/// How far a simulation goes at most.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Recorded steps.
    pub steps: usize,
    /// Milliseconds of virtual time from the start of the run.
    pub time: u64,
}

impl Default for Bounds {
    /// A million steps, a day.
    fn default() -> Self {
        Bounds { steps: 1_000_000, time: 24 * 3_600_000 }
    }
}

/// A cluster that lives: objects, clock, queue, and everything that has happened so far.
#[derive(Clone, Debug, Default)]
pub struct Simulation {
    pub(super) cluster: Cluster,
    pub(super) settings: Settings,
    pub(super) world: World,
    pub(super) now: Time,
    api_server: ApiServer,
    queue: WorkQueue,
    steps: Vec<Step>,
    last_write: Time,
    /// The last reason each task gave: a wait is told once.
    told: BTreeMap<Task, Reason>,
    /// Pods that found no node and may find one when a node or what runs on it changes.
    unschedulable: BTreeSet<Key>,
    /// Tasks that wait for a name or a claim to be free.
    blocked: BTreeSet<Task>,
    bounds: Bounds,
}

impl Simulation {
    /// An empty cluster at the start of time.
    #[must_use]
    pub fn new(settings: Settings, bounds: Bounds) -> Simulation {
        Simulation { settings, bounds, ..Simulation::default() }
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Time {
        self.now
    }

    /// Every object as it is now.
    #[must_use]
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// Everything that has happened so far.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The run so far, to be played from its start.
    #[must_use]
    pub fn into_timeline(self) -> Timeline {
        Timeline::new(self.steps)
    }

    /// Runs until nothing is left to happen, or to a bound.
    pub fn settle(&mut self) -> RunEnd {
        loop {
            match self.queue.next_at() {
                None => return RunEnd::Settled,
                Some(at) if at.0 > self.bounds.time => return RunEnd::TimeLimit,
                Some(_) if self.steps.len() >= self.bounds.steps => return RunEnd::StepLimit,
                Some(_) => self.turn(),
            }
        }
    }

    /// Lets some virtual time pass, in milliseconds.
    pub fn advance(&mut self, millis: u64) {
        let until = self.now + millis;
        while self.queue.next_at().is_some_and(|at| at <= until) && self.steps.len() < self.bounds.steps {
            self.turn();
        }
        self.now = until;
    }

    /// Runs until nothing has been written for `idle` milliseconds, `limit` milliseconds at most.
    pub fn run_until_idle(&mut self, idle: u64, limit: u64) {
        let end = self.now + limit;
        let start = self.now;
        while let Some(at) = self.queue.next_at() {
            let quiet = self.last_write.max(start) + idle;
            if at > quiet || at > end || self.steps.len() >= self.bounds.steps {
                break;
            }
            self.turn();
        }
        self.now = (self.last_write.max(start) + idle).min(end).max(self.now);
    }

    /// Takes the next task.
    fn turn(&mut self) {
        let Some((at, task, cause)) = self.queue.pop() else { return };
        self.now = self.now.max(at);
        if let Task::Drain(node) = &task {
            self.go_on_draining(node, cause);
            return;
        }
        let (actor, pass) = self.look(&task);
        if let Some(again) = pass.again_at {
            self.queue.add(again, task.clone(), cause);
        }
        let Some(reason) = pass.reason else { return };
        self.commit(&task, actor, pass.writes, reason, cause);
    }

    pub(super) fn view(&self) -> View<'_> {
        View { cluster: &self.cluster, now: self.now, settings: &self.settings, world: &self.world }
    }

    fn look(&self, task: &Task) -> (Actor, Pass) {
        let view = self.view();
        match task {
            Task::StatefulSet(key) => (Actor::StatefulSetController, stateful_set::sync(view, key)),
            Task::DaemonSet(key) => (Actor::DaemonSetController, daemon_set::sync(view, key)),
            Task::Deployment(key) => (Actor::DeploymentController, deployment::sync(view, key)),
            Task::ReplicaSet(key) => (Actor::ReplicaSetController, replica_set::sync(view, key)),
            Task::Autoscaler(key) => (Actor::HorizontalPodAutoscaler, autoscaler::sync(view, key)),
            Task::DisruptionBudget(key) => (Actor::DisruptionController, disruption::sync(view, key)),
            Task::Endpoints(key) => (Actor::EndpointSliceController, endpoints::sync(view, key)),
            Task::Schedule(key) => (Actor::Scheduler, scheduler::schedule(view, key)),
            Task::Kubelet(key) => (Actor::Kubelet, kubelet::sync(view, key)),
            Task::Claim(key) => (Actor::PersistentVolumeController, volume::sync_claim(view, key)),
            Task::Provision(key) => (Actor::Provisioner, volume::provision(view, key)),
            Task::Volume(key) => (Actor::PersistentVolumeController, volume::sync_volume(view, key)),
            Task::ProtectClaim(key) => (Actor::PvcProtection, volume::protect_claim(view, key)),
            Task::Garbage(object) => (Actor::GarbageCollector, garbage::sync(view, object)),
            Task::NodeLifecycle(key) => (Actor::NodeLifecycle, node_lifecycle::sync(view, key)),
            Task::TaintEviction(key) => (Actor::TaintEviction, taint_eviction::sync(view, key)),
            // A drain is a client that asks: its turn is not a look.
            Task::Drain(_) => (Actor::User, Pass::nothing()),
            Task::PodGarbage(key) => (Actor::PodGarbageCollector, pod_garbage::sync(view, key)),
        }
    }

    /// Makes the changes that an actor asked for and records them as one step with their reason.
    ///
    /// A wait that was told already is not told again; where it comes with changes, these are recorded as bookkeeping.
    fn commit(&mut self, task: &Task, actor: Actor, writes: Vec<Write>, reason: Reason, cause: Option<StepId>) {
        self.remember(task, &reason);
        let told_already = reason.is_wait() && self.told.get(task) == Some(&reason);
        let changes = self.make(writes);
        let reason = match (told_already, changes.is_empty()) {
            (true, true) => return,
            (true, false) => reason.into_record(),
            (false, _) => {
                self.told.insert(task.clone(), reason.clone());
                reason
            }
        };
        if changes.is_empty() && !reason.is_wait() {
            return;
        }
        self.record(actor, changes, reason, cause);
    }

    /// Writes one after the other. A write that is refused is lost, as it is for a controller that will look again.
    pub(super) fn make(&mut self, writes: Vec<Write>) -> Vec<Change> {
        let mut changes = Vec::with_capacity(writes.len());
        for write in writes {
            if let Ok(Some(change)) = self.api_server.write(&mut self.cluster, write, self.now) {
                changes.push(change);
            }
        }
        changes
    }

    pub(super) fn record(&mut self, actor: Actor, changes: Vec<Change>, reason: Reason, cause: Option<StepId>) {
        let id = self.steps.len();
        if !changes.is_empty() {
            self.last_write = self.now;
        }
        for change in &changes {
            self.wake(change, id);
        }
        self.steps.push(Step { at: self.now, actor, changes, reason, cause });
    }

    fn wake(&mut self, change: &Change, id: StepId) {
        if let (Some(object), None) = (&change.before, &change.after) {
            self.forget(object.kind(), &object.key());
        }
        let wakes = Wakes::of(self.view(), change);
        let (helps_unschedulable, frees_names) = (wakes.helps_unschedulable, wakes.frees_names);
        let soon = self.now + WATCH_LATENCY;
        for (at, task) in wakes.into_tasks() {
            self.queue.add(at, task, Some(id));
        }
        if helps_unschedulable {
            for key in &self.unschedulable {
                self.queue.add(soon, Task::Schedule(key.clone()), Some(id));
            }
        }
        if frees_names {
            for task in &self.blocked {
                self.queue.add(soon, task.clone(), Some(id));
            }
        }
    }

    fn forget(&mut self, kind: Kind, key: &Key) {
        match kind {
            Kind::Pod => {
                self.unschedulable.remove(key);
                for task in [Task::Schedule(key.clone()), Task::Kubelet(key.clone())] {
                    self.told.remove(&task);
                }
            }
            Kind::StatefulSet => drop(self.told.remove(&Task::StatefulSet(key.clone()))),
            Kind::DaemonSet => drop(self.told.remove(&Task::DaemonSet(key.clone()))),
            Kind::Deployment => drop(self.told.remove(&Task::Deployment(key.clone()))),
            Kind::ReplicaSet => drop(self.told.remove(&Task::ReplicaSet(key.clone()))),
            Kind::HorizontalPodAutoscaler => drop(self.told.remove(&Task::Autoscaler(key.clone()))),
            Kind::PodDisruptionBudget => drop(self.told.remove(&Task::DisruptionBudget(key.clone()))),
            Kind::Service => drop(self.told.remove(&Task::Endpoints(key.clone()))),
            _ => {}
        }
    }

    /// Looks at what the actors asked for and keeps what they will have to remember.
    fn remember(&mut self, task: &Task, reason: &Reason) {
        match reason {
            Reason::Scheduler(SchedulerReason::Unschedulable { pod, waits_for_claims, .. }) => {
                if *waits_for_claims {
                    self.unschedulable.remove(&pod.key);
                } else {
                    self.unschedulable.insert(pod.key.clone());
                }
            }
            Reason::Scheduler(SchedulerReason::Bound { pod, .. }) => {
                self.unschedulable.remove(&pod.key);
                if let Some(found) = self.cluster.pods.get(&pod.key) {
                    self.world.chosen_nodes.remove(&found.metadata.uid);
                }
            }
            Reason::Scheduler(SchedulerReason::NodeChosenForVolumes { pod, node, .. }) => {
                if let Some(found) = self.cluster.pods.get(&pod.key) {
                    self.world.chosen_nodes.insert(found.metadata.uid, node.clone());
                }
            }
            Reason::DaemonSet(reason) => self.remember_daemon_pods(&reason.set.key, &reason.act),
            Reason::StatefulSet(reason) => {
                if reason.act.is_blocked_by_name() {
                    self.blocked.insert(task.clone());
                } else {
                    self.blocked.remove(task);
                }
            }
            Reason::Volume(VolumeReason::WaitsForProvisioner { .. } | VolumeReason::ProvisioningConflict { .. }) => {
                self.world.volume_controller_is_warm = true;
            }
            Reason::Autoscaler(reason) => self.remember_evaluation(reason),
            Reason::User(_)
            | Reason::Deployment(_)
            | Reason::ReplicaSet(_)
            | Reason::Disruption(_)
            | Reason::Endpoints(_)
            | Reason::Kubelet(_)
            | Reason::Volume(_)
            | Reason::Garbage(_)
            | Reason::Node(_) => {}
        }
    }

    fn remember_daemon_pods(&mut self, set: &Key, act: &DaemonSetAct) {
        let DaemonSetAct::Manage { created_on, deleted, .. } = act else { return };
        let Some(uid) = self.cluster.daemon_sets.get(set).map(|set| set.metadata.uid) else { return };
        if !created_on.is_empty() {
            self.world.note_daemon_pods_made(uid, self.now);
        }
        for deletion in deleted.iter().filter(|deletion| deletion.fate == DaemonPodFate::Ended) {
            let failed = |pod: &crate::api::Pod| pod.status.phase == PodPhase::Failed;
            if self.cluster.pods.get(&deletion.pod.key).is_some_and(|pod| failed(pod)) {
                self.world.note_failed_daemon_pod(uid, &deletion.node, self.now);
            }
        }
    }

    fn remember_evaluation(&mut self, reason: &AutoscalerReason) {
        let Some(autoscaler) = self.cluster.autoscalers.get(&reason.autoscaler.key) else { return };
        let memory = self.world.autoscalers.entry(autoscaler.metadata.uid).or_default();
        memory.note(self.now, reason.memo.current, reason.memo.recommended, reason.memo.scaled);
    }

    /// Asks for a look at an instant.
    pub(super) fn look_at(&mut self, at: Time, task: Task, cause: Option<StepId>) {
        self.queue.add(at, task, cause);
    }

    /// Asks for a look that no change of an object causes: somebody changed a process or a setting.
    pub(super) fn look_soon(&mut self, task: Task) {
        self.queue.add(self.now + WATCH_LATENCY, task, self.steps.len().checked_sub(1));
    }
}
