//! What holds for every text that is taken for a lesson. The tests and the fuzz target share it.

use setwise::lesson::{Block, MAX_PROBLEMS, differences, mend, read};

/// Reads a text as a lesson.
///
/// # Panics
/// If a place is not in the text, or if anything on the way panics.
pub fn check(text: &str) {
    let reading = read(text);
    assert!(reading.problems.len() <= MAX_PROBLEMS + 1);
    for problem in &reading.problems {
        assert!(text.get(problem.span.range()).is_some(), "{problem:?} in {text:?}");
        assert!(!problem.kind.message().is_empty() && !problem.kind.mend().is_empty());
    }
    for block in &reading.lesson.blocks {
        match block {
            Block::File(file) => assert!(text.get(file.span.range()).is_some(), "{file:?} in {text:?}"),
            Block::Script(script) => {
                for command in &script.commands {
                    assert!(text.get(command.span.range()).is_some(), "{command:?} in {text:?}");
                    assert!(text.get(command.output.range()).is_some(), "{command:?} in {text:?}");
                    assert_eq!(
                        command.expected.is_some(),
                        !command.output.range().is_empty(),
                        "{command:?} in {text:?}"
                    );
                }
            }
            _ => {}
        }
    }
    assert!(differences(&reading.lesson, &reading.lesson).is_empty());
    let _ = mend(text, reading.problems);
}
