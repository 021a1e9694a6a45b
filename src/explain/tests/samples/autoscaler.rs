//! Samples of what the horizontal pod autoscaler does.

use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::step;
use crate::reason::{AutoscalerAct, AutoscalerReason, Reason};

samples! {
    acts: AutoscalerAct {
        AutoscalerAct::RecordStatus => [AutoscalerAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let autoscaler = ObjectRef::new(Kind::HorizontalPodAutoscaler, "default", "shop");
    let reason = |act| Reason::Autoscaler(AutoscalerReason { autoscaler: autoscaler.clone(), act });
    acts().into_iter().map(|act| step(reason(act))).collect()
}
