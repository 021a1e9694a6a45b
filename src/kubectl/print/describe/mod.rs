//! `kubectl describe`. Upstream: `k8s.io/kubectl/pkg/describe/describe.go`.

mod autoscaler;
mod containers;
mod environment;
mod events;
mod generic;
mod node;
mod pod;
mod policy;
mod probe;
mod service;
mod storage;
mod template;
mod volumes;
mod workload;
mod writer;

pub use template::pod_template;
pub use writer::Writer;

use super::object::to_json;
use super::{Item, Shown};
use crate::api::Object;
use crate::kubectl::resource::Resource;

/// `kubectl describe` of one object, ending with a newline. Between several the core prints the empty lines.
#[must_use]
pub fn describe(shown: &Shown<'_>, resource: &'static Resource, item: &Item<'_>, show_events: bool) -> String {
    let mut writer = Writer::default();
    match item {
        Item::Object(object) => describe_object(&mut writer, shown, object),
        Item::Kept(_) | Item::Event(_) => generic::describe(&mut writer, shown, resource, item),
    }
    if let Item::Object(object) = item
        && show_events
    {
        events::table(&mut writer, shown, object);
    } else if show_events && generic::has_events(resource) {
        events::none(&mut writer);
    }
    writer.aligned()
}

fn describe_object(writer: &mut Writer, shown: &Shown<'_>, object: &Object) {
    match object {
        Object::Pod(pod) => pod::describe(writer, shown, pod),
        Object::Node(node) => node::describe(writer, shown, node),
        Object::StatefulSet(set) => workload::stateful_set(writer, shown, set),
        Object::DaemonSet(set) => workload::daemon_set(writer, shown, set),
        Object::Deployment(deployment) => workload::deployment(writer, shown, deployment),
        Object::ReplicaSet(set) => workload::replica_set(writer, shown, set),
        Object::Service(service) => service::service(writer, shown, service),
        Object::EndpointSlice(slice) => service::endpoint_slice(writer, slice),
        Object::PersistentVolumeClaim(claim) => storage::claim(writer, shown, claim),
        Object::PersistentVolume(volume) => storage::volume(writer, shown, volume),
        Object::StorageClass(class) => storage::class(writer, class),
        Object::HorizontalPodAutoscaler(autoscaler) => autoscaler::describe(writer, autoscaler),
        Object::PodDisruptionBudget(budget) => policy::disruption_budget(writer, budget),
        Object::PriorityClass(class) => policy::priority_class(writer, class),
        Object::ControllerRevision(_) => generic::describe_value(writer, &to_json(&Item::Object(object.clone()))),
    }
}
