//! Fields that Kubernetes heeds and Setwise does not simulate: the page says so where they are written.

use super::{Document, Manifest};
use crate::api::{Kind, Object};
use crate::manifest::diagnostic::{Diagnostic, DiagnosticCode};
use crate::manifest::place;
use crate::manifest::words::{Instead, Meant};
use serde_json::Value;

/// Fields of a container, with what the run does in their place.
const OF_CONTAINER: [(&str, Instead); 4] = [
    ("lifecycle.postStart", Instead::HookTakesNoTime),
    ("lifecycle.preStop.exec", Instead::CommandTakesHalfASecond),
    ("lifecycle.preStop.httpGet", Instead::RequestTakesHalfASecond),
    ("restartPolicyRules", Instead::RestartPolicyDecides),
];

/// Fields of a kind of storage.
const OF_STORAGE: [(Kind, &str, Instead); 4] = [
    (Kind::StorageClass, "allowedTopologies", Instead::VolumesAnywhere),
    (Kind::PersistentVolumeClaim, "spec.dataSource", Instead::VolumeMadeEmpty),
    (Kind::PersistentVolumeClaim, "spec.dataSourceRef", Instead::VolumeMadeEmpty),
    (Kind::PersistentVolumeClaim, "spec.volumeAttributesClassName", Instead::NoAttributes),
];

/// The selectors of a metric of an autoscaler.
const OF_METRIC: [&str; 3] = ["pods", "object", "external"];

/// A note for every such field that is written.
pub(super) fn fields(manifest: &mut Manifest) {
    let mut found = vec![];
    for document in &manifest.documents {
        let Some(object) = &document.object else { continue };
        for (_, field, instead) in OF_STORAGE.iter().filter(|(kind, _, _)| *kind == object.kind()) {
            note(document, field, *instead, &mut found);
        }
        if let Object::HorizontalPodAutoscaler(autoscaler) = object {
            for (index, source) in (0..autoscaler.spec.metrics.len()).flat_map(|it| OF_METRIC.map(|of| (it, of))) {
                let path = format!("spec.metrics[{index}].{source}.metric.selector");
                note(document, &path, Instead::OneSeries, &mut found);
            }
        }
        if at(&document.json, "spec.type").is_some_and(|kind| kind == "LoadBalancer") {
            note(document, "spec.type", Instead::NoLoadBalancer, &mut found);
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
        for list in ["initContainers", "containers"] {
            let containers =
                at(&document.json, &format!("{spec}.{list}")).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..containers {
                for (field, instead) in OF_CONTAINER {
                    note(document, &format!("{spec}.{list}[{index}].{field}"), instead, &mut found);
                }
            }
        }
    }
    manifest.diagnostics.extend(found);
}

fn note(document: &Document, path: &str, instead: Instead, found: &mut Vec<Diagnostic>) {
    let is_written = at(&document.json, path).is_some_and(|value| match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    });
    if is_written {
        let meant = Meant::FieldNotSimulated { path: path.into(), instead };
        let span = place::find(&document.node, path).span();
        let code = DiagnosticCode::FieldNotSimulated;
        found.push(Diagnostic::ours(code, document.file, span, meant));
    }
}

/// The value at a path such as `spec.containers[0].lifecycle`.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let pointer: String = path.split(['.', '[']).map(|part| format!("/{}", part.trim_end_matches(']'))).collect();
    value.pointer(&pointer)
}
