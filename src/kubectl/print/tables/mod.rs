//! The columns and cells of each kind. Upstream: `pkg/printers/internalversion/printers.go`.

mod autoscaler;
mod event;
mod kept;
mod network;
mod node;
mod pod;
mod storage;
mod workload;

pub use event::{interval, is_precise, name as event_name, namespace as event_namespace};
pub use node::roles;
pub use storage::{access_modes, stored};

use super::Item;
use super::table::{Column, Row, always, wide};
use super::time::age;
use crate::api::{Kind, Object, ObjectMeta, PodDisruptionBudget, PriorityClass, Quantity, Time};
use crate::kubectl::resource::{Resource, Stored};

/// The columns of a resource.
#[must_use]
pub fn columns(resource: &Resource) -> &'static [Column] {
    match resource.stored {
        Stored::Simulated(Kind::Pod) => pod::COLUMNS,
        Stored::Simulated(Kind::Node) => node::COLUMNS,
        Stored::Simulated(Kind::StatefulSet) => workload::STATEFUL_SET,
        Stored::Simulated(Kind::DaemonSet) => workload::DAEMON_SET,
        Stored::Simulated(Kind::Deployment) => workload::DEPLOYMENT,
        Stored::Simulated(Kind::ReplicaSet) => workload::REPLICA_SET,
        Stored::Simulated(Kind::ControllerRevision) => workload::CONTROLLER_REVISION,
        Stored::Simulated(Kind::StorageClass) => storage::STORAGE_CLASS,
        Stored::Simulated(Kind::PersistentVolume) => storage::PERSISTENT_VOLUME,
        Stored::Simulated(Kind::PersistentVolumeClaim) => storage::PERSISTENT_VOLUME_CLAIM,
        Stored::Simulated(Kind::Service) => network::SERVICE,
        Stored::Simulated(Kind::EndpointSlice) => network::ENDPOINT_SLICE,
        Stored::Simulated(Kind::HorizontalPodAutoscaler) => autoscaler::COLUMNS,
        Stored::Simulated(Kind::PodDisruptionBudget) => BUDGET,
        Stored::Simulated(Kind::PriorityClass) => PRIORITY_CLASS,
        Stored::Kept => kept::columns(resource.kind),
        Stored::Events => event::COLUMNS,
    }
}

/// The row of an object, with the cells of all columns.
#[must_use]
pub fn row(resource: &Resource, item: &Item<'_>, now: Time) -> Row {
    match item {
        Item::Object(object) => {
            let metadata = object.metadata();
            Row { cells: cells(object, now), namespace: metadata.namespace.clone(), labels: metadata.labels.clone() }
        }
        Item::Kept(value) => kept::row(resource.kind, value, now),
        Item::Event(entry) => event::row(entry, now),
    }
}

fn cells(object: &Object, now: Time) -> Vec<String> {
    match object {
        Object::Pod(pod) => pod::cells(pod, now),
        Object::Node(node) => node::cells(node, now),
        Object::StatefulSet(set) => workload::stateful_set(set, now),
        Object::DaemonSet(set) => workload::daemon_set(set, now),
        Object::Deployment(deployment) => workload::deployment(deployment, now),
        Object::ReplicaSet(set) => workload::replica_set(set, now),
        Object::ControllerRevision(revision) => workload::controller_revision(revision, now),
        Object::StorageClass(class) => storage::storage_class(class, now),
        Object::PersistentVolume(volume) => storage::persistent_volume(volume, now),
        Object::PersistentVolumeClaim(claim) => storage::persistent_volume_claim(claim, now),
        Object::Service(service) => network::service(service, now),
        Object::EndpointSlice(slice) => network::endpoint_slice(slice, now),
        Object::HorizontalPodAutoscaler(autoscaler) => autoscaler::cells(autoscaler, now),
        Object::PodDisruptionBudget(budget) => disruption_budget(budget, now),
        Object::PriorityClass(class) => priority_class(class, now),
    }
}

const BUDGET: &[Column] =
    &[always("Name"), always("Min Available"), always("Max Unavailable"), always("Allowed Disruptions"), always("Age")];

fn disruption_budget(budget: &PodDisruptionBudget, now: Time) -> Vec<String> {
    let bound = |bound: Option<crate::api::IntOrPercent>| bound.map_or("N/A".into(), |bound| bound.to_string());
    vec![
        budget.metadata.name.clone(),
        bound(budget.spec.min_available),
        bound(budget.spec.max_unavailable),
        budget.status.disruptions_allowed.to_string(),
        since_creation(&budget.metadata, now),
    ]
}

const PRIORITY_CLASS: &[Column] =
    &[always("Name"), always("Value"), always("Global-Default"), always("Age"), always("PreemptionPolicy")];

/// The API server fills the last cell for `-o wide` alone, under a heading that is always there; kubectl asks it for all.
fn priority_class(class: &PriorityClass, now: Time) -> Vec<String> {
    vec![
        class.metadata.name.clone(),
        class.value.to_string(),
        class.global_default.unwrap_or(false).to_string(),
        since_creation(&class.metadata, now),
        class.preemption_policy.clone().unwrap_or_default(),
    ]
}

/// The age of an object.
fn since_creation(metadata: &ObjectMeta, now: Time) -> String {
    age(now, metadata.creation_timestamp)
}

/// A quantity as the API server writes it.
#[must_use]
pub fn quantity(quantity: Option<&Quantity>) -> String {
    quantity.map_or("0".into(), Quantity::canonical)
}

/// The columns of `-o wide` that tell of a pod template.
const fn template_columns() -> [Column; 3] {
    [wide("Containers"), wide("Images"), wide("Selector")]
}
