//! Which volumes only one node may have.

use super::{Scene, node, object, with};
use serde_json::{Value, json};
use setwise::api::{Key, Kind, Object, Time};
use setwise::controllers::attach_detach;
use setwise::reason::{Reason, VolumeReason};

/// A pod with the claim that the kubelet of a node took on at a second.
fn user(name: &str, number: u64, node: &str, phase: &str, start: u64) -> Object {
    let rest = json!({
        "spec": {
            "nodeName": node,
            "containers": [],
            "volumes": [{ "name": "d", "persistentVolumeClaim": { "claimName": "data" } }],
        },
        "status": { "phase": phase, "startTime": super::at(start) },
    });
    object(Kind::Pod, name, number, rest)
}

fn storage(volume: &Value) -> [Object; 2] {
    let base = json!({ "spec": { "capacity": { "storage": "1Gi" }, "accessModes": ["ReadWriteOnce"] } });
    let claim = json!({ "spec": { "volumeName": "pv" }, "status": { "phase": "Bound" } });
    let mut pv = object(Kind::PersistentVolume, "pv", 50, with(base, volume));
    pv.metadata_mut().namespace = String::new();
    [pv, object(Kind::PersistentVolumeClaim, "data", 51, claim)]
}

/// The node that a pending pod on `n2` waits for.
fn holder(volume: &Value, others: Vec<Object>) -> Option<String> {
    let new = user("new", 9, "n2", "Pending", 50);
    let objects = storage(volume).into_iter().chain(others).chain([new, node("n1", json!({})), node("n2", json!({}))]);
    let scene = Scene::of(objects);
    let pass = attach_detach::hold(scene.view(), &Key::new("default", "new"))?;
    match pass.reason {
        Some(Reason::Volume(VolumeReason::MultiAttach { node, .. })) => Some(node),
        other => panic!("{other:?}"),
    }
}

fn old() -> Vec<Object> {
    vec![user("old", 8, "n1", "Running", 10)]
}

#[test]
fn a_volume_is_for_one_node_unless_a_mode_shares_it_or_it_is_not_attached_at_all() {
    let of = |spec: Value| holder(&json!({ "spec": spec }), old()).is_some();
    assert!(of(json!({})));
    assert!(of(json!({ "accessModes": ["ReadWriteOncePod"] })));
    assert!(!of(json!({ "accessModes": ["ReadWriteMany"] })));
    assert!(!of(json!({ "accessModes": ["ReadOnlyMany"] })));
    assert!(!of(json!({ "accessModes": ["ReadWriteOnce", "ReadOnlyMany"] })), "one mode that shares is enough");
    assert!(!of(json!({ "accessModes": [] })));
    assert!(!of(json!({ "hostPath": { "path": "/d" } })));
    assert!(!of(json!({ "nfs": { "server": "s", "path": "/d" } })));
    assert!(!of(json!({ "local": { "path": "/d" } })));
}

#[test]
fn only_a_pod_that_came_earlier_to_another_node_holds_the_volume() {
    let by = |other: Object| holder(&json!({}), vec![other]).is_some();
    assert!(by(user("old", 8, "n1", "Running", 10)));
    assert!(by(user("old", 8, "n1", "Running", 90)), "one that runs came first whenever it started");
    assert!(by(user("old", 8, "n1", "Pending", 10)));
    assert!(!by(user("late", 8, "n1", "Pending", 60)));
    assert!(by(user("same", 8, "n1", "Pending", 50)), "of the same instant the one made earlier");
    assert!(!by(user("same", 10, "n1", "Pending", 50)));
    assert!(!by(user("here", 8, "n2", "Running", 10)));
    assert!(!by(user("done", 8, "n1", "Succeeded", 10)));
    let waiting = object(
        Kind::Pod,
        "w",
        8,
        json!({
            "spec": { "nodeName": "n1", "containers": [],
                "volumes": [{ "name": "d", "persistentVolumeClaim": { "claimName": "data" } }] },
            "status": { "phase": "Pending" },
        }),
    );
    assert!(!by(waiting), "its kubelet has not taken it on");
}

#[test]
fn a_pod_is_held_only_while_its_kubelet_starts_it() {
    let held = |changes: Value| {
        let base = json!({
            "spec": {
                "nodeName": "n2",
                "containers": [],
                "volumes": [{ "name": "d", "persistentVolumeClaim": { "claimName": "data" } }],
            },
            "status": { "phase": "Pending", "startTime": super::at(50) },
        });
        let new = object(Kind::Pod, "new", 9, with(base, &changes));
        let objects = storage(&json!({})).into_iter().chain(old()).chain([new]);
        attach_detach::hold(Scene::of(objects).view(), &Key::new("default", "new")).is_some()
    };
    assert!(held(json!({})));
    assert!(!held(json!({ "status": { "phase": "Running" } })));
    assert!(!held(json!({ "status": { "startTime": null } })));
    assert!(!held(json!({ "spec": { "nodeName": null } })));
    assert!(!held(super::going()));
}

#[test]
fn a_volume_left_on_a_lost_node_is_waited_for_until_six_minutes_are_over() {
    let at = |now: u64, stranded: &str| {
        let new = user("new", 9, "n2", "Pending", 50);
        let mut scene = Scene::of(storage(&json!({})).into_iter().chain([new, node("n1", json!({}))]));
        let left = setwise::actor::Stranded { node: stranded.into(), since: Time(40_000) };
        scene.world.nodes.note_stranded("pv", left);
        scene.now = Time(now);
        attach_detach::hold(scene.view(), &Key::new("default", "new")).and_then(|pass| pass.again_at)
    };
    assert_eq!(at(100_000, "n1"), Some(Time(400_000)));
    assert_eq!(at(399_999, "n1"), Some(Time(400_000)));
    assert_eq!(at(400_000, "n1"), None);
    assert_eq!(at(100_000, "n2"), None, "it is on the pod's own node");
}
