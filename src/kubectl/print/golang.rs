//! Values as Go's `fmt` and `encoding/json` write them.

use serde_json::Value;
use std::fmt::Write as _;

/// `fmt.Sprint`: `map[a:1 b:[x y]]`.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => "<nil>".into(),
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(plain), " ")),
        Value::Object(fields) => {
            format!("map[{}]", joined(fields.iter().map(|(key, value)| format!("{key}:{}", plain(value))), " "))
        }
    }
}

/// `%#v`: `map[string]interface {}{"a":1}`.
#[must_use]
pub fn syntax(value: &Value) -> String {
    match value {
        Value::Null => "interface {}(nil)".into(),
        Value::Bool(bool) => bool.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[]interface {{}}{{{}}}", joined(items.iter().map(syntax), ", ")),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| format!("{}:{}", quoted(key), syntax(value)));
            format!("map[string]interface {{}}{{{}}}", joined(fields, ", "))
        }
    }
}

/// `%T` of a decoded value.
#[must_use]
pub fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "<nil>",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float64",
        Value::Number(_) => "int64",
        Value::String(_) => "string",
        Value::Array(_) => "[]interface {}",
        Value::Object(_) => "map[string]interface {}",
    }
}

/// `%q`.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            char if char.is_control() && char.is_ascii() => {
                let _ = write!(out, "\\x{:02x}", u32::from(char));
            }
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

/// `json.Marshal`: no blanks, keys in order, what HTML would take for markup escaped.
#[must_use]
pub fn json(value: &Value) -> String {
    escaped(&value.to_string())
}

/// `json.MarshalIndent` with four spaces.
#[must_use]
pub fn json_indented(value: &Value) -> String {
    let mut out = String::new();
    indent(value, 0, &mut out);
    escaped(&out)
}

fn indent(value: &Value, level: usize, out: &mut String) {
    let inner = "    ".repeat(level + 1);
    let outer = "    ".repeat(level);
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "\n" } else { ",\n" });
                out.push_str(&inner);
                indent(item, level + 1, out);
            }
            let _ = write!(out, "\n{outer}]");
        }
        Value::Object(fields) if !fields.is_empty() => {
            out.push('{');
            for (index, (key, field)) in fields.iter().enumerate() {
                out.push_str(if index == 0 { "\n" } else { ",\n" });
                let _ = write!(out, "{inner}{}: ", Value::String(key.clone()));
                indent(field, level + 1, out);
            }
            let _ = write!(out, "\n{outer}}}");
        }
        scalar_or_empty => {
            let _ = write!(out, "{scalar_or_empty}");
        }
    }
}

/// In JSON these characters occur within strings alone.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for char in json.chars() {
        match char {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(char));
            }
            char => out.push(char),
        }
    }
    out
}

fn joined(parts: impl Iterator<Item = String>, separator: &str) -> String {
    parts.collect::<Vec<_>>().join(separator)
}
