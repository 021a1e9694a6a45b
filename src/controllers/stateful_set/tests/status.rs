//! The counts in the status.

use super::*;

/// replicas, ready, available, current, updated.
fn counts(play: &Play) -> [i32; 5] {
    let status = &play.set().status;
    [
        status.replicas,
        status.ready_replicas,
        status.available_replicas,
        status.current_replicas,
        status.updated_replicas,
    ]
}

#[test]
fn a_settled_set_counts_every_pod_as_current_and_updated() {
    let play = Play::of(json!({}));
    assert_eq!(counts(&play), [3, 3, 3, 3, 3]);
    let status = &play.set().status;
    assert_eq!((status.observed_generation, status.collision_count), (1, Some(0)));
    assert_eq!(status.conditions, None);
}

#[test]
fn a_terminating_pod_counts_as_there_and_ready_but_at_no_revision() {
    let mut play = Play::of(json!({}));
    play.delete(of_pod("web-1"));
    play.simulation.advance(500);
    assert!(play.pod("web-1").is_terminating());
    assert_eq!(counts(&play), [3, 3, 3, 2, 2]);
}

#[test]
fn a_failed_pod_counts_as_there_until_it_is_gone() {
    let mut play = Play::of(json!({ "podManagementPolicy": "Parallel", "template": {
        "metadata": { "labels": { "app": "web" } },
        "spec": { "containers": [{ "name": "c", "image": "nginx:notready" }] },
    } }));
    assert_eq!(counts(&play), [3, 0, 0, 3, 3]);
    play.ready("web-0", true);
    assert_eq!(counts(&play), [3, 1, 1, 3, 3]);
}

#[test]
fn surplus_pods_count_until_they_are_gone() {
    let mut play = Play::of(json!({ "podManagementPolicy": "Parallel" }));
    play.scale(1);
    play.simulation.advance(500);
    assert_eq!(counts(&play), [3, 3, 3, 1, 1]);
    play.settle();
    assert_eq!(counts(&play), [1, 1, 1, 1, 1]);
}

#[test]
fn available_is_ready_for_the_seconds_that_the_set_asks_for() {
    let mut play = Play::empty("web", Settings::default());
    play.apply(json!({ "replicas": 1, "minReadySeconds": 20 }));
    play.simulation.advance(10_000);
    assert_eq!(counts(&play)[..3], [1, 1, 0]);
    play.settle();
    assert_eq!(counts(&play)[..3], [1, 1, 1]);
}

#[test]
fn current_falls_and_updated_rises_while_an_update_runs() {
    let mut play = Play::of(json!({}));
    let mark = play.mark();
    play.image("nginx:2");
    play.settle();
    let mut seen: Vec<(i32, i32)> = vec![];
    for change in play.simulation.steps()[mark..].iter().flat_map(|step| &step.changes) {
        if let Some(Object::StatefulSet(set)) = &change.after {
            seen.push((set.status.current_replicas, set.status.updated_replicas));
        }
    }
    seen.dedup();
    assert_eq!(seen, [(3, 3), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2), (0, 3), (3, 3)]);
}

#[test]
fn the_observed_generation_reaches_the_generation() {
    let mut play = Play::of(json!({}));
    play.scale(4);
    play.image("nginx:2");
    play.settle();
    assert_eq!((play.set().metadata.generation, play.set().status.observed_generation), (3, 3));
}
