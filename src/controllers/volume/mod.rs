//! Claims and volumes: binding, provisioning, protection, reclaim, growth.
//! Upstream: `pkg/controller/volume/persistentvolume/pv_controller.go`, `k8s.io/component-helpers/storage/volume`.

mod claim;
mod expand;
mod protection;
mod provision;
mod reclaim;

pub use claim::sync_claim;
pub use expand::{GROWS, sync_expansion};
pub use protection::{protect_claim, protect_volume};
pub use provision::provision;
pub use reclaim::sync_volume;

use crate::actor::{Pass, View};
use crate::api::{
    ClaimRef, Key, Kind, Node, ObjectMeta, PersistentVolume, PersistentVolumeClaim, Resource, StorageClass,
};
use crate::cluster::Cluster;
use crate::reason::{Reason, VolumeReason};
use std::rc::Rc;

/// The annotation by which the scheduler tells a provisioner the node.
pub const SELECTED_NODE: &str = "volume.kubernetes.io/selected-node";
/// The annotation by which the volume controller asks a provisioner for a volume.
pub const STORAGE_PROVISIONER: &str = "volume.kubernetes.io/storage-provisioner";
/// The same under the name that it had first; both are written.
const BETA_STORAGE_PROVISIONER: &str = "volume.beta.kubernetes.io/storage-provisioner";
/// The provisioner of classes whose volumes somebody makes by hand.
pub const NO_PROVISIONER: &str = "kubernetes.io/no-provisioner";
/// The finalizer that keeps a claim while a pod uses it.
pub const PVC_PROTECTION: &str = "kubernetes.io/pvc-protection";
/// The finalizer that keeps a volume while it is bound.
pub const PV_PROTECTION: &str = "kubernetes.io/pv-protection";
/// The annotation of volumes that a provisioner made.
const PROVISIONED_BY: &str = "pv.kubernetes.io/provisioned-by";
/// The annotation of claims and volumes whose partner the controller chose.
const BOUND_BY_CONTROLLER: &str = "pv.kubernetes.io/bound-by-controller";
/// The annotation of claims whose binding was completed.
const BIND_COMPLETED: &str = "pv.kubernetes.io/bind-completed";
/// Milliseconds between two looks at all claims (`PVClaimBinderSyncPeriod`).
const RESYNC: u64 = 15_000;

/// The class of a claim, if it exists.
#[must_use]
pub fn class_of<'a>(view: View<'a>, claim: &PersistentVolumeClaim) -> Option<&'a Rc<StorageClass>> {
    let name = claim.spec.storage_class_name.as_deref().filter(|name| !name.is_empty())?;
    view.cluster.storage_classes.get(&Key::new("", name))
}

/// The default class: of several, the newest, then the first by name (`pkg/volume/util/storageclass.go: GetDefaultClass`).
#[must_use]
pub fn default_class(cluster: &Cluster) -> Option<&Rc<StorageClass>> {
    let order = |metadata: &ObjectMeta| (std::cmp::Reverse(metadata.creation_timestamp), metadata.name.clone());
    cluster.storage_classes.iter().filter(|class| class.is_default()).min_by_key(|class| order(&class.metadata))
}

/// The volume that a claim names.
#[must_use]
pub fn volume_of<'a>(cluster: &'a Cluster, claim: &PersistentVolumeClaim) -> Option<&'a Rc<PersistentVolume>> {
    cluster.volumes.get(&Key::new("", claim.spec.volume_name.as_deref()?))
}

/// Whether a volume is bound to a claim or kept for it (`IsVolumeBoundToClaim`).
#[must_use]
pub fn is_kept_for(volume: &PersistentVolume, claim: &PersistentVolumeClaim) -> bool {
    volume.spec.claim_ref.as_ref().is_some_and(|kept| {
        kept.name == claim.metadata.name
            && kept.namespace == claim.metadata.namespace
            && kept.uid.is_none_or(|uid| uid == claim.metadata.uid)
    })
}

/// The volume that a claim is bound to: one that is kept for it, or the smallest that fits.
///
/// For the volume controller no node is given: it prefers volumes with the fewest access modes and leaves claims that wait
/// for their first consumer to the scheduler, unless a volume is kept for them. For the scheduler the volume has to be in
/// reach of the node (`pvIndex.findBestMatchForClaim`, `FindMatchingVolume`).
#[must_use]
pub fn smallest_fit<'a>(
    view: View<'a>,
    claim: &PersistentVolumeClaim,
    node: Option<&Node>,
) -> Option<&'a Rc<PersistentVolume>> {
    smallest_fit_besides(view, claim, node, &[])
}

/// The same, some volumes left out that other claims of the pod take.
#[must_use]
pub fn smallest_fit_besides<'a>(
    view: View<'a>,
    claim: &PersistentVolumeClaim,
    node: Option<&Node>,
    taken: &[String],
) -> Option<&'a Rc<PersistentVolume>> {
    let fits = |volume: &&Rc<PersistentVolume>| {
        (volume.spec.claim_ref.is_none() || is_kept_for(volume, claim))
            && !taken.contains(&volume.metadata.name)
            && !volume.metadata.is_terminating()
            && volume.capacity_storage() >= claim.requested_storage()
            && mode(volume.spec.volume_mode.as_deref()) == mode(claim.spec.volume_mode.as_deref())
            && has_access_modes(volume, claim)
    };
    let affinity = |volume: &PersistentVolume| {
        let required = volume.spec.node_affinity.as_ref().and_then(|affinity| affinity.required.as_ref());
        node.is_none_or(|node| required.is_none_or(|selector| selector.matches(node)))
    };
    let order = |volume: &Rc<PersistentVolume>| {
        let modes = if node.is_none() { volume.spec.access_modes.len() } else { 0 };
        (modes, volume.capacity_storage(), volume.metadata.name.clone())
    };
    let all = || view.cluster.volumes.iter().filter(fits);
    if let Some(kept) = all().filter(|volume| is_kept_for(volume, claim)).min_by_key(|volume| order(volume)) {
        return Some(kept).filter(|volume| affinity(volume));
    }
    let delayed = class_of(view, claim).is_some_and(|class| class.waits_for_first_consumer());
    if node.is_none() && delayed {
        return None;
    }
    let class = claim.spec.storage_class_name.as_deref().unwrap_or_default();
    let free = all().filter(|volume| {
        volume.status.phase.as_deref() == Some("Available")
            && volume.class() == class
            && claim.spec.selector.as_ref().is_none_or(|selector| selector.matches(&volume.metadata.labels))
            && affinity(volume)
    });
    free.min_by_key(|volume| order(volume))
}

fn mode(written: Option<&str>) -> &str {
    written.unwrap_or("Filesystem")
}

fn has_access_modes(volume: &PersistentVolume, claim: &PersistentVolumeClaim) -> bool {
    claim.spec.access_modes.iter().all(|mode| volume.spec.access_modes.contains(mode))
}

/// A volume kept for a claim.
#[must_use]
pub fn bind_volume(volume: &PersistentVolume, claim: &PersistentVolumeClaim) -> PersistentVolume {
    let mut bound = volume.clone();
    if !is_kept_for(volume, claim) && !is_provisioned(volume) {
        bound.metadata.annotations.insert(BOUND_BY_CONTROLLER.into(), "yes".into());
    }
    bound.spec.claim_ref = Some(ClaimRef {
        api_version: Some(Kind::PersistentVolumeClaim.api_version().into()),
        kind: Some(Kind::PersistentVolumeClaim.as_str().into()),
        namespace: claim.metadata.namespace.clone(),
        name: claim.metadata.name.clone(),
        uid: Some(claim.metadata.uid),
        resource_version: claim.metadata.resource_version.clone(),
        ..Default::default()
    });
    bound
}

/// Whether a provisioner made a volume.
fn is_provisioned(volume: &PersistentVolume) -> bool {
    volume.metadata.annotations.contains_key(PROVISIONED_BY)
}

fn waiting(reason: VolumeReason) -> Pass {
    Pass::of(vec![], Reason::Volume(reason))
}

/// Pods that refer to a claim.
fn users<'a>(view: View<'a>, claim: &PersistentVolumeClaim) -> impl Iterator<Item = &'a Rc<crate::api::Pod>> + use<'a> {
    view.cluster.pods_using(&claim.key())
}
