//! The explanations in Simplified Chinese: one file for each actor's reasons.
//!
//! Spaces between Chinese and names, numbers and code are set in [`spacing`], at the way out; sentences need not write them.

mod autoscaler;
mod autoscaler_sum;
mod daemon_set;
mod deployment;
mod disruption;
mod endpoints;
mod eviction;
mod garbage;
mod kubelet;
mod narrative;
mod node;
mod obstacle;
mod parting;
mod process;
mod replica_set;
mod scheduler;
mod spacing;
mod stateful_set;
mod trap;
mod user;
mod volume;
mod words;
mod write;

use super::narrative::Ending;
use super::scope::Scope;
use super::words::Words;
use super::{Text, Warning, text};
use crate::compare::Parting;
use crate::engine::Step;
use crate::narrative::Outcome;
use crate::obstacle::{Link, Remedy};
use crate::reason::{Reason, SchedulerReason, Verdict};
use crate::trap::Trap;
#[cfg(test)]
pub(super) use spacing::is_han;
pub(super) use spacing::spaced;

pub(super) fn headline(step: &Step) -> Text {
    spaced(headline_of(step))
}

fn headline_of(step: &Step) -> Text {
    match &step.reason {
        Reason::User(reason) => user::headline(reason),
        Reason::StatefulSet(reason) => stateful_set::headline(reason, step),
        Reason::DaemonSet(reason) => daemon_set::headline(reason, step),
        Reason::Deployment(reason) => deployment::headline(reason, step),
        Reason::ReplicaSet(reason) => replica_set::headline(reason, step),
        Reason::Autoscaler(reason) => autoscaler::headline(reason),
        Reason::Disruption(reason) => disruption::headline(reason),
        Reason::Endpoints(reason) => endpoints::headline(reason),
        Reason::Scheduler(reason) => scheduler::headline(reason),
        Reason::Kubelet(reason) => kubelet::headline(reason),
        Reason::Volume(reason) => volume::headline(reason),
        Reason::Garbage(reason) => garbage::headline(reason, step),
        Reason::Node(reason) => node::headline(reason),
    }
}

/// A wait as a cause: its headline as a sentence, and what the scheduler minds most.
pub(super) fn told(step: &Step) -> Text {
    let headline = text![headline_of(step), "。"];
    spaced(match &step.reason {
        Reason::Scheduler(SchedulerReason::Unschedulable { refusals, waits_for_claims: false, .. }) => {
            text![headline, scheduler::most_common(refusals)]
        }
        _ => headline,
    })
}

pub(super) fn words(scope: Scope<'_>) -> Words {
    let words = match &scope.step.reason {
        Reason::User(reason) => user::words(reason, scope),
        Reason::StatefulSet(reason) => stateful_set::words(reason, scope),
        Reason::DaemonSet(reason) => daemon_set::words(reason, scope),
        Reason::Deployment(reason) => deployment::words(reason, scope),
        Reason::ReplicaSet(reason) => replica_set::words(reason, scope),
        Reason::Autoscaler(reason) => autoscaler::words(reason, scope),
        Reason::Disruption(reason) => disruption::words(reason, scope),
        Reason::Endpoints(reason) => endpoints::words(reason, scope),
        Reason::Scheduler(reason) => scheduler::words(reason, scope),
        Reason::Kubelet(reason) => kubelet::words(reason, scope),
        Reason::Volume(reason) => volume::words(reason, scope),
        Reason::Garbage(reason) => garbage::words(reason, scope),
        Reason::Node(reason) => node::words(reason, scope),
    };
    words.map(spaced)
}

pub(super) fn waiting(scope: Scope<'_>) -> Text {
    let wait = match &scope.step.reason {
        Reason::StatefulSet(reason) => stateful_set::waiting(reason, scope),
        Reason::DaemonSet(reason) => daemon_set::waiting(reason),
        Reason::Deployment(reason) => deployment::waiting(reason),
        Reason::ReplicaSet(reason) => replica_set::waiting(reason),
        Reason::Autoscaler(reason) => autoscaler::waiting(reason),
        Reason::Disruption(reason) => disruption::waiting(reason),
        Reason::Endpoints(reason) => endpoints::waiting(reason),
        Reason::Scheduler(reason) => scheduler::waiting(reason),
        Reason::Volume(reason) => volume::waiting(reason),
        Reason::Garbage(reason) => garbage::waiting(reason),
        Reason::Node(reason) => node::waiting(reason),
        Reason::User(_) | Reason::Kubelet(_) => None,
    };
    spaced(wait.unwrap_or_else(|| headline_of(scope.step)))
}

pub(super) fn verdict(verdict: &Verdict) -> Text {
    spaced(daemon_set::verdict(verdict))
}

pub(super) fn cause(link: &Link) -> Option<Text> {
    obstacle::cause(link).map(spaced)
}

pub(super) fn remedy(remedy: &Remedy) -> Text {
    spaced(obstacle::remedy(remedy))
}

pub(super) fn warning(trap: &Trap) -> Warning {
    let Warning { title, what, out } = trap::warning(trap);
    Warning { title: spaced(title), what: spaced(what), out: spaced(out) }
}

/// What came of a phase for a workload.
pub(super) fn outcome(outcome: &Outcome) -> Text {
    spaced(narrative::outcome(outcome))
}

/// What was asked for in the whole run.
pub(super) fn asked(commands: &[&Text], more: usize) -> Text {
    spaced(narrative::asked(commands, more))
}

/// What came of it.
pub(super) fn came_of(outcomes: &[&Outcome]) -> Text {
    spaced(narrative::came_of(outcomes))
}

/// How it ended.
pub(super) fn ended(ending: &Ending) -> Text {
    spaced(narrative::ended(ending))
}

/// Where two runs part.
pub(super) fn parting(parting: &Parting) -> Text {
    spaced(parting::parting(parting))
}

/// What a side says that does nothing.
pub(super) fn no_more_here() -> Text {
    parting::no_more_here()
}
