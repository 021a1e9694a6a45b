//! A cluster to try workloads in, and short ways to command it and to look at it.

use serde_json::Value;
use setwise::actor::Settings;
use setwise::api::{Deployment, Key, Kind, Object, ObjectRef, Pod, ReplicaSet};
use setwise::engine::{Bounds, Command, PatchKind, Refusal, Simulation, default_cluster};
use setwise::manifest;
use std::rc::Rc;

/// A cluster with nodes and nothing else.
pub fn cluster() -> Simulation {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&[]));
    simulation.settle();
    simulation
}

pub fn object(text: &str) -> Object {
    let value = manifest::yaml::to_json(text).unwrap().remove(0);
    manifest::decode(&value).unwrap()
}

pub fn workload(kind: &str, replicas: i32, image: &str, more: &str) -> Object {
    object(&format!(
        "apiVersion: apps/v1
kind: {kind}
metadata: {{name: app}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: app}}}}
{more}
  template:
    metadata: {{labels: {{app: app}}}}
    spec: {{containers: [{{name: c, image: \"{image}\"}}]}}
"
    ))
}

pub fn deployment(replicas: i32, image: &str, more: &str) -> Object {
    workload("Deployment", replicas, image, more)
}

pub fn app() -> ObjectRef {
    ObjectRef::new(Kind::Deployment, "default", "app")
}

pub fn started(object: Object) -> Simulation {
    let mut simulation = cluster();
    simulation.command(Command::Apply(vec![object])).unwrap();
    simulation.settle();
    simulation
}

pub fn set_image(simulation: &mut Simulation, image: &str) {
    set_image_of(simulation, app(), image);
}

pub fn set_image_of(simulation: &mut Simulation, object: ObjectRef, image: &str) {
    simulation.command(Command::SetImage { object, container: "c".into(), image: image.into() }).unwrap();
}

pub fn patch(simulation: &mut Simulation, object: ObjectRef, patch: Value) -> Result<(), Refusal> {
    simulation.command(Command::Patch { object, kind: PatchKind::Merge, patch })
}

pub fn scale(simulation: &mut Simulation, object: ObjectRef, replicas: i32) {
    simulation.command(Command::Scale { object, replicas }).unwrap();
}

pub fn of(simulation: &Simulation) -> Rc<Deployment> {
    simulation.cluster().deployments.get(&Key::new("default", "app")).unwrap().clone()
}

/// The ReplicaSets in the order of their revisions.
pub fn sets(simulation: &Simulation) -> Vec<Rc<ReplicaSet>> {
    let mut sets: Vec<_> = simulation.cluster().replica_sets.iter().cloned().collect();
    sets.sort_by_key(|set| annotation(set, "revision").parse::<i64>().unwrap_or(0));
    sets
}

pub fn annotation(set: &ReplicaSet, name: &str) -> String {
    set.metadata.annotations.get(&format!("deployment.kubernetes.io/{name}")).cloned().unwrap_or_default()
}

/// Image and size of every ReplicaSet, by revision.
pub fn sizes(simulation: &Simulation) -> Vec<(String, i32)> {
    let image = |set: &ReplicaSet| set.spec.template.spec.containers[0].image.clone().unwrap();
    sets(simulation).iter().map(|set| (image(set), set.spec.replicas.unwrap())).collect()
}

pub fn pods(simulation: &Simulation) -> Vec<Rc<Pod>> {
    simulation.cluster().pods.iter().cloned().collect()
}

pub fn pod_ref(pod: &Pod) -> ObjectRef {
    ObjectRef::new(Kind::Pod, "default", &pod.metadata.name)
}

pub fn condition(simulation: &Simulation, kind: &str) -> (String, String) {
    let deployment = of(simulation);
    let found = deployment.status.conditions.iter().find(|condition| condition.kind == kind);
    found.map_or(Default::default(), |it| (it.status.clone(), it.reason.clone().unwrap_or_default()))
}

pub fn pair(status: &str, reason: &str) -> (String, String) {
    (status.into(), reason.into())
}
