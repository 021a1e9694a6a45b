//! Scores of the nodes that passed every filter. Upstream: `pkg/scheduler/framework/plugins/*: Score`.
//!
//! Each plugin gives 0 to 100, times its weight. Equal sums are settled by name; Kubernetes throws a die. All nodes that
//! pass are scored, where Kubernetes stops looking once it has found enough in a cluster of a hundred nodes or more.

mod logarithm;

use super::filters::NodeFilters;
use super::pod_affinity;
use super::spread::{self, Constraint, HOSTNAME};
use crate::actor::View;
use crate::api::{Float64, Node, Pod, Resource, TaintEffect, preferred_score};
use crate::cluster::Requested;
use crate::reason::NodeScore;
use logarithm::LogSum;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

const MAX: i64 = 100;
/// So many nodes are kept with their scores.
const KEPT: usize = 12;

/// The outcome of scoring.
pub(super) struct Ranking {
    /// The best nodes, best first.
    pub best: Vec<NodeScore>,
    /// How many share the highest score.
    pub tied: usize,
}

/// Scores nodes. A single node is not scored.
pub(super) fn rank(view: View<'_>, filters: &NodeFilters<'_>, nodes: &[&Rc<Node>]) -> Ranking {
    if let [node] = nodes {
        let best = vec![NodeScore { node: node.metadata.name.clone(), total: 0, plugins: vec![] }];
        return Ranking { best, tied: 1 };
    }
    let plugins = plugin_scores(view, filters, nodes);
    let total = |index: usize| -> i64 { plugins.iter().map(|(_, weight, of)| weight * of[index]).sum() };
    let chance = view.world.chance.get(&filters.pod().key());
    let luck = |node: &Node| chance.map_or(0, |chance| chance.rank(&node.metadata.name));
    let mut order: Vec<(Reverse<i64>, u8, &str, usize)> = (nodes.iter().enumerate())
        .map(|(index, node)| (Reverse(total(index)), luck(node), node.metadata.name.as_str(), index))
        .collect();
    order.sort_unstable();
    let tied = order.iter().take_while(|(total, ..)| order.first().is_some_and(|best| best.0 == *total)).count();
    let kept = order.iter().take(KEPT).map(|(Reverse(total), _, node, index)| NodeScore {
        node: (*node).to_owned(),
        total: *total,
        plugins: plugins.iter().map(|(name, weight, of)| (*name, weight * of[*index])).collect(),
    });
    Ranking { best: kept.collect(), tied }
}

/// The score of each plugin, 0 to 100 a node, with its name and its weight, in the order in which they run.
pub(super) fn plugin_scores(
    view: View<'_>,
    filters: &NodeFilters<'_>,
    nodes: &[&Rc<Node>],
) -> [(&'static str, i64, Vec<i64>); 6] {
    let (pod, request) = (filters.pod(), filters.request());
    let comparison_operators = view.settings.cluster.taint_toleration_comparison_operators();
    let soft_taints = |node: &&Rc<Node>| preferred_taints(pod, node, comparison_operators);
    let preferred = |node: &&Rc<Node>| preferred_score(pod.spec.preferred_node_terms(), node);
    // `ImageLocality` would come last: it knows images by what kubelets report, and no kubelet here reports any.
    [
        ("TaintToleration", 3, inverted(nodes.iter().map(soft_taints).collect())),
        ("NodeAffinity", 2, normalized(nodes.iter().map(preferred).collect())),
        ("NodeResourcesFit", 1, nodes.iter().map(|node| least_allocated(view, request, node)).collect()),
        ("PodTopologySpread", 2, topology_spread(view, pod, nodes)),
        ("InterPodAffinity", 2, neighbourhood(view, pod, nodes)),
        ("NodeResourcesBalancedAllocation", 1, nodes.iter().map(|node| balanced(view, request, node)).collect()),
    ]
}

/// Highest value 100, the others in proportion (`DefaultNormalizeScore`).
fn normalized(values: Vec<i64>) -> Vec<i64> {
    let highest = values.iter().copied().max().unwrap_or(0);
    values.into_iter().map(|value| if highest == 0 { 0 } else { value * MAX / highest }).collect()
}

/// The same with the lowest value best.
fn inverted(values: Vec<i64>) -> Vec<i64> {
    let highest = values.iter().copied().max().unwrap_or(0);
    values.into_iter().map(|value| if highest == 0 { MAX } else { MAX - value * MAX / highest }).collect()
}

/// Taints with effect `PreferNoSchedule` that the pod does not tolerate (`countIntolerableTaintsPreferNoSchedule`).
fn preferred_taints(pod: &Pod, node: &Node, comparison_operators: bool) -> i64 {
    let soft = node.spec.taints.iter().filter(|taint| taint.effect == TaintEffect::PreferNoSchedule);
    let tolerations = &pod.spec.tolerations;
    let untolerated = soft
        .filter(|taint| !tolerations.iter().any(|toleration| toleration.tolerates_under(taint, comparison_operators)));
    i64::try_from(untolerated.count()).unwrap_or(0)
}

/// Mean of the free shares of CPU and memory, in percent (`leastResourceScorer`).
fn least_allocated(view: View<'_>, request: &Requested, node: &Node) -> i64 {
    let used = view.cluster.requested_on(&node.metadata.name);
    let share = |used: i64, wanted: i64, allocatable: i64| match allocatable {
        0 => None,
        _ if used + wanted > allocatable => Some(0),
        _ => {
            let free = i128::from(allocatable - used - wanted) * i128::from(MAX) / i128::from(allocatable);
            i64::try_from(free).ok()
        }
    };
    let shares = [
        share(used.scored_cpu_milli, request.scored_cpu_milli, node.allocatable_cpu_milli()),
        share(used.scored_memory, request.scored_memory, node.allocatable_memory()),
    ];
    let known: Vec<i64> = shares.into_iter().flatten().collect();
    known.iter().sum::<i64>() / i64::try_from(known.len()).unwrap_or(1).max(1)
}

/// How the balance between CPU and memory changes with the pod (`balancedResourceScorer` of v1.36); 0 for a pod that
/// requests nothing.
fn balanced(view: View<'_>, request: &Requested, node: &Node) -> i64 {
    if request.cpu_milli == 0 && request.memory == 0 {
        return 0;
    }
    let used = view.cluster.requested_on(&node.metadata.name);
    let (cpu, memory) = (node.allocatable_cpu_milli(), node.allocatable_memory());
    let without = balance([(used.cpu_milli, cpu), (used.memory, memory)]);
    let with = balance([(used.cpu_milli + request.cpu_milli, cpu), (used.memory + request.memory, memory)]);
    MAX / 2 + (MAX / 2 + with - without) / 2
}

/// `float64(part) / float64(whole)`; 0 of nothing.
fn quotient(part: i64, whole: i64) -> Float64 {
    Float64::of(part).over(Float64::of(whole)).unwrap_or(Float64::ZERO)
}

/// One less the standard deviation of the used shares, in percent (`balancedResourceScore`). Of two shares it is half
/// their difference; a resource that the node does not have is left out, and of one share it is nothing.
fn balance([cpu, memory]: [(i64, i64); 2]) -> i64 {
    let fraction = |(used, allocatable): (i64, i64)| quotient(used, allocatable).min(Float64::ONE);
    if cpu.1 <= 0 || memory.1 <= 0 {
        return MAX;
    }
    let deviation = (fraction(cpu) - fraction(memory)).abs() * quotient(1, 2);
    ((Float64::ONE - deviation) * Float64::of(MAX)).truncated()
}

/// Fewer matching pods in a node's domains is better (`podtopologyspread/scoring.go`).
fn topology_spread(view: View<'_>, pod: &Pod, nodes: &[&Rc<Node>]) -> Vec<i64> {
    // Nodes without a label of the pod's own constraints score nothing; of the default ones a label may be missing.
    let has_own = !pod.spec.topology_spread_constraints.is_empty();
    let constraints = match has_own {
        true => spread::constraints_of(pod, "ScheduleAnyway"),
        false => spread::default_constraints(view, pod),
    };
    if constraints.is_empty() {
        return vec![0; nodes.len()];
    }
    let counts_for = |node: &Node| !has_own || spread::has_all_keys(node, &constraints);
    let scored: Vec<bool> = nodes.iter().map(|node| counts_for(node)).collect();
    let candidates = || nodes.iter().zip(&scored).filter(|(_, scored)| **scored).map(|(node, _)| *node);
    let mut sums = vec![LogSum::default(); nodes.len()];
    // A label that no candidate has adds to no score.
    let has_key = |constraint: &&Constraint<'_>| {
        candidates().any(|node| node.metadata.labels.contains_key(constraint.topology_key))
    };
    for constraint in constraints.iter().filter(has_key) {
        let by_domain = match constraint.topology_key {
            HOSTNAME => None,
            key => {
                Some(matching_by_domain(view, pod, constraint, &counts_for, candidates().map(|node| domain(node, key))))
            }
        };
        let size = by_domain.as_ref().map_or_else(|| candidates().count(), BTreeMap::len);
        for ((node, sum), _) in nodes.iter().zip(&mut sums).zip(&scored).filter(|(_, scored)| **scored) {
            let Some(own) = node.metadata.labels.get(constraint.topology_key) else { continue };
            let matching = match &by_domain {
                None => constraint.count_on(view, pod, &node.metadata.name),
                Some(counts) => counts.get(own.as_str()).copied().unwrap_or(0),
            };
            sum.add(matching, size, constraint.max_skew - 1);
        }
    }
    let sums: Vec<i64> = sums.iter().map(LogSum::rounded).collect();
    let counted = || sums.iter().zip(&scored).filter(|(_, scored)| **scored).map(|(sum, _)| *sum);
    let (highest, lowest) = (counted().max().unwrap_or(0), counted().min().unwrap_or(0));
    let score = |(sum, scored): (&i64, &bool)| match (scored, highest) {
        (false, _) => 0,
        (true, 0) => MAX,
        (true, _) => MAX * (highest + lowest - sum) / highest,
    };
    sums.iter().zip(&scored).map(score).collect()
}

/// A node without the label is in the domain without a name.
fn domain<'n>(node: &'n Node, key: &str) -> &'n str {
    node.metadata.labels.get(key).map_or("", String::as_str)
}

/// Matching pods on all nodes that a constraint includes, in the domains of the nodes that are scored.
fn matching_by_domain<'n>(
    view: View<'n>,
    pod: &Pod,
    constraint: &Constraint<'_>,
    counts_for: &dyn Fn(&Node) -> bool,
    domains: impl Iterator<Item = &'n str>,
) -> BTreeMap<&'n str, i64> {
    let comparison_operators = view.settings.cluster.taint_toleration_comparison_operators();
    let mut counts: BTreeMap<&str, i64> = domains.collect::<BTreeSet<_>>().into_iter().map(|name| (name, 0)).collect();
    for node in view.cluster.nodes.iter() {
        let Some(count) = counts.get_mut(domain(node, constraint.topology_key)) else { continue };
        if counts_for(node) && constraint.includes(pod, node, comparison_operators) {
            *count += constraint.count_on(view, pod, &node.metadata.name);
        }
    }
    counts
}

/// The worth of a node's neighbourhood, the lowest 0 and the highest 100 (`interpodaffinity/scoring.go`).
fn neighbourhood(view: View<'_>, pod: &Pod, nodes: &[&Rc<Node>]) -> Vec<i64> {
    let worth = pod_affinity::worth(view, pod);
    if worth.is_empty() {
        return vec![0; nodes.len()];
    }
    let of = |node: &&Rc<Node>| -> i64 {
        let labels = &node.metadata.labels;
        let domains = worth.iter().filter_map(|(key, domains)| domains.get(labels.get(*key)?.as_str()));
        domains.sum()
    };
    let sums: Vec<i64> = nodes.iter().map(of).collect();
    let (highest, lowest) = (sums.iter().max().copied().unwrap_or(0), sums.iter().min().copied().unwrap_or(0));
    let score = |sum: i64| match highest - lowest {
        0 => 0,
        span => (Float64::of(MAX) * quotient(sum - lowest, span)).truncated(),
    };
    sums.into_iter().map(score).collect()
}
