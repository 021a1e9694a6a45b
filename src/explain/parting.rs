//! Where two runs part, in words: what each side does there, and why.

use super::{DecidingField, Language, Text, en, explain, zh};
use crate::compare::{Parting, Side};
use crate::engine::{Step, StepId, Timeline};
use crate::reason::Reason;
use crate::turn::PodTurn;

/// Where two runs part, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct PartingTold {
    /// What differs, in one sentence.
    pub headline: Text,
    /// What the left and the right side do there.
    pub sides: [SideTold; 2],
}

/// What one side does where the runs part.
#[derive(Clone, Debug, PartialEq)]
pub struct SideTold {
    /// What it does or waits for, in one line.
    pub what: Text,
    /// Why, one paragraph an entry.
    pub why: Vec<Text>,
    /// The manifest fields that decide.
    pub decided_by: Vec<DecidingField>,
    /// The step that says so.
    pub step: Option<StepId>,
}

/// Where two runs part, in words.
#[must_use]
pub fn parting(parting: &Parting, runs: [&Timeline; 2], language: Language) -> PartingTold {
    let [left, right] = runs;
    let (left, right) = match parting {
        Parting::Order { first, next, .. } => {
            let side = |side: Side, run: &Timeline| match &next[side.index()] {
                Some(turn) if side == *first => acts(run, turn, language),
                next => holds(run, next.as_ref(), language),
            };
            (side(Side::Left, left), side(Side::Right, right))
        }
        Parting::Delay { turns, .. } => (acts(left, &turns[0], language), acts(right, &turns[1], language)),
    };
    let headline = match language {
        Language::En => en::parting(parting),
        Language::Zh => zh::parting(parting),
    };
    PartingTold { headline, sides: [left, right] }
}

/// A side that acts: the step in words.
fn acts(run: &Timeline, turn: &PodTurn, language: Language) -> SideTold {
    let Some(step) = run.steps().get(turn.step) else { return nothing(language) };
    let told = explain(step, &run.cluster_at(turn.step + 1), language);
    SideTold { what: told.headline, why: told.why, decided_by: told.decided_by, step: Some(turn.step) }
}

/// A side that does not: what its controller waits for or rests at, until its own next turn if there is one.
fn holds(run: &Timeline, next: Option<&PodTurn>, language: Language) -> SideTold {
    let before = next.map_or(run.steps().len(), |turn| turn.step);
    let told = run.steps().get(..before).unwrap_or_default().iter().rposition(is_wait_of_controller);
    let Some((id, step)) = told.and_then(|id| Some((id, run.steps().get(id)?))) else { return nothing(language) };
    let told = explain(step, &run.cluster_at(id + 1), language);
    SideTold { what: told.headline, why: told.why, decided_by: told.decided_by, step: Some(id) }
}

fn is_wait_of_controller(step: &Step) -> bool {
    step.reason.is_wait()
        && matches!(
            step.reason,
            Reason::StatefulSet(_) | Reason::DaemonSet(_) | Reason::Deployment(_) | Reason::ReplicaSet(_)
        )
}

fn nothing(language: Language) -> SideTold {
    let what = match language {
        Language::En => en::no_more_here(),
        Language::Zh => zh::no_more_here(),
    };
    SideTold { what, why: vec![], decided_by: vec![], step: None }
}
