//! Environment variables. Upstream: `pkg/apis/core/validation/validation.go ValidateEnv`, `ValidateEnvFrom`.

use super::field::{Errors, Field};
use super::{meta, names, paths};

/// Fields of the pod that a variable may take.
const OF_POD: [&str; 9] = [
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// Fields that upstream knows at all (`ConvertDownwardAPIFieldLabel`).
const CONVERTED: [&str; 6] = [
    "metadata.annotations",
    "metadata.labels",
    "spec.restartPolicy",
    "spec.schedulerName",
    "status.phase",
    "spec.host",
];

/// Resources of a container that can be told.
const OF_CONTAINER: [&str; 6] = [
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

pub(super) fn env(env: &Field, errors: &mut Errors) {
    for variable in env.items() {
        let name = variable.at("name");
        if name.is_empty() {
            errors.required(&name, "");
        } else {
            errors.all_invalid(&name, names::env_name(name.text()));
        }
        let from = variable.at("valueFrom");
        if from.is_set() {
            value_from(&variable, &from, errors);
        }
    }
}

fn value_from(variable: &Field, from: &Field, errors: &mut Errors) {
    let mut found = 0;
    for source in ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"] {
        let field = from.at(source);
        if !field.is_set() {
            continue;
        }
        found += 1;
        match source {
            "fieldRef" => field_of_pod(&field, &OF_POD, errors),
            "resourceFieldRef" => resource_of_container(&field, false, errors),
            "fileKeyRef" => file_key(&field, errors),
            _ => key_of(&field, errors),
        }
    }
    if found == 0 {
        let detail =
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
        errors.invalid_value(from, "", detail);
    } else if !variable.at("value").is_empty() {
        errors.invalid_value(from, "", "may not be specified when `value` is not empty");
    } else if found > 1 {
        errors.invalid_value(from, "", "may not have more than one field specified at a time");
    }
}

/// A key of a ConfigMap or of a Secret.
fn key_of(source: &Field, errors: &mut Errors) {
    let (name, key) = (source.at("name"), source.at("key"));
    for message in names::dns_subdomain(name.text()) {
        errors.invalid_value(&name, name.text(), &message);
    }
    if key.is_empty() {
        errors.required(&key, "");
    } else {
        errors.all_invalid(&key, names::config_key(key.text()));
    }
}

/// `validateFileKeySelector`.
fn file_key(source: &Field, errors: &mut Errors) {
    let (key, volume, path) = (source.at("key"), source.at("volumeName"), source.at("path"));
    if key.is_empty() {
        errors.required(&key, "");
    } else {
        errors.all_invalid(&key, names::env_name(key.text()));
    }
    if volume.is_empty() {
        errors.required(&volume, "");
    } else {
        errors.all_invalid(&volume, names::dns_label(volume.text()));
    }
    if path.is_empty() {
        errors.required(&path, "");
    } else {
        paths::no_backsteps(&path, errors);
    }
}

/// `validateObjectFieldSelector`.
pub(super) fn field_of_pod(source: &Field, supported: &[&str], errors: &mut Errors) {
    let (version, field) = (source.at("apiVersion"), source.at("fieldPath"));
    for needed in [&version, &field] {
        if needed.is_empty() {
            errors.required(needed, "");
            return;
        }
    }
    let text = field.text();
    let subscript = text.strip_suffix("']").and_then(|rest| rest.split_once("['")).filter(|(path, _)| !path.is_empty());
    let problem = match subscript {
        _ if version.text() != "v1" => Some(format!("unsupported pod version: {}", version.text())),
        Some(("metadata.annotations" | "metadata.labels", _)) => None,
        Some(_) => Some(format!("field label does not support subscript: {text}")),
        None if OF_POD.contains(&text) || CONVERTED.contains(&text) => None,
        None => Some(format!("field label not supported: {text}")),
    };
    if let Some(problem) = problem {
        errors.invalid_value(&field, text, &format!("error converting fieldPath: {problem}"));
        return;
    }
    match subscript {
        Some((path, key)) => {
            let key = if path == "metadata.annotations" { key.to_lowercase() } else { key.to_owned() };
            for message in names::label_key(&key) {
                errors.invalid_value(source, key.as_str(), &message);
            }
        }
        None => {
            let path = if text == "spec.host" { "spec.nodeName" } else { text };
            if !supported.contains(&path) {
                errors.not_supported(&field, path, supported);
            }
        }
    }
}

/// `validateContainerResourceFieldSelector`.
pub(super) fn resource_of_container(source: &Field, is_in_volume: bool, errors: &mut Errors) {
    let (container, resource) = (source.at("containerName"), source.at("resource"));
    let is_huge = |text: &str| text.starts_with("requests.hugepages-") || text.starts_with("limits.hugepages-");
    if is_in_volume && container.is_empty() {
        errors.required(&container, "");
    } else if resource.is_empty() {
        errors.required(&resource, "");
    } else if !OF_CONTAINER.contains(&resource.text()) && !is_huge(resource.text()) {
        errors.not_supported(&resource, resource.text(), &OF_CONTAINER);
    }
    divisor(resource.text(), &source.at("divisor"), errors);
}

fn divisor(resource: &str, divisor: &Field, errors: &mut Errors) {
    const SIZES: [&str; 13] = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
    let Some(quantity) = divisor.quantity().filter(|quantity| quantity.milli() != 0) else { return };
    let what = match resource.split_once('.').map_or("", |(_, what)| what) {
        "cpu" => {
            if !["1m", "1"].contains(&quantity.as_str()) {
                let detail = "only divisor's values 1m and 1 are supported with the cpu resource";
                errors.invalid_value(divisor, resource, detail);
            }
            return;
        }
        "memory" => "memory",
        "ephemeral-storage" => "local ephemeral storage",
        other if other.starts_with("hugepages-") => "hugepages",
        _ => return,
    };
    if !SIZES.contains(&quantity.as_str()) {
        let sizes = SIZES.join(", ");
        let detail = format!("only divisor's values {sizes} are supported with the {what} resource");
        errors.invalid_value(divisor, resource, &detail);
    }
}

pub(super) fn env_from(list: &Field, errors: &mut Errors) {
    for source in list.items() {
        let prefix = source.at("prefix");
        if !prefix.is_empty() {
            errors.all_invalid(&prefix, names::env_name(prefix.text()));
        }
        let mut found = 0;
        for name in ["configMapRef", "secretRef"] {
            let reference = source.at(name);
            if reference.is_set() {
                found += 1;
                meta::required_name(&reference.at("name"), names::dns_subdomain, errors);
            }
        }
        match found {
            0 => errors.invalid_value(list, "", "must specify one of: `configMapRef` or `secretRef`"),
            1 => {}
            _ => errors.invalid_value(list, "", "may not have more than one field specified at a time"),
        }
    }
}
