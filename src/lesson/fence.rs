//! Fenced blocks: files, commands, questions, and what is only shown.

use super::front;
use super::problem::{Problem, ProblemKind};
use super::read::Source;
use super::{Block, File, Purpose, Script, Typed};
use crate::kubectl::{SyntaxError, split};
use crate::manifest::yaml::Span;
use std::ops::Range;

/// Characters of a file's name at most.
const MAX_NAME: usize = 100;

/// A fenced block as it is written.
pub(super) struct Fence<'a> {
    /// What stands after the opening backticks.
    pub(super) info: &'a str,
    /// Its text.
    pub(super) text: String,
    /// Where the text stands.
    pub(super) inner: Range<usize>,
    /// Where the opening line stands.
    pub(super) opening: Range<usize>,
}

impl Fence<'_> {
    fn words(&self) -> (&str, Vec<&str>) {
        let mut words = self.info.split_whitespace();
        (words.next().unwrap_or_default(), words.collect())
    }

    /// Whether it is more than text that is shown.
    pub(super) fn is_played(&self) -> bool {
        matches!(self.words().0, "yaml" | "yml" | "console" | "predict")
    }

    pub(super) fn block(self, source: &Source<'_>, problems: &mut Vec<Problem>) -> Block {
        let opening = source.span(self.opening.clone());
        let mut problem = |kind| problems.push(Problem { span: opening, kind });
        let (name, rest) = self.words();
        match name {
            "yaml" | "yml" => {
                let (is_wrong, others): (Vec<&str>, Vec<&str>) = rest.iter().partition(|word| **word == "wrong");
                match others.as_slice() {
                    [] => problem(ProblemKind::NoFileName),
                    [name] if !is_file_name(name) => problem(ProblemKind::BadFileName((*name).to_owned())),
                    [_] => {}
                    [_, word, ..] => {
                        let known = "one file name, and `wrong` for a manifest with an error on purpose";
                        problem(ProblemKind::UnknownWord { word: (*word).to_owned(), known });
                    }
                }
                Block::File(File {
                    name: others.first().copied().unwrap_or_default().to_owned(),
                    is_wrong: !is_wrong.is_empty(),
                    span: source.span(self.inner.clone()),
                    text: self.text.clone(),
                })
            }
            "console" => {
                let purpose = match rest.first().copied() {
                    None => Purpose::Shown,
                    Some("solution") => Purpose::Solution,
                    Some("check") => Purpose::Check,
                    Some(word) => {
                        problem(ProblemKind::UnknownWord { word: word.to_owned(), known: "solution, check" });
                        Purpose::Shown
                    }
                };
                let commands = commands(source, self.inner.clone(), problems);
                if commands.is_empty() && !self.text.lines().any(is_written) {
                    problems.push(Problem { span: opening, kind: ProblemKind::NoCommands });
                }
                Block::Script(Script { purpose, commands, span: source.span(self.inner) })
            }
            "predict" => {
                if let Some(word) = rest.first() {
                    problem(ProblemKind::UnknownWord { word: (*word).to_owned(), known: "nothing" });
                }
                Block::Predict(front::predict(source.part(self.inner), problems))
            }
            language => Block::Listing { language: language.to_owned(), text: self.text.clone() },
        }
    }
}

fn is_file_name(name: &str) -> bool {
    let has_ending =
        [".yaml", ".yml", ".json"].iter().any(|ending| name.len() > ending.len() && name.ends_with(ending));
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    has_ending && name.len() <= MAX_NAME && name.chars().all(allowed) && !name.starts_with(['.', '-'])
}

/// The commands of a block, each with the output under it. A block without `$ ` has a command in each line.
fn commands(source: &Source<'_>, inner: Range<usize>, problems: &mut Vec<Problem>) -> Vec<Typed> {
    let text = source.text.get(inner.clone()).unwrap_or_default();
    let prompted = text.lines().any(|line| line.starts_with("$ "));
    let mut commands: Vec<Typed> = vec![];
    let mut begun: Option<(String, Span)> = None;
    let mut place = inner.start;
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        let span = source.span(place..place + written.len());
        place += line.len();
        if let Some((command, begin)) = begun.take() {
            let going_on = if prompted {
                written.strip_prefix('>').map(|rest| rest.strip_prefix(' ').unwrap_or(rest))
            } else {
                Some(written)
            };
            match going_on {
                Some(more) => {
                    command_line(format!("{command}\n{more}"), begin.to(span), &mut begun, &mut commands, problems)
                }
                None => {
                    let kind = ProblemKind::Command("it goes on, but nothing follows".into());
                    problems.push(Problem { span: begin, kind });
                }
            }
        } else if let Some(command) = written.strip_prefix("$ ") {
            command_line(command.to_owned(), span, &mut begun, &mut commands, problems);
        } else if !prompted {
            if is_written(written) {
                command_line(written.to_owned(), span, &mut begun, &mut commands, problems);
            }
        } else if let Some(last) = commands.last_mut() {
            last.expected.get_or_insert_default().push(written.to_owned());
            if !written.is_empty() {
                last.output = if last.output == Span::default() { span } else { last.output.to(span) };
            }
        } else if is_written(written) {
            problems.push(Problem { span, kind: ProblemKind::OutputFirst });
        }
    }
    if let Some((_, span)) = begun {
        let kind = ProblemKind::Command("it goes on, but nothing follows".into());
        problems.push(Problem { span, kind });
    }
    for command in &mut commands {
        if let Some(lines) = &mut command.expected {
            while lines.last().is_some_and(String::is_empty) {
                lines.pop();
            }
        }
        // Empty lines between commands are no output.
        if command.expected.as_ref().is_some_and(Vec::is_empty) {
            command.expected = None;
        }
    }
    commands
}

/// Whether a line says more than a remark.
fn is_written(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#')
}

/// Takes a command that is complete; keeps one that goes on in the next line.
fn command_line(
    text: String,
    span: Span,
    begun: &mut Option<(String, Span)>,
    commands: &mut Vec<Typed>,
    problems: &mut Vec<Problem>,
) {
    if text.ends_with('\\') {
        *begun = Some((text, span));
        return;
    }
    match split(&format!("{text}\n")) {
        Ok(_) => commands.push(Typed { text, expected: None, span, output: Span::default() }),
        Err(SyntaxError::Incomplete(_)) => *begun = Some((text, span)),
        Err(SyntaxError::Unexpected(why)) => problems.push(Problem { span, kind: ProblemKind::Command(why) }),
    }
}
