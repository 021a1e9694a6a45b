//! Samples of what the EndpointSlice controller does.

use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::step;
use crate::reason::{EndpointsAct, EndpointsReason, Reason};

samples! {
    acts: EndpointsAct {
        EndpointsAct::RecordStatus => [EndpointsAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let service = ObjectRef::new(Kind::Service, "default", "web");
    let reason = |act| Reason::Endpoints(EndpointsReason { service: service.clone(), act });
    acts().into_iter().map(|act| step(reason(act))).collect()
}
