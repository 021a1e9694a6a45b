//! Samples of what the Deployment controller does.

use crate::api::{Kind, ObjectRef};
use crate::engine::Step;
use crate::explain::tests::world::step;
use crate::reason::{DeploymentAct, DeploymentReason, Reason};

samples! {
    acts: DeploymentAct {
        DeploymentAct::RecordStatus => [DeploymentAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let deployment = ObjectRef::new(Kind::Deployment, "default", "shop");
    let reason = |act| Reason::Deployment(DeploymentReason { deployment: deployment.clone(), act });
    acts().into_iter().map(|act| step(reason(act))).collect()
}
