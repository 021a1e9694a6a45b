//! Security contexts of pods and containers.
//! Upstream: `pkg/apis/core/validation/validation.go validatePodSpecSecurityContext`, `ValidateSecurityContext`.

use super::field::{Errors, Field};
use super::paths;
use serde_json::Value;
use std::collections::BTreeSet;

const TRUE: &Value = &Value::Bool(true);
const FALSE: &Value = &Value::Bool(false);
/// The longest name of a kernel parameter.
const MAX_SYSCTL: usize = 253;
/// The longest path of a profile.
const MAX_PROFILE: usize = 4095;

fn id(field: &Field, errors: &mut Errors) {
    if field.is_set() && !(0..=i64::from(i32::MAX)).contains(&field.int()) {
        errors.invalid(field, "must be between 0 and 2147483647, inclusive");
    }
}

pub(super) fn of_pod(spec: &Field, errors: &mut Errors) {
    let context = spec.at("securityContext");
    for name in ["fsGroup", "runAsUser", "runAsGroup"] {
        id(&context.at(name), errors);
    }
    context.at("supplementalGroups").items().for_each(|group| id(&group, errors));
    let shared = spec.at("shareProcessNamespace");
    if shared.value == TRUE && spec.at("hostPID").value == TRUE {
        let place = shared.called(context.at("shareProcessNamespace").path);
        errors.invalid(&place, "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    sysctls(&context.at("sysctls"), errors);
    supported(&context.at("fsGroupChangePolicy"), &["Always", "OnRootMismatch"], errors);
    seccomp(&context.at("seccompProfile"), errors);
    app_armor(&context.at("appArmorProfile"), errors);
    supported(&context.at("supplementalGroupsPolicy"), &["Merge", "Strict"], errors);
    supported(&context.at("seLinuxChangePolicy"), &["MountOption", "Recursive"], errors);
}

fn supported(field: &Field, values: &[&str], errors: &mut Errors) {
    if field.is_set() && !values.contains(&field.text()) {
        errors.not_supported(field, field.text(), values);
    }
}

fn sysctls(sysctls: &Field, errors: &mut Errors) {
    const SEGMENT: &str = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    let mut seen = BTreeSet::new();
    for sysctl in sysctls.items() {
        let name = sysctl.at("name");
        if name.is_empty() {
            errors.required(&name, "");
        } else if !is_sysctl(name.text()) {
            let detail =
                format!("must have at most {MAX_SYSCTL} characters and match regex ^({SEGMENT}[\\./])*{SEGMENT}$");
            errors.invalid(&name, &detail);
        } else if seen.contains(name.text()) {
            errors.duplicate(&name, name.text());
        }
        seen.insert(name.text());
    }
}

fn is_sysctl(name: &str) -> bool {
    let is_edge = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_segment = |segment: &str| {
        let bytes = segment.as_bytes();
        bytes.first().is_some_and(is_edge)
            && bytes.last().is_some_and(is_edge)
            && bytes.iter().all(|byte| is_edge(byte) || matches!(byte, b'-' | b'_'))
    };
    name.len() <= MAX_SYSCTL && name.split(['.', '/']).all(is_segment)
}

fn seccomp(profile: &Field, errors: &mut Errors) {
    if !profile.is_set() {
        return;
    }
    let (kind, path) = (profile.at("type"), profile.at("localhostProfile"));
    match kind.text() {
        "" => errors.required(&kind, "type is required when seccompProfile is set"),
        "Localhost" | "RuntimeDefault" | "Unconfined" => {}
        text => errors.not_supported(&kind, text, &["Localhost", "RuntimeDefault", "Unconfined"]),
    }
    match (kind.text(), path.is_set()) {
        ("Localhost", false) => errors.required(&path, "must be set when seccomp type is Localhost"),
        ("Localhost", true) => paths::descending(&path, errors),
        (_, true) => {
            let value = serde_json::json!({ "Type": kind.value, "LocalhostProfile": path.value });
            errors.invalid_value(&path, value, "can only be set when seccomp type is Localhost");
        }
        (_, false) => {}
    }
}

fn app_armor(profile: &Field, errors: &mut Errors) {
    if !profile.is_set() {
        return;
    }
    let (kind, path) = (profile.at("type"), profile.at("localhostProfile"));
    match kind.text() {
        "Localhost" if !path.is_set() => errors.required(&path, "must be set when AppArmor type is Localhost"),
        "Localhost" => {
            if path.text().trim() != path.text() {
                errors.invalid(&path, "must not be padded with whitespace");
            } else if path.is_empty() {
                errors.required(&path, "must be set when AppArmor type is Localhost");
            }
            if path.text().len() > MAX_PROFILE {
                errors.too_long(&path, MAX_PROFILE);
            }
        }
        "RuntimeDefault" | "Unconfined" => {
            if path.is_set() {
                errors.invalid(&path, "can only be set when AppArmor type is Localhost");
            }
        }
        "" => errors.required(&kind, "type is required when appArmorProfile is set"),
        text => errors.not_supported(&kind, text, &["Localhost", "RuntimeDefault", "Unconfined"]),
    }
}

/// `shares_users`: whether the pod uses the users of its node.
pub(super) fn of_container(context: &Field, shares_users: bool, errors: &mut Errors) {
    if !context.is_set() {
        return;
    }
    for name in ["runAsUser", "runAsGroup"] {
        id(&context.at(name), errors);
    }
    let proc_mount = context.at("procMount");
    supported(&proc_mount, &["Default", "Unmasked"], errors);
    if shares_users && proc_mount.text() == "Unmasked" {
        errors.invalid(&proc_mount, "`hostUsers` must be false to use `Unmasked`");
    }
    seccomp(&context.at("seccompProfile"), errors);
    if context.at("allowPrivilegeEscalation").value == FALSE {
        if context.at("privileged").value == TRUE {
            let detail = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
            errors.invalid_value(context, internal(context), detail);
        }
        let added = context.at("capabilities").at("add");
        for _ in added.items().filter(|capability| capability.text() == "CAP_SYS_ADMIN") {
            let detail = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
            errors.invalid_value(context, internal(context), detail);
        }
    }
    app_armor(&context.at("appArmorProfile"), errors);
}

/// The context as upstream's internal type prints it.
fn internal(context: &Field) -> Value {
    let capabilities = context.at("capabilities");
    let capabilities = match capabilities.is_set() {
        true => serde_json::json!({ "Add": capabilities.at("add").value, "Drop": capabilities.at("drop").value }),
        false => Value::Null,
    };
    serde_json::json!({
        "Capabilities": capabilities,
        "Privileged": context.at("privileged").value,
        "SELinuxOptions": context.at("seLinuxOptions").value,
        "WindowsOptions": context.at("windowsOptions").value,
        "RunAsUser": context.at("runAsUser").value,
        "RunAsGroup": context.at("runAsGroup").value,
        "RunAsNonRoot": context.at("runAsNonRoot").value,
        "ReadOnlyRootFilesystem": context.at("readOnlyRootFilesystem").value,
        "AllowPrivilegeEscalation": context.at("allowPrivilegeEscalation").value,
        "ProcMount": context.at("procMount").value,
        "SeccompProfile": context.at("seccompProfile").value,
        "AppArmorProfile": context.at("appArmorProfile").value,
    })
}
