//! What a Deployment does to its ReplicaSets, with the arithmetic behind it.

use super::limits;
use crate::api::ObjectRef;
use crate::explain::facts::deployment::{by_cause, directions, fewer};
use crate::explain::words::Words;
use crate::explain::zh::words::{count, list};
use crate::explain::{Text, text};
use crate::reason::{Budget, Resize, ResizeCause};

/// One step of a rollout.
pub(super) fn step(
    words: &mut Words,
    deployment: &ObjectRef,
    created: Option<&(ObjectRef, i32)>,
    resized: &[Resize],
    budget: &Budget,
    recreate: bool,
) {
    if let Some((set, pods)) = created {
        words.why(new_set(deployment, set, *pods, budget, recreate));
    }
    for (cause, sets) in by_cause(resized) {
        words.why(why(deployment, &sets, cause, budget));
    }
    if !recreate {
        limits(words, budget);
    }
    for resize in resized {
        words.evidence("调整", text![&resize.set, "：", resize.from, " → ", resize.to]);
    }
    words.next(match directions(created, resized) {
        (true, true) => text!["ReplicaSet 控制器创建新 Pod，也删除旧 Pod，两者互不等待。"],
        (true, false) => text!["ReplicaSet 控制器创建新 Pod。"],
        (false, true) => text!["ReplicaSet 控制器删除 Pod。正在终止的 Pod 哪里都不计入：发布不会等它们。"],
        (false, false) => text!["旧 Pod 一走，它就会有 Pod。"],
    });
}

fn new_set(deployment: &ObjectRef, set: &ObjectRef, pods: i32, budget: &Budget, recreate: bool) -> Text {
    if budget.total == 0 && !recreate {
        return text![
            "这个 Pod 模板还没有 ReplicaSet，所以",
            deployment,
            "创建一个，副本数一次到位。Deployment 自己不创建 Pod；名称的结尾是模板的哈希值。"
        ];
    }
    if recreate {
        return text!["旧的都不再运行，所以为当前模板创建 ReplicaSet", set, "，", count(pods, "个 Pod"), "一次到位。"];
    }
    let fits = match budget.maximum() - budget.total {
        ..=0 => text!["，所以还腾不出位置"],
        room => text!["，所以还能加", room, "个"],
    };
    text![
        "模板是新的，所以要有自己的 ReplicaSet。最多可以要求",
        sum(budget.replicas, "+", budget.surge, budget.maximum()),
        "个 Pod（`maxSurge`），现有",
        budget.total,
        "个",
        fits,
        "。"
    ]
}

/// `4 + 1 = 5`.
fn sum(first: i64, sign: &'static str, second: i64, result: i64) -> Text {
    text![first, " ", sign, " ", second, " = ", result]
}

fn why(deployment: &ObjectRef, sets: &[&Resize], cause: ResizeCause, budget: &Budget) -> Text {
    let names = list(sets.iter().map(|resize| &resize.set));
    match cause {
        ResizeCause::NewHasRoom => text![
            "最多可以要求",
            sum(budget.replicas, "+", budget.surge, budget.maximum()),
            "个 Pod（`maxSurge`），现有",
            budget.total,
            "个。",
            names,
            "是新的，空出来的位置归它，直到达到 `spec.replicas`。"
        ],
        ResizeCause::NewTooLarge => {
            text![names, "要求的 Pod 比", deployment, "还多。手动扩缩 Deployment 的 ReplicaSet，下次同步就会改回来。"]
        }
        ResizeCause::OldUnhealthy => {
            text![names, "有", count(fewer(sets), "个 Pod"), "不可用。旧 Pod 里先走的就是这样的，因为走了也没有损失。"]
        }
        ResizeCause::OldDispensable => text![
            "至少要有",
            sum(budget.replicas, "-", budget.unavailable, budget.minimum()),
            "个 Pod 保持可用（`maxUnavailable`），现在有",
            budget.available,
            "个可用。所以可以走",
            count(fewer(sets), "个旧 Pod"),
            "，从最旧的 ReplicaSet 开始。"
        ],
        ResizeCause::OldBeforeNew => text![
            "策略是 `strategy.type: Recreate`，旧 Pod 全部走完，才有第一个新 Pod，所以",
            names,
            "缩到 0。在新 Pod 就绪之前，没有 Pod 提供服务。"
        ],
        ResizeCause::NewAfterOld => text!["旧 Pod 都不再运行，所以", names, "的副本数一次到位。"],
        ResizeCause::OnlyOne => {
            text!["只有", names, "有 Pod，或者它就是最新的，所以副本数一次到位。扩缩容不会替换 Pod。"]
        }
        ResizeCause::NewIsComplete => text!["当前模板需要的 Pod 都可用了，所以", names, "交出自己的 Pod。"],
        ResizeCause::Share { of } => text![
            deployment,
            "在几个 ReplicaSet 都有 Pod 时扩缩容。各自保持自己的比例：原来的大小乘以",
            budget.maximum(),
            "（现在最多允许的 Pod 数），除以",
            of,
            "（之前最多允许的），再取整。取整后的零头归最大的那个。"
        ],
    }
}

/// The new size reaches the ReplicaSets.
pub(super) fn scaling(words: &mut Words, deployment: &ObjectRef, resized: &[Resize], budget: &Budget, paused: bool) {
    for (cause, sets) in by_cause(resized).into_iter().take(2) {
        words.why(why(deployment, &sets, cause, budget));
    }
    if paused {
        words.why(text!["Deployment 已暂停。暂停只挡住模板，不挡住副本数。"]);
    }
    words.evidence("需要", text![count(budget.replicas, "个 Pod"), "，最多", budget.maximum(), "个"]);
    for resize in resized {
        words.evidence("调整", text![&resize.set, "：", resize.from, " → ", resize.to]);
    }
    words.next(match fewer(&resized.iter().collect::<Vec<_>>()) {
        ..0 => text!["ReplicaSet 控制器创建缺少的 Pod。"],
        _ => text!["ReplicaSet 控制器删除多余的 Pod，影响最小的先走。"],
    });
}
