//! Classes, volumes and claims.

use super::{quantity, since_creation};
use crate::api::{PersistentVolume, PersistentVolumeClaim, Quantity, StorageClass, Time};
use crate::kubectl::print::table::{Column, always, wide};
use std::collections::BTreeMap;

pub(super) const STORAGE_CLASS: &[Column] = &[
    always("Name"),
    always("Provisioner"),
    always("ReclaimPolicy"),
    always("VolumeBindingMode"),
    always("AllowVolumeExpansion"),
    always("Age"),
];

pub(super) const PERSISTENT_VOLUME: &[Column] = &[
    always("Name"),
    always("Capacity"),
    always("Access Modes"),
    always("Reclaim Policy"),
    always("Status"),
    always("Claim"),
    always("StorageClass"),
    always("VolumeAttributesClass"),
    always("Reason"),
    always("Age"),
    wide("VolumeMode"),
];

pub(super) const PERSISTENT_VOLUME_CLAIM: &[Column] = &[
    always("Name"),
    always("Status"),
    always("Volume"),
    always("Capacity"),
    always("Access Modes"),
    always("StorageClass"),
    always("VolumeAttributesClass"),
    always("Age"),
    wide("VolumeMode"),
];

pub(super) fn storage_class(class: &StorageClass, now: Time) -> Vec<String> {
    let name = &class.metadata.name;
    vec![
        if class.is_default() { format!("{name} (default)") } else { name.clone() },
        class.provisioner.clone(),
        class.reclaim_policy.clone().unwrap_or_else(|| "Delete".into()),
        class.volume_binding_mode.clone().unwrap_or_else(|| "Immediate".into()),
        class.allow_volume_expansion.unwrap_or(false).to_string(),
        since_creation(&class.metadata, now),
    ]
}

pub(super) fn persistent_volume(volume: &PersistentVolume, now: Time) -> Vec<String> {
    let claim = volume.spec.claim_ref.as_ref();
    vec![
        volume.metadata.name.clone(),
        stored(&volume.spec.capacity),
        access_modes(&volume.spec.access_modes),
        volume.spec.persistent_volume_reclaim_policy.clone().unwrap_or_default(),
        phase(volume.metadata.is_terminating(), volume.status.phase.as_deref()),
        claim.map(|claim| format!("{}/{}", claim.namespace, claim.name)).unwrap_or_default(),
        volume.class().to_owned(),
        or_unset(volume.spec.volume_attributes_class_name.as_deref()),
        volume.status.reason.clone().unwrap_or_default(),
        since_creation(&volume.metadata, now),
        or_unset(volume.spec.volume_mode.as_deref()),
    ]
}

pub(super) fn persistent_volume_claim(claim: &PersistentVolumeClaim, now: Time) -> Vec<String> {
    let volume = claim.spec.volume_name.clone().unwrap_or_default();
    let of_volume = |text: String| if volume.is_empty() { String::new() } else { text };
    vec![
        claim.metadata.name.clone(),
        phase(claim.metadata.is_terminating(), claim.status.phase.as_deref()),
        volume.clone(),
        of_volume(stored(&claim.status.capacity)),
        of_volume(access_modes(&claim.status.access_modes)),
        claim.spec.storage_class_name.clone().unwrap_or_default(),
        or_unset(claim.spec.volume_attributes_class_name.as_deref()),
        since_creation(&claim.metadata, now),
        or_unset(claim.spec.volume_mode.as_deref()),
    ]
}

fn phase(is_terminating: bool, phase: Option<&str>) -> String {
    if is_terminating { "Terminating".into() } else { phase.unwrap_or_default().into() }
}

fn or_unset(text: Option<&str>) -> String {
    text.unwrap_or("<unset>").into()
}

/// The amount of `storage` in a list of resources.
#[must_use]
pub fn stored(resources: &BTreeMap<String, Quantity>) -> String {
    quantity(resources.get("storage"))
}

/// Access modes in short (`helper.GetAccessModesAsString`).
#[must_use]
pub fn access_modes(modes: &[String]) -> String {
    const SHORT: [(&str, &str); 4] =
        [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];
    let has = |name: &str| modes.iter().any(|mode| mode == name);
    SHORT.iter().filter(|(name, _)| has(name)).map(|(_, short)| *short).collect::<Vec<_>>().join(",")
}
