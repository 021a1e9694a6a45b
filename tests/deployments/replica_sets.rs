//! Who owns which pods, and which of them go first.

use super::cluster::*;
use serde_json::json;
use setwise::api::{Kind, ObjectRef};
use setwise::engine::{Command, Simulation};
use setwise::reason::{DeletionRank, Propagation, Reason, ReplicaSetAct};

#[test]
fn a_deleted_pod_is_replaced_at_once_and_a_failed_one_is_left_as_it_is() {
    let mut simulation = started(deployment(2, "app:1", ""));
    let first = pod_ref(&pods(&simulation)[0]);
    let delete = |object| Command::Delete { object, propagation: Propagation::Background, grace_seconds: None };
    simulation.command(delete(first.clone())).unwrap();
    simulation.advance(100);
    assert!(simulation.cluster().pods.get(&first.key).unwrap().is_terminating());
    assert_eq!(pods(&simulation).len(), 3);
    simulation.settle();
    assert_eq!(pods(&simulation).len(), 2);

    let failing = pod_ref(&pods(&simulation)[0]);
    simulation.command(Command::EndPod { pod: failing.clone(), succeeded: false, reason: None }).unwrap();
    simulation.settle();
    assert_eq!(pods(&simulation).len(), 3);
    assert_eq!(pods(&simulation).iter().filter(|pod| pod.is_ready()).count(), 2);
    assert!(simulation.cluster().pods.contains(&failing.key));
    assert_eq!(of(&simulation).status.replicas, 2);
}

#[test]
fn a_set_of_a_deployment_that_is_scaled_by_hand_is_brought_back() {
    let mut simulation = started(deployment(3, "app:1", ""));
    let set = ObjectRef::new(Kind::ReplicaSet, "default", &sets(&simulation)[0].metadata.name);
    for size in [5, 1] {
        scale(&mut simulation, set.clone(), size);
        simulation.settle();
        assert_eq!(sizes(&simulation), [("app:1".into(), 3)]);
    }
}

#[test]
fn orphaned_sets_and_pods_are_adopted_by_a_deployment_of_the_same_selector() {
    let mut simulation = started(deployment(3, "app:1", ""));
    let before: Vec<_> = pods(&simulation).iter().map(|pod| pod.metadata.uid).collect();
    let orphan = Command::Delete { object: app(), propagation: Propagation::Orphan, grace_seconds: None };
    simulation.command(orphan).unwrap();
    simulation.settle();
    assert!(simulation.cluster().deployments.is_empty());
    assert_eq!(sets(&simulation)[0].metadata.owner_references, []);
    simulation.command(Command::Apply(vec![deployment(3, "app:1", "")])).unwrap();
    simulation.settle();
    assert_eq!(sizes(&simulation), [("app:1".into(), 3)]);
    assert_eq!(sets(&simulation)[0].metadata.controller().unwrap().uid, of(&simulation).metadata.uid);
    assert_eq!(pods(&simulation).iter().map(|pod| pod.metadata.uid).collect::<Vec<_>>(), before);
    assert_eq!(condition(&simulation, "Progressing"), pair("True", "NewReplicaSetAvailable"));
}

#[test]
fn foreground_deletion_goes_from_the_pods_up() {
    let mut simulation = started(deployment(2, "app:1", ""));
    let before = simulation.steps().len();
    let delete = Command::Delete { object: app(), propagation: Propagation::Foreground, grace_seconds: None };
    simulation.command(delete).unwrap();
    simulation.settle();
    let gone: Vec<Kind> = (simulation.steps()[before..].iter().flat_map(|step| &step.changes))
        .filter(|change| change.after.is_none())
        .map(|change| change.object().unwrap().kind())
        .collect();
    assert_eq!(gone, [Kind::Pod, Kind::Pod, Kind::ReplicaSet, Kind::Deployment]);
}

#[test]
fn background_deletion_takes_everything_in_the_end() {
    let mut simulation = started(deployment(2, "app:1", ""));
    let delete = Command::Delete { object: app(), propagation: Propagation::Background, grace_seconds: None };
    simulation.command(delete).unwrap();
    simulation.settle();
    assert_eq!((sets(&simulation).len(), pods(&simulation).len()), (0, 0));
}

#[test]
fn a_bare_set_adopts_what_matches_and_lets_go_what_no_longer_does() {
    let mut simulation = cluster();
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: lone, labels: {app: app}}\nspec: {containers: [{name: c, image: \"app:0\"}]}";
    simulation.command(Command::Apply(vec![object(pod)])).unwrap();
    simulation.settle();
    simulation.command(Command::Apply(vec![workload("ReplicaSet", 2, "app:1", "")])).unwrap();
    simulation.settle();
    assert_eq!(pods(&simulation).len(), 2);
    let lone = ObjectRef::new(Kind::Pod, "default", "lone");
    let owner = |simulation: &Simulation| {
        simulation.cluster().pods.get(&lone.key).unwrap().metadata.controller().map(|owner| owner.name.clone())
    };
    assert_eq!(owner(&simulation).as_deref(), Some("app"));
    patch(&mut simulation, lone.clone(), json!({"metadata": {"labels": {"app": "other"}}})).unwrap();
    simulation.settle();
    assert_eq!(owner(&simulation), None);
    assert_eq!(pods(&simulation).len(), 3);
    let set = ObjectRef::new(Kind::ReplicaSet, "default", "app");
    set_image_of(&mut simulation, set, "app:2");
    simulation.settle();
    let of_image = |image: &str| {
        pods(&simulation).iter().filter(|pod| pod.spec.containers[0].image.as_deref() == Some(image)).count()
    };
    assert_eq!((of_image("app:1"), of_image("app:2")), (2, 0), "a ReplicaSet updates no pod");
}

/// The pods that the last scaling down deleted, with what decided.
fn last_deleted(simulation: &Simulation) -> Vec<(String, DeletionRank)> {
    let mut deletions = simulation.steps().iter().rev().filter_map(|step| match &step.reason {
        Reason::ReplicaSet(reason) => match &reason.act {
            ReplicaSetAct::Delete { deleted, .. } => Some(deleted),
            _ => None,
        },
        _ => None,
    });
    let deleted = deletions.next().unwrap();
    deleted.iter().map(|deletion| (deletion.pod.name().to_owned(), deletion.rank.clone())).collect()
}

#[test]
fn pods_that_are_not_ready_go_before_cheap_ones_and_cheap_ones_before_others() {
    let mut simulation = started(deployment(4, "app:1", ""));
    let all = pods(&simulation);
    let (unready, cheap) = (pod_ref(&all[3]), pod_ref(&all[2]));
    simulation.command(Command::HoldReadiness { pod: unready.clone(), ready: false }).unwrap();
    let cost = json!({"metadata": {"annotations": {"controller.kubernetes.io/pod-deletion-cost": "-1"}}});
    patch(&mut simulation, cheap.clone(), cost).unwrap();
    simulation.settle();
    scale(&mut simulation, app(), 2);
    simulation.settle();
    assert_eq!(
        last_deleted(&simulation),
        [
            (unready.name().into(), DeletionRank::NotReady),
            (cheap.name().into(), DeletionRank::Cost { cost: -1, other: 0 }),
        ]
    );
}

#[test]
fn equal_pods_go_from_the_node_with_most_of_them() {
    let mut simulation = started(deployment(4, "app:1", ""));
    let nodes = |simulation: &Simulation| {
        let mut count = std::collections::BTreeMap::<String, usize>::new();
        pods(simulation).iter().for_each(|pod| *count.entry(pod.node().unwrap().into()).or_default() += 1);
        count
    };
    let crowded = nodes(&simulation).into_iter().max_by_key(|(_, pods)| *pods).unwrap();
    assert_eq!(crowded.1, 2, "three nodes for four pods");
    scale(&mut simulation, app(), 3);
    simulation.settle();
    let rank = DeletionRank::Crowded { node: crowded.0, pods: 2, other: 1 };
    assert!(matches!(&last_deleted(&simulation)[..], [(_, found)] if *found == rank));
    assert_eq!(nodes(&simulation).len(), 3);
}

#[test]
fn a_name_that_another_set_has_is_avoided() {
    let mut simulation = started(deployment(1, "app:1", ""));
    let name = sets(&simulation)[0].metadata.name.clone();
    simulation
        .command(Command::Delete { object: app(), propagation: Propagation::Background, grace_seconds: None })
        .unwrap();
    simulation.settle();
    let other = serde_json::to_string(&workload("ReplicaSet", 0, "other:1", "").to_json()).unwrap();
    let other =
        other.replace("\"name\":\"app\"", &format!("\"name\":\"{name}\"")).replace("\"app\":\"app\"", "\"app\":\"x\"");
    simulation.command(Command::Apply(vec![object(&other), deployment(1, "app:1", "")])).unwrap();
    simulation.settle();
    let own: Vec<_> = sets(&simulation).iter().filter(|set| set.metadata.name != name).cloned().collect();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].status.available_replicas, 1);
    assert_eq!(of(&simulation).status.collision_count, Some(1));
}

#[test]
fn pods_that_admission_refuses_show_as_a_failure_of_the_deployment() {
    let class = deployment(2, "app:1", "").to_json();
    let mut text = serde_json::to_string(&class).unwrap();
    text = text.replace("\"containers\"", "\"priorityClassName\":\"high\",\"containers\"");
    let mut simulation = started(object(&text));
    assert_eq!(condition(&simulation, "ReplicaFailure"), pair("True", "FailedCreate"));
    assert_eq!(pods(&simulation).len(), 0);
    let high = "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: high}\nvalue: 1000";
    simulation.command(Command::Apply(vec![object(high)])).unwrap();
    simulation.settle();
    assert_eq!(condition(&simulation, "ReplicaFailure"), pair("", ""));
    assert_eq!(of(&simulation).status.available_replicas, 2);
}
