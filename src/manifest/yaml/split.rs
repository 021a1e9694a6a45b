//! Cutting a stream at its `---` lines, before any YAML is read: `k8s.io/apimachinery/pkg/util/yaml YAMLReader`.
//! So a document that is broken does not hide the next one.

use super::{Lines, YamlProblem, YamlProblemKind};
use std::ops::Range;

/// The byte ranges of the documents, empty ones included.
pub(super) fn split(text: &str, from: usize, lines: &Lines, problems: &mut Vec<YamlProblem>) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = if from == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { from };
    for line in lines.position(text, start).line..=lines.count() {
        let range = lines.line_range(text, line);
        let first = range.start.max(start);
        let content = text.get(first..range.end).unwrap_or_default();
        let Some(rest) = content.strip_prefix("---") else { continue };
        let rest = rest.trim();
        if !rest.is_empty() && !rest.starts_with('#') {
            problems.push(YamlProblem {
                kind: YamlProblemKind::Separator,
                message: format!("invalid Yaml document separator: {rest}"),
                span: lines.span(text, first..range.end),
            });
        }
        // The line belongs to what follows where nothing is before it, and counts there.
        if first > start {
            chunks.push(start..first);
            start = lines.line_range(text, line + 1).start;
        }
    }
    chunks.push(start..text.len());
    chunks
}
