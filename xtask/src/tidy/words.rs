//! Names and words that do not belong.

use super::Violation;
use super::boundaries::is_core;
use super::sources::Source;

/// A file longer than this does more than one thing.
const LINES: usize = 600;

/// Names that say nothing about what is inside.
const EMPTY_NAMES: &[&str] = &["common", "helper", "helpers", "manager", "misc", "util", "utils"];

/// A file whose name says nothing.
pub fn in_name(path: &str) -> Option<Violation> {
    let name = path.rsplit('/').next()?.split('.').next()?;
    let empty = EMPTY_NAMES.iter().any(|empty| name.split(['_', '-']).any(|word| word == *empty));
    empty.then(|| Violation::new(path, 0, "its name says nothing", "name it after what it is or does"))
}

/// What belongs in no text of the repository.
pub fn in_text(path: &str, text: &str) -> Vec<Violation> {
    // Spelt in two parts, so that this file does not contain them.
    let notes = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let machines = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("C:\\", "Users"),
        concat!("/wo", "rk/"),
    ];
    let is_source = [".rs", ".mjs", ".js", ".css", ".html", ".toml"].iter().any(|ending| path.ends_with(ending));
    let mut violations = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut say = |what: String, mend: &str| violations.push(Violation::new(path, index + 1, what, mend));
        if let Some(note) = notes.iter().find(|note| is_source && has_word(line, note)) {
            say(format!("{note} is a note to oneself"), "do it, or open an issue");
        }
        if let Some(machine) = machines.iter().find(|machine| line.contains(**machine)) {
            say(format!("{machine} is a path of one machine"), "name it from the root of the repository");
        }
    }
    violations
}

/// What belongs in no Rust, and what belongs in tests only.
pub fn in_rust(source: &Source) -> Vec<Violation> {
    let mut violations = Vec::new();
    let count = source.text.lines().count();
    if count > LINES {
        let what = format!("{count} lines are more than {LINES}");
        violations.push(Violation::new(source.path, 0, what, "split it by what its parts do"));
    }
    let in_src = source.path.starts_with("src/");
    let in_core = source.module().is_some_and(is_core);
    for (line, code) in source.lines() {
        let mut say = |what: &str, mend: &str| violations.push(Violation::new(source.path, line, what, mend));
        if code.contains(concat!("db", "g!(")) {
            say(concat!("db", "g! prints for whoever wrote it"), "take it out");
        }
        if in_src {
            for fatal in [".unwrap()", ".expect(", ".unwrap_err()", "panic!(", "unreachable!(", "unimplemented!("] {
                if has_call(code, fatal) {
                    let what = format!("{fatal} may end the program");
                    say(&what, "return an error or a diagnostic: what a user writes never panics");
                }
            }
        }
        if in_core && let Some(float) = ["f32", "f64"].iter().find(|float| has_word(code, float)) {
            let what = format!("{float} may differ between machines");
            say(&what, "count in whole numbers of a smaller unit: the same input gives the same run to the byte");
        }
    }
    violations
}

/// Whether a line has a word that is not a part of another.
fn has_word(line: &str, word: &str) -> bool {
    let is_of_word = |char: char| char.is_alphanumeric() || char == '_';
    line.match_indices(word)
        .any(|(place, _)| !line[..place].ends_with(is_of_word) && !line[place + word.len()..].starts_with(is_of_word))
}

/// Whether code calls this, rather than something whose name ends with it.
fn has_call(code: &str, call: &str) -> bool {
    let is_of_word = |char: char| char.is_alphanumeric() || char == '_';
    code.match_indices(call).any(|(place, _)| call.starts_with('.') || !code[..place].ends_with(is_of_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(path: &str, text: &str) -> Vec<String> {
        in_rust(&Source::new(path, text)).iter().map(Violation::to_string).collect()
    }

    #[test]
    fn a_name_says_what_is_inside() {
        for path in ["src/utils.rs", "src/a/string_helpers.rs", "tests/browser/common.mjs", "src/manager.rs"] {
            assert!(in_name(path).is_some(), "{path}");
        }
        for path in ["src/api/pod.rs", "src/engine/uncommon.rs", "README.md", "src/manager/pod.rs"] {
            assert!(in_name(path).is_none(), "{path}");
        }
    }

    #[test]
    fn notes_to_oneself_and_machines_are_found() {
        let line = format!("// {}: later", concat!("TO", "DO"));
        assert_eq!(in_text("src/a.rs", &line).len(), 1);
        assert!(in_text("notes.md", &line).is_empty(), "prose may speak of it");
        assert!(in_text("src/a.rs", concat!("let x = \"TO", "DOS\";")).is_empty());
        assert_eq!(in_text("README.md", concat!("see /ho", "me/me/notes")).len(), 1);
    }

    #[test]
    fn a_panic_is_for_tests() {
        assert_eq!(
            rust("src/a.rs", "fn a() {\n    b().unwrap();\n}\n"),
            ["src/a.rs:2: .unwrap() may end the program; \
              return an error or a diagnostic: what a user writes never panics"]
        );
        assert_eq!(rust("src/a.rs", "fn a() { std::panic!(\"x\") }").len(), 1);
        assert!(rust("src/a.rs", "fn a() { b().unwrap_or_default(); dont_panic!(1) } // .unwrap()").is_empty());
        assert!(rust("src/a.rs", "#[cfg(test)]\nmod tests {\n fn a() { b().unwrap() }\n}\n").is_empty());
        assert!(rust("xtask/src/a.rs", "fn a() { b().unwrap() }").is_empty());
    }

    #[test]
    fn the_core_does_not_calculate_with_floats() {
        assert_eq!(rust("src/engine/a.rs", "fn a(x: f64) {}").len(), 1);
        assert!(rust("src/ui/a.rs", "fn a(x: f64) {}").is_empty());
        assert!(rust("src/ui/a.rs", "fn a(x: f64) {}").is_empty(), "the page may: browsers measure so");
        assert!(rust("src/engine/a.rs", "fn visit_f64() {}").is_empty());
    }

    #[test]
    fn a_long_file_is_to_be_split() {
        assert_eq!(
            rust("xtask/src/a.rs", &"\n".repeat(601)),
            ["xtask/src/a.rs: 601 lines are more than 600; split it by what its parts do"]
        );
        assert!(rust("xtask/src/a.rs", &"\n".repeat(600)).is_empty());
    }
}
