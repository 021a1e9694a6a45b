//! `lab node`: machines join, leave, fail and run short.

use super::failure::{Failure, Outcome};
use super::lab::{Lab, on_or_off};
use super::select;
use crate::api::{Quantity, Taint, TaintEffect, is_label_key, is_label_value};
use crate::engine::Command;
use crate::engine::default_cluster::node_of;
use crate::events::Log;
use crate::reason::NodeResource;

pub(super) fn add(call: &mut Lab<'_>) -> Outcome {
    let [name] = call.words::<1>()?;
    let size = |flag: &str, default: &str| {
        let text = call.flags.text(flag).unwrap_or(default).to_owned();
        match Quantity::parse(&text) {
            Some(quantity) if quantity.milli() >= 0 => Ok(text),
            _ => Err(Failure::client(format!("--{flag}={text}: that is no amount"))),
        }
    };
    let mut node = node_of(&name, &size("cpu", "4")?, &size("memory", "8Gi")?, &size("pods", "110")?);
    for label in call.flags.list("labels") {
        let (key, value) = label.split_once('=').unwrap_or((label, ""));
        if !is_label_key(key) || !is_label_value(value) {
            return Err(Failure::client(format!("--labels: \"{label}\" is no label")));
        }
        node.metadata.labels.insert(key.into(), value.into());
    }
    for text in call.flags.list("taints") {
        node.spec.taints.push(taint(text)?);
    }
    let is_name = name.len() <= 253
        && name.split('.').all(|part| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
                && !part.starts_with('-')
                && !part.ends_with('-')
        });
    if !is_name {
        return Err(Failure::client(format!(
            "\"{name}\" cannot be the name of a node: small letters, digits, dashes and dots can"
        )));
    }
    call.console.command(Command::AddNode(Box::new(node)))?;
    call.out.line(format!("node/{name} joined"));
    Ok(())
}

fn taint(text: &str) -> Result<Taint, Failure> {
    let wrong = || Failure::client(format!("--taints: \"{text}\" is no taint; key=value:NoSchedule is"));
    let (pair, effect) = text.rsplit_once(':').ok_or_else(wrong)?;
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let effect = TaintEffect::parse(effect).ok_or_else(wrong)?;
    if !is_label_key(key) || !is_label_value(value) {
        return Err(wrong());
    }
    Ok(Taint { key: key.into(), value: value.into(), effect, time_added: None })
}

/// The name of a node that is there.
fn node(call: &Lab<'_>) -> Result<String, Failure> {
    let Some(typed) = call.flags.args.first() else { return call.words::<1>().map(|[name]| name) };
    let name = typed.split_once('/').map_or(typed.as_str(), |(_, name)| name);
    let log = Log::default();
    match select::by_name(call.console, &log, select::resource("nodes")?, "", name) {
        Some(_) => Ok(name.to_owned()),
        None => Err(Failure::not_found("nodes", name)),
    }
}

pub(super) fn remove(call: &mut Lab<'_>) -> Outcome {
    let name = node(call)?;
    call.console.command(Command::DeleteNode(name.clone()))?;
    call.out.line(format!("node/{name} left"));
    Ok(())
}

pub(super) fn down(call: &mut Lab<'_>) -> Outcome {
    let node = node(call)?;
    let silent = !call.flags.is_set("not-ready");
    call.console.command(Command::NodeDown { node: node.clone(), silent })?;
    let how = if silent { "is down: its heartbeats have stopped" } else { "says that it is not Ready" };
    call.out.line(format!("node/{node} {how}"));
    Ok(())
}

pub(super) fn up(call: &mut Lab<'_>) -> Outcome {
    let name = node(call)?;
    call.console.command(Command::NodeUp(name.clone()))?;
    call.out.line(format!("node/{name} is up"));
    Ok(())
}

pub(super) fn pressure(call: &mut Lab<'_>) -> Outcome {
    let node = node(call)?;
    let resource = match call.flags.args.get(1).map(String::as_str) {
        Some("memory") => NodeResource::Memory,
        Some("disk") => NodeResource::Disk,
        Some("pid") => NodeResource::Pid,
        _ => return Err(Failure::client("a node runs short of memory, disk or pid: name one of them")),
    };
    let on = on_or_off(call.flags.args.get(2).map(String::as_str))?;
    call.console.command(Command::NodePressure { node: node.clone(), resource, on })?;
    call.out.line(format!("node/{node} {}={}", resource.condition(), if on { "True" } else { "False" }));
    Ok(())
}

/// Milliseconds as people say them.
pub(super) fn seconds(millis: u64) -> String {
    match (millis / 60_000, millis / 1_000 % 60, millis % 1_000) {
        (0, 0, millis) => format!("{millis}ms"),
        (0, seconds, 0) => format!("{seconds}s"),
        (0, seconds, millis) => format!("{seconds}.{}s", millis / 100),
        (minutes, 0, _) => format!("{minutes}m"),
        (minutes, seconds, _) => format!("{minutes}m{seconds}s"),
    }
}

/// Thousandths as a quantity: of CPU, or of bytes.
pub(super) fn amount(milli: i64, resource: &str) -> String {
    match (resource, milli % 1_000) {
        ("cpu", 0) => (milli / 1_000).to_string(),
        ("cpu", _) => format!("{milli}m"),
        _ if milli % (1_000 << 20) == 0 => format!("{}Mi", milli / (1_000 << 20)),
        _ => (milli / 1_000).to_string(),
    }
}
