//! Cutting a stream at its `---` lines, before any YAML is read: `k8s.io/apimachinery/pkg/util/yaml YAMLReader`.
//! So a document that is broken does not hide the next one.

use super::{Lines, YamlProblem, YamlProblemKind};
use std::ops::Range;

/// The byte ranges of JSON values that follow each other, as `kubectl` reads a stream that begins with a brace; none where
/// the text is anything else.
pub(super) fn json(text: &str) -> Option<Vec<Range<usize>>> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    let mut ranges = Vec::new();
    let mut start = 0;
    while let Some(value) = values.next() {
        value.ok()?;
        ranges.push(start..values.byte_offset());
        start = values.byte_offset();
    }
    (ranges.len() > 1).then_some(ranges)
}

/// The byte ranges of the documents, empty ones included.
pub(super) fn split(text: &str, lines: &Lines, problems: &mut Vec<YamlProblem>) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for line in 1..=lines.count() {
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
        chunks.push(start..first);
        start = lines.line_range(text, line + 1).start;
    }
    chunks.push(start..text.len());
    chunks
}
