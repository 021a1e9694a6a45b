//! What is said of evictions that make room.

use super::refusal;
use crate::api::ObjectRef;
use crate::explain::scope::node;
use crate::explain::words::Words;
use crate::explain::zh::words::{count, list};
use crate::explain::{Text, text, verbatim};
use crate::reason::{Criterion, Refused, SchedulerReason};

pub(super) fn words(reason: &SchedulerReason, words: &mut Words) {
    let SchedulerReason::Preempts {
        pod,
        priority,
        node: name,
        message,
        victims,
        violations,
        candidates,
        decided_by,
        refusals,
    } = reason
    else {
        return;
    };
    words.why(text![
        "没有节点通过所有过滤，但",
        pod,
        "的优先级是",
        *priority,
        "，可以驱逐优先级更低的 Pod 来让位。调度器只驱逐非驱逐不可的，并尽量放过最重要的。"
    ]);
    words.why(decision(*decided_by, *candidates, pod, name));
    if *violations > 0 {
        words.why(text![
            "有",
            count(*violations, "个牺牲者"),
            "本来受 PodDisruptionBudget 保护。调度器会先找没有预算保护的，找不到才动其他的。"
        ]);
    } else if let Some(meaning) = Refused::by_count(refusals).first().and_then(|refused| refusal::meaning(refused)) {
        words.why(meaning);
    }
    for victim in victims {
        words.evidence("牺牲者", text![&victim.pod, "，优先级", victim.priority]);
    }
    words.evidence("消息", text![verbatim(message)]);
    words.next(text![
        list(victims.iter().map(|victim| &victim.pod)),
        "会在宽限期内停止。在那之前，",
        pod,
        "的 `status.nominatedNodeName` 写着",
        node(name),
        "，继续等待；如果别的节点先空出来，它就去那里。"
    ]);
}

/// What decided between the nodes on which evictions would help.
fn decision(decided_by: Criterion, candidates: usize, pod: &ObjectRef, name: &str) -> Text {
    let on = || text!["有", count(candidates, "个节点"), "靠驱逐能腾出位置；选", node(name), "，"];
    match decided_by {
        Criterion::OnlyOne => text!["只有在", node(name), "上，驱逐才能为", pod, "腾出位置。"],
        Criterion::Budgets => text![on(), "因为违反的干扰预算最少。"],
        Criterion::HighestPriority => text![on(), "因为其中最重要的牺牲者优先级最低。"],
        Criterion::PrioritySum => text![on(), "因为牺牲者的优先级之和最小。"],
        Criterion::Victims => text![on(), "因为牺牲者最少。"],
        Criterion::StartTime => text![on(), "因为最重要的牺牲者启动得最晚，损失的工作最少。"],
        Criterion::Name => text![
            "有",
            count(candidates, "个节点"),
            "靠驱逐能腾出位置，最好的几个分不出高下。Kubernetes 任选一个；Setwise 取名称排在最前的。"
        ],
    }
}

/// Why nobody is evicted, where the message gives a reason of its own.
pub(super) fn why_nobody(message: &str) -> Option<Text> {
    if message.ends_with("not eligible due to preemptionPolicy=Never.") {
        return Some(text!["设置了 `preemptionPolicy: Never`，不管优先级多高，都不会为它驱逐 Pod。"]);
    }
    message
        .ends_with("not eligible due to a terminating pod on the nominated node.")
        .then(|| text!["已经为它驱逐过 Pod，只是还没有停止，所以这期间不再驱逐别的。"])
}
