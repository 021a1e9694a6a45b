//! A lesson played: its commands run on a cluster, and what they print and what the run answers are compared with what the
//! lesson says.

use super::expectation;
use super::problem::{Problem, ProblemKind};
use super::{Block, Lesson, Predict, Script, Typed};
use crate::kubectl::script::{console_for, rest, run_after_rest, says_how_long};
use crate::kubectl::{Answer, Console, Exit, Stream};
use crate::manifest::{self, Diagnostic, SourceFile};
use crate::predict::{Prediction, Stretch, predictions};

/// A lesson that was played.
#[derive(Clone, Debug)]
pub struct Played {
    /// The console as the lesson leaves it.
    pub console: Console,
    /// Its scripts, in order.
    pub scripts: Vec<PlayedScript>,
    /// What is wrong with the manifests, with places in the text of the lesson; those that are wrong on purpose left out.
    pub diagnostics: Vec<Diagnostic>,
    /// What is otherwise than the lesson says.
    pub problems: Vec<Problem>,
}

/// A script that was played.
#[derive(Clone, Debug)]
pub struct PlayedScript {
    /// Its place among the blocks of the lesson.
    pub block: usize,
    /// What each command answered.
    pub answers: Vec<Answer>,
    /// Steps of the run before it.
    pub from: usize,
    /// Steps of the run after it.
    pub to: usize,
    /// The questions before it, with what the run makes of them.
    pub asked: Vec<Asked>,
}

/// A question of a lesson with what the run makes of it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its place among the blocks of the lesson.
    pub block: usize,
    /// The question with its options; none where the run gives no such question.
    pub prediction: Option<Prediction>,
}

/// Plays a lesson. `text` and `name` are those of its file.
#[must_use]
pub fn play(lesson: &Lesson, name: &str, text: &str) -> Played {
    let mut problems = vec![];
    let diagnostics = check_manifests(lesson, name, text, &mut problems);
    let all = lesson.files().filter(|file| !file.is_wrong);
    let mut console =
        console_for(all.map(|file| SourceFile { name: file.name.clone(), text: file.text.clone() }).collect());
    console.files.clear();
    let mut scripts = vec![];
    let mut last: Option<&str> = None;
    let mut waiting: Vec<(usize, &Predict)> = vec![];
    for (index, block) in lesson.blocks.iter().enumerate() {
        match block {
            Block::File(file) => {
                console.files.retain(|known| known.name != file.name);
                console.files.push(SourceFile { name: file.name.clone(), text: file.text.clone() });
            }
            Block::Predict(predict) => waiting.push((index, predict)),
            Block::Script(script) => {
                let asked = std::mem::take(&mut waiting);
                scripts.push(play_script(&mut console, (index, script), last, &asked, &mut problems));
                last = script.commands.last().map(|command| command.text.as_str());
            }
            Block::Heading { .. }
            | Block::Paragraph(_)
            | Block::List { .. }
            | Block::Aside { .. }
            | Block::Listing { .. } => {}
        }
    }
    problems.sort_by_key(|problem| problem.span.start.byte);
    Played { console, scripts, diagnostics, problems }
}

fn play_script<'l>(
    console: &mut Console,
    (block, script): (usize, &'l Script),
    mut last: Option<&'l str>,
    waiting: &[(usize, &Predict)],
    problems: &mut Vec<Problem>,
) -> PlayedScript {
    // What was still going on before belongs to the script before, unless this one watches it.
    let before = console.simulation().cluster().clone();
    let from = console.simulation().steps().len();
    let mut answers = vec![];
    for command in &script.commands {
        let answer = run_after_rest(console, last, &command.text);
        problems.extend(compare(command, &answer).map(|kind| Problem { span: command.span, kind }));
        answers.push(answer);
        last = Some(&command.text);
    }
    if !last.is_some_and(says_how_long) {
        rest(console);
    }
    let to = console.simulation().steps().len();
    let questions = match waiting {
        [] => vec![],
        _ => predictions(&Stretch { before: &before, steps: console.simulation().steps(), range: from..to }),
    };
    let asked = waiting.iter().map(|(index, predict)| {
        let found = find(predict, &questions);
        let (prediction, problem) = match found {
            Ok(prediction) => (Some(prediction.clone()), wrong_answer(predict, prediction)),
            Err(problem) => (None, Some(problem)),
        };
        problems.extend(problem.map(|kind| Problem { span: predict.span, kind }));
        Asked { block: *index, prediction }
    });
    let asked = asked.collect();
    PlayedScript { block, answers, from, to, asked }
}

/// What a command prints in a terminal; words of the console itself are no part of it.
fn printed(answer: &Answer) -> String {
    let parts = answer.printed.parts.iter().filter(|(stream, _)| *stream != Stream::Note);
    parts.map(|(_, text)| text.as_str()).collect()
}

fn compare(command: &Typed, answer: &Answer) -> Option<ProblemKind> {
    let printed = printed(answer);
    match &command.expected {
        None if answer.exit == Exit::Code(0) => None,
        None => Some(ProblemKind::Failed { command: command.text.clone(), printed }),
        Some(lines) if expectation::matches(lines, &printed) => None,
        Some(lines) => {
            let expected = lines.join("\n");
            Some(ProblemKind::Printed { command: command.text.clone(), expected, printed, output: command.output })
        }
    }
}

/// The question that a lesson asks for.
fn find<'p>(predict: &Predict, questions: &'p [Prediction]) -> Result<&'p Prediction, ProblemKind> {
    let of_kind: Vec<&Prediction> = questions.iter().filter(|it| it.question.key() == predict.ask).collect();
    let fitting: Vec<&Prediction> = match &predict.of {
        Some(of) => of_kind.into_iter().filter(|it| it.question.subject() == *of).collect(),
        None => of_kind,
    };
    let subjects = || fitting.iter().map(|it| it.question.subject()).collect::<Vec<_>>();
    match fitting.as_slice() {
        [] => {
            let mut possible: Vec<String> =
                (questions.iter()).map(|it| format!("{} of {}", it.question.key(), it.question.subject())).collect();
            possible.dedup();
            Err(ProblemKind::NotAsked { ask: predict.ask.clone(), possible })
        }
        // Of several waits of one set the first one is meant.
        [first, ..] if fitting.iter().all(|it| it.question.subject() == first.question.subject()) => Ok(first),
        _ => Err(ProblemKind::Ambiguous { ask: predict.ask.clone(), of: subjects() }),
    }
}

fn wrong_answer(predict: &Predict, prediction: &Prediction) -> Option<ProblemKind> {
    let expected = predict.answer.clone()?;
    let found = prediction.right()?.key();
    let options = prediction.options.iter().map(|choice| choice.answer.key()).collect();
    (found != expected).then_some(ProblemKind::Answer { expected, found, options })
}

/// Checks the manifests where they stand in the lesson.
fn check_manifests(lesson: &Lesson, name: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Diagnostic> {
    let mut all = vec![];
    for file in lesson.files() {
        let range = file.span.range();
        let Some(before) = text.get(..range.start) else { continue };
        // Everything before it is blank, so that lines, columns and bytes are those of the lesson.
        let mut blank = String::with_capacity(range.end);
        for letter in before.chars() {
            match letter {
                '\n' => blank.push('\n'),
                other => (0..other.len_utf8()).for_each(|_| blank.push(' ')),
            }
        }
        blank.push_str(text.get(range).unwrap_or_default());
        let read = manifest::read(&[SourceFile { name: name.to_owned(), text: blank }]);
        match file.is_wrong {
            true if !read.has_errors() => problems.push(Problem { span: file.span, kind: ProblemKind::NotWrong }),
            true => {}
            false => all.extend(read.diagnostics),
        }
    }
    all
}
