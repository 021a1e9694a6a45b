//! Looks of the Deployment controller.

use super::{Scene, at, going, object, owned_by, with, written};
use serde_json::{Value, json};
use setwise::actor::{Pass, Write};
use setwise::api::{Deployment, Kind, Object, ReplicaSet, Time};
use setwise::controllers::deployment::{self, REVISION, REVISION_HISTORY};
use setwise::reason::{DeploymentAct, Reason};
use std::rc::Rc;

fn template(image: &str) -> Value {
    json!({ "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [{ "name": "c", "image": image }] } })
}

/// A Deployment of 4 with the template `c:2`.
fn deployment(rest: &Value) -> Object {
    let base = json!({ "metadata": { "generation": 1 }, "spec": {
        "replicas": 4,
        "selector": { "matchLabels": { "app": "web" } },
        "template": template("c:2"),
        "progressDeadlineSeconds": 30,
        "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxSurge": 1, "maxUnavailable": 1 } },
    } });
    object(Kind::Deployment, "web", 1, with(base, rest))
}

/// A set of the Deployment: its image, its size, how many of its pods are available.
fn set(name: &str, image: &str, size: i32, available: i32, rest: &Value) -> Object {
    let number = 10 + name.bytes().map(u64::from).sum::<u64>();
    let base = json!({
        "metadata": {
            "generation": 1,
            "labels": { "app": "web" },
            "annotations": {
                REVISION: if image == "c:2" { "2" } else { "1" },
                "deployment.kubernetes.io/desired-replicas": "4",
                "deployment.kubernetes.io/max-replicas": "5",
            },
        },
        "spec": { "replicas": size, "selector": { "matchLabels": { "app": "web" } }, "template": template(image) },
        "status": { "replicas": size, "readyReplicas": available, "availableReplicas": available,
            "observedGeneration": 1 },
    });
    object(Kind::ReplicaSet, name, number, with(with(base, &owned_by(Kind::Deployment, "web", 1)), rest))
}

fn look(rest: &Value, sets: Vec<Object>) -> Pass {
    Scene::of(std::iter::once(deployment(rest)).chain(sets)).look(deployment::sync, "web")
}

fn changed(pass: &Pass) -> Rc<Deployment> {
    let of = |write: &Write| match write {
        Write::Update(Object::Deployment(it)) => Some(Rc::clone(it)),
        _ => None,
    };
    pass.writes.iter().find_map(of).expect("a Deployment")
}

fn sets(pass: &Pass) -> Vec<Rc<ReplicaSet>> {
    let of = |write: &Write| match write {
        Write::Create(Object::ReplicaSet(set)) | Write::Update(Object::ReplicaSet(set)) => Some(Rc::clone(set)),
        _ => None,
    };
    pass.writes.iter().filter_map(of).collect()
}

/// Sets that are written, each with its size.
fn resized(pass: &Pass) -> Vec<(String, i32)> {
    sets(pass).iter().map(|set| (set.metadata.name.clone(), set.spec.replicas.unwrap())).collect()
}

fn act(pass: &Pass) -> DeploymentAct {
    match &pass.reason {
        Some(Reason::Deployment(reason)) => reason.act.clone(),
        other => panic!("{other:?}"),
    }
}

fn none() -> Value {
    json!({})
}

fn progressing(pass: &Pass) -> (String, Option<Time>) {
    let deployment = changed(pass);
    let condition = deployment.status.conditions.iter().find(|it| it.kind == "Progressing").expect("a condition");
    (condition.reason.clone().unwrap_or_default(), condition.last_update_time)
}

/// A status in the middle of a rollout: 3 old pods, and 2 new ones that are not available.
fn in_the_middle(changes: &Value) -> Value {
    let status = json!({ "metadata": { "annotations": { REVISION: "2" } }, "status": {
        "observedGeneration": 1, "replicas": 5, "updatedReplicas": 2, "readyReplicas": 3, "availableReplicas": 3,
        "unavailableReplicas": 2,
        "conditions": [
            { "type": "Available", "status": "True", "reason": "MinimumReplicasAvailable",
                "message": "Deployment has minimum availability.", "lastUpdateTime": at(1), "lastTransitionTime": at(1) },
            { "type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated", "message": "m",
                "lastUpdateTime": at(80), "lastTransitionTime": at(2) },
        ],
    } });
    with(status, &json!({ "status": changes }))
}

fn middle() -> Vec<Object> {
    vec![set("old", "c:1", 3, 3, &none()), set("new", "c:2", 2, 0, &none())]
}

#[test]
fn more_updated_ready_or_available_pods_or_fewer_old_ones_are_progress() {
    let since = |changes: Value| progressing(&look(&in_the_middle(&changes), middle())).1;
    let now = Some(Time(100_000));
    assert_eq!(since(json!({ "updatedReplicas": 1, "replicas": 4 })), now);
    assert_eq!(since(json!({ "replicas": 6 })), now, "one old pod less");
    assert_eq!(since(json!({ "readyReplicas": 2 })), now);
    assert_eq!(since(json!({ "availableReplicas": 2 })), now);
    let still = look(&in_the_middle(&json!({ "unavailableReplicas": 9 })), middle());
    assert_eq!(progressing(&still), ("ReplicaSetUpdated".into(), Some(Time(80_000))));
    for worse in [json!({ "readyReplicas": 4 }), json!({ "availableReplicas": 4 }), json!({ "replicas": 4 })] {
        assert_eq!(since(worse), Some(Time(80_000)));
    }
}

#[test]
fn where_nothing_changes_nothing_is_written_and_the_deadline_is_waited_for() {
    let pass = look(&in_the_middle(&none()), middle());
    assert_eq!((written(&pass), pass.again_at), (vec![], Some(Time(111_000))));
    let DeploymentAct::WaitForAvailable { available, wanted, old, exceeded, .. } = act(&pass) else {
        panic!("{pass:?}")
    };
    assert_eq!((available, wanted, old, exceeded), (0, 2, 3, None));
}

#[test]
fn a_deadline_passes_after_its_last_second_and_is_told_once() {
    let at_second = |since: u64| {
        let mut status = in_the_middle(&none());
        status["status"]["conditions"][1]["lastUpdateTime"] = json!(at(since));
        look(&status, middle())
    };
    assert!(matches!(act(&at_second(71)), DeploymentAct::WaitForAvailable { exceeded: None, .. }));
    let passed = at_second(70);
    assert!(matches!(act(&passed), DeploymentAct::DeadlineExceeded { deadline: 30, .. }));
    assert_eq!(progressing(&passed).0, "ProgressDeadlineExceeded");
    let mut late = in_the_middle(&none());
    late["status"]["conditions"][1]["reason"] = json!("ProgressDeadlineExceeded");
    late["status"]["conditions"][1]["status"] = json!("False");
    late["status"]["conditions"][1]["lastUpdateTime"] = json!(at(10));
    let late = look(&late, middle());
    assert!(matches!(act(&late), DeploymentAct::WaitForAvailable { exceeded: Some(30), .. }));
    assert_eq!(late.again_at, None);
}

#[test]
fn a_rollout_takes_what_may_be_missing_from_the_old_set_and_gives_the_new_one_the_room() {
    let of = |old: (i32, i32), new: (i32, i32)| {
        resized(&look(
            &none(),
            vec![set("old", "c:1", old.0, old.1, &none()), set("new", "c:2", new.0, new.1, &none())],
        ))
    };
    let is = |list: &[(&str, i32)]| list.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect::<Vec<_>>();
    assert_eq!(of((4, 4), (0, 0)), is(&[("new", 1)]), "the surge first");
    assert_eq!(of((4, 4), (1, 0)), is(&[("old", 3)]));
    assert_eq!(of((3, 3), (1, 0)), is(&[("new", 2)]));
    assert_eq!(of((3, 3), (2, 0)), [], "3 have to be available");
    assert_eq!(of((3, 3), (2, 1)), is(&[("old", 2)]));
    assert_eq!(of((3, 2), (2, 2)), is(&[("old", 1)]), "one that is not available, and one that is dispensable");
    assert_eq!(of((1, 1), (4, 4)), is(&[("old", 0)]));
    assert_eq!(of((0, 0), (5, 5)), is(&[("new", 4)]));
}

#[test]
fn of_several_old_sets_unhealthy_pods_go_first_oldest_set_first() {
    let born = |seconds: u64| json!({ "metadata": { "creationTimestamp": at(seconds) } });
    let sets =
        vec![set("b", "c:0", 2, 2, &born(1)), set("a", "c:1", 2, 0, &born(2)), set("new", "c:2", 1, 1, &born(3))];
    assert_eq!(resized(&look(&none(), sets)), [("a".to_owned(), 0)]);
}

#[test]
fn the_oldest_set_of_the_template_is_the_new_one_and_of_the_same_second_the_first_by_name() {
    let born = |seconds: u64| json!({ "metadata": { "creationTimestamp": at(seconds) } });
    let status = json!({ "status": { "replicas": 8 } });
    let of = |first: (&str, u64), second: (&str, u64)| {
        let sets = vec![set(first.0, "c:2", 4, 4, &born(first.1)), set(second.0, "c:2", 4, 4, &born(second.1))];
        resized(&look(&status, sets))
    };
    assert_eq!(of(("a", 9), ("b", 5)), [("b".to_owned(), 4), ("a".to_owned(), 0)]);
    assert_eq!(of(("a", 5), ("b", 5)), [("a".to_owned(), 4), ("b".to_owned(), 0)]);
}

#[test]
fn counts_older_than_a_size_are_not_acted_on() {
    let status = json!({ "status": { "availableReplicas": 3 } });
    let pass = look(&none(), vec![set("old", "c:1", 2, 4, &none()), set("new", "c:2", 3, 3, &none())]);
    assert_eq!(resized(&pass), []);
    assert!(
        pass.writes
            .iter()
            .all(|write| !matches!(write, Write::Update(Object::Deployment(it)) if it.status.replicas > 0))
    );
    let pass = look(&status, vec![set("old", "c:1", 0, 0, &none()), set("new", "c:2", 4, 4, &none())]);
    assert_eq!(changed(&pass).status.available_replicas, 4);
}

#[test]
fn a_new_set_is_owned_numbered_and_named_by_a_hash() {
    let pass = look(
        &json!({ "metadata": { "annotations": { "team": "shop", REVISION: "1" } } }),
        vec![set("old", "c:1", 4, 4, &none())],
    );
    let made = sets(&pass).into_iter().find(|set| set.metadata.name.starts_with("web-")).expect("a new set");
    assert_eq!(made.metadata.controller().map(|owner| owner.name.as_str()), Some("web"));
    assert_eq!(
        (made.metadata.annotations[REVISION].as_str(), made.metadata.annotations["team"].as_str()),
        ("2", "shop")
    );
    assert_eq!(made.spec.replicas, Some(1));
    let hash = made.metadata.name.strip_prefix("web-").unwrap();
    assert_eq!(made.metadata.labels["pod-template-hash"], hash);
    assert_eq!(made.spec.template.metadata.labels["pod-template-hash"], hash);
    assert_eq!(made.spec.selector.as_ref().unwrap().match_labels["pod-template-hash"], hash);
    assert_eq!(changed(&pass).metadata.annotations[REVISION], "2");
}

#[test]
fn the_name_of_a_set_is_no_longer_than_a_name_may_be() {
    let name = "w".repeat(253);
    let long = Object::Deployment(Rc::new({
        let Object::Deployment(it) = deployment(&none()) else { panic!() };
        let mut it = (*it).clone();
        it.metadata.name.clone_from(&name);
        it
    }));
    let pass = Scene::of([long]).look(deployment::sync, &name);
    let made = sets(&pass).remove(0);
    assert_eq!(made.metadata.name.len(), 253);
    let hash = &made.metadata.labels["pod-template-hash"];
    assert!(made.metadata.name.ends_with(&format!("w-{hash}")));
}

#[test]
fn a_set_that_is_taken_up_again_gets_the_next_number_and_remembers_the_earlier_ones() {
    let history = |before: &str| {
        let annotations = json!({ "metadata": { "annotations": { REVISION: "1", REVISION_HISTORY: before } } });
        let newer = json!({ "metadata": { "annotations": { REVISION: "7" } } });
        let pass = look(&none(), vec![set("back", "c:2", 0, 0, &annotations), set("other", "c:1", 4, 4, &newer)]);
        let back = sets(&pass).into_iter().find(|set| set.metadata.name == "back").expect("written");
        (back.metadata.annotations[REVISION].clone(), back.metadata.annotations[REVISION_HISTORY].clone())
    };
    assert_eq!(history("3,5"), ("8".into(), "3,5,1".into()));
    assert_eq!(history(""), ("8".into(), "1".into()));
    let (_, long) = history(&vec!["10"; 999].join(","));
    assert_eq!((long.len(), long.ends_with(",10,1")), (1_999, true), "2000 characters at most, the oldest go");
}

#[test]
fn empty_old_sets_beyond_the_limit_go_lowest_number_first() {
    let complete = json!({ "spec": { "revisionHistoryLimit": 1 }, "status": {
        "observedGeneration": 1, "replicas": 4, "updatedReplicas": 4, "readyReplicas": 4, "availableReplicas": 4 } });
    let numbered =
        |number: &str, rest: &Value| with(json!({ "metadata": { "annotations": { REVISION: number } } }), rest);
    let cleaned = |changes: &Value| {
        let newest = set("new", "c:2", 4, 4, &numbered("9", &none()));
        let pass = look(
            &complete,
            vec![
                set("a", "c:1", 0, 0, &numbered("3", &none())),
                set("b", "c:0", 0, 0, &numbered("2", changes)),
                newest,
            ],
        );
        written(&pass).into_iter().filter(|it| it.starts_with('-')).collect::<Vec<_>>()
    };
    assert_eq!(cleaned(&none()), ["-ReplicaSet b"]);
    assert_eq!(cleaned(&json!({ "status": { "replicas": 1 } })), [] as [&str; 0]);
    assert_eq!(cleaned(&json!({ "metadata": { "generation": 2 } })), [] as [&str; 0]);
    assert_eq!(cleaned(&going()), [] as [&str; 0], "it does not count");
}

#[test]
fn recreate_ends_the_old_pods_first_waits_for_them_and_then_makes_all() {
    let recreate = json!({ "spec": { "strategy": { "type": "Recreate", "rollingUpdate": null } } });
    let old = |size: i32| set("old", "c:1", size, size, &none());
    assert_eq!(resized(&look(&recreate, vec![old(4)])), [("old".to_owned(), 0)]);
    let pod = |phase: &str| {
        let rest = with(
            owned_by(Kind::ReplicaSet, "old", 10 + "old".bytes().map(u64::from).sum::<u64>()),
            &json!({
            "spec": { "containers": [] }, "status": { "phase": phase } }),
        );
        object(Kind::Pod, "p", 3, rest)
    };
    let waiting = look(&recreate, vec![old(0), pod("Running")]);
    assert!(matches!(act(&waiting), DeploymentAct::WaitForOldPods { pods: 1, .. }));
    let counted = look(&recreate, vec![set("old", "c:1", 0, 0, &json!({ "status": { "replicas": 1 } }))]);
    assert!(matches!(act(&counted), DeploymentAct::WaitForOldPods { pods: 0, .. }));
    let pass = look(&recreate, vec![old(0), pod("Succeeded")]);
    assert_eq!(sets(&pass).iter().map(|set| set.spec.replicas).collect::<Vec<_>>(), [Some(4)]);
}

#[test]
fn a_pause_and_its_end_are_noted_but_not_over_a_passed_deadline() {
    let noted = |paused: bool, reason: &str| {
        let mut rest = in_the_middle(&none());
        rest["spec"] = json!({ "paused": paused });
        rest["status"]["conditions"][1]["reason"] = json!(reason);
        let pass = look(&rest, middle());
        let is_noted = |write: &Write| matches!(write, Write::Update(Object::Deployment(_)));
        if pass.writes.iter().any(is_noted) { progressing(&pass).0 } else { String::new() }
    };
    assert_eq!(noted(true, "ReplicaSetUpdated"), "DeploymentPaused");
    assert_eq!(noted(true, "DeploymentPaused"), "");
    assert_eq!(noted(false, "DeploymentPaused"), "DeploymentResumed");
    assert_eq!(noted(true, "ProgressDeadlineExceeded"), "");
}
