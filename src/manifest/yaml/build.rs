//! From the parser's events to a tree. No recursion: a deeply nested text must not exhaust the stack.

use super::{Content, Entry, Lines, MAX_ALIASED, MAX_DEPTH, Mapping, Node, Span, YamlProblem, YamlProblemKind, scalar};
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
    if chunk.lines().all(|line| matches!(line.trim_start().as_bytes().first(), None | Some(b'#' | b'%'))) {
        return None;
    }
    let bytes = (!chunk.is_ascii()).then(|| chunk.char_indices().map(|(byte, _)| byte).collect());
    let mut builder =
        Builder { text, lines, range, bytes, open: Vec::new(), anchors: BTreeMap::new(), aliased: 0, root: None };
    match builder.run(chunk) {
        Ok(after_end) => problems.extend(after_end),
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    }
    builder.root.map(Rc::unwrap_or_clone)
}

impl Builder<'_> {
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
            return Err(self.problem(YamlProblemKind::AliasLimit, "anchor value contains itself", range));
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
                        return Err(self.problem(YamlProblemKind::Key, "invalid map key", range));
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
            Some(tab) => (YamlProblemKind::Tab, line.start + tab),
            None if error.info().contains("unknown anchor") => (YamlProblemKind::UnknownAnchor, byte),
            None => (YamlProblemKind::Syntax, byte.min(self.range.end)),
        };
        let info = match error.info() {
            _ if tab.is_some() => "found character that cannot start any token",
            "unexpected end of plain scalar" | "unexpected eof" => "unexpected end of stream",
            "while parsing a flow sequence, expected ',' or ']'" => "did not find expected ',' or ']'",
            "simple key expected" | "simple key expect ':'" => "could not find expected ':'",
            "invalid indentation in quoted scalar" => UNCLOSED,
            info => info.rsplit_once(", ").map_or(info, |(_, what)| what),
        };
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        let width = next.filter(|next| !next.is_control() || *next == '\t').map_or(0, char::len_utf8);
        // Lines are counted from the start of the document. go-yaml's parser, unlike its scanner, counts them from 0.
        let first = self.lines.position(self.text, self.range.start).line;
        let is_parser = info.starts_with("did not find expected") && tab.is_none();
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
