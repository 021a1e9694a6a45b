//! `setwise console FILE…`: a console at a simulated cluster in a terminal, or a script from standard input.

use super::{Outcome, read_all};
use crate::actor::Settings;
use crate::engine::{Bounds, Simulation, default_cluster};
use crate::kubectl::{Answer, Console, Exit, Stream, SyntaxError, lets_time_pass, run, split};
use crate::manifest::{self, SourceFile};
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::ExitCode;

/// Milliseconds without a write after which a cluster counts as settled between two commands, and the most that is played.
const SETTLED: [u64; 2] = [60_000, 900_000];

/// Reads commands from standard input until it ends, and prints what they answer.
pub(super) fn console(files: &[String]) -> Outcome {
    let sources = if files.is_empty() { vec![] } else { read_all(files)? };
    let mut console = Console::new(cluster(&sources), sources);
    let interactive = std::io::stdin().is_terminal();
    if interactive {
        eprintln!("A simulated cluster. `help` lists what you can type; Ctrl+D ends.");
    }
    let mut typed = String::new();
    let mut last = Exit::Code(0);
    let mut waited = false;
    prompt(interactive, false);
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| format!("cannot read standard input: {error}"))?;
        typed.push_str(&line);
        typed.push('\n');
        if matches!(split(&typed), Err(SyntaxError::Incomplete(_))) {
            prompt(interactive, true);
            continue;
        }
        let text = std::mem::take(&mut typed);
        if !text.trim().is_empty() {
            let answer = answer(&mut console, &text, &mut waited);
            last = answer.exit;
            print(&answer, interactive)?;
        }
        prompt(interactive, false);
    }
    if !typed.trim().is_empty() {
        let answer = answer(&mut console, &typed, &mut waited);
        last = answer.exit;
        print(&answer, interactive)?;
    }
    Ok(match last {
        Exit::Code(code) => ExitCode::from(code),
        Exit::Waits => ExitCode::FAILURE,
    })
}

/// Runs what was typed. Between two commands the cluster comes to rest, unless one of them waits itself.
fn answer(console: &mut Console, text: &str, waited: &mut bool) -> Answer {
    let waits = lets_time_pass(text);
    if !waits && !*waited {
        console.settle(SETTLED[0], SETTLED[1]);
    }
    *waited = waits;
    run(console, text)
}

/// The cluster of the files: nodes and storage classes among them are there from the start, the rest is to be applied.
fn cluster(sources: &[SourceFile]) -> Simulation {
    let objects = manifest::read(sources).objects();
    let (infrastructure, _): (Vec<_>, Vec<_>) =
        objects.into_iter().partition(|object| default_cluster::is_infrastructure(object.kind()));
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&infrastructure));
    simulation.settle();
    simulation
}

fn prompt(interactive: bool, goes_on: bool) {
    if interactive {
        print!("{}", if goes_on { "> " } else { "$ " });
        // A prompt that cannot be shown is no reason to stop.
        let _ignored = std::io::stdout().flush();
    }
}

fn print(answer: &Answer, interactive: bool) -> Result<(), String> {
    for (stream, text) in &answer.printed.parts {
        let printed = match stream {
            Stream::Out => std::io::stdout().lock().write_all(text.as_bytes()),
            Stream::Err => std::io::stderr().lock().write_all(text.as_bytes()),
            Stream::Note if interactive => std::io::stderr().lock().write_all(format!("# {text}").as_bytes()),
            Stream::Note => Ok(()),
        };
        match printed {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                return Err(format!("cannot print: {error}"));
            }
            _ => {}
        }
    }
    Ok(())
}
