//! Garbage collection: what goes when its owner goes, in which order, and what stays.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod play;

use play::{DAEMON_SET, DEPLOYMENT, Play, named};
use setwise::actor::{Settings, View, World, Write};
use setwise::api::{Kind, Object, ObjectRef, OwnerReference, Time, Uid};
use setwise::cluster::{Change, Cluster};
use setwise::controllers::garbage;
use setwise::manifest;
use setwise::reason::{Propagation, Reason};

/// Kinds of objects in the order in which they were removed.
fn removed(play: &Play) -> Vec<Kind> {
    let changes = play.simulation.steps().iter().flat_map(|step| &step.changes);
    let gone = changes.filter(|change| change.after.is_none()).filter_map(Change::object);
    gone.map(Object::kind).filter(|kind| *kind != Kind::EndpointSlice).collect()
}

#[test]
fn in_the_background_the_owner_goes_first() {
    let mut play = Play::on(2, DEPLOYMENT);
    play.pass(10);
    play.delete(Kind::Deployment, "app");
    play.pass(60);
    assert_eq!(removed(&play), [Kind::Deployment, Kind::ReplicaSet, Kind::Pod, Kind::Pod]);
}

#[test]
fn in_the_foreground_the_owner_goes_last_at_every_level() {
    let mut play = Play::on(2, DEPLOYMENT);
    play.pass(10);
    play.delete_as(Kind::Deployment, "app", Propagation::Foreground, None);
    play.pass(60);
    assert_eq!(removed(&play), [Kind::Pod, Kind::Pod, Kind::ReplicaSet, Kind::Deployment]);
}

#[test]
fn orphans_stay_and_a_new_owner_with_the_same_selector_adopts_them() {
    let mut play = Play::on(2, DAEMON_SET);
    play.pass(10);
    let before: Vec<Uid> = play.pods("agent-").iter().map(|pod| pod.metadata.uid).collect();
    play.delete_as(Kind::DaemonSet, "agent", Propagation::Orphan, None);
    play.pass(60);
    assert!(play.pods("agent-").iter().all(|pod| pod.metadata.owner_references.is_empty() && pod.is_ready()));
    play.apply(DAEMON_SET);
    play.pass(60);
    let after: Vec<Uid> = play.pods("agent-").iter().map(|pod| pod.metadata.uid).collect();
    assert_eq!(before, after);
    assert!(play.pods("agent-").iter().all(|pod| pod.metadata.controller().unwrap().name == "agent"));
}

#[test]
fn a_pod_with_a_finalizer_is_gone_when_the_finalizer_is() {
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: p, finalizers: [example.com/wait]}, spec: {containers: [{name: c, image: 'x:1'}]}}";
    let mut play = Play::on(1, pod);
    play.pass(10);
    play.delete(Kind::Pod, "p");
    play.pass(100);
    assert!(play.pod("p").status.phase.is_terminal(), "it has stopped and its object is kept");
    play.patch(Kind::Pod, "p", r#"{"metadata": {"finalizers": null}}"#);
    play.pass(1);
    assert!(play.find_pod("p").is_none());
}

fn object(yaml: &str, uid: u64, owners: &[(&str, &str, u64, bool)]) -> Object {
    let mut object = manifest::decode(&manifest::yaml::to_json(yaml).unwrap()[0]).unwrap();
    let metadata = object.metadata_mut();
    metadata.uid = Uid(uid);
    metadata.owner_references = owners
        .iter()
        .map(|(kind, name, uid, blocks)| OwnerReference {
            api_version: "v1".into(),
            kind: (*kind).into(),
            name: (*name).into(),
            uid: Uid(*uid),
            controller: None,
            block_owner_deletion: Some(*blocks),
        })
        .collect();
    object
}

fn service(name: &str, uid: u64, owners: &[(&str, &str, u64, bool)]) -> Object {
    let yaml = format!("{{apiVersion: v1, kind: Service, metadata: {{name: {name}, namespace: default}}, spec: {{}}}}");
    object(&yaml, uid, owners)
}

/// What garbage collection does at one look at an object.
fn look(objects: &[Object], at: &ObjectRef) -> (Vec<Write>, Option<Reason>) {
    let mut cluster = Cluster::default();
    for object in objects {
        cluster.apply(&Change { before: None, after: Some(object.clone()) });
    }
    let (settings, world) = (Settings::default(), World::default());
    let view = View { cluster: &cluster, now: Time::ZERO, settings: &settings, world: &world };
    let pass = garbage::sync(view, at);
    (pass.writes, pass.reason)
}

fn terminating(mut object: Object, finalizer: &str) -> Object {
    object.metadata_mut().deletion_timestamp = Some(Time::ZERO);
    object.metadata_mut().finalizers.push(finalizer.into());
    object
}

#[test]
fn an_object_with_several_owners_stays_while_one_is_left_and_loses_the_references_to_the_others() {
    let dependent = service("d", 9, &[("Service", "a", 1, true), ("Service", "b", 2, true)]);
    let (writes, _) = look(&[service("a", 1, &[]), dependent.clone()], &named(Kind::Service, "d"));
    let [Write::Update(updated)] = writes.as_slice() else { panic!("{writes:?}") };
    let owners: Vec<&str> = updated.metadata().owner_references.iter().map(|owner| owner.name.as_str()).collect();
    assert_eq!(owners, ["a"]);
    let (writes, _) = look(&[dependent], &named(Kind::Service, "d"));
    assert!(matches!(writes.as_slice(), [Write::Delete(_)]));
}

#[test]
fn an_owner_that_waits_for_its_dependents_does_not_keep_one_that_has_another_owner() {
    let dependent = service("d", 9, &[("Service", "a", 1, true), ("Service", "b", 2, true)]);
    let going = terminating(service("b", 2, &[]), garbage::FOREGROUND);
    let (writes, _) = look(&[service("a", 1, &[]), going, dependent], &named(Kind::Service, "d"));
    let [Write::Update(updated)] = writes.as_slice() else { panic!("{writes:?}") };
    assert_eq!(updated.metadata().owner_references.len(), 1);
}

#[test]
fn an_owner_made_again_under_its_name_is_another_one() {
    let dependent = service("d", 9, &[("Service", "a", 1, true)]);
    let (writes, _) = look(&[service("a", 5, &[]), dependent], &named(Kind::Service, "d"));
    assert!(matches!(writes.as_slice(), [Write::Delete(_)]));
}

#[test]
fn only_what_blocks_its_owner_keeps_it_in_the_foreground() {
    let going = terminating(service("a", 1, &[]), garbage::FOREGROUND);
    let blocking = service("d", 9, &[("Service", "a", 1, true)]);
    let (writes, reason) = look(&[going.clone(), blocking], &named(Kind::Service, "a"));
    assert!(writes.is_empty() && reason.is_some());
    let loose = service("d", 9, &[("Service", "a", 1, false)]);
    let (writes, _) = look(&[going, loose], &named(Kind::Service, "a"));
    let [Write::Update(released)] = writes.as_slice() else { panic!("{writes:?}") };
    assert!(released.metadata().finalizers.is_empty());
}

#[test]
fn an_owner_of_an_unknown_kind_or_of_the_wrong_scope_is_no_reason_to_delete() {
    let unknown = service("d", 9, &[("Widget", "w", 1, true)]);
    assert_eq!(look(&[unknown], &named(Kind::Service, "d")).0, []);
    let volume = "{apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {}}";
    let of_namespaced = object(volume, 9, &[("Service", "a", 1, true)]);
    assert_eq!(look(&[of_namespaced], &named(Kind::PersistentVolume, "pv")).0, []);
}
