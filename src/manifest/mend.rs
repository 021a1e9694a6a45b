//! All fixes that can be made without asking, one after the other until none is left.

use super::diagnostic::{Diagnostic, DiagnosticCode, Edit, Severity, SourceFile};
use super::read::read;
use std::collections::BTreeSet;

/// Rounds of reading and mending. One fix can uncover what the next one mends.
const MAX_ROUNDS: usize = 100;

/// A fix that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Index of the file.
    pub file: usize,
    /// The line that it was made for, at that time.
    pub line: usize,
    /// What it did.
    pub title: String,
}

/// Makes every fix that can be made without asking; says which.
pub fn mend(files: &mut [SourceFile]) -> Vec<Mended> {
    let mut mended = vec![];
    let mut seen = BTreeSet::new();
    for _ in 0..MAX_ROUNDS {
        // Where fixes undo each other there is no end.
        if !seen.insert(files.iter().map(|file| file.text.clone()).collect::<Vec<_>>()) {
            break;
        }
        let before = mended.len();
        let mut made: Vec<Edit> = vec![];
        let found = read(files).diagnostics;
        // What is refused may be what a warning misses.
        let is_refused = |it: &Diagnostic| it.severity == Severity::Error && it.obvious_fix().is_some();
        let has_refused = found.iter().any(is_refused);
        let is_lost = |it: &Diagnostic| it.code == DiagnosticCode::MissingSeparator;
        for diagnostic in found.iter().filter(|it| !has_refused || is_refused(it) || is_lost(it)) {
            let Some(fix) = diagnostic.obvious_fix() else { continue };
            if fix.edits.iter().all(|edit| made.iter().all(|other| are_apart(edit, other))) {
                made.extend(fix.edits.iter().cloned());
                let line = diagnostic.span.start.line;
                mended.push(Mended { file: diagnostic.file, line, title: fix.title.clone() });
            }
        }
        if mended.len() == before {
            break;
        }
        super::diagnostic::apply(&made, files);
    }
    mended
}

/// Whether two edits do not even touch.
fn are_apart(one: &Edit, other: &Edit) -> bool {
    one.file != other.file || one.end_byte < other.start_byte || other.end_byte < one.start_byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_fix_uncovers_the_next_one_mends() {
        let text = "\
apiVersion: apps/v1beta1
kind: Statefulset
metadata: {name: Web}   # kept
spec:
\treplcias: '2'
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - {image: 'nginx:1.29', imagePullPolicy: always}
";
        let mut files = [SourceFile { name: "a.yaml".into(), text: text.into() }];
        let titles: Vec<String> = mend(&mut files).into_iter().map(|mended| mended.title).collect();
        let expected = "\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}   # kept
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - {name: nginx, image: 'nginx:1.29', imagePullPolicy: Always}
";
        assert_eq!(files[0].text, expected, "{titles:#?}");
    }
}
