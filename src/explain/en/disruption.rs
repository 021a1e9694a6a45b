//! What the disruption controller did.

use super::words::{count, list};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, text, verbatim};
use crate::reason::{DisruptionAct, DisruptionReason};

pub(super) fn headline(reason: &DisruptionReason) -> Text {
    let budget = &reason.budget;
    match &reason.act {
        DisruptionAct::Recount { counts, .. } if counts.allowed == 0 => text![budget, " allows no disruption now"],
        DisruptionAct::Recount { counts, .. } => {
            text![budget, " allows ", count(counts.allowed, "disruption"), " now"]
        }
        DisruptionAct::SyncFailed { .. } => text![budget, " cannot count its pods and allows no disruption"],
        DisruptionAct::RecordStatus => text![budget, " is recorded"],
    }
}

pub(super) fn words(reason: &DisruptionReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let budget = &reason.budget;
    match &reason.act {
        DisruptionAct::Recount { counts, before, not_deleted } => {
            words.why(match counts.expected {
                0 => text!["No pod is selected by the budget, and as long as there is none it allows nothing."],
                _ => text![
                    counts.healthy,
                    " pods are healthy, that is Ready and not going, and ",
                    counts.desired,
                    " have to be. The difference may be evicted."
                ],
            });
            if !not_deleted.is_empty() {
                words.why(text![
                    list(not_deleted),
                    " should have gone within two minutes of the eviction and did not, so it counts again."
                ]);
            }
            words
                .evidence("Healthy", text![counts.healthy, " of ", counts.expected, " expected"])
                .evidence("Have to be healthy", text![counts.desired])
                .evidence("Allowed disruptions", text![*before, " → ", counts.allowed])
                .next(text![
                    "The API server asks this number when a pod is to be evicted, as `kubectl drain` does. Deletions, rollouts and \
                     scaling do not ask."
                ]);
        }
        DisruptionAct::SyncFailed { message } => {
            words
                .why(text![
                    "With a percentage or `maxUnavailable` the controllers of the pods say how many there should be, and one of \
                     them cannot be found. To be safe the budget allows nothing."
                ])
                .evidence("Message", text![verbatim(message)])
                .next(text!["An integer in `minAvailable` needs no controllers."]);
        }
        DisruptionAct::RecordStatus => {
            words.why(text!["The status of ", budget, " is written down as it is now."]);
        }
    }
    words
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &DisruptionReason) -> Option<Text> {
    match &reason.act {
        DisruptionAct::SyncFailed { .. } => {
            Some(text![&reason.budget, " for the controllers of its pods to be found."])
        }
        DisruptionAct::Recount { .. } | DisruptionAct::RecordStatus => None,
    }
}
