//! The rules that the disruption controller and the eviction API follow.

use super::{Rule, STATUS};
use crate::reason::{DisruptionAct, DisruptionReason};

rules! {
    BUDGET {
        "disruption-budget",
        "How many pods may be evicted",
        "可以驱逐多少个 Pod",
        "A PodDisruptionBudget says how many of the pods it selects must stay available, or may be missing. \
         The controller counts them all the time and writes into the status how many evictions are allowed \
         right now.",
        "PodDisruptionBudget 规定它选中的 Pod 至少要有多少可用，或者最多可以少多少。控制器不断清点，并把此刻允许驱逐几个写进 status。",
        "tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget",
        "pkg/controller/disruption/disruption.go: updatePdbStatus"
    }
    SCALE_OF_BUDGET {
        "disruption-budget-scale",
        "Controllers say how many pods there should be",
        "应有多少 Pod 由控制器决定",
        "A budget with a percentage, or with `maxUnavailable`, needs to know how many pods there should be. \
         It asks the controllers that own the pods; for pods without such a controller it cannot be computed.",
        "用百分比或 `maxUnavailable` 的 PDB 需要知道一共该有多少个 Pod。它去问这些 Pod 的控制器；没有这种控制器的 Pod，\
         就算不出来。",
        "tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors",
        "pkg/controller/disruption/disruption.go: getExpectedScale"
    }
    EVICTION {
        "api-initiated-eviction",
        "Evictions ask the budget",
        "驱逐要问预算",
        "An eviction asks first: if the budget of the pod allows none at the moment, it is refused with code \
         429 and nothing happens. A plain deletion does not ask.",
        "驱逐会先询问：如果 PDB 此刻不允许，就以 429 拒绝，什么也不发生。直接删除不会询问。",
        "concepts/scheduling-eviction/api-eviction/#how-api-initiated-eviction-works",
        "pkg/registry/core/pod/storage/eviction.go: checkAndDecrement"
    }
    DRAIN {
        "node-drain",
        "Draining a node",
        "腾空节点",
        "`kubectl drain` cordons the node and then evicts its pods, those of DaemonSets aside. Refused \
         evictions are tried again every 5 seconds, so a budget can keep a drain waiting for ever.",
        "`kubectl drain` 先封锁节点，再驱逐上面的 Pod，DaemonSet 的除外。被拒绝的驱逐每 5 秒重试一次，\
         所以 PDB 可能让 drain 一直等下去。",
        "tasks/administer-cluster/safely-drain-node/#use-kubectl-drain-to-remove-a-node-from-service",
        "pkg/drain/drain.go: evictPods"
    }
}

pub(super) fn rule_of(reason: &DisruptionReason) -> &'static Rule {
    match &reason.act {
        DisruptionAct::Recount { .. } => &BUDGET,
        DisruptionAct::SyncFailed { .. } => &SCALE_OF_BUDGET,
        DisruptionAct::RecordStatus => &STATUS,
    }
}
