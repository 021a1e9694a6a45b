//! Pods that a StatefulSet creates, with their claims.

use crate::api::ObjectRef;
use crate::explain::facts::stateful_set::{next_missing, partition};
use crate::explain::scope::Scope;
use crate::explain::text;
use crate::explain::words::Words;
use crate::explain::zh::words::{count, list};

pub(super) fn order(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    pods: &[ObjectRef],
    after: Option<&ObjectRef>,
    ordered: bool,
) {
    let first = pods.first();
    let ready = if scope.waits_for_available(set) { "可用" } else { "运行并就绪" };
    words.why(match (ordered, after) {
        (true, Some(after)) => text![
            "有序的 StatefulSet 一次只创建一个 Pod，序号小的先来；前面的都就绪了，才创建下一个。",
            after,
            "已经",
            ready,
            "，现在轮到",
            first,
            "。"
        ],
        (true, None) => text!["有序的 StatefulSet 一次只创建一个 Pod，序号小的先来。", first, "是第一个，不用等别的。"],
        (false, _) => text!["设置了 `podManagementPolicy: Parallel`，Pod 之间互不等待：缺少的 Pod 一次全部创建。"],
    });
    let missing_after = first.and_then(|pod| next_missing(set, pod, scope)).filter(|_| ordered);
    words.next(match (pods, missing_after) {
        ([pod], Some(next)) => text!["调度器为", pod, "寻找节点。", pod, ready, "后，再创建", next, "。"],
        ([pod], None) => text!["调度器为", pod, "寻找节点。"],
        (pods, _) => text!["调度器为这", count(pods.len(), "个 Pod"), "逐个寻找节点。"],
    });
}

pub(super) fn claims(words: &mut Words, pods: &[ObjectRef], new: &[ObjectRef], kept: &[ObjectRef]) {
    if !new.is_empty() {
        words.why(text![
            "先创建",
            list(new),
            "：这是按 `volumeClaimTemplates` 创建的 PVC，",
            if pods.len() == 1 { "只给这个 Pod 用。" } else { "每个只给一个 Pod 用。" }
        ]);
        words.evidence("新的 PVC", list(new));
    }
    if !kept.is_empty() {
        words.why(text![list(kept), "早就存在，连同上面的数据继续使用：PVC 比 Pod 存在得久。"]);
        words.evidence("继续使用的 PVC", list(kept));
    }
}

/// Why a pod is made from the old revision.
pub(super) fn held_back_because(words: &mut Words, set: &ObjectRef, scope: Scope<'_>) {
    words.why(match partition(set, scope) {
        Some(partition) => {
            text!["它按旧的修订版本创建，因为序号小于分区值", partition, "。小于分区值的，重新创建时总是旧版。"]
        }
        None => text!["它按旧的修订版本创建：滚动更新还没有到它的序号，而没有写 `rollingUpdate` 时，就看这一点。"],
    });
}
