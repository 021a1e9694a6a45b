//! A StatefulSet that can go no further before a pod is Running, Ready and available.

use crate::api::ObjectRef;
use crate::explain::en::words::{moment, seconds};
use crate::explain::facts::stateful_set::{WaitTrap, wait_trap};
use crate::explain::scope::{Scope, node, ordinal};
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{Held, Lack};

/// What the pod is waited for to be, after its name.
pub(super) fn wish(lack: &Lack) -> &'static str {
    match lack {
        Lack::Unscheduled => "to get a node",
        Lack::NotRunning { .. } => "to start",
        Lack::NotReady { .. } => "to be Ready",
        Lack::NotAvailable { .. } => "to be available",
        Lack::Terminating => "to be gone",
    }
}

/// `web-2 for web-1 to be Ready. An ordered set creates one pod at a time.`
pub(super) fn line(set: &ObjectRef, pod: &ObjectRef, lack: &Lack, held: &Held, scope: Scope<'_>) -> Text {
    let wish = wish(lack);
    match held {
        Held::Creation(next) if next == pod => {
            text![pod, " for the earlier pod of that name to be gone. A name is free only then."]
        }
        Held::Creation(next) => text![next, " for ", pod, " ", wish, ". An ordered set creates one pod at a time."],
        Held::ScaleDown(next) if next == pod => {
            text![set, " for ", pod, " ", wish, ". A pod below it is not ready either."]
        }
        Held::ScaleDown(next) => text![next, " for ", pod, " ", wish, ". An ordered set deletes one pod at a time."],
        Held::Update(next) if next == pod && scope.is_ordered(set) => {
            text![set, " for ", pod, " ", wish, ", or for you to delete it. A new template alone does not replace it."]
        }
        Held::Update(next) if next == pod => text![set, " for ", pod, " ", wish, "."],
        Held::Update(next) => text![next, " for ", pod, " ", wish, ". A rolling update takes one pod after the other."],
        Held::Completion => text![set, " for ", pod, " ", wish, ". Nothing else is left to do."],
    }
}

pub(super) fn words(words: &mut Words, set: &ObjectRef, pod: &ObjectRef, lack: &Lack, held: &Held, scope: Scope<'_>) {
    words.why(rule(set, pod, lack, held, scope)).why(case(pod, lack));
    words.why_some(wait_trap(set, pod, lack, held, scope).map(|it| trap(pod, it)));
    words.next(next(set, pod, lack, held, scope));
    evidence(words, pod, lack, scope);
}

/// Why the pod holds up anything.
fn rule(set: &ObjectRef, pod: &ObjectRef, lack: &Lack, held: &Held, scope: Scope<'_>) -> Text {
    match held {
        Held::Creation(next) if next == pod => text![
            "A pod of a set is its name. As long as the old ",
            pod,
            " exists, even Terminating, there can be no new one."
        ],
        Held::Creation(next) => text![
            "An ordered set creates one pod at a time: ",
            next,
            " comes only when every pod before it is ",
            if scope.waits_for_available(set) { "available." } else { "Running and Ready." },
        ],
        Held::ScaleDown(next) if next == pod => text![
            "An ordered set deletes an unhealthy surplus pod only if it is the first unhealthy pod of the set. A pod below ",
            pod,
            " is unhealthy too, so that one has to recover or go first."
        ],
        Held::ScaleDown(next) if *lack == Lack::Terminating && ordinal(set, pod) > ordinal(set, next) => text![
            "An ordered set deletes one pod at a time, highest ordinal first: ",
            next,
            " goes only when ",
            pod,
            " is gone."
        ],
        Held::ScaleDown(next) => text![
            "An ordered set scales down only while the pods that stay are Running and Ready, so ",
            next,
            " is not deleted yet."
        ],
        Held::Update(next) if next == pod && scope.is_ordered(set) => text![
            "An ordered set looks at its pods from the lowest up before it updates any, and stops at the first that is not \
             ready. So it never gets as far as replacing ",
            pod,
            "."
        ],
        Held::Update(next) if next == pod => {
            text!["An update counts every pod that is unavailable, and ", pod, " uses up what is allowed."]
        }
        Held::Update(next) => text![
            "A rolling update takes one pod after the other, highest ordinal first: ",
            next,
            " is updated only when ",
            pod,
            " is available."
        ],
        Held::Completion => {
            text!["Nothing else is left to create, delete or update: only ", pod, " is not available yet."]
        }
    }
}

/// What the pod lacks.
fn case(pod: &ObjectRef, lack: &Lack) -> Text {
    match lack {
        Lack::Unscheduled => text![pod, " has no node yet: it is for the scheduler to find one."],
        Lack::NotRunning { waiting: None } => text![pod, " has a node, but its containers have not all started."],
        Lack::NotRunning { waiting: Some(reason) } => {
            text![pod, " cannot start: a container waits with ", code(reason), ", so the pod stays Pending."]
        }
        Lack::NotReady { waiting: None } => text![pod, " runs, but its Ready condition is not True."],
        Lack::NotReady { waiting: Some(reason) } => text![
            "A container of ",
            pod,
            " waits with ",
            code(reason),
            ". The phase stays `Running`, so the set does not replace the pod: it waits."
        ],
        Lack::NotAvailable { min_ready_seconds, .. } => text![
            pod,
            " is Ready, but counts as available only after it has been so for `minReadySeconds`, ",
            seconds(*min_ready_seconds),
            "."
        ],
        Lack::Terminating => text![pod, " is Terminating: its containers have their grace period to stop."],
    }
}

/// The trap that the wait may be.
fn trap(pod: &ObjectRef, trap: WaitTrap) -> Text {
    match trap {
        WaitTrap::Silent(name) => text![
            "The kubelet of ",
            node(&name),
            " does not answer, so nobody confirms that ",
            pod,
            " has stopped. It stays Terminating until the node is back, its Node object is deleted, or the pod is deleted \
             by force."
        ],
        WaitTrap::Broken => text![
            "Correcting the template does not help by itself: delete ",
            pod,
            ", and it comes back from the template that is in force then."
        ],
    }
}

fn next(set: &ObjectRef, pod: &ObjectRef, lack: &Lack, held: &Held, scope: Scope<'_>) -> Text {
    let ready = if scope.waits_for_available(set) { " is available, " } else { " is Ready, " };
    let when = match lack {
        Lack::Unscheduled | Lack::NotRunning { .. } | Lack::NotReady { .. } => text!["When ", pod, ready],
        Lack::NotAvailable { until, .. } => text!["At ", moment(*until), " ", pod, " is available, and "],
        Lack::Terminating => text!["When ", pod, " is gone, "],
    };
    match held {
        Held::Creation(next) if next == pod => text![when, "it is created again."],
        Held::Creation(next) => text![when, next, " is created."],
        Held::ScaleDown(next) if next == pod => text![when, "or all pods below it are, it is deleted."],
        Held::ScaleDown(next) => text![when, next, " is deleted."],
        Held::Update(next) if next == pod && scope.is_ordered(set) => {
            text!["Delete ", pod, ": it comes back at the new revision, and the rollout goes on."]
        }
        Held::Update(next) if next == pod => text![when, "the update goes on."],
        Held::Update(next) => text![when, next, " is deleted, to come back at the new revision."],
        Held::Completion => text![when, set, " is settled."],
    }
}

fn evidence(words: &mut Words, pod: &ObjectRef, lack: &Lack, scope: Scope<'_>) {
    let Some(object) = scope.pod(pod) else { return };
    if let Some(name) = object.node() {
        words.evidence("Node", text![node(name)]);
    }
    if *lack == Lack::Unscheduled
        && let Some(message) = object.condition("PodScheduled").and_then(|condition| condition.message.clone())
    {
        words.evidence("Scheduler", text![verbatim(message)]);
    }
    if let Some(reason) = object.waiting_reason() {
        words.evidence("Container", text![code(reason)]);
    }
}
