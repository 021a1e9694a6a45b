//! The rules that the horizontal pod autoscaler follows.

use super::{Rule, STATUS};
use crate::reason::{AutoscalerAct, AutoscalerReason};

rules! {}

pub(super) fn rule_of(reason: &AutoscalerReason) -> &'static Rule {
    match &reason.act {
        AutoscalerAct::RecordStatus => &STATUS,
    }
}
