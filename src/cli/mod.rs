//! The terminal front end. Reads files, prints; decides nothing.

#![allow(
    clippy::disallowed_methods,
    reason = "the terminal front end reads the command line and files; the core does not"
)]

mod arguments;
mod check;
mod console;
mod json;
mod lesson;
mod link;
mod report;
mod sarif;

use crate::actor::Settings;
use crate::engine::{RunEnd, play};
use crate::language::Language;
use crate::manifest::{self, SourceFile};
use crate::{conformance, transcript};
use arguments::{Arguments, Color, Command, Output};
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::process::ExitCode;

/// Runs the program with the arguments it was started with.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    if let Some((_, rest)) = arguments.split_first().filter(|(command, _)| *command == "link") {
        return link::run(rest).unwrap_or_else(|message| fail(&message));
    }
    match Arguments::read(arguments) {
        Ok(Arguments { command, files, output, language, color, fix }) => {
            let outcome = match command {
                Command::Help => print(&arguments::help()),
                Command::Version => print(concat!("setwise ", env!("CARGO_PKG_VERSION"), "\n")),
                Command::Run => run(&files, output, language, color),
                Command::Check => check::run(&files, output, language, color, fix),
                Command::Conformance => conformance(&files),
                Command::Console => console::console(&files),
                Command::Transcript => run(&files, Output::Markdown, language, color),
                Command::Lesson => lesson::run(&files, color, fix),
            };
            outcome.unwrap_or_else(|message| fail(&message))
        }
        Err(message) => fail(&format!("{message}\nTry `setwise help`.")),
    }
}

/// Diagnostics as a compiler prints them, without colours.
#[must_use]
pub fn report(diagnostics: &[manifest::Diagnostic], sources: &[SourceFile]) -> String {
    report::all(diagnostics, sources, report::Style::Plain)
}

type Outcome = Result<ExitCode, String>;

fn run(files: &[String], output: Output, language: Language, color: Color) -> Outcome {
    let sources = read_all(files)?;
    let read = manifest::read(&sources).said_in(language);
    let style = color.style(std::io::stderr().is_terminal());
    if !read.diagnostics.is_empty() {
        eprint!("{}", report::all(&read.diagnostics, &sources, style));
    }
    let broken = read.has_errors();
    let objects = read.objects();
    if objects.is_empty() {
        return Err(if broken { "nothing to run: mend the errors above" } else { "nothing to run: no objects" }.into());
    }
    let mut run = play(&objects, &Settings::default());
    let text = match output {
        Output::Table => transcript::table(&mut run.timeline, language),
        Output::Json => transcript::json(&mut run.timeline, language),
        Output::Markdown => transcript::markdown(&mut run.timeline, language),
        Output::Seq => conformance::milestones(run.timeline.steps()).join(" ") + "\n",
        Output::Sarif => return Err("a run has no output \"sarif\": table, json, markdown or seq".into()),
    };
    print(&text)?;
    match run.end {
        RunEnd::Settled => {}
        RunEnd::StepLimit => eprintln!("setwise: stopped at the limit of steps; what was simulated so far is above"),
        RunEnd::TimeLimit => eprintln!("setwise: stopped after a day of virtual time; something would go on for ever"),
    }
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn conformance(files: &[String]) -> Outcome {
    for source in read_all(files)? {
        print(&conformance::run(&source.text).map_err(|message| format!("{}: {message}", source.name))?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn read_all(files: &[String]) -> Result<Vec<SourceFile>, String> {
    if files.is_empty() {
        return Err("which file? `-` is standard input".into());
    }
    files.iter().map(|name| Ok(SourceFile { name: name.clone(), text: read_one(name)? })).collect()
}

fn read_one(name: &str) -> Result<String, String> {
    let text = if name == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(name)
    };
    text.map_err(|error| format!("cannot read {name}: {error}"))
}

fn print(text: &str) -> Outcome {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        // A reader that has seen enough, such as `head`, is no failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(format!("cannot print: {error}")),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("setwise: {message}");
    ExitCode::from(2)
}
