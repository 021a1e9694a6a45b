//! What was asked for on the command line.

use crate::shell::{Failure, Outcome};
use crate::test::Part;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
What one does to Setwise. Every command sets up what it needs first, and says what it does.

  cargo xtask serve    build the page and serve it on http://127.0.0.1:8080
      --port N           another port (0: any free one)
      --address A        another address
      --watch            build again when a source changes
      --dev              build fast instead of small
      --no-build         serve dist/ as it is
  cargo xtask build    build the static page into dist/
      --dev              build fast instead of small
  cargo xtask package  pack the page for hosts (zip) and for npm, into target/packages/
  cargo xtask test     format, lint, native tests, the build, tests in a browser
      PART…              only these: format lint native component browser
  cargo xtask tidy     check the structure of the sources
  cargo xtask bench    run the benchmarks; arguments go to `cargo bench`
      page SIZE,…        those of the page: frames while playing so many nodes
  cargo xtask setup    only the set-up: all that building and testing need
  cargo xtask help     this text
";

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Print [`HELP`].
    Help,
    /// Set up everything.
    Setup,
    /// Build the page.
    Build(BuildOptions),
    /// Build and serve the page.
    Serve(ServeOptions),
    /// Pack the page.
    Package,
    /// Run these parts of the tests; all where none is named.
    Test(Vec<Part>),
    /// Check the structure of the sources.
    Tidy,
    /// Run the benchmarks with these arguments.
    Bench(Vec<String>),
}

/// How to build the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildOptions {
    /// Fast to build instead of small to load.
    pub dev: bool,
}

/// How to serve the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// The address to listen on.
    pub address: String,
    /// The port to listen on.
    pub port: u16,
    /// Build again when a source changes.
    pub watch: bool,
    /// Serve what is there.
    pub no_build: bool,
    /// How to build.
    pub build: BuildOptions,
}

impl Default for ServeOptions {
    fn default() -> ServeOptions {
        ServeOptions {
            address: "127.0.0.1".to_owned(),
            port: 8080,
            watch: false,
            no_build: false,
            build: BuildOptions::default(),
        }
    }
}

/// Reads the arguments after `cargo xtask`.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Outcome<Command> {
    let mut arguments = arguments.into_iter();
    let Some(command) = arguments.next() else { return Ok(Command::Help) };
    let rest: Vec<String> = arguments.collect();
    match command.as_str() {
        "help" | "--help" | "-h" => Ok(Command::Help),
        "setup" => nothing_after(&command, &rest, Command::Setup),
        "package" => nothing_after(&command, &rest, Command::Package),
        "tidy" => nothing_after(&command, &rest, Command::Tidy),
        "bench" => Ok(Command::Bench(rest)),
        "build" => build_options(&rest).map(Command::Build),
        "serve" => serve_options(rest).map(Command::Serve),
        "test" => rest.iter().map(|part| Part::named(part)).collect::<Outcome<_>>().map(Command::Test),
        _ => Err(Failure::new(format!("no such command: {command}; `cargo xtask help` lists them"))),
    }
}

fn nothing_after(command: &str, rest: &[String], parsed: Command) -> Outcome<Command> {
    match rest.first() {
        None => Ok(parsed),
        Some(argument) => Err(unknown(command, argument)),
    }
}

fn unknown(command: &str, argument: &str) -> Failure {
    Failure::new(format!("`cargo xtask {command}` has no option {argument}; `cargo xtask help` lists them"))
}

fn build_options(rest: &[String]) -> Outcome<BuildOptions> {
    let mut options = BuildOptions::default();
    for argument in rest {
        match argument.as_str() {
            "--dev" => options.dev = true,
            _ => return Err(unknown("build", argument)),
        }
    }
    Ok(options)
}

fn serve_options(rest: Vec<String>) -> Outcome<ServeOptions> {
    let mut options = ServeOptions::default();
    let mut arguments = rest.into_iter();
    while let Some(argument) = arguments.next() {
        let (name, inline) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        let mut value =
            || inline.clone().or_else(|| arguments.next()).ok_or_else(|| Failure::new(format!("{name} needs a value")));
        match name.as_str() {
            "--port" => {
                let port = value()?;
                options.port = port
                    .parse()
                    .map_err(|_| Failure::new(format!("--port wants a number from 0 to 65535, not {port}")))?;
            }
            "--address" => options.address = value()?,
            "--watch" => options.watch = true,
            "--no-build" => options.no_build = true,
            "--dev" => options.build.dev = true,
            _ => return Err(unknown("serve", &name)),
        }
    }
    if options.watch && options.no_build {
        return Err(Failure::new("--watch builds and --no-build does not: give one of them"));
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Outcome<Command> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn serve_takes_its_port_either_way() {
        let at = |port| Ok(Command::Serve(ServeOptions { port, ..ServeOptions::default() }));
        assert_eq!(parsed("serve"), at(8080));
        assert_eq!(parsed("serve --port 0"), at(0));
        assert_eq!(parsed("serve --port=9000"), at(9000));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let said = |line: &str| parsed(line).expect_err(line).to_string();
        assert_eq!(said("serve --port x"), "--port wants a number from 0 to 65535, not x");
        assert_eq!(said("serve --port"), "--port needs a value");
        assert_eq!(said("frobnicate"), "no such command: frobnicate; `cargo xtask help` lists them");
        assert_eq!(said("tidy --fix"), "`cargo xtask tidy` has no option --fix; `cargo xtask help` lists them");
    }

    #[test]
    fn tests_are_chosen_by_part() {
        assert_eq!(parsed("test"), Ok(Command::Test(vec![])));
        assert_eq!(parsed("test native browser"), Ok(Command::Test(vec![Part::Native, Part::Browser])));
    }
}
