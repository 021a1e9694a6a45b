//! The rules that the disruption controller and the eviction API follow.

use super::{Rule, STATUS};
use crate::reason::{DisruptionAct, DisruptionReason};

rules! {
    BUDGET {
        "disruption-budget",
        "How many pods may be evicted",
        "可以驱逐多少个 Pod",
        "tasks/run-application/configure-pdb/#specifying-a-poddisruptionbudget",
        "pkg/controller/disruption/disruption.go: updatePdbStatus"
    }
    SCALE_OF_BUDGET {
        "disruption-budget-scale",
        "Controllers say how many pods there should be",
        "应有多少 Pod 由控制器决定",
        "tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors",
        "pkg/controller/disruption/disruption.go: getExpectedScale"
    }
    EVICTION {
        "api-initiated-eviction",
        "Evictions ask the budget",
        "驱逐要问预算",
        "concepts/scheduling-eviction/api-eviction/#how-api-initiated-eviction-works",
        "pkg/registry/core/pod/storage/eviction.go: checkAndDecrement"
    }
    DRAIN {
        "node-drain",
        "Draining a node",
        "腾空节点",
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
