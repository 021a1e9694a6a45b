//! What is told of the pods of a ReplicaSet.

use crate::api::{Object, ReplicaSet};
use crate::engine::Step;
use crate::reason::{DeletionRank, ReplicaDeletion};

/// The set whose status a step wrote.
pub(in crate::explain) fn recorded(step: &Step) -> Option<&ReplicaSet> {
    step.changes.iter().find_map(|change| match &change.after {
        Some(Object::ReplicaSet(object)) => Some(&**object),
        _ => None,
    })
}

/// Deleted pods by what put them before those that stay.
pub(in crate::explain) fn by_rank(deleted: &[ReplicaDeletion]) -> Vec<(&DeletionRank, Vec<&ReplicaDeletion>)> {
    let mut ranks: Vec<(&DeletionRank, Vec<&ReplicaDeletion>)> = vec![];
    for deletion in deleted {
        match ranks.iter_mut().find(|(rank, _)| *rank == &deletion.rank) {
            Some((_, same)) => same.push(deletion),
            None => ranks.push((&deletion.rank, vec![deletion])),
        }
    }
    ranks
}

/// How many pods are equal in everything that counts, where not all of them go.
pub(in crate::explain) fn equals(deleted: &[ReplicaDeletion]) -> i64 {
    deleted.iter().map(|deletion| deletion.equals).max().unwrap_or(0) as i64
}
