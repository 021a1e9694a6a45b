//! The rules that the ReplicaSet controller follows.

use super::{BACKGROUND, Rule, STATUS};
use crate::reason::{DeletionRank, ReplicaSetAct, ReplicaSetReason};

rules! {
    REPLICAS {
        "replicaset-replicas",
        "As many pods as wanted",
        "需要多少 Pod 就有多少",
        "A ReplicaSet counts its pods and makes or deletes as many as are missing or too many. The pods are \
         interchangeable and have random names.",
        "ReplicaSet 清点自己的 Pod，少几个就建几个，多几个就删几个。这些 Pod 可以互换，名称是随机的。",
        "concepts/workloads/controllers/replicaset/#how-a-replicaset-works",
        "pkg/controller/replicaset/replica_set.go: manageReplicas"
    }
    ACTIVE_PODS {
        "replicaset-active-pods",
        "Terminating and ended pods do not count",
        "正在终止和已结束的 Pod 不计入",
        "A pod that is being terminated, or has ended, no longer counts as a replica. Its replacement is \
         therefore made before it is gone.",
        "正在终止或已经结束的 Pod 不再算副本，所以替补会在它消失之前就创建。",
        "concepts/workloads/controllers/replicaset/#how-a-replicaset-works",
        "pkg/controller/controller_utils.go: IsPodActive"
    }
    DELETION_ORDER {
        "replicaset-deletion-order",
        "Which pods go first",
        "哪些 Pod 先走",
        "When pods have to go, those go first that are worth least: without a node, pending, not ready, with \
         a low deletion cost, on nodes with more of their kind, ready for a shorter time, with more restarts, \
         younger.",
        "要减少 Pod 时，价值最低的先走：没有节点的、Pending 的、未就绪的、删除成本低的、所在节点同类较多的、\
         就绪时间短的、重启次数多的、更年轻的。",
        "concepts/workloads/controllers/replicaset/#scaling-a-replicaset",
        "pkg/controller/controller_utils.go: ActivePodsWithRanks"
    }
    DELETION_COST {
        "replicaset-pod-deletion-cost",
        "Pod deletion cost",
        "Pod 删除代价",
        "The annotation `controller.kubernetes.io/pod-deletion-cost` says what it costs to delete a pod. When \
         a ReplicaSet shrinks, pods with a lower cost go first.",
        "注解 `controller.kubernetes.io/pod-deletion-cost` 表示删除这个 Pod 的成本。ReplicaSet 变小时，\
         成本低的先走。",
        "concepts/workloads/controllers/replicaset/#pod-deletion-cost",
        "pkg/apis/core/helper/helpers.go: GetDeletionCostFromPodAnnotations"
    }
    REPLICA_FAILURE {
        "replicaset-failure",
        "Pods that cannot be made",
        "创建不了的 Pod",
        "If the API server refuses a pod, the ReplicaSet says so in the condition `ReplicaFailure` and tries \
         again later.",
        "API server 拒绝创建 Pod 时，ReplicaSet 在条件 `ReplicaFailure` 里说明，稍后再试。",
        "concepts/workloads/controllers/deployment/#failed-deployment",
        "pkg/controller/replicaset/replica_set_utils.go: calculateStatus"
    }
    AVAILABLE {
        "replicaset-available",
        "Available pods",
        "可用的 Pod",
        "A pod is available when it has been Ready for `minReadySeconds`, by default 0. A Deployment counts \
         available pods when it decides how far a rollout may go.",
        "Pod 就绪满 `minReadySeconds`（默认 0）就算可用。Deployment 决定发布能走多远时，数的是可用的 Pod。",
        "concepts/workloads/controllers/deployment/#min-ready-seconds",
        "pkg/controller/replicaset/replica_set_utils.go: calculateStatus"
    }
    ADOPTION {
        "replicaset-adoption",
        "Pods without an owner are adopted",
        "收养没有属主的 Pod",
        "A ReplicaSet adopts any pod that matches its selector and has no owner, also one that somebody made \
         by hand. If there are too many then, one of them is deleted.",
        "ReplicaSet 会收养与选择器匹配、没有属主的 Pod，手工创建的也不例外。如果因此多了，就删掉一个。",
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
