//! What the horizontal pod autoscaler did.

use super::Words;
use crate::explain::scope::Scope;
use crate::explain::{Text, text};
use crate::reason::{AutoscalerAct, AutoscalerReason};

pub(super) fn headline(reason: &AutoscalerReason) -> Text {
    match &reason.act {
        AutoscalerAct::RecordStatus => text![&reason.autoscaler, " is recorded"],
    }
}

pub(super) fn words(reason: &AutoscalerReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match &reason.act {
        AutoscalerAct::RecordStatus => {
            words.why(text!["The status of ", &reason.autoscaler, " is written down as it is now."]);
        }
    }
    words
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &AutoscalerReason) -> Option<Text> {
    match &reason.act {
        AutoscalerAct::RecordStatus => None,
    }
}
