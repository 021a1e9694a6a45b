//! What the ReplicaSet controller did or waits for.

use super::words::{count, either, is, list};
use crate::engine::Step;
use crate::explain::facts::replica_set as facts;
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, text, verbatim};
use crate::reason::{DeletionRank, ReplicaDeletion, ReplicaSetAct, ReplicaSetReason};

pub(super) fn headline(reason: &ReplicaSetReason, step: &Step) -> Text {
    let set = &reason.set;
    match &reason.act {
        ReplicaSetAct::Create { created, .. } => text![set, " makes ", count(*created as i64, "pod")],
        ReplicaSetAct::Delete { deleted, .. } => match deleted.as_slice() {
            [one] => text![set, " deletes ", &one.pod],
            many => text![set, " deletes ", many.len(), " pods"],
        },
        ReplicaSetAct::CreateRefused { .. } => text![set, " cannot make its pods"],
        ReplicaSetAct::WaitForAvailable { available, replicas, .. } => {
            text![set, " waits: ", *available, " of ", count(*replicas, "pod"), " available"]
        }
        ReplicaSetAct::Settled { replicas: 0 } => text![set, " is settled: it wants no pods"],
        ReplicaSetAct::Settled { replicas: 1 } => text![set, " is settled: its pod is available"],
        ReplicaSetAct::Settled { replicas } => text![set, " is settled: all ", *replicas, " pods are available"],
        ReplicaSetAct::BeingDeleted => text![set, " is being deleted and manages no pods any more"],
        ReplicaSetAct::RecordStatus => bookkeeping(reason, step),
    }
}

/// What a sync that decided nothing wrote.
fn bookkeeping(reason: &ReplicaSetReason, step: &Step) -> Text {
    let set = &reason.set;
    if let Some(first) = reason.adopted.first() {
        return text![set, " adopts ", first];
    }
    if let Some(first) = reason.released.first() {
        return text![set, " lets ", first, " go"];
    }
    match facts::recorded(step) {
        Some(object) => {
            let status = &object.status;
            text![set, " records ", status.available_replicas, " of ", status.replicas, " available in its status"]
        }
        None => text![set, " brings its records up to date"],
    }
}

pub(super) fn words(reason: &ReplicaSetReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let set = &reason.set;
    match &reason.act {
        ReplicaSetAct::Create { created, active, replicas, terminating, ended } => {
            words.why(text![
                set,
                " wants ",
                count(*replicas, "pod"),
                " and has ",
                *active,
                ", so ",
                count(*created as i64, "pod"),
                either(*created, " is", " are"),
                " made from its template, with generated names."
            ]);
            if *terminating > 0 {
                words.why(text![
                    count(*terminating as i64, "pod"),
                    either(*terminating, " is", " are"),
                    " Terminating. Such a pod no longer counts, so it is replaced at once, while it still stops."
                ]);
            }
            if *ended > 0 {
                words.why(text![
                    count(*ended as i64, "pod"),
                    either(*ended, " has", " have"),
                    " ended. A ReplicaSet makes another in its place and leaves the old object as it is."
                ]);
            }
            words
                .evidence("Active pods", text![*active, " of ", *replicas])
                .next(text!["The scheduler looks for a node for each of them."]);
        }
        ReplicaSetAct::Delete { deleted, active, replicas } => {
            words.why(text![
                set,
                " wants ",
                count(*replicas, "pod"),
                " and has ",
                *active,
                ", so ",
                deleted.len(),
                either(deleted.len(), " goes.", " go.")
            ]);
            chosen(&mut words, deleted);
            words
                .evidence("Active pods", text![*active, " of ", *replicas])
                .next(text!["Each has its grace period to stop. It no longer counts from now on."]);
        }
        ReplicaSetAct::CreateRefused { message, active, replicas } => {
            words
                .why(text![
                    "The API server refuses the pods that the template of ",
                    set,
                    " describes. The condition ReplicaFailure says so with `FailedCreate`; the controller tries again, \
                     less and less often."
                ])
                .evidence("Message", text![verbatim(message)])
                .evidence("Active pods", text![*active, " of ", *replicas])
                .next(text!["Correct the template, or make what it asks for."]);
        }
        ReplicaSetAct::WaitForAvailable { available, replicas, pod } => {
            words
                .why(text![
                    "All wanted pods are there; ",
                    pod,
                    " is not available yet. A ReplicaSet replaces no pod because it is not Ready."
                ])
                .evidence("Available", text![*available, " of ", *replicas])
                .next(text!["When all are available, ", set, " is settled."]);
        }
        ReplicaSetAct::Settled { replicas } => {
            words
                .why(text![
                    "As many pods as wanted are there and available. There is nothing to do. Nothing owns ",
                    set,
                    ", so nothing updates its pods when the template changes: that is what a Deployment is for."
                ])
                .evidence("Replicas", text![*replicas])
                .next(text!["When a pod ends or is deleted, ", set, " makes another."]);
        }
        ReplicaSetAct::BeingDeleted if scope.is_orphaning(set) => {
            words
                .why(text!["The set is deleted without its pods: it only waits until they have lost their owner."])
                .next(text!["The pods run on without an owner."]);
        }
        ReplicaSetAct::BeingDeleted => {
            words
                .why(text![
                    "A ReplicaSet that is being deleted creates and deletes no pod itself: garbage collection deletes what it \
                     owns."
                ])
                .next(text!["Its pods go, in no particular order."]);
        }
        ReplicaSetAct::RecordStatus if !reason.adopted.is_empty() || !reason.released.is_empty() => {}
        ReplicaSetAct::RecordStatus => {
            words.why(text![
                "The controller counts its pods in each sync and writes what has changed. This is bookkeeping: it decides \
                 nothing."
            ]);
            if let Some(object) = scope.replica_set(set) {
                let status = &object.status;
                words
                    .evidence("Ready", text![status.ready_replicas, " of ", status.replicas])
                    .evidence("Available", text![status.available_replicas, " of ", status.replicas])
                    .evidence("Terminating", text![status.terminating_replicas.unwrap_or(0)]);
            }
        }
    }
    asides(&mut words, reason);
    words
}

/// Why these pods and not others: the reasons are told once each, with the pods that they hold for.
fn chosen(words: &mut Words, deleted: &[ReplicaDeletion]) {
    let ranks = facts::by_rank(deleted);
    for (rank, deletions) in &ranks {
        let pods = list(deletions.iter().map(|deletion| &deletion.pod));
        words.evidence("Deleted", text![pods, ": ", short(rank)]);
    }
    let equals = facts::equals(deleted);
    for (rank, _) in ranks.iter().take(2) {
        words.why(long(rank));
    }
    if equals > 0 {
        words.why(text![
            count(equals, "pod"),
            " ",
            is(equals),
            " equal in everything that counts, and not all of them go. Kubernetes then goes by their random identity, Setwise \
             by name."
        ]);
    }
}

/// Why a pod goes, in a few words.
fn short(rank: &DeletionRank) -> Text {
    match rank {
        DeletionRank::All => text!["all go"],
        DeletionRank::Unassigned => text!["on no node"],
        DeletionRank::Pending => text!["Pending"],
        DeletionRank::NotReady => text!["not Ready"],
        DeletionRank::Cost { cost, other } => text!["deletion cost ", *cost, ", below ", *other],
        DeletionRank::Crowded { node: name, pods, other } => {
            text!["one of ", *pods, " on ", node(name), ", others have ", *other]
        }
        DeletionRank::ReadyLater => text!["Ready for a shorter time"],
        DeletionRank::Restarts { restarts, other } => text![count(*restarts, "restart"), ", others ", *other],
        DeletionRank::Younger => text!["younger"],
        DeletionRank::Equal => text!["by name"],
    }
}

/// The rule by which a pod goes before those that stay.
fn long(rank: &DeletionRank) -> Text {
    match rank {
        DeletionRank::All => text!["No pod stays, so nothing has to be chosen."],
        DeletionRank::Unassigned => text!["A pod that has no node yet goes before one that has."],
        DeletionRank::Pending => text!["A pod that is Pending goes before one that is Running."],
        DeletionRank::NotReady => text!["A pod that is not Ready goes before one that is."],
        DeletionRank::Cost { .. } => text![
            "The annotation `controller.kubernetes.io/pod-deletion-cost` says which pod is missed less: the lowest cost goes \
             first. Only having no node, the phase and readiness count for more."
        ],
        DeletionRank::Crowded { pods, .. } => text![
            "Of pods that are alike, one goes from the node that has most of the Deployment, here ",
            *pods,
            ", so that the others stay spread."
        ],
        DeletionRank::ReadyLater => text![
            "Of pods that are alike, the one goes that has been Ready for a shorter time. Times are compared by their \
             logarithm: less than about a factor of 2 makes no difference."
        ],
        DeletionRank::Restarts { .. } => {
            text!["Of pods that are alike, the one goes whose containers were restarted more often."]
        }
        DeletionRank::Younger => text![
            "Of pods that are alike, the younger one goes. Ages are compared by their logarithm: less than about a factor of \
             2 makes no difference."
        ],
        DeletionRank::Equal => text!["Nothing puts one pod before another."],
    }
}

/// What the same sync did besides.
fn asides(words: &mut Words, reason: &ReplicaSetReason) {
    if !reason.adopted.is_empty() {
        words.why(text![
            list(&reason.adopted),
            either(reason.adopted.len(), " matches", " match"),
            " the selector and had no owner, so ",
            &reason.set,
            either(reason.adopted.len(), " adopts it.", " adopts them.")
        ]);
    }
    if !reason.released.is_empty() {
        words.why(text![
            "The labels of ",
            list(&reason.released),
            " no longer match the selector: ",
            &reason.set,
            either(reason.released.len(), " lets it go, and it runs", " lets them go, and they run"),
            " on without an owner."
        ]);
    }
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &ReplicaSetReason) -> Option<Text> {
    let set = &reason.set;
    Some(match &reason.act {
        ReplicaSetAct::CreateRefused { message, .. } => {
            text![set, " for its pods to be accepted: ", verbatim(message), "."]
        }
        ReplicaSetAct::WaitForAvailable { available, replicas, .. } => {
            let missing = replicas.saturating_sub(*available);
            text![set, " for ", count(missing, "pod"), " to become available."]
        }
        ReplicaSetAct::Create { .. }
        | ReplicaSetAct::Delete { .. }
        | ReplicaSetAct::Settled { .. }
        | ReplicaSetAct::BeingDeleted
        | ReplicaSetAct::RecordStatus => return None,
    })
}
