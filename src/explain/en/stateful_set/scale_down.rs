//! Pods that a StatefulSet deletes because they are too many, and their claims.

use crate::api::ObjectRef;
use crate::explain::en::words::{either, is, list};
use crate::explain::scope::Scope;
use crate::explain::text;
use crate::explain::words::Words;

pub(super) fn order(words: &mut Words, set: &ObjectRef, scope: Scope<'_>, pods: &[ObjectRef], replicas: i32) {
    let outside = match scope.ordinals(set) {
        Some((first, last)) if first == last => text!["so only ordinal ", first, " is wanted"],
        Some((first, last)) => text!["so ordinals ", first, " to ", last, " are wanted"],
        None => text!["so no ordinal is wanted"],
    };
    let rule = if scope.is_ordered(set) {
        " An ordered set deletes the highest ordinal first, and the next only when that one is gone."
    } else {
        " With `podManagementPolicy: Parallel` all surplus pods are deleted at once."
    };
    words.why(text![
        "`spec.replicas` is ",
        replicas,
        ", ",
        outside,
        "; ",
        list(pods),
        " ",
        is(pods.len() as i64),
        " outside.",
        rule
    ]);
    words.next(text![
        "The kubelet stops ",
        either(pods.len(), "its containers", "their containers"),
        " within the grace period. ",
        either(pods.len(), "The pod is", "The pods are"),
        " Terminating until then."
    ]);
}

pub(super) fn claims(words: &mut Words, pods: &[ObjectRef], claims: &[ObjectRef], deleted: bool) {
    if claims.is_empty() {
        return;
    }
    if deleted {
        words
            .why(text![
                "`whenScaled: Delete` makes ",
                either(pods.len(), "the pod the owner of its claim", "the pods the owners of their claims"),
                ": garbage collection deletes ",
                list(claims),
                " afterwards, and the data with ",
                either(claims.len(), "it", "them"),
                "."
            ])
            .evidence("Claims that go", list(claims));
    } else {
        words
            .why(text![
                list(claims),
                either(claims.len(), " stays, with its data", " stay, with their data"),
                ": scaling down deletes no claim. Scale up again, and a pod of the same name gets it back."
            ])
            .evidence("Claims kept", list(claims));
    }
}
