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
        "If no node has room for a pod, the scheduler looks for a node where removing pods of lower priority \
         would make room. It removes as few and as unimportant ones as it can, and the pod waits for their \
         place.",
        "没有节点放得下时，调度器会找一个节点，看删掉优先级较低的 Pod 能否腾出位置。它删得尽量少、尽量不重要，\
         Pod 则等着这个位置。",
        "concepts/scheduling-eviction/pod-priority-preemption/#preemption",
        "pkg/scheduler/framework/preemption/preemption.go: Preempt"
    }
    GATES {
        "scheduler-gates",
        "Scheduling gates",
        "调度门控",
        "A pod with scheduling gates is not even looked at. It is scheduled when the last gate has been taken \
         out.",
        "带有 scheduling gate 的 Pod，调度器看都不看。最后一个 gate 去掉之后才会调度。",
        "concepts/scheduling-eviction/pod-scheduling-readiness/",
        "pkg/scheduler/framework/plugins/schedulinggates/scheduling_gates.go: PreEnqueue"
    }
    SPREAD {
        "scheduler-topology-spread",
        "Spread over domains",
        "分布到各个拓扑域",
        "A spread constraint limits by how much the number of matching pods may differ between domains, for \
         example zones. `DoNotSchedule` forbids a node that would break it, `ScheduleAnyway` only costs \
         points.",
        "拓扑分布约束限制各个域（例如可用区）之间匹配的 Pod 数最多差多少。`DoNotSchedule` 禁用会破坏约束的节点，\
         `ScheduleAnyway` 只是减分。",
        "concepts/scheduling-eviction/topology-spread-constraints/",
        "pkg/scheduler/framework/plugins/podtopologyspread/filtering.go: Filter"
    }
    NEIGHBOURS {
        "scheduler-pod-affinity",
        "Affinity and anti-affinity between pods",
        "Pod 间的亲和性与反亲和性",
        "Affinity brings a pod to where certain others run, anti-affinity keeps it away from them, counted by \
         a label of nodes such as host name or zone. Pods that are there already can refuse newcomers too.",
        "亲和性让 Pod 靠近某些 Pod，反亲和性让它远离，范围由节点的标签决定，例如主机名或可用区。已经在那里的 Pod 也可以拒绝新来的。",
        "concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity",
        "pkg/scheduler/framework/plugins/interpodaffinity/filtering.go: Filter"
    }
    PORTS {
        "scheduler-host-ports",
        "A host port is free once",
        "主机端口只能用一次",
        "A port of the node can be taken by one pod only. A pod that asks for one that is taken does not fit \
         there.",
        "节点的一个端口只能由一个 Pod 占用。想要已占用端口的 Pod 放不进这个节点。",
        "concepts/configuration/overview/#services",
        "pkg/scheduler/framework/plugins/nodeports/node_ports.go: Filter"
    }
    ONE_POD_PER_CLAIM {
        "scheduler-claim-of-one-pod",
        "A claim for one pod alone",
        "只给一个 Pod 用的 PVC",
        "A claim with `ReadWriteOncePod` can be used by one pod in the whole cluster. A second pod waits \
         until the first is gone.",
        "`ReadWriteOncePod` 的 PVC 在整个集群里只能给一个 Pod 用。第二个 Pod 要等第一个消失。",
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
