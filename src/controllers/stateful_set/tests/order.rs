//! Creation, replacement and scale-down.

use super::*;
use crate::reason::{Held, Lack};

#[test]
fn pods_are_made_one_by_one_each_when_those_before_it_are_available() {
    let play = Play::of(json!({ "minReadySeconds": 10 }));
    assert_eq!(play.since(0), ["+web-0", "+web-1", "+web-2"]);
    let made: Vec<u64> = (0..3)
        .map(|ordinal| {
            let name = format!("web-{ordinal}");
            let is_creation = |step: &&crate::engine::Step| {
                step.changes.iter().any(|change| {
                    change.before.is_none() && change.object().is_some_and(|object| object.reference() == of_pod(&name))
                })
            };
            play.simulation.steps().iter().find(is_creation).unwrap().at.0
        })
        .collect();
    assert!(made[1] - made[0] >= 10_000 && made[2] - made[1] >= 10_000, "{made:?}");
}

#[test]
fn a_parallel_set_makes_and_deletes_all_at_once() {
    let mut play = Play::of(json!({ "podManagementPolicy": "Parallel", "minReadySeconds": 10 }));
    assert_eq!(play.since(0), ["+web-0", "+web-1", "+web-2"]);
    let first = play.simulation.steps().iter().find(|step| step.actor == Actor::StatefulSetController).unwrap();
    assert_eq!(first.changes.iter().filter(|change| change.object().unwrap().kind() == Kind::Pod).count(), 3);
    let mark = play.mark();
    play.scale(0);
    play.settle();
    assert_eq!(play.since(mark)[..3], ["~web-2", "~web-1", "~web-0"]);
}

#[test]
fn an_unready_lower_pod_holds_up_scaling_and_updating() {
    let mut play = Play::of(json!({}));
    play.ready("web-0", false);
    for change in ["up", "down", "update"] {
        let mark = play.mark();
        match change {
            "up" => play.scale(4),
            "down" => play.scale(2),
            _ => play.image("nginx:2"),
        }
        play.settle();
        assert_eq!(play.since(mark), [""; 0], "{change}");
    }
    play.ready("web-0", true);
    assert_eq!(play.images(), ["nginx:2", "nginx:2"]);
}

#[test]
fn an_ended_pod_is_deleted_and_made_again_whichever_way_it_ended() {
    for succeeded in [true, false] {
        let mut play = Play::of(json!({}));
        let mark = play.mark();
        play.simulation.command(Command::EndPod { pod: of_pod("web-1"), succeeded, reason: None }).unwrap();
        play.settle();
        assert_eq!(play.since(mark), ["-web-1", "+web-1"], "an ended pod has no grace period");
        assert_eq!(play.set().status.ready_replicas, 3);
    }
}

#[test]
fn a_deleted_pod_is_made_again_when_it_is_gone() {
    let mut play = Play::of(json!({}));
    let mark = play.mark();
    play.delete(of_pod("web-1"));
    play.settle();
    assert_eq!(play.since(mark), ["~web-1", "-web-1", "+web-1"]);
}

#[test]
fn an_ordered_set_removes_the_highest_pod_and_waits_until_it_is_gone() {
    let mut play = Play::of(json!({ "replicas": 5 }));
    let mark = play.mark();
    play.scale(2);
    play.settle();
    assert_eq!(play.since(mark), ["~web-4", "-web-4", "~web-3", "-web-3", "~web-2", "-web-2"]);
}

#[test]
fn a_healthy_top_pod_goes_whatever_the_surplus_pods_below_are() {
    let mut play = Play::of(json!({ "replicas": 5 }));
    play.ready("web-3", false);
    let mark = play.mark();
    play.scale(3);
    play.settle();
    // web-3 is then the first unhealthy one, and goes as well.
    assert_eq!(play.since(mark), ["~web-4", "-web-4", "~web-3", "-web-3"]);
}

#[test]
fn of_several_unhealthy_surplus_pods_the_top_one_waits_for_the_lowest() {
    let mut play = Play::of(json!({ "replicas": 5 }));
    for pod in ["web-3", "web-4"] {
        play.ready(pod, false);
    }
    let mark = play.mark();
    play.scale(3);
    play.settle();
    assert_eq!(play.since(mark), [""; 0]);
    let wait = StatefulSetAct::WaitForPod {
        pod: of_pod("web-4"),
        lack: Lack::NotReady { waiting: None },
        held: Held::ScaleDown(of_pod("web-4")),
    };
    assert_eq!(play.last_act(), wait);
    play.ready("web-3", true);
    assert_eq!(play.since(mark), ["~web-4", "-web-4", "~web-3", "-web-3"]);
}

#[test]
fn scaling_down_comes_before_updating() {
    let mut play = Play::of(json!({}));
    let mark = play.mark();
    play.image("nginx:2");
    play.scale(2);
    play.settle();
    let order = play.since(mark);
    assert_eq!(order[..2], ["~web-2", "-web-2"]);
    assert_eq!(order[2..], ["~web-1", "-web-1", "+web-1", "~web-0", "-web-0", "+web-0"]);
}

#[test]
fn a_set_that_is_deleted_leaves_its_pods_to_garbage_collection() {
    let mut play = Play::of(json!({}));
    let mark = play.mark();
    play.delete(play.set.clone());
    play.settle();
    assert_eq!(play.names(), [""; 0]);
    assert_eq!(play.since(mark)[..3], ["~web-0", "~web-1", "~web-2"], "in no order of ordinals");
}

#[test]
fn an_orphaning_deletion_leaves_pods_which_a_new_set_adopts() {
    let mut play = Play::of(json!({}));
    let uid = play.pod("web-0").metadata.uid;
    let delete = Command::Delete { object: play.set.clone(), propagation: Propagation::Orphan, grace_seconds: None };
    play.simulation.command(delete).unwrap();
    play.settle();
    assert_eq!(play.names().len(), 3);
    play.apply(json!({}));
    play.settle();
    assert_eq!(play.pod("web-0").metadata.uid, uid);
    assert_eq!(play.pod("web-0").metadata.controller().unwrap().uid, play.set().metadata.uid);
}
