//! Pods that a StatefulSet creates, with their claims.

use crate::api::ObjectRef;
use crate::explain::en::words::{either, list};
use crate::explain::facts::stateful_set::{next_missing, partition};
use crate::explain::scope::Scope;
use crate::explain::text;
use crate::explain::words::Words;

pub(super) fn order(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    pods: &[ObjectRef],
    after: Option<&ObjectRef>,
    ordered: bool,
) {
    let first = pods.first();
    let ready = if scope.waits_for_available(set) { " is available" } else { " is Running and Ready" };
    words.why(match (ordered, after) {
        (true, Some(after)) => text![
            "An ordered set creates one pod at a time, lowest ordinal first, and the next only when all before it are \
             ready. ",
            after,
            ready,
            ", so it is the turn of ",
            first,
            "."
        ],
        (true, None) => text![
            "An ordered set creates one pod at a time, lowest ordinal first. ",
            first,
            " is the first, so it waits for no other."
        ],
        (false, _) => text![
            "With `podManagementPolicy: Parallel` pods do not wait for one another: every missing pod is created at once."
        ],
    });
    let missing_after = first.and_then(|pod| next_missing(set, pod, scope)).filter(|_| ordered);
    words.next(match (pods, missing_after) {
        ([pod], Some(next)) => {
            text!["The scheduler looks for a node for ", pod, ". When ", pod, ready, ", ", next, " is created."]
        }
        ([pod], None) => text!["The scheduler looks for a node for ", pod, "."],
        (pods, _) => text!["The scheduler looks for nodes for the ", pods.len(), " pods, one after the other."],
    });
}

pub(super) fn claims(words: &mut Words, pods: &[ObjectRef], new: &[ObjectRef], kept: &[ObjectRef]) {
    if !new.is_empty() {
        words.why(text![
            list(new),
            either(new.len(), " is created first: a claim", " are created first: claims"),
            " made from `volumeClaimTemplates`, for ",
            either(pods.len(), "this pod", "one pod each"),
            " and for no other."
        ]);
        words.evidence("New claims", list(new));
    }
    if !kept.is_empty() {
        words.why(text![
            list(kept),
            either(kept.len(), " exists already and is", " exist already and are"),
            " used again, with the data on ",
            either(kept.len(), "it", "them"),
            ": claims outlive pods."
        ]);
        words.evidence("Claims used again", list(kept));
    }
}

/// Why a pod is made from the old revision.
pub(super) fn held_back_because(words: &mut Words, set: &ObjectRef, scope: Scope<'_>) {
    words.why(match partition(set, scope) {
        Some(partition) => text![
            "It is made from the old revision, because its ordinal is below the partition ",
            partition,
            ". Below it the old version always comes back."
        ],
        None => text![
            "It is made from the old revision: the rolling update has not come down to its ordinal yet, and without a \
             `rollingUpdate` block that decides."
        ],
    });
}
