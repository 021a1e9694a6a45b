//! `setwise lesson test FILE…`: whether lessons are what they say.

use super::arguments::Color;
use super::{Outcome, print, read_all, report};
use crate::lesson::{self, Problem};
use crate::manifest::{Severity, SourceFile};
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::process::ExitCode;

/// Runs `setwise lesson` with what stands behind it.
pub(super) fn run(words: &[String], color: Color, fix: bool) -> Outcome {
    match words.split_first() {
        Some((action, files)) if action == "test" => test(files, color, fix),
        Some((action, _)) => Err(format!("there is no `lesson {action}`: only `lesson test FILE...`")),
        None => Err("what about lessons? `lesson test FILE...`".into()),
    }
}

/// Plays lessons and prints what is otherwise than they say. Exit code 1 where something is.
fn test(files: &[String], color: Color, fix: bool) -> Outcome {
    let style = color.style(std::io::stdout().is_terminal());
    let sources = read_all(files)?;
    let mut broken = 0;
    for source in &sources {
        let one = std::slice::from_ref(source);
        let reading = lesson::read(&source.text);
        let mut problems = reading.problems;
        let mut text = String::new();
        let mut tally = (0, 0);
        // What could not be read would only be told twice.
        if problems.is_empty() {
            let played = lesson::play(&reading.lesson, &source.name, &source.text);
            tally =
                (played.scripts.iter().map(|script| script.answers.len()).sum(), reading.lesson.predictions().count());
            let errors: Vec<_> = played.diagnostics.into_iter().filter(|it| it.severity == Severity::Error).collect();
            text.push_str(&report::all(&errors, one, style));
            problems = played.problems;
            if fix {
                problems = mend(source, problems)?;
            }
            broken += usize::from(!errors.is_empty() || !problems.is_empty());
        } else {
            broken += 1;
        }
        for problem in &problems {
            text.push_str(&told(problem, source, style));
        }
        if text.is_empty() {
            let (commands, predictions) = tally;
            let _infallible = writeln!(text, "ok      {}: {commands} commands, {predictions} predictions", source.name);
        } else {
            let _infallible = writeln!(text, "broken  {}", source.name);
        }
        print(&text)?;
    }
    Ok(if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes into a lesson what its commands print and what the run answers, where it says otherwise. What is left to mend.
fn mend(source: &SourceFile, problems: Vec<Problem>) -> Result<Vec<Problem>, String> {
    let (text, left) = lesson::mend(&source.text, problems);
    if source.name == "-" {
        print(&text)?;
    } else if text != source.text {
        std::fs::write(&source.name, &text).map_err(|error| format!("cannot write {}: {error}", source.name))?;
        eprintln!("mended {}", source.name);
    }
    Ok(left)
}

fn told(problem: &Problem, source: &SourceFile, style: report::Style) -> String {
    report::one(&problem.kind.message(), &problem.kind.mend(), source, problem.span, style)
}
