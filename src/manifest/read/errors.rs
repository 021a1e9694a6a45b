//! What Kubernetes refuses, at its place.

use super::{Document, explain, fixes, separator};
use crate::manifest::admission::{Refusal, RefusedBy};
use crate::manifest::diagnostic::{Diagnostic, DiagnosticCode, Fix, Related, Severity, SourceFile};
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use crate::manifest::place;
use crate::manifest::schema::Lookup;
use crate::manifest::yaml::{Content, Node, Span};
use serde_json::Value;

/// What the words about a document need.
pub(super) struct Context<'a> {
    pub files: &'a [SourceFile],
    pub document: &'a Document,
    pub lookup: Lookup,
}

impl Context<'_> {
    fn text(&self) -> &str {
        self.files.get(self.document.file).map_or("", |file| &file.text)
    }

    fn diagnostic(
        &self,
        severity: Severity,
        code: DiagnosticCode,
        span: Span,
        message: String,
        explanation: String,
    ) -> Diagnostic {
        let file = self.document.file;
        Diagnostic { severity, code, message, explanation, file, span, related: Vec::new(), fixes: Vec::new() }
    }

    fn span_of(&self, path: &str) -> Span {
        place::find_error(&self.document.node, path).span()
    }
}

pub(super) fn not_an_object(document: &Document) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: DiagnosticCode::NotAnObject,
        message: "error validating data: invalid object to validate".into(),
        explanation:
            "A manifest is a mapping that begins with `apiVersion:` and `kind:`. This document is something else."
                .into(),
        file: document.file,
        span: document.span,
        related: Vec::new(),
        fixes: Vec::new(),
    }
}

fn namespace_missing(context: &Context) -> Diagnostic {
    let namespace = &context.document.namespace;
    let explanation = format!(
        "No document before this one makes the namespace \"{namespace}\". Make it first (`kind: Namespace`), or leave \
         `namespace` out: then it is `default`."
    );
    let message = format!("namespaces \"{namespace}\" not found");
    let span = context.span_of("metadata.namespace");
    let mut diagnostic =
        context.diagnostic(Severity::Error, DiagnosticCode::NamespaceMissing, span, message, explanation);
    let end = fixes::line_break(context.text());
    let text = format!(
        "apiVersion: v1{end}kind: Namespace{end}metadata:{end}  name: {}{end}---{end}",
        fixes::quoted(namespace)
    );
    let start = context.document.node.span.start;
    if start.column == 1 {
        let edits = vec![fixes::replace(context.document.file, start.byte..start.byte, &text)];
        diagnostic.fixes.push(Fix { title: format!("Make the namespace \"{namespace}\""), edits });
    }
    diagnostic
}

pub(super) fn not_simulated(context: &Context) -> Diagnostic {
    let kind = &context.document.kind;
    let explanation = format!(
        "Kubernetes accepts this {kind}. Setwise does not simulate the kind: it is listed and has no effect here."
    );
    let message = format!("{kind} \"{}\" is valid, not simulated", context.document.name);
    context.diagnostic(Severity::Note, DiagnosticCode::NotSimulated, context.span_of("kind"), message, explanation)
}

/// Keys written twice, but for those of two documents in one.
pub(super) fn duplicate_keys(document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let mut left = vec![&*document.node];
    while let Some(node) = left.pop() {
        match &node.content {
            Content::Sequence(items) => left.extend(items.iter().map(|item| &**item)),
            Content::Mapping(mapping) => {
                left.extend(mapping.entries.iter().filter(|entry| !entry.is_merged).map(|entry| &*entry.value));
                let is_root = std::ptr::eq(node, &*document.node);
                if is_root && separator::is_missing(&separator::groups(node)) {
                    continue;
                }
                for (lost, kept) in mapping.duplicates() {
                    diagnostics.push(Diagnostic {
                        severity: Severity::Warning,
                        code: DiagnosticCode::DuplicateKey,
                        message: format!("`{}` is written twice; the last one counts", kept.key),
                        explanation: format!(
                            "kubectl keeps the last `{}` and says nothing of the first. Remove the one that is not meant.",
                            kept.key
                        ),
                        file: document.file,
                        span: kept.key_span,
                        related: vec![Related {
                            file: document.file,
                            span: lost.key_span,
                            label: "this one is lost".into(),
                        }],
                        fixes: Vec::new(),
                    });
                }
            }
            _ => {}
        }
    }
}

pub(super) fn refusal(context: &Context, refusal: &Refusal) -> Vec<Diagnostic> {
    match refusal.by {
        RefusedBy::Mapping => vec![no_matches(context)],
        RefusedBy::Namespace => vec![namespace_missing(context)],
        RefusedBy::Kubectl => refusal.errors.iter().map(|error| missing(context, error)).collect(),
        RefusedBy::Decoding => refusal.errors.iter().map(|error| decoding(context, error)).collect(),
        RefusedBy::Validation => {
            let mut found: Vec<Diagnostic> = Vec::new();
            for error in &refusal.errors {
                let diagnostic = validation(context, error);
                // Upstream checks some labels twice.
                if !found.contains(&diagnostic) {
                    found.push(diagnostic);
                }
            }
            found
        }
    }
}

fn no_matches(context: &Context) -> Diagnostic {
    let Document { kind, api_version, file, node, .. } = context.document;
    let message = format!("no matches for kind \"{kind}\" in version \"{api_version}\"");
    let at = |code, path: &str, explanation| {
        context.diagnostic(Severity::Error, code, context.span_of(path), message.clone(), explanation)
    };
    let version_fix = |version: &str| {
        let value = node.get("apiVersion")?.value.span;
        let edits = vec![fixes::replace(*file, value.range(), version)];
        Some(Fix { title: format!("Change apiVersion to {version}"), edits })
    };
    match context.lookup {
        Lookup::Removed(removed) => {
            let advice = match removed.now {
                Some(now) if api_version == "autoscaling/v2beta1" => {
                    format!(
                        "Use {now}: there `targetAverageUtilization: 80` is `target: {{type: Utilization, averageUtilization: 80}}`."
                    )
                }
                Some(now) => format!("Use {now}; some fields may be named otherwise there."),
                None => "Nothing serves the kind any more.".into(),
            };
            let explanation = format!("{kind} in {api_version} was removed in Kubernetes {}. {advice}", removed.since);
            let mut diagnostic = at(DiagnosticCode::VersionRemoved, "apiVersion", explanation);
            diagnostic.fixes.extend(match (api_version.as_str(), removed.now) {
                ("autoscaling/v2beta1", Some(_)) => fixes::convert_autoscaler(*file, node),
                (_, Some(now)) => version_fix(now),
                _ => None,
            });
            diagnostic
        }
        Lookup::OtherVersion(info) => {
            let explanation =
                format!("There is no {kind} in {api_version}. Kubernetes serves it in {}.", info.api_version);
            let mut diagnostic = at(DiagnosticCode::NoMatches, "apiVersion", explanation);
            diagnostic.fixes.extend(version_fix(info.api_version));
            diagnostic
        }
        Lookup::Served(_) | Lookup::Unknown => {
            let explanation = format!(
                "Kubernetes has no kind {kind} in {api_version}. Kinds that are not built in need a \
                 CustomResourceDefinition first. Look for a misspelling; capital letters count."
            );
            at(DiagnosticCode::NoMatches, "kind", explanation)
        }
    }
}

fn missing(context: &Context, error: &FieldError) -> Diagnostic {
    let span = context.span_of(&error.path);
    if error.path == "metadata.name" {
        let explanation = "Every object needs a name: write it as `name` below `metadata`.".into();
        let message = "resource name may not be empty".into();
        return context.diagnostic(Severity::Error, DiagnosticCode::NameMissing, span, message, explanation);
    }
    let explanation = match error.path.as_str() {
        "kind" => "Without `kind` nobody knows what this is: write for example `kind: StatefulSet`.".to_string(),
        _ => "Without `apiVersion` nobody knows how to read this: write for example `apiVersion: apps/v1`.".to_string(),
    };
    let message = format!("{} not set", error.path);
    let mut diagnostic = context.diagnostic(Severity::Error, DiagnosticCode::KindMissing, span, message, explanation);
    if let Some(kind) = crate::api::Kind::parse(&context.document.kind).filter(|_| error.path == "apiVersion") {
        let line = format!("apiVersion: {}", kind.api_version());
        let first = context.document.node.get("kind");
        let edit = first.and_then(|entry| {
            fixes::insert_before(context.text(), context.document.file, entry, std::slice::from_ref(&line), &line)
        });
        diagnostic.fixes.extend(edit.map(|edit| Fix { title: format!("Add `{line}`"), edits: vec![edit] }));
    }
    diagnostic
}

fn decoding(context: &Context, error: &FieldError) -> Diagnostic {
    let found = place::find_error(&context.document.node, &error.path);
    let file = context.document.file;
    if error.kind == FieldErrorKind::Unknown {
        let span = found.key.filter(|_| found.is_exact).unwrap_or_else(|| found.span());
        let field = error.path.rsplit('.').next().unwrap_or_default();
        let meant = explain::meant(&error.detail, field);
        let explanation = explain::unknown_field(&error.detail, field, meant);
        let mut diagnostic =
            context.diagnostic(Severity::Error, DiagnosticCode::UnknownField, span, error.to_string(), explanation);
        if let Some(meant) = meant.filter(|_| found.is_exact && found.key.is_some()) {
            let edits = vec![fixes::replace(file, span.range(), meant)];
            diagnostic.fixes.push(Fix { title: format!("Change `{field}` to `{meant}`"), edits });
        }
        return diagnostic;
    }
    let explanation = explain::wrong_type(error);
    let mut diagnostic =
        context.diagnostic(Severity::Error, DiagnosticCode::WrongType, found.span(), error.to_string(), explanation);
    let value = found.node.span;
    let written = context.text().get(value.range()).unwrap_or_default();
    let replacement = match &error.value {
        Some(Value::Number(_) | Value::Bool(_)) if error.detail.ends_with("of type string") => {
            Some((format!("\"{written}\""), "Put it in quotes"))
        }
        Some(Value::String(text)) if error.detail.contains("of type int") && text.parse::<i64>().is_ok() => {
            Some((text.clone(), "Remove the quotes"))
        }
        _ => None,
    };
    if let Some((text, title)) = replacement.filter(|_| found.is_exact) {
        diagnostic.fixes.push(Fix { title: title.into(), edits: vec![fixes::replace(file, value.range(), &text)] });
    }
    diagnostic
}

fn validation(context: &Context, error: &FieldError) -> Diagnostic {
    use DiagnosticCode as Code;
    let Document { file, node, json, kind, .. } = context.document;
    let is_mismatch = error.detail.contains("does not match template");
    let code = match error.kind {
        FieldErrorKind::Required if error.path == "spec.selector" => Code::SelectorRequired,
        FieldErrorKind::Invalid if is_mismatch => Code::SelectorMismatch,
        FieldErrorKind::Required => Code::FieldRequired,
        FieldErrorKind::Invalid => Code::FieldInvalid,
        FieldErrorKind::NotSupported => Code::FieldNotSupported,
        FieldErrorKind::Forbidden => Code::FieldForbidden,
        FieldErrorKind::NotFound => Code::FieldNotFound,
        FieldErrorKind::Duplicate => Code::FieldDuplicate,
        FieldErrorKind::TooLong | FieldErrorKind::TooMany => Code::FieldTooLong,
        FieldErrorKind::Unknown | FieldErrorKind::Type => Code::WrongType,
    };
    let span = entry_of(node, error).unwrap_or_else(|| context.span_of(&error.path));
    let explanation = explain::validation(kind, code, error);
    let mut diagnostic = context.diagnostic(Severity::Error, code, span, error.to_string(), explanation);
    let text = context.text();
    if matches!(code, Code::SelectorRequired | Code::SelectorMismatch) {
        diagnostic.fixes.extend(fixes::add_selector(text, *file, node, json));
    }
    if code == Code::SelectorMismatch {
        diagnostic.fixes.extend(fixes::add_labels(text, *file, node, json));
        let selector = place::find(node, "spec.selector.matchLabels");
        if selector.is_exact {
            let label = "the selector asks for these labels".into();
            diagnostic.related.push(Related { file: *file, span: selector.span(), label });
        }
    }
    diagnostic
}

/// The entry of a map that an error about the map means: labels are reported by value at the path of the map.
fn entry_of(root: &Node, error: &FieldError) -> Option<Span> {
    let text = error.value.as_ref()?.as_str()?;
    let found = place::find_error(root, &error.path);
    let mapping = found.node.as_mapping().filter(|_| found.is_exact)?;
    let entry = mapping.entries.iter().find(|entry| entry.value.as_str() == Some(text) || &*entry.key == text)?;
    Some(if &*entry.key == text { entry.key_span } else { entry.value.span })
}
