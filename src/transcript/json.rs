//! A run as JSON: every step with its words and with every object that it changed, as it is afterwards.

use super::told;
use crate::api::Object;
use crate::cluster::Change;
use crate::engine::Timeline;
use crate::explain::Language;
use serde_json::{Value, json};

/// The run as JSON, indented, with a line feed at the end.
#[must_use]
pub fn json(timeline: &mut Timeline, language: Language) -> String {
    let mut steps = vec![];
    told(timeline, language, |_, step, words| {
        let fields: Vec<Value> = (words.decided_by.iter())
            .map(|field| json!({"object": field.object, "path": field.path, "value": field.value}))
            .collect();
        steps.push(json!({
            "at": step.at.0,
            "actor": step.actor.to_string(),
            "cause": step.cause,
            "headline": words.headline.to_string(),
            "why": words.why.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "next": words.next.as_ref().map(ToString::to_string),
            "decidedBy": fields,
            "rule": words.rule.map(|rule| rule.id),
            "bookkeeping": step.reason.is_bookkeeping(),
            "changes": step.changes.iter().map(change).collect::<Vec<_>>(),
        }));
    });
    let mut text = serde_json::to_string_pretty(&json!({"version": 1, "steps": steps})).unwrap_or_default();
    text.push('\n');
    text
}

fn change(change: &Change) -> Value {
    let what = match (&change.before, &change.after) {
        (None, _) => "created",
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "removed",
    };
    json!({
        "what": what,
        "object": change.object().map(Object::reference),
        "after": change.after.as_ref().map(Object::to_json),
    })
}
