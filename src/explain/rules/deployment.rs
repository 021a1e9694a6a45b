//! The rules that the Deployment controller follows.

use super::{BACKGROUND, Rule, STATUS};
use crate::reason::{DeploymentAct, DeploymentReason, Resize, ResizeCause};

rules! {
    SET_FOR_EACH_TEMPLATE {
        "deployment-replica-set-for-each-template",
        "One ReplicaSet for each template",
        "每个模板一个 ReplicaSet",
        "A Deployment makes no pods itself. For every pod template it has a ReplicaSet, named by a hash of \
         the template, and shifts replicas from one to the other. Scaling leaves the template alone, so it \
         makes no new ReplicaSet.",
        "Deployment 自己不创建 Pod。它为每个 Pod 模板准备一个 ReplicaSet，用模板的哈希命名，再把副本从旧的移到新的。\
         扩缩容不改模板，所以不会产生新的 ReplicaSet。",
        "concepts/workloads/controllers/deployment/#updating-a-deployment",
        "pkg/controller/deployment/sync.go: getNewReplicaSet"
    }
    ROLLING_UPDATE {
        "deployment-rolling-update",
        "Rolling update between two limits",
        "两个限制之间的滚动更新",
        "During a rolling update there are never more pods than `replicas` plus `maxSurge`, and never fewer \
         available ones than `replicas` minus `maxUnavailable`. Within these limits the new ReplicaSet grows \
         and the old ones shrink.",
        "滚动更新期间，Pod 总数不超过 `replicas` 加 `maxSurge`，可用的 Pod 不少于 `replicas` 减 `maxUnavailable`。\
         在这两条界线之间，新的 ReplicaSet 变大，旧的变小。",
        "concepts/workloads/controllers/deployment/#rolling-update-deployment",
        "pkg/controller/deployment/rolling.go: rolloutRolling"
    }
    UNHEALTHY_FIRST {
        "deployment-unhealthy-first",
        "Old pods that are not available go first",
        "不可用的旧 Pod 先走",
        "Old pods that are not available serve nobody, so the controller removes them first. This frees room \
         for new pods without touching any that work.",
        "不可用的旧 Pod 没有在提供服务，所以控制器先删它们。这样不动正常工作的 Pod，就能给新 Pod 腾出位置。",
        "concepts/workloads/controllers/deployment/#rolling-update-deployment",
        "pkg/controller/deployment/rolling.go: cleanupUnhealthyReplicas"
    }
    RECREATE {
        "deployment-recreate",
        "All old pods before the first new one",
        "旧 Pod 全部走完才有新 Pod",
        "With the strategy `Recreate` all old pods stop, and only when the last one is gone the first new one \
         is made. Two versions never run at the same time, at the price of an interruption.",
        "策略为 `Recreate` 时，旧 Pod 全部停掉，最后一个消失之后才创建第一个新 Pod。两个版本不会同时运行，\
         代价是服务会中断。",
        "concepts/workloads/controllers/deployment/#recreate-deployment",
        "pkg/controller/deployment/recreate.go: rolloutRecreate"
    }
    SCALING {
        "deployment-scaling",
        "Scaling a Deployment",
        "扩缩 Deployment",
        "When only `replicas` changes, the Deployment passes the number on to its ReplicaSet. Nothing is \
         rolled out: running pods stay, some are added or removed.",
        "只改 `replicas` 时，Deployment 把数目交给它的 ReplicaSet，不触发发布：运行中的 Pod 留着，只是加几个或减几个。",
        "concepts/workloads/controllers/deployment/#scaling-a-deployment",
        "pkg/controller/deployment/sync.go: scale"
    }
    PROPORTIONAL_SCALING {
        "deployment-proportional-scaling",
        "Proportional scaling",
        "按比例扩缩",
        "If a Deployment is scaled in the middle of a rollout, the added or removed replicas are shared among \
         its ReplicaSets by their sizes, so that the rollout keeps its balance of old and new.",
        "如果在发布途中扩缩 Deployment，增减的副本会按各 ReplicaSet 的大小分摊，新旧比例因此保持不变。",
        "concepts/workloads/controllers/deployment/#proportional-scaling",
        "pkg/controller/deployment/util/deployment_util.go: GetReplicaSetProportion"
    }
    ROLLBACK {
        "deployment-rollback",
        "Going back to an earlier template",
        "回到以前的模板",
        "Going back to an earlier template is a rollout like any other: the ReplicaSet of that template still \
         exists, is given the highest revision number and grows again.",
        "回到以前的模板也是一次普通的发布：那个模板的 ReplicaSet 还在，它得到最大的修订号，重新变大。",
        "concepts/workloads/controllers/deployment/#rolling-back-a-deployment",
        "pkg/controller/deployment/util/deployment_util.go: SetNewReplicaSetAnnotations"
    }
    CLEAN_UP {
        "deployment-clean-up",
        "Old ReplicaSets that are kept",
        "保留的旧 ReplicaSet",
        "Old ReplicaSets with no pods are kept so that one can go back to them. Beyond \
         `revisionHistoryLimit`, by default 10, the oldest are deleted.",
        "没有 Pod 的旧 ReplicaSet 会留着，以便回退。超过 `revisionHistoryLimit`（默认 10）时，最旧的被删掉。",
        "concepts/workloads/controllers/deployment/#clean-up-policy",
        "pkg/controller/deployment/sync.go: cleanupDeployment"
    }
    DEADLINE {
        "deployment-progress-deadline",
        "Progress deadline",
        "进度期限",
        "A rollout that makes no progress for `progressDeadlineSeconds`, by default 600, is reported as \
         failed in the condition `Progressing`. Nothing is rolled back: that is left to whoever reads it.",
        "发布在 `progressDeadlineSeconds`（默认 600 秒）内没有进展时，条件 `Progressing` 会报告失败。系统不会自动回滚，\
         要由看到它的人处理。",
        "concepts/workloads/controllers/deployment/#progress-deadline-seconds",
        "pkg/controller/deployment/util/deployment_util.go: DeploymentTimedOut"
    }
    PAUSED {
        "deployment-paused",
        "Pausing and resuming a rollout",
        "暂停和恢复发布",
        "While a Deployment is paused, changes of its template are kept and not rolled out. Scaling still \
         works. After resuming, all changes are rolled out together.",
        "Deployment 暂停期间，对模板的修改会记下，但不发布；扩缩容照常。恢复之后，所有修改一起发布。",
        "concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment",
        "pkg/controller/deployment/sync.go: checkPausedConditions"
    }
    COMPLETE {
        "deployment-complete",
        "Complete Deployment",
        "发布完成的 Deployment",
        "A rollout is complete when all replicas are of the new template and available, and no old pod is \
         left.",
        "所有副本都是新模板的、都可用，并且没有旧 Pod 剩下时，发布完成。",
        "concepts/workloads/controllers/deployment/#complete-deployment",
        "pkg/controller/deployment/util/deployment_util.go: DeploymentComplete"
    }
}

pub(super) fn rule_of(reason: &DeploymentReason) -> &'static Rule {
    match &reason.act {
        DeploymentAct::RollOut { recreate: true, .. } | DeploymentAct::WaitForOldPods { .. } => &RECREATE,
        DeploymentAct::RollOut { resized, .. } if is_cleaned(resized) => &UNHEALTHY_FIRST,
        DeploymentAct::RollOut { created: Some(_), .. } | DeploymentAct::Collision { .. } => &SET_FOR_EACH_TEMPLATE,
        DeploymentAct::RollOut { created: None, .. } if reason.reused.is_some() => &ROLLBACK,
        DeploymentAct::RollOut { created: None, .. } => &ROLLING_UPDATE,
        DeploymentAct::Scale { resized, .. } if resized.iter().any(is_share) => &PROPORTIONAL_SCALING,
        DeploymentAct::Scale { .. } => &SCALING,
        DeploymentAct::CleanUp { .. } => &CLEAN_UP,
        DeploymentAct::DeadlineExceeded { .. } | DeploymentAct::WaitForAvailable { exceeded: Some(_), .. } => &DEADLINE,
        DeploymentAct::WaitForAvailable { exceeded: None, .. } => &ROLLING_UPDATE,
        DeploymentAct::Paused { .. } => &PAUSED,
        DeploymentAct::Settled { .. } => &COMPLETE,
        DeploymentAct::BeingDeleted => &BACKGROUND,
        DeploymentAct::RecordStatus if reason.reused.is_some() => &ROLLBACK,
        DeploymentAct::RecordStatus => &STATUS,
    }
}

fn is_cleaned(resized: &[Resize]) -> bool {
    resized.iter().any(|resize| resize.cause == ResizeCause::OldUnhealthy)
}

fn is_share(resize: &Resize) -> bool {
    matches!(resize.cause, ResizeCause::Share { .. })
}
