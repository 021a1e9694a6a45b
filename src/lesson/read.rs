//! A lesson from its text.

use super::front::{self, Part};
use super::problem::{Problem, ProblemKind};
use super::prose::Prose;
use super::{Block, Lesson};
use crate::manifest::yaml::{Lines, Span};
use std::ops::Range;

/// Bytes that a lesson may have.
pub const MAX_BYTES: usize = 256 << 10;
/// Fenced blocks that a lesson may have.
pub const MAX_FENCES: usize = 200;
/// Problems of a lesson that are told.
pub const MAX_PROBLEMS: usize = 100;

/// A lesson as far as it could be read, and all that is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The lesson.
    pub lesson: Lesson,
    /// What is wrong, in the order of the text.
    pub problems: Vec<Problem>,
}

/// A text with the places of its lines.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    lines: Lines,
}

impl<'a> Source<'a> {
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        self.lines.span(self.text, range)
    }

    pub(super) fn part(&self, range: Range<usize>) -> Part<'a> {
        Part { text: self.text.get(range.clone()).unwrap_or_default(), span: self.span(range) }
    }
}

/// Reads a lesson. Whatever the text is, a lesson comes back.
#[must_use]
pub fn read(text: &str) -> Reading {
    let source = Source { text, lines: Lines::new(text) };
    let mut problems = vec![];
    if text.len() > MAX_BYTES {
        problems.push(Problem { span: source.span(0..0), kind: ProblemKind::TooLarge });
        return Reading { lesson: Lesson::default(), problems };
    }
    let (front, body) = halves(text);
    let mut lesson = match front {
        Some(range) => front::front_matter(source.part(range), &mut problems),
        None => {
            let first = text.find(['\n', '\r']).unwrap_or(text.len());
            problems.push(Problem { span: source.span(0..first), kind: ProblemKind::NoFrontMatter });
            Lesson::default()
        }
    };
    lesson.blocks = Prose::new(&source, body, &mut problems).blocks();
    let last_script = lesson.blocks.iter().rposition(|block| matches!(block, Block::Script(_)));
    for (index, block) in lesson.blocks.iter().enumerate() {
        if let Block::Predict(predict) = block
            && last_script.is_none_or(|last| last < index)
        {
            problems.push(Problem { span: predict.span, kind: ProblemKind::NothingFollows });
        }
    }
    problems.sort_by_key(|problem| problem.span.start.byte);
    if problems.len() > MAX_PROBLEMS {
        problems.truncate(MAX_PROBLEMS);
        let span = problems.last().map(|problem| problem.span).unwrap_or_default();
        problems.push(Problem { span, kind: ProblemKind::TooManyProblems });
    }
    Reading { lesson, problems }
}

/// Where front matter is, without its fences, and where the body begins.
fn halves(text: &str) -> (Option<Range<usize>>, usize) {
    let begin = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut place = begin;
    let mut start = None;
    for line in text.get(begin..).unwrap_or_default().split_inclusive('\n') {
        let next = place + line.len();
        match (start, line.trim_end()) {
            (None, "---") => start = Some(next),
            (None, _) => return (None, begin),
            (Some(start), "---") => return (Some(start..place), next),
            (Some(_), _) => {}
        }
        place = next;
    }
    (None, start.unwrap_or(begin))
}
