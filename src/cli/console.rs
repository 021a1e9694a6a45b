//! `setwise console FILE…`: a console at a simulated cluster in a terminal, or a script from standard input.

use super::{Outcome, read_all};
use crate::kubectl::script::{console_for, run_after_rest};
use crate::kubectl::{Answer, Exit, Stream, SyntaxError, split};
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::ExitCode;

/// Reads commands from standard input until it ends, and prints what they answer.
pub(super) fn console(files: &[String]) -> Outcome {
    let sources = if files.is_empty() { vec![] } else { read_all(files)? };
    let mut console = console_for(sources);
    let interactive = std::io::stdin().is_terminal();
    if interactive {
        eprintln!("A simulated cluster. `help` lists what you can type; Ctrl+D ends.");
    }
    let mut typed = String::new();
    let mut last = Exit::Code(0);
    let mut before: Option<String> = None;
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
            let answer = run_after_rest(&mut console, before.as_deref(), &text);
            last = answer.exit;
            print(&answer, interactive)?;
            before = Some(text);
        }
        prompt(interactive, false);
    }
    if !typed.trim().is_empty() {
        let answer = run_after_rest(&mut console, before.as_deref(), &typed);
        last = answer.exit;
        print(&answer, interactive)?;
    }
    Ok(match last {
        Exit::Code(code) => ExitCode::from(code),
        Exit::Waits => ExitCode::FAILURE,
    })
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
