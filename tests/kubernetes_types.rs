//! Every object that a run shows has the shape of the Kubernetes API: read by the types generated from Kubernetes' own
//! description and written again, it is the same.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use k8s_openapi::api::{
    apps::v1 as apps, autoscaling::v2 as autoscaling, core::v1 as core, discovery::v1 as discovery,
    policy::v1 as policy, storage::v1 as storage,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use setwise::actor::{Load, LoadAmount, Measured, Settings};
use setwise::api::{Kind, LabelSelector, ObjectRef};
use setwise::engine::default_cluster::completed;
use setwise::engine::{Bounds, Command, Simulation};
use setwise::manifest;

fn through<T: Serialize + DeserializeOwned>(object: &Value) -> Value {
    let typed: T = serde_json::from_value(object.clone()).unwrap_or_else(|error| panic!("{error}: {object:#}"));
    serde_json::to_value(typed).unwrap()
}

/// The fields of an object that are not in what the generated types made of it.
fn lost(path: &str, ours: &Value, theirs: &Value, found: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (name, value) in ours {
                match theirs.get(name) {
                    Some(other) => lost(&format!("{path}.{name}"), value, other, found),
                    None if value.as_array().is_some_and(Vec::is_empty)
                        || value.as_object().is_some_and(|fields| fields.is_empty()) => {}
                    None => found.push(format!("{path}.{name}")),
                }
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (index, (one, other)) in ours.iter().zip(theirs).enumerate() {
                lost(&format!("{path}[{index}]"), one, other, found);
            }
        }
        _ if ours == theirs => {}
        _ => found.push(format!("{path}: {ours} became {theirs}")),
    }
}

#[test]
fn objects_have_the_fields_that_kubernetes_gives_them() {
    let run: Value = serde_json::from_str(include_str!("determinism/expected.json")).unwrap();
    let changes = run["steps"].as_array().unwrap().iter().flat_map(|step| step["changes"].as_array().unwrap());
    let mut kinds = std::collections::BTreeSet::new();
    let mut found = vec![];
    for object in changes.map(|change| &change["after"]).filter(|after| !after.is_null()) {
        let kind = object["kind"].as_str().unwrap();
        let theirs = match kind {
            "Node" => through::<core::Node>(object),
            "Pod" => through::<core::Pod>(object),
            "EndpointSlice" => through::<discovery::EndpointSlice>(object),
            "Service" => through::<core::Service>(object),
            "PersistentVolume" => through::<core::PersistentVolume>(object),
            "PersistentVolumeClaim" => through::<core::PersistentVolumeClaim>(object),
            "StorageClass" => through::<storage::StorageClass>(object),
            "StatefulSet" => through::<apps::StatefulSet>(object),
            "DaemonSet" => through::<apps::DaemonSet>(object),
            "Deployment" => through::<apps::Deployment>(object),
            "ReplicaSet" => through::<apps::ReplicaSet>(object),
            "ControllerRevision" => through::<apps::ControllerRevision>(object),
            other => panic!("{other} is not compared"),
        };
        kinds.insert(kind);
        lost(kind, object, &theirs, &mut found);
    }
    found.sort();
    found.dedup();
    assert_eq!(found, Vec::<String>::new(), "fields that Kubernetes does not know");
    assert_eq!(kinds.len(), 12, "every kind is in the run: {kinds:?}");
}

const SCALED: &str = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: c, image: nginx, resources: {requests: {cpu: 100m, memory: 64Mi}}}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 60%, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: web}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}
  maxReplicas: 5
  metrics:
  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}
  - {type: ContainerResource, containerResource: {name: memory, container: c, target: {type: AverageValue, averageValue: 32Mi}}}
  - {type: Pods, pods: {metric: {name: hits}, target: {type: AverageValue, averageValue: 10}}}
  - type: Object
    object:
      describedObject: {apiVersion: v1, kind: Service, name: web}
      metric: {name: hits}
      target: {type: Value, value: 100}
  - {type: External, external: {metric: {name: queue}, target: {type: AverageValue, averageValue: 10}}}
  behavior: {scaleDown: {tolerance: 50m, policies: [{type: Pods, value: 1, periodSeconds: 60}]}}
";

#[test]
fn autoscalers_and_budgets_have_the_fields_that_kubernetes_gives_them() {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(completed(&[]));
    let selector = || LabelSelector { match_labels: [("app".into(), "web".into())].into(), ..LabelSelector::default() };
    let resource = |resource: &str| Measured::Resource { selector: selector(), resource: resource.into() };
    for (measured, amount) in [
        (resource("cpu"), 200),
        (resource("memory"), 192 << 20),
        (Measured::Pods { selector: selector(), metric: "hits".into() }, 20_000),
        (Measured::Object { kind: "Service".into(), name: "web".into(), metric: "hits".into() }, 120_000),
        (Measured::External { metric: "queue".into() }, 30_000),
    ] {
        let amount = Some(LoadAmount::Total(amount));
        simulation
            .command(Command::SetLoad(Load { namespace: "default".into(), measured, amount, window: 0 }))
            .unwrap();
    }
    for value in manifest::yaml::to_json(SCALED).unwrap() {
        simulation.command(Command::Apply(vec![manifest::decode(&value).unwrap()])).unwrap();
    }
    simulation.settle();
    let evicted = ObjectRef::new(Kind::Pod, "default", "web-1");
    simulation.command(Command::Evict(evicted)).unwrap();
    simulation.settle();
    let mut found = vec![];
    let mut looked_at = (0, 0);
    for object in simulation.steps().iter().flat_map(|step| &step.changes).filter_map(|change| change.after.as_ref()) {
        let ours = object.to_json();
        let theirs = match object.kind() {
            Kind::HorizontalPodAutoscaler => {
                looked_at.0 += 1;
                through::<autoscaling::HorizontalPodAutoscaler>(&ours)
            }
            Kind::PodDisruptionBudget => {
                looked_at.1 += 1;
                through::<policy::PodDisruptionBudget>(&ours)
            }
            _ => continue,
        };
        lost(object.kind().as_str(), &ours, &theirs, &mut found);
    }
    assert_eq!(found, Vec::<String>::new(), "fields that Kubernetes does not know");
    assert!(looked_at.0 >= 2 && looked_at.1 >= 3, "{looked_at:?}");
    let [autoscaler] = simulation.cluster().autoscalers.iter().collect::<Vec<_>>()[..] else { panic!() };
    assert_eq!(autoscaler.status.current_metrics.len(), 5, "every metric is shown");
    assert!(autoscaler.status.current_metrics.iter().all(|metric| !metric.kind.is_empty()));
}
