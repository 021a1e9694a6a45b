//! The space between Chinese and everything else: set here once, so that no sentence has to write it at its joints.

use crate::explain::{Piece, Text};

/// A sentence with a space wherever Chinese touches a Latin word, a number, a name or code.
pub(in crate::explain) fn spaced(sentence: Text) -> Text {
    let mut spaced = Text::default();
    let mut last: Option<Edge> = None;
    for piece in sentence.0 {
        match piece {
            Piece::Words(words) => {
                let mut run = String::with_capacity(words.len());
                for letter in words.chars() {
                    let edge = Edge::of(letter);
                    if parts(last, edge) {
                        run.push(' ');
                    }
                    run.push(letter);
                    last = Some(edge);
                }
                spaced.say(Piece::Words(run));
            }
            piece @ (Piece::Code(_) | Piece::Object(_)) => {
                if parts(last, Edge::Name) {
                    spaced.say(" ");
                }
                spaced.say(piece);
                last = Some(Edge::Name);
            }
        }
    }
    spaced
}

/// What stands at one side of a joint.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// A Chinese character.
    Han,
    /// A letter, a digit or what belongs to a number.
    Latin,
    /// A name or code, which is set apart from words by its looks.
    Name,
    /// Punctuation, a space, a sign.
    Other,
}

impl Edge {
    fn of(letter: char) -> Edge {
        match letter {
            letter if is_han(letter) => Edge::Han,
            '%' | '+' => Edge::Latin,
            letter if letter.is_ascii_alphanumeric() => Edge::Latin,
            _ => Edge::Other,
        }
    }
}

/// Whether a space belongs between two edges.
fn parts(before: Option<Edge>, after: Edge) -> bool {
    match (before, after) {
        (Some(Edge::Han), Edge::Latin | Edge::Name) | (Some(Edge::Latin | Edge::Name), Edge::Han) => true,
        (Some(Edge::Name), Edge::Latin | Edge::Name) | (Some(Edge::Latin), Edge::Name) => true,
        (None | Some(Edge::Han | Edge::Latin | Edge::Name | Edge::Other), _) => false,
    }
}

/// Whether a letter is a Chinese character.
pub(in crate::explain) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{Kind, ObjectRef};
    use crate::explain::{code, text};

    #[test]
    fn chinese_and_latin_stand_apart() {
        let pod = ObjectRef::new(Kind::Pod, "default", "web-1");
        let sentence = text!["等待", &pod, "的", 2, "个容器：", code("app"), "、", code("log"), "。"];
        assert_eq!(spaced(sentence).to_string(), "等待 web-1 的 2 个容器：app、log。");
    }

    #[test]
    fn spaces_that_are_there_are_not_doubled() {
        let sentence = text!["一次 1 个 Pod，占 55% 以上"];
        assert_eq!(spaced(sentence.clone()), sentence);
    }

    #[test]
    fn names_side_by_side_stand_apart() {
        assert_eq!(spaced(text![code("a"), code("b"), 3]).to_string(), "a b 3");
    }
}
