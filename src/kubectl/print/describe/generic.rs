//! Kinds that nothing acts on. Upstream: `describe.go: genericDescriber, describeNamespace, describeConfigMap`.

use super::writer::Writer;
use crate::api::Labels;
use crate::kubectl::print::{Item, Shown, golang, object};
use crate::kubectl::resource::Resource;
use serde_json::{Map, Value};

/// What of the metadata has lines of its own.
const SKIPPED: &[&str] =
    &[".metadata.managedFields", ".metadata.name", ".metadata.namespace", ".metadata.labels", ".metadata.annotations"];

/// An object of a kind that is not simulated.
pub fn describe(writer: &mut Writer, _shown: &Shown<'_>, resource: &Resource, item: &Item<'_>) {
    let value = object::to_json(item);
    match resource.kind {
        "Namespace" => namespace(writer, &value),
        "ConfigMap" => config_map(writer, &value),
        "Secret" => secret(writer, &value),
        "ServiceAccount" => {
            head(writer, &value, true);
            writer.field(0, "Image pull secrets", "<none>");
        }
        _ => describe_value(writer, &value),
    }
}

/// Whether a description of the kind ends with Events.
#[must_use]
pub fn has_events(resource: &Resource) -> bool {
    !matches!(resource.kind, "Namespace" | "Secret")
}

/// Every field, by name (`genericDescriber.Describe`).
pub fn describe_value(writer: &mut Writer, value: &Value) {
    head(writer, value, true);
    if let Value::Object(fields) = value {
        content(writer, 0, fields, "");
    }
}

fn head(writer: &mut Writer, value: &Value, with_namespace: bool) {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    writer.field(0, "Name", text("/metadata/name"));
    if with_namespace {
        writer.field(0, "Namespace", text("/metadata/namespace"));
    }
    writer.labels("Labels", &map(value, "/metadata/labels"));
    writer.annotations("Annotations", &map(value, "/metadata/annotations"));
}

fn map(value: &Value, pointer: &str) -> Labels {
    let fields = value.pointer(pointer).and_then(Value::as_object);
    fields.into_iter().flatten().map(|(key, value)| (key.clone(), golang::plain(value))).collect()
}

/// `printUnstructuredContent`.
fn content(writer: &mut Writer, level: usize, fields: &Map<String, Value>, prefix: &str) {
    for (name, value) in fields {
        let path = format!("{prefix}.{name}");
        if SKIPPED.contains(&path.as_str()) {
            continue;
        }
        match value {
            Value::Object(fields) => {
                writer.line(level, format!("{}:", label(name)));
                content(writer, level + 1, fields, &path);
            }
            Value::Array(items) => {
                writer.line(level, format!("{}:", label(name)));
                for item in items {
                    match item {
                        Value::Object(fields) => content(writer, level + 1, fields, &path),
                        scalar => writer.line(level + 1, golang::plain(scalar)),
                    }
                }
            }
            scalar => writer.field(level, &label(name), golang::plain(scalar)),
        }
    }
}

/// A field's name as a label: `creationTimestamp` becomes `Creation Timestamp` (`smartLabelFor`).
fn label(field: &str) -> String {
    const ACRONYMS: &[&str] = &["API", "URL", "UID", "GUID"];
    if field.chars().any(|char| !char.is_alphabetic() && char != '-') {
        return field.into();
    }
    let words = words(field).into_iter().map(|word| {
        let upper = word.to_uppercase();
        let is_lower = word == word.to_lowercase();
        if ACRONYMS.contains(&upper.as_str()) {
            upper
        } else if is_lower {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
        } else {
            word
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// The words of a name in camel case; a run of capitals is one word, up to the capital that begins the next.
fn words(field: &str) -> Vec<String> {
    let chars: Vec<char> = field.chars().collect();
    let mut words: Vec<String> = vec![];
    for (index, char) in chars.iter().copied().enumerate() {
        let before = index.checked_sub(1).and_then(|index| chars.get(index)).copied();
        let next = chars.get(index + 1).copied();
        let begins = before.is_none_or(|before| {
            char.is_uppercase() && (!before.is_uppercase() || next.is_some_and(char::is_lowercase))
                || (char == '-') != (before == '-')
        });
        match words.last_mut() {
            Some(word) if !begins || char.is_uppercase() && is_abbreviation(word) => word.push(char),
            _ => words.push(char.into()),
        }
    }
    words
}

/// Two capitals or more and nothing else: the word after it is joined to it.
fn is_abbreviation(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(char::is_uppercase)
}

fn namespace(writer: &mut Writer, value: &Value) {
    head(writer, value, false);
    let phase = value.pointer("/status/phase").and_then(Value::as_str).unwrap_or("Active");
    writer.field(0, "Status", phase);
    writer.line(0, "");
    writer.line(0, "No resource quota.");
    writer.line(0, "");
    writer.line(0, "No LimitRange resource.");
}

fn config_map(writer: &mut Writer, value: &Value) {
    head(writer, value, true);
    writer.line(0, "");
    writer.line(0, "Data");
    writer.line(0, "====");
    for (key, text) in map(value, "/data") {
        writer.line(0, format!("{key}:"));
        writer.line(0, "----");
        writer.line(0, text);
        writer.line(0, "");
    }
    writer.line(0, "");
    writer.line(0, "BinaryData");
    writer.line(0, "====");
    for (key, text) in map(value, "/binaryData") {
        writer.line(0, format!("{key}: {} bytes", decoded_length(&text)));
    }
    writer.line(0, "");
}

fn secret(writer: &mut Writer, value: &Value) {
    head(writer, value, true);
    let kind = value.get("type").and_then(Value::as_str).unwrap_or("Opaque");
    writer.line(0, "");
    writer.field(0, "Type", kind);
    writer.line(0, "");
    writer.line(0, "Data");
    writer.line(0, "====");
    for (key, text) in map(value, "/data") {
        writer.field(0, &key, format!("{} bytes", decoded_length(&text)));
    }
}

/// How many bytes a text in base 64 stands for.
fn decoded_length(text: &str) -> usize {
    let digits = text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=').count();
    digits * 3 / 4
}
