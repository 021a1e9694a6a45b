//! What the ReplicaSet controller did or waits for.

use super::words::{count, list};
use crate::engine::Step;
use crate::explain::facts::replica_set as facts;
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, text, verbatim};
use crate::reason::{DeletionRank, ReplicaDeletion, ReplicaSetAct, ReplicaSetReason};

pub(super) fn headline(reason: &ReplicaSetReason, step: &Step) -> Text {
    let set = &reason.set;
    match &reason.act {
        ReplicaSetAct::Create { created, .. } => text![set, "创建", count(*created as i64, "个 Pod")],
        ReplicaSetAct::Delete { deleted, .. } => match deleted.as_slice() {
            [one] => text![set, "删除", &one.pod],
            many => text![set, "删除", count(many.len(), "个 Pod")],
        },
        ReplicaSetAct::CreateRefused { .. } => text![set, "创建不了 Pod"],
        ReplicaSetAct::WaitForAvailable { available, replicas, .. } => {
            text![set, "等待：", *replicas, "个 Pod 中", *available, "个可用"]
        }
        ReplicaSetAct::Settled { replicas: 0 } => text![set, "已达到期望状态：不需要 Pod"],
        ReplicaSetAct::Settled { replicas: 1 } => text![set, "已达到期望状态：它的 Pod 可用"],
        ReplicaSetAct::Settled { replicas } => text![set, "已达到期望状态：", *replicas, "个 Pod 全部可用"],
        ReplicaSetAct::BeingDeleted => text![set, "正在删除，不再管理 Pod"],
        ReplicaSetAct::RecordStatus => bookkeeping(reason, step),
    }
}

/// What a sync that decided nothing wrote.
fn bookkeeping(reason: &ReplicaSetReason, step: &Step) -> Text {
    let set = &reason.set;
    if let Some(first) = reason.adopted.first() {
        return text![set, "收养", first];
    }
    if let Some(first) = reason.released.first() {
        return text![set, "释放", first];
    }
    match facts::recorded(step) {
        Some(object) => {
            let status = &object.status;
            text![set, "在 status 里记录：", status.replicas, "个中", status.available_replicas, "个可用"]
        }
        None => text![set, "更新自己的记录"],
    }
}

pub(super) fn words(reason: &ReplicaSetReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let set = &reason.set;
    match &reason.act {
        ReplicaSetAct::Create { created, active, replicas, terminating, ended } => {
            words.why(text![
                set,
                "需要",
                count(*replicas, "个 Pod"),
                "，现有",
                *active,
                "个，所以按模板创建",
                *created,
                "个，名称自动生成。"
            ]);
            if *terminating > 0 {
                words.why(text![
                    "有",
                    count(*terminating as i64, "个 Pod"),
                    "正在终止。这样的 Pod 已经不计入，所以不等它停止，马上补上。"
                ]);
            }
            if *ended > 0 {
                words.why(text![
                    "有",
                    count(*ended as i64, "个 Pod"),
                    "已经结束。ReplicaSet 另外创建一个来补位，旧的对象保持原样。"
                ]);
            }
            words.evidence("计入的 Pod", text![*active, " / ", *replicas]).next(text!["调度器会为它们逐个寻找节点。"]);
        }
        ReplicaSetAct::Delete { deleted, active, replicas } => {
            words.why(text![
                set,
                "需要",
                count(*replicas, "个 Pod"),
                "，现有",
                *active,
                "个，所以要走",
                deleted.len(),
                "个。"
            ]);
            chosen(&mut words, deleted);
            words
                .evidence("计入的 Pod", text![*active, " / ", *replicas])
                .next(text!["每个都要在宽限期内停止。从现在起，它们不再计入。"]);
        }
        ReplicaSetAct::CreateRefused { message, active, replicas } => {
            words
                .why(text![
                    "API server 拒绝按",
                    set,
                    "的模板创建 Pod。`ReplicaFailure` 状况写明了原因 `FailedCreate`；控制器会重试，间隔越来越长。"
                ])
                .evidence("消息", text![verbatim(message)])
                .evidence("计入的 Pod", text![*active, " / ", *replicas])
                .next(text!["改好模板，或者创建它需要的东西。"]);
        }
        ReplicaSetAct::WaitForAvailable { available, replicas, pod } => {
            words
                .why(text!["需要的 Pod 都有了，只是", pod, "还不可用。ReplicaSet 不会因为 Pod 没有就绪就替换它。"])
                .evidence("可用", text![*available, " / ", *replicas])
                .next(text!["全部可用后，", set, "就达到期望状态。"]);
        }
        ReplicaSetAct::Settled { replicas } => {
            words
                .why(text![
                    "需要的 Pod 都有了，也都可用，没有事要做。",
                    set,
                    "没有属主，所以模板变了，也没有谁来更新它的 Pod：那是 Deployment 的工作。"
                ])
                .evidence("副本数", text![*replicas])
                .next(text!["有 Pod 结束或删除时，", set, "会再创建一个。"]);
        }
        ReplicaSetAct::BeingDeleted if scope.is_orphaning(set) => {
            words
                .why(text!["只删除 ReplicaSet，不删除 Pod：它要等 Pod 都去掉属主引用。"])
                .next(text!["Pod 没有了属主，继续运行。"]);
        }
        ReplicaSetAct::BeingDeleted => {
            words
                .why(text!["正在删除的 ReplicaSet 自己不再创建或删除 Pod：它拥有的对象由垃圾收集删除。"])
                .next(text!["它的 Pod 会消失，没有固定的先后顺序。"]);
        }
        ReplicaSetAct::RecordStatus if !reason.adopted.is_empty() || !reason.released.is_empty() => {}
        ReplicaSetAct::RecordStatus => {
            words.why(text!["控制器每次同步都会数一遍 Pod，把变化写下来。这只是记录，不做任何决定。"]);
            if let Some(object) = scope.replica_set(set) {
                let status = &object.status;
                words
                    .evidence("就绪", text![status.ready_replicas, " / ", status.replicas])
                    .evidence("可用", text![status.available_replicas, " / ", status.replicas])
                    .evidence("正在终止", text![status.terminating_replicas.unwrap_or(0)]);
            }
        }
    }
    asides(&mut words, reason);
    words
}

/// Why these pods and not others: the reasons are told once each, with the pods that they hold for.
fn chosen(words: &mut Words, deleted: &[ReplicaDeletion]) {
    let ranks = facts::by_rank(deleted);
    for (rank, deletions) in &ranks {
        let pods = list(deletions.iter().map(|deletion| &deletion.pod));
        words.evidence("删除", text![pods, "：", short(rank)]);
    }
    for (rank, _) in ranks.iter().take(2) {
        words.why(long(rank));
    }
    let equals = facts::equals(deleted);
    if equals > 0 {
        words.why(text![
            "有",
            count(equals, "个 Pod"),
            "在各方面都一样，又不必全部删除。这时 Kubernetes 按随机的标识来选，Setwise 按名称来选。"
        ]);
    }
}

/// Why a pod goes, in a few words.
fn short(rank: &DeletionRank) -> Text {
    match rank {
        DeletionRank::All => text!["全部删除"],
        DeletionRank::Unassigned => text!["还没有节点"],
        DeletionRank::Pending => text!["阶段为 `Pending`"],
        DeletionRank::NotReady => text!["没有就绪"],
        DeletionRank::Cost { cost, other } => text!["删除代价 ", *cost, "，低于 ", *other],
        DeletionRank::Crowded { node: name, pods, other } => {
            text![node(name), "上有", *pods, "个，别的节点有", *other, "个"]
        }
        DeletionRank::ReadyLater => text!["就绪时间较短"],
        DeletionRank::Restarts { restarts, other } => text!["重启", count(*restarts, "次"), "，其他", *other, "次"],
        DeletionRank::Younger => text!["创建得较晚"],
        DeletionRank::Equal => text!["按名称"],
    }
}

/// The rule by which a pod goes before those that stay.
fn long(rank: &DeletionRank) -> Text {
    match rank {
        DeletionRank::All => text!["一个都不留，所以不用挑选。"],
        DeletionRank::Unassigned => text!["没有节点的 Pod，比有节点的先走。"],
        DeletionRank::Pending => text!["`Pending` 的 Pod，比 `Running` 的先走。"],
        DeletionRank::NotReady => text!["没有就绪的 Pod，比就绪的先走。"],
        DeletionRank::Cost { .. } => text![
            "注解 `controller.kubernetes.io/pod-deletion-cost` 说明删掉哪个 Pod 影响小：代价最低的先走。\
             只有“没有节点”、阶段和就绪状态比它更优先。"
        ],
        DeletionRank::Crowded { pods, .. } => text![
            "其他方面都一样时，从这个 Deployment 的 Pod 最多的节点上删，这里是",
            *pods,
            "个，这样剩下的仍然分散。"
        ],
        DeletionRank::ReadyLater => {
            text!["其他方面都一样时，就绪时间较短的先走。时间按对数比较：相差不到约 2 倍，就算一样。"]
        }
        DeletionRank::Restarts { .. } => text!["其他方面都一样时，容器重启次数较多的先走。"],
        DeletionRank::Younger => {
            text!["其他方面都一样时，创建得较晚的先走。时间按对数比较：相差不到约 2 倍，就算一样。"]
        }
        DeletionRank::Equal => text!["没有什么能让一个 Pod 排在另一个前面。"],
    }
}

/// What the same sync did besides.
fn asides(words: &mut Words, reason: &ReplicaSetReason) {
    if !reason.adopted.is_empty() {
        words.why(text![list(&reason.adopted), "匹配选择器，又没有属主，所以", &reason.set, "收养它。"]);
    }
    if !reason.released.is_empty() {
        words.why(text![
            list(&reason.released),
            "的标签不再匹配选择器：",
            &reason.set,
            "释放它，它没有了属主，继续运行。"
        ]);
    }
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &ReplicaSetReason) -> Option<Text> {
    let set = &reason.set;
    Some(match &reason.act {
        ReplicaSetAct::CreateRefused { message, .. } => {
            text![set, "等待它的 Pod 得到接受：", verbatim(message), "。"]
        }
        ReplicaSetAct::WaitForAvailable { available, replicas, .. } => {
            let missing = replicas.saturating_sub(*available);
            text![set, "等待", count(missing, "个 Pod"), "变为可用。"]
        }
        ReplicaSetAct::Create { .. }
        | ReplicaSetAct::Delete { .. }
        | ReplicaSetAct::Settled { .. }
        | ReplicaSetAct::BeingDeleted
        | ReplicaSetAct::RecordStatus => return None,
    })
}
