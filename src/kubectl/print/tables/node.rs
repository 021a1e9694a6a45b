//! Nodes: `printNode`.

use super::since_creation;
use crate::api::{Node, Time};
use crate::kubectl::print::node_info::NodeInfo;
use crate::kubectl::print::table::{Column, always, wide};
use std::collections::BTreeSet;

pub(super) const COLUMNS: &[Column] = &[
    always("Name"),
    always("Status"),
    always("Roles"),
    always("Age"),
    always("Version"),
    wide("Internal-IP"),
    wide("External-IP"),
    wide("OS-Image"),
    wide("Kernel-Version"),
    wide("Container-Runtime"),
];

pub(super) fn cells(node: &Node, now: Time) -> Vec<String> {
    let mut status = match node.ready_condition() {
        Some(_) if node.is_ready() => "Ready".to_owned(),
        Some(_) => "NotReady".to_owned(),
        None => "Unknown".to_owned(),
    };
    if node.is_cordoned() {
        status.push_str(",SchedulingDisabled");
    }
    let info = NodeInfo::of(node);
    let or_unknown = |text: &str| if text.is_empty() { "<unknown>".to_owned() } else { text.to_owned() };
    let mut kernel = or_unknown(info.get("kernelVersion"));
    if !info.get("architecture").is_empty() {
        kernel = format!("{kernel} ({})", info.get("architecture"));
    }
    let address =
        |kind: &str| info.addresses.iter().find(|(of, _)| of == kind).map_or("<none>".into(), |(_, ip)| ip.clone());
    vec![
        node.metadata.name.clone(),
        status,
        roles(node),
        since_creation(&node.metadata, now),
        info.get("kubeletVersion").to_owned(),
        address("InternalIP"),
        address("ExternalIP"),
        or_unknown(info.get("osImage")),
        kernel,
        or_unknown(info.get("containerRuntimeVersion")),
    ]
}

/// The roles that the labels give a node (`findNodeRoles`).
#[must_use]
pub fn roles(node: &Node) -> String {
    let role = |(key, value): (&String, &String)| match key.strip_prefix("node-role.kubernetes.io/") {
        Some(role) => Some(role.to_owned()).filter(|role| !role.is_empty()),
        None => Some(value.clone()).filter(|value| key == "kubernetes.io/role" && !value.is_empty()),
    };
    let roles: BTreeSet<String> = node.metadata.labels.iter().filter_map(role).collect();
    if roles.is_empty() { "<none>".into() } else { roles.into_iter().collect::<Vec<_>>().join(",") }
}
