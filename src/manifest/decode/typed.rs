//! The typed object, and what it cannot hold.
//!
//! Upstream's types keep any text for `updateStrategy.type` or `maxUnavailable`, and validation complains later, together
//! with everything else that is wrong. The types here are stricter. So that all of it is still said at once, such values
//! are set aside, the rest is decoded and defaulted, and they are put back for validation.

use crate::api::{Kind, Object, Resource};
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;
use std::rc::Rc;

/// More misfits than this in one object are not looked for.
const MAX_MISFITS: usize = 100;

/// A value that the typed object cannot hold.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::manifest) struct Misfit {
    path: Vec<Step>,
    /// The value as written.
    pub value: Value,
    /// What the type can hold.
    pub expected: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Field(String),
    Index(usize),
}

impl Misfit {
    /// The path as the API prints it.
    pub fn path_text(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            match step {
                Step::Field(name) if text.is_empty() => text.push_str(name),
                Step::Field(name) => text.extend([".", name]),
                Step::Index(index) => text.push_str(&format!("[{index}]")),
            }
        }
        text
    }
}

/// Decodes what can be decoded.
pub(in crate::manifest) fn typed(kind: Kind, value: &Value) -> Result<(Object, Vec<Misfit>), Vec<FieldError>> {
    if super::autoscaler::is_old(value) {
        return typed(kind, &super::autoscaler::converted(value));
    }
    match kind {
        Kind::Node => typed_as::<crate::api::Node>(value),
        Kind::StorageClass => typed_as::<crate::api::StorageClass>(value),
        Kind::PersistentVolume => typed_as::<crate::api::PersistentVolume>(value),
        Kind::PersistentVolumeClaim => typed_as::<crate::api::PersistentVolumeClaim>(value),
        Kind::Service => typed_as::<crate::api::Service>(value),
        Kind::StatefulSet => typed_as::<crate::api::StatefulSet>(value),
        Kind::DaemonSet => typed_as::<crate::api::DaemonSet>(value),
        Kind::Deployment => typed_as::<crate::api::Deployment>(value),
        Kind::ReplicaSet => typed_as::<crate::api::ReplicaSet>(value),
        Kind::HorizontalPodAutoscaler => typed_as::<crate::api::HorizontalPodAutoscaler>(value),
        Kind::PodDisruptionBudget => typed_as::<crate::api::PodDisruptionBudget>(value),
        Kind::PriorityClass => typed_as::<crate::api::PriorityClass>(value),
        Kind::EndpointSlice => typed_as::<crate::api::EndpointSlice>(value),
        Kind::ControllerRevision => typed_as::<crate::api::ControllerRevision>(value),
        Kind::Pod => typed_as::<crate::api::Pod>(value),
    }
}

fn typed_as<T: Resource + DeserializeOwned>(value: &Value) -> Result<(Object, Vec<Misfit>), Vec<FieldError>> {
    let mut value = value.clone();
    drop_nulls(&mut value);
    let mut misfits = Vec::new();
    let mut filled: Vec<(Vec<Step>, usize)> = Vec::new();
    for _ in 0..MAX_MISFITS {
        let error = match serde_path_to_error::deserialize::<_, T>(&value) {
            Ok(object) => {
                misfits.sort_by_key(Misfit::path_text);
                return Ok((T::into_object(Rc::new(object)), misfits));
            }
            Err(error) => error,
        };
        let path: Vec<Step> = error
            .path()
            .iter()
            .filter_map(|segment| match segment {
                Segment::Seq { index } => Some(Step::Index(*index)),
                Segment::Map { key } => Some(Step::Field(key.clone())),
                Segment::Enum { .. } | Segment::Unknown => None,
            })
            .collect();
        let text = error.inner().to_string();
        if fill(&mut value, &path, &text, &mut filled) {
            continue;
        }
        if text.starts_with("invalid type: map, expected a string") && set_empty_text(&mut value, &path) {
            continue;
        }
        let refuse = |path: String| Err(vec![FieldError::new(path, FieldErrorKind::Type, text.clone())]);
        let is_status = matches!(path.first(), Some(Step::Field(name)) if name == "status");
        let Some(taken) = take(&mut value, &path) else {
            return refuse(Misfit { path, value: Value::Null, expected: String::new() }.path_text());
        };
        // An empty text is Go's zero value, hence the same as none. A status is the API server's to write.
        if taken != Value::String(String::new()) && !is_status {
            misfits.push(Misfit { path, value: taken, expected: text });
        }
    }
    Err(vec![FieldError::new("", FieldErrorKind::TooMany, "too many values that cannot be read")])
}

/// Gives what is missing Go's zero value, of the type that fits.
fn fill(value: &mut Value, path: &[Step], text: &str, filled: &mut Vec<(Vec<Step>, usize)>) -> bool {
    let stand_in = |attempt: usize| match attempt {
        0 => Some(Value::String(String::new())),
        1 => Some(0.into()),
        2 => Some(false.into()),
        3 => Some(Value::Object(Default::default())),
        4 => Some(Value::Array(Vec::new())),
        _ => None,
    };
    let (whole, attempt) = match text.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        Some((name, _)) => {
            let mut whole = path.to_vec();
            whole.push(Step::Field(name.to_owned()));
            filled.push((whole.clone(), 0));
            (whole, 0)
        }
        None => {
            let Some((whole, attempt)) = filled.iter_mut().find(|(whole, _)| whole.as_slice() == path) else {
                return false;
            };
            *attempt += 1;
            (whole.clone(), *attempt)
        }
    };
    let Some((Step::Field(name), parents)) = whole.split_last() else { return false };
    match (find(value, parents), stand_in(attempt)) {
        (Some(Value::Object(fields)), Some(stand_in)) => {
            fields.insert(name.clone(), stand_in);
            true
        }
        _ => false,
    }
}

/// A `null` in a list of texts, which was taken for a struct.
fn set_empty_text(value: &mut Value, path: &[Step]) -> bool {
    let Some((Step::Index(index), parents)) = path.split_last() else { return false };
    match find(value, parents).and_then(|list| list.get_mut(index)) {
        Some(item) if item.as_object().is_some_and(serde_json::Map::is_empty) => {
            *item = String::new().into();
            true
        }
        _ => false,
    }
}

/// Maps from text to text.
const TEXTS: [&str; 6] =
    ["labels", "matchLabels", "nodeSelector", "parameters", "volumeAttributes", "deprecatedTopology"];
/// Maps from text to quantities.
const AMOUNTS: [&str; 5] = ["requests", "limits", "capacity", "allocatable", "overhead"];

/// Go decodes `null` as if the field were not there; as an entry of a map or a list it is Go's zero value.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let zero = match name.as_str() {
                    name if TEXTS.contains(&name) => "",
                    name if AMOUNTS.contains(&name) => "0",
                    _ => continue,
                };
                let entries = field.as_object_mut().into_iter().flat_map(serde_json::Map::values_mut);
                entries.filter(|entry| entry.is_null()).for_each(|entry| *entry = zero.into());
            }
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => {
            items.iter_mut().filter(|item| item.is_null()).for_each(|item| *item = Value::Object(Default::default()));
            items.iter_mut().for_each(drop_nulls);
        }
        _ => {}
    }
}

/// Takes a value out, leaving one in its place where the type asks for one. Progress is certain: what is taken is
/// either gone or replaced by a value that fits.
fn take(value: &mut Value, path: &[Step]) -> Option<Value> {
    let (last, parents) = path.split_last()?;
    let parent = find(value, parents)?;
    match last {
        Step::Index(index) => {
            let slot = parent.as_array_mut()?.get_mut(*index)?;
            if slot.is_null() { None } else { Some(slot.take()) }
        }
        Step::Field(name) => {
            let fields = parent.as_object_mut()?;
            let stand_in = match name.as_str() {
                "effect" => Some("NoSchedule"),
                // So that defaulting adds no `rollingUpdate` that nobody wrote.
                "type" => Some("OnDelete"),
                _ => None,
            };
            let taken = fields.remove(name)?;
            if let Some(stand_in) = stand_in.filter(|stand_in| taken != *stand_in && taken != "") {
                fields.insert(name.clone(), stand_in.into());
            }
            Some(taken)
        }
    }
}

fn find<'a>(value: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Index(index) => value.get_mut(index),
    })
}

/// Puts misfits back where they were.
pub(in crate::manifest) fn restore(value: &mut Value, misfits: &[Misfit]) {
    for misfit in misfits {
        let Some((last, parents)) = misfit.path.split_last() else { continue };
        match (find(value, parents), last) {
            (Some(Value::Object(fields)), Step::Field(name)) => {
                fields.insert(name.clone(), misfit.value.clone());
            }
            (Some(Value::Array(items)), Step::Index(index)) => {
                if let Some(slot) = items.get_mut(*index) {
                    *slot = misfit.value.clone();
                }
            }
            _ => {}
        }
    }
}
