//! A run as a story in words: three sentences about all of it, and each phase with what came of it.

use super::{Language, Text, en, headline, why_not, zh};
use crate::api::Time;
use crate::engine::{StepId, Timeline};
use crate::narrative::{Outcome, Phase, phases};
use crate::obstacle::{Moment, Question};

/// So many commands are named before the rest is counted.
const NAMED: usize = 3;

/// A run as a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// What was asked for, what came of it, how it ended; empty where nobody did anything.
    pub overview: Vec<Text>,
    /// The phases, in order.
    pub phases: Vec<PhaseTold>,
}

/// A phase in words.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseTold {
    /// What began it, one entry a command.
    pub commands: Vec<Text>,
    /// What came of it, one sentence a workload.
    pub outcomes: Vec<Text>,
    /// The step that began it.
    pub step: StepId,
    /// When it began.
    pub begins: Time,
    /// When its last pod changed.
    pub rests: Option<Time>,
}

/// How a run ended for a workload that does not have what it should.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unfinished {
    pub(super) outcome: Outcome,
    /// The root of what stands in the way.
    pub(super) because: Option<Text>,
}

/// How a run ended.
pub(super) enum Ending {
    /// All that was asked for is there.
    Done {
        /// When the last pod changed.
        at: Time,
        /// How many pods are Ready.
        ready: usize,
    },
    /// Something is not.
    Unfinished(Vec<Unfinished>),
}

/// A run as a story.
#[must_use]
pub fn story(run: &Timeline, language: Language) -> Story {
    let phases = phases(run);
    let commands = |phase: &Phase| -> Vec<Text> {
        phase.commands.iter().filter_map(|id| Some(headline(run.steps().get(*id)?, language))).collect()
    };
    let told = phases.iter().map(|phase| PhaseTold {
        commands: commands(phase),
        outcomes: phase.outcomes.iter().map(|outcome| sentence(outcome, language)).collect(),
        step: phase.commands.first().copied().unwrap_or_default(),
        begins: phase.begins,
        rests: phase.rests,
    });
    let told: Vec<PhaseTold> = told.collect();
    Story { overview: overview(run, &phases, &told, language), phases: told }
}

fn sentence(outcome: &Outcome, language: Language) -> Text {
    match language {
        Language::En => en::outcome(outcome),
        Language::Zh => zh::outcome(outcome),
    }
}

fn overview(run: &Timeline, phases: &[Phase], told: &[PhaseTold], language: Language) -> Vec<Text> {
    let commands: Vec<&Text> = told.iter().flat_map(|phase| &phase.commands).collect();
    if commands.is_empty() {
        return vec![];
    }
    let (named, rest) = commands.split_at(commands.len().min(NAMED));
    let outcomes: Vec<&Outcome> = phases.iter().flat_map(|phase| &phase.outcomes).collect();
    let ending = ending(run, &outcomes, phases.iter().filter_map(|phase| phase.rests).next_back(), language);
    match language {
        Language::En => [en::asked(named, rest.len()), en::came_of(&outcomes), en::ended(&ending)],
        Language::Zh => [zh::asked(named, rest.len()), zh::came_of(&outcomes), zh::ended(&ending)],
    }
    .into_iter()
    .filter(|text| !text.is_empty())
    .collect()
}

/// How it ended, asked of every workload at the last step.
fn ending(run: &Timeline, outcomes: &[&Outcome], rests: Option<Time>, language: Language) -> Ending {
    let mut last: Vec<&Outcome> = vec![];
    for outcome in outcomes.iter().rev() {
        if last.iter().all(|later| later.workload != outcome.workload) {
            last.push(outcome);
        }
    }
    last.reverse();
    let is_short = |outcome: &Outcome| outcome.wanted.is_some_and(|wanted| outcome.ready < wanted);
    if !last.iter().any(|outcome| is_short(outcome)) {
        let ready = last.iter().filter(|outcome| outcome.wanted.is_some()).map(|outcome| outcome.ready).sum();
        return Ending::Done { at: rests.unwrap_or_default(), ready };
    }
    let cluster = run.cluster_at(run.steps().len());
    let moment = Moment { cluster: &cluster, steps: run.steps(), now: run.end() };
    let unfinished = last.into_iter().filter(|outcome| is_short(outcome)).map(|outcome| {
        let answer = why_not(moment, &Question::Object(outcome.workload.clone()), language);
        Unfinished { outcome: outcome.clone(), because: answer.because.into_iter().next_back().map(|root| root.text) }
    });
    Ending::Unfinished(unfinished.collect())
}
