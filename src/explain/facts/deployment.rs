//! What is told of a rollout of a Deployment.

use crate::api::{Deployment, Object, ObjectRef, Resource};
use crate::engine::Step;
use crate::explain::scope::Scope;
use crate::reason::{DeploymentReason, Resize, ResizeCause};

/// How far the new ReplicaSet is.
pub(in crate::explain) struct Stand<'a> {
    pub(in crate::explain) set: &'a ObjectRef,
    pub(in crate::explain) available: i32,
    pub(in crate::explain) wanted: i32,
    /// Pods that old ReplicaSets ask for still.
    pub(in crate::explain) old: i64,
    /// The deadline in seconds, where it is over.
    pub(in crate::explain) exceeded: Option<i32>,
}

/// The Deployment whose status a step wrote.
pub(in crate::explain) fn recorded(step: &Step) -> Option<&Deployment> {
    step.changes.iter().find_map(|change| match &change.after {
        Some(Object::Deployment(object)) => Some(&**object),
        _ => None,
    })
}

/// Whether the sync did something that is told besides.
pub(in crate::explain) fn has_asides(reason: &DeploymentReason) -> bool {
    reason.reused.is_some() || !reason.adopted.is_empty() || !reason.released.is_empty()
}

/// The resized sets by cause, in the order in which the causes come up.
pub(in crate::explain) fn by_cause(resized: &[Resize]) -> Vec<(ResizeCause, Vec<&Resize>)> {
    let mut causes: Vec<(ResizeCause, Vec<&Resize>)> = vec![];
    for resize in resized {
        match causes.iter_mut().find(|(cause, _)| *cause == resize.cause) {
            Some((_, same)) => same.push(resize),
            None => causes.push((resize.cause, vec![resize])),
        }
    }
    causes
}

/// How many pods fewer some sets ask for.
pub(in crate::explain) fn fewer(sets: &[&Resize]) -> i64 {
    sets.iter().map(|resize| i64::from(resize.from) - i64::from(resize.to)).sum()
}

/// Whether some set grows, and whether some set shrinks.
pub(in crate::explain) fn directions(created: Option<&(ObjectRef, i32)>, resized: &[Resize]) -> (bool, bool) {
    let grows = created.is_some_and(|(_, pods)| *pods > 0) || resized.iter().any(|resize| resize.to > resize.from);
    (grows, resized.iter().any(|resize| resize.to < resize.from))
}

/// The first pod of a ReplicaSet with a container that waits, and what that waits for.
pub(in crate::explain) fn broken(set: &ObjectRef, scope: Scope<'_>) -> Option<(ObjectRef, String)> {
    let set = scope.cluster.replica_sets.get(&set.key)?;
    let mut pods = scope.cluster.pods_of(set.metadata.uid);
    pods.find_map(|pod| Some((pod.reference(), pod.waiting_reason()?.to_owned())))
}
