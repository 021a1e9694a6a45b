//! What the ReplicaSet controller did.

use super::Words;
use crate::explain::scope::Scope;
use crate::explain::{Text, text};
use crate::reason::ReplicaSetReason;

pub(super) fn headline(reason: &ReplicaSetReason) -> Text {
    match &reason.act {
        _ => text![&reason.set, " is synced"],
    }
}

pub(super) fn words(reason: &ReplicaSetReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match &reason.act {
        _ => {
            words.why(text!["The status of ", &reason.set, " is written down as it is now."]);
        }
    }
    words
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &ReplicaSetReason) -> Option<Text> {
    match &reason.act {
        _ => None,
    }
}
