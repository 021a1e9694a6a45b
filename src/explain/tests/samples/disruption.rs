//! Samples of what the disruption controller does.

use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::step;
use crate::reason::{DisruptionAct, DisruptionReason, Reason};

samples! {
    acts: DisruptionAct {
        DisruptionAct::RecordStatus => [DisruptionAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let budget = ObjectRef::new(Kind::PodDisruptionBudget, "default", "shop");
    let reason = |act| Reason::Disruption(DisruptionReason { budget: budget.clone(), act });
    acts().into_iter().map(|act| step(reason(act))).collect()
}
