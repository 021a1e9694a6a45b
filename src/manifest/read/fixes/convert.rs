//! An object of a version that is no longer served, as the version that is served wants it.
//! From the deprecation guide, <https://kubernetes.io/docs/reference/using-api/deprecation-guide/>.

use super::edits::{quoted, remove_path, replace, replace_scalar};
use super::fix;
use super::selectors;
use crate::manifest::diagnostic::{Edit, Fix};
use crate::manifest::words::Repair;
use crate::manifest::yaml::{Entry, Node};
use serde_json::Value;

/// The object in the version `now`; none where more than fields have changed.
pub(super) fn version(text: &str, file: usize, root: &Node, json: &Value, now: &str) -> Option<Fix> {
    let kind = json.get("kind").and_then(Value::as_str)?;
    let before = json.get("apiVersion").and_then(Value::as_str)?;
    let mut edits = vec![replace_scalar(text, file, &root.get("apiVersion")?.value, now)?];
    match (before, kind) {
        (_, "Deployment" | "DaemonSet" | "ReplicaSet" | "StatefulSet") => {
            let labels = selectors::labels(json.pointer("/spec/template/metadata/labels"));
            if !labels.is_empty() {
                edits.extend(selectors::selector(text, file, root, json, &labels));
            }
            // Fields that these versions had and `apps/v1` has not.
            for field in ["rollbackTo", "templateGeneration"] {
                if json.pointer(&format!("/spec/{field}")).is_some() {
                    edits.push(remove_path(text, file, root, &["spec", field])?);
                }
            }
        }
        ("autoscaling/v2beta1", _) => edits.extend(metrics(text, file, root)?),
        (_, "Ingress") => edits.extend(ingress(text, file, root)?),
        // Fields with other names, or new ones that somebody has to decide on.
        (
            _,
            "CustomResourceDefinition"
            | "ValidatingWebhookConfiguration"
            | "MutatingWebhookConfiguration"
            | "CertificateSigningRequest"
            | "Event"
            | "EndpointSlice",
        ) => return None,
        _ => {}
    }
    Some(fix(&Repair::ConvertTo(now.into()), edits))
}

/// The metrics alone, of an autoscaler whose version is new already.
pub(super) fn metrics_alone(text: &str, file: usize, root: &Node) -> Option<Fix> {
    let edits = metrics(text, file, root)?;
    (!edits.is_empty()).then(|| fix(&Repair::ConvertTo("autoscaling/v2".into()), edits))
}

/// A field that becomes part of another one: how the other is called, and what it has beside.
struct Moved {
    old: &'static str,
    target: &'static str,
    new: &'static str,
}

const TARGETS: [Moved; 4] = [
    Moved { old: "targetAverageUtilization", target: "Utilization", new: "averageUtilization" },
    Moved { old: "targetAverageValue", target: "AverageValue", new: "averageValue" },
    Moved { old: "targetValue", target: "Value", new: "value" },
    Moved { old: "averageValue", target: "AverageValue", new: "averageValue" },
];

/// Upstream: `pkg/apis/autoscaling/v2beta1/conversion.go`.
fn metrics(text: &str, file: usize, root: &Node) -> Option<Vec<Edit>> {
    let mut edits = vec![];
    let metrics = root.get("spec")?.value.get("metrics").and_then(|entry| entry.value.as_sequence());
    for metric in metrics.unwrap_or_default() {
        for source in ["resource", "containerResource", "pods", "object", "external"] {
            let Some(source_entry) = metric.get(source) else { continue };
            let node = &source_entry.value;
            if source == "object"
                && let Some(target) = node.get("target").filter(|it| it.value.get("kind").is_some())
            {
                edits.push(replace(file, target.key_span.range(), "describedObject"));
            }
            for Moved { old, target, new } in TARGETS {
                if let Some(entry) = node.get(old) {
                    let value = scalar(text, entry)?;
                    edits.push(line(file, entry, &format!("target: {{type: {target}, {new}: {value}}}")));
                }
            }
            if let Some(entry) = node.get("metricName") {
                let name = scalar(text, entry)?;
                // Where there is a selector too, both go into one field.
                let selector = node.get("metricSelector").or_else(|| node.get("selector"));
                let selector = match selector {
                    Some(selector) => {
                        let json = selector.value.to_json();
                        edits.push(super::edits::remove_from(text, file, node, selector)?);
                        format!(", selector: {json}")
                    }
                    None => String::new(),
                };
                edits.push(line(file, entry, &format!("metric: {{name: {name}{selector}}}")));
            }
        }
    }
    Some(edits)
}

fn scalar(text: &str, entry: &Entry) -> Option<String> {
    let written = text.get(entry.value.span.range())?;
    match entry.value.to_json() {
        Value::String(value) if !written.starts_with(['"', '\'']) => Some(quoted(&value)),
        Value::String(_) | Value::Number(_) if !written.contains('\n') => Some(written.to_owned()),
        _ => None,
    }
}

/// Puts another field in the place of one.
fn line(file: usize, entry: &Entry, text: &str) -> Edit {
    replace(file, entry.key_span.to(entry.value.span).range(), text)
}

/// The backends of an Ingress. Upstream: `pkg/apis/networking/v1beta1/conversion.go`.
fn ingress(text: &str, file: usize, root: &Node) -> Option<Vec<Edit>> {
    let spec = &root.get("spec")?.value;
    let mut edits = vec![];
    if let Some(entry) = spec.get("backend") {
        edits.push(replace(file, entry.key_span.range(), "defaultBackend"));
        edits.push(backend(text, file, entry)?);
    }
    let rules = spec.get("rules").and_then(|entry| entry.value.as_sequence()).unwrap_or_default();
    for rule in rules {
        let paths = rule.get("http").and_then(|http| http.value.get("paths")?.value.as_sequence()).unwrap_or_default();
        for path in paths {
            let entry = path.get("backend")?;
            edits.push(backend(text, file, entry)?);
            if path.get("pathType").is_none() {
                let added = super::edits::Addition { key: "pathType", value: "ImplementationSpecific".into() };
                let first = path.as_mapping()?.entries.first()?;
                edits.push(super::edits::add_before(text, file, path, first, &added)?);
            }
        }
    }
    Some(edits)
}

fn backend(text: &str, file: usize, entry: &Entry) -> Option<Edit> {
    let name = scalar(text, entry.value.get("serviceName")?)?;
    let port = entry.value.get("servicePort")?;
    let key = if port.value.as_str().is_some() { "name" } else { "number" };
    let port = scalar(text, port)?;
    let others = entry.value.as_mapping()?.entries.iter();
    if others.into_iter().any(|entry| !matches!(&*entry.key, "serviceName" | "servicePort")) {
        return None;
    }
    let range = entry.key_span.end.byte..entry.value.span.end.byte;
    Some(replace(file, range, format!(": {{service: {{name: {name}, port: {{{key}: {port}}}}}}}")))
}
