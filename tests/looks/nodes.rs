//! Looks at nodes: by the monitor, by the one that keeps taints, by taint eviction and by the collector of pods.

use super::{NOW, Scene, at, going, node, object, running, with, written};
use serde_json::{Value, json};
use setwise::actor::{Eviction, Outage, Pass, Write};
use setwise::api::{Key, Kind, Node, Object, Pod, Time, Uid};
use setwise::controllers::{node_lifecycle, pod_garbage, taint_eviction};
use setwise::reason::{GarbageReason, NodeReason, Reason};
use std::rc::Rc;

fn said(pass: &Pass) -> NodeReason {
    match &pass.reason {
        Some(Reason::Node(reason)) => reason.clone(),
        other => panic!("{other:?}"),
    }
}

fn changed_node(pass: &Pass) -> Rc<Node> {
    let of = |write: &Write| match write {
        Write::Update(Object::Node(node)) => Some(Rc::clone(node)),
        _ => None,
    };
    pass.writes.iter().find_map(of).expect("a node")
}

fn changed_pod(pass: &Pass) -> Rc<Pod> {
    let of = |write: &Write| match write {
        Write::Update(Object::Pod(pod)) => Some(Rc::clone(pod)),
        _ => None,
    };
    pass.writes.iter().find_map(of).expect("a pod")
}

/// The monitor's look at `n1`, which went silent at a second.
fn monitored(objects: Vec<Object>, silent_since: Option<u64>, now: u64) -> Pass {
    let mut scene = Scene::of(objects);
    scene.now = Time(now);
    if let Some(since) = silent_since {
        let outage = Outage { silent: true, last_heartbeat: Time(since * 1_000) };
        scene.world.nodes.note_down("n1", outage);
    }
    node_lifecycle::monitor(scene.view(), &Key::new("", "n1"))
}

fn conditions(list: Value) -> Value {
    json!({ "metadata": { "creationTimestamp": at(0) }, "status": { "conditions": list } })
}

#[test]
fn a_silent_node_is_unknown_when_the_grace_is_over_and_looked_at_again_soon() {
    let ready = || vec![node("n1", json!({})), object(Kind::Pod, "p", 5, running("n1", 3))];
    assert_eq!(monitored(ready(), Some(40), 85_000).again_at, Some(Time(90_000)));
    let pass = monitored(ready(), Some(40), 90_000);
    assert_eq!(pass.again_at, Some(Time(95_000)));
    let NodeReason::Lost { last_heartbeat, never, pods, .. } = said(&pass) else { panic!("{pass:?}") };
    assert_eq!((last_heartbeat, never, pods.len()), (Time(40_000), false, 1));
    let unready = changed_pod(&pass);
    assert_eq!(unready.condition("Ready").map(|it| it.status.as_str()), Some("False"));
    let changed = changed_node(&pass);
    let told: Vec<_> = changed.status.conditions.iter().map(|it| (it.kind.as_str(), it.reason.as_deref())).collect();
    assert_eq!(told[0], ("Ready", Some("NodeStatusUnknown")));
    assert!(told[1..].iter().all(|(_, reason)| *reason == Some("NodeStatusNeverUpdated")), "{told:?}");
    assert_eq!(changed.status.conditions[0].last_heartbeat_time, Some(Time(40_000)));
}

#[test]
fn what_was_unknown_before_keeps_its_time_and_pods_that_were_not_ready_stay_as_they_are() {
    let list = json!([
        { "type": "Ready", "status": "False", "lastTransitionTime": at(9) },
        { "type": "MemoryPressure", "status": "Unknown", "reason": "Mine", "lastTransitionTime": at(9) },
    ]);
    let objects = vec![node("n1", conditions(list)), object(Kind::Pod, "p", 5, running("n1", 3))];
    let pass = monitored(objects, Some(10), 100_000);
    let changed = changed_node(&pass);
    assert_eq!(changed.status.conditions[1].reason.as_deref(), Some("Mine"));
    assert_eq!(changed.status.conditions[1].last_transition_time, Some(Time(9_000)));
    assert_eq!(written(&pass), ["~Node n1"], "its pods were told when it became not Ready");
}

#[test]
fn a_node_that_never_reported_has_a_minute() {
    let new = || vec![node("n1", conditions(json!([])))];
    let early = monitored(new(), None, 30_000);
    assert_eq!((early.again_at, early.writes.len()), (Some(Time(60_000)), 0));
    let late = monitored(new(), None, 60_000);
    assert!(matches!(said(&late), NodeReason::Lost { never: true, grace_seconds: 60, .. }));
    let told = changed_node(&late).status.conditions[0].clone();
    assert_eq!(told.message.as_deref(), Some("Kubelet never posted node status."));
}

#[test]
fn a_node_that_is_back_loses_the_taints_that_drive_away_and_no_other() {
    let taints = json!([
        { "key": "node.kubernetes.io/unreachable", "effect": "NoExecute" },
        { "key": "node.kubernetes.io/unreachable", "effect": "NoSchedule" },
        { "key": "own", "effect": "NoExecute" },
    ]);
    let pass = monitored(vec![node("n1", json!({ "spec": { "taints": taints } }))], None, 90_000);
    assert_eq!(changed_node(&pass).spec.taints.len(), 2);
    assert!(matches!(said(&pass), NodeReason::Recovered { taints, .. } if taints.len() == 1));
    assert_eq!(monitored(vec![node("n1", json!({}))], None, 90_000), Pass::nothing());
}

/// `n1` with this Ready condition since 50 s, beside nodes that are Ready or not.
fn driven(status: &str, spec: Value, others: &[bool], now: u64) -> Pass {
    let list = |status: &str| conditions(json!([{ "type": "Ready", "status": status, "lastTransitionTime": at(50) }]));
    let others = others
        .iter()
        .enumerate()
        .map(|(index, ready)| node(&format!("m{index}"), list(if *ready { "True" } else { "False" })));
    let objects = std::iter::once(node("n1", with(list(status), &json!({ "spec": spec })))).chain(others);
    monitored(objects.collect(), None, now)
}

#[test]
fn a_node_that_is_not_ready_is_tainted_by_what_is_known_of_it() {
    for (status, key) in [("Unknown", "node.kubernetes.io/unreachable"), ("False", "node.kubernetes.io/not-ready")] {
        let pass = driven(status, json!({}), &[true, true], 60_000);
        let taint = changed_node(&pass).spec.taints[0].clone();
        assert_eq!((taint.key.as_str(), taint.time_added), (key, Some(Time(60_000))));
        assert!(matches!(said(&pass), NodeReason::DrivesAway { swapped: false, .. }));
        let set = json!({ "taints": [{ "key": key, "effect": "NoExecute" }] });
        assert_eq!(driven(status, set, &[true, true], 60_000), Pass::nothing());
    }
    let other = json!({ "taints": [{ "key": "node.kubernetes.io/not-ready", "effect": "NoExecute" }] });
    let swapped = driven("Unknown", other, &[true, true], 60_000);
    assert_eq!(changed_node(&swapped).spec.taints.len(), 1);
    assert!(matches!(said(&swapped), NodeReason::DrivesAway { swapped: true, .. }));
}

#[test]
fn a_change_of_the_same_look_is_judged_at_the_next_one() {
    let pass = driven("Unknown", json!({}), &[true], 50_000);
    assert_eq!((pass.again_at, pass.writes.len()), (Some(Time(55_000)), 0));
}

#[test]
fn if_every_node_is_down_nobody_is_driven_away() {
    let taint = json!({ "taints": [{ "key": "node.kubernetes.io/not-ready", "effect": "NoExecute" }] });
    let pass = driven("False", taint, &[false, false], 60_000);
    assert!(matches!(said(&pass), NodeReason::EvictionsStopped { nodes: 3, .. }));
    assert!(changed_node(&pass).spec.taints.is_empty());
    assert_eq!(driven("False", json!({}), &[false, false], 60_000).writes, []);
}

#[test]
fn a_node_is_watched_while_it_is_not_ready_or_has_a_taint_of_the_monitor() {
    let watched = |rest: Value| match node("n1", rest) {
        Object::Node(node) => node_lifecycle::is_watched(&node),
        other => panic!("{other:?}"),
    };
    let tainted = |key: &str, effect: &str| json!({ "spec": { "taints": [{ "key": key, "effect": effect }] } });
    assert!(!watched(json!({})));
    assert!(watched(conditions(json!([{ "type": "Ready", "status": "False" }]))));
    assert!(watched(tainted("node.kubernetes.io/not-ready", "NoExecute")));
    assert!(!watched(tainted("node.kubernetes.io/not-ready", "NoSchedule")));
    assert!(!watched(tainted("own", "NoExecute")));
}

#[test]
fn conditions_and_cordoning_have_their_taints_and_other_taints_stay() {
    let of = |rest: Value| {
        let scene = Scene::of([node("n1", rest)]);
        node_lifecycle::sync(scene.view(), &Key::new("", "n1"))
    };
    let keys = |pass: &Pass| changed_node(pass).spec.taints.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
    let pressed = json!([{ "type": "Ready", "status": "True" }, { "type": "DiskPressure", "status": "True" },
        { "type": "MemoryPressure", "status": "False" }]);
    let pass = of(conditions(pressed));
    assert_eq!(keys(&pass), ["node.kubernetes.io/disk-pressure"]);
    assert!(
        matches!(said(&pass), NodeReason::ConditionTaints { added, removed, .. } if added.len() == 1 && removed.is_empty())
    );
    let cordoned = of(json!({ "spec": { "unschedulable": true } }));
    assert!(matches!(said(&cordoned), NodeReason::UnschedulableTaint { added: true, .. }));
    let taint = |key: &str, effect: &str| json!({ "key": key, "effect": effect });
    let stale = json!({ "spec": { "taints": [taint("node.kubernetes.io/unschedulable", "NoSchedule"),
        taint("own", "NoSchedule"), taint("node.kubernetes.io/disk-pressure", "NoExecute")] } });
    let pass = of(stale);
    assert_eq!(keys(&pass), ["own", "node.kubernetes.io/disk-pressure"]);
    assert!(matches!(said(&pass), NodeReason::UnschedulableTaint { added: false, .. }));
    assert_eq!(of(json!({})), Pass::nothing());
}

fn evicted(pod: Value, taints: Value, due: Option<u64>, has_node: bool) -> Pass {
    let nodes = has_node.then(|| node("n1", json!({ "spec": { "taints": taints } })));
    let pod = object(Kind::Pod, "p", 5, with(running("n1", 3), &pod));
    let mut scene = Scene::of(nodes.into_iter().chain([pod]));
    scene.world.nodes.note_eviction(Uid(5), due.map(|due| Eviction { due: Time(due) }));
    scene.look(taint_eviction::sync, "p")
}

fn no_execute() -> Value {
    json!([{ "key": "k", "effect": "NoExecute" }])
}

fn tolerating(seconds: Option<i64>) -> Value {
    let mut toleration = json!({ "key": "k", "operator": "Exists", "effect": "NoExecute" });
    if let Some(seconds) = seconds {
        toleration["tolerationSeconds"] = json!(seconds);
    }
    json!({ "spec": { "tolerations": [toleration] } })
}

#[test]
fn a_taint_that_is_not_tolerated_ends_a_pod_at_once_and_says_why() {
    let pass = evicted(json!({}), no_execute(), None, true);
    assert_eq!(written(&pass), ["~Pod p", "-Pod p"]);
    let told = changed_pod(&pass).condition("DisruptionTarget").cloned().expect("told");
    assert_eq!((told.status.as_str(), told.reason.as_deref()), ("True", Some("DeletionByTaintManager")));
    assert!(matches!(said(&pass), NodeReason::TaintEviction { taint: Some(_), tolerated_seconds: None, .. }));
    assert_eq!(evicted(going(), no_execute(), None, true), Pass::nothing());
    let soft = json!([{ "key": "k", "effect": "NoSchedule" }]);
    assert_eq!(evicted(json!({}), soft, None, true), Pass::nothing());
}

#[test]
fn a_toleration_with_a_time_plans_the_end_and_the_plan_is_kept() {
    let planned = evicted(tolerating(Some(30)), no_execute(), None, true);
    assert_eq!((planned.again_at, planned.writes.len()), (Some(NOW + 30_000), 0));
    assert!(matches!(said(&planned), NodeReason::EvictionPending { seconds: 30, .. }));
    let waiting = evicted(tolerating(Some(30)), no_execute(), Some(101_000), true);
    assert_eq!((waiting.again_at, waiting.reason), (Some(Time(101_000)), None));
    for due in [100_500, 90_000] {
        let over = evicted(tolerating(Some(30)), no_execute(), Some(due), true);
        assert!(matches!(said(&over), NodeReason::TaintEviction { tolerated_seconds: Some(30), .. }));
    }
    for seconds in [0, -5] {
        let at_once = evicted(tolerating(Some(seconds)), no_execute(), None, true);
        assert!(matches!(said(&at_once), NodeReason::TaintEviction { tolerated_seconds: Some(0), .. }));
    }
}

#[test]
fn a_plan_ends_with_the_taints_or_with_a_toleration_for_ever_and_not_with_the_node() {
    let cancelled = |pod, taints| match said(&evicted(pod, taints, Some(101_000), true)) {
        NodeReason::EvictionCancelled { tolerated, .. } => tolerated,
        other => panic!("{other:?}"),
    };
    assert!(!cancelled(json!({}), json!([])));
    assert!(cancelled(tolerating(None), no_execute()));
    assert_eq!(evicted(tolerating(None), no_execute(), None, true), Pass::nothing());
    assert_eq!(evicted(json!({}), json!([]), Some(101_000), false).again_at, Some(Time(101_000)));
    assert_eq!(written(&evicted(json!({}), json!([]), Some(100_500), false)), ["~Pod p", "-Pod p"]);
    assert_eq!(evicted(json!({}), json!([]), None, false), Pass::nothing());
}

fn collected(pod: Value, node: Option<Object>) -> (Vec<String>, Option<GarbageReason>) {
    let pod = object(Kind::Pod, "p", 5, pod);
    let pass = Scene::of(node.into_iter().chain([pod])).look(pod_garbage::sync, "p");
    let reason = match &pass.reason {
        Some(Reason::Garbage(reason)) => Some(reason.clone()),
        None => None,
        other => panic!("{other:?}"),
    };
    (written(&pass), reason)
}

#[test]
fn a_pod_is_collected_where_no_kubelet_can_end_it_and_nowhere_else() {
    let out = |ready: &str| {
        let taints =
            json!({ "spec": { "taints": [{ "key": "node.kubernetes.io/out-of-service", "effect": "NoExecute" }] } });
        Some(node("n1", with(conditions(json!([{ "type": "Ready", "status": ready }])), &taints)))
    };
    let (wrote, reason) = collected(running("n1", 3), None);
    assert_eq!(wrote, ["~Pod p", "-Pod p"]);
    assert!(matches!(reason, Some(GarbageReason::NodeGone { .. })));
    let ended = with(running("n1", 3), &json!({ "status": { "phase": "Succeeded" } }));
    assert_eq!(collected(ended, None).0, ["-Pod p"]);
    let leaving = with(running("n1", 3), &going());
    assert!(matches!(collected(leaving.clone(), out("False")).1, Some(GarbageReason::OutOfService { .. })));
    assert_eq!(collected(leaving.clone(), out("True")).0, [] as [&str; 0]);
    assert_eq!(collected(running("n1", 3), out("False")).0, [] as [&str; 0]);
    assert_eq!(collected(leaving, Some(node("n1", json!({})))).0, [] as [&str; 0]);
    let unplaced = json!({ "spec": { "containers": [] } });
    assert_eq!(collected(unplaced.clone(), None).0, [] as [&str; 0]);
    assert!(matches!(collected(with(unplaced, &going()), None).1, Some(GarbageReason::Unscheduled { .. })));
}

#[test]
fn only_a_pod_whose_node_is_gone_is_told_so() {
    let told = |pod: Value, node: Option<Object>| {
        let pod = object(Kind::Pod, "p", 5, pod);
        let pass = Scene::of(node.into_iter().chain([pod])).look(pod_garbage::sync, "p");
        changed_pod(&pass).condition("DisruptionTarget").and_then(|it| it.reason.clone())
    };
    assert_eq!(told(running("n1", 3), None).as_deref(), Some("DeletionByPodGC"));
    assert_eq!(told(with(json!({ "spec": { "containers": [] } }), &going()), None), None);
}

#[test]
fn the_collector_looks_every_20_s_and_keeps_a_pod_for_40_s_after_it_saw_that_the_node_is_gone() {
    assert_eq!([1, 20_000, 20_001].map(|at| pod_garbage::next_look(Time(at)).0), [20_000, 20_000, 40_000]);
    assert_eq!([1, 20_000, 20_001].map(|at| pod_garbage::due(Time(at)).0), [60_000, 60_000, 80_000]);
}
