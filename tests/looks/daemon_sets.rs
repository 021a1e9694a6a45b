//! Looks of the DaemonSet controller.

use super::{Scene, at, going, node, not_ready, object, owned_by, running, with, written};
use serde_json::{Value, json};
use setwise::actor::{Pass, Write};
use setwise::api::{
    DaemonSetRollingUpdate, DaemonSetStatus, IntOrPercent, Kind, Object, PodSpec, PodTemplateSpec, TaintEffect, Time,
    Toleration,
};
use setwise::controllers::daemon_set::{self, Budget, tolerations_of};
use setwise::controllers::history::template_hash;
use setwise::reason::{DaemonPodFate, DaemonSetAct, Reason, Refusal};

fn template() -> Value {
    json!({
        "metadata": { "labels": { "app": "agent" }, "annotations": { "note": "kept" } },
        "spec": { "containers": [{ "name": "c", "image": "c:1" }] },
    })
}

fn set(spec: Value) -> Object {
    let base = json!({ "selector": { "matchLabels": { "app": "agent" } }, "template": template() });
    object(Kind::DaemonSet, "agent", 1, json!({ "spec": with(base, &spec) }))
}

fn hash() -> String {
    let template: PodTemplateSpec = serde_json::from_value(template()).unwrap();
    template_hash(&template)
}

/// A daemon pod with its revision, on a node unless it says otherwise.
fn pod(name: &str, revision: &str, rest: Value) -> Object {
    let labels = json!({ "metadata": { "labels": { "app": "agent", "controller-revision-hash": revision } } });
    let number = 100 + name.bytes().map(u64::from).sum::<u64>();
    object(Kind::Pod, name, number, with(with(owned_by(Kind::DaemonSet, "agent", 1), &labels), &rest))
}

fn new(name: &str, node: &str) -> Object {
    pod(name, &hash(), running(node, 10))
}

fn old(name: &str, node: &str) -> Object {
    pod(name, "before", running(node, 10))
}

fn look(spec: Value, objects: Vec<Object>) -> Pass {
    Scene::of(std::iter::once(set(spec)).chain(objects)).look(daemon_set::sync, "agent")
}

fn nodes<const N: usize>(names: [&str; N]) -> Vec<Object> {
    names.iter().map(|name| node(name, json!({}))).collect()
}

fn on<const N: usize>(names: [&str; N], pods: Vec<Object>) -> Vec<Object> {
    nodes(names).into_iter().chain(pods).collect()
}

/// Deleted pods and why, and nodes that get one.
fn managed(pass: &Pass) -> (Vec<String>, Vec<(String, DaemonPodFate)>) {
    match &pass.reason {
        Some(Reason::DaemonSet(reason)) => match &reason.act {
            DaemonSetAct::Manage { created_on, deleted, .. } => {
                let deleted = deleted.iter().map(|it| (it.pod.name().to_owned(), it.fate.clone())).collect();
                (created_on.clone(), deleted)
            }
            _ => (vec![], vec![]),
        },
        other => panic!("{other:?}"),
    }
}

fn deletions(pass: &Pass) -> Vec<(String, DaemonPodFate)> {
    managed(pass).1
}

fn act(pass: &Pass) -> DaemonSetAct {
    match &pass.reason {
        Some(Reason::DaemonSet(reason)) => reason.act.clone(),
        other => panic!("{other:?}"),
    }
}

fn status(pass: &Pass) -> DaemonSetStatus {
    let of = |write: &Write| match write {
        Write::Update(Object::DaemonSet(set)) => Some(set.status.clone()),
        _ => None,
    };
    pass.writes.iter().find_map(of).expect("a status")
}

#[test]
fn a_new_pod_is_aimed_at_its_node_and_carries_the_template() {
    let pass = look(json!({}), nodes(["n1"]));
    let made = pass.writes.iter().find_map(|write| match write {
        Write::Create(Object::Pod(pod)) => Some(pod),
        _ => None,
    });
    let made = made.expect("a pod");
    assert_eq!((made.metadata.namespace.as_str(), made.metadata.generate_name.as_deref()), ("default", Some("agent-")));
    assert_eq!(made.metadata.annotations["note"], "kept");
    assert_eq!(made.metadata.labels["controller-revision-hash"], hash());
    assert_eq!(made.metadata.controller().map(|owner| owner.name.as_str()), Some("agent"));
    assert_eq!((made.node(), daemon_set::target_node(made)), (None, Some("n1")));
    assert_eq!(managed(&pass).0, ["n1"]);
}

#[test]
fn an_automatic_toleration_takes_the_place_of_the_same_one_and_not_of_one_with_another_key() {
    let with = |key: &str| {
        let own = Toleration { toleration_seconds: Some(5), ..Toleration::exists(key, TaintEffect::NoExecute) };
        let template = PodSpec { tolerations: vec![own.clone()], ..PodSpec::default() };
        tolerations_of(&template).contains(&own)
    };
    assert!(!with("node.kubernetes.io/not-ready"));
    assert!(with("example.com/mine"));
}

#[test]
fn a_budget_of_nothing_lets_one_node_be_unavailable_where_there_are_nodes() {
    let of = |surge: i64, unavailable: i64, desired| {
        let rolling = DaemonSetRollingUpdate {
            max_surge: Some(IntOrPercent::Int(surge)),
            max_unavailable: Some(IntOrPercent::Int(unavailable)),
        };
        let budget = Budget::of(Some(&rolling), desired);
        (budget.max_surge, budget.max_unavailable)
    };
    assert_eq!(of(0, 0, 3), (0, 1));
    assert_eq!(of(0, 0, 1), (0, 1));
    assert_eq!(of(0, 0, 0), (0, 0));
    assert_eq!(of(0, 2, 3), (0, 2));
    assert_eq!(of(1, 0, 3), (1, 0));
}

#[test]
fn pods_that_are_aimed_at_a_node_that_is_gone_are_deleted_and_those_bound_to_it_left_alone() {
    let aimed = |name: &str, rest: &Value| {
        let affinity = json!({ "spec": { "containers": [], "affinity": { "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": { "nodeSelectorTerms": [{
                "matchFields": [{ "key": "metadata.name", "operator": "In", "values": ["gone"] }] }] } } } } });
        pod(name, &hash(), with(affinity, rest))
    };
    let pods = vec![aimed("aimed", &json!({})), aimed("going", &going()), new("bound", "gone"), new("here", "n1")];
    let pass = look(json!({}), on(["n1"], pods));
    assert_eq!(deletions(&pass), [("aimed".into(), DaemonPodFate::NodeGone)]);
}

#[test]
fn a_node_that_refuses_the_pod_loses_it_and_one_that_only_takes_no_new_one_keeps_it() {
    let tainted =
        |name: &str, effect: &str| node(name, json!({ "spec": { "taints": [{ "key": "own", "effect": effect }] } }));
    let objects = vec![tainted("n1", "NoExecute"), tainted("n2", "NoSchedule"), new("a", "n1"), new("b", "n2")];
    let going = pod("c", &hash(), with(running("n1", 10), &going()));
    let pass = look(json!({}), objects.into_iter().chain([going]).collect());
    let [(name, fate)] = &deletions(&pass)[..] else { panic!("{pass:?}") };
    assert_eq!(name, "a");
    assert!(matches!(fate.refusal(), Some(Refusal::Taint(taint)) if taint.key == "own"), "{fate:?}");
    assert_eq!(DaemonPodFate::Excess.refusal(), None);
    assert_eq!(status(&pass).number_misscheduled, 2);
    assert_eq!(status(&pass).desired_number_scheduled, 0);
}

#[test]
fn the_counts_tell_scheduled_ready_available_and_updated_apart() {
    let unready = pod("b", &hash(), with(running("n2", 10), &not_ready()));
    let fresh = pod("c", "before", running("n3", 99));
    let pass =
        look(json!({ "minReadySeconds": 30 }), on(["n1", "n2", "n3", "n4"], vec![new("a", "n1"), unready, fresh]));
    let status = status(&pass);
    assert_eq!((status.desired_number_scheduled, status.current_number_scheduled), (4, 4), "n4 gets its pod now");
    assert_eq!((status.number_ready, status.number_available, status.number_unavailable), (2, 1, 3));
    assert_eq!(status.updated_number_scheduled, 3);
}

#[test]
fn a_pod_that_becomes_available_later_is_looked_at_then() {
    let of = |since: u64| {
        let pods = vec![pod("a", &hash(), running("n1", since)), pod("b", &hash(), running("n2", 95))];
        look(json!({ "minReadySeconds": 30 }), on(["n1", "n2"], pods)).again_at
    };
    assert_eq!(of(90), Some(Time(120_000)));
    assert_eq!(of(10), Some(Time(125_000)));
    assert_eq!(look(json!({}), on(["n1"], vec![new("a", "n1")])).again_at, None);
}

#[test]
fn of_two_pods_of_a_node_the_scheduled_and_older_one_stays() {
    let unplaced = pod(
        "a",
        &hash(),
        json!({ "spec": { "containers": [], "affinity": { "nodeAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": { "nodeSelectorTerms": [{
            "matchFields": [{ "key": "metadata.name", "operator": "In", "values": ["n1"] }] }] } } } } }),
    );
    let pass = look(json!({}), on(["n1"], vec![unplaced, new("b", "n1")]));
    assert_eq!(deletions(&pass), [("a".into(), DaemonPodFate::Excess)]);
    let younger = pod("a", &hash(), with(running("n1", 10), &json!({ "metadata": { "creationTimestamp": at(5) } })));
    let pass = look(json!({}), on(["n1"], vec![younger, new("b", "n1")]));
    assert_eq!(deletions(&pass), [("a".into(), DaemonPodFate::Excess)]);
    let leaving = pod("a", &hash(), with(running("n1", 10), &going()));
    assert_eq!(deletions(&look(json!({}), on(["n1"], vec![leaving, new("b", "n1")]))), []);
}

#[test]
fn ended_pods_go_and_nothing_is_made_beside_a_pod_that_is_going() {
    let ended = |phase: &str| pod("a", &hash(), with(running("n1", 10), &json!({ "status": { "phase": phase } })));
    for phase in ["Succeeded", "Failed"] {
        let pass = look(json!({}), on(["n1"], vec![ended(phase)]));
        assert_eq!(managed(&pass), (vec![], vec![("a".into(), DaemonPodFate::Ended)]));
    }
    let going = pod("a", &hash(), with(running("n1", 10), &going()));
    assert_eq!(managed(&look(json!({}), on(["n1"], vec![going]))), (vec![], vec![]));
}

fn rolling(surge: i32, unavailable: i32) -> Value {
    json!({ "updateStrategy": { "type": "RollingUpdate",
        "rollingUpdate": { "maxSurge": surge, "maxUnavailable": unavailable } } })
}

#[test]
fn replacing_stays_within_the_budget_which_unavailable_nodes_use_up() {
    let outdated =
        |names: &[&str]| names.iter().map(|it| ((*it).to_owned(), DaemonPodFate::Outdated)).collect::<Vec<_>>();
    let three = || vec![old("a", "n1"), old("b", "n2"), old("c", "n3")];
    let all = ["n1", "n2", "n3"];
    assert_eq!(deletions(&look(rolling(0, 1), on(all, three()))), outdated(&["a"]));
    assert_eq!(deletions(&look(rolling(0, 2), on(all, three()))), outdated(&["a", "b"]));
    let unready_new = || pod("a", &hash(), with(running("n1", 10), &not_ready()));
    assert_eq!(deletions(&look(rolling(0, 1), on(all, vec![unready_new(), old("b", "n2"), old("c", "n3")]))), []);
    assert_eq!(
        deletions(&look(rolling(0, 2), on(all, vec![unready_new(), old("b", "n2"), old("c", "n3")]))),
        outdated(&["b"])
    );
    let leaving = pod("a", "before", with(running("n1", 10), &going()));
    assert_eq!(deletions(&look(rolling(0, 1), on(all, vec![leaving, old("b", "n2"), old("c", "n3")]))), []);
    let unready_old = pod("a", "before", with(running("n1", 10), &not_ready()));
    let pass = look(rolling(0, 1), on(all, vec![unready_old, old("b", "n2"), old("c", "n3")]));
    assert_eq!(deletions(&pass), [("a".into(), DaemonPodFate::OutdatedUnavailable)]);
}

#[test]
fn surging_makes_pods_beside_available_ones_within_the_budget_and_removes_the_surpassed() {
    let all = ["n1", "n2", "n3"];
    let three = || vec![old("a", "n1"), old("b", "n2"), old("c", "n3")];
    assert_eq!(managed(&look(rolling(1, 0), on(all, three()))).0, ["n1"]);
    assert_eq!(managed(&look(rolling(2, 0), on(all, three()))).0, ["n1", "n2"]);
    let starting = pod("x", &hash(), with(running("n1", 10), &not_ready()));
    let both = on(all, three().into_iter().chain([starting]).collect());
    assert_eq!(managed(&look(rolling(1, 0), both)), (vec![], vec![]));
    let pass = look(rolling(1, 0), on(all, three().into_iter().chain([new("x", "n1")]).collect()));
    assert_eq!(deletions(&pass)[0], ("a".into(), DaemonPodFate::Surpassed));
    let unready_old = pod("a", "before", with(running("n1", 10), &not_ready()));
    let pass = look(rolling(1, 0), on(all, vec![unready_old, old("b", "n2"), old("c", "n3")]));
    assert_eq!(managed(&pass).0, ["n1", "n2"], "beside one that is not available it costs nothing");
}

#[test]
fn on_delete_deletes_nothing_and_names_how_many_are_outdated() {
    let on_delete = json!({ "updateStrategy": { "type": "OnDelete" } });
    let pass = look(on_delete, on(["n1", "n2"], vec![old("a", "n1"), new("b", "n2")]));
    assert_eq!(act(&pass), DaemonSetAct::WaitForManualDelete { outdated: 1 });
    let wait = look(
        json!({}),
        on(["n1", "n2"], vec![new("a", "n1"), pod("b", &hash(), with(running("n2", 1), &not_ready()))]),
    );
    assert_eq!(act(&wait), DaemonSetAct::WaitForReady { nodes: vec!["n2".into()] });
    assert!(written(&wait).contains(&"~DaemonSet agent".to_owned()));
}

#[test]
fn a_change_of_a_node_concerns_a_set_that_gains_or_loses_a_pod_by_it() {
    let concerns = |taint: Option<&str>, has_pod: bool, misscheduled: i32| {
        let taints = taint.map(|effect| json!([{ "key": "own", "effect": effect }]));
        let node = node("n1", json!({ "spec": { "taints": taints.unwrap_or(json!([])) } }));
        let set = json!({ "selector": { "matchLabels": { "app": "agent" } }, "template": template() });
        let rest = json!({ "spec": set, "status": { "numberMisscheduled": misscheduled } });
        let set = object(Kind::DaemonSet, "agent", 1, rest);
        let pods: Vec<Object> = has_pod.then(|| new("a", "n1")).into_iter().collect();
        let scene = Scene::of([node.clone(), set.clone()].into_iter().chain(pods));
        let (Object::Node(node), Object::DaemonSet(set)) = (node, set) else { panic!() };
        daemon_set::node_concerns(scene.view(), &set, &node)
    };
    assert!(concerns(None, false, 0));
    assert!(!concerns(None, true, 0));
    assert!(concerns(None, true, 1));
    assert!(concerns(Some("NoExecute"), true, 0));
    assert!(!concerns(Some("NoExecute"), false, 0));
    assert!(!concerns(Some("NoSchedule"), true, 0) && concerns(Some("NoSchedule"), true, 1));
    assert!(!concerns(Some("NoSchedule"), false, 1));
}
