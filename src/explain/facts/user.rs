//! What is told of a command.

use crate::api::{Kind, ObjectRef};
use crate::explain::scope::Scope;
use crate::reason::ApplyOutcome;

/// Whether no two objects share a name, as a StatefulSet and its Service often do.
pub(in crate::explain) fn have_names_of_their_own(objects: &[(ObjectRef, ApplyOutcome)]) -> bool {
    objects
        .iter()
        .enumerate()
        .all(|(index, (object, _))| objects.iter().skip(index + 1).all(|(other, _)| other.name() != object.name()))
}

/// The workloads that an apply changed.
pub(in crate::explain) fn changed_workloads(objects: &[(ObjectRef, ApplyOutcome)]) -> Vec<&ObjectRef> {
    let changed = objects.iter().filter(|(_, outcome)| *outcome != ApplyOutcome::Unchanged).map(|(object, _)| object);
    changed.filter(|object| Kind::is_workload(object.kind)).collect()
}

/// The storage classes of the cluster.
pub(in crate::explain) fn storage_classes(scope: Scope<'_>) -> Vec<ObjectRef> {
    let keys = scope.cluster.storage_classes.keys();
    keys.map(|key| ObjectRef { kind: Kind::StorageClass, key: key.clone() }).collect()
}
