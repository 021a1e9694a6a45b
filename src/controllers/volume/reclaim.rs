//! One look at a volume. Upstream: `pv_controller.go: syncVolume, reclaimVolume`.

use super::{BOUND_BY_CONTROLLER, is_provisioned};
use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{Key, Object, PersistentVolume, Resource};
use crate::reason::{Reason, VolumeReason};
use std::rc::Rc;

/// Frees a volume for claims, or reclaims it when its claim is gone.
#[must_use]
pub fn sync_volume(view: View<'_>, key: &Key) -> Pass {
    let Some(volume) = view.cluster.volumes.get(key) else { return Pass::nothing() };
    let Some(kept) = volume.spec.claim_ref.as_ref().filter(|kept| kept.uid.is_some()) else {
        if volume.status.phase.as_deref() == Some("Available") {
            return Pass::nothing();
        }
        let reason = VolumeReason::Available { volume: volume.reference() };
        return Pass::of(vec![with_phase(volume, "Available")], Reason::Volume(reason));
    };
    let claim = view.cluster.claims.get(&Key::new(&kept.namespace, &kept.name));
    match claim.filter(|claim| Some(claim.metadata.uid) == kept.uid) {
        None => reclaim(volume),
        Some(claim) => match claim.spec.volume_name.as_deref() {
            Some(other) if other != volume.metadata.name => {
                if is_provisioned(volume) && goes_with_claim(volume) {
                    reclaim(volume)
                } else {
                    unbind(volume)
                }
            }
            // The look at the claim completes the binding.
            Some(_) | None => Pass::nothing(),
        },
    }
}

fn with_phase(volume: &PersistentVolume, phase: &str) -> Write {
    let mut volume = volume.clone();
    volume.status.phase = Some(phase.into());
    Write::Update(Object::PersistentVolume(Rc::new(volume)))
}

fn goes_with_claim(volume: &PersistentVolume) -> bool {
    volume.spec.persistent_volume_reclaim_policy.as_deref() == Some("Delete")
}

/// The claim is gone: the volume is Released, and goes where its policy says so.
fn reclaim(volume: &Rc<PersistentVolume>) -> Pass {
    let deleted = goes_with_claim(volume);
    let released = volume.status.phase.as_deref() == Some("Released");
    if released && (!deleted || volume.metadata.is_terminating()) {
        return Pass::nothing();
    }
    let mut writes = vec![];
    if !released {
        writes.push(with_phase(volume, "Released"));
    }
    if deleted && !volume.metadata.is_terminating() {
        writes.push(Deletion::of(volume.reference(), volume.metadata.uid));
    }
    Pass::of(writes, Reason::Volume(VolumeReason::Reclaimed { volume: volume.reference(), deleted }))
}

/// The claim was bound to another volume: this one is free again, or kept for the claim as it was written (`unbindVolume`).
fn unbind(volume: &Rc<PersistentVolume>) -> Pass {
    let Some(claim) = volume.claim() else { return Pass::nothing() };
    let mut free = (**volume).clone();
    if free.metadata.annotations.remove(BOUND_BY_CONTROLLER).is_some() {
        free.spec.claim_ref = None;
    } else if let Some(kept) = &mut free.spec.claim_ref {
        kept.uid = None;
    }
    free.status.phase = Some("Available".into());
    let reason = VolumeReason::Unbound { volume: volume.reference(), claim };
    Pass::of(vec![Write::Update(Object::PersistentVolume(Rc::new(free)))], Reason::Volume(reason))
}
