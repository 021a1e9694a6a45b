//! What the Deployment controller did or waits for.

mod rollout;
mod wait;

use super::words::{count, either, list, seconds};
use crate::api::ObjectRef;
use crate::engine::Step;
use crate::explain::facts::deployment as facts;
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{Budget, DeploymentAct, DeploymentReason, Resize};

pub(super) fn headline(reason: &DeploymentReason, step: &Step) -> Text {
    let deployment = &reason.deployment;
    match &reason.act {
        DeploymentAct::RollOut { created: Some((set, pods)), .. } => {
            text![deployment, " makes ", set, " with ", count(*pods, "pod")]
        }
        DeploymentAct::RollOut { created: None, resized, .. } => resizes(deployment, resized),
        DeploymentAct::Scale { resized, .. } if resized.len() > 1 => {
            text![deployment, " divides its new size among ", resized.len(), " ReplicaSets"]
        }
        DeploymentAct::Scale { resized, .. } => resizes(deployment, resized),
        DeploymentAct::CleanUp { deleted, .. } => match deleted.as_slice() {
            [set] => text![deployment, " deletes its old ReplicaSet ", set],
            sets => text![deployment, " deletes ", sets.len(), " old ReplicaSets"],
        },
        DeploymentAct::DeadlineExceeded { deadline, .. } => {
            text![deployment, " has made no progress for ", seconds(*deadline)]
        }
        DeploymentAct::WaitForAvailable { set, available, wanted, exceeded: Some(_), .. } => {
            text![deployment, " is stuck: ", *available, " of ", *wanted, " pods of ", set, " available"]
        }
        DeploymentAct::WaitForAvailable { set, available, wanted, exceeded: None, .. } => {
            text![deployment, " waits: ", *available, " of ", *wanted, " pods of ", set, " available"]
        }
        DeploymentAct::WaitForOldPods { pods: 0, .. } => {
            text![deployment, " waits until its old ReplicaSets count no pod"]
        }
        DeploymentAct::WaitForOldPods { pods, .. } => {
            text![deployment, " waits for ", count(*pods as i64, "old pod"), " to end"]
        }
        DeploymentAct::Paused { pending: true } => text![deployment, " is paused, its new template waits"],
        DeploymentAct::Paused { pending: false } => text![deployment, " is paused"],
        DeploymentAct::Collision { name } => text![deployment, " finds the name ", code(name), " taken"],
        DeploymentAct::Settled { replicas: 0, .. } => text![deployment, " is settled: it wants no pods"],
        DeploymentAct::Settled { replicas: 1, .. } => text![deployment, " is settled: its pod is up to date"],
        DeploymentAct::Settled { replicas, .. } => {
            text![deployment, " is settled: all ", *replicas, " pods are up to date"]
        }
        DeploymentAct::BeingDeleted => text![deployment, " is being deleted and manages nothing any more"],
        DeploymentAct::RecordStatus => bookkeeping(reason, step),
    }
}

fn resizes(deployment: &ObjectRef, resized: &[Resize]) -> Text {
    match resized {
        [one] => text![deployment, " scales ", &one.set, " from ", one.from, " to ", one.to],
        many => text![deployment, " scales ", many.len(), " ReplicaSets"],
    }
}

/// What a sync that decided nothing wrote.
fn bookkeeping(reason: &DeploymentReason, step: &Step) -> Text {
    let deployment = &reason.deployment;
    if let Some(reused) = &reason.reused {
        return text![deployment, " goes back to ", &reused.set];
    }
    if let Some(first) = reason.adopted.first() {
        return text![deployment, " adopts ", first];
    }
    if let Some(first) = reason.released.first() {
        return text![deployment, " lets ", first, " go"];
    }
    match facts::recorded(step) {
        Some(object) => text![
            deployment,
            " records ",
            object.status.available_replicas,
            " of ",
            object.spec.replicas.unwrap_or(1),
            " available in its status"
        ],
        None => text![deployment, " brings its records up to date"],
    }
}

pub(super) fn words(reason: &DeploymentReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let deployment = &reason.deployment;
    match &reason.act {
        DeploymentAct::RollOut { created, resized, budget, recreate } => {
            rollout::step(&mut words, deployment, created.as_ref(), resized, budget, *recreate);
        }
        DeploymentAct::Scale { resized, budget, paused } => {
            rollout::scaling(&mut words, deployment, resized, budget, *paused);
        }
        DeploymentAct::CleanUp { deleted, limit } => {
            words
                .why(text![
                    "The rollout is complete. Old ReplicaSets without pods are kept so that one can go back to them, at most ",
                    *limit,
                    " of them (`revisionHistoryLimit`); those of the lowest revision go."
                ])
                .evidence("Deleted", list(deleted))
                .next(text!["`kubectl rollout undo` can no longer go back to ", list(deleted), "."]);
        }
        DeploymentAct::DeadlineExceeded { set, deadline, budget } => {
            words.why(text![
                "For more than ",
                seconds(*deadline),
                " nothing got further: no new pod more, none more that is Ready or available, no old pod fewer. The \
                 condition Progressing is now False with `ProgressDeadlineExceeded`."
            ]);
            words.why(text![
                "That only says so. Nothing stops and nothing is taken back: the rollout goes on as soon as pods of ",
                set,
                " become available."
            ]);
            limits(&mut words, budget);
            words.next(text![
                "Correct the template, or go back with `kubectl rollout undo`. `kubectl rollout status` fails from now on."
            ]);
        }
        DeploymentAct::WaitForAvailable { set, available, wanted, old, budget, exceeded } => {
            let stand = facts::Stand { set, available: *available, wanted: *wanted, old: *old, exceeded: *exceeded };
            wait::for_available(&mut words, deployment, scope, &stand, budget);
        }
        DeploymentAct::WaitForOldPods { pods, first } => {
            wait::for_old_pods(&mut words, deployment, *pods, first.as_ref());
        }
        DeploymentAct::Paused { pending } => wait::paused(&mut words, deployment, *pending),
        DeploymentAct::Collision { name } => {
            words
                .why(text![
                    "The ReplicaSet of the present template would be called ",
                    code(name),
                    ", and there is one of that name that has another template or another owner."
                ])
                .next(text![
                    "The controller raises `status.collisionCount`, which changes the hash in the name, and tries again."
                ]);
        }
        DeploymentAct::Settled { set, replicas } => {
            words.why(match set {
                Some(set) if *replicas > 0 => {
                    text!["All wanted pods belong to ", set, " and are available. There is nothing to do."]
                }
                Some(_) | None => text!["No pods are wanted and none are there. There is nothing to do."],
            });
            words
                .evidence("Replicas", text![*replicas])
                .next(text!["A change of the template begins a rollout; a change of `spec.replicas` only scales."]);
        }
        DeploymentAct::BeingDeleted if scope.is_orphaning(deployment) => {
            words
                .why(text![
                    "The Deployment is deleted without its ReplicaSets: it only waits until they have lost their owner."
                ])
                .next(text!["The ReplicaSets stay and look after their pods."]);
        }
        DeploymentAct::BeingDeleted => {
            words
                .why(text![
                    "A Deployment that is being deleted scales nothing itself: garbage collection deletes its ReplicaSets, and \
                     after them their pods."
                ])
                .next(text!["All pods stop, in no particular order."]);
        }
        DeploymentAct::RecordStatus if facts::has_asides(reason) => {}
        DeploymentAct::RecordStatus => {
            words.why(text![
                "The controller adds up the counts of its ReplicaSets and writes what has changed. This is bookkeeping: it \
                 decides nothing."
            ]);
            if let Some(object) = scope.deployment(deployment) {
                let (status, wanted) = (&object.status, object.spec.replicas.unwrap_or(1));
                words
                    .evidence("Up to date", text![status.updated_replicas, " of ", wanted])
                    .evidence("Available", text![status.available_replicas, " of ", wanted]);
            }
        }
    }
    asides(&mut words, reason);
    words
}

/// What the same sync did besides.
fn asides(words: &mut Words, reason: &DeploymentReason) {
    if let Some(reused) = &reason.reused {
        words.why(text![
            "The template is the one that ",
            &reused.set,
            " was made from, so no new ReplicaSet is needed: this one is the new one again, and its revision goes from ",
            reused.from,
            " to ",
            reused.to,
            "."
        ]);
    }
    if !reason.adopted.is_empty() {
        words.why(text![
            list(&reason.adopted),
            either(reason.adopted.len(), " matches", " match"),
            " the selector and had no owner, so ",
            &reason.deployment,
            either(reason.adopted.len(), " adopts it.", " adopts them.")
        ]);
    }
    if !reason.released.is_empty() {
        words.why(text![
            "The labels of ",
            list(&reason.released),
            " no longer match the selector, so ",
            &reason.deployment,
            either(reason.released.len(), " lets it go.", " lets them go.")
        ]);
    }
}

/// The numbers that decide how far a rollout may go.
fn limits(words: &mut Words, budget: &Budget) {
    words
        .evidence("Asked for", text![budget.total, " of at most ", budget.maximum()])
        .evidence("Available", text![budget.available, " of at least ", budget.minimum()]);
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &DeploymentReason) -> Option<Text> {
    let deployment = &reason.deployment;
    Some(match &reason.act {
        DeploymentAct::WaitForAvailable { set, available, wanted, exceeded, .. } => {
            let missing = wanted.saturating_sub(*available);
            let late = exceeded.map(|deadline| text![" The deadline of ", seconds(deadline), " is over."]);
            text![deployment, " for ", count(missing, "pod"), " of ", set, " to become available.", late]
        }
        DeploymentAct::WaitForOldPods { first: Some(first), pods: 1 } => {
            text![deployment, " for ", first, " to end. With `Recreate` no new pod comes before."]
        }
        DeploymentAct::WaitForOldPods { pods: 0, .. } => {
            text![deployment, " for its old ReplicaSets to count no pod."]
        }
        DeploymentAct::WaitForOldPods { pods, .. } => {
            text![
                deployment,
                " for ",
                count(*pods as i64, "old pod"),
                " to end. With `Recreate` no new pod comes before."
            ]
        }
        DeploymentAct::Paused { pending: true } => {
            text![deployment, " for you to resume it. Its new template is at no pod yet."]
        }
        DeploymentAct::Paused { pending: false }
        | DeploymentAct::RollOut { .. }
        | DeploymentAct::Scale { .. }
        | DeploymentAct::CleanUp { .. }
        | DeploymentAct::DeadlineExceeded { .. }
        | DeploymentAct::Collision { .. }
        | DeploymentAct::Settled { .. }
        | DeploymentAct::BeingDeleted
        | DeploymentAct::RecordStatus => return None,
    })
}
