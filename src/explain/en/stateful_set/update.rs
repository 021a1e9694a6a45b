//! How a changed template reaches the pods of a StatefulSet, and which it does not reach.

use crate::api::ObjectRef;
use crate::explain::en::Words;
use crate::explain::en::words::{either, is, list};
use crate::explain::scope::{Scope, member, ordinal};
use crate::explain::{code, text};

pub(super) fn order(words: &mut Words, set: &ObjectRef, scope: Scope<'_>, pods: &[ObjectRef]) {
    words.why(text![
        "The template has changed, and ",
        list(pods),
        " ",
        is(pods.len() as i64),
        " of an old revision. A pod is not changed in place: it is deleted and made again under its name, with its claims."
    ]);
    words.why(match pods.len() {
        1 => text!["A rolling update goes from the highest ordinal down, one pod at a time."],
        _ => text![
            "A rolling update goes from the highest ordinal down, as many pods at once as `maxUnavailable` allows."
        ],
    });
    let lowest = pods.iter().filter_map(|pod| ordinal(set, pod)).min();
    let limit = scope.stateful_set(set).map_or(0, |set| set.spec.start_ordinal().saturating_add(set.spec.partition()));
    let back = text![list(pods), either(pods.len(), " comes", " come"), " back at the new revision"];
    words.next(match lowest {
        Some(lowest) if lowest > limit => text![
            back,
            "; when ",
            either(pods.len(), "it is", "they are"),
            " available, ",
            member(set, lowest - 1),
            " is next."
        ],
        _ if limit > 0 => text![back, ". The partition keeps the pods below."],
        _ => text![back, ", the last to be updated."],
    });
}

pub(super) fn partition_holds(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    pods: &[ObjectRef],
    partition: i32,
) {
    let start = scope.stateful_set(set).map_or(0, |set| set.spec.start_ordinal());
    words.why(text![
        code(format!("partition: {partition}")),
        " lets only ordinals from ",
        start.saturating_add(partition),
        " up be updated. ",
        list(pods),
        either(pods.len(), " is", " are"),
        " below it."
    ]);
    words.why(text![
        "Deleting a pod below the partition by hand does not update it: it comes back at the old revision. The rollout is \
         complete only when the partition is 0."
    ]);
    words.evidence("Pods at the old revision", list(pods));
    let next = pods.iter().filter_map(|pod| ordinal(set, pod)).max();
    if let Some(next) = next {
        words.next(text!["Lower the partition to ", next - start, ", and ", member(set, next), " is updated."]);
    }
}
