//! Where a container finds its volumes. Upstream: `ValidateVolumeMounts`, `ValidateVolumeDevices`.

use super::field::{Errors, Field};
use super::paths;
use super::volume::Volumes;
use std::collections::BTreeSet;

pub(super) fn mounts(container: &Field, volumes: &Volumes, errors: &mut Errors) {
    let (list, devices) = (container.at("volumeMounts"), container.at("volumeDevices"));
    let mut seen = BTreeSet::new();
    for mount in list.items() {
        let (name, path) = (mount.at("name"), mount.at("mountPath"));
        if name.is_empty() {
            errors.required(&name, "");
        }
        if !volumes.contains_key(name.text()) {
            errors.not_found(&name);
        }
        if path.is_empty() {
            errors.required(&path, "");
        }
        if !seen.insert(path.text()) {
            errors.invalid_value(&path, path.text(), "must be unique");
        }
        if devices.items().any(|device| device.at("name").text() == name.text()) {
            errors.invalid(&name, "must not already exist in volumeDevices");
        }
        if devices.items().any(|device| device.at("devicePath").text() == path.text()) {
            errors.invalid(&path, "must not already exist as a path in volumeDevices");
        }
        sub_paths(&mount, &list, errors);
        propagation(&mount, &list, container, errors);
        recursive_read_only(&mount, &list, errors);
    }
}

/// Upstream gives these the path of the list.
fn sub_paths(mount: &Field, list: &Field, errors: &mut Errors) {
    let (sub_path, expression) = (mount.at("subPath"), mount.at("subPathExpr"));
    if !sub_path.is_empty() {
        paths::descending(&sub_path.called(list.at("subPath").path), errors);
    }
    if !expression.is_empty() {
        if !sub_path.is_empty() {
            errors.invalid(&expression, "subPathExpr and subPath are mutually exclusive");
        }
        paths::descending(&expression.called(list.at("subPathExpr").path), errors);
    }
}

fn propagation(mount: &Field, list: &Field, container: &Field, errors: &mut Errors) {
    const MODES: [&str; 3] = ["Bidirectional", "HostToContainer", "None"];
    let mode = mount.at("mountPropagation").called(list.at("mountPropagation").path);
    if mode.is_set() && !MODES.contains(&mode.text()) {
        errors.not_supported(&mode, mode.text(), &MODES);
    }
    let is_privileged = container.at("securityContext").at("privileged").value == &serde_json::Value::Bool(true);
    if mode.text() == "Bidirectional" && !is_privileged {
        errors.forbidden(&mode, "Bidirectional mount propagation is available only to privileged containers");
    }
}

fn recursive_read_only(mount: &Field, list: &Field, errors: &mut Errors) {
    let mode = mount.at("recursiveReadOnly").called(list.at("recursiveReadOnly").path);
    match mode.text() {
        _ if !mode.is_set() => {}
        "Disabled" => {}
        "Enabled" | "IfPossible" => {
            if mount.at("readOnly").value != &serde_json::Value::Bool(true) {
                errors.forbidden(&mode, "may only be specified when readOnly is true");
            }
            let propagation = mount.at("mountPropagation");
            if propagation.is_set() && propagation.text() != "None" {
                errors.forbidden(&mode, "may only be specified when mountPropagation is None or not specified");
            }
        }
        text => errors.not_supported(&mode, text, &["Disabled", "Enabled", "IfPossible"]),
    }
}

pub(super) fn devices(container: &Field, volumes: &Volumes, errors: &mut Errors) {
    let mounts = container.at("volumeMounts");
    let (mut names, mut taken) = (BTreeSet::new(), BTreeSet::new());
    for device in container.at("volumeDevices").items() {
        let (name, path) = (device.at("name"), device.at("devicePath"));
        if name.is_empty() {
            errors.required(&name, "");
        }
        if names.contains(name.text()) {
            errors.invalid_value(&name, name.text(), "must be unique");
        }
        match volumes.get(name.text()) {
            None => errors.not_found(&name),
            Some(false) => {
                let detail = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
                errors.invalid_value(&name, name.text(), detail);
            }
            Some(true) => {}
        }
        if path.is_empty() {
            errors.required(&path, "");
        }
        if taken.contains(path.text()) {
            errors.invalid_value(&path, path.text(), "must be unique");
        }
        if path.text().split('/').any(|part| part == "..") {
            errors.invalid_value(&path, path.text(), "can not contain backsteps ('..')");
        } else {
            taken.insert(path.text());
        }
        if mounts.items().any(|mount| mount.at("name").text() == name.text()) {
            errors.invalid_value(&name, name.text(), "must not already exist in volumeMounts");
        }
        if mounts.items().any(|mount| mount.at("mountPath").text() == path.text()) {
            errors.invalid_value(&path, path.text(), "must not already exist as a path in volumeMounts");
        }
        if !name.is_empty() {
            names.insert(name.text());
        }
    }
}
