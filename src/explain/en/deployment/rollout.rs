//! What a Deployment does to its ReplicaSets, with the arithmetic behind it.

use super::limits;
use crate::api::ObjectRef;
use crate::explain::en::words::{count, either, is, list};
use crate::explain::facts::deployment::{by_cause, directions, fewer};
use crate::explain::words::Words;
use crate::explain::{Text, text};
use crate::reason::{Budget, Resize, ResizeCause};

/// One step of a rollout.
pub(super) fn step(
    words: &mut Words,
    deployment: &ObjectRef,
    created: Option<&(ObjectRef, i32)>,
    resized: &[Resize],
    budget: &Budget,
    recreate: bool,
) {
    if let Some((set, pods)) = created {
        words.why(new_set(deployment, set, *pods, budget, recreate));
    }
    for (cause, sets) in by_cause(resized) {
        words.why(why(deployment, &sets, cause, budget));
    }
    if !recreate {
        limits(words, budget);
    }
    for resize in resized {
        words.evidence("Resized", text![&resize.set, ": ", resize.from, " → ", resize.to]);
    }
    words.next(match directions(created, resized) {
        (true, true) => {
            text!["The ReplicaSet controller makes the new pods and deletes old ones, without waiting for each other."]
        }
        (true, false) => text!["The ReplicaSet controller makes the new pods."],
        (false, true) => {
            text!["The ReplicaSet controller deletes pods. Terminating pods count nowhere: the rollout does not wait for them."]
        }
        (false, false) => text!["It gets pods as soon as old ones go."],
    });
}

fn new_set(deployment: &ObjectRef, set: &ObjectRef, pods: i32, budget: &Budget, recreate: bool) -> Text {
    if budget.total == 0 && !recreate {
        return text![
            "There is no ReplicaSet of this pod template yet, so ",
            deployment,
            " makes one, at full size. A Deployment makes no pods itself; the name ends in a hash of the template."
        ];
    }
    if recreate {
        return text![
            "Nothing old is running any more, so the present template gets its ReplicaSet ",
            set,
            ", at once with all ",
            count(pods, "pod"),
            "."
        ];
    }
    let room = budget.maximum() - budget.total;
    let fits = match room {
        ..=0 => text!["so there is no room for a pod yet"],
        room => text!["so there is room for ", room],
    };
    text![
        "The template is new, so it gets a ReplicaSet of its own. At most ",
        sum(budget.replicas, "+", budget.surge, budget.maximum()),
        " pods may be asked for (`maxSurge`), and there are ",
        budget.total,
        ", ",
        fits,
        "."
    ]
}

/// `4 + 1 = 5`.
fn sum(first: i64, sign: &'static str, second: i64, result: i64) -> Text {
    text![first, " ", sign, " ", second, " = ", result]
}

fn why(deployment: &ObjectRef, sets: &[&Resize], cause: ResizeCause, budget: &Budget) -> Text {
    let names = list(sets.iter().map(|resize| &resize.set));
    match cause {
        ResizeCause::NewHasRoom => text![
            "At most ",
            sum(budget.replicas, "+", budget.surge, budget.maximum()),
            " pods may be asked for (`maxSurge`), and there are ",
            budget.total,
            ". ",
            names,
            " is the new one and gets the room, up to `spec.replicas`."
        ],
        ResizeCause::NewTooLarge => text![
            names,
            " asks for more pods than ",
            deployment,
            ". Whoever scales the ReplicaSet of a Deployment by hand is overruled at the next sync."
        ],
        ResizeCause::OldUnhealthy => text![
            count(fewer(sets), "pod"),
            " of ",
            names,
            " ",
            is(fewer(sets)),
            " not available. Of the old pods such go first, for nothing is lost with them."
        ],
        ResizeCause::OldDispensable => text![
            "At least ",
            sum(budget.replicas, "-", budget.unavailable, budget.minimum()),
            either(usize::try_from(budget.minimum()).unwrap_or(2), " pod has", " pods have"),
            " to stay available (`maxUnavailable`), and ",
            budget.available,
            " ",
            is(budget.available),
            ". So ",
            count(fewer(sets), "old pod"),
            " may go, from the oldest ReplicaSet first."
        ],
        ResizeCause::OldBeforeNew => text![
            "With `strategy.type: Recreate` all old pods go before the first new one comes, so ",
            names,
            either(sets.len(), " is", " are"),
            " scaled to 0. Until the new pods are Ready there is nobody to serve."
        ],
        ResizeCause::NewAfterOld => {
            text!["No old pod is running any more, so ", names, " gets its full size at once."]
        }
        ResizeCause::OnlyOne => text![
            "Only ",
            names,
            " has pods, or is the newest, so it takes the whole size at once. Scaling replaces no pod."
        ],
        ResizeCause::NewIsComplete => text![
            "All wanted pods of the present template are available, so ",
            names,
            either(sets.len(), " gives", " give"),
            " up its pods."
        ],
        ResizeCause::Share { of } => text![
            deployment,
            " is scaled while several ReplicaSets have pods. Each keeps its share: its size times ",
            budget.maximum(),
            " (the most pods that there may be now) by ",
            of,
            " (the most before), rounded. What rounding leaves over goes to the largest."
        ],
    }
}

/// The new size reaches the ReplicaSets.
pub(super) fn scaling(words: &mut Words, deployment: &ObjectRef, resized: &[Resize], budget: &Budget, paused: bool) {
    for (cause, sets) in by_cause(resized).into_iter().take(2) {
        words.why(why(deployment, &sets, cause, budget));
    }
    if paused {
        words.why(text!["The Deployment is paused. That holds back templates, not sizes."]);
    }
    words.evidence("Wanted", text![count(budget.replicas, "pod"), ", at most ", budget.maximum()]);
    for resize in resized {
        words.evidence("Resized", text![&resize.set, ": ", resize.from, " → ", resize.to]);
    }
    words.next(match fewer(&resized.iter().collect::<Vec<_>>()) {
        ..0 => text!["The ReplicaSet controller makes the missing pods."],
        _ => text!["The ReplicaSet controller deletes surplus pods: those first that are missed least."],
    });
}
