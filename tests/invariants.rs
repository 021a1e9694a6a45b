//! What must hold in every run, whatever is applied and whatever is done to the cluster: tried on random ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

#[path = "invariants/checks.rs"]
mod checks;
#[path = "invariants/story.rs"]
mod story;

use proptest::prelude::*;
use setwise::api::{Object, Time};
use setwise::cluster::Cluster;
use setwise::engine::Timeline;
use story::{played, story};

fn objects_of(cluster: &Cluster) -> Vec<Object> {
    cluster.objects().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_kubernetes_promises_holds_at_every_step_and_every_story_ends(story in story()) {
        let simulation = played(&story);
        checks::daemon_pods(simulation.cluster());
        checks::deployment_pods(simulation.cluster());
        let mut timeline = Timeline::new(simulation.steps().to_vec());
        let mut last = Time::ZERO;
        for (id, step) in simulation.steps().iter().enumerate() {
            prop_assert!(step.at >= last, "time goes on");
            prop_assert!(step.cause.is_none_or(|cause| cause < id), "a cause comes first");
            last = step.at;
            let before = timeline.cluster().clone();
            for change in &step.changes {
                if let (None, Some(Object::Pod(created))) = (&change.before, &change.after) {
                    checks::ordered_creation(&before, created, &story);
                    checks::one_pod_of_a_name(&before, created);
                    checks::daemon_pod_is_welcome(&before, created);
                }
                checks::claims_outlive_pods(&before, change);
                checks::claims_stay(change);
            }
            timeline.seek(id + 1);
            checks::capacity(timeline.cluster());
            checks::rollout_stays_in_bounds(&before, timeline.cluster(), step);
        }
    }

    #[test]
    fn undoing_a_step_gives_the_state_before_it_exactly(story in story()) {
        let simulation = played(&story);
        let mut timeline = Timeline::new(simulation.steps().to_vec());
        for position in 0..timeline.steps().len() {
            let before = objects_of(timeline.cluster());
            timeline.seek(position + 1);
            timeline.seek(position);
            prop_assert_eq!(objects_of(timeline.cluster()), before, "step {}", position);
            checks::capacity(timeline.cluster());
            timeline.seek(position + 1);
        }
        prop_assert_eq!(objects_of(timeline.cluster()), objects_of(simulation.cluster()));
    }

    #[test]
    fn a_run_can_be_sought_to_any_moment_and_back(story in story(), stops in prop::collection::vec(any::<prop::sample::Index>(), 1..6)) {
        let simulation = played(&story);
        let end = objects_of(simulation.cluster());
        let mut timeline = Timeline::new(simulation.steps().to_vec());
        timeline.seek(usize::MAX);
        prop_assert_eq!(objects_of(timeline.cluster()), end.clone());
        for stop in stops {
            let position = stop.index(timeline.steps().len() + 1);
            timeline.seek(position);
            let mut fresh = Timeline::new(simulation.steps().to_vec());
            fresh.seek(position);
            prop_assert_eq!(objects_of(timeline.cluster()), objects_of(fresh.cluster()));
        }
        timeline.seek(0);
        prop_assert_eq!(objects_of(timeline.cluster()), vec![]);
        timeline.seek(usize::MAX);
        prop_assert_eq!(objects_of(timeline.cluster()), end);
    }

    #[test]
    fn the_same_story_is_told_the_same_way(story in story()) {
        let (first, second) = (played(&story), played(&story));
        prop_assert_eq!(first.steps(), second.steps());
    }
}
