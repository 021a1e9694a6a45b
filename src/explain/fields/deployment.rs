//! The fields that decide what the Deployment controller does.

use super::Fields;
use crate::reason::DeploymentReason;

impl Fields<'_> {
    pub(super) fn deployment(&mut self, reason: &DeploymentReason) {
        match &reason.act {
            _ => {}
        }
    }
}
