//! A StatefulSet that can go no further before a pod is Running, Ready and available.

use crate::api::ObjectRef;
use crate::explain::facts::stateful_set::{WaitTrap, wait_trap};
use crate::explain::scope::{Scope, node, ordinal};
use crate::explain::words::Words;
use crate::explain::zh::words::{moment, seconds};
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{Held, Lack};

/// What the pod is waited for to be, after its name.
pub(super) fn wish(lack: &Lack) -> &'static str {
    match lack {
        Lack::Unscheduled => "分到节点",
        Lack::NotRunning { .. } => "启动",
        Lack::NotReady { .. } => "就绪",
        Lack::NotAvailable { .. } => "可用",
        Lack::Terminating => "消失",
    }
}

/// `web-2 等待 web-1 就绪。有序的 StatefulSet 一次只创建一个 Pod。`
pub(super) fn line(set: &ObjectRef, pod: &ObjectRef, lack: &Lack, held: &Held, scope: Scope<'_>) -> Text {
    let wish = wish(lack);
    match held {
        Held::Creation(next) if next == pod => text![pod, "等待以前的同名 Pod 消失。到那时名称才空出来。"],
        Held::Creation(next) => text![next, "等待", pod, wish, "。有序的 StatefulSet 一次只创建一个 Pod。"],
        Held::ScaleDown(next) if next == pod => {
            text![set, "等待", pod, wish, "。序号更小的 Pod 里也有没就绪的。"]
        }
        Held::ScaleDown(next) => text![next, "等待", pod, wish, "。有序的 StatefulSet 一次只删除一个 Pod。"],
        Held::Update(next) if next == pod && scope.is_ordered(set) => {
            text![set, "等待", pod, wish, "，或者等你删除它。只换模板，不会替换它。"]
        }
        Held::Update(next) if next == pod => text![set, "等待", pod, wish, "。"],
        Held::Update(next) => text![next, "等待", pod, wish, "。滚动更新逐个更新 Pod。"],
        Held::Completion => text![set, "等待", pod, wish, "。除此以外没有别的事。"],
    }
}

pub(super) fn words(words: &mut Words, set: &ObjectRef, pod: &ObjectRef, lack: &Lack, held: &Held, scope: Scope<'_>) {
    words.why(rule(set, pod, lack, held, scope)).why(case(pod, lack));
    words.why_some(wait_trap(set, pod, lack, held, scope).map(|it| trap(pod, it)));
    words.next(next(set, pod, lack, held, scope));
    evidence(words, pod, lack, scope);
}

/// Why the pod holds up anything.
fn rule(set: &ObjectRef, pod: &ObjectRef, lack: &Lack, held: &Held, scope: Scope<'_>) -> Text {
    match held {
        Held::Creation(next) if next == pod => {
            text!["StatefulSet 的 Pod 以名称为身份。旧的", pod, "只要还在，哪怕正在终止，就不能有新的。"]
        }
        Held::Creation(next) => text![
            "有序的 StatefulSet 一次只创建一个 Pod：前面的 Pod 都",
            if scope.waits_for_available(set) { "可用了" } else { "运行并就绪了" },
            "，才创建",
            next,
            "。"
        ],
        Held::ScaleDown(next) if next == pod => text![
            "有序的 StatefulSet 要删除不健康的多余 Pod，只有一种情况：它是第一个不健康的 Pod。比",
            pod,
            "序号更小的 Pod 里也有不健康的，所以要等那个先恢复或者先走。"
        ],
        Held::ScaleDown(next) if *lack == Lack::Terminating && ordinal(set, pod) > ordinal(set, next) => {
            text!["有序的 StatefulSet 一次只删除一个 Pod，序号大的先走：", pod, "消失了，", next, "才能走。"]
        }
        Held::ScaleDown(next) => {
            text!["有序的 StatefulSet 只有在留下的 Pod 都运行并就绪时才缩容，所以暂不删除", next, "。"]
        }
        Held::Update(next) if next == pod && scope.is_ordered(set) => text![
            "有序的 StatefulSet 在更新之前，先从序号最小的 Pod 看起，遇到第一个没有就绪的就停下。所以它根本走不到替换",
            pod,
            "这一步。"
        ],
        Held::Update(next) if next == pod => {
            text!["更新时，每个不可用的 Pod 都要算上，而", pod, "已经占满了允许的数量。"]
        }
        Held::Update(next) => text!["滚动更新逐个更新 Pod，序号大的先来：", pod, "可用了，才更新", next, "。"],
        Held::Completion => text!["没有别的要创建、删除或更新：只差", pod, "还不可用。"],
    }
}

/// What the pod lacks.
fn case(pod: &ObjectRef, lack: &Lack) -> Text {
    match lack {
        Lack::Unscheduled => text![pod, "还没有节点：要由调度器来找。"],
        Lack::NotRunning { waiting: None } => text![pod, "有了节点，但容器还没有全部启动。"],
        Lack::NotRunning { waiting: Some(reason) } => {
            text![pod, "启动不了：有容器停在", code(reason), "，所以 Pod 一直是 `Pending`。"]
        }
        Lack::NotReady { waiting: None } => text![pod, "在运行，但它的 `Ready` 状况不是 `True`。"],
        Lack::NotReady { waiting: Some(reason) } => text![
            pod,
            "有容器停在",
            code(reason),
            "。阶段仍然是 `Running`，所以 StatefulSet 不会替换这个 Pod，只会等待。"
        ],
        Lack::NotAvailable { min_ready_seconds, .. } => {
            text![pod, "已就绪，但要连续就绪 `minReadySeconds`，也就是", seconds(*min_ready_seconds), "，才算可用。"]
        }
        Lack::Terminating => text![pod, "正在终止：容器要在宽限期内停止。"],
    }
}

/// The trap that the wait may be.
fn trap(pod: &ObjectRef, trap: WaitTrap) -> Text {
    match trap {
        WaitTrap::Silent(name) => text![
            node(&name),
            "的 kubelet 没有回应，所以没有人能确认",
            pod,
            "已经停止。它会一直处于正在终止的状态，直到节点恢复、Node 对象删除，或者强制删除这个 Pod。"
        ],
        WaitTrap::Broken => text!["只改好模板没有用：要删除", pod, "，它才会按当时的模板重新创建。"],
    }
}

fn next(set: &ObjectRef, pod: &ObjectRef, lack: &Lack, held: &Held, scope: Scope<'_>) -> Text {
    let ready = if scope.waits_for_available(set) { "可用后，" } else { "就绪后，" };
    let when = match lack {
        Lack::Unscheduled | Lack::NotRunning { .. } | Lack::NotReady { .. } => text![pod, ready],
        Lack::NotAvailable { until, .. } => text![pod, "在", moment(*until), "变为可用，之后"],
        Lack::Terminating => text![pod, "消失后，"],
    };
    match held {
        Held::Creation(next) if next == pod => text![when, "会重新创建它。"],
        Held::Creation(next) => text![when, "创建", next, "。"],
        Held::ScaleDown(next) if next == pod => text![when, "或者序号更小的都就绪后，就会删除它。"],
        Held::ScaleDown(next) => text![when, "删除", next, "。"],
        Held::Update(next) if next == pod && scope.is_ordered(set) => {
            text!["删除", pod, "：它会按新的修订版本重新创建，发布继续。"]
        }
        Held::Update(next) if next == pod => text![when, "更新继续。"],
        Held::Update(next) => text![when, "删除", next, "，再按新的修订版本重新创建。"],
        Held::Completion => text![when, set, "就达到期望状态。"],
    }
}

fn evidence(words: &mut Words, pod: &ObjectRef, lack: &Lack, scope: Scope<'_>) {
    let Some(object) = scope.pod(pod) else { return };
    if let Some(name) = object.node() {
        words.evidence("节点", text![node(name)]);
    }
    if *lack == Lack::Unscheduled
        && let Some(message) = object.condition("PodScheduled").and_then(|condition| condition.message.clone())
    {
        words.evidence("调度器", text![verbatim(message)]);
    }
    if let Some(reason) = object.waiting_reason() {
        words.evidence("容器", text![code(reason)]);
    }
}
