//! The environment of a container. Upstream: `describe.go: describeContainerEnvVars, describeContainerEnvFrom`.

use super::writer::Writer;
use crate::api::{Container, Pod, Quantity};
use serde_json::Value;

/// The variables, one by one.
pub fn environment(writer: &mut Writer, container: &Container, pod: Option<&Pod>) {
    let variables = items(container.env.as_ref());
    writer.line(2, format!("Environment:{}", if variables.is_empty() { "\t<none>" } else { "" }));
    for variable in variables {
        let name = text(variable, "name");
        let Some(source) = variable.get("valueFrom").filter(|source| !source.is_null()) else {
            for (index, line) in text(variable, "value").split('\n').enumerate() {
                if index == 0 {
                    writer.field(3, name, line);
                } else {
                    writer.line(3, format!("\t{line}"));
                }
            }
            continue;
        };
        if let Some(reference) = source.get("fieldRef") {
            let (version, path) = (or(text(reference, "apiVersion"), "v1"), text(reference, "fieldPath"));
            let value = pod.map(|pod| field_of(pod, path)).unwrap_or_default();
            writer.field(3, name, format!("{value} ({version}:{path})"));
        } else if let Some(reference) = source.get("resourceFieldRef") {
            let resource = text(reference, "resource");
            writer.field(3, name, format!("{} ({resource})", resource_of(container, resource)));
        } else if let Some(reference) = source.get("secretKeyRef") {
            let (key, secret, optional) = (text(reference, "key"), text(reference, "name"), is_optional(reference));
            let value = format!("<set to the key '{key}' in secret '{secret}'>\tOptional: {optional}");
            writer.field(3, name, value);
        } else if let Some(reference) = source.get("configMapKeyRef") {
            let (key, map, optional) = (text(reference, "key"), text(reference, "name"), is_optional(reference));
            let value = format!("<set to the key '{key}' of config map '{map}'>\tOptional: {optional}");
            writer.field(3, name, value);
        }
    }
}

/// Variables that come in bundles; nothing where there are none.
pub fn environment_from(writer: &mut Writer, container: &Container) {
    let sources = items(container.env_from.as_ref());
    if !sources.is_empty() {
        writer.line(2, "Environment Variables from:");
    }
    for source in sources {
        let (kind, reference) = match (source.get("configMapRef"), source.get("secretRef")) {
            (Some(reference), _) => ("ConfigMap", reference),
            (None, Some(reference)) => ("Secret", reference),
            (None, None) => ("", &Value::Null),
        };
        let prefix = match text(source, "prefix") {
            "" => String::new(),
            prefix => format!(" with prefix '{prefix}'"),
        };
        writer.line(3, format!("{}\t{kind}{prefix}\tOptional: {}", text(reference, "name"), is_optional(reference)));
    }
}

/// `fieldpath.ExtractFieldPathAsString`, which knows metadata alone.
fn field_of(pod: &Pod, path: &str) -> String {
    let metadata = &pod.metadata;
    match path {
        "metadata.name" => metadata.name.clone(),
        "metadata.namespace" => metadata.namespace.clone(),
        "metadata.uid" => metadata.uid.to_string(),
        path => {
            let key = path.strip_suffix("']").and_then(|path| path.split_once("['"));
            match key {
                Some(("metadata.labels", key)) => metadata.labels.get(key).cloned().unwrap_or_default(),
                Some(("metadata.annotations", key)) => metadata.annotations.get(key).cloned().unwrap_or_default(),
                _ => String::new(),
            }
        }
    }
}

/// `ExtractContainerResourceValue`, in whole units.
fn resource_of(container: &Container, resource: &str) -> String {
    let (of, name) = resource.split_once('.').unwrap_or_default();
    let amounts = if of == "limits" { &container.resources.limits } else { &container.resources.requests };
    match amounts.get(name).map_or(0, Quantity::value) {
        0 if matches!(resource, "limits.cpu" | "limits.memory") => "node allocatable".into(),
        value => value.to_string(),
    }
}

fn is_optional(reference: &Value) -> bool {
    reference.get("optional").and_then(Value::as_bool) == Some(true)
}

fn items(list: Option<&Value>) -> &[Value] {
    list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn or<'a>(text: &'a str, default: &'a str) -> &'a str {
    if text.is_empty() { default } else { text }
}
