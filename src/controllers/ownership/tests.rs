//! Whom objects belong to after a look at their owners, references and labels.

use super::*;
use crate::actor::{Settings, World};
use crate::api::{Deployment, Key, Object, StatefulSet, Time, Uid};
use crate::cluster::{Change, Cluster};
use serde_json::{Value, from_value, json};

const OWNER: Uid = Uid(7);

fn selector() -> LabelSelector {
    LabelSelector { match_labels: [("app".to_string(), "web".to_string())].into(), ..LabelSelector::default() }
}

/// Name, namespace, label `app`, owner and whether it is being deleted.
#[derive(Clone, Copy)]
struct Of<'a>(&'a str, &'a str, &'a str, Option<u64>, bool);

fn metadata(of: Of<'_>) -> ObjectMeta {
    let Of(name, namespace, app, owner, deleting) = of;
    let mut metadata: ObjectMeta =
        from_value(json!({ "name": name, "namespace": namespace, "labels": { "app": app } })).unwrap();
    metadata.uid = Uid(1_000 + name.bytes().map(u64::from).sum::<u64>());
    metadata.deletion_timestamp = deleting.then_some(Time(1));
    metadata.owner_references = owner
        .map(|uid| OwnerReference { uid: Uid(uid), controller: Some(true), ..controller_reference(&set(false)) })
        .into_iter()
        .collect();
    metadata
}

fn set(deleting: bool) -> StatefulSet {
    let mut set: StatefulSet =
        from_value(json!({ "metadata": { "name": "web", "namespace": "default" }, "spec": { "template": {} } }))
            .unwrap();
    set.metadata.uid = OWNER;
    set.metadata.deletion_timestamp = deleting.then_some(Time(1));
    set
}

fn with<R>(objects: Vec<Object>, look: impl FnOnce(View<'_>) -> R) -> R {
    let mut cluster = Cluster::default();
    for object in objects {
        cluster.apply(&Change { before: None, after: Some(object) });
    }
    let (settings, world) = (Settings::default(), World::default());
    look(View { cluster: &cluster, now: Time::ZERO, settings: &settings, world: &world })
}

fn pod(of: Of<'_>) -> Object {
    let mut pod: Pod = from_value(json!({ "spec": { "containers": [] } })).unwrap();
    pod.metadata = Rc::new(metadata(of));
    Object::Pod(Rc::new(pod))
}

/// The pods that a set has, adopts and releases; one whose name begins with `x` is no member.
fn claimed(deleting: bool, pods: &[Of<'_>]) -> [Vec<String>; 3] {
    with(pods.iter().copied().map(pod).collect(), |view| {
        let is_member = |pod: &Pod| !pod.metadata.name.starts_with('x');
        let found = claim_pods(view, &set(deleting), &selector(), is_member);
        for pod in &found.adopted {
            assert_eq!(pod.metadata.controller().map(|owner| owner.uid), Some(OWNER));
        }
        for pod in &found.released {
            assert_eq!(pod.metadata.owner_references, []);
        }
        [found.pods, found.adopted, found.released]
            .map(|pods| pods.iter().map(|pod| pod.metadata.name.clone()).collect())
    })
}

fn names(lists: [&[&str]; 3]) -> [Vec<String>; 3] {
    lists.map(|list| list.iter().map(|name| (*name).to_owned()).collect())
}

#[test]
fn a_set_keeps_its_pods_that_match_and_are_members_and_releases_the_others() {
    let pods = [
        Of("a", "default", "web", Some(7), false),
        Of("b", "default", "other", Some(7), false),
        Of("x", "default", "web", Some(7), false),
        Of("c", "default", "web", Some(8), false),
    ];
    assert_eq!(claimed(false, &pods), names([&["a"], &[], &["b", "x"]]));
}

#[test]
fn a_set_adopts_orphans_of_its_namespace_that_match_and_are_members_and_lists_all_by_name() {
    let pods = [
        Of("m", "default", "web", Some(7), false),
        Of("a", "default", "web", None, false),
        Of("b", "default", "other", None, false),
        Of("x", "default", "web", None, false),
        Of("c", "prod", "web", None, false),
        Of("d", "default", "web", None, true),
    ];
    assert_eq!(claimed(false, &pods), names([&["a", "m"], &["a"], &[]]));
}

#[test]
fn a_pod_that_is_being_deleted_is_kept_and_neither_adopted_nor_released() {
    let pods = [Of("a", "default", "web", Some(7), true), Of("b", "default", "other", Some(7), true)];
    assert_eq!(claimed(false, &pods), names([&["a"], &[], &[]]));
}

#[test]
fn a_set_that_is_being_deleted_adopts_and_releases_nothing() {
    let pods = [
        Of("a", "default", "web", Some(7), false),
        Of("b", "default", "other", Some(7), false),
        Of("c", "default", "web", None, false),
    ];
    assert_eq!(claimed(true, &pods), names([&["a"], &[], &[]]));
}

#[test]
fn revisions_are_adopted_by_the_same_rules_and_never_released() {
    let revision = |of| {
        Object::ControllerRevision(Rc::new(ControllerRevision {
            metadata: metadata(of),
            revision: 1,
            data: Rc::default(),
        }))
    };
    let all = || {
        vec![
            revision(Of("own", "default", "other", Some(7), false)),
            revision(Of("orphan", "default", "web", None, false)),
            revision(Of("unmatched", "default", "other", None, false)),
            revision(Of("elsewhere", "prod", "web", None, false)),
        ]
    };
    let of = |deleting| {
        with(all(), |view| {
            let (all, adopted) = claim_revisions(view, &set(deleting), &selector());
            [all, adopted].map(|list| list.iter().map(|it| it.metadata.name.clone()).collect::<Vec<_>>())
        })
    };
    assert_eq!(of(false), [vec!["own", "orphan"], vec!["orphan"]]);
    assert_eq!(of(true), [vec!["own"], vec![]]);
}

fn replica_set(of: Of<'_>) -> Object {
    let value: Value = json!({ "spec": { "template": {} } });
    let mut set: ReplicaSet = from_value(value).unwrap();
    set.metadata = metadata(of);
    Object::ReplicaSet(Rc::new(set))
}

/// The ReplicaSets that a Deployment has, adopts and releases.
fn claimed_sets(deleting: bool, sets: &[Of<'_>]) -> [Vec<String>; 3] {
    let mut owner: Deployment =
        from_value(json!({ "metadata": { "name": "web", "namespace": "default" }, "spec": { "template": {} } }))
            .unwrap();
    owner.metadata.uid = OWNER;
    owner.metadata.deletion_timestamp = deleting.then_some(Time(1));
    with(sets.iter().copied().map(replica_set).collect(), |view| {
        assert!(view.cluster.replica_sets.contains(&Key::new("default", "a")));
        let found = claim_replica_sets(view, &owner, &selector());
        for set in &found.released {
            assert_eq!(set.metadata.owner_references, []);
        }
        [found.sets, found.adopted, found.released]
            .map(|sets| sets.iter().map(|set| set.metadata.name.clone()).collect())
    })
}

#[test]
fn a_deployment_keeps_adopts_and_releases_sets_by_the_same_rules() {
    let sets = [
        Of("a", "default", "web", Some(7), false),
        Of("b", "default", "other", Some(7), false),
        Of("c", "default", "other", Some(7), true),
        Of("d", "default", "web", None, false),
        Of("e", "default", "web", None, true),
        Of("f", "prod", "web", None, false),
        Of("g", "default", "other", None, false),
        Of("h", "default", "web", Some(8), false),
    ];
    assert_eq!(claimed_sets(false, &sets), names([&["a", "d"], &["d"], &["b"]]));
    assert_eq!(claimed_sets(true, &sets), names([&["a"], &[], &[]]));
}
