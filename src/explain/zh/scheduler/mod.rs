//! What the scheduler did with a pod.

mod preemption;
mod refusal;

use super::words::{count, list};
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{NodeScore, OnlyNode, Refused, SchedulerReason};

/// So many nodes are shown with their scores.
const SHOWN: usize = 6;

pub(super) fn headline(reason: &SchedulerReason) -> Text {
    match reason {
        SchedulerReason::Bound { pod, node: name, .. } => text!["调度器把", pod, "放到", node(name)],
        SchedulerReason::Unschedulable { pod, .. } => text!["调度器没有为", pod, "找到节点"],
        SchedulerReason::Preempts { pod, node: name, .. } => text!["调度器在", node(name), "上为", pod, "腾出位置"],
        SchedulerReason::Gated { pod, .. } => text!["调度器暂不处理", pod],
        SchedulerReason::NodeChosenForVolumes { pod, node: name, .. } => {
            text!["调度器为", pod, "的卷选定", node(name)]
        }
    }
}

pub(super) fn words(reason: &SchedulerReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        SchedulerReason::Bound { pod, node: name, scores, feasible, nodes, tied, only } => {
            words.why(match (only, feasible) {
                (Some(OnlyNode::Pinned), _) => text![
                    pod,
                    "就是为",
                    node(name),
                    "创建的：它的节点亲和性只写了这个节点，调度器只检查节点能不能接收它。"
                ],
                (Some(OnlyNode::Nominated), _) => text![
                    "为了给",
                    pod,
                    "腾出位置，已经从",
                    node(name),
                    "驱逐了一些 Pod。调度器先试这个节点，现在它通过了所有过滤。"
                ],
                (None, 0 | 1) => text![
                    "先用过滤排除节点：污点、选择器、资源请求、卷、其他 Pod。",
                    count(*nodes, "个节点"),
                    "里只有",
                    node(name),
                    "通过。"
                ],
                (None, _) => text![
                    "先用过滤排除节点：污点、选择器、资源请求、卷、其他 Pod。",
                    count(*nodes, "个节点"),
                    "里有",
                    *feasible,
                    "个通过，",
                    node(name),
                    if *tied == 1 { "得分最高。" } else { "是得分最高的之一。" }
                ],
            });
            if *tied > 1 && only.is_none() {
                words.why(text![
                    count(*tied, "个节点"),
                    "得分相同。Kubernetes 会随机选一个；Setwise 取名称排在最前的，这样每次运行的结果都一样。"
                ]);
            }
            if only.is_none() {
                words.evidence("通过的节点", text![*feasible, " / ", *nodes]);
            }
            let shown: Vec<_> = scores.iter().filter(|_| *feasible > 1).take(SHOWN).collect();
            for score in &shown {
                words.evidence("得分", breakdown(score));
            }
            if !shown.is_empty() && *feasible > shown.len() {
                words.evidence("得分", text!["另有", count(feasible - shown.len(), "个节点")]);
            }
            words.next(text![node(name), "的 kubelet 看到", pod, "，开始启动它。"]);
        }
        SchedulerReason::Unschedulable { pod, message, refusals, waits_for_claims } => {
            words.why(match scope.cluster.nodes.len() {
                _ if *waits_for_claims => text!["Pod 的 PVC 要先准备好，调度器才会去看节点。"],
                0 => text!["一个节点都没有。"],
                _ => text!["节点要通过所有过滤，而没有一个通过：消息里按拒绝的过滤器统计了节点数。"],
            });
            for refused in Refused::by_count(refusals).into_iter().take(2) {
                if let Some(meaning) = refusal::meaning(refused) {
                    words.why(meaning);
                }
            }
            words.why_some(preemption::why_nobody(message));
            words.evidence("消息", text![verbatim(message)]);
            words.next(text![pod, "一直是 `Pending`。一有可能改变结果的变化，调度器就会重试。"]);
        }
        SchedulerReason::Preempts { .. } => preemption::words(reason, &mut words),
        SchedulerReason::Gated { pod, gates } => {
            words
                .why(text![
                    "有 `schedulingGates` 的 Pod 还不能调度：设置门控的一方要先做一些事。调度器不会尝试它，它也不占用任何节点的资源。"
                ])
                .evidence("门控", list(gates.iter().map(code)))
                .next(text![pod, "的最后一个门控去掉后，调度器才会找节点。"]);
        }
        SchedulerReason::NodeChosenForVolumes { pod, node: name, claims } => {
            words
                .why(text![
                    list(claims),
                    "的 StorageClass 要等第一个使用者，所以先定节点，再在 Pod 将要运行的地方制备或挑选卷。"
                ])
                .evidence("PVC", list(claims))
                .next(text![list(claims), "绑定后，", pod, "就绑定到", node(name), "。"]);
        }
    }
    words
}

/// `worker-2：463 = TaintToleration 300 + ...`
fn breakdown(score: &NodeScore) -> Text {
    let mut text = text![node(&score.node), "：", score.total];
    for (index, (plugin, points)) in score.plugins.iter().enumerate() {
        text.say(if index == 0 { " = " } else { " + " }).say(code(plugin)).say(" ").say(*points);
    }
    text
}

/// Why most of the nodes were refused, as a sentence.
pub(super) fn most_common(refusals: &[Refused]) -> Text {
    let why = Refused::by_count(refusals).first().map(|refused| {
        refusal::summary(refused)
            .unwrap_or_else(|| text!["调度器的说法是：", code(format!("{} {}", refused.nodes, refused.text)), "。"])
    });
    why.unwrap_or_else(|| text!["一个节点都没有。"])
}

pub(super) fn waiting(reason: &SchedulerReason) -> Option<Text> {
    match reason {
        SchedulerReason::Unschedulable { pod, refusals, .. } => Some(text![pod, "等待节点。", most_common(refusals)]),
        SchedulerReason::Preempts { pod, node: name, victims, .. } => {
            Some(text![pod, "等待", list(victims.iter().map(|victim| &victim.pod)), "离开", node(name), "。"])
        }
        SchedulerReason::Gated { pod, gates } => {
            Some(text![pod, "等待去掉调度门控：", list(gates.iter().map(code)), "。"])
        }
        SchedulerReason::Bound { .. } | SchedulerReason::NodeChosenForVolumes { .. } => None,
    }
}
