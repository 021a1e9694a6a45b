//! Files → documents, objects and what is to be said about them.

mod documents;
mod errors;
mod fixes;
mod lints;
mod separator;
mod unsimulated;
mod yaml_problems;

pub use fixes::MAX_MENDED;

use super::admission::{self, Prepared, Refusal};
use super::diagnostic::{Diagnostic, DiagnosticCode, Severity, SourceFile};
use super::field_error::{FieldError, FieldErrorKind};
use super::place::{self, Place};
use super::schema::{self, Lookup};
use super::validation;
use super::words::Meant;
use super::yaml::{self, Node, Span};
use crate::api::{Object, ObjectRef};
use crate::language::Language;
use serde_json::Value;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// More text than this is not read.
pub const MAX_BYTES: usize = 1 << 20;
/// More documents than this are not read.
pub const MAX_DOCUMENTS: usize = 1000;

/// More of one kind are not said of a file.
pub const MAX_ALIKE: usize = 100;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// The documents in order, items of lists one by one.
    pub documents: Vec<Document>,
    /// What is to be said, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// One object as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Index of the file.
    pub file: usize,
    /// Where it is written.
    pub span: Span,
    /// Group and version; empty where missing.
    pub api_version: String,
    /// The kind; empty where missing.
    pub kind: String,
    /// The name; empty where missing.
    pub name: String,
    /// The namespace; empty for kinds without.
    pub namespace: String,
    /// Decoded and defaulted; none where it is refused or not simulated.
    pub object: Option<Object>,
    /// The same without the defaults, as `kubectl apply` sends it.
    pub written: Option<Object>,
    /// As it is written.
    pub json: Value,
    /// Whether objects of the kind are simulated.
    pub simulated: bool,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
    node: Rc<Node>,
}

impl Manifest {
    /// The objects that Kubernetes would accept, as they are written, in order. One that is written again takes the place of the first.
    #[must_use]
    pub fn objects(&self) -> Vec<Object> {
        let mut objects: Vec<Object> = Vec::new();
        let mut index: BTreeMap<ObjectRef, usize> = BTreeMap::new();
        for object in self.documents.iter().filter_map(|document| document.written.as_ref()) {
            let at = *index.entry(object.reference()).or_insert(objects.len());
            match objects.get_mut(at) {
                Some(earlier) => *earlier = object.clone(),
                None => objects.push(object.clone()),
            }
        }
        objects
    }

    /// Where a field of an object is written; none where it is not, as it was defaulted.
    #[must_use]
    pub fn place(&self, object: &ObjectRef, path: &str) -> Option<Place> {
        let is_it =
            |document: &&Document| document.object.as_ref().is_some_and(|candidate| candidate.reference() == *object);
        let document = self.documents.iter().rev().find(is_it)?;
        let found = place::find(&document.node, path);
        found.is_exact.then_some(Place { file: document.file, key: found.key, value: found.node.span })
    }

    /// Says what is to be said in a language. It is English until then.
    pub fn say(&mut self, language: Language) {
        for diagnostic in &mut self.diagnostics {
            diagnostic.say(language);
        }
    }

    /// The same in a language.
    #[must_use]
    pub fn said_in(mut self, language: Language) -> Manifest {
        self.say(language);
        self
    }

    /// Whether Kubernetes would refuse any of it.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Reads files. Whatever they hold, something comes back.
#[must_use]
pub fn read(files: &[SourceFile]) -> Manifest {
    let mut manifest = Manifest::default();
    let mut budget = MAX_BYTES;
    for (file, source) in files.iter().enumerate() {
        if source.text.len() > budget {
            let start = yaml::Position { byte: 0, line: 1, column: 1 };
            let meant = Meant::InputTooLarge { file: source.name.clone() };
            let span = Span { start, end: start };
            manifest.diagnostics.push(Diagnostic::ours(DiagnosticCode::InputTooLarge, file, span, meant));
            break;
        }
        budget -= source.text.len();
        read_file(files, file, &mut manifest);
    }
    manifest.diagnostics.extend(no_objects(files, &manifest));
    lints::objects(files, &mut manifest);
    unsimulated::fields(&mut manifest);
    fixes::in_references(files, &mut manifest);
    manifest.diagnostics.sort_by_key(|diagnostic| (diagnostic.file, diagnostic.span.start, diagnostic.severity));
    limit_alike(&mut manifest.diagnostics);
    manifest
}

/// `kubectl apply` of nothing. A text that nobody has begun is left in peace.
fn no_objects(files: &[SourceFile], manifest: &Manifest) -> Option<Diagnostic> {
    let file = files.iter().position(|source| !source.text.is_empty())?;
    let is_empty = manifest.documents.is_empty() && manifest.diagnostics.is_empty();
    let start = yaml::Position { byte: 0, line: 1, column: 1 };
    let span = Span { start, end: start };
    let message = "no objects passed to apply".into();
    is_empty.then(|| Diagnostic::told(DiagnosticCode::NoObjects, file, span, message, Meant::NoObjects))
}

/// Leaves out what is said of a file again and again: a front end could not show it, and nobody reads it. The last one that
/// stays says how many more there are.
fn limit_alike(diagnostics: &mut Vec<Diagnostic>) {
    let mut counts = BTreeMap::<(usize, DiagnosticCode), usize>::new();
    diagnostics.retain(|diagnostic| {
        let count = counts.entry((diagnostic.file, diagnostic.code)).or_default();
        *count += 1;
        *count <= MAX_ALIKE
    });
    for diagnostic in diagnostics.iter_mut().rev() {
        if let Some(count) = counts.remove(&(diagnostic.file, diagnostic.code)).filter(|count| *count > MAX_ALIKE) {
            diagnostic.unlisted = count - MAX_ALIKE;
            diagnostic.say(Language::default());
        }
    }
}

fn read_file(files: &[SourceFile], file: usize, manifest: &mut Manifest) {
    let Some(source) = files.get(file) else { return };
    let stream = yaml::parse(&source.text);
    manifest.diagnostics.extend(stream.problems.iter().map(|problem| yaml_problems::diagnostic(source, file, problem)));
    for document in stream.documents {
        let Some(root) = document.root else { continue };
        separator::check(source, file, &root, &mut manifest.diagnostics);
        for node in documents::expand(Rc::new(root)) {
            if manifest.documents.len() >= MAX_DOCUMENTS {
                let (code, meant) = (DiagnosticCode::TooManyDocuments, Meant::TooManyDocuments);
                manifest.diagnostics.push(Diagnostic::ours(code, file, node.span, meant));
                return;
            }
            read_document(files, file, node, manifest);
        }
    }
}

fn read_document(files: &[SourceFile], file: usize, node: Rc<Node>, manifest: &mut Manifest) {
    let json = node.to_json();
    let text = |pointer: &str| json.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_string();
    let (api_version, kind) = (text("/apiVersion"), text("/kind"));
    let lookup = schema::lookup(&api_version, &kind);
    let is_namespaced = matches!(lookup, Lookup::Served(info) if info.is_namespaced);
    let namespace = match text("/metadata/namespace") {
        written if !written.is_empty() || !is_namespaced => written,
        _ => "default".into(),
    };
    let simulated = super::decode::simulated(&api_version, &kind).is_some();
    let mut document = Document {
        file,
        span: node.span,
        name: text("/metadata/name"),
        api_version,
        kind,
        namespace,
        object: None,
        written: None,
        json,
        simulated,
        refusal: None,
        node,
    };
    if !document.json.is_object() {
        document.refusal = admission::prepare(&document.json, None, false).err();
        manifest.diagnostics.push(errors::not_an_object(&document));
        manifest.documents.push(document);
        return;
    }
    let known: BTreeSet<&str> = ["default", "kube-system", "kube-public", "kube-node-lease"]
        .into_iter()
        .chain(manifest.documents.iter().filter(|other| other.kind == "Namespace").map(|other| other.name.as_str()))
        .collect();
    let is_namespace_missing = is_namespaced && !known.contains(document.namespace.as_str());
    match admission::prepare(&document.json, None, false) {
        Ok(Prepared { written, object }) if !is_namespace_missing => {
            document.object = Some(object);
            document.written = Some(written);
        }
        Ok(_) => document.refusal = Some(namespace_refusal(&document)),
        Err(refusal) => {
            let missing = || is_namespace_missing.then(|| namespace_refusal(&document));
            document.refusal = judge(refusal, &document, lookup).or_else(missing);
        }
    }
    let context = errors::Context { files, document: &document, lookup, mended: Cell::new(0) };
    if let Some(refusal) = &document.refusal {
        manifest.diagnostics.extend(errors::refusal(&context, refusal));
    } else if !document.simulated {
        manifest.diagnostics.push(errors::not_simulated(&context));
    }
    let text = files.get(file).map_or("", |source| &source.text);
    errors::duplicate_keys(text, &document, &mut manifest.diagnostics);
    manifest.documents.push(document);
}

fn namespace_refusal(document: &Document) -> Refusal {
    let detail = format!("namespaces \"{}\" not found", document.namespace);
    Refusal {
        by: admission::RefusedBy::Namespace,
        kind: document.kind.clone(),
        api_version: document.api_version.clone(),
        name: document.name.clone(),
        namespace: document.namespace.as_str().into(),
        has_metadata: true,
        errors: vec![FieldError::new("metadata.namespace", FieldErrorKind::NotFound, detail)],
    }
}

/// A kind that is served but not simulated is decoded strictly all the same, where its fields are known, and its names are
/// checked.
fn judge(refusal: Refusal, document: &Document, lookup: Lookup) -> Option<Refusal> {
    use admission::RefusedBy;
    let Lookup::Served(info) = lookup else { return Some(refusal) };
    if refusal.by != RefusedBy::Mapping {
        return Some(refusal);
    }
    if let Some(problem) = admission::without_name(&document.json) {
        return Some(Refusal { by: RefusedBy::Kubectl, errors: vec![problem], ..refusal });
    }
    let written = admission::without_annotations(&document.json);
    if let Err(errors) = super::decode::check(&written) {
        return Some(Refusal { by: RefusedBy::Decoding, errors, ..refusal });
    }
    let errors = validation::of_any(info, &document.namespace, &written);
    if errors.is_empty() { None } else { Some(Refusal { by: RefusedBy::Validation, errors, ..refusal }) }
}
