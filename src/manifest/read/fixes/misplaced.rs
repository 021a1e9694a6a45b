//! A field that is written one level off: moved to where Kubernetes has it, tried out before it is offered.

use super::edits::{line_break, line_start};
use super::layout::{LEVEL, is_block, shift};
use super::offer;
use crate::manifest::decode;
use crate::manifest::diagnostic::{self, Edit, Fix, SourceFile};
use crate::manifest::field_error::FieldErrorKind;
use crate::manifest::read::errors::Context;
use crate::manifest::schema::{self, FieldType};
use crate::manifest::words::Repair;
use crate::manifest::yaml::{self, Content, Lines, Node};
use std::ops::Range;

/// Longer documents are not tried out: each try reads the document again.
pub(super) const MAX_TRIED: usize = 16 << 10;
/// Columns that are tried.
const MAX_COLUMNS: usize = 6;
/// Lines above that give columns.
const LINES_ABOVE: usize = 30;

/// What a document has that a repair is to lessen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Faults {
    /// Fields that are not there, or 1 where a value is of a wrong type.
    pub strict: usize,
    /// Whether decoding ended early.
    pub is_mismatch: bool,
    /// Keys that are lost.
    pub duplicates: usize,
}

/// The faults of a text that has one document; none where it cannot be read.
pub(super) fn faults(text: &str) -> Option<Faults> {
    let stream = yaml::parse(text);
    let [document] = stream.documents.as_slice() else { return None };
    let root = document.root.as_ref().filter(|_| stream.problems.is_empty())?;
    let errors = decode::check(&root.to_json()).err().unwrap_or_default();
    let is_mismatch = errors.iter().any(|error| error.kind == FieldErrorKind::Type);
    Some(Faults { strict: errors.len(), is_mismatch, duplicates: duplicates(root) })
}

fn duplicates(root: &Node) -> usize {
    let (mut count, mut left) = (0, vec![root]);
    while let Some(node) = left.pop() {
        match &node.content {
            Content::Mapping(mapping) => {
                count += mapping.duplicates().len();
                left.extend(mapping.entries.iter().filter(|entry| !entry.is_merged).map(|entry| &*entry.value));
            }
            Content::Sequence(items) => left.extend(items.iter().map(|item| &**item)),
            _ => {}
        }
    }
    count
}

/// The document with edits, if these are all in it.
pub(super) fn tried(text: &str, document: Range<usize>, edits: &[Edit]) -> Option<String> {
    let within = edits.iter().map(|edit| {
        let (start, end) = (edit.start_byte.checked_sub(document.start)?, edit.end_byte.checked_sub(document.start)?);
        (edit.end_byte <= document.end).then(|| Edit {
            file: 0,
            start_byte: start,
            end_byte: end,
            text: edit.text.clone(),
        })
    });
    let edits = within.collect::<Option<Vec<_>>>()?;
    let mut files = [SourceFile { name: String::new(), text: text.get(document)?.to_owned() }];
    diagnostic::apply(&edits, &mut files);
    let [file] = files;
    Some(file.text)
}

/// Columns of the lines around that a line could have instead of its own, the nearest first.
pub(super) fn columns(text: &str, lines: &Lines, line: usize, own: usize) -> Vec<usize> {
    let mut found = vec![];
    let around = (line.saturating_sub(LINES_ABOVE).max(1)..line).rev().chain([line + 1]);
    for near in around {
        let content = text.get(lines.line_range(text, near)).unwrap_or_default();
        let indent = content.len() - content.trim_start_matches(' ').len();
        let rest = content.trim_start();
        if rest.is_empty() || rest.starts_with('#') {
            continue;
        }
        let dash = rest.strip_prefix('-').map(|after| indent + 1 + after.len() - after.trim_start().len());
        for column in std::iter::once(indent).chain(dash) {
            if column != own && !found.contains(&column) {
                found.push(column);
            }
        }
        if rest.starts_with("---") {
            break;
        }
    }
    found.sort_by_key(|column| column.abs_diff(own));
    found.truncate(MAX_COLUMNS);
    found
}

/// Moves a field with all that belongs to it to the column at which the document has fewer faults.
pub(super) fn moved(context: &Context, owner: &Node, entry: &yaml::Entry) -> Option<Fix> {
    let (text, file) = (context.text(), context.document.file);
    let root = context.document.node.span;
    let document = line_start(text, root.start.byte)..root.end.byte;
    let entries = &owner.as_mapping()?.entries;
    // Only a few: a document with many such fields is no document with one slip.
    let is_early = entries.iter().take(20).any(|other| std::ptr::eq(other, entry));
    if root.start.column != 1 || document.len() > MAX_TRIED || !is_early {
        return None;
    }
    let key = entry.key_span.start.byte;
    let start = line_start(text, key);
    let indent = text.get(start..key)?;
    if start < document.start || !indent.bytes().all(|byte| byte == b' ') {
        return None;
    }
    let now = faults(text.get(document.clone())?)?;
    let range = start..entry.value.span.end.byte.max(entry.key_span.end.byte);
    let written = text.get(document.clone())?;
    let lines = Lines::new(written);
    let line = lines.position(written, start - document.start).line;
    let mut best: Option<(Faults, usize, Vec<Edit>)> = None;
    for column in columns(written, &lines, line, indent.len()) {
        let by = isize::try_from(column).ok()? - isize::try_from(indent.len()).ok()?;
        let Some(edits) = shift(text, file, range.clone(), by) else { continue };
        let Some(then) = tried(text, document.clone(), &edits).and_then(|text| faults(&text)) else { continue };
        let is_better =
            then.strict < now.strict && then.is_mismatch <= now.is_mismatch && then.duplicates <= now.duplicates;
        if is_better && best.as_ref().is_none_or(|(known, ..)| then < *known) {
            best = Some((then, column, edits));
        }
    }
    let (_, column, edits) = best?;
    let repair = Repair::Indent { key: entry.key.to_string(), deeper: column > indent.len() };
    offer(&repair, Some(edits))
}

/// Puts a field below the one that it belongs to and that is missing: `containers` right below `template`.
pub(super) fn nested(context: &Context, of: &str, owner: &Node, entry: &yaml::Entry) -> Option<Fix> {
    let has =
        |name: &str, field: &str| schema::fields(name).is_some_and(|it| it.iter().any(|(known, _)| *known == field));
    let parents = schema::fields(of)?.iter().filter_map(|(field, kind)| match kind {
        FieldType::Struct(name) if *field != "status" && has(name, &entry.key) => Some(*field),
        _ => None,
    });
    let parents: Vec<&str> = parents.collect();
    let [parent] = parents.as_slice() else { return None };
    let (text, file) = (context.text(), context.document.file);
    if owner.get(parent).is_some() || !is_block(text, owner) || entry.is_merged {
        return None;
    }
    let key = entry.key_span.start.byte;
    let start = line_start(text, key);
    let indent = text.get(start..key)?;
    if !indent.bytes().all(|byte| byte == b' ') {
        return None;
    }
    let range = start..entry.value.span.end.byte.max(entry.key_span.end.byte);
    let mut edits = shift(text, file, range, LEVEL as isize)?;
    edits.first_mut()?.text = format!("{indent}{parent}:{}{}", line_break(text), " ".repeat(LEVEL));
    offer(&Repair::Add(format!("{parent}:")), Some(edits))
}
