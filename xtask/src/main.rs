//! `cargo xtask …`: everything one does to Setwise besides writing it. `cargo xtask help` lists the commands.

mod bench;
mod browser;
mod build;
mod command_line;
mod editor;
mod http;
mod project;
mod serve;
mod setup;
mod shell;
mod site;
mod tally;
mod test;
mod tidy;
mod toolchain;
mod version;

use command_line::Command;
use shell::Outcome;
use std::process::ExitCode;

fn main() -> ExitCode {
    match command_line::parse(std::env::args().skip(1)).and_then(run) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Says whether all is well, where that is not an error of its own.
fn run(command: Command) -> Outcome<bool> {
    let done = match command {
        Command::Help => {
            print!("{}", command_line::HELP);
            Ok(())
        }
        Command::Setup => setup::all().map(|_| ()),
        Command::Build(options) => build::command(&options),
        Command::Package => site::package(),
        Command::Serve(options) => serve::command(&options),
        Command::Test(parts) => return test::command(&parts),
        Command::Tidy => tidy::command(),
        Command::Bench(arguments) => bench::command(&arguments),
    };
    done.map(|()| true)
}
