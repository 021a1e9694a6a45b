//! What is to be said about a manifest, where, and how to mend it; and the same as a compiler prints it.

use super::yaml::{Lines, Span};
use std::fmt::Write as _;

/// One file of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, for people.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Whose voice it is. The three are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Kubernetes refuses it.
    Error,
    /// Kubernetes accepts it, but it is probably not what was meant.
    Warning,
    /// It is fine, but not simulated here.
    Note,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $text:literal,)*) => {
        /// What it is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum DiagnosticCode {
            $($(#[$doc])* $code,)*
        }

        impl DiagnosticCode {
            /// All of them.
            pub const ALL: &[DiagnosticCode] = &[$(DiagnosticCode::$code,)*];

            /// Its name in text and links.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(DiagnosticCode::$code => $text,)* }
            }
        }
    };
}

codes! {
    /// The text is not YAML.
    YamlSyntax = "yaml-syntax",
    /// A tab where YAML wants spaces.
    YamlTab = "yaml-tab",
    /// A line that begins with `---` and goes on.
    YamlSeparator = "yaml-separator",
    /// An alias without an anchor.
    YamlAnchor = "yaml-anchor",
    /// Aliases or nesting beyond the limits.
    YamlLimit = "yaml-limit",
    /// A key that is a list or a mapping.
    YamlKey = "yaml-key",
    /// Text after `...`.
    YamlAfterEnd = "yaml-after-end",
    /// More text than is read.
    InputTooLarge = "input-too-large",
    /// More documents than are read.
    TooManyDocuments = "too-many-documents",
    /// A document that is not a mapping.
    NotAnObject = "not-an-object",
    /// `apiVersion` or `kind` is missing.
    KindMissing = "kind-missing",
    /// The object has no name.
    NameMissing = "name-missing",
    /// No such kind in that version.
    NoMatches = "no-matches",
    /// The version was removed from Kubernetes.
    VersionRemoved = "version-removed",
    /// No such field.
    UnknownField = "unknown-field",
    /// A value of another type.
    WrongType = "wrong-type",
    /// A workload without a selector.
    SelectorRequired = "selector-required",
    /// The selector does not match the labels of the template.
    SelectorMismatch = "selector-mismatch",
    /// A field is missing.
    FieldRequired = "field-required",
    /// A value that is not allowed.
    FieldInvalid = "field-invalid",
    /// A value that is none of those allowed.
    FieldNotSupported = "field-not-supported",
    /// A field that may not be set.
    FieldForbidden = "field-forbidden",
    /// A name that refers to nothing.
    FieldNotFound = "field-not-found",
    /// A value that has to be unique and is not.
    FieldDuplicate = "field-duplicate",
    /// A value that is too long.
    FieldTooLong = "field-too-long",
    /// A namespace that does not exist.
    NamespaceMissing = "namespace-missing",
    /// Two documents without `---` between them.
    MissingSeparator = "missing-separator",
    /// A key that is written twice.
    DuplicateKey = "duplicate-key",
    /// An object that is written twice.
    DuplicateObject = "duplicate-object",
    /// A StatefulSet whose Service is not there or not headless.
    ServiceMissing = "service-missing",
    /// A Service that leads to no pod, or not to those that are meant.
    SelectsNothing = "selects-nothing",
    /// A claim that no pod uses.
    ClaimUnused = "claim-unused",
    /// A field that the API server drops because its feature gate is off.
    FieldDropped = "field-dropped",
    /// A kind that is not simulated.
    NotSimulated = "not-simulated",
    /// A field that is not simulated.
    FieldNotSimulated = "field-not-simulated",
}

/// What is to be said.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Whose voice it is.
    pub severity: Severity,
    /// What it is about.
    pub code: DiagnosticCode,
    /// What `kubectl` prints, where it prints something.
    pub message: String,
    /// For a learner: what it means and how to mend it.
    pub explanation: String,
    /// Index of the file.
    pub file: usize,
    /// Where.
    pub span: Span,
    /// Other places that have to do with it.
    pub related: Vec<Related>,
    /// Edits that mend it.
    pub fixes: Vec<Fix>,
}

/// Another place that has to do with a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Index of the file.
    pub file: usize,
    /// Where.
    pub span: Span,
    /// What is there.
    pub label: String,
}

/// A quick fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// Changes of the text, apart from one another.
    pub edits: Vec<Edit>,
}

/// One change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Index of the file.
    pub file: usize,
    /// The first byte that goes.
    pub start_byte: usize,
    /// The byte after the last one that goes.
    pub end_byte: usize,
    /// What comes in their place.
    pub text: String,
}

impl Fix {
    /// Applies the edits. One that does not fit the text is left out.
    pub fn apply(&self, files: &mut [SourceFile]) {
        let mut edits: Vec<&Edit> = self.edits.iter().collect();
        // From the end, so that the bytes of the others stay true.
        edits.sort_by_key(|edit| std::cmp::Reverse((edit.file, edit.start_byte, edit.end_byte)));
        for edit in edits {
            let Some(file) = files.get_mut(edit.file) else { continue };
            let range = edit.start_byte..edit.end_byte;
            if file.text.get(range.clone()).is_some() {
                file.text.replace_range(range, &edit.text);
            }
        }
    }
}

/// Prints a diagnostic as a compiler does: the place, the line with what is meant underlined, and help.
#[must_use]
pub fn render(diagnostic: &Diagnostic, files: &[SourceFile]) -> String {
    let Diagnostic { severity, code, message, explanation, span, .. } = diagnostic;
    let mut out = format!("{}[{}]: {message}\n", severity.as_str(), code.as_str());
    let numbers = diagnostic.related.iter().map(|it| it.span.start.line).chain([span.start.line]);
    let width = numbers.max().unwrap_or(1).to_string().len();
    snippet(&mut out, files, (diagnostic.file, *span), ("-->", "^", ""), width);
    for related in &diagnostic.related {
        snippet(&mut out, files, (related.file, related.span), (":::", "-", &related.label), width);
    }
    let _ = writeln!(out, "{:width$} = help: {explanation}", "");
    for fix in &diagnostic.fixes {
        let _ = writeln!(out, "{:width$} = fix: {}", "", fix.title);
    }
    out
}

fn snippet(
    out: &mut String,
    files: &[SourceFile],
    (file, span): (usize, Span),
    (arrow, mark, label): (&str, &str, &str),
    width: usize,
) {
    let Some(file) = files.get(file) else { return };
    let (line, column) = (span.start.line.max(1), span.start.column.max(1));
    let _ = writeln!(out, "{:width$}{arrow} {}:{line}:{column}", "", file.name);
    let lines = Lines::new(&file.text);
    let content = file.text.get(lines.line_range(&file.text, line)).unwrap_or_default();
    let _ = writeln!(out, "{:width$} |", "");
    let _ = writeln!(out, "{line:width$} | {content}");
    let total = content.chars().count();
    let end = if span.end.line == line { span.end.column } else { total + 1 };
    let marks = end.min(total + 1).saturating_sub(column).max(1);
    // Tabs stay, so that the marks stand below what they mean.
    let pad: String = content.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let marked = format!("{:width$} | {pad}{} {label}", "", mark.repeat(marks));
    let _ = writeln!(out, "{}", marked.trim_end());
}
