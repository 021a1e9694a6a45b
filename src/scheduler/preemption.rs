//! Making room for a pod by evicting others of lower priority.
//! Upstream: `pkg/scheduler/framework/preemption/preemption.go`, `pkg/scheduler/framework/plugins/defaultpreemption`.

use super::filters::{NodeFilters, NodeRefusal, WhatIf};
use super::fit_error::fit_error;
use crate::actor::{Deletion, View, Write};
use crate::api::{Node, Object, Pod, PodDisruptionBudget, Resource, Time};
use crate::reason::Criterion;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

/// `v1.PodReasonPreemptionByScheduler`.
const REASON: &str = "PreemptionByScheduler";
/// What nodes say on which evictions do not help.
const NOT_HELPFUL: &str = "Preemption is not helpful for scheduling";
const NO_VICTIMS: &str = "No preemption victims found for incoming pod";

/// What came of it.
pub(super) enum Outcome<'a> {
    /// Nobody is evicted; what the event says, and whether an earlier nomination of the pod ends.
    Nobody { text: String, ends_nomination: bool },
    /// These are.
    Chosen(Choice<'a>),
}

/// A node with who is evicted from it.
pub(super) struct Candidate<'a> {
    pub node: &'a Rc<Node>,
    /// Most important first.
    pub victims: Vec<&'a Rc<Pod>>,
    /// How many of them a disruption budget would have kept.
    pub violations: usize,
}

/// The candidate that was chosen.
pub(super) struct Choice<'a> {
    pub candidate: Candidate<'a>,
    /// Among how many.
    pub candidates: usize,
    pub decided_by: Criterion,
}

/// Looks for a node on which evictions help (`Evaluator.Preempt`). `refused` are the nodes that filters refused; nodes that
/// are missing there were not looked at.
pub(super) fn preempt<'a>(
    view: View<'a>,
    filters: &NodeFilters<'a>,
    refused: &[(&'a Rc<Node>, NodeRefusal)],
) -> Outcome<'a> {
    let pod = filters.pod();
    if let Some(text) = not_eligible(view, pod, refused) {
        return Outcome::Nobody { text: format!("preemption: {text}"), ends_nomination: false };
    }
    let all = view.cluster.nodes.len();
    let resolvable: Vec<_> = refused.iter().filter(|(_, refusal)| refusal.resolvable).collect();
    let wanted = candidates_wanted(resolvable.len());
    let (mut kind, mut violating) = (vec![], vec![]);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let has_lower = view.cluster.lowest_priority().is_some_and(|lowest| lowest < pod.priority());
    for (node, _) in &resolvable {
        let found = if has_lower { victims_on(view, filters, node) } else { Err(vec![NO_VICTIMS.into()]) };
        match found {
            Ok(candidate) if candidate.violations == 0 => kind.push(candidate),
            Ok(candidate) => violating.push(candidate),
            Err(texts) => texts.into_iter().for_each(|text| *reasons.entry(text).or_default() += 1),
        }
        if !kind.is_empty() && kind.len() + violating.len() >= wanted {
            break;
        }
    }
    let candidates: Vec<_> = kind.into_iter().chain(violating).collect();
    let count = candidates.len();
    if let Some((candidate, decided_by)) = pick(candidates, view.now) {
        return Outcome::Chosen(Choice { candidate, candidates: count, decided_by });
    }
    if resolvable.len() < all {
        *reasons.entry(NOT_HELPFUL.into()).or_default() += all - resolvable.len();
    }
    let text = format!("preemption: {}", fit_error(all, None, &reasons, ""));
    Outcome::Nobody { text, ends_nomination: true }
}

/// After how many candidates the search may end (`calculateNumCandidates`). Kubernetes begins it at a node taken at random,
/// this one with the first by name.
fn candidates_wanted(nodes: usize) -> usize {
    (nodes / 10).max(100).min(nodes)
}

/// Why a pod may not evict others (`PodEligibleToPreemptOthers`).
fn not_eligible(view: View<'_>, pod: &Pod, refused: &[(&Rc<Node>, NodeRefusal)]) -> Option<&'static str> {
    if pod.spec.preemption_policy.as_deref() == Some("Never") {
        return Some("not eligible due to preemptionPolicy=Never.");
    }
    let nominated = pod.status.nominated_node_name.as_deref()?;
    let is_hopeless = !refused.iter().any(|(node, refusal)| node.metadata.name == nominated && refusal.resolvable);
    let is_going = |other: &Rc<Pod>| {
        other.priority() < pod.priority()
            && other.is_terminating()
            && other
                .condition("DisruptionTarget")
                .is_some_and(|it| it.status == "True" && it.reason.as_deref() == Some(REASON))
    };
    (!is_hopeless && view.cluster.standing_on(nominated).any(is_going))
        .then_some("not eligible due to a terminating pod on the nominated node.")
}

/// The fewest pods whose eviction makes room on a node, or why none do (`SelectVictimsOnNode`).
fn victims_on<'a>(view: View<'a>, filters: &NodeFilters<'a>, node: &'a Rc<Node>) -> Result<Candidate<'a>, Vec<String>> {
    let priority = filters.pod().priority();
    let mut potential: Vec<&'a Rc<Pod>> =
        view.cluster.standing_on(&node.metadata.name).filter(|other| other.priority() < priority).collect();
    if potential.is_empty() {
        return Err(vec![NO_VICTIMS.into()]);
    }
    potential.sort_by_key(|pod| importance(pod, view.now));
    let mut removed: Vec<&'a Rc<Pod>> = potential.clone();
    let fits_without = |removed: &[&'a Rc<Pod>]| {
        let what_if = WhatIf { added: vec![], removed: removed.iter().map(|pod| pod.as_ref()).collect() };
        filters.refusal_if(node, &what_if)
    };
    if let Some(refusal) = fits_without(&removed) {
        return Err(refusal.reasons.into_iter().map(Into::into).collect());
    }
    let budgets: Vec<&PodDisruptionBudget> = view.cluster.disruption_budgets.iter().map(Rc::as_ref).collect();
    let (violating, others) = by_budgets(&potential, &budgets);
    let mut violations = 0;
    // Those whose eviction would violate a budget are spared first, then the others, the most important first.
    for (pod, violates) in violating.iter().map(|pod| (pod, true)).chain(others.iter().map(|pod| (pod, false))) {
        let spared: Vec<_> = removed.iter().copied().filter(|other| !Rc::ptr_eq(other, pod)).collect();
        if fits_without(&spared).is_none() {
            removed = spared;
        } else {
            violations += usize::from(violates);
        }
    }
    if removed.is_empty() {
        return Err(vec![]);
    }
    Ok(Candidate { node, victims: removed, violations })
}

/// Smaller for more important pods (`MoreImportantPod`): a higher priority, then an earlier start. A pod that has not
/// started counts as starting now.
fn importance(pod: &Pod, now: Time) -> (Reverse<i32>, Time, String) {
    let start = pod.status.start_time.unwrap_or(now).whole_second();
    (Reverse(pod.priority()), start, format!("{}/{}", pod.metadata.namespace, pod.metadata.name))
}

/// Pods whose eviction would violate a disruption budget, and the others, in the order given
/// (`filterPodsWithPDBViolation`).
fn by_budgets<'p>(pods: &[&'p Rc<Pod>], budgets: &[&PodDisruptionBudget]) -> (Vec<&'p Rc<Pod>>, Vec<&'p Rc<Pod>>) {
    let mut allowed: Vec<i32> = budgets.iter().map(|budget| budget.status.disruptions_allowed).collect();
    pods.iter().copied().partition(|pod| {
        let mut violates = false;
        for (budget, allowed) in budgets.iter().zip(&mut allowed) {
            let selector = budget.spec.selector.as_ref().filter(|selector| !selector.is_empty());
            let concerns = budget.metadata.namespace == pod.metadata.namespace
                && !pod.metadata.labels.is_empty()
                && selector.is_some_and(|selector| selector.matches(&pod.metadata.labels))
                && !budget.status.disrupted_pods.contains_key(&pod.metadata.name);
            if concerns {
                *allowed -= 1;
                violates |= *allowed < 0;
            }
        }
        violates
    })
}

/// The best candidate and what decided (`pickOneNodeForPreemption`). The last criterion is the name, where Kubernetes
/// takes any.
fn pick(mut candidates: Vec<Candidate<'_>>, now: Time) -> Option<(Candidate<'_>, Criterion)> {
    candidates.sort_by(|a, b| a.node.metadata.name.cmp(&b.node.metadata.name));
    let mut decided_by = Criterion::OnlyOne;
    for (criterion, cost) in CRITERIA {
        if candidates.len() < 2 {
            break;
        }
        decided_by = criterion;
        let least = candidates.iter().map(|candidate| cost(candidate, now)).min();
        candidates.retain(|candidate| Some(cost(candidate, now)) == least);
    }
    if candidates.len() > 1 {
        decided_by = Criterion::Name;
    }
    candidates.into_iter().next().map(|candidate| (candidate, decided_by))
}

type Cost = fn(&Candidate<'_>, Time) -> i64;

/// What candidates are compared by; less is better.
const CRITERIA: [(Criterion, Cost); 5] = [
    (Criterion::Budgets, |candidate, _| i64::try_from(candidate.violations).unwrap_or(i64::MAX)),
    (Criterion::HighestPriority, |candidate, _| candidate.victims.first().map_or(0, |pod| pod.priority().into())),
    (Criterion::PrioritySum, |candidate, _| {
        // Every priority counts as positive, so that fewer pods of a negative one are better than more.
        candidate.victims.iter().map(|pod| i64::from(pod.priority()) + i64::from(i32::MAX) + 1).sum()
    }),
    (Criterion::Victims, |candidate, _| i64::try_from(candidate.victims.len()).unwrap_or(i64::MAX)),
    (Criterion::StartTime, |candidate, now| {
        let highest = candidate.victims.first().map(|pod| pod.priority());
        let most_important = candidate.victims.iter().filter(|pod| Some(pod.priority()) == highest);
        let started = most_important.map(|pod| pod.status.start_time.unwrap_or(now).whole_second()).min();
        -started.map_or(0, |time| i64::try_from(time.0).unwrap_or(i64::MAX))
    }),
];

/// The evictions (`prepareCandidateAsync`, `Executor.PreemptPod`): pods of lower priority lose their nomination for the
/// node; each victim is told why and deleted with its own grace, unless it is going already.
pub(super) fn evictions(view: View<'_>, pod: &Pod, choice: &Choice<'_>) -> Vec<Write> {
    let name = &choice.candidate.node.metadata.name;
    let mut writes = vec![];
    for other in view.cluster.nominated_on(name).filter(|other| other.priority() < pod.priority()) {
        let mut cleared = (**other).clone();
        cleared.status.nominated_node_name = None;
        writes.push(Write::Update(Object::Pod(Rc::new(cleared))));
    }
    for victim in choice.candidate.victims.iter().filter(|victim| !victim.is_terminating()) {
        let mut told = (***victim).clone();
        let message = "default-scheduler: preempting to accommodate a higher priority pod";
        told.set_condition("DisruptionTarget", "True", Some(REASON), Some(message), view.now);
        writes.push(Write::Update(Object::Pod(Rc::new(told))));
        writes.push(Deletion::of(victim.reference(), victim.metadata.uid));
    }
    writes
}
