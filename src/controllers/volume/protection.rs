//! What is in use is not removed. Upstream: `pkg/controller/volume/pvcprotection`, `pkg/controller/volume/pvprotection`.

use super::{PV_PROTECTION, PVC_PROTECTION, users, waiting};
use crate::actor::{Pass, View, Write};
use crate::api::{Key, Object, Resource};
use crate::reason::{Reason, VolumeReason};
use std::rc::Rc;

/// Keeps a terminating claim while a scheduled pod refers to it, and lets it go afterwards.
#[must_use]
pub fn protect_claim(view: View<'_>, key: &Key) -> Pass {
    let Some(claim) = view.cluster.claims.get(key) else { return Pass::nothing() };
    if !claim.metadata.is_terminating() || !claim.metadata.has_finalizer(PVC_PROTECTION) {
        return Pass::nothing();
    }
    if let Some(pod) = users(view, claim).find(|pod| pod.node().is_some()) {
        return waiting(VolumeReason::ClaimInUse { claim: claim.reference(), pod: pod.reference() });
    }
    let mut released = (**claim).clone();
    released.metadata.finalizers.retain(|finalizer| finalizer != PVC_PROTECTION);
    let reason = VolumeReason::ClaimReleased { claim: claim.reference() };
    Pass::of(vec![Write::Update(Object::PersistentVolumeClaim(Rc::new(released)))], Reason::Volume(reason))
}

/// Keeps a terminating volume while it is bound, and lets it go afterwards.
#[must_use]
pub fn protect_volume(view: View<'_>, key: &Key) -> Pass {
    let Some(volume) = view.cluster.volumes.get(key) else { return Pass::nothing() };
    if !volume.metadata.is_terminating() || !volume.metadata.has_finalizer(PV_PROTECTION) {
        return Pass::nothing();
    }
    if volume.status.phase.as_deref() == Some("Bound")
        && let Some(claim) = volume.claim()
    {
        return waiting(VolumeReason::VolumeInUse { volume: volume.reference(), claim });
    }
    let mut released = (**volume).clone();
    released.metadata.finalizers.retain(|finalizer| finalizer != PV_PROTECTION);
    let reason = VolumeReason::VolumeRemoved { volume: volume.reference() };
    Pass::of(vec![Write::Update(Object::PersistentVolume(Rc::new(released)))], Reason::Volume(reason))
}
