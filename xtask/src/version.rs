//! Versions: what is locked, what is there.

use crate::project;
use crate::shell::{Failure, Outcome, Run, While};
use std::path::Path;

/// The version of a crate in `Cargo.lock`.
pub fn locked(package: &str) -> Outcome<String> {
    let file = project::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(file).doing(|| "read Cargo.lock".to_owned())?;
    locked_in(&lock, package).ok_or_else(|| Failure::new(format!("Cargo.lock has no crate {package}")))
}

fn locked_in(lock: &str, package: &str) -> Option<String> {
    let entry = lock.split("[[package]]").find(|entry| quoted(entry, "name") == Some(package))?;
    quoted(entry, "version").map(str::to_owned)
}

fn quoted<'a>(entry: &'a str, key: &str) -> Option<&'a str> {
    entry.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
}

/// Whether a program is there in exactly this version.
pub fn is(program: &Path, version: &str) -> bool {
    let said = Run::new(program).args(["--version"]).output();
    said.is_ok_and(|said| of_program(&said) == Some(version))
}

/// The version in what a program prints for `--version`: `name 1.2.3 (more)` or `v1.2.3`.
pub fn of_program(said: &str) -> Option<&str> {
    let words = said.lines().next()?.split_whitespace();
    words.map(|word| word.trim_start_matches('v')).find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// Whether a version is at least another: compared number by number, so that 1.10 is after 1.9.
pub fn at_least(version: &str, least: &str) -> bool {
    numbers(version) >= numbers(least)
}

fn numbers(version: &str) -> Vec<u64> {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    let mut numbers: Vec<u64> = release.split('.').map(|number| number.parse().unwrap_or(0)).collect();
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_that_of_the_crate_itself() {
        let lock = "version = 4\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\ndependencies = [\n \"x\",\n]\n\n\
                    [[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.80\"\n";
        assert_eq!(locked_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_in(lock, "wasm-bindgen-test").as_deref(), Some("0.3.80"));
        assert_eq!(locked_in(lock, "wasm"), None);
    }

    #[test]
    fn a_program_names_its_version_in_many_ways() {
        assert_eq!(of_program("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(of_program("wasm-bindgen 0.2.130 (abc)"), Some("0.2.130"));
        assert_eq!(of_program("v20.20.2"), Some("20.20.2"));
        assert_eq!(of_program("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(of_program(""), None);
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(at_least("20.20.2", "20"));
        assert!(at_least("1.100.0", "1.96"));
        assert!(at_least("1.96.0-nightly", "1.96.0"));
        assert!(at_least("1.96", "1.96.0"));
        assert!(!at_least("1.9.9", "1.10"));
        assert!(!at_least("18.19.0", "20"));
    }
}
