//! What the editor needs to know of the text: files, problems with their places and fixes, places of fields.

use crate::api::{Object, ObjectRef};
use crate::language::Language;
use crate::manifest::{self, Manifest};

pub use crate::manifest::{Diagnostic as Problem, Fix, Severity, SourceFile as File};

/// A place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's number, from 0.
    pub file: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// What was read from the files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    manifest: Manifest,
}

impl Reading {
    /// Reads files.
    #[must_use]
    pub fn of(files: &[File]) -> Reading {
        Reading { manifest: manifest::read(files) }
    }

    /// The same, with its problems said in a language.
    #[must_use]
    pub fn said_in(self, language: Language) -> Reading {
        Reading { manifest: self.manifest.said_in(language) }
    }

    /// The objects that Kubernetes would take.
    #[must_use]
    pub fn objects(&self) -> Vec<Object> {
        self.manifest.objects()
    }

    /// What is to be said about the text, in its order.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.manifest.diagnostics
    }

    /// Where a field is written; none where it is not.
    #[must_use]
    pub fn place(&self, object: &ObjectRef, path: &str) -> Option<Place> {
        let place = self.manifest.place(object, path)?;
        let start = place.key.unwrap_or(place.value).start;
        Some(Place { file: place.file, line: start.line, column: start.column })
    }
}

/// Where a problem begins.
#[must_use]
pub fn start(problem: &Problem) -> Place {
    let start = problem.span.start;
    Place { file: problem.file, line: start.line.max(1), column: start.column.max(1) }
}

/// The problem after a place, or before it; at the end it goes on at the other.
#[must_use]
pub fn next_problem(problems: &[Problem], here: Place, back: bool) -> Option<Place> {
    let places = || problems.iter().map(start);
    if back {
        places().filter(|place| *place < here).max().or_else(|| places().max())
    } else {
        places().filter(|place| *place > here).min().or_else(|| places().min())
    }
}

/// Whether a problem is about a line of a file, from 1.
#[must_use]
pub fn concerns(problem: &Problem, file: usize, line: usize) -> bool {
    let (start, end) = (problem.span.start, problem.span.end);
    // A span that ends before the first character of a line does not touch that line.
    let last = if end.column <= 1 && end.line > start.line { end.line - 1 } else { end.line };
    problem.file == file && (start.line..=last.max(start.line)).contains(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_from_problem_to_problem_through_all_files_and_round() {
        let file =
            |name: &str| File { name: name.into(), text: "kind: Nope\napiVersion: v1\nmetadata: {name: a}\n".into() };
        let reading = Reading::of(&[file("a.yaml"), file("b.yaml")]);
        let problems = reading.problems();
        let here = |file, line| Place { file, line, column: 1 };
        let next = |from, back| next_problem(problems, from, back).map(|place| place.file);
        assert_eq!((next(here(0, 1), false), next(here(0, 3), false)), (Some(0), Some(1)));
        assert_eq!((next(here(1, 9), false), next(here(1, 1), true)), (Some(0), Some(0)));
        assert_eq!(next(here(0, 1), true), Some(1));
        assert_eq!(next_problem(&[], here(0, 1), false), None);
    }
}
