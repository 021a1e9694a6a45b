//! From a field's path, as the API prints it, to its place in the text.

use super::yaml::{Content, Node, Span};

/// Where a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the file.
    pub file: usize,
    /// Its key; none for an item of a list.
    pub key: Option<Span>,
    /// Its value.
    pub value: Span,
}

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    Field(&'a str),
    Index(usize),
}

/// What was found of a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    /// The deepest value that is written.
    pub node: &'a Node,
    /// Its key.
    pub key: Option<Span>,
    /// Whether that is the whole path.
    pub is_exact: bool,
}

impl Found<'_> {
    /// What to underline: a value that fits on a line, else the key.
    pub fn span(&self) -> Span {
        let is_scalar = !matches!(self.node.content, Content::Mapping(_) | Content::Sequence(_));
        let value = self.node.span;
        match self.key {
            Some(key) if !self.is_exact || !is_scalar || value.start == value.end => key,
            _ if is_scalar => value,
            // An item of a list, or the whole document: its first key.
            _ => match self.node.as_mapping().and_then(|mapping| mapping.entries.first()) {
                Some(entry) => entry.key_span,
                None => value,
            },
        }
    }
}

/// Cuts a path: `spec.containers[0].ports`, `resources[storage]`.
pub(super) fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (key, after) = inner.split_once(']').unwrap_or((inner, ""));
            steps.push(key.parse().map_or(Step::Field(key), Step::Index));
            rest = after;
        } else {
            let start = rest.strip_prefix('.').unwrap_or(rest);
            let end = start.find(['.', '[']).unwrap_or(start.len());
            let (name, after) = start.split_at(end);
            if !name.is_empty() {
                steps.push(Step::Field(name));
            }
            rest = if after == "." { "" } else { after };
        }
    }
    steps
}

/// Follows a path as far as it is written.
pub(super) fn find<'a>(root: &'a Node, path: &str) -> Found<'a> {
    let mut found = Found { node: root, key: None, is_exact: true };
    for step in steps(path) {
        let next = match (&step, &found.node.content) {
            (Step::Field(name), Content::Mapping(mapping)) => {
                mapping.get(name).map(|entry| (&*entry.value, Some(entry.key_span)))
            }
            (Step::Index(index), Content::Sequence(items)) => items.get(*index).map(|item| (&**item, None)),
            // A key that is a number.
            (Step::Index(index), Content::Mapping(mapping)) => {
                mapping.get(&index.to_string()).map(|entry| (&*entry.value, Some(entry.key_span)))
            }
            _ => None,
        };
        match next {
            Some((node, key)) => found = Found { node, key, is_exact: true },
            None => return Found { is_exact: false, ..found },
        }
    }
    found
}

/// Paths that upstream prints and that are not those of the manifest.
const ELSEWHERE: [(&str, &str); 7] = [
    ("spec.template.labels", "spec.template.metadata.labels"),
    ("spec.template.annotations", "spec.template.metadata.annotations"),
    ("metadata.taints", "spec.taints"),
    ("spec.clusterIPs[0]", "spec.clusterIP"),
    ("spec.clusterIPs", "spec.clusterIP"),
    ("volumeMode", "spec.volumeMode"),
    ("nodeAffinity", "spec.nodeAffinity"),
];

/// Follows the path of an error, which may not be that of the manifest.
pub(super) fn find_error<'a>(root: &'a Node, path: &str) -> Found<'a> {
    let found = find(root, path);
    if found.is_exact {
        return found;
    }
    let other = ELSEWHERE.iter().find_map(|(printed, written)| {
        let rest = path.strip_prefix(printed)?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then(|| format!("{written}{rest}"))
    });
    let other = other.unwrap_or_else(|| path.replace("resources[storage]", "resources.requests.storage"));
    if other == path { found } else { find(root, &other) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_cut_at_dots_and_brackets() {
        assert_eq!(
            steps("a.b[0].c[d.e/f]"),
            [Step::Field("a"), Step::Field("b"), Step::Index(0), Step::Field("c"), Step::Field("d.e/f")]
        );
        assert!(steps("").is_empty());
        assert_eq!(steps("..a.[").len(), 2);
    }
}
