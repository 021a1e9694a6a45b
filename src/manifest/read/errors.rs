//! What Kubernetes refuses, at its place.

use super::{Document, fixes, separator};
use crate::manifest::admission::{Refusal, RefusedBy};
use crate::manifest::diagnostic::{Diagnostic, DiagnosticCode, Related, SourceFile};
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use crate::manifest::place;
use crate::manifest::schema::Lookup;
use crate::manifest::words::{Label, Meant, Noticed, Repair};
use crate::manifest::yaml::{Content, Node, Span};
use std::cell::Cell;

/// What the words about a document need.
pub(super) struct Context<'a> {
    pub files: &'a [SourceFile],
    pub document: &'a Document,
    pub lookup: Lookup,
    /// Errors for which repairs were looked for.
    pub mended: Cell<usize>,
}

impl Context<'_> {
    pub fn text(&self) -> &str {
        self.files.get(self.document.file).map_or("", |file| &file.text)
    }

    fn diagnostic(&self, code: DiagnosticCode, span: Span, message: String, meant: Meant) -> Diagnostic {
        Diagnostic::told(code, self.document.file, span, message, meant)
    }

    fn span_of(&self, path: &str) -> Span {
        place::find_error(&self.document.node, path).span()
    }
}

pub(super) fn not_an_object(document: &Document) -> Diagnostic {
    let message = "error validating data: invalid object to validate".into();
    Diagnostic::told(DiagnosticCode::NotAnObject, document.file, document.span, message, Meant::NotAnObject)
}

fn namespace_missing(context: &Context) -> Diagnostic {
    let namespace = &context.document.namespace;
    let message = format!("namespaces \"{namespace}\" not found");
    let span = context.span_of("metadata.namespace");
    let meant = Meant::NamespaceMissing { namespace: namespace.clone() };
    let mut diagnostic = context.diagnostic(DiagnosticCode::NamespaceMissing, span, message, meant);
    diagnostic.fixes.extend(fixes::make_namespace(context));
    diagnostic
}

pub(super) fn not_simulated(context: &Context) -> Diagnostic {
    let Document { kind, name, .. } = context.document;
    let meant = Meant::NotSimulated { kind: kind.clone(), name: name.clone() };
    Diagnostic::ours(DiagnosticCode::NotSimulated, context.document.file, context.span_of("kind"), meant)
}

/// Keys written twice, but for those of two documents in one.
pub(super) fn duplicate_keys(text: &str, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
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
                for (index, (lost, kept)) in mapping.duplicates().into_iter().enumerate() {
                    let file = document.file;
                    let noticed = Noticed::KeyTwice { key: kept.key.to_string() };
                    let mut diagnostic = Diagnostic::noticed(&noticed, file, kept.key_span);
                    diagnostic.related.push(Related::new(file, lost.key_span, &Label::LostHere));
                    let is_early = index < fixes::MAX_MENDED;
                    let removed = is_early.then(|| fixes::remove_from(text, file, node, lost)).flatten();
                    let repair = Repair::RemoveFirst(lost.key.to_string());
                    diagnostic.fixes.extend(removed.map(|edit| fixes::fix(&repair, vec![edit])));
                    diagnostics.push(diagnostic);
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
    let Document { kind, api_version, .. } = context.document;
    let message = format!("no matches for kind \"{kind}\" in version \"{api_version}\"");
    let (code, path) = match context.lookup {
        Lookup::Removed(_) => (DiagnosticCode::VersionRemoved, "apiVersion"),
        Lookup::OtherVersion(_) => (DiagnosticCode::NoMatches, "apiVersion"),
        Lookup::Served(_) | Lookup::Unknown => (DiagnosticCode::NoMatches, "kind"),
    };
    let (kind, api_version) = (kind.clone(), api_version.clone());
    let meant = Meant::NoMatches { kind, api_version, lookup: context.lookup };
    let mut diagnostic = context.diagnostic(code, context.span_of(path), message, meant);
    diagnostic.fixes.extend(fixes::of_kind(context));
    diagnostic
}

fn missing(context: &Context, error: &FieldError) -> Diagnostic {
    let (code, message) = match error.path.as_str() {
        "metadata.name" => (DiagnosticCode::NameMissing, "resource name may not be empty".into()),
        path => (DiagnosticCode::KindMissing, format!("{path} not set")),
    };
    let meant = Meant::Missing { path: error.path.clone() };
    let mut diagnostic = context.diagnostic(code, context.span_of(&error.path), message, meant);
    diagnostic.fixes.extend(fixes::of_error(context, code, error));
    diagnostic
}

fn decoding(context: &Context, error: &FieldError) -> Diagnostic {
    let found = place::find_error(&context.document.node, &error.path);
    let (code, span, meant) = if error.kind == FieldErrorKind::Unknown {
        let span = found.key.filter(|_| found.is_exact).unwrap_or_else(|| found.span());
        let field = error.path.rsplit('.').next().unwrap_or_default();
        let meant = fixes::meant_field(&error.detail, field).map(str::to_owned);
        (
            DiagnosticCode::UnknownField,
            span,
            Meant::UnknownField { of: error.detail.clone(), field: field.into(), meant },
        )
    } else {
        (DiagnosticCode::WrongType, found.span(), Meant::WrongType(error.clone()))
    };
    let mut diagnostic = context.diagnostic(code, span, error.to_string(), meant);
    diagnostic.fixes.extend(fixes::of_error(context, code, error));
    diagnostic
}

fn validation(context: &Context, error: &FieldError) -> Diagnostic {
    use DiagnosticCode as Code;
    let Document { file, node, kind, .. } = context.document;
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
    let meant = Meant::Validation { kind: kind.clone(), code, error: error.clone() };
    let mut diagnostic = context.diagnostic(code, span, error.to_string(), meant);
    diagnostic.fixes.extend(fixes::of_error(context, code, error));
    if code == Code::SelectorMismatch {
        let selector = place::find(node, "spec.selector.matchLabels");
        if selector.is_exact {
            diagnostic.related.push(Related::new(*file, selector.span(), &Label::WantedLabels));
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
