//! The rules that the scheduler follows beyond taints, selectors, requests and volumes.

use super::{
    BINDING, BINDING_MODE, CORDON, DAEMON_PER_NODE, FILTER_AND_SCORE, Rule, SCHEDULER_NODE_SELECTOR,
    SCHEDULER_RESOURCES, SCHEDULER_TAINTS, SCHEDULER_VOLUMES,
};
use crate::reason::{OnlyNode, Plugin, Refused, SchedulerReason};

rules! {
    PREEMPTION {
        "scheduler-preemption",
        "Preemption by priority",
        "按优先级抢占",
        "concepts/scheduling-eviction/pod-priority-preemption/#preemption",
        "pkg/scheduler/framework/preemption/preemption.go: Preempt"
    }
    GATES {
        "scheduler-gates",
        "Scheduling gates",
        "调度门控",
        "concepts/scheduling-eviction/pod-scheduling-readiness/",
        "pkg/scheduler/framework/plugins/schedulinggates/scheduling_gates.go: PreEnqueue"
    }
    SPREAD {
        "scheduler-topology-spread",
        "Spread over domains",
        "分布到各个拓扑域",
        "concepts/scheduling-eviction/topology-spread-constraints/",
        "pkg/scheduler/framework/plugins/podtopologyspread/filtering.go: Filter"
    }
    NEIGHBOURS {
        "scheduler-pod-affinity",
        "Affinity and anti-affinity between pods",
        "Pod 间的亲和性与反亲和性",
        "concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity",
        "pkg/scheduler/framework/plugins/interpodaffinity/filtering.go: Filter"
    }
    PORTS {
        "scheduler-host-ports",
        "A host port is free once",
        "主机端口只能用一次",
        "concepts/configuration/overview/#services",
        "pkg/scheduler/framework/plugins/nodeports/node_ports.go: Filter"
    }
    ONE_POD_PER_CLAIM {
        "scheduler-claim-of-one-pod",
        "A claim for one pod alone",
        "只给一个 Pod 用的 PVC",
        "concepts/storage/persistent-volumes/#access-modes",
        "pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go: Filter"
    }
}

pub(super) fn rule_of(reason: &SchedulerReason) -> &'static Rule {
    match reason {
        SchedulerReason::Bound { only: Some(OnlyNode::Pinned), .. } => &DAEMON_PER_NODE,
        SchedulerReason::Bound { only: Some(OnlyNode::Nominated), .. } | SchedulerReason::Preempts { .. } => {
            &PREEMPTION
        }
        SchedulerReason::Bound { only: None, .. } => &FILTER_AND_SCORE,
        SchedulerReason::Gated { .. } => &GATES,
        SchedulerReason::Unschedulable { refusals, .. } => {
            let most = refusals.iter().rev().max_by_key(|refused| refused.nodes);
            most.map_or(&FILTER_AND_SCORE, refusal)
        }
        SchedulerReason::NodeChosenForVolumes { .. } => &BINDING_MODE,
    }
}

/// The rule behind a refusal.
fn refusal(refused: &Refused) -> &'static Rule {
    match (refused.plugin, refused.text.as_str()) {
        (Plugin::TaintToleration, _) => &SCHEDULER_TAINTS,
        (Plugin::NodeAffinity, "node(s) didn't satisfy plugin(s) [NodeAffinity]") => &DAEMON_PER_NODE,
        (Plugin::NodeAffinity, _) => &SCHEDULER_NODE_SELECTOR,
        (Plugin::NodeUnschedulable, _) => &CORDON,
        (Plugin::NodePorts, _) => &PORTS,
        (Plugin::NodeResourcesFit, _) => &SCHEDULER_RESOURCES,
        (Plugin::VolumeBinding, "pod has unbound immediate PersistentVolumeClaims") => &BINDING_MODE,
        (Plugin::VolumeBinding, "node(s) didn't find available persistent volumes to bind") => &BINDING,
        (Plugin::VolumeBinding | Plugin::VolumeZone, _) => &SCHEDULER_VOLUMES,
        (Plugin::VolumeRestrictions, _) => &ONE_POD_PER_CLAIM,
        (Plugin::PodTopologySpread, _) => &SPREAD,
        (Plugin::InterPodAffinity, _) => &NEIGHBOURS,
        (Plugin::NodeName, _) => &FILTER_AND_SCORE,
    }
}
