//! Moving lines to the left and to the right.

use super::edits::{after_line_break, insert, line_end, line_start, replace};
use crate::manifest::diagnostic::Edit;
use crate::manifest::yaml::Node;
use std::ops::Range;

/// Columns by which a level is indented where a fix makes one.
pub(super) const LEVEL: usize = 2;

/// Moves all lines that a range touches. None where a line has not that many spaces.
pub(super) fn shift(text: &str, file: usize, range: Range<usize>, by: isize) -> Option<Vec<Edit>> {
    let mut edits = vec![];
    let mut next = Some(line_start(text, range.start));
    while let Some(start) = next.filter(|start| *start <= range.end) {
        let end = line_end(text, start);
        next = Some(after_line_break(text, end)).filter(|next| *next > end);
        let content = text.get(start..end)?;
        if content.trim().is_empty() {
            continue;
        }
        edits.push(match by {
            0.. => insert(file, start, " ".repeat(by.unsigned_abs())),
            _ => {
                let is_free = content.bytes().take(by.unsigned_abs()).filter(|byte| *byte == b' ').count();
                if is_free < by.unsigned_abs() {
                    return None;
                }
                replace(file, start..start + by.unsigned_abs(), "")
            }
        });
    }
    Some(edits)
}

/// Whether a mapping is written in lines, each of its keys on one of its own.
pub(super) fn is_block(text: &str, node: &Node) -> bool {
    text.get(node.span.range()).is_some_and(|written| !written.starts_with(['{', '[', '*', '&', '!']))
}

/// Makes a mapping the only item of a list, in lines or in braces.
pub(super) fn into_list(text: &str, file: usize, node: &Node) -> Option<Vec<Edit>> {
    let range = node.span.range();
    if !is_block(text, node) {
        let is_flow = text.get(range.clone())?.starts_with('{');
        return is_flow.then(|| vec![insert(file, range.start, "["), insert(file, range.end, "]")]);
    }
    let first = node.as_mapping()?.entries.first()?;
    let mut edits = shift(text, file, range.clone(), LEVEL as isize)?;
    let is_own_line = text.get(line_start(text, range.start)..range.start)?.bytes().all(|byte| byte == b' ');
    if first.is_merged || !is_own_line {
        return None;
    }
    *edits.first_mut()? = insert(file, range.start, "- ");
    Some(edits)
}

/// Puts a mapping below a key of its own.
pub(super) fn nest(text: &str, file: usize, node: &Node, key: &str, end: &str) -> Option<Vec<Edit>> {
    let range = node.span.range();
    let written = text.get(range.clone())?;
    if !is_block(text, node) {
        let is_flow = written.starts_with('{') && !written.contains('"');
        return is_flow.then(|| vec![insert(file, range.start, format!("{{{key}: ")), insert(file, range.end, "}")]);
    }
    let indent = text.get(line_start(text, range.start)..range.start)?;
    if !indent.bytes().all(|byte| byte == b' ') {
        return None;
    }
    let mut edits = shift(text, file, range, LEVEL as isize)?;
    edits.first_mut()?.text = format!("{indent}{key}:{end}{}", " ".repeat(LEVEL));
    Some(edits)
}

/// Takes a mapping out from below its key, the only one of its mapping.
pub(super) fn unnest(text: &str, file: usize, owner: &Node) -> Option<Vec<Edit>> {
    let [entry] = owner.as_mapping()?.entries.as_slice() else { return None };
    let (outer, inner) = (owner.span.range(), entry.value.span.range());
    if entry.is_merged || inner.start < entry.key_span.end.byte {
        return None;
    }
    if !is_block(text, owner) {
        let close = text.get(inner.end..outer.end)?;
        let is_flow = text.get(inner.clone())?.starts_with('{') && close.trim() == "}";
        return is_flow
            .then(|| vec![replace(file, outer.start..inner.start, ""), replace(file, inner.end..outer.end, "")]);
    }
    let by =
        entry.value.as_mapping()?.entries.first()?.key_span.start.column.checked_sub(entry.key_span.start.column)?;
    if !is_block(text, &entry.value) || by == 0 {
        return None;
    }
    let (key, colon) = (entry.key_span.start.byte, entry.key_span.end.byte);
    let (start, end) = (line_start(text, key), line_end(text, colon));
    let next = after_line_break(text, end);
    let is_alone = text.get(colon..end)?.trim() == ":";
    let is_first = text.get(start..key)?.bytes().all(|byte| byte == b' ');
    if !is_alone || !is_first || inner.start < next {
        return None;
    }
    let mut edits = shift(text, file, next..inner.end, -isize::try_from(by).ok()?)?;
    edits.push(replace(file, start..next, ""));
    Some(edits)
}
