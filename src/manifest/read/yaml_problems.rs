//! Text that is not YAML.

use super::fixes;
use crate::manifest::diagnostic::{Diagnostic, DiagnosticCode, SourceFile};
use crate::manifest::words::Meant;
use crate::manifest::yaml::{YamlProblem, YamlProblemKind};

/// What to say about a problem.
pub(super) fn diagnostic(source: &SourceFile, file: usize, problem: &YamlProblem) -> Diagnostic {
    use DiagnosticCode as Code;
    use YamlProblemKind as Kind;
    let code = match problem.kind {
        Kind::Syntax => Code::YamlSyntax,
        Kind::Tab => Code::YamlTab,
        Kind::Separator => Code::YamlSeparator,
        Kind::UnknownAnchor => Code::YamlAnchor,
        Kind::AliasLimit | Kind::DepthLimit => Code::YamlLimit,
        Kind::Key => Code::YamlKey,
        Kind::AfterEnd => Code::YamlAfterEnd,
    };
    let message = problem.kubectl_text();
    let meant = Meant::Yaml(problem.clone());
    let diagnostic = Diagnostic::told(code, file, problem.span, message, meant);
    Diagnostic { fixes: fixes::unreadable(source, file, problem), ..diagnostic }
}
