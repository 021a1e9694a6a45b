//! Evictions, drains and loads: what `kubectl drain` and a load generator asked for.

use super::words::{count, list};
use crate::api::ObjectRef;
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{EvictionGrant, EvictionRefusal};

pub(super) fn evicted_headline(pod: &ObjectRef, draining: Option<&ObjectRef>) -> Text {
    match draining {
        None => text!["你驱逐", pod],
        Some(node) => text!["腾空", node, "时驱逐", pod],
    }
}

pub(super) fn evicted(words: &mut Words, pod: &ObjectRef, grant: &EvictionGrant, draining: Option<&ObjectRef>) {
    match grant {
        EvictionGrant::NoBudget => {
            words.why(text!["驱逐是先征得同意的删除。没有哪个 PodDisruptionBudget 选中", pod, "，所以它可以走。"]);
        }
        EvictionGrant::NotRunning => {
            words.why(text!["还没运行、已经结束或正在终止的 Pod 不提供服务，所以不用问预算：", pod, "可以走。"]);
        }
        EvictionGrant::Unhealthy { budget, always: true } => {
            words.why(text![
                pod,
                "没有就绪，而",
                budget,
                "设置了 `unhealthyPodEvictionPolicy: AlwaysAllow`，这样的 Pod 总可以走。"
            ]);
        }
        EvictionGrant::Unhealthy { budget, always: false } => {
            words.why(text![pod, "没有就绪，不算健康；不算它，", budget, "要求的健康 Pod 也够了。"]);
        }
        EvictionGrant::Allowed { budget, left } => {
            words
                .why(text![
                    budget,
                    "允许一次干扰。API server 马上把剩余数量减一，免得控制器还没重新计数，第二次驱逐就溜了过去。"
                ])
                .evidence("剩余的允许干扰数", text![*left]);
        }
    }
    if let Some(node) = draining {
        words.evidence("腾空的节点", text![node]);
    }
    words.next(text!["Pod 会得到 `DisruptionTarget` 状况，并像普通删除一样有宽限期。它的控制器会在别处再创建一个。"]);
}

pub(super) fn refused_headline(pod: &ObjectRef, refusal: &EvictionRefusal) -> Text {
    match refusal.budget() {
        Some(budget) => text![budget, "拒绝驱逐", pod],
        None => text!["驱逐", pod, "的请求遭到拒绝"],
    }
}

pub(super) fn refused(words: &mut Words, pod: &ObjectRef, refusal: &EvictionRefusal, draining: Option<&ObjectRef>) {
    words.why(match (refusal.budget(), refusal.may_retry) {
        (Some(budget), true) => text![
            "驱逐",
            pod,
            "后，健康的 Pod 会少于",
            budget,
            "要求的数量。API server 返回 429（请求太多），意思是：晚点再试。"
        ],
        (Some(budget), false) => text![budget, "目前的状态不能用来判断驱逐。"],
        (None, _) => text![
            list(&refusal.budgets),
            "选中了同一个 Pod。驱逐 API 没法同时问两个预算，只好放弃：一个 Pod 只能由一个预算选中。"
        ],
    });
    words.evidence("消息", text![verbatim(&refusal.message)]);
    if !refusal.cause.is_empty() {
        words.evidence("原因", text![verbatim(&refusal.cause)]);
    }
    words.next(match (draining, refusal.may_retry) {
        (Some(node), true) => text!["腾空", node, "的操作每 5 秒重试一次，直到预算允许。"],
        (Some(node), false) => text!["腾空", node, "的操作会继续处理其他 Pod，最后以失败告终。"],
        (None, true) => text!["什么也没有改变。等另一个 Pod 就绪后可以再试；直接删除则不用征求同意。"],
        (None, false) => text!["什么也没有改变。"],
    });
}

pub(super) fn drain_started(words: &mut Words, node: &ObjectRef, pods: &[ObjectRef], warnings: &[String]) {
    words.why(match pods {
        [] => text!["没有 Pod 需要离开", node, "。"],
        _ => text![
            "`kubectl drain` 先把",
            node,
            "设为不可调度，再逐个请求驱逐上面的 Pod。DaemonSet 的 Pod 会跳过：驱逐了，控制器也会马上放回来。"
        ],
    });
    for warning in warnings {
        words.evidence("警告", text![verbatim(warning)]);
    }
    if !pods.is_empty() {
        words.evidence("待驱逐", list(pods));
        words.next(text!["一次能走几个，由预算决定。drain 会等到最后一个 Pod 消失。"]);
    }
}

pub(super) fn drain_ended_headline(node: &ObjectRef, left: &[ObjectRef]) -> Text {
    match left {
        [] => text![node, "已腾空"],
        _ => text!["腾空", node, "的操作结束，还剩", count(left.len(), "个 Pod")],
    }
}

pub(super) fn drain_ended(words: &mut Words, node: &ObjectRef, gone: usize, left: &[ObjectRef]) {
    if left.is_empty() {
        words
            .why(text!["该走的 Pod 都走了，", node, "仍然不可调度。现在可以维护它了。"])
            .next(text!["要让它重新接收 Pod，就 uncordon 它。走掉的 Pod 不会自己回来。"]);
    } else {
        words
            .why(text![list(left), "还在", node, "上：要么时间到了，要么 API server 根本无法驱逐。"])
            .next(text!["节点仍然不可调度。修好预算，或者等有了健康的 Pod，再 drain 一次。"]);
    }
    words.evidence("已离开的 Pod", text![gone]);
}

pub(super) fn load_headline(measured: &str, of: Option<&str>, amount: Option<&str>) -> Text {
    let measured = text![of.map(|of| text![code(of), "的"]), code(measured)];
    match amount {
        Some(amount) => text!["你把", measured, "设为", code(amount)],
        None => text!["你停止上报", measured],
    }
}

pub(super) fn load(words: &mut Words, amount: Option<&str>, shared: bool) {
    words.why(match (amount, shared) {
        (None, _) => text!["不再有谁上报这项指标，就像 metrics-server 不在了一样。"],
        (Some(_), true) => text!["这里模拟涌来的负载：由就绪的 Pod 平均分担，所以 Pod 越多，每个分到的越少。"],
        (Some(_), false) => text!["这里模拟测到的值：不管有多少个 Pod，它都不变。"],
    });
    words.next(text!["自动扩缩器每 15 秒评估一次，下次评估时就会看到。"]);
}
