//! What the Deployment controller did.

use super::Words;
use crate::explain::scope::Scope;
use crate::explain::{Text, text};
use crate::reason::DeploymentReason;

pub(super) fn headline(reason: &DeploymentReason) -> Text {
    match &reason.act {
        _ => text![&reason.deployment, " is synced"],
    }
}

pub(super) fn words(reason: &DeploymentReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match &reason.act {
        _ => {
            words.why(text!["The status of ", &reason.deployment, " is written down as it is now."]);
        }
    }
    words
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &DeploymentReason) -> Option<Text> {
    match &reason.act {
        _ => None,
    }
}
