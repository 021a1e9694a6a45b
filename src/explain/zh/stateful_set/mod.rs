//! What the StatefulSet controller did or waits for.

mod asides;
mod create;
mod scale_down;
mod update;
mod wait;

use super::words::{count, list};
use crate::api::{ObjectRef, RetentionPolicyType};
use crate::engine::Step;
use crate::explain::facts::phase;
use crate::explain::facts::stateful_set::{self as facts, Bookkeeping, NAMED};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{StatefulSetAct, StatefulSetReason};

pub(super) fn headline(reason: &StatefulSetReason, step: &Step) -> Text {
    let set = &reason.set;
    match &reason.act {
        StatefulSetAct::CreatePods { pods, .. } if pods.len() <= NAMED => text!["创建", list(pods)],
        StatefulSetAct::CreatePods { pods, .. } => text![set, "创建", count(pods.len(), "个 Pod")],
        StatefulSetAct::WaitForPod { pod, lack, .. } => text![set, "等待", pod, wait::wish(lack)],
        StatefulSetAct::DeleteSurplus { pods, .. } if pods.len() <= NAMED => text!["缩容：删除", list(pods)],
        StatefulSetAct::DeleteSurplus { pods, .. } => text![set, "删除", count(pods.len(), "个多余的 Pod")],
        StatefulSetAct::ReplaceEnded { pod, .. } => text!["删除已经结束的", pod],
        StatefulSetAct::UpdatePods { pods, .. } if pods.len() <= NAMED => text!["为了更新，删除", list(pods)],
        StatefulSetAct::UpdatePods { pods, .. } => text![set, "为了更新，删除", count(pods.len(), "个 Pod")],
        StatefulSetAct::ClaimTerminating { pod, .. } => text![pod, "没法继续：它的 PVC 正在删除"],
        StatefulSetAct::ClaimStale { pod, .. } => text![pod, "等待旧的 PVC 消失"],
        StatefulSetAct::NameTaken { pod } => text!["创建不了", pod, "：名称已被占用"],
        StatefulSetAct::PodRefused { pod, .. } => text![pod, "遭到拒绝：标签会太长"],
        StatefulSetAct::WaitForManualDelete { pods, .. } => {
            text![set, "等待你删除", count(pods.len() as i64, "个旧 Pod")]
        }
        StatefulSetAct::HeldByPartition { pods, .. } if pods.len() <= NAMED => {
            text![set, "让", list(pods), "停在旧的修订版本"]
        }
        StatefulSetAct::HeldByPartition { pods, .. } => {
            text![set, "让", count(pods.len(), "个 Pod"), "停在旧的修订版本"]
        }
        StatefulSetAct::BeingDeleted => text![set, "正在删除，不再管理 Pod"],
        StatefulSetAct::Settled { replicas: 0 } => text![set, "已达到期望状态：不需要 Pod"],
        StatefulSetAct::Settled { replicas: 1 } => text![set, "已达到期望状态：它的 Pod 已就绪，也是最新的"],
        StatefulSetAct::Settled { replicas } => text![set, "已达到期望状态：", *replicas, "个 Pod 都是最新的"],
        StatefulSetAct::RecordStatus => match reason.asides.first() {
            Some(aside) => asides::headline(set, aside),
            None => bookkeeping(set, step),
        },
    }
}

/// What a sync that decided nothing wrote.
fn bookkeeping(set: &ObjectRef, step: &Step) -> Text {
    match facts::bookkeeping(step) {
        Bookkeeping::Status(status) => {
            text![set, "在 status 里记录：", status.replicas, "个中", status.ready_replicas, "个就绪"]
        }
        Bookkeeping::Claims => text![set, "整理自己的 PVC"],
        Bookkeeping::Other => text![set, "更新自己的记录"],
    }
}

pub(super) fn words(reason: &StatefulSetReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let set = &reason.set;
    match &reason.act {
        StatefulSetAct::CreatePods { pods, new_claims, kept_claims, after, revision, held_back, ordered } => {
            create::order(&mut words, set, scope, pods, after.as_ref(), *ordered);
            create::claims(&mut words, pods, new_claims, kept_claims);
            if *held_back {
                create::held_back_because(&mut words, set, scope);
            }
            words.evidence("修订版本", text![code(revision)]);
        }
        StatefulSetAct::WaitForPod { pod, lack, held } => wait::words(&mut words, set, pod, lack, held, scope),
        StatefulSetAct::DeleteSurplus { pods, replicas, kept_claims, deletes_claims } => {
            scale_down::order(&mut words, set, scope, pods, *replicas);
            scale_down::claims(&mut words, kept_claims, *deletes_claims);
        }
        StatefulSetAct::ReplaceEnded { pod, phase: ended } => {
            words
                .why(text![
                    pod,
                    "的阶段是",
                    phase(*ended),
                    "，这是最终状态：容器不会再运行。StatefulSet 会删除这样的 Pod，再用同样的名称、同样的 PVC 重新创建。"
                ])
                .next(text![pod, "消失、名称空出来后，", set, "会重新创建它。"]);
        }
        StatefulSetAct::UpdatePods { pods, from, to, updated, replicas } => {
            update::order(&mut words, set, scope, pods);
            words
                .evidence("修订版本", text![code(from), " → ", code(to)])
                .evidence("已更新", text![*updated, " / ", *replicas]);
        }
        StatefulSetAct::ClaimTerminating { pod, claim } => {
            words
                .why(text![
                    claim,
                    "正在删除，而 Pod 不会创建在即将消失的 PVC 上。有人在 Pod 使用它的时候删除了它，所以它一直保留到 Pod 消失。"
                ])
                .next(text![
                    claim,
                    "消失后，",
                    set,
                    "会用这个名称创建一个空的 PVC，再创建",
                    pod,
                    "。旧 PVC 里的数据不会自己回来。"
                ]);
        }
        StatefulSetAct::ClaimStale { pod, claim } => {
            words
                .why(text![
                    "由于 `whenScaled: Delete`，以前的",
                    pod,
                    "成了",
                    claim,
                    "的属主，垃圾收集马上就要删除这个 PVC。新的",
                    pod,
                    "用了它会丢掉存储，所以",
                    set,
                    "先等着。"
                ])
                .next(text![claim, "消失后，", set, "会创建一个新的空 PVC，再创建", pod, "。"]);
        }
        StatefulSetAct::NameTaken { pod } => {
            words
                .why(text![
                    "名为",
                    pod,
                    "的 Pod 已经存在，但不属于",
                    set,
                    "：要么标签不匹配选择器，要么另有控制器。名称就是 Pod 的身份，所以",
                    set,
                    "不能换一个。"
                ])
                .next(text![set, "会一直重试；等那个 Pod 删除，或者标签重新匹配，它就能继续。"]);
        }
        StatefulSetAct::PodRefused { label, value, .. } => {
            words
                .why(text![
                    "控制器给每个 Pod 打上标签",
                    code(label),
                    "，这里的值有",
                    value.len(),
                    "个字符。标签的值最多 63 个字符，所以 API server 拒绝这个 Pod。"
                ])
                .why(text![
                    "值是由 StatefulSet 的名称、一个连字符和模板的哈希值组成的。名称超过 52 个字符，StatefulSet 能保存，却创建不了 Pod。"
                ])
                .evidence("值", text![code(value)])
                .next(text![set, "再重试也没有用。名称改不了：删除它，换一个短些的名称。"]);
        }
        StatefulSetAct::WaitForManualDelete { pods, to } => {
            words
                .why(text![
                    "模板变了，但策略是 `updateStrategy.type: OnDelete`，控制器从不为了更新而删除 Pod。在你动手之前，",
                    list(pods),
                    "停在旧的修订版本。"
                ])
                .evidence("旧 Pod", list(pods))
                .evidence("新的修订版本", text![code(to)]);
            let example = pods.last().map(|pod| text!["，比如", pod]);
            words.next(text!["删除一个 Pod", example, "，它就会按新的修订版本重新创建。"]);
        }
        StatefulSetAct::HeldByPartition { pods, partition } => {
            update::partition_holds(&mut words, set, scope, pods, *partition);
        }
        StatefulSetAct::BeingDeleted => {
            if scope.is_orphaning(set) {
                words.why(text!["只删除 StatefulSet，不删除 Pod：它要等 Pod 都去掉属主引用。"]);
                words.next(text!["Pod 没有了属主，继续运行，PVC 也会留下。"]);
            } else {
                words.why(text![
                    "正在删除的 StatefulSet 不会按顺序停止：垃圾收集会同时删除它的所有 Pod。要按顺序停止，就先缩到 0，再删除它。"
                ]);
                match scope.stateful_set(set).map(|set| set.spec.retention().0) {
                    Some(RetentionPolicyType::Delete) => {
                        words.next(text!["Pod 会消失，PVC 随后也会消失：`whenDeleted` 是 `Delete`。"])
                    }
                    Some(RetentionPolicyType::Retain) | None => {
                        words.next(text!["Pod 会消失。PVC 会留下，直到有人删除。"])
                    }
                };
            }
        }
        StatefulSetAct::Settled { replicas } => {
            words.why(match scope.ordinals(set) {
                Some((first, last)) if first == last => {
                    text!["唯一的 Pod 已经可用，也已更新到最新的修订版本，没有事要做。"]
                }
                Some((first, last)) if *replicas > 0 => {
                    text!["序号", first, "到", last, "都有 Pod，每个都可用，也都已更新到最新的修订版本，没有事要做。"]
                }
                _ => text!["现有的就是需要的，没有事要做。"],
            });
            words.next(text!["清单或某个 Pod 有变化之前，", set, "不会再做什么。"]);
        }
        StatefulSetAct::RecordStatus if reason.asides.is_empty() => {
            words.why(text!["控制器在每次同步结束时数一遍 Pod，把变化写下来。这只是记录，不做任何决定。"]);
            recorded(&mut words, set, scope);
        }
        StatefulSetAct::RecordStatus => recorded(&mut words, set, scope),
    }
    for aside in &reason.asides {
        words.why(asides::sentence(set, aside, scope));
    }
    words
}

/// The counts in the status after the step.
fn recorded(words: &mut Words, set: &ObjectRef, scope: Scope<'_>) {
    let Some(set) = scope.stateful_set(set) else { return };
    let status = &set.status;
    words
        .evidence("就绪", text![status.ready_replicas, " / ", status.replicas])
        .evidence("可用", text![status.available_replicas, " / ", status.replicas])
        .evidence("最新修订版本", text![status.updated_replicas, " / ", status.replicas]);
}

pub(super) fn waiting(reason: &StatefulSetReason, scope: Scope<'_>) -> Option<Text> {
    let set = &reason.set;
    Some(match &reason.act {
        StatefulSetAct::WaitForPod { pod, lack, held } => wait::line(set, pod, lack, held, scope),
        StatefulSetAct::ClaimTerminating { pod, claim } => {
            text![pod, "等待", claim, "消失。Pod 不会创建在正在删除的 PVC 上。"]
        }
        StatefulSetAct::ClaimStale { pod, claim } => {
            text![pod, "等待", claim, "消失。它属于以前用这个名称的 Pod。"]
        }
        StatefulSetAct::NameTaken { pod } => {
            text![set, "等待名称", pod, "空出来。占用它的 Pod 不属于这个 StatefulSet。"]
        }
        StatefulSetAct::PodRefused { pod, label, .. } => {
            text![set, "创建不了", pod, "：标签", code(label), "会太长。"]
        }
        StatefulSetAct::WaitForManualDelete { pods, .. } => {
            text![list(pods), "等待你删除。`OnDelete` 不会自己更新 Pod。"]
        }
        StatefulSetAct::HeldByPartition { pods, partition } => {
            text![list(pods), "等待调低分区值。现在是", *partition, "，序号比它小的 Pod 保持旧版。"]
        }
        StatefulSetAct::CreatePods { .. }
        | StatefulSetAct::DeleteSurplus { .. }
        | StatefulSetAct::ReplaceEnded { .. }
        | StatefulSetAct::UpdatePods { .. }
        | StatefulSetAct::BeingDeleted
        | StatefulSetAct::Settled { .. }
        | StatefulSetAct::RecordStatus => return None,
    })
}
