//! The rules that the Deployment controller follows.

use super::{Rule, STATUS};
use crate::reason::DeploymentReason;

rules! {}

pub(super) fn rule_of(reason: &DeploymentReason) -> &'static Rule {
    match &reason.act {
        _ => &STATUS,
    }
}
