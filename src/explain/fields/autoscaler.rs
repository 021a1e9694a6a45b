//! The fields that decide what the horizontal pod autoscaler does.

use super::Fields;
use crate::reason::{AutoscalerAct, AutoscalerReason};

impl Fields<'_> {
    pub(super) fn autoscaler(&mut self, reason: &AutoscalerReason) {
        match &reason.act {
            AutoscalerAct::RecordStatus => {}
        }
    }
}
