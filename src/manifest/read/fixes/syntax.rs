//! Text that is not YAML: what may have been meant, tried out before it is offered.

use super::edits::{after_line_break, insert, line_break, line_end, line_start, replace};
use super::layout::shift;
use super::misplaced::{Faults, MAX_TRIED, columns, faults, tried};
use super::{fix, offer};
use crate::manifest::diagnostic::{Edit, Fix, SourceFile};
use crate::manifest::words::Repair;
use crate::manifest::yaml::{Lines, YamlProblem, YamlProblemKind};
use std::ops::Range;

/// Repairs of a text that cannot be read.
pub(in crate::manifest::read) fn unreadable(source: &SourceFile, file: usize, problem: &YamlProblem) -> Vec<Fix> {
    let text = source.text.as_str();
    let found = match problem.kind {
        YamlProblemKind::Tab => tabs(text, file, problem),
        YamlProblemKind::Separator => separator(text, file, problem),
        YamlProblemKind::Syntax | YamlProblemKind::UnknownAnchor | YamlProblemKind::Key => slip(text, file, problem),
        YamlProblemKind::AliasLimit | YamlProblemKind::DepthLimit | YamlProblemKind::AfterEnd => None,
    };
    found.into_iter().collect()
}

/// The document that a byte is in, without the `---` around it.
fn document(text: &str, byte: usize) -> Range<usize> {
    let before = text.get(..line_start(text, byte)).unwrap_or_default();
    let above = match before.rfind("\n---") {
        Some(at) => Some(at + 1),
        None => before.starts_with("---").then_some(0),
    };
    let start = above.map_or(0, |separator| after_line_break(text, line_end(text, separator)));
    let rest = text.get(start..).unwrap_or_default();
    let from = byte.saturating_sub(start).min(rest.len());
    let end = rest.get(from..).and_then(|rest| rest.find("\n---")).map_or(rest.len(), |at| from + at + 1);
    start..start + end
}

/// Edits of a document as edits of the text that it is in.
fn moved(edits: Vec<Edit>, by: usize) -> Vec<Edit> {
    let moved = |edit: Edit| Edit { start_byte: edit.start_byte + by, end_byte: edit.end_byte + by, ..edit };
    edits.into_iter().map(moved).collect()
}

/// Spaces for every tab in the indentation of the document's lines.
fn tabs(text: &str, file: usize, problem: &YamlProblem) -> Option<Fix> {
    let document = document(text, problem.span.start.byte);
    let written = text.get(document.clone())?;
    let lines = Lines::new(written);
    let mut edits = vec![];
    for line in 1..=lines.count() {
        let range = lines.line_range(written, line);
        let content = written.get(range.clone())?;
        let indent = content.get(..content.len() - content.trim_start_matches([' ', '\t']).len())?;
        if indent.contains('\t') {
            edits.push(replace(file, range.start..range.start + indent.len(), indent.replace('\t', "  ")));
        }
    }
    offer(&Repair::SpacesForTabs, Some(moved(edits, document.start)))
}

/// `--- text`.
fn separator(text: &str, file: usize, problem: &YamlProblem) -> Option<Fix> {
    let range = problem.span.range();
    let rest = text.get(range.clone())?.strip_prefix("---")?;
    let gap = rest.len() - rest.trim_start().len();
    let start = range.start + 3;
    Some(fix(&Repair::OwnLine, vec![replace(file, start..start + gap, line_break(text))]))
}

/// The repair of a line, or of the one before, after which the document can be read and has the fewest faults.
fn slip(text: &str, file: usize, problem: &YamlProblem) -> Option<Fix> {
    let document = document(text, problem.span.start.byte);
    let written = text.get(document.clone()).filter(|written| written.len() <= MAX_TRIED)?;
    let lines = Lines::new(written);
    let at = lines.position(written, problem.span.start.byte.checked_sub(document.start)?).line;
    let above = (1..at).rev().take(5).find(|line| is_written(written, &lines, *line));
    let mut best: Option<(Faults, Repair, Vec<Edit>)> = None;
    for line in std::iter::once(at).chain(above).filter(|line| is_written(written, &lines, *line)) {
        for (repair, edits) in candidates(written, file, &lines, line) {
            let Some(then) = tried(written, 0..written.len(), &edits).and_then(|text| faults(&text)) else { continue };
            if best.as_ref().is_none_or(|(known, ..)| then < *known) {
                best = Some((then, repair, edits));
            }
        }
    }
    let (_, repair, edits) = best?;
    offer(&repair, Some(moved(edits, document.start)))
}

fn is_written(text: &str, lines: &Lines, line: usize) -> bool {
    let content = text.get(lines.line_range(text, line)).unwrap_or_default().trim_start();
    !content.is_empty() && !content.starts_with(['#', '%']) && !content.starts_with("---")
}

/// What can be wrong with a line, the likeliest first.
fn candidates(text: &str, file: usize, lines: &Lines, line: usize) -> Vec<(Repair, Vec<Edit>)> {
    let range = lines.line_range(text, line);
    let Some(content) = text.get(range.clone()) else { return vec![] };
    let indent = content.len() - content.trim_start_matches(' ').len();
    let key = content.trim_start_matches([' ', '-']);
    let key_start = range.start + content.len() - key.len();
    let mut found = vec![];
    if let Some(colon) = key.find(':').filter(|colon| is_word(key.get(..*colon).unwrap_or_default())) {
        let value = key.get(colon + 1..).unwrap_or_default();
        if !value.is_empty() && !value.starts_with([' ', '\t']) {
            found.push((Repair::SpaceAfterColon, vec![insert(file, key_start + colon + 1, " ")]));
        }
        let start = key_start + colon + 1 + value.len() - value.trim_start().len();
        found.extend(quoted(text, file, start..range.end));
    } else {
        found.extend(quoted(text, file, key_start..range.end));
    }
    for column in columns(text, lines, line, indent) {
        let Ok(by) = isize::try_from(column).and_then(|to| isize::try_from(indent).map(|from| to - from)) else {
            continue;
        };
        let name = key.split(':').next().unwrap_or_default();
        let repair = Repair::Indent { key: name.trim().to_owned(), deeper: by > 0 };
        let below = below(text, lines, line, indent);
        for end in [Some(range.end), below].into_iter().flatten() {
            found.extend(shift(text, file, range.start..end, by).map(|edits| (repair.clone(), edits)));
        }
    }
    found
}

/// Whether a text can be a key that was meant as one.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'))
}

/// A value in quotes, or with the quote closed that it begins with.
fn quoted(text: &str, file: usize, range: Range<usize>) -> Option<(Repair, Vec<Edit>)> {
    let value = text.get(range.clone())?;
    let value = value.split(" #").next()?.trim_end();
    let end = range.start + value.len();
    let first = value.chars().next()?;
    match first {
        '"' | '\'' => {
            let is_open = value.matches(first).count() % 2 == 1;
            is_open.then(|| (Repair::CloseQuote, vec![insert(file, end, first.to_string())]))
        }
        _ if value.contains('\'') && value.contains(['"', '\\']) => None,
        _ => {
            let quote = if value.contains(['"', '\\']) { "'" } else { "\"" };
            Some((Repair::Quote, vec![insert(file, range.start, quote), insert(file, end, quote)]))
        }
    }
}

/// The end of the lines that are indented more than a line, if there are any.
fn below(text: &str, lines: &Lines, line: usize, indent: usize) -> Option<usize> {
    let mut end = None;
    for line in line + 1..=lines.count() {
        let range = lines.line_range(text, line);
        let content = text.get(range.clone())?;
        if content.trim().is_empty() {
            continue;
        }
        if content.len() - content.trim_start_matches(' ').len() <= indent {
            break;
        }
        end = Some(range.end);
    }
    end
}
