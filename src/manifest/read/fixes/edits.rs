//! Edits that put something in or take something out and leave the rest, comments included, byte for byte as it was.

use crate::manifest::diagnostic::Edit;
use crate::manifest::yaml::{Content, Entry, Node};
use serde_json::Value;
use std::ops::Range;

/// The line break that a text uses.
pub(in crate::manifest::read) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Where the line begins that a byte is in. Nothing but the line is looked at: texts are long, and fixes many.
pub(in crate::manifest::read) fn line_start(text: &str, byte: usize) -> usize {
    text.get(..byte).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1)
}

/// Where the line ends that a byte is in, before its line break.
pub(super) fn line_end(text: &str, byte: usize) -> usize {
    let rest = text.get(byte..).unwrap_or_default();
    byte + rest.find(['\n', '\r']).unwrap_or(rest.len())
}

/// An edit that replaces bytes.
pub(in crate::manifest::read) fn replace(file: usize, range: Range<usize>, text: impl Into<String>) -> Edit {
    Edit { file, start_byte: range.start, end_byte: range.end, text: text.into() }
}

/// An edit that puts something in at a byte.
pub(in crate::manifest::read) fn insert(file: usize, at: usize, text: impl Into<String>) -> Edit {
    replace(file, at..at, text)
}

/// A scalar as YAML, in quotes where it would not be read as text.
pub(in crate::manifest::read) fn quoted(text: &str) -> String {
    let is_plain = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'))
        && text.as_bytes().first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
        && !matches!(text.to_lowercase().as_str(), "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null");
    if is_plain || is_amount(text) { text.into() } else { Value::from(text).to_string() }
}

/// `100m`, `1Gi`: begins like a number and is none.
fn is_amount(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < text.len() && matches!(unit, "m" | "k" | "M" | "G" | "T" | "Ki" | "Mi" | "Gi" | "Ti")
}

/// A scalar in place of another, in quotes where that one is.
pub(in crate::manifest::read) fn quoted_like(written: &str, text: &str) -> String {
    match written.chars().next() {
        Some('"') => Value::from(text).to_string(),
        Some('\'') if !text.contains(['\'', '\n']) => format!("'{text}'"),
        _ => quoted(text),
    }
}

/// Replaces the text of a scalar.
pub(in crate::manifest::read) fn replace_scalar(text: &str, file: usize, node: &Node, new: &str) -> Option<Edit> {
    let range = node.span.range();
    let written = text.get(range.clone())?;
    // A scalar over several lines, or one that comes from elsewhere, is somebody else's text.
    let is_simple = !written.is_empty() && !written.contains(['\n', '\r']) && !written.starts_with(['*', '&', '!']);
    is_simple.then(|| replace(file, range, quoted_like(written, new)))
}

/// A field that is put in.
pub(in crate::manifest::read) struct Addition<'a> {
    pub key: &'a str,
    pub value: Value,
}

impl Addition<'_> {
    /// The lines of the field, each without its line break.
    pub fn block(&self) -> Vec<String> {
        let mut lines = vec![];
        block(&quoted(self.key), &self.value, "", &mut lines);
        lines
    }

    /// The field in one line, as YAML or as JSON.
    fn flow(&self, is_json: bool) -> String {
        let key = if is_json { Value::from(self.key).to_string() } else { quoted(self.key) };
        format!("{key}: {}", flow(&self.value, is_json))
    }
}

fn flow(value: &Value, is_json: bool) -> String {
    match value {
        _ if is_json => value.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(|item| flow(item, false)).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{}: {}", quoted(key), flow(value, false)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}

/// `key` may begin with the `- ` of an item.
fn block(key: &str, value: &Value, indent: &str, lines: &mut Vec<String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            lines.push(format!("{indent}{key}:"));
            for (key, value) in fields {
                block(&quoted(key), value, &format!("{indent}  "), lines);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            lines.push(format!("{indent}{key}:"));
            for item in items {
                let Value::Object(fields) = item else {
                    lines.push(format!("{indent}- {}", flow(item, false)));
                    continue;
                };
                for (index, (key, value)) in fields.iter().enumerate() {
                    let (lead, key) = if index == 0 { ("", format!("- {}", quoted(key))) } else { ("  ", quoted(key)) };
                    // What is below the first field of an item is indented from the field, not from the dash.
                    match value {
                        Value::Object(_) | Value::Array(_) => {
                            lines.push(format!("{indent}{lead}{key}: {}", flow(value, false)));
                        }
                        _ => block(&key, value, &format!("{indent}{lead}"), lines),
                    }
                }
            }
        }
        value => lines.push(format!("{indent}{key}: {}", flow(value, false))),
    }
}

/// Whether a key is written as JSON writes it.
fn is_json_key(text: &str, entry: &Entry) -> bool {
    text.get(entry.key_span.range()).is_some_and(|key| key.starts_with('"'))
}

/// Spaces and dashes before a key of a mapping that is written in lines; none where it is written in braces.
fn block_indent<'a>(text: &'a str, owner: &Node, entry: &Entry) -> Option<&'a str> {
    if text.get(owner.span.start.byte..)?.starts_with('{') {
        return None;
    }
    let start = entry.key_span.start.byte;
    let before = text.get(line_start(text, start)..start)?.trim_start_matches('\u{feff}');
    before.chars().all(|c| matches!(c, ' ' | '-')).then_some(before)
}

/// Whether the entries of a mapping are written where it is, and not somewhere else that an alias stands for.
fn is_own(owner: &Node, entry: &Entry) -> bool {
    !entry.is_merged && owner.span.range().contains(&entry.key_span.start.byte)
}

/// Puts a field before another one of the same mapping.
pub(in crate::manifest::read) fn add_before(
    text: &str,
    file: usize,
    owner: &Node,
    entry: &Entry,
    added: &Addition,
) -> Option<Edit> {
    if !is_own(owner, entry) {
        return None;
    }
    let at = entry.key_span.start.byte;
    Some(match block_indent(text, owner, entry) {
        Some(before) => {
            let indent = " ".repeat(before.len());
            let end = line_break(text);
            insert(file, at, added.block().iter().map(|line| format!("{line}{end}{indent}")).collect::<String>())
        }
        None => insert(file, at, format!("{}, ", added.flow(is_json_key(text, entry)))),
    })
}

/// Puts a field at the end of a mapping, or in place of nothing where its value is not written.
pub(in crate::manifest::read) fn add_to(text: &str, file: usize, owner: &Entry, added: &Addition) -> Option<Edit> {
    let node = &owner.value;
    let range = node.span.range();
    match &node.content {
        Content::Mapping(mapping) => {
            let Some(last) = mapping.entries.iter().rev().find(|entry| !entry.is_merged) else {
                let is_empty = mapping.entries.is_empty() && text.get(range.clone()) == Some("{}");
                let is_json = is_json_key(text, owner);
                return is_empty.then(|| replace(file, range, format!("{{{}}}", added.flow(is_json))));
            };
            add_after(text, file, node, last, added)
        }
        Content::Null if range.is_empty() && !owner.is_merged => {
            let start = owner.key_span.start.byte;
            let before = text.get(line_start(text, start)..start)?.trim_start_matches('\u{feff}');
            if !before.chars().all(|c| matches!(c, ' ' | '-')) {
                return None;
            }
            let indent = " ".repeat(before.len() + 2);
            let lines =
                added.block().iter().map(|line| format!("{}{indent}{line}", line_break(text))).collect::<String>();
            Some(insert(file, rest_of_line(text, range.end)?, lines))
        }
        _ => None,
    }
}

/// Puts a field after another one of the same mapping.
pub(in crate::manifest::read) fn add_after(
    text: &str,
    file: usize,
    owner: &Node,
    entry: &Entry,
    added: &Addition,
) -> Option<Edit> {
    let value = &entry.value.span;
    let end = value.end.byte.max(entry.key_span.end.byte);
    // An alias, or a merged mapping, has its own place.
    if !is_own(owner, entry) || value.start.byte < entry.key_span.end.byte {
        return None;
    }
    match block_indent(text, owner, entry) {
        Some(before) => {
            let indent = " ".repeat(before.len());
            let lines =
                added.block().iter().map(|line| format!("{}{indent}{line}", line_break(text))).collect::<String>();
            Some(insert(file, rest_of_line(text, end)?, lines))
        }
        None => Some(insert(file, end, format!(", {}", added.flow(is_json_key(text, entry))))),
    }
}

/// The end of the line, where nothing but a comment is left on it.
fn rest_of_line(text: &str, byte: usize) -> Option<usize> {
    let rest = text.get(byte..)?;
    let rest = rest.get(..rest.find(['\n', '\r']).unwrap_or(rest.len()))?;
    let is_quiet = rest.trim().is_empty() || rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#');
    is_quiet.then_some(byte + rest.len())
}

/// The byte after the line break that follows.
pub(super) fn after_line_break(text: &str, byte: usize) -> usize {
    let rest = text.get(byte..).unwrap_or_default();
    byte + if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) }
}

/// Takes an entry of a mapping out. `next` and `before` are its neighbours.
fn remove_entry(
    text: &str,
    file: usize,
    owner: &Node,
    entry: &Entry,
    before: Option<&Entry>,
    next: Option<&Entry>,
) -> Option<Edit> {
    let (start, end) = (entry.key_span.start.byte, entry.value.span.end.byte.max(entry.key_span.end.byte));
    let gone = text.get(start..end)?;
    // Something else may stand for what is named here.
    if !is_own(owner, entry) || gone.contains('&') || entry.value.span.start.byte < start {
        return None;
    }
    match block_indent(text, owner, entry) {
        Some(lead) if lead.contains('-') => Some(replace(file, start..next?.key_span.start.byte, "")),
        Some(lead) => Some(replace(file, start - lead.len()..after_line_break(text, rest_of_line(text, end)?), "")),
        None => match (before, next) {
            (_, Some(next)) => Some(replace(file, start..next.key_span.start.byte, "")),
            (Some(before), None) => {
                Some(replace(file, before.value.span.end.byte.max(before.key_span.end.byte)..end, ""))
            }
            (None, None) => Some(replace(file, start..end, "")),
        },
    }
}

/// Takes one of the entries of a mapping out.
pub(in crate::manifest::read) fn remove_from(text: &str, file: usize, owner: &Node, entry: &Entry) -> Option<Edit> {
    let entries = &owner.as_mapping()?.entries;
    let index = entries.iter().position(|other| std::ptr::eq(other, entry))?;
    let written = |entry: Option<&'_ Entry>| entry.is_none_or(|entry| !entry.is_merged);
    let before = index.checked_sub(1).and_then(|index| entries.get(index));
    let next = entries.get(index + 1);
    if !written(before) || !written(next) {
        return None;
    }
    remove_entry(text, file, owner, entry, before, next)
}

/// Takes the field at the end of a path of keys out, and with it the parents that have nothing else.
pub(in crate::manifest::read) fn remove_path(text: &str, file: usize, root: &Node, path: &[&str]) -> Option<Edit> {
    let mut owners = vec![];
    let mut node = root;
    for key in path {
        let entry = node.get(key)?;
        owners.push((node, entry));
        node = &entry.value;
    }
    let lonely = |(owner, _): &&(&Node, &Entry)| owner.as_mapping().is_some_and(|mapping| mapping.entries.len() == 1);
    let alone = owners.iter().skip(1).rev().take_while(lonely).count();
    let (owner, entry) = owners.get(owners.len().checked_sub(alone + 1)?)?;
    remove_from(text, file, owner, entry)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::manifest::diagnostic::{SourceFile, apply};
    use crate::manifest::yaml;
    use serde_json::json;

    fn edited(text: &str, edit: impl Fn(&Node) -> Option<Edit>) -> String {
        let root = yaml::parse(text).documents.remove(0).root.unwrap();
        let mut files = [SourceFile { name: "a".into(), text: text.into() }];
        apply(&[edit(&root).unwrap()], &mut files);
        assert!(yaml::parse(&files[0].text).problems.is_empty(), "{}", files[0].text);
        files[0].text.clone()
    }

    #[test]
    fn a_field_is_added_in_the_style_of_its_mapping() {
        let added = Addition { key: "labels", value: json!({ "app": "web" }) };
        let add = |text: &str| edited(text, |root| add_to(text, 0, root.get("m").unwrap(), &added));
        assert_eq!(add("m:\n  a: 1 # one\n\nb: 2\n"), "m:\n  a: 1 # one\n  labels:\n    app: web\n\nb: 2\n");
        assert_eq!(add("m: {a: 1}\n"), "m: {a: 1, labels: {app: web}}\n");
        assert_eq!(add("{\"m\": {\"a\": 1}}"), "{\"m\": {\"a\": 1, \"labels\": {\"app\":\"web\"}}}");
        assert_eq!(add("m: {}\r\n"), "m: {labels: {app: web}}\r\n");
        assert_eq!(add("m:   # nothing\r\nb: 2\r\n"), "m:   # nothing\r\n  labels:\r\n    app: web\r\nb: 2\r\n");
        assert_eq!(add("m:\n  a: 1"), "m:\n  a: 1\n  labels:\n    app: web");
    }

    #[test]
    fn a_list_of_objects_is_written_item_by_item() {
        let added = Addition { key: "volumes", value: json!([{ "emptyDir": {}, "name": "data" }]) };
        assert_eq!(added.block(), ["volumes:", "- emptyDir: {}", "  name: data"]);
    }

    #[test]
    fn what_is_removed_leaves_its_neighbours_and_their_comments() {
        let remove = |text: &str, path: &[&str]| edited(text, |root| remove_path(text, 0, root, path));
        assert_eq!(remove("# a\na: 1 # one\nb:\n  c: 2 # two\n  d: 3\n", &["b", "c"]), "# a\na: 1 # one\nb:\n  d: 3\n");
        assert_eq!(remove("a: 1\nb:\n  c:\n    d: 3\ne: 4", &["b", "c", "d"]), "a: 1\ne: 4");
        assert_eq!(remove("a: {b: 1, c: 2}\n", &["a", "c"]), "a: {b: 1}\n");
        assert_eq!(remove("a: {b: 1, c: 2}\n", &["a", "b"]), "a: {c: 2}\n");
    }

    #[test]
    fn a_scalar_keeps_its_quotes() {
        let change = |text: &str| edited(text, |root| replace_scalar(text, 0, &root.get("a").unwrap().value, "b c"));
        assert_eq!(change("a: \"x\" # y\n"), "a: \"b c\" # y\n");
        assert_eq!(change("a: 'x'\n"), "a: 'b c'\n");
        assert_eq!(change("a: x\n"), "a: \"b c\"\n");
    }
}
