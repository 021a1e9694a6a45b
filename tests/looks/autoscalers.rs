//! Evaluations of an autoscaler.

use super::{Scene, at, not_ready, object, running, with};
use serde_json::{Value, json};
use setwise::actor::{AutoscalerMemory, Load, LoadAmount, Measured, Pass, Recommendation, ScaleEvent, Write};
use setwise::api::{HorizontalPodAutoscalerStatus, Kind, LabelSelector, Object, Time, Uid};
use setwise::controllers::autoscaler;
use setwise::reason::{AutoscalerAct, Evaluation, Limiting, Reason};

const UTILIZATION: &str = "Utilization";

fn resource(name: &str, kind: &str, target: i64) -> Value {
    let target = match kind {
        UTILIZATION => json!({ "type": kind, "averageUtilization": target }),
        _ => json!({ "type": "AverageValue", "averageValue": format!("{target}Mi") }),
    };
    json!({ "type": "Resource", "resource": { "name": name, "target": target } })
}

fn external(name: &str, average: i64) -> Value {
    let target = json!({ "type": "AverageValue", "averageValue": average.to_string() });
    json!({ "type": "External", "external": { "metric": { "name": name }, "target": target } })
}

fn pod(name: &str, rest: &Value) -> Object {
    let base = json!({
        "metadata": { "labels": { "app": "app" } },
        "spec": { "containers": [{ "name": "c", "resources": { "requests": { "cpu": "100m" } } }] },
    });
    let number = 100 + name.bytes().map(u64::from).sum::<u64>();
    object(Kind::Pod, name, number, with(with(running("n1", 10), &base), rest))
}

/// A Deployment of 4 with its pods and an autoscaler between 1 and 20.
fn scene(metrics: Value, spec: Value, pods: Vec<Object>) -> Scene {
    let target = json!({
        "spec": { "replicas": 4, "selector": { "matchLabels": { "app": "app" } }, "template": {} },
        "status": { "replicas": 4 },
    });
    let base = json!({ "minReplicas": 1, "maxReplicas": 20, "metrics": metrics,
        "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "app" } });
    let objects = [
        object(Kind::Deployment, "app", 1, target),
        object(Kind::HorizontalPodAutoscaler, "app", 2, json!({ "spec": with(base, &spec) })),
    ];
    let mut scene = Scene::of(objects.into_iter().chain(pods));
    scene.now = Time(1_000_000);
    scene
}

fn four() -> Vec<Object> {
    ["a", "b", "c", "d"].iter().map(|name| pod(name, &json!({}))).collect()
}

fn load(measured: Measured, amount: LoadAmount) -> Load {
    Load { namespace: "default".into(), measured, amount: Some(amount), window: 0 }
}

fn of_resource(name: &str, amount: LoadAmount) -> Load {
    let match_labels = [("app".to_string(), "app".to_string())].into();
    let selector = LabelSelector { match_labels, ..LabelSelector::default() };
    load(Measured::Resource { selector, resource: name.into() }, amount)
}

fn queue(name: &str, total: i64) -> Load {
    load(Measured::External { metric: name.into() }, LoadAmount::Total(total * 1_000))
}

fn remember(scene: &mut Scene, recommendations: &[(u64, i32)], ups: &[(u64, i32)], downs: &[(u64, i32)]) {
    let events =
        |all: &[(u64, i32)]| all.iter().map(|(at, change)| ScaleEvent { at: Time(*at), change: *change }).collect();
    let memory = AutoscalerMemory {
        evaluated: Time(985_000),
        last: None,
        recommendations: recommendations
            .iter()
            .map(|(at, replicas)| Recommendation { at: Time(*at), replicas: *replicas })
            .collect(),
        scale_ups: events(ups),
        scale_downs: events(downs),
    };
    scene.world.autoscalers.insert(Uid(2), memory);
}

fn act(pass: &Pass) -> AutoscalerAct {
    match &pass.reason {
        Some(Reason::Autoscaler(reason)) => reason.act.clone(),
        other => panic!("{other:?}"),
    }
}

fn evaluation(pass: &Pass) -> Evaluation {
    match act(pass) {
        AutoscalerAct::Scale { evaluation }
        | AutoscalerAct::Limited { evaluation }
        | AutoscalerAct::Stabilized { evaluation, .. }
        | AutoscalerAct::AtTarget { evaluation } => evaluation,
        other => panic!("{other:?}"),
    }
}

fn status(pass: &Pass) -> HorizontalPodAutoscalerStatus {
    let of = |write: &Write| match write {
        Write::Update(Object::HorizontalPodAutoscaler(it)) => Some(it.status.clone()),
        _ => None,
    };
    pass.writes.iter().find_map(of).expect("a status")
}

fn condition(pass: &Pass, kind: &str) -> (String, String) {
    let found = status(pass).conditions.into_iter().find(|it| it.kind == kind).expect("a condition");
    (found.reason.unwrap_or_default(), found.message.unwrap_or_default())
}

/// The look at four pods that use so many milli-CPUs each, of 100m that each requests and 50 that are wanted.
fn using(each: i64, spec: Value, remembered: &[(u64, i32)]) -> Pass {
    let mut scene = scene(json!([resource("cpu", UTILIZATION, 50)]), spec, four());
    scene.world.loads.push(of_resource("cpu", LoadAmount::Each(each)));
    remember(&mut scene, remembered, &[], &[]);
    scene.look(autoscaler::sync, "app")
}

#[test]
fn of_metrics_that_ask_for_as_much_the_first_is_named() {
    let mut scene =
        scene(json!([external("first", 10), external("second", 10), external("less", 10)]), json!({}), four());
    scene.world.loads = vec![queue("first", 60), queue("second", 60), queue("less", 50)];
    let pass = scene.look(autoscaler::sync, "app");
    assert_eq!(evaluation(&pass).desired, 6);
    let (_, message) = condition(&pass, "ScalingActive");
    assert_eq!(message, "the HPA was able to successfully calculate a replica count from external metric first(nil)");
}

#[test]
fn the_labels_that_an_external_metric_selects_are_named_as_go_prints_them() {
    let mut metric = external("queue", 10);
    metric["external"]["metric"]["selector"] = json!({ "matchLabels": { "name": "mail" } });
    let mut scene = scene(json!([metric]), json!({}), four());
    scene.world.loads = vec![queue("queue", 40)];
    let (_, message) = condition(&scene.look(autoscaler::sync, "app"), "ScalingActive");
    assert!(
        message.ends_with("queue(&LabelSelector{MatchLabels:map[string]string{name: mail,},MatchExpressions:[]LabelSelectorRequirement{},})"),
        "{message}"
    );
}

#[test]
fn a_window_holds_back_in_its_own_direction_and_is_named() {
    let rules = |window: i32| {
        json!({ "stabilizationWindowSeconds": window,
            "policies": [{ "type": "Percent", "value": 100, "periodSeconds": 15 }] })
    };
    let windows = json!({ "behavior": { "scaleUp": rules(60), "scaleDown": rules(120) } });
    let up = using(90, windows.clone(), &[(960_000, 5)]);
    let held = evaluation(&up);
    assert_eq!((held.recommended, held.stabilized, held.window_seconds), (8, 5, 60));
    assert_eq!(condition(&up, "AbleToScale").0, "SucceededRescale");
    let up = using(90, windows.clone(), &[(960_000, 4)]);
    assert_eq!(condition(&up, "AbleToScale").0, "ScaleUpStabilized");
    assert!(condition(&up, "AbleToScale").1.contains("applying the lowest recent recommendation"));
    let down = using(20, windows.clone(), &[(900_000, 4)]);
    let held = evaluation(&down);
    assert_eq!((held.recommended, held.stabilized, held.window_seconds), (2, 4, 120));
    assert_eq!(condition(&down, "AbleToScale").0, "ScaleDownStabilized");
    let AutoscalerAct::Stabilized { until, .. } = act(&down) else { panic!("{down:?}") };
    assert_eq!(until, Some(Time(1_030_000)), "the first evaluation after 1 020 s");
    assert_eq!(evaluation(&using(20, windows, &[(879_000, 9)])).desired, 2, "it is older than the window");
}

#[test]
fn without_a_window_of_its_own_scaling_down_waits_five_minutes() {
    let policies =
        json!({ "behavior": { "scaleDown": { "policies": [{ "type": "Pods", "value": 9, "periodSeconds": 15 }] } } });
    assert_eq!(evaluation(&using(20, policies.clone(), &[(800_000, 4)])).desired, 4);
    assert_eq!(evaluation(&using(20, policies, &[(700_000, 4)])).desired, 2);
}

#[test]
fn an_evaluation_is_repeated_while_a_window_or_a_period_runs() {
    let again = |recommendations: &[(u64, i32)], ups: &[(u64, i32)], downs: &[(u64, i32)], behavior: bool| {
        let policies = json!([{ "type": "Pods", "value": 9, "periodSeconds": 60 }]);
        let spec = if behavior {
            json!({ "behavior": { "scaleUp": { "policies": policies }, "scaleDown": { "policies": policies } } })
        } else {
            json!({})
        };
        let mut scene = scene(json!([resource("cpu", UTILIZATION, 50)]), spec, four());
        scene.world.loads.push(of_resource("cpu", LoadAmount::Each(50)));
        remember(&mut scene, recommendations, ups, downs);
        let first = scene.look(autoscaler::sync, "app");
        // With its status written down nothing but the memory keeps it awake.
        let mut settled = scene;
        for write in &first.writes {
            if let Write::Update(object) = write {
                let before = settled.cluster.get(&object.reference());
                settled.cluster.apply(&setwise::cluster::Change { before, after: Some(object.clone()) });
            }
        }
        settled.look(autoscaler::sync, "app").again_at
    };
    let soon = Some(Time(1_015_000));
    assert_eq!(again(&[(990_000, 4)], &[], &[], false), None, "it asked for the same");
    assert_eq!(again(&[(990_000, 3)], &[], &[], false), soon);
    assert_eq!(again(&[(686_000, 3)], &[], &[], false), soon);
    assert_eq!(again(&[(685_000, 3)], &[], &[], false), None, "it has left the window at the next evaluation");
    assert_eq!(again(&[(685_000, 3)], &[], &[], true), None);
    assert_eq!(again(&[], &[(926_000, 1)], &[], true), soon);
    assert_eq!(again(&[], &[(925_000, 1)], &[], true), None);
    assert_eq!(again(&[], &[], &[(926_000, 1)], true), soon);
    assert_eq!(again(&[], &[], &[(925_000, 1)], true), None);
}

#[test]
fn a_pod_that_started_just_now_is_doubted_and_looked_at_again() {
    let doubted = |pods: Vec<Object>| {
        let mut scene = scene(json!([resource("cpu", UTILIZATION, 50)]), json!({}), pods);
        scene.world.loads.push(of_resource("cpu", LoadAmount::Each(50)));
        let pass = scene.look(autoscaler::sync, "app");
        evaluation(&pass).metrics[0].outcome.as_ref().map(|it| (it.counted, it.unready)).expect("a finding")
    };
    let starting = |start: u64, since: u64| {
        let status = json!({ "status": { "startTime": at(start),
            "conditions": [{ "type": "Ready", "status": "False", "lastTransitionTime": at(since) }] } });
        pod("e", &with(not_ready(), &status))
    };
    let beside = |new: Object| four().into_iter().chain([new]).collect::<Vec<_>>();
    assert_eq!(doubted(four()), (4, 0));
    assert_eq!(doubted(beside(starting(900, 950))), (4, 1), "in its first five minutes one that is not Ready");
    assert_eq!(doubted(beside(starting(600, 610))), (4, 1), "later one that never was: not Ready since its start");
    assert_eq!(doubted(beside(starting(600, 650))), (5, 0), "one that was Ready once counts");
    let pending = pod("e", &json!({ "status": { "phase": "Pending" } }));
    assert_eq!(doubted(beside(pending)), (4, 1));
    let failed = pod("e", &json!({ "status": { "phase": "Failed" } }));
    assert_eq!(doubted(beside(failed)), (4, 0));
    assert_eq!(doubted(beside(pod("e", &super::going()))), (4, 0));
}

#[test]
fn memory_is_shown_in_bytes_and_the_sidecar_of_a_pod_requests_too() {
    let mut sized = scene(json!([resource("memory", "AverageValue", 64)]), json!({}), four());
    sized.world.loads.push(of_resource("memory", LoadAmount::Each((64 << 20) * 1_000)));
    let shown = status(&sized.look(autoscaler::sync, "app")).current_metrics[0].resource.clone().expect("shown");
    assert_eq!(shown.current.average_value.map(|it| it.to_string()).as_deref(), Some("64Mi"));
    let init = |policy: Value| {
        json!({ "spec": { "initContainers": [{ "name": "s", "restartPolicy": policy,
            "resources": { "requests": { "cpu": "100m" } } }] } })
    };
    let with_init = |policy: Value| {
        let pods = ["a", "b", "c", "d"].iter().map(|name| pod(name, &init(policy.clone()))).collect();
        let mut scene = scene(json!([resource("cpu", UTILIZATION, 50)]), json!({}), pods);
        scene.world.loads.push(of_resource("cpu", LoadAmount::Each(100)));
        evaluation(&scene.look(autoscaler::sync, "app")).recommended
    };
    assert_eq!(with_init(json!("Always")), 4, "100m of 200m");
    assert_eq!(with_init(Value::Null), 8, "100m of 100m");
}

#[test]
fn any_resource_that_a_pod_requests_as_a_whole_makes_it_one_that_does() {
    let of = |resource: &str| {
        let rest = json!({ "spec": { "resources": { "requests": { resource: "1Gi" } },
            "containers": [{ "name": "c", "resources": { "requests": { "cpu": "100m" } } }, { "name": "d" }] } });
        let pods = ["a", "b", "c", "d"].iter().map(|name| pod(name, &rest)).collect();
        let mut scene = scene(json!([self::resource("cpu", UTILIZATION, 50)]), json!({}), pods);
        scene.world.loads.push(of_resource("cpu", LoadAmount::Each(50)));
        matches!(act(&scene.look(autoscaler::sync, "app")), AutoscalerAct::AtTarget { .. })
    };
    assert!(of("memory"));
    assert!(of("hugepages-2Mi"));
    assert!(!of("example.com/gpu"), "then every container has to request it, and one does not");
}

#[test]
fn a_step_is_limited_and_the_status_says_both_numbers() {
    let pass = using(250, json!({}), &[]);
    let evaluation = evaluation(&pass);
    assert_eq!((evaluation.recommended, evaluation.desired, evaluation.limit), (20, 8, Limiting::ScaleUpLimit));
    let status = status(&pass);
    assert_eq!((status.current_replicas, status.desired_replicas), (4, 8));
    assert_eq!(status.last_scale_time, Some(Time(1_000_000)));
    assert_eq!(condition(&pass, "ScalingLimited").0, "ScaleUpLimit");
    let within = using(54, json!({}), &[]);
    assert!(matches!(act(&within), AutoscalerAct::AtTarget { .. }), "a tenth more is tolerated");
    assert_eq!(self::evaluation(&using(56, json!({}), &[])).desired, 5);
    let tolerant = json!({ "behavior": { "scaleUp": { "tolerance": "0.3" } } });
    assert_eq!(self::evaluation(&using(60, tolerant, &[])).desired, 4);
}
