//! Where `Cargo.toml` may name crates of the browser.

use super::Violation;

/// Crates that work in a browser only, by how their names start.
const WEB_CRATES: &[&str] = &["gloo", "js-sys", "wasm-bindgen", "web-sys", "yew", "console_"];

/// Web crates that are dependencies of every target.
pub fn misplaced(path: &str, text: &str) -> Vec<Violation> {
    let is_web = |name: &str| WEB_CRATES.iter().any(|web| name.starts_with(web));
    let mut section = "";
    let mut violations = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let named = if let Some(header) = line.trim().strip_prefix('[') {
            section = header.trim_end_matches(']');
            // `[dependencies.NAME]`
            section.rsplit_once("dependencies.").map(|(_, name)| name)
        } else if section.ends_with("dependencies") {
            line.split_once('=').map(|(name, _)| name.trim().trim_matches('"').split('.').next().unwrap_or_default())
        } else {
            None
        };
        if let Some(name) = named.filter(|name| is_web(name) && !section.contains("cfg(target_arch = \"wasm32\")")) {
            let what = format!("{name} is a dependency of every target");
            let mend = "put it under [target.'cfg(target_arch = \"wasm32\")'.dependencies]";
            violations.push(Violation::new(path, index + 1, what, mend));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<usize> {
        misplaced("Cargo.toml", text).iter().map(|violation| violation.line).collect()
    }

    #[test]
    fn web_crates_are_for_the_browser() {
        let wasm = "[target.'cfg(target_arch = \"wasm32\")'.dependencies]\nyew = \"0.23\"\n\n\
                    [target.'cfg(target_arch = \"wasm32\")'.dependencies.web-sys]\nversion = \"0.3\"\n";
        assert!(lines(wasm).is_empty());
        assert_eq!(lines("[dependencies]\nserde = \"1\"\ngloo-timers = \"0.3\"\n"), [3]);
        assert_eq!(lines("[dependencies.web-sys]\nversion = \"0.3\"\n"), [1]);
        assert_eq!(lines("[target.'cfg(not(target_arch = \"wasm32\"))'.dev-dependencies]\njs-sys = \"1\"\n"), [2]);
    }

    #[test]
    fn what_is_no_dependency_does_not_count() {
        assert!(lines("[features]\nyew = []\n[package]\nname = \"yew-something\"\n").is_empty());
    }
}
