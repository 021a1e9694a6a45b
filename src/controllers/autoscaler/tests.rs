//! An autoscaler in a running cluster.

mod behavior;
mod metrics;

use crate::actor::{Load, LoadAmount, Measured, Settings};
use crate::api::{HorizontalPodAutoscaler, Key, LabelSelector, Object};
use crate::engine::default_cluster::node_of;
use crate::engine::{Bounds, Command, RunEnd, Simulation};
use crate::manifest;
use crate::reason::{AutoscalerAct, Reason};
use std::rc::Rc;

const APP: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  replicas: 4
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec:
      containers: [{name: c, image: app, resources: {requests: {cpu: 100m}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: app}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: app}
  minReplicas: 2
  maxReplicas: 20
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
";

fn started(manifests: &str, load: Option<Load>) -> Simulation {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    let nodes = ["n1", "n2", "n3"].map(|name| Object::Node(Rc::new(node_of(name, "8", "16Gi", "110"))));
    simulation.start(nodes.into());
    if let Some(load) = load {
        simulation.command(Command::SetLoad(load)).unwrap();
    }
    for value in manifest::yaml::to_json(manifests).unwrap() {
        simulation.command(Command::Apply(vec![manifest::decode(&value).unwrap()])).unwrap();
    }
    simulation
}

fn cpu(amount: LoadAmount) -> Load {
    let match_labels = [("app".to_string(), "app".to_string())].into();
    let selector = LabelSelector { match_labels, ..LabelSelector::default() };
    let measured = Measured::Resource { selector, resource: "cpu".into() };
    Load { namespace: "default".into(), measured, amount: Some(amount), window: 0 }
}

fn autoscaler(simulation: &Simulation) -> Rc<HorizontalPodAutoscaler> {
    simulation.cluster().autoscalers.get(&Key::new("default", "app")).unwrap().clone()
}

fn condition(simulation: &Simulation, kind: &str) -> (String, String, String) {
    let autoscaler = autoscaler(simulation);
    let found = autoscaler.status.conditions.iter().find(|condition| condition.kind == kind).unwrap();
    (found.status.clone(), found.reason.clone().unwrap(), found.message.clone().unwrap())
}

fn replicas(simulation: &Simulation) -> i32 {
    simulation.cluster().deployments.get(&Key::new("default", "app")).unwrap().spec.replicas.unwrap()
}

/// When the target was scaled, in milliseconds, and to how many.
fn scalings(simulation: &Simulation) -> Vec<(u64, i32)> {
    let of = simulation.steps().iter().filter_map(|step| match &step.reason {
        Reason::Autoscaler(reason) => match &reason.act {
            AutoscalerAct::Scale { evaluation } => Some((step.at.0, evaluation.desired)),
            AutoscalerAct::ScaleIntoBounds { to, .. } => Some((step.at.0, *to)),
            _ => None,
        },
        _ => None,
    });
    of.collect()
}

#[test]
fn four_pods_at_ninety_percent_with_a_target_of_fifty_become_eight() {
    let mut simulation = started(APP, Some(cpu(LoadAmount::Total(360))));
    let created = simulation.now().0;
    assert_eq!(simulation.settle(), RunEnd::Settled);
    assert_eq!(scalings(&simulation), [(created + 15_005, 8)]);
    let status = autoscaler(&simulation).status.clone();
    assert_eq!((status.current_replicas, status.desired_replicas), (8, 8));
    let shown = status.current_metrics[0].resource.as_ref().unwrap().current.clone();
    assert_eq!(shown.average_utilization, Some(45));
    assert_eq!(shown.average_value.unwrap().as_str(), "45m");
    let told = ("True".into(), "ReadyForNewScale".into(), "recommended size matches current size".into());
    assert_eq!(condition(&simulation, "AbleToScale"), told);
}

#[test]
fn a_lower_load_takes_pods_away_when_five_minutes_have_passed() {
    let mut simulation = started(APP, Some(cpu(LoadAmount::Total(360))));
    simulation.advance(600_000);
    let evaluated = scalings(&simulation)[0].0;
    simulation.command(Command::SetLoad(cpu(LoadAmount::Total(160)))).unwrap();
    let set = simulation.now().0;
    assert_eq!(simulation.settle(), RunEnd::Settled);
    let last = *scalings(&simulation).last().unwrap();
    // The last recommendation of 8 was made, or would have been, at the last instant of the grid before the load was set.
    let grid = evaluated + (set - evaluated) / 15_000 * 15_000;
    assert_eq!(last, (grid + 300_000, 4), "load set at {set}");
}

#[test]
fn without_a_load_the_condition_says_that_no_metrics_are_returned() {
    let mut simulation = started(APP, None);
    assert_eq!(simulation.settle(), RunEnd::Settled);
    assert_eq!(replicas(&simulation), 4);
    let (status, reason, message) = condition(&simulation, "ScalingActive");
    assert_eq!((status.as_str(), reason.as_str()), ("False", "FailedGetResourceMetric"));
    assert_eq!(
        message,
        "the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: \
         no metrics returned from resource metrics API"
    );
}

#[test]
fn a_container_without_a_request_has_no_utilization() {
    let without = APP.replace(", resources: {requests: {cpu: 100m}}", "");
    let mut simulation = started(&without, Some(cpu(LoadAmount::Total(360))));
    simulation.settle();
    let (_, reason, message) = condition(&simulation, "ScalingActive");
    assert_eq!(reason, "FailedGetResourceMetric");
    assert!(message.contains("missing request for cpu in container c of Pod app-"), "{message}");
}

#[test]
fn bounds_are_kept_without_metrics() {
    let mut simulation = started(&APP.replace("maxReplicas: 20", "maxReplicas: 3"), None);
    simulation.settle();
    assert_eq!(replicas(&simulation), 3);
    assert!(autoscaler(&simulation).status.last_scale_time.is_some());
}

#[test]
fn zero_replicas_turn_an_autoscaler_off() {
    let mut simulation = started(&APP.replace("replicas: 4", "replicas: 0"), Some(cpu(LoadAmount::Total(360))));
    assert_eq!(simulation.settle(), RunEnd::Settled);
    assert_eq!(replicas(&simulation), 0);
    assert_eq!(condition(&simulation, "ScalingActive").1, "ScalingDisabled");
}

#[test]
fn a_missing_target_is_told_and_scaled_as_soon_as_it_is_there() {
    let (deployment, autoscaler_text) = APP.split_once("---").unwrap();
    let mut simulation = started(autoscaler_text, Some(cpu(LoadAmount::Total(360))));
    simulation.settle();
    let (status, reason, message) = condition(&simulation, "AbleToScale");
    assert_eq!((status.as_str(), reason.as_str()), ("False", "FailedGetScale"));
    assert!(message.ends_with("deployments.apps \"app\" not found"), "{message}");
    for value in manifest::yaml::to_json(deployment).unwrap() {
        simulation.command(Command::Apply(vec![manifest::decode(&value).unwrap()])).unwrap();
    }
    simulation.settle();
    assert_eq!(replicas(&simulation), 8);
}

#[test]
fn a_policy_takes_one_pod_a_minute() {
    let slow = format!(
        "{APP}  behavior: {{scaleDown: {{stabilizationWindowSeconds: 0, policies: [{{type: Pods, value: 1, periodSeconds: 60}}]}}}}\n"
    );
    let mut simulation = started(&slow, Some(cpu(LoadAmount::Total(20))));
    assert_eq!(simulation.settle(), RunEnd::Settled);
    let scalings = scalings(&simulation);
    let sizes: Vec<i32> = scalings.iter().map(|(_, replicas)| *replicas).collect();
    assert_eq!(sizes, [3, 2], "{scalings:?}");
    let pause = scalings[1].0 - scalings[0].0;
    assert_eq!(pause, 75_000, "a scaling that is exactly a minute old still counts");
}

#[test]
fn disabled_scaling_down_keeps_what_is_there() {
    let disabled =
        format!("{APP}  behavior: {{scaleDown: {{selectPolicy: Disabled, stabilizationWindowSeconds: 0}}}}\n");
    let mut simulation = started(&disabled, Some(cpu(LoadAmount::Total(20))));
    assert_eq!(simulation.settle(), RunEnd::Settled);
    assert_eq!(replicas(&simulation), 4);
    assert_eq!(condition(&simulation, "ScalingLimited").1, "ScaleDownLimit");
}

#[test]
fn two_autoscalers_for_the_same_pods_do_nothing() {
    let second = APP.split_once("---").unwrap().1.replacen("{name: app}", "{name: second}", 1);
    let mut simulation = started(&format!("{APP}---{second}"), Some(cpu(LoadAmount::Total(360))));
    assert_eq!(simulation.settle(), RunEnd::Settled);
    assert_eq!(replicas(&simulation), 4);
    let (_, reason, message) = condition(&simulation, "ScalingActive");
    assert_eq!(reason, "AmbiguousSelector");
    assert_eq!(message, "pods by selector app=app are controlled by multiple HPAs: [default/app default/second]");
}

#[test]
fn a_stateful_set_is_scaled_too_and_keeps_its_order() {
    let set = APP
        .replacen("kind: Deployment", "kind: StatefulSet", 1)
        .replace("kind: Deployment, name", "kind: StatefulSet, name");
    let mut simulation = started(&set, Some(cpu(LoadAmount::Total(360))));
    assert_eq!(simulation.settle(), RunEnd::Settled);
    let set = simulation.cluster().stateful_sets.get(&Key::new("default", "app")).unwrap();
    assert_eq!((set.spec.replicas, set.metadata.generation), (Some(8), 2));
    assert_eq!(simulation.cluster().pods.len(), 8);
}

#[test]
fn the_old_version_is_converted() {
    let old = APP.replace("autoscaling/v2", "autoscaling/v1");
    let (head, _) = old.split_once("  metrics:").unwrap();
    let mut simulation =
        started(&format!("{head}  targetCPUUtilizationPercentage: 50\n"), Some(cpu(LoadAmount::Total(360))));
    simulation.settle();
    assert_eq!(replicas(&simulation), 8);
}

#[test]
fn the_metric_that_asks_for_most_counts() {
    let two = format!(
        "{APP}  - {{type: External, external: {{metric: {{name: queue}}, target: {{type: AverageValue, averageValue: 10}}}}}}\n"
    )
    .replace("metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]", "metrics:\n  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}");
    let queue = Load {
        namespace: "default".into(),
        measured: Measured::External { metric: "queue".into() },
        amount: Some(LoadAmount::Total(60_000)),
        window: 0,
    };
    let mut simulation = started(&two, Some(queue));
    simulation.settle();
    assert_eq!(replicas(&simulation), 6, "one metric fails, the other asks for more");
    simulation.command(Command::SetLoad(cpu(LoadAmount::Total(360)))).unwrap();
    simulation.settle();
    assert_eq!(replicas(&simulation), 8);
}
