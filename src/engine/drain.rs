//! Evictions, drains, and the load that somebody sets: what `kubectl drain` and a load generator do to the cluster.
//! Upstream: `k8s.io/kubectl/pkg/drain/drain.go`.

use super::Simulation;
use super::StepId;
use super::execute::{Executed, Refusal};
use super::queue::Task;
use crate::actor::{Actor, Deletion, Drain, DrainOptions, DrainStage, DrainedPod, Load, LoadAmount, Measured, Write};
use crate::api::{Key, Kind, Object, ObjectRef, Resource};
use crate::cluster::Change;
use crate::controllers::autoscaler;
use crate::controllers::disruption::{self, Judgement};
use crate::reason::{EvictionGrant, EvictionRefusal, Reason, UserReason};
use std::rc::Rc;

/// Events of a pod's own making aside, this is the condition that tells why it goes (`core/v1 DisruptionTarget`).
const DISRUPTION_TARGET: &str = "DisruptionTarget";

impl Simulation {
    /// The eviction API.
    pub(super) fn evict(&mut self, pod: ObjectRef) -> Executed {
        let found = self.get(&pod).inspect_err(|Refusal(message)| {
            let refused = UserReason::Refused { message: message.clone() };
            self.record(Actor::User, vec![], Reason::User(refused), None);
        });
        let Object::Pod(_) = found? else {
            return Err(Refusal(format!("{} cannot be evicted", pod.kind.plural())));
        };
        match self.try_to_evict(&pod) {
            Ok((changes, grant)) => {
                let reason = UserReason::Evict { pod, grant, draining: None };
                self.record(Actor::User, changes, Reason::User(reason), None);
                Ok(())
            }
            Err(refusal) => {
                let message = refusal.message.clone();
                let reason = UserReason::EvictionRefused { pod, refusal, draining: None };
                self.record(Actor::User, vec![], Reason::User(reason), None);
                Err(Refusal(message))
            }
        }
    }

    /// Evicts a pod if its budget lets it go: the budget gets one disruption less, the pod its condition, and then it is
    /// deleted (`addConditionAndDeletePod`).
    fn try_to_evict(&mut self, pod: &ObjectRef) -> Result<(Vec<Change>, EvictionGrant), EvictionRefusal> {
        let Some(found) = self.cluster.pods.get(&pod.key).cloned() else {
            return Ok((vec![], EvictionGrant::NotRunning));
        };
        match disruption::judge(&self.cluster, &found, self.now) {
            Judgement::Refused(refusal) => Err(refusal),
            Judgement::Granted { grant, budget } => {
                let mut writes: Vec<Write> = budget.map(Write::Update).into_iter().collect();
                let mut marked = (*found).clone();
                let told = (Some("EvictionByEvictionAPI"), Some("Eviction API: evicting"));
                marked.set_condition(DISRUPTION_TARGET, "True", told.0, told.1, self.now);
                writes.push(Write::Update(Object::Pod(Rc::new(marked))));
                writes.push(Deletion::of(pod.clone(), found.metadata.uid));
                Ok((self.make(writes), grant))
            }
        }
    }

    /// `kubectl drain`: cordons, and evicts what the filters leave. A pod that no filter lets through ends it at once; the
    /// node stays cordoned.
    pub(super) fn drain(&mut self, name: &str, options: &DrainOptions) -> Executed {
        let node = ObjectRef::new(Kind::Node, "", name);
        let Object::Node(found) = self.get(&node)? else { return Ok(()) };
        if !found.is_cordoned() {
            self.change_node(name, |node| {
                node.spec.unschedulable = Some(true);
                UserReason::Cordon { node: node.reference(), on: true }
            })?;
        }
        let plan = disruption::plan(&self.cluster, name, options);
        if !plan.errors.is_empty() {
            return Err(Refusal(plan.errors.join("\n")));
        }
        let pods: Vec<DrainedPod> = plan
            .pods
            .iter()
            .filter_map(|pod| {
                let uid = self.cluster.pods.get(&pod.key)?.metadata.uid;
                Some(DrainedPod { pod: pod.clone(), uid, stage: DrainStage::Due })
            })
            .collect();
        let deadline = (options.timeout_seconds > 0).then(|| self.now + options.timeout_seconds.saturating_mul(1_000));
        let total = pods.len();
        let started = UserReason::DrainStarted { node, pods: plan.pods, warnings: plan.warnings };
        self.record(Actor::User, vec![], Reason::User(started), None);
        self.world.drains.insert(name.into(), Drain { deadline, pods, total });
        self.look_soon(Task::Drain(name.into()));
        Ok(())
    }

    /// The turn of a drain: forgets pods that are gone, evicts those that are due, gives up when its time is over.
    pub(super) fn go_on_draining(&mut self, name: &str, cause: Option<StepId>) {
        let Some(mut drain) = self.world.drains.remove(name) else { return };
        let node = ObjectRef::new(Kind::Node, "", name);
        let pods = &self.cluster.pods;
        drain.pods.retain(|it| pods.get(&it.pod.key).is_some_and(|pod| pod.metadata.uid == it.uid));
        let is_over = drain.deadline.is_some_and(|deadline| deadline <= self.now);
        if !is_over {
            for drained in &mut drain.pods {
                let due = match drained.stage {
                    DrainStage::Due => true,
                    DrainStage::Refused(at) => self.now - at >= crate::actor::RETRY_DELAY,
                    DrainStage::Evicted | DrainStage::Failed => false,
                };
                if due {
                    drained.stage = self.drain_pod(&drained.pod, &node, cause);
                }
            }
        }
        let waits = drain.pods.iter().any(|pod| pod.stage != DrainStage::Failed);
        if is_over || !waits {
            let gone = drain.total.saturating_sub(drain.pods.len());
            let left = drain.pods.into_iter().map(|drained| drained.pod).collect();
            let ended = UserReason::DrainEnded { node, gone, left };
            self.record(Actor::User, vec![], Reason::User(ended), cause);
            return;
        }
        if let Some(deadline) = drain.deadline {
            self.ask(deadline, Task::Drain(name.into()), cause);
        }
        self.world.drains.insert(name.into(), drain);
    }

    fn drain_pod(&mut self, pod: &ObjectRef, node: &ObjectRef, cause: Option<StepId>) -> DrainStage {
        let draining = Some(node.clone());
        match self.try_to_evict(pod) {
            Ok((changes, grant)) => {
                let reason = UserReason::Evict { pod: pod.clone(), grant, draining };
                self.record(Actor::User, changes, Reason::User(reason), cause);
                DrainStage::Evicted
            }
            Err(refusal) => {
                let may_retry = refusal.may_retry;
                let reason = UserReason::EvictionRefused { pod: pod.clone(), refusal, draining };
                self.record(Actor::User, vec![], Reason::User(reason), cause);
                if may_retry { DrainStage::Refused(self.now) } else { DrainStage::Failed }
            }
        }
    }

    /// Sets what pods use, or the value of a metric.
    pub(super) fn set_load(&mut self, load: Load) -> Executed {
        let selected = |selector: &crate::api::LabelSelector| autoscaler::selector_text(selector);
        let (measured, of, is_bytes) = match &load.measured {
            Measured::Resource { selector, resource } => {
                (resource.clone(), Some(selected(selector)), resource == "memory")
            }
            Measured::Pods { selector, metric } => (metric.clone(), Some(selected(selector)), false),
            Measured::Object { kind, name, metric } => (metric.clone(), Some(format!("{kind}/{name}")), false),
            Measured::External { metric } => (metric.clone(), None, false),
        };
        let amount = load.amount.map(|amount| match amount {
            LoadAmount::Total(milli) | LoadAmount::Each(milli) => autoscaler::amount_text(milli, is_bytes),
        });
        let of_pods = matches!(&load.measured, Measured::Resource { .. } | Measured::Pods { .. });
        let shared = of_pods && matches!(load.amount, Some(LoadAmount::Total(_)));
        autoscaler::set_load(&mut self.world.loads, load);
        let reason = UserReason::LoadSet { measured, of, amount, shared };
        self.record(Actor::User, vec![], Reason::User(reason), None);
        let view = self.view();
        let due: Vec<_> = (view.cluster.autoscalers.iter())
            .map(|found| (autoscaler::next_evaluation(view, found, view.now), found.key()))
            .collect();
        let cause = self.steps().len().checked_sub(1);
        for (at, key) in due {
            self.ask(at, Task::Autoscaler(Key::clone(&key)), cause);
        }
        Ok(())
    }
}
