//! `kubectl taint`. Upstream: `k8s.io/kubectl/pkg/cmd/taint`.

use super::failure::{Failure, Outcome};
use super::run::Call;
use super::select::{self, Thing};
use crate::api::{Object, Taint, TaintEffect, is_label_key, is_label_value};
use crate::engine::Command;

/// A taint to remove: with an effect only that one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Removal {
    key: String,
    effect: Option<TaintEffect>,
}

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let args = call.args();
    let is_taint = |arg: &String| arg.contains('=') || arg.contains(':') || arg.ends_with('-');
    let first = args.iter().position(is_taint).unwrap_or(args.len());
    let (resources, specs) = args.split_at(first);
    if let Some(late) = specs.iter().find(|arg| !is_taint(arg)) {
        return Err(Failure::client(format!("all resources must be specified before taint changes: {late}")));
    }
    let Some(typed) = resources.first() else {
        return Err(Failure::client("one or more resources must be specified as <resource> <name>"));
    };
    if specs.is_empty() {
        return Err(Failure::client("at least one taint update is required"));
    }
    let (added, removed) = parse(specs).map_err(|why| Failure::usage("taint", why))?;
    let resource = select::resource(typed.split('/').next().unwrap_or(typed))?;
    if resource.kind != "Node" {
        let typed = typed.to_lowercase();
        return Err(Failure::client(format!("invalid resource type {typed}, only node types are supported")));
    }
    let conflicts: Vec<String> = removed
        .iter()
        .filter(|removal| added.iter().any(|taint| removal.concerns(taint)))
        .map(|removal| format!("{}={}", removal.key, removal.effect.map_or("", TaintEffect::as_str)))
        .collect();
    if !conflicts.is_empty() {
        return Err(Failure::client(format!(
            "can not both modify and remove the following taint(s) in the same command: {}",
            conflicts.join(", ")
        )));
    }
    let all = call.flags.is_set("all");
    if all && call.flags.has("selector") {
        return Err(Failure::client("setting 'all' parameter with a non empty selector is prohibited"));
    }
    if !all && !call.flags.has("selector") && resources.len() < 2 && !typed.contains('/') {
        return Err(Failure::client("at least one resource name must be specified since 'all' parameter is not set"));
    }
    let targets = call.targets_of(resources.to_vec(), false)?;
    call.each(targets, |call, thing| taint(call, thing, &added, &removed))
}

fn parse(specs: &[String]) -> Result<(Vec<Taint>, Vec<Removal>), String> {
    let (mut added, mut removed): (Vec<Taint>, Vec<Removal>) = (vec![], vec![]);
    for spec in specs {
        match spec.strip_suffix('-') {
            Some(rest) => {
                let (key, _, effect) = parse_one(rest)?;
                removed.push(Removal { key, effect });
            }
            None => {
                let (key, value, effect) = parse_one(spec)?;
                let Some(effect) = effect else { return Err(format!("invalid taint spec: {spec}")) };
                if added.iter().any(|taint| taint.key == key && taint.effect == effect) {
                    return Err(format!(
                        "duplicated taints with the same key and effect: {{{key} {value} {} <nil>}}",
                        effect.as_str()
                    ));
                }
                added.push(Taint { key, value, effect, time_added: None });
            }
        }
    }
    Ok((added, removed))
}

/// `key=value:effect`, `key:effect` or `key` (`parseTaint`).
fn parse_one(spec: &str) -> Result<(String, String, Option<TaintEffect>), String> {
    let invalid = || format!("invalid taint spec: {spec}");
    let (key, value, effect) = match spec.split(':').collect::<Vec<_>>().as_slice() {
        [key] => (*key, "", None),
        [pair, effect] => {
            let known = TaintEffect::parse(effect)
                .ok_or_else(|| format!("invalid taint effect: {effect}, unsupported taint effect"))?;
            match pair.split('=').collect::<Vec<_>>().as_slice() {
                [key] => (*key, "", Some(known)),
                [key, value] => (*key, *value, Some(known)),
                _ => return Err(invalid()),
            }
        }
        _ => return Err(invalid()),
    };
    if !is_label_value(value) {
        return Err(format!(
            "{}, a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start \
             and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation \
             is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
            invalid()
        ));
    }
    if !is_label_key(key) {
        return Err(format!(
            "{}, name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric \
             character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \
             '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
            invalid()
        ));
    }
    Ok((key.into(), value.into(), effect))
}

impl Removal {
    fn concerns(&self, taint: &Taint) -> bool {
        self.key == taint.key && self.effect.is_none_or(|effect| effect == taint.effect)
    }
}

fn taint(call: &mut Call<'_>, thing: &Thing<'static>, added: &[Taint], removed: &[Removal]) -> Outcome {
    let Some(Object::Node(node)) = thing.object() else { return Ok(()) };
    let old = &node.spec.taints;
    let is_same = |a: &Taint, b: &Taint| a.key == b.key && a.effect == b.effect;
    let overwrite = call.flags.is_set("overwrite");
    let taken: Vec<&str> = added
        .iter()
        .filter(|taint| old.iter().any(|old| is_same(old, taint)))
        .map(|taint| taint.key.as_str())
        .collect();
    if !overwrite && !taken.is_empty() {
        return Err(Failure::client(format!(
            "node {} already has {} taint(s) with same effect(s) and --overwrite is false",
            thing.name,
            taken.join(",")
        )));
    }
    let mut taints = added.to_vec();
    taints.extend(old.iter().filter(|old| !added.iter().any(|taint| is_same(taint, old))).cloned());
    let has_added = taints.len() != old.len();
    let mut has_removed = false;
    let mut errors = vec![];
    for removal in removed {
        let before = taints.len();
        taints.retain(|taint| !removal.concerns(taint));
        has_removed = taints.len() < before;
        if !has_removed {
            let effect = removal.effect.map(|effect| format!(":{}", effect.as_str())).unwrap_or_default();
            errors.push(Failure::client(format!("taint \"{}{effect}\" not found", removal.key)));
        }
    }
    Failure::all(errors)?;
    let done = match (has_added, has_removed) {
        (true, true) => "modified",
        _ if overwrite => "modified",
        (true, false) => "tainted",
        (false, _) => "untainted",
    };
    if taints != *old {
        call.console.command(Command::TaintNode { node: thing.name.clone(), taints })?;
    }
    call.done(thing.resource, &thing.namespace, &thing.name, done)
}
