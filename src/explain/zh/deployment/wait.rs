//! What a Deployment waits for.

use super::limits;
use crate::api::ObjectRef;
use crate::explain::facts::deployment::{Stand, broken};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::zh::words::seconds;
use crate::explain::{code, text};
use crate::reason::Budget;

pub(super) fn for_available(
    words: &mut Words,
    deployment: &ObjectRef,
    scope: Scope<'_>,
    stand: &Stand<'_>,
    budget: &Budget,
) {
    let Stand { set, available, wanted, old, exceeded } = stand;
    let have = text![*set, "的", *wanted, "个 Pod 中", *available, "个可用。"];
    words.why(match old {
        0 => text![have, "旧 Pod 已经没有了，现在只能等。"],
        _ => text![
            have,
            "要求的 Pod 少于",
            budget.maximum(),
            "个时，才能再加新 Pod；可用的 Pod 多于",
            budget.minimum(),
            "个时，旧 Pod 才能走。"
        ],
    });
    let is_broken = match broken(set, scope) {
        Some((pod, reason)) => {
            words.why(text![
                &pod,
                "停在",
                code(reason),
                "。旧模板的 Pod 继续运行，所以 Deployment 还能提供一部分服务，但发布走不下去。"
            ]);
            true
        }
        None => false,
    };
    if let Some(deadline) = exceeded {
        words.why(text![
            "发布超过",
            seconds(*deadline),
            "没有进展（`progressDeadlineSeconds`），所以 `Progressing` 是 `False`。什么都不会自动回退。"
        ]);
    }
    limits(words, budget);
    words.evidence("新的、不可用", text![budget.new_unavailable]).evidence("剩余的旧 Pod", text![*old]);
    words.next(match (is_broken || exceeded.is_some(), old) {
        (true, 0) => text!["改好模板：新的发布会先替换不可用的 Pod。"],
        (true, _) => text!["改好模板，或者运行 `kubectl rollout undo`：旧 Pod 里不可用的先走。"],
        (false, 0) => text!["全部可用后，", deployment, "就达到期望状态。"],
        (false, _) => text!["每有一个新 Pod 变为可用，就可以走一个旧 Pod，然后再来下一个。"],
    });
}

pub(super) fn for_old_pods(words: &mut Words, deployment: &ObjectRef, pods: usize, first: Option<&ObjectRef>) {
    words.why(match (pods, first) {
        (0, _) | (_, None) => {
            text!["策略是 `strategy.type: Recreate`，只要旧 ReplicaSet 的 status 里还有 Pod，就不会有新 Pod。"]
        }
        (1, Some(first)) => text![
            "策略是 `strategy.type: Recreate`，旧 Pod 都结束以后才有新 Pod，而",
            first,
            "还没有结束。正在终止的 Pod，在容器停止之前都算数。"
        ],
        (pods, Some(first)) => text![
            "策略是 `strategy.type: Recreate`，旧 Pod 都结束以后才有新 Pod，而还有",
            pods,
            "个没有结束，比如",
            first,
            "。正在终止的 Pod，在容器停止之前都算数。"
        ],
    });
    words.evidence("旧 Pod", text![pods]).next(text!["最后一个结束后，", deployment, "的新 Pod 一次到位。"]);
}

pub(super) fn paused(words: &mut Words, deployment: &ObjectRef, pending: bool) {
    words.why(match pending {
        true => text![deployment, "的模板还没有对应的 ReplicaSet，但暂停期间不会创建。Pod 保持原样。"],
        false => text![deployment, "已暂停：改模板会保存下来，先等着。正在进行中的发布停在原地。"],
    });
    words.next(match pending {
        true => text!["`kubectl rollout resume` 会开始发布，暂停期间的所有改动合在一起。"],
        false => text!["扩缩容照常。`kubectl rollout resume` 让发布继续。"],
    });
}
