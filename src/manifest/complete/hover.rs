//! What a word of a manifest means.

use super::documentation;
use super::outline::{Outline, Spot};
use super::schema_path::{self, Place};
use crate::language::Language;
use crate::manifest::yaml::{self, Content, Node};

/// What a word means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// Its first byte.
    pub from: usize,
    /// The byte after its last.
    pub to: usize,
    /// What it is called.
    pub title: String,
    /// Of what type it is, for people.
    pub detail: String,
    /// What it means.
    pub documentation: String,
}

/// What the word at a byte means; none for words that are the author's own.
#[must_use]
pub fn hover(text: &str, byte: usize, language: Language) -> Option<Hover> {
    let stream = yaml::parse(text);
    let document = stream.documents.iter().find(|document| document.span.range().contains(&byte));
    match document.and_then(|document| document.root.as_ref()) {
        Some(root) => {
            let value = |name: &str| root.get(name).and_then(|entry| entry.value.as_str());
            let place = Place::root(schema_path::root(value("apiVersion"), value("kind"))?);
            in_node(root, &place, byte, language)
        }
        None => in_outline(text, byte, language),
    }
}

fn in_node(node: &Node, place: &Place, byte: usize, language: Language) -> Option<Hover> {
    match &node.content {
        Content::Mapping(mapping) => mapping.entries.iter().filter(|entry| !entry.is_merged).find_map(|entry| {
            let below = place.key(&entry.key)?;
            if entry.key_span.range().contains(&byte) {
                return of_field(place, &entry.key, entry.key_span.range(), language);
            }
            entry.value.span.range().contains(&byte).then(|| in_node(&entry.value, &below, byte, language))?
        }),
        Content::Sequence(items) => {
            let item = items.iter().find(|item| item.span.range().contains(&byte))?;
            in_node(item, &place.item()?, byte, language)
        }
        Content::String(value) => of_value(place, value, node.span.range(), language),
        Content::Null | Content::Bool(_) | Content::Number(_) => None,
    }
}

/// The same for a document that cannot be read.
fn in_outline(text: &str, byte: usize, language: Language) -> Option<Hover> {
    let outline = Outline::around(text, byte)?;
    let (spot, frames) = outline.spot(byte)?;
    let place = schema_path::resolve(&outline, &frames)?;
    let start = outline.lines.get(outline.here)?.start;
    let word = |from: usize, to: usize| text.get(start + from..start + to).map(|word| word.trim_matches(['"', '\'']));
    match spot {
        Spot::Word { from, to, has_colon: true } => {
            of_field(&place, word(from, to)?, start + from..start + to, language)
        }
        Spot::Word { from, to, has_colon: false } | Spot::Value { from, to } => {
            of_value(&place, word(from, to)?, start + from..start + to, language)
        }
    }
}

fn of_field(place: &Place, name: &str, range: std::ops::Range<usize>, language: Language) -> Option<Hover> {
    let below = place.key(name)?;
    let is_entry = matches!(place.kind, crate::manifest::schema::FieldType::Map(_));
    let documentation = if is_entry {
        documentation::value("MapKey", name, language)?
    } else {
        documentation::field(below.field.0, below.field.1, language)?.text
    };
    Some(Hover {
        from: range.start,
        to: range.end,
        title: name.into(),
        detail: documentation::type_name(&below.kind, language),
        documentation: documentation.into(),
    })
}

fn of_value(place: &Place, value: &str, range: std::ops::Range<usize>, language: Language) -> Option<Hover> {
    let documentation = documentation::value(documentation::values_of(place)?, value, language)?;
    Some(Hover {
        from: range.start,
        to: range.end,
        title: value.into(),
        detail: String::new(),
        documentation: documentation.into(),
    })
}
