//! What Kubernetes accepts and nobody means.

use super::{Document, Manifest, fixes, service_lints};
use crate::api::{Kind, Object, PodSpec, Service, StatefulSet};
use crate::manifest::diagnostic::{Diagnostic, DiagnosticCode, Edit, Fix, Related, Severity, SourceFile};
use crate::manifest::place;
use serde_json::Value;

/// Looks at all objects together.
pub(super) fn objects(files: &[SourceFile], manifest: &mut Manifest) {
    let mut found = Vec::new();
    for (index, document) in manifest.documents.iter().enumerate() {
        repeated(manifest, index, document, &mut found);
        service_lints::service(manifest, document, &mut found);
        match &document.object {
            Some(Object::StatefulSet(set)) => {
                governing_service(files, manifest, document, set, &mut found);
                max_unavailable(document, &mut found);
            }
            Some(Object::PersistentVolumeClaim(claim)) => {
                let name = &claim.metadata.name;
                if !is_claim_used(manifest, &document.namespace, name) {
                    let message = format!("no pod uses the PersistentVolumeClaim \"{name}\"");
                    let explanation = "A pod uses a claim that its `volumes` name. A StatefulSet makes claims of its own \
                                       from `volumeClaimTemplates`, named after the template and the pod: this claim is \
                                       none of them. It gets a volume that stays empty."
                        .into();
                    found.push(warning(document, DiagnosticCode::ClaimUnused, "metadata.name", message, explanation));
                }
            }
            _ => {}
        }
    }
    manifest.diagnostics.extend(found);
}

pub(super) fn warning(
    document: &Document,
    code: DiagnosticCode,
    path: &str,
    message: String,
    explanation: String,
) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        code,
        message,
        explanation,
        file: document.file,
        span: place::find(&document.node, path).span(),
        related: Vec::new(),
        fixes: Vec::new(),
    }
}

fn repeated(manifest: &Manifest, index: usize, document: &Document, found: &mut Vec<Diagnostic>) {
    let is_same = |other: &&Document| {
        !document.name.is_empty()
            && (&other.kind, &other.namespace, &other.name) == (&document.kind, &document.namespace, &document.name)
    };
    let Some(first) = manifest.documents.iter().take(index).find(is_same) else { return };
    let message = format!("the {} \"{}\" is written twice; the last one counts", document.kind, document.name);
    let explanation = "Both documents have the same kind, namespace and name, hence are one object. Give one of them \
                       another name if two were meant."
        .into();
    let mut diagnostic = warning(document, DiagnosticCode::DuplicateObject, "metadata.name", message, explanation);
    let span = place::find(&first.node, "metadata.name").span();
    diagnostic.related.push(Related { file: first.file, span, label: "first written here".into() });
    found.push(diagnostic);
}

fn governing_service(
    files: &[SourceFile],
    manifest: &Manifest,
    document: &Document,
    set: &StatefulSet,
    found: &mut Vec<Diagnostic>,
) {
    let Some(name) = set.spec.service_name.as_deref().filter(|name| !name.is_empty()) else { return };
    let service = manifest.documents.iter().find_map(|other| match &other.object {
        Some(Object::Service(service)) if service.metadata.name == name && other.namespace == document.namespace => {
            Some((other, service))
        }
        _ => None,
    });
    // A Service that is written but refused has its own diagnostics.
    let is_refused = manifest
        .documents
        .iter()
        .any(|other| other.kind == Kind::Service.as_str() && other.name == name && other.object.is_none());
    match service {
        None if is_refused => {}
        None => {
            let message = format!("there is no Service \"{name}\"");
            let explanation = format!(
                "`serviceName` names the headless Service that gives each pod its own name in DNS, such as {}-0.{name}. \
                 The pods are made without it, but those names do not resolve.",
                set.metadata.name
            );
            let mut diagnostic =
                warning(document, DiagnosticCode::ServiceMissing, "spec.serviceName", message, explanation);
            diagnostic.fixes.extend(make_service(files, document, name));
            found.push(diagnostic);
        }
        Some((other, service)) if !service.is_headless() => found.push(not_headless(document, other, service)),
        Some((other, service)) => {
            found.extend(service_lints::selects_others(manifest, document, set, other, service));
        }
    }
}

fn not_headless(document: &Document, other: &Document, service: &Service) -> Diagnostic {
    let name = &service.metadata.name;
    let message = format!("the Service \"{name}\" is not headless");
    let explanation = format!(
        "Only a Service with `clusterIP: None` gives each pod its own name in DNS; \"{name}\" has one address for all pods."
    );
    let mut diagnostic = warning(document, DiagnosticCode::ServiceMissing, "spec.serviceName", message, explanation);
    let span = place::find(&other.node, "spec").span();
    diagnostic.related.push(Related { file: other.file, span, label: "`clusterIP: None` is missing here".into() });
    diagnostic
}

/// The Service at the end of the file.
fn make_service(files: &[SourceFile], document: &Document, name: &str) -> Option<Fix> {
    let text = &files.get(document.file)?.text;
    let end = fixes::line_break(text);
    let labels = fixes::labels(document.json.pointer("/spec/selector/matchLabels"));
    // Only where the file is YAML in blocks.
    if labels.is_empty() || document.node.span.start.column != 1 || text.trim_start().starts_with('{') {
        return None;
    }
    let mut lines = vec!["---".to_string(), "apiVersion: v1".into(), "kind: Service".into(), "metadata:".into()];
    lines.push(format!("  name: {}", fixes::quoted(name)));
    if let Some(Value::String(namespace)) = document.json.pointer("/metadata/namespace") {
        lines.push(format!("  namespace: {}", fixes::quoted(namespace)));
    }
    lines.extend(["spec:".into(), "  clusterIP: None".into(), "  selector:".into()]);
    lines.extend(labels.iter().map(|(key, value)| format!("    {}: {}", fixes::quoted(key), fixes::quoted(value))));
    let lead = if text.ends_with('\n') { "" } else { end };
    let text_at_end = format!("{lead}{}{end}", lines.join(end));
    let edit = Edit { file: document.file, start_byte: text.len(), end_byte: text.len(), text: text_at_end };
    Some(Fix { title: format!("Add the headless Service \"{name}\""), edits: vec![edit] })
}

fn max_unavailable(document: &Document, found: &mut Vec<Diagnostic>) {
    let path = "spec.updateStrategy.rollingUpdate.maxUnavailable";
    if !place::find(&document.node, path).is_exact {
        return;
    }
    let message = "spec.updateStrategy.rollingUpdate.maxUnavailable is dropped".into();
    let explanation =
        "In Kubernetes v1.36 the feature gate MaxUnavailableStatefulSet is off unless somebody turns it on. \
                       The API server then drops the field without a word, and pods are replaced one at a time."
            .into();
    found.push(warning(document, DiagnosticCode::FieldDropped, path, message, explanation));
}

/// Whether a pod, a template or an ordinal of a StatefulSet uses a claim. Pods of kinds that are not simulated count too.
fn is_claim_used(manifest: &Manifest, namespace: &str, name: &str) -> bool {
    manifest.documents.iter().filter(|document| document.namespace == namespace).any(|document| {
        let by_template = match &document.object {
            Some(Object::Pod(pod)) => uses(&pod.spec, name),
            Some(Object::DaemonSet(set)) => uses(&set.spec.template.spec, name),
            Some(Object::Deployment(it)) => uses(&it.spec.template.spec, name),
            Some(Object::ReplicaSet(set)) => uses(&set.spec.template.spec, name),
            Some(Object::StatefulSet(set)) => {
                let is_of = |template: &str| {
                    let rest = name.strip_prefix(template)?.strip_prefix('-')?.strip_prefix(&set.metadata.name)?;
                    rest.strip_prefix('-')?.parse::<u32>().ok()
                };
                uses(&set.spec.template.spec, name)
                    || set.spec.volume_claim_templates.iter().any(|claim| is_of(&claim.metadata.name).is_some())
            }
            _ => false,
        };
        by_template || document.object.is_none() && mentions(&document.json, name)
    })
}

fn uses(spec: &PodSpec, name: &str) -> bool {
    let claims = spec.volumes.iter().filter_map(|volume| volume.persistent_volume_claim.as_ref());
    claims.into_iter().any(|claim| claim.claim_name == name)
}

/// Whether a `claimName` anywhere in a value has this name.
fn mentions(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(key, value)| key == "claimName" && value == name || mentions(value, name))
        }
        Value::Array(items) => items.iter().any(|item| mentions(item, name)),
        _ => false,
    }
}
