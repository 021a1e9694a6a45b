//! Waits that actors have told in a step, and whom each of them leads to.

use super::{Cause, Moment, Question};
use crate::actor::Actor;
use crate::api::{Kind, ObjectRef, Time};
use crate::cluster::Cluster;
use crate::engine::{Step, StepId};
use crate::reason::{
    AutoscalerAct, DaemonSetAct, DeploymentAct, EndpointsAct, GarbageReason, NamedVolumeProblem, NodeReason, Reason,
    ReplicaSetAct, SchedulerReason, StatefulSetAct, VolumeReason,
};

/// The wait of an object that stands, and whom it leads to.
pub(super) fn cause(moment: Moment<'_>, object: &ObjectRef) -> Option<(Cause, Option<Question>)> {
    let (id, step) = standing(moment.steps, object)?;
    Some((Cause::Told(id), leads_to(moment, &step.reason)))
}

/// The last wait about an object that its actor has not taken back since. Rest is no wait.
pub(super) fn standing<'a>(steps: &'a [Step], object: &ObjectRef) -> Option<(StepId, &'a Step)> {
    let mut silenced: Vec<Actor> = vec![];
    for (id, step) in steps.iter().enumerate().rev() {
        if is_begin_or_end(step, object) {
            // A pod is made by a step of its controller, so what is said in the same step is about another object.
            return None;
        }
        if step.reason.subject() != Some(object) || step.reason.is_record() || silenced.contains(&step.actor) {
            continue;
        }
        if step.reason.is_wait() && !step.reason.is_rest() {
            return Some((id, step));
        }
        silenced.push(step.actor);
    }
    None
}

/// Whether the object came or went in a step, so that what was said before is not about it.
fn is_begin_or_end(step: &Step, object: &ObjectRef) -> bool {
    let mut changes = step.changes.iter().filter(|change| change.before.is_none() || change.after.is_none());
    step.reason.subject() != Some(object)
        && changes.any(|change| change.object().is_some_and(|changed| changed.reference() == *object))
}

/// Whether what a StatefulSet waited for in a step has come since.
pub(super) fn is_over(moment: Moment<'_>, step: StepId) -> bool {
    moment.steps.get(step).is_some_and(|step| is_wait_over(step, moment.cluster, moment.now))
}

/// Whether what a StatefulSet waited for in a step has come since. Of other actors it is not known, so it is false.
#[must_use]
pub fn is_wait_over(step: &Step, cluster: &Cluster, now: Time) -> bool {
    let Reason::StatefulSet(reason) = &step.reason else { return false };
    let StatefulSetAct::WaitForPod { pod, .. } = &reason.act else { return false };
    let Some(set) = cluster.stateful_sets.get(&reason.set.key) else { return true };
    let min_ready = set.spec.min_ready_seconds.unwrap_or(0);
    cluster.pods.get(&pod.key).is_none_or(|pod| !pod.is_terminating() && pod.is_available(min_ready, now))
}

/// The first claim of a pod that keeps it from any node.
pub(super) fn unbound_claim(moment: Moment<'_>, pod: &ObjectRef) -> Option<ObjectRef> {
    let pod = moment.cluster.pods.get(&pod.key)?;
    let namespace = &pod.metadata.namespace;
    let mut claims = pod.claim_names().map(|name| ObjectRef::new(Kind::PersistentVolumeClaim, namespace, name));
    claims.find(|claim| {
        moment.cluster.claims.get(&claim.key).is_none_or(|claim| !claim.is_bound() || claim.metadata.is_terminating())
    })
}

fn leads_to(moment: Moment<'_>, reason: &Reason) -> Option<Question> {
    let object = |object: &ObjectRef| Some(Question::Object(object.clone()));
    match reason {
        Reason::StatefulSet(reason) => match &reason.act {
            StatefulSetAct::WaitForPod { pod, .. } | StatefulSetAct::NameTaken { pod } => object(pod),
            StatefulSetAct::ClaimTerminating { claim, .. } | StatefulSetAct::ClaimStale { claim, .. } => object(claim),
            _ => None,
        },
        Reason::DaemonSet(reason) => match &reason.act {
            DaemonSetAct::WaitForAvailable { nodes, .. } | DaemonSetAct::WaitForReady { nodes } => {
                let node = nodes.first()?.clone();
                Some(Question::DaemonPod { set: reason.set.clone(), node })
            }
            _ => None,
        },
        Reason::Deployment(reason) => match &reason.act {
            DeploymentAct::WaitForAvailable { set, .. } => object(set),
            DeploymentAct::WaitForOldPods { first, .. } => first.as_ref().and_then(object),
            _ => None,
        },
        Reason::ReplicaSet(reason) => match &reason.act {
            ReplicaSetAct::WaitForAvailable { pod, .. } => object(pod),
            _ => None,
        },
        Reason::Scheduler(reason) => match reason {
            SchedulerReason::Unschedulable { pod, waits_for_claims: true, .. } => {
                unbound_claim(moment, pod).map(Question::Object)
            }
            SchedulerReason::Preempts { victims, .. } => victims.first().and_then(|victim| object(&victim.pod)),
            _ => None,
        },
        Reason::Volume(reason) => match reason {
            VolumeReason::WaitsForFirstConsumer { pods, .. } => pods.first().and_then(object),
            VolumeReason::NamedVolume { problem: NamedVolumeProblem::Taken(claim), .. } => object(claim),
            _ => None,
        },
        Reason::Endpoints(reason) => match &reason.act {
            EndpointsAct::NoAddressYet { expected } => expected.first().and_then(object),
            _ => None,
        },
        Reason::Garbage(GarbageReason::WaitsForDependents { owner, .. }) => {
            let uid = moment.cluster.get(owner)?.metadata().uid;
            moment.cluster.dependents(uid).next().and_then(object)
        }
        Reason::Node(NodeReason::EvictionPending { .. }) => None,
        Reason::Autoscaler(reason) => match (&reason.act, &reason.target) {
            // What cannot be measured is mostly a pod that does not run.
            (AutoscalerAct::MetricsFail { .. }, Some(target)) => {
                standing(moment.steps, target).and_then(|_| object(target))
            }
            _ => None,
        },
        Reason::Disruption(_) | Reason::Node(_) | Reason::Garbage(_) | Reason::Kubelet(_) | Reason::User(_) => None,
    }
}
