//! Values as text, in the styles that people write.

use proptest::prelude::*;
use serde_json::Value;

/// How a value is written.
#[derive(Clone, Debug)]
pub struct Style {
    form: Form,
    indent: usize,
    are_lists_indented: bool,
    has_comments: bool,
    line_break: &'static str,
    head: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    PrettyJson,
    Block,
    /// Block style down to this depth, flow style below.
    Flow(usize),
}

impl Style {
    /// Every style.
    pub fn any() -> impl Strategy<Value = Style> {
        let form = prop_oneof![
            Just(Form::Json),
            Just(Form::PrettyJson),
            Just(Form::Block),
            (1_usize..5).prop_map(Form::Flow),
        ];
        let breaks = prop::sample::select(vec!["\n", "\r\n"]);
        let heads = prop::sample::select(vec!["", "---\n", "# c: [\n---\n", "\u{feff}"]);
        (form, 1_usize..5, any::<bool>(), any::<bool>(), breaks, heads).prop_map(
            |(form, indent, are_lists_indented, has_comments, line_break, head)| Style {
                form,
                indent,
                are_lists_indented,
                has_comments,
                line_break,
                head,
            },
        )
    }

    /// The text.
    pub fn write(&self, value: &Value) -> String {
        match self.form {
            Form::Json => value.to_string(),
            Form::PrettyJson => format!("{value:#}"),
            Form::Block | Form::Flow(_) => {
                let mut text = self.head.to_owned();
                self.block(value, 0, 0, &mut text);
                text.replace('\n', self.line_break)
            }
        }
    }

    fn is_flow(&self, depth: usize) -> bool {
        matches!(self.form, Form::Flow(from) if depth >= from)
    }

    fn block(&self, value: &Value, column: usize, depth: usize, text: &mut String) {
        let pad = " ".repeat(column);
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    text.push_str(&format!("{pad}{}:", key(name)));
                    self.field(field, column, depth, text);
                }
            }
            Value::Array(items) => {
                for item in items {
                    text.push_str(&format!("{pad}-"));
                    match item {
                        // The first field stands behind the dash, one column after it.
                        Value::Object(fields) if !fields.is_empty() && !self.is_flow(depth + 1) => {
                            let mut inner = String::new();
                            self.block(item, column + 2, depth + 1, &mut inner);
                            text.push_str(&inner.replacen(&" ".repeat(column + 2), " ", 1));
                        }
                        _ => text.push_str(&format!(" {}\n", flow(item))),
                    }
                }
            }
            _ => {}
        }
    }

    fn field(&self, field: &Value, column: usize, depth: usize, text: &mut String) {
        let comment = if self.has_comments { " # it's: a {comment" } else { "" };
        let is_empty =
            field.as_object().is_some_and(|it| it.is_empty()) || field.as_array().is_some_and(|it| it.is_empty());
        match field {
            Value::Object(_) if !is_empty && !self.is_flow(depth + 1) => {
                text.push_str(&format!("{comment}\n"));
                self.block(field, column + self.indent, depth + 1, text);
            }
            Value::Array(_) if !is_empty && !self.is_flow(depth + 1) => {
                text.push_str(&format!("{comment}\n"));
                let inner = if self.are_lists_indented { self.indent } else { 0 };
                self.block(field, column + inner, depth + 1, text);
            }
            _ => text.push_str(&format!(" {}{comment}\n", flow(field))),
        }
    }
}

fn key(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { Value::from(name).to_string() }
}

/// Whether YAML takes the word for text, whatever surrounds it.
fn is_plain(text: &str) -> bool {
    let is_word = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.'));
    let is_taken =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&text.to_lowercase().as_str());
    is_word && text.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_taken
}

fn flow(value: &Value) -> String {
    match value {
        Value::String(text) if is_plain(text) => text.clone(),
        // Single quotes know no escapes, so they hold one line of anything.
        Value::String(text) if text.len() % 2 == 0 && !text.contains(['\n', '\t']) => {
            format!("'{}'", text.replace('\'', "''"))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, field)| format!("{}: {}", key(name), flow(field))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        _ => value.to_string(),
    }
}
