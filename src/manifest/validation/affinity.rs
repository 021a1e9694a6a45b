//! Affinity and topology spread. Upstream: `pkg/apis/core/validation/validation.go validateAffinity`.

use super::field::{Errors, Field};
use super::{meta, names};

pub(super) fn affinity(affinity: &Field, errors: &mut Errors) {
    const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
    const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";
    let node = affinity.at("nodeAffinity");
    if node.at(REQUIRED).is_set() {
        node_selector(&node.at(REQUIRED), errors);
    }
    for preferred in node.at(PREFERRED).items() {
        weight(&preferred, errors);
        node_term(&preferred.at("preference"), false, errors);
    }
    for name in ["podAffinity", "podAntiAffinity"] {
        let pods = affinity.at(name);
        pods.at(REQUIRED).items().for_each(|term| pod_term(&term, errors));
        for preferred in pods.at(PREFERRED).items() {
            weight(&preferred, errors);
            pod_term(&preferred.at("podAffinityTerm"), errors);
        }
    }
}

fn weight(preferred: &Field, errors: &mut Errors) {
    let weight = preferred.at("weight");
    if !(1..=100).contains(&weight.int()) {
        errors.invalid_value(&weight, weight.int(), "must be in the range 1-100");
    }
}

pub(super) fn node_selector(selector: &Field, errors: &mut Errors) {
    let terms = selector.at("nodeSelectorTerms");
    if terms.is_empty() {
        errors.required(&terms, "must have at least one node selector term");
    }
    terms.items().for_each(|term| node_term(&term, true, errors));
}

/// `are_values_checked`: what is only preferred may name values that no label can have.
fn node_term(term: &Field, are_values_checked: bool, errors: &mut Errors) {
    for requirement in term.at("matchExpressions").items() {
        let values = requirement.at("values");
        match requirement.at("operator").text() {
            "Gt" | "Lt" if values.items().count() != 1 => {
                errors.required(&values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
            }
            "Gt" | "Lt" => {}
            _ => meta::set_operator(&requirement, errors),
        }
        meta::label_key(&requirement.at("key"), errors);
        for value in values.items().filter(|_| are_values_checked) {
            errors.all_invalid(&value, names::label_value(value.text()));
        }
    }
    for field in term.at("matchFields").items() {
        let (key, operator, values) = (field.at("key"), field.at("operator"), field.at("values"));
        match operator.text() {
            "In" | "NotIn" if values.items().count() != 1 => errors
                .required(&values, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"),
            "In" | "NotIn" => {}
            text => errors.invalid_value(&operator, text, "not a valid selector operator"),
        }
        if key.text() == "metadata.name" {
            values.items().for_each(|value| errors.all_invalid(&value, names::dns_subdomain(value.text())));
        } else {
            errors.invalid_value(&key, key.text(), "not a valid field selector key");
        }
    }
}

fn pod_term(term: &Field, errors: &mut Errors) {
    meta::selector(&term.at("labelSelector"), errors);
    meta::selector(&term.at("namespaceSelector"), errors);
    for namespace in term.at("namespaces").items() {
        for message in names::dns_label(namespace.text()) {
            errors.invalid_value(&term.at("namespace"), namespace.text(), &message);
        }
    }
    label_keys(term, errors);
    let key = term.at("topologyKey");
    if key.is_empty() {
        errors.required(&key, "can not be empty");
    }
    meta::label_key(&key, errors);
}

/// Labels of the pod that are added to a selector (`ValidateMatchLabelKeysAndMismatchLabelKeys`).
fn label_keys(constraint: &Field, errors: &mut Errors) {
    let (selector, matching) = (constraint.at("labelSelector"), constraint.at("matchLabelKeys"));
    let mismatching = constraint.at("mismatchLabelKeys");
    for keys in [&matching, &mismatching] {
        if keys.is_empty() {
            continue;
        }
        if !selector.is_set() {
            errors.forbidden(keys, "must not be specified when labelSelector is not set");
            continue;
        }
        keys.items().for_each(|key| meta::label_key(&key, errors));
    }
    let matching: Vec<_> = matching.items().collect();
    // A pod that is written carries no expression made of the keys yet: one that names a key doubles it.
    let mut named: Vec<&str> = selector.at("matchLabels").entries().map(|(key, _)| key).collect();
    for expression in selector.at("matchExpressions").items() {
        let key = expression.at("key").text();
        if let Some(index) = matching.iter().position(|own| own.text() == key).filter(|_| named.contains(&key)) {
            let place = constraint.called(format!("{}[{index}]", constraint.path));
            errors.invalid_value(&place, key, "exists in both matchLabelKeys and labelSelector");
        }
        named.push(key);
    }
    for key in &matching {
        if mismatching.items().any(|other| other.text() == key.text()) {
            errors.invalid_value(key, key.text(), "exists in both matchLabelKeys and mismatchLabelKeys");
        }
    }
}

pub(super) fn spread(constraints: &Field, errors: &mut Errors) {
    const ACTIONS: [&str; 2] = ["DoNotSchedule", "ScheduleAnyway"];
    let all: Vec<_> = constraints.items().collect();
    for (index, constraint) in all.iter().enumerate() {
        let (key, action) = (constraint.at("topologyKey"), constraint.at("whenUnsatisfiable"));
        positive(&constraint.at("maxSkew"), errors);
        if key.is_empty() {
            errors.required(&key, "can not be empty");
        }
        if !ACTIONS.contains(&action.text()) {
            errors.not_supported(&action, action.text(), &ACTIONS);
        }
        let is_same = |other: &Field| {
            other.at("topologyKey").text() == key.text() && other.at("whenUnsatisfiable").text() == action.text()
        };
        if all.iter().skip(index + 1).any(is_same) {
            let pair = constraint.at("{topologyKey, whenUnsatisfiable}");
            errors.duplicate(&pair, format!("{{{}, {}}}", key.text(), action.text()));
        }
        let domains = constraint.at("minDomains");
        if domains.is_set() {
            positive(&domains, errors);
            if action.text() != "DoNotSchedule" {
                let detail =
                    format!("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {}", action.text());
                errors.invalid(&domains, &detail);
            }
        }
        for name in ["nodeAffinityPolicy", "nodeTaintsPolicy"] {
            errors.one_of(&constraint.at(name), &["Honor", "Ignore"], false);
        }
        label_keys(constraint, errors);
        meta::selector(&constraint.at("labelSelector"), errors);
    }
}

fn positive(field: &Field, errors: &mut Errors) {
    if field.int() <= 0 {
        errors.invalid_value(field, field.int(), "must be greater than zero");
    }
}
