//! Repairs of what Kubernetes refuses: text edits that leave the rest as it was.

mod convert;
mod edits;
mod fields;
mod guess;
mod layout;
mod misplaced;
mod names;
mod selectors;
mod syntax;
mod values;

pub(super) use edits::{
    Addition, add_after, add_before, add_to, insert, line_break, line_start, quoted, remove_from, remove_path, replace,
    replace_scalar,
};
pub(super) use guess::{field as meant_field, nearest};
pub(super) use names::in_references;
pub(super) use selectors::labels;
pub(super) use syntax::unreadable;

use super::errors::Context;
use crate::manifest::diagnostic::{DiagnosticCode, Edit, Fix};
use crate::manifest::field_error::{FieldError, FieldErrorKind};
use crate::manifest::place;
use crate::manifest::schema::{self, Lookup};
use crate::manifest::words::Repair;
use serde_json::{Value, json};

/// The one repair there is, or the one that is meant most probably.
pub(super) fn fix(repair: &Repair, edits: Vec<Edit>) -> Fix {
    Fix::new(repair, edits, true)
}

/// A repair that somebody has to choose: it brings in a value that nobody wrote, or takes something out.
pub(super) fn choice(repair: &Repair, edits: Vec<Edit>) -> Fix {
    Fix::new(repair, edits, false)
}

/// A fix, if there are edits for it.
pub(super) fn offer(repair: &Repair, edits: Option<Vec<Edit>>) -> Option<Fix> {
    edits.filter(|edits| !edits.is_empty()).map(|edits| fix(repair, edits))
}

/// Errors of one document for which repairs are looked for. Where there are more, the document is something else.
pub const MAX_MENDED: usize = 50;

/// The repairs of one error.
pub(super) fn of_error(context: &Context, code: DiagnosticCode, error: &FieldError) -> Vec<Fix> {
    let before = context.mended.get();
    context.mended.set(before + 1);
    if before >= MAX_MENDED {
        return vec![];
    }
    let document = context.document;
    let (text, file, root, json) = (context.text(), document.file, &*document.node, &document.json);
    let found = place::find_error(root, &error.path);
    let exact = found.is_exact.then_some(found.node);
    let fixes: Vec<Option<Fix>> = match code {
        DiagnosticCode::SelectorRequired => vec![selectors::add_selector(text, file, root, json)],
        DiagnosticCode::SelectorMismatch => {
            vec![selectors::add_selector(text, file, root, json), selectors::add_labels(text, file, root, json)]
        }
        _ => match error.kind {
            FieldErrorKind::Unknown => return unknown(context, error),
            FieldErrorKind::Type => vec![
                exact.and_then(|node| values::wrong_type(text, file, node, error)),
                selectors::above_match_labels(text, file, root, &error.path),
            ],
            FieldErrorKind::NotSupported => vec![exact.and_then(|node| values::supported(text, file, node, error))],
            FieldErrorKind::Invalid if error.path == "spec.updateStrategy" => {
                vec![exact.and_then(|node| values::strategy(text, file, node))]
            }
            FieldErrorKind::Invalid => {
                vec![names::rename(text, file, root, error), fields::invalid(text, file, root, error)]
            }
            FieldErrorKind::TooLong => vec![names::rename(text, file, root, error)],
            FieldErrorKind::Required if error.path == "metadata.name" => vec![name(context)],
            FieldErrorKind::Required if error.path == "apiVersion" => vec![api_version(context)],
            FieldErrorKind::Required => vec![fields::required(text, file, root, error)],
            FieldErrorKind::NotFound => vec![fields::not_found(text, file, root, error)],
            FieldErrorKind::Duplicate => vec![fields::duplicate(text, file, root, error)],
            FieldErrorKind::Forbidden => {
                let (_, key) = fields::split(&error.path);
                let edits = fields::remove(text, file, root, &error.path).filter(|_| error.path.contains('.'));
                vec![edits.map(|edits| choice(&Repair::Remove(key.into()), edits))]
            }
            FieldErrorKind::TooMany => vec![],
        },
    };
    fixes.into_iter().flatten().collect()
}

/// A field that is not there: misspelt, of another version, or one level off.
fn unknown(context: &Context, error: &FieldError) -> Vec<Fix> {
    let document = context.document;
    let (text, file, root) = (context.text(), document.file, &*document.node);
    let (owner, entry) = match fields::entry(root, &error.path) {
        Some((owner, entry)) if !entry.is_merged => (owner, entry),
        _ => return vec![],
    };
    let field = &*entry.key;
    let is_old_metric = error.path.contains("metrics[") && document.api_version == "autoscaling/v2";
    let meant = meant_field(&error.detail, field).filter(|meant| owner.get(meant).is_none());
    let renamed = meant.map(|meant| {
        let repair = Repair::ChangeTo { from: field.into(), to: meant.into() };
        let written = text.get(entry.key_span.range()).unwrap_or_default();
        fix(&repair, vec![replace(file, entry.key_span.range(), edits::quoted_like(written, meant))])
    });
    let first = is_old_metric
        .then(|| convert::metrics_alone(text, file, root))
        .flatten()
        .or_else(|| selectors::below_match_labels(text, file, root, &error.path))
        .or(renamed)
        .or_else(|| misplaced::moved(context, owner, entry))
        .or_else(|| misplaced::nested(context, &error.detail, owner, entry));
    let removed = remove_from(text, file, owner, entry).map(|edit| {
        let repair = Repair::Remove(field.into());
        // A DaemonSet has no number of pods to be set anywhere.
        if (error.detail.as_str(), field) == ("DaemonSetSpec", "replicas") {
            fix(&repair, vec![edit])
        } else {
            choice(&repair, vec![edit])
        }
    });
    first.into_iter().chain(removed).collect()
}

/// A name for an object that has none, after its labels or its kind.
fn name(context: &Context) -> Option<Fix> {
    let document = context.document;
    let (text, file, json) = (context.text(), document.file, &document.json);
    let label = ["/metadata/labels/app", "/spec/template/metadata/labels/app", "/spec/selector/app"];
    let label = label.into_iter().find_map(|pointer| json.pointer(pointer)?.as_str());
    let name = names::dns_label(label.unwrap_or(&format!("my-{}", document.kind.to_lowercase())))?;
    let edit = match document.node.get("metadata") {
        Some(metadata) if metadata.value.as_mapping().is_some_and(|it| !it.entries.is_empty()) => {
            fields::set(text, file, &metadata.value, "name", name.as_str().into())?
        }
        Some(metadata) => add_to(text, file, metadata, &Addition { key: "name", value: name.as_str().into() })?,
        None => {
            let kind = document.node.get("kind")?;
            add_after(text, file, &document.node, kind, &Addition { key: "metadata", value: json!({ "name": name }) })?
        }
    };
    Some(choice(&Repair::Add(format!("name: {name}")), vec![edit]))
}

/// The version of a kind that is written without.
fn api_version(context: &Context) -> Option<Fix> {
    let document = context.document;
    let versions: Vec<&str> =
        schema::served().iter().filter(|info| info.kind == document.kind).map(|info| info.api_version).collect();
    let version = versions.first()?;
    let added = Addition { key: "apiVersion", value: Value::from(*version) };
    let root = &document.node;
    let edit = match root.get("apiVersion") {
        Some(_) => fields::set(context.text(), document.file, root, "apiVersion", Value::from(*version))?,
        None => add_before(context.text(), document.file, root, root.get("kind")?, &added)?,
    };
    Some(fix(&Repair::Add(format!("apiVersion: {version}")), vec![edit]))
}

/// The repair of a kind that is not served in the version that is written.
pub(super) fn of_kind(context: &Context) -> Option<Fix> {
    let document = context.document;
    let (text, file, root) = (context.text(), document.file, &*document.node);
    let version = root.get("apiVersion")?;
    match context.lookup {
        Lookup::Removed(removed) => convert::version(text, file, root, &document.json, removed.now?),
        Lookup::OtherVersion(info) => {
            let to = info.api_version;
            let edit = replace_scalar(text, file, &version.value, to)?;
            Some(fix(&Repair::ChangeTo { from: document.api_version.clone(), to: to.into() }, vec![edit]))
        }
        Lookup::Served(_) => None,
        Lookup::Unknown => {
            let meant = nearest(schema::served().iter().map(|info| info.kind), &document.kind)?;
            if meant == document.kind {
                return None;
            }
            let edit = replace_scalar(text, file, &root.get("kind")?.value, meant)?;
            Some(fix(&Repair::ChangeTo { from: document.kind.clone(), to: meant.into() }, vec![edit]))
        }
    }
}

/// The namespace that is missing, before the object that is to be in it.
pub(super) fn make_namespace(context: &Context) -> Option<Fix> {
    let document = context.document;
    let start = document.node.span.start;
    if start.column != 1 || context.text().get(start.byte..)?.starts_with('{') {
        return None;
    }
    let end = line_break(context.text());
    let name = quoted(&document.namespace);
    let text = format!("apiVersion: v1{end}kind: Namespace{end}metadata:{end}  name: {name}{end}---{end}");
    Some(fix(&Repair::MakeNamespace(document.namespace.clone()), vec![insert(document.file, start.byte, text)]))
}
