//! How a changed template reaches the pods of a StatefulSet, and which it does not reach.

use crate::api::ObjectRef;
use crate::explain::en::words::{either, is, list};
use crate::explain::facts::stateful_set::{AfterUpdate, after_update, below_partition, start};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
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
    let back = text![list(pods), either(pods.len(), " comes", " come"), " back at the new revision"];
    words.next(match after_update(set, pods, scope) {
        AfterUpdate::Next(next) => {
            text![back, "; when ", either(pods.len(), "it is", "they are"), " available, ", next, " is next."]
        }
        AfterUpdate::Held => text![back, ". The partition keeps the pods below."],
        AfterUpdate::Last => text![back, ", the last to be updated."],
    });
}

pub(super) fn partition_holds(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    pods: &[ObjectRef],
    partition: i32,
) {
    words.why(text![
        code(format!("partition: {partition}")),
        " lets only ordinals from ",
        start(set, scope).saturating_add(partition),
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
    if let Some((next, partition)) = below_partition(set, pods, scope) {
        words.next(text!["Lower the partition to ", partition, ", and ", next, " is updated."]);
    }
}
