//! The cluster that a learner has when the manifests bring no nodes of their own.

use super::apply;
use crate::api::{Kind, Object, ObjectMeta, StorageClass};
use crate::manifest::default_nodes::{default_nodes, reported};
use std::rc::Rc;

pub use crate::manifest::default_nodes::{node, node_of};

/// One tainted control plane and three workers of 4 CPU, 8Gi and 110 pods each, and a default class `standard` whose
/// claims are bound at once. Nodes and classes among the objects replace them.
#[must_use]
pub fn completed(objects: &[Object]) -> Vec<Object> {
    let brings = |kind: Kind| objects.iter().any(|object| object.kind() == kind);
    let mut completed = vec![];
    if !brings(Kind::Node) {
        completed.extend(default_nodes().into_iter().map(Rc::new).map(Object::Node));
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

/// A node of a manifest as its kubelet reports it.
fn ready(object: Object) -> Object {
    match object {
        Object::Node(node) => Object::Node(Rc::new(reported((*node).clone()))),
        other => other,
    }
}
