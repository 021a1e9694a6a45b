//! Checks of the structure of the sources that no compiler makes. `cargo xtask tidy` runs them, and so do the tests.

mod boundaries;
mod dependencies;
mod links;
mod page;
mod sources;
mod words;

use crate::project;
use crate::shell::{Failure, Outcome, While};
use sources::Source;
use std::fmt;
use std::fs;
use std::path::Path;

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    path: String,
    line: usize,
    what: String,
    mend: String,
}

impl Violation {
    /// What is wrong where, and how to mend it. Lines count from 1; line 0 is the file itself.
    fn new(path: &str, line: usize, what: impl Into<String>, mend: impl Into<String>) -> Violation {
        Violation { path: path.to_owned(), line, what: what.into(), mend: mend.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}; {}", self.what, self.mend)
    }
}

/// What is tolerated: a file, what is said about it, and why that is all right.
const TOLERATED: &[(&str, &str, &str)] = &[
    (
        "src/api/float64.rs",
        "f64",
        "upstream's scores and autoscaler are float64; the basic operations are the same everywhere",
    ),
    ("src/api/quantity.rs", "f64", "a YAML number may be read as one before it becomes a quantity, which is exact"),
];

/// `cargo xtask tidy`.
pub fn command() -> Outcome {
    let violations = check(project::root())?;
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => {
            println!("The structure is tidy.");
            Ok(())
        }
        1 => Err(Failure::new("one thing to mend")),
        many => Err(Failure::new(format!("{many} things to mend"))),
    }
}

/// All that is to be mended in a checkout, by file and line.
pub fn check(root: &Path) -> Outcome<Vec<Violation>> {
    let mut files = Vec::new();
    collect(root, root, &mut files)?;
    files.sort();
    let mut violations = Vec::new();
    for path in &files {
        violations.extend(words::in_name(path));
        // Pictures and the like have no text to check.
        let Ok(text) = fs::read_to_string(root.join(path)) else { continue };
        violations.extend(words::in_text(path, &text));
        violations.extend(match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("rs") => in_rust(&Source::new(path, &text)),
            Some("md") => links::broken(path, &text, &|target| root.join(target).exists()),
            Some("html") => page::in_html(path, &text),
            Some("toml") if path == "Cargo.toml" => dependencies::misplaced(path, &text),
            _ => Vec::new(),
        });
    }
    violations.retain(|violation| {
        !TOLERATED.iter().any(|(path, what, _)| violation.path == *path && violation.what.contains(what))
    });
    violations.sort();
    Ok(violations)
}

fn in_rust(source: &Source) -> Vec<Violation> {
    let checks = [words::in_rust, boundaries::crossed, boundaries::front_ends, page::in_rust];
    checks.iter().flat_map(|check| check(source)).collect()
}

/// What is made, not written.
const MADE: &[&str] = &[".git", "dist", "node_modules", "target", "test-results"];

fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) -> Outcome {
    for entry in fs::read_dir(folder).doing(|| format!("read {}", folder.display()))?.flatten() {
        let path = entry.path();
        if MADE.iter().any(|made| entry.file_name() == *made) {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            files.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_tidy() {
        let violations = check(project::root()).expect("the sources can be read");
        let list: Vec<String> = violations.iter().map(Violation::to_string).collect();
        assert!(list.is_empty(), "\n{}\n", list.join("\n"));
    }

    #[test]
    fn what_is_tolerated_is_still_there() {
        for (path, ..) in TOLERATED {
            assert!(project::root().join(path).is_file(), "{path} is gone: take it out of TOLERATED");
        }
    }

    #[test]
    fn a_violation_says_where_what_and_how_to_mend_it() {
        let at = |line| Violation::new("src/a.rs", line, "this is wrong", "do that").to_string();
        assert_eq!(at(3), "src/a.rs:3: this is wrong; do that");
        assert_eq!(at(0), "src/a.rs: this is wrong; do that");
    }
}
