//! What the API server refuses, in its order and in its words.
//! Upstream: `pkg/apis/{apps,core,storage}/validation`, `k8s.io/apimachinery/pkg/api/validation`.
//!
//! Objects are validated as JSON: so every error has the path that the API prints, values that the typed object cannot
//! hold are judged too, and so are the parts that are not simulated.

mod address;
mod affinity;
mod autoscaler;
mod container;
mod cron;
mod deployment;
mod endpoint_slice;
mod env;
mod field;
mod host;
mod job;
mod meta;
mod mounts;
mod names;
mod node;
mod paths;
mod pod;
mod pod_resources;
mod policy;
mod resources;
mod security;
mod service;
mod storage;
mod volume;
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

/// What is wrong with an object whose kind is not simulated: with its metadata, and with what a Job is to do.
#[must_use]
pub fn of_any(info: super::schema::KindInfo, namespace: &str, object: &Value) -> Vec<FieldError> {
    let mut metadata = object.get("metadata").cloned().unwrap_or_default();
    if let Some(fields) = metadata.as_object_mut().filter(|_| info.is_namespaced) {
        fields.insert("namespace".into(), namespace.into());
    }
    let form: meta::NameForm = match info.kind {
        "Namespace" => names::dns_label,
        "Role" | "RoleBinding" | "ClusterRole" | "ClusterRoleBinding" => names::path_segment,
        _ => names::dns_subdomain,
    };
    let mut errors = Errors::default();
    let field = Field::root(&metadata).called("metadata".into());
    // The API server gives every namespace its own name as a label.
    let name = field.at("name");
    if info.kind == "Namespace" && !names::label_value(name.text()).is_empty() {
        for message in names::label_value(name.text()) {
            errors.invalid_value(&field.at("labels"), name.text(), &message);
        }
    }
    meta::create(&field, info.is_namespaced, form, &mut errors);
    match (info.api_version, info.kind) {
        ("batch/v1", "Job") => job::job(object, &mut errors),
        ("batch/v1", "CronJob") => job::cron_job(object, &mut errors),
        _ => {}
    }
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
        Kind::EndpointSlice => endpoint_slice::endpoint_slice(&object, &mut errors),
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
        Kind::PersistentVolume => storage::volume_update(&old, &new, &mut errors),
        Kind::StorageClass => storage::class_update(&old, &new, &mut errors),
        Kind::Node => node::node_update(&old, &new, &mut errors),
        Kind::Deployment => deployment::deployment_update(&old, &new, &mut errors),
        Kind::ReplicaSet => deployment::replica_set_update(&old, &new, &mut errors),
        Kind::HorizontalPodAutoscaler => autoscaler::autoscaler_update(&old, &new, &mut errors),
        Kind::PodDisruptionBudget => policy::disruption_budget_update(&old, &new, &mut errors),
        Kind::PriorityClass => policy::priority_class_update(&old, &new, &mut errors),
        Kind::EndpointSlice => endpoint_slice::endpoint_slice_update(&old, &new, &mut errors),
    }
    errors.0
}
