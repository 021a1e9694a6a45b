//! Fields of claims, volumes and storage classes. A claim of a StatefulSet has them from the set's claim template.

use super::Fields;
use crate::api::{Key, Kind, Object, ObjectRef, PersistentVolumeClaimSpec, Resource};
use crate::reason::VolumeReason;
use serde::Serialize;

impl Fields<'_> {
    pub(super) fn volume(&mut self, reason: &VolumeReason) {
        match reason {
            VolumeReason::Provisioned { claim, class, .. } => {
                self.storage_class(claim);
                self.requested_storage(claim);
                self.binding_mode(class);
            }
            VolumeReason::Bound { claim, .. } => {
                self.storage_class(claim);
                self.requested_storage(claim);
            }
            VolumeReason::WaitsForFirstConsumer { claim, class, .. } => {
                self.binding_mode(class);
                self.storage_class(claim);
            }
            VolumeReason::WaitsForProvisioner { claim, class, provisioner } => {
                self.storage_class(claim);
                self.add(&ObjectRef::new(Kind::StorageClass, "", class), "provisioner", provisioner);
            }
            VolumeReason::ProvisioningConflict { claim, .. } => self.storage_class(claim),
            VolumeReason::NothingToBind { claim, .. } => {
                self.storage_class(claim);
                self.requested_storage(claim);
                self.claim_field(claim, "accessModes", |spec| Some(spec.access_modes.clone()));
            }
            VolumeReason::ClaimInUse { .. } | VolumeReason::ClaimReleased { .. } => {}
            VolumeReason::Reclaimed { volume, .. } => self.reclaim_policy(volume),
            VolumeReason::Available { volume } => self.storage_class_of_volume(volume),
            VolumeReason::NamedVolume { claim, .. } => {
                self.claim_field(claim, "volumeName", |spec| spec.volume_name.clone());
            }
            VolumeReason::SelectorNotProvisioned { claim, .. } => {
                self.claim_field(claim, "selector", |spec| spec.selector.clone());
                self.storage_class(claim);
            }
            VolumeReason::DefaultClassGiven { class, .. } => self.default_annotation(class),
            VolumeReason::Lost { claim, .. } => {
                if let Some(name) = self.scope.claim(claim).and_then(|claim| claim.spec.volume_name.clone()) {
                    self.add(claim, "spec.volumeName", &name);
                }
            }
            VolumeReason::VolumeGrown { claim, .. }
            | VolumeReason::AwaitsMount { claim, .. }
            | VolumeReason::FileSystemGrown { claim, .. } => self.growth(claim),
            VolumeReason::MultiAttach { volume, .. } => {
                if let Some(Object::PersistentVolume(object)) = self.scope.object(volume) {
                    self.add(volume, "spec.accessModes", &object.spec.access_modes);
                }
            }
            VolumeReason::Unbound { .. } | VolumeReason::VolumeInUse { .. } | VolumeReason::VolumeRemoved { .. } => {}
        }
    }

    /// The class that a claim asks for. None written means the default class, which is in force then.
    pub(super) fn storage_class(&mut self, claim: &ObjectRef) {
        let asked = self.scope.claim(claim).and_then(|claim| claim.spec.storage_class_name.clone());
        let Some(asked) = asked else { return };
        let (object, path) = match self.scope.template_of(claim) {
            Some((set, index)) => {
                (set.reference(), format!("spec.volumeClaimTemplates[{index}].spec.storageClassName"))
            }
            None => (claim.clone(), "spec.storageClassName".into()),
        };
        self.add(&object, path, &asked);
    }

    fn requested_storage(&mut self, claim: &ObjectRef) {
        self.claim_field(claim, "resources.requests.storage", |spec| spec.resources.requests.get("storage").cloned());
    }

    /// What a claim asks for now, and whether its class lets it grow.
    fn growth(&mut self, claim: &ObjectRef) {
        let Some(object) = self.scope.claim(claim) else { return };
        if let Some(wanted) = object.spec.resources.requests.get("storage") {
            self.add(claim, "spec.resources.requests.storage", wanted);
        }
        let class = object.spec.storage_class_name.as_deref().and_then(|name| self.scope.storage_class(name));
        if let Some(class) = class {
            let allowed = class.allow_volume_expansion.unwrap_or(false);
            self.add(&class.reference(), "allowVolumeExpansion", &allowed);
        }
    }

    fn default_annotation(&mut self, class: &str) {
        let Some(object) = self.scope.storage_class(class) else { return };
        let path = "metadata.annotations.storageclass.kubernetes.io/is-default-class";
        self.add(&ObjectRef::new(Kind::StorageClass, "", class), path, &object.is_default());
    }

    fn binding_mode(&mut self, class: &str) {
        let Some(object) = self.scope.storage_class(class) else { return };
        let mode = object.volume_binding_mode.clone().unwrap_or("Immediate".into());
        self.add(&ObjectRef::new(Kind::StorageClass, "", class), "volumeBindingMode", &mode);
    }

    /// The policy of a volume, and of the class that it has it from.
    fn reclaim_policy(&mut self, volume: &ObjectRef) {
        let Some(Object::PersistentVolume(object)) = self.scope.object(volume) else { return };
        let policy = object.spec.persistent_volume_reclaim_policy.clone().unwrap_or("Retain".into());
        self.add(volume, "spec.persistentVolumeReclaimPolicy", &policy);
        let class = self.scope.cluster.storage_classes.get(&Key::new("", object.class()));
        if let Some(class) = class {
            let policy = class.reclaim_policy.clone().unwrap_or("Delete".into());
            self.add(&class.reference(), "reclaimPolicy", &policy);
        }
    }

    fn storage_class_of_volume(&mut self, volume: &ObjectRef) {
        if let Some(Object::PersistentVolume(object)) = self.scope.object(volume) {
            self.add(volume, "spec.storageClassName", &object.class());
        }
    }

    /// The retention policy by which a claim goes with its pod or its set.
    pub(super) fn claim_retention(&mut self, claim: &ObjectRef) {
        if claim.kind != Kind::PersistentVolumeClaim {
            return;
        }
        if let Some((set, _)) = self.scope.template_of(claim) {
            let name = set.reference();
            self.when_scaled(&name, &set);
        }
    }

    /// A field of a claim's spec, in the claim template of its set if it has one.
    fn claim_field<T: Serialize>(
        &mut self,
        claim: &ObjectRef,
        path: &str,
        read: impl Fn(&PersistentVolumeClaimSpec) -> Option<T>,
    ) {
        match self.scope.template_of(claim) {
            Some((set, index)) => {
                let template = set.spec.volume_claim_templates.get(index).and_then(|template| read(&template.spec));
                if let Some(value) = template {
                    self.add(&set.reference(), format!("spec.volumeClaimTemplates[{index}].spec.{path}"), &value);
                }
            }
            None => {
                if let Some(value) = self.scope.claim(claim).and_then(|claim| read(&claim.spec)) {
                    self.add(claim, format!("spec.{path}"), &value);
                }
            }
        }
    }
}
