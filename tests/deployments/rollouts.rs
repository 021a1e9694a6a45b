//! How a changed template reaches the pods.

use super::cluster::*;
use serde_json::{Value, json};
use setwise::api::Pod;
use std::rc::Rc;

#[test]
fn a_rolling_update_stays_between_its_limits_at_every_moment() {
    for (replicas, surge, unavailable) in [
        (4, json!("25%"), json!("25%")),
        (5, json!(0), json!(1)),
        (3, json!(1), json!(0)),
        (6, json!("100%"), json!("100%")),
        (7, json!("10%"), json!("40%")),
        (1, json!("25%"), json!("25%")),
        (10, json!(3), json!("20%")),
    ] {
        let more = format!("  strategy: {{rollingUpdate: {{maxSurge: {surge}, maxUnavailable: {unavailable}}}}}");
        let mut simulation = started(deployment(replicas, "app:1", &more));
        set_image(&mut simulation, "app:2");
        let before = simulation.steps().len();
        simulation.settle();
        let (maximum, minimum) = limits(replicas, &surge, &unavailable);
        let mut timeline = simulation.clone().into_timeline();
        for position in before..=timeline.steps().len() {
            timeline.seek(position);
            let sets: i32 = timeline.cluster().replica_sets.iter().map(|set| set.spec.replicas.unwrap()).sum();
            let active = timeline.cluster().pods.iter().filter(|pod| !pod.is_terminating()).count();
            let ready = timeline.cluster().pods.iter().filter(|pod| pod.is_ready() && !pod.is_terminating()).count();
            assert!(sets <= maximum, "{sets} of {maximum} with {surge}/{unavailable}");
            assert!(active <= usize::try_from(maximum).unwrap(), "{active} active with {surge}/{unavailable}");
            assert!(ready >= usize::try_from(minimum).unwrap(), "{ready} of {minimum} with {surge}/{unavailable}");
        }
        assert_eq!(sizes(&simulation), [("app:1".into(), 0), ("app:2".into(), replicas)]);
        assert_eq!(condition(&simulation, "Progressing"), pair("True", "NewReplicaSetAvailable"));
    }
}

/// The most pods and the fewest available ones, worked out without the controller's own functions.
fn limits(replicas: i32, surge: &Value, unavailable: &Value) -> (i32, i32) {
    let number = |value: &Value, up: bool| match value.as_str() {
        Some(text) => {
            let share = replicas * text.trim_end_matches('%').parse::<i32>().unwrap();
            if up { (share + 99) / 100 } else { share / 100 }
        }
        None => i32::try_from(value.as_i64().unwrap()).unwrap(),
    };
    (replicas + number(surge, true), replicas - number(unavailable, false).min(replicas))
}

#[test]
fn percentages_of_surge_are_rounded_up_and_of_unavailable_down() {
    let mut simulation = started(deployment(3, "app:1", ""));
    set_image(&mut simulation, "broken:1");
    simulation.run_until_idle(5_000, 60_000);
    assert_eq!(sizes(&simulation), [("app:1".into(), 3), ("broken:1".into(), 1)]);
    let mut simulation = started(deployment(4, "app:1", ""));
    set_image(&mut simulation, "broken:1");
    simulation.run_until_idle(5_000, 60_000);
    assert_eq!(sizes(&simulation), [("app:1".into(), 3), ("broken:1".into(), 2)]);
}

#[test]
fn a_stuck_rollout_is_only_marked_when_its_deadline_has_passed() {
    let mut simulation = started(deployment(4, "app:1", "  progressDeadlineSeconds: 30"));
    set_image(&mut simulation, "broken:1");
    simulation.advance(29_000);
    assert_eq!(condition(&simulation, "Progressing"), pair("True", "ReplicaSetUpdated"));
    simulation.settle();
    assert_eq!(condition(&simulation, "Progressing"), pair("False", "ProgressDeadlineExceeded"));
    assert_eq!(condition(&simulation, "Available"), pair("True", "MinimumReplicasAvailable"));
    assert_eq!(sizes(&simulation), [("app:1".into(), 3), ("broken:1".into(), 2)]);
    let message = of(&simulation).status.conditions.iter().find(|it| it.kind == "Progressing").unwrap().message.clone();
    let broken = &sets(&simulation)[1].metadata.name;
    assert_eq!(message.unwrap(), format!("ReplicaSet \"{broken}\" has timed out progressing."));
    set_image(&mut simulation, "app:2");
    simulation.settle();
    assert_eq!(condition(&simulation, "Progressing"), pair("True", "NewReplicaSetAvailable"));
}

#[test]
fn scaling_in_the_middle_of_a_rollout_keeps_the_shares() {
    let more = "  strategy: {rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}";
    let mut simulation = started(deployment(10, "app:1", more));
    set_image(&mut simulation, "broken:1");
    simulation.run_until_idle(5_000, 60_000);
    // The example of the documentation: 8 old and 5 new pods, scaled from 10 to 15, become 11 and 7.
    assert_eq!(sizes(&simulation), [("app:1".into(), 8), ("broken:1".into(), 5)]);
    scale(&mut simulation, app(), 15);
    simulation.run_until_idle(5_000, 60_000);
    assert_eq!(sizes(&simulation), [("app:1".into(), 11), ("broken:1".into(), 7)]);
    let new = &sets(&simulation)[1];
    assert_eq!((annotation(new, "desired-replicas"), annotation(new, "max-replicas")), ("15".into(), "18".into()));
}

#[test]
fn a_deployment_scaled_to_nothing_keeps_its_set() {
    let mut simulation = started(deployment(3, "app:1", ""));
    scale(&mut simulation, app(), 0);
    simulation.settle();
    assert_eq!(sizes(&simulation), [("app:1".into(), 0)]);
    assert_eq!(pods(&simulation).len(), 0);
    scale(&mut simulation, app(), 2);
    simulation.settle();
    assert_eq!(sizes(&simulation), [("app:1".into(), 2)]);
    assert_eq!(of(&simulation).status.available_replicas, 2);
}

#[test]
fn recreate_makes_no_pod_before_the_last_old_one_has_ended() {
    let mut simulation = started(deployment(3, "app:1", "  strategy: {type: Recreate}"));
    set_image(&mut simulation, "app:2");
    let before = simulation.steps().len();
    simulation.settle();
    let mut timeline = simulation.clone().into_timeline();
    for position in before..=timeline.steps().len() {
        timeline.seek(position);
        let running = |image: &str| {
            let is_of = |pod: &&Rc<Pod>| pod.spec.containers[0].image.as_deref() == Some(image);
            timeline.cluster().pods.iter().filter(is_of).filter(|pod| !pod.status.phase.is_terminal()).count()
        };
        assert!(running("app:1") == 0 || running("app:2") == 0);
    }
    assert_eq!(sizes(&simulation), [("app:1".into(), 0), ("app:2".into(), 3)]);
    let refused = patch(&mut simulation, app(), json!({"spec": {"strategy": {"rollingUpdate": {"maxSurge": 1}}}}));
    assert!(refused.unwrap_err().0.contains("may not be specified when strategy `type` is 'Recreate'"));
}

#[test]
fn old_sets_beyond_the_limit_go_when_the_rollout_is_complete() {
    let mut simulation = started(deployment(2, "app:1", "  revisionHistoryLimit: 1"));
    for image in ["app:2", "app:3", "app:4"] {
        set_image(&mut simulation, image);
        simulation.settle();
    }
    assert_eq!(sizes(&simulation), [("app:3".into(), 0), ("app:4".into(), 2)]);
    assert_eq!(sets(&simulation).iter().map(|set| annotation(set, "revision")).collect::<Vec<_>>(), ["3", "4"]);
}

#[test]
fn a_rollout_waits_for_min_ready_seconds() {
    let mut simulation = started(deployment(2, "app:1", "  minReadySeconds: 20"));
    let from = simulation.now();
    set_image(&mut simulation, "app:2");
    simulation.settle();
    assert_eq!(sizes(&simulation), [("app:1".into(), 0), ("app:2".into(), 2)]);
    // Two waves of one pod each, 20 s from the whole second in which it became Ready.
    assert!((39_000..50_000).contains(&(simulation.now() - from)), "{}", simulation.now() - from);
}
