//! One scheduling cycle. Upstream: `pkg/scheduler/schedule_one.go`, `framework/types.go: FitError.Error`.

use super::filters::NodeFilters;
use super::{scores, volumes};
use crate::actor::{Pass, View, Write};
use crate::api::{Key, Node, Object, Pod, Resource, Time};
use crate::reason::{NodeScore, Reason, SchedulerReason};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The first pause after an attempt in vain, in milliseconds; it doubles (`podInitialBackoffDuration`).
const BACK_OFF: u64 = 1_000;
/// The longest one (`podMaxBackoffDuration`).
const BACK_OFF_CAP: u64 = 10_000;

/// Tries to bind a pod.
#[must_use]
pub fn schedule(view: View<'_>, key: &Key) -> Pass {
    let Some(pod) = view.cluster.pods.get(key) else { return Pass::nothing() };
    if pod.node().is_some() || pod.is_terminating() || pod.status.phase.is_terminal() {
        return Pass::nothing();
    }
    if pod.spec.scheduler_name.as_deref().is_some_and(|name| name != "default-scheduler") {
        return Pass::nothing();
    }
    if let Some(until) = back_off_until(view, pod).filter(|until| *until > view.now) {
        return Pass::again_at(until);
    }
    if let Some(message) = volumes::pre_filter(view, pod) {
        let all = view.cluster.nodes.len();
        let text =
            format!("0/{all} nodes are available: {message}. {}", preemption(all, &[(message.clone(), all, false)]));
        return unschedulable(view, pod, text, vec![(message, all)], true);
    }
    let filters = NodeFilters::new(view, pod);
    let mut feasible: Vec<&Rc<Node>> = vec![];
    let mut refusals: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    let pinned = pod.spec.pinned_node();
    let chosen = view.world.chosen_nodes.get(&pod.metadata.uid).map(String::as_str);
    match pinned.or(chosen).and_then(|name| view.cluster.node(name)) {
        // `NodeAffinity.PreFilter` narrows the search to the named node.
        Some(node) => {
            judge(&filters, node, &mut feasible, &mut refusals);
            let others = view.cluster.nodes.len() - 1;
            if others > 0 {
                refusals.entry("node(s) didn't satisfy plugin(s) [NodeAffinity]".into()).or_insert((0, false)).0 +=
                    others;
            }
        }
        None => view.cluster.nodes.iter().for_each(|node| judge(&filters, node, &mut feasible, &mut refusals)),
    }
    if feasible.is_empty() {
        return refused(view, pod, refusals);
    }
    let scores = scores::rank(view, pod, &feasible);
    let Some(best) = scores.first() else { return Pass::nothing() };
    let tied = scores.iter().filter(|score| score.total == best.total).count();
    let node = best.node.clone();
    match volumes::prepare(view, pod, &node) {
        volumes::Readiness::Ready => bind(view, pod, node, scores, tied, pinned.is_some()),
        volumes::Readiness::Preparing(writes, claims) => {
            let reason = SchedulerReason::NodeChosenForVolumes { pod: pod.reference(), node, claims };
            Pass::of(writes, Reason::Scheduler(reason))
        }
        volumes::Readiness::Waiting => Pass::nothing(),
    }
}

fn judge<'a>(
    filters: &NodeFilters<'_>,
    node: &'a Rc<Node>,
    feasible: &mut Vec<&'a Rc<Node>>,
    refusals: &mut BTreeMap<String, (usize, bool)>,
) {
    match filters.refusal(node) {
        None => feasible.push(node),
        Some(refusal) => {
            for reason in refusal.reasons {
                let entry = refusals.entry(reason).or_insert((0, refusal.resolvable));
                entry.0 += 1;
            }
        }
    }
}

fn bind(view: View<'_>, pod: &Rc<Pod>, node: String, scores: Vec<NodeScore>, tied: usize, pinned: bool) -> Pass {
    let mut bound = (**pod).clone();
    Rc::make_mut(&mut bound.spec).node_name = Some(node.clone());
    bound.set_condition("PodScheduled", "True", None, None, view.now);
    let nodes = view.cluster.nodes.len();
    let reason = SchedulerReason::Bound { pod: pod.reference(), node, scores, nodes, tied, pinned };
    Pass::of(vec![Write::Update(Object::Pod(Rc::new(bound)))], Reason::Scheduler(reason))
}

fn refused(view: View<'_>, pod: &Rc<Pod>, refusals: BTreeMap<String, (usize, bool)>) -> Pass {
    let all = view.cluster.nodes.len();
    if all == 0 {
        return unschedulable(view, pod, "no nodes available to schedule pods".into(), vec![], false);
    }
    let mut parts: Vec<String> = refusals.iter().map(|(reason, (count, _))| format!("{count} {reason}")).collect();
    parts.sort();
    let list: Vec<_> =
        refusals.iter().map(|(reason, (count, resolvable))| (reason.clone(), *count, *resolvable)).collect();
    let text = format!("0/{all} nodes are available: {}. {}", parts.join(", "), preemption(all, &list));
    let refusals = refusals.into_iter().map(|(reason, (count, _))| (reason, count)).collect();
    unschedulable(view, pod, text, refusals, false)
}

/// What the preemption plugin adds to the text.
fn preemption(all: usize, refusals: &[(String, usize, bool)]) -> String {
    let resolvable: usize = refusals.iter().filter(|(_, _, resolvable)| *resolvable).map(|(_, count, _)| count).sum();
    let resolvable = resolvable.min(all);
    let mut parts = vec![];
    if resolvable > 0 {
        parts.push(format!("{resolvable} No preemption victims found for incoming pod"));
    }
    if all > resolvable {
        parts.push(format!("{} Preemption is not helpful for scheduling", all - resolvable));
    }
    parts.sort();
    format!("preemption: 0/{all} nodes are available: {}.", parts.join(", "))
}

fn unschedulable(
    view: View<'_>,
    pod: &Rc<Pod>,
    message: String,
    refusals: Vec<(String, usize)>,
    waits_for_claims: bool,
) -> Pass {
    let mut marked = (**pod).clone();
    marked.set_condition("PodScheduled", "False", Some("Unschedulable"), Some(&message), view.now);
    let writes = if marked.status == pod.status { vec![] } else { vec![Write::Update(Object::Pod(Rc::new(marked)))] };
    let reason = SchedulerReason::Unschedulable { pod: pod.reference(), message, refusals, waits_for_claims };
    Pass::of(writes, Reason::Scheduler(reason))
}

/// Until when a pod that was tried in vain is not tried again: 1 s, 2 s, 4 s, 8 s, then every 10 s at most.
fn back_off_until(view: View<'_>, pod: &Pod) -> Option<Time> {
    let (attempts, last) = view.world.attempts.get(&pod.metadata.uid)?;
    let doublings = attempts.saturating_sub(1).min(10);
    Some(*last + (BACK_OFF << doublings).min(BACK_OFF_CAP))
}
