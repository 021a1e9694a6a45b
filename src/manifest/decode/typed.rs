//! The typed object, and what it cannot hold.
//!
//! Upstream's types keep any text for `updateStrategy.type` or `maxUnavailable`, and validation complains later, together
//! with everything else that is wrong. The types here are stricter. So that all of it is still said at once, such values
//! are set aside, the rest is decoded and defaulted, and they are put back for validation.

use crate::api::{Kind, Object};
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use serde_json::{Map, Value};

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
    let mut value = value.clone();
    drop_nulls(&mut value);
    let mut misfits = Vec::new();
    for _ in 0..MAX_MISFITS {
        let text = match Object::from_json(kind, &value) {
            Ok(object) => {
                misfits.sort_by_key(Misfit::path_text);
                return Ok((object, misfits));
            }
            Err(error) => error.to_string(),
        };
        let path = culprit(kind, &value);
        let refuse = |path: String| Err(vec![FieldError::new(path, FieldErrorKind::Type, text.clone())]);
        let is_status = matches!(path.first(), Some(Step::Field(name)) if name == "status");
        let Some(taken) = take(&mut value, &path) else {
            return refuse(Misfit { path, value: Value::Null, expected: String::new() }.path_text());
        };
        let expected = complaint(kind, &value, &path, &taken).unwrap_or(text);
        // An empty text is Go's zero value, hence the same as none. A status is the API server's to write.
        if taken != Value::String(String::new()) && !is_status {
            misfits.push(Misfit { path, value: taken, expected });
        }
    }
    Err(vec![FieldError::new("", FieldErrorKind::TooMany, "too many values that cannot be read")])
}

/// The path of a value that the type cannot hold, in an object that cannot be decoded.
///
/// The decoder does not say where it stopped, and one that does costs a tenth of the page. So parts are left out until
/// the rest can be decoded: the part whose absence does it holds a culprit, and is searched the same way.
fn culprit(kind: Kind, value: &Value) -> Vec<Step> {
    let mut value = value.clone();
    let mut path = Vec::new();
    while let Some(step) = culprit_below(kind, &mut value, &path) {
        path.push(step);
    }
    path
}

/// The part of the value at a path that holds a culprit; none where it is the value itself. What else is wrong beside it
/// is left out afterwards.
fn culprit_below(kind: Kind, value: &mut Value, path: &[Step]) -> Option<Step> {
    let complains = |value: &Value| Object::from_json(kind, value).err().map(|error| error.to_string());
    let before = complains(value)?;
    let steps: Vec<Step> = match find(value, path)? {
        Value::Object(fields) => fields.keys().cloned().map(Step::Field).collect(),
        Value::Array(items) => (0..items.len()).map(Step::Index).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    let mut rest = value.clone();
    for step in &steps {
        let taken = find(&mut rest, path).and_then(|parent| leave_out(parent, step))?;
        if complains(&rest).is_none() {
            put_back(find(&mut rest, path)?, step, taken);
            *value = rest;
            return Some(step.clone());
        }
    }
    // Something that must not be left out is wrong: without it the complaint is another one.
    steps.into_iter().find(|step| {
        let mut rest = value.clone();
        let left_out = find(&mut rest, path).and_then(|parent| leave_out(parent, step));
        left_out.is_some() && complains(&rest).is_some_and(|after| after != before)
    })
}

/// Takes a field out of an object; an item of a list is replaced by an empty one, so that the others keep their places.
fn leave_out(parent: &mut Value, step: &Step) -> Option<Value> {
    match step {
        Step::Field(name) => parent.as_object_mut()?.remove(name),
        Step::Index(index) => {
            let slot = parent.as_array_mut()?.get_mut(*index)?;
            let empty = if slot.is_string() { Value::String(String::new()) } else { Value::Object(Map::new()) };
            Some(std::mem::replace(slot, empty))
        }
    }
}

fn put_back(parent: &mut Value, step: &Step, value: Value) {
    match (parent, step) {
        (Value::Object(fields), Step::Field(name)) => drop(fields.insert(name.clone(), value)),
        (Value::Array(items), Step::Index(index)) => {
            if let Some(slot) = items.get_mut(*index) {
                *slot = value;
            }
        }
        _ => {}
    }
}

/// What the decoder says about a value at its place in an object that has nothing else wrong before it.
fn complaint(kind: Kind, rest: &Value, path: &[Step], taken: &Value) -> Option<String> {
    let mut alone = rest.clone();
    let (last, parents) = path.split_last()?;
    put_back(find(&mut alone, parents)?, last, taken.clone());
    Object::from_json(kind, &alone).err().map(|error| error.to_string())
}

/// Go decodes `null` as if the field were not there.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
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
