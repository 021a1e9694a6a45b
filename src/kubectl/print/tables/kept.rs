//! Kinds that nothing acts on.

use crate::api::Time;
use crate::kubectl::print::table::{Column, Row, always};
use crate::kubectl::print::time::{age, parsed};
use serde_json::Value;

/// The columns of a kind.
pub(super) fn columns(kind: &str) -> &'static [Column] {
    match kind {
        "Namespace" => const { &[always("Name"), always("Status"), always("Age")] },
        "ConfigMap" => const { &[always("Name"), always("Data"), always("Age")] },
        "Secret" => const { &[always("Name"), always("Type"), always("Data"), always("Age")] },
        "Lease" => const { &[always("Name"), always("Holder"), always("Age")] },
        "Role" | "ClusterRole" => const { &[always("Name"), always("Created At")] },
        "Job" => {
            const { &[always("Name"), always("Status"), always("Completions"), always("Duration"), always("Age")] }
        }
        _ => const { &[always("Name"), always("Age")] },
    }
}

pub(super) fn row(kind: &str, value: &Value, now: Time) -> Row {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let count = |field: &str| value.get(field).and_then(Value::as_object).map_or(0, serde_json::Map::len);
    let number = |pointer: &str| value.pointer(pointer).and_then(Value::as_i64);
    let name = text("/metadata/name");
    let created = text("/metadata/creationTimestamp");
    let since = age(now, parsed(&created));
    let cells = match kind {
        "Namespace" => {
            let phase = text("/status/phase");
            vec![name, if phase.is_empty() { "Active".into() } else { phase }, since]
        }
        "ConfigMap" => vec![name, (count("data") + count("binaryData")).to_string(), since],
        "Secret" => vec![name, text("/type"), (count("data") + count("stringData")).to_string(), since],
        "Lease" => vec![name, text("/spec/holderIdentity"), since],
        "Role" | "ClusterRole" => vec![name, created],
        "Job" => {
            let completions = number("/spec/completions").unwrap_or(1);
            let completed = format!("{}/{completions}", number("/status/succeeded").unwrap_or(0));
            vec![name, "Running".into(), completed, String::new(), since]
        }
        _ => vec![name, since],
    };
    let labels = value.pointer("/metadata/labels").and_then(Value::as_object);
    let labels =
        labels.into_iter().flatten().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())));
    Row { cells, namespace: text("/metadata/namespace"), labels: labels.collect() }
}
