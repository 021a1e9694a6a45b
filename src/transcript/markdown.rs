//! A run as Markdown, for a page that does not play it.

use super::{seconds, told};
use crate::engine::Timeline;
use crate::explain::{Language, Piece, Text};
use std::fmt::Write as _;

/// A numbered list of the steps, each with its reasons. Steps that only write down what is are left out.
#[must_use]
pub fn markdown(timeline: &mut Timeline, language: Language) -> String {
    let mut text = String::new();
    let mut number = 0;
    told(timeline, language, |_, step, words| {
        if step.reason.is_bookkeeping() {
            return;
        }
        number += 1;
        let _infallible = writeln!(text, "{number}. **{}** ({} s)", inline(&words.headline), seconds(step.at.0));
        for why in &words.why {
            let _infallible = writeln!(text, "   {}", inline(why));
        }
    });
    text
}

/// Names and values as code; what Markdown would read as markup in words is escaped.
fn inline(text: &Text) -> String {
    (text.0.iter())
        .map(|piece| match piece {
            Piece::Words(words) => escaped(words),
            Piece::Code(code) => format!("`{}`", code.replace('`', "'")),
            Piece::Object(object) => format!("`{}`", object.name()),
        })
        .collect()
}

fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '*' | '_' | '[' | ']' | '<' | '>' | '`' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
