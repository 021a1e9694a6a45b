//! StatefulSet, DaemonSet, ControllerRevision. Upstream: `pkg/apis/apps/validation/validation.go`.

use super::field::{Errors, Field, is_equal};
use super::meta::{self, Selector};
use super::{names, pod, storage};
use serde_json::{Value, json};

pub(super) const MISMATCH: &str = "`selector` does not match template `labels`";

pub(super) fn stateful_set(set: &Field, errors: &mut Errors) {
    meta::create(&set.at("metadata"), true, names::dns_label, errors);
    stateful_set_spec(&set.at("spec"), Skip { service_name: false, claims: false, template: false }, errors);
}

/// What an update does not look at again.
#[derive(Clone, Copy)]
struct Skip {
    service_name: bool,
    claims: bool,
    template: bool,
}

fn stateful_set_spec(spec: &Field, skip: Skip, errors: &mut Errors) {
    let policy = spec.at("podManagementPolicy");
    match policy.text() {
        "" => errors.required(&policy, ""),
        "OrderedReady" | "Parallel" => {}
        _ => errors.invalid(&policy, "must be 'OrderedReady' or 'Parallel'"),
    }
    stateful_set_strategy(&spec.at("updateStrategy"), errors);
    let retention = spec.at("persistentVolumeClaimRetentionPolicy");
    if retention.is_set() {
        for name in ["whenDeleted", "whenScaled"] {
            let field = retention.at(name);
            if !matches!(field.text(), "Retain" | "Delete") {
                errors.not_supported(&field, field.text(), &["Retain", "Delete"]);
            }
        }
    }
    if !skip.claims {
        for claim in spec.at("volumeClaimTemplates").items() {
            storage::claim_spec(&claim.at("spec"), errors);
        }
    }
    errors.non_negative(&spec.at("replicas"));
    errors.non_negative(&spec.at("minReadySeconds"));
    errors.non_negative(&spec.at("ordinals").at("start"));
    let service_name = spec.at("serviceName");
    if !skip.service_name && !service_name.is_empty() {
        errors.all_invalid(&service_name, names::dns_label(service_name.text()));
    }
    let field = spec.at("selector");
    if field.is_set() {
        meta::selector(&field, errors);
        refuse_empty(&field, "statefulset", errors);
    } else {
        errors.required(&field, "");
    }
    let template = spec.at("template");
    match Selector::of(&field) {
        Selector::Broken => errors.invalid(&field, ""),
        selector => {
            let labels = template.at("metadata").at("labels");
            if !field.value.as_object().is_some_and(|parts| parts.values().all(is_blank)) && !selector.matches(&labels)
            {
                errors.invalid(&labels, MISMATCH);
            }
            if !skip.template {
                pod::template(&template, Some(&spec.at("volumeClaimTemplates")), errors);
            }
            meta::labels(&labels.called(template.at("labels").path), errors);
            let annotations = template.at("metadata").at("annotations");
            meta::annotations(&annotations.called(template.at("annotations").path), errors);
        }
    }
    only_always(&template.at("spec"), "StatefulSet", errors);
}

fn is_blank(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(serde_json::Map::is_empty)
}

pub(super) fn refuse_empty(selector: &Field, of: &str, errors: &mut Errors) {
    if selector.at("matchLabels").is_empty() && selector.at("matchExpressions").is_empty() {
        errors.invalid(selector, &format!("empty selector is invalid for {of}"));
    }
}

pub(super) fn only_always(spec: &Field, of: &str, errors: &mut Errors) {
    let policy = spec.at("restartPolicy");
    if policy.text() != "Always" {
        errors.not_supported(&policy, policy.text(), &["Always"]);
    }
    let deadline = spec.at("activeDeadlineSeconds");
    if deadline.is_set() {
        errors.forbidden(&deadline, &format!("activeDeadlineSeconds in {of} is not Supported"));
    }
}

/// Upstream's internal types have no names of their own in JSON.
fn stateful_set_rolling(rolling: &Field) -> Value {
    match rolling.is_set() {
        true => json!({
            "Partition": rolling.at("partition").int(),
            "MaxUnavailable": rolling.at("maxUnavailable").value,
        }),
        false => Value::Null,
    }
}

fn stateful_set_strategy(strategy: &Field, errors: &mut Errors) {
    let rolling = strategy.at("rollingUpdate");
    match strategy.at("type").text() {
        "" => errors.required(strategy, ""),
        "OnDelete" => {
            if rolling.is_set() {
                let detail = "only allowed for updateStrategy 'RollingUpdate'";
                errors.invalid_value(&rolling, stateful_set_rolling(&rolling), detail);
            }
        }
        "RollingUpdate" => {
            errors.non_negative(&rolling.at("partition"));
            let unavailable = rolling.at("maxUnavailable");
            if unavailable.is_set() {
                int_or_percent(&unavailable, errors);
                if int_or_percent_value(&unavailable) == 0 {
                    errors.invalid(&unavailable, "cannot be 0");
                }
                at_most_all(&unavailable, errors);
            }
        }
        kind => {
            let value = json!({"Type": kind, "RollingUpdate": stateful_set_rolling(&rolling)});
            errors.invalid_value(strategy, value, "must be 'RollingUpdate' or 'OnDelete'");
        }
    }
}

pub(super) fn stateful_set_update(old: &Field, new: &Field, errors: &mut Errors) {
    let (old, new) = (old.at("spec"), new.at("spec"));
    let mut skip = Skip { service_name: true, claims: true, template: false };
    // A template that is stored although it is invalid may stay.
    let mut of_old = Errors::default();
    stateful_set_spec(&old, skip, &mut of_old);
    skip.template = !of_old.0.is_empty();
    stateful_set_spec(&new, skip, errors);
    let may_change = |name: &str| {
        matches!(
            name,
            "replicas"
                | "template"
                | "updateStrategy"
                | "minReadySeconds"
                | "ordinals"
                | "revisionHistoryLimit"
                | "persistentVolumeClaimRetentionPolicy"
        )
    };
    let fixed = |spec: &Field| {
        let mut value = spec.value.clone();
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|name, _| !may_change(name));
        }
        value
    };
    if !is_equal(&fixed(&old), &fixed(&new)) {
        errors.forbidden(
            &new,
            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', \
             'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
        );
    }
}

pub(super) fn daemon_set(set: &Field, errors: &mut Errors) {
    meta::create(&set.at("metadata"), true, names::dns_subdomain, errors);
    daemon_set_spec(&set.at("spec"), errors);
}

fn daemon_set_spec(spec: &Field, errors: &mut Errors) {
    let (field, template) = (spec.at("selector"), spec.at("template"));
    meta::selector(&field, errors);
    let labels = template.at("metadata").at("labels");
    match Selector::of(&field) {
        Selector::Broken => {}
        selector if selector.matches(&labels) => {}
        _ => errors.invalid(&labels, MISMATCH),
    }
    if field.is_set() {
        refuse_empty(&field, "daemonset", errors);
    }
    pod::template(&template, None, errors);
    only_always(&template.at("spec"), "DaemonSet", errors);
    errors.non_negative(&spec.at("minReadySeconds"));
    errors.non_negative(&spec.at("templateGeneration"));
    daemon_set_strategy(&spec.at("updateStrategy"), errors);
    errors.non_negative(&spec.at("revisionHistoryLimit"));
}

fn daemon_set_strategy(strategy: &Field, errors: &mut Errors) {
    let rolling = strategy.at("rollingUpdate");
    match strategy.at("type").text() {
        "OnDelete" => {}
        "RollingUpdate" if !rolling.is_set() => errors.required(&rolling, ""),
        "RollingUpdate" => {
            let (unavailable, surge) = (rolling.at("maxUnavailable"), rolling.at("maxSurge"));
            int_or_percent(&unavailable, errors);
            int_or_percent(&surge, errors);
            at_most_all(&unavailable, errors);
            at_most_all(&surge, errors);
            match (int_or_percent_value(&unavailable) != 0, int_or_percent_value(&surge) != 0) {
                (true, true) => errors.invalid(&surge, "may not be set when maxUnavailable is non-zero"),
                (false, false) => errors.required(&unavailable, "cannot be 0 when maxSurge is 0"),
                _ => {}
            }
        }
        kind => {
            let rolling = match rolling.is_set() {
                true => json!({
                    "MaxUnavailable": rolling.at("maxUnavailable").value, "MaxSurge": rolling.at("maxSurge").value,
                }),
                false => Value::Null,
            };
            let value = json!({"Type": kind, "RollingUpdate": rolling});
            errors.not_supported(strategy, value, &["RollingUpdate", "OnDelete"]);
        }
    }
}

pub(super) fn daemon_set_update(old: &Field, new: &Field, errors: &mut Errors) {
    let (old, new) = (old.at("spec"), new.at("spec"));
    let generation = new.at("templateGeneration");
    // Outside upstream's own tests the field is the API server's: it raises it with the template.
    if generation.is_set() {
        let (before, after) = (old.at("templateGeneration").int(), generation.int());
        let is_changed = !is_equal(old.at("template").value, new.at("template").value);
        if after < before {
            errors.invalid(&generation, "must not be decremented");
        }
        if after == before && is_changed {
            errors.invalid(&generation, "must be incremented upon template update");
        } else if after > before && !is_changed {
            errors.invalid(&generation, "must not be incremented without template update");
        }
    }
    errors.immutable(&old.at("selector"), &new.at("selector"));
    daemon_set_spec(&new, errors);
}

pub(super) fn controller_revision(revision: &Field, errors: &mut Errors) {
    meta::create(&revision.at("metadata"), true, names::dns_subdomain, errors);
    errors.non_negative(&revision.at("revision"));
    if revision.at("data").is_empty() && !revision.at("data").value.is_object() {
        errors.required(&revision.at("data"), "data is mandatory");
    }
}

/// A count that is not negative, or a percentage.
pub(super) fn int_or_percent(field: &Field, errors: &mut Errors) {
    match field.value {
        Value::String(text) => errors.all_invalid(field, names::percent(text)),
        _ => errors.non_negative(field),
    }
}

/// The count or the percentage; 0 for what is neither.
pub(super) fn int_or_percent_value(field: &Field) -> i64 {
    match field.value {
        Value::String(text) => text.strip_suffix('%').unwrap_or(text).parse().unwrap_or(0),
        _ => field.int(),
    }
}

pub(super) fn at_most_all(field: &Field, errors: &mut Errors) {
    let is_percent = field.value.as_str().is_some_and(|text| names::percent(text).is_empty());
    if is_percent && int_or_percent_value(field) > 100 {
        errors.invalid(field, "must not be greater than 100%");
    }
}
