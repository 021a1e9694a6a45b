//! HorizontalPodAutoscalers. Upstream: `pkg/apis/autoscaling/validation/validation.go`.

use super::field::{Errors, Field};
use super::{meta, names, resources};

/// The longest period of a policy, in seconds.
const MAX_PERIOD: i64 = 1800;
/// The longest stabilisation window, in seconds.
const MAX_WINDOW: i64 = 3600;

/// Types of metrics with the field that each needs.
const SOURCES: [(&str, &str); 5] = [
    ("Object", "object"),
    ("External", "external"),
    ("Pods", "pods"),
    ("Resource", "resource"),
    ("ContainerResource", "containerResource"),
];

pub(super) fn autoscaler(autoscaler: &Field<'_>, errors: &mut Errors) {
    meta::create(&autoscaler.at("metadata"), true, names::dns_subdomain, errors);
    spec(&autoscaler.at("spec"), false, errors);
}

pub(super) fn autoscaler_update(old: &Field<'_>, new: &Field<'_>, errors: &mut Errors) {
    let target = |object: &Field<'_>| {
        let target = object.at("spec").at("scaleTargetRef");
        (target.at("apiVersion").text().to_owned(), target.at("kind").text().to_owned())
    };
    // An `apiVersion` that was accepted before is not looked at again.
    spec(&new.at("spec"), target(old) == target(new), errors);
}

fn spec(spec: &Field<'_>, same_target: bool, errors: &mut Errors) {
    let (min, max) = (spec.at("minReplicas"), spec.at("maxReplicas"));
    if min.is_set() && min.int() < 1 {
        errors.invalid(&min, "must be greater than or equal to 1");
    }
    match max.int() {
        0 => errors.required(&max, "must be set and greater than 0"),
        ..0 => errors.invalid(&max, "must be greater than or equal to 1"),
        _ => {}
    }
    if min.is_set() && max.int() < min.int() {
        errors.invalid_value(&max, max.int(), "must be greater than or equal to `minReplicas`");
    }
    let target = spec.at("scaleTargetRef");
    let any_group = target.at("kind").text() == "ReplicationController";
    reference(&target, !same_target, any_group, errors);
    let metrics = spec.at("metrics");
    for metric in metrics.items() {
        metric_spec(&metric, errors);
    }
    let scales_from_zero = |metric: Field<'_>| matches!(metric.at("type").text(), "Object" | "External");
    if min.is_set() && min.int() == 0 && !metrics.items().any(scales_from_zero) {
        errors.forbidden(
            &metrics,
            "must specify at least one Object or External metric to support scaling to zero replicas",
        );
    }
    for side in ["scaleUp", "scaleDown"] {
        let rules = spec.at("behavior").at(side);
        if rules.is_set() {
            scaling_rules(&rules, errors);
        }
    }
}

/// `ValidateCrossVersionObjectReference`.
fn reference(reference: &Field<'_>, with_version: bool, any_group: bool, errors: &mut Errors) {
    for name in ["kind", "name"] {
        let field = reference.at(name);
        if field.is_empty() {
            errors.required(&field, "");
        } else {
            errors.all_invalid(&field, names::path_segment(field.text()));
        }
    }
    if !with_version {
        return;
    }
    let version = reference.at("apiVersion");
    let text = version.text();
    let group = match text.matches('/').count() {
        _ if text.is_empty() || text == "/" => "",
        0 => "",
        1 => text.split_once('/').map_or("", |(group, _)| group),
        _ => {
            errors.invalid_value(&version, text, &format!("unexpected GroupVersion string: {text}"));
            return;
        }
    };
    if group.is_empty() && !any_group {
        errors.invalid_value(&version, text, "apiVersion must specify API group");
    }
}

fn scaling_rules(rules: &Field<'_>, errors: &mut Errors) {
    let window = rules.at("stabilizationWindowSeconds");
    if window.int() < 0 {
        errors.invalid(&window, "must be greater than or equal to zero");
    }
    if window.int() > MAX_WINDOW {
        errors.invalid(&window, &format!("must be less than or equal to {MAX_WINDOW}"));
    }
    let select = rules.at("selectPolicy");
    if select.is_set() && !matches!(select.text(), "Max" | "Min" | "Disabled") {
        errors.not_supported(&select, select.text(), &["Disabled", "Max", "Min"]);
    }
    let policies = rules.at("policies");
    if policies.is_empty() {
        errors.required(&policies, "must specify at least one Policy");
    }
    for policy in policies.items() {
        let (kind, value, period) = (policy.at("type"), policy.at("value"), policy.at("periodSeconds"));
        if !matches!(kind.text(), "Pods" | "Percent") {
            errors.not_supported(&kind, kind.text(), &["Percent", "Pods"]);
        }
        for field in [&value, &period].into_iter().filter(|field| field.int() <= 0) {
            errors.invalid_value(field, field.int(), "must be greater than zero");
        }
        if period.int() > MAX_PERIOD {
            errors.invalid(&period, &format!("must be less than or equal to {MAX_PERIOD}"));
        }
    }
    let tolerance = rules.at("tolerance");
    if tolerance.quantity().is_some_and(|quantity| quantity.milli() < 0) {
        errors.invalid(&tolerance, "must be greater than or equal to 0");
    }
}

fn metric_spec(metric: &Field<'_>, errors: &mut Errors) {
    let kind = metric.at("type");
    let supported = ["ContainerResource", "External", "Object", "Pods", "Resource"];
    let is_supported = supported.contains(&kind.text());
    if kind.is_empty() {
        errors.required(&kind, "must specify a metric source type");
    }
    if !is_supported {
        errors.not_supported(&kind, kind.text(), &supported);
    }
    let present: Vec<&str> =
        SOURCES.iter().map(|(_, field)| *field).filter(|field| metric.at(field).is_set()).collect();
    if let Some(first) = present.first() {
        source(first, &metric.at(first), errors);
    }
    let expected = SOURCES.iter().find(|(name, _)| *name == kind.text()).map(|(_, field)| *field);
    match expected {
        Some(field) if !metric.at(field).is_set() => {
            errors.required(&metric.at(field), "must populate information for the given metric source");
        }
        Some(_) => {}
        None => errors.not_supported(&kind, kind.text(), &supported),
    }
    if present.len() != 1 {
        for field in present.into_iter().filter(|field| Some(*field) != expected) {
            errors.forbidden(&metric.at(field), "must populate the given metric source only");
        }
    }
}

fn source(kind: &str, source: &Field<'_>, errors: &mut Errors) {
    let target = source.at("target");
    let (value, average, percent) = (target.at("value"), target.at("averageValue"), target.at("averageUtilization"));
    match kind {
        "object" => {
            reference(&source.at("describedObject"), true, true, errors);
            identifier(&source.at("metric"), errors);
            metric_target(&target, errors);
            if !value.is_set() && !average.is_set() {
                errors.required(&average, "must set either a target value or averageValue");
            }
        }
        "external" => {
            identifier(&source.at("metric"), errors);
            metric_target(&target, errors);
            match (value.is_set(), average.is_set()) {
                (false, false) => {
                    errors.required(&average, "must set either a target value for metric or a per-pod target");
                }
                (true, true) => {
                    errors.forbidden(&value, "may not set both a target value for metric and a per-pod target");
                }
                (true, false) | (false, true) => {}
            }
        }
        "pods" => {
            identifier(&source.at("metric"), errors);
            metric_target(&target, errors);
            if !average.is_set() {
                errors.required(&average, "must specify a positive target averageValue");
            }
        }
        _ => {
            let name = source.at("name");
            if name.is_empty() {
                errors.required(&name, "must specify a resource name");
            } else if kind == "containerResource" {
                resources::of_container(name.text(), &name, errors);
            }
            if kind == "containerResource" {
                let container = source.at("container");
                if container.is_empty() {
                    errors.required(&container, "must specify a container");
                } else {
                    errors.all_invalid(&container, names::dns_label(container.text()));
                }
            }
            metric_target(&target, errors);
            match (percent.is_set(), average.is_set()) {
                (false, false) => {
                    errors.required(&percent, "must set either a target raw value or a target utilization");
                }
                (true, true) => {
                    errors.forbidden(&average, "may not set both a target raw value and a target utilization");
                }
                (true, false) | (false, true) => {}
            }
        }
    }
}

fn identifier(metric: &Field<'_>, errors: &mut Errors) {
    let name = metric.at("name");
    if name.is_empty() {
        errors.required(&name, "must specify a metric name");
    } else {
        errors.all_invalid(&name, names::path_segment(name.text()));
    }
}

fn metric_target(target: &Field<'_>, errors: &mut Errors) {
    let kind = target.at("type");
    if kind.is_empty() {
        errors.required(&kind, "must specify a metric target type");
    }
    if !matches!(kind.text(), "Utilization" | "Value" | "AverageValue") {
        errors.invalid_value(&kind, kind.text(), "must be either Utilization, Value, or AverageValue");
    }
    for field in [target.at("value"), target.at("averageValue")] {
        if field.quantity().is_some_and(|quantity| quantity.milli() <= 0) {
            errors.invalid(&field, "must be positive");
        }
    }
    let percent = target.at("averageUtilization");
    if percent.is_set() && percent.int() < 1 {
        errors.invalid(&percent, "must be greater than 0");
    }
}
