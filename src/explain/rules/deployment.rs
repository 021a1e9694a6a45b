//! The rules that the Deployment controller follows.

use super::{BACKGROUND, Rule, STATUS};
use crate::reason::{DeploymentAct, DeploymentReason, Resize, ResizeCause};

rules! {
    SET_FOR_EACH_TEMPLATE {
        "deployment-replica-set-for-each-template",
        "One ReplicaSet for each template",
        "每个模板一个 ReplicaSet",
        "concepts/workloads/controllers/deployment/#updating-a-deployment",
        "pkg/controller/deployment/sync.go: getNewReplicaSet"
    }
    ROLLING_UPDATE {
        "deployment-rolling-update",
        "Rolling update between two limits",
        "两个限制之间的滚动更新",
        "concepts/workloads/controllers/deployment/#rolling-update-deployment",
        "pkg/controller/deployment/rolling.go: rolloutRolling"
    }
    UNHEALTHY_FIRST {
        "deployment-unhealthy-first",
        "Old pods that are not available go first",
        "不可用的旧 Pod 先走",
        "concepts/workloads/controllers/deployment/#rolling-update-deployment",
        "pkg/controller/deployment/rolling.go: cleanupUnhealthyReplicas"
    }
    RECREATE {
        "deployment-recreate",
        "All old pods before the first new one",
        "旧 Pod 全部走完才有新 Pod",
        "concepts/workloads/controllers/deployment/#recreate-deployment",
        "pkg/controller/deployment/recreate.go: rolloutRecreate"
    }
    SCALING {
        "deployment-scaling",
        "Scaling a Deployment",
        "扩缩 Deployment",
        "concepts/workloads/controllers/deployment/#scaling-a-deployment",
        "pkg/controller/deployment/sync.go: scale"
    }
    PROPORTIONAL_SCALING {
        "deployment-proportional-scaling",
        "Proportional scaling",
        "按比例扩缩",
        "concepts/workloads/controllers/deployment/#proportional-scaling",
        "pkg/controller/deployment/util/deployment_util.go: GetReplicaSetProportion"
    }
    ROLLBACK {
        "deployment-rollback",
        "Going back to an earlier template",
        "回到以前的模板",
        "concepts/workloads/controllers/deployment/#rolling-back-a-deployment",
        "pkg/controller/deployment/util/deployment_util.go: SetNewReplicaSetAnnotations"
    }
    CLEAN_UP {
        "deployment-clean-up",
        "Old ReplicaSets that are kept",
        "保留的旧 ReplicaSet",
        "concepts/workloads/controllers/deployment/#clean-up-policy",
        "pkg/controller/deployment/sync.go: cleanupDeployment"
    }
    DEADLINE {
        "deployment-progress-deadline",
        "Progress deadline",
        "进度期限",
        "concepts/workloads/controllers/deployment/#progress-deadline-seconds",
        "pkg/controller/deployment/util/deployment_util.go: DeploymentTimedOut"
    }
    PAUSED {
        "deployment-paused",
        "Pausing and resuming a rollout",
        "暂停和恢复发布",
        "concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment",
        "pkg/controller/deployment/sync.go: checkPausedConditions"
    }
    COMPLETE {
        "deployment-complete",
        "Complete Deployment",
        "发布完成的 Deployment",
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
