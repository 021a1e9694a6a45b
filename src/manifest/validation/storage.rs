//! Claims, volumes and storage classes.
//! Upstream: `pkg/apis/core/validation/validation.go`, `pkg/apis/storage/validation`.

use super::field::{Errors, Field, is_equal};
use super::{affinity, meta, names, paths, volume};
use serde_json::Value;
use std::collections::BTreeSet;

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
    mode(&spec.at("volumeMode"), errors);
    let (mut source, reference) = (spec.at("dataSource"), spec.at("dataSourceRef"));
    // Sources of other kinds are dropped without a word (`pkg/api/persistentvolumeclaim: DropDisabledFields`).
    let is_kept = match source.at("apiGroup").text() {
        "" => source.at("kind").text() == "PersistentVolumeClaim",
        group => group == "snapshot.storage.k8s.io" && source.at("kind").text() == "VolumeSnapshot",
    };
    if !is_kept {
        source.value = &Value::Null;
    }
    data_source(&source, errors);
    data_source(&reference, errors);
    if source.is_set() && reference.is_set() {
        let is_elsewhere = !reference.at("namespace").is_empty();
        let differs =
            ["apiGroup", "kind", "name"].into_iter().any(|name| source.at(name).value != reference.at(name).value);
        // Upstream prints a pointer to the path here.
        if is_elsewhere {
            errors.invalid_value(
                spec,
                Value::Object(Default::default()),
                "may not be specified when dataSourceRef.namespace is specified",
            );
        } else if differs {
            errors.invalid_value(spec, Value::Object(Default::default()), "must match dataSourceRef");
        }
    }
    class_name(&spec.at("volumeAttributesClassName"), errors);
}

fn mode(mode: &Field, errors: &mut Errors) {
    if mode.is_set() && !matches!(mode.text(), "Block" | "Filesystem") {
        errors.not_supported(mode, mode.text(), &["Block", "Filesystem"]);
    }
}

/// `validateDataSource`, `validateDataSourceRef`.
fn data_source(source: &Field, errors: &mut Errors) {
    if !source.is_set() {
        return;
    }
    for name in ["name", "kind"] {
        if source.at(name).is_empty() {
            errors.required(&source.at(name), "");
        }
    }
    let (group, kind, namespace) = (source.at("apiGroup"), source.at("kind"), source.at("namespace"));
    if !group.is_empty() {
        errors.all_invalid(&group, names::dns_subdomain(group.text()));
    } else if kind.text() != "PersistentVolumeClaim" {
        let detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
        errors.invalid_value(source, kind.text(), detail);
    }
    if !namespace.is_empty() {
        errors.all_invalid(&namespace, names::dns_label(namespace.text()));
    }
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
        && is.milli() <= capacity.map_or(0, |capacity| capacity.milli())
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
    for (_, field) in capacity.entries() {
        if let Some(quantity) = field.quantity().filter(|quantity| quantity.value() < 0) {
            errors.invalid_value(&field, quantity.value(), "must be a valid resource quantity");
        }
        positive(&field, errors);
    }
    errors.one_of(&spec.at("persistentVolumeReclaimPolicy"), &["Delete", "Recycle", "Retain"], false);
    let required = spec.at("nodeAffinity").at("required");
    if spec.at("nodeAffinity").is_set() && !required.is_set() {
        errors.required(&required, "must specify required node constraints");
    }
    if required.is_set() {
        affinity::node_selector(&required, errors);
    }
    let sources = spec.entries().filter(|(name, _)| !NO_SOURCE.contains(name));
    let sources: Vec<_> = sources.filter(|(_, source)| source.is_set()).collect();
    for (name, _) in sources.iter().skip(1) {
        errors.forbidden(&spec.at(name), "may not specify more than 1 volume type");
    }
    match sources.first() {
        None => errors.required(spec, "must specify a volume type"),
        Some(("local", source)) => {
            let source = source.called(spec.at("local").path);
            if source.at("path").is_empty() {
                errors.required(&source.at("path"), "");
            } else {
                paths::no_backsteps(&source.at("path"), errors);
            }
            if !spec.at("nodeAffinity").is_set() {
                errors.required(&spec.at("nodeAffinity"), "Local volume requires node affinity");
            }
        }
        Some(("hostPath", source)) => volume::host_path(&source.called(spec.at("hostPath").path), errors),
        Some(("nfs", source)) => volume::nfs(&source.called(spec.at("nfs").path), errors),
        Some(("csi", source)) => csi(&source.called(spec.at("csi").path), errors),
        Some(_) => {}
    }
    let policy = spec.at("persistentVolumeReclaimPolicy");
    let path = spec.at("hostPath").at("path");
    if policy.text() == "Recycle" && !path.is_empty() && path.text().split('/').all(|part| matches!(part, "" | ".")) {
        errors.forbidden(&policy, "may not be 'recycle' for a hostPath mount of '/'");
    }
    class_name(&spec.at("storageClassName"), errors);
    mode(&spec.at("volumeMode"), errors);
    let attributes = spec.at("volumeAttributesClassName");
    if attributes.is_set() {
        if attributes.is_empty() {
            errors.required(&attributes, "an empty string is disallowed");
        }
        class_name(&attributes, errors);
        if !spec.at("csi").is_set() {
            errors.required(&spec.at("csi"), "has to be specified when using volumeAttributesClassName");
        }
    }
}

/// `validateCSIPersistentVolumeSource`.
fn csi(source: &Field, errors: &mut Errors) {
    volume::csi_driver(&source.at("driver"), errors);
    if source.at("volumeHandle").is_empty() {
        errors.required(&source.at("volumeHandle"), "");
    }
    for name in
        ["controllerPublishSecretRef", "controllerExpandSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef"]
    {
        let secret = source.at(name);
        if secret.is_set() {
            meta::required_name(&secret.at("name"), names::dns_subdomain, errors);
            meta::required_name(&secret.at("namespace"), names::dns_label, errors);
        }
    }
}

/// Fields of a volume's spec that are not where it comes from.
const NO_SOURCE: [&str; 9] = [
    "accessModes",
    "capacity",
    "claimRef",
    "persistentVolumeReclaimPolicy",
    "storageClassName",
    "mountOptions",
    "volumeMode",
    "nodeAffinity",
    "volumeAttributesClassName",
];

/// `ValidatePersistentVolumeUpdate`.
pub(super) fn volume_update(old: &Field, new: &Field, errors: &mut Errors) {
    volume_spec(&new.at("spec"), errors);
    let (before, after) = (old.at("spec"), new.at("spec"));
    let source = |spec: &Field| {
        let mut value = spec.value.clone();
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|name, _| !NO_SOURCE.contains(&name.as_str()));
            if before.at("csi").is_set() && !before.at("csi").at("controllerExpandSecretRef").is_set() {
                let csi = fields.get_mut("csi").and_then(Value::as_object_mut);
                csi.into_iter().for_each(|csi| drop(csi.remove("controllerExpandSecretRef")));
            }
        }
        value
    };
    if !is_equal(&source(&before), &source(&after)) {
        errors
            .forbidden(&after.at("persistentvolumesource"), "spec.persistentvolumesource is immutable after creation");
    }
    errors.immutable(&before.at("volumeMode"), &after.at("volumeMode").called("volumeMode".into()));
    if before.at("nodeAffinity").is_set() && !is_equal(before.at("nodeAffinity").value, after.at("nodeAffinity").value)
    {
        let place = after.at("nodeAffinity").called("nodeAffinity".into());
        errors.invalid(&place, "field is immutable, except for updating from beta label to GA");
    }
    let attributes = "volumeAttributesClassName";
    if before.at(attributes).is_set() && !after.at(attributes).is_set() {
        errors.forbidden(&after.at(attributes), "update from non-nil value to nil is forbidden");
    }
}

pub(super) fn class(class: &Field, errors: &mut Errors) {
    meta::create(&class.at("metadata"), false, names::dns_subdomain, errors);
    class_fields(class, errors);
}

fn class_fields(class: &Field, errors: &mut Errors) {
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
    for (key, _) in class.at("parameters").entries().filter(|(key, _)| key.is_empty()) {
        errors.invalid_value(&class.at("parameters"), key, "field can not be empty.");
    }
    topologies(&class.at("allowedTopologies"), errors);
}

/// `validateAllowedTopologies`.
fn topologies(terms: &Field, errors: &mut Errors) {
    for (index, term) in terms.items().enumerate() {
        let expressions = term.at("matchLabelExpressions");
        let mut keys = BTreeSet::new();
        for requirement in expressions.items() {
            let (key, values) = (requirement.at("key"), requirement.at("values"));
            if values.is_empty() {
                errors.required(&values, "");
            }
            let mut seen = BTreeSet::new();
            for value in values.items().filter(|value| !seen.insert(value.text())) {
                errors.duplicate(&value, value.text());
            }
            meta::label_key(&key, errors);
            if !keys.insert(key.text()) {
                errors.duplicate(&key, key.text());
            }
        }
        if terms.items().take(index).any(|earlier| is_equal(earlier.value, term.value)) {
            errors.duplicate(&expressions, "");
        }
    }
}

/// A changed class is checked as a new one too (`storageClassStrategy.ValidateUpdate`).
pub(super) fn class_update(old: &Field, new: &Field, errors: &mut Errors) {
    class_fields(new, errors);
    for name in ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"] {
        errors.immutable(&old.at(name), &new.at(name));
    }
}
