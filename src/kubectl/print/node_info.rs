//! What a kubelet reports of its machine. Nodes of a manifest seldom say it, and the simulation does not need it.

use crate::api::{Node, Uid};
use serde_json::{Value, json};

/// The version that is simulated.
pub const VERSION: &str = "v1.36.2";

/// `status.nodeInfo` and `status.addresses`.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeInfo {
    info: Value,
    /// Type and address of each.
    pub addresses: Vec<(String, String)>,
}

impl NodeInfo {
    /// What is written, or what a kubelet of the simulated version would have reported of a plain machine.
    #[must_use]
    pub fn of(node: &Node) -> NodeInfo {
        let info = node.status.node_info.clone().unwrap_or_else(|| {
            json!({"architecture": "amd64", "bootID": "", "containerRuntimeVersion": "", "kernelVersion": "",
                "kubeProxyVersion": "", "kubeletVersion": VERSION, "machineID": "", "operatingSystem": "linux",
                "osImage": "", "systemUUID": ""})
        });
        let written = node.status.addresses.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let text = |address: &Value, field| address.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut addresses: Vec<_> =
            written.iter().map(|address| (text(address, "type"), text(address, "address"))).collect();
        if addresses.is_empty() {
            addresses.push(("InternalIP".into(), address(node.metadata.uid)));
            addresses.push(("Hostname".into(), node.metadata.name.clone()));
        }
        NodeInfo { info, addresses }
    }

    /// The address at which the node is reached; empty where it has none.
    #[must_use]
    pub fn internal_ip(&self) -> &str {
        self.addresses.iter().find(|(kind, _)| kind == "InternalIP").map_or("", |(_, address)| address)
    }

    /// A field of `nodeInfo`; empty where it is not known.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.info.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// `status.nodeInfo`.
    #[must_use]
    pub fn info(&self) -> &Value {
        &self.info
    }
}

/// An address in a network of machines, made of the node's identity; the first goes to the router.
fn address(node: Uid) -> String {
    let host = node.0.saturating_add(1) % 65_536;
    format!("172.18.{}.{}", host / 256, host % 256)
}
