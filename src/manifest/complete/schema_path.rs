//! From what a place is inside of to its type.

use super::outline::{Frame, Outline};
use crate::manifest::schema::{self, FieldType, Lookup};

/// The type of a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// What it has to be.
    pub kind: FieldType,
    /// The struct and the field that it is in, or a value of.
    pub field: (&'static str, &'static str),
    /// Names of the keys that lead there.
    pub keys: Vec<&'static str>,
    /// Whether it is the object itself.
    pub is_root: bool,
}

impl Place {
    /// An object of a struct.
    pub fn root(name: &'static str) -> Place {
        Place { kind: FieldType::Struct(name), field: ("", ""), keys: Vec::new(), is_root: true }
    }

    /// What is under a key.
    pub fn key(&self, name: &str) -> Option<Place> {
        match &self.kind {
            FieldType::Struct(owner) => {
                let (field, kind) = match schema::fields(owner)?.iter().find(|(field, _)| *field == name) {
                    Some((field, kind)) => (*field, kind.clone()),
                    None if self.is_root && name == "kind" => ("kind", FieldType::String("string")),
                    None if self.is_root && name == "apiVersion" => ("apiVersion", FieldType::String("string")),
                    None => return None,
                };
                let mut keys = self.keys.clone();
                keys.push(field);
                Some(Place { kind, field: (owner, field), keys, is_root: false })
            }
            FieldType::Map(value) => Some(Place { kind: (**value).clone(), ..self.clone() }),
            _ => None,
        }
    }

    /// What is in the items.
    pub fn item(&self) -> Option<Place> {
        match &self.kind {
            FieldType::List(item) => Some(Place { kind: (**item).clone(), ..self.clone() }),
            _ => None,
        }
    }
}

/// The struct of a document; of one without a kind, one that has what nearly all objects have.
pub(super) fn root(api_version: Option<&str>, kind: Option<&str>) -> Option<&'static str> {
    let api_version = api_version.unwrap_or_default();
    let Some(kind) = kind.filter(|kind| !kind.is_empty()) else { return Some(NO_KIND) };
    match schema::lookup(api_version, kind) {
        Lookup::Served(info) | Lookup::OtherVersion(info) => info.schema,
        Lookup::Removed(removed) => match schema::lookup(removed.now?, kind) {
            Lookup::Served(info) => info.schema,
            Lookup::Removed(_) | Lookup::OtherVersion(_) | Lookup::Unknown => None,
        },
        Lookup::Unknown => Some(NO_KIND),
    }
}

/// A struct with what nearly all objects have: `metadata` and `spec`.
const NO_KIND: &str = "Namespace";

/// Follows what a place is inside of.
pub(super) fn resolve(outline: &Outline<'_>, frames: &[Frame<'_>]) -> Option<Place> {
    let root = Place::root(root(outline.top("apiVersion"), outline.top("kind"))?);
    frames.iter().try_fold(root, |place, frame| match frame {
        Frame::Key(_, name) => place.key(name),
        Frame::Item(_) => place.item(),
    })
}
