//! The fields that decide what the disruption controller does.

use super::Fields;
use crate::reason::{DisruptionAct, DisruptionReason};

impl Fields<'_> {
    pub(super) fn disruption(&mut self, reason: &DisruptionReason) {
        match &reason.act {
            DisruptionAct::RecordStatus => {}
        }
    }
}
