//! The explanations in English: one file for each actor's reasons.

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
mod stateful_set;
mod trap;
mod user;
mod volume;
mod words;
mod write;

pub(super) use daemon_set::verdict;
pub(super) use narrative::{asked, came_of, ended, outcome};
pub(super) use obstacle::{cause, remedy};
pub(super) use parting::{no_more_here, parting};
pub(super) use trap::warning;

use super::scope::Scope;
use super::words::Words;
use super::{Text, text};
use crate::engine::Step;
use crate::reason::{Reason, SchedulerReason};

pub(super) fn headline(step: &Step) -> Text {
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
    let headline = text![headline(step), "."];
    match &step.reason {
        Reason::Scheduler(SchedulerReason::Unschedulable { refusals, waits_for_claims: false, .. }) => {
            text![headline, " ", scheduler::most_common(refusals)]
        }
        _ => headline,
    }
}

pub(super) fn words(scope: Scope<'_>) -> Words {
    match &scope.step.reason {
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
    }
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
    wait.unwrap_or_else(|| headline(scope.step))
}
