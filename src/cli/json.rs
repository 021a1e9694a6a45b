//! Diagnostics for programs.

use crate::language::Language;
use crate::manifest::{Manifest, Severity, SourceFile, meaning, yaml};
use serde_json::{Value, json};

/// One JSON document with everything.
pub(super) fn document(read: &Manifest, sources: &[SourceFile], language: Language) -> String {
    let name = |file: usize| sources.get(file).map_or("", |source| source.name.as_str());
    let diagnostics = read.diagnostics.iter().map(|it| {
        json!({
            "severity": it.severity.as_str(),
            "code": it.code.as_str(),
            "meaning": meaning(it.code, language),
            "message": it.message,
            "explanation": it.explanation,
            "file": name(it.file),
            "span": span(it.span),
            "related": it.related.iter().map(|related| json!({
                "file": name(related.file),
                "span": span(related.span),
                "label": related.label,
            })).collect::<Vec<_>>(),
            "fixes": it.fixes.iter().map(|fix| json!({
                "title": fix.title,
                "obvious": fix.is_obvious,
                "edits": fix.edits.iter().map(|edit| json!({
                    "file": name(edit.file),
                    "startByte": edit.start_byte,
                    "endByte": edit.end_byte,
                    "text": edit.text,
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
        })
    });
    let count = |severity: Severity| read.diagnostics.iter().filter(|it| it.severity == severity).count();
    let document = json!({
        "diagnostics": diagnostics.collect::<Vec<_>>(),
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "notes": count(Severity::Note),
    });
    format!("{document:#}\n")
}

fn span(span: yaml::Span) -> Value {
    let place =
        |position: yaml::Position| json!({ "line": position.line, "column": position.column, "byte": position.byte });
    json!({ "start": place(span.start), "end": place(span.end) })
}
