//! The tree of a document.

use super::Span;
use std::rc::Rc;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it is written; for an alias, where the alias is.
    pub span: Span,
    /// What it is.
    pub content: Content,
}

/// What a value is, once plain words are read as YAML 1.1 reads them.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// `null`, `~` or nothing.
    Null,
    /// `true`, `yes`, `on`, ...
    Bool(bool),
    /// A number.
    Number(serde_json::Number),
    /// Text.
    String(Rc<str>),
    /// A list.
    Sequence(Vec<Rc<Node>>),
    /// Keys and values.
    Mapping(Mapping),
}

/// Keys and values in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// All of them, repeated keys and what merge keys brought in included.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key; numbers and booleans as text, as JSON needs them.
    pub key: Rc<str>,
    /// Where the key is written.
    pub key_span: Span,
    /// The value.
    pub value: Rc<Node>,
    /// Whether a merge key (`<<`) brought it in.
    pub is_merged: bool,
}

impl Mapping {
    /// The entry that counts for a key: the last one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| &*entry.key == key)
    }

    /// Keys that are written more than once: an entry that is lost, and the later one that takes its place.
    #[must_use]
    pub fn duplicates(&self) -> Vec<(&Entry, &Entry)> {
        let mut last = std::collections::BTreeMap::<&str, &Entry>::new();
        let written = self.entries.iter().filter(|entry| !entry.is_merged);
        written.filter_map(|entry| Some((last.insert(&entry.key, entry)?, entry))).collect()
    }
}

impl Node {
    /// The value as JSON; of equal keys the last one counts.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.content {
            Content::Null => serde_json::Value::Null,
            Content::Bool(value) => (*value).into(),
            Content::Number(number) => number.clone().into(),
            Content::String(text) => (&**text).into(),
            Content::Sequence(items) => items.iter().map(|item| item.to_json()).collect(),
            Content::Mapping(mapping) => serde_json::Value::Object(
                mapping.entries.iter().map(|entry| (entry.key.to_string(), entry.value.to_json())).collect(),
            ),
        }
    }

    /// The mapping, if it is one.
    #[must_use]
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.content {
            Content::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The text, if it is text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.content {
            Content::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn as_sequence(&self) -> Option<&[Rc<Node>]> {
        match &self.content {
            Content::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The entry of a key, if it is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.as_mapping()?.get(key)
    }
}
