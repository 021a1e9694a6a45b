//! The rules that the EndpointSlice controller follows.

use super::{Rule, STATUS};
use crate::reason::{EndpointsAct, EndpointsReason};

rules! {}

pub(super) fn rule_of(reason: &EndpointsReason) -> &'static Rule {
    match &reason.act {
        EndpointsAct::RecordStatus => &STATUS,
    }
}
