//! From the parser's events to a tree, as go-yaml makes it (`go.yaml.in/yaml/v2/decode.go`). go-yaml's parser is libyaml's,
//! and so is the one here. No recursion: a deeply nested text must not exhaust the stack.

use super::go_print::go_syntax;
use super::scalar::{self, Resolved};
use super::tags;
use super::{Content, Entry, Lines, MAX_ALIASED, MAX_DEPTH, Mapping, Node, Span, YamlProblem, YamlProblemKind};
use libyaml_safer::{Error, ErrorKind, Event, EventData, MappingStyle, Mark, Parser, ScalarStyle, SequenceStyle};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// A finished value with what it costs: how many values it is and how deep it goes.
#[derive(Clone)]
struct Built {
    node: Rc<Node>,
    weight: u32,
    height: u32,
}

/// What a name after `&` stands for.
#[derive(Clone)]
enum Anchor {
    Open,
    Done(Built),
}

/// A collection that is being read.
struct Open {
    start: usize,
    anchor: Option<String>,
    weight: u32,
    height: u32,
    is_flow: bool,
    kind: OpenKind,
}

enum OpenKind {
    Sequence {
        items: Vec<Rc<Node>>,
        /// Whether an alias of something that is no mapping is in it.
        has_other_alias: bool,
    },
    Mapping {
        entries: Vec<Entry>,
        key: Option<Key>,
    },
}

enum Key {
    Plain(Rc<str>, Span),
    /// `null`, which YAML can have for a key and JSON cannot.
    Null,
    Merge,
}

/// When `kubectl` finds a problem. It parses all of a document before it reads the values, and converts them last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Decoding,
    Converting,
    Writing,
}

struct Builder<'a> {
    text: &'a str,
    lines: &'a Lines,
    range: Range<usize>,
    /// Bytes before the first that the parser sees.
    skipped: usize,
    open: Vec<Open>,
    anchors: BTreeMap<String, Anchor>,
    decoded: u32,
    aliased: u32,
    root: Option<Rc<Node>>,
    late: Option<(Stage, YamlProblem)>,
}

/// Reads one document; none where it is broken or empty. Problems say which.
pub(super) fn document(
    text: &str,
    range: Range<usize>,
    lines: &Lines,
    problems: &mut Vec<YamlProblem>,
) -> Option<Node> {
    let chunk = text.get(range.clone())?;
    if chunk.lines().all(is_blank) && !chunk.contains('\t') {
        return None;
    }
    if let Some(problem) = control_character(text, range.clone(), chunk, lines) {
        problems.push(problem);
        return None;
    }
    let skipped = if chunk.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    // `kubectl` reads lines and ends the last one too.
    let chunk = match chunk.get(skipped..).unwrap_or_default() {
        chunk if chunk.ends_with('\n') => Cow::Borrowed(chunk),
        chunk => Cow::Owned(format!("{chunk}\n")),
    };
    let mut builder = Builder {
        text,
        lines,
        range,
        skipped,
        open: Vec::new(),
        anchors: BTreeMap::new(),
        decoded: 1,
        aliased: 0,
        root: None,
        late: None,
    };
    let found = match tags::before_comma(&chunk) {
        Some(comma) => Err(builder.bare_tag(comma)),
        None => builder.run(&chunk),
    };
    match found {
        Ok(after_end) => problems.extend(after_end),
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    }
    builder.root.map(Rc::unwrap_or_clone)
}

/// Whether nothing but a comment is in a line.
fn is_blank(line: &str) -> bool {
    matches!(line.trim_start().as_bytes().first(), None | Some(b'#'))
}

/// What go-yaml does not begin to read: `readerc.go`.
fn control_character(text: &str, range: Range<usize>, chunk: &str, lines: &Lines) -> Option<YamlProblem> {
    let is_allowed = |c: char| match c {
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'.. => !matches!(c, '\u{fffe}' | '\u{ffff}'),
        _ => false,
    };
    let (byte, c) = chunk.char_indices().find(|(_, c)| !is_allowed(*c))?;
    let start = range.start + byte;
    let message = "yaml: control characters are not allowed".into();
    let span = lines.span(text, start..start + c.len_utf8());
    Some(YamlProblem { kind: YamlProblemKind::Syntax, message, span })
}

impl Builder<'_> {
    fn run(&mut self, chunk: &str) -> Result<Option<YamlProblem>, YamlProblem> {
        let mut parser = Parser::<&[u8]>::new();
        parser.set_encoding(libyaml_safer::Encoding::Utf8);
        parser.set_input(chunk.as_bytes());
        loop {
            let event = parser.parse().map_err(|error| self.syntax(&error))?;
            let span = self.byte(event.start_mark)..self.byte(event.end_mark);
            if self.root.is_some() && self.open.is_empty() {
                // go-yaml reads the first document of what lies between two `---` lines, and nothing after it.
                // What follows the document is not parsed, so that nothing in it is wrong.
                let rest = self.text.get(span.end..self.range.end).unwrap_or_default();
                let is_read = rest.lines().all(is_blank);
                let after = (!is_read).then(|| self.after_end(self.range.end - rest.trim_start().len()));
                return self.finished(after);
            }
            if matches!(event.data, EventData::StreamEnd) {
                return self.finished(None);
            }
            self.take(event, span)?;
        }
    }

    /// A comma after a tag, at a byte of what the parser sees.
    fn bare_tag(&self, comma: usize) -> YamlProblem {
        let at = self.range.start + self.skipped + comma;
        let place =
            match self.lines.position(self.text, at).line - self.lines.position(self.text, self.range.start).line {
                0 => String::new(),
                line => format!("line {}: ", line + 1),
            };
        let message = format!("{place}did not find expected whitespace or line break");
        self.problem(YamlProblemKind::Syntax, &message, at..at + 1)
    }

    fn finished(&mut self, after_end: Option<YamlProblem>) -> Result<Option<YamlProblem>, YamlProblem> {
        self.late.take().map_or(Ok(after_end), |(_, problem)| Err(problem))
    }

    fn take(&mut self, event: Event, range: Range<usize>) -> Result<(), YamlProblem> {
        match event.data {
            EventData::DocumentStart { version_directive, .. } => {
                let is_known = version_directive.is_none_or(|version| (version.major, version.minor) == (1, 1));
                if is_known {
                    Ok(())
                } else {
                    Err(self.problem(YamlProblemKind::Syntax, "found incompatible YAML document", range))
                }
            }
            EventData::Scalar { anchor, tag, value, plain_implicit, style, .. } => {
                if style == ScalarStyle::Plain {
                    self.question_mark(range.clone())?;
                }
                self.scalar(&value, tag.as_deref(), plain_implicit, anchor, range)
            }
            EventData::SequenceStart { anchor, style, .. } => {
                let kind = OpenKind::Sequence { items: Vec::new(), has_other_alias: false };
                self.enter(range.start, anchor, style == SequenceStyle::Flow, kind)
            }
            EventData::MappingStart { anchor, style, .. } => {
                let kind = OpenKind::Mapping { entries: Vec::new(), key: None };
                self.enter(range.start, anchor, style == MappingStyle::Flow, kind)
            }
            EventData::SequenceEnd | EventData::MappingEnd => {
                self.leave(range.end);
                Ok(())
            }
            EventData::Alias { anchor } => self.alias(&anchor, range),
            EventData::StreamStart { .. } | EventData::StreamEnd | EventData::DocumentEnd { .. } => Ok(()),
        }
    }

    /// The byte in the whole text; the parser counts bytes of the document.
    fn byte(&self, mark: Mark) -> usize {
        let within = usize::try_from(mark.index).unwrap_or(usize::MAX).saturating_add(self.skipped);
        self.range.start + within.min(self.range.len())
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.lines.span(self.text, range)
    }

    /// Without the white space at the end, which the parser counts in where a block scalar ends.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let written = self.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + written.trim_end().len()
    }

    /// Where a value begins, after its anchor and its tag.
    fn after_properties(&self, range: Range<usize>) -> usize {
        let mut at = range.start;
        while let Some(rest) = self.text.get(at..range.end.max(at)) {
            let written = rest.trim_start();
            let begin = at + rest.len() - written.len();
            let skipped = match written.as_bytes().first() {
                Some(b'&' | b'!') => written.find(char::is_whitespace).unwrap_or(written.len()),
                Some(b'#') if begin > range.start => written.find(['\n', '\r']).unwrap_or(written.len()),
                Some(_) => return begin,
                None => return range.end,
            };
            at = begin + skipped.max(1);
        }
        range.end
    }

    fn note(&mut self, stage: Stage, kind: YamlProblemKind, message: String, range: Range<usize>) {
        if self.late.as_ref().is_none_or(|(known, _)| stage < *known) {
            self.late = Some((stage, YamlProblem { kind, message, span: self.span(range) }));
        }
    }

    fn scalar(
        &mut self,
        value: &str,
        tag: Option<&str>,
        is_implicit: bool,
        anchor: Option<String>,
        range: Range<usize>,
    ) -> Result<(), YamlProblem> {
        let has_properties =
            anchor.is_some() || tag.is_some() || self.text.get(range.clone()).is_some_and(|it| it.starts_with('!'));
        let start = if has_properties { self.after_properties(range.clone()) } else { range.start };
        let range = self.trimmed(start..range.end.max(start));
        if let Some(Open { kind: OpenKind::Mapping { key: key @ None, .. }, .. }) = self.open.last_mut()
            && value == "<<"
            && (is_implicit || tag == Some("tag:yaml.org,2002:merge"))
        {
            *key = Some(Key::Merge);
            return Ok(());
        }
        self.decoded = self.decoded.saturating_add(1);
        let is_key = matches!(self.open.last(), Some(Open { kind: OpenKind::Mapping { key: None, .. }, .. }));
        let content = match scalar::resolve(value, tag, is_implicit) {
            Resolved::Content(content) => content,
            Resolved::NotFinite { key, .. } if is_key => Content::String(key.into()),
            Resolved::NotFinite { printed, .. } => {
                let message = format!("json: unsupported value: {printed}");
                self.note(Stage::Writing, YamlProblemKind::Syntax, message, range.clone());
                Content::Null
            }
            Resolved::Refused(why) => {
                self.note(Stage::Decoding, YamlProblemKind::Syntax, format!("yaml: {why}"), range.clone());
                Content::Null
            }
        };
        let node = Rc::new(Node { span: self.span(range), content });
        self.finish(Built { node, weight: 1, height: 0 }, anchor, false);
        Ok(())
    }

    /// Within brackets and braces go-yaml ends a plain word at `?`, which the parser here does not.
    fn question_mark(&self, range: Range<usize>) -> Result<(), YamlProblem> {
        let Some(open) = self.open.last().filter(|open| open.is_flow) else { return Ok(()) };
        let Some(at) = self.text.get(range.clone()).and_then(|word| word.find('?')) else { return Ok(()) };
        let at = range.start + at;
        let first = self.lines.position(self.text, self.range.start).line;
        let place = match self.lines.position(self.text, at).line - first {
            0 => String::new(),
            line => format!("line {line}: "),
        };
        let closing = match open.kind {
            OpenKind::Sequence { .. } => ']',
            OpenKind::Mapping { .. } => '}',
        };
        let message = format!("{place}did not find expected ',' or '{closing}'");
        Err(self.problem(YamlProblemKind::Syntax, &message, at..at + 1))
    }

    fn enter(
        &mut self,
        start: usize,
        anchor: Option<String>,
        is_flow: bool,
        kind: OpenKind,
    ) -> Result<(), YamlProblem> {
        if self.open.len() >= MAX_DEPTH as usize {
            return Err(self.too_deep(start..start));
        }
        self.decoded = self.decoded.saturating_add(1);
        let start = self.after_properties(start..self.range.end);
        if let Some(anchor) = &anchor {
            self.anchors.insert(anchor.clone(), Anchor::Open);
        }
        self.open.push(Open { start, anchor, weight: 1, height: 0, is_flow, kind });
        Ok(())
    }

    fn leave(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let is_closed = open.is_flow && matches!(self.text.as_bytes().get(open.start), Some(b'{' | b'['));
        let (content, last, has_other_alias) = match open.kind {
            OpenKind::Sequence { items, has_other_alias } => {
                let last = items.last().map(|item| item.span);
                (Content::Sequence(items), last, has_other_alias)
            }
            OpenKind::Mapping { entries, .. } => {
                let last = entries.iter().rev().find(|entry| !entry.is_merged).map(|entry| entry.value.span);
                (Content::Mapping(Mapping { entries }), last, false)
            }
        };
        // The end of a block collection is known only when something else begins: take that of what is in it.
        let span = match last {
            Some(last) if !is_closed => Span { start: self.lines.position(self.text, open.start), end: last.end },
            _ => self.span(self.trimmed(open.start..end.max(open.start))),
        };
        let node = Rc::new(Node { span, content });
        let built = Built { node, weight: open.weight, height: open.height + 1 };
        self.finish(built, open.anchor, has_other_alias);
    }

    /// `decode.go: alias`, and how many of them `unmarshal` allows.
    fn alias(&mut self, name: &str, range: Range<usize>) -> Result<(), YamlProblem> {
        let anchor = self.anchors.get(name).cloned();
        self.decoded = self.decoded.saturating_add(1);
        let built = match anchor {
            None => {
                let message = format!("unknown anchor '{name}' referenced");
                return Err(self.problem(YamlProblemKind::UnknownAnchor, &message, range));
            }
            Some(Anchor::Open) => {
                let message = format!("yaml: anchor '{name}' value contains itself");
                self.note(Stage::Decoding, YamlProblemKind::AliasLimit, message, range.clone());
                None
            }
            Some(Anchor::Done(built)) => {
                self.decoded = self.decoded.saturating_add(built.weight);
                self.aliased = self.aliased.saturating_add(built.weight);
                if self.is_aliased_too_often() {
                    let message = "yaml: document contains excessive aliasing".into();
                    self.note(Stage::Decoding, YamlProblemKind::AliasLimit, message, range.clone());
                    None
                } else if self.open.len() + built.height as usize > MAX_DEPTH as usize {
                    return Err(self.too_deep(range));
                } else {
                    Some(built)
                }
            }
        };
        let span = self.span(self.trimmed(range));
        let (content, weight, height) = match built {
            Some(Built { node, weight, height }) => (node.content.clone(), weight, height),
            None => (Content::Null, 0, 0),
        };
        let is_other = !matches!(content, Content::Mapping(_)) && self.late.is_none();
        let node = Rc::new(Node { span, content });
        self.finish(Built { node, weight: weight.saturating_add(1), height }, None, is_other);
        Ok(())
    }

    /// `decode.go: allowedAliasRatio`: of small documents nearly all, of large ones a tenth may come from aliases.
    fn is_aliased_too_often(&self) -> bool {
        const LOW: u64 = 400_000;
        const HIGH: u64 = 4_000_000;
        let (decoded, aliased) = (u64::from(self.decoded), u64::from(self.aliased));
        if self.aliased > MAX_ALIASED {
            return true;
        }
        if aliased <= 100 || decoded <= 1000 {
            return false;
        }
        match decoded {
            0..=LOW => aliased * 100 > decoded * 99,
            HIGH.. => aliased * 10 > decoded,
            _ => aliased * 100 * (HIGH - LOW) > decoded * (99 * (HIGH - LOW) - 89 * (decoded - LOW)),
        }
    }

    /// Puts a finished value where it belongs.
    fn finish(&mut self, built: Built, anchor: Option<String>, has_other_alias: bool) {
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, Anchor::Done(built.clone()));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(built.node);
            return;
        };
        open.weight = open.weight.saturating_add(built.weight);
        open.height = open.height.max(built.height);
        let node = built.node;
        let (entries, key) = match &mut open.kind {
            OpenKind::Sequence { items, has_other_alias: of_list } => {
                *of_list |= has_other_alias;
                return items.push(node);
            }
            OpenKind::Mapping { entries, key } => (entries, key),
        };
        match key.take() {
            None => {
                let found = match key_text(&node.content) {
                    Some(text) => Key::Plain(text, node.span),
                    None if node.content == Content::Null => Key::Null,
                    None => {
                        *key = Some(Key::Plain("".into(), node.span));
                        let message = format!("yaml: invalid map key: {}", go_syntax(&node.content));
                        return self.note(Stage::Decoding, YamlProblemKind::Key, message, node.span.range());
                    }
                };
                *key = Some(found);
            }
            Some(Key::Plain(text, key_span)) => {
                entries.push(Entry { key: text, key_span, value: node, is_merged: false });
            }
            Some(Key::Null) => {
                let value = match &node.content {
                    Content::Null => "<nil>".into(),
                    content => go_syntax(content),
                };
                let message = format!("unsupported map key of type: %!s(<nil>), key: <nil>, value: {value}");
                self.note(Stage::Converting, YamlProblemKind::Key, message, node.span.range());
            }
            Some(Key::Merge) => match merged_entries(&node).filter(|_| !has_other_alias) {
                Some(merged) => entries.extend(merged),
                None => {
                    let message = "yaml: map merge requires map or sequence of maps as the value".into();
                    self.note(Stage::Decoding, YamlProblemKind::Syntax, message, node.span.range());
                }
            },
        }
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

    /// The parser's error with the line that go-yaml prints: `decode.go: fail`.
    fn syntax(&self, error: &Error) -> YamlProblem {
        let info = error.problem();
        let (mark, context) = (error.problem_mark().unwrap_or_default(), error.context_mark());
        let line = match (mark.line, error.kind()) {
            (0, _) => context.map_or(0, |context| context.line),
            (line, ErrorKind::Scanner) => line + 1,
            (line, _) => line,
        };
        let message = match line {
            0 => format!("yaml: {info}"),
            _ => format!("yaml: line {line}: {info}"),
        };
        // A quote that is never closed is found at the end of the text, and wrong where it begins.
        let is_unclosed = info == "found unexpected end of stream";
        let byte = self.byte(context.filter(|_| is_unclosed).unwrap_or(mark));
        let place = self.lines.position(self.text, byte);
        let line = self.lines.line_range(self.text, place.line);
        let content = self.text.get(line.clone()).unwrap_or_default();
        let indent = content.len() - content.trim_start().len();
        let is_about_tabs = info == "found character that cannot start any token" || info.contains("tab character");
        let tab = content.get(..indent).and_then(|indent| indent.find('\t')).filter(|_| is_about_tabs);
        let (kind, at) = match tab {
            Some(tab) => (YamlProblemKind::Tab, line.start + tab),
            None => (YamlProblemKind::Syntax, byte.min(self.range.end)),
        };
        let next = self.text.get(at..self.range.end).and_then(|rest| rest.chars().next());
        let width = next.filter(|next| !next.is_control() || *next == '\t').map_or(0, char::len_utf8);
        YamlProblem { kind, message, span: self.span(at..at + width) }
    }
}

/// A key as JSON needs it.
fn key_text(content: &Content) -> Option<Rc<str>> {
    match content {
        Content::Bool(value) => Some(value.to_string().into()),
        Content::Number(number) => Some(number.to_string().into()),
        Content::String(text) => Some(text.clone()),
        Content::Null | Content::Sequence(_) | Content::Mapping(_) => None,
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
