//! `node_affinity`: node selectors and the terms of node affinity.

use serde::de::DeserializeOwned;
use serde_json::Value;
use setwise::api::{
    Node, NodeSelector, PodSpec, PreferredSchedulingTerm, SelectorError, preferred_parse_errors, preferred_score,
};

/// What is absent or null has its zero value.
fn read<T: DeserializeOwned + Default>(value: &Value) -> Result<T, String> {
    if value.is_null() {
        return Ok(T::default());
    }
    serde_json::from_value(without_nulls(value)).map_err(|error| format!("{value}: {error}"))
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let set = fields.iter().filter(|(_, value)| !value.is_null());
            set.map(|(name, value)| (name.clone(), without_nulls(value))).collect()
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// Errors may be asked for as a flag, a number, or a list of fields, texts or objects.
fn errors_agree(found: &[SelectorError], wanted: &Value) -> bool {
    let is_about = |error: &SelectorError, wanted: &Value| match wanted {
        Value::String(text) => text.starts_with(&error.field),
        Value::Object(parts) => {
            parts.get("field").is_none_or(|field| *field == error.field.as_str())
                && parts.get("type").is_none_or(|kind| *kind == error.kind)
        }
        _ => false,
    };
    match wanted {
        Value::Null | Value::Bool(false) => found.is_empty(),
        Value::Bool(true) => !found.is_empty(),
        Value::Number(number) => number.as_u64() == u64::try_from(found.len()).ok(),
        Value::Array(list) => {
            list.len() == found.len() && found.iter().zip(list).all(|(error, wanted)| is_about(error, wanted))
        }
        Value::String(text) => found.iter().any(|error| text.contains(&error.field)),
        Value::Object(_) => false,
    }
}

/// One row of any of the four kinds.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    // No node matches nothing, whatever the selector says.
    let node = Some(&given["node"]).filter(|node| !node.is_null()).map(read::<Node>).transpose()?;
    let found_match = |matches: &dyn Fn(&Node) -> bool| {
        let found = node.as_ref().is_some_and(matches);
        if expect["match"].as_bool().is_none_or(|wanted| wanted == found) {
            Ok(())
        } else {
            Err(format!("found {found}"))
        }
    };
    let parsed = |errors: Vec<SelectorError>| {
        if errors_agree(&errors, &expect["parse_errors"]) {
            Ok(errors.is_empty())
        } else {
            Err(format!("found {errors:?}"))
        }
    };
    match given["kind"].as_str() {
        Some("node_selector") => {
            let selector: NodeSelector = read(&given["nodeSelector"])?;
            found_match(&|node| selector.matches(node))
        }
        Some("node_selector_strict") => {
            let selector: NodeSelector = read(&given["nodeSelector"])?;
            if parsed(selector.parse_errors())? { found_match(&|node| selector.matches(node)) } else { Ok(()) }
        }
        Some("pod_required_node_affinity") => {
            let spec: PodSpec = read(&given["pod_spec"])?;
            found_match(&|node| spec.required_node_affinity_matches(node))
        }
        Some("preferred_terms_score") => {
            let terms: Vec<PreferredSchedulingTerm> = read(&given["terms"])?;
            if !parsed(preferred_parse_errors(&terms))? {
                return Ok(());
            }
            let found = node.as_ref().map_or(0, |node| preferred_score(&terms, node));
            if expect["score"] == found { Ok(()) } else { Err(format!("found {found}")) }
        }
        other => Err(format!("unknown kind {other:?}")),
    }
}
