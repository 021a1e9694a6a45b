//! A DaemonSet in a running cluster: its rollouts, its history, and what it says that it waits for.

use super::tolerations_of;
use crate::actor::Settings;
use crate::api::{Kind, Object, ObjectRef, Pod, PodSpec, Resource, Taint, TaintEffect, Toleration};
use crate::engine::default_cluster::node_of;
use crate::engine::{Bounds, Command, RunEnd, Simulation};
use crate::manifest;
use crate::reason::{DaemonPodFate, DaemonSetAct, Propagation, Reason};
use std::rc::Rc;

/// A set `agent` on three nodes, with more fields in its spec, at rest.
fn settled(spec: &str) -> Simulation {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    let nodes = ["n1", "n2", "n3"].map(|name| Object::Node(Rc::new(node_of(name, "8", "16Gi", "110"))));
    simulation.start(nodes.into());
    let text = format!(
        "
apiVersion: apps/v1
kind: DaemonSet
metadata: {{name: agent}}
spec:
  selector: {{matchLabels: {{app: agent}}}}
  template:
    metadata: {{labels: {{app: agent}}}}
    spec: {{containers: [{{name: c, image: 'agent:1'}}]}}
{spec}
"
    );
    for value in manifest::yaml::to_json(&text).unwrap() {
        simulation.command(Command::Apply(vec![manifest::decode(&value).unwrap()])).unwrap();
    }
    assert_eq!(simulation.settle(), RunEnd::Settled);
    simulation
}

fn agent() -> ObjectRef {
    ObjectRef::new(Kind::DaemonSet, "default", "agent")
}

fn set_image(simulation: &mut Simulation, image: &str) {
    simulation.command(Command::SetImage { object: agent(), container: "c".into(), image: image.into() }).unwrap();
    assert_eq!(simulation.settle(), RunEnd::Settled);
}

fn pod_on(simulation: &Simulation, node: &str) -> Rc<Pod> {
    simulation.cluster().pods_on(node).next().unwrap().clone()
}

fn image_on(simulation: &Simulation, node: &str) -> String {
    pod_on(simulation, node).spec.containers[0].image.clone().unwrap()
}

fn delete(simulation: &mut Simulation, pod: &Pod) {
    let (object, propagation) = (pod.reference(), Propagation::Background);
    simulation.command(Command::Delete { object, propagation, grace_seconds: None }).unwrap();
    assert_eq!(simulation.settle(), RunEnd::Settled);
}

/// What the controller said, in order.
fn told(simulation: &Simulation) -> impl Iterator<Item = &DaemonSetAct> {
    simulation.steps().iter().filter_map(|step| match &step.reason {
        Reason::DaemonSet(reason) => Some(&reason.act),
        _ => None,
    })
}

/// What it said last but that counts changed.
fn last_told(simulation: &Simulation) -> &DaemonSetAct {
    told(simulation).filter(|act| **act != DaemonSetAct::RecordStatus).last().unwrap()
}

fn revisions(simulation: &Simulation) -> Vec<i64> {
    let mut numbers: Vec<i64> = simulation.cluster().revisions.iter().map(|it| it.revision).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn a_set_at_rest_counts_the_nodes_that_run_a_pod_and_those_that_refuse_it() {
    let mut simulation = settled("");
    assert_eq!(last_told(&simulation), &DaemonSetAct::Settled { desired: 3, refused: 0 });
    let (key, effect) = ("dedicated".into(), TaintEffect::NoExecute);
    let taint = Taint { key, value: String::new(), effect, time_added: None };
    simulation.command(Command::TaintNode { node: "n2".into(), taints: vec![taint] }).unwrap();
    simulation.settle();
    assert_eq!(last_told(&simulation), &DaemonSetAct::Settled { desired: 2, refused: 1 });
}

#[test]
fn a_rolling_update_replaces_one_pod_at_a_time_and_waits_for_it() {
    let mut simulation = settled("");
    let before = simulation.steps().len();
    set_image(&mut simulation, "agent:2");
    let acts: Vec<&DaemonSetAct> = simulation.steps()[before..]
        .iter()
        .filter_map(|step| match &step.reason {
            Reason::DaemonSet(reason) => Some(&reason.act),
            _ => None,
        })
        .collect();
    let deleted: Vec<(&str, &DaemonPodFate)> = acts
        .iter()
        .filter_map(|act| match act {
            DaemonSetAct::Manage { deleted, desired: 3, nodes: 3, surge: 0, .. } => Some(deleted),
            _ => None,
        })
        .flatten()
        .map(|deletion| (deletion.node.as_str(), &deletion.fate))
        .collect();
    let outdated = &DaemonPodFate::Outdated;
    assert_eq!(deleted, [("n1", outdated), ("n2", outdated), ("n3", outdated)]);
    let waits: Vec<(&[String], i32)> = acts
        .iter()
        .filter_map(|act| match act {
            DaemonSetAct::WaitForAvailable { nodes, budget: 1, surge: false, outdated } => {
                Some((&nodes[..], *outdated))
            }
            _ => None,
        })
        .collect();
    assert!(waits.contains(&(&["n1".to_string()], 2)), "{waits:?}");
    assert!(waits.contains(&(&["n2".to_string()], 1)), "{waits:?}");
    assert_eq!(last_told(&simulation), &DaemonSetAct::Settled { desired: 3, refused: 0 });
}

#[test]
fn a_broken_update_stops_at_the_first_node_and_the_wait_names_it() {
    let mut simulation = settled("");
    simulation.command(Command::BreakImage("agent:2".into())).unwrap();
    set_image(&mut simulation, "agent:2");
    let images = ["n1", "n2", "n3"].map(|node| image_on(&simulation, node));
    assert_eq!(images, ["agent:2", "agent:1", "agent:1"]);
    let wait = DaemonSetAct::WaitForAvailable { nodes: vec!["n1".into()], budget: 1, surge: false, outdated: 2 };
    assert_eq!(last_told(&simulation), &wait);
}

#[test]
fn an_old_pod_that_is_not_available_is_replaced_without_a_budget() {
    let mut simulation = settled("");
    let unready = pod_on(&simulation, "n3").reference();
    simulation.command(Command::HoldReadiness { pod: unready, ready: false }).unwrap();
    simulation.settle();
    let wait = DaemonSetAct::WaitForReady { nodes: vec!["n3".into()] };
    assert_eq!(last_told(&simulation), &wait);
    simulation.command(Command::BreakImage("agent:2".into())).unwrap();
    set_image(&mut simulation, "agent:2");
    let images = ["n1", "n2", "n3"].map(|node| image_on(&simulation, node));
    assert_eq!(images, ["agent:1", "agent:1", "agent:2"], "n3 uses up the budget");
}

#[test]
fn a_surging_update_starts_the_new_pod_beside_the_old_one() {
    let mut simulation = settled("  updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}");
    simulation.command(Command::BreakImage("agent:2".into())).unwrap();
    set_image(&mut simulation, "agent:2");
    let on_n1: Vec<_> = simulation.cluster().pods_on("n1").map(|pod| pod.spec.containers[0].image.clone()).collect();
    assert_eq!(on_n1.len(), 2, "{on_n1:?}");
    let wait = DaemonSetAct::WaitForAvailable { nodes: vec!["n1".into()], budget: 1, surge: true, outdated: 3 };
    assert_eq!(last_told(&simulation), &wait);
    simulation.command(Command::FixImage("agent:2".into())).unwrap();
    assert_eq!(simulation.settle(), RunEnd::Settled);
    assert_eq!(["n1", "n2", "n3"].map(|node| image_on(&simulation, node)), ["agent:2"; 3]);
    assert_eq!(simulation.cluster().pods.len(), 3);
    let surpassed = told(&simulation)
        .filter_map(|act| match act {
            DaemonSetAct::Manage { deleted, surge: 1, .. } => Some(deleted),
            _ => None,
        })
        .flatten()
        .filter(|deletion| deletion.fate == DaemonPodFate::Surpassed);
    assert_eq!(surpassed.count(), 3);
}

#[test]
fn on_delete_waits_until_somebody_deletes_the_pods() {
    let mut simulation = settled("  updateStrategy: {type: OnDelete}");
    set_image(&mut simulation, "agent:2");
    assert_eq!(last_told(&simulation), &DaemonSetAct::WaitForManualDelete { outdated: 3 });
    let pod = pod_on(&simulation, "n2");
    delete(&mut simulation, &pod);
    assert_eq!(["n1", "n2", "n3"].map(|node| image_on(&simulation, node)), ["agent:1", "agent:2", "agent:1"]);
    assert_eq!(last_told(&simulation), &DaemonSetAct::WaitForManualDelete { outdated: 2 });
}

#[test]
fn the_oldest_revisions_beyond_the_limit_go() {
    let mut simulation = settled("  revisionHistoryLimit: 1");
    set_image(&mut simulation, "agent:2");
    assert_eq!(revisions(&simulation), [1, 2]);
    set_image(&mut simulation, "agent:3");
    assert_eq!(revisions(&simulation), [2, 3]);
    set_image(&mut simulation, "agent:4");
    assert_eq!(revisions(&simulation), [3, 4]);
}

#[test]
fn a_revision_of_a_pod_that_still_runs_stays_whatever_the_limit() {
    let mut simulation = settled("  revisionHistoryLimit: 0\n  updateStrategy: {type: OnDelete}");
    set_image(&mut simulation, "agent:2");
    assert_eq!(revisions(&simulation), [1, 2], "three pods are of the first");
    for node in ["n1", "n2"] {
        let pod = pod_on(&simulation, node);
        delete(&mut simulation, &pod);
    }
    assert_eq!(revisions(&simulation), [1, 2], "one still is");
    let last = pod_on(&simulation, "n3");
    delete(&mut simulation, &last);
    assert_eq!(revisions(&simulation), [2]);
}

#[test]
fn a_failed_daemon_pod_is_replaced_at_once_and_after_a_pause_when_it_fails_again_and_again() {
    let mut simulation = settled("");
    let mut pauses = vec![];
    for _ in 0..3 {
        let pod = pod_on(&simulation, "n1").reference();
        let end = Command::EndPod { pod: pod.clone(), succeeded: false, reason: Some("Evicted".into()) };
        simulation.command(end).unwrap();
        let ended = simulation.now().0;
        simulation.settle();
        let replaced = simulation.steps().iter().rev().find_map(|step| match &step.reason {
            Reason::DaemonSet(reason) => match &reason.act {
                DaemonSetAct::Manage { deleted, .. } if deleted.iter().any(|it| it.pod == pod) => {
                    Some((step.at.0 - ended, deleted[0].fate.clone()))
                }
                _ => None,
            },
            _ => None,
        });
        let (pause, fate) = replaced.unwrap();
        assert_eq!(fate, DaemonPodFate::Ended);
        pauses.push(pause / 1_000);
    }
    assert_eq!(pauses[0], 0, "{pauses:?}");
    assert!(pauses[2] > pauses[0], "{pauses:?}");
}

#[test]
fn an_automatic_toleration_replaces_only_the_same_one_of_the_template() {
    let key = "node.kubernetes.io/not-ready";
    let with = |toleration: &Toleration| {
        let template = PodSpec { tolerations: vec![toleration.clone()], ..PodSpec::default() };
        tolerations_of(&template)
    };
    let five_minutes = Toleration { toleration_seconds: Some(300), ..Toleration::exists(key, TaintEffect::NoExecute) };
    assert!(!with(&five_minutes).contains(&five_minutes), "it would end the pod after five minutes");
    let of_another_effect = Toleration::exists(key, TaintEffect::NoSchedule);
    assert!(with(&of_another_effect).contains(&of_another_effect));
    let of_a_value = Toleration { operator: "Equal".into(), ..five_minutes };
    assert!(with(&of_a_value).contains(&of_a_value));
}
