//! `kubectl wait`: plays virtual time until objects are as asked for. Upstream: `k8s.io/kubectl/pkg/cmd/wait`.

use super::console::{Console, Waited};
use super::failure::{Failure, Outcome};
use super::print::{self, Format, GetOptions, Listing};
use super::printing::shown;
use super::run::Call;
use super::select::{self, Thing};
use crate::events::Log;
use serde_json::Value;

/// Milliseconds that are waited where nobody says how long.
const TIMEOUT: u64 = 30_000;
/// Milliseconds of a week, which is how long a negative timeout waits.
const WEEK: u64 = 7 * 24 * 3_600_000;

/// What is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    Create,
    Delete,
    /// A condition of the status has a value.
    Status {
        name: String,
        value: String,
    },
    /// A JSONPath gives a value, or any.
    JsonPath {
        path: String,
        value: Option<String>,
    },
}

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let given = call.flags.texts("for").to_vec();
    let conditions =
        given.iter().map(|text| condition(text)).collect::<Result<Vec<_>, _>>().map_err(Failure::client)?;
    if conditions.is_empty() {
        return Err(Failure::client("unrecognized condition: []"));
    }
    let timeout = match call.flags.span("timeout") {
        None => TIMEOUT,
        Some(span) => u64::try_from(span).unwrap_or(WEEK),
    };
    let deletes = conditions.contains(&Condition::Delete);
    if conditions.contains(&Condition::Create) {
        wait_for_creation(call, timeout)?;
    }
    let mut targets = call.targets(false)?;
    if deletes {
        targets.errors.retain(|failure| !matches!(failure, Failure::Server(reason, _) if reason == "NotFound"));
    }
    if targets.things.is_empty() && targets.errors.is_empty() && !deletes {
        return Err(Failure::client("no matching resources found"));
    }
    call.each(targets, |call, thing| {
        for condition in &conditions {
            wait(call, thing, condition, timeout)?;
            call.done(thing.resource, &thing.namespace, &thing.name, "condition met")?;
        }
        Ok(())
    })
}

fn condition(text: &str) -> Result<Condition, String> {
    let lower = text.to_lowercase();
    if lower == "create" || lower == "delete" {
        return Ok(if lower == "create" { Condition::Create } else { Condition::Delete });
    }
    if let Some(rest) = text.strip_prefix("condition=") {
        let (name, value) = rest.split_once('=').unwrap_or((rest, "true"));
        return Ok(Condition::Status { name: name.into(), value: value.into() });
    }
    let Some(rest) = text.strip_prefix("jsonpath=") else {
        return Err(format!("unrecognized condition: \"{text}\""));
    };
    let (path, value) = match split_at_equals(rest).as_slice() {
        [path] => (path.clone(), None),
        [path, value] => (path.clone(), Some(value.trim_matches(['\'', '"']).to_owned())),
        _ => {
            return Err("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or \
                        --for=jsonpath='{.status.readyReplicas}'"
                .into());
        }
    };
    if value.as_deref() == Some("") {
        return Err("jsonpath wait has to have a value after equal sign, like \
                    --for=jsonpath='{.status.readyReplicas}'=3"
            .into());
    }
    // A path may come without its braces and its dot (`RelaxedJSONPathExpression`).
    let bare = path.trim_matches(['\'', '"']);
    let inner = bare.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(bare);
    let path = format!("{{.{}}}", inner.trim_start_matches('.'));
    Ok(Condition::JsonPath { path, value })
}

/// Cuts at single equals signs; `==` belongs to an expression (`splitJSONPathInput`).
fn split_at_equals(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek(), parts.last_mut()) {
            ('=', Some('='), Some(part)) => {
                rest.next();
                part.push_str("==");
            }
            ('=', ..) => parts.push(String::new()),
            (c, _, Some(part)) => part.push(c),
            (_, _, None) => {}
        }
    }
    parts
}

fn wait_for_creation(call: &mut Call<'_>, timeout: u64) -> Outcome {
    let query = call.query(call.args(), false);
    let log = Log::default();
    let waited = call.console.wait_until(Some(timeout), call.out, |console, _| {
        let found = select::select(console, &log, &query)?;
        Ok(found.errors.is_empty() && !found.things.is_empty())
    })?;
    match waited {
        Waited::Met => Ok(()),
        Waited::TimedOut => Err(Failure::client("timed out waiting for the condition")),
    }
}

fn wait(call: &mut Call<'_>, thing: &Thing<'static>, condition: &Condition, timeout: u64) -> Outcome {
    let uid = thing.object().map(|object| object.metadata().uid);
    let log = Log::default();
    let is_met = |console: &Console| {
        let now = select::by_name(console, &log, thing.resource, &thing.namespace, &thing.name);
        match (condition, now) {
            (Condition::Create, now) => now.is_some(),
            (Condition::Delete, None) => true,
            (Condition::Delete, Some(now)) => now.object().map(|object| object.metadata().uid) != uid,
            (_, None) => false,
            (Condition::Status { name, value }, Some(now)) => has_condition(&select::json_of(&now.item), name, value),
            (Condition::JsonPath { path, value }, Some(now)) => says(console, now, path, value.as_deref()),
        }
    };
    if timeout == 0 {
        return match is_met(call.console) {
            true => Ok(()),
            false => Err(Failure::client(format!("condition not met for {}/{}", thing.resource.plural, thing.name))),
        };
    }
    match call.console.wait_until(Some(timeout), call.out, |console, _| Ok(is_met(console)))? {
        Waited::Met => Ok(()),
        Waited::TimedOut => Err(Failure::client(format!(
            "timed out waiting for the condition on {}/{}",
            thing.resource.plural, thing.name
        ))),
    }
}

/// Whether a condition has a value, and was judged for the object as it is now (`checkCondition`).
fn has_condition(object: &Value, name: &str, value: &str) -> bool {
    let number = |value: Option<&Value>| value.and_then(Value::as_i64);
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array);
    let text = |condition: &Value, field: &str| {
        condition.get(field).and_then(Value::as_str).unwrap_or_default().to_lowercase()
    };
    let found = conditions.into_iter().flatten().find(|condition| text(condition, "type") == name.to_lowercase());
    let Some(condition) = found else { return false };
    let observed =
        number(condition.get("observedGeneration")).or_else(|| number(object.pointer("/status/observedGeneration")));
    let is_stale = match (number(object.pointer("/metadata/generation")), observed) {
        (Some(generation), Some(observed)) => observed < generation,
        _ => false,
    };
    !is_stale && text(condition, "status") == value.to_lowercase()
}

/// Whether a JSONPath of an object gives a value.
fn says(console: &Console, now: Thing<'_>, path: &str, value: Option<&str>) -> bool {
    let log = Log::default();
    let shown = shown(console, &log);
    let options = GetOptions { format: Format::JsonPath(path.into(), false), single: true, ..GetOptions::default() };
    let listing = Listing { resource: now.resource, items: vec![now.item] };
    match print::get(&shown, &[listing], &options) {
        Ok(text) => match value {
            Some(value) => text.trim() == value.trim(),
            None => !text.is_empty(),
        },
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_condition_is_understood() {
        let status = |name: &str, value: &str| Condition::Status { name: name.into(), value: value.into() };
        assert_eq!(condition("condition=Ready"), Ok(status("Ready", "true")));
        assert_eq!(condition("condition=Ready=false"), Ok(status("Ready", "false")));
        assert_eq!(condition("delete"), Ok(Condition::Delete));
        let path =
            |path: &str, value: Option<&str>| Condition::JsonPath { path: path.into(), value: value.map(Into::into) };
        assert_eq!(condition("jsonpath={.status.phase}=Running"), Ok(path("{.status.phase}", Some("Running"))));
        assert_eq!(condition("jsonpath=.status.phase"), Ok(path("{.status.phase}", None)));
        for text in ["ready", "jsonpath={.a}=", "jsonpath={.a}=b=c"] {
            assert!(condition(text).is_err(), "{text}");
        }
    }
}
