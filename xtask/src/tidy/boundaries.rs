//! Which module may know which. Data flows one way, and what decides knows neither the page nor the terminal.

use super::Violation;
use super::sources::Source;

/// What a module may know, besides itself.
enum Knows {
    /// These modules, or these parts of one.
    These(&'static [&'static str]),
    /// Everything but these.
    AllBut(&'static [&'static str]),
}

use Knows::{AllBut, These};

/// Every module of `src`, in the order in which data flows.
const MODULES: &[(&str, Knows)] = &[
    ("api", These(&[])),
    ("language", These(&[])),
    ("manifest", These(&["api", "language"])),
    ("cluster", These(&["api"])),
    ("reason", These(&["api"])),
    ("actor", These(&["api", "cluster", "reason"])),
    ("controllers", These(&["api", "cluster", "reason", "actor"])),
    ("scheduler", These(&["api", "cluster", "reason", "actor", "controllers::volume"])),
    ("kubelet", These(&["api", "cluster", "reason", "actor"])),
    ("engine", These(&["api", "manifest", "cluster", "reason", "actor", "controllers", "scheduler", "kubelet"])),
    ("events", These(&["api", "cluster", "reason", "actor", "engine"])),
    ("conformance", These(&["api", "manifest", "cluster", "reason", "actor", "controllers", "engine"])),
    ("dns", These(&["api", "cluster", "controllers::endpoints"])),
    ("turn", These(&["api", "cluster", "engine"])),
    ("compare", These(&["api", "manifest", "cluster", "actor", "engine", "kubectl", "turn"])),
    ("narrative", These(&["api", "cluster", "reason", "actor", "engine", "turn"])),
    ("obstacle", These(&["api", "cluster", "reason", "actor", "controllers", "engine"])),
    ("trap", These(&["api", "cluster", "reason", "controllers", "engine"])),
    (
        "explain",
        These(&[
            "api",
            "language",
            "cluster",
            "reason",
            "actor",
            "controllers",
            "dns",
            "engine",
            "turn",
            "compare",
            "narrative",
            "obstacle",
            "trap",
        ]),
    ),
    ("transcript", These(&["api", "language", "cluster", "reason", "engine", "explain"])),
    ("kubectl", These(&["api", "language", "manifest", "cluster", "reason", "actor", "dns", "engine", "events"])),
    ("link", These(&["api", "language", "manifest", "actor", "engine", "kubectl"])),
    (
        "scene",
        These(&[
            "compare",
            "api",
            "cluster",
            "reason",
            "actor",
            "engine",
            "events",
            "controllers",
            "scheduler",
            "dns",
            "obstacle",
            "trap",
            "explain",
            "language",
        ]),
    ),
    ("examples", These(&["manifest", "session"])),
    (
        "session",
        These(&[
            "api", "language", "manifest", "cluster", "reason", "actor", "engine", "kubectl", "scene", "examples",
            "link",
        ]),
    ),
    ("predict", These(&["api", "cluster", "reason", "actor", "engine", "explain"])),
    ("lesson", These(&["language", "manifest", "engine", "kubectl", "predict"])),
    ("ui", AllBut(&["cli"])),
    ("cli", AllBut(&["ui"])),
];

/// The front ends, each with the only place where it exists.
const FRONT_ENDS: &[(&str, &str)] =
    &[("ui", "#[cfg(target_arch = \"wasm32\")]"), ("cli", "#[cfg(not(target_arch = \"wasm32\"))]")];

/// Crates that reach for the browser.
const WEB_CRATES: &[&str] = &["gloo", "js_sys", "wasm_bindgen", "web_sys", "yew"];

/// Parts of the standard library that reach for the machine.
const MACHINE: &[&str] = &["env", "fs", "net", "process", "thread", "time"];

/// What there is of them that does not: a span of time is a number.
const HARMLESS: &[[&str; 2]] = &[["time", "Duration"]];

/// Whether the module is one that runs the same natively and in the browser.
pub fn is_core(module: &str) -> bool {
    FRONT_ENDS.iter().all(|(front_end, _)| *front_end != module)
}

/// Uses of a module by one that may not know it, and of the browser by the core.
pub fn crossed(source: &Source) -> Vec<Violation> {
    let Some(module) = source.module() else { return Vec::new() };
    let table = "xtask/src/tidy/boundaries.rs";
    let Some((_, knows)) = MODULES.iter().find(|(name, _)| *name == module) else {
        let what = format!("the module {module} is not in the table of what knows what");
        return vec![Violation::new(source.path, 0, what, format!("add it to {table}"))];
    };
    let mut violations = Vec::new();
    for (line, path) in paths(source, &["crate::", "setwise::"]) {
        let Some(used) = path.first().filter(|used| **used != module) else { continue };
        if !MODULES.iter().any(|(name, _)| name == used) || allows(knows, &path) {
            continue;
        }
        let what = format!("{module} may not know {}", path[..path.len().min(2)].join("::"));
        let mend = match knows {
            These([]) => "it knows no other module: move what needs both to one that knows both".to_owned(),
            These(these) => format!("it knows {}: move what needs both to a module that knows both", these.join(", ")),
            AllBut(_) => "each front end stands alone: move what both need into the core".to_owned(),
        };
        violations.push(Violation::new(source.path, line, what, mend));
    }
    if is_core(module) {
        for (line, code) in source.lines() {
            for used in words(code).filter(|word| WEB_CRATES.iter().any(|web| word.starts_with(web))) {
                let what = format!("{module} uses {used}, but the core knows nothing of the browser");
                violations.push(Violation::new(source.path, line, what, "let ui do it and hand in the result"));
            }
        }
        for (line, path) in paths(source, &["std::"]) {
            if path.first().is_some_and(|used| MACHINE.contains(used))
                && !HARMLESS.iter().any(|end| path.ends_with(end))
            {
                let what = format!("{module} uses std::{}, but a run depends on its input alone", path.join("::"));
                violations.push(Violation::new(
                    source.path,
                    line,
                    what,
                    "let a front end do it and hand in the result",
                ));
            }
        }
    }
    violations
}

fn allows(knows: &Knows, path: &[&str]) -> bool {
    let starts = |module: &&str| module.split("::").zip(path).all(|(wanted, there)| wanted == *there);
    let reaches = |module: &&str| module.split("::").count() <= path.len();
    match knows {
        These(these) => these.iter().any(|module| reaches(module) && starts(module)),
        AllBut(these) => !these.iter().any(starts),
    }
}

/// A front end that is declared where it cannot exist.
pub fn front_ends(source: &Source) -> Vec<Violation> {
    if source.path != "src/lib.rs" {
        return Vec::new();
    }
    let mut violations = Vec::new();
    let mut above = "";
    for (index, line) in source.text.lines().enumerate() {
        for (front_end, condition) in FRONT_ENDS {
            if line.ends_with(&format!("mod {front_end};")) && above != *condition {
                let what = format!("{front_end} is declared for every target");
                violations.push(Violation::new(source.path, index + 1, what, format!("put {condition} above it")));
            }
        }
        above = line;
    }
    violations
}

/// Every path that starts so and is not in a test, with its line: `crate::a::b`, what `super` reaches there, and each
/// branch of `crate::{a::b, c}`.
fn paths<'a>(source: &'a Source, starts: &[&str]) -> Vec<(usize, Vec<&'a str>)> {
    let code = source.code.as_str();
    // Where a chain of `super` reaches the root depends on how deep the file is.
    let supers = "super::".repeat(source.depth());
    let reaches_root = starts.contains(&"crate::").then_some(supers.as_str());
    let mut found = Vec::new();
    for start in starts.iter().copied().chain(reaches_root) {
        for (place, _) in code.match_indices(start) {
            if !ends_with_word(&code[..place]) && !code[..place].ends_with("super::") {
                branches(code, place + start.len(), &mut Vec::new(), &mut found);
            }
        }
    }
    found.into_iter().filter_map(|(place, path)| Some((source.line_at(place)?, path))).collect()
}

fn ends_with_word(code: &str) -> bool {
    code.ends_with(is_of_word)
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

/// Follows a path, and each branch of a group; gives the place after it.
fn branches<'a>(code: &'a str, start: usize, path: &mut Vec<&'a str>, found: &mut Vec<(usize, Vec<&'a str>)>) -> usize {
    let known = path.len();
    let mut place = skip_blanks(code, start);
    loop {
        let rest = &code[place..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut inside = place + rest.len() - group.len();
            loop {
                inside = skip_blanks(code, inside);
                match code[inside..].chars().next() {
                    Some('}') => break inside += 1,
                    Some(',') => inside += 1,
                    Some(char) if is_of_word(char) => inside = branches(code, inside, path, found),
                    Some(char) => inside += char.len_utf8(),
                    None => break,
                }
            }
            path.truncate(known);
            return inside;
        }
        let word = rest.find(|char| !is_of_word(char)).unwrap_or(rest.len());
        if word > 0 {
            path.push(&rest[..word]);
        }
        place += word;
        match code[place..].strip_prefix("::") {
            Some(_) if word > 0 => place += 2,
            _ => break,
        }
    }
    if path.len() > known {
        found.push((start, path.clone()));
    }
    path.truncate(known);
    place
}

fn skip_blanks(code: &str, place: usize) -> usize {
    code[place..].find(|char: char| !char.is_whitespace()).map_or(code.len(), |blanks| place + blanks)
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|char| !is_of_word(char)).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &str, text: &str) -> Vec<String> {
        crossed(&Source::new(path, text)).iter().map(Violation::to_string).collect()
    }

    #[test]
    fn what_the_table_allows_is_quiet() {
        assert!(
            said("src/cluster/mod.rs", "use crate::api::{Key, Pod};\nuse crate::cluster::store::Store;\n").is_empty()
        );
        assert!(said("src/scheduler/volumes.rs", "use crate::controllers::volume::{a, b};\n").is_empty());
        assert!(said("src/ui/mod.rs", "use crate::engine::Timeline;\nuse yew::prelude::*;\n").is_empty());
        assert!(
            said("src/api/a.rs", "/// See [`crate::engine`].\nfn a() -> &'static str { \"crate::ui\" }\n").is_empty()
        );
    }

    #[test]
    fn a_crossed_boundary_names_both_and_the_way_out() {
        assert_eq!(
            said("src/cluster/mod.rs", "use crate::api::Key;\n\nuse crate::engine::Engine;\n"),
            ["src/cluster/mod.rs:3: cluster may not know engine::Engine; \
              it knows api: move what needs both to a module that knows both"]
        );
        assert_eq!(said("src/api/a.rs", "fn a() { crate::cluster::b() }").len(), 1);
        assert_eq!(said("src/ui/a.rs", "use crate::cli::b;").len(), 1);
    }

    #[test]
    fn a_part_of_a_module_is_not_the_whole() {
        assert_eq!(said("src/scheduler/a.rs", "use crate::controllers::daemon_set::b;").len(), 1);
        assert_eq!(said("src/scheduler/a.rs", "use crate::controllers;").len(), 1);
    }

    #[test]
    fn groups_and_super_hide_nothing() {
        assert_eq!(
            said("src/api/a.rs", "use crate::{\n    api::B,\n    cluster::{C, d::E},\n    engine,\n};\n").len(),
            3
        );
        assert_eq!(said("src/api/a.rs", "use super::super::engine::B;").len(), 1);
        assert_eq!(said("src/api/mod.rs", "use super::engine::B;").len(), 1);
        assert!(said("src/api/a.rs", "use super::engine::B;").is_empty(), "that is api::engine");
    }

    #[test]
    fn tests_may_reach_anywhere() {
        assert!(said("src/api/a.rs", "#[cfg(test)]\nmod tests {\n    use crate::engine::B;\n}\n").is_empty());
    }

    #[test]
    fn the_core_does_not_reach_for_the_browser() {
        assert_eq!(
            said("src/engine/a.rs", "fn now() -> f64 { js_sys::Date::now() }"),
            ["src/engine/a.rs:1: engine uses js_sys, but the core knows nothing of the browser; \
              let ui do it and hand in the result"]
        );
    }

    #[test]
    fn the_core_does_not_reach_for_the_machine() {
        assert_eq!(
            said("src/engine/a.rs", "use std::{fmt, fs::File};"),
            ["src/engine/a.rs:1: engine uses std::fs::File, but a run depends on its input alone; \
              let a front end do it and hand in the result"]
        );
        assert_eq!(said("src/engine/a.rs", "fn a() { std::env::var(\"A\") }").len(), 1);
        assert!(said("src/engine/a.rs", "use std::time::Duration;").is_empty());
        assert!(said("src/cli/a.rs", "use std::fs;").is_empty());
        assert!(said("src/engine/a.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n").is_empty());
    }

    #[test]
    fn a_new_module_has_to_be_placed() {
        assert_eq!(
            said("src/weather.rs", ""),
            ["src/weather.rs: the module weather is not in the table of what knows what; \
              add it to xtask/src/tidy/boundaries.rs"]
        );
    }

    #[test]
    fn a_front_end_exists_on_its_own_target_only() {
        let said = |text| front_ends(&Source::new("src/lib.rs", text)).len();
        assert_eq!(said("pub mod api;\n#[cfg(target_arch = \"wasm32\")]\npub mod ui;\n"), 0);
        assert_eq!(said("pub mod api;\npub mod ui;\n"), 1);
        assert_eq!(said("#[cfg(target_arch = \"wasm32\")]\npub mod cli;\n"), 1);
    }
}
