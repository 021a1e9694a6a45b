//! From the parser's events to a tree. No recursion: a deeply nested text must not exhaust the stack.

use super::{Content, Entry, Lines, MAX_ALIASED, MAX_DEPTH, Mapping, Node, Span, YamlProblem, YamlProblemKind, scalar};
use crate::manifest::field_error::go_quoted;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

const UNCLOSED: &str = "found unexpected end of stream";

/// A finished value with what it costs: how many values it is and how deep it goes.
#[derive(Clone)]
struct Built {
    node: Rc<Node>,
    weight: u32,
    height: u32,
}

/// A collection that is being read.
struct Open {
    start: usize,
    anchor: usize,
    weight: u32,
    height: u32,
    kind: OpenKind,
}

enum OpenKind {
    Sequence(Vec<Rc<Node>>),
    Mapping { entries: Vec<Entry>, key: Option<Key> },
}

enum Key {
    Plain(Rc<str>, Span),
    Merge,
}

struct Builder<'a> {
    text: &'a str,
    lines: &'a Lines,
    range: Range<usize>,
    /// Byte of every character of the document, where they are not the same.
    bytes: Option<Vec<usize>>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Built>,
    aliased: u32,
    root: Option<Rc<Node>>,
}

/// Reads one document; none where it is broken or empty. Problems say which.
pub(super) fn document(
    text: &str,
    range: Range<usize>,
    lines: &Lines,
    problems: &mut Vec<YamlProblem>,
) -> Option<Node> {
    let chunk = text.get(range.clone())?;
    let is_blank = |line: &str| matches!(line.trim_start().as_bytes().first(), None | Some(b'#'));
    if chunk.lines().all(is_blank) {
        return None;
    }
    if let Some(problem) = unreadable(text, range.clone(), chunk, lines) {
        problems.push(problem);
        return None;
    }
    let bytes = (!chunk.is_ascii()).then(|| chunk.char_indices().map(|(byte, _)| byte).collect());
    let mut builder =
        Builder { text, lines, range, bytes, open: Vec::new(), anchors: BTreeMap::new(), aliased: 0, root: None };
    match builder.run_leniently(chunk) {
        Ok(after_end) => problems.extend(after_end),
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    }
    builder.root.map(Rc::unwrap_or_clone)
}

/// What go-yaml does not begin to read: control characters, and directives without a document. A directive stands before the
/// `---` at which `kubectl` cuts the stream.
fn unreadable(text: &str, range: Range<usize>, chunk: &str, lines: &Lines) -> Option<YamlProblem> {
    let is_allowed = |(byte, c): (usize, char)| match c {
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'.. => c != '\u{feff}' || byte == 0,
        _ => false,
    };
    let at = |byte: usize, message: String| {
        let start = range.start + byte;
        let width = text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        YamlProblem { kind: YamlProblemKind::Syntax, message, span: lines.span(text, start..start + width) }
    };
    if let Some((byte, _)) = chunk.char_indices().find(|it| !is_allowed(*it)) {
        return Some(at(byte, "yaml: control characters are not allowed".into()));
    }
    let is_directive = |line: &str| matches!(line.trim_start().as_bytes().first(), None | Some(b'#' | b'%'));
    let count = chunk.lines().count();
    chunk.lines().all(is_directive).then(|| {
        let version = chunk.lines().find_map(|line| line.strip_prefix("%YAML")).map(str::trim);
        match version.is_none_or(|version| version == "1.1") {
            true => at(0, format!("yaml: line {count}: did not find expected <document start>")),
            false => at(0, "yaml: found incompatible YAML document".into()),
        }
    })
}

/// Tabs after a colon that are read again as spaces, at most.
const MAX_TABS: usize = 100;

impl Builder<'_> {
    /// Reads a tab after a colon as go-yaml does, to which it is white space.
    fn run_leniently(&mut self, chunk: &str) -> Result<Option<YamlProblem>, YamlProblem> {
        let mut text = std::borrow::Cow::Borrowed(chunk);
        for _ in 0..MAX_TABS {
            let error = match self.run(&text) {
                Ok(after_end) => return Ok(after_end),
                Err(error) => error,
            };
            let at = error.span.start.byte.saturating_sub(self.range.start);
            let is_colon_tab = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(":\t"));
            let Some(colon) = (at.saturating_sub(1)..=at).find(|at| is_colon_tab(*at)) else { return Err(error) };
            let mut spaced = text.into_owned();
            spaced.replace_range(colon + 1..colon + 2, " ");
            text = std::borrow::Cow::Owned(spaced);
            (self.open, self.anchors, self.aliased, self.root) = (Vec::new(), BTreeMap::new(), 0, None);
        }
        self.run(&text)
    }

    fn run(&mut self, chunk: &str) -> Result<Option<YamlProblem>, YamlProblem> {
        let mut parser = Parser::new_from_str(chunk);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax(&error))?;
            let (start, end) = (self.byte(span.start), self.byte(span.end));
            if self.root.is_some() && self.open.is_empty() {
                // go-yaml reads the first document of what lies between two `---` lines, and nothing after it.
                match event {
                    Event::DocumentEnd | Event::StreamEnd => continue,
                    _ => return Ok(Some(self.after_end(start))),
                }
            }
            match event {
                Event::Scalar(value, style, anchor, tag) => self.scalar(&value, style, tag, anchor, start..end)?,
                Event::SequenceStart(anchor, _) => self.enter(start, anchor, OpenKind::Sequence(Vec::new()))?,
                Event::MappingStart(anchor, _) => {
                    self.enter(start, anchor, OpenKind::Mapping { entries: Vec::new(), key: None })?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.leave(end)?,
                Event::Alias(anchor) => self.alias(anchor, start..end)?,
                _ => {}
            }
        }
        Ok(None)
    }

    /// The byte in the whole text; the parser counts characters of the document.
    fn byte(&self, marker: Marker) -> usize {
        let within = match &self.bytes {
            Some(bytes) => bytes.get(marker.index()).copied().unwrap_or(self.range.len()),
            None => marker.index().min(self.range.len()),
        };
        self.range.start + within
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.lines.span(self.text, range)
    }

    /// Without the white space at the end, which the parser counts in where a block scalar ends.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let written = self.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + written.trim_end().len()
    }

    /// Until the closing quote: the parser also counts in a comment that follows.
    fn until_quote(&self, range: Range<usize>, quote: char) -> Range<usize> {
        let written = self.text.get(range.clone()).unwrap_or_default();
        let mut chars = written.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if quote == '"' => {
                    chars.next();
                }
                // In single quotes two of them are one.
                _ if c == quote && quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == quote) => {
                    chars.next();
                }
                _ if c == quote => return range.start..range.start + at + c.len_utf8(),
                _ => {}
            }
        }
        self.trimmed(range)
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: Option<Cow<'_, Tag>>,
        anchor: usize,
        range: Range<usize>,
    ) -> Result<(), YamlProblem> {
        let is_plain = style == ScalarStyle::Plain;
        let range = match style {
            ScalarStyle::DoubleQuoted => self.until_quote(range, '"'),
            ScalarStyle::SingleQuoted => self.until_quote(range, '\''),
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => self.trimmed(range),
        };
        let content = match tag.as_deref().filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str()) {
            Some("str" | "binary") => Content::String(value.into()),
            Some("int" | "float" | "bool" | "null") => scalar::resolve(value),
            _ if is_plain && tag.is_none() => scalar::resolve(value),
            _ => Content::String(value.into()),
        };
        if is_plain
            && tag.is_none()
            && let Some(infinite) = scalar::not_finite(value)
        {
            let message = format!("json: unsupported value: {infinite}");
            return Err(YamlProblem { kind: YamlProblemKind::Syntax, message, span: self.span(range) });
        }
        let span = match self.open.last() {
            // The parser places a value that is not written at the next token: closer to its key is truer.
            Some(Open { kind: OpenKind::Mapping { key: Some(Key::Plain(_, key)), .. }, .. })
                if is_plain && value.is_empty() =>
            {
                let after = self.text.get(key.end.byte..).unwrap_or_default();
                let colon =
                    after.find(':').filter(|colon| after.get(..*colon).is_some_and(|gap| gap.trim().is_empty()));
                let at = key.end.byte + colon.map_or(0, |colon| colon + 1);
                self.span(at..at)
            }
            _ => self.span(range),
        };
        // go-yaml takes a key for a merge key only where it is plain.
        if is_plain
            && value == "<<"
            && matches!(self.open.last(), Some(Open { kind: OpenKind::Mapping { key: None, .. }, .. }))
        {
            if let Some(Open { kind: OpenKind::Mapping { key, .. }, .. }) = self.open.last_mut() {
                *key = Some(Key::Merge);
            }
            return Ok(());
        }
        self.finish(Built { node: Rc::new(Node { span, content }), weight: 1, height: 0 }, anchor)
    }

    fn enter(&mut self, start: usize, anchor: usize, kind: OpenKind) -> Result<(), YamlProblem> {
        if self.open.len() >= MAX_DEPTH as usize {
            return Err(self.too_deep(start..start));
        }
        self.open.push(Open { start, anchor, weight: 1, height: 0, kind });
        Ok(())
    }

    fn leave(&mut self, end: usize) -> Result<(), YamlProblem> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let is_flow = matches!(self.text.as_bytes().get(open.start), Some(b'{' | b'['));
        let (content, last) = match open.kind {
            OpenKind::Sequence(items) => {
                let last = items.last().map(|item| item.span);
                (Content::Sequence(items), last)
            }
            OpenKind::Mapping { entries, .. } => {
                let last = entries.iter().rev().find(|entry| !entry.is_merged).map(|entry| entry.value.span);
                (Content::Mapping(Mapping { entries }), last)
            }
        };
        // The end of a block collection is known only when something else begins: take that of what is in it.
        let span = match last {
            Some(last) if !is_flow => Span { start: self.lines.position(self.text, open.start), end: last.end },
            _ => self.span(self.trimmed(open.start..end.max(open.start))),
        };
        let built = Built { node: Rc::new(Node { span, content }), weight: open.weight, height: open.height + 1 };
        self.finish(built, open.anchor)
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), YamlProblem> {
        let Some(built) = self.anchors.get(&anchor).cloned() else {
            let name = self.text.get(range.clone()).unwrap_or_default().trim().trim_start_matches('*');
            let message = format!("anchor '{name}' value contains itself");
            return Err(self.problem(YamlProblemKind::AliasLimit, &message, range));
        };
        self.aliased = self.aliased.saturating_add(built.weight);
        if self.aliased > MAX_ALIASED {
            return Err(self.problem(YamlProblemKind::AliasLimit, "document contains excessive aliasing", range));
        }
        if self.open.len() + built.height as usize > MAX_DEPTH as usize {
            return Err(self.too_deep(range));
        }
        let node = Node { span: self.span(self.trimmed(range)), content: built.node.content.clone() };
        self.finish(Built { node: Rc::new(node), ..built }, 0)
    }

    /// Puts a finished value where it belongs.
    fn finish(&mut self, built: Built, anchor: usize) -> Result<(), YamlProblem> {
        if anchor != 0 {
            self.anchors.insert(anchor, built.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(built.node);
            return Ok(());
        };
        open.weight = open.weight.saturating_add(built.weight);
        open.height = open.height.max(built.height);
        let node = built.node;
        match &mut open.kind {
            OpenKind::Sequence(items) => items.push(node),
            OpenKind::Mapping { entries, key } => match key.take() {
                None => match key_text(&node.content) {
                    Some(text) => *key = Some(Key::Plain(text, node.span)),
                    None => {
                        let range = node.span.range();
                        let message = format!("invalid map key: {}", go_syntax(&node.content));
                        return Err(self.problem(YamlProblemKind::Key, &message, range));
                    }
                },
                Some(Key::Plain(text, key_span)) => {
                    entries.push(Entry { key: text, key_span, value: node, is_merged: false });
                }
                Some(Key::Merge) => {
                    let Some(merged) = merged_entries(&node) else {
                        let range = node.span.range();
                        let message = "map merge requires map or sequence of maps as the value";
                        return Err(self.problem(YamlProblemKind::Syntax, message, range));
                    };
                    entries.extend(merged);
                }
            },
        }
        Ok(())
    }

    fn problem(&self, kind: YamlProblemKind, message: &str, range: Range<usize>) -> YamlProblem {
        YamlProblem { kind, message: format!("yaml: {message}"), span: self.span(range) }
    }

    fn too_deep(&self, range: Range<usize>) -> YamlProblem {
        self.problem(YamlProblemKind::DepthLimit, "exceeded max depth", range)
    }

    fn after_end(&self, start: usize) -> YamlProblem {
        let message = "what follows `...` is not read";
        self.problem(YamlProblemKind::AfterEnd, message, self.trimmed(start..self.range.end))
    }

    /// The parser's error in the words and with the line of go-yaml.
    fn syntax(&self, error: &ScanError) -> YamlProblem {
        let byte = self.byte(*error.marker());
        let place = self.lines.position(self.text, byte);
        let line = self.lines.line_range(self.text, place.line);
        let content = self.text.get(line.clone()).unwrap_or_default();
        let indent = content.len() - content.trim_start().len();
        let tab = content.get(..indent).and_then(|indent| indent.find('\t'));
        let (kind, at) = match tab {
            Some(_) | None if error.info().contains("unknown anchor") => {
                let name = self.text.get(byte..).unwrap_or_default().trim_start_matches('*');
                let end = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(name.len());
                let name = name.get(..end).unwrap_or_default();
                let message = format!("unknown anchor '{name}' referenced");
                let end = byte + end + 1;
                return self.problem(YamlProblemKind::UnknownAnchor, &message, byte..end.min(self.range.end.max(byte)));
            }
            Some(tab) => (YamlProblemKind::Tab, line.start + tab),
            None => (YamlProblemKind::Syntax, byte.min(self.range.end)),
        };
        let info = match error.info() {
            _ if tab.is_some() => "found character that cannot start any token",
            "unexpected end of plain scalar" | "unexpected eof" => "unexpected end of stream",
            "while parsing a flow sequence, expected ',' or ']'" => "did not find expected ',' or ']'",
            "simple key expected" | "simple key expect ':'" => "could not find expected ':'",
            "invalid indentation in quoted scalar" => UNCLOSED,
            "misplaced bracket" => "did not find expected key",
            "illegal placement of ':' indicator" => match self.open.last().map(|open| &open.kind) {
                Some(OpenKind::Mapping { .. }) => "did not find expected ',' or '}'",
                _ => "did not find expected ',' or ']'",
            },
            info if info.starts_with("unexpected character: ") => "found character that cannot start any token",
            info if info.ends_with("expected hexadecimal number") => "did not find expected hexdecimal number",
            info => info.rsplit_once(", ").map_or(info, |(_, what)| what),
        };
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        let width = next.filter(|next| !next.is_control() || *next == '\t').map_or(0, char::len_utf8);
        // Lines are counted from the start of the document. go-yaml's parser, unlike its scanner, counts them from 0.
        let first = self.lines.position(self.text, self.range.start).line;
        let is_scanner = |info: &str| {
            ["hexdecimal number", "alphabetic or numeric character", "comment or line break"]
                .iter()
                .any(|what| info.ends_with(what))
        };
        let is_parser = info.starts_with("did not find expected") && tab.is_none() && !is_scanner(info);
        // go-yaml reads on for the closing quote, whatever the indentation, and complains at the end of the document.
        let is_unclosed = info == UNCLOSED;
        let at_line = if is_unclosed { self.lines.position(self.text, self.range.end).line } else { place.line };
        let line = at_line.saturating_sub(first);
        let message = match line {
            0 => format!("yaml: {info}"),
            _ => format!("yaml: line {}: {info}", line + usize::from(!is_parser)),
        };
        YamlProblem { kind, message, span: self.span(at..at + width) }
    }
}

/// A value as Go prints it with `%#v`.
fn go_syntax(content: &Content) -> String {
    let mut text = String::new();
    write_go(content, &mut text, 0);
    text
}

/// More of a value than this many levels is not printed.
const MAX_PRINTED: usize = 8;

fn write_go(content: &Content, text: &mut String, level: usize) {
    match content {
        Content::Null => text.push_str("interface {}(nil)"),
        Content::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Content::Number(number) => text.push_str(&number.to_string()),
        Content::String(value) => text.push_str(&go_quoted(value)),
        Content::Sequence(_) | Content::Mapping(_) if level >= MAX_PRINTED => text.push_str("..."),
        Content::Sequence(items) => {
            text.push_str("[]interface {}{");
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write_go(&item.content, text, level + 1);
            }
            text.push('}');
        }
        Content::Mapping(mapping) => {
            text.push_str("map[interface {}]interface {}{");
            for (index, entry) in mapping.entries.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                text.push_str(&go_quoted(&entry.key));
                text.push(':');
                write_go(&entry.value.content, text, level + 1);
            }
            text.push('}');
        }
    }
}

/// A key as JSON needs it.
fn key_text(content: &Content) -> Option<Rc<str>> {
    match content {
        Content::Null => Some("null".into()),
        Content::Bool(value) => Some(value.to_string().into()),
        Content::Number(number) => Some(number.to_string().into()),
        Content::String(text) => Some(text.clone()),
        Content::Sequence(_) | Content::Mapping(_) => None,
    }
}

/// What `<<` brings in: of several mappings the first that has a key decides.
fn merged_entries(node: &Node) -> Option<Vec<Entry>> {
    let merged = |mapping: &Mapping| {
        mapping.entries.iter().map(|entry| Entry { is_merged: true, ..entry.clone() }).collect::<Vec<_>>()
    };
    match &node.content {
        Content::Mapping(mapping) => Some(merged(mapping)),
        Content::Sequence(items) => {
            let mappings: Option<Vec<_>> = items.iter().rev().map(|item| item.as_mapping().map(merged)).collect();
            Some(mappings?.into_iter().flatten().collect())
        }
        _ => None,
    }
}
