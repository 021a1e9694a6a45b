//! What a lesson says of its run, put right: output under commands and answers of questions.

use super::problem::{Problem, ProblemKind};
use std::ops::Range;

/// The text with what its commands print and what the run answers, and the problems that are left.
#[must_use]
pub fn mend(text: &str, problems: Vec<Problem>) -> (String, Vec<Problem>) {
    let mut edits: Vec<(Range<usize>, String)> = vec![];
    let mut left = vec![];
    for problem in problems {
        match edit(text, &problem) {
            Some(edit) => edits.push(edit),
            None => left.push(problem),
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut mended = String::with_capacity(text.len());
    let mut place = 0;
    for (range, new) in edits {
        mended.push_str(text.get(place..range.start).unwrap_or_default());
        mended.push_str(&new);
        place = range.end;
    }
    mended.push_str(text.get(place..).unwrap_or_default());
    (mended, left)
}

fn edit(text: &str, problem: &Problem) -> Option<(Range<usize>, String)> {
    match &problem.kind {
        ProblemKind::Printed { printed, output, .. } if !printed.trim().is_empty() => {
            let lines: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
            Some((output.range(), lines.join("\n")))
        }
        ProblemKind::Answer { expected, found, .. } => {
            let range = problem.span.range();
            let line = format!("answer: {expected}");
            let place = text.get(range.clone())?.find(&line)?;
            let start = range.start + place;
            Some((start..start + line.len(), format!("answer: {found}")))
        }
        _ => None,
    }
}
