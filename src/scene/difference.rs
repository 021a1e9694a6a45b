//! What a change changes, field by field.

use crate::cluster::Change;
use serde_json::Value;

/// A field whose value differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Its path, such as `status.phase`; items of a list that have a type or a name are called by it.
    pub path: String,
    /// Its value before; none where it was absent.
    pub before: Option<String>,
    /// Its value after; none where it is absent.
    pub after: Option<String>,
}

/// Fields that differ with the writes of others and say nothing themselves.
const QUIET: [&str; 6] =
    ["resourceVersion", "managedFields", "generation", "observedGeneration", "lastTransitionTime", "lastUpdateTime"];

/// The fields that a change of an object changes; none where it makes or removes the object.
#[must_use]
pub fn difference(change: &Change) -> Vec<FieldChange> {
    let (Some(before), Some(after)) = (&change.before, &change.after) else { return vec![] };
    let mut changes = vec![];
    compare("", Some(&before.to_json()), Some(&after.to_json()), &mut changes);
    changes
}

fn compare(path: &str, before: Option<&Value>, after: Option<&Value>, out: &mut Vec<FieldChange>) {
    let name = path.rsplit('.').next().unwrap_or(path);
    if before == after || QUIET.contains(&name) {
        return;
    }
    let inside = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (before, after) {
        (Some(Value::Object(_)), Some(Value::Object(_)))
        | (Some(Value::Object(_)), None)
        | (None, Some(Value::Object(_))) => {
            let fields = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
            let (before, after) = (fields(before), fields(after));
            let added = after.keys().filter(|key| !before.contains_key(*key));
            for key in before.keys().chain(added) {
                compare(&inside(key), before.get(key), after.get(key), out);
            }
        }
        (Some(Value::Array(_)) | None, Some(Value::Array(_)) | None) => {
            let (before, after) = (items(before), items(after));
            let added = after.iter().filter(|(name, _)| before.iter().all(|(other, _)| other != name));
            for (name, _) in before.iter().chain(added) {
                let of =
                    |items: &[(String, Value)]| items.iter().find(|(other, _)| other == name).map(|it| it.1.clone());
                compare(&format!("{path}[{name}]"), of(&before).as_ref(), of(&after).as_ref(), out);
            }
        }
        (before, after) => {
            out.push(FieldChange { path: path.to_owned(), before: before.map(flat), after: after.map(flat) })
        }
    }
}

/// The items of a list by what they are called, else by their number.
fn items(list: Option<&Value>) -> Vec<(String, Value)> {
    let items = list.and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter().enumerate();
    let name = |index: usize, item: &Value| {
        let named = ["type", "name", "key"].iter().find_map(|key| item.get(key)?.as_str());
        named.map_or_else(|| index.to_string(), str::to_owned)
    };
    items.map(|(index, item)| (name(index, item), item.clone())).collect()
}

fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
