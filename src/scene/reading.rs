//! What the editor needs to know of the text: files, problems with their places and fixes, places of fields.

use crate::api::{Object, ObjectRef};
use std::collections::BTreeMap;
use std::ops::Range;

/// One file of the editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// How bad a problem is; the three are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Kubernetes refuses it.
    Error,
    /// Kubernetes takes it; it is probably not what was meant.
    Warning,
    /// Valid, but not simulated here.
    Note,
}

impl Severity {
    /// A short name for style sheets and tests.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// A place in the text, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's number, from 0.
    pub file: usize,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

/// Something to be said about the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// The last line it is about, from 1.
    pub last_line: usize,
    /// How bad.
    pub severity: Severity,
    /// What.
    pub message: String,
    /// What to do, or what follows.
    pub hint: Option<String>,
    /// Edits that mend it.
    pub fixes: Vec<Fix>,
}

/// A quick fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as on a button.
    pub title: String,
    /// The edits, in bytes of the file's text; they do not overlap.
    pub edits: Vec<(usize, Range<usize>, String)>,
}

impl Fix {
    /// Makes the edits. What does not fit the text is left out.
    pub fn apply(&self, files: &mut [File]) {
        let mut edits: Vec<_> = self.edits.iter().collect();
        edits.sort_by_key(|(file, range, _)| (*file, std::cmp::Reverse(range.start)));
        for (file, range, text) in edits {
            if let Some(file) = files.get_mut(*file)
                && file.text.get(range.clone()).is_some()
            {
                file.text.replace_range(range.clone(), text);
            }
        }
    }
}

/// What was read from the files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Objects, in the order of the documents.
    pub objects: Vec<Object>,
    /// Problems, in the order of their places.
    pub problems: Vec<Problem>,
    /// Places of fields, by object and path.
    pub places: BTreeMap<ObjectRef, BTreeMap<String, Place>>,
}

impl Reading {
    /// Where a field is written; none where it is not.
    #[must_use]
    pub fn place(&self, object: &ObjectRef, path: &str) -> Option<Place> {
        self.places.get(object)?.get(path).copied()
    }

    /// How many problems there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }

    /// Reads files.
    #[must_use]
    pub fn of(files: &[File]) -> Reading {
        let mut reading = Reading::default();
        for (index, file) in files.iter().enumerate() {
            super::draft_yaml::read(index, &file.text, &mut reading);
        }
        reading
    }
}
