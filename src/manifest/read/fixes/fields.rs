//! Fields that are missing, that do not belong where they are, or that do not go together with others.

use super::edits::{Addition, add_after, add_before, insert, remove_from, replace, replace_scalar};
use super::{choice, fix, guess, names, offer};
use crate::manifest::diagnostic::{Edit, Fix};
use crate::manifest::field_error::FieldError;
use crate::manifest::place;
use crate::manifest::words::Repair;
use crate::manifest::yaml::{Content, Entry, Node};
use serde_json::{Value, json};

/// A path as its owner and its last key.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

/// The mapping at a path and the entry of a key in it.
pub(super) fn entry<'a>(root: &'a Node, path: &str) -> Option<(&'a Node, &'a Entry)> {
    let (owner, key) = split(path);
    let owner = place::find_error(root, owner);
    let owner = owner.is_exact.then_some(owner.node)?;
    Some((owner, owner.get(key)?))
}

/// Takes the field at a path out.
pub(super) fn remove(text: &str, file: usize, root: &Node, path: &str) -> Option<Vec<Edit>> {
    let (owner, entry) = entry(root, path)?;
    Some(vec![remove_from(text, file, owner, entry)?])
}

/// Sets a field of a mapping: in place of what is there, or after the other fields.
pub(super) fn set(text: &str, file: usize, owner: &Node, key: &str, value: Value) -> Option<Edit> {
    let mapping = owner.as_mapping()?;
    let added = Addition { key, value: value.clone() };
    let Some(entry) = mapping.get(key) else {
        let last = mapping.entries.iter().rev().find(|entry| !entry.is_merged)?;
        return add_after(text, file, owner, last, &added);
    };
    let written = match &value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    match &entry.value.content {
        Content::Null if entry.value.span.range().is_empty() && !value.is_object() => {
            Some(insert(file, entry.value.span.start.byte, format!(" {written}")))
        }
        Content::String(_) if value.is_string() => replace_scalar(text, file, &entry.value, &written),
        Content::Number(_) | Content::Bool(_) | Content::String(_) | Content::Null if !value.is_object() => {
            let range = entry.value.span.range();
            let is_written =
                text.get(range.clone()).is_some_and(|it| !it.starts_with(['*', '&', '!']) && !it.contains('\n'));
            is_written.then(|| replace(file, range, written))
        }
        _ => None,
    }
}

/// A field that is missing and that can have only one value, or has a usual one.
pub(super) fn required(text: &str, file: usize, root: &Node, error: &FieldError) -> Option<Fix> {
    let (owner_path, key) = split(&error.path);
    let owner = place::find(root, owner_path);
    let owner_node = owner.is_exact.then_some(owner.node);
    let put = |key: &str, value: Value| Some(vec![set(text, file, owner_node?, key, value)?]);
    let added = |line: &str| Repair::Add(line.into());
    if key == "name" && is_container(owner_path) {
        let node = owner_node?;
        let image = node.get("image")?.value.as_str()?;
        let name = names::dns_label(image.rsplit('/').next()?.split([':', '@']).next()?)?;
        let edit = match node.get("name") {
            Some(_) => set(text, file, node, "name", name.as_str().into())?,
            None => {
                let first = node.as_mapping()?.entries.first()?;
                add_before(text, file, node, first, &Addition { key: "name", value: name.as_str().into() })?
            }
        };
        return Some(fix(&added(&format!("name: {name}")), vec![edit]));
    }
    if key == "name" && owner_path.starts_with("spec.ports[") {
        let name = format!("port-{}", owner_node?.get("port")?.value.to_json());
        return offer(&added(&format!("name: {name}")), put("name", name.as_str().into()));
    }
    if key == "accessModes" {
        return Some(choice(&added("accessModes: [ReadWriteOnce]"), put("accessModes", json!(["ReadWriteOnce"]))?));
    }
    if error.path.ends_with("resources[storage]") {
        let spec = place::find(root, owner_path);
        let edit = storage(text, file, spec.is_exact.then_some(spec.node)?)?;
        return Some(choice(&added("resources: {requests: {storage: 1Gi}}"), vec![edit]));
    }
    if error.detail == "cannot be 0 when maxSurge is 0" {
        let repair = Repair::ChangeTo { from: String::new(), to: "maxUnavailable: 1".into() };
        return offer(&repair, put("maxUnavailable", 1.into()));
    }
    None
}

fn is_container(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|last| last.starts_with("containers[") || last.starts_with("initContainers["))
}

/// The request of a claim, below as much of it as is written.
fn storage(text: &str, file: usize, spec: &Node) -> Option<Edit> {
    let Some(resources) = spec.get("resources") else {
        return set(text, file, spec, "resources", json!({ "requests": { "storage": "1Gi" } }));
    };
    let added = match resources.value.get("requests") {
        None => Addition { key: "requests", value: json!({ "storage": "1Gi" }) },
        Some(requests) => {
            return super::edits::add_to(text, file, requests, &Addition { key: "storage", value: "1Gi".into() });
        }
    };
    super::edits::add_to(text, file, resources, &added)
}

/// A value that does not go with another one.
pub(super) fn invalid(text: &str, file: usize, root: &Node, error: &FieldError) -> Option<Fix> {
    let (owner_path, key) = split(&error.path);
    let detail = error.detail.as_str();
    if detail.starts_with("only allowed for updateStrategy") {
        return offer(&Repair::Remove(key.into()), remove(text, file, root, &error.path));
    }
    if detail == "may not be set when maxUnavailable is non-zero" {
        let owner = place::find(root, owner_path);
        let edits =
            owner.is_exact.then(|| set(text, file, owner.node, "maxUnavailable", 0.into()).map(|edit| vec![edit]));
        return offer(&Repair::Add("maxUnavailable: 0".into()), edits.flatten());
    }
    if detail.starts_with("value must be empty when") {
        let path = format!("{owner_path}.value");
        return offer(&Repair::Remove("value".into()), remove(text, file, root, &path));
    }
    let found = place::find(root, &error.path);
    if !found.is_exact {
        return None;
    }
    let written = text.get(found.node.span.range())?;
    let change = |to: String, quoted: String| {
        let is_simple = !written.is_empty() && !written.starts_with(['*', '&', '!']);
        is_simple.then(|| {
            fix(&Repair::ChangeTo { from: written.into(), to }, vec![replace(file, found.node.span.range(), quoted)])
        })
    };
    if detail == "must be 1" {
        return change("1".into(), "1".into());
    }
    if detail.starts_with("a valid percent string") {
        let digits: String = found.node.as_str()?.chars().filter(|c| !matches!(c, '%' | ' ' | '\\')).collect();
        let percent = format!("{}%", digits.parse::<u16>().ok()?);
        return change(percent.clone(), percent);
    }
    None
}

/// A container that mounts a volume which the pod does not have.
pub(super) fn not_found(text: &str, file: usize, root: &Node, error: &FieldError) -> Option<Fix> {
    let (before, _) = error.path.split_once(".volumeMounts[")?;
    let (pod, _) = before.rsplit_once('.')?;
    let mount = place::find(root, &error.path);
    let name = mount.node.as_str().filter(|_| mount.is_exact)?;
    let pod = place::find(root, pod);
    let pod_node = pod.node;
    let pod = pod.node.as_mapping().filter(|_| pod.is_exact)?;
    let names_of = |node: Option<&Node>, path: &str| -> Vec<String> {
        let items = node.and_then(Node::as_sequence).unwrap_or_default();
        let names = items.iter().filter_map(|item| {
            let found = place::find(item, path);
            found.node.as_str().filter(|_| found.is_exact).map(str::to_owned)
        });
        names.collect()
    };
    let mut known = names_of(pod.get("volumes").map(|entry| &*entry.value), "name");
    let templates = place::find(root, "spec.volumeClaimTemplates");
    known.extend(names_of(templates.is_exact.then_some(templates.node), "metadata.name"));
    if let Some(meant) = guess::nearest(known.iter().map(String::as_str), name) {
        let edit = replace_scalar(text, file, mount.node, meant)?;
        return Some(fix(&Repair::ChangeTo { from: name.into(), to: meant.into() }, vec![edit]));
    }
    let name = names::dns_label(name).filter(|label| label == name)?;
    if pod.get("volumes").is_some() {
        return None;
    }
    let last = pod.entries.iter().rev().find(|entry| !entry.is_merged)?;
    let volumes = Addition { key: "volumes", value: json!([{ "name": name, "emptyDir": {} }]) };
    Some(choice(&Repair::AddVolume(name), vec![add_after(text, file, pod_node, last, &volumes)?]))
}

/// The second of two equal names in one list.
pub(super) fn duplicate(text: &str, file: usize, root: &Node, error: &FieldError) -> Option<Fix> {
    let found = place::find(root, &error.path);
    let name = found.node.as_str().filter(|_| found.is_exact && error.path.ends_with(".name"))?;
    let (list, _) = error.path.rsplit_once('[')?;
    let items = place::find(root, list).node.as_sequence()?;
    let is_taken =
        |name: &str| items.iter().any(|item| item.get("name").is_some_and(|it| it.value.as_str() == Some(name)));
    let free = (2..100).map(|number| format!("{name}-{number}")).find(|name| !is_taken(name) && name.len() <= 63)?;
    let edit = replace_scalar(text, file, found.node, &free)?;
    Some(choice(&Repair::ChangeTo { from: name.into(), to: free }, vec![edit]))
}
