//! The merge of `kubectl apply`: what a file says goes in, what it said the last time and says no more goes out, and what
//! others have set meanwhile stays. Upstream: `strategicpatch.CreateThreeWayMergePatch`.

use super::patch::{List, list, merge_in};
use serde_json::{Map, Value};

/// Fields of which only those that are written stay (`patchStrategy: retainKeys`): a Deployment that changes to Recreate loses
/// its defaulted rolling update.
const RETAINS_KEYS: [&str; 2] = ["strategy", "volumes"];

/// What an object becomes by applying `written`, when `last` was applied before.
pub fn three_way(last: &Value, written: &Value, current: &Value) -> Value {
    let mut merged = current.clone();
    take_out("", &mut merged, last, written);
    merge_in("", &mut merged, written, true);
    retain(&mut merged, written);
    merged
}

/// Takes out of a part in the field `parent` what `last` has and `written` has not.
fn take_out(parent: &str, target: &mut Value, last: &Value, written: &Value) {
    let (Value::Object(own), Value::Object(last)) = (target, last) else { return };
    let nothing = Map::new();
    let written = written.as_object().unwrap_or(&nothing);
    for (name, was) in last {
        match (own.get_mut(name), written.get(name)) {
            (None, _) => {}
            (Some(_), None | Some(Value::Null)) => drop(own.remove(name)),
            (Some(Value::Array(items)), Some(is)) => take_out_items(parent, name, items, was, is),
            (Some(part), Some(is)) => take_out(name, part, was, is),
        }
    }
}

fn take_out_items(parent: &str, name: &str, items: &mut Vec<Value>, last: &Value, written: &Value) {
    let (Some(last), Some(written)) = (last.as_array(), written.as_array()) else { return };
    match list(parent, name) {
        List::Atomic => {}
        List::Set => items.retain(|item| !last.contains(item) || written.contains(item)),
        List::ByKey(key) => {
            let of =
                |items: &[Value], wanted: &Value| items.iter().find(|item| item.get(key) == wanted.get(key)).cloned();
            items.retain(|item| of(last, item).is_none() || of(written, item).is_some());
            for item in items {
                if let (Some(was), Some(is)) = (of(last, item), of(written, item)) {
                    take_out(name, item, &was, &is);
                }
            }
        }
    }
}

/// Leaves of parts that retain only the written keys no others.
fn retain(merged: &mut Value, written: &Value) {
    let (Value::Object(merged), Value::Object(written)) = (merged, written) else { return };
    for (name, is) in written {
        let Some(part) = merged.get_mut(name) else { continue };
        let only_written = RETAINS_KEYS.contains(&name.as_str());
        match (part, is) {
            (Value::Object(fields), Value::Object(is)) if only_written => fields.retain(|key, _| is.contains_key(key)),
            (Value::Array(items), Value::Array(is)) if only_written => {
                for item in items {
                    let same = is.iter().find(|candidate| candidate.get("name") == item.get("name"));
                    if let (Value::Object(fields), Some(Value::Object(is))) = (item, same) {
                        fields.retain(|key, _| is.contains_key(key));
                    }
                }
            }
            (part, is) => retain(part, is),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_file_never_said_stays_as_others_set_it() {
        let last = json!({"spec": {"template": "a"}});
        let current = json!({"spec": {"template": "a", "replicas": 5}, "status": {"replicas": 5}});
        let written = json!({"spec": {"template": "b"}});
        let expected = json!({"spec": {"template": "b", "replicas": 5}, "status": {"replicas": 5}});
        assert_eq!(three_way(&last, &written, &current), expected);
    }

    #[test]
    fn what_a_file_said_and_says_no_more_goes() {
        let last = json!({"metadata": {"labels": {"a": "1", "b": "1"}}, "spec": {"replicas": 3}});
        let current =
            json!({"metadata": {"labels": {"a": "1", "b": "1", "other": "1"}}, "spec": {"replicas": 3, "x": 1}});
        let written = json!({"metadata": {"labels": {"a": "2"}}, "spec": {}});
        let expected = json!({"metadata": {"labels": {"a": "2", "other": "1"}}, "spec": {"x": 1}});
        assert_eq!(three_way(&last, &written, &current), expected);
    }

    #[test]
    fn a_container_that_was_injected_stays_and_one_that_left_the_file_goes() {
        let containers = |names: &[&str]| -> Vec<Value> { names.iter().map(|name| json!({"name": name})).collect() };
        let spec = |names: &[&str]| json!({"spec": {"containers": containers(names)}});
        let merged = three_way(&spec(&["a", "b"]), &spec(&["a"]), &spec(&["a", "b", "injected"]));
        assert_eq!(merged, spec(&["a", "injected"]));
    }

    #[test]
    fn an_atomic_list_is_replaced_and_finalizers_are_a_set() {
        let last = json!({"metadata": {"finalizers": ["a", "b"]}, "spec": {"tolerations": [{"key": "a"}]}});
        let current =
            json!({"metadata": {"finalizers": ["a", "b", "c"]}, "spec": {"tolerations": [{"key": "a"}, {"key": "z"}]}});
        let written = json!({"metadata": {"finalizers": ["a"]}, "spec": {"tolerations": [{"key": "b"}]}});
        let expected = json!({"metadata": {"finalizers": ["a", "c"]}, "spec": {"tolerations": [{"key": "b"}]}});
        assert_eq!(three_way(&last, &written, &current), expected);
    }

    #[test]
    fn a_strategy_keeps_only_the_keys_that_are_written() {
        let current = json!({"spec": {"strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%"}}}});
        let written = json!({"spec": {"strategy": {"type": "Recreate"}}});
        assert_eq!(three_way(&json!({}), &written, &current), written);
    }
}
