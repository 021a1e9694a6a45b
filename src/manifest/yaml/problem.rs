//! What cannot be read, where, and what `kubectl` says to it.

use super::Span;
use std::fmt;

/// What kind of problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YamlProblemKind {
    /// The text is not YAML.
    Syntax,
    /// A tab where YAML wants spaces.
    Tab,
    /// A line begins with `---` and goes on with something that is no comment.
    Separator,
    /// An alias without its anchor.
    UnknownAnchor,
    /// Aliases stand for too many values, or for themselves.
    AliasLimit,
    /// Nested too deeply.
    DepthLimit,
    /// A list or a mapping as a key.
    Key,
    /// What follows a line `...` is not read.
    AfterEnd,
}

/// A problem and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlProblem {
    /// What kind it is.
    pub kind: YamlProblemKind,
    /// What `kubectl` prints, from `yaml:` on, as far as it is known.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl YamlProblem {
    /// What `kubectl` prints of it, without the name of the file before it.
    #[must_use]
    pub fn kubectl_text(&self) -> String {
        let is_conversion =
            ["yaml: ", "unsupported ", "json: unsupported "].iter().any(|it| self.message.starts_with(it));
        match self.kind {
            YamlProblemKind::AfterEnd | YamlProblemKind::Separator => self.message.clone(),
            _ if is_conversion => format!("error converting YAML to JSON: {}", self.message),
            _ => self.message.clone(),
        }
    }
}

impl fmt::Display for YamlProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.span.start.line, self.span.start.column, self.message)
    }
}
