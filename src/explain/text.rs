//! A sentence as pieces, so that a front end can mark names and link objects without parsing words.
//!
//! Sentences are written with [`text!`](crate::explain::text!): pieces side by side, every space written out.
//! In literal words, what stands between backticks becomes [`Piece::Code`].

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

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| match piece {
            Piece::Words(text) | Piece::Code(text) => text.is_empty(),
            Piece::Object(_) => false,
        })
    }

    /// Adds a part at the end.
    pub fn say(&mut self, part: impl Say) -> &mut Text {
        part.add_to(self);
        self
    }

    /// The sentence as Markdown: code and names between backticks.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut markdown = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Words(text) => markdown.push_str(text),
                Piece::Code(text) => markdown.extend(["`", text, "`"]),
                Piece::Object(object) => markdown.extend(["`", object.name(), "`"]),
            }
        }
        markdown
    }

    fn push_words(&mut self, words: &str) {
        match self.0.last_mut() {
            _ if words.is_empty() => {}
            Some(Piece::Words(last)) => last.push_str(words),
            _ => self.0.push(Piece::Words(words.into())),
        }
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

/// What can be a part of a sentence.
pub trait Say {
    /// Adds it at the end of a sentence.
    fn add_to(self, text: &mut Text);
}

/// Words, with code between backticks.
impl Say for &'static str {
    fn add_to(self, text: &mut Text) {
        for (index, part) in self.split('`').enumerate() {
            if index % 2 == 0 {
                text.push_words(part);
            } else {
                text.0.push(Piece::Code(part.into()));
            }
        }
    }
}

impl Say for Piece {
    fn add_to(self, text: &mut Text) {
        match self {
            Piece::Words(words) => text.push_words(&words),
            piece => text.0.push(piece),
        }
    }
}

impl Say for &ObjectRef {
    fn add_to(self, text: &mut Text) {
        text.0.push(Piece::Object(self.clone()));
    }
}

impl Say for ObjectRef {
    fn add_to(self, text: &mut Text) {
        text.0.push(Piece::Object(self));
    }
}

impl Say for Text {
    fn add_to(self, text: &mut Text) {
        self.0.into_iter().for_each(|piece| piece.add_to(text));
    }
}

impl<T: Say> Say for Option<T> {
    fn add_to(self, text: &mut Text) {
        if let Some(part) = self {
            part.add_to(text);
        }
    }
}

macro_rules! say_numbers {
    ($($number:ty),*) => {$(
        impl Say for $number {
            fn add_to(self, text: &mut Text) {
                text.push_words(&self.to_string());
            }
        }
    )*};
}
say_numbers!(i32, i64, usize);

/// Something one could type at a cluster.
#[must_use]
pub fn code(code: impl fmt::Display) -> Piece {
    Piece::Code(code.to_string())
}

/// Words that are not a sentence of ours, taken as they are.
#[must_use]
pub fn verbatim(words: impl fmt::Display) -> Piece {
    Piece::Words(words.to_string())
}

/// A sentence of its parts: words, objects, numbers, [`code`], other sentences.
macro_rules! text {
    ($($part:expr),* $(,)?) => {{
        let mut text = $crate::explain::Text::default();
        $(text.say($part);)*
        text
    }};
}
pub(crate) use text;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Kind;

    #[test]
    fn parts_stand_side_by_side_with_the_spaces_that_were_written() {
        let pod = ObjectRef::new(Kind::Pod, "default", "web-1");
        let text = text![&pod, " waits: `spec.replicas` is ", 3, "."];
        assert_eq!(text.to_string(), "web-1 waits: spec.replicas is 3.");
        assert_eq!(text.to_markdown(), "`web-1` waits: `spec.replicas` is 3.");
        assert_eq!(text.0[2], Piece::Code("spec.replicas".into()));
    }

    #[test]
    fn words_that_follow_words_become_one_piece() {
        assert_eq!(text!["a ", 2, " b"].0, [Piece::Words("a 2 b".into())]);
    }

    #[test]
    fn what_a_user_typed_is_not_read_as_code() {
        assert_eq!(text![verbatim("no `such` thing")].to_string(), "no `such` thing");
    }
}
