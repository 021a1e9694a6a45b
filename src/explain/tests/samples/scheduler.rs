//! Samples of what the scheduler does.

use super::super::world::{claim, pod, step};
use super::text;
use crate::engine::Step;
use crate::reason::{
    Criterion, NodeScore, OnlyNode, Plugin, Reason, RefusalCause, Refused, RefusedNode, SchedulerReason, Victim,
};

fn score(node: &str, total: i64) -> NodeScore {
    let plugins = vec![("TaintToleration", 300), ("NodeResourcesFit", total - 300)];
    NodeScore { node: text(node), total, plugins }
}

fn bound(scores: Vec<NodeScore>, feasible: usize, tied: usize, only: Option<OnlyNode>) -> SchedulerReason {
    let of = if only == Some(OnlyNode::Pinned) { "agent-x7k2p" } else { "web-1" };
    SchedulerReason::Bound { pod: pod(of), node: text("worker-1"), scores, feasible, nodes: 20, tied, only }
}

fn refused(plugin: Plugin, words: &str, nodes: usize, cause: Option<RefusalCause>) -> Refused {
    let example = cause.map(|cause| RefusedNode { node: text("worker-1"), cause });
    Refused { plugin, text: text(words), nodes, example }
}

fn cpu(nodes: usize, free: i64) -> Refused {
    let cause = RefusalCause::Resource { name: text("cpu"), requested: 3_000, free, capacity: 4_000 };
    refused(Plugin::NodeResourcesFit, "Insufficient cpu", nodes, Some(cause))
}

/// A pod that all nodes refuse for one reason.
fn unschedulable(refusals: Vec<Refused>, preemption: &str) -> SchedulerReason {
    let parts: Vec<_> = refusals.iter().map(|refused| format!("{} {}", refused.nodes, refused.text)).collect();
    let message = format!("0/4 nodes are available: {}. no new claims to deallocate, {preemption}", parts.join(", "));
    SchedulerReason::Unschedulable { pod: pod("web-1"), message, refusals, waits_for_claims: false }
}

const NOT_HELPFUL: &str = "preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.";
const NO_VICTIMS: &str = "preemption: 0/4 nodes are available: 4 No preemption victims found for incoming pod.";

/// A pod that is kept off every node before any is looked at.
fn kept_off(plugin: Plugin, words: &str) -> SchedulerReason {
    let message = format!("0/4 nodes are available: {words}. no new claims to deallocate, {NOT_HELPFUL}");
    let refusals = vec![refused(plugin, words, 4, None)];
    SchedulerReason::Unschedulable {
        pod: pod("web-1"),
        message,
        refusals,
        waits_for_claims: plugin == Plugin::VolumeBinding,
    }
}

fn one(plugin: Plugin, words: &str, cause: Option<RefusalCause>) -> SchedulerReason {
    unschedulable(vec![refused(plugin, words, 3, cause)], NOT_HELPFUL)
}

fn preempts(decided_by: Criterion, violations: usize, victims: &[(&str, i32)]) -> SchedulerReason {
    SchedulerReason::Preempts {
        pod: pod("web-1"),
        priority: 1_000,
        node: text("worker-1"),
        message: text("0/4 nodes are available: 4 Insufficient cpu."),
        victims: victims.iter().map(|(name, priority)| Victim { pod: pod(name), priority: *priority }).collect(),
        violations,
        candidates: if decided_by == Criterion::OnlyOne { 1 } else { 3 },
        decided_by,
        refusals: vec![cpu(4, 1_000)],
    }
}

samples! {
    reasons: SchedulerReason {
        SchedulerReason::Bound { .. } => [
            bound(vec![score("worker-1", 394), score("worker-2", 380)], 2, 1, None),
            bound((1..=9).map(|number| score(&format!("worker-{number}"), 394)).collect(), 15, 9, None),
            bound(vec![score("worker-1", 0)], 1, 1, None),
            bound(vec![score("worker-1", 0)], 1, 1, Some(OnlyNode::Pinned)),
            bound(vec![score("worker-1", 0)], 1, 1, Some(OnlyNode::Nominated)),
        ],
        SchedulerReason::Unschedulable { .. } => [
            unschedulable(
                vec![
                    cpu(3, 500),
                    refused(
                        Plugin::TaintToleration,
                        "node(s) had untolerated taint(s)",
                        1,
                        Some(RefusalCause::Taint(text("dedicated=db:NoSchedule"))),
                    ),
                ],
                NO_VICTIMS,
            ),
            unschedulable(
                vec![refused(
                    Plugin::NodeResourcesFit,
                    "Insufficient memory",
                    1,
                    Some(RefusalCause::Resource {
                        name: text("memory"),
                        requested: 64 << 30,
                        free: 3 << 30,
                        capacity: 8 << 30,
                    }),
                )],
                NOT_HELPFUL,
            ),
            unschedulable(vec![cpu(4, 1_000)], "preemption: not eligible due to preemptionPolicy=Never."),
            unschedulable(
                vec![cpu(4, 1_000)],
                "preemption: not eligible due to a terminating pod on the nominated node.",
            ),
            one(
                Plugin::NodeResourcesFit,
                "Too many pods",
                Some(RefusalCause::Resource { name: text("pods"), requested: 1, free: 0, capacity: 110 }),
            ),
            one(
                Plugin::NodeAffinity,
                "node(s) didn't match Pod's node affinity/selector",
                Some(RefusalCause::Label { key: text("disk"), wanted: text("ssd") }),
            ),
            one(Plugin::NodeAffinity, "node(s) didn't satisfy plugin(s) [NodeAffinity]", None),
            kept_off(Plugin::NodeAffinity, "pod affinity terms conflict"),
            one(Plugin::NodeName, "node(s) didn't match the requested node name", None),
            one(Plugin::NodeUnschedulable, "node(s) were unschedulable", None),
            one(
                Plugin::NodePorts,
                "node(s) didn't have free ports for the requested pod ports",
                Some(RefusalCause::Port(80)),
            ),
            kept_off(Plugin::VolumeBinding, "pod has unbound immediate PersistentVolumeClaims"),
            one(Plugin::VolumeBinding, "node(s) didn't match PersistentVolume's node affinity", None),
            one(Plugin::VolumeBinding, "node(s) didn't find available persistent volumes to bind", None),
            kept_off(Plugin::VolumeBinding, "persistentvolumeclaim \"data-web-1\" not found"),
            one(
                Plugin::VolumeRestrictions,
                "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by \
                 another pod",
                None,
            ),
            one(Plugin::VolumeZone, "node(s) had no available volume zone", None),
            one(
                Plugin::PodTopologySpread,
                "node(s) didn't match pod topology spread constraints",
                Some(RefusalCause::Skew {
                    topology_key: text("topology.kubernetes.io/zone"),
                    domain: text("a"),
                    skew: 2,
                    least: 0,
                    max_skew: 1,
                }),
            ),
            one(
                Plugin::PodTopologySpread,
                "node(s) didn't match pod topology spread constraints (missing required label)",
                Some(RefusalCause::NoDomain { topology_key: text("topology.kubernetes.io/zone") }),
            ),
            one(
                Plugin::InterPodAffinity,
                "node(s) didn't match pod affinity rules",
                Some(RefusalCause::Neighbours { topology_key: text("topology.kubernetes.io/zone"), domain: text("a") }),
            ),
            one(
                Plugin::InterPodAffinity,
                "node(s) didn't match pod anti-affinity rules",
                Some(RefusalCause::Neighbours { topology_key: text("kubernetes.io/hostname"), domain: text("worker-1") }),
            ),
            one(Plugin::InterPodAffinity, "node(s) didn't satisfy existing pods anti-affinity rules", None),
            SchedulerReason::Unschedulable {
                pod: pod("web-1"),
                message: text("no nodes available to schedule pods"),
                refusals: vec![],
                waits_for_claims: false,
            },
        ],
        SchedulerReason::Preempts { .. } => [
            preempts(Criterion::OnlyOne, 0, &[("batch-1", 0)]),
            preempts(Criterion::Budgets, 1, &[("batch-1", 10), ("batch-2", 0)]),
            preempts(Criterion::HighestPriority, 0, &[("batch-1", 0)]),
            preempts(Criterion::PrioritySum, 0, &[("batch-1", 0)]),
            preempts(Criterion::Victims, 0, &[("batch-1", 0)]),
            preempts(Criterion::StartTime, 0, &[("batch-1", 0)]),
            preempts(Criterion::Name, 0, &[("batch-1", 0)]),
        ],
        SchedulerReason::Gated { .. } => [SchedulerReason::Gated {
            pod: pod("web-1"),
            gates: vec![text("example.com/quota"), text("example.com/review")],
        }],
        SchedulerReason::NodeChosenForVolumes { .. } => [SchedulerReason::NodeChosenForVolumes {
            pod: pod("web-1"),
            node: text("worker-1"),
            claims: vec![claim("data-web-1")],
        }],
    }
}

pub(super) fn steps() -> Vec<Step> {
    reasons().into_iter().map(|reason| step(Reason::Scheduler(reason))).collect()
}
