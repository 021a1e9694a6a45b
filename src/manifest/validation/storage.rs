//! Claims, volumes and storage classes.
//! Upstream: `pkg/apis/core/validation/validation.go`, `pkg/apis/storage/validation`.

use super::field::{Errors, Field, is_equal};
use super::{affinity, meta, names};
use serde_json::Value;

const MODES: [&str; 4] = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

pub(super) fn claim(claim: &Field, errors: &mut Errors) {
    meta::create(&claim.at("metadata"), true, names::dns_subdomain, errors);
    claim_spec(&claim.at("spec"), errors);
}

pub(super) fn claim_spec(spec: &Field, errors: &mut Errors) {
    if spec.at("accessModes").is_empty() {
        errors.required(&spec.at("accessModes"), "at least 1 access mode is required");
    }
    meta::selector(&spec.at("selector"), errors);
    access_modes(&spec.at("accessModes"), errors);
    let resources = spec.at("resources");
    let storage = resources.at("requests").at("storage").called(resources.key("storage").path);
    if !storage.is_set() {
        errors.required(&storage, "");
    }
    positive(&storage, errors);
    class_name(&spec.at("storageClassName"), errors);
    errors.one_of(&spec.at("volumeMode"), &["Block", "Filesystem"], false);
}

fn positive(field: &Field, errors: &mut Errors) {
    if let Some(quantity) = field.quantity().filter(|quantity| quantity.milli() <= 0) {
        errors.invalid_value(field, quantity.as_str(), "must be greater than zero");
    }
}

fn access_modes(modes: &Field, errors: &mut Errors) {
    for mode in modes.items().filter(|mode| !MODES.contains(&mode.text())) {
        errors.not_supported(modes, mode.text(), &MODES);
    }
    let is_exclusive = |mode: &Field| mode.text() == "ReadWriteOncePod";
    let known: Vec<_> = modes.items().filter(|mode| MODES.contains(&mode.text())).collect();
    if known.iter().any(is_exclusive) && !known.iter().all(is_exclusive) {
        errors.forbidden(modes, "may not use ReadWriteOncePod with other access modes");
    }
}

fn class_name(name: &Field, errors: &mut Errors) {
    if !name.is_empty() {
        errors.all_invalid(name, names::dns_subdomain(name.text()));
    }
}

pub(super) fn claim_update(old: &Field, new: &Field, errors: &mut Errors) {
    claim_spec(&new.at("spec"), errors);
    let is_bound = new.at("status").at("phase").text() == "Bound";
    let (before, after) = (old.at("spec"), new.at("spec"));
    let fixed = |spec: &Field| {
        let mut value = spec.value.clone();
        if let Some(fields) = value.as_object_mut() {
            // The volume's name is set once, by the controller.
            if before.at("volumeName").is_empty() {
                fields.remove("volumeName");
            }
            if is_bound {
                fields.remove("volumeAttributesClassName");
                if let Some(requests) = fields.get_mut("resources").and_then(|it| it.get_mut("requests")) {
                    requests.as_object_mut().into_iter().for_each(|requests| {
                        requests.remove("storage");
                    });
                }
            }
            // A claim made before there was a default class gets it later.
            if before.at("storageClassName").value == &Value::Null {
                fields.remove("storageClassName");
            }
        }
        value
    };
    if !is_equal(&fixed(&before), &fixed(&after)) {
        errors.forbidden(
            &after,
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
        );
    }
    let size = |spec: &Field| spec.at("resources").at("requests").at("storage").quantity();
    let capacity = old.at("status").at("capacity").at("storage").quantity();
    if let (Some(was), Some(is)) = (size(&before), size(&after))
        && is.milli() < was.milli()
        && capacity.is_some_and(|capacity| is.milli() <= capacity.milli())
    {
        let storage = after.at("resources").at("requests").at("storage");
        errors.forbidden(&storage, "field can not be less than status.capacity");
    }
    errors.immutable(&before.at("volumeMode"), &after.at("volumeMode").called("volumeMode".into()));
}

pub(super) fn volume(volume: &Field, errors: &mut Errors) {
    meta::create(&volume.at("metadata"), false, names::dns_subdomain, errors);
    volume_spec(&volume.at("spec"), errors);
}

fn volume_spec(spec: &Field, errors: &mut Errors) {
    if spec.at("accessModes").is_empty() {
        errors.required(&spec.at("accessModes"), "");
    }
    access_modes(&spec.at("accessModes"), errors);
    let capacity = spec.at("capacity");
    if capacity.is_empty() {
        errors.required(&capacity, "");
    }
    if !capacity.at("storage").is_set() || capacity.entries().count() > 1 {
        errors.not_supported(&capacity, capacity.value.clone(), &["storage"]);
    }
    for (_, quantity) in capacity.entries() {
        positive(&quantity, errors);
    }
    errors.one_of(&spec.at("persistentVolumeReclaimPolicy"), &["Delete", "Recycle", "Retain"], false);
    let required = spec.at("nodeAffinity").at("required");
    if required.is_set() {
        affinity::node_selector(&required, errors);
    }
    let sources = spec.entries().filter(|(name, _)| {
        !matches!(
            *name,
            "accessModes"
                | "capacity"
                | "claimRef"
                | "persistentVolumeReclaimPolicy"
                | "storageClassName"
                | "mountOptions"
                | "volumeMode"
                | "nodeAffinity"
                | "volumeAttributesClassName"
        )
    });
    let sources: Vec<_> = sources.filter(|(_, source)| source.is_set()).collect();
    for (name, _) in sources.iter().skip(1) {
        errors.forbidden(&spec.at(name), "may not specify more than 1 volume type");
    }
    match sources.first() {
        None => errors.required(spec, "must specify a volume type"),
        Some(("local", _)) => {
            if spec.at("local").at("path").is_empty() {
                errors.required(&spec.at("local").at("path"), "");
            }
            if !required.is_set() {
                errors.required(&spec.at("nodeAffinity"), "Local volume requires node affinity");
            }
        }
        Some(("hostPath", _)) if spec.at("hostPath").at("path").is_empty() => {
            errors.required(&spec.at("hostPath").at("path"), "");
        }
        Some(_) => {}
    }
    class_name(&spec.at("storageClassName"), errors);
    errors.one_of(&spec.at("volumeMode"), &["Block", "Filesystem"], false);
}

pub(super) fn volume_update(new: &Field, errors: &mut Errors) {
    volume_spec(&new.at("spec"), errors);
}

pub(super) fn class(class: &Field, errors: &mut Errors) {
    meta::create(&class.at("metadata"), false, names::dns_subdomain, errors);
    let provisioner = class.at("provisioner");
    if provisioner.is_empty() {
        errors.required(&provisioner, "");
    } else {
        for message in names::label_key(&provisioner.text().to_lowercase()) {
            errors.invalid_value(&provisioner, provisioner.text().to_lowercase(), &message);
        }
    }
    errors.one_of(&class.at("reclaimPolicy"), &["Delete", "Retain"], false);
    let mode = class.at("volumeBindingMode");
    if !mode.is_set() {
        errors.required(&mode, "");
    } else if !matches!(mode.text(), "Immediate" | "WaitForFirstConsumer") {
        errors.not_supported(&mode, mode.text(), &["Immediate", "WaitForFirstConsumer"]);
    }
}

pub(super) fn class_update(old: &Field, new: &Field, errors: &mut Errors) {
    for name in ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"] {
        errors.immutable(&old.at(name), &new.at(name));
    }
}
