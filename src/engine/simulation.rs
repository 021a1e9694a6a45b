//! The loop: take the next task, let its actor look, make the changes, record the step, wake whoever watches.

use super::api_server::{ApiServer, Refused};
use super::node_events;
use super::queue::{Task, WorkQueue};
use super::watch::{WATCH_LATENCY, Wakes};
use super::{RunEnd, Step, StepId, Timeline};
use crate::actor::{Actor, Load, NodeChance, Pass, Settings, View, World, Write};
use crate::api::{Key, Kind, PodPhase, Time, Uid};
use crate::cluster::{Change, Cluster};
use crate::controllers::{
    attach_detach, autoscaler, daemon_set, deployment, disruption, endpoints, garbage, node_lifecycle, pod_garbage,
    replica_set, stateful_set, taint_eviction, volume,
};
use crate::reason::{
    AutoscalerReason, DaemonPodFate, DaemonSetAct, Plugin, Reason, SchedulerReason, UserReason, VolumeReason,
};
use crate::{kubelet, scheduler};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

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

/// A pod that found no node.
#[derive(Clone, Copy, Debug)]
struct Unschedulable {
    /// The number of the attempt: whoever was tried earlier is tried again earlier.
    since: u64,
    /// Whether a filter that looks at other pods refused nodes.
    minds_neighbours: bool,
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
    /// Shared with whoever looks at the run, until it goes on.
    steps: Rc<Vec<Step>>,
    last_write: Time,
    /// The last reason each task gave: a wait is told once.
    told: BTreeMap<Task, Reason>,
    /// Pods that found no node and may find one when a node or what runs on it changes.
    unschedulable: BTreeMap<Key, Unschedulable>,
    /// How often a pod found no node.
    attempts: u64,
    /// Tasks whose last write the API server forbade, with its words.
    forbidden: BTreeMap<Task, String>,
    /// Tasks that wait for a name or a claim to be free.
    blocked: BTreeSet<Task>,
    bounds: Bounds,
    turns: u64,
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
        self.timeline()
    }

    /// The same while the run goes on.
    #[must_use]
    pub fn timeline(&self) -> Timeline {
        Timeline::shared(Rc::clone(&self.steps))
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

    /// How many tasks were taken so far: with the same commands at the same turns a run is the same.
    #[must_use]
    pub fn turns(&self) -> u64 {
        self.turns
    }

    /// When the next actor looks; none where nothing is left to happen.
    #[must_use]
    pub fn next_at(&self) -> Option<Time> {
        self.queue.next_at()
    }

    /// When an object was written last.
    #[must_use]
    pub fn last_write(&self) -> Time {
        self.last_write
    }

    /// What somebody said that pods use.
    #[must_use]
    pub fn loads(&self) -> &[Load] {
        &self.world.loads
    }

    /// Whether a machine is down.
    #[must_use]
    pub fn is_down(&self, node: &str) -> bool {
        self.world.nodes.outage(node).is_some()
    }

    /// Whether somebody made a pod fail its readiness check.
    #[must_use]
    pub fn is_held_unready(&self, pod: Uid) -> bool {
        self.world.held_readiness.get(&pod) == Some(&false)
    }

    /// The instant at which the run ends by its bound of virtual time.
    #[must_use]
    pub fn ends_at(&self) -> Time {
        Time(self.bounds.time)
    }

    /// Lets the next actor look, if it does so until an instant. Whether there was one, and the bounds let it.
    pub fn play_next(&mut self, until: Time) -> bool {
        let until = until.min(Time(self.bounds.time));
        let is_due = self.queue.next_at().is_some_and(|at| at <= until) && self.steps.len() < self.bounds.steps;
        if is_due {
            self.turn();
        }
        is_due
    }

    /// Says how chance decides between equally good nodes from now on.
    pub fn set_chance(&mut self, chance: BTreeMap<Key, NodeChance>) {
        self.world.chance = chance;
    }

    /// Lets the clock show an instant, without letting anybody look who is due until then: it stops where somebody is.
    pub fn rest_until(&mut self, at: Time) {
        let until = self.queue.next_at().map_or(at, |next| at.min(next));
        self.now = self.now.max(until);
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
        self.turns += 1;
        self.now = self.now.max(at);
        if matches!(task, Task::NodeMonitor(_)) {
            self.note_zones();
        }
        if let Task::Drain(node) = &task {
            self.go_on_draining(node, cause);
            return;
        }
        let (actor, pass) = self.look(&task);
        if let Some(again) = pass.again_at {
            self.ask(again, task.clone(), cause);
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
            Task::Kubelet(key) if node_events::kubelet_is_down(view, key) => (Actor::Kubelet, Pass::nothing()),
            Task::Kubelet(key) => match attach_detach::hold(view, key) {
                Some(pass) => (Actor::AttachDetach, pass),
                None => (Actor::Kubelet, kubelet::sync(view, key)),
            },
            Task::Claim(key) => (Actor::PersistentVolumeController, volume::sync_claim(view, key)),
            Task::Provision(key) => (Actor::Provisioner, volume::provision(view, key)),
            Task::Volume(key) => (Actor::PersistentVolumeController, volume::sync_volume(view, key)),
            Task::ProtectClaim(key) => (Actor::PvcProtection, volume::protect_claim(view, key)),
            Task::ProtectVolume(key) => (Actor::PvcProtection, volume::protect_volume(view, key)),
            Task::Expand(key) => (Actor::VolumeExpansion, volume::sync_expansion(view, key)),
            Task::Garbage(object) => (Actor::GarbageCollector, garbage::sync(view, object)),
            Task::NodeLifecycle(key) => (Actor::NodeLifecycle, node_lifecycle::sync(view, key)),
            Task::NodeMonitor(key) => (Actor::NodeLifecycle, node_lifecycle::monitor(view, key)),
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
        let (changes, forbidden) = self.try_make(writes);
        match forbidden {
            Some(message) => self.tell_forbidden(task, actor, message, cause),
            None => drop(self.forbidden.remove(task)),
        }
        let reason = match (told_already, changes.is_empty()) {
            (true, true) => return,
            (true, false) => reason.into_record(),
            (false, _) => {
                self.told.insert(task.clone(), reason.clone());
                reason
            }
        };
        if changes.is_empty() && !reason.is_wait() && !reason.is_event() {
            return;
        }
        self.record(actor, changes, reason, cause);
    }

    /// Writes one after the other. A write that is refused is lost, as it is for a controller that will look again.
    pub(super) fn make(&mut self, writes: Vec<Write>) -> Vec<Change> {
        self.try_make(writes).0
    }

    /// The same, with what the API server said when it forbade one.
    fn try_make(&mut self, writes: Vec<Write>) -> (Vec<Change>, Option<String>) {
        let mut changes = Vec::with_capacity(writes.len());
        let mut forbidden = None;
        for write in writes {
            match self.api_server.write(&mut self.cluster, &self.settings.cluster, write, self.now) {
                Ok(change) => changes.extend(change),
                Err(Refused::Forbidden(message)) => forbidden = Some(message),
                Err(Refused::AlreadyExists | Refused::NotFound | Refused::Invalid) => {}
            }
        }
        (changes, forbidden)
    }

    /// Records, once, that the API server forbids what a controller asks for. The controller tries again when it may be
    /// admitted; a real one tries ever more rarely until then.
    fn tell_forbidden(&mut self, task: &Task, actor: Actor, message: String, cause: Option<StepId>) {
        let is_new = self.forbidden.insert(task.clone(), message.clone()).as_ref() != Some(&message);
        if is_new {
            self.record(actor, vec![], Reason::User(UserReason::Refused { message }), cause);
        }
    }

    /// Asks for a look; pods to be scheduled queue by their priority.
    pub(super) fn ask(&mut self, at: Time, task: Task, cause: Option<StepId>) {
        let priority = match &task {
            Task::Schedule(pod) => self.cluster.pods.get(pod).map_or(0, |pod| pod.priority()),
            _ => 0,
        };
        self.queue.add(at, task, priority, cause);
    }

    pub(super) fn record(&mut self, actor: Actor, changes: Vec<Change>, reason: Reason, cause: Option<StepId>) {
        let id = self.steps.len();
        if !changes.is_empty() {
            self.last_write = self.now;
        }
        for change in &changes {
            self.wake(change, id);
        }
        Rc::make_mut(&mut self.steps).push(Step { at: self.now, actor, changes, reason, cause });
    }

    fn wake(&mut self, change: &Change, id: StepId) {
        if let (Some(object), None) = (&change.before, &change.after) {
            self.forget(object.kind(), &object.key());
            self.world.processes.forget(object.metadata().uid);
            self.note_gone(object);
        }
        let wakes = Wakes::of(self.view(), change);
        let (helps_unschedulable, moves_neighbours) = (wakes.helps_unschedulable, wakes.moves_neighbours);
        let (frees_names, admits_more) = (wakes.frees_names, wakes.admits_more);
        let soon = self.now + WATCH_LATENCY;
        for (at, task) in wakes.into_tasks() {
            self.ask(at, task, Some(id));
        }
        if helps_unschedulable || moves_neighbours {
            let helped = self.unschedulable.iter().filter(|(_, pod)| helps_unschedulable || pod.minds_neighbours);
            let mut helped: Vec<(u64, Key)> = helped.map(|(key, pod)| (pod.since, key.clone())).collect();
            helped.sort_unstable();
            helped.into_iter().for_each(|(_, key)| self.ask(soon, Task::Schedule(key), Some(id)));
        }
        let mut again: Vec<Task> = vec![];
        if frees_names {
            again.extend(self.blocked.iter().cloned());
        }
        if admits_more {
            again.extend(self.forbidden.keys().cloned());
        }
        again.into_iter().for_each(|task| self.ask(soon, task, Some(id)));
    }

    fn forget(&mut self, kind: Kind, key: &Key) {
        match kind {
            Kind::Pod => {
                self.unschedulable.remove(key);
                for task in [
                    Task::Schedule(key.clone()),
                    Task::Kubelet(key.clone()),
                    Task::TaintEviction(key.clone()),
                    Task::PodGarbage(key.clone()),
                ] {
                    self.told.remove(&task);
                }
            }
            Kind::Node => drop(self.told.remove(&Task::NodeMonitor(key.clone()))),
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
            Reason::Scheduler(reason) => self.remember_pod(reason),
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
            Reason::Kubelet(reason) => {
                if let Some(pod) = self.cluster.pods.get(&reason.pod().key) {
                    self.world.processes.note(pod, reason, self.now);
                }
            }
            Reason::Autoscaler(reason) => self.remember_evaluation(reason),
            Reason::User(_)
            | Reason::Deployment(_)
            | Reason::ReplicaSet(_)
            | Reason::Disruption(_)
            | Reason::Endpoints(_)
            | Reason::Volume(_)
            | Reason::Garbage(_) => {}
            Reason::Node(reason) => self.remember_node(reason),
        }
    }

    fn remember_pod(&mut self, reason: &SchedulerReason) {
        match reason {
            SchedulerReason::Unschedulable { pod, waits_for_claims: true, .. } | SchedulerReason::Gated { pod, .. } => {
                self.unschedulable.remove(&pod.key);
            }
            SchedulerReason::Unschedulable { pod, refusals, .. } | SchedulerReason::Preempts { pod, refusals, .. } => {
                let is_neighbourly = |plugin| matches!(plugin, Plugin::InterPodAffinity | Plugin::PodTopologySpread);
                let minds_neighbours = refusals.iter().any(|refused| is_neighbourly(refused.plugin));
                self.attempts += 1;
                self.unschedulable.insert(pod.key.clone(), Unschedulable { since: self.attempts, minds_neighbours });
            }
            SchedulerReason::Bound { pod, .. } => {
                self.unschedulable.remove(&pod.key);
                if let Some(found) = self.cluster.pods.get(&pod.key) {
                    self.world.chosen_nodes.remove(&found.metadata.uid);
                }
            }
            SchedulerReason::NodeChosenForVolumes { pod, node, .. } => {
                if let Some(found) = self.cluster.pods.get(&pod.key) {
                    self.world.chosen_nodes.insert(found.metadata.uid, node.clone());
                }
            }
        }
    }

    fn remember_daemon_pods(&mut self, set: &Key, act: &DaemonSetAct) {
        let DaemonSetAct::Manage { created_on, deleted, .. } = act else { return };
        let Some(found) = self.cluster.daemon_sets.get(set) else { return };
        let (uid, generation) = (found.metadata.uid, found.status.observed_generation);
        if !created_on.is_empty() {
            self.world.note_daemon_pods_made(uid, self.now);
        }
        for deletion in deleted.iter().filter(|deletion| deletion.fate == DaemonPodFate::Ended) {
            let failed = |pod: &crate::api::Pod| pod.status.phase == PodPhase::Failed;
            if self.cluster.pods.get(&deletion.pod.key).is_some_and(|pod| failed(pod)) {
                self.world.note_failed_daemon_pod(uid, generation, &deletion.node, self.now);
            }
        }
    }

    fn remember_evaluation(&mut self, reason: &AutoscalerReason) {
        let Some(autoscaler) = self.cluster.autoscalers.get(&reason.autoscaler.key) else { return };
        let memory = self.world.autoscalers.entry(autoscaler.metadata.uid).or_default();
        memory.note(self.now, reason.memo.current, reason.memo.recommended, reason.memo.scaled);
    }

    /// Asks for a look that no change of an object causes: somebody changed a process or a setting.
    pub(super) fn look_soon(&mut self, task: Task) {
        self.look_at(self.now + WATCH_LATENCY, task);
    }

    /// The same at an instant.
    pub(super) fn look_at(&mut self, at: Time, task: Task) {
        self.ask(at, task, self.steps.len().checked_sub(1));
    }
}
