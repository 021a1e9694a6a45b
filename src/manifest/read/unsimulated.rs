//! Fields of pods that Kubernetes heeds and Setwise does not simulate: the page says so where they are written.

use super::{Document, Manifest};
use crate::api::Kind;
use crate::manifest::diagnostic::{Diagnostic, DiagnosticCode, Severity};
use crate::manifest::place;
use serde_json::Value;

/// Fields below a pod's spec, with what the run does in their place.
const OF_POD: [(&str, &str); 8] = [
    (
        "initContainers",
        "the main containers start as if every init container had ended well at once, and sidecars do not run",
    ),
    ("affinity.podAffinity", "the scheduler does not look at other pods' labels"),
    ("affinity.podAntiAffinity", "the scheduler does not look at other pods' labels"),
    ("topologySpreadConstraints", "the scheduler only spreads the pods of one set evenly, as it does by default"),
    ("priorityClassName", "all pods have the same priority, and none is evicted for another"),
    ("schedulingGates", "the scheduler looks at the pod at once"),
    ("readinessGates", "the pod is Ready when its containers are"),
    ("activeDeadlineSeconds", "the pod runs on"),
];

/// The same below a container.
const OF_CONTAINER: [(&str, &str); 3] = [
    ("livenessProbe", "it always succeeds, so that no container is restarted"),
    ("startupProbe", "it always succeeds at once, so that the other probes begin with the container"),
    ("lifecycle", "hooks take no time and never fail"),
];

/// A note for every such field that is written.
pub(super) fn fields(manifest: &mut Manifest) {
    let mut found = vec![];
    for document in &manifest.documents {
        let Some(object) = &document.object else { continue };
        if at(&document.json, "spec.type").is_some_and(|kind| kind == "LoadBalancer") {
            note(document, "spec.type", "the Service gets an address and node ports, but no load balancer", &mut found);
        }
        let spec = match object.kind() {
            Kind::StatefulSet | Kind::DaemonSet | Kind::Deployment | Kind::ReplicaSet => "spec.template.spec",
            Kind::Pod => "spec",
            Kind::Node
            | Kind::StorageClass
            | Kind::PersistentVolume
            | Kind::PersistentVolumeClaim
            | Kind::Service
            | Kind::PriorityClass
            | Kind::EndpointSlice
            | Kind::HorizontalPodAutoscaler
            | Kind::PodDisruptionBudget
            | Kind::ControllerRevision => continue,
        };
        for (field, instead) in OF_POD {
            note(document, &format!("{spec}.{field}"), instead, &mut found);
        }
        let containers =
            at(&document.json, &format!("{spec}.containers")).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..containers {
            for (field, instead) in OF_CONTAINER {
                note(document, &format!("{spec}.containers[{index}].{field}"), instead, &mut found);
            }
        }
    }
    manifest.diagnostics.extend(found);
}

fn note(document: &Document, path: &str, instead: &str, found: &mut Vec<Diagnostic>) {
    let is_written = at(&document.json, path).is_some_and(|value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    });
    if is_written {
        found.push(Diagnostic {
            severity: Severity::Note,
            code: DiagnosticCode::FieldNotSimulated,
            message: format!("{path} is valid, not simulated"),
            explanation: format!("Kubernetes heeds this field. Setwise does not simulate it: {instead}."),
            file: document.file,
            span: place::find(&document.node, path).span(),
            related: vec![],
            fixes: vec![],
        });
    }
}

/// The value at a path such as `spec.containers[0].lifecycle`.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let pointer: String = path.split(['.', '[']).map(|part| format!("/{}", part.trim_end_matches(']'))).collect();
    value.pointer(&pointer)
}
