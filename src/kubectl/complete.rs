//! Completion: what may stand at a place of a line.

use super::console::Console;
use super::flags::{self, Takes};
use super::lab;
use super::resource::{RESOURCES, Resource, Stored};
use super::select;
use super::table::{self, CommandInfo, Here};
use crate::api::{Object, PodSpec};
use crate::events::Log;
use std::collections::BTreeSet;

/// What may stand at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Where the word begins that is completed, in bytes of the line.
    pub start: usize,
    /// Words that begin like it, in order.
    pub candidates: Vec<String>,
}

/// What may stand at the cursor, a place in bytes of the line.
#[must_use]
pub fn complete(console: &Console, line: &str, cursor: usize) -> Completion {
    let cursor = (0..=cursor.min(line.len())).rev().find(|place| line.is_char_boundary(*place)).unwrap_or(0);
    let before = line.get(..cursor).unwrap_or_default();
    // Only the command that the cursor is in counts.
    let begin = before.rfind(['\n', ';', '&', '|']).map_or(0, |place| place + 1);
    let command = before.get(begin..).unwrap_or_default();
    let start = begin + command.rfind(char::is_whitespace).map_or(0, |place| place + 1);
    let word = before.get(start..).unwrap_or_default();
    let earlier = before.get(begin..start).unwrap_or_default();
    let mut words: Vec<String> = earlier.split_whitespace().map(str::to_owned).collect();
    if words.first().is_some_and(|first| first == "$") {
        words.remove(0);
    }
    let candidates = candidates(console, &words, word);
    let matching: BTreeSet<String> = candidates.into_iter().filter(|candidate| candidate.starts_with(word)).collect();
    Completion { start, candidates: matching.into_iter().collect() }
}

fn candidates(console: &Console, words: &[String], word: &str) -> Vec<String> {
    let Some((program, rest)) = words.split_first() else {
        return ["kubectl", "lab", "help"].map(str::to_owned).to_vec();
    };
    match program.as_str() {
        "kubectl" | "k" => kubectl(console, rest, word),
        "lab" => of_lab(console, words, word),
        "help" => table::below("").map(|info| info.name.to_owned()).chain(["lab".to_owned()]).collect(),
        _ => vec![],
    }
}

fn kubectl(console: &Console, words: &[String], word: &str) -> Vec<String> {
    let Some((info, count)) = table::find(words) else {
        return match words.is_empty() {
            true => table::below("").map(|info| info.name.to_owned()).collect(),
            false => vec![],
        };
    };
    let args = words.get(count..).unwrap_or_default();
    if let Some(found) = flag_value(console, info, args, word) {
        return found;
    }
    if word.starts_with('-') {
        return flag_names(info);
    }
    let below: Vec<String> =
        table::below(info.name).filter_map(|info| info.name.rsplit(' ').next()).map(str::to_owned).collect();
    let plain = positional(info, args);
    if !below.is_empty() && plain.is_empty() {
        return below;
    }
    arguments(console, info, &plain, word)
}

fn flag_names(info: &CommandInfo) -> Vec<String> {
    flags::of(info)
        .map(|flag| match flag.takes {
            Takes::Nothing => format!("--{}", flag.name),
            _ => format!("--{}=", flag.name),
        })
        .collect()
}

/// The value of a flag, beside it or after it.
fn flag_value(console: &Console, info: &CommandInfo, args: &[String], word: &str) -> Option<Vec<String>> {
    let known: Vec<flags::Flag> = flags::of(info).collect();
    let values = |name: &str, prefix: &str| -> Option<Vec<String>> {
        let found = match name {
            "filename" => console.files.iter().map(|file| file.name.clone()).collect(),
            "namespace" => names(console, Resource::named("namespaces")?, ""),
            "output" if info.name == "get" => {
                ["json", "jsonpath=", "name", "wide", "yaml", "custom-columns="].map(str::to_owned).to_vec()
            }
            "output" => ["json", "name", "yaml"].map(str::to_owned).to_vec(),
            "dry-run" => ["client", "none", "server"].map(str::to_owned).to_vec(),
            "cascade" => ["background", "foreground", "orphan"].map(str::to_owned).to_vec(),
            "for" => ["condition=", "create", "delete", "jsonpath="].map(str::to_owned).to_vec(),
            "type" if info.name == "patch" => ["json", "merge", "strategic"].map(str::to_owned).to_vec(),
            _ => return None,
        };
        Some(found.into_iter().map(|value: String| format!("{prefix}{value}")).collect())
    };
    if let Some((flag, _)) = word.split_once('=').filter(|(flag, _)| flag.starts_with("--")) {
        return values(flag.trim_start_matches('-'), &format!("{flag}="));
    }
    let last = args.last().filter(|last| last.starts_with('-') && !last.contains('='))?;
    let name = last.trim_start_matches('-');
    let flag = known.iter().find(|flag| {
        flag.name == name || (!last.starts_with("--") && flag.short.is_some_and(|short| name.ends_with(short)))
    })?;
    match flag.takes {
        Takes::Text => values(flag.name, "").or(Some(vec![])),
        Takes::Number | Takes::Span => Some(vec![]),
        Takes::Nothing | Takes::Optional(_) => None,
    }
}

/// The words that are neither flags nor their values.
fn positional(info: &CommandInfo, args: &[String]) -> Vec<String> {
    let known: Vec<flags::Flag> = flags::of(info).collect();
    let mut plain = vec![];
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if !arg.starts_with('-') {
            plain.push(arg.clone());
            continue;
        }
        let name = arg.trim_start_matches('-');
        let takes =
            known.iter().find(|flag| flag.name == name || flag.short.is_some_and(|short| name.ends_with(short)));
        let needs_value = takes.is_some_and(|flag| matches!(flag.takes, Takes::Text | Takes::Number | Takes::Span));
        if needs_value && !arg.contains('=') {
            args.next();
        }
    }
    plain
}

fn arguments(console: &Console, info: &CommandInfo, plain: &[String], word: &str) -> Vec<String> {
    match info.name {
        "cordon" | "uncordon" | "drain" => node_names(console),
        "top node" => node_names(console),
        "top pod" => Resource::named("pods").map(|pods| names(console, pods, &console.namespace)).unwrap_or_default(),
        "help" => table::below("").map(|info| info.name.to_owned()).collect(),
        "explain" | "get" | "describe" | "delete" | "label" | "annotate" | "patch" | "scale" | "autoscale"
        | "expose" | "wait" | "taint" | "set image" | "rollout history" | "rollout pause" | "rollout restart"
        | "rollout resume" | "rollout status" | "rollout undo" => objects(console, info, plain, word),
        _ => vec![],
    }
}

fn node_names(console: &Console) -> Vec<String> {
    Resource::named("nodes").map(|nodes| names(console, nodes, "")).unwrap_or_default()
}

/// Kinds of which a command makes sense.
fn fits(info: &CommandInfo, resource: &Resource) -> bool {
    match info.name {
        "scale" | "autoscale" => ["Deployment", "ReplicaSet", "StatefulSet"].contains(&resource.kind),
        "rollout pause" | "rollout resume" => resource.kind == "Deployment",
        name if name.starts_with("rollout ") => ["DaemonSet", "Deployment", "StatefulSet"].contains(&resource.kind),
        "set image" => ["DaemonSet", "Deployment", "Pod", "ReplicaSet", "StatefulSet"].contains(&resource.kind),
        "expose" => ["Deployment", "Pod", "ReplicaSet", "Service"].contains(&resource.kind),
        "taint" => resource.kind == "Node",
        _ => resource.stored != Stored::Kept || ["Namespace", "ConfigMap", "Secret"].contains(&resource.kind),
    }
}

/// Types, names after a type, `type/name`, and containers for `set image`.
fn objects(console: &Console, info: &CommandInfo, plain: &[String], word: &str) -> Vec<String> {
    if let Some((typed, _)) = word.split_once('/') {
        let found = Resource::named(typed).map(|resource| names(console, resource, &console.namespace));
        return found.unwrap_or_default().into_iter().map(|name| format!("{typed}/{name}")).collect();
    }
    let Some((first, others)) = plain.split_first() else {
        let kinds = RESOURCES.iter().filter(|resource| fits(info, resource));
        let mut kinds: Vec<String> = kinds.map(|resource| resource.plural.to_owned()).collect();
        if info.name == "get" || info.name == "delete" {
            kinds.push("all".into());
        }
        return kinds;
    };
    let (typed, name) = match first.split_once('/') {
        Some((typed, name)) => (typed, Some(name)),
        None => (first.as_str(), others.first().map(String::as_str)),
    };
    let Some(resource) = Resource::named(typed) else { return vec![] };
    match name {
        Some(name) if info.name == "set image" => containers(console, resource, name),
        _ => names(console, resource, &console.namespace),
    }
}

fn names(console: &Console, resource: &'static Resource, namespace: &str) -> Vec<String> {
    if resource.stored == Stored::Events {
        return vec![];
    }
    let log = Log::default();
    select::all(console, &log, resource, Some(namespace)).into_iter().map(|thing| thing.name).collect()
}

fn containers(console: &Console, resource: &'static Resource, name: &str) -> Vec<String> {
    let log = Log::default();
    let found = select::by_name(console, &log, resource, &console.namespace, name);
    let named = |spec: &PodSpec| spec.containers.iter().map(|container| format!("{}=", container.name)).collect();
    match found.as_ref().and_then(|thing| thing.object()) {
        Some(Object::Pod(pod)) => named(&pod.spec),
        Some(Object::StatefulSet(set)) => named(&set.spec.template.spec),
        Some(Object::DaemonSet(set)) => named(&set.spec.template.spec),
        Some(Object::Deployment(deployment)) => named(&deployment.spec.template.spec),
        Some(Object::ReplicaSet(set)) => named(&set.spec.template.spec),
        _ => vec![],
    }
}

fn of_lab(console: &Console, words: &[String], word: &str) -> Vec<String> {
    let typed = words.join(" ");
    let exact = lab::COMMANDS.iter().find(|info| typed == info.name || typed.starts_with(&format!("{} ", info.name)));
    let Some(info) = exact else {
        let rest = |info: &CommandInfo| {
            info.name.strip_prefix(&format!("{typed} ")).and_then(|rest| rest.split(' ').next()).map(str::to_owned)
        };
        return lab::COMMANDS.iter().filter(|info| info.here == Here::Works).filter_map(rest).collect();
    };
    if word.starts_with('-') {
        return flag_names(info);
    }
    let pods = || Resource::named("pods").map(|pods| names(console, pods, &console.namespace)).unwrap_or_default();
    let given = typed.strip_prefix(info.name).unwrap_or_default().split_whitespace().count();
    match (info.name, given) {
        ("lab node remove" | "lab node down" | "lab node up" | "lab node pressure", 0) => node_names(console),
        ("lab node pressure", 1) => ["memory", "disk", "pid"].map(str::to_owned).to_vec(),
        ("lab node pressure", 2) | ("lab pod stubborn", 1) => ["on", "off"].map(str::to_owned).to_vec(),
        ("lab pod probe", 1) => ["readiness", "liveness", "startup"].map(str::to_owned).to_vec(),
        ("lab pod probe", 2) => ["succeeds", "fails", "hangs"].map(str::to_owned).to_vec(),
        ("lab load", 0) => {
            let kinds = ["deployment", "statefulset", "daemonset"];
            let of = |kind: &&'static str| Some((*kind, Resource::named(kind)?));
            let found = kinds.iter().filter_map(of);
            found
                .flat_map(|(kind, resource)| {
                    names(console, resource, &console.namespace).into_iter().map(move |name| format!("{kind}/{name}"))
                })
                .collect()
        }
        (name, 0) if name.starts_with("lab pod ") => pods(),
        _ => vec![],
    }
}
