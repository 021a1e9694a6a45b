//! The counts in a StatefulSet's status. Upstream: `stateful_set_control.go: computeReplicaStatus`.

use super::is_running_and_ready;
use super::revisions::Revisions;
use crate::actor::View;
use crate::api::{Pod, StatefulSet, StatefulSetStatus, UpdateStrategyType};
use crate::controllers::history::REVISION_LABEL;
use std::rc::Rc;

pub(super) fn of(view: View<'_>, set: &StatefulSet, pods: &[Rc<Pod>], revisions: &Revisions) -> StatefulSetStatus {
    let min_ready_seconds = set.spec.min_ready_seconds.unwrap_or(0);
    let count = |counts: &dyn Fn(&Pod) -> bool| {
        i32::try_from(pods.iter().filter(|pod| counts(pod)).count()).unwrap_or(i32::MAX)
    };
    let at = |pod: &Pod, revision: &str| {
        !pod.is_terminating() && pod.metadata.labels.get(REVISION_LABEL).is_some_and(|name| name == revision)
    };
    let (current, update) = (&revisions.current.metadata.name, &revisions.update.metadata.name);
    StatefulSetStatus {
        observed_generation: set.metadata.generation,
        replicas: count(&|_| true),
        ready_replicas: count(&is_running_and_ready),
        available_replicas: count(&|pod| is_running_and_ready(pod) && pod.is_available(min_ready_seconds, view.now)),
        current_replicas: count(&|pod| at(pod, current)),
        updated_replicas: count(&|pod| at(pod, update)),
        current_revision: current.clone(),
        update_revision: update.clone(),
        collision_count: Some(0),
        conditions: None,
    }
}

/// Makes the update revision current once every pod is at it and Ready (`completeRollingUpdate`); whether it did.
///
/// With OnDelete this never happens, so the current revision keeps its old name for ever.
pub(super) fn complete_rolling_update(set: &StatefulSet, status: &mut StatefulSetStatus) -> bool {
    let replicas = set.spec.replicas();
    let complete = set.spec.strategy() == UpdateStrategyType::RollingUpdate
        && status.updated_replicas == status.replicas
        && status.ready_replicas == status.replicas
        && status.replicas == replicas;
    let moves = complete && status.current_revision != status.update_revision;
    if complete {
        status.current_replicas = status.updated_replicas;
        status.current_revision.clone_from(&status.update_revision);
    }
    moves
}
