//! Lines of a description, cells ending with tabs. Upstream: `describe.go: PrefixWriter`.

use crate::api::{Labels, Toleration};
use crate::kubectl::print::tabwriter::TabWriter;
use std::fmt::Display;

/// The longest annotation that is printed whole, in bytes.
const LONGEST_ANNOTATION: usize = 140;

/// Lines in the making.
#[derive(Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// A line with a label and a value: `Name:` and what it is.
    pub fn field(&mut self, level: usize, label: &str, value: impl Display) {
        self.line(level, format!("{label}:\t{value}"));
    }

    /// A line.
    pub fn line(&mut self, level: usize, line: impl Display) {
        let escaped = line.to_string().replace('\u{1b}', "^[").replace('\r', "\\r");
        self.text.push_str(&"  ".repeat(level));
        self.text.push_str(&escaped);
        self.text.push('\n');
    }

    /// A label, and one line for each value (`printLabelsMultilineWithIndent` and the like).
    pub fn values(&mut self, label: &str, values: impl IntoIterator<Item = String>) {
        let mut values = values.into_iter();
        self.field(0, label, values.next().unwrap_or_else(|| "<none>".into()));
        for value in values {
            self.line(0, format!("\t{value}"));
        }
    }

    /// Labels, each on a line.
    pub fn labels(&mut self, label: &str, labels: &Labels) {
        self.values(label, labels.iter().map(|(key, value)| format!("{key}={value}")));
    }

    /// Annotations, each on a line, without the one of `kubectl apply`; a long one begins a line of its own
    /// (`printAnnotationsMultiline`).
    pub fn annotations(&mut self, label: &str, annotations: &Labels) {
        let shown = annotations.iter().filter(|(key, _)| *key != crate::api::LAST_APPLIED);
        let mut lines = vec![];
        for (key, value) in shown {
            let value = value.strip_suffix('\n').unwrap_or(value);
            if value.len() + key.len() + 2 > LONGEST_ANNOTATION || value.contains('\n') {
                lines.push(format!("{key}:"));
                lines.extend(value.split('\n').map(|line| format!("  {}", shortened(line, LONGEST_ANNOTATION - 2))));
            } else {
                lines.push(format!("{key}: {value}"));
            }
        }
        self.values(label, lines);
    }

    /// Tolerations, each on a line (`printTolerationsMultilineWithIndent`).
    pub fn tolerations(&mut self, label: &str, tolerations: &[Toleration]) {
        let mut sorted: Vec<&Toleration> = tolerations.iter().collect();
        sorted.sort_by(|a, b| a.key.cmp(&b.key));
        self.values(label, sorted.into_iter().map(toleration));
    }

    /// The lines with their tabs.
    #[must_use]
    pub fn raw(self) -> String {
        self.text
    }

    /// The lines in columns.
    #[must_use]
    pub fn aligned(self) -> String {
        TabWriter::of_descriptions().align(&self.text)
    }
}

fn toleration(toleration: &Toleration) -> String {
    let mut text = toleration.key.clone();
    if !toleration.value.is_empty() {
        text += &format!("={}", toleration.value);
    }
    if let Some(effect) = toleration.effect {
        text += &format!(":{effect}");
    }
    if toleration.operator == "Exists" && toleration.value.is_empty() {
        text += if text.is_empty() { "op=Exists" } else { " op=Exists" };
    }
    if let Some(seconds) = toleration.toleration_seconds {
        text += &format!(" for {seconds}s");
    }
    text
}

/// A text of so many bytes at most, marked where something is left out (`shorten`).
fn shortened(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.into();
    }
    let end = (0..=longest).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    format!("{}...", text.get(..end).unwrap_or_default())
}

/// The text, or `<none>` for an empty one.
#[must_use]
pub fn or_none(text: &str) -> &str {
    if text.is_empty() { "<none>" } else { text }
}

/// `True` or `False`.
#[must_use]
pub fn capital(bool: bool) -> &'static str {
    if bool { "True" } else { "False" }
}

/// A list as Go prints it: `[a b]`.
#[must_use]
pub fn bracketed(items: &[String]) -> String {
    format!("[{}]", items.join(" "))
}
