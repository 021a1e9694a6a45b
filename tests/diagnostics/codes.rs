//! `codes/<code>.yaml`: texts that are told something under a code, and texts close to them that are not. A line
//! `### told: …` or `### quiet: …` begins each.

use crate::{after, one};
use setwise::cli::report;
use setwise::manifest::{Diagnostic, DiagnosticCode, MAX_BYTES, MAX_DOCUMENTS, Severity, read};
use std::collections::BTreeMap;
use std::path::PathBuf;

pub struct Case {
    pub is_told: bool,
    pub why: String,
    pub text: String,
}

/// Codes that take a text too large for a file.
const TOO_LARGE: [DiagnosticCode; 3] =
    [DiagnosticCode::InputTooLarge, DiagnosticCode::TooManyDocuments, DiagnosticCode::FieldTooLong];

/// The cases of every code.
pub fn all() -> BTreeMap<&'static str, Vec<Case>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/codes");
    let codes = DiagnosticCode::ALL.iter().filter(|code| !TOO_LARGE.contains(code));
    codes.map(|code| (code.as_str(), cases(&folder.join(format!("{}.yaml", code.as_str()))))).collect()
}

fn cases(path: &PathBuf) -> Vec<Case> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut cases: Vec<Case> = vec![];
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("### ").and_then(|line| line.trim_end().split_once(": ")) {
            Some((kind, why)) => {
                assert!(matches!(kind, "told" | "quiet"), "{line}");
                cases.push(Case { is_told: kind == "told", why: why.into(), text: String::new() });
            }
            None => cases.last_mut().unwrap().text.push_str(line),
        }
    }
    cases
}

fn of(code: &str, text: &str) -> Vec<Diagnostic> {
    read(&one(text)).diagnostics.into_iter().filter(|it| it.code.as_str() == code).collect()
}

#[test]
fn every_code_is_told_where_it_is_meant_and_not_beside_it() {
    let mut wrong = vec![];
    for (code, cases) in all() {
        assert!(cases.iter().any(|it| it.is_told) && cases.iter().any(|it| !it.is_told), "{code} needs both");
        for Case { is_told, why, text } in cases {
            let found = of(code, &text);
            if found.is_empty() == is_told {
                let all = read(&one(&text)).diagnostics;
                wrong.push(format!(
                    "{code}, {why}: {:#?}",
                    all.iter().map(|it| (it.code, &it.message)).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_quiet_warning_case_has_no_error_that_would_hide_it() {
    for (code, cases) in all() {
        let is_warning = DiagnosticCode::ALL.iter().any(|it| it.as_str() == code && it.severity() == Severity::Warning);
        for Case { why, text, .. } in cases.iter().filter(|case| is_warning && !case.is_told) {
            assert!(!read(&one(text)).has_errors(), "{code}, {why}: {:#?}", read(&one(text)).diagnostics);
        }
    }
}

#[test]
fn what_is_too_large_is_told() {
    let many = "a: 1\n---\n".repeat(MAX_DOCUMENTS + 1);
    let long = |length: usize| {
        format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a, annotations: {{note: {}}}}}\n", "n".repeat(length))
    };
    for (code, told, quiet) in [
        ("input-too-large", "#".repeat(MAX_BYTES + 1), "#".repeat(MAX_BYTES)),
        ("too-many-documents", many, "a: 1\n---\n".repeat(MAX_DOCUMENTS)),
        ("field-too-long", long(256 << 10), long(200 << 10)),
    ] {
        assert_eq!(of(code, &told).len(), 1, "{code}");
        assert_eq!(of(code, &quiet), [], "{code}");
    }
}

#[test]
fn every_fix_mends_what_it_is_offered_for() {
    for (code, cases) in all() {
        for Case { why, text, .. } in cases.iter().filter(|case| case.is_told) {
            for diagnostic in of(code, text) {
                for fix in &diagnostic.fixes {
                    let mended = after(fix, text);
                    let is_left = of(code, &mended).iter().any(|it| it.message == diagnostic.message);
                    assert!(!is_left, "{code}, {why}, {}:\n{mended}", fix.title);
                }
            }
        }
    }
}

/// What is said about the told cases of a code, and the text after its first fix.
fn told(code: &str, cases: &[Case]) -> String {
    let mut out = String::new();
    for Case { why, text, .. } in cases.iter().filter(|case| case.is_told) {
        let found = of(code, text);
        out.push_str(&format!("### {why}\n{}", report(&found, &one(text))));
        if let Some(fix) = found.iter().find_map(|it| it.fixes.first()) {
            out.push_str(&format!("--- after \"{}\"\n{}\n", fix.title, after(fix, text).trim_end()));
        }
        out.push('\n');
    }
    out
}

#[test]
fn what_is_said_is_worth_reading() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (code, cases) in all() {
        let text = told(code, &cases);
        settings.bind(|| insta::assert_snapshot!(code, text));
    }
}
