//! `kubectl rollout status`: plays virtual time until a rollout is done.
//! Upstream: `k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go`.

use super::console::Waited;
use super::failure::{Failure, Outcome};
use super::rollout::{group_kind, required};
use super::run::Call;
use super::select::Thing;
use crate::api::{DaemonSet, Deployment, Object, StatefulSet, UpdateStrategyType};

/// What there is to say of a rollout, and whether it is done.
type Status = Result<(String, bool), String>;

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    required(call)?;
    let revision = call.flags.number("revision").unwrap_or(0);
    if revision < 0 {
        return Err(Failure::client(format!("revision must be a positive integer: {revision}")));
    }
    call.each_target(true, |call, thing| watch(call, thing, revision))
}

fn watch(call: &mut Call<'_>, thing: &Thing<'static>, revision: i64) -> Outcome {
    let has_status =
        matches!(thing.object(), Some(Object::Deployment(_) | Object::StatefulSet(_) | Object::DaemonSet(_)));
    let (Some(object), true) = (thing.reference(), has_status) else {
        return Err(Failure::client(format!("no status viewer has been implemented for {}", group_kind(thing))));
    };
    let once = !call.flags.is_on("watch", true);
    let timeout = call.flags.span("timeout").and_then(|span| u64::try_from(span).ok()).filter(|span| *span > 0);
    let mut seen = None;
    let waited = call.console.wait_until(timeout, call.out, |console, out| {
        let Some(now) = console.simulation.cluster().get(&object) else {
            return Err(Failure::client("object has been deleted"));
        };
        let version = now.metadata().resource_version.clone();
        if seen.as_ref() == Some(&version) {
            return Ok(false);
        }
        seen = Some(version);
        let (text, done) = status(&now, revision).map_err(Failure::client)?;
        out.line(text);
        Ok(done || once)
    })?;
    match waited {
        Waited::Met => Ok(()),
        Waited::TimedOut => Err(Failure::client("timed out waiting for the condition")),
    }
}

fn status(object: &Object, revision: i64) -> Status {
    match object {
        Object::Deployment(deployment) => deployment_status(deployment, revision),
        Object::DaemonSet(set) => daemon_set_status(set),
        Object::StatefulSet(set) => stateful_set_status(set),
        _ => Err(String::new()),
    }
}

fn deployment_status(deployment: &Deployment, revision: i64) -> Status {
    let name = &deployment.metadata.name;
    let status = &deployment.status;
    if revision > 0 {
        let running = deployment.metadata.annotations.get("deployment.kubernetes.io/revision");
        let running = running.and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
        if running != revision {
            return Err(format!("desired revision ({revision}) is different from the running revision ({running})"));
        }
    }
    if deployment.metadata.generation > status.observed_generation {
        return Ok(("Waiting for deployment spec update to be observed...".into(), false));
    }
    let progressing = status.conditions.iter().find(|condition| condition.kind == "Progressing");
    if progressing.is_some_and(|condition| condition.reason.as_deref() == Some("ProgressDeadlineExceeded")) {
        return Err(format!("deployment \"{name}\" exceeded its progress deadline"));
    }
    let wanted = deployment.spec.replicas.unwrap_or(1);
    let waiting = |rest: String| Ok((format!("Waiting for deployment \"{name}\" rollout to finish: {rest}..."), false));
    if status.updated_replicas < wanted {
        return waiting(format!("{} out of {wanted} new replicas have been updated", status.updated_replicas));
    }
    if status.replicas > status.updated_replicas {
        return waiting(format!("{} old replicas are pending termination", status.replicas - status.updated_replicas));
    }
    if status.available_replicas < status.updated_replicas {
        return waiting(format!(
            "{} of {} updated replicas are available",
            status.available_replicas, status.updated_replicas
        ));
    }
    Ok((format!("deployment \"{name}\" successfully rolled out"), true))
}

fn daemon_set_status(set: &DaemonSet) -> Status {
    let name = &set.metadata.name;
    let status = &set.status;
    if set.spec.update_strategy.kind == Some(UpdateStrategyType::OnDelete) {
        return Err("rollout status is only available for RollingUpdate strategy type".into());
    }
    if set.metadata.generation > status.observed_generation {
        return Ok(("Waiting for daemon set spec update to be observed...".into(), false));
    }
    let waiting = |rest: String| Ok((format!("Waiting for daemon set \"{name}\" rollout to finish: {rest}..."), false));
    if status.updated_number_scheduled < status.desired_number_scheduled {
        return waiting(format!(
            "{} out of {} new pods have been updated",
            status.updated_number_scheduled, status.desired_number_scheduled
        ));
    }
    if status.number_available < status.desired_number_scheduled {
        return waiting(format!(
            "{} of {} updated pods are available",
            status.number_available, status.desired_number_scheduled
        ));
    }
    Ok((format!("daemon set \"{name}\" successfully rolled out"), true))
}

fn stateful_set_status(set: &StatefulSet) -> Status {
    let status = &set.status;
    if set.spec.update_strategy.kind == Some(UpdateStrategyType::OnDelete) {
        return Err("rollout status is only available for RollingUpdate strategy type".into());
    }
    if status.observed_generation == 0 || set.metadata.generation > status.observed_generation {
        return Ok(("Waiting for statefulset spec update to be observed...".into(), false));
    }
    let wanted = set.spec.replicas.unwrap_or(1);
    if status.ready_replicas < wanted {
        return Ok((format!("Waiting for {} pods to be ready...", wanted - status.ready_replicas), false));
    }
    let updated = status.updated_replicas;
    if let Some(rolling) = &set.spec.update_strategy.rolling_update {
        if let Some(partition) = rolling.partition
            && updated < wanted - partition
        {
            let text = format!(
                "Waiting for partitioned roll out to finish: {updated} out of {} new pods have been updated...",
                wanted - partition
            );
            return Ok((text, false));
        }
        return Ok((format!("partitioned roll out complete: {updated} new pods have been updated..."), true));
    }
    if status.update_revision != status.current_revision {
        let text = format!(
            "waiting for statefulset rolling update to complete {updated} pods at revision {}...",
            status.update_revision
        );
        return Ok((text, false));
    }
    let text = format!(
        "statefulset rolling update complete {} pods at revision {}...",
        status.current_replicas, status.current_revision
    );
    Ok((text, true))
}
