//! `kubectl apply` on what is there already: what the file says, what it says no more, and what others have set.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod play;

use play::{DEPLOYMENT, Play, named};
use setwise::api::{Kind, Object};
use setwise::engine::Command;
use setwise::reason::{ApplyOutcome, Reason, UserReason};

fn json(play: &Play, kind: Kind, name: &str) -> serde_json::Value {
    play.simulation.cluster().get(&named(kind, name)).as_ref().map(Object::to_json).unwrap()
}

/// What the last apply made of its only object.
fn outcome(play: &Play) -> ApplyOutcome {
    let applied = |reason: &Reason| match reason {
        Reason::User(UserReason::Apply { objects }) => objects.first().map(|(_, outcome)| *outcome),
        _ => None,
    };
    play.simulation.steps().iter().rev().find_map(|step| applied(&step.reason)).unwrap()
}

#[test]
fn a_scale_survives_a_file_that_says_nothing_of_replicas() {
    let file = DEPLOYMENT.replace("  replicas: 2\n", "");
    let mut play = Play::on(2, &file);
    play.command(Command::Scale { object: named(Kind::Deployment, "app"), replicas: 5 });
    play.apply(&file.replace("app:1", "app:2"));
    play.pass(60);
    let deployment = json(&play, Kind::Deployment, "app");
    assert_eq!(deployment["spec"]["replicas"], 5);
    assert_eq!(deployment["spec"]["template"]["spec"]["containers"][0]["image"], "app:2");
    assert_eq!(play.pods("app-").len(), 5);
}

#[test]
fn a_file_that_says_replicas_takes_a_scale_back() {
    let mut play = Play::on(2, DEPLOYMENT);
    play.command(Command::Scale { object: named(Kind::Deployment, "app"), replicas: 5 });
    play.apply(DEPLOYMENT);
    assert_eq!(outcome(&play), ApplyOutcome::Configured);
    play.pass(60);
    assert_eq!(play.pods("app-").len(), 2);
}

#[test]
fn replicas_that_leave_the_file_fall_back_to_their_default() {
    let mut play = Play::on(2, DEPLOYMENT);
    play.apply(&DEPLOYMENT.replace("  replicas: 2\n", ""));
    assert_eq!(json(&play, Kind::Deployment, "app")["spec"]["replicas"], 1);
}

#[test]
fn a_file_applied_again_changes_nothing() {
    let mut play = Play::on(2, DEPLOYMENT);
    play.pass(60);
    play.apply(DEPLOYMENT);
    assert_eq!(outcome(&play), ApplyOutcome::Unchanged);
}

#[test]
fn labels_of_others_stay_and_labels_that_leave_the_file_go() {
    let pod = "
apiVersion: v1
kind: Pod
metadata: {name: own, labels: {a: '1', b: '1'}}
spec: {containers: [{name: c, image: 'c:1'}]}
";
    let mut play = Play::on(1, pod);
    play.patch(Kind::Pod, "own", r#"{"metadata": {"labels": {"other": "1"}}}"#);
    play.apply(&pod.replace(", b: '1'", ""));
    assert_eq!(json(&play, Kind::Pod, "own")["metadata"]["labels"], serde_json::json!({ "a": "1", "other": "1" }));
    play.patch(Kind::Pod, "own", r#"{"metadata": {"labels": {"other": null}}}"#);
    assert_eq!(json(&play, Kind::Pod, "own")["metadata"]["labels"], serde_json::json!({ "a": "1" }));
}

#[test]
fn a_deployment_that_changes_to_recreate_loses_its_defaulted_rolling_update() {
    let mut play = Play::on(1, DEPLOYMENT);
    play.apply(&DEPLOYMENT.replace("  replicas: 2", "  strategy: {type: Recreate}\n  replicas: 2"));
    assert_eq!(json(&play, Kind::Deployment, "app")["spec"]["strategy"], serde_json::json!({ "type": "Recreate" }));
}

#[test]
fn a_cordon_survives_the_file_of_the_node() {
    let node = "
apiVersion: v1
kind: Node
metadata: {name: n1, labels: {disk: ssd}}
";
    let mut play = Play::on(1, "");
    play.command(Command::Cordon { node: "n1".into(), on: true });
    play.apply(node);
    let stored = json(&play, Kind::Node, "n1");
    assert_eq!(
        (&stored["spec"]["unschedulable"], &stored["metadata"]["labels"]["disk"]),
        (&true.into(), &"ssd".into())
    );
    assert_eq!(stored["status"]["allocatable"]["pods"], "110", "a file does not change what the kubelet reports");
}
