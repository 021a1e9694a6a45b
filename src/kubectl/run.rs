//! A typed text, command by command.

use super::console::{Console, Printed, Stream};
use super::failure::{Failure, Outcome};
use super::flags::Flags;
use super::table::{self, CommandInfo, Here};
use super::words::{self, Simple, SyntaxError, When};
use super::{
    about, access, apply, create, create_one, delete, describe, diff, drain, explain, expose, get, lab, label, nodes,
    patch, rollout, rollout_status, scale, set_image, taint, wait,
};
use std::collections::BTreeSet;

/// What a text brought about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was printed.
    pub printed: Printed,
    /// How the last command ended.
    pub exit: Exit,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// With an exit code; 0 is success.
    Code(u8),
    /// It would still wait: nothing that it waits for is going to happen.
    Waits,
}

impl Answer {
    /// Standard output.
    #[must_use]
    pub fn stdout(&self) -> String {
        self.printed.text(Stream::Out)
    }

    /// Standard error.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.printed.text(Stream::Err)
    }
}

/// Runs a text: one line or a script. Whatever it holds, an answer comes back, and what a command refuses changes nothing.
pub fn run(console: &mut Console, text: &str) -> Answer {
    let mut printed = Printed::default();
    let script = match words::split(text) {
        Ok(script) => script,
        Err(SyntaxError::Incomplete(why) | SyntaxError::Unexpected(why)) => {
            printed.warn(format!("syntax error: {why}"));
            return Answer { printed, exit: Exit::Code(2) };
        }
    };
    let mut exit = Exit::Code(0);
    for pipeline in script.pipelines {
        let runs = match pipeline.when {
            When::Always => true,
            When::Succeeded => exit == Exit::Code(0),
            When::Failed => exit != Exit::Code(0),
        };
        if runs && let Some(done) = time_travel(console, &pipeline.commands, &mut printed) {
            exit = done;
        } else if runs {
            exit = console.as_one_line(|console| run_pipeline(console, &pipeline.commands, &mut printed));
        }
    }
    Answer { printed, exit }
}

/// Whether a line plays virtual time by itself, so that it should see how things come about, and what follows it should
/// not wait until the cluster has come to rest.
#[must_use]
pub fn lets_time_pass(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    ["status", "wait", "-w", "--watch", "--watch-only", "undo", "redo"].iter().any(|word| words.contains(word))
}

/// `lab undo` and `lab redo` are no lines that can be undone themselves.
fn time_travel(console: &mut Console, commands: &[Simple], out: &mut Printed) -> Option<Exit> {
    let [command] = commands else { return None };
    let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
    let (done, text) = match words.as_slice() {
        ["lab", "undo"] => (console.undo(), "undo"),
        ["lab", "redo"] => (console.redo(), "redo"),
        _ => return None,
    };
    if !done {
        out.warn(format!("error: there is nothing to {text}"));
        return Some(Exit::Code(1));
    }
    Some(Exit::Code(0))
}

fn run_pipeline(console: &mut Console, commands: &[Simple], printed: &mut Printed) -> Exit {
    let mut stdin: Option<String> = None;
    let mut exit = Exit::Code(0);
    for (index, command) in commands.iter().enumerate() {
        let mut own = Printed::default();
        let input = command.stdin.clone().or(stdin.take());
        exit = run_simple(console, command, input, &mut own);
        let is_last = index + 1 == commands.len();
        if !is_last {
            stdin = Some(own.text(Stream::Out));
            own.parts.retain(|(stream, _)| *stream != Stream::Out);
        }
        printed.parts.extend(own.parts);
    }
    exit
}

fn run_simple(console: &mut Console, command: &Simple, stdin: Option<String>, out: &mut Printed) -> Exit {
    let Some((program, rest)) = command.words.split_first() else { return Exit::Code(0) };
    let outcome = match program.as_str() {
        "kubectl" | "k" => kubectl(console, rest, stdin, out),
        "lab" => lab::run(console, rest, out),
        "help" => about::help(rest, out),
        "cat" | "echo" => print_text(console, program, rest, stdin, out),
        other => {
            out.warn(format!("{other}: command not found"));
            out.note("Here kubectl (or k) and lab are understood. `help` lists what they can do.");
            return Exit::Code(127);
        }
    };
    match outcome {
        Ok(()) => Exit::Code(0),
        Err(Failure::Waits) => {
            out.note("kubectl would go on waiting: nothing that it waits for is going to happen by itself.");
            Exit::Waits
        }
        Err(Failure::Said(code)) => Exit::Code(code),
        Err(failure) => {
            out.add(Stream::Err, &failure.text());
            Exit::Code(1)
        }
    }
}

/// `cat` and `echo`, as far as they feed a pipe.
fn print_text(console: &Console, program: &str, rest: &[String], stdin: Option<String>, out: &mut Printed) -> Outcome {
    if program == "echo" {
        out.line(rest.join(" "));
        return Ok(());
    }
    if rest.is_empty() {
        out.add(Stream::Out, &stdin.unwrap_or_default());
    }
    for name in rest {
        match console.files.iter().find(|file| file.name == *name) {
            Some(file) => out.add(Stream::Out, &file.text),
            None => {
                out.warn(format!("cat: {name}: No such file or directory"));
                return Err(Failure::Said(1));
            }
        }
    }
    Ok(())
}

/// One call of `kubectl`.
pub(super) struct Call<'a> {
    pub(super) console: &'a mut Console,
    pub(super) out: &'a mut Printed,
    pub(super) info: &'static CommandInfo,
    pub(super) flags: Flags,
    pub(super) stdin: Option<String>,
    pub(super) dry: DryRun,
}

impl Call<'_> {
    /// The namespace that the call means.
    pub(super) fn namespace(&self) -> String {
        self.flags.text("namespace").unwrap_or(&self.console.namespace).to_owned()
    }

    pub(super) fn args(&self) -> Vec<String> {
        self.flags.args.clone()
    }
}

/// Whether a command only shows what it would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DryRun {
    None,
    Client,
    Server,
}

impl DryRun {
    /// What is added to what is printed.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            DryRun::None => "",
            DryRun::Client => " (dry run)",
            DryRun::Server => " (server dry run)",
        }
    }
}

fn kubectl(console: &mut Console, words: &[String], stdin: Option<String>, out: &mut Printed) -> Outcome {
    let words = without_leading_flags(words);
    let Some(first) = words.first() else {
        about::overview(out);
        return Ok(());
    };
    if matches!(first.as_str(), "-h" | "--help") {
        about::overview(out);
        return Ok(());
    }
    if first.starts_with('-') {
        let (name, rest) = first.strip_prefix("--").map_or((first.as_str(), ""), |long| (long, "--"));
        return Err(Failure::client(format!("unknown flag: {rest}{name}\nSee 'kubectl --help' for usage.")));
    }
    let Some((info, count)) = table::find(&words) else { return Err(unknown(first)) };
    let rest = words.get(count..).unwrap_or_default();
    if rest.iter().take_while(|word| *word != "--").any(|word| word == "-h" || word == "--help") {
        about::help_on(info, out);
        return Ok(());
    }
    match info.here {
        Here::Not(why) => {
            return Err(Failure::client(format!("kubectl {} is not simulated: {why}", info.name)));
        }
        Here::Group => {
            return match rest.iter().find(|word| !word.starts_with('-')) {
                Some(_) => {
                    let typed: Vec<&str> = rest.iter().map(String::as_str).collect();
                    Err(Failure::usage(info.name, format!("unknown command \"{}\"", typed.join(" "))))
                }
                None => {
                    about::help_on(info, out);
                    Ok(())
                }
            };
        }
        Here::Works => {}
    }
    let flags = Flags::read(info, rest)?;
    match dry_run(&flags)? {
        DryRun::None => dispatch(Call { console, out, info, flags, stdin, dry: DryRun::None }),
        dry => {
            // What is only tried is done to a copy.
            let mut copy = console.clone();
            dispatch(Call { console: &mut copy, out, info, flags, stdin, dry })
        }
    }
}

/// `--dry-run`.
fn dry_run(flags: &Flags) -> Result<DryRun, Failure> {
    match flags.text("dry-run") {
        None | Some("none") => Ok(DryRun::None),
        Some("client" | "unchanged") => Ok(DryRun::Client),
        Some("server") => Ok(DryRun::Server),
        Some(other) => Err(Failure::client(format!(
            "Invalid dry-run value ({other}). Must be \"none\", \"server\", or \"client\"."
        ))),
    }
}

fn dispatch(mut call: Call<'_>) -> Outcome {
    let call = &mut call;
    match call.info.name {
        "annotate" => label::run(call, label::What::Annotations),
        "api-resources" => about::api_resources(call),
        "api-versions" => about::api_versions(call),
        "apply" => apply::run(call),
        "autoscale" => scale::autoscale(call),
        "cluster-info" => about::cluster_info(call),
        "config current-context" | "config get-contexts" | "config set-context" | "config view" => access::config(call),
        "cordon" => nodes::cordon(call, true),
        "uncordon" => nodes::cordon(call, false),
        "create" => create::from_files(call),
        name if name.starts_with("create ") => create_one::run(call),
        "delete" => delete::run(call),
        "describe" => describe::run(call),
        "diff" => diff::run(call),
        "drain" => drain::run(call),
        "events" => get::events(call),
        "explain" => explain::run(call),
        "expose" => expose::run(call),
        "get" => get::run(call),
        "help" => about::help(&call.args(), call.out),
        "label" => label::run(call, label::What::Labels),
        "options" => about::options(call),
        "patch" => patch::run(call),
        "replace" => create::replace(call),
        "rollout history" => rollout::history(call),
        "rollout pause" => rollout::change(call, rollout::Change::Pause),
        "rollout resume" => rollout::change(call, rollout::Change::Resume),
        "rollout restart" => rollout::change(call, rollout::Change::Restart),
        "rollout status" => rollout_status::run(call),
        "rollout undo" => rollout::change(call, rollout::Change::Undo),
        "run" => create_one::run_pod(call),
        "scale" => scale::run(call),
        "set image" => set_image::run(call),
        "taint" => taint::run(call),
        "top node" | "top pod" => get::top(call),
        "version" => about::version(call),
        "wait" => wait::run(call),
        other => Err(Failure::client(format!("kubectl {other} is not simulated"))),
    }
}

/// `kubectl -n web get pods`: flags that stand before the command belong behind it.
fn without_leading_flags(words: &[String]) -> Vec<String> {
    let takes_value = |word: &str| {
        let name = word.trim_start_matches('-');
        let flags = table::GLOBAL.split_ascii_whitespace().filter_map(|flag| flag.strip_suffix('='));
        flags.flat_map(|flag| flag.split(',')).any(|flag| flag == name)
    };
    let mut leading = 0;
    while let Some(word) = words.get(leading).filter(|word| word.starts_with('-') && word.len() > 1) {
        if matches!(word.as_str(), "-h" | "--help") {
            break;
        }
        leading += if !word.contains('=') && takes_value(word) { 2 } else { 1 };
    }
    if leading == 0 || leading >= words.len() {
        return words.to_vec();
    }
    let (flags, rest) = words.split_at(leading);
    let (command, _) = table::find(rest).map_or((0, ()), |(_, count)| (count, ()));
    let (name, args) = rest.split_at(command.max(1).min(rest.len()));
    [name, flags, args].concat()
}

/// How `kubectl` answers a command that does not exist (`cobra.Command.findSuggestions`).
fn unknown(typed: &str) -> Failure {
    let near = |name: &str| {
        strsim::levenshtein(&typed.to_lowercase(), &name.to_lowercase()) <= 2
            || name.to_lowercase().starts_with(&typed.to_lowercase())
    };
    let names: BTreeSet<&str> = table::below("").map(|info| info.name).filter(|name| near(name)).collect();
    let mut text = format!("unknown command {typed:?} for \"kubectl\"");
    if !names.is_empty() {
        text.push_str("\n\nDid you mean this?");
        names.iter().for_each(|name| text.push_str(&format!("\n\t{name}")));
    }
    Failure::client(text)
}
