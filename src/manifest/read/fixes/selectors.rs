//! Selectors and the labels that they ask for.

use super::edits::{Addition, add_before, add_to, insert, line_break, replace_scalar};
use super::layout::{nest, unnest};
use super::{fix, offer};
use crate::api::{Labels, MAX_LABEL_VALUE};
use crate::manifest::diagnostic::{Edit, Fix};
use crate::manifest::place;
use crate::manifest::words::Repair;
use crate::manifest::yaml::Node;
use serde_json::{Value, json};

/// Labels of a mapping in JSON.
pub(in crate::manifest::read) fn labels(value: Option<&Value>) -> Labels {
    let entries = value.and_then(Value::as_object).into_iter().flatten();
    entries.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_string()))).collect()
}

/// Adds the selector that matches the labels of the template, and such labels where there are none.
pub(super) fn add_selector(text: &str, file: usize, root: &Node, json: &Value) -> Option<Fix> {
    let labels = labels(json.pointer("/spec/template/metadata/labels"));
    if !labels.is_empty() {
        return Some(fix(&Repair::AddSelector, vec![selector(text, file, root, json, &labels)?]));
    }
    let name = json.pointer("/metadata/name")?.as_str()?;
    if name.is_empty() || name.len() > MAX_LABEL_VALUE {
        return None;
    }
    let labels = Labels::from([("app".to_owned(), name.to_owned())]);
    let mut edits = vec![selector(text, file, root, json, &labels)?];
    edits.extend(give_labels(text, file, root, &labels)?);
    Some(fix(&Repair::AddSelectorAndLabels, edits))
}

/// The selector before the template.
pub(super) fn selector(text: &str, file: usize, root: &Node, json: &Value, labels: &Labels) -> Option<Edit> {
    if json.pointer("/spec/selector").is_some_and(|selector| !selector.is_null()) {
        return None;
    }
    let spec = root.get("spec")?;
    let added = Addition { key: "selector", value: json!({ "matchLabels": labels }) };
    // A key without a value would be there twice.
    if spec.value.get("selector").is_some() {
        return None;
    }
    match spec.value.get("template") {
        Some(template) => add_before(text, file, &spec.value, template, &added),
        None => None,
    }
}

/// Gives the template the labels that the selector asks for. The selector stays: it cannot be changed later.
pub(super) fn add_labels(text: &str, file: usize, root: &Node, json: &Value) -> Option<Fix> {
    let wanted = labels(json.pointer("/spec/selector/matchLabels"));
    if wanted.is_empty() {
        return None;
    }
    Some(fix(&Repair::AddLabels, give_labels(text, file, root, &wanted)?))
}

fn give_labels(text: &str, file: usize, root: &Node, wanted: &Labels) -> Option<Vec<Edit>> {
    let template = root.get("spec")?.value.get("template")?;
    let Some(metadata) = template.value.get("metadata") else {
        let first = template.value.as_mapping()?.entries.first()?;
        let added = Addition { key: "metadata", value: json!({ "labels": wanted }) };
        return Some(vec![add_before(text, file, &template.value, first, &added)?]);
    };
    let Some(present) = metadata.value.get("labels") else {
        return Some(vec![add_to(text, file, metadata, &Addition { key: "labels", value: json!(wanted) })?]);
    };
    let mut edits = vec![];
    let mut missing = vec![];
    for (key, value) in wanted {
        match present.value.get(key) {
            Some(entry) if entry.value.as_str() == Some(value) => {}
            Some(entry) => edits.push(replace_scalar(text, file, &entry.value, value)?),
            None => missing.push((key, value)),
        }
    }
    // Two fields at one place would depend on the order of the edits.
    match missing.as_slice() {
        [] => {}
        [(key, value)] => edits.push(add_to(text, file, present, &Addition { key, value: json!(value) })?),
        _ => {
            let first = present.value.as_mapping()?.entries.first()?;
            let added = missing.into_iter().map(|(key, value)| Addition { key, value: json!(value) });
            let added: Option<Vec<Edit>> =
                added.map(|added| add_before(text, file, &present.value, first, &added)).collect();
            let together = added?.into_iter().map(|edit| edit.text).collect::<String>();
            edits.push(insert(file, first.key_span.start.byte, together));
        }
    }
    if edits.is_empty() { None } else { Some(edits) }
}

/// `selector: {app: web}` of a workload, as a Service has it: the labels go below `matchLabels`.
pub(super) fn below_match_labels(text: &str, file: usize, root: &Node, path: &str) -> Option<Fix> {
    let (owner, _) = path.rsplit_once(['.', '['])?;
    let found = place::find(root, owner);
    let entries = &found.node.as_mapping().filter(|_| found.is_exact)?.entries;
    if !owner.ends_with("elector")
        || entries.iter().any(|entry| matches!(&*entry.key, "matchLabels" | "matchExpressions"))
    {
        return None;
    }
    let edits = nest(text, file, found.node, "matchLabels", line_break(text))?;
    offer(&Repair::Add("matchLabels".into()), Some(edits))
}

/// `selector: {matchLabels: …}` of a Service, as a workload has it: the labels stand in the selector itself.
pub(super) fn above_match_labels(text: &str, file: usize, root: &Node, path: &str) -> Option<Fix> {
    let owner = path.strip_suffix("[matchLabels]")?;
    let found = place::find(root, owner);
    let edits = unnest(text, file, found.is_exact.then_some(found.node)?)?;
    offer(&Repair::Remove("matchLabels".into()), Some(edits))
}
