//! What stands on the command line.

use super::report::Style;
use crate::language::Language;
use std::ffi::OsString;

/// What `setwise help` prints.
pub(super) fn help() -> String {
    HELP.replace("  setwise help,", &format!("{}  setwise help,", super::link::HELP))
}

const HELP: &str = "\
Plays what Kubernetes does with manifests, step by step, and says why.

  setwise run FILE...           print the steps with their explanations
      --output=table            for a terminal (the default); or json, markdown, seq
  setwise check FILE...         print what is wrong with manifests, like a compiler; exit code 1 where there is an error
      --output=table            for a terminal (the default); or json, sarif
      --fix                     mend what has one obvious repair, in the files; of standard input, to standard output
      --color=auto              colours where a terminal is (the default); or always, never
  setwise console FILE...       type kubectl and lab at a simulated cluster; a script may come from standard input
  setwise transcript FILE...    print a run as Markdown, for a page that does not play it
  setwise lesson test FILE...   play lessons and compare them with what they say; exit code 1 where something differs
      --fix                     write into the lessons what the commands print and what the run answers
  setwise conformance FILE...   play a recorded scenario and print its run as `seq`
  setwise help, setwise version

`-` stands for standard input. Explanations are in the language of the locale, or in that of --lang=en or --lang=zh;
what kubectl prints stays as it is.
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
    Transcript,
    Lesson,
}

/// The form in which something is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Output {
    #[default]
    Table,
    Json,
    Markdown,
    Seq,
    Sarif,
}

/// Whether to print in colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// How to print to a stream that is a terminal or is none. <https://no-color.org>
    pub(super) fn style(self, is_terminal: bool) -> Style {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match self {
            Color::Auto if is_terminal && !is_set("NO_COLOR") && !is_dumb => Style::Colors,
            Color::Always => Style::Colors,
            Color::Auto | Color::Never => Style::Plain,
        }
    }
}

/// The command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arguments {
    pub(super) command: Command,
    pub(super) files: Vec<String>,
    pub(super) output: Output,
    pub(super) language: Language,
    pub(super) color: Color,
    pub(super) fix: bool,
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
            language: locale(|name| std::env::var(name).ok()),
            color: Color::default(),
            fix: false,
        };
        while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
            match argument {
                Long("help") | Short('h') => return Ok(read),
                Long("version") | Short('V') => return Ok(Arguments { command: Command::Version, ..read }),
                Long("output") | Short('o') => read.output = output(&value(&mut parser)?)?,
                Long("lang") => read.language = language(&value(&mut parser)?)?,
                Long("color" | "colour") => read.color = color(&value(&mut parser)?)?,
                Long("fix") => read.fix = true,
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
        "transcript" => Command::Transcript,
        "lesson" => Command::Lesson,
        other => return Err(format!("there is no command {other:?}")),
    })
}

fn output(text: &str) -> Result<Output, String> {
    Ok(match text {
        "table" => Output::Table,
        "json" => Output::Json,
        "markdown" => Output::Markdown,
        "seq" => Output::Seq,
        "sarif" => Output::Sarif,
        other => return Err(format!("there is no output {other:?}: table, json, markdown, seq or sarif")),
    })
}

fn color(text: &str) -> Result<Color, String> {
    Ok(match text {
        "auto" => Color::Auto,
        "always" => Color::Always,
        "never" => Color::Never,
        other => return Err(format!("there is no colour {other:?}: auto, always or never")),
    })
}

fn language(text: &str) -> Result<Language, String> {
    Language::parse(text).ok_or_else(|| format!("there is no language {text:?}: en or zh"))
}

/// The language of the locale: the first of the variables that is set counts, as in POSIX.
fn locale(variable: impl Fn(&str) -> Option<String>) -> Language {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.into_iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    set.and_then(|value| Language::parse(&value)).unwrap_or_default()
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
            color: Color::Never,
            fix: true,
        };
        assert_eq!(read("run a.yaml --output=json - --lang en --fix --color never"), Ok(expected.clone()));
        assert_eq!(read("run --color=never --lang=en -o json --fix a.yaml -"), Ok(expected));
    }

    #[test]
    fn the_first_variable_that_is_set_says_the_language() {
        let of = |set: &[(&str, &str)]| {
            locale(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), Language::Zh);
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_CN.UTF-8"), ("LANG", "en_US.UTF-8")]), Language::Zh);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]), Language::En);
        assert_eq!(of(&[]), Language::En);
        assert_eq!(read("check a.yaml --lang zh-CN").unwrap().language, Language::Zh);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(read("rnu a.yaml").unwrap_err().contains("rnu"));
        assert!(read("run --shades a.yaml").unwrap_err().contains("shades"));
        assert!(read("run --output=xml a.yaml").unwrap_err().contains("xml"));
        assert!(read("run --lang=tlh a.yaml").unwrap_err().contains("tlh"));
        assert_eq!(read("").unwrap().command, Command::Help);
    }
}
