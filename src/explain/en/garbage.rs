//! What garbage collection did.

use super::words::{count, either, list};
use crate::engine::Step;
use crate::explain::facts::outlives_its_owner;
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, text};
use crate::reason::GarbageReason;

pub(super) fn headline(reason: &GarbageReason, step: &Step) -> Text {
    match reason {
        GarbageReason::OwnerGone { object, owner } if outlives_its_owner(object, step) => {
            text![object, " is not owned by ", owner, " any more"]
        }
        GarbageReason::OwnerGone { object, .. } => text![object, " is deleted: its owner is gone"],
        GarbageReason::ForegroundDependent { object, owner } => text![object, " is deleted before its owner ", owner],
        GarbageReason::WaitsForDependents { owner, left } => {
            text![owner, " waits for ", count(*left as i64, "dependent"), " to be gone"]
        }
        GarbageReason::OwnerReleased { owner } => text![owner, " is gone, after all that it owned"],
        GarbageReason::Orphaned { owner, dependents } => {
            text![owner, " goes and leaves ", count(dependents.len() as i64, "orphan")]
        }
        GarbageReason::NodeGone { pod, .. } => text![pod, " is removed: its node is gone"],
        GarbageReason::OutOfService { pod, .. } => text![pod, " is removed: its node is out of service"],
        GarbageReason::Unscheduled { pod } => text![pod, " is removed: it never had a node"],
    }
}

pub(super) fn words(reason: &GarbageReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        GarbageReason::OwnerGone { object, owner } if outlives_its_owner(object, scope.step) => {
            words
                .why(text![
                    owner,
                    " is gone, but ",
                    object,
                    " has another owner, so it stays and only the reference goes."
                ])
                .evidence("Owner that is gone", text![owner]);
        }
        GarbageReason::OwnerGone { object, owner } => {
            words
                .why(text![
                    object,
                    " belonged to ",
                    owner,
                    ". What has owners and has lost the last of them is deleted, in no particular order."
                ])
                .evidence("Owner that is gone", text![owner])
                .next(text!["A pod has its grace period before it is gone; other objects go at once."]);
        }
        GarbageReason::ForegroundDependent { object, owner } => {
            words
                .why(text![
                    owner,
                    " is being deleted in the foreground: what it owns goes first, and ",
                    object,
                    " is part of that."
                ])
                .evidence("Owner", text![owner])
                .next(text!["When everything is gone that holds it, ", owner, " goes too."]);
        }
        GarbageReason::WaitsForDependents { owner, left } => {
            words
                .why(text![
                    "In foreground deletion the owner goes last: ",
                    owner,
                    " is Terminating until everything is gone that it owns and that blocks its deletion."
                ])
                .evidence("Dependents left", text![*left])
                .next(text!["When the last is gone, ", owner, " goes."]);
        }
        GarbageReason::OwnerReleased { owner } => {
            words.why(text![
                "In foreground deletion the owner goes last. Nothing is left that blocks the deletion of ",
                owner,
                ", so it goes."
            ]);
        }
        GarbageReason::Orphaned { owner, dependents } => {
            words
                .why(text![
                    owner,
                    " is deleted with `--cascade=orphan`: only the owner goes. ",
                    list(dependents),
                    either(dependents.len(), " loses its owner and stays", " lose their owner and stay"),
                    " as before."
                ])
                .evidence("Orphans", list(dependents))
                .next(text![
                    "Nobody replaces an orphan that ends. A new set with the same selector adopts those that fit."
                ]);
        }
        GarbageReason::NodeGone { pod, node: name } => {
            words
                .why(text![
                    node(name),
                    " does not exist any more, so no kubelet can confirm that ",
                    pod,
                    " has stopped. Pod garbage collection looks every 20 s and removes such a pod after a quarantine of 40 s."
                ])
                .evidence("Node", text![node(name)])
                .next(text!["The name ", pod, " is free, so its set can create it again elsewhere."]);
        }
        GarbageReason::OutOfService { pod, node: name } => {
            words
                .why(text![
                    "Somebody declared with the taint `node.kubernetes.io/out-of-service` that ",
                    node(name),
                    " is off and that nothing runs there any more. So pod garbage collection need not wait for its kubelet and \
                     removes ",
                    pod,
                    ", which was Terminating."
                ])
                .evidence("Node", text![node(name)])
                .next(text![
                    "The name ",
                    pod,
                    " is free, and its volumes are detached at once. If the machine runs after all, two copies write to them."
                ]);
        }
        GarbageReason::Unscheduled { pod } => {
            words
                .why(text![
                    pod,
                    " is Terminating and was never given a node, so there is no kubelet that could bring it to an end. Pod \
                     garbage collection does it at its next look, every 20 s."
                ])
                .next(text!["The object goes once its finalizers are gone."]);
        }
    }
    words
}

pub(super) fn waiting(reason: &GarbageReason) -> Option<Text> {
    match reason {
        GarbageReason::WaitsForDependents { owner, left } => Some(text![
            owner,
            " for ",
            count(*left as i64, "dependent"),
            " to be gone. In foreground deletion the owner goes last."
        ]),
        GarbageReason::OwnerGone { .. }
        | GarbageReason::ForegroundDependent { .. }
        | GarbageReason::OwnerReleased { .. }
        | GarbageReason::Orphaned { .. }
        | GarbageReason::NodeGone { .. }
        | GarbageReason::OutOfService { .. }
        | GarbageReason::Unscheduled { .. } => None,
    }
}
