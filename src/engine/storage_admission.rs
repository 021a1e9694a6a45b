//! What the API server looks at before a claim or a volume is changed, besides its fields.
//! Upstream: `plugin/pkg/admission/storage/persistentvolume/resize`.

use super::Refusal;
use crate::api::{Key, Object};
use crate::cluster::Cluster;
use std::rc::Rc;

/// A claim may ask for more only if it is bound and its class lets claims grow.
pub(super) fn may_grow(cluster: &Cluster, old: &Object, new: &Object) -> Result<(), Refusal> {
    let (Object::PersistentVolumeClaim(old), Object::PersistentVolumeClaim(new)) = (old, new) else { return Ok(()) };
    if new.requested_storage() <= old.requested_storage() {
        return Ok(());
    }
    let name = &new.metadata.name;
    let forbidden = |why: &str| Err(Refusal(format!("persistentvolumeclaims \"{name}\" is forbidden: {why}")));
    if !old.is_bound() {
        return forbidden("Only bound persistent volume claims can be expanded");
    }
    let class =
        old.spec.storage_class_name.as_deref().filter(|class| new.spec.storage_class_name.as_deref() == Some(class));
    let class = class.and_then(|class| cluster.storage_classes.get(&Key::new("", class)));
    if class.is_some_and(|class| class.allow_volume_expansion == Some(true)) {
        return Ok(());
    }
    forbidden(
        "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
    )
}

/// A volume's reference to its claim keeps the claim's identity, which no text carries, unless a change takes `uid` or the
/// whole reference away.
pub(super) fn keep_claim(old: &Object, new: &mut Object) {
    let (Object::PersistentVolume(old), Object::PersistentVolume(new)) = (old, new) else { return };
    let Some(was) = &old.spec.claim_ref else { return };
    let new = Rc::make_mut(new);
    if let Some(is) = &mut new.spec.claim_ref
        && is.name == was.name
        && is.namespace == was.namespace
        && is.uid.is_some()
    {
        is.uid = was.uid;
    }
}
