//! What an explanation chooses, counts and computes before it says anything. The same in every language.

pub(super) mod amounts;
pub(super) mod commands;
pub(super) mod daemon_set;
pub(super) mod deployment;
pub(super) mod endpoints;
pub(super) mod kubelet;
pub(super) mod replica_set;
pub(super) mod stateful_set;
pub(super) mod user;

use crate::api::{ObjectRef, PodPhase};
use crate::engine::Step;

/// How many items a list names before it says how many more there are.
const NAMED: usize = 4;

/// The items that a list names, and how many more there are.
pub(super) fn named<T>(items: impl IntoIterator<Item = T>) -> (Vec<T>, usize) {
    let mut items: Vec<T> = items.into_iter().collect();
    let more = if items.len() > NAMED + 1 { items.split_off(NAMED - 1).len() } else { 0 };
    (items, more)
}

/// A phase as it is written in the status.
pub(super) fn phase(phase: PodPhase) -> &'static str {
    match phase {
        PodPhase::Pending => "`Pending`",
        PodPhase::Running => "`Running`",
        PodPhase::Succeeded => "`Succeeded`",
        PodPhase::Failed => "`Failed`",
    }
}

/// Whether an object that has lost an owner has others, so that it stays.
pub(super) fn outlives_its_owner(object: &ObjectRef, step: &Step) -> bool {
    let mut after = step.changes.iter().filter_map(|change| change.after.as_ref());
    after.any(|after| after.reference() == *object && !after.metadata().is_terminating())
}
