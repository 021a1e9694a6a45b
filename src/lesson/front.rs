//! Keys with values: front matter and what stands in a `predict` block.

use super::problem::{Problem, ProblemKind};
use super::{Language, Lesson, Pane, Predict};
use crate::manifest::yaml::{self, Mapping, Node, Position, Span};

/// Keys of front matter.
const FRONT: &[&str] = &["title", "goal", "language", "locked"];
/// Keys of a question.
const PREDICT: &[&str] = &["ask", "of", "answer"];

/// A part of a lesson that is YAML: its text, and where it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
}

impl Part<'_> {
    /// A place in the part as a place in the lesson. A part begins at the start of a line.
    fn place(&self, position: Position) -> Position {
        Position {
            byte: position.byte + self.span.start.byte,
            line: (position.line + self.span.start.line).saturating_sub(1),
            column: position.column,
        }
    }

    fn whole(&self, span: Span) -> Span {
        Span { start: self.place(span.start), end: self.place(span.end) }
    }

    fn mapping(&self, known: &'static [&'static str], problems: &mut Vec<Problem>) -> Mapping {
        let stream = yaml::parse(self.text);
        for problem in &stream.problems {
            let kind = ProblemKind::NotYaml(problem.message.trim_start_matches("yaml: ").to_owned());
            problems.push(Problem { span: self.whole(problem.span), kind });
        }
        let root = stream.documents.into_iter().find_map(|document| document.root);
        let Some(mapping) = root.as_ref().and_then(Node::as_mapping) else {
            if stream.problems.is_empty() {
                problems.push(Problem { span: self.span, kind: ProblemKind::NoMapping });
            }
            return Mapping::default();
        };
        for entry in mapping.entries.iter().filter(|entry| !known.contains(&&*entry.key)) {
            let kind = ProblemKind::UnknownKey { key: entry.key.to_string(), known };
            problems.push(Problem { span: self.whole(entry.key_span), kind });
        }
        mapping.clone()
    }

    /// The text of a key, where it has one; a number is one as well.
    fn text(&self, mapping: &Mapping, key: &str, problems: &mut Vec<Problem>) -> Option<String> {
        let entry = mapping.get(key)?;
        match &entry.value.content {
            yaml::Content::String(text) => Some(text.trim().to_owned()),
            yaml::Content::Number(number) => Some(number.to_string()),
            _ => {
                problems.push(Problem { span: self.whole(entry.key_span), kind: ProblemKind::NotText(key.into()) });
                None
            }
        }
    }

    fn needed(&self, mapping: &Mapping, key: &'static str, problems: &mut Vec<Problem>) -> String {
        // Of what could not be read, nobody knows what it lacks.
        if mapping.get(key).is_none() && !mapping.entries.is_empty() {
            problems.push(Problem { span: self.span, kind: ProblemKind::MissingKey(key) });
        }
        self.text(mapping, key, problems).unwrap_or_default()
    }
}

/// Reads front matter.
pub(super) fn front_matter(part: Part<'_>, problems: &mut Vec<Problem>) -> Lesson {
    let mapping = part.mapping(FRONT, problems);
    let title = part.needed(&mapping, "title", problems);
    let goal = part.needed(&mapping, "goal", problems);
    let tag = part.needed(&mapping, "language", problems);
    let language = match tag.as_str() {
        "zh" => Language::Zh,
        "en" | "" => Language::En,
        other => {
            let span = mapping.get("language").map_or(part.span, |entry| part.whole(entry.value.span));
            problems.push(Problem { span, kind: ProblemKind::UnknownLanguage(other.into()) });
            Language::En
        }
    };
    let mut locked = vec![];
    if let Some(entry) = mapping.get("locked") {
        let one = std::slice::from_ref(&entry.value);
        for item in entry.value.as_sequence().unwrap_or(one) {
            let name = item.as_str().unwrap_or_default();
            match Pane::ALL.iter().find(|(_, known)| *known == name) {
                Some((pane, _)) => locked.push(*pane),
                None => {
                    problems.push(Problem { span: part.whole(item.span), kind: ProblemKind::UnknownPane(name.into()) });
                }
            }
        }
    }
    Lesson { title, goal, language, locked, blocks: vec![] }
}

/// Reads a question.
pub(super) fn predict(part: Part<'_>, problems: &mut Vec<Problem>) -> Predict {
    let mapping = part.mapping(PREDICT, problems);
    Predict {
        ask: part.needed(&mapping, "ask", problems),
        of: part.text(&mapping, "of", problems),
        answer: part.text(&mapping, "answer", problems),
        span: part.span,
    }
}
