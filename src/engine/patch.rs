//! The three ways to patch an object. Upstream: `k8s.io/apimachinery/pkg/util/strategicpatch`, RFC 7396, RFC 6902.

use super::PatchKind;
use serde_json::{Map, Value};

/// Lists of objects that a strategic patch merges by a key, and that key
/// (`patchMergeKey` in `k8s.io/api/core/v1/types.go`). Other lists are replaced.
const MERGE_KEYS: [(&str, &str); 10] = [
    ("containers", "name"),
    ("initContainers", "name"),
    ("volumes", "name"),
    ("env", "name"),
    ("ports", "containerPort"),
    ("volumeMounts", "mountPath"),
    ("volumeDevices", "devicePath"),
    ("imagePullSecrets", "name"),
    ("taints", "key"),
    ("ownerReferences", "uid"),
];

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
        let merge_key = MERGE_KEYS.iter().find(|(list, _)| strategic && list == name).map(|(_, key)| *key);
        match (merge_key, own.get_mut(name), value) {
            (Some(key), Some(Value::Array(list)), Value::Array(changes)) => merge_list(list, changes, key),
            (_, Some(existing), _) => merge(existing, value, strategic),
            (_, None, _) => {
                let mut fresh = Value::Null;
                merge(&mut fresh, value, strategic);
                own.insert(name.clone(), fresh);
            }
        }
    }
}

fn merge_list(list: &mut Vec<Value>, changes: &[Value], key: &str) {
    for change in changes {
        let same = |item: &Value| item.get(key).is_some() && item.get(key) == change.get(key);
        if change.get("$patch").and_then(Value::as_str) == Some("delete") {
            list.retain(|item| !same(item));
            continue;
        }
        match list.iter_mut().find(|item| same(item)) {
            Some(item) => merge(item, change, true),
            None => list.push(change.clone()),
        }
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
