//! `kubectl label` and `annotate`. Upstream: `k8s.io/kubectl/pkg/cmd/label`, `pkg/cmd/annotate`.

use super::failure::{Failure, Outcome};
use super::print::Item;
use super::run::Call;
use super::select::{self, Thing};
use crate::api::{Kind, Labels, is_label_value};
use crate::engine::Command;
use crate::manifest;
use std::collections::BTreeMap;

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Labels,
    Annotations,
}

impl What {
    fn word(self) -> &'static str {
        match self {
            What::Labels => "label",
            What::Annotations => "annotation",
        }
    }
}

/// The annotation that tells why a revision is there; it may be overwritten in any case.
const CHANGE_CAUSE: &str = "kubernetes.io/change-cause";

type Changes = BTreeMap<String, Option<String>>;

pub(super) fn run(call: &mut Call<'_>, what: What) -> Outcome {
    let args = call.args();
    let is_change = |arg: &String| arg.contains('=') || arg.ends_with('-');
    let first = args.iter().position(is_change).unwrap_or(args.len());
    let (resources, changes) = args.split_at(first);
    if let Some(late) = changes.iter().find(|arg| !is_change(arg)) {
        return Err(Failure::client(format!("all resources must be specified before {} changes: {late}", what.word())));
    }
    let changes = parse(changes, what).map_err(Failure::client)?;
    if resources.is_empty() && !call.has_files() {
        return Err(Failure::client(
            "one or more resources must be specified as <resource> <name> or <resource>/<name>",
        ));
    }
    let lists = call.flags.is_set("list");
    if changes.is_empty() && !lists {
        return Err(Failure::client(format!("at least one {} update is required", what.word())));
    }
    let targets = call.targets_of(resources.to_vec(), false)?;
    let single = targets.things.len() == 1;
    call.each(targets, |call, thing| match lists {
        true => {
            list(call, thing, what, single);
            Ok(())
        }
        false => change(call, thing, what, &changes),
    })
}

fn parse(words: &[String], what: What) -> Result<Changes, String> {
    let mut changes = Changes::new();
    for word in words {
        let (key, value) = match word.split_once('=') {
            Some((_, value)) if what == What::Labels && value.contains('=') => {
                return Err(format!("invalid label spec: {word}"));
            }
            Some((_, value)) if what == What::Labels && !is_label_value(value) => {
                return Err(format!(
                    "invalid label value: {word:?}: a valid label must be an empty string or consist of alphanumeric characters, \
                     '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  \
                     or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
                ));
            }
            Some(("", _)) => return Err(format!("invalid {} format: {word}", what.word())),
            Some((key, value)) => (key, Some(value.to_owned())),
            None => (word.strip_suffix('-').unwrap_or(word), None),
        };
        let other = changes.insert(key.to_owned(), value.clone());
        if other.is_some_and(|other| other.is_none() != value.is_none()) {
            return Err(match what {
                What::Labels => "can not both modify and remove a label in the same command".into(),
                What::Annotations => {
                    format!("can not both modify and remove the following annotation(s) in the same command: {key}")
                }
            });
        }
    }
    Ok(changes)
}

fn own(thing: &Thing<'_>, what: What) -> Labels {
    match (what, &thing.item) {
        (What::Labels, item) => select::labels(item),
        (What::Annotations, Item::Object(object)) => object.metadata().annotations.clone(),
        (What::Annotations, _) => Labels::new(),
    }
}

fn list(call: &mut Call<'_>, thing: &Thing<'_>, what: What, single: bool) {
    let indent = if single { "" } else { " " };
    if !single {
        let kind = format!("{}.{}", thing.resource.kind, thing.resource.group);
        call.out.line(format!("Listing {}s for {kind}/{}:", what.word(), thing.name));
    }
    for (key, value) in own(thing, what) {
        call.out.line(format!("{indent}{key}={value}"));
    }
}

fn change(call: &mut Call<'_>, thing: &Thing<'static>, what: What, changes: &Changes) -> Outcome {
    let own = own(thing, what);
    if !call.flags.is_set("overwrite") {
        may_set(&own, changes, what)?;
    }
    let object = thing.target()?;
    let removed = changes.iter().any(|(key, value)| value.is_none() && own.contains_key(key));
    let added = changes.iter().any(|(key, value)| value.is_some() && own.get(key) != value.as_ref());
    if what == What::Annotations {
        if added || removed {
            call.console.command(Command::Annotate { object, annotations: changes.clone() })?;
        }
        return call.done(thing.resource, &thing.namespace, &thing.name, "annotated");
    }
    for (key, _) in changes.iter().filter(|(key, value)| value.is_none() && !own.contains_key(*key)) {
        call.out.line(format!("label \"{key}\" not found."));
    }
    if added || removed {
        let command = match object.kind {
            Kind::Node => {
                let set: Labels =
                    changes.iter().filter_map(|(key, value)| Some((key.clone(), value.clone()?))).collect();
                let errors = manifest::validation::labels(&set);
                if !errors.is_empty() {
                    return Err(Failure::Invalid(manifest::invalid_text("Node", object.name(), &errors)));
                }
                Command::LabelNode { node: object.name().to_owned(), labels: changes.clone() }
            }
            _ => Command::Label { object, labels: changes.clone() },
        };
        call.console.command(command)?;
    }
    let done = match (added, removed) {
        (true, true) => "modified",
        (true, false) => "labeled",
        (false, true) => "unlabeled",
        (false, false) => "not labeled",
    };
    call.done(thing.resource, &thing.namespace, &thing.name, done)
}

/// What is there is not overwritten by the way (`validateNoOverwrites`).
fn may_set(own: &Labels, changes: &Changes, what: What) -> Outcome {
    let taken = changes.iter().filter_map(|(key, value)| {
        let current = own.get(key).filter(|current| value.as_ref().is_some_and(|value| value != *current))?;
        let is_free = what == What::Annotations && key == CHANGE_CAUSE;
        (!is_free).then(|| format!("'{key}' already has a value ({current})"))
    });
    let taken: Vec<String> = taken.collect();
    if taken.is_empty() {
        return Ok(());
    }
    match what {
        What::Labels => {
            let each = taken.into_iter().map(|text| Failure::client(format!("{text}, and --overwrite is false")));
            Failure::all(each.collect())
        }
        What::Annotations => Err(Failure::client(format!(
            "--overwrite is false but found the following declared annotation(s): {}",
            taken.join("; ")
        ))),
    }
}
