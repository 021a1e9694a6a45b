//! The provisioners: who makes volumes on demand. Upstream: `sigs.k8s.io/sig-storage-lib-external-provisioner`.

use super::{
    NO_PROVISIONER, PROVISIONED_BY, SELECTED_NODE, STORAGE_PROVISIONER, bind_volume, class_of, smallest_fit, waiting,
};
use crate::actor::{Pass, View, Write};
use crate::api::{
    Key, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, Object, ObjectMeta, PersistentVolume,
    PersistentVolumeClaim, PersistentVolumeSpec, PersistentVolumeStatus, Resource, StorageClass, VolumeNodeAffinity,
};
use crate::reason::{Reason, VolumeReason};
use std::rc::Rc;

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
    if claim.spec.selector.is_some() {
        let class = class.metadata.name.clone();
        return waiting(VolumeReason::SelectorNotProvisioned { claim: claim.reference(), class });
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
