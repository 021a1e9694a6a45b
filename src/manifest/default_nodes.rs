//! The nodes that are there when the manifests bring none, and what a node of a manifest becomes once its kubelet reports.

use crate::api::{Node, NodeCondition, NodeSpec, NodeStatus, ObjectMeta, Quantity, Taint, TaintEffect, Time};
use serde_json::json;

/// One tainted control plane and three workers of 4 CPU, 8Gi and 110 pods each.
#[must_use]
pub fn default_nodes() -> Vec<Node> {
    let workers = (1..=3).map(|number| node(&format!("worker-{number}")));
    std::iter::once(control_plane()).chain(workers).collect()
}

/// A Ready node of 4 CPU, 8Gi and 110 pods.
#[must_use]
pub fn node(name: &str) -> Node {
    node_of(name, "4", "8Gi", "110")
}

/// A Ready node of some size. What is not a quantity counts as none of the resource.
#[must_use]
pub fn node_of(name: &str, cpu: &str, memory: &str, pods: &str) -> Node {
    let capacity: std::collections::BTreeMap<String, Quantity> =
        [("cpu", cpu), ("memory", memory), ("pods", pods), ("ephemeral-storage", "100Gi")]
            .into_iter()
            .filter_map(|(resource, amount)| Some((resource.to_owned(), Quantity::parse(amount)?)))
            .collect();
    let labels = [
        ("kubernetes.io/hostname", name),
        ("kubernetes.io/os", "linux"),
        ("kubernetes.io/arch", "amd64"),
        ("beta.kubernetes.io/os", "linux"),
        ("beta.kubernetes.io/arch", "amd64"),
    ];
    // The controller of secrets' time to live; 0 in clusters of up to 100 nodes.
    let annotations = [("node.alpha.kubernetes.io/ttl", "0")];
    Node {
        metadata: ObjectMeta {
            name: name.into(),
            labels: labels.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
            annotations: annotations.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
            ..Default::default()
        },
        spec: NodeSpec::default(),
        status: NodeStatus {
            allocatable: capacity.clone(),
            capacity,
            conditions: conditions(),
            addresses: Some(json!([
                {"type": "InternalIP", "address": address(name)},
                {"type": "Hostname", "address": name},
            ])),
            ..Default::default()
        },
    }
}

/// What a kubelet reports of a node that is well (`pkg/kubelet/nodestatus/setters.go`).
fn conditions() -> Vec<NodeCondition> {
    let condition = |kind: &str, status: &str, reason: &str, message: &str| NodeCondition {
        kind: kind.into(),
        status: status.into(),
        last_heartbeat_time: Some(Time::ZERO),
        last_transition_time: Some(Time::ZERO),
        reason: Some(reason.into()),
        message: Some(message.into()),
    };
    vec![
        condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
        condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
    ]
}

/// An address for a node, drawn from its name: which one it is matters to nobody.
fn address(name: &str) -> String {
    let draw = name.bytes().fold(7_u32, |draw, byte| draw.wrapping_mul(31).wrapping_add(u32::from(byte)));
    format!("172.18.{}.{}", draw >> 8 & 255, 2 + draw % 250)
}

fn control_plane() -> Node {
    let mut node = node("control-plane");
    node.metadata.labels.insert("node-role.kubernetes.io/control-plane".into(), String::new());
    node.spec.taints.push(Taint {
        key: "node-role.kubernetes.io/control-plane".into(),
        value: String::new(),
        effect: TaintEffect::NoSchedule,
        time_added: None,
    });
    node
}

/// A node of a manifest as its kubelet reports it: Ready, with the default size where the manifest gives none.
#[must_use]
pub fn reported(mut node: Node) -> Node {
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
    for condition in conditions() {
        if !node.status.conditions.iter().any(|given| given.kind == condition.kind) {
            node.status.conditions.push(condition);
        }
    }
    node.status.addresses = node.status.addresses.or(default.status.addresses);
    for (annotation, value) in default.metadata.annotations {
        node.metadata.annotations.entry(annotation).or_insert(value);
    }
    node
}
