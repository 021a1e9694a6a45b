//! The rules that the disruption controller follows.

use super::{Rule, STATUS};
use crate::reason::{DisruptionAct, DisruptionReason};

rules! {}

pub(super) fn rule_of(reason: &DisruptionReason) -> &'static Rule {
    match &reason.act {
        DisruptionAct::RecordStatus => &STATUS,
    }
}
