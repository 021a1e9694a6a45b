//! Links of Markdown files to other files of the repository.

use super::Violation;

/// Links that lead nowhere. `exists` says whether there is something at a path from the root.
pub fn broken(path: &str, text: &str, exists: &dyn Fn(&str) -> bool) -> Vec<Violation> {
    let mut fenced = false;
    let mut violations = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for link in targets(&without_code(line)) {
            let to = resolved(path, link);
            if to.as_deref().is_none_or(|to| !exists(to)) {
                let what = format!("the link to {link} leads nowhere");
                violations.push(Violation::new(path, index + 1, what, "correct the path or take the link out"));
            }
        }
    }
    violations
}

/// The line with blanks for what is between backticks.
fn without_code(line: &str) -> String {
    line.split('`').enumerate().map(|(part, text)| if part % 2 == 0 { text } else { " " }).collect()
}

/// The targets of links that are files of the repository.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let inline = line.match_indices("](").filter_map(|(place, open)| {
        let target = &line[place + open.len()..];
        target.split([')', ' ']).next()
    });
    let reference = line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target);
    inline.chain(reference).filter(|target| !target.is_empty() && !target.starts_with('#') && !is_elsewhere(target))
}

/// Whether a target has a scheme, as in `https:` and `mailto:`.
fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// The path from the root of a link in a file; none where it leaves the repository.
fn resolved(path: &str, link: &str) -> Option<String> {
    let link = link.split(['#', '?']).next()?;
    let mut names: Vec<&str> = path.split('/').collect();
    names.pop();
    if link.starts_with('/') {
        names.clear();
    }
    for name in link.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            _ => names.push(name),
        }
    }
    Some(names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &str, text: &str) -> Vec<String> {
        let there = ["README.md", "static/lessons/en/first.md", "ARCHITECTURE.md"];
        broken(path, text, &|target| there.contains(&target)).iter().map(Violation::to_string).collect()
    }

    #[test]
    fn links_lead_somewhere() {
        assert!(said("README.md", "[a](ARCHITECTURE.md#map) ![b](./static/lessons/en/first.md \"c\")").is_empty());
        assert!(said("static/lessons/en/second.md", "[a](first.md) and [b](../../../README.md)").is_empty());
        assert_eq!(
            said("README.md", "text\n[a](docs/none.md)"),
            ["README.md:2: the link to docs/none.md leads nowhere; correct the path or take the link out"]
        );
        assert_eq!(said("README.md", "[a]: none.md").len(), 1);
        assert_eq!(said("README.md", "[a](../outside.md)").len(), 1);
    }

    #[test]
    fn what_is_no_link_to_a_file_is_left_alone() {
        assert!(said("README.md", "[a](https://kubernetes.io/docs) [b](mailto:a@b.c) [c](#here)").is_empty());
        assert!(said("README.md", "`[a](b.md)`\n```\n[c](d.md)\n```\n").is_empty());
    }
}
