//! What was done to a node, or to a pod because of its node.

use super::words::{count, list, moment, seconds};
use crate::api::{ObjectRef, Resource, Taint, Time};
use crate::explain::scope::{Scope, Workload, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::NodeReason;

pub(super) fn headline(reason: &NodeReason) -> Text {
    match reason {
        NodeReason::UnschedulableTaint { node, added: true } => text!["给", node, "加上不可调度的污点"],
        NodeReason::UnschedulableTaint { node, added: false } => text!["去掉", node, "不可调度的污点"],
        NodeReason::ConditionTaints { node, added, .. } if added.is_empty() => text![node, "重新接收新 Pod"],
        NodeReason::ConditionTaints { node, .. } => text![node, "不再接收新 Pod"],
        NodeReason::Lost { node, never: false, .. } => text![node, "失去联系"],
        NodeReason::Lost { node, never: true, .. } => text![node, "从未有过消息"],
        NodeReason::DrivesAway { node, .. } => text![node, "开始赶走 Pod"],
        NodeReason::TaintDelayed { node, .. } => text![node, "排队等待赶走 Pod"],
        NodeReason::EvictionsHeld { node, .. } => text![node, "上的 Pod 暂不驱逐：故障的节点太多"],
        NodeReason::EvictionsStopped { node, .. } => text![node, "上的 Pod 暂不驱逐：所有节点都有故障"],
        NodeReason::Recovered { node, .. } => text![node, "不再赶走 Pod"],
        NodeReason::EvictionPending { pod, due, .. } => text![pod, "将于", moment(*due), "被驱逐"],
        NodeReason::EvictionCancelled { pod, .. } => text!["取消对", pod, "的驱逐"],
        NodeReason::TaintEviction { pod, node: name, .. } => text!["从", node(name), "驱逐", pod],
    }
}

pub(super) fn words(reason: &NodeReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        NodeReason::UnschedulableTaint { node, added } => cordoned(&mut words, node, *added),
        NodeReason::ConditionTaints { node, added, removed } => conditions(&mut words, node, added, removed),
        NodeReason::Lost { node, last_heartbeat, grace_seconds, never, pods } => {
            lost(&mut words, node, *last_heartbeat, *grace_seconds, *never);
            unready(&mut words, pods);
        }
        NodeReason::DrivesAway { node, taint, swapped } => drives_away(&mut words, node, taint, *swapped),
        NodeReason::TaintDelayed { node, until } => {
            words
                .why(text![
                    "同时故障的节点会逐个打上污点，每个可用区每 10 秒一个。这样，网络或控制平面出了问题，也不会一下子清空许多节点。"
                ])
                .evidence("轮到它的时间", text![moment(*until)])
                .next(text!["到时", node, "会打上 NoExecute 污点，上面的 Pod 开始计时。"]);
        }
        NodeReason::EvictionsHeld { node, nodes, not_ready } => {
            words
                .why(text![
                    "这个可用区有",
                    *nodes,
                    "个节点，其中",
                    *not_ready,
                    "个没有就绪。如果达到 55%（且至少 3 个），多半是网络有问题，而不是节点有问题；\
                     况且节点不超过 50 个的可用区，也装不下这么多搬走的 Pod。"
                ])
                .why(text!["所以", node, "不会打上 NoExecute 污点，上面的 Pod 也不会驱逐。"])
                .evidence("未就绪", text![*not_ready, " / ", *nodes])
                .next(text!["等足够多的节点恢复就绪，再给仍有故障的节点逐个打上污点。"]);
        }
        NodeReason::EvictionsStopped { node, nodes } => {
            words
                .why(text![
                    count(*nodes, "个节点"),
                    "没有一个就绪。这时控制平面认为是自己断了网，所以谁也不驱逐：它去掉",
                    node,
                    "和其他所有节点的 NoExecute 污点。"
                ])
                .next(text!["只要有一个节点恢复就绪，就给仍有故障的节点逐个打上污点。"]);
        }
        NodeReason::Recovered { node, taints } => {
            words
                .why(text![
                    node,
                    "已经就绪，所以节点控制器去掉会赶走 Pod 的污点：",
                    list(taints.iter().map(|taint| text![code(taint)])),
                    "。"
                ])
                .next(text!["原定要驱逐、但还在节点上的 Pod 可以留下。"]);
        }
        NodeReason::EvictionPending { pod, node: name, taint, seconds: tolerated, due } => {
            words
                .why(text![
                    node(name),
                    "有污点",
                    code(taint),
                    "，",
                    pod,
                    "对它的容忍时间是",
                    seconds(*tolerated),
                    "，从现在开始计时。"
                ])
                .evidence("污点", text![code(taint)])
                .evidence("容忍时间", text![seconds(*tolerated)])
                .evidence("驱逐时间", text![moment(*due)])
                .next(text!["如果污点没有提前去掉，就在", moment(*due), "驱逐", pod, "。"]);
        }
        NodeReason::EvictionCancelled { pod, node: name, tolerated } => {
            words.why(match tolerated {
                false => text![node(name), "已经没有 NoExecute 污点，所以", pod, "可以留下。"],
                true => text![node(name), "剩下的 NoExecute 污点，", pod, "都能一直容忍。"],
            });
        }
        NodeReason::TaintEviction { pod, node: name, taint, tolerated_seconds } => {
            eviction(&mut words, scope, pod, name, taint.as_ref(), *tolerated_seconds);
        }
    }
    words
}

fn cordoned(words: &mut Words, node: &ObjectRef, added: bool) {
    if added {
        words
            .why(text![
                node,
                "已设为不可调度。控制器再用污点 `node.kubernetes.io/unschedulable:NoSchedule` 表达一次，\
                 因为容忍度针对的是污点。"
            ])
            .next(text![
                "新 Pod 会去别的节点。",
                node,
                "上正在运行的 Pod 会留下；DaemonSet 的 Pod 仍会在这里启动，因为它们自动容忍这个污点。"
            ]);
    } else {
        words.why(text![node, "已恢复调度，所以污点 `node.kubernetes.io/unschedulable` 也一起去掉。"]).next(text![
            "调度器又会把 Pod 放到",
            node,
            "。在别处运行的 Pod 不会回来。"
        ]);
    }
}

fn conditions(words: &mut Words, node: &ObjectRef, added: &[Taint], removed: &[Taint]) {
    let names = |taints: &[Taint]| list(taints.iter().map(|taint| text![code(taint)]));
    words.why(text![node, "的 status 里的状况会转成 NoSchedule 污点，因为调度器看的是污点，容忍度针对的也是污点。"]);
    if !added.is_empty() {
        words.evidence("新增的污点", names(added));
        words.next(text![
            "不容忍这个污点的 Pod 不会再放到",
            node,
            "。正在运行的会留下：NoSchedule 不赶走任何 Pod。如果 DaemonSet 的 Pod 不容忍它，就会计入 `numberMisscheduled`。"
        ]);
    }
    if !removed.is_empty() {
        words.evidence("去掉的污点", names(removed));
    }
    if added.is_empty() {
        words.next(text!["调度器又会把 Pod 放到", node, "，DaemonSet 也会在上面启动自己的 Pod。"]);
    }
}

fn lost(words: &mut Words, node: &ObjectRef, last_heartbeat: Time, grace: i64, never: bool) {
    if never {
        words.why(text![
            "Node 对象创建于",
            moment(last_heartbeat),
            "，过了",
            seconds(grace),
            "仍没有 kubelet 来报到。"
        ]);
    } else {
        words
            .why(text![
                "kubelet 每 10 秒续一次 Lease。上一次在",
                moment(last_heartbeat),
                "，之后",
                seconds(grace),
                "没有任何消息。所以",
                node,
                "的状况变为 `Unknown`：没有人知道上面的 Pod 是否还在运行。"
            ])
            .evidence("最后一次心跳", text![moment(last_heartbeat)]);
    }
    words.evidence("宽限期", text![seconds(grace)]).next(text![
        node,
        "会打上污点 `node.kubernetes.io/unreachable`：先是 NoSchedule，立即生效；下次检查时再加 NoExecute，Pod 从那时开始计时。"
    ]);
}

fn unready(words: &mut Words, pods: &[ObjectRef]) {
    if pods.is_empty() {
        return;
    }
    words
        .why(text!["情况不明时，上面的 Pod 都算未就绪，Service 不再给它们发流量。只凭这一点，不会有谁来替换 Pod。"])
        .evidence("变为未就绪", list(pods));
}

fn drives_away(words: &mut Words, node: &ObjectRef, taint: &Taint, swapped: bool) {
    words.why(text![
        node,
        "没有就绪，所以打上",
        code(taint),
        "。NoExecute 也管已经在运行的 Pod：能留多久，要看 Pod 对这个污点的容忍时间，没有另外写明就是 300 秒。"
    ]);
    if swapped {
        words.why(text!["节点从一种状态变成另一种状态，这个污点就取代了对应的那个污点。Pod 的计时照旧。"]);
    }
    words.evidence("污点", text![code(taint)]).next(text![
        "DaemonSet 的 Pod 一直容忍这个污点，会留下。其他 Pod 时间一到就驱逐，除非",
        node,
        "提前就绪。"
    ]);
}

fn eviction(
    words: &mut Words,
    scope: Scope<'_>,
    pod: &ObjectRef,
    name: &str,
    taint: Option<&Taint>,
    tolerated_seconds: Option<i64>,
) {
    words.why(match (taint, tolerated_seconds) {
        (None, _) => {
            text!["这次驱逐是在", node(name), "有 NoExecute 污点时定下的。后来 Node 对象没有了，也就没有谁来取消它。"]
        }
        (Some(taint), None) => {
            text!["污点", code(taint), "会赶走不容忍它的 Pod，而", pod, "不容忍它。"]
        }
        (Some(taint), Some(tolerated)) => {
            text![pod, "对污点", code(taint), "的容忍时间是", seconds(tolerated), "，现在到期了。"]
        }
    });
    if let Some(taint) = taint {
        words.evidence("污点", text![code(taint)]);
    }
    words.evidence("节点", text![node(name)]);
    if let Some(unreachable) = scope.unreachable_node(pod) {
        words.why(text![
            node(&unreachable),
            "的 kubelet 没有回应，所以",
            pod,
            "会一直处于正在终止的状态：没有人能确认它已经停止。"
        ]);
    }
    let owner = scope.pod(pod).and_then(|pod| scope.workload_of(&pod));
    words.next(match owner {
        Some(Workload::StatefulSet(set)) => {
            text![set.reference(), "会重新创建", pod, "，但要等旧的消失以后。"]
        }
        Some(Workload::DaemonSet(set)) => {
            text![set.reference(), "只有在 Pod 能容忍这个污点的节点上，才会再创建一个。"]
        }
        Some(Workload::ReplicaSet(set, _)) => {
            text![set.reference(), "马上再创建一个：正在终止的 Pod 不计入副本数。"]
        }
        None => text!["没有控制器管理", pod, "，所以不会有谁来替换它。"],
    });
}

pub(super) fn waiting(reason: &NodeReason) -> Option<Text> {
    Some(match reason {
        NodeReason::TaintDelayed { node, until } => {
            text![node, "排队等待赶走 Pod，", moment(*until), "轮到它。"]
        }
        NodeReason::EvictionsHeld { node, not_ready, nodes } => {
            text![node, "等待其他节点恢复：", *nodes, "个节点中有", *not_ready, "个故障，所以暂不驱逐。"]
        }
        NodeReason::EvictionsStopped { node, .. } => {
            text![node, "等待任何一个节点就绪：所有节点都有故障，所以暂不驱逐。"]
        }
        NodeReason::EvictionPending { pod, node: name, taint, due, .. } => {
            text![pod, "要等到", moment(*due), "才从", node(name), "驱逐：在那之前它容忍", code(&taint.key), "。"]
        }
        NodeReason::EvictionCancelled { .. }
        | NodeReason::UnschedulableTaint { .. }
        | NodeReason::ConditionTaints { .. }
        | NodeReason::Lost { .. }
        | NodeReason::DrivesAway { .. }
        | NodeReason::Recovered { .. }
        | NodeReason::TaintEviction { .. } => return None,
    })
}
