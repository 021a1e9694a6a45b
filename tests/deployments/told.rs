//! What the Deployment controller says of each of its steps, and by what a ReplicaSet chooses the pods that go.

use super::cluster::*;
use serde_json::json;
use setwise::api::OwnerReference;
use setwise::engine::{Command, Simulation};
use setwise::reason::{DeletionRank, DeploymentAct, ProcessChange, Reason, ReplicaSetAct};

/// What is told from a step on, in short; the same thing twice in a row once.
fn told(simulation: &Simulation, from: usize) -> Vec<String> {
    let resizes = |resized: &[setwise::reason::Resize]| {
        resized.iter().map(|it| format!(" {} to {}", it.from, it.to)).collect::<Vec<_>>().join(",")
    };
    let acts = simulation.steps()[from..].iter().filter_map(|step| match &step.reason {
        Reason::Deployment(reason) => Some(match &reason.act {
            DeploymentAct::RollOut { created, resized, recreate, .. } => {
                let created = created.as_ref().map_or(String::new(), |(_, size)| format!(" creates {size}"));
                format!("{}{created}{}", if *recreate { "recreate" } else { "roll out" }, resizes(resized))
            }
            DeploymentAct::Scale { resized, paused, .. } => {
                format!("scale{}{}", resizes(resized), if *paused { ", paused" } else { "" })
            }
            DeploymentAct::CleanUp { deleted, limit } => format!("clean up {} beyond {limit}", deleted.len()),
            DeploymentAct::DeadlineExceeded { deadline, .. } => format!("deadline of {deadline} s exceeded"),
            DeploymentAct::WaitForAvailable { available, wanted, old, exceeded, .. } => {
                let late = if exceeded.is_some() { ", late" } else { "" };
                format!("wait, {available} of {wanted} available, {old} old{late}")
            }
            DeploymentAct::WaitForOldPods { pods, .. } => format!("wait for {pods} old pods"),
            DeploymentAct::Paused { pending } => format!("paused, {}", if *pending { "pending" } else { "done" }),
            DeploymentAct::Collision { .. } => "collision".into(),
            DeploymentAct::Settled { replicas, .. } => format!("settled with {replicas}"),
            _ => return None,
        }),
        _ => None,
    });
    let mut told: Vec<String> = acts.collect();
    told.dedup();
    told
}

#[test]
fn a_rolling_update_tells_each_change_of_a_size_and_what_it_waits_for() {
    let mut simulation = started(deployment(2, "app:1", ""));
    assert_eq!(told(&simulation, 0), ["roll out creates 2", "wait, 0 of 2 available, 0 old", "settled with 2"]);
    let before = simulation.steps().len();
    set_image(&mut simulation, "app:2");
    simulation.settle();
    let told = told(&simulation, before);
    assert!(told.contains(&"wait, 0 of 1 available, 2 old".to_string()), "{told:?}");
    let changes: Vec<&String> = told.iter().filter(|it| !it.starts_with("wait")).collect();
    let expected = ["roll out creates 1", "roll out 2 to 1", "roll out 1 to 2", "roll out 1 to 0", "settled with 2"];
    assert_eq!(changes, expected);
}

#[test]
fn scaling_and_pausing_are_told_as_what_they_are() {
    let mut simulation = started(deployment(2, "app:1", ""));
    let before = simulation.steps().len();
    scale(&mut simulation, app(), 3);
    simulation.settle();
    assert_eq!(told(&simulation, before), ["scale 2 to 3", "wait, 2 of 3 available, 0 old", "settled with 3"]);
    let before = simulation.steps().len();
    simulation.command(Command::RolloutPause(app())).unwrap();
    simulation.settle();
    set_image(&mut simulation, "app:2");
    simulation.settle();
    assert_eq!(told(&simulation, before), ["paused, done", "paused, pending"]);
    let before = simulation.steps().len();
    scale(&mut simulation, app(), 4);
    simulation.settle();
    assert_eq!(told(&simulation, before).first().map(String::as_str), Some("scale 3 to 4, paused"));
}

#[test]
fn a_stuck_rollout_tells_its_deadline_once_and_waits_on() {
    let mut simulation = started(deployment(2, "app:1", "  progressDeadlineSeconds: 30"));
    simulation.command(Command::BreakImage("broken:1".into())).unwrap();
    let before = simulation.steps().len();
    set_image(&mut simulation, "broken:1");
    simulation.settle();
    let told = told(&simulation, before);
    assert_eq!(told.iter().filter(|it| *it == "deadline of 30 s exceeded").count(), 1, "{told:?}");
}

#[test]
fn old_sets_beyond_the_limit_are_told_when_they_go() {
    let mut simulation = started(deployment(1, "app:1", "  revisionHistoryLimit: 0"));
    let before = simulation.steps().len();
    set_image(&mut simulation, "app:2");
    simulation.settle();
    let told = told(&simulation, before);
    assert!(told.contains(&"clean up 1 beyond 0".to_string()), "{told:?}");
}

#[test]
fn a_new_set_belongs_to_its_deployment_from_the_moment_it_is_there() {
    let simulation = started(deployment(1, "app:1", ""));
    let adoptions = simulation.steps().iter().filter(|step| {
        matches!(&step.reason, Reason::Deployment(reason) if !reason.adopted.is_empty() || !reason.released.is_empty())
    });
    assert_eq!(adoptions.count(), 0);
    let owners: Vec<OwnerReference> = sets(&simulation)[0].metadata.owner_references.clone();
    assert_eq!(owners.len(), 1);
    assert_eq!(owners[0].controller, Some(true));
}

/// What decided which pod went when a set of two was scaled to one.
fn decided(simulation: &mut Simulation) -> (String, DeletionRank) {
    scale(simulation, app(), 1);
    simulation.settle();
    let last = simulation.steps().iter().rev().find_map(|step| match &step.reason {
        Reason::ReplicaSet(reason) => match &reason.act {
            ReplicaSetAct::Delete { deleted, .. } => Some((deleted[0].pod.name().to_owned(), deleted[0].rank.clone())),
            _ => None,
        },
        _ => None,
    });
    last.unwrap()
}

#[test]
fn of_pods_that_are_equally_long_ready_the_one_that_restarted_more_often_goes() {
    let mut simulation = started(deployment(2, "app:1", ""));
    let all = pods(&simulation);
    for pod in &all {
        let change = ProcessChange::Crash;
        simulation.command(Command::Process { pod: pod_ref(pod), container: None, change }).unwrap();
    }
    simulation.settle();
    let restarted = pod_ref(&all[0]);
    simulation
        .command(Command::Process { pod: restarted.clone(), container: None, change: ProcessChange::Crash })
        .unwrap();
    simulation.settle();
    // An hour later both count as equally long Ready: ages are compared by their logarithm.
    simulation.advance(36_000_000);
    assert_eq!(decided(&mut simulation), (restarted.name().into(), DeletionRank::Restarts { restarts: 2, other: 1 }));
}

#[test]
fn of_pods_on_nodes_with_as_many_of_them_the_one_that_became_ready_much_later_goes() {
    let mut simulation = started(deployment(1, "app:1", ""));
    let first = pods(&simulation)[0].metadata.name.clone();
    simulation.advance(600_000);
    scale(&mut simulation, app(), 2);
    simulation.settle();
    let (gone, rank) = decided(&mut simulation);
    assert_ne!(gone, first);
    assert_eq!(rank, DeletionRank::ReadyLater);
}

#[test]
fn a_set_that_is_being_deleted_is_neither_adopted_nor_released() {
    let finalizer = json!({"metadata": {"finalizers": ["example.com/hold"]}});
    let mut simulation = started(workload("ReplicaSet", 1, "app:1", ""));
    let set = sets(&simulation)[0].clone();
    let reference = setwise::api::ObjectRef::new(setwise::api::Kind::ReplicaSet, "default", &set.metadata.name);
    patch(&mut simulation, reference.clone(), finalizer).unwrap();
    let propagation = setwise::reason::Propagation::Orphan;
    simulation.command(Command::Delete { object: reference, propagation, grace_seconds: None }).unwrap();
    simulation.command(Command::Apply(vec![deployment(1, "app:1", "")])).unwrap();
    simulation.settle();
    let held = sets(&simulation).into_iter().find(|it| it.metadata.name == set.metadata.name).unwrap();
    assert!(held.metadata.is_terminating());
    assert_eq!(held.metadata.owner_references, []);
}
