//! What the StatefulSet controller did or waits for.

mod asides;
mod create;
mod scale_down;
mod update;
mod wait;

use super::words::{count, either, is, list};
use crate::api::{ObjectRef, RetentionPolicyType};
use crate::engine::Step;
use crate::explain::facts::phase;
use crate::explain::facts::stateful_set::{self as facts, Bookkeeping, NAMED};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{StatefulSetAct, StatefulSetReason};

pub(super) fn headline(reason: &StatefulSetReason, step: &Step) -> Text {
    let set = &reason.set;
    match &reason.act {
        StatefulSetAct::CreatePods { pods, .. } if pods.len() <= NAMED => {
            text![list(pods), " ", is(pods.len() as i64), " created"]
        }
        StatefulSetAct::CreatePods { pods, .. } => text![set, " creates ", pods.len(), " pods"],
        StatefulSetAct::WaitForPod { pod, lack, .. } => text![set, " waits for ", pod, " ", wait::wish(lack)],
        StatefulSetAct::DeleteSurplus { pods, .. } if pods.len() <= NAMED => {
            text![list(pods), " ", is(pods.len() as i64), " deleted: scale-down"]
        }
        StatefulSetAct::DeleteSurplus { pods, .. } => text![set, " deletes ", pods.len(), " surplus pods"],
        StatefulSetAct::ReplaceEnded { pod, .. } => text![pod, " has ended and is deleted"],
        StatefulSetAct::UpdatePods { pods, .. } if pods.len() <= NAMED => {
            text![list(pods), " ", is(pods.len() as i64), " deleted to be updated"]
        }
        StatefulSetAct::UpdatePods { pods, .. } => text![set, " deletes ", pods.len(), " pods to update them"],
        StatefulSetAct::ClaimTerminating { pod, .. } => text![pod, " cannot go on: its claim is going away"],
        StatefulSetAct::ClaimStale { pod, .. } => text![pod, " waits until its old claim is gone"],
        StatefulSetAct::NameTaken { pod } => text![pod, " cannot be created: its name is taken"],
        StatefulSetAct::PodRefused { pod, .. } => text![pod, " is refused: its labels would be too long"],
        StatefulSetAct::WaitForManualDelete { pods, .. } => {
            text![set, " waits for you to delete ", count(pods.len() as i64, "old pod")]
        }
        StatefulSetAct::HeldByPartition { pods, .. } if pods.len() <= NAMED => {
            text![set, " keeps ", list(pods), " at the old revision"]
        }
        StatefulSetAct::HeldByPartition { pods, .. } => text![set, " keeps ", pods.len(), " pods at the old revision"],
        StatefulSetAct::BeingDeleted => text![set, " is being deleted and manages no pods any more"],
        StatefulSetAct::Settled { replicas: 0 } => text![set, " has no pods, as wanted"],
        StatefulSetAct::Settled { replicas: 1 } => text![set, " is settled: its pod is ready and up to date"],
        StatefulSetAct::Settled { replicas } => text![set, " is settled: all ", *replicas, " pods are up to date"],
        StatefulSetAct::RecordStatus => match reason.asides.first() {
            Some(aside) => asides::headline(set, aside),
            None => bookkeeping(set, step),
        },
    }
}

/// What a sync that decided nothing wrote.
fn bookkeeping(set: &ObjectRef, step: &Step) -> Text {
    match facts::bookkeeping(step) {
        Bookkeeping::Status(status) => {
            text![set, " records ", status.ready_replicas, " of ", status.replicas, " ready in its status"]
        }
        Bookkeeping::Claims => text![set, " puts its claims in order"],
        Bookkeeping::Other => text![set, " brings its records up to date"],
    }
}

pub(super) fn words(reason: &StatefulSetReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let set = &reason.set;
    match &reason.act {
        StatefulSetAct::CreatePods { pods, new_claims, kept_claims, after, revision, held_back, ordered } => {
            create::order(&mut words, set, scope, pods, after.as_ref(), *ordered);
            create::claims(&mut words, pods, new_claims, kept_claims);
            if *held_back {
                create::held_back_because(&mut words, set, scope);
            }
            words.evidence("Revision", text![code(revision)]);
        }
        StatefulSetAct::WaitForPod { pod, lack, held } => wait::words(&mut words, set, pod, lack, held, scope),
        StatefulSetAct::DeleteSurplus { pods, replicas, kept_claims, deletes_claims } => {
            scale_down::order(&mut words, set, scope, pods, *replicas);
            scale_down::claims(&mut words, pods, kept_claims, *deletes_claims);
        }
        StatefulSetAct::ReplaceEnded { pod, phase: ended } => {
            words
                .why(text![
                    pod,
                    " is in phase ",
                    phase(*ended),
                    ", which is final: its containers do not run again. A StatefulSet deletes such a pod and makes it \
                     again under the same name, with the same claims."
                ])
                .next(text!["When ", pod, " is gone and its name free, ", set, " creates it again."]);
        }
        StatefulSetAct::UpdatePods { pods, from, to, updated, replicas } => {
            update::order(&mut words, set, scope, pods);
            words
                .evidence("Revision", text![code(from), " → ", code(to)])
                .evidence("Updated so far", text![*updated, " of ", *replicas]);
        }
        StatefulSetAct::ClaimTerminating { pod, claim } => {
            words
                .why(text![
                    claim,
                    " is being deleted, and no pod is made on a claim that is going away. Somebody deleted it while a \
                     pod used it, so it was kept until that pod was gone."
                ])
                .next(text![
                    "When ",
                    claim,
                    " is gone, ",
                    set,
                    " makes an empty claim of that name and then ",
                    pod,
                    ". The data of the old claim does not come back by itself."
                ]);
        }
        StatefulSetAct::ClaimStale { pod, claim } => {
            words
                .why(text![
                    "`whenScaled: Delete` made the earlier ",
                    pod,
                    " the owner of ",
                    claim,
                    ", so garbage collection is about to delete the claim. A new ",
                    pod,
                    " on it would lose its storage, so ",
                    set,
                    " waits."
                ])
                .next(text!["When ", claim, " is gone, ", set, " makes a new, empty claim and then ", pod, "."]);
        }
        StatefulSetAct::NameTaken { pod } => {
            words
                .why(text![
                    "A pod named ",
                    pod,
                    " exists, but it does not belong to ",
                    set,
                    ": its labels do not match the selector, or something else controls it. The name is the identity of \
                     the pod, so ",
                    set,
                    " cannot take another one."
                ])
                .next(text![set, " tries again and goes on when that pod is deleted or its labels match again."]);
        }
        StatefulSetAct::PodRefused { label, value, .. } => {
            words
                .why(text![
                    "The controller gives each pod the label ",
                    code(label),
                    ", here with ",
                    value.len(),
                    " characters. A label's value has 63 at most, so the API server refuses the pod."
                ])
                .why(text![
                    "The name of a StatefulSet goes into the value, followed by a dash and the hash of the template. With more \
                     than 52 characters a set can be stored, but has no pods."
                ])
                .evidence("Value", text![code(value)])
                .next(text![set, " tries again in vain. Delete it and give it a shorter name: names cannot be changed."]);
        }
        StatefulSetAct::WaitForManualDelete { pods, to } => {
            words
                .why(text![
                    "The template has changed, but with `updateStrategy.type: OnDelete` the controller never deletes a pod \
                     to update it. ",
                    list(pods),
                    either(pods.len(), " stays", " stay"),
                    " at the old revision until you act."
                ])
                .evidence("Old pods", list(pods))
                .evidence("New revision", text![code(to)]);
            let example = pods.last().map(|pod| text![" such as ", pod, ","]);
            words.next(text!["Delete a pod,", example, " and it comes back at the new revision."]);
        }
        StatefulSetAct::HeldByPartition { pods, partition } => {
            update::partition_holds(&mut words, set, scope, pods, *partition);
        }
        StatefulSetAct::BeingDeleted => {
            if scope.is_orphaning(set) {
                words
                    .why(text!["The set is deleted without its pods: it only waits until they have lost their owner."]);
                words.next(text!["The pods run on without an owner, and their claims stay."]);
            } else {
                words.why(text![
                    "A StatefulSet that is being deleted does not stop in order: garbage collection deletes its pods, all \
                     at once. For an ordered stop, scale to 0 first and delete the set then."
                ]);
                match scope.stateful_set(set).map(|set| set.spec.retention().0) {
                    Some(RetentionPolicyType::Delete) => {
                        words.next(text!["The pods go, and the claims after them: `whenDeleted` is `Delete`."])
                    }
                    Some(RetentionPolicyType::Retain) | None => {
                        words.next(text!["The pods go. Claims stay until somebody deletes them."])
                    }
                };
            }
        }
        StatefulSetAct::Settled { replicas } => {
            words.why(match scope.ordinals(set) {
                Some((first, last)) if first == last => {
                    text!["Its only pod is available and at the update revision. There is nothing to do."]
                }
                Some((first, last)) if *replicas > 0 => text![
                    "Every ordinal from ",
                    first,
                    " to ",
                    last,
                    " has its pod, and every pod is available and at the update revision. There is nothing to do."
                ],
                _ => text!["What is there is what is wanted. There is nothing to do."],
            });
            words.next(text![set, " rests until its manifest or one of its pods changes."]);
        }
        StatefulSetAct::RecordStatus if reason.asides.is_empty() => {
            words.why(text![
                "The controller counts its pods at the end of each sync and writes what has changed. This is bookkeeping: it \
                 decides nothing."
            ]);
            recorded(&mut words, set, scope);
        }
        StatefulSetAct::RecordStatus => recorded(&mut words, set, scope),
    }
    for aside in &reason.asides {
        words.why(asides::sentence(set, aside, scope));
    }
    words
}

/// The counts in the status after the step.
fn recorded(words: &mut Words, set: &ObjectRef, scope: Scope<'_>) {
    let Some(set) = scope.stateful_set(set) else { return };
    let status = &set.status;
    words
        .evidence("Ready", text![status.ready_replicas, " of ", status.replicas])
        .evidence("Available", text![status.available_replicas, " of ", status.replicas])
        .evidence("At the update revision", text![status.updated_replicas, " of ", status.replicas]);
}

pub(super) fn waiting(reason: &StatefulSetReason, scope: Scope<'_>) -> Option<Text> {
    let set = &reason.set;
    Some(match &reason.act {
        StatefulSetAct::WaitForPod { pod, lack, held } => wait::line(set, pod, lack, held, scope),
        StatefulSetAct::ClaimTerminating { pod, claim } => {
            text![pod, " for ", claim, " to be gone. No pod is made on a claim that is being deleted."]
        }
        StatefulSetAct::ClaimStale { pod, claim } => {
            text![pod, " for ", claim, " to be gone. It belongs to the pod that had the name before."]
        }
        StatefulSetAct::NameTaken { pod } => {
            text![set, " for the name ", pod, " to be free. A pod that does not belong to it has that name."]
        }
        StatefulSetAct::PodRefused { pod, label, .. } => {
            text![set, " cannot make ", pod, ": the label ", code(label), " would be too long."]
        }
        StatefulSetAct::WaitForManualDelete { pods, .. } => {
            text![
                list(pods),
                " for you to delete ",
                either(pods.len(), "it", "them"),
                ". `OnDelete` updates no pod by itself."
            ]
        }
        StatefulSetAct::HeldByPartition { pods, partition } => {
            text![list(pods), " for a lower partition. It is ", *partition, ", and pods below it stay old."]
        }
        StatefulSetAct::CreatePods { .. }
        | StatefulSetAct::DeleteSurplus { .. }
        | StatefulSetAct::ReplaceEnded { .. }
        | StatefulSetAct::UpdatePods { .. }
        | StatefulSetAct::BeingDeleted
        | StatefulSetAct::Settled { .. }
        | StatefulSetAct::RecordStatus => return None,
    })
}
