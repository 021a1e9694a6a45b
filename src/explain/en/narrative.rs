//! A run as a story.

use super::words::{count, list, moment};
use crate::api::Kind;
use crate::explain::narrative::Ending;
use crate::explain::{Text, text};
use crate::narrative::{Course, Outcome};

/// What came of a phase for a workload.
pub(in crate::explain) fn outcome(outcome: &Outcome) -> Text {
    let workload = &outcome.workload;
    let happened = match &outcome.course {
        Course::Started { pods, .. } if workload.kind == Kind::Pod && pods.len() == 1 => text![workload, " starts"],
        Course::Started { pods, one_by_one } => {
            let how = match (pods.len(), one_by_one) {
                (0 | 1, _) => "",
                (_, true) => ", each when the one before is Ready",
                (_, false) => ", without one waiting for another",
            };
            text![workload, " starts ", list(pods), how]
        }
        Course::Stopped { pods, .. } if workload.kind == Kind::Pod && pods.len() == 1 => text![workload, " stops"],
        Course::Stopped { pods, one_by_one } => {
            let how = match (pods.len(), one_by_one) {
                (0 | 1, _) => "",
                (_, true) => ", each when the one before is gone",
                (_, false) => ", without one waiting for another",
            };
            text![workload, " stops ", list(pods), how]
        }
        Course::Replaced { stopped, made, most_beyond, one_by_one } => {
            let how = match (stopped.len(), one_by_one) {
                (0 | 1, _) => "",
                (_, true) => ", one at a time",
                (_, false) => ", several at a time",
            };
            let beyond =
                (*most_beyond > 0).then(|| text![", with up to ", count(*most_beyond, "pod"), " more than wanted"]);
            text![workload, " replaces ", list(stopped), how, beyond, " (", count(*made, "new pod"), ")"]
        }
        Course::Changed { ready, unready } => {
            let became = (*ready > 0).then(|| text![count(*ready, "pod"), " became Ready"]);
            let no_longer = (*unready > 0).then(|| text![count(*unready, "pod"), " stopped being Ready"]);
            let both = (became.is_some() && no_longer.is_some()).then_some(" and ");
            text!["of ", workload, ", ", became, both, no_longer]
        }
    };
    let state = outcome.wanted.map(|wanted| text![": ", outcome.ready, " of ", wanted, " Ready"]);
    text![happened, state, "."]
}

/// What was asked for in the whole run: the first commands, and how many follow.
pub(in crate::explain) fn asked(commands: &[&Text], more: usize) -> Text {
    let mut text = Text::default();
    for (index, command) in commands.iter().enumerate() {
        text.say((index > 0).then_some(" Then: ")).say((*command).clone()).say(".");
    }
    match more {
        0 => text,
        1 => text![text, " Then one more thing."],
        more => text![text, " Then ", more, " more things."],
    }
}

/// What came of it: the workloads whose pods had an order first.
pub(in crate::explain) fn came_of(outcomes: &[&Outcome]) -> Text {
    match outcomes {
        [] => text!["No pod was made and none stopped."],
        [only] => outcome(only),
        [first, .., last] => text![outcome(first), " ", outcome(last)],
    }
}

/// How it ended.
pub(in crate::explain) fn ended(ending: &Ending) -> Text {
    match ending {
        Ending::Done { ready: 0, .. } => Text::default(),
        Ending::Done { at, ready } => {
            text!["After ", moment(*at), " everything that was asked for is there: ", count(*ready, "pod"), " Ready."]
        }
        Ending::Unfinished(unfinished) => {
            let mut text = text!["At the end "];
            for (index, left) in unfinished.iter().enumerate().take(2) {
                let outcome = &left.outcome;
                text.say((index > 0).then_some(" "));
                text.say(&outcome.workload).say(" has ").say(outcome.ready).say(" of ");
                text.say(outcome.wanted.unwrap_or_default()).say(" pods Ready");
                match &left.because {
                    Some(because) => drop(text.say(": ").say(because.clone())),
                    None => drop(text.say(".")),
                }
            }
            text
        }
    }
}
