//! What the Deployment controller did or waits for.

mod rollout;
mod wait;

use super::words::{count, list, seconds};
use crate::api::ObjectRef;
use crate::engine::Step;
use crate::explain::facts::deployment as facts;
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{Budget, DeploymentAct, DeploymentReason, Resize};

pub(super) fn headline(reason: &DeploymentReason, step: &Step) -> Text {
    let deployment = &reason.deployment;
    match &reason.act {
        DeploymentAct::RollOut { created: Some((set, pods)), .. } => {
            text![deployment, "创建", set, "，", count(*pods, "个 Pod")]
        }
        DeploymentAct::RollOut { created: None, resized, .. } => resizes(deployment, resized),
        DeploymentAct::Scale { resized, .. } if resized.len() > 1 => {
            text![deployment, "把新的副本数分给", resized.len(), "个 ReplicaSet"]
        }
        DeploymentAct::Scale { resized, .. } => resizes(deployment, resized),
        DeploymentAct::CleanUp { deleted, .. } => match deleted.as_slice() {
            [set] => text![deployment, "删除旧的 ReplicaSet", set],
            sets => text![deployment, "删除", sets.len(), "个旧的 ReplicaSet"],
        },
        DeploymentAct::DeadlineExceeded { deadline, .. } => text![deployment, "已有", seconds(*deadline), "没有进展"],
        DeploymentAct::WaitForAvailable { set, available, wanted, exceeded: Some(_), .. } => {
            text![deployment, "卡住了：", set, "的", *wanted, "个 Pod 中", *available, "个可用"]
        }
        DeploymentAct::WaitForAvailable { set, available, wanted, exceeded: None, .. } => {
            text![deployment, "等待：", set, "的", *wanted, "个 Pod 中", *available, "个可用"]
        }
        DeploymentAct::WaitForOldPods { pods: 0, .. } => text![deployment, "等待旧 ReplicaSet 的 Pod 数归零"],
        DeploymentAct::WaitForOldPods { pods, .. } => {
            text![deployment, "等待", count(*pods as i64, "个旧 Pod"), "结束"]
        }
        DeploymentAct::Paused { pending: true } => text![deployment, "已暂停，新模板在等待"],
        DeploymentAct::Paused { pending: false } => text![deployment, "已暂停"],
        DeploymentAct::Collision { name } => text![deployment, "发现名称", code(name), "已被占用"],
        DeploymentAct::Settled { replicas: 0, .. } => text![deployment, "已达到期望状态：不需要 Pod"],
        DeploymentAct::Settled { replicas: 1, .. } => text![deployment, "已达到期望状态：它的 Pod 是最新的"],
        DeploymentAct::Settled { replicas, .. } => {
            text![deployment, "已达到期望状态：", *replicas, "个 Pod 都是最新的"]
        }
        DeploymentAct::BeingDeleted => text![deployment, "正在删除，不再管理任何东西"],
        DeploymentAct::RecordStatus => bookkeeping(reason, step),
    }
}

fn resizes(deployment: &ObjectRef, resized: &[Resize]) -> Text {
    match resized {
        [one] => text![deployment, "把", &one.set, "从", one.from, "个 Pod 调整为", one.to, "个"],
        many => text![deployment, "调整", many.len(), "个 ReplicaSet 的大小"],
    }
}

/// What a sync that decided nothing wrote.
fn bookkeeping(reason: &DeploymentReason, step: &Step) -> Text {
    let deployment = &reason.deployment;
    if let Some(reused) = &reason.reused {
        return text![deployment, "回到", &reused.set];
    }
    if let Some(first) = reason.adopted.first() {
        return text![deployment, "收养", first];
    }
    if let Some(first) = reason.released.first() {
        return text![deployment, "释放", first];
    }
    match facts::recorded(step) {
        Some(object) => text![
            deployment,
            "在 status 里记录：",
            object.spec.replicas.unwrap_or(1),
            "个中",
            object.status.available_replicas,
            "个可用"
        ],
        None => text![deployment, "更新自己的记录"],
    }
}

pub(super) fn words(reason: &DeploymentReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let deployment = &reason.deployment;
    match &reason.act {
        DeploymentAct::RollOut { created, resized, budget, recreate } => {
            rollout::step(&mut words, deployment, created.as_ref(), resized, budget, *recreate);
        }
        DeploymentAct::Scale { resized, budget, paused } => {
            rollout::scaling(&mut words, deployment, resized, budget, *paused);
        }
        DeploymentAct::CleanUp { deleted, limit } => {
            words
                .why(text![
                    "发布完成了。没有 Pod 的旧 ReplicaSet 会保留下来，好让人回滚，最多",
                    *limit,
                    "个（`revisionHistoryLimit`）；修订号最小的先删。"
                ])
                .evidence("删除", list(deleted))
                .next(text!["`kubectl rollout undo` 再也回不到", list(deleted), "。"]);
        }
        DeploymentAct::DeadlineExceeded { set, deadline, budget } => {
            words.why(text![
                "超过",
                seconds(*deadline),
                "没有任何进展：没有新的 Pod 增加，没有更多 Pod 就绪或可用，旧 Pod 也没有减少。`Progressing` 状况现在是 `False`，\
                 原因是 `ProgressDeadlineExceeded`。"
            ]);
            words.why(text!["这只是一种说明。什么都不会停，也不会回退：", set, "的 Pod 一变为可用，发布就会继续。"]);
            limits(&mut words, budget);
            words.next(text![
                "改好模板，或者用 `kubectl rollout undo` 回滚。从现在起，`kubectl rollout status` 会报告失败。"
            ]);
        }
        DeploymentAct::WaitForAvailable { set, available, wanted, old, budget, exceeded } => {
            let stand = facts::Stand { set, available: *available, wanted: *wanted, old: *old, exceeded: *exceeded };
            wait::for_available(&mut words, deployment, scope, &stand, budget);
        }
        DeploymentAct::WaitForOldPods { pods, first } => {
            wait::for_old_pods(&mut words, deployment, *pods, first.as_ref());
        }
        DeploymentAct::Paused { pending } => wait::paused(&mut words, deployment, *pending),
        DeploymentAct::Collision { name } => {
            words
                .why(text!["当前模板的 ReplicaSet 应当叫", code(name), "，而已经有一个同名的，模板或属主却不同。"])
                .next(text!["控制器增加 `status.collisionCount`，名称里的哈希值随之改变，然后重试。"]);
        }
        DeploymentAct::Settled { set, replicas } => {
            words.why(match set {
                Some(set) if *replicas > 0 => text!["需要的 Pod 都属于", set, "，也都可用，没有事要做。"],
                Some(_) | None => text!["不需要 Pod，也没有 Pod，没有事要做。"],
            });
            words.evidence("副本数", text![*replicas]).next(text!["改模板会开始发布；改 `spec.replicas` 只是扩缩容。"]);
        }
        DeploymentAct::BeingDeleted if scope.is_orphaning(deployment) => {
            words
                .why(text!["只删除 Deployment，不删除 ReplicaSet：它要等 ReplicaSet 都去掉属主引用。"])
                .next(text!["ReplicaSet 会留下，继续管理自己的 Pod。"]);
        }
        DeploymentAct::BeingDeleted => {
            words
                .why(text![
                    "正在删除的 Deployment 自己不再扩缩任何东西：垃圾收集先删除它的 ReplicaSet，再删除它们的 Pod。"
                ])
                .next(text!["所有 Pod 都会停止，没有固定的先后顺序。"]);
        }
        DeploymentAct::RecordStatus if facts::has_asides(reason) => {}
        DeploymentAct::RecordStatus => {
            words.why(text!["控制器把各个 ReplicaSet 的计数加起来，把变化写下来。这只是记录，不做任何决定。"]);
            if let Some(object) = scope.deployment(deployment) {
                let (status, wanted) = (&object.status, object.spec.replicas.unwrap_or(1));
                words
                    .evidence("最新", text![status.updated_replicas, " / ", wanted])
                    .evidence("可用", text![status.available_replicas, " / ", wanted]);
            }
        }
    }
    asides(&mut words, reason);
    words
}

/// What the same sync did besides.
fn asides(words: &mut Words, reason: &DeploymentReason) {
    if let Some(reused) = &reason.reused {
        words.why(text![
            "这个模板就是",
            &reused.set,
            "用的那个，所以不用创建新的 ReplicaSet：它重新成为最新的，修订号从",
            reused.from,
            "变为",
            reused.to,
            "。"
        ]);
    }
    if !reason.adopted.is_empty() {
        words.why(text![list(&reason.adopted), "匹配选择器，又没有属主，所以", &reason.deployment, "收养它。"]);
    }
    if !reason.released.is_empty() {
        words.why(text![list(&reason.released), "的标签不再匹配选择器，所以", &reason.deployment, "释放它。"]);
    }
}

/// The numbers that decide how far a rollout may go.
fn limits(words: &mut Words, budget: &Budget) {
    words
        .evidence("要求的 Pod", text![budget.total, "，最多", budget.maximum()])
        .evidence("可用", text![budget.available, "，至少", budget.minimum()]);
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &DeploymentReason) -> Option<Text> {
    let deployment = &reason.deployment;
    Some(match &reason.act {
        DeploymentAct::WaitForAvailable { set, available, wanted, exceeded, .. } => {
            let missing = wanted.saturating_sub(*available);
            let late = exceeded.map(|deadline| text![seconds(deadline), "的期限已过。"]);
            text![deployment, "等待", set, "的", count(missing, "个 Pod"), "变为可用。", late]
        }
        DeploymentAct::WaitForOldPods { first: Some(first), pods: 1 } => {
            text![deployment, "等待", first, "结束。策略是 `Recreate`，在那之前不会有新 Pod。"]
        }
        DeploymentAct::WaitForOldPods { pods: 0, .. } => text![deployment, "等待旧 ReplicaSet 的 Pod 数归零。"],
        DeploymentAct::WaitForOldPods { pods, .. } => text![
            deployment,
            "等待",
            count(*pods as i64, "个旧 Pod"),
            "结束。策略是 `Recreate`，在那之前不会有新 Pod。"
        ],
        DeploymentAct::Paused { pending: true } => text![deployment, "等待你恢复发布。还没有 Pod 使用它的新模板。"],
        DeploymentAct::Paused { pending: false }
        | DeploymentAct::RollOut { .. }
        | DeploymentAct::Scale { .. }
        | DeploymentAct::CleanUp { .. }
        | DeploymentAct::DeadlineExceeded { .. }
        | DeploymentAct::Collision { .. }
        | DeploymentAct::Settled { .. }
        | DeploymentAct::BeingDeleted
        | DeploymentAct::RecordStatus => return None,
    })
}
