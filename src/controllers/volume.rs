//! Claims and volumes: binding, provisioning, protection, reclaim.
//! Upstream: `pkg/controller/volume/persistentvolume/pv_controller.go`, `pkg/controller/volume/pvcprotection`.

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{
    ClaimRef, Key, Kind, Node, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, Object, ObjectMeta, ObjectRef,
    PersistentVolume, PersistentVolumeClaim, PersistentVolumeSpec, PersistentVolumeStatus, Resource, StorageClass,
    Time, VolumeNodeAffinity,
};
use crate::reason::{Reason, VolumeReason};
use std::rc::Rc;

/// The annotation by which the scheduler tells a provisioner the node.
pub const SELECTED_NODE: &str = "volume.kubernetes.io/selected-node";
/// The annotation by which the volume controller asks a provisioner for a volume.
const STORAGE_PROVISIONER: &str = "volume.kubernetes.io/storage-provisioner";
/// The same under the name that it had first; both are written.
const BETA_STORAGE_PROVISIONER: &str = "volume.beta.kubernetes.io/storage-provisioner";
/// The annotation of a claim whose binding is complete.
const BIND_COMPLETED: &str = "pv.kubernetes.io/bind-completed";
/// The annotation of a claim or a volume whose other half the controller chose.
const BOUND_BY_CONTROLLER: &str = "pv.kubernetes.io/bound-by-controller";
/// The provisioner of classes whose volumes somebody makes by hand.
pub const NO_PROVISIONER: &str = "kubernetes.io/no-provisioner";
/// Milliseconds between two looks at all claims (`PVClaimBinderSyncPeriod`).
const RESYNC: u64 = 15_000;
/// The finalizer that keeps a claim while a pod uses it.
pub const PVC_PROTECTION: &str = "kubernetes.io/pvc-protection";
/// The annotation of volumes that a provisioner made.
const PROVISIONED_BY: &str = "pv.kubernetes.io/provisioned-by";

/// The class of a claim, if it exists.
#[must_use]
pub fn class_of<'a>(view: View<'a>, claim: &PersistentVolumeClaim) -> Option<&'a Rc<StorageClass>> {
    let name = claim.spec.storage_class_name.as_deref().filter(|name| !name.is_empty())?;
    view.cluster.storage_classes.get(&Key::new("", name))
}

/// The smallest volume that a claim can be bound to (`findMatchingVolume`), reachable from a node if one is given.
#[must_use]
pub fn smallest_fit<'a>(
    view: View<'a>,
    claim: &PersistentVolumeClaim,
    node: Option<&Node>,
) -> Option<&'a Rc<PersistentVolume>> {
    let class = claim.spec.storage_class_name.as_deref().unwrap_or_default();
    let fits = |volume: &&Rc<PersistentVolume>| {
        let kept_for = volume.spec.claim_ref.as_ref();
        let is_free = match kept_for {
            None => volume.status.phase.as_deref() == Some("Available"),
            Some(kept) => {
                kept.uid.is_none() && kept.name == claim.metadata.name && kept.namespace == claim.metadata.namespace
            }
        };
        let affinity = volume.spec.node_affinity.as_ref().and_then(|affinity| affinity.required.as_ref());
        is_free
            && !volume.metadata.is_terminating()
            && volume.class() == class
            && volume.capacity_storage() >= claim.requested_storage()
            && volume.spec.volume_mode.as_deref().unwrap_or("Filesystem")
                == claim.spec.volume_mode.as_deref().unwrap_or("Filesystem")
            && claim.spec.access_modes.iter().all(|mode| volume.spec.access_modes.contains(mode))
            && claim.spec.selector.as_ref().is_none_or(|selector| selector.matches(&volume.metadata.labels))
            && node.is_none_or(|node| affinity.is_none_or(|selector| selector.matches(node)))
    };
    if let Some(name) = claim.spec.volume_name.as_deref() {
        return view.cluster.volumes.get(&Key::new("", name)).filter(fits);
    }
    let is_kept = |volume: &PersistentVolume| volume.spec.claim_ref.is_some();
    let all = view.cluster.volumes.iter().filter(fits);
    all.min_by_key(|volume| (!is_kept(volume), volume.capacity_storage(), volume.metadata.name.clone()))
}

/// A volume kept for a claim.
#[must_use]
pub fn bind_volume(volume: &PersistentVolume, claim: &PersistentVolumeClaim) -> PersistentVolume {
    let mut volume = volume.clone();
    volume.spec.claim_ref = Some(ClaimRef {
        namespace: claim.metadata.namespace.clone(),
        name: claim.metadata.name.clone(),
        uid: Some(claim.metadata.uid),
        api_version: Some(Kind::PersistentVolumeClaim.api_version().into()),
        kind: Some(Kind::PersistentVolumeClaim.as_str().into()),
        resource_version: claim.metadata.resource_version.clone(),
        ..Default::default()
    });
    volume
}

/// One look at a claim: bind it, or say what it waits for (`syncUnboundClaim`).
#[must_use]
pub fn sync_claim(view: View<'_>, key: &Key) -> Pass {
    let Some(claim) = view.cluster.claims.get(key) else { return Pass::nothing() };
    if claim.is_bound() || claim.metadata.is_terminating() {
        return Pass::nothing();
    }
    let class = class_of(view, claim);
    let kept = view
        .cluster
        .volumes
        .iter()
        .find(|volume| volume.spec.claim_ref.as_ref().is_some_and(|kept| kept.uid == Some(claim.metadata.uid)));
    if let Some(volume) = kept {
        return bound(claim, volume, false);
    }
    let waits = class.is_some_and(|class| class.waits_for_first_consumer());
    let selected = claim.metadata.annotations.contains_key(SELECTED_NODE);
    if waits && !selected && claim.spec.volume_name.is_none() {
        let class = class.map(|class| class.metadata.name.clone()).unwrap_or_default();
        return waiting(VolumeReason::WaitsForFirstConsumer { claim: claim.reference(), class });
    }
    if !waits && let Some(volume) = smallest_fit(view, claim, None) {
        return bound(claim, volume, true);
    }
    match class {
        Some(class) if class.provisioner != NO_PROVISIONER => hand_to_provisioner(view, claim, class),
        _ => waiting(VolumeReason::NothingToBind {
            claim: claim.reference(),
            class: claim.spec.storage_class_name.clone().filter(|name| !name.is_empty()),
            class_exists: class.is_some(),
        }),
    }
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

fn waiting(reason: VolumeReason) -> Pass {
    Pass::of(vec![], Reason::Volume(reason))
}

/// Ties claim and volume to each other.
fn bound(claim: &Rc<PersistentVolumeClaim>, volume: &Rc<PersistentVolume>, existing: bool) -> Pass {
    let mut taken = bind_volume(volume, claim);
    if volume.spec.claim_ref.is_none() {
        taken.metadata.annotations.insert(BOUND_BY_CONTROLLER.into(), "yes".into());
    }
    taken.status.phase = Some("Bound".into());
    let mut satisfied = (**claim).clone();
    satisfied.metadata.annotations.insert(BIND_COMPLETED.into(), "yes".into());
    if claim.spec.volume_name.is_none() {
        satisfied.metadata.annotations.insert(BOUND_BY_CONTROLLER.into(), "yes".into());
    }
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

/// The provisioner of the claim's class: makes a volume some time after it was asked.
#[must_use]
pub fn provision(view: View<'_>, key: &Key) -> Pass {
    let Some(claim) = view.cluster.claims.get(key) else { return Pass::nothing() };
    let Some(class) = class_of(view, claim) else { return Pass::nothing() };
    let selected = claim.metadata.annotations.get(SELECTED_NODE);
    let asked = claim.metadata.annotations.contains_key(STORAGE_PROVISIONER);
    if claim.is_bound() || !asked || class.provisioner == NO_PROVISIONER {
        return Pass::nothing();
    }
    if claim.metadata.is_terminating() || smallest_fit(view, claim, None).is_some_and(|_| selected.is_none()) {
        return Pass::nothing();
    }
    let name = format!("pvc-{}", claim.metadata.uid);
    if view.cluster.volumes.contains(&Key::new("", &name)) {
        return Pass::nothing();
    }
    let volume = new_volume(claim, class, name, selected.map(String::as_str));
    let reason = VolumeReason::Provisioned {
        claim: claim.reference(),
        volume: volume.reference(),
        class: class.metadata.name.clone(),
        node: selected.filter(|_| is_tied_to_node(class)).cloned(),
    };
    Pass::of(vec![Write::Create(Object::PersistentVolume(Rc::new(volume)))], Reason::Volume(reason))
}

/// Whether a class makes volumes that only one node reaches.
fn is_tied_to_node(class: &StorageClass) -> bool {
    class.parameters.get("topology").is_some_and(|topology| topology == "node")
}

fn new_volume(
    claim: &PersistentVolumeClaim,
    class: &StorageClass,
    name: String,
    node: Option<&str>,
) -> PersistentVolume {
    let node_affinity = node.filter(|_| is_tied_to_node(class)).map(|node| VolumeNodeAffinity {
        required: Some(NodeSelector {
            node_selector_terms: vec![NodeSelectorTerm {
                match_expressions: vec![NodeSelectorRequirement {
                    key: "kubernetes.io/hostname".into(),
                    operator: "In".into(),
                    values: vec![node.into()],
                }],
                match_fields: vec![],
            }],
        }),
    });
    let volume = PersistentVolume {
        metadata: ObjectMeta {
            name,
            annotations: [(PROVISIONED_BY.to_owned(), class.provisioner.clone())].into(),
            ..Default::default()
        },
        spec: PersistentVolumeSpec {
            capacity: claim.spec.resources.requests.clone(),
            access_modes: claim.spec.access_modes.clone(),
            persistent_volume_reclaim_policy: Some(class.reclaim_policy.clone().unwrap_or_else(|| "Delete".into())),
            storage_class_name: Some(class.metadata.name.clone()),
            volume_mode: claim.spec.volume_mode.clone(),
            node_affinity,
            ..Default::default()
        },
        status: PersistentVolumeStatus { phase: Some("Available".into()), ..Default::default() },
    };
    bind_volume(&volume, claim)
}

/// One look at a volume: free it for claims, or reclaim it when its claim is gone (`syncVolume`).
#[must_use]
pub fn sync_volume(view: View<'_>, key: &Key) -> Pass {
    let Some(volume) = view.cluster.volumes.get(key) else { return Pass::nothing() };
    let with_phase = |phase: &str| {
        let mut volume = (**volume).clone();
        volume.status.phase = Some(phase.into());
        Write::Update(Object::PersistentVolume(Rc::new(volume)))
    };
    let phase = volume.status.phase.as_deref();
    let Some(kept) = volume.spec.claim_ref.as_ref().filter(|kept| kept.uid.is_some()) else {
        let reason = VolumeReason::Available { volume: volume.reference() };
        return match phase {
            Some("Available") => Pass::nothing(),
            _ => Pass::of(vec![with_phase("Available")], Reason::Volume(reason)),
        };
    };
    let claim = view.cluster.claims.get(&Key::new(&kept.namespace, &kept.name));
    if claim.is_some_and(|claim| Some(claim.metadata.uid) == kept.uid) || phase == Some("Released") {
        return Pass::nothing();
    }
    let deleted = volume.spec.persistent_volume_reclaim_policy.as_deref() == Some("Delete");
    let reason = VolumeReason::Reclaimed { volume: volume.reference(), deleted };
    let write =
        if deleted { Deletion::at_once(volume.reference(), volume.metadata.uid) } else { with_phase("Released") };
    Pass::of(vec![write], Reason::Volume(reason))
}

/// Keeps a terminating claim while a scheduled pod refers to it, and lets it go afterwards (`pvc_protection_controller.go`).
#[must_use]
pub fn protect_claim(view: View<'_>, key: &Key) -> Pass {
    let Some(claim) = view.cluster.claims.get(key) else { return Pass::nothing() };
    if !claim.metadata.is_terminating() || !claim.metadata.has_finalizer(PVC_PROTECTION) {
        return Pass::nothing();
    }
    if let Some(pod) = view.cluster.pods_using(key).find(|pod| pod.node().is_some()) {
        let pod = ObjectRef::new(Kind::Pod, &pod.metadata.namespace, &pod.metadata.name);
        return waiting(VolumeReason::ClaimInUse { claim: claim.reference(), pod });
    }
    let mut released = (**claim).clone();
    released.metadata.finalizers.retain(|finalizer| finalizer != PVC_PROTECTION);
    let reason = VolumeReason::ClaimReleased { claim: claim.reference() };
    Pass::of(vec![Write::Update(Object::PersistentVolumeClaim(Rc::new(released)))], Reason::Volume(reason))
}
