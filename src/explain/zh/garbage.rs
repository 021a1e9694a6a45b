//! What garbage collection did.

use super::words::{count, list};
use crate::engine::Step;
use crate::explain::facts::outlives_its_owner;
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, text};
use crate::reason::GarbageReason;

pub(super) fn headline(reason: &GarbageReason, step: &Step) -> Text {
    match reason {
        GarbageReason::OwnerGone { object, owner } if outlives_its_owner(object, step) => {
            text![object, "不再属于", owner]
        }
        GarbageReason::OwnerGone { object, .. } => text!["删除", object, "：它的属主已经不在"],
        GarbageReason::ForegroundDependent { object, owner } => text!["先删除", object, "，再删除属主", owner],
        GarbageReason::WaitsForDependents { owner, left } => {
            text![owner, "等待", count(*left as i64, "个从属对象"), "消失"]
        }
        GarbageReason::OwnerReleased { owner } => text![owner, "最后消失：它拥有的对象都已消失"],
        GarbageReason::Orphaned { owner, dependents } => {
            text![owner, "删除，留下", count(dependents.len() as i64, "个孤儿")]
        }
        GarbageReason::NodeGone { pod, .. } => text!["移除", pod, "：它的节点已经不在"],
        GarbageReason::OutOfService { pod, .. } => text!["移除", pod, "：它的节点已停止服务"],
        GarbageReason::Unscheduled { pod } => text!["移除", pod, "：它从未分到节点"],
    }
}

pub(super) fn words(reason: &GarbageReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        GarbageReason::OwnerGone { object, owner } if outlives_its_owner(object, scope.step) => {
            words
                .why(text![owner, "已经不在，但", object, "还有别的属主，所以它会留下，只去掉这条属主引用。"])
                .evidence("已消失的属主", text![owner]);
        }
        GarbageReason::OwnerGone { object, owner } => {
            words
                .why(text![object, "属于", owner, "。有属主的对象在失去最后一个属主后就会删除，没有固定的先后顺序。"])
                .evidence("已消失的属主", text![owner])
                .next(text!["Pod 要等宽限期过后才消失，其他对象立即消失。"]);
        }
        GarbageReason::ForegroundDependent { object, owner } => {
            words
                .why(text![owner, "正在以前台方式删除：先删除它拥有的对象，", object, "就是其中之一。"])
                .evidence("属主", text![owner])
                .next(text!["阻止它删除的对象都消失后，", owner, "也会消失。"]);
        }
        GarbageReason::WaitsForDependents { owner, left } => {
            words
                .why(text![
                    "前台删除时，属主最后才走：",
                    owner,
                    "会一直处于正在终止的状态，直到它拥有的、阻止它删除的对象全部消失。"
                ])
                .evidence("剩余的从属对象", text![*left])
                .next(text!["最后一个消失后，", owner, "就会消失。"]);
        }
        GarbageReason::OwnerReleased { owner } => {
            words.why(text!["前台删除时，属主最后才走。现在已经没有对象阻止", owner, "删除，所以它也走了。"]);
        }
        GarbageReason::Orphaned { owner, dependents } => {
            words
                .why(text![
                    owner,
                    "是用 `--cascade=orphan` 删除的：只删除属主。",
                    list(dependents),
                    "失去属主，照旧留下。"
                ])
                .evidence("孤儿", list(dependents))
                .next(text!["孤儿结束后，不会有谁来补位。以后若有选择器相同的控制器，会收养匹配的孤儿。"]);
        }
        GarbageReason::NodeGone { pod, node: name } => {
            words
                .why(text![
                    node(name),
                    "已经不存在，没有 kubelet 能确认",
                    pod,
                    "已经停止。Pod 垃圾收集每 20 秒检查一次，观察满 40 秒后移除这样的 Pod。"
                ])
                .evidence("节点", text![node(name)])
                .next(text!["名称", pod, "空了出来，控制器可以在别的节点上重新创建它。"]);
        }
        GarbageReason::OutOfService { pod, node: name } => {
            words
                .why(text![
                    "有人用污点 `node.kubernetes.io/out-of-service` 声明：",
                    node(name),
                    "已经关机，上面不再运行任何东西。所以 Pod 垃圾收集不必等它的 kubelet，直接移除正在终止的",
                    pod,
                    "。"
                ])
                .evidence("节点", text![node(name)])
                .next(text![
                    "名称",
                    pod,
                    "空了出来，它的卷也立即卸下。万一那台机器其实还在运行，就会有两个副本同时写这些卷。"
                ]);
        }
        GarbageReason::Unscheduled { pod } => {
            words
                .why(text![
                    pod,
                    "正在终止，又从未分到节点，所以没有 kubelet 来结束它。Pod 垃圾收集每 20 秒检查一次，由它来移除。"
                ])
                .next(text!["finalizer 全部去掉后，对象才会消失。"]);
        }
    }
    words
}

pub(super) fn waiting(reason: &GarbageReason) -> Option<Text> {
    match reason {
        GarbageReason::WaitsForDependents { owner, left } => {
            Some(text![owner, "等待", count(*left as i64, "个从属对象"), "消失。前台删除时，属主最后才走。"])
        }
        GarbageReason::OwnerGone { .. }
        | GarbageReason::ForegroundDependent { .. }
        | GarbageReason::OwnerReleased { .. }
        | GarbageReason::Orphaned { .. }
        | GarbageReason::NodeGone { .. }
        | GarbageReason::OutOfService { .. }
        | GarbageReason::Unscheduled { .. } => None,
    }
}
