//! The cluster that a learner has when the manifests bring no nodes of their own.

use super::apply;
use crate::api::{
    Kind, Node, NodeCondition, NodeSpec, NodeStatus, Object, ObjectMeta, Quantity, StorageClass, Taint, TaintEffect,
    Time,
};
use std::rc::Rc;

/// One tainted control plane and three workers of 4 CPU, 8Gi and 110 pods each, and a default class `standard` whose
/// claims are bound at once. Nodes and classes among the objects replace them.
#[must_use]
pub fn completed(objects: &[Object]) -> Vec<Object> {
    let brings = |kind: Kind| objects.iter().any(|object| object.kind() == kind);
    let mut completed = vec![];
    if !brings(Kind::Node) {
        completed.push(control_plane());
        completed.extend((1..=3).map(|number| node(&format!("worker-{number}"))).map(Rc::new).map(Object::Node));
    }
    if !brings(Kind::StorageClass) {
        completed.push(standard_class());
    }
    let given = objects.iter().filter(|object| is_infrastructure(object.kind()));
    completed.extend(given.cloned().map(apply::first_applied).map(ready));
    completed
}

/// Whether objects of a kind are there before anything is applied.
#[must_use]
pub fn is_infrastructure(kind: Kind) -> bool {
    matches!(kind, Kind::Node | Kind::StorageClass)
}

/// A Ready node of 4 CPU, 8Gi and 110 pods.
#[must_use]
pub fn node(name: &str) -> Node {
    node_of(name, "4", "8Gi", "110")
}

/// A Ready node of some size. What is not a quantity counts as none of the resource.
#[must_use]
pub fn node_of(name: &str, cpu: &str, memory: &str, pods: &str) -> Node {
    let capacity: std::collections::BTreeMap<String, Quantity> = [("cpu", cpu), ("memory", memory), ("pods", pods)]
        .into_iter()
        .filter_map(|(resource, amount)| Some((resource.to_owned(), Quantity::parse(amount)?)))
        .collect();
    let labels = [("kubernetes.io/hostname", name), ("kubernetes.io/os", "linux"), ("kubernetes.io/arch", "amd64")];
    Node {
        metadata: ObjectMeta {
            name: name.into(),
            labels: labels.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
            ..Default::default()
        },
        spec: NodeSpec::default(),
        status: NodeStatus {
            allocatable: capacity.clone(),
            capacity,
            conditions: vec![ready_condition()],
            ..Default::default()
        },
    }
}

fn ready_condition() -> NodeCondition {
    NodeCondition {
        kind: "Ready".into(),
        status: "True".into(),
        last_heartbeat_time: Some(Time::ZERO),
        last_transition_time: Some(Time::ZERO),
        reason: Some("KubeletReady".into()),
        message: Some("kubelet is posting ready status".into()),
    }
}

fn control_plane() -> Object {
    let mut node = node("control-plane");
    node.metadata.labels.insert("node-role.kubernetes.io/control-plane".into(), String::new());
    node.spec.taints.push(Taint {
        key: "node-role.kubernetes.io/control-plane".into(),
        value: String::new(),
        effect: TaintEffect::NoSchedule,
        time_added: None,
    });
    Object::Node(Rc::new(node))
}

fn standard_class() -> Object {
    let annotations = [(StorageClass::DEFAULT_ANNOTATION.to_owned(), "true".to_owned())].into();
    Object::StorageClass(Rc::new(StorageClass {
        metadata: ObjectMeta { name: "standard".into(), annotations, ..Default::default() },
        provisioner: "setwise.example/standard".into(),
        reclaim_policy: Some("Delete".into()),
        volume_binding_mode: Some("Immediate".into()),
        ..Default::default()
    }))
}

/// A node of a manifest as its kubelet reports it: Ready, with the default size where the manifest gives none.
fn ready(object: Object) -> Object {
    let Object::Node(node) = object else { return object };
    let mut node = (*node).clone();
    let default = self::node(&node.metadata.name);
    for (label, value) in default.metadata.labels {
        node.metadata.labels.entry(label).or_insert(value);
    }
    let given =
        if node.status.allocatable.is_empty() { node.status.capacity.clone() } else { node.status.allocatable.clone() };
    let mut allocatable = default.status.allocatable;
    allocatable.extend(given);
    if node.status.capacity.is_empty() {
        node.status.capacity.clone_from(&allocatable);
    }
    node.status.allocatable = allocatable;
    if !node.status.conditions.iter().any(|condition| condition.kind == "Ready") {
        node.status.conditions.push(ready_condition());
    }
    Object::Node(Rc::new(node))
}
