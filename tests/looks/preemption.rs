//! Looks of the scheduler at pods that others stand in the way of.

use super::{Scene, going, node, object, running, with, written};
use serde_json::{Value, json};
use setwise::actor::{Pass, Write};
use setwise::api::{Kind, Object};
use setwise::reason::{Criterion, OnlyNode, Reason, SchedulerReason};
use setwise::scheduler::schedule;

fn requests(cpu: u32) -> Value {
    json!({ "spec": { "containers": [{ "name": "c", "resources": { "requests": { "cpu": cpu.to_string() } } }] } })
}

/// A pod of a priority that asks for CPUs, on a node or on none.
fn pod(name: &str, priority: i32, cpu: u32, node: Option<&str>, rest: &Value) -> Object {
    let number = 100 + name.bytes().fold(0_u64, |sum, byte| sum * 31 + u64::from(byte));
    let base = json!({ "metadata": { "labels": { "app": name } }, "spec": { "priority": priority } });
    let base = node.map_or(base.clone(), |node| with(base, &running(node, 10)));
    object(Kind::Pod, name, number, with(with(base, &requests(cpu)), rest))
}

fn new(rest: &Value) -> Object {
    pod("new", 100, 3, None, rest)
}

fn look(objects: Vec<Object>) -> Pass {
    Scene::of(objects).look(schedule, "new")
}

fn said(pass: &Pass) -> SchedulerReason {
    match &pass.reason {
        Some(Reason::Scheduler(reason)) => reason.clone(),
        other => panic!("{other:?}"),
    }
}

fn message(pass: &Pass) -> String {
    match said(pass) {
        SchedulerReason::Unschedulable { message, .. } => message,
        other => panic!("{other:?}"),
    }
}

/// The node and the victims.
fn preempts(pass: &Pass) -> Option<(String, Vec<String>)> {
    match said(pass) {
        SchedulerReason::Preempts { node, victims, .. } => {
            Some((node, victims.iter().map(|victim| victim.pod.name().to_owned()).collect()))
        }
        _ => None,
    }
}

fn nominated(node: &str) -> Value {
    json!({ "status": { "nominatedNodeName": node } })
}

fn told(status: &str, reason: &str) -> Value {
    json!({ "status": { "conditions": [{ "type": "DisruptionTarget", "status": status, "reason": reason }] } })
}

#[test]
fn a_pod_that_is_placed_going_or_over_is_not_looked_at() {
    let nodes = || node("n1", json!({}));
    let placed = pod("new", 100, 1, Some("n1"), &json!({}));
    let over = new(&json!({ "status": { "phase": "Failed" } }));
    for pod in [placed, new(&going()), over] {
        assert_eq!(look(vec![nodes(), pod]), Pass::nothing());
    }
    let foreign = new(&json!({ "spec": { "schedulerName": "mine" } }));
    assert_eq!(look(vec![nodes(), foreign]), Pass::nothing());
    assert!(matches!(said(&look(vec![nodes(), new(&json!({}))])), SchedulerReason::Bound { .. }));
}

#[test]
fn a_pod_goes_to_the_node_that_was_emptied_for_it_though_others_are_free() {
    let pass = look(vec![node("a", json!({})), node("n1", json!({})), new(&nominated("n1"))]);
    let SchedulerReason::Bound { node: chosen, only, .. } = said(&pass) else { panic!("{pass:?}") };
    assert_eq!((chosen.as_str(), only), ("n1", Some(OnlyNode::Nominated)));
    let full = pod("other", 100, 3, Some("n1"), &json!({}));
    let pass = look(vec![node("a", json!({})), node("n1", json!({})), full, new(&nominated("n1"))]);
    assert!(matches!(said(&pass), SchedulerReason::Bound { node, only: None, .. } if node == "a"));
}

#[test]
fn while_the_victims_of_a_pod_stop_it_evicts_nobody_else() {
    let with_weak = |priority: i32, rest: &Value| {
        look(vec![node("n1", json!({})), pod("weak", priority, 3, Some("n1"), rest), new(&nominated("n1"))])
    };
    let stopping = with(going(), &told("True", "PreemptionByScheduler"));
    let waits = "preemption: not eligible due to a terminating pod on the nominated node.";
    assert!(message(&with_weak(1, &stopping)).ends_with(waits));
    let other_cause = with(going(), &told("True", "DeletionByTaintManager"));
    let not_true = with(going(), &told("False", "PreemptionByScheduler"));
    for rest in [going(), other_cause, not_true, told("True", "PreemptionByScheduler")] {
        assert_eq!(preempts(&with_weak(1, &rest)), Some(("n1".into(), vec!["weak".into()])));
    }
    assert!(!message(&with_weak(100, &stopping)).contains(waits), "it is no victim of this pod");
    let tainted = node("n1", json!({ "spec": { "taints": [{ "key": "k", "effect": "NoSchedule" }] } }));
    let weak = |name: &str, node: &str, rest: &Value| pod(name, 1, 3, Some(node), rest);
    let objects = vec![
        tainted,
        node("n2", json!({})),
        weak("weak", "n1", &stopping),
        weak("idle", "n2", &json!({})),
        new(&nominated("n1")),
    ];
    assert_eq!(preempts(&look(objects)), Some(("n2".into(), vec!["idle".into()])), "the nominated node is hopeless");
}

#[test]
fn a_victim_that_is_going_already_is_not_told_again() {
    let weak = |rest: &Value| look(vec![node("n1", json!({})), pod("weak", 1, 3, Some("n1"), rest), new(&json!({}))]);
    assert_eq!(written(&weak(&json!({}))), ["~Pod new", "~Pod weak", "-Pod weak"]);
    assert_eq!(written(&weak(&going())), ["~Pod new"]);
}

#[test]
fn pods_of_lower_priority_lose_their_nomination_for_the_node_and_equal_ones_do_not() {
    let cleared = |priority: i32| {
        let waiting = pod("waiting", priority, 1, None, &nominated("n1"));
        let pass =
            look(vec![node("n1", json!({})), pod("weak", 1, 4, Some("n1"), &json!({})), waiting, new(&json!({}))]);
        let is_cleared = |write: &Write| match write {
            Write::Update(Object::Pod(pod)) => {
                pod.metadata.name == "waiting" && pod.status.nominated_node_name.is_none()
            }
            _ => false,
        };
        assert!(preempts(&pass).is_some(), "{pass:?}");
        pass.writes.iter().any(is_cleared)
    };
    assert!(cleared(99));
    assert!(!cleared(100));
}

fn budget(allowed: i32) -> Object {
    object(
        Kind::PodDisruptionBudget,
        "kept",
        7,
        json!({
            "spec": { "selector": { "matchLabels": { "keep": "yes" } } }, "status": { "disruptionsAllowed": allowed },
        }),
    )
}

fn kept() -> Value {
    json!({ "metadata": { "labels": { "keep": "yes" } } })
}

/// Nodes that a weak pod fills, of which the first so many are under the budget.
fn filled(count: usize, protected: usize) -> Vec<Object> {
    let mut objects = vec![budget(0)];
    for number in 0..count {
        let name = format!("n{number:03}");
        let rest = if number < protected { kept() } else { json!({}) };
        objects.push(node(&name, json!({})));
        objects.push(pod(&format!("w{number:03}"), 1, 3, Some(&name), &rest));
    }
    objects.push(new(&json!({})));
    objects
}

#[test]
fn the_search_ends_after_a_hundred_candidates_of_which_one_violates_no_budget() {
    let of = |count, protected| match said(&look(filled(count, protected))) {
        SchedulerReason::Preempts { node, candidates, violations, .. } => (node, candidates, violations),
        other => panic!("{other:?}"),
    };
    assert_eq!(of(120, 0), ("n000".into(), 100, 0));
    assert_eq!(of(90, 0), ("n000".into(), 90, 0));
    assert_eq!(of(120, 110), ("n110".into(), 111, 0), "it goes on until there is such a one");
    assert_eq!(of(120, 120), ("n000".into(), 120, 1));
    assert_eq!(of(120, 50), ("n050".into(), 100, 0));
}

#[test]
fn a_budget_spares_its_pods_one_for_each_disruption_that_it_does_not_allow() {
    let victims = |allowed: i32, rest: &[Value]| {
        let weak = |(index, rest): (usize, &Value)| pod(&format!("w{index}"), 1, 2, Some("n1"), rest);
        let objects = vec![node("n1", json!({})), budget(allowed), pod("new", 100, 2, None, &json!({}))];
        let pass = look(objects.into_iter().chain(rest.iter().enumerate().map(weak)).collect());
        preempts(&pass).expect("a preemption").1
    };
    // Without a budget the one that is less important goes: of equal ones the last by name.
    assert_eq!(victims(1, &[json!({}), json!({})]), ["w1"]);
    assert_eq!(victims(0, &[json!({}), kept()]), ["w0"]);
    assert_eq!(victims(1, &[json!({}), kept()]), ["w1"]);
    assert_eq!(victims(0, &[kept(), kept()]), ["w1"]);
    let elsewhere = with(kept(), &json!({ "metadata": { "labels": { "keep": "no" } } }));
    assert_eq!(victims(0, &[json!({}), elsewhere]), ["w1"]);
}

#[test]
fn the_node_is_chosen_by_violations_priority_sum_number_and_start_in_turn() {
    let chosen = |left: &[(i32, u64)], right: &[(i32, u64)]| {
        let mut objects = vec![node("n1", json!({})), node("n2", json!({})), pod("new", 100, 4, None, &json!({}))];
        for (node, pods) in [("n1", left), ("n2", right)] {
            for (index, (priority, start)) in pods.iter().enumerate() {
                let started = json!({ "status": { "startTime": super::at(*start) } });
                objects.push(pod(&format!("{node}-{index}"), *priority, 2, Some(node), &started));
            }
        }
        match said(&look(objects)) {
            SchedulerReason::Preempts { node, decided_by, .. } => (node, decided_by),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(chosen(&[(9, 1)], &[(8, 1), (8, 1)]), ("n2".into(), Criterion::HighestPriority));
    assert_eq!(chosen(&[(9, 1), (5, 1)], &[(9, 1), (4, 1)]), ("n2".into(), Criterion::PrioritySum));
    assert_eq!(chosen(&[(9, 1), (-5, 1)], &[(9, 1)]), ("n2".into(), Criterion::PrioritySum), "every pod counts");
    assert_eq!(chosen(&[(9, 1), (9, 5)], &[(9, 3), (9, 4)]), ("n2".into(), Criterion::StartTime));
    assert_eq!(
        chosen(&[(9, 1), (5, 5)], &[(9, 3), (5, 2)]),
        ("n2".into(), Criterion::StartTime),
        "of the most important"
    );
    assert_eq!(chosen(&[(9, 1)], &[(9, 1)]), ("n1".into(), Criterion::Name));
}

#[test]
fn a_service_that_does_not_select_the_pod_does_not_spread_it() {
    let spread = |labels: &Value| {
        let service = object(Kind::Service, "s", 8, json!({ "spec": { "selector": { "app": "x" } } }));
        let there = pod("x", 1, 0, Some("n1"), &json!({}));
        let new = pod("new", 1, 0, None, &json!({ "metadata": { "labels": labels } }));
        let pass = look(vec![node("n1", json!({})), node("n2", json!({})), service, there, new]);
        let SchedulerReason::Bound { scores, .. } = said(&pass) else { panic!("{pass:?}") };
        let of = |name: &str| {
            let score = scores.iter().find(|score| score.node == name).expect("a score");
            score.plugins.iter().find(|(name, _)| *name == "PodTopologySpread").map_or(0, |(_, value)| *value)
        };
        of("n2") - of("n1")
    };
    assert!(spread(&json!({ "app": "x" })) > 0);
    assert_eq!(spread(&json!({ "app": "new" })), 0);
}

#[test]
fn the_resource_of_which_least_is_lacking_is_given_as_the_example() {
    let filled = |name: &str, cpu: u32| pod(&format!("p{name}"), 100, cpu, Some(name), &json!({}));
    let pass = look(vec![
        node("n1", json!({})),
        node("n2", json!({})),
        node("n3", json!({})),
        filled("n1", 4),
        filled("n2", 2),
        filled("n3", 3),
        new(&json!({})),
    ]);
    let SchedulerReason::Unschedulable { refusals, .. } = said(&pass) else { panic!("{pass:?}") };
    let example = refusals[0].example.as_ref().expect("an example");
    assert_eq!((example.node.as_str(), refusals[0].nodes), ("n2", 3));
}
