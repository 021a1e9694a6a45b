//! A sentence as pieces, so that a front end can mark names and link objects without parsing words.

use crate::api::ObjectRef;
use std::fmt;

/// A sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Piece>);

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Plain words.
    Words(String),
    /// Something one could type at a cluster: a field, a value, a name.
    Code(String),
    /// An object, shown by its name.
    Object(ObjectRef),
}

impl Text {
    /// A sentence of words alone.
    #[must_use]
    pub fn words(words: &str) -> Text {
        Text(vec![Piece::Words(words.into())])
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.0 {
            match piece {
                Piece::Words(text) | Piece::Code(text) => f.write_str(text)?,
                Piece::Object(object) => f.write_str(object.name())?,
            }
        }
        Ok(())
    }
}
