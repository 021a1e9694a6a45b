//! Deployment and ReplicaSet. Upstream: `pkg/apis/apps/validation/validation.go`,
//! `pkg/registry/apps/{deployment,replicaset}/strategy.go`.

use super::field::{Errors, Field};
use super::meta::{self, Selector};
use super::workload::{MISMATCH, at_most_all, int_or_percent, int_or_percent_value, only_always, refuse_empty};
use super::{names, pod};
use serde_json::{Value, json};

pub(super) fn deployment(object: &Field, errors: &mut Errors) {
    meta::create(&object.at("metadata"), true, names::dns_subdomain, errors);
    deployment_spec(&object.at("spec"), errors);
}

pub(super) fn deployment_update(old: &Field, new: &Field, errors: &mut Errors) {
    deployment_spec(&new.at("spec"), errors);
    errors.immutable(&old.at("spec").at("selector"), &new.at("spec").at("selector"));
}

pub(super) fn replica_set(object: &Field, errors: &mut Errors) {
    meta::create(&object.at("metadata"), true, names::dns_subdomain, errors);
    replica_set_spec(&object.at("spec"), errors);
}

pub(super) fn replica_set_update(old: &Field, new: &Field, errors: &mut Errors) {
    replica_set_spec(&new.at("spec"), errors);
    errors.immutable(&old.at("spec").at("selector"), &new.at("spec").at("selector"));
}

fn replica_set_spec(spec: &Field, errors: &mut Errors) {
    errors.non_negative(&spec.at("replicas"));
    errors.non_negative(&spec.at("minReadySeconds"));
    selector_and_template(spec, errors);
}

fn deployment_spec(spec: &Field, errors: &mut Errors) {
    errors.non_negative(&spec.at("replicas"));
    selector_and_template(spec, errors);
    strategy(&spec.at("strategy"), errors);
    errors.non_negative(&spec.at("minReadySeconds"));
    errors.non_negative(&spec.at("revisionHistoryLimit"));
    let deadline = spec.at("progressDeadlineSeconds");
    if deadline.is_set() {
        errors.non_negative(&deadline);
        if deadline.int() <= spec.at("minReadySeconds").int() {
            errors.invalid(&deadline, "must be greater than minReadySeconds");
        }
    }
}

/// Both kinds name a deployment when they refuse an empty selector, and a ReplicaSet when they refuse a deadline of the
/// template (`ValidatePodTemplateSpecForReplicaSet`).
fn selector_and_template(spec: &Field, errors: &mut Errors) {
    let (field, template) = (spec.at("selector"), spec.at("template"));
    if field.is_set() {
        meta::selector(&field, errors);
        refuse_empty(&field, "deployment", errors);
    } else {
        errors.required(&field, "");
    }
    let selector = Selector::of(&field);
    if let Selector::Broken = selector {
        errors.invalid(&field, "invalid label selector");
        return;
    }
    let labels = template.at("metadata").at("labels");
    let is_empty = matches!(&selector, Selector::Some(selector) if selector.is_empty());
    if !is_empty && !selector.matches(&labels) {
        errors.invalid(&labels, MISMATCH);
    }
    pod::template(&template, None, errors);
    only_always(&template.at("spec"), "ReplicaSet", errors);
}

fn strategy(strategy: &Field, errors: &mut Errors) {
    let rolling = strategy.at("rollingUpdate");
    match strategy.at("type").text() {
        "Recreate" => {
            if rolling.is_set() {
                errors.forbidden(&rolling, "may not be specified when strategy `type` is 'Recreate'");
            }
        }
        "RollingUpdate" if !rolling.is_set() => {
            errors.required(&rolling, "this should be defaulted and never be nil");
        }
        "RollingUpdate" => {
            let (unavailable, surge) = (rolling.at("maxUnavailable"), rolling.at("maxSurge"));
            int_or_percent(&unavailable, errors);
            int_or_percent(&surge, errors);
            if int_or_percent_value(&unavailable) == 0 && int_or_percent_value(&surge) == 0 {
                errors.invalid(&unavailable, "may not be 0 when `maxSurge` is 0");
            }
            at_most_all(&unavailable, errors);
        }
        kind => {
            let number = |name: &str| match rolling.at(name).value {
                Value::Null => json!(0),
                value => value.clone(),
            };
            let rolling = match rolling.is_set() {
                true => json!({"MaxUnavailable": number("maxUnavailable"), "MaxSurge": number("maxSurge")}),
                false => Value::Null,
            };
            let value = json!({"Type": kind, "RollingUpdate": rolling});
            errors.not_supported(strategy, value, &["Recreate", "RollingUpdate"]);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use crate::manifest::{admit, decode, defaults};
    use serde_json::{Value, json};

    fn object(kind: &str, changes: &Value) -> Value {
        let mut object = json!({
            "apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "app"},
            "spec": {
                "selector": {"matchLabels": {"app": "app"}},
                "template": {
                    "metadata": {"labels": {"app": "app"}},
                    "spec": {"containers": [{"name": "c", "image": "app:1"}]},
                },
            },
        });
        for (name, value) in changes.as_object().unwrap() {
            object["spec"][name] = value.clone();
        }
        object
    }

    fn refused(kind: &str, changes: &Value) -> Vec<String> {
        match admit(&object(kind, changes), None, false) {
            Ok(_) => vec![],
            Err(refusal) => refusal.errors.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_strategy_has_room_to_move_and_recreate_has_no_numbers() {
        let of = |strategy: Value| refused("Deployment", &json!({ "strategy": strategy }));
        assert!(of(json!({"rollingUpdate": {"maxSurge": "150%", "maxUnavailable": "100%"}})).is_empty());
        assert_eq!(
            of(json!({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": "0%"}})),
            ["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"0%\": may not be 0 when `maxSurge` is 0"]
        );
        assert_eq!(
            of(json!({"rollingUpdate": {"maxUnavailable": "101%"}})),
            ["spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"101%\": must not be greater than 100%"]
        );
        assert_eq!(
            of(json!({"type": "Recreate", "rollingUpdate": {"maxSurge": 1}})),
            ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]
        );
        assert_eq!(
            of(json!({"type": "OnDelete"})),
            ["spec.strategy: Unsupported value: {\"Type\":\"OnDelete\",\"RollingUpdate\":null}: supported values: \
              \"Recreate\", \"RollingUpdate\""]
        );
    }

    #[test]
    fn a_missing_selector_does_not_match_and_an_empty_one_is_refused() {
        for kind in ["Deployment", "ReplicaSet"] {
            assert_eq!(
                refused(kind, &json!({"selector": null})),
                [
                    "spec.selector: Required value",
                    "spec.template.metadata.labels: Invalid value: {\"app\":\"app\"}: `selector` does not match \
                     template `labels`"
                ]
            );
            assert_eq!(
                refused(kind, &json!({"selector": {}})),
                ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"]
            );
        }
    }

    #[test]
    fn numbers_are_not_negative_and_the_deadline_is_longer_than_min_ready_seconds() {
        assert_eq!(
            refused("Deployment", &json!({"replicas": -1, "minReadySeconds": 600, "revisionHistoryLimit": -2})),
            [
                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                "spec.revisionHistoryLimit: Invalid value: -2: must be greater than or equal to 0",
                "spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds",
            ]
        );
        assert_eq!(refused("ReplicaSet", &json!({"replicas": -1, "minReadySeconds": -1})).len(), 2);
    }

    #[test]
    fn the_selector_is_immutable() {
        for kind in ["Deployment", "ReplicaSet"] {
            let mut old = decode(&object(kind, &json!({}))).unwrap();
            defaults::apply(&mut old);
            let mut new = object(kind, &json!({"selector": {"matchLabels": {"app": "shop"}}}));
            new["spec"]["template"]["metadata"]["labels"]["app"] = "shop".into();
            let refusal = admit(&new, Some(&old), false).unwrap_err();
            let errors: Vec<String> = refusal.errors.iter().map(ToString::to_string).collect();
            assert_eq!(
                errors,
                ["spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"shop\"}}: field is immutable"]
            );
        }
    }
}
