//! What must hold in every run, whatever is applied and whatever is done to the cluster: tried on random ones.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use serde_json::json;
use setwise::actor::Settings;
use setwise::api::{Kind, Object, ObjectRef, Pod, PodPhase, Taint, TaintEffect, Time};
use setwise::cluster::Cluster;
use setwise::controllers::daemon_set::verdict;
use setwise::controllers::stateful_set::ordinal_of;
use setwise::engine::default_cluster::{completed, node};
use setwise::engine::{Bounds, Command, RunEnd, Simulation, Timeline};
use setwise::reason::{Propagation, Verdict};
use std::rc::Rc;

/// A StatefulSet, a DaemonSet, and what somebody does to them.
#[derive(Clone, Debug)]
struct Story {
    replicas: i32,
    ordered: bool,
    partition: i32,
    claims: bool,
    max_unavailable: i32,
    acts: Vec<Act>,
}

#[derive(Clone, Debug)]
enum Act {
    Scale(i32),
    SetImage(&'static str),
    AgentImage(&'static str),
    DeletePod(i32),
    Cordon(usize, bool),
    Taint(usize, Option<TaintEffect>),
    AddNode(usize),
    DeleteNode(usize),
    HoldReadiness(i32, bool),
    EndPod(i32, bool),
    DeleteSet(Propagation),
}

fn act() -> impl Strategy<Value = Act> {
    let image = prop::sample::select(vec!["app:1", "app:2", "app:3", "app:broken", "app:notready", "app:crash"]);
    let effect = prop::option::of(prop::sample::select(vec![
        TaintEffect::NoSchedule,
        TaintEffect::NoExecute,
        TaintEffect::PreferNoSchedule,
    ]));
    prop_oneof![
        (0..6).prop_map(Act::Scale),
        image.clone().prop_map(Act::SetImage),
        image.prop_map(Act::AgentImage),
        (0..5).prop_map(Act::DeletePod),
        (1..4_usize, any::<bool>()).prop_map(|(number, on)| Act::Cordon(number, on)),
        (1..4_usize, effect).prop_map(|(number, effect)| Act::Taint(number, effect)),
        (4..7_usize).prop_map(Act::AddNode),
        (1..7_usize).prop_map(Act::DeleteNode),
        (0..5, any::<bool>()).prop_map(|(ordinal, ready)| Act::HoldReadiness(ordinal, ready)),
        (0..5, any::<bool>()).prop_map(|(ordinal, succeeded)| Act::EndPod(ordinal, succeeded)),
        prop::sample::select(vec![Propagation::Background, Propagation::Foreground, Propagation::Orphan])
            .prop_map(Act::DeleteSet),
    ]
}

fn story() -> impl Strategy<Value = Story> {
    let acts = prop::collection::vec(act(), 0..8);
    (0..6, any::<bool>(), 0..4, any::<bool>(), 1..4, acts).prop_map(
        |(replicas, ordered, partition, claims, max_unavailable, acts)| Story {
            replicas,
            ordered,
            partition,
            claims,
            max_unavailable,
            acts,
        },
    )
}

fn template(app: &str, cpu: &str) -> serde_json::Value {
    let container = json!({"name": "c", "image": "app:1", "resources": {"requests": {"cpu": cpu}}});
    json!({"metadata": {"labels": {"app": app}}, "spec": {"containers": [container]}})
}

fn objects(story: &Story) -> Vec<Object> {
    let claim = json!({
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
    });
    let set = json!({
        "metadata": {"name": "web"},
        "spec": {
            "replicas": story.replicas, "serviceName": "web",
            "podManagementPolicy": if story.ordered { "OrderedReady" } else { "Parallel" },
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": story.partition}},
            "selector": {"matchLabels": {"app": "web"}}, "template": template("web", "1500m"),
            "volumeClaimTemplates": if story.claims { json!([claim]) } else { json!([]) },
        },
    });
    let agent = json!({
        "metadata": {"name": "agent"},
        "spec": {
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": story.max_unavailable}},
            "selector": {"matchLabels": {"app": "agent"}}, "template": template("agent", "100m"),
        },
    });
    let of = |kind, value| Object::from_json(kind, &value).unwrap();
    vec![of(Kind::StatefulSet, set), of(Kind::DaemonSet, agent)]
}

fn command(act: &Act) -> Command {
    let set = ObjectRef::new(Kind::StatefulSet, "default", "web");
    let pod = |ordinal: &i32| ObjectRef::new(Kind::Pod, "default", &format!("web-{ordinal}"));
    let worker = |number: &usize| format!("worker-{number}");
    match act {
        Act::Scale(replicas) => Command::Scale { object: set, replicas: *replicas },
        Act::SetImage(image) => Command::SetImage { object: set, container: "c".into(), image: (*image).into() },
        Act::AgentImage(image) => Command::SetImage {
            object: ObjectRef::new(Kind::DaemonSet, "default", "agent"),
            container: "c".into(),
            image: (*image).into(),
        },
        Act::DeletePod(ordinal) => {
            Command::Delete { object: pod(ordinal), propagation: Propagation::Background, grace_seconds: None }
        }
        Act::Cordon(number, on) => Command::Cordon { node: worker(number), on: *on },
        Act::Taint(number, effect) => Command::TaintNode {
            node: worker(number),
            taints: (effect.iter())
                .map(|effect| Taint { key: "k".into(), value: "v".into(), effect: *effect, time_added: None })
                .collect(),
        },
        Act::AddNode(number) => Command::AddNode(Box::new(node(&worker(number)))),
        Act::DeleteNode(number) => Command::DeleteNode(worker(number)),
        Act::HoldReadiness(ordinal, ready) => Command::HoldReadiness { pod: pod(ordinal), ready: *ready },
        Act::EndPod(ordinal, succeeded) => Command::EndPod { pod: pod(ordinal), succeeded: *succeeded, reason: None },
        Act::DeleteSet(propagation) => Command::Delete { object: set, propagation: *propagation, grace_seconds: None },
    }
}

/// Plays a story to its end, with some time between what is done.
fn played(story: &Story) -> Simulation {
    let mut simulation = Simulation::new(Settings::default(), Bounds { steps: 20_000, time: 24 * 3_600_000 });
    let objects = objects(story);
    simulation.start(completed(&objects));
    simulation.command(Command::Apply(objects)).unwrap();
    for (index, act) in story.acts.iter().enumerate() {
        simulation.advance(if index % 2 == 0 { 700 } else { 60_000 });
        // What does not exist is refused; that is part of the story.
        let _refused = simulation.command(command(act));
    }
    assert_eq!(simulation.settle(), RunEnd::Settled, "every story ends");
    simulation
}

fn is_running_and_ready(pod: &Pod) -> bool {
    pod.status.phase == PodPhase::Running && pod.is_ready() && !pod.is_terminating()
}

/// Pods of the ordered set are made one by one, each when all lower ordinals are Running and Ready.
fn check_ordered_creation(before: &Cluster, created: &Pod, ordered: bool) {
    let Some(ordinal) = ordinal_of("web", &created.metadata.name).filter(|_| ordered) else { return };
    for lower in 0..ordinal {
        let name = format!("web-{lower}");
        let pod = before.pods.iter().find(|pod| pod.metadata.name == name);
        assert!(pod.is_some_and(|pod| is_running_and_ready(pod)), "web-{ordinal} was made before {name} was ready");
    }
}

fn check_capacity(cluster: &Cluster) {
    for node in cluster.nodes.iter() {
        let requested = cluster.requested_on(&node.metadata.name);
        assert!(requested.cpu_milli <= node.allocatable_cpu_milli(), "{} is overbooked", node.metadata.name);
        assert!(requested.pods <= node.allocatable_pods());
        let counted: i64 = (cluster.pods_on(&node.metadata.name))
            .filter(|pod| !pod.status.phase.is_terminal())
            .map(|pod| setwise::cluster::Requested::of(pod).cpu_milli)
            .sum();
        assert_eq!(requested.cpu_milli, counted, "the index agrees with the pods on {}", node.metadata.name);
    }
}

/// Once nothing is left to happen every eligible node has one living pod of the set, and no other node has one that may
/// not stay.
fn check_daemon_pods(cluster: &Cluster) {
    let Some(set) = cluster.daemon_sets.iter().next() else { return };
    for node in cluster.nodes.iter() {
        let is_agent = |pod: &&Rc<Pod>| pod.metadata.controller().is_some_and(|owner| owner.uid == set.metadata.uid);
        let living = cluster.pods_on(&node.metadata.name).filter(is_agent).filter(|pod| !pod.is_terminating()).count();
        match verdict(set, node) {
            Verdict::Runs { .. } => assert_eq!(living, 1, "{} runs one agent", node.metadata.name),
            Verdict::Keeps(_) => assert!(living <= 1),
            Verdict::Refuses(_) => assert_eq!(living, 0, "{} runs no agent", node.metadata.name),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pods_are_created_in_order_on_nodes_that_have_room_and_every_story_ends(story in story()) {
        let simulation = played(&story);
        check_daemon_pods(simulation.cluster());
        let mut timeline = Timeline::new(simulation.steps().to_vec());
        let mut last = Time::ZERO;
        for (id, step) in simulation.steps().iter().enumerate() {
            prop_assert!(step.at >= last, "time goes on");
            prop_assert!(step.cause.is_none_or(|cause| cause < id), "a cause comes first");
            last = step.at;
            for change in &step.changes {
                if let (None, Some(Object::Pod(created))) = (&change.before, &change.after) {
                    check_ordered_creation(timeline.cluster(), created, story.ordered);
                }
            }
            timeline.seek(id + 1);
            check_capacity(timeline.cluster());
        }
    }

    #[test]
    fn a_run_can_be_sought_to_any_moment_and_back(story in story(), stops in prop::collection::vec(any::<prop::sample::Index>(), 1..6)) {
        let simulation = played(&story);
        let of = |cluster: &Cluster| cluster.objects().collect::<Vec<_>>();
        let end = of(simulation.cluster());
        let mut timeline = Timeline::new(simulation.steps().to_vec());
        timeline.seek(usize::MAX);
        prop_assert_eq!(of(timeline.cluster()), end.clone());
        for stop in stops {
            let position = stop.index(timeline.steps().len() + 1);
            timeline.seek(position);
            let mut fresh = Timeline::new(simulation.steps().to_vec());
            fresh.seek(position);
            prop_assert_eq!(of(timeline.cluster()), of(fresh.cluster()));
        }
        timeline.seek(0);
        prop_assert_eq!(of(timeline.cluster()), vec![]);
        timeline.seek(usize::MAX);
        prop_assert_eq!(of(timeline.cluster()), end);
    }

    #[test]
    fn the_same_story_is_told_the_same_way(story in story()) {
        let (first, second) = (played(&story), played(&story));
        prop_assert_eq!(first.steps(), second.steps());
    }
}
