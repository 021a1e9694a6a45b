//! JSON, which `kubectl` tries first where a text begins with a brace: Go's `encoding/json/scanner.go` with its messages, and
//! `k8s.io/apimachinery/pkg/util/yaml/decoder.go: YAMLOrJSONDecoder`.

use super::{Content, Entry, Lines, MAX_DEPTH, Mapping, Node, YamlProblem, YamlProblemKind, scalar};
use crate::manifest::field_error::go_quoted;
use std::ops::Range;
use std::rc::Rc;

/// The values at the start of a text, and what is wrong after them.
pub(super) struct Stream {
    pub values: Vec<(Range<usize>, Result<Node, YamlProblem>)>,
    pub broken: Option<Broken>,
}

/// Where a text is no JSON any more.
pub(super) struct Broken {
    /// What `kubectl` prints, if the rest cannot be read as YAML either.
    pub message: String,
    /// Where the character is that cannot be there.
    pub at: usize,
    /// Where the rest begins.
    pub rest: usize,
    /// Whether so much was JSON that the rest is not tried as YAML.
    pub is_certain: bool,
}

/// Reads the values; none where the text does not begin with a brace.
pub(super) fn read(text: &str, lines: &Lines) -> Option<Stream> {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if !text.get(begin..)?.trim_start().starts_with('{') {
        return None;
    }
    let mut values = Vec::new();
    let mut at = begin;
    let broken = loop {
        let mut reader = Reader { text, lines, at, open: Vec::new(), is_too_deep: false };
        reader.skip_space();
        if reader.at == text.len() {
            break None;
        }
        match reader.value() {
            Ok(node) => {
                let range = at..reader.at;
                let problem = || YamlProblem {
                    kind: YamlProblemKind::DepthLimit,
                    message: "yaml: exceeded max depth".into(),
                    span: node.span,
                };
                let value = if reader.is_too_deep { Err(problem()) } else { Ok(node) };
                values.push((range, value));
                at = reader.at;
            }
            Err(context) => {
                let found = text.as_bytes().get(reader.at).copied();
                let message = found.map(|byte| format!("invalid character {} {context}", quoted(byte)));
                let is_certain = values.len() > 1;
                let message = match message {
                    Some(message) if is_certain => message,
                    Some(message) => format!("json: offset {}: {message}", reader.at - begin + 1),
                    None => "unexpected EOF".into(),
                };
                break Some(Broken { message, at: reader.at, rest: after_line(text, at), is_certain });
            }
        }
    };
    Some(Stream { values, broken })
}

/// Past white space, up to the first line break: `consumeWhitespace`.
fn after_line(text: &str, start: usize) -> usize {
    for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
        match c {
            '\n' => return start + at + 1,
            c if c.is_whitespace() => {}
            _ => return start + at,
        }
    }
    text.len()
}

/// `scanner.go: quoteChar`, to which a byte is a character.
fn quoted(byte: u8) -> String {
    match byte {
        b'\'' => "'\\''".into(),
        b'"' => "'\"'".into(),
        _ => format!("'{}'", go_quoted(&char::from(byte).to_string()).trim_matches('"')),
    }
}

/// A collection that is being read.
enum Open {
    List { start: usize, items: Vec<Rc<Node>> },
    Object { start: usize, entries: Vec<Entry>, key: Option<Rc<Node>> },
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a Lines,
    at: usize,
    open: Vec<Open>,
    is_too_deep: bool,
}

type Step<T> = Result<T, String>;

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn node(&self, start: usize, content: Content) -> Node {
        Node { span: self.lines.span(self.text, start..self.at), content }
    }

    /// One value. No recursion: what is open is on a stack.
    fn value(&mut self) -> Step<Node> {
        loop {
            self.skip_space();
            let start = self.at;
            let found = match self.peek() {
                Some(b'[') => {
                    self.at += 1;
                    self.skip_space();
                    if self.eat(b']') {
                        self.node(start, Content::Sequence(vec![]))
                    } else {
                        self.enter(Open::List { start, items: vec![] });
                        continue;
                    }
                }
                Some(b'{') => {
                    self.at += 1;
                    self.skip_space();
                    if self.eat(b'}') {
                        self.node(start, Content::Mapping(Mapping::default()))
                    } else {
                        let key = Some(self.key()?);
                        self.enter(Open::Object { start, entries: vec![], key });
                        continue;
                    }
                }
                Some(b'"') => self.string()?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(b't') => self.literal("true", Content::Bool(true))?,
                Some(b'f') => self.literal("false", Content::Bool(false))?,
                Some(b'n') => self.literal("null", Content::Null)?,
                _ => return Err("looking for beginning of value".into()),
            };
            if let Some(whole) = self.put(found)? {
                return Ok(whole);
            }
        }
    }

    fn enter(&mut self, open: Open) {
        self.is_too_deep |= self.open.len() >= MAX_DEPTH as usize;
        self.open.push(open);
    }

    /// Puts a value where it belongs, and what it ends too, up to where another one begins.
    fn put(&mut self, mut value: Node) -> Step<Option<Node>> {
        loop {
            let Some(open) = self.open.pop() else { return Ok(Some(value)) };
            self.skip_space();
            match open {
                Open::List { start, mut items } => {
                    items.push(Rc::new(value));
                    if self.eat(b',') {
                        self.open.push(Open::List { start, items });
                        return Ok(None);
                    }
                    if !self.eat(b']') {
                        return Err("after array element".into());
                    }
                    // What is nested too deeply is not kept, so that nothing has to walk it.
                    let items = if self.is_too_deep { vec![] } else { items };
                    value = self.node(start, Content::Sequence(items));
                }
                Open::Object { start, mut entries, key } => {
                    if let Some(key) = key {
                        let text = key.as_str().unwrap_or_default().into();
                        let entry = Entry { key: text, key_span: key.span, value: Rc::new(value), is_merged: false };
                        entries.push(entry);
                    }
                    if self.eat(b',') {
                        self.skip_space();
                        let key = Some(self.key()?);
                        self.open.push(Open::Object { start, entries, key });
                        return Ok(None);
                    }
                    if !self.eat(b'}') {
                        return Err("after object key:value pair".into());
                    }
                    let entries = if self.is_too_deep { vec![] } else { entries };
                    value = self.node(start, Content::Mapping(Mapping { entries }));
                }
            }
        }
    }

    fn key(&mut self) -> Step<Rc<Node>> {
        if self.peek() != Some(b'"') {
            return Err("looking for beginning of object key string".into());
        }
        let key = self.string()?;
        self.skip_space();
        if self.eat(b':') { Ok(Rc::new(key)) } else { Err("after object key".into()) }
    }

    fn string(&mut self) -> Step<Node> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    self.at += 1;
                    match self.peek() {
                        Some(b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"') => self.at += 1,
                        Some(b'u') => {
                            self.at += 1;
                            for _ in 0..4 {
                                if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                                    return Err("in \\u hexadecimal character escape".into());
                                }
                                self.at += 1;
                            }
                        }
                        _ => return Err("in string escape code".into()),
                    }
                }
                Some(0x20..) => self.at += 1,
                _ => return Err("in string literal".into()),
            }
        }
        self.at += 1;
        let written = self.text.get(start..self.at).unwrap_or_default();
        // Go puts U+FFFD for half of a surrogate pair, on which this decoder gives up.
        let decoded: String = serde_json::from_str(written).unwrap_or_else(|_| written.trim_matches('"').into());
        Ok(self.node(start, Content::String(decoded.into())))
    }

    fn digits(&mut self, context: &str) -> Step<()> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(context.into());
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Step<Node> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits("in numeric literal")?;
        }
        if self.eat(b'.') {
            self.digits("after decimal point in numeric literal")?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits("in exponent of numeric literal")?;
        }
        let content = scalar::number(self.text.get(start..self.at).unwrap_or_default());
        Ok(self.node(start, content.map_or(Content::Null, Content::Number)))
    }

    fn literal(&mut self, word: &str, content: Content) -> Step<Node> {
        let start = self.at;
        for expected in word.chars() {
            if self.peek().map(char::from) != Some(expected) {
                return Err(format!("in literal {word} (expecting '{expected}')"));
            }
            self.at += 1;
        }
        Ok(self.node(start, content))
    }
}
