//! Requests and limits. Upstream: `pkg/apis/core/validation/validation.go validateResourceRequirements`.

use super::field::{Errors, Field};
use super::names;
use crate::api::Quantity;
use std::collections::BTreeSet;

/// What a resource may be called: `validateContainerResourceName`, `validatePodResourceName`.
pub(super) type ResourceName = fn(&str, &Field, &mut Errors);

/// Resources that everybody knows.
const STANDARD: [&str; 20] = [
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "storage",
    "requests.storage",
    "services.nodeports",
    "services.loadbalancers",
];

/// Those of which there is no half.
const WHOLE: [&str; 9] = [
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "services.nodeports",
    "services.loadbalancers",
];

fn is_huge_page(name: &str) -> bool {
    name.starts_with("hugepages-")
}

fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with("requests.") && names::label_key(&format!("requests.{name}")).is_empty()
}

fn may_be_overcommitted(name: &str) -> bool {
    is_native(name) && !is_huge_page(name)
}

/// `validateResourceName`; whether it was fine.
fn any_name(name: &str, field: &Field, errors: &mut Errors) -> bool {
    let messages = names::label_key(name);
    let is_named = messages.is_empty();
    for message in messages {
        errors.invalid_value(field, name, &message);
    }
    let is_standard = STANDARD.contains(&name) || is_huge_page(name) || name.starts_with("requests.hugepages-");
    if is_named && !name.contains('/') && !is_standard {
        errors.invalid_value(field, name, "must be a standard resource type or fully qualified");
        return false;
    }
    is_named
}

/// A resource that a container may ask for.
pub(super) fn of_container(name: &str, field: &Field, errors: &mut Errors) {
    any_name(name, field, errors);
    if !name.contains('/') {
        if !matches!(name, "cpu" | "memory" | "ephemeral-storage") && !is_huge_page(name) {
            errors.invalid_value(field, name, "must be a standard resource for containers");
        }
    } else if !is_native(name) && !is_extended(name) {
        errors.invalid_value(field, name, "doesn't follow extended resource name standard");
    }
}

/// A resource that a pod as a whole may ask for.
pub(super) fn of_pod(name: &str, field: &Field, errors: &mut Errors) {
    if any_name(name, field, errors) && !matches!(name, "cpu" | "memory") && !is_huge_page(name) {
        errors.not_supported(field, name, &["cpu", "hugepages-", "memory"]);
    }
}

pub(super) fn requirements(resources: &Field, name_of: ResourceName, claims: &Field, errors: &mut Errors) {
    let (limits, requests) = (resources.at("limits"), resources.at("requests"));
    for (name, limit) in limits.entries() {
        name_of(name, &limit, errors);
        amount(name, &limit, errors);
    }
    for (name, request) in requests.entries() {
        name_of(name, &request, errors);
        amount(name, &request, errors);
        if let Some(asked) = request.quantity() {
            within(name, &asked, &requests, &limits, errors);
        }
    }
    let has = |wanted: fn(&str) -> bool| limits.entries().chain(requests.entries()).any(|(name, _)| wanted(name));
    if has(is_huge_page) && !has(|name| matches!(name, "cpu" | "memory")) {
        errors.forbidden(resources, "HugePages require cpu or memory");
    }
    claim_names(&resources.at("claims"), claims, errors);
}

fn within(name: &str, asked: &Quantity, requests: &Field, limits: &Field, errors: &mut Errors) {
    match limits.key(name).quantity() {
        Some(limit) if !may_be_overcommitted(name) && *asked != limit => {
            let detail = format!("must be equal to {name} limit of {limit}");
            errors.invalid_value(requests, asked.as_str(), &detail);
        }
        Some(limit) if asked.milli() > limit.milli() => {
            let detail = format!("must be less than or equal to {name} limit of {limit}");
            errors.invalid_value(requests, asked.as_str(), &detail);
        }
        None if !may_be_overcommitted(name) => {
            errors.required(limits, "Limit must be set for non overcommitable resources");
        }
        _ => {}
    }
}

/// `ValidateResourceQuantityValue`.
pub(super) fn amount(name: &str, field: &Field, errors: &mut Errors) {
    let Some(quantity) = field.quantity() else { return };
    if quantity.milli() < 0 {
        errors.invalid_value(field, quantity.as_str(), "must be greater than or equal to 0");
    }
    if (WHOLE.contains(&name) || is_extended(name)) && quantity.milli() % 1000 != 0 {
        errors.invalid_value(field, quantity.as_str(), "must be an integer");
    }
    let page = name.strip_prefix("hugepages-").and_then(Quantity::parse).map_or(0, |page| page.milli());
    if is_huge_page(name) && page > 0 && (quantity.milli() <= 0 || quantity.milli() % page != 0) {
        let detail = format!("{quantity} is not positive integer multiple of {name}");
        errors.invalid_value(field, quantity.as_str(), &detail);
    }
}

/// `validateResourceClaimNames`.
fn claim_names(claims: &Field, of_pod: &Field, errors: &mut Errors) {
    let known: BTreeSet<&str> =
        of_pod.items().map(|claim| claim.at("name").text()).filter(|name| !name.is_empty()).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for claim in claims.items() {
        let (name, request) = (claim.at("name").text(), claim.at("request"));
        if name.is_empty() {
            errors.required(&claim, "");
            continue;
        }
        if seen.contains(name) {
            errors.duplicate(&claim, name);
        } else {
            let mut key = name.to_owned();
            if !request.is_empty() {
                errors.all_invalid(&request, names::dns_label(request.text()));
                key = format!("{name}/{}", request.text());
            }
            let is_part = |other: &String| other.split_once('/').is_some_and(|(whole, _)| whole == name);
            if seen.contains(&key) || request.is_empty() && seen.iter().any(is_part) {
                errors.duplicate(&claim, key.as_str());
            }
            seen.insert(key);
        }
        if !known.contains(name) {
            let of = match known.is_empty() {
                true => " which is empty".to_owned(),
                false => format!(": {}", known.iter().copied().collect::<Vec<_>>().join(", ")),
            };
            errors.not_found_among(&claim, name, &format!("must be one of the names in pod.spec.resourceClaims{of}"));
        }
    }
}

/// `validateResizePolicy`.
pub(super) fn resize_policy(policies: &Field, pod_policy: &str, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for policy in policies.items() {
        let (resource, restart) = (policy.at("resourceName"), policy.at("restartPolicy"));
        if !seen.insert(resource.text()) {
            errors.duplicate(&policy, resource.text());
        }
        let known: [(&Field, &[&str]); 2] =
            [(&resource, &["cpu", "memory"]), (&restart, &["NotRequired", "RestartContainer"])];
        for (field, supported) in known {
            errors.one_of(&field.called(policies.path.clone()), supported, true);
        }
        if pod_policy == "Never" && restart.text() != "NotRequired" {
            errors.invalid_value(policies, restart.text(), "must be 'NotRequired' when pod `restartPolicy` is 'Never'");
        }
    }
}
