//! How a command that changes something tells it, and `-o`.

use super::console::Console;
use super::failure::{Failure, Outcome};
use super::flags::Flags;
use super::print::{self, Format, GetOptions, Item, Listing, Shown};
use super::resource::Resource;
use super::run::Call;
use super::select;
use crate::events::Log;

/// Formats that `kubectl get` knows beyond those of other commands.
const TABLES: [&str; 3] = ["custom-columns", "custom-columns-file", "wide"];
const FORMATS: [&str; 11] = [
    "go-template",
    "go-template-file",
    "json",
    "jsonpath",
    "jsonpath-as-json",
    "jsonpath-file",
    "kyaml",
    "name",
    "template",
    "templatefile",
    "yaml",
];

/// The form of the output that `-o` asks for; `tables` where the command prints tables.
///
/// # Errors
/// Where there is no such form.
pub(super) fn format(flags: &Flags, tables: bool) -> Result<Format, Failure> {
    let Some(text) = flags.text("output") else { return Ok(Format::Table) };
    let (name, rest) = text.split_once('=').map_or((text, None), |(name, rest)| (name, Some(rest.to_owned())));
    let template = || rest.clone().or_else(|| flags.text("template").map(str::to_owned));
    let lacks = |what: &str| Failure::client(format!("template format specified but no {what} given"));
    Ok(match name {
        "" => Format::Table,
        "json" => Format::Json,
        "yaml" => Format::Yaml,
        "name" => Format::Name,
        "wide" if tables => Format::Wide,
        "jsonpath" => Format::JsonPath(template().ok_or_else(|| lacks("template"))?, false),
        "jsonpath-as-json" => Format::JsonPath(template().ok_or_else(|| lacks("template"))?, true),
        "custom-columns" if tables => match template() {
            Some(columns) if !columns.is_empty() => Format::CustomColumns(columns),
            _ => return Err(Failure::client("custom-columns format specified but no custom columns given")),
        },
        "go-template"
        | "go-template-file"
        | "template"
        | "templatefile"
        | "jsonpath-file"
        | "custom-columns-file"
        | "kyaml" => {
            return Err(Failure::client(format!(
                "-o {name} is not supported here: jsonpath, custom-columns, json and yaml are"
            )));
        }
        _ => {
            let mut allowed = FORMATS.to_vec();
            if tables {
                allowed.extend(TABLES);
            }
            allowed.sort_unstable();
            return Err(Failure::client(format!(
                "unable to match a printer suitable for the output format \"{text}\", allowed formats are: {}",
                allowed.join(",")
            )));
        }
    })
}

/// What the printers look at.
pub(super) fn shown<'a>(console: &'a Console, events: &'a Log) -> Shown<'a> {
    let simulation = &console.simulation;
    Shown {
        cluster: simulation.cluster(),
        now: simulation.now(),
        events,
        position: simulation.steps().len(),
        loads: simulation.loads(),
    }
}

impl Call<'_> {
    /// What the printers look at.
    pub(super) fn shown<'a>(&'a self, events: &'a Log) -> Shown<'a> {
        shown(self.console, events)
    }

    /// Tells what was done with an object, as `-o` wants it.
    pub(super) fn done(
        &mut self,
        resource: &'static Resource,
        namespace: &str,
        name: &str,
        operation: &str,
    ) -> Outcome {
        let item =
            || select::by_name(self.console, &Log::default(), resource, namespace, name).map(|thing| owned(thing.item));
        match format(&self.flags, false)? {
            Format::Table => {
                self.out.line(format!("{}/{name} {operation}{}", resource.qualified_singular(), self.dry.suffix()))
            }
            Format::Name => self.out.line(format!("{}/{name}", resource.qualified_singular())),
            _ => {
                if let Some(item) = item() {
                    return self.show(resource, item);
                }
            }
        }
        Ok(())
    }

    /// Prints one object as `-o` wants it.
    pub(super) fn show(&mut self, resource: &'static Resource, item: Item<'_>) -> Outcome {
        let options = GetOptions { format: format(&self.flags, false)?, single: true, ..GetOptions::default() };
        let listing = Listing { resource, items: vec![item] };
        let log = Log::default();
        let text = print::get(&self.shown(&log), &[listing], &options).map_err(Failure::client)?;
        self.out.add(super::Stream::Out, &text);
        Ok(())
    }
}

/// An item that borrows nothing; Events are never changed, so none comes here.
pub(super) fn owned(item: Item<'_>) -> Item<'static> {
    match item {
        Item::Object(object) => Item::Object(object),
        Item::Kept(value) => Item::Kept(value),
        Item::Event(_) => Item::Kept(std::rc::Rc::new(serde_json::Value::Null)),
    }
}
