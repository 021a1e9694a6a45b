//! One scheduling cycle. Upstream: `pkg/scheduler/schedule_one.go`.

use super::filters::{self, NodeFilters, NodeRefusal};
use super::fit_error::fit_error;
use super::preemption::{self, Outcome};
use super::scores::{self, Ranking};
use super::volumes;
use crate::actor::{Pass, View, Write};
use crate::api::{Key, NamedNodes, Node, Object, Pod, Resource};
use crate::reason::{OnlyNode, Plugin, Reason, RefusalCause, Refused, RefusedNode, SchedulerReason, Victim};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What the plugin for resource claims adds to every failure: no pod here has such claims
/// (`plugins/dynamicresources: PostFilter`).
const NO_CLAIMS: &str = "no new claims to deallocate";
/// What nodes say that the pod's node affinity leaves out by name.
pub(super) const LEFT_OUT: &str = "node(s) didn't satisfy plugin(s) [NodeAffinity]";

/// Tries to bind a pod.
///
/// There is no pause after an attempt in vain: since v1.33 a pod is taken out of its back-off as soon as the scheduler has
/// nothing better to do (gate `SchedulerPopFromBackoffQ`), which here it never has. Nor is there need of the flush that
/// tries every pod again after five minutes: whatever could help a pod wakes it.
#[must_use]
pub fn schedule(view: View<'_>, key: &Key) -> Pass {
    let Some(pod) = view.cluster.pods.get(key) else { return Pass::nothing() };
    if pod.node().is_some() || pod.is_terminating() || pod.status.phase.is_terminal() {
        return Pass::nothing();
    }
    if pod.spec.scheduler_name.as_deref().is_some_and(|name| name != "default-scheduler") {
        return Pass::nothing();
    }
    if !pod.spec.scheduling_gates.is_empty() {
        let gates = pod.spec.scheduling_gates.iter().map(|gate| gate.name.clone()).collect();
        return Pass::of(vec![], Reason::Scheduler(SchedulerReason::Gated { pod: pod.reference(), gates }));
    }
    if view.cluster.nodes.is_empty() {
        return unschedulable(view, pod, "no nodes available to schedule pods".into(), vec![], false, false);
    }
    if let Some((plugin, message)) = filters::pre_filter(view, pod) {
        return kept_off(view, pod, plugin, message);
    }
    let filters = NodeFilters::new(view, pod);
    if let Some(node) = nominated(view, pod).filter(|node| filters.refusal(node).is_none()) {
        return place(view, pod, &filters, &[node], Some(OnlyNode::Nominated));
    }
    let nodes = nodes_in_question(view, pod);
    let mut feasible: Vec<&Rc<Node>> = vec![];
    let mut refused: Vec<(&Rc<Node>, NodeRefusal)> = vec![];
    for node in nodes {
        match filters.refusal(node) {
            None => feasible.push(node),
            Some(refusal) => refused.push((node, refusal)),
        }
    }
    if feasible.is_empty() {
        return failed(view, pod, &filters, &refused);
    }
    let only = pod.spec.pinned_node().map(|_| OnlyNode::Pinned);
    place(view, pod, &filters, &feasible, only)
}

/// The node that preemption made room on.
pub(super) fn nominated<'a>(view: View<'a>, pod: &Pod) -> Option<&'a Rc<Node>> {
    view.cluster.node(pod.status.nominated_node_name.as_deref()?)
}

/// The nodes that filters look at: those that `NodeAffinity.PreFilter` leaves, or the one where volumes are being made.
fn nodes_in_question<'a>(view: View<'a>, pod: &Pod) -> Vec<&'a Rc<Node>> {
    let chosen = view.world.chosen_nodes.get(&pod.metadata.uid);
    if let Some(node) = chosen.and_then(|name| view.cluster.node(name)) {
        return vec![node];
    }
    match pod.spec.named_nodes() {
        NamedNodes::Only(names) => names.into_iter().filter_map(|name| view.cluster.node(name)).collect(),
        NamedNodes::Any | NamedNodes::Conflict => view.cluster.nodes.iter().collect(),
    }
}

/// Binds the pod to the best node, once its volumes are ready there.
fn place(
    view: View<'_>,
    pod: &Rc<Pod>,
    filters: &NodeFilters<'_>,
    feasible: &[&Rc<Node>],
    only: Option<OnlyNode>,
) -> Pass {
    let ranking = scores::rank(view, filters, feasible);
    let Some(best) = ranking.best.first() else { return Pass::nothing() };
    let node = best.node.clone();
    match volumes::prepare(view, pod, &node) {
        volumes::Readiness::Ready => bind(view, pod, node, ranking, feasible.len(), only),
        volumes::Readiness::Preparing(writes, claims) => {
            let reason = SchedulerReason::NodeChosenForVolumes { pod: pod.reference(), node, claims };
            Pass::of(writes, Reason::Scheduler(reason))
        }
        volumes::Readiness::Waiting => Pass::nothing(),
    }
}

fn bind(
    view: View<'_>,
    pod: &Rc<Pod>,
    node: String,
    ranking: Ranking,
    feasible: usize,
    only: Option<OnlyNode>,
) -> Pass {
    let mut bound = (**pod).clone();
    Rc::make_mut(&mut bound.spec).node_name = Some(node.clone());
    // The API server clears it with the binding (gate `ClearingNominatedNodeNameAfterBinding`).
    bound.status.nominated_node_name = None;
    bound.set_condition("PodScheduled", "True", None, None, view.now);
    let nodes = view.cluster.nodes.len();
    let Ranking { best: scores, tied } = ranking;
    let reason = SchedulerReason::Bound { pod: pod.reference(), node, scores, feasible, nodes, tied, only };
    Pass::of(vec![Write::Update(Object::Pod(Rc::new(bound)))], Reason::Scheduler(reason))
}

/// Something keeps the pod off every node, so that evicting others does not help either.
fn kept_off(view: View<'_>, pod: &Rc<Pod>, plugin: Plugin, message: String) -> Pass {
    let all = view.cluster.nodes.len();
    let filters = NodeFilters::new(view, pod);
    let after = match preemption::preempt(view, &filters, &[]) {
        Outcome::Nobody { text, .. } => format!("{NO_CLAIMS}, {text}"),
        Outcome::Chosen(_) => NO_CLAIMS.into(),
    };
    let text = fit_error(all, Some(&message), &BTreeMap::new(), &after);
    let waits_for_claims = plugin == Plugin::VolumeBinding;
    let refusals = vec![Refused { plugin, text: message, nodes: all, example: None }];
    unschedulable(view, pod, text, refusals, waits_for_claims, true)
}

/// No node passed: others are evicted, if that helps.
fn failed<'a>(
    view: View<'a>,
    pod: &Rc<Pod>,
    filters: &NodeFilters<'a>,
    refused: &[(&'a Rc<Node>, NodeRefusal)],
) -> Pass {
    let all = view.cluster.nodes.len();
    let refusals = counted(view, filters, refused);
    let reasons = refusals.iter().map(|refusal| (refusal.text.clone(), refusal.nodes)).collect();
    match preemption::preempt(view, filters, refused) {
        Outcome::Nobody { text, ends_nomination } => {
            let message = fit_error(all, None, &reasons, &format!("{NO_CLAIMS}, {text}"));
            unschedulable(view, pod, message, refusals, false, ends_nomination)
        }
        Outcome::Chosen(choice) => {
            let message = fit_error(all, None, &reasons, "");
            let node = choice.candidate.node.metadata.name.clone();
            let mut writes = mark(view, pod, &message, |pod| pod.status.nominated_node_name = Some(node.clone()));
            writes.extend(preemption::evictions(view, pod, &choice));
            let victims = choice.candidate.victims.iter();
            let reason = SchedulerReason::Preempts {
                pod: pod.reference(),
                priority: pod.priority(),
                message,
                victims: victims.map(|pod| Victim { pod: pod.reference(), priority: pod.priority() }).collect(),
                violations: choice.candidate.violations,
                candidates: choice.candidates,
                decided_by: choice.decided_by,
                refusals,
                node,
            };
            Pass::of(writes, Reason::Scheduler(reason))
        }
    }
}

/// The refusals by their words, each with a node as an example; of a resource that is short, the node that lacks least.
fn counted(view: View<'_>, filters: &NodeFilters<'_>, refused: &[(&Rc<Node>, NodeRefusal)]) -> Vec<Refused> {
    let mut by_words: BTreeMap<&str, (Plugin, usize, &Rc<Node>)> = BTreeMap::new();
    for (node, refusal) in refused {
        for reason in &refusal.reasons {
            by_words.entry(reason).or_insert((refusal.plugin, 0, node)).1 += 1;
        }
    }
    let mut refusals: Vec<Refused> = (by_words.into_iter())
        .map(|(text, (plugin, nodes, first))| {
            let example = match plugin {
                Plugin::NodeResourcesFit => least_lacking(filters, text, refused),
                _ => filters.cause(first, plugin),
            };
            Refused { plugin, text: text.to_owned(), nodes, example }
        })
        .collect();
    let left_out = view.cluster.nodes.len().saturating_sub(refused.len());
    if left_out > 0 {
        refusals.push(Refused { plugin: Plugin::NodeAffinity, text: LEFT_OUT.into(), nodes: left_out, example: None });
    }
    refusals
}

/// Of the nodes that lack a resource, the one that lacks least of it.
fn least_lacking(filters: &NodeFilters<'_>, text: &str, refused: &[(&Rc<Node>, NodeRefusal)]) -> Option<RefusedNode> {
    let lacking = refused.iter().filter(|(_, refusal)| refusal.reasons.iter().any(|reason| reason == text));
    let examples = lacking.flat_map(|(node, _)| filters.lacks(node, text));
    examples.min_by_key(|example| match &example.cause {
        RefusalCause::Resource { requested, free, .. } => requested - free,
        _ => i64::MAX,
    })
}

fn unschedulable(
    view: View<'_>,
    pod: &Rc<Pod>,
    message: String,
    refusals: Vec<Refused>,
    waits_for_claims: bool,
    ends_nomination: bool,
) -> Pass {
    let writes = mark(view, pod, &message, |pod| {
        if ends_nomination {
            pod.status.nominated_node_name = None;
        }
    });
    let reason = SchedulerReason::Unschedulable { pod: pod.reference(), message, refusals, waits_for_claims };
    Pass::of(writes, Reason::Scheduler(reason))
}

/// Writes down that the pod is not scheduled (`handleSchedulingFailure`), and what else there is to its status.
fn mark(view: View<'_>, pod: &Rc<Pod>, message: &str, also: impl FnOnce(&mut Pod)) -> Vec<Write> {
    let mut marked = (**pod).clone();
    marked.set_condition("PodScheduled", "False", Some("Unschedulable"), Some(message), view.now);
    also(&mut marked);
    if marked.status == pod.status { vec![] } else { vec![Write::Update(Object::Pod(Rc::new(marked)))] }
}
