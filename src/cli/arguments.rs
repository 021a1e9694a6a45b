//! What stands on the command line.

use crate::explain::Language;
use std::ffi::OsString;

/// What `setwise help` prints.
pub(super) const HELP: &str = "\
Plays what Kubernetes does with manifests, step by step, and says why.

  setwise run FILE...           print the steps with their explanations
      --output=table            for a terminal (the default); or json, markdown, seq
      --lang=en                 the language of the explanations
  setwise check FILE...         print what is wrong with manifests, like a compiler; exit code 1 where there is an error
  setwise console FILE...       type kubectl and lab at a simulated cluster; a script may come from standard input
  setwise conformance FILE...   play a recorded scenario and print its run as `seq`
  setwise help, setwise version

`-` stands for standard input.
";

/// What the program is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Version,
    Run,
    Check,
    Conformance,
    Console,
}

/// The form in which a run is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Output {
    #[default]
    Table,
    Json,
    Markdown,
    Seq,
}

/// The command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arguments {
    pub(super) command: Command,
    pub(super) files: Vec<String>,
    pub(super) output: Output,
    pub(super) language: Language,
}

impl Arguments {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// Says which argument is not understood.
    pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, String> {
        use lexopt::prelude::{Long, Short, Value};
        let mut parser = lexopt::Parser::from_args(arguments);
        let mut command = None;
        let mut read = Arguments {
            command: Command::Help,
            files: vec![],
            output: Output::default(),
            language: Language::default(),
        };
        while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
            match argument {
                Long("help") | Short('h') => return Ok(read),
                Long("version") | Short('V') => return Ok(Arguments { command: Command::Version, ..read }),
                Long("output") | Short('o') => read.output = output(&value(&mut parser)?)?,
                Long("lang") => read.language = language(&value(&mut parser)?)?,
                Value(text) if command.is_none() => command = Some(parse_command(&string(text)?)?),
                Value(text) => read.files.push(string(text)?),
                other => return Err(other.unexpected().to_string()),
            }
        }
        read.command = command.unwrap_or(Command::Help);
        Ok(read)
    }
}

fn value(parser: &mut lexopt::Parser) -> Result<String, String> {
    string(parser.value().map_err(|error| error.to_string())?)
}

fn string(text: OsString) -> Result<String, String> {
    text.into_string().map_err(|text| format!("{} is not UTF-8", text.to_string_lossy()))
}

fn parse_command(text: &str) -> Result<Command, String> {
    Ok(match text {
        "help" => Command::Help,
        "version" => Command::Version,
        "run" => Command::Run,
        "check" => Command::Check,
        "conformance" => Command::Conformance,
        "console" => Command::Console,
        other => return Err(format!("there is no command {other:?}")),
    })
}

fn output(text: &str) -> Result<Output, String> {
    Ok(match text {
        "table" => Output::Table,
        "json" => Output::Json,
        "markdown" => Output::Markdown,
        "seq" => Output::Seq,
        other => return Err(format!("there is no output {other:?}: table, json, markdown or seq")),
    })
}

fn language(text: &str) -> Result<Language, String> {
    match text {
        "en" => Ok(Language::En),
        other => Err(format!("there is no language {other:?}: en")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, String> {
        Arguments::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn options_may_stand_before_and_after_the_files() {
        let expected = Arguments {
            command: Command::Run,
            files: vec!["a.yaml".into(), "-".into()],
            output: Output::Json,
            language: Language::En,
        };
        assert_eq!(read("run a.yaml --output=json - --lang en"), Ok(expected.clone()));
        assert_eq!(read("run --lang=en -o json a.yaml -"), Ok(expected));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(read("rnu a.yaml").unwrap_err().contains("rnu"));
        assert!(read("run --colour a.yaml").unwrap_err().contains("colour"));
        assert!(read("run --output=xml a.yaml").unwrap_err().contains("xml"));
        assert_eq!(read("").unwrap().command, Command::Help);
    }
}
