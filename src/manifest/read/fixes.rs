//! Edits that put something in without disturbing what is there.

use crate::api::Labels;
use crate::manifest::diagnostic::{Edit, Fix};
use crate::manifest::yaml::{Entry, Lines, Node};
use serde_json::Value;

/// The line break that a text uses.
pub(super) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Puts lines before an entry, in its column; in braces, before it in its line. `block` is for the former, with
/// two spaces a level, `flow` for the latter.
pub(super) fn insert_before(text: &str, file: usize, entry: &Entry, block: &[String], flow: &str) -> Option<Edit> {
    if entry.is_merged {
        return None;
    }
    let at = entry.key_span.start;
    let line = Lines::new(text).line_range(text, at.line);
    let before = text.get(line.start..at.byte)?;
    let inserted = if before.chars().all(|c| matches!(c, ' ' | '-')) {
        let indent = " ".repeat(before.len());
        block.iter().map(|line| format!("{line}{}{indent}", line_break(text))).collect()
    } else {
        format!("{flow}, ")
    };
    Some(Edit { file, start_byte: at.byte, end_byte: at.byte, text: inserted })
}

/// A scalar as YAML, in quotes where it would not be read as text.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'))
        && text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && !matches!(text.to_lowercase().as_str(), "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null");
    if is_plain { text.into() } else { Value::from(text).to_string() }
}

/// Labels of a mapping in JSON.
pub(super) fn labels(value: Option<&Value>) -> Labels {
    let entries = value.and_then(Value::as_object).into_iter().flatten();
    entries.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_string()))).collect()
}

fn flow_labels(labels: &Labels) -> String {
    let pairs: Vec<_> = labels.iter().map(|(key, value)| format!("{}: {}", quoted(key), quoted(value))).collect();
    format!("{{{}}}", pairs.join(", "))
}

fn block_labels(labels: &Labels, indent: &str) -> Vec<String> {
    labels.iter().map(|(key, value)| format!("{indent}{}: {}", quoted(key), quoted(value))).collect()
}

/// Adds the selector that matches the labels of the template.
pub(super) fn add_selector(text: &str, file: usize, root: &Node, json: &Value) -> Option<Fix> {
    let labels = labels(json.pointer("/spec/template/metadata/labels"));
    if labels.is_empty() || json.pointer("/spec/selector").is_some_and(|selector| !selector.is_null()) {
        return None;
    }
    let template = root.get("spec")?.value.get("template")?;
    let mut block = vec!["selector:".to_string(), "  matchLabels:".to_string()];
    block.extend(block_labels(&labels, "    "));
    let flow = format!("selector: {{matchLabels: {}}}", flow_labels(&labels));
    let edit = insert_before(text, file, template, &block, &flow)?;
    Some(Fix { title: "Add the selector that matches the template's labels".into(), edits: vec![edit] })
}

/// Gives the template the labels that the selector asks for. The selector stays: it cannot be changed later.
pub(super) fn add_labels(text: &str, file: usize, root: &Node, json: &Value) -> Option<Fix> {
    let wanted = labels(json.pointer("/spec/selector/matchLabels"));
    let template = &root.get("spec")?.value.get("template")?.value;
    let fix = |edits| Some(Fix { title: "Give the template the labels that the selector asks for".into(), edits });
    if wanted.is_empty() {
        return None;
    }
    let Some(metadata) = template.get("metadata") else {
        let mut block = vec!["metadata:".to_string(), "  labels:".to_string()];
        block.extend(block_labels(&wanted, "    "));
        let flow = format!("metadata: {{labels: {}}}", flow_labels(&wanted));
        let first = template.as_mapping()?.entries.first()?;
        return fix(vec![insert_before(text, file, first, &block, &flow)?]);
    };
    let Some(present) = metadata.value.get("labels") else {
        let mut block = vec!["labels:".to_string()];
        block.extend(block_labels(&wanted, "  "));
        let first = metadata.value.as_mapping()?.entries.first()?;
        return fix(vec![insert_before(text, file, first, &block, &format!("labels: {}", flow_labels(&wanted)))?]);
    };
    let mut edits = Vec::new();
    for (key, value) in &wanted {
        match present.value.get(key) {
            Some(entry) if entry.value.as_str() == Some(value) => {}
            Some(entry) => edits.push(replace(file, entry.value.span.range(), &quoted(value))),
            None => {
                let line = format!("{}: {}", quoted(key), quoted(value));
                let first = present.value.as_mapping()?.entries.first()?;
                edits.push(insert_before(text, file, first, std::slice::from_ref(&line), &line)?);
            }
        }
    }
    if edits.is_empty() { None } else { fix(edits) }
}

/// An edit that replaces bytes.
pub(super) fn replace(file: usize, range: std::ops::Range<usize>, text: &str) -> Edit {
    Edit { file, start_byte: range.start, end_byte: range.end, text: text.into() }
}

/// Turns an autoscaler of `autoscaling/v2beta1` into one of `autoscaling/v2`, where all its metrics are resources.
pub(super) fn convert_autoscaler(file: usize, root: &Node) -> Option<Fix> {
    let mut edits = vec![replace(file, root.get("apiVersion")?.value.span.range(), "autoscaling/v2")];
    let metrics =
        root.get("spec")?.value.get("metrics").and_then(|entry| entry.value.as_sequence()).unwrap_or_default();
    for metric in metrics {
        let resource = metric.get("resource")?;
        for (old, kind, new) in [
            ("targetAverageUtilization", "Utilization", "averageUtilization"),
            ("targetAverageValue", "AverageValue", "averageValue"),
        ] {
            if let Some(entry) = resource.value.get(old) {
                let value = match entry.value.to_json() {
                    Value::String(text) => quoted(&text),
                    value => value.to_string(),
                };
                let text = format!("target: {{type: {kind}, {new}: {value}}}");
                edits.push(replace(file, entry.key_span.to(entry.value.span).range(), &text));
            }
        }
    }
    Some(Fix { title: "Convert to autoscaling/v2".into(), edits })
}
