//! Preemption: who may, who is evicted, and which node is chosen.

use super::{Lab, NOT_HELPFUL, node, requests};
use setwise::api::{Kind, Object, ObjectRef};
use setwise::engine::Command;
use setwise::reason::{Criterion, SchedulerReason};

const CLASSES: &str = "
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: low}, value: 10}
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: mid}, value: 100}
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: polite}, value: 1000, preemptionPolicy: Never}
";

fn lab(nodes: usize) -> Lab {
    let mut lab = Lab::of(nodes);
    lab.apply(CLASSES);
    lab
}

/// A pod of a class on a node, or on any.
fn spec(class: &str, node: &str, cpu: &str) -> String {
    let node =
        if node.is_empty() { String::new() } else { format!("nodeSelector: {{kubernetes.io/hostname: {node}}}, ") };
    let class = if class.is_empty() { String::new() } else { format!("priorityClassName: {class}, ") };
    format!("{class}{node}{}", requests(&format!("cpu: {cpu}")))
}

/// The node, the victims and what decided.
fn preempted(lab: &Lab, name: &str) -> (String, Vec<String>, Criterion) {
    let found = lab.reasons(name).into_iter().find_map(|reason| match reason {
        SchedulerReason::Preempts { node, victims, decided_by, .. } => {
            Some((node, victims.iter().map(|victim| victim.pod.name().to_owned()).collect(), decided_by))
        }
        _ => None,
    });
    found.expect("a preemption")
}

#[test]
fn a_pod_of_lower_priority_makes_room_and_the_other_takes_its_place() {
    let mut lab = lab(1);
    lab.pod("weak", "app=w", &spec("low", "", "3"));
    lab.try_apply(&super::pod("strong", "app=s", &spec("high", "", "3"))).unwrap();
    lab.simulation.advance(100);
    let strong = lab.get("strong");
    assert_eq!(strong.status.nominated_node_name.as_deref(), Some("n1"));
    assert_eq!(lab.message("strong"), "0/1 nodes are available: 1 Insufficient cpu.");
    let weak = lab.get("weak");
    let told = weak.condition("DisruptionTarget").expect("told why");
    assert_eq!((told.status.as_str(), told.reason.as_deref()), ("True", Some("PreemptionByScheduler")));
    assert_eq!(told.message.as_deref(), Some("default-scheduler: preempting to accommodate a higher priority pod"));
    assert!(weak.is_terminating() && weak.metadata.deletion_grace_period_seconds == Some(30));
    lab.simulation.settle();
    assert_eq!((lab.node("strong").as_deref(), lab.is_there("weak")), (Some("n1"), false));
    assert_eq!(lab.get("strong").status.nominated_node_name, None);
    assert_eq!(preempted(&lab, "strong"), ("n1".into(), vec!["weak".into()], Criterion::OnlyOne));
}

#[test]
fn a_polite_pod_and_one_of_no_higher_priority_evict_nobody() {
    let mut lab = lab(1);
    lab.pod("first", "app=w", &spec("low", "", "3"));
    lab.pod("polite", "app=w", &spec("polite", "", "3"));
    lab.pod("equal", "app=w", &spec("low", "", "3"));
    assert_eq!(
        lab.message("polite"),
        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to \
         preemptionPolicy=Never."
    );
    assert_eq!(
        lab.message("equal"),
        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No \
         preemption victims found for incoming pod."
    );
    assert!(lab.is_there("first"));
}

#[test]
fn the_text_counts_nodes_on_which_evictions_do_not_do_by_what_still_refuses_the_pod() {
    let mut lab = Lab::new(vec![node("n1", "4", &[]), node("n2", "4", &[]), node("n3", "1", &[])]);
    lab.apply(CLASSES);
    lab.pod("keeper", "app=w", &spec("high", "n1", "2"));
    lab.pod("weak", "app=w", &spec("low", "n1", "1"));
    lab.pod("peer", "app=w", &spec("high", "n2", "2"));
    lab.pod("strong", "app=s", &spec("high", "", "3"));
    assert_eq!(
        lab.message("strong"),
        format!(
            "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 1 \
             Insufficient cpu, 1 No preemption victims found for incoming pod, 1 {NOT_HELPFUL}."
        )
    );
}

#[test]
fn as_few_as_possible_go_and_the_most_important_stay() {
    let mut lab = lab(1);
    for (name, class, cpu) in [("a", "low", "1"), ("b", "mid", "1"), ("c", "low", "2")] {
        lab.pod(name, "app=w", &spec(class, "", cpu));
    }
    lab.pod("strong", "app=s", &spec("high", "", "2"));
    assert_eq!(preempted(&lab, "strong"), ("n1".into(), vec!["c".into()], Criterion::OnlyOne));
    assert!(lab.is_there("a") && lab.is_there("b"));
}

#[test]
fn the_node_whose_most_important_victim_matters_least_is_chosen() {
    let mut lab = lab(2);
    lab.pod("a", "app=w", &spec("mid", "n1", "3"));
    lab.pod("b", "app=w", &spec("low", "n2", "2"));
    lab.pod("c", "app=w", &spec("low", "n2", "2"));
    lab.pod("strong", "app=s", &spec("high", "", "4"));
    assert_eq!(preempted(&lab, "strong"), ("n2".into(), vec!["b".into(), "c".into()], Criterion::HighestPriority));
}

#[test]
fn then_the_smallest_sum_of_priorities_then_the_latest_start() {
    let mut lab = lab(3);
    lab.pod("a1", "app=w", &spec("low", "n1", "2"));
    lab.pod("a2", "app=w", &spec("low", "n1", "2"));
    lab.pod("b", "app=w", &spec("low", "n2", "4"));
    lab.simulation.advance(5_000);
    lab.pod("c", "app=w", &spec("low", "n3", "4"));
    lab.pod("strong", "app=s", &spec("high", "", "4"));
    assert_eq!(preempted(&lab, "strong"), ("n3".into(), vec!["c".into()], Criterion::StartTime));

    let mut lab = self::lab(2);
    lab.pod("a1", "app=w", &spec("mid", "n1", "2"));
    lab.pod("a2", "app=w", &spec("low", "n1", "2"));
    lab.pod("b1", "app=w", &spec("mid", "n2", "2"));
    lab.pod("b2", "app=w", &spec("", "n2", "2"));
    lab.pod("strong", "app=s", &spec("high", "", "4"));
    let (node, _, decided_by) = preempted(&lab, "strong");
    assert_eq!((node.as_str(), decided_by), ("n2", Criterion::PrioritySum));
}

#[test]
fn nodes_that_nothing_tells_apart_are_settled_by_name() {
    let mut lab = lab(2);
    for name in ["b", "a"] {
        let node = if name == "a" { "n1" } else { "n2" };
        lab.try_apply(&super::pod(name, "app=w", &spec("low", node, "3"))).unwrap();
    }
    lab.simulation.settle();
    lab.pod("strong", "app=s", &spec("high", "", "3"));
    assert_eq!(preempted(&lab, "strong"), ("n1".into(), vec!["a".into()], Criterion::Name));
}

/// A budget of one pod that allows so many disruptions.
fn budget(lab: &mut Lab, name: &str, app: &str, allowed: i32) {
    let least = 1 - allowed;
    lab.apply(&format!(
        "{{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {{name: {name}}}, spec: {{minAvailable: {least}, \
         selector: {{matchLabels: {{app: {app}}}}}}}}}"
    ));
    lab.simulation.settle();
    let object = ObjectRef::new(Kind::PodDisruptionBudget, "default", name);
    let Some(Object::PodDisruptionBudget(budget)) = lab.simulation.cluster().get(&object) else { panic!() };
    assert_eq!(budget.status.disruptions_allowed, allowed);
}

#[test]
fn a_node_where_no_budget_is_violated_comes_before_one_of_lower_priorities() {
    let mut lab = lab(2);
    lab.pod("kept", "app=kept", &spec("low", "n1", "3"));
    lab.pod("free", "app=free", &spec("mid", "n2", "3"));
    budget(&mut lab, "pdb", "kept", 0);
    lab.pod("strong", "app=s", &spec("high", "", "3"));
    assert_eq!(preempted(&lab, "strong"), ("n2".into(), vec!["free".into()], Criterion::Budgets));
}

#[test]
fn pods_that_a_budget_keeps_are_spared_first() {
    let mut lab = lab(1);
    lab.pod("kept", "app=kept", &spec("low", "", "2"));
    lab.pod("other", "app=other", &spec("mid", "", "2"));
    budget(&mut lab, "pdb", "kept", 0);
    lab.pod("strong", "app=s", &spec("high", "", "2"));
    // Without the budget the pod of the lower priority would go.
    assert_eq!(preempted(&lab, "strong").1, ["other"]);
    let mut lab = self::lab(1);
    lab.pod("kept", "app=kept", &spec("low", "", "2"));
    lab.pod("other", "app=other", &spec("mid", "", "2"));
    budget(&mut lab, "pdb", "kept", 1);
    lab.pod("strong", "app=s", &spec("high", "", "2"));
    assert_eq!(preempted(&lab, "strong").1, ["kept"]);
}

#[test]
fn nobody_of_the_same_or_a_lower_priority_takes_room_that_was_made_for_another() {
    let mut lab = lab(1);
    lab.pod("weak", "app=w", &spec("low", "", "3"));
    lab.try_apply(&super::pod("strong", "app=s", &spec("high", "", "4"))).unwrap();
    lab.simulation.advance(100);
    // One CPU is free now, but it is promised.
    lab.try_apply(&super::pod("sneaky", "app=s", &spec("mid", "", "1"))).unwrap();
    lab.simulation.advance(100);
    assert_eq!(lab.node("sneaky"), None);
    lab.simulation.settle();
    assert_eq!((lab.node("strong").as_deref(), lab.node("sneaky")), (Some("n1"), None));
}

#[test]
fn evictions_help_against_anti_affinity_ports_and_spreading_too() {
    let repelled = |name: &str, spec: &str| {
        let mut lab = lab(1);
        lab.pod("weak", "app=w", &format!("priorityClassName: low, {spec}"));
        lab.pod(name, "app=w", &format!("priorityClassName: high, {spec}"));
        (lab.node(name), lab.is_there("weak"))
    };
    let anti = "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: \
                kubernetes.io/hostname, labelSelector: {matchLabels: {app: w}}}]}}";
    let port = "containers: [{name: c, image: 'p:1', ports: [{containerPort: 80, hostPort: 80}]}]";
    let spread = "topologySpreadConstraints: [{maxSkew: 1, minDomains: 2, topologyKey: kubernetes.io/hostname, \
                  whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: w}}}]";
    for spec in [anti, port, spread] {
        assert_eq!(repelled("strong", spec), (Some("n1".into()), false), "{spec}");
    }
}

#[test]
fn a_nominated_pod_goes_elsewhere_if_another_node_is_free_earlier() {
    let mut lab = lab(1);
    lab.pod("weak", "app=w", &spec("low", "", "3"));
    lab.try_apply(&super::pod("strong", "app=s", &spec("high", "", "3"))).unwrap();
    lab.simulation.advance(100);
    assert_eq!(lab.get("strong").status.nominated_node_name.as_deref(), Some("n1"));
    lab.simulation.command(Command::AddNode(Box::new(node("n2", "4", &[])))).unwrap();
    lab.simulation.advance(100);
    assert_eq!(lab.node("strong").as_deref(), Some("n2"));
}

#[test]
fn while_victims_stop_nobody_else_is_evicted_for_the_same_pod() {
    let mut lab = lab(2);
    lab.pod("a", "app=w", &spec("low", "n1", "3"));
    lab.simulation.advance(3_000);
    lab.pod("b", "app=w", &spec("low", "n2", "3"));
    lab.try_apply(&super::pod("strong", "app=s", &spec("high", "", "3"))).unwrap();
    lab.simulation.advance(100);
    let labels = [("x".to_owned(), Some("y".to_owned()))].into();
    lab.simulation.command(Command::LabelNode { node: "n1".into(), labels }).unwrap();
    lab.simulation.advance(100);
    assert!(
        lab.message("strong").ends_with("preemption: not eligible due to a terminating pod on the nominated node.")
    );
    assert!(!lab.get("a").is_terminating() && lab.get("b").is_terminating());
    lab.simulation.settle();
    assert_eq!(lab.node("strong").as_deref(), Some("n2"));
}
