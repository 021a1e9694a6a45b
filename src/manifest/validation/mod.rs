//! What the API server refuses, in its order and in its words.
//! Upstream: `pkg/apis/{apps,core,storage}/validation`, `k8s.io/apimachinery/pkg/api/validation`.
//!
//! Objects are validated as JSON: so every error has the path that the API prints, values that the typed object cannot
//! hold are judged too, and so are the parts that are not simulated.

mod affinity;
mod autoscaler;
mod container;
mod deployment;
mod field;
mod meta;
mod names;
mod node;
mod pod;
mod policy;
mod service;
mod storage;
mod workload;

use super::field_error::FieldError;
use crate::api::{Kind, Object};
use field::{Errors, Field};
use serde_json::Value;

/// What is wrong with a new object, after defaulting.
#[must_use]
pub fn create(object: &Object) -> Vec<FieldError> {
    create_value(object.kind(), &object.to_json())
}

/// What is wrong with a changed object, after defaulting.
#[must_use]
pub fn update(old: &Object, new: &Object) -> Vec<FieldError> {
    if old.kind() != new.kind() {
        return vec![FieldError::of_value(
            "kind",
            super::FieldErrorKind::Invalid,
            new.kind().as_str(),
            "field is immutable",
        )];
    }
    update_value(new.kind(), &old.to_json(), &new.to_json())
}

/// What is wrong with the labels of an object that a controller made; the rest of it comes from what was validated.
#[must_use]
pub fn labels(labels: &crate::api::Labels) -> Vec<FieldError> {
    let mut errors = Errors::default();
    let labels = serde_json::to_value(labels).unwrap_or_default();
    meta::labels(&Field::root(&labels).called("metadata.labels".into()), &mut errors);
    errors.0
}

/// Takes back what is only wrong while feature gate `TaintTolerationComparisonOperators` is off: tolerations that say `Gt`
/// or `Lt`.
#[must_use]
pub fn with_comparison_operators(mut errors: Vec<FieldError>) -> Vec<FieldError> {
    errors.retain(|error| {
        let is_operator = error.path.contains(".tolerations[") && error.path.ends_with("].operator");
        let compares = error.value.as_ref().is_some_and(|value| value == "Gt" || value == "Lt");
        !(is_operator && compares && error.kind == super::FieldErrorKind::NotSupported)
    });
    errors
}

/// The same for an object as JSON.
#[must_use]
pub fn create_value(kind: Kind, object: &Value) -> Vec<FieldError> {
    let object = Field::root(object);
    let mut errors = Errors::default();
    match kind {
        Kind::StatefulSet => workload::stateful_set(&object, &mut errors),
        Kind::DaemonSet => workload::daemon_set(&object, &mut errors),
        Kind::ControllerRevision => workload::controller_revision(&object, &mut errors),
        Kind::Pod => pod::pod(&object, &mut errors),
        Kind::Service => service::service(&object, &mut errors),
        Kind::PersistentVolumeClaim => storage::claim(&object, &mut errors),
        Kind::PersistentVolume => storage::volume(&object, &mut errors),
        Kind::StorageClass => storage::class(&object, &mut errors),
        Kind::Node => node::node(&object, &mut errors),
        Kind::Deployment => deployment::deployment(&object, &mut errors),
        Kind::ReplicaSet => deployment::replica_set(&object, &mut errors),
        Kind::HorizontalPodAutoscaler => autoscaler::autoscaler(&object, &mut errors),
        Kind::PodDisruptionBudget => policy::disruption_budget(&object, &mut errors),
        Kind::PriorityClass => policy::priority_class(&object, &mut errors),
        Kind::EndpointSlice => service::endpoint_slice(&object, &mut errors),
    }
    errors.0
}

/// The same for objects as JSON.
#[must_use]
pub fn update_value(kind: Kind, old: &Value, new: &Value) -> Vec<FieldError> {
    let (old, new) = (Field::root(old), Field::root(new));
    let mut errors = Errors::default();
    meta::update(&old.at("metadata"), &new.at("metadata"), &mut errors);
    match kind {
        Kind::StatefulSet => workload::stateful_set_update(&old, &new, &mut errors),
        Kind::DaemonSet => workload::daemon_set_update(&old, &new, &mut errors),
        Kind::ControllerRevision => errors.immutable(&old.at("data"), &new.at("data")),
        Kind::Pod => pod::pod_update(&old, &new, &mut errors),
        Kind::Service => service::service_update(&old, &new, &mut errors),
        Kind::PersistentVolumeClaim => storage::claim_update(&old, &new, &mut errors),
        Kind::PersistentVolume => storage::volume_update(&new, &mut errors),
        Kind::StorageClass => storage::class_update(&old, &new, &mut errors),
        Kind::Node => node::node_spec(&new, &mut errors),
        Kind::Deployment => deployment::deployment_update(&old, &new, &mut errors),
        Kind::ReplicaSet => deployment::replica_set_update(&old, &new, &mut errors),
        Kind::HorizontalPodAutoscaler => autoscaler::autoscaler_update(&old, &new, &mut errors),
        Kind::PodDisruptionBudget => policy::disruption_budget_update(&old, &new, &mut errors),
        Kind::PriorityClass => policy::priority_class_update(&old, &new, &mut errors),
        Kind::EndpointSlice => service::endpoint_slice_update(&old, &new, &mut errors),
    }
    errors.0
}
