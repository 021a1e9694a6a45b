//! Strict decoding as `sigs.k8s.io/json` does it: unknown fields by their path, and the first value of a wrong type.

use super::{FieldType, fields};
use crate::api::Quantity;
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use serde_json::Value;

/// Checks a value against a struct. A wrong type is reported alone, as decoding ends with it.
#[must_use]
pub fn check(root: &'static str, value: &Value) -> Vec<FieldError> {
    let mut check = Check { unknown: Vec::new(), mismatch: None };
    let place = Place { path: String::new(), go_path: String::new(), owner: root };
    check.walk(&FieldType::Struct(root), value, &place);
    match check.mismatch {
        Some(mismatch) => vec![mismatch],
        None => check.unknown,
    }
}

struct Check {
    unknown: Vec<FieldError>,
    mismatch: Option<FieldError>,
}

/// Where a value is: for people with indices, for Go without.
struct Place {
    path: String,
    go_path: String,
    /// The innermost struct.
    owner: &'static str,
}

impl Check {
    fn walk(&mut self, kind: &FieldType, value: &Value, place: &Place) {
        match (kind, value) {
            (_, Value::Null)
            | (FieldType::Any, _)
            | (FieldType::String(_) | FieldType::Time, Value::String(_))
            | (FieldType::Bool, Value::Bool(_))
            | (FieldType::IntOrString, Value::String(_)) => {}
            (FieldType::Int64, Value::Number(number)) if number.is_i64() => {}
            (FieldType::Int32 | FieldType::IntOrString, Value::Number(number))
                if number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()) => {}
            (FieldType::Quantity, Value::String(_) | Value::Number(_)) => {
                let text = value.as_str().map_or_else(|| value.to_string(), ToString::to_string);
                if Quantity::parse(text.trim()).is_none() {
                    let detail =
                        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
                    self.mismatch(place, value, detail.into());
                }
            }
            (FieldType::List(item), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    let path = format!("{}[{index}]", place.path);
                    self.walk(item, value, &Place { path, go_path: place.go_path.clone(), owner: place.owner });
                }
            }
            (FieldType::Map(item), Value::Object(entries)) => {
                for (key, value) in entries {
                    let path = format!("{}[{key}]", place.path);
                    self.walk(item, value, &Place { path, go_path: place.go_path.clone(), owner: place.owner });
                }
            }
            (FieldType::Struct(name), Value::Object(entries)) => self.walk_struct(name, entries, place),
            _ => self.wrong_type(kind, value, place),
        }
    }

    fn walk_struct(&mut self, name: &'static str, entries: &serde_json::Map<String, Value>, place: &Place) {
        let Some(known) = fields(name) else { return };
        for (key, value) in entries {
            let join = |before: &str| if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
            let embedding = match embedded(name, key) {
                Some(part) if place.go_path.is_empty() => part.to_string(),
                Some(part) => format!("{}.{part}", place.go_path),
                None => place.go_path.clone(),
            };
            let within = Place { path: join(&place.path), go_path: join(&embedding), owner: name };
            match known.iter().find(|(field, _)| field == key) {
                Some((_, kind)) => self.walk(kind, value, &within),
                None if place.path.is_empty() && matches!(key.as_str(), "apiVersion" | "kind") => {
                    self.walk(&FieldType::String("string"), value, &within);
                }
                None => self.unknown.push(FieldError::new(within.path, FieldErrorKind::Unknown, name)),
            }
        }
    }

    fn wrong_type(&mut self, kind: &FieldType, value: &Value, place: &Place) {
        let is_integer = matches!(kind, FieldType::Int32 | FieldType::Int64 | FieldType::IntOrString);
        let found = match value {
            Value::Number(number) if is_integer => format!("number {}", go_number(number)),
            Value::Number(_) => "number".into(),
            Value::String(_) => "string".into(),
            Value::Bool(_) => "bool".into(),
            Value::Array(_) => "array".into(),
            Value::Object(_) => "object".into(),
            Value::Null => return,
        };
        let detail = match kind {
            FieldType::Time => format!("json: cannot unmarshal {found} into Go value of type string"),
            FieldType::Quantity => {
                "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'".into()
            }
            _ => {
                let owner = place.owner.strip_suffix("(1)").unwrap_or(place.owner);
                let owner = owner.rsplit('.').next().unwrap_or(owner);
                format!(
                    "json: cannot unmarshal {found} into Go struct field {owner}.{} of type {}",
                    place.go_path,
                    kind.go_name()
                )
            }
        };
        self.mismatch(place, value, detail);
    }

    fn mismatch(&mut self, place: &Place, value: &Value, detail: String) {
        if self.mismatch.is_none() {
            let error = FieldError::of_value(place.path.clone(), FieldErrorKind::Type, value.clone(), detail);
            self.mismatch = Some(error);
        }
    }
}

/// A number as `kubectl` sends it on, which has read it as a float where it is no whole number of 64 bits: JSON as Go
/// writes it has an exponent only beyond 21 digits.
fn go_number(number: &serde_json::Number) -> String {
    match (number.as_i64(), number.as_f64()) {
        (None, Some(value)) if value.abs() < 1e21 && value.fract() == 0.0 => {
            // The shortest digits that are the number, then zeros.
            let short = format!("{value:e}");
            let (digits, exponent) = short.split_once('e').unwrap_or((&short, "0"));
            let sign = if digits.starts_with('-') { "-" } else { "" };
            let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
            let width = exponent.parse::<usize>().unwrap_or(0) + 1;
            format!("{sign}{digits:0<width$}")
        }
        _ => number.to_string(),
    }
}

/// The struct without a name of its own in which Go keeps a field; decoding names it.
fn embedded(owner: &str, field: &str) -> Option<&'static str> {
    match (owner, field) {
        ("Probe", "exec" | "httpGet" | "tcpSocket" | "grpc") => Some("ProbeHandler"),
        ("Volume", "name") => None,
        ("Volume", _) => Some("VolumeSource"),
        (
            "ConfigMapEnvSource"
            | "SecretEnvSource"
            | "ConfigMapKeySelector"
            | "SecretKeySelector"
            | "ConfigMapVolumeSource"
            | "ConfigMapProjection"
            | "SecretProjection",
            "name",
        ) => Some("LocalObjectReference"),
        ("EphemeralContainer", "targetContainerName") => None,
        ("EphemeralContainer", _) => Some("EphemeralContainerCommon"),
        (
            "PersistentVolumeSpec",
            "capacity"
            | "accessModes"
            | "claimRef"
            | "persistentVolumeReclaimPolicy"
            | "storageClassName"
            | "mountOptions"
            | "volumeMode"
            | "nodeAffinity"
            | "volumeAttributesClassName",
        ) => None,
        ("PersistentVolumeSpec", _) => Some("PersistentVolumeSource"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn texts(value: &Value) -> Vec<String> {
        check("StatefulSet", value).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn unknown_fields_are_named_by_their_path() {
        let value = json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "spec": {"replcias": 1, "template": {"spec":
            {"containers": [{"imgae": "a", "env": [{"nmae": "X"}]}]}}}});
        assert_eq!(
            texts(&value),
            [
                r#"unknown field "spec.replcias""#,
                r#"unknown field "spec.template.spec.containers[0].env[0].nmae""#,
                r#"unknown field "spec.template.spec.containers[0].imgae""#
            ]
        );
    }

    #[test]
    fn wrong_types_are_worded_as_go_words_them() {
        assert_eq!(
            texts(&json!({"spec": {"replicas": "2", "nonsense": 1}})),
            ["json: cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32"]
        );
        assert_eq!(
            texts(&json!({"spec": {"template": {"metadata": {"labels": {"version": 1}}}}})),
            [
                "json: cannot unmarshal number into Go struct field ObjectMeta.spec.template.metadata.labels of type string"
            ]
        );
        assert_eq!(
            texts(&json!({"spec": {"template": {"spec": {"containers": {"name": "a"}}}}})),
            [
                "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container"
            ]
        );
    }
}
