//! A run as a story: phases, each begun by what somebody did, with what came of it for every workload. Facts only: the
//! sentences are in [`crate::explain`].

mod outcome;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that finds something else than it made has failed")]
mod tests;

pub use outcome::{Course, Outcome};

use crate::actor::Actor;
use crate::api::Time;
use crate::engine::{Step, StepId, Timeline};
use crate::reason::{Reason, UserReason};
use crate::turn::turns;

/// Commands that are closer than this, in milliseconds, begin one phase together.
const TOGETHER: u64 = 1;

/// A part of a run that somebody began.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// What somebody did, in order; at least one step.
    pub commands: Vec<StepId>,
    /// How many steps have happened when it is over.
    pub until: StepId,
    /// When it began.
    pub begins: Time,
    /// When the last pod of it changed; none where no pod did.
    pub rests: Option<Time>,
    /// What came of it, workload by workload, in the order in which their pods changed first.
    pub outcomes: Vec<Outcome>,
}

/// Whether somebody did something; that the cluster is there is nobody's doing.
fn is_command(step: &Step) -> bool {
    step.actor == Actor::User && !matches!(step.reason, Reason::User(UserReason::ClusterStarted { .. }))
}

/// The phases of a run, in order.
#[must_use]
pub fn phases(run: &Timeline) -> Vec<Phase> {
    let steps = run.steps();
    let mut begun: Vec<Vec<StepId>> = vec![];
    for (id, step) in steps.iter().enumerate().filter(|(_, step)| is_command(step)) {
        let last = begun.last().and_then(|commands| steps.get(*commands.last()?));
        match (begun.last_mut(), last) {
            (Some(commands), Some(last)) if step.at - last.at < TOGETHER => commands.push(id),
            _ => begun.push(vec![id]),
        }
    }
    let turns = turns(steps);
    let mut run = run.clone();
    (begun.iter().enumerate())
        .map(|(index, commands)| {
            let from = commands.first().copied().unwrap_or_default();
            let until = begun.get(index + 1).and_then(|next| next.first().copied()).unwrap_or(steps.len());
            let at = |step: StepId| turns.partition_point(|turn| turn.step < step);
            let of_phase = turns.get(at(from)..at(until)).unwrap_or_default();
            run.seek(until);
            Phase {
                commands: commands.clone(),
                until,
                begins: steps.get(from).map_or(Time::ZERO, |step| step.at),
                rests: of_phase.last().map(|turn| turn.at),
                outcomes: outcome::outcomes(steps, of_phase, run.cluster()),
            }
        })
        .collect()
}
