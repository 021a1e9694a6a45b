//! What the disruption controller did.

use super::Words;
use crate::explain::scope::Scope;
use crate::explain::{Text, text};
use crate::reason::{DisruptionAct, DisruptionReason};

pub(super) fn headline(reason: &DisruptionReason) -> Text {
    match &reason.act {
        DisruptionAct::RecordStatus => text![&reason.budget, " is recorded"],
    }
}

pub(super) fn words(reason: &DisruptionReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match &reason.act {
        DisruptionAct::RecordStatus => {
            words.why(text!["The status of ", &reason.budget, " is written down as it is now."]);
        }
    }
    words
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &DisruptionReason) -> Option<Text> {
    match &reason.act {
        DisruptionAct::RecordStatus => None,
    }
}
