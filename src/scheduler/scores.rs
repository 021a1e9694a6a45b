//! Scores of the nodes that passed every filter. Upstream: `pkg/scheduler/framework/plugins/*: Score`.
//!
//! Each plugin gives 0 to 100, times its weight. Equal sums are settled by name; Kubernetes throws a die.

use crate::actor::View;
use crate::api::{Node, Pod, TaintEffect};
use crate::cluster::Requested;
use crate::reason::NodeScore;
use std::rc::Rc;

const MAX: i64 = 100;

/// The nodes with their scores, best first.
pub(super) fn rank(view: View<'_>, pod: &Pod, nodes: &[&Rc<Node>]) -> Vec<NodeScore> {
    if let [node] = nodes {
        return vec![NodeScore { node: node.metadata.name.clone(), total: 0, plugins: vec![] }];
    }
    let request = Requested::of(pod);
    let plugins: [(&'static str, i64, Vec<i64>); 5] = [
        ("TaintToleration", 3, inverted(nodes.iter().map(|node| preferred_taints(pod, node)).collect())),
        ("NodeAffinity", 2, normalized(nodes.iter().map(|node| preferred_affinity(pod, node)).collect())),
        ("NodeResourcesFit", 1, nodes.iter().map(|node| least_allocated(view, &request, node)).collect()),
        ("PodTopologySpread", 2, spread(view, pod, nodes)),
        ("NodeResourcesBalancedAllocation", 1, nodes.iter().map(|node| balanced(view, &request, node)).collect()),
    ];
    let mut scores: Vec<NodeScore> = (nodes.iter().enumerate())
        .map(|(index, node)| {
            let plugins: Vec<_> = plugins.iter().map(|(name, weight, of)| (*name, weight * of[index])).collect();
            NodeScore { node: node.metadata.name.clone(), total: plugins.iter().map(|(_, score)| score).sum(), plugins }
        })
        .collect();
    scores.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.node.cmp(&b.node)));
    scores
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

fn preferred_taints(pod: &Pod, node: &Node) -> i64 {
    let soft = node.spec.taints.iter().filter(|taint| taint.effect == TaintEffect::PreferNoSchedule);
    i64::try_from(soft.filter(|taint| taint.tolerated_by(&pod.spec.tolerations).is_none()).count()).unwrap_or(0)
}

fn preferred_affinity(pod: &Pod, node: &Node) -> i64 {
    let affinity = pod.spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref());
    let terms = affinity.map_or(&[][..], |affinity| &affinity.preferred_during_scheduling_ignored_during_execution);
    terms.iter().filter(|term| term.preference.matches(node)).map(|term| i64::from(term.weight)).sum()
}

/// Mean of the free shares of CPU and memory, in percent (`leastResourceScorer`).
fn least_allocated(view: View<'_>, request: &Requested, node: &Node) -> i64 {
    let used = view.cluster.requested_on(&node.metadata.name);
    let share = |used: i64, wanted: i64, allocatable: i64| match allocatable {
        0 => None,
        _ if used + wanted > allocatable => Some(0),
        _ => Some((allocatable - used - wanted) * MAX / allocatable),
    };
    let shares = [
        share(used.scored_cpu_milli, request.scored_cpu_milli, node.allocatable_cpu_milli()),
        share(used.scored_memory / 1024, request.scored_memory / 1024, node.allocatable_memory() / 1024),
    ];
    let known: Vec<i64> = shares.into_iter().flatten().collect();
    known.iter().sum::<i64>() / i64::try_from(known.len()).unwrap_or(1).max(1)
}

/// How the balance between CPU and memory changes with the pod (`balancedResourceScorer` of v1.36); 0 for a pod that
/// requests nothing. With two resources the standard deviation is half their difference.
fn balanced(view: View<'_>, request: &Requested, node: &Node) -> i64 {
    if request.cpu_milli == 0 && request.memory == 0 {
        return 0;
    }
    let used = view.cluster.requested_on(&node.metadata.name);
    // Ten-thousandths of the node.
    let fraction =
        |used: i64, allocatable: i64| if allocatable == 0 { 0 } else { (used * 10_000 / allocatable).min(10_000) };
    let balance = |cpu: i64, memory: i64| {
        let cpu = fraction(cpu, node.allocatable_cpu_milli());
        let memory = fraction(memory / 1024, node.allocatable_memory() / 1024);
        (10_000 - (cpu - memory).abs() / 2) / 100
    };
    let before = balance(used.cpu_milli, used.memory);
    let after = balance(used.cpu_milli + request.cpu_milli, used.memory + request.memory);
    50 + (50 + after - before) / 2
}

/// Fewer pods of the same controller on a node is better: the default constraint on `kubernetes.io/hostname`, for pods
/// that have no constraint of their own (`buildDefaultConstraints`).
fn spread(view: View<'_>, pod: &Pod, nodes: &[&Rc<Node>]) -> Vec<i64> {
    let Some(owner) = pod.metadata.controller().filter(|_| pod.spec.topology_spread_constraints.is_empty()) else {
        return vec![0; nodes.len()];
    };
    let counts: Vec<i64> = (nodes.iter())
        .map(|node| {
            let pods = view.cluster.pods_on(&node.metadata.name).filter(|other| !other.is_terminating());
            let same = |other: &&Rc<Pod>| other.metadata.controller().is_some_and(|theirs| theirs.uid == owner.uid);
            i64::try_from(pods.filter(same).count()).unwrap_or(0)
        })
        .collect();
    let (highest, lowest) = (counts.iter().max().copied().unwrap_or(0), counts.iter().min().copied().unwrap_or(0));
    counts
        .into_iter()
        .map(|count| if highest == 0 { MAX } else { MAX * (highest + lowest - count) / highest })
        .collect()
}
