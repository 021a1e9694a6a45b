//! The disruption controller: counts the pods of each PodDisruptionBudget. Upstream: `pkg/controller/disruption`.

mod drain;
mod eviction;
#[cfg(test)]
mod tests;

pub use drain::{DrainPlan, plan};
pub use eviction::{Judgement, judge};

use crate::actor::{Pass, View, Write};
use crate::api::{
    Condition, IntOrPercent, Key, Kind, Object, ObjectRef, Pod, PodDisruptionBudget, PodDisruptionBudgetStatus,
    ReplicaSet, Resource, Time, Uid,
};
use crate::cluster::Cluster;
use crate::reason::{BudgetCounts, DisruptionAct, DisruptionReason, Reason};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Milliseconds after which a pod whose eviction was granted and that is still there counts again (`DeletionTimeout`).
const DELETION_TIMEOUT: u64 = 2 * 60 * 1_000;

/// One sync of a PodDisruptionBudget (`trySync`).
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(budget) = view.cluster.disruption_budgets.get(key) else { return Pass::nothing() };
    let pods: Vec<&Rc<Pod>> = view.cluster.pods.iter().filter(|pod| selects(budget, pod)).collect();
    let (expected, desired) = match expected(view.cluster, budget, &pods) {
        Ok(expected) => expected,
        Err(message) => return fail_safe(view, budget, message),
    };
    let mut again_at: Option<Time> = None;
    let mut disrupted = BTreeMap::new();
    let mut not_deleted = vec![];
    for pod in pods.iter().filter(|pod| !pod.is_terminating()) {
        let Some(granted) = budget.status.disrupted_pods.get(&pod.metadata.name) else { continue };
        let deadline = *granted + DELETION_TIMEOUT;
        if deadline < view.now {
            not_deleted.push(pod.reference());
        } else {
            // Upstream looks again at the deadline, which counts as not over yet, and so once more.
            let look = if deadline == view.now { deadline + 1 } else { deadline };
            again_at = Some(again_at.map_or(look, |at| at.min(look)));
            disrupted.insert(pod.metadata.name.clone(), *granted);
        }
    }
    let is_expected_to_go = |pod: &Pod| {
        disrupted.get(&pod.metadata.name).is_some_and(|granted: &Time| *granted + DELETION_TIMEOUT > view.now)
    };
    let is_healthy = |pod: &&&Rc<Pod>| !pod.is_terminating() && !is_expected_to_go(pod) && pod.is_ready();
    let healthy = count(pods.iter().filter(is_healthy).count());
    let allowed = if expected <= 0 { 0 } else { (healthy - desired).max(0) };
    let mut status = PodDisruptionBudgetStatus {
        observed_generation: Some(budget.metadata.generation),
        disrupted_pods: disrupted,
        disruptions_allowed: allowed,
        current_healthy: healthy,
        desired_healthy: desired,
        expected_pods: expected,
        conditions: budget.status.conditions.clone(),
    };
    set_allowed_condition(&mut status, view.now);
    if status == budget.status {
        return Pass { again_at, ..Pass::nothing() };
    }
    let before = budget.status.disruptions_allowed;
    let counts = BudgetCounts { healthy, desired, expected, allowed };
    let first = budget.status.observed_generation.is_none();
    let act = if first || before != allowed || !not_deleted.is_empty() {
        DisruptionAct::Recount { counts, before, not_deleted }
    } else {
        DisruptionAct::RecordStatus
    };
    Pass { again_at, ..written(budget, status, act) }
}

fn written(budget: &PodDisruptionBudget, status: PodDisruptionBudgetStatus, act: DisruptionAct) -> Pass {
    let mut changed = budget.clone();
    changed.status = status;
    let writes = vec![Write::Update(Object::PodDisruptionBudget(Rc::new(changed)))];
    Pass::of(writes, Reason::Disruption(DisruptionReason { budget: budget.reference(), act }))
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Whether a budget selects a pod. An empty selector selects all of the namespace, a missing one none.
#[must_use]
pub fn selects(budget: &PodDisruptionBudget, pod: &Pod) -> bool {
    budget.metadata.namespace == pod.metadata.namespace
        && budget.spec.selector.as_ref().is_some_and(|selector| selector.matches(&pod.metadata.labels))
}

/// How many pods should be there, and how many of them healthy (`getExpectedPodCount`).
fn expected(cluster: &Cluster, budget: &PodDisruptionBudget, pods: &[&Rc<Pod>]) -> Result<(i32, i32), String> {
    let clamped = |number: i64| i32::try_from(number.max(0)).unwrap_or(i32::MAX);
    match (budget.spec.max_unavailable, budget.spec.min_available) {
        (Some(most), _) => {
            let scale = scale_of_controllers(cluster, pods)?;
            Ok((clamped(scale), clamped(scale - most.rounded_up(scale))))
        }
        (None, Some(IntOrPercent::Int(least))) => Ok((count(pods.len()), clamped(least))),
        (None, Some(least @ IntOrPercent::Percent(_))) => {
            let scale = scale_of_controllers(cluster, pods)?;
            Ok((clamped(scale), clamped(least.rounded_up(scale))))
        }
        (None, None) => Ok((0, 0)),
    }
}

/// The wanted replicas of all controllers of the pods together; pods without one are left out (`getExpectedScale`).
fn scale_of_controllers(cluster: &Cluster, pods: &[&Rc<Pod>]) -> Result<i64, String> {
    let mut scales: BTreeMap<Uid, i64> = BTreeMap::new();
    for pod in pods {
        let Some(owner) = pod.metadata.controller() else { continue };
        if scales.contains_key(&owner.uid) {
            continue;
        }
        let found = match Kind::parse(&owner.kind) {
            Some(kind) => scale_of(cluster, &ObjectRef::new(kind, &pod.metadata.namespace, &owner.name), owner.uid)?,
            None => None,
        };
        let (uid, scale) = found.ok_or_else(|| format!("found no controllers for pod \"{}\"", pod.metadata.name))?;
        scales.insert(uid, scale);
    }
    Ok(scales.values().sum())
}

/// The controller that says how many pods there are to be: for a ReplicaSet of a Deployment that is there, the Deployment
/// (`finders`). None where it is gone or another of its name; an error where its kind has no scale (`getScaleController`).
fn scale_of(cluster: &Cluster, controller: &ObjectRef, uid: Uid) -> Result<Option<(Uid, i64)>, String> {
    let is_it = |found: Uid| found == uid;
    let scale = |replicas: Option<i32>| (uid, i64::from(replicas.unwrap_or(1)));
    Ok(match controller.kind {
        Kind::StatefulSet => {
            let set = cluster.stateful_sets.get(&controller.key).filter(|set| is_it(set.metadata.uid));
            set.map(|set| scale(Some(set.spec.replicas())))
        }
        Kind::ReplicaSet => {
            let set = cluster.replica_sets.get(&controller.key).filter(|set| is_it(set.metadata.uid));
            set.map(|set| scale_of_deployment(cluster, set).unwrap_or(scale(set.spec.replicas)))
        }
        Kind::Deployment => {
            let deployment = cluster.deployments.get(&controller.key).filter(|it| is_it(it.metadata.uid));
            deployment.map(|deployment| scale(deployment.spec.replicas))
        }
        Kind::DaemonSet
        | Kind::Node
        | Kind::StorageClass
        | Kind::PriorityClass
        | Kind::PersistentVolume
        | Kind::PersistentVolumeClaim
        | Kind::Service
        | Kind::EndpointSlice
        | Kind::HorizontalPodAutoscaler
        | Kind::PodDisruptionBudget
        | Kind::ControllerRevision
        | Kind::Pod => return Err(format!("{} does not implement the scale subresource", controller.kind.plural())),
    })
}

/// The Deployment that controls a ReplicaSet, with its size (`getPodDeployment`).
fn scale_of_deployment(cluster: &Cluster, set: &ReplicaSet) -> Option<(Uid, i64)> {
    let owner = set.metadata.controller().filter(|owner| owner.kind == Kind::Deployment.as_str())?;
    let deployment = cluster.deployments.get(&Key::new(&set.metadata.namespace, &owner.name))?;
    (deployment.metadata.uid == owner.uid).then(|| (owner.uid, deployment.spec.replicas.unwrap_or(1).into()))
}

/// Allows no eviction while the counts cannot be told (`failSafe`).
fn fail_safe(view: View<'_>, budget: &PodDisruptionBudget, message: String) -> Pass {
    let mut status = budget.status.clone();
    status.disruptions_allowed = 0;
    let observed = status.observed_generation;
    set_condition(&mut status, ("False", "SyncFailed", &message), observed, view.now);
    let act = DisruptionAct::SyncFailed { message };
    if status == budget.status {
        return Pass::of(vec![], Reason::Disruption(DisruptionReason { budget: budget.reference(), act }));
    }
    written(budget, status, act)
}

/// The condition `DisruptionAllowed` (`pdbhelper.UpdateDisruptionAllowedCondition`).
fn set_allowed_condition(status: &mut PodDisruptionBudgetStatus, now: Time) {
    let is =
        if status.disruptions_allowed > 0 { ("True", "SufficientPods", "") } else { ("False", "InsufficientPods", "") };
    let observed = status.observed_generation;
    set_condition(status, is, observed, now);
}

fn set_condition(
    status: &mut PodDisruptionBudgetStatus,
    (is, reason, message): (&str, &str, &str),
    observed_generation: Option<i64>,
    now: Time,
) {
    let kind = "DisruptionAllowed";
    let since = status.conditions.iter().find(|it| it.kind == kind && it.status == is);
    let condition = Condition {
        kind: kind.into(),
        status: is.into(),
        observed_generation,
        last_transition_time: since.map_or(Some(now.whole_second()), |it| it.last_transition_time),
        reason: reason.into(),
        message: message.into(),
    };
    status.conditions.retain(|it| it.kind != kind);
    status.conditions.push(condition);
}
