//! The three ways to patch an object. Upstream: `k8s.io/apimachinery/pkg/util/strategicpatch`, RFC 7396, RFC 6902.

use super::PatchKind;
use serde_json::{Map, Value};

/// How a strategic patch treats a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// It is replaced.
    Atomic,
    /// Its values are a set.
    Set,
    /// Its items are merged by this field.
    ByKey(&'static str),
}

/// Lists that a strategic patch merges: the field that holds the object with the list (any, where empty), the list, and how
/// (`patchStrategy` and `patchMergeKey` in `k8s.io/api/core/v1/types.go`). Other lists are replaced, taints and
/// tolerations among them.
const MERGED_LISTS: [(&str, &str, List); 20] = [
    ("", "containers", List::ByKey("name")),
    ("", "initContainers", List::ByKey("name")),
    ("", "ephemeralContainers", List::ByKey("name")),
    ("", "volumes", List::ByKey("name")),
    ("", "env", List::ByKey("name")),
    ("containers", "ports", List::ByKey("containerPort")),
    ("initContainers", "ports", List::ByKey("containerPort")),
    ("spec", "ports", List::ByKey("port")),
    ("", "volumeMounts", List::ByKey("mountPath")),
    ("", "volumeDevices", List::ByKey("devicePath")),
    ("", "imagePullSecrets", List::ByKey("name")),
    ("", "hostAliases", List::ByKey("ip")),
    ("", "topologySpreadConstraints", List::ByKey("topologyKey")),
    ("", "resourceClaims", List::ByKey("name")),
    ("", "schedulingGates", List::ByKey("name")),
    ("status", "conditions", List::ByKey("type")),
    ("status", "addresses", List::ByKey("type")),
    ("metadata", "ownerReferences", List::ByKey("uid")),
    ("metadata", "finalizers", List::Set),
    ("spec", "podCIDRs", List::Set),
];

/// How a strategic patch treats the list `name` of an object that stands in the field `parent`.
pub(super) fn list(parent: &str, name: &str) -> List {
    let is_it = |(of, list, _): &&(&str, &str, List)| *list == name && (of.is_empty() || *of == parent);
    MERGED_LISTS.iter().find(is_it).map_or(List::Atomic, |(.., how)| *how)
}

/// The object with the patch applied.
///
/// # Errors
/// Says what is wrong with a JSON patch.
pub(super) fn patched(object: &Value, kind: PatchKind, patch: &Value) -> Result<Value, String> {
    let mut result = object.clone();
    match kind {
        PatchKind::Strategic => merge(&mut result, patch, true),
        PatchKind::Merge => merge(&mut result, patch, false),
        PatchKind::Json => {
            let operations = patch.as_array().ok_or("a JSON patch is a list of operations")?;
            for operation in operations {
                operate(&mut result, operation)?;
            }
        }
    }
    Ok(result)
}

fn merge(target: &mut Value, patch: &Value, strategic: bool) {
    merge_in("", target, patch, strategic);
}

/// Merges a patch of a part that stands in the field `parent`.
pub(super) fn merge_in(parent: &str, target: &mut Value, patch: &Value, strategic: bool) {
    let Value::Object(fields) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(own) = target else { return };
    if strategic && fields.get("$patch").and_then(Value::as_str) == Some("replace") {
        *own = fields.clone();
        own.remove("$patch");
        return;
    }
    for (name, value) in fields {
        if value.is_null() {
            own.remove(name);
            continue;
        }
        let how = if strategic { list(parent, name) } else { List::Atomic };
        match (how, own.get_mut(name), value) {
            (List::ByKey(key), Some(Value::Array(list)), Value::Array(changes)) => merge_list(name, list, changes, key),
            (List::Set, Some(Value::Array(list)), Value::Array(values)) => {
                let fresh: Vec<Value> = values.iter().filter(|value| !list.contains(value)).cloned().collect();
                list.extend(fresh);
            }
            (_, Some(existing), _) => merge_in(name, existing, value, strategic),
            (_, None, _) => {
                let mut fresh = Value::Null;
                merge_in(name, &mut fresh, value, strategic);
                own.insert(name.clone(), fresh);
            }
        }
    }
}

/// Merges items by their key. They come in the order of the patch; an item that the patch does not name keeps its place
/// before those that it stood before (`mergeSortedSlice`).
fn merge_list(name: &str, list: &mut Vec<Value>, changes: &[Value], key: &str) {
    let key_of = |item: &Value| item.get(key).filter(|value| !value.is_null()).cloned();
    let index_in = |list: &[Value], item: &Value| {
        let wanted = key_of(item)?;
        let has_key = |candidate: &Value| key_of(candidate).as_ref() == Some(&wanted);
        // Two ports may share a number: kubectl sends nothing for the one that stays as it is.
        let stays = list.iter().position(|candidate| has_key(candidate) && says(candidate, item));
        stays.or_else(|| list.iter().position(has_key))
    };
    let before = std::mem::take(list);
    let is_deleted = |change: &&Value| change.get("$patch").and_then(Value::as_str) == Some("delete");
    let mut rest: Vec<&Value> = before.iter().filter(|item| index_in(changes, item).is_none()).collect();
    rest.reverse();
    for change in changes.iter().filter(|change| !is_deleted(change)) {
        let place = index_in(&before, change);
        while let (Some(item), Some(place)) = (rest.last(), place)
            && index_in(&before, item).is_some_and(|other| other < place)
        {
            list.push((*item).clone());
            rest.pop();
        }
        let mut item = place.and_then(|place| before.get(place)).cloned().unwrap_or_default();
        merge_in(name, &mut item, change, true);
        list.push(item);
    }
    list.extend(rest.into_iter().rev().cloned());
}

/// Whether an object says all that another says.
fn says(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(name, value)| whole.get(name).is_some_and(|own| says(own, value)))
        }
        _ => whole == part,
    }
}

fn operate(target: &mut Value, operation: &Value) -> Result<(), String> {
    let text = |name: &str| operation.get(name).and_then(Value::as_str);
    let path = text("path").ok_or("an operation of a JSON patch needs a path")?;
    let value = || operation.get("value").cloned().ok_or_else(|| format!("the operation on {path} needs a value"));
    match text("op") {
        Some("add") => insert(target, path, value()?),
        Some("replace") => {
            *target.pointer_mut(path).ok_or_else(|| format!("there is nothing at {path} to replace"))? = value()?;
            Ok(())
        }
        Some("remove") => remove(target, path).map(drop),
        Some("test") if target.pointer(path) == Some(&value()?) => Ok(()),
        Some("test") => Err(format!("testing value {path} failed")),
        Some("move") => {
            let moved = remove(target, text("from").ok_or("the operation move needs a from")?)?;
            insert(target, path, moved)
        }
        Some("copy") => {
            let from = text("from").ok_or("the operation copy needs a from")?;
            let copied = target.pointer(from).cloned().ok_or_else(|| format!("there is nothing at {from} to copy"))?;
            insert(target, path, copied)
        }
        other => Err(format!("unknown operation {:?} in a JSON patch", other.unwrap_or_default())),
    }
}

/// Parent and last part of a JSON pointer.
fn split(path: &str) -> Result<(&str, String), String> {
    let (parent, last) = path.rsplit_once('/').ok_or_else(|| format!("{path:?} is not a JSON pointer"))?;
    Ok((parent, last.replace("~1", "/").replace("~0", "~")))
}

fn insert(target: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let (parent, last) = split(path)?;
    match target.pointer_mut(parent) {
        Some(Value::Object(fields)) => drop(fields.insert(last, value)),
        Some(Value::Array(items)) if last == "-" => items.push(value),
        Some(Value::Array(items)) => match last.parse::<usize>() {
            Ok(index) if index <= items.len() => items.insert(index, value),
            _ => return Err(format!("there is no place {last} in the list {parent}")),
        },
        _ => return Err(format!("there is nothing at {parent} to add to")),
    }
    Ok(())
}

fn remove(target: &mut Value, path: &str) -> Result<Value, String> {
    let (parent, last) = split(path)?;
    let removed = match target.pointer_mut(parent) {
        Some(Value::Object(fields)) => fields.remove(&last),
        Some(Value::Array(items)) => {
            last.parse::<usize>().ok().filter(|index| *index < items.len()).map(|index| items.remove(index))
        }
        _ => None,
    };
    removed.ok_or_else(|| format!("there is nothing at {path} to remove"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_strategic_patch_merges_containers_by_name() {
        let pod = json!({"spec": {"containers": [{"name": "a", "image": "a:1"}, {"name": "b", "image": "b:1"}]}});
        let patch = json!({"spec": {"containers": [{"name": "b", "image": "b:2"}, {"name": "c", "image": "c:1"}]}});
        let result = patched(&pod, PatchKind::Strategic, &patch).unwrap();
        assert_eq!(
            result["spec"]["containers"],
            json!([{"name": "a", "image": "a:1"}, {"name": "b", "image": "b:2"}, {"name": "c", "image": "c:1"}])
        );
    }

    #[test]
    fn a_new_container_comes_first_and_the_others_keep_their_order() {
        let pod = json!({"spec": {"containers": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}});
        let names = |patch: Value| {
            let result = patched(&pod, PatchKind::Strategic, &json!({"spec": {"containers": patch}})).unwrap();
            let containers = result["spec"]["containers"].as_array().unwrap().clone();
            containers.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(json!([{"name": "new"}])), ["new", "a", "b", "c"]);
        assert_eq!(names(json!([{"name": "c"}, {"name": "new"}])), ["a", "b", "c", "new"]);
        assert_eq!(names(json!([{"name": "b", "$patch": "delete"}])), ["a", "c"]);
    }

    #[test]
    fn ports_are_merged_by_the_field_of_their_owner_and_taints_are_replaced() {
        let service = json!({"spec": {"ports": [{"port": 80, "name": "http"}]}});
        let patch = json!({"spec": {"ports": [{"port": 443, "name": "https"}]}});
        let ports = patched(&service, PatchKind::Strategic, &patch).unwrap()["spec"]["ports"].clone();
        assert_eq!(ports, json!([{"port": 443, "name": "https"}, {"port": 80, "name": "http"}]));
        let node = json!({"spec": {"taints": [{"key": "a", "effect": "NoSchedule"}]}});
        let patch = json!({"spec": {"taints": [{"key": "b", "effect": "NoSchedule"}]}});
        assert_eq!(patched(&node, PatchKind::Strategic, &patch).unwrap(), patch);
    }

    #[test]
    fn a_merge_patch_replaces_lists_and_removes_what_is_null() {
        let pod = json!({"spec": {"containers": [{"name": "a"}, {"name": "b"}], "nodeName": "n1"}});
        let patch = json!({"spec": {"containers": [{"name": "c"}], "nodeName": null}});
        let result = patched(&pod, PatchKind::Merge, &patch).unwrap();
        assert_eq!(result, json!({"spec": {"containers": [{"name": "c"}]}}));
    }

    #[test]
    fn a_json_patch_does_its_operations_in_order() {
        let set = json!({"spec": {"replicas": 3, "list": [1, 3]}});
        let patch = json!([
            {"op": "test", "path": "/spec/replicas", "value": 3},
            {"op": "replace", "path": "/spec/replicas", "value": 5},
            {"op": "add", "path": "/spec/list/1", "value": 2},
            {"op": "remove", "path": "/spec/list/0"},
        ]);
        let result = patched(&set, PatchKind::Json, &patch).unwrap();
        assert_eq!(result, json!({"spec": {"replicas": 5, "list": [2, 3]}}));
        assert!(patched(&set, PatchKind::Json, &json!([{"op": "remove", "path": "/spec/none"}])).is_err());
    }
}
