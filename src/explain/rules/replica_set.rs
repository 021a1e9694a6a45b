//! The rules that the ReplicaSet controller follows.

use super::{BACKGROUND, Rule, STATUS};
use crate::reason::{DeletionRank, ReplicaSetAct, ReplicaSetReason};

rules! {
    REPLICAS {
        "replicaset-replicas",
        "As many pods as wanted",
        "需要多少 Pod 就有多少",
        "concepts/workloads/controllers/replicaset/#how-a-replicaset-works",
        "pkg/controller/replicaset/replica_set.go: manageReplicas"
    }
    ACTIVE_PODS {
        "replicaset-active-pods",
        "Terminating and ended pods do not count",
        "正在终止和已结束的 Pod 不计入",
        "concepts/workloads/controllers/replicaset/#how-a-replicaset-works",
        "pkg/controller/controller_utils.go: IsPodActive"
    }
    DELETION_ORDER {
        "replicaset-deletion-order",
        "Which pods go first",
        "哪些 Pod 先走",
        "concepts/workloads/controllers/replicaset/#scaling-a-replicaset",
        "pkg/controller/controller_utils.go: ActivePodsWithRanks"
    }
    DELETION_COST {
        "replicaset-pod-deletion-cost",
        "Pod deletion cost",
        "Pod 删除代价",
        "concepts/workloads/controllers/replicaset/#pod-deletion-cost",
        "pkg/apis/core/helper/helpers.go: GetDeletionCostFromPodAnnotations"
    }
    REPLICA_FAILURE {
        "replicaset-failure",
        "Pods that cannot be made",
        "创建不了的 Pod",
        "concepts/workloads/controllers/deployment/#failed-deployment",
        "pkg/controller/replicaset/replica_set_utils.go: calculateStatus"
    }
    AVAILABLE {
        "replicaset-available",
        "Available pods",
        "可用的 Pod",
        "concepts/workloads/controllers/deployment/#min-ready-seconds",
        "pkg/controller/replicaset/replica_set_utils.go: calculateStatus"
    }
    ADOPTION {
        "replicaset-adoption",
        "Pods without an owner are adopted",
        "收养没有属主的 Pod",
        "concepts/workloads/controllers/replicaset/#non-template-pod-acquisitions",
        "pkg/controller/controller_ref_manager.go: ClaimObject"
    }
}

pub(super) fn rule_of(reason: &ReplicaSetReason) -> &'static Rule {
    let claims = !reason.adopted.is_empty() || !reason.released.is_empty();
    match &reason.act {
        ReplicaSetAct::Create { terminating: 0, ended: 0, .. } => &REPLICAS,
        ReplicaSetAct::Create { .. } => &ACTIVE_PODS,
        ReplicaSetAct::Delete { deleted, .. } => {
            match deleted.iter().any(|deletion| matches!(deletion.rank, DeletionRank::Cost { .. })) {
                true => &DELETION_COST,
                false => &DELETION_ORDER,
            }
        }
        ReplicaSetAct::CreateRefused { .. } => &REPLICA_FAILURE,
        ReplicaSetAct::WaitForAvailable { .. } | ReplicaSetAct::Settled { .. } => &AVAILABLE,
        ReplicaSetAct::BeingDeleted => &BACKGROUND,
        ReplicaSetAct::RecordStatus if claims => &ADOPTION,
        ReplicaSetAct::RecordStatus => &STATUS,
    }
}
