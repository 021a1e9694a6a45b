//! One look at a claim. Upstream: `pv_controller.go: syncUnboundClaim, syncBoundClaim`.

use super::{
    BETA_STORAGE_PROVISIONER, BIND_COMPLETED, BOUND_BY_CONTROLLER, NO_PROVISIONER, RESYNC, SELECTED_NODE,
    STORAGE_PROVISIONER, bind_volume, class_of, default_class, has_access_modes, is_kept_for, mode, smallest_fit,
    users, volume_of, waiting,
};
use crate::actor::{Pass, View, Write};
use crate::api::{Key, Kind, Object, ObjectRef, PersistentVolume, PersistentVolumeClaim, Resource, StorageClass, Time};
use crate::reason::{NamedVolumeProblem, Reason, VolumeReason};
use std::rc::Rc;

/// One look at a claim: bind it, or say what it waits for.
#[must_use]
pub fn sync_claim(view: View<'_>, key: &Key) -> Pass {
    let Some(claim) = view.cluster.claims.get(key) else { return Pass::nothing() };
    if claim.was_bound() {
        return sync_bound(view, claim);
    }
    if claim.metadata.is_terminating() {
        return Pass::nothing();
    }
    if claim.spec.volume_name.is_some() {
        return sync_named(view, claim);
    }
    let kept = view
        .cluster
        .volumes
        .iter()
        .find(|volume| volume.spec.claim_ref.as_ref().is_some_and(|kept| kept.uid == Some(claim.metadata.uid)));
    if let Some(volume) = kept {
        return bound(claim, volume, false);
    }
    if let Some(volume) = smallest_fit(view, claim, None) {
        return bound(claim, volume, true);
    }
    if claim.spec.storage_class_name.is_none()
        && let Some(class) = default_class(view.cluster)
    {
        return give_class(view, claim, class);
    }
    let class = class_of(view, claim);
    match class {
        Some(class) if class.waits_for_first_consumer() && !claim.metadata.annotations.contains_key(SELECTED_NODE) => {
            let pods = users(view, claim).filter(|pod| pod.node().is_none()).map(|pod| pod.reference()).collect();
            let class = class.metadata.name.clone();
            waiting(VolumeReason::WaitsForFirstConsumer { claim: claim.reference(), class, pods })
        }
        Some(class) if class.provisioner != NO_PROVISIONER => hand_to_provisioner(view, claim, class),
        _ => waiting(VolumeReason::NothingToBind {
            claim: claim.reference(),
            class: claim.spec.storage_class_name.clone().filter(|name| !name.is_empty()),
            class_exists: class.is_some(),
        }),
    }
}

/// A claim that names its volume gets that one or none.
fn sync_named(view: View<'_>, claim: &Rc<PersistentVolumeClaim>) -> Pass {
    let name = claim.spec.volume_name.as_deref().unwrap_or_default();
    let reference = ObjectRef::new(Kind::PersistentVolume, "", name);
    let problem = match volume_of(view.cluster, claim) {
        None => NamedVolumeProblem::Absent,
        Some(volume) if is_kept_for(volume, claim) => return bound(claim, volume, false),
        Some(volume) => match volume.claim() {
            Some(other) => NamedVolumeProblem::Taken(other),
            None => match misfit(volume, claim) {
                Some(problem) => NamedVolumeProblem::Misfit(problem),
                None => return bound(claim, volume, true),
            },
        },
    };
    waiting(VolumeReason::NamedVolume { claim: claim.reference(), volume: reference, problem })
}

/// Why a volume does not do for a claim, in Kubernetes' words (`checkVolumeSatisfyClaim`).
fn misfit(volume: &PersistentVolume, claim: &PersistentVolumeClaim) -> Option<String> {
    if volume.metadata.is_terminating() {
        Some(format!("the volume is marked for deletion \"{}\"", volume.metadata.name))
    } else if volume.capacity_storage() < claim.requested_storage() {
        Some("requested PV is too small".into())
    } else if volume.class() != claim.spec.storage_class_name.as_deref().unwrap_or_default() {
        Some("storageClassName does not match".into())
    } else if mode(volume.spec.volume_mode.as_deref()) != mode(claim.spec.volume_mode.as_deref()) {
        Some("incompatible volumeMode".into())
    } else if !has_access_modes(volume, claim) {
        Some("incompatible accessMode".into())
    } else {
        None
    }
}

/// A claim that was bound: its volume is still there and its own, or the claim is lost.
fn sync_bound(view: View<'_>, claim: &Rc<PersistentVolumeClaim>) -> Pass {
    let lost = |taken_by: Option<ObjectRef>| {
        if claim.status.phase.as_deref() == Some("Lost") {
            return Pass::nothing();
        }
        let mut lost = (**claim).clone();
        lost.status.phase = Some("Lost".into());
        lost.status.access_modes.clear();
        lost.status.capacity.clear();
        let volume = claim.spec.volume_name.as_deref().map(|name| ObjectRef::new(Kind::PersistentVolume, "", name));
        let reason = VolumeReason::Lost { claim: claim.reference(), volume, taken_by };
        Pass::of(vec![Write::Update(Object::PersistentVolumeClaim(Rc::new(lost)))], Reason::Volume(reason))
    };
    let Some(volume) = volume_of(view.cluster, claim) else { return lost(None) };
    let is_own = match &volume.spec.claim_ref {
        None => true,
        Some(kept) => kept.uid == Some(claim.metadata.uid),
    };
    if !is_own {
        return lost(volume.claim());
    }
    let is_whole =
        claim.is_bound() && volume.spec.claim_ref.is_some() && volume.status.phase.as_deref() == Some("Bound");
    if is_whole { Pass::nothing() } else { bound(claim, volume, false) }
}

/// A claim that was made before there was a default class gets it (`assignDefaultStorageClass`).
fn give_class(view: View<'_>, claim: &Rc<PersistentVolumeClaim>, class: &StorageClass) -> Pass {
    let mut given = (**claim).clone();
    Rc::make_mut(&mut given.spec).storage_class_name = Some(class.metadata.name.clone());
    let defaults = view.cluster.storage_classes.iter().filter(|class| class.is_default()).count();
    let reason =
        VolumeReason::DefaultClassGiven { claim: claim.reference(), class: class.metadata.name.clone(), defaults };
    Pass::of(vec![Write::Update(Object::PersistentVolumeClaim(Rc::new(given)))], Reason::Volume(reason))
}

/// Names the provisioner on the claim, which is the request to it (`setClaimProvisioner`).
///
/// In a control plane that was just started the first such write comes so late that the claim may have got its owner in
/// the meantime; it is then refused, the operation backs off, and only the periodic look at all claims tries again.
fn hand_to_provisioner(view: View<'_>, claim: &Rc<PersistentVolumeClaim>, class: &StorageClass) -> Pass {
    if claim.metadata.annotations.contains_key(STORAGE_PROVISIONER) {
        return Pass::nothing();
    }
    let cold = view.settings.cluster.just_started && !view.world.volume_controller_is_warm;
    if cold && !claim.metadata.owner_references.is_empty() {
        let until = Time((view.now.0 / RESYNC + 1) * RESYNC);
        let reason = VolumeReason::ProvisioningConflict { claim: claim.reference(), until };
        return Pass { again_at: Some(until), ..waiting(reason) };
    }
    let mut asked = (**claim).clone();
    for annotation in [STORAGE_PROVISIONER, BETA_STORAGE_PROVISIONER] {
        asked.metadata.annotations.insert(annotation.into(), class.provisioner.clone());
    }
    let reason = VolumeReason::WaitsForProvisioner {
        claim: claim.reference(),
        class: class.metadata.name.clone(),
        provisioner: class.provisioner.clone(),
    };
    Pass::of(vec![Write::Update(Object::PersistentVolumeClaim(Rc::new(asked)))], Reason::Volume(reason))
}

/// Ties claim and volume to each other (`bind`).
fn bound(claim: &Rc<PersistentVolumeClaim>, volume: &Rc<PersistentVolume>, existing: bool) -> Pass {
    let mut taken = bind_volume(volume, claim);
    taken.status.phase = Some("Bound".into());
    let mut satisfied = (**claim).clone();
    if claim.spec.volume_name.is_none() {
        satisfied.metadata.annotations.insert(BOUND_BY_CONTROLLER.into(), "yes".into());
    }
    satisfied.metadata.annotations.insert(BIND_COMPLETED.into(), "yes".into());
    Rc::make_mut(&mut satisfied.spec).volume_name = Some(volume.metadata.name.clone());
    satisfied.status.phase = Some("Bound".into());
    satisfied.status.access_modes.clone_from(&volume.spec.access_modes);
    satisfied.status.capacity.clone_from(&volume.spec.capacity);
    let reason = VolumeReason::Bound { claim: claim.reference(), volume: volume.reference(), existing };
    let writes = vec![
        Write::Update(Object::PersistentVolume(Rc::new(taken))),
        Write::Update(Object::PersistentVolumeClaim(Rc::new(satisfied))),
    ];
    Pass::of(writes, Reason::Volume(reason))
}
