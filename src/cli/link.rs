//! `setwise link FILE…` makes a link of manifests and of what is typed at them; `setwise link --read LINK` says what one holds.

use super::{Outcome, print, read_all};
use crate::api::Time;
use crate::link::{self, Moment, Shared, Shown};
use std::ffi::OsString;
use std::fmt::Write as _;

/// What `setwise help` says of it.
pub(super) const HELP: &str = "\
  setwise link FILE...          print a link to a run of manifests, for the fragment of the page's address
      --do=LINE                 type a line of kubectl or lab when nothing is left to happen; may be given again
      --step=N                  show the moment after N steps; `end` for the last
      --lang=en                 the language of the page
      --base=ADDRESS            the address of the page, for a whole link
      --as=link                 just the link (the default); or markdown, iframe, element
  setwise link --read LINK      print what a link holds
";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Link,
    Markdown,
    Iframe,
    Element,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Number(usize),
    End,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Arguments {
    files: Vec<String>,
    lines: Vec<String>,
    step: Option<Step>,
    language: Option<String>,
    base: Option<String>,
    form: Form,
    read: Option<String>,
    help: bool,
}

/// Runs the command with the arguments after its name.
pub(super) fn run(arguments: &[OsString]) -> Outcome {
    let arguments = read(arguments)?;
    if arguments.help {
        return print(HELP);
    }
    if let Some(link) = &arguments.read {
        let moment = link::decode(link).map_err(|problem| link::words::problem_en(problem).to_owned())?;
        return print(&told(&moment));
    }
    print(&made(arguments)?)
}

fn read(arguments: &[OsString]) -> Result<Arguments, String> {
    use lexopt::prelude::{Long, Short, Value, ValueExt as _};
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut read = Arguments::default();
    let text = |value: OsString| value.string().map_err(|error| error.to_string());
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Value(file) => {
                read.files.push(text(file)?);
                continue;
            }
            Long("help") | Short('h') => {
                read.help = true;
                continue;
            }
            _ => {}
        }
        let unexpected = argument.clone().unexpected().to_string();
        let Long(name) = argument else { return Err(unexpected) };
        let name = name.to_owned();
        let mut value = || parser.value().map_err(|error| error.to_string()).and_then(text);
        match name.as_str() {
            "do" => read.lines.push(value()?),
            "step" => read.step = Some(step(&value()?)?),
            "lang" => read.language = Some(value()?),
            "base" => read.base = Some(base(&value()?)),
            "as" => read.form = form(&value()?)?,
            "read" => read.read = Some(value()?),
            _ => return Err(unexpected),
        }
    }
    Ok(read)
}

fn step(text: &str) -> Result<Step, String> {
    if text == "end" {
        return Ok(Step::End);
    }
    text.parse().map(Step::Number).map_err(|_| format!("--step wants a number or `end`, not {text:?}"))
}

fn form(text: &str) -> Result<Form, String> {
    Ok(match text {
        "link" => Form::Link,
        "markdown" => Form::Markdown,
        "iframe" => Form::Iframe,
        "element" => Form::Element,
        other => return Err(format!("there is no form {other:?}: link, markdown, iframe or element")),
    })
}

/// The folder of the page: what is beside `index.html` is found from there.
fn base(address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let folder = address.strip_suffix("index.html").unwrap_or(address);
    if folder.ends_with('/') { folder.to_owned() } else { format!("{folder}/") }
}

fn made(arguments: Arguments) -> Result<String, String> {
    let files = read_all(&arguments.files)?;
    let mut moment = Moment { files, language: arguments.language, ..Moment::default() };
    for file in &mut moment.files {
        // What a link gives away is the file's name, not where it lies on this computer.
        file.name = file.name.rsplit(['/', '\\']).next().filter(|name| *name != "-").unwrap_or("manifest.yaml").into();
    }
    moment.type_lines(&arguments.lines).map_err(|(line, why)| format!("{line}: {}", why.trim_end()))?;
    if let Some(step) = arguments.step {
        let (_, of) = moment.outcome();
        let steps = match step {
            Step::End => of,
            Step::Number(number) if number <= of => number,
            Step::Number(number) => return Err(format!("--step={number}: the run has {of} steps")),
        };
        moment.shown = Some(Shown { steps, of });
    }
    let fragment = link::encode(&moment).map_err(link::words::too_long_en)?;
    let title = moment.title();
    let shared = Shared { base: arguments.base.as_deref().unwrap_or("./"), fragment: &fragment, title: &title };
    Ok(match (arguments.form, &arguments.base) {
        (Form::Link, None) => format!("#{fragment}\n"),
        (Form::Link, Some(_)) => shared.address() + "\n",
        (Form::Markdown, _) => link::markdown(shared) + "\n",
        (Form::Iframe, _) => link::iframe(shared) + "\n",
        (Form::Element, _) => link::custom_element(shared) + "\n",
    })
}

/// What a link holds, as a file that could be applied: comments, then the manifests.
fn told(moment: &Moment) -> String {
    let mut out = String::new();
    let mut say = |line: String| {
        // A name of the link may hold anything; a terminal should not obey it.
        let line: String = line.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
        let _infallible = writeln!(out, "# {line}");
    };
    if let Some(shown) = moment.shown {
        say(format!("shown: the moment after step {} of {}", shown.steps, shown.of));
    }
    if let Some(language) = &moment.language {
        say(format!("language: {language}"));
    }
    let view = &moment.view;
    let said = [
        (view.hides_manifests, "the manifests are hidden"),
        (view.as_table, "the stage is a table"),
        (view.every, "bookkeeping steps are shown"),
    ];
    for (_, what) in said.into_iter().filter(|(is_so, _)| *is_so) {
        say(format!("page: {what}"));
    }
    if let Some(object) = &view.selected {
        say(format!("selected: {object}"));
    }
    for deed in &moment.done {
        say(format!("at {}: {}", seconds(deed.at), deed.line));
    }
    for (index, file) in moment.files.iter().enumerate() {
        if index > 0 {
            out.push_str("---\n");
        }
        let name: String = file.name.chars().filter(|char| !char.is_control()).collect();
        let _infallible = writeln!(out, "# {name}");
        out.extend(
            file.text.chars().map(|char| if char.is_control() && !matches!(char, '\n' | '\t') { ' ' } else { char }),
        );
        if !file.text.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}

fn seconds(at: Time) -> String {
    format!("{}.{:03} s", at.0 / 1000, at.0 % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::Deed;
    use crate::manifest::SourceFile;

    fn parsed(arguments: &[&str]) -> Result<Arguments, String> {
        read(&arguments.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_and_what_is_not_understood_is_named() {
        let arguments = parsed(&["a.yaml", "--do", "lab wait", "--step=end", "--base=https://a.b/c", "--as", "iframe"]);
        let arguments = arguments.expect("they are right");
        assert_eq!((arguments.files.len(), arguments.step, arguments.form), (1, Some(Step::End), Form::Iframe));
        assert_eq!(arguments.base.as_deref(), Some("https://a.b/c/"));
        assert_eq!(base("https://a.b/c/index.html#v1.x"), "https://a.b/c/");
        assert!(parsed(&["--step=x"]).is_err_and(|why| why.contains("\"x\"")));
        assert!(parsed(&["--as=pdf"]).is_err_and(|why| why.contains("pdf")));
        assert!(parsed(&["--frobnicate"]).is_err_and(|why| why.contains("frobnicate")));
    }

    #[test]
    fn what_a_link_holds_is_told_without_what_a_terminal_would_obey() {
        let moment = Moment {
            files: vec![
                SourceFile { name: "a\u{1b}[2J.yaml".into(), text: "a: 1\u{7}".into() },
                SourceFile { name: "b.yaml".into(), text: "b: 2\n".into() },
            ],
            done: vec![Deed { at: Time(1_500), turns: 0, line: "lab\nwait".into() }],
            shown: Some(Shown { steps: 3, of: 9 }),
            ..Moment::default()
        };
        assert_eq!(
            told(&moment),
            "# shown: the moment after step 3 of 9\n# at 1.500 s: lab wait\n# a[2J.yaml\na: 1 \n---\n# b.yaml\nb: 2\n"
        );
    }
}
