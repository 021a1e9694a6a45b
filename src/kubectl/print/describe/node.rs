//! Nodes: `describeNode`.

use super::writer::Writer;
use crate::api::{Node, Pod, Quantity, Taint};
use crate::kubectl::print::Shown;
use crate::kubectl::print::node_info::NodeInfo;
use crate::kubectl::print::pod_resources::{self, Amounts};
use crate::kubectl::print::tables::roles;
use crate::kubectl::print::time::{age, rfc1123};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How often a kubelet renews its lease, in milliseconds (`nodeLeaseDurationSeconds` of 40, a quarter of it).
const RENEWAL: u64 = 10_000;

pub fn describe(writer: &mut Writer, shown: &Shown<'_>, node: &Node) {
    writer.field(0, "Name", &node.metadata.name);
    writer.field(0, "Roles", roles(node));
    writer.labels("Labels", &node.metadata.labels);
    writer.annotations("Annotations", &node.metadata.annotations);
    writer.field(0, "CreationTimestamp", rfc1123(node.metadata.creation_timestamp));
    let mut taints: Vec<&Taint> = node.spec.taints.iter().collect();
    taints.sort_by_key(|taint| format!("{},{}", taint.effect, taint.key));
    writer.values("Taints", taints.into_iter().map(Taint::to_string));
    writer.field(0, "Unschedulable", node.is_cordoned());
    lease(writer, shown, node);
    conditions(writer, node);
    let info = NodeInfo::of(node);
    writer.line(0, "Addresses:");
    for (kind, address) in &info.addresses {
        writer.field(1, kind, address);
    }
    for (label, amounts) in [("Capacity", &node.status.capacity), ("Allocatable", &node.status.allocatable)] {
        if !amounts.is_empty() {
            writer.line(0, format!("{label}:"));
        }
        for (name, amount) in amounts {
            writer.field(1, name, amount.canonical());
        }
    }
    writer.line(0, "System Info:");
    for (label, field) in [
        ("Machine ID", "machineID"),
        ("System UUID", "systemUUID"),
        ("Boot ID", "bootID"),
        ("Kernel Version", "kernelVersion"),
        ("OS Image", "osImage"),
        ("Operating System", "operatingSystem"),
        ("Architecture", "architecture"),
        ("Container Runtime Version", "containerRuntimeVersion"),
        ("Kubelet Version", "kubeletVersion"),
    ] {
        writer.field(1, label, info.get(field));
    }
    addresses_of_pods(writer, node);
    pods(writer, shown, node);
}

fn addresses_of_pods(writer: &mut Writer, node: &Node) {
    if let Some(range) = node.spec.pod_cidr.as_deref().filter(|range| !range.is_empty()) {
        writer.field(0, "PodCIDR", range);
    }
    let ranges = node.spec.pod_cidrs.as_ref().and_then(serde_json::Value::as_array).map(Vec::as_slice);
    let ranges: Vec<&str> = ranges.unwrap_or_default().iter().filter_map(serde_json::Value::as_str).collect();
    if !ranges.is_empty() {
        writer.field(0, "PodCIDRs", ranges.join(","));
    }
    if let Some(id) = node.spec.provider_id.as_deref().filter(|id| !id.is_empty()) {
        writer.field(0, "ProviderID", id);
    }
}

/// `describeNodeLease`. A node whose Ready condition is not known has stopped renewing.
fn lease(writer: &mut Writer, shown: &Shown<'_>, node: &Node) {
    let ready = node.ready_condition().filter(|ready| ready.status == "Unknown");
    let renewed = match ready {
        Some(ready) => ready.last_heartbeat_time.or(ready.last_transition_time),
        None => Some(crate::api::Time(shown.now.0 / RENEWAL * RENEWAL)),
    };
    writer.line(0, "Lease:");
    writer.field(1, "HolderIdentity", &node.metadata.name);
    writer.field(1, "AcquireTime", "<unset>");
    writer.field(1, "RenewTime", rfc1123(renewed));
}

fn conditions(writer: &mut Writer, node: &Node) {
    if node.status.conditions.is_empty() {
        return;
    }
    writer.line(0, "Conditions:");
    writer.line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage");
    writer.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
    for condition in &node.status.conditions {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = [
            format!("{} ", condition.kind),
            format!("{} ", condition.status),
            format!("{} ", rfc1123(condition.last_heartbeat_time)),
            format!("{} ", rfc1123(condition.last_transition_time)),
            format!("{} ", text(&condition.reason)),
            text(&condition.message),
        ];
        writer.line(1, cells.join("\t"));
    }
}

/// `describeNodeResource`.
fn pods(writer: &mut Writer, shown: &Shown<'_>, node: &Node) {
    let mut pods: Vec<&Rc<Pod>> = shown.cluster.standing_on(&node.metadata.name).collect();
    pods.sort_by_key(|pod| (&pod.metadata.namespace, &pod.metadata.name));
    let allocatable = if node.status.allocatable.is_empty() { &node.status.capacity } else { &node.status.allocatable };
    writer.field(0, "Non-terminated Pods", format!("({} in total)", pods.len()));
    writer.line(1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge");
    writer.line(1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---");
    let (mut all_requests, mut all_limits) = (Amounts::new(), Amounts::new());
    for pod in pods {
        let (requests, limits) = (pod_resources::requests(pod), pod_resources::limits(pod));
        let share = |amounts: &Amounts, name| share(amounts, name, allocatable);
        let cells =
            [share(&requests, "cpu"), share(&limits, "cpu"), share(&requests, "memory"), share(&limits, "memory")];
        let since = age(shown.now, pod.metadata.creation_timestamp);
        let (namespace, name) = (&pod.metadata.namespace, &pod.metadata.name);
        writer.line(1, format!("{namespace}\t{name}\t\t{}\t{since}", cells.join("\t")));
        pod_resources::add(&mut all_requests, &requests);
        pod_resources::add(&mut all_limits, &limits);
    }
    writer.line(0, "Allocated resources:");
    writer.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
    writer.line(1, "Resource\tRequests\tLimits");
    writer.line(1, "--------\t--------\t------");
    let is_huge = |name: &&str| name.starts_with("hugepages-");
    let is_standard = |name: &&str| matches!(*name, "cpu" | "memory" | "ephemeral-storage" | "pods");
    let names = || allocatable.keys().map(String::as_str);
    let shared = ["cpu", "memory", "ephemeral-storage"].into_iter().chain(names().filter(is_huge));
    for name in shared {
        let (requests, limits) = (share(&all_requests, name, allocatable), share(&all_limits, name, allocatable));
        writer.line(1, format!("{name}\t{requests}\t{limits}"));
    }
    for name in names().filter(|name| !is_huge(name) && !is_standard(name)) {
        let amount = |amounts: &Amounts| amounts.get(name).map_or("0".into(), Quantity::canonical);
        writer.line(1, format!("{name}\t{}\t{}", amount(&all_requests), amount(&all_limits)));
    }
}

/// An amount, and what part it is of what the node has: `100m (2%)`.
fn share(amounts: &Amounts, name: &str, allocatable: &BTreeMap<String, Quantity>) -> String {
    let amount = amounts.get(name);
    let whole = allocatable.get(name).map_or(0, Quantity::milli);
    let part = amount.map_or(0, Quantity::milli);
    let percent = if whole == 0 { 0 } else { i128::from(part) * 100 / i128::from(whole) };
    format!("{} ({percent}%)", amount.map_or("0".into(), Quantity::canonical))
}
