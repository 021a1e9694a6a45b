//! One look of a controller at a cluster whose state is written out: what it writes, what it says, when it looks again.
//!
//! States that a run reaches seldom, or passes through in an instant, are tried here one by one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod attachments;
mod autoscalers;
mod daemon_sets;
mod deployments;
mod nodes;
mod preemption;
mod stateful_sets;

use serde_json::{Value, json};
use setwise::actor::{Pass, Settings, View, World, Write};
use setwise::api::{Key, Kind, Object, ObjectRef, Time, Uid};
use setwise::cluster::{Change, Cluster};
use std::rc::Rc;

/// A cluster at an instant.
struct Scene {
    cluster: Cluster,
    world: World,
    settings: Settings,
    now: Time,
}

/// The instant of every scene, 100.5 s after the start.
const NOW: Time = Time(100_500);

impl Scene {
    fn of(objects: impl IntoIterator<Item = Object>) -> Scene {
        let mut cluster = Cluster::default();
        for object in objects {
            cluster.apply(&Change { before: None, after: Some(object) });
        }
        Scene { cluster, world: World::default(), settings: Settings::default(), now: NOW }
    }

    fn view(&self) -> View<'_> {
        View { cluster: &self.cluster, now: self.now, settings: &self.settings, world: &self.world }
    }

    fn look(&self, sync: fn(View<'_>, &Key) -> Pass, name: &str) -> Pass {
        sync(self.view(), &Key::new("default", name))
    }
}

/// Puts what differs into an object; `null` takes a field away.
fn with(mut base: Value, changes: &Value) -> Value {
    fn merge(base: &mut Value, changes: &Value) {
        match (base, changes) {
            (Value::Object(base), Value::Object(changes)) => {
                for (key, value) in changes {
                    if value.is_null() {
                        base.remove(key);
                    } else {
                        merge(base.entry(key.clone()).or_insert(json!(null)), value);
                    }
                }
            }
            (base, changes) => *base = changes.clone(),
        }
    }
    merge(&mut base, changes);
    base
}

/// An object of a namespace, known by its number.
fn object(kind: Kind, name: &str, number: u64, rest: Value) -> Object {
    let base = json!({ "metadata": { "name": name, "namespace": "default", "creationTimestamp": at(0) } });
    let value = with(base, &rest);
    let mut object = Object::from_json(kind, &value).expect("an object");
    // What a manifest says of an identity is dropped when it is read.
    let written = value["metadata"]["ownerReferences"].as_array().into_iter().flatten();
    for (owner, written) in object.metadata_mut().owner_references.iter_mut().zip(written) {
        owner.uid = Uid(written["uid"].as_str().and_then(|number| number.parse().ok()).expect("a number"));
    }
    object.metadata_mut().uid = Uid(number);
    timed(object, &value)
}

/// The object with the times that are written in it, which are dropped as well when it is read.
fn timed(mut object: Object, value: &Value) -> Object {
    let conditions = value["status"]["conditions"].as_array().into_iter().flatten();
    match &mut object {
        Object::Pod(pod) => {
            let status = &mut Rc::make_mut(pod).status;
            status.start_time = time(&value["status"]["startTime"]);
            for (condition, written) in status.conditions.iter_mut().zip(conditions) {
                condition.last_transition_time = time(&written["lastTransitionTime"]);
            }
        }
        Object::Node(node) => {
            for (condition, written) in Rc::make_mut(node).status.conditions.iter_mut().zip(conditions) {
                condition.last_transition_time = time(&written["lastTransitionTime"]);
            }
        }
        Object::Deployment(deployment) => {
            for (condition, written) in Rc::make_mut(deployment).status.conditions.iter_mut().zip(conditions) {
                condition.last_transition_time = time(&written["lastTransitionTime"]);
                condition.last_update_time = time(&written["lastUpdateTime"]);
            }
        }
        _ => {}
    }
    let metadata = object.metadata_mut();
    metadata.creation_timestamp = time(&value["metadata"]["creationTimestamp"]);
    metadata.deletion_timestamp = time(&value["metadata"]["deletionTimestamp"]);
    object
}

fn time(value: &Value) -> Option<Time> {
    let seconds = value.as_str()?.strip_suffix(" s").and_then(|number| number.parse::<u64>().ok());
    Some(Time(seconds.expect("so many seconds") * 1_000))
}

fn node(name: &str, rest: Value) -> Object {
    let base = json!({
        "metadata": { "name": name, "labels": { "kubernetes.io/hostname": name } },
        "status": {
            "allocatable": { "cpu": "4", "memory": "8Gi", "pods": "110" },
            "conditions": [{ "type": "Ready", "status": "True" }],
        },
    });
    let value = with(base, &rest);
    timed(Object::from_json(Kind::Node, &value).expect("a node"), &value)
}

/// What makes a pod one that runs on a node, Ready since so many seconds.
fn running(node: &str, ready_since: u64) -> Value {
    json!({
        "spec": { "nodeName": node, "containers": [{ "name": "c", "image": "c:1" }] },
        "status": {
            "phase": "Running",
            "startTime": at(1),
            "conditions": [{ "type": "Ready", "status": "True", "lastTransitionTime": at(ready_since) }],
        },
    })
}

fn not_ready() -> Value {
    json!({ "status": { "conditions": [{ "type": "Ready", "status": "False" }] } })
}

fn going() -> Value {
    json!({ "metadata": { "deletionTimestamp": at(90) } })
}

/// What makes an object controlled by another.
fn owned_by(kind: Kind, name: &str, number: u64) -> Value {
    json!({ "metadata": { "ownerReferences": [{
        "apiVersion": kind.api_version(), "kind": kind.as_str(), "name": name, "uid": uid(number), "controller": true,
    }] } })
}

fn uid(number: u64) -> Value {
    json!(number.to_string())
}

/// An instant so many seconds after the start.
fn at(seconds: u64) -> String {
    format!("{seconds} s")
}

/// The writes as text: `+Pod`, `~Pod name`, `-Pod name`.
fn written(pass: &Pass) -> Vec<String> {
    let of = |object: &ObjectRef| format!("{} {}", object.kind.as_str(), object.name());
    let text = pass.writes.iter().map(|write| match write {
        Write::Create(object) => format!("+{}", object.kind().as_str()),
        Write::Update(object) => format!("~{}", of(&object.reference())),
        Write::Delete(deletion) => format!("-{}", of(&deletion.object)),
    });
    text.collect()
}
