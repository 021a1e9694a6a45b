//! What the horizontal pod autoscaler did.

use super::autoscaler_sum::sum;
use super::words::{count, list, moment, seconds};
use crate::api::ObjectRef;
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{AutoscalerAct, AutoscalerReason, Evaluation, Limiting, MetricEvidence};

pub(super) fn headline(reason: &AutoscalerReason) -> Text {
    let autoscaler = &reason.autoscaler;
    match &reason.act {
        AutoscalerAct::Scale { evaluation } => {
            text![target(reason), "从", evaluation.current, "个副本调整为", evaluation.desired, "个"]
        }
        AutoscalerAct::ScaleIntoBounds { from, to, .. } => {
            text![target(reason), "回到上下限以内，从", *from, "个副本调整为", *to, "个"]
        }
        AutoscalerAct::AtTarget { evaluation } => {
            text![autoscaler, "认为", count(evaluation.current, "个副本"), "正合适"]
        }
        AutoscalerAct::Stabilized { evaluation, .. } => {
            text![autoscaler, "想要", count(evaluation.recommended, "个副本"), "，但先等一等"]
        }
        AutoscalerAct::Limited { evaluation } => {
            text![autoscaler, "想要", count(evaluation.recommended, "个副本"), "，但受到限制"]
        }
        AutoscalerAct::MetricsFail { .. } => text![autoscaler, "没有可用的指标"],
        AutoscalerAct::Ambiguous { .. } => text!["扩缩这些 Pod 的不只有", autoscaler],
        AutoscalerAct::Disabled => text![autoscaler, "已停用：目标的副本数是 0"],
        AutoscalerAct::TargetMissing { .. } => text![autoscaler, "找不到可以扩缩的目标"],
        AutoscalerAct::RecordStatus => text!["记录", autoscaler, "的状态"],
    }
}

fn target(reason: &AutoscalerReason) -> &ObjectRef {
    reason.target.as_ref().unwrap_or(&reason.autoscaler)
}

pub(super) fn words(reason: &AutoscalerReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let autoscaler = &reason.autoscaler;
    match &reason.act {
        AutoscalerAct::Scale { evaluation } => {
            if evaluation.desired > evaluation.current {
                words.why(text!["Pod 的用量超过目标，所以", autoscaler, "增加 Pod 来分担负载。"]);
            } else {
                words.why(text!["Pod 的用量低于目标，稳定窗口内也没有哪次评估需要这么多 Pod，所以可以减少。"]);
            }
            decided(&mut words, evaluation);
            words.next(text![
                target(reason),
                "的控制器会照办。15 秒后",
                autoscaler,
                "再看一次，那时新的 Pod 已经分担了负载。"
            ]);
        }
        AutoscalerAct::ScaleIntoBounds { from, to, above } => {
            words
                .why(match above {
                    true => text!["目标的副本数多于 `maxReplicas`。这会马上纠正，不看任何指标。"],
                    false => text!["目标的副本数少于 `minReplicas`。这会马上纠正，不看任何指标。"],
                })
                .evidence("副本数", text![*from, " → ", *to])
                .next(text!["从下次评估起，又由指标决定。"]);
        }
        AutoscalerAct::AtTarget { evaluation } => {
            words.why(text![
                "指标要求的数量就是现有的数量。比值接近 1 时什么都不变，免得负载稍有波动，Pod 的数量就跟着来回变。"
            ]);
            decided(&mut words, evaluation);
            words.next(text!["它每 15 秒看一次。负载变了，数量才会变。"]);
        }
        AutoscalerAct::Stabilized { evaluation, until } => {
            if evaluation.recommended < evaluation.current {
                words.why(text![
                    "指标只需要较少的 Pod，但稳定窗口内有过更高的建议值，以最高的为准。负载短暂下降，不会减少 Pod。"
                ]);
            } else {
                words.why(text![
                    "指标需要更多的 Pod，但稳定窗口内有过更低的建议值，以最低的为准。负载短暂上升，不会增加 Pod。"
                ]);
            }
            decided(&mut words, evaluation);
            words.next(match until {
                Some(until) => text!["如果负载保持不变，到", moment(*until), "那条建议就过期了，数量随之改变。"],
                None => text!["那条建议过期后，数量随之改变。"],
            });
        }
        AutoscalerAct::Limited { evaluation } => {
            words.why(limit(evaluation));
            decided(&mut words, evaluation);
            words.next(match evaluation.limit {
                Limiting::ScaleUpLimit | Limiting::ScaleDownLimit => text!["策略的周期过去后，再走下一步。"],
                Limiting::TooManyReplicas | Limiting::TooFewReplicas | Limiting::DesiredWithinRange => {
                    text!["只有改变 spec 里的上下限，或者负载变了，数量才会变。"]
                }
            });
        }
        AutoscalerAct::MetricsFail { metrics, reason, message } => {
            words
                .why(text!["不知道 Pod 有多忙，就没法计算。副本数保持不变：缺少指标，从来不会导致缩容。"])
                .evidence("原因", text![code(reason)])
                .evidence("消息", text![verbatim(message)]);
            sums(&mut words, metrics, 0);
            words.next(text!["它每 15 秒重试一次。真实集群里由 metrics-server 上报用量，这里由你设置负载。"]);
        }
        AutoscalerAct::Ambiguous { autoscalers } => {
            words
                .why(text![
                    list(autoscalers),
                    "的目标选中了同样的 Pod。每一个都会把对方的 Pod 算进去，所以谁也不扩缩。"
                ])
                .next(text!["删除其中一个，或者让选择器不同。"]);
        }
        AutoscalerAct::Disabled => {
            words
                .why(text!["手动把工作负载缩到 0，就是停用自动扩缩器的办法：没有 Pod，也就没有用量可算。"])
                .next(text!["把目标扩到 1 个或更多，", autoscaler, "就会重新工作。"]);
        }
        AutoscalerAct::TargetMissing { message } => {
            words
                .why(text!["`scaleTargetRef` 指向的工作负载不存在，或者没有副本数可调，比如 DaemonSet。"])
                .evidence("消息", text![verbatim(message)])
                .next(text!["工作负载一出现，就会开始扩缩。"]);
        }
        AutoscalerAct::RecordStatus => {
            words.why(text!["把", autoscaler, "当前的状态写下来。"]);
        }
    }
    words
}

/// The way from metrics to replicas.
fn decided(words: &mut Words, evaluation: &Evaluation) {
    sums(words, &evaluation.metrics, evaluation.current);
    if evaluation.metrics.len() > 1 {
        words.evidence("多个指标", text!["取要求最多的那个：", evaluation.recommended]);
    }
    if evaluation.stabilized != evaluation.recommended {
        words.evidence(
            "稳定后",
            text![evaluation.recommended, " → ", evaluation.stabilized, "，最近", evaluation.window_seconds, "秒"],
        );
    }
    if evaluation.limit != Limiting::DesiredWithinRange {
        let to = text![evaluation.stabilized, " → ", evaluation.desired, "，", code(evaluation.limit.as_str())];
        words.evidence("限制后", text![to, policy(evaluation)]);
    }
    words.evidence("上下限", text![evaluation.min, "到", evaluation.max]);
}

fn policy(evaluation: &Evaluation) -> Option<Text> {
    let (policies, replicas) = evaluation.policy.as_ref()?;
    let mut text = Text::default();
    for (index, policy) in policies.iter().enumerate() {
        text.say(if index == 0 { "：" } else { "，或者" });
        text.say(seconds(policy.period_seconds)).say("内");
        match policy.kind.as_str() {
            "Pods" => text.say(count(policy.value, "个 Pod")),
            _ => text.say(policy.value).say("%"),
        };
    }
    Some(text![text, "，所以是", *replicas])
}

fn limit(evaluation: &Evaluation) -> Text {
    match evaluation.limit {
        Limiting::TooManyReplicas => text!["指标需要的 Pod 超过了 `maxReplicas`。"],
        Limiting::TooFewReplicas => text!["指标需要的 Pod 少于 `minReplicas`。"],
        Limiting::ScaleUpLimit => text!["指标需要的 Pod 超过了现在可以增加的数量：策略周期内已经增加的也要算上。"],
        Limiting::ScaleDownLimit => text!["指标只需要较少的 Pod，但现在不能再减：策略周期内已经减少的也要算上。"],
        Limiting::DesiredWithinRange => text!["数量在上下限以内。"],
    }
}

/// The arithmetic of every metric.
fn sums(words: &mut Words, metrics: &[MetricEvidence], current: i32) {
    for metric in metrics {
        words.evidence("指标", sum(metric, current));
    }
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &AutoscalerReason) -> Option<Text> {
    let autoscaler = &reason.autoscaler;
    Some(match &reason.act {
        AutoscalerAct::Stabilized { evaluation, .. } => {
            text![
                autoscaler,
                "等稳定窗口过去，再从",
                evaluation.current,
                "个副本调整为",
                evaluation.recommended,
                "个。"
            ]
        }
        AutoscalerAct::Limited { evaluation } => text![
            autoscaler,
            "想要",
            count(evaluation.recommended, "个副本"),
            "，等待限制放开：",
            code(evaluation.limit.as_str()),
            "。"
        ],
        AutoscalerAct::MetricsFail { .. } => text![autoscaler, "等待指标。"],
        AutoscalerAct::Ambiguous { .. } => text![autoscaler, "等待别的自动扩缩器放开这些 Pod。"],
        AutoscalerAct::TargetMissing { .. } => text![autoscaler, "等待可以扩缩的目标出现。"],
        AutoscalerAct::AtTarget { .. }
        | AutoscalerAct::Disabled
        | AutoscalerAct::Scale { .. }
        | AutoscalerAct::ScaleIntoBounds { .. }
        | AutoscalerAct::RecordStatus => return None,
    })
}
