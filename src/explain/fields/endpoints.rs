//! The fields that decide what the EndpointSlice controller does.

use super::Fields;
use crate::reason::{EndpointsAct, EndpointsReason};

impl Fields<'_> {
    pub(super) fn endpoints(&mut self, reason: &EndpointsReason) {
        match &reason.act {
            EndpointsAct::RecordStatus => {}
        }
    }
}
