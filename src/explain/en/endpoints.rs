//! What the EndpointSlice controller did.

use super::Words;
use crate::explain::scope::Scope;
use crate::explain::{Text, text};
use crate::reason::{EndpointsAct, EndpointsReason};

pub(super) fn headline(reason: &EndpointsReason) -> Text {
    match &reason.act {
        EndpointsAct::RecordStatus => text![&reason.service, " is recorded"],
    }
}

pub(super) fn words(reason: &EndpointsReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match &reason.act {
        EndpointsAct::RecordStatus => {
            words.why(text!["The status of ", &reason.service, " is written down as it is now."]);
        }
    }
    words
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &EndpointsReason) -> Option<Text> {
    match &reason.act {
        EndpointsAct::RecordStatus => None,
    }
}
