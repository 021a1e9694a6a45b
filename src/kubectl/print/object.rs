//! Objects as JSON, complete: with what the API server shows and the simulation has no need to keep.

use super::Item;
use super::node_info::NodeInfo;
use super::tables::{event_name, event_namespace, is_precise};
use crate::api::{Object, Pod, Time, Uid};
use crate::events::Entry;
use serde_json::{Map, Value, json};

/// An object as `kubectl get -o json` has it.
#[must_use]
pub fn to_json(item: &Item<'_>) -> Value {
    match item {
        Item::Object(object) => simulated(object),
        Item::Kept(value) => (**value).clone(),
        Item::Event(entry) => event(entry),
    }
}

/// The kind and the name of an object.
#[must_use]
pub fn name(item: &Item<'_>) -> String {
    match item {
        Item::Object(object) => object.metadata().name.clone(),
        Item::Kept(value) => value.pointer("/metadata/name").and_then(Value::as_str).unwrap_or_default().into(),
        Item::Event(entry) => event_name(entry),
    }
}

/// What the API server lists Events by: their names begin with that of their object and go on with the time.
#[must_use]
pub fn event_order(item: &Item<'_>) -> (String, String, Time) {
    match item {
        Item::Event(entry) => {
            let namespace = event_namespace(entry);
            (namespace, format!("{}.", entry.event.object.name()), entry.event.at)
        }
        Item::Object(_) | Item::Kept(_) => (String::new(), name(item), Time::ZERO),
    }
}

fn simulated(object: &Object) -> Value {
    let mut value = object.to_json();
    match object {
        Object::Pod(pod) => complete_pod(&mut value, pod),
        Object::Node(node) => {
            let info = NodeInfo::of(node);
            let address = |(kind, address): &(String, String)| json!({"address": address, "type": kind});
            let addresses: Vec<Value> = info.addresses.iter().map(address).collect();
            if let Some(Value::Object(status)) = value.get_mut("status") {
                status.entry("addresses").or_insert(addresses.into());
                status.entry("nodeInfo").or_insert(info.info().clone());
            }
        }
        Object::ControllerRevision(_) => complete_revision(&mut value),
        Object::StorageClass(_)
        | Object::PersistentVolume(_)
        | Object::PersistentVolumeClaim(_)
        | Object::Service(_)
        | Object::StatefulSet(_)
        | Object::DaemonSet(_)
        | Object::Deployment(_)
        | Object::ReplicaSet(_)
        | Object::HorizontalPodAutoscaler(_)
        | Object::PodDisruptionBudget(_)
        | Object::PriorityClass(_)
        | Object::EndpointSlice(_) => {}
    }
    value
}

/// A revision is kept as the patch that brings the template back (`pkg/controller/statefulset: getPatch`).
fn complete_revision(revision: &mut Value) {
    let Some(data) = revision.get_mut("data") else { return };
    let mut template = data.take();
    if let Value::Object(fields) = &mut template {
        fields.insert("$patch".into(), "replace".into());
    }
    *data = json!({"spec": {"template": template}});
}

/// The addresses of a pod; the API server fills the list from the single one.
#[must_use]
pub fn pod_ips(pod: &Pod) -> Vec<&str> {
    let listed: Vec<&str> = pod.status.pod_ips.iter().map(|ip| ip.ip.as_str()).collect();
    if listed.is_empty() {
        pod.status.pod_ip.as_deref().filter(|ip| !ip.is_empty()).into_iter().collect()
    } else {
        listed
    }
}

/// What the API server fills in, what the types of a pod's status write without `omitempty`, and what the container
/// runtime would say.
fn complete_pod(value: &mut Value, pod: &Pod) {
    let uid = pod.metadata.uid.to_string();
    if let Some(Value::Object(status)) = value.get_mut("status") {
        let class = pod.status.qos_class.unwrap_or_else(|| pod.spec.qos_class());
        status.entry("qosClass").or_insert_with(|| format!("{class:?}").into());
        let ips: Vec<Value> = pod_ips(pod).into_iter().map(|ip| json!({"ip": ip})).collect();
        if !ips.is_empty() {
            status.entry("podIPs").or_insert(ips.into());
        }
    }
    let conditions = value.pointer_mut("/status/conditions").and_then(Value::as_array_mut);
    for condition in conditions.into_iter().flatten().filter_map(Value::as_object_mut) {
        condition.insert("lastProbeTime".into(), Value::Null);
    }
    for list in ["/status/containerStatuses", "/status/initContainerStatuses"] {
        let statuses = value.pointer_mut(list).and_then(Value::as_array_mut);
        for status in statuses.into_iter().flatten().filter_map(Value::as_object_mut) {
            complete_status(status, &uid);
        }
    }
}

fn complete_status(status: &mut Map<String, Value>, pod: &str) {
    let text = |field: &str| status.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (name, image) = (text("name"), text("image"));
    let has_run = status.get("restartCount").and_then(Value::as_i64) > Some(0)
        || status.get("state").is_some_and(|state| state.get("waiting").is_none());
    let (id, image_id) = match has_run {
        true => (container_id(pod, &name), image),
        false => (String::new(), String::new()),
    };
    if !id.is_empty() {
        status.insert("containerID".into(), id.into());
    }
    status.insert("imageID".into(), image_id.into());
    let is_running = status.get("state").is_some_and(|state| state.get("running").is_some());
    status.entry("started").or_insert(is_running.into());
    status.entry("lastState").or_insert_with(|| json!({}));
}

/// An identity for a container, made of its pod's.
#[must_use]
pub fn container_id(pod: impl std::fmt::Display, container: &str) -> String {
    format!("containerd://{pod}/{container}")
}

/// `core/v1 Event`.
fn event(entry: &Entry<'_>) -> Value {
    let event = entry.event;
    let object = &event.object;
    let micro = |at: Time| format!("{}.{:03}000Z", at.to_string().trim_end_matches('Z'), at.0 % 1000);
    let mut involved = json!({
        "apiVersion": object.kind.api_version(),
        "kind": object.kind.as_str(),
        "name": object.name(),
    });
    if !object.key.namespace.is_empty() {
        involved["namespace"] = (*object.key.namespace).into();
    }
    if event.uid != Uid::default() {
        involved["uid"] = event.uid.to_string().into();
    }
    if let Some(path) = &event.field_path {
        involved["fieldPath"] = path.as_str().into();
    }
    let mut value = json!({
        "apiVersion": "v1",
        "eventTime": null,
        "involvedObject": involved,
        "kind": "Event",
        "message": event.message,
        "metadata": {
            "creationTimestamp": event.at.to_string(),
            "name": event_name(entry),
            "namespace": event_namespace(entry),
        },
        "reason": event.reason,
        "reportingComponent": event.source,
        "reportingInstance": event.host,
        "source": {"component": event.source},
        "type": event.severity.as_str(),
    });
    if !event.host.is_empty() {
        value["source"]["host"] = event.host.as_str().into();
    }
    if is_precise(entry) {
        value["eventTime"] = micro(event.at).into();
        value["firstTimestamp"] = Value::Null;
        value["lastTimestamp"] = Value::Null;
        value["source"] = json!({});
        if entry.count > 1 {
            value["series"] = json!({"count": entry.count, "lastObservedTime": micro(entry.last)});
        }
    } else {
        value["count"] = entry.count.into();
        value["firstTimestamp"] = event.at.to_string().into();
        value["lastTimestamp"] = entry.last.to_string().into();
    }
    value
}
