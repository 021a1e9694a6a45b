//! The sources of a metric, and the pods that it is counted over.

use super::{APP, autoscaler, condition, cpu, replicas, started};
use crate::actor::{Load, LoadAmount, Measured};
use crate::api::{Key, LabelSelector};
use crate::engine::{Command, RunEnd, Simulation};

const CPU: &str = "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}";

/// The app with another metric.
fn with_metric(metric: &str) -> String {
    APP.replace(CPU, metric)
}

fn selector() -> LabelSelector {
    LabelSelector { match_labels: [("app".to_string(), "app".to_string())].into(), ..LabelSelector::default() }
}

fn load(measured: Measured, amount: LoadAmount) -> Load {
    Load { namespace: "default".into(), measured, amount: Some(amount), window: 0 }
}

fn settled(manifests: &str, loads: Vec<Load>) -> Simulation {
    let mut simulation = started(manifests, None);
    for load in loads {
        simulation.command(Command::SetLoad(load)).unwrap();
    }
    assert_eq!(simulation.settle(), RunEnd::Settled);
    simulation
}

#[test]
fn a_metric_of_pods_is_averaged_over_them_and_another_of_theirs_does_not_count() {
    let text =
        with_metric("{type: Pods, pods: {metric: {name: requests}, target: {type: AverageValue, averageValue: '10'}}}");
    let measured = |metric: &str| Measured::Pods { selector: selector(), metric: metric.into() };
    let simulation = settled(
        &text,
        vec![
            load(measured("errors"), LoadAmount::Total(10_000_000)),
            load(measured("requests"), LoadAmount::Total(60_000)),
        ],
    );
    assert_eq!(replicas(&simulation), 6);
    let shown = autoscaler(&simulation).status.current_metrics[0].pods.clone().unwrap();
    assert_eq!(shown.metric.name, "requests");
    assert_eq!(shown.current.average_value.unwrap().as_str(), "10");
}

#[test]
fn a_metric_of_pods_that_is_not_measured_fails() {
    let text =
        with_metric("{type: Pods, pods: {metric: {name: requests}, target: {type: AverageValue, averageValue: '10'}}}");
    let errors = Measured::Pods { selector: selector(), metric: "errors".into() };
    let simulation = settled(&text, vec![load(errors, LoadAmount::Total(60_000))]);
    assert_eq!(replicas(&simulation), 4);
    let (status, reason, message) = condition(&simulation, "ScalingActive");
    assert_eq!((status.as_str(), reason.as_str()), ("False", "FailedGetPodsMetric"));
    assert!(
        message.ends_with("unable to get metric requests: no metrics returned from custom metrics API"),
        "{message}"
    );
}

const OF_INGRESS: &str = "{type: Object, object: {metric: {name: requests}, \
     describedObject: {apiVersion: networking.k8s.io/v1, kind: Ingress, name: main}, target: TARGET}}";

fn of(kind: &str, name: &str, metric: &str) -> Measured {
    Measured::Object { kind: kind.into(), name: name.into(), metric: metric.into() }
}

#[test]
fn a_metric_of_an_object_is_compared_with_its_target_as_a_whole() {
    let text = with_metric(&OF_INGRESS.replace("TARGET", "{type: Value, value: '100'}"));
    let simulation = settled(
        &text,
        vec![
            load(of("Service", "main", "requests"), LoadAmount::Total(900_000)),
            load(of("Ingress", "other", "requests"), LoadAmount::Total(900_000)),
            load(of("Ingress", "main", "errors"), LoadAmount::Total(900_000)),
            load(of("Ingress", "main", "requests"), LoadAmount::Total(100_000)),
        ],
    );
    assert_eq!(replicas(&simulation), 4, "100 of 100");
    let shown = autoscaler(&simulation).status.current_metrics[0].object.clone().unwrap();
    assert_eq!(shown.current.value.unwrap().as_str(), "100");
    assert_eq!(shown.described_object.name, "main");
}

#[test]
fn a_metric_of_an_object_may_be_divided_by_the_pods() {
    let text = with_metric(&OF_INGRESS.replace("TARGET", "{type: AverageValue, averageValue: '100'}"));
    let simulation = settled(&text, vec![load(of("Ingress", "main", "requests"), LoadAmount::Total(600_000))]);
    assert_eq!(replicas(&simulation), 6);
    let shown = autoscaler(&simulation).status.current_metrics[0].object.clone().unwrap();
    assert_eq!(shown.current.average_value.unwrap().as_str(), "100");
}

#[test]
fn a_metric_of_one_container_leaves_the_requests_of_the_others_out() {
    let two = "containers: [{name: c, image: app, resources: {requests: {cpu: 100m}}}, \
         {name: proxy, image: proxy, resources: {requests: {cpu: 300m}}}]";
    let text = with_metric(
        "{type: ContainerResource, containerResource: {name: cpu, container: c, \
         target: {type: Utilization, averageUtilization: 50}}}",
    )
    .replace("containers: [{name: c, image: app, resources: {requests: {cpu: 100m}}}]", two);
    let simulation = settled(&text, vec![cpu(LoadAmount::Total(300))]);
    assert_eq!(replicas(&simulation), 6, "75 % of 100m, and 50 % are wanted");
    let missing = text.replace("container: c", "container: gone");
    let simulation = settled(&missing, vec![cpu(LoadAmount::Total(300))]);
    let (_, reason, message) = condition(&simulation, "ScalingActive");
    assert_eq!(reason, "FailedGetContainerResourceMetric");
    assert!(message.contains("container gone not found in Pod app-"), "{message}");
}

#[test]
fn the_request_of_a_pod_as_a_whole_replaces_those_of_its_containers() {
    let own = "containers: [{name: c, image: app, resources: {requests: {cpu: 100m}}}]";
    let whole = |resources: &str| APP.replace(own, &format!("resources: {{requests: {{{resources}}}}}\n      {own}"));
    let of_pod = settled(&whole("cpu: 200m"), vec![cpu(LoadAmount::Total(480))]);
    assert_eq!(replicas(&of_pod), 5, "480m at 100m a pod");
    let of_containers = settled(&whole("memory: 1Gi"), vec![cpu(LoadAmount::Total(480))]);
    assert_eq!(replicas(&of_containers), 10, "480m at 50m a pod");
}

#[test]
fn a_replica_set_is_scaled_too() {
    let set = APP
        .replacen("kind: Deployment", "kind: ReplicaSet", 1)
        .replace("kind: Deployment, name", "kind: ReplicaSet, name");
    let simulation = settled(&set, vec![cpu(LoadAmount::Total(360))]);
    let set = simulation.cluster().replica_sets.get(&Key::new("default", "app")).unwrap();
    assert_eq!(set.spec.replicas, Some(8));
    assert_eq!(simulation.cluster().pods.len(), 8);
}

#[test]
fn a_target_that_has_no_scale_is_told() {
    let set = APP.replace("kind: Deployment, name", "kind: Deploymint, name");
    let simulation = settled(&set, vec![]);
    let (status, reason, message) = condition(&simulation, "AbleToScale");
    assert_eq!((status.as_str(), reason.as_str()), ("False", "FailedGetScale"));
    assert!(message.contains("no matches for kind \"Deploymint\" in group \"apps\""), "{message}");
}

#[test]
fn an_ambiguous_selector_is_printed_as_kubernetes_prints_it() {
    let expressions = "{matchLabels: {app: app}, matchExpressions: [{key: tier, operator: In, values: [a, b]}, \
         {key: zone, operator: NotIn, values: [c]}, {key: team, operator: Exists}, {key: old, operator: DoesNotExist}]}";
    let app = APP.replacen("selector: {matchLabels: {app: app}}", &format!("selector: {expressions}"), 1).replacen(
        "labels: {app: app}",
        "labels: {app: app, tier: a, zone: d, team: x}",
        1,
    );
    let second = app.split_once("---").unwrap().1.replacen("{name: app}", "{name: second}", 1);
    let simulation = settled(&format!("{app}---{second}"), vec![]);
    let (_, reason, message) = condition(&simulation, "ScalingActive");
    assert_eq!(reason, "AmbiguousSelector");
    assert!(message.contains("pods by selector app=app,tier in (a,b),zone notin (c),team,!old are"), "{message}");
}
