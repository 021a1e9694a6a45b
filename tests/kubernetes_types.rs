//! Every object that a run shows has the shape of the Kubernetes API: read by the types generated from Kubernetes' own
//! description and written again, it is the same.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use k8s_openapi::api::{apps::v1 as apps, core::v1 as core, discovery::v1 as discovery, storage::v1 as storage};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

fn through<T: Serialize + DeserializeOwned>(object: &Value) -> Value {
    let typed: T = serde_json::from_value(object.clone()).unwrap_or_else(|error| panic!("{error}: {object:#}"));
    serde_json::to_value(typed).unwrap()
}

/// The fields of an object that are not in what the generated types made of it.
fn lost(path: &str, ours: &Value, theirs: &Value, found: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (name, value) in ours {
                match theirs.get(name) {
                    Some(other) => lost(&format!("{path}.{name}"), value, other, found),
                    None if value.as_array().is_some_and(Vec::is_empty)
                        || value.as_object().is_some_and(|fields| fields.is_empty()) => {}
                    None => found.push(format!("{path}.{name}")),
                }
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (index, (one, other)) in ours.iter().zip(theirs).enumerate() {
                lost(&format!("{path}[{index}]"), one, other, found);
            }
        }
        _ if ours == theirs => {}
        _ => found.push(format!("{path}: {ours} became {theirs}")),
    }
}

#[test]
fn objects_have_the_fields_that_kubernetes_gives_them() {
    let run: Value = serde_json::from_str(include_str!("determinism/expected.json")).unwrap();
    let changes = run["steps"].as_array().unwrap().iter().flat_map(|step| step["changes"].as_array().unwrap());
    let mut kinds = std::collections::BTreeSet::new();
    let mut found = vec![];
    for object in changes.map(|change| &change["after"]).filter(|after| !after.is_null()) {
        let kind = object["kind"].as_str().unwrap();
        let theirs = match kind {
            "Node" => through::<core::Node>(object),
            "Pod" => through::<core::Pod>(object),
            "EndpointSlice" => through::<discovery::EndpointSlice>(object),
            "Service" => through::<core::Service>(object),
            "PersistentVolume" => through::<core::PersistentVolume>(object),
            "PersistentVolumeClaim" => through::<core::PersistentVolumeClaim>(object),
            "StorageClass" => through::<storage::StorageClass>(object),
            "StatefulSet" => through::<apps::StatefulSet>(object),
            "EndpointSlice" => through::<discovery::EndpointSlice>(object),
            "DaemonSet" => through::<apps::DaemonSet>(object),
            "Deployment" => through::<apps::Deployment>(object),
            "ReplicaSet" => through::<apps::ReplicaSet>(object),
            "ControllerRevision" => through::<apps::ControllerRevision>(object),
            other => panic!("{other} is not compared"),
        };
        kinds.insert(kind);
        lost(kind, object, &theirs, &mut found);
    }
    found.sort();
    found.dedup();
    assert_eq!(found, Vec::<String>::new(), "fields that Kubernetes does not know");
    assert_eq!(kinds.len(), 12, "every kind is in the run: {kinds:?}");
}
