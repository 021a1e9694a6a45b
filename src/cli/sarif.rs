//! Diagnostics as SARIF 2.1.0, which code hosts and editors show beside the text.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use crate::language::Language;
use crate::manifest::{Diagnostic, DiagnosticCode, Fix, Manifest, Severity, SourceFile, meaning, yaml};
use serde_json::{Value, json};

/// One log with one run.
pub(super) fn document(read: &Manifest, sources: &[SourceFile], language: Language) -> String {
    let log = Log { sources, lines: sources.iter().map(|source| yaml::Lines::new(&source.text)).collect() };
    let rules = DiagnosticCode::ALL.iter().map(|code| {
        json!({
            "id": code.as_str(),
            "shortDescription": { "text": meaning(*code, language) },
            "defaultConfiguration": { "level": level(code.severity()) },
        })
    });
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "setwise",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "artifacts": sources.iter().map(|source| json!({ "location": { "uri": uri(&source.name) } })).collect::<Vec<_>>(),
            "results": read.diagnostics.iter().map(|it| log.result(it)).collect::<Vec<_>>(),
        }],
    });
    format!("{document:#}\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The name of a file as a relative reference.
fn uri(name: &str) -> String {
    if name == "-" {
        return "stdin".into();
    }
    let mut uri = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b'\\' => uri.push('/'),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

struct Log<'a> {
    sources: &'a [SourceFile],
    lines: Vec<yaml::Lines>,
}

impl Log<'_> {
    fn result(&self, diagnostic: &Diagnostic) -> Value {
        let related = diagnostic.related.iter().enumerate().map(|(id, related)| {
            let mut location = self.location(related.file, related.span);
            location["id"] = id.into();
            location["message"] = json!({ "text": related.label });
            location
        });
        json!({
            "ruleId": diagnostic.code.as_str(),
            "ruleIndex": DiagnosticCode::ALL.iter().position(|code| *code == diagnostic.code),
            "level": level(diagnostic.severity),
            "message": { "text": format!("{}\n\n{}", diagnostic.message, diagnostic.explanation) },
            "locations": [self.location(diagnostic.file, diagnostic.span)],
            "relatedLocations": related.collect::<Vec<_>>(),
            "fixes": diagnostic.fixes.iter().map(|fix| self.fix(fix)).collect::<Vec<_>>(),
        })
    }

    fn artifact(&self, file: usize) -> Value {
        json!({ "uri": uri(self.sources.get(file).map_or("", |source| &source.name)), "index": file })
    }

    fn location(&self, file: usize, span: yaml::Span) -> Value {
        json!({ "physicalLocation": { "artifactLocation": self.artifact(file), "region": region(span) } })
    }

    fn fix(&self, fix: &Fix) -> Value {
        let files = (0..self.sources.len()).filter(|file| fix.edits.iter().any(|edit| edit.file == *file));
        let changes = files.map(|file| {
            let replacements = fix.edits.iter().filter(|edit| edit.file == file).map(|edit| {
                let text = self.sources.get(file).map_or("", |source| &source.text);
                let span = self.lines.get(file).map(|lines| lines.span(text, edit.start_byte..edit.end_byte));
                json!({ "deletedRegion": region(span.unwrap_or_default()), "insertedContent": { "text": edit.text } })
            });
            json!({ "artifactLocation": self.artifact(file), "replacements": replacements.collect::<Vec<_>>() })
        });
        json!({ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() })
    }
}

/// Lines and columns from 1; the column after the last character ends it.
fn region(span: yaml::Span) -> Value {
    json!({
        "startLine": span.start.line.max(1),
        "startColumn": span.start.column.max(1),
        "endLine": span.end.line.max(1),
        "endColumn": span.end.column.max(1),
    })
}
