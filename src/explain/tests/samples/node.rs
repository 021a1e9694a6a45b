//! Samples of what happens to nodes, and to pods because of them.

use crate::api::{Taint, TaintEffect, Time};
use crate::engine::Step;
use crate::explain::tests::world::{node, pod, step};
use crate::reason::{NodeReason, Reason};

fn taint(key: &str, effect: TaintEffect) -> Taint {
    Taint { key: key.into(), value: String::new(), effect, time_added: None }
}

fn unreachable(effect: TaintEffect) -> Taint {
    taint("node.kubernetes.io/unreachable", effect)
}

samples! {
    reasons: NodeReason {
        NodeReason::UnschedulableTaint { .. } => [
            NodeReason::UnschedulableTaint { node: node("worker-3"), added: true },
            NodeReason::UnschedulableTaint { node: node("worker-3"), added: false },
        ],
        NodeReason::ConditionTaints { .. } => [
            NodeReason::ConditionTaints {
                node: node("worker-1"),
                added: vec![unreachable(TaintEffect::NoSchedule)],
                removed: vec![],
            },
            NodeReason::ConditionTaints {
                node: node("worker-1"),
                added: vec![],
                removed: vec![unreachable(TaintEffect::NoSchedule)],
            },
            NodeReason::ConditionTaints {
                node: node("worker-1"),
                added: vec![unreachable(TaintEffect::NoSchedule)],
                removed: vec![taint("node.kubernetes.io/not-ready", TaintEffect::NoSchedule)],
            },
        ],
        NodeReason::Lost { .. } => [
            NodeReason::Lost {
                node: node("worker-1"),
                last_heartbeat: Time(20_000),
                grace_seconds: 50,
                never: false,
                pods: vec![pod("agent-x7k2p"), pod("web-0")],
            },
            NodeReason::Lost {
                node: node("worker-1"),
                last_heartbeat: Time(20_000),
                grace_seconds: 60,
                never: true,
                pods: vec![],
            },
        ],
        NodeReason::DrivesAway { .. } => [
            NodeReason::DrivesAway {
                node: node("worker-1"),
                taint: unreachable(TaintEffect::NoExecute),
                swapped: false,
            },
            NodeReason::DrivesAway {
                node: node("worker-1"),
                taint: unreachable(TaintEffect::NoExecute),
                swapped: true,
            },
        ],
        NodeReason::TaintDelayed { .. } => [
            NodeReason::TaintDelayed { node: node("worker-2"), until: Time(85_000) },
        ],
        NodeReason::EvictionsHeld { .. } => [
            NodeReason::EvictionsHeld { node: node("worker-2"), nodes: 5, not_ready: 3 },
        ],
        NodeReason::EvictionsStopped { .. } => [
            NodeReason::EvictionsStopped { node: node("worker-2"), nodes: 4 },
        ],
        NodeReason::Recovered { .. } => [
            NodeReason::Recovered { node: node("worker-1"), taints: vec![unreachable(TaintEffect::NoExecute)] },
        ],
        NodeReason::EvictionPending { .. } => [
            NodeReason::EvictionPending {
                pod: pod("web-0"),
                node: "worker-1".into(),
                taint: unreachable(TaintEffect::NoExecute),
                seconds: 300,
                due: Time(375_000),
            },
        ],
        NodeReason::EvictionCancelled { .. } => [
            NodeReason::EvictionCancelled { pod: pod("web-0"), node: "worker-1".into(), tolerated: false },
            NodeReason::EvictionCancelled { pod: pod("web-0"), node: "worker-1".into(), tolerated: true },
        ],
        NodeReason::TaintEviction { .. } => [
            NodeReason::TaintEviction {
                pod: pod("web-0"),
                node: "worker-1".into(),
                taint: Some(taint("gpu", TaintEffect::NoExecute)),
                tolerated_seconds: None,
            },
            NodeReason::TaintEviction {
                pod: pod("agent-x7k2p"),
                node: "worker-1".into(),
                taint: Some(taint("gpu", TaintEffect::NoExecute)),
                tolerated_seconds: Some(300),
            },
            NodeReason::TaintEviction {
                pod: pod("web-0"),
                node: "worker-9".into(),
                taint: None,
                tolerated_seconds: None,
            },
        ],
    }
}

pub(super) fn steps() -> Vec<Step> {
    reasons().into_iter().map(|reason| step(Reason::Node(reason))).collect()
}
