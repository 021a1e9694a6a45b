//! What a Deployment waits for.

use super::limits;
use crate::api::ObjectRef;
use crate::explain::en::words::{count, either, seconds};
use crate::explain::facts::deployment::{Stand, broken};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{code, text};
use crate::reason::Budget;

pub(super) fn for_available(
    words: &mut Words,
    deployment: &ObjectRef,
    scope: Scope<'_>,
    stand: &Stand<'_>,
    budget: &Budget,
) {
    let Stand { set, available, wanted, old, exceeded } = stand;
    let have = text![*set, " has ", *available, " of ", count(*wanted, "pod"), " available. "];
    words.why(match old {
        0 => text![have, "No old pod is left, so there is nothing to do but wait."],
        _ => text![
            have,
            "More new pods may come only when fewer than ",
            budget.maximum(),
            " are asked for, and old ones may go only when more than ",
            budget.minimum(),
            either(usize::try_from(budget.minimum()).unwrap_or(2), " is", " are"),
            " available."
        ],
    });
    let is_broken = match broken(set, scope) {
        Some((pod, reason)) => {
            words.why(text![
                &pod,
                " waits with ",
                code(reason),
                ". Pods of an earlier template run on, so the Deployment serves what it can, but the rollout gets no further."
            ]);
            true
        }
        None => false,
    };
    if let Some(deadline) = exceeded {
        words.why(text![
            "The rollout has made no progress for more than ",
            seconds(*deadline),
            " (`progressDeadlineSeconds`), so Progressing is False. Nothing is taken back by itself."
        ]);
    }
    limits(words, budget);
    words.evidence("New and not available", text![budget.new_unavailable]).evidence("Old pods left", text![*old]);
    words.next(match (is_broken || exceeded.is_some(), old) {
        (true, 0) => text!["Correct the template: a new rollout replaces pods that are not available first."],
        (true, _) => text![
            "Correct the template or run `kubectl rollout undo`: of the old pods those go first that are not available."
        ],
        (false, 0) => text!["When all are available, ", deployment, " is settled."],
        (false, _) => text!["With each new pod that becomes available an old one may go, and then the next may come."],
    });
}

pub(super) fn for_old_pods(words: &mut Words, deployment: &ObjectRef, pods: usize, first: Option<&ObjectRef>) {
    words.why(match (pods, first) {
        (0, _) | (_, None) => text![
            "With `strategy.type: Recreate` no new pod comes as long as the status of an old ReplicaSet counts one."
        ],
        (1, Some(first)) => text![
            "With `strategy.type: Recreate` no new pod comes before the old ones have ended, and ",
            first,
            " has not. A terminating pod counts until its containers have stopped."
        ],
        (pods, Some(first)) => text![
            "With `strategy.type: Recreate` no new pod comes before the old ones have ended, and ",
            pods,
            " have not, such as ",
            first,
            ". A terminating pod counts until its containers have stopped."
        ],
    });
    words.evidence("Old pods", text![pods]).next(text![
        "When the last has ended, ",
        deployment,
        " gets all its new pods at once."
    ]);
}

pub(super) fn paused(words: &mut Words, deployment: &ObjectRef, pending: bool) {
    words.why(match pending {
        true => text![
            deployment,
            " has a template that no ReplicaSet has, but while it is paused it makes none. The pods stay as they are."
        ],
        false => text![
            deployment,
            " is paused: changes of its template are stored and wait. A rollout that was under way stays where it is."
        ],
    });
    words.next(match pending {
        true => text!["`kubectl rollout resume` begins the rollout, with all changes since the pause as one."],
        false => text!["Scaling works as ever. `kubectl rollout resume` lets rollouts go on."],
    });
}
