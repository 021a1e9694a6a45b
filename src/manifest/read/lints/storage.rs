//! Volumes: claims, classes, and where they are mounted.

use super::pods::PodSource;
use super::{Document, Lints};
use crate::api::{Kind, Object, PersistentVolumeClaim, PersistentVolumeClaimSpec, PodSpec, StorageClass};
use crate::manifest::read::fixes;
use crate::manifest::words::{Label, Noticed, Repair};
use serde_json::Value;
use std::collections::BTreeMap;

/// The default class of a cluster for whose claims the manifests bring no class.
const DEFAULT_CLASS: &str = "standard";

/// A claim that no pod uses.
pub(super) fn unused<'a>(lints: &mut Lints<'a>, document: &'a Document, claim: &PersistentVolumeClaim) {
    let name = &claim.metadata.name;
    let manifest = lints.manifest;
    // A pod in another namespace that means it is told so itself.
    if !manifest.documents.iter().any(|other| is_user(other, name)) {
        lints.warn(document, "metadata.name", &Noticed::ClaimUnused { claim: name.clone() });
    }
}

/// Whether a pod, a template or an ordinal of a StatefulSet uses a claim. Pods of kinds that are not simulated count too.
fn is_user(document: &Document, name: &str) -> bool {
    let by_template = match &document.object {
        Some(Object::Pod(pod)) => uses(&pod.spec, name),
        Some(Object::DaemonSet(set)) => uses(&set.spec.template.spec, name),
        Some(Object::Deployment(it)) => uses(&it.spec.template.spec, name),
        Some(Object::ReplicaSet(set)) => uses(&set.spec.template.spec, name),
        Some(Object::StatefulSet(set)) => {
            let is_of = |template: &str| {
                let rest = name.strip_prefix(template)?.strip_prefix('-')?.strip_prefix(&set.metadata.name)?;
                rest.strip_prefix('-')?.parse::<u32>().ok()
            };
            uses(&set.spec.template.spec, name)
                || set.spec.volume_claim_templates.iter().any(|claim| is_of(&claim.metadata.name).is_some())
        }
        _ => false,
    };
    by_template || document.object.is_none() && mentions(&document.json, name)
}

fn uses(spec: &PodSpec, name: &str) -> bool {
    let claims = spec.volumes.iter().filter_map(|volume| volume.persistent_volume_claim.as_ref());
    claims.into_iter().any(|claim| claim.claim_name == name)
}

/// Whether a `claimName` anywhere in a value has this name.
fn mentions(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(key, value)| key == "claimName" && value == name || mentions(value, name))
        }
        Value::Array(items) => items.iter().any(|item| mentions(item, name)),
        _ => false,
    }
}

/// Claims and mounts of pods.
pub(super) fn pods<'a>(lints: &mut Lints<'a>, source: &PodSource<'a>) {
    let Some(spec) = source.spec else { return };
    let document = source.document;
    for (index, volume) in spec.volumes.iter().enumerate() {
        let Some(claim) = volume.persistent_volume_claim.as_ref().map(|claim| claim.claim_name.as_str()) else {
            continue;
        };
        let is_made = |other: &PodSource| match &other.document.object {
            // A set makes claims of its own, which other pods can use too.
            Some(Object::StatefulSet(_)) => other.document.namespace == document.namespace && makes(other, claim),
            _ => false,
        };
        let kind = Kind::PersistentVolumeClaim.as_str();
        if claim.is_empty() || lints.is_written(kind, &document.namespace, claim) || lints.pods.iter().any(is_made) {
            continue;
        }
        let path = format!("{}.volumes[{index}].persistentVolumeClaim.claimName", source.spec_at);
        if lints.elsewhere(document, &path, kind, claim) {
            continue;
        }
        lints.warn(document, &path, &Noticed::ClaimMissing { claim: claim.into() });
        let meant = fixes::nearest(lints.names(kind, &document.namespace), claim);
        let fix = meant.and_then(|meant| lints.change(document, &path, meant));
        lints.mend(fix);
    }
    for (path, container) in source.containers() {
        let mut seen: BTreeMap<String, (usize, &str)> = BTreeMap::new();
        for (index, mount) in container.volume_mounts.iter().enumerate() {
            let Some(written) = mount.get("mountPath").and_then(Value::as_str) else { continue };
            let place = normal(written);
            match seen.get(&place) {
                // Equal paths are refused.
                Some((first, known)) if *known != written => {
                    let at = format!("{path}.volumeMounts[{index}].mountPath");
                    lints.warn(document, &at, &Noticed::MountClash { path: place.clone() });
                    lints.relate(document, &format!("{path}.volumeMounts[{first}].mountPath"), &Label::SamePlace);
                }
                Some(_) => {}
                None => {
                    seen.insert(place, (index, written));
                }
            }
        }
    }
}

fn makes(source: &PodSource, claim: &str) -> bool {
    let Some(Object::StatefulSet(set)) = &source.document.object else { return false };
    set.spec.volume_claim_templates.iter().any(|template| {
        let rest = claim.strip_prefix(template.metadata.name.as_str()).and_then(|rest| rest.strip_prefix('-'));
        let ordinal = rest.and_then(|rest| rest.strip_prefix(set.metadata.name.as_str())?.strip_prefix('-'));
        ordinal.is_some_and(|ordinal| ordinal.parse::<u32>().is_ok())
    })
}

/// A path without slashes that do not count.
fn normal(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    format!("/{}", parts.join("/"))
}

/// The class of a claim.
pub(super) fn class<'a>(lints: &mut Lints<'a>, document: &'a Document, path: &str, claim: &PersistentVolumeClaimSpec) {
    let Some(name) = claim.storage_class_name.as_deref().filter(|name| !name.is_empty()) else { return };
    let documents = &lints.manifest.documents;
    let classes: Vec<&StorageClass> = (documents.iter())
        .filter_map(|document| match &document.object {
            Some(Object::StorageClass(class)) => Some(&**class),
            _ => None,
        })
        .collect();
    // Volumes that are there already need no class of that name, nor does a claim that names its volume.
    let has_volume = documents.iter().any(|document| match &document.object {
        Some(Object::PersistentVolume(volume)) => volume.spec.storage_class_name.as_deref() == Some(name),
        _ => false,
    });
    let is_refused = lints.is_written(Kind::StorageClass.as_str(), "", name);
    let served: Vec<String> = match classes.as_slice() {
        [] => vec![DEFAULT_CLASS.into()],
        classes => classes.iter().map(|class| class.metadata.name.clone()).collect(),
    };
    if served.iter().any(|served| served == name) || has_volume || is_refused || claim.volume_name.is_some() {
        return;
    }
    lints.warn(document, path, &Noticed::StorageClassMissing { class: name.into(), served: served.clone() });
    let has_default = classes.is_empty() || classes.iter().any(|class| class.is_default());
    let fix = match fixes::nearest(served.iter().map(String::as_str), name) {
        Some(meant) => lints.change(document, path, meant),
        None if has_default => without_class(lints, document, path),
        None => None,
    };
    lints.mend(fix);
}

fn without_class(lints: &Lints, document: &Document, path: &str) -> Option<crate::manifest::diagnostic::Fix> {
    let (owner, key) = path.rsplit_once('.')?;
    let owner = crate::manifest::place::find(&document.node, owner);
    let entry = owner.node.get(key).filter(|_| owner.is_exact)?;
    let edit = fixes::remove_from(lints.text(document), document.file, owner.node, entry)?;
    Some(fixes::choice(&Repair::UseDefaultClass, vec![edit]))
}
