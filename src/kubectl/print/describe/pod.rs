//! Pods: `describePod`.

use super::containers::{containers, resources};
use super::template::spread_constraints;
use super::volumes::volumes;
use super::writer::{Writer, bracketed};
use crate::api::{ObjectMeta, Pod};
use crate::kubectl::print::Shown;
use crate::kubectl::print::node_info::NodeInfo;
use crate::kubectl::print::object::pod_ips;
use crate::kubectl::print::time::{age, rfc1123};

pub fn describe(writer: &mut Writer, shown: &Shown<'_>, pod: &Pod) {
    let (spec, status) = (&pod.spec, &pod.status);
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    writer.field(0, "Name", &pod.metadata.name);
    writer.field(0, "Namespace", &pod.metadata.namespace);
    if let Some(priority) = spec.priority {
        writer.field(0, "Priority", priority);
    }
    for (label, text) in [
        ("Priority Class Name", &spec.priority_class_name),
        ("Runtime Class Name", &spec.runtime_class_name),
        ("Service Account", &spec.service_account_name),
    ] {
        if let Some(text) = given(text) {
            writer.field(0, label, text);
        }
    }
    match pod.node() {
        Some(node) => writer.field(0, "Node", format!("{node}/{}", host_ip(shown, pod, node))),
        None => writer.field(0, "Node", "<none>"),
    }
    if status.start_time.is_some() {
        writer.field(0, "Start Time", rfc1123(status.start_time));
    }
    writer.labels("Labels", &pod.metadata.labels);
    writer.annotations("Annotations", &pod.metadata.annotations);
    match pod.metadata.deletion_timestamp {
        Some(at) if !status.phase.is_terminal() => {
            let lasts = age(shown.now, Some(at));
            writer.field(0, "Status", format!("Terminating (lasts {lasts})"));
            let grace = pod.metadata.deletion_grace_period_seconds.unwrap_or(0);
            writer.field(0, "Termination Grace Period", format!("{grace}s"));
        }
        _ => writer.field(0, "Status", format!("{:?}", status.phase)),
    }
    for (label, text) in [("Reason", &status.reason), ("Message", &status.message)] {
        if let Some(text) = given(text) {
            writer.field(0, label, text);
        }
    }
    addresses(writer, pod);
    if let Some(owner) = controlled_by(&pod.metadata) {
        writer.field(0, "Controlled By", owner);
    }
    if let Some(node) = given(&status.nominated_node_name) {
        writer.field(0, "NominatedNodeName", node);
    }
    if let Some(own) = &spec.resources {
        writer.line(0, "Resources:");
        resources(writer, own, 1);
    }
    if !spec.init_containers.is_empty() {
        containers(writer, "Init Containers", &spec.init_containers, Some(pod), "");
    }
    containers(writer, "Containers", &spec.containers, Some(pod), "");
    conditions(writer, pod);
    volumes(writer, &spec.volumes, "");
    writer.field(0, "QoS Class", format!("{:?}", status.qos_class.unwrap_or_else(|| pod.spec.qos_class())));
    writer.labels("Node-Selectors", &spec.node_selector);
    writer.tolerations("Tolerations", &spec.tolerations);
    spread_constraints(writer, &spec.topology_spread_constraints, "");
}

/// The node's address, as the kubelet writes it once it has seen the pod.
fn host_ip(shown: &Shown<'_>, pod: &Pod, node: &str) -> String {
    match &pod.status.host_ip {
        Some(address) => address.clone(),
        None if pod.status.start_time.is_none() => String::new(),
        None => shown.cluster.node(node).map_or(String::new(), |node| NodeInfo::of(node).internal_ip().to_owned()),
    }
}

fn addresses(writer: &mut Writer, pod: &Pod) {
    let status = &pod.status;
    writer.field(0, "IP", status.pod_ip.as_deref().unwrap_or_default());
    let addresses = pod_ips(pod);
    if addresses.is_empty() {
        writer.field(0, "IPs", "<none>");
    } else {
        writer.line(0, "IPs:");
    }
    for address in addresses {
        writer.field(1, "IP", address);
    }
}

/// Readiness gates and conditions, each with its status.
fn conditions(writer: &mut Writer, pod: &Pod) {
    if !pod.spec.readiness_gates.is_empty() {
        writer.line(0, "Readiness Gates:");
        writer.line(1, "Type\tStatus");
    }
    for gate in &pod.spec.readiness_gates {
        let status = pod.condition(&gate.condition_type).map_or("<none>", |condition| condition.status.as_str());
        writer.line(1, format!("{} \t{status} ", gate.condition_type));
    }
    if !pod.status.conditions.is_empty() {
        writer.line(0, "Conditions:");
        writer.line(1, "Type\tStatus");
    }
    for condition in &pod.status.conditions {
        writer.line(1, format!("{} \t{} ", condition.kind, condition.status));
    }
}

/// `printController`.
pub fn controlled_by(metadata: &ObjectMeta) -> Option<String> {
    metadata.controller().map(|owner| format!("{}/{}", owner.kind, owner.name))
}

/// The finalizers of an object.
pub fn finalizers(metadata: &ObjectMeta) -> String {
    bracketed(&metadata.finalizers)
}
