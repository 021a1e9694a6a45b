//! The counts and the condition in a ReplicaSet's status. Upstream: `replica_set_utils.go: calculateStatus`.

use super::count;
use crate::actor::View;
use crate::api::{Pod, ReplicaSet, ReplicaSetStatus, WorkloadCondition};
use std::rc::Rc;

/// The condition that says that pods could not be made.
pub const REPLICA_FAILURE: &str = "ReplicaFailure";

/// The status as it is before the sync makes or deletes a pod; `refused` is what the API server said to the attempt.
pub(super) fn of(
    view: View<'_>,
    set: &ReplicaSet,
    active: &[Rc<Pod>],
    terminating: usize,
    refused: Option<&str>,
) -> ReplicaSetStatus {
    let min_ready_seconds = set.spec.min_ready_seconds.unwrap_or(0);
    let template = &set.spec.template.metadata.labels;
    let counted = |counts: &dyn Fn(&Pod) -> bool| count(active.iter().filter(|pod| counts(pod)).count());
    let mut status = ReplicaSetStatus {
        replicas: count(active.len()),
        fully_labeled_replicas: counted(&|pod| {
            template.iter().all(|(label, value)| pod.metadata.labels.get(label) == Some(value))
        }),
        ready_replicas: counted(&Pod::is_ready),
        available_replicas: counted(&|pod| pod.is_available(min_ready_seconds, view.now)),
        terminating_replicas: Some(count(terminating)),
        observed_generation: set.metadata.generation,
        conditions: set.status.conditions.clone(),
    };
    match refused {
        Some(message) if !status.conditions.iter().any(|condition| condition.kind == REPLICA_FAILURE) => {
            status.conditions.push(WorkloadCondition {
                kind: REPLICA_FAILURE.into(),
                status: "True".into(),
                last_update_time: None,
                last_transition_time: Some(view.now.whole_second()),
                reason: Some("FailedCreate".into()),
                message: Some(message.into()),
            });
        }
        Some(_) => {}
        None => status.conditions.retain(|condition| condition.kind != REPLICA_FAILURE),
    }
    status
}
