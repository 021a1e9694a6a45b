//! The horizontal pod autoscaler: every 15 seconds from metrics to replicas.
//! Upstream: `pkg/controller/podautoscaler/horizontal.go: reconcileAutoscaler`.
//!
//! Upstream evaluates for ever. Here an autoscaler at which nothing can change any more sleeps until its target, a pod, a
//! load or its own spec changes, and is then evaluated at the instant at which it would have been anyway.

pub mod behavior;
mod conditions;
mod metrics;
pub mod replica_calculator;
mod target;
#[cfg(test)]
mod tests;

pub use conditions::selector_text;
pub use metrics::{amount_text, set as set_load};
pub use target::{Target, concerns, reference as target_of};

use crate::actor::{AutoscalerMemory, Pass, SYNC_PERIOD, View, Write};
use crate::api::{
    HorizontalPodAutoscaler, HorizontalPodAutoscalerBehavior, HpaScalingRules, Key, MetricStatus, Object, ObjectRef,
    Pod, Resource, Time,
};
use crate::reason::{AutoscalerAct, AutoscalerMemo, AutoscalerReason, Evaluation, Limiting, MetricEvidence, Reason};
use behavior::{DOWNSCALE_STABILIZATION, Rates};
use conditions::Conditions;
use metrics::{Computed, Source};
use replica_calculator::{Circumstances, Tolerances};
use std::rc::Rc;

/// `--horizontal-pod-autoscaler-cpu-initialization-period`, in milliseconds.
const CPU_INITIALIZATION_PERIOD: u64 = 300_000;
/// `--horizontal-pod-autoscaler-initial-readiness-delay`, in milliseconds.
const INITIAL_READINESS_DELAY: u64 = 30_000;
/// `--horizontal-pod-autoscaler-tolerance`, in thousandths.
const TOLERANCE: i64 = 100;

/// When an autoscaler that has changed, or whose surroundings have, is evaluated next.
#[must_use]
pub fn next_evaluation(view: View<'_>, autoscaler: &HorizontalPodAutoscaler, from: Time) -> Time {
    match view.world.autoscalers.get(&autoscaler.metadata.uid) {
        Some(memory) => memory.next_evaluation(from),
        None => from + SYNC_PERIOD,
    }
}

/// One evaluation of a HorizontalPodAutoscaler.
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(autoscaler) = view.cluster.autoscalers.get(key) else { return Pass::nothing() };
    let never = AutoscalerMemory::default();
    let memory = view.world.autoscalers.get(&autoscaler.metadata.uid).unwrap_or(&never);
    let mut reconcile = Reconcile {
        view,
        autoscaler,
        memory,
        conditions: Conditions::of(&autoscaler.status.conditions, view.now),
        metrics: vec![],
        memo: AutoscalerMemo::default(),
        doubted: false,
    };
    let found = Target::find(view.cluster, autoscaler);
    let decided = match &found {
        Ok(target) => reconcile.with_target(target),
        Err(message) => {
            let told = format!("the HPA controller was unable to get the target's current scale: {message}");
            reconcile.conditions.set("AbleToScale", "False", "FailedGetScale", &told);
            Decided {
                act: AutoscalerAct::TargetMissing { message: message.clone() },
                target: None,
                counts: Counts::Untouched,
            }
        }
    };
    reconcile.written(decided)
}

/// What of the counts in the status changes.
enum Counts {
    Untouched,
    /// The replicas that are there.
    Current(i32),
    /// Those, and the replicas that there should be.
    Both(i32, i32),
}

struct Decided<'a> {
    act: AutoscalerAct,
    target: Option<&'a Target>,
    counts: Counts,
}

struct Reconcile<'a> {
    view: View<'a>,
    autoscaler: &'a Rc<HorizontalPodAutoscaler>,
    memory: &'a AutoscalerMemory,
    conditions: Conditions,
    metrics: Vec<MetricStatus>,
    memo: AutoscalerMemo,
    /// Whether a pod is left out now that may count later without anything being written.
    doubted: bool,
}

impl<'a> Reconcile<'a> {
    fn with_target<'t>(&mut self, target: &'t Target) -> Decided<'t> {
        let told = "the HPA controller was able to get the target's current scale";
        self.conditions.set("AbleToScale", "True", "SucceededGetScale", told);
        let current = target.wanted;
        self.memo.current = Some(current);
        let spec = &self.autoscaler.spec;
        let (min, max) = (spec.min_replicas.unwrap_or(1), spec.max_replicas);
        if current == 0 {
            let told = "scaling is disabled since the replica count of the target is zero";
            self.conditions.set("ScalingActive", "False", "ScalingDisabled", told);
            let counts = Counts::Both(0, 0);
            return Decided { act: AutoscalerAct::Disabled, target: Some(target), counts };
        }
        if current > max || current < min {
            let to = if current > max { max } else { min };
            let act = AutoscalerAct::ScaleIntoBounds { from: current, to, above: current > max };
            self.rescaled(to);
            return Decided { act, target: Some(target), counts: Counts::Both(current, to) };
        }
        match self.computed(target) {
            Ok((metrics, recommended)) => {
                self.memo.recommended = Some(recommended);
                let evaluation = self.normalized(metrics, current, recommended);
                let desired = evaluation.desired;
                let counts = Counts::Both(current, desired);
                let act = if desired != current {
                    self.rescaled(desired);
                    AutoscalerAct::Scale { evaluation }
                } else if evaluation.limit != Limiting::DesiredWithinRange {
                    AutoscalerAct::Limited { evaluation }
                } else if evaluation.stabilized != recommended {
                    let until = self.held_until(&evaluation);
                    AutoscalerAct::Stabilized { evaluation, until }
                } else {
                    AutoscalerAct::AtTarget { evaluation }
                };
                Decided { act, target: Some(target), counts }
            }
            Err(act) => Decided { act, target: Some(target), counts: Counts::Current(current) },
        }
    }

    fn rescaled(&mut self, to: i32) {
        let told = format!("the HPA controller was able to update the target scale to {to}");
        self.conditions.set("AbleToScale", "True", "SucceededRescale", &told);
        self.memo.scaled = self.autoscaler.spec.behavior.is_some().then_some(to);
    }

    /// How far a ratio may be off (`tolerancesForHpa`).
    fn tolerances(&self) -> Tolerances {
        let behavior = self.autoscaler.spec.behavior.as_ref();
        let of = |rules: fn(&HorizontalPodAutoscalerBehavior) -> Option<&HpaScalingRules>| {
            behavior.and_then(rules).and_then(|rules| rules.tolerance.as_ref()).map_or(TOLERANCE, |it| it.milli())
        };
        Tolerances {
            scale_down: of(|behavior| behavior.scale_down.as_ref()),
            scale_up: of(|behavior| behavior.scale_up.as_ref()),
        }
    }

    /// The most that a metric asks for (`computeReplicasForMetrics`).
    fn computed(&mut self, target: &Target) -> Result<(Vec<MetricEvidence>, i32), AutoscalerAct> {
        let pods = target.pods(self.view.cluster);
        self.unambiguous(target, &pods)?;
        let circumstances = Circumstances {
            replicas: target.wanted,
            pods: &pods,
            now: self.view.now,
            cpu_initialization_period: CPU_INITIALIZATION_PERIOD,
            initial_readiness_delay: INITIAL_READINESS_DELAY,
            tolerances: self.tolerances(),
        };
        let namespace = &self.autoscaler.metadata.namespace;
        let source = Source { view: self.view, namespace, circumstances, existing: target.existing };
        let specs = &self.autoscaler.spec.metrics;
        let all: Vec<Computed> = specs.iter().map(|spec| source.compute(spec)).collect();
        let is_young = |pod: &Rc<Pod>| {
            let start = pod.status.start_time.unwrap_or(self.view.now);
            pod.node().is_some() && start + CPU_INITIALIZATION_PERIOD > self.view.now
        };
        let leaves_out = |it: &Computed| it.evidence.outcome.as_ref().map_or(true, |finding| finding.unready > 0);
        self.doubted = all.iter().any(leaves_out) && pods.iter().any(is_young);
        self.metrics = all.iter().map(|it| it.status.clone()).collect();
        let mut best: Option<(i32, &str)> = None;
        for (finding, name) in all.iter().filter_map(|it| Some((it.evidence.outcome.as_ref().ok()?, &it.evidence.name)))
        {
            if best.is_none_or(|(replicas, _)| replicas == 0 || finding.replicas > replicas) {
                best = Some((finding.replicas, name));
            }
        }
        let failure = all.iter().find_map(|it| it.failure.clone());
        let name = best.map_or(String::new(), |(_, name)| name.to_owned());
        let evidence = all.iter().map(|it| it.evidence.clone()).collect();
        match (best, failure) {
            (Some((replicas, _)), failure) if failure.is_none() || replicas >= target.wanted => {
                let told = format!("the HPA was able to successfully calculate a replica count from {name}");
                self.conditions.set("ScalingActive", "True", "ValidMetricFound", &told);
                Ok((evidence, replicas))
            }
            (_, failure) => {
                let (reason, message) = failure.unwrap_or(("InvalidMetricSourceType", String::new()));
                self.conditions.set("ScalingActive", "False", reason, &message);
                Err(AutoscalerAct::MetricsFail { metrics: evidence, reason: reason.into(), message })
            }
        }
    }

    /// No pod may be selected by the targets of two autoscalers (`validateAndParseSelector`).
    fn unambiguous(&mut self, target: &Target, pods: &[Rc<Pod>]) -> Result<(), AutoscalerAct> {
        if target.selector.is_empty() {
            let message = "the HPA target's scale is missing a selector".to_string();
            self.conditions.set("ScalingActive", "False", "InvalidSelector", &message);
            return Err(AutoscalerAct::MetricsFail { metrics: vec![], reason: "InvalidSelector".into(), message });
        }
        let selects = |other: &&Rc<HorizontalPodAutoscaler>| {
            other.metadata.uid == self.autoscaler.metadata.uid
                || other.metadata.namespace == self.autoscaler.metadata.namespace
                    && Target::find(self.view.cluster, other)
                        .is_ok_and(|target| pods.iter().any(|pod| target.selector.matches(&pod.metadata.labels)))
        };
        let all: Vec<ObjectRef> =
            self.view.cluster.autoscalers.iter().filter(selects).map(|other| other.reference()).collect();
        if all.len() < 2 {
            return Ok(());
        }
        let keys: Vec<String> = all.iter().map(|other| target::key_text(&other.key)).collect();
        let selector = conditions::selector_text(&target.selector);
        let told = format!("pods by selector {selector} are controlled by multiple HPAs: [{}]", keys.join(" "));
        self.conditions.set("ScalingActive", "False", "AmbiguousSelector", &told);
        Err(AutoscalerAct::Ambiguous { autoscalers: all })
    }

    /// Stabilisation and limits (`normalizeDesiredReplicas`, `normalizeDesiredReplicasWithBehaviors`).
    fn normalized(&mut self, metrics: Vec<MetricEvidence>, current: i32, recommended: i32) -> Evaluation {
        let now = self.view.now;
        let spec = &self.autoscaler.spec;
        let (min, max) = (spec.min_replicas.unwrap_or(1), spec.max_replicas);
        let mut recommendations = self.memory.recommendations_at(now);
        if recommendations.is_empty() {
            // A controller that begins counts what is there as its first recommendation (`recordInitialRecommendation`).
            recommendations.push(crate::actor::Recommendation { at: now, replicas: current });
        }
        let default = HpaScalingRules::default();
        let rules = spec.behavior.as_ref().map(|behavior| {
            (behavior.scale_up.as_ref().unwrap_or(&default), behavior.scale_down.as_ref().unwrap_or(&default))
        });
        let (stabilized, window_seconds, (desired, limit), policy) = match rules {
            None => {
                let stabilized = behavior::stabilized(&recommendations, recommended, now);
                (stabilized, DOWNSCALE_STABILIZATION, behavior::limited(current, stabilized, min, max), None)
            }
            Some((up, down)) => {
                let windows = (up.stabilization_window_seconds.unwrap_or(0), down_window(down));
                let stabilized =
                    behavior::stabilized_with_behavior(&recommendations, current, recommended, windows, now);
                let (scale_ups, scale_downs) = (&self.memory.scale_ups, &self.memory.scale_downs);
                let rates = Rates { up, down, scale_ups, scale_downs, now };
                let limited = behavior::limited_with_behavior(&rates, current, stabilized, min, max);
                let policy = match limited.1 {
                    Limiting::ScaleUpLimit => {
                        Some((up.policies.clone().unwrap_or_default(), rates.scale_up_limit(current)))
                    }
                    Limiting::ScaleDownLimit => {
                        Some((down.policies.clone().unwrap_or_default(), rates.scale_down_limit(current)))
                    }
                    Limiting::DesiredWithinRange | Limiting::TooFewReplicas | Limiting::TooManyReplicas => None,
                };
                let window = if recommended >= current { windows.0 } else { windows.1 };
                (stabilized, window, limited, policy)
            }
        };
        let (reason, message) = match (stabilized == recommended, rules.is_some() && recommended >= current) {
            (true, _) => ("ReadyForNewScale", "recommended size matches current size"),
            (false, true) => (
                "ScaleUpStabilized",
                "recent recommendations were lower than current one, applying the lowest recent recommendation",
            ),
            (false, false) => (
                "ScaleDownStabilized",
                "recent recommendations were higher than current one, applying the highest recent recommendation",
            ),
        };
        self.conditions.set("AbleToScale", "True", reason, message);
        let is_limited = if desired == stabilized { "False" } else { "True" };
        self.conditions.set("ScalingLimited", is_limited, limit.as_str(), limit.message());
        let window_seconds = if stabilized == recommended { 0 } else { window_seconds };
        Evaluation { current, min, max, metrics, recommended, stabilized, window_seconds, desired, limit, policy }
    }

    /// When the recommendation that holds the target back leaves the window.
    fn held_until(&self, evaluation: &Evaluation) -> Option<Time> {
        let holds = self.memory.recommendations_at(self.view.now).into_iter();
        let latest = holds.filter(|it| it.replicas == evaluation.stabilized).map(|it| it.at).max();
        let over = latest.unwrap_or(self.view.now).plus_seconds(evaluation.window_seconds.into());
        Some(AutoscalerMemory { evaluated: self.view.now, ..AutoscalerMemory::default() }.next_evaluation(over))
    }

    /// The writes of an evaluation, and whether there is another one if nothing changes.
    fn written(self, decided: Decided<'_>) -> Pass {
        let mut writes = vec![];
        let mut status = self.autoscaler.status.clone();
        match decided.counts {
            Counts::Untouched => {}
            Counts::Current(current) => status.current_replicas = current,
            Counts::Both(current, desired) => {
                status.current_replicas = current;
                status.desired_replicas = desired;
                if let (Some(target), true) = (decided.target, current != desired) {
                    writes.push(Write::Update(target.scaled(desired)));
                    status.last_scale_time = Some(self.view.now.whole_second());
                }
            }
        }
        if !matches!(decided.counts, Counts::Untouched) {
            status.current_metrics.clone_from(&self.metrics);
        }
        status.conditions = self.conditions.list.clone();
        if status != self.autoscaler.status {
            let mut changed = (**self.autoscaler).clone();
            changed.status = status;
            writes.push(Write::Update(Object::HorizontalPodAutoscaler(Rc::new(changed))));
        }
        let stays_awake = !writes.is_empty() || self.doubted || self.is_pending();
        let again_at = stays_awake.then(|| self.view.now + SYNC_PERIOD);
        let reason = AutoscalerReason {
            autoscaler: self.autoscaler.reference(),
            target: target::reference(self.autoscaler).filter(|_| decided.target.is_some()),
            act: decided.act,
            memo: self.memo,
        };
        Pass { again_at, ..Pass::of(writes, Reason::Autoscaler(reason)) }
    }

    /// Whether a window or a period still runs at whose end another decision may follow.
    fn is_pending(&self) -> bool {
        let now = self.view.now;
        let behavior = self.autoscaler.spec.behavior.as_ref();
        let up = behavior.and_then(|it| it.scale_up.as_ref());
        let down = behavior.and_then(|it| it.scale_down.as_ref());
        let window = up.and_then(|it| it.stabilization_window_seconds).unwrap_or(0).max(match behavior {
            Some(_) => down.map_or(DOWNSCALE_STABILIZATION, down_window),
            None => DOWNSCALE_STABILIZATION,
        });
        let within = |at: Time, seconds: i32| at.plus_seconds(seconds.into()) + SYNC_PERIOD > now;
        let differs = self.memo.recommended.is_some_and(|recommended| {
            let recent = self.memory.recommendations_at(now);
            recent.iter().any(|it| it.replicas != recommended && within(it.at, window))
        });
        let policies = [up, down].into_iter().flatten().filter_map(|rules| rules.policies.as_ref()).flatten();
        let period = policies.map(|policy| policy.period_seconds).max().unwrap_or(0);
        let events = self.memory.scale_ups.iter().chain(&self.memory.scale_downs);
        differs || events.into_iter().any(|event| within(event.at, period))
    }
}

/// The window for scaling down; the default is that of the controller.
fn down_window(rules: &HpaScalingRules) -> i32 {
    rules.stabilization_window_seconds.unwrap_or(DOWNSCALE_STABILIZATION)
}
