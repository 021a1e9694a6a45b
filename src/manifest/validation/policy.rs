//! PodDisruptionBudgets and priority classes. Upstream: `pkg/apis/policy/validation/validation.go`,
//! `pkg/apis/scheduling/validation/validation.go`.

use super::field::{Errors, Field};
use super::{meta, names, workload};
use serde_json::json;

pub(super) fn disruption_budget(budget: &Field<'_>, errors: &mut Errors) {
    meta::create_outside_core(&budget.at("metadata"), true, names::path_segment, errors);
    disruption_budget_spec(&budget.at("spec"), errors);
}

pub(super) fn disruption_budget_update(_old: &Field<'_>, new: &Field<'_>, errors: &mut Errors) {
    disruption_budget_spec(&new.at("spec"), errors);
}

fn disruption_budget_spec(spec: &Field<'_>, errors: &mut Errors) {
    let (least, most) = (spec.at("minAvailable"), spec.at("maxUnavailable"));
    let (selector, policy) = (spec.at("selector"), spec.at("unhealthyPodEvictionPolicy"));
    if least.is_set() && most.is_set() {
        let value = json!({
            "MinAvailable": least.value,
            "Selector": selector.value,
            "MaxUnavailable": most.value,
            "UnhealthyPodEvictionPolicy": policy.value,
        });
        errors.invalid_value(spec, value, "minAvailable and maxUnavailable cannot be both set");
    }
    for field in [&least, &most].into_iter().filter(|field| field.is_set()) {
        workload::int_or_percent(field, errors);
        workload::at_most_all(field, errors);
    }
    meta::selector(&selector, errors);
    if policy.is_set() && !matches!(policy.text(), "AlwaysAllow" | "IfHealthyBudget") {
        errors.not_supported(&policy, policy.text(), &["AlwaysAllow", "IfHealthyBudget"]);
    }
}

/// Names with this prefix are those of classes that every cluster has.
const SYSTEM: &str = "system-";
/// Those classes with their values (`SystemPriorityClasses`).
const SYSTEM_CLASSES: [(&str, i64); 2] =
    [("system-node-critical", 2_000_001_000), ("system-cluster-critical", 2_000_000_000)];
/// `HighestUserDefinablePriority`.
const HIGHEST: i64 = 1_000_000_000;

pub(super) fn priority_class(class: &Field<'_>, errors: &mut Errors) {
    let (name, value) = (class.at("metadata").at("name"), class.at("value"));
    meta::create(&class.at("metadata"), false, names::dns_subdomain, errors);
    if name.text().starts_with(SYSTEM) {
        if let Some(why) = unlike_system_class(class) {
            let reserved =
                format!("priority class names with '{SYSTEM}' prefix are reserved for system use only. error: {why}");
            errors.forbidden(&name, &reserved);
        }
    } else if value.int() > HIGHEST {
        errors.forbidden(&value, &format!("maximum allowed value of a user defined priority is {HIGHEST}"));
    }
    let policy = class.at("preemptionPolicy");
    if policy.is_set() {
        errors.one_of(&policy, &["PreemptLowerPriority", "Never"], true);
    }
}

/// Why a class is not one that every cluster has (`IsKnownSystemPriorityClass`).
fn unlike_system_class(class: &Field<'_>) -> Option<String> {
    let name = class.at("metadata").at("name");
    let name = name.text();
    let Some((_, value)) = SYSTEM_CLASSES.iter().find(|(known, _)| *known == name) else {
        return Some(format!("{name} is not a known system priority class"));
    };
    if class.at("value").int() != *value {
        return Some(format!("value of {name} PriorityClass must be {value}"));
    }
    let is_default = class.at("globalDefault").value == &serde_json::Value::Bool(true);
    is_default.then(|| format!("globalDefault of {name} PriorityClass must be false"))
}

pub(super) fn priority_class_update(old: &Field<'_>, new: &Field<'_>, errors: &mut Errors) {
    let value = new.at("value");
    if old.at("value").int() != value.int() {
        errors.forbidden(&value, "may not be changed in an update.");
    }
    errors.immutable(&old.at("preemptionPolicy"), &new.at("preemptionPolicy"));
}
