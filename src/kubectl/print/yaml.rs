//! YAML as `kubectl get -o yaml` writes it.
//! Upstream: `sigs.k8s.io/yaml`, that is `go.yaml.in/yaml/v2`: `encode.go`, `emitterc.go`, `sorter.go`.

use super::yaml_plain::is_read_as_text;
use serde_json::Value;
use std::cmp::Ordering;
use std::fmt::Write as _;

/// Past this column a space becomes a line break.
const WIDTH: usize = 80;

/// The longest key that stands before its colon on one line, in bytes.
const LONGEST_KEY: usize = 128;

/// A value as YAML, ending with a newline.
#[must_use]
pub fn to_yaml(value: &Value) -> String {
    let mut writer = Writer { out: String::new(), column: 0 };
    writer.node(value, Place { indent: 0, is_started: true });
    writer.out.push('\n');
    writer.out
}

/// Where a node begins.
#[derive(Clone, Copy)]
struct Place {
    /// Of the container that the node is in, or its own if it is a container.
    indent: usize,
    /// Whether the line has been begun for the node: after `- `, and at the start.
    is_started: bool,
}

struct Writer {
    out: String,
    column: usize,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn line(&mut self, indent: usize) {
        let _ = write!(self.out, "\n{:indent$}", "");
        self.column = indent;
    }

    /// A node that is no value of a key.
    fn node(&mut self, value: &Value, place: Place) {
        match value {
            Value::Object(fields) if !fields.is_empty() => self.mapping(fields, place),
            Value::Array(items) if !items.is_empty() => self.sequence(items, place),
            scalar => self.scalar(scalar, place.indent),
        }
    }

    fn mapping(&mut self, fields: &serde_json::Map<String, Value>, place: Place) {
        let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
        fields.sort_by(|(a, _), (b, _)| key_order(a, b));
        for (index, (key, value)) in fields.into_iter().enumerate() {
            if index > 0 || !place.is_started {
                self.line(place.indent);
            }
            if key.len() > LONGEST_KEY || key.contains('\n') {
                self.put("? ");
                self.text(key, place.indent + 2, true);
                self.line(place.indent);
            } else {
                self.text(key, place.indent, true);
            }
            self.put(":");
            match value {
                Value::Object(fields) if !fields.is_empty() => {
                    self.mapping(fields, Place { indent: place.indent + 2, is_started: false });
                }
                Value::Array(items) if !items.is_empty() => {
                    self.sequence(items, Place { indent: place.indent, is_started: false });
                }
                scalar => {
                    self.put(" ");
                    self.scalar(scalar, place.indent);
                }
            }
        }
    }

    fn sequence(&mut self, items: &[Value], place: Place) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 || !place.is_started {
                self.line(place.indent);
            }
            self.put("- ");
            let inner = if is_container(item) { place.indent + 2 } else { place.indent };
            self.node(item, Place { indent: inner, is_started: true });
        }
    }

    /// A scalar or an empty container within a container of an indentation.
    fn scalar(&mut self, value: &Value, indent: usize) {
        match value {
            Value::String(text) => self.text(text, indent + 2, false),
            Value::Array(_) => self.put("[]"),
            Value::Object(_) => self.put("{}"),
            Value::Null | Value::Bool(_) | Value::Number(_) => self.put(&value.to_string()),
        }
    }

    /// Text, whose further lines are indented by so much. A key stays on one line (`encode.go: stringv`,
    /// `yaml_emitter_select_scalar_style`).
    fn text(&mut self, text: &str, indent: usize, is_key: bool) {
        let shape = Shape::of(text);
        if text.contains('\n') && shape.block && !is_key {
            self.literal(text, indent);
        } else if !text.contains('\n') && is_read_as_text(text) {
            if shape.plain {
                self.folded(text, indent, is_key, false);
            } else if shape.single_quoted {
                self.put("'");
                self.folded(text, indent, is_key, true);
                self.put("'");
            } else {
                self.double_quoted(text, indent, is_key);
            }
        } else {
            self.double_quoted(text, indent, is_key);
        }
    }

    /// `yaml_emitter_write_literal_scalar`.
    fn literal(&mut self, text: &str, indent: usize) {
        self.put("|");
        if text.starts_with([' ', '\n']) {
            self.put("2");
        }
        if !text.ends_with('\n') {
            self.put("-");
        } else if text.ends_with("\n\n") || text == "\n" {
            self.put("+");
        }
        let body = text.strip_suffix('\n').unwrap_or(text);
        for line in body.split('\n') {
            if line.is_empty() {
                self.out.push('\n');
            } else {
                self.line(indent);
                self.put(line);
            }
        }
    }

    /// `yaml_emitter_write_plain_scalar`, `yaml_emitter_write_single_quoted_scalar`.
    fn folded(&mut self, text: &str, indent: usize, is_key: bool, is_quoted: bool) {
        let mut is_after_space = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            if char != ' ' {
                is_after_space = false;
                if is_quoted && char == '\'' {
                    self.put("'");
                }
                self.put(char.encode_utf8(&mut [0; 4]));
                continue;
            }
            let next = chars.peek().map(|(_, next)| *next);
            let is_within = at > 0 && next.is_some();
            let folds = !is_key && !is_after_space && self.column > WIDTH && next != Some(' ');
            if folds && (is_within || !is_quoted) {
                self.line(indent);
            } else {
                self.put(" ");
            }
            is_after_space = true;
        }
    }

    /// `yaml_emitter_write_double_quoted_scalar`.
    fn double_quoted(&mut self, text: &str, indent: usize, is_key: bool) {
        self.put("\"");
        let mut is_after_space = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            if char == ' ' {
                let next = chars.peek().map(|(_, next)| *next);
                if !is_key && !is_after_space && self.column > WIDTH && at > 0 && next.is_some() {
                    self.line(indent);
                    if next == Some(' ') {
                        self.put("\\");
                    }
                } else {
                    self.put(" ");
                }
                is_after_space = true;
                continue;
            }
            is_after_space = false;
            if !is_printable(char) || is_break(char) || matches!(char, '"' | '\\') {
                self.put(&escape(char));
            } else {
                self.put(char.encode_utf8(&mut [0; 4]));
            }
        }
        self.put("\"");
    }
}

fn is_container(value: &Value) -> bool {
    match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The styles that a text allows.
struct Shape {
    plain: bool,
    single_quoted: bool,
    block: bool,
}

impl Shape {
    /// `yaml_emitter_analyze_scalar`.
    fn of(text: &str) -> Shape {
        let chars: Vec<char> = text.chars().collect();
        let at = |index: usize| chars.get(index).copied();
        let is_blank_or_end = |index: usize| at(index).is_none_or(|char| matches!(char, ' ' | '\t'));
        let mut indicators = text.starts_with("---") || text.starts_with("...");
        let (mut special, mut breaks, mut break_space, mut space_break) = (false, false, false, false);
        for (index, char) in chars.iter().copied().enumerate() {
            let before = index.checked_sub(1).and_then(at);
            indicators |= match char {
                ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => index == 0,
                '?' | '-' => index == 0 && is_blank_or_end(index + 1),
                ':' => is_blank_or_end(index + 1),
                '#' => before.is_none_or(|before| before.is_whitespace()),
                _ => false,
            };
            special |= !is_printable(char);
            breaks |= is_break(char);
            break_space |= char == ' ' && before.is_some_and(is_break);
            space_break |= is_break(char) && before == Some(' ');
        }
        let is_edge = |char: Option<&char>| char.is_some_and(|char| *char == ' ' || is_break(*char));
        let is_edged = is_edge(chars.first()) || is_edge(chars.last());
        Shape {
            plain: !(text.is_empty() || indicators || special || breaks || is_edged || break_space || space_break),
            single_quoted: !(break_space || space_break || special),
            block: !text.ends_with(' ') && !space_break && !special,
        }
    }
}

fn is_break(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_printable(char: char) -> bool {
    matches!(char, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

fn escape(char: char) -> String {
    let short = match char {
        '\0' => "\\0",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{b}' => "\\v",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '\u{1b}' => "\\e",
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{85}' => "\\N",
        '\u{a0}' => "\\_",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        char => {
            return match u32::from(char) {
                code @ ..=0xff => format!("\\x{code:02X}"),
                code @ ..=0xffff => format!("\\u{code:04X}"),
                code => format!("\\U{code:08X}"),
            };
        }
    };
    short.into()
}

/// Letters after everything else, digits by the number that they make (`sorter.go: keyList.Less`).
fn key_order(a: &str, b: &str) -> Ordering {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let Some(at) = a.iter().zip(&b).position(|(a, b)| a != b) else { return a.len().cmp(&b.len()) };
    let (Some(first), Some(second)) = (a.get(at).copied(), b.get(at).copied()) else { return Ordering::Equal };
    match (first.is_alphabetic(), second.is_alphabetic()) {
        (true, true) => return first.cmp(&second),
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let follows_number = a.iter().take(at).rev().take_while(|char| char.is_ascii_digit()).any(|char| *char != '0');
    let lead = u64::from((first == '0' || second == '0') && follows_number);
    let number = |chars: &[char]| {
        let digits = chars.iter().skip(at).map_while(|char| char.to_digit(10));
        digits.fold((lead, 0), |(number, length): (u64, usize), digit| {
            (number.wrapping_mul(10).wrapping_add(u64::from(digit)), length + 1)
        })
    };
    number(&a).cmp(&number(&b)).then(first.cmp(&second))
}
