//! Traps that a step walks into.

use super::Trap;
use crate::api::{Object, ObjectRef, Resource};
use crate::cluster::Cluster;
use crate::controllers::stateful_set::claim_template_of;
use crate::engine::{Step, StepId};
use crate::reason::{Aside, AutoscalerAct, Reason, UserReason};

/// For so many milliseconds a number of replicas that somebody set counts as meant to stay.
const MEANT: u64 = 10 * 60 * 1_000;

/// The trap that a step walks into, if it does. The cluster is the one right after the step.
#[must_use]
pub fn sprung(steps: &[Step], id: StepId, cluster: &Cluster) -> Option<Trap> {
    let step = steps.get(id)?;
    if let Some(trap) = claims_without_set(step, cluster) {
        return Some(trap);
    }
    let strangers = |owner: &ObjectRef, pods: &[ObjectRef]| {
        (!pods.is_empty()).then(|| Trap::AdoptsStrangers { owner: owner.clone(), pods: pods.to_vec() })
    };
    match &step.reason {
        Reason::StatefulSet(reason) => reason.asides.iter().find_map(|aside| match aside {
            Aside::Adopted(pods) => strangers(&reason.set, pods),
            _ => None,
        }),
        Reason::ReplicaSet(reason) => strangers(&reason.set, &reason.adopted),
        Reason::Autoscaler(reason) => {
            let target = reason.target.as_ref()?;
            let set = match &reason.act {
                AutoscalerAct::Scale { evaluation } => evaluation.desired,
                AutoscalerAct::ScaleIntoBounds { to, .. } => *to,
                _ => return None,
            };
            let asked = asked_by_hand(steps.get(..id)?, target, step)?;
            let autoscaler = reason.autoscaler.clone();
            (asked != set).then(|| Trap::AutoscalerOverrules { autoscaler, target: target.clone(), asked, set })
        }
        _ => None,
    }
}

/// What somebody scaled the target to not long ago, if nobody has scaled it since.
fn asked_by_hand(before: &[Step], target: &ObjectRef, now: &Step) -> Option<i32> {
    let recent = before.iter().rev().take_while(|step| now.at - step.at <= MEANT);
    let mut scaled = recent.filter_map(|step| match &step.reason {
        Reason::User(UserReason::Scale { object, to, .. }) if object == target => Some(Some(*to)),
        Reason::Autoscaler(reason) if reason.target.as_ref() == Some(target) => match reason.act {
            AutoscalerAct::Scale { .. } | AutoscalerAct::ScaleIntoBounds { .. } => Some(None),
            _ => None,
        },
        _ => None,
    });
    scaled.next().flatten()
}

/// A StatefulSet goes, and the claims that it made do not (`persistentVolumeClaimRetentionPolicy` retains them by default).
fn claims_without_set(step: &Step, cluster: &Cluster) -> Option<Trap> {
    step.changes.iter().filter(|change| change.after.is_none()).find_map(|change| {
        let Some(Object::StatefulSet(set)) = &change.before else { return None };
        let claims = cluster.claims.within(&set.metadata.namespace).filter(|claim| {
            claim_template_of(set, &claim.metadata.name).is_some()
                && !claim.metadata.is_terminating()
                && claim.metadata.owner_references.is_empty()
        });
        let claims: Vec<ObjectRef> = claims.map(|claim| claim.reference()).collect();
        (!claims.is_empty()).then(|| Trap::ClaimsStay { set: set.reference(), claims })
    })
}
