//! JSON → typed objects, strictly.

mod autoscaler;
mod typed;

use super::field_error::{FieldError, FieldErrorKind};
use super::schema::{self, Lookup};
use crate::api::{Kind, Object};
use serde_json::Value;

pub(super) use typed::{Misfit, restore, typed};

/// Decodes an object of a simulated kind. Nothing is defaulted or validated.
///
/// # Errors
/// Unknown fields and values of a wrong type, as the API server's strict decoding finds them, and values that no
/// object can hold, such as an `updateStrategy.type` that does not exist.
pub fn decode(value: &Value) -> Result<Object, Vec<FieldError>> {
    let kind = kind_of(value)?;
    check(value)?;
    let (object, misfits) = typed(kind, value)?;
    if misfits.is_empty() {
        return Ok(object);
    }
    let errors = misfits
        .into_iter()
        .map(|misfit| FieldError::of_value(misfit.path_text(), FieldErrorKind::Invalid, misfit.value, misfit.expected));
    Err(errors.collect())
}

/// Strict decoding of any kind that has a schema.
///
/// # Errors
/// Unknown fields, or the first value of a wrong type.
pub fn check(value: &Value) -> Result<(), Vec<FieldError>> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let Lookup::Served(info) = schema::lookup(text("apiVersion"), text("kind")) else { return Ok(()) };
    let errors = info.schema.map(|schema| schema::check(schema, value)).unwrap_or_default();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The simulated kind of an object.
///
/// # Errors
/// Where `kind` or `apiVersion` is missing, or is none of a simulated kind.
pub fn kind_of(value: &Value) -> Result<Kind, Vec<FieldError>> {
    let text = |key: &str| match value.get(key).and_then(Value::as_str) {
        Some(text) => Ok(text),
        None => Err(vec![FieldError::new(key, FieldErrorKind::Required, "")]),
    };
    let (api_version, name) = (text("apiVersion")?, text("kind")?);
    simulated(api_version, name).ok_or_else(|| {
        let detail = format!("no matches for kind \"{name}\" in version \"{api_version}\" among the simulated kinds");
        vec![FieldError::of_value("kind", FieldErrorKind::NotSupported, name, detail)]
    })
}

/// The simulated kind of that name in that version, or in one that means the same.
#[must_use]
pub fn simulated(api_version: &str, name: &str) -> Option<Kind> {
    let is_served = |kind: &Kind| {
        kind.api_version() == api_version
            || *kind == Kind::HorizontalPodAutoscaler && api_version == autoscaler::OLD_VERSION
    };
    Kind::parse(name).filter(is_served)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use serde_json::json;

    #[test]
    fn an_object_is_decoded_with_nulls_dropped() {
        let object = decode(&json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "labels": null},
            "spec": {"containers": [{"name": "c", "image": null, "ports": null}]}}))
        .unwrap();
        assert_eq!(object.metadata().name, "a");
        assert_eq!(object.as_pod().unwrap().spec.containers.len(), 1);
    }

    #[test]
    fn what_no_object_can_hold_is_set_aside_and_put_back() {
        let value = json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "a"},
            "spec": {"updateStrategy": {"type": "Recreate"}, "podManagementPolicy": "",
                "template": {"spec": {"tolerations": [{"effect": "NoRun"}]}}}});
        let (object, misfits) = typed(Kind::StatefulSet, &value).unwrap();
        let paths: Vec<_> = misfits.iter().map(Misfit::path_text).collect();
        assert_eq!(paths, ["spec.template.spec.tolerations[0].effect", "spec.updateStrategy.type"]);
        let mut json = object.to_json();
        restore(&mut json, &misfits);
        assert_eq!(json["spec"]["updateStrategy"]["type"], "Recreate");
        assert_eq!(json["spec"]["template"]["spec"]["tolerations"][0]["effect"], "NoRun");
        assert_eq!(decode(&value).unwrap_err().len(), 2);
    }

    #[test]
    fn other_kinds_are_refused_by_name() {
        let error = decode(&json!({"apiVersion": "v1", "kind": "ConfigMap"})).unwrap_err();
        assert_eq!(error[0].path, "kind");
        assert_eq!(decode(&json!({"kind": "Pod"})).unwrap_err()[0].path, "apiVersion");
        assert!(decode(&json!(3)).is_err());
    }
}
