//! Containers, their ports, mounts, probes and resources.
//! Upstream: `pkg/apis/core/validation/validation.go validateContainers`.

use super::field::{Errors, Field};
use super::names;
use crate::api::Quantity;
use std::collections::BTreeSet;

pub(super) fn containers(spec: &Field, volumes: &BTreeSet<String>, errors: &mut Errors) {
    let containers = spec.at("containers");
    if containers.is_empty() {
        errors.required(&containers, "");
        return;
    }
    let mut seen = BTreeSet::new();
    for container in containers.items() {
        common(&container, volumes, errors);
        if !seen.insert(container.at("name").text()) {
            errors.duplicate(&container.at("name"), container.at("name").text());
        }
        lifecycle(&container, spec, errors);
        probes(&container, errors);
        errors.one_of(&container.at("restartPolicy"), &["Always", "Never", "OnFailure"], false);
    }
    host_ports(containers.items(), errors);
}

pub(super) fn init_containers(spec: &Field, volumes: &BTreeSet<String>, errors: &mut Errors) {
    let mut seen: BTreeSet<String> =
        spec.at("containers").items().map(|container| container.at("name").text().to_string()).collect();
    for container in spec.at("initContainers").items() {
        common(&container, volumes, errors);
        errors.one_of(&container.at("restartPolicy"), &["Always", "Never", "OnFailure"], false);
        let name = container.at("name");
        if !seen.insert(name.text().to_string()) {
            errors.duplicate(&name, name.text());
        }
        host_ports(std::iter::once(container.clone()), errors);
        if container.at("restartPolicy").text() == "Always" {
            lifecycle(&container, spec, errors);
            probes(&container, errors);
            continue;
        }
        for name in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
            if container.at(name).is_set() {
                errors
                    .forbidden(&container.at(name), "may not be set for init containers without restartPolicy=Always");
            }
        }
    }
}

fn common(container: &Field, volumes: &BTreeSet<String>, errors: &mut Errors) {
    let name = container.at("name");
    if name.is_empty() {
        errors.required(&name, "");
    } else {
        errors.all_invalid(&name, names::dns_label(name.text()));
    }
    if container.at("image").is_empty() {
        errors.required(&container.at("image"), "");
    }
    errors.one_of(&container.at("terminationMessagePolicy"), &["File", "FallbackToLogsOnError"], true);
    ports(&container.at("ports"), errors);
    env(&container.at("env"), errors);
    mounts(container, volumes, errors);
    errors.one_of(&container.at("imagePullPolicy"), &["Always", "IfNotPresent", "Never"], true);
    resources(&container.at("resources"), errors);
}

fn ports(ports: &Field, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for port in ports.items() {
        let name = port.at("name");
        if !name.is_empty() {
            let messages = names::port_name(name.text());
            if messages.is_empty() && !seen.insert(name.text()) {
                errors.duplicate(&name, name.text());
            }
            errors.all_invalid(&name, messages);
        }
        let number = port.at("containerPort");
        if number.int() == 0 {
            errors.required(&number, "");
        } else {
            errors.port(&number);
        }
        if port.at("hostPort").int() != 0 {
            errors.port(&port.at("hostPort"));
        }
        protocol(&port.at("protocol"), errors);
    }
}

pub(super) fn protocol(field: &Field, errors: &mut Errors) {
    errors.one_of(field, &["SCTP", "TCP", "UDP"], true);
}

fn host_ports<'a>(containers: impl Iterator<Item = Field<'a>>, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for port in containers.flat_map(|container| container.at("ports").items()) {
        let host = port.at("hostPort");
        if host.int() != 0 {
            let key = format!("{}/{}/{}", port.at("protocol").text(), port.at("hostIP").text(), host.int());
            if !seen.insert(key.clone()) {
                errors.duplicate(&host, key);
            }
        }
    }
}

fn env(env: &Field, errors: &mut Errors) {
    for variable in env.items() {
        let name = variable.at("name");
        if name.is_empty() {
            errors.required(&name, "");
        } else if !name.text().bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'=') {
            let detail =
                "a valid environment variable name must consist only of printable ASCII characters other than '='";
            errors.invalid(&name, detail);
        }
        let from = variable.at("valueFrom");
        if !from.is_set() {
            continue;
        }
        let sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];
        let found = sources.into_iter().filter(|name| from.at(name).is_set()).count();
        if found == 0 {
            let detail = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
            errors.invalid_value(&from, "", detail);
        } else if !variable.at("value").is_empty() {
            errors.invalid_value(&from, "", "may not be specified when `value` is not empty");
        } else if found > 1 {
            errors.invalid_value(&from, "", "may not have more than one field specified at a time");
        }
    }
}

fn mounts(container: &Field, volumes: &BTreeSet<String>, errors: &mut Errors) {
    let devices: Vec<_> = container.at("volumeDevices").items().collect();
    let mut paths = BTreeSet::new();
    for mount in container.at("volumeMounts").items() {
        let (name, path) = (mount.at("name"), mount.at("mountPath"));
        place_of_volume(&name, &path, volumes, errors);
        if !paths.insert(path.text()) {
            errors.invalid_value(&path, path.text(), "must be unique");
        }
        if devices.iter().any(|device| device.at("name").text() == name.text()) {
            errors.invalid(&name, "must not already exist in volumeDevices");
        }
        if devices.iter().any(|device| device.at("devicePath").text() == path.text()) {
            errors.invalid(&path, "must not already exist as a path in volumeDevices");
        }
        if !mount.at("subPath").is_empty() && !mount.at("subPathExpr").is_empty() {
            errors.invalid(&mount.at("subPathExpr"), "subPathExpr and subPath are mutually exclusive");
        }
    }
    for device in devices {
        place_of_volume(&device.at("name"), &device.at("devicePath"), volumes, errors);
    }
}

/// A volume of the pod, and the place where the container finds it.
fn place_of_volume(name: &Field, path: &Field, volumes: &BTreeSet<String>, errors: &mut Errors) {
    if name.is_empty() {
        errors.required(name, "");
    }
    if !volumes.contains(name.text()) {
        errors.not_found(name);
    }
    if path.is_empty() {
        errors.required(path, "");
    }
}

fn probes(container: &Field, errors: &mut Errors) {
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let probe = container.at(name);
        if !probe.is_set() {
            continue;
        }
        handler(&probe, &["exec", "httpGet", "tcpSocket", "grpc"], None, errors);
        for name in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] {
            errors.non_negative(&probe.at(name));
        }
        let grace = probe.at("terminationGracePeriodSeconds");
        if grace.is_set() && grace.int() <= 0 {
            errors.invalid(&grace, "must be greater than 0");
        }
        let threshold = probe.at("successThreshold");
        if name == "readinessProbe" {
            if grace.is_set() {
                errors.invalid(&grace, "must not be set for readinessProbes");
            }
        } else if threshold.int() != 1 {
            errors.invalid_value(&threshold, threshold.int(), "must be 1");
        }
    }
}

/// Hooks (`validateLifecycle`).
fn lifecycle(container: &Field, spec: &Field, errors: &mut Errors) {
    let grace = spec.at("terminationGracePeriodSeconds");
    let grace = grace.is_set().then(|| grace.int());
    for name in ["postStart", "preStop"] {
        let hook = container.at("lifecycle").at(name);
        if hook.is_set() {
            handler(&hook, &["exec", "httpGet", "tcpSocket", "sleep"], grace, errors);
        }
    }
}

/// What a probe or a hook does: exactly one of these (`validateHandler`).
fn handler(probe: &Field, kinds: &[&str], grace: Option<i64>, errors: &mut Errors) {
    let mut found = 0;
    for name in kinds.iter().copied() {
        let handler = probe.at(name);
        if !handler.is_set() {
            continue;
        }
        found += 1;
        if found > 1 {
            errors.forbidden(&handler, "may not specify more than 1 handler type");
            continue;
        }
        match name {
            "exec" => {
                if handler.at("command").is_empty() {
                    errors.required(&handler.at("command"), "");
                }
            }
            "httpGet" => {
                if handler.at("path").is_empty() {
                    errors.required(&handler.at("path"), "");
                }
                port_or_name(&handler.at("port"), errors);
                if !matches!(handler.at("scheme").text(), "HTTP" | "HTTPS") {
                    errors.not_supported(&handler.at("scheme"), handler.at("scheme").text(), &["HTTP", "HTTPS"]);
                }
            }
            "sleep" => {
                let seconds = handler.at("seconds").int();
                if let Some(grace) = grace.filter(|grace| seconds < 0 || seconds > *grace) {
                    let detail = format!("must be non-negative and less than terminationGracePeriodSeconds ({grace})");
                    errors.invalid_value(&handler, seconds, &detail);
                }
            }
            _ => port_or_name(&handler.at("port"), errors),
        }
    }
    if found == 0 {
        errors.required(probe, "must specify a handler type");
    }
}

pub(super) fn port_or_name(field: &Field, errors: &mut Errors) {
    match field.value.as_str() {
        Some(name) => errors.all_invalid(field, names::port_name(name)),
        None => errors.port(field),
    }
}

fn resources(resources: &Field, errors: &mut Errors) {
    let (limits, requests) = (resources.at("limits"), resources.at("requests"));
    for (name, limit) in limits.entries() {
        resource(name, &limit, errors);
    }
    for (name, request) in requests.entries() {
        resource(name, &request, errors);
        let (Some(asked), limit) = (request.quantity(), limits.key(name).quantity()) else { continue };
        // Huge pages and extended resources cannot be overcommitted.
        let may_overcommit = is_native(name) && !name.starts_with("hugepages-");
        match limit {
            Some(limit) if !may_overcommit && asked != limit => {
                let detail = format!("must be equal to {name} limit of {limit}");
                errors.invalid_value(&requests, asked.as_str(), &detail);
            }
            Some(limit) if exceeds(&asked, &limit) => {
                let detail = format!("must be less than or equal to {name} limit of {limit}");
                errors.invalid_value(&requests, asked.as_str(), &detail);
            }
            None if !may_overcommit => {
                errors.required(&limits, "Limit must be set for non overcommitable resources");
            }
            _ => {}
        }
    }
}

fn exceeds(asked: &Quantity, limit: &Quantity) -> bool {
    asked.milli() > limit.milli()
}

fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

fn resource(name: &str, field: &Field, errors: &mut Errors) {
    let messages = names::label_key(name);
    let is_named = messages.is_empty();
    for message in messages {
        errors.invalid_value(field, name, &message);
    }
    let is_standard = matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-");
    if is_named && !name.contains('/') && !is_standard {
        if !matches!(name, "storage" | "pods") {
            errors.invalid_value(field, name, "must be a standard resource type or fully qualified");
        }
        errors.invalid_value(field, name, "must be a standard resource for containers");
    }
    let Some(quantity) = field.quantity() else { return };
    if quantity.milli() < 0 {
        errors.invalid_value(field, quantity.as_str(), "must be greater than or equal to 0");
    }
    if !is_native(name) && quantity.milli() % 1000 != 0 {
        errors.invalid_value(field, quantity.as_str(), "must be an integer");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn told(mut container: Value, grace: i64) -> Vec<String> {
        container["name"] = "c".into();
        container["image"] = "app:1".into();
        container["terminationMessagePolicy"] = "File".into();
        container["imagePullPolicy"] = "Always".into();
        let spec = json!({ "containers": [container], "terminationGracePeriodSeconds": grace });
        let mut errors = Errors::default();
        containers(&Field::root(&spec), &BTreeSet::new(), &mut errors);
        errors.0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_hook_does_one_thing_and_sleeps_no_longer_than_the_grace_period() {
        let hook = |hook: Value| told(json!({ "lifecycle": { "preStop": hook } }), 30);
        assert_eq!(hook(json!({ "sleep": { "seconds": 30 } })), Vec::<String>::new());
        assert_eq!(
            hook(json!({ "sleep": { "seconds": 31 } })),
            ["containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than \
              terminationGracePeriodSeconds (30)"]
        );
        assert_eq!(hook(json!({})), ["containers[0].lifecycle.preStop: Required value: must specify a handler type"]);
        assert_eq!(
            hook(json!({ "exec": { "command": ["x"] }, "sleep": { "seconds": 1 } })),
            ["containers[0].lifecycle.preStop.sleep: Forbidden: may not specify more than 1 handler type"]
        );
    }
}
