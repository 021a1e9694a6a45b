//! Rolling updates, partitions, OnDelete, revisions.

use super::*;

fn partitioned(partition: i32, replicas: i32) -> Value {
    json!({ "replicas": replicas, "updateStrategy": { "rollingUpdate": { "partition": partition } } })
}

#[test]
fn pods_are_replaced_one_at_a_time_from_the_highest_down() {
    let mut play = Play::of(json!({}));
    let mark = play.mark();
    play.image("nginx:2");
    play.settle();
    let order = ["~web-2", "-web-2", "+web-2", "~web-1", "-web-1", "+web-1", "~web-0", "-web-0", "+web-0"];
    assert_eq!(play.since(mark), order);
    let status = play.set().status.clone();
    assert_eq!(status.current_revision, status.update_revision);
    assert_eq!((status.current_replicas, status.updated_replicas), (3, 3));
}

#[test]
fn an_updated_pod_has_to_be_available_before_the_next_is_deleted() {
    let mut play = Play::of(json!({ "minReadySeconds": 30 }));
    play.image("nginx:2");
    play.simulation.advance(20_000);
    assert_eq!(play.images(), ["nginx:1", "nginx:1", "nginx:2"]);
    play.settle();
    assert_eq!(play.images(), ["nginx:2"; 3]);
}

#[test]
fn an_old_pod_is_deleted_whatever_its_health_in_a_parallel_set() {
    let mut play = Play::of(json!({ "podManagementPolicy": "Parallel" }));
    for pod in ["web-0", "web-2"] {
        play.ready(pod, false);
    }
    play.image("nginx:2");
    play.settle();
    assert_eq!(play.images(), ["nginx:2"; 3]);
}

#[test]
fn a_second_change_in_mid_rollout_begins_at_the_top_again() {
    let mut play = Play::of(json!({ "minReadySeconds": 30 }));
    let mark = play.mark();
    play.image("nginx:2");
    play.simulation.advance(20_000);
    play.image("nginx:3");
    play.settle();
    assert_eq!(play.since(mark)[..6], ["~web-2", "-web-2", "+web-2", "~web-2", "-web-2", "+web-2"]);
    assert_eq!(play.images(), ["nginx:3"; 3]);
}

#[test]
fn pods_below_the_partition_keep_and_get_back_the_old_revision() {
    let mut play = Play::of(partitioned(2, 4));
    play.image("nginx:2");
    play.settle();
    assert_eq!(play.images(), ["nginx:1", "nginx:1", "nginx:2", "nginx:2"]);
    let status = play.set().status.clone();
    assert_ne!(status.current_revision, status.update_revision, "it never completes");
    for pod in ["web-0", "web-3"] {
        play.delete(of_pod(pod));
        play.settle();
    }
    assert_eq!(play.images(), ["nginx:1", "nginx:1", "nginx:2", "nginx:2"]);
}

#[test]
fn a_partition_counts_from_the_start_of_the_window() {
    let mut play = Play::of(json!({
        "replicas": 3, "ordinals": { "start": 5 }, "updateStrategy": { "rollingUpdate": { "partition": 2 } },
    }));
    play.image("nginx:2");
    play.settle();
    assert_eq!(play.pods()[2], ("web-7".into(), "nginx:2".into()));
    assert_eq!(play.images(), ["nginx:1", "nginx:1", "nginx:2"]);
}

#[test]
fn a_partition_of_all_pods_or_more_stages_an_update() {
    let mut play = Play::of(partitioned(9, 3));
    play.image("nginx:2");
    play.settle();
    assert_eq!(play.images(), ["nginx:1"; 3]);
    play.scale(4);
    play.settle();
    assert_eq!(play.images(), ["nginx:1"; 4]);
}

#[test]
fn with_a_rolling_update_block_a_deleted_pod_comes_back_updated_in_mid_rollout() {
    let mut play = Play::of(json!({ "minReadySeconds": 600 }));
    play.image("nginx:2");
    play.simulation.advance(30_000);
    assert_eq!(play.images(), ["nginx:1", "nginx:1", "nginx:2"]);
    play.delete(of_pod("web-0"));
    play.simulation.advance(30_000);
    assert_eq!(play.images(), ["nginx:2", "nginx:1", "nginx:2"]);
}

#[test]
fn without_the_block_low_ordinals_come_back_at_the_old_revision() {
    let mut play = Play::of(json!({ "minReadySeconds": 600, "updateStrategy": { "type": "RollingUpdate" } }));
    play.image("nginx:2");
    play.simulation.advance(30_000);
    assert_eq!(play.set().status.current_replicas, 2);
    play.delete(of_pod("web-0"));
    play.simulation.advance(30_000);
    assert_eq!(play.images(), ["nginx:1", "nginx:1", "nginx:2"]);
    assert_eq!(revision_of(&play.pod("web-0")), play.set().status.current_revision);
}

#[test]
fn on_delete_updates_only_what_somebody_deletes_and_never_completes() {
    let mut play = Play::of(json!({ "updateStrategy": { "type": "OnDelete" } }));
    let mark = play.mark();
    play.image("nginx:2");
    play.settle();
    assert_eq!(play.since(mark), [""; 0]);
    for (deleted, left) in [("web-0", 2), ("web-1", 1), ("web-2", 0)] {
        play.delete(of_pod(deleted));
        play.settle();
        assert_eq!(play.set().status.current_replicas, left);
    }
    assert_eq!(play.images(), ["nginx:2"; 3]);
    let status = play.set().status.clone();
    assert_ne!(status.current_revision, status.update_revision);
    assert_eq!(status.updated_replicas, 3);
}

#[test]
fn with_the_gate_as_many_pods_as_may_be_unavailable_go_together_and_come_one_by_one() {
    let mut play =
        Play::gated(json!({ "replicas": 4, "updateStrategy": { "rollingUpdate": { "maxUnavailable": 2 } } }));
    let mark = play.mark();
    play.image("nginx:2");
    play.settle();
    let order = play.since(mark);
    assert_eq!(order[..2], ["~web-3", "~web-2"]);
    let created: Vec<_> = order.iter().filter(|token| token.starts_with('+')).collect();
    assert_eq!(created[..2], ["+web-2", "+web-3"]);
    assert_eq!(play.images(), ["nginx:2"; 4]);
}

#[test]
fn with_the_gate_a_percentage_is_rounded_down_to_one_at_least() {
    for (percent, together) in [("60%", 2), ("10%", 1)] {
        let mut play = Play::gated(json!({
            "replicas": 4, "updateStrategy": { "rollingUpdate": { "maxUnavailable": percent } },
        }));
        let mark = play.mark();
        play.image("nginx:2");
        play.simulation.advance(100);
        assert_eq!(play.since(mark).len(), together, "{percent}");
    }
}

#[test]
fn with_the_gate_old_broken_pods_count_against_the_budget_so_that_it_can_stall() {
    let mut play = Play::gated(json!({
        "podManagementPolicy": "Parallel", "replicas": 4,
        "updateStrategy": { "rollingUpdate": { "maxUnavailable": 2 } },
    }));
    for pod in ["web-0", "web-1"] {
        play.ready(pod, false);
    }
    let mark = play.mark();
    play.image("nginx:2");
    play.settle();
    assert_eq!(play.since(mark), [""; 0]);
    play.ready("web-0", true);
    assert_eq!(play.since(mark)[0], "~web-3");
}

#[test]
fn a_stuck_ordered_rollout_is_not_healed_by_going_back() {
    let mut play = Play::of(json!({}));
    play.image("nginx:broken");
    play.settle();
    assert_eq!(play.images(), ["nginx:1", "nginx:1", "nginx:broken"]);
    play.image("nginx:1");
    play.settle();
    assert_eq!(play.images(), ["nginx:1", "nginx:1", "nginx:broken"], "the sync stops at web-2");
    play.delete(of_pod("web-2"));
    play.settle();
    assert_eq!(play.images(), ["nginx:1"; 3]);
}

#[test]
fn a_stuck_parallel_rollout_heals_and_so_does_a_pod_that_failed() {
    let mut play = Play::of(json!({ "podManagementPolicy": "Parallel" }));
    play.image("nginx:broken");
    play.settle();
    play.image("nginx:1");
    play.settle();
    assert_eq!(play.images(), ["nginx:1"; 3]);
    let mut play = Play::of(json!({}));
    play.image("nginx:notready");
    play.settle();
    play.image("nginx:1");
    play.settle();
    assert_eq!(play.images()[2], "nginx:notready");
    play.simulation.command(Command::EndPod { pod: of_pod("web-2"), succeeded: false, reason: None }).unwrap();
    play.settle();
    assert_eq!(play.images(), ["nginx:1"; 3]);
}

#[test]
fn only_the_template_makes_a_revision_and_a_quantity_written_otherwise_is_the_same() {
    let mut play = Play::of(json!({}));
    let count = |play: &Play| play.simulation.cluster().revisions.len();
    let cpu = |text: &str| {
        let resources = json!({ "requests": { "cpu": text } });
        json!({ "spec": { "template": { "spec": { "containers": [{ "name": "c", "image": "nginx:1", "resources": resources }] } } } })
    };
    play.patch(play.set.clone(), json!({ "spec": { "replicas": 2, "minReadySeconds": 1, "revisionHistoryLimit": 3 } }));
    play.settle();
    assert_eq!(count(&play), 1);
    play.patch(play.set.clone(), cpu("100m"));
    play.settle();
    assert_eq!(count(&play), 2);
    let mark = play.mark();
    play.patch(play.set.clone(), cpu("0.1"));
    play.settle();
    assert_eq!((count(&play), play.since(mark).len()), (2, 0));
}

#[test]
fn going_back_uses_the_old_revision_again_with_a_higher_number() {
    let mut play = Play::of(json!({}));
    let first = play.set().status.update_revision.clone();
    for image in ["nginx:2", "nginx:1"] {
        play.image(image);
        play.settle();
    }
    assert_eq!(play.set().status.update_revision, first);
    let revisions: Vec<i64> = play.simulation.cluster().revisions.iter().map(|revision| revision.revision).collect();
    assert_eq!(revisions.iter().max(), Some(&3));
    assert_eq!(revisions.len(), 2);
}

#[test]
fn old_revisions_beyond_the_limit_go_but_not_those_of_pods() {
    let mut play = Play::of(json!({
        "revisionHistoryLimit": 1, "updateStrategy": { "rollingUpdate": { "partition": 2 } },
    }));
    for number in 2..6 {
        play.image(&format!("nginx:{number}"));
        play.settle();
    }
    let revisions = play.simulation.cluster().revisions.iter();
    let mut numbers: Vec<i64> = revisions.map(|revision| revision.revision).collect();
    numbers.sort();
    // The first is current and that of two pods, the last is the update; of the rest one is kept.
    assert_eq!(numbers, [1, 4, 5]);
}

#[test]
fn scaled_to_nothing_a_rollout_is_complete() {
    let mut play = Play::of(json!({ "updateStrategy": { "rollingUpdate": { "partition": 2 } } }));
    play.image("nginx:2");
    play.settle();
    play.scale(0);
    play.settle();
    let status = play.set().status.clone();
    assert_eq!(status.current_revision, status.update_revision);
}
