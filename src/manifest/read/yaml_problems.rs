//! Text that is not YAML.

use super::fixes;
use crate::manifest::diagnostic::{Diagnostic, DiagnosticCode, SourceFile};
use crate::manifest::yaml::{YamlProblem, YamlProblemKind};

/// What to say about a problem.
pub(super) fn diagnostic(source: &SourceFile, file: usize, problem: &YamlProblem) -> Diagnostic {
    use DiagnosticCode as Code;
    use YamlProblemKind as Kind;
    let at = format!("Line {}, column {}: ", problem.span.start.line, problem.span.start.column);
    let (code, text) = match problem.kind {
        Kind::Syntax => (Code::YamlSyntax, syntax(&problem.message)),
        Kind::Tab => (
            Code::YamlTab,
            "YAML is indented with spaces, never with tabs. Replace the tab by as many spaces as the lines beside it have.",
        ),
        Kind::Separator => (
            Code::YamlSeparator,
            "A line that separates documents is `---` alone. Put what follows it on a line of its own.",
        ),
        Kind::UnknownAnchor => (
            Code::YamlAnchor,
            "A word that begins with `*` stands for the value with the same name after `&`, and there is none above. \
             Put it in quotes if a star was meant.",
        ),
        Kind::AliasLimit => (
            Code::YamlLimit,
            "Aliases (`*name`) stand for more values here than any manifest needs, or for themselves. Write the values out.",
        ),
        Kind::DepthLimit => {
            (Code::YamlLimit, "This is nested deeper than any Kubernetes object. Look for a stray bracket.")
        }
        Kind::Key => (Code::YamlKey, "A key has to be a word. Template markers such as `{{ name }}` need quotes."),
        Kind::AfterEnd => {
            (Code::YamlAfterEnd, "`...` ends the document; kubectl does not read on. Begin a new document with `---`.")
        }
    };
    Diagnostic {
        severity: code.severity(),
        code,
        message: problem.kubectl_text(),
        explanation: format!("{at}{text}"),
        file,
        span: problem.span,
        related: Vec::new(),
        fixes: fixes::unreadable(source, file, problem),
    }
}

fn syntax(message: &str) -> &'static str {
    if message.contains("unexpected end of stream") {
        "Something that was opened here is never closed: a quote, a bracket or a brace."
    } else if message.contains("mapping values are not allowed") {
        "There is a `: ` where only a value can be. Either the line is indented wrongly, or the value needs quotes."
    } else if message.contains("expected key") || message.contains("'-' indicator") {
        "This line is not indented like those it belongs to. Keys of one object begin in the same column."
    } else if message.contains("':'") {
        "A key without a colon, or text that runs on over the next line. Write `key: value`, with a space after the colon."
    } else if message.contains("',' or") {
        "A comma or a closing bracket is missing in a list or an object in one line."
    } else {
        "This is not YAML. Compare the line with those around it: indentation, colons, quotes."
    }
}
