//! What the disruption controller did.

use super::words::{count, list};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, text, verbatim};
use crate::reason::{DisruptionAct, DisruptionReason};

pub(super) fn headline(reason: &DisruptionReason) -> Text {
    let budget = &reason.budget;
    match &reason.act {
        DisruptionAct::Recount { counts, .. } if counts.allowed == 0 => text![budget, "现在不允许任何干扰"],
        DisruptionAct::Recount { counts, .. } => text![budget, "现在允许", count(counts.allowed, "次干扰")],
        DisruptionAct::SyncFailed { .. } => text![budget, "数不清自己的 Pod，不允许任何干扰"],
        DisruptionAct::RecordStatus => text!["记录", budget, "的状态"],
    }
}

pub(super) fn words(reason: &DisruptionReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let budget = &reason.budget;
    match &reason.act {
        DisruptionAct::Recount { counts, before, not_deleted } => {
            words.why(match counts.expected {
                0 => text!["这个预算没有选中任何 Pod。只要一个都没有，它就什么也不允许。"],
                _ => text![
                    "健康的 Pod 有",
                    counts.healthy,
                    "个，也就是就绪且没有正在终止的；至少要有",
                    counts.desired,
                    "个。两者之差就是可以驱逐的数量。"
                ],
            });
            if !not_deleted.is_empty() {
                words.why(text![list(not_deleted), "本该在驱逐后两分钟内消失，却没有，所以重新计入。"]);
            }
            words
                .evidence("健康", text![counts.healthy, " / 预期 ", counts.expected])
                .evidence("至少要健康", text![counts.desired])
                .evidence("允许的干扰", text![*before, " → ", counts.allowed])
                .next(text![
                    "驱逐 Pod 时（比如 `kubectl drain`），API server 会看这个数字。直接删除、发布和扩缩容都不看。"
                ]);
        }
        DisruptionAct::SyncFailed { message } => {
            words
                .why(text![
                    "用百分比或 `maxUnavailable` 时，应有多少 Pod 要问这些 Pod 的控制器，而其中一个找不到。为了安全，预算不允许任何干扰。"
                ])
                .evidence("消息", text![verbatim(message)])
                .next(text!["`minAvailable` 写成整数，就不需要控制器。"]);
        }
        DisruptionAct::RecordStatus => {
            words.why(text!["把", budget, "当前的状态写下来。"]);
        }
    }
    words
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &DisruptionReason) -> Option<Text> {
    match &reason.act {
        DisruptionAct::SyncFailed { .. } => Some(text![&reason.budget, "等待能找到这些 Pod 的控制器。"]),
        DisruptionAct::Recount { .. } | DisruptionAct::RecordStatus => None,
    }
}
