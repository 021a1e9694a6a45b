//! The rules that the ReplicaSet controller follows.

use super::{BACKGROUND, Rule, STATUS};
use crate::reason::{DeletionRank, ReplicaSetAct, ReplicaSetReason};

rules! {
    REPLICAS {
        "replicaset-replicas",
        "As many pods as wanted",
        "concepts/workloads/controllers/replicaset/#how-a-replicaset-works",
        "pkg/controller/replicaset/replica_set.go: manageReplicas"
    }
    ACTIVE_PODS {
        "replicaset-active-pods",
        "Terminating and ended pods do not count",
        "concepts/workloads/controllers/replicaset/#how-a-replicaset-works",
        "pkg/controller/controller_utils.go: IsPodActive"
    }
    DELETION_ORDER {
        "replicaset-deletion-order",
        "Which pods go first",
        "concepts/workloads/controllers/replicaset/#scaling-a-replicaset",
        "pkg/controller/controller_utils.go: ActivePodsWithRanks"
    }
    DELETION_COST {
        "replicaset-pod-deletion-cost",
        "Pod deletion cost",
        "concepts/workloads/controllers/replicaset/#pod-deletion-cost",
        "pkg/apis/core/helper/helpers.go: GetDeletionCostFromPodAnnotations"
    }
    REPLICA_FAILURE {
        "replicaset-failure",
        "Pods that cannot be made",
        "concepts/workloads/controllers/deployment/#failed-deployment",
        "pkg/controller/replicaset/replica_set_utils.go: calculateStatus"
    }
    AVAILABLE {
        "replicaset-available",
        "Available pods",
        "concepts/workloads/controllers/deployment/#min-ready-seconds",
        "pkg/controller/replicaset/replica_set_utils.go: calculateStatus"
    }
    ADOPTION {
        "replicaset-adoption",
        "Pods without an owner are adopted",
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
