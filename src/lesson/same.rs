//! Whether two lessons are one lesson in two languages: the same blocks, files, commands, output and questions.

use super::{Block, Lesson};

/// What differs between two lessons besides their prose, in words for whoever writes lessons. Comments in manifests and what
/// `echo` prints are compared as well: a learner who changes the language goes on with the same files.
#[must_use]
pub fn differences(one: &Lesson, other: &Lesson) -> Vec<String> {
    let mut found = vec![];
    if one.locked != other.locked {
        found.push(format!("locked: {:?} and {:?}", one.locked, other.locked));
    }
    let shapes = |lesson: &Lesson| lesson.blocks.iter().map(shape).collect::<Vec<_>>();
    let (first, second) = (shapes(one), shapes(other));
    if first.len() != second.len() {
        found.push(format!("{} blocks and {}", first.len(), second.len()));
    }
    for (index, (one, other)) in first.iter().zip(&second).enumerate() {
        if one != other {
            found.push(format!("block {}: {one} and {other}", index + 1));
        }
    }
    found
}

/// A block without its prose.
fn shape(block: &Block) -> String {
    match block {
        Block::Heading { level, .. } => format!("heading of level {level}"),
        Block::Paragraph(_) => "paragraph".into(),
        Block::List { start, items } => format!("list of {} items from {start:?}", items.len()),
        Block::Aside { kind, blocks } => {
            let inside: Vec<String> = blocks.iter().map(shape).collect();
            format!("{kind:?} with {}", inside.join(", "))
        }
        Block::Listing { language, text } => format!("listing {language}:\n{text}"),
        Block::File(file) => format!("file {} (wrong: {}):\n{}", file.name, file.is_wrong, file.text),
        Block::Script(script) => {
            let commands = script.commands.iter();
            let typed: Vec<String> = commands.map(|it| format!("{} -> {:?}", it.text, it.expected)).collect();
            format!("{:?} script:\n{}", script.purpose, typed.join("\n"))
        }
        Block::Predict(predict) => format!("question {} of {:?}: {:?}", predict.ask, predict.of, predict.answer),
    }
}
