//! The counts and conditions in a Deployment's status. Upstream: `pkg/controller/deployment/sync.go: calculateStatus`,
//! `progress.go: syncRolloutStatus`, `util/deployment_util.go`.

use super::fences::{max_unavailable, replicas, size};
use super::sets::{Rollout, Tracked};
use crate::api::{Deployment, DeploymentStatus, Time, WorkloadCondition};
use crate::controllers::replica_set::REPLICA_FAILURE;

/// The condition that says whether enough pods are available.
pub const AVAILABLE: &str = "Available";
/// The condition that says how the rollout goes.
pub const PROGRESSING: &str = "Progressing";
/// The reason of [`PROGRESSING`] once a rollout has come to its end.
pub const COMPLETED: &str = "NewReplicaSetAvailable";
/// The reason of [`PROGRESSING`] once a rollout has made no progress for too long.
pub const TIMED_OUT: &str = "ProgressDeadlineExceeded";

/// The deadline in seconds, where there is one (`HasProgressDeadline`).
#[must_use]
pub fn progress_deadline(deployment: &Deployment) -> Option<i32> {
    deployment.spec.progress_deadline_seconds.filter(|seconds| *seconds != i32::MAX)
}

/// A condition of a status.
#[must_use]
pub fn condition<'a>(conditions: &'a [WorkloadCondition], kind: &str) -> Option<&'a WorkloadCondition> {
    conditions.iter().find(|condition| condition.kind == kind)
}

fn has_reason(conditions: &[WorkloadCondition], kind: &str, reason: &str) -> bool {
    condition(conditions, kind).is_some_and(|condition| condition.reason.as_deref() == Some(reason))
}

/// A condition as it is now.
fn fresh(kind: &str, status: &str, reason: &str, message: String, now: Time) -> WorkloadCondition {
    WorkloadCondition {
        kind: kind.into(),
        status: status.into(),
        last_update_time: Some(now.whole_second()),
        last_transition_time: Some(now.whole_second()),
        reason: Some(reason.into()),
        message: Some(message),
    }
}

/// Writes a condition, unless it says the same already (`SetDeploymentCondition`).
fn set(conditions: &mut Vec<WorkloadCondition>, mut condition: WorkloadCondition) {
    if let Some(present) = self::condition(conditions, &condition.kind) {
        if present.status == condition.status && present.reason == condition.reason {
            return;
        }
        if present.status == condition.status {
            condition.last_transition_time = present.last_transition_time;
        }
    }
    conditions.retain(|present| present.kind != condition.kind);
    conditions.push(condition);
}

/// Notes that the Deployment is paused, or goes on (`checkPausedConditions`). A passed deadline is not overwritten.
pub(super) fn note_pause(deployment: &Deployment, conditions: &mut Vec<WorkloadCondition>, now: Time) {
    if progress_deadline(deployment).is_none() || has_reason(conditions, PROGRESSING, TIMED_OUT) {
        return;
    }
    let paused = deployment.spec.paused == Some(true);
    match (paused, has_reason(conditions, PROGRESSING, "DeploymentPaused")) {
        (true, false) => {
            set(conditions, fresh(PROGRESSING, "Unknown", "DeploymentPaused", "Deployment is paused".into(), now));
        }
        (false, true) => {
            set(conditions, fresh(PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed".into(), now));
        }
        (true, true) | (false, false) => {}
    }
}

/// Notes the new set: made by this sync, or found where nothing was noted before (`getNewReplicaSet`).
pub(super) fn note_new_set(rollout: &Rollout<'_>, conditions: &mut Vec<WorkloadCondition>, now: Time) {
    let Some(new) = &rollout.new else { return };
    if progress_deadline(rollout.deployment).is_none() {
        return;
    }
    let name = &new.set.metadata.name;
    if new.stored.is_none() {
        let message = format!("Created new replica set \"{name}\"");
        set(conditions, fresh(PROGRESSING, "True", "NewReplicaSetCreated", message, now));
    } else if condition(conditions, PROGRESSING).is_none() {
        let message = format!("Found new replica set \"{name}\"");
        set(conditions, fresh(PROGRESSING, "True", "FoundNewReplicaSet", message, now));
    }
}

/// The counts, and whether enough pods are available (`calculateStatus`).
///
/// The sizes are those from before the sync: what it changes is counted when it is seen.
pub(super) fn of(rollout: &Rollout<'_>, conditions: &[WorkloadCondition], now: Time) -> DeploymentStatus {
    let deployment = rollout.deployment;
    let sum = |number: &dyn Fn(&Tracked) -> i32| -> i64 { rollout.all().map(|set| i64::from(number(set))).sum() };
    let stored_size = |tracked: &Tracked| match &tracked.stored {
        Some(stored) => stored.spec.replicas.unwrap_or(1),
        None => tracked.size(),
    };
    let available = rollout.available();
    let terminating: Option<i32> = rollout.all().map(|tracked| tracked.set.status.terminating_replicas).sum();
    let mut status = DeploymentStatus {
        observed_generation: deployment.metadata.generation,
        replicas: size(sum(&|tracked| tracked.set.status.replicas)),
        updated_replicas: rollout.new.as_ref().map_or(0, |new| new.set.status.replicas),
        ready_replicas: size(sum(&|tracked| tracked.set.status.ready_replicas)),
        available_replicas: size(available),
        unavailable_replicas: size((sum(&stored_size) - available).max(0)),
        terminating_replicas: terminating,
        conditions: conditions.to_vec(),
        collision_count: deployment.status.collision_count,
    };
    let enough = available >= i64::from(replicas(deployment)) - max_unavailable(deployment);
    let (is, reason, message) = match enough {
        true => ("True", "MinimumReplicasAvailable", "Deployment has minimum availability."),
        false => ("False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability."),
    };
    set(&mut status.conditions, fresh(AVAILABLE, is, reason, message.into(), now));
    status
}

/// Whether all wanted pods are of the present template and available (`DeploymentComplete`).
#[must_use]
pub fn is_complete(deployment: &Deployment, status: &DeploymentStatus) -> bool {
    let wanted = replicas(deployment);
    status.updated_replicas == wanted
        && status.replicas == wanted
        && status.available_replicas == wanted
        && status.observed_generation >= deployment.metadata.generation
}

/// Whether more is done than in the stored status (`DeploymentProgressing`).
fn is_progressing(stored: &DeploymentStatus, status: &DeploymentStatus) -> bool {
    status.updated_replicas > stored.updated_replicas
        || status.replicas - status.updated_replicas < stored.replicas - stored.updated_replicas
        || status.ready_replicas > stored.ready_replicas
        || status.available_replicas > stored.available_replicas
}

/// Whether the deadline has passed since the last progress (`DeploymentTimedOut`).
fn is_timed_out(deadline: i32, conditions: &[WorkloadCondition], now: Time) -> bool {
    let Some(condition) = condition(conditions, PROGRESSING) else { return false };
    match condition.reason.as_deref() {
        Some(COMPLETED) => false,
        Some(TIMED_OUT) => true,
        _ => condition.last_update_time.is_some_and(|since| since.plus_seconds(i64::from(deadline)) < now),
    }
}

/// Writes how the rollout goes (`syncRolloutStatus`).
pub(super) fn note_progress(rollout: &Rollout<'_>, status: &mut DeploymentStatus, now: Time) {
    let deployment = rollout.deployment;
    let present = condition(&status.conditions, PROGRESSING).cloned();
    let was_completed = present.as_ref().is_some_and(|present| present.reason.as_deref() == Some(COMPLETED));
    let subject = match &rollout.new {
        Some(new) => format!("ReplicaSet \"{}\"", new.set.metadata.name),
        None => format!("Deployment \"{}\"", deployment.metadata.name),
    };
    match progress_deadline(deployment) {
        None => status.conditions.retain(|condition| condition.kind != PROGRESSING),
        Some(_) if was_completed && status.replicas == status.updated_replicas => {}
        Some(_) if is_complete(deployment, status) => {
            let message = format!("{subject} has successfully progressed.");
            set(&mut status.conditions, fresh(PROGRESSING, "True", COMPLETED, message, now));
        }
        Some(_) if is_progressing(&deployment.status, status) => {
            let message = format!("{subject} is progressing.");
            let mut condition = fresh(PROGRESSING, "True", "ReplicaSetUpdated", message, now);
            // The time of the update is written anew although nothing else changes: the deadline counts from it.
            if let Some(present) = present {
                if present.status == "True" {
                    condition.last_transition_time = present.last_transition_time;
                }
                status.conditions.retain(|condition| condition.kind != PROGRESSING);
            }
            set(&mut status.conditions, condition);
        }
        Some(deadline) if is_timed_out(deadline, &status.conditions, now) => {
            let message = format!("{subject} has timed out progressing.");
            set(&mut status.conditions, fresh(PROGRESSING, "False", TIMED_OUT, message, now));
        }
        Some(_) => {}
    }
    note_failure(rollout, &mut status.conditions);
}

/// Copies from a set that pods could not be made, from the new one first (`getReplicaFailures`).
fn note_failure(rollout: &Rollout<'_>, conditions: &mut Vec<WorkloadCondition>) {
    let failure = (rollout.new.iter().chain(&rollout.old))
        .find_map(|tracked| condition(&tracked.set.status.conditions, REPLICA_FAILURE));
    match failure {
        Some(failure) => {
            // `ReplicaSetToDeploymentCondition`: a set's condition has no time of its last update.
            let last_update_time = failure.last_transition_time;
            set(conditions, WorkloadCondition { last_update_time, ..failure.clone() });
        }
        None => conditions.retain(|condition| condition.kind != REPLICA_FAILURE),
    }
}

/// When to look again for a passed deadline (`requeueStuckDeployment`).
pub(super) fn deadline_due(deployment: &Deployment, status: &DeploymentStatus, now: Time) -> Option<Time> {
    let deadline = progress_deadline(deployment)?;
    let condition = condition(&status.conditions, PROGRESSING)?;
    let is_over = matches!(condition.reason.as_deref(), Some(COMPLETED | TIMED_OUT));
    if is_over || is_complete(deployment, status) {
        return None;
    }
    let due = condition.last_update_time?.plus_seconds(i64::from(deadline) + 1);
    (due > now).then_some(due)
}

/// Whether the status says that the deadline has passed.
pub(super) fn is_overdue(status: &DeploymentStatus) -> bool {
    has_reason(&status.conditions, PROGRESSING, TIMED_OUT)
}
