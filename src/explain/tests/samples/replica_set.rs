//! Samples of what the ReplicaSet controller does.

use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::step;
use crate::reason::{Reason, ReplicaSetAct, ReplicaSetReason};

samples! {
    acts: ReplicaSetAct {
        ReplicaSetAct::RecordStatus => [ReplicaSetAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let set = ObjectRef::new(Kind::ReplicaSet, "default", "shop-7d5c9f6b48");
    let reason = |act| Reason::ReplicaSet(ReplicaSetReason { set: set.clone(), act });
    acts().into_iter().map(|act| step(reason(act))).collect()
}
