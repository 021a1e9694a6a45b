//! Samples of what the disruption controller does, and of evictions.

use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::{pod, step};
use crate::reason::{BudgetCounts, DisruptionAct, DisruptionReason, EvictionGrant, EvictionRefusal, Reason};

fn counts(healthy: i32, allowed: i32) -> BudgetCounts {
    BudgetCounts { healthy, desired: 2, expected: 3, allowed }
}

pub(super) fn budget() -> ObjectRef {
    ObjectRef::new(Kind::PodDisruptionBudget, "default", "web")
}

samples! {
    acts: DisruptionAct {
        DisruptionAct::Recount { .. } => [
            DisruptionAct::Recount { counts: counts(3, 1), before: 0, not_deleted: vec![] },
            DisruptionAct::Recount { counts: counts(2, 0), before: 1, not_deleted: vec![] },
            DisruptionAct::Recount { counts: counts(3, 1), before: 0, not_deleted: vec![pod("web-1")] },
            DisruptionAct::Recount {
                counts: BudgetCounts { desired: 2, ..BudgetCounts::default() },
                before: 0,
                not_deleted: vec![],
            },
        ],
        DisruptionAct::SyncFailed { .. } => [
            DisruptionAct::SyncFailed { message: "found no controllers for pod \"web-0\"".into() },
        ],
        DisruptionAct::RecordStatus => [DisruptionAct::RecordStatus],
    }
}

samples! {
    grants: EvictionGrant {
        EvictionGrant::NoBudget => [EvictionGrant::NoBudget],
        EvictionGrant::NotRunning => [EvictionGrant::NotRunning],
        EvictionGrant::Unhealthy { .. } => [
            EvictionGrant::Unhealthy { budget: budget(), always: true },
            EvictionGrant::Unhealthy { budget: budget(), always: false },
        ],
        EvictionGrant::Allowed { .. } => [EvictionGrant::Allowed { budget: budget(), left: 0 }],
    }
}

pub(super) fn refusals() -> Vec<EvictionRefusal> {
    let would_violate = EvictionRefusal {
        budgets: vec![budget()],
        message: "Cannot evict pod as it would violate the pod's disruption budget.".into(),
        cause: "The disruption budget web needs 2 healthy pods and has 2 currently".into(),
        may_retry: true,
    };
    let several = EvictionRefusal {
        budgets: vec![budget(), ObjectRef::new(Kind::PodDisruptionBudget, "default", "web-extra")],
        message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."
            .into(),
        cause: String::new(),
        may_retry: false,
    };
    let full = EvictionRefusal {
        message:
            "poddisruptionbudgets.policy \"web\" is forbidden: DisruptedPods map too big - too many evictions not \
                  confirmed by PDB controller"
                .into(),
        cause: String::new(),
        may_retry: false,
        ..would_violate.clone()
    };
    vec![would_violate, several, full]
}

pub(super) fn steps() -> Vec<Step> {
    let reason = |act| Reason::Disruption(DisruptionReason { budget: budget(), act });
    acts().into_iter().map(|act| step(reason(act))).collect()
}
