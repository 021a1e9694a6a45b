//! PodDisruptionBudgets and priority classes. Upstream: `pkg/apis/policy/validation/validation.go`,
//! `pkg/apis/scheduling/validation/validation.go`.

use super::field::{Errors, Field};
use super::{meta, names, workload};
use serde_json::json;

pub(super) fn disruption_budget(budget: &Field<'_>, errors: &mut Errors) {
    meta::create(&budget.at("metadata"), true, names::path_segment, errors);
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

pub(super) fn priority_class(_object: &Field<'_>, _errors: &mut Errors) {}

pub(super) fn priority_class_update(_old: &Field<'_>, _new: &Field<'_>, _errors: &mut Errors) {}
