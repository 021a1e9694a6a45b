//! What can be written at a place of a manifest, and what is written there means: fields and values of the simulated
//! kinds, each with a line of documentation for learners. Works while the text is broken.

mod documentation;
mod flow;
mod hover;
mod outline;
mod schema_path;
mod values;

pub use hover::{Hover, hover};

use super::SourceFile;
use super::schema::{self, FieldType};
use crate::language::Language;
use outline::{Outline, Spot};
use schema_path::Place;

/// What can be written in place of a stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The first byte that goes.
    pub from: usize,
    /// The byte after the last one that goes.
    pub to: usize,
    /// What can come in its place, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// Something that can be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// What it is called.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// Of what type it is, for people.
    pub detail: String,
    /// What it means.
    pub documentation: String,
    /// Whether Kubernetes refuses the object without it.
    pub is_required: bool,
    /// Whether it is a field whose value comes next.
    pub is_field: bool,
}

/// What can be written at a byte of a file. Where nobody asked for it, only what continues a word.
#[must_use]
pub fn complete(files: &[SourceFile], file: usize, byte: usize, asked: bool, language: Language) -> Option<Completion> {
    let text = &files.get(file)?.text;
    let outline = Outline::around(text, byte)?;
    let start = outline.lines.get(outline.here)?.start;
    if let Some(flow) = flow::around(&outline, byte) {
        let ((from, to), candidates) = within(files, &outline, &flow, language)?;
        return offered(start, from, to, candidates, asked);
    }
    let (spot, frames) = outline.spot(byte)?;
    let ((from, to), candidates) = match spot {
        Spot::Value { from, to } => {
            let place = schema_path::resolve(&outline, &frames)?;
            ((from, to), values::of(files, &outline, &place, language))
        }
        Spot::Word { from, to, has_colon } => {
            let place = schema_path::resolve(&outline, &frames)?;
            let candidates = match &place.kind {
                FieldType::Struct(_) => {
                    fields(&place, &outline.siblings(from), Some(from).filter(|_| !has_colon), !has_colon, language)
                }
                FieldType::Map(_) if has_colon => Vec::new(),
                FieldType::Map(_) => entries(files, &outline, &place, from, language),
                _ if has_colon => Vec::new(),
                _ => values::of(files, &outline, &place, language),
            };
            ((from, to), candidates)
        }
    };
    offered(start, from, to, candidates, asked)
}

fn offered(start: usize, from: usize, to: usize, candidates: Vec<Candidate>, asked: bool) -> Option<Completion> {
    let is_begun = from < to;
    if candidates.is_empty() || (!is_begun && !asked) {
        return None;
    }
    Some(Completion { from: start + from, to: start + to, candidates })
}

/// What can be written within braces or brackets, and in place of which columns.
fn within(
    files: &[SourceFile],
    outline: &Outline<'_>,
    flow: &flow::Flow<'_>,
    language: Language,
) -> Option<((usize, usize), Vec<Candidate>)> {
    let place = schema_path::resolve(outline, &flow.frames)?;
    Some(match flow.spot {
        Spot::Value { from, to } => ((from, to), values::of(files, outline, &place, language)),
        Spot::Word { from, to, has_colon } => {
            let candidates = match &place.kind {
                // An item that is an object begins with a brace.
                FieldType::Struct(_) | FieldType::Map(_) if flow.is_item => Vec::new(),
                FieldType::Struct(_) => fields(&place, &flow.written, None, !has_colon, language),
                _ if has_colon => Vec::new(),
                FieldType::Map(_) => {
                    let mut entries = values::entries(files, outline, &place, language);
                    entries.retain(|it| !flow.written.contains(&it.label.split(':').next().unwrap_or_default()));
                    entries
                }
                _ => values::of(files, outline, &place, language),
            };
            ((from, to), candidates)
        }
    })
}

/// Fields of a struct that are not written yet; the column is that of a block, in which what is in them is indented.
fn fields(
    place: &Place,
    written: &[&str],
    column: Option<usize>,
    is_whole: bool,
    language: Language,
) -> Vec<Candidate> {
    let FieldType::Struct(name) = place.kind else { return Vec::new() };
    let own = schema::fields(name).into_iter().flatten();
    let head =
        place.is_root.then_some([("apiVersion", FieldType::String("string")), ("kind", FieldType::String("string"))]);
    let all = head.iter().flatten().chain(own);
    let mut found: Vec<(usize, Candidate)> = Vec::new();
    for (field, kind) in all {
        let Some(documentation) = documentation::field(name, field, language) else { continue };
        let is_known = found.iter().any(|(_, candidate)| candidate.label == *field);
        if documentation.is_hidden || written.contains(field) || is_known {
            continue;
        }
        let candidate = Candidate {
            label: (*field).into(),
            insert: match column {
                Some(column) => written_as(field, kind, column),
                None if is_whole => format!("{field}: "),
                None => (*field).into(),
            },
            detail: documentation::type_name(kind, language),
            documentation: documentation.text.into(),
            is_required: documentation.is_required,
            is_field: is_whole,
        };
        found.push((documentation.order, candidate));
    }
    found.sort_by_key(|(order, candidate)| (!candidate.is_required, *order));
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// A field as it is begun, with the place for its value.
fn written_as(field: &str, kind: &FieldType, column: usize) -> String {
    let inside = " ".repeat(column + 2);
    match kind {
        FieldType::Struct(_) | FieldType::Map(_) => format!("{field}:\n{inside}"),
        FieldType::List(_) => format!("{field}:\n{inside}- "),
        _ => format!("{field}: "),
    }
}

/// Entries of a map.
fn entries(
    files: &[SourceFile],
    outline: &Outline<'_>,
    place: &Place,
    column: usize,
    language: Language,
) -> Vec<Candidate> {
    let written = outline.siblings(column);
    let mut entries = values::entries(files, outline, place, language);
    entries.retain(|entry| !written.contains(&entry.label.split(':').next().unwrap_or_default()));
    entries
}

#[cfg(test)]
mod tests;
