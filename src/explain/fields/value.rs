//! Values of fields as a manifest could have them, in one line.

use serde::Serialize;
use serde_json::Value;

/// A value on one line, in YAML's flow style: `3`, `OrderedReady`, `{disk: ssd}`, `[{key: gpu, operator: Exists}]`.
pub(super) fn flow(value: &impl Serialize) -> String {
    let mut text = String::new();
    write(&serde_json::to_value(value).unwrap_or_default(), &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => text.push_str(&number.to_string()),
        Value::String(words) if words.is_empty() => text.push_str("\"\""),
        Value::String(words) => text.push_str(words),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            text.push('{');
            let written = fields.iter().filter(|(_, field)| !is_absent(field));
            for (index, (name, field)) in written.enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                text.push_str(name);
                text.push_str(": ");
                write(field, text);
            }
            text.push('}');
        }
    }
}

/// Whether a field says nothing.
fn is_absent(field: &Value) -> bool {
    match field {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(is_absent),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => false,
    }
}

/// The fields in which the second value differs from the first, with their new values: `spec.containers[0].image`.
///
/// Labels and annotations have names with dots, so there the whole map is one field.
pub(super) fn differences(before: &impl Serialize, after: &impl Serialize) -> Vec<(String, String)> {
    let (before, after) =
        (serde_json::to_value(before).unwrap_or_default(), serde_json::to_value(after).unwrap_or_default());
    let mut found = vec![];
    compare(&before, &after, "", &mut found);
    found
}

fn compare(before: &Value, after: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match (before, after) {
        (Value::Object(old), Value::Object(new)) if new.keys().chain(old.keys()).all(|name| is_plain(name)) => {
            for (name, value) in new {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                compare(old.get(name).unwrap_or(&Value::Null), value, &path, found);
            }
            let removed = old.iter().filter(|(name, field)| !new.contains_key(*name) && !is_absent(field));
            found.extend(removed.map(|(name, _)| (format!("{path}.{name}"), "null".into())));
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(old, new, &format!("{path}[{index}]"), found);
            }
        }
        _ if before == after || is_absent(before) && is_absent(after) => {}
        _ => found.push((path.to_owned(), flow(after))),
    }
}

fn is_plain(name: &str) -> bool {
    !name.contains(['.', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_written_on_one_line_without_what_is_absent() {
        assert_eq!(flow(&json!({ "disk": "ssd", "none": null })), "{disk: ssd}");
        assert_eq!(flow(&json!([{ "key": "gpu", "operator": "Exists" }, 3])), "[{key: gpu, operator: Exists}, 3]");
        assert_eq!(flow(&json!("")), "\"\"");
    }

    #[test]
    fn a_changed_template_names_the_field_that_changed() {
        let old = json!({ "spec": { "containers": [{ "name": "web", "image": "nginx:1.26" }] } });
        let new = json!({ "spec": { "containers": [{ "name": "web", "image": "nginx:1.27" }] } });
        assert_eq!(differences(&old, &new), [("spec.containers[0].image".to_owned(), "nginx:1.27".to_owned())]);
    }

    #[test]
    fn a_map_whose_names_have_dots_is_one_field() {
        let old = json!({ "metadata": { "annotations": { "a/b.c": "1" } } });
        let new = json!({ "metadata": { "annotations": { "a/b.c": "2" } } });
        assert_eq!(differences(&old, &new), [("metadata.annotations".to_owned(), "{a/b.c: 2}".to_owned())]);
    }
}
