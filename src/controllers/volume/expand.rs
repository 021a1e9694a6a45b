//! Claims that ask for more than they have. Upstream: `sigs.k8s.io/external-resizer`,
//! `pkg/kubelet/volumemanager/reconciler` (the file system).

use super::{users, volume_of};
use crate::actor::{Pass, View, Write};
use crate::api::{ClaimCondition, Key, Object, PersistentVolumeClaim, PodPhase, Quantity, Resource};
use crate::reason::{Reason, VolumeReason};
use std::rc::Rc;

/// The condition of a claim whose volume has grown and whose file system has not.
pub const GROWS: &str = "FileSystemResizePending";

/// One look at a bound claim: first its volume grows, then, on the node of a pod that uses it, the file system.
#[must_use]
pub fn sync_expansion(view: View<'_>, key: &Key) -> Pass {
    let Some(claim) = view.cluster.claims.get(key).filter(|claim| claim.is_bound()) else { return Pass::nothing() };
    let Some(volume) = volume_of(view.cluster, claim) else { return Pass::nothing() };
    let Some(wanted) = claim.spec.resources.requests.get("storage") else { return Pass::nothing() };
    let has = claim.status.capacity.get("storage").map_or(0, Quantity::value);
    if wanted.value() <= has {
        return Pass::nothing();
    }
    let (from, to) = (claim.status.capacity.get("storage").cloned(), wanted.clone());
    if volume.capacity_storage() < wanted.value() {
        let mut grown = (**volume).clone();
        grown.spec.capacity.insert("storage".into(), wanted.clone());
        let mut writes = vec![Write::Update(Object::PersistentVolume(Rc::new(grown)))];
        let mut pending = (**claim).clone();
        if is_block(claim) {
            pending.status.capacity.insert("storage".into(), wanted.clone());
        } else {
            pending.status.conditions.push(ClaimCondition {
                kind: GROWS.into(),
                status: "True".into(),
                last_transition_time: Some(view.now.whole_second()),
                message: Some(
                    "Waiting for user to (re-)start a pod to finish file system resize of volume on node.".into(),
                ),
                ..Default::default()
            });
        }
        writes.push(Write::Update(Object::PersistentVolumeClaim(Rc::new(pending))));
        let reason = VolumeReason::VolumeGrown { claim: claim.reference(), volume: volume.reference(), from, to };
        return Pass::of(writes, Reason::Volume(reason));
    }
    let mounted = users(view, claim).find(|pod| {
        let is_up = |node: &str| view.world.nodes.outage(node).is_none();
        pod.status.phase == PodPhase::Running && !pod.is_terminating() && pod.node().is_some_and(is_up)
    });
    let Some(pod) = mounted else {
        return Pass::of(vec![], Reason::Volume(VolumeReason::AwaitsMount { claim: claim.reference(), to }));
    };
    let mut grown = (**claim).clone();
    grown.status.capacity.insert("storage".into(), wanted.clone());
    grown.status.conditions.retain(|condition| condition.kind != GROWS);
    let reason = VolumeReason::FileSystemGrown { claim: claim.reference(), pod: pod.reference(), to };
    Pass::of(vec![Write::Update(Object::PersistentVolumeClaim(Rc::new(grown)))], Reason::Volume(reason))
}

fn is_block(claim: &PersistentVolumeClaim) -> bool {
    claim.spec.volume_mode.as_deref() == Some("Block")
}
