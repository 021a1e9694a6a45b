//! Containers, their ports, mounts, probes and resources.
//! Upstream: `pkg/apis/core/validation/validation.go validateContainers`.

use super::field::{Errors, Field};
use super::volume::Volumes;
use super::{env, meta, mounts, names, resources, security};
use std::collections::BTreeSet;

/// What the containers of a pod have in common.
#[derive(Clone, Copy)]
pub(super) struct Pod<'a> {
    pub spec: &'a Field<'a>,
    pub volumes: &'a Volumes,
}

impl Pod<'_> {
    /// Whether the pod uses the users of its node.
    fn shares_users(&self) -> bool {
        self.spec.at("hostUsers").value != &serde_json::Value::Bool(false)
    }
}

pub(super) fn containers(pod: Pod, errors: &mut Errors) {
    let containers = pod.spec.at("containers");
    if containers.is_empty() {
        errors.required(&containers, "");
        return;
    }
    let mut seen = BTreeSet::new();
    for container in containers.items() {
        common(&container, pod, errors);
        if !seen.insert(container.at("name").text()) {
            errors.duplicate(&container.at("name"), container.at("name").text());
        }
        lifecycle(&container, pod.spec, errors);
        probes(&container, errors);
        restart_policy(&container, errors);
    }
    host_ports(containers.items(), errors);
}

pub(super) fn init_containers(pod: Pod, errors: &mut Errors) {
    let of_containers = pod.spec.at("containers");
    let mut seen: BTreeSet<String> =
        of_containers.items().map(|container| container.at("name").text().to_string()).collect();
    let list = pod.spec.at("initContainers");
    for container in list.items() {
        common(&container, pod, errors);
        init_restart_policy(&container, errors);
        let name = container.at("name");
        if seen.contains(name.text()) {
            errors.duplicate(&name, name.text());
        } else if !name.is_empty() {
            seen.insert(name.text().to_string());
        }
        // Upstream checks each alone, so that all of them have the path of the first.
        let first = container.called(format!("{}[0]", list.path));
        host_ports(std::iter::once(first), errors);
        if container.at("restartPolicy").text() == "Always" {
            lifecycle(&container, pod.spec, errors);
            probes(&container, errors);
            continue;
        }
        for name in ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] {
            if container.at(name).is_set() {
                errors
                    .forbidden(&container.at(name), "may not be set for init containers without restartPolicy=Always");
            }
        }
        for policy in container.at("resizePolicy").items() {
            let restart = policy.at("restartPolicy");
            if restart.text() == "RestartContainer" {
                errors.invalid(&restart, "must not be set to 'RestartContainer' for non-sidecar initContainers");
            }
        }
    }
}

const RESTART_POLICIES: [&str; 3] = ["Always", "Never", "OnFailure"];

/// `validateContainerRestartPolicy`.
fn restart_policy(container: &Field, errors: &mut Errors) {
    let (policy, rules) = (container.at("restartPolicy"), container.at("restartPolicyRules"));
    if policy.is_set() && !RESTART_POLICIES.contains(&policy.text()) {
        errors.not_supported(&policy, policy.text(), &RESTART_POLICIES);
    } else if !policy.is_set() && !rules.is_empty() {
        errors.required(&policy, "must specify restartPolicy when restart rules are used");
    }
    if rules.items().count() > 20 {
        errors.too_many(&rules, 20);
    }
    for rule in rules.items() {
        let (action, codes) = (rule.at("action"), rule.at("exitCodes"));
        if action.text() != "Restart" {
            errors.not_supported(&action, action.text(), &["Restart"]);
        }
        if !codes.is_set() {
            errors.required(&codes, "must be specified");
            continue;
        }
        let operator = codes.at("operator");
        if !matches!(operator.text(), "In" | "NotIn") {
            errors.not_supported(&operator, operator.text(), &["In", "NotIn"]);
        }
        if codes.at("values").items().count() > 255 {
            errors.too_many(&codes.at("values"), 255);
        }
    }
}

/// `validateInitContainerRestartPolicy`.
fn init_restart_policy(container: &Field, errors: &mut Errors) {
    let rules = container.at("restartPolicyRules");
    if container.at("restartPolicy").text() != "Always" {
        restart_policy(container, errors);
    } else if !rules.is_empty() {
        errors.forbidden(&rules, "restartPolicyRules are not allowed for init containers with restart policy Always");
    }
}

fn common(container: &Field, pod: Pod, errors: &mut Errors) {
    meta::required_name(&container.at("name"), names::dns_label, errors);
    if container.at("image").is_empty() {
        errors.required(&container.at("image"), "");
    }
    errors.one_of(&container.at("terminationMessagePolicy"), &["File", "FallbackToLogsOnError"], true);
    ports(&container.at("ports"), errors);
    env::env(&container.at("env"), errors);
    env::env_from(&container.at("envFrom"), errors);
    mounts::mounts(container, pod.volumes, errors);
    mounts::devices(container, pod.volumes, errors);
    errors.one_of(&container.at("imagePullPolicy"), &["Always", "IfNotPresent", "Never"], true);
    let claims = pod.spec.at("resourceClaims");
    resources::requirements(&container.at("resources"), resources::of_container, &claims, errors);
    resources::resize_policy(&container.at("resizePolicy"), pod.spec.at("restartPolicy").text(), errors);
    security::of_container(&container.at("securityContext"), pod.shares_users(), errors);
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
    // A negative one is stored as 1.
    let grace = grace.is_set().then(|| if grace.int() < 0 { 1 } else { grace.int() });
    for name in ["postStart", "preStop"] {
        let hook = container.at("lifecycle").at(name);
        if hook.is_set() {
            handler(&hook, &["exec", "httpGet", "tcpSocket", "sleep"], grace, errors);
        }
    }
    let signal = container.at("lifecycle").at("stopSignal");
    if signal.is_set() && spec.at("os").at("name").is_empty() {
        errors.forbidden(&signal, "may not be set for containers with empty `spec.os.name`");
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
                let headers = handler.at("httpHeaders");
                for header in headers.items() {
                    for message in names::http_header(header.at("name").text()) {
                        errors.invalid_value(&headers, header.at("name").text(), &message);
                    }
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
        containers(Pod { spec: &Field::root(&spec), volumes: &Volumes::new() }, &mut errors);
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
