//! The filters that a node has to pass. Upstream: `pkg/scheduler/framework/plugins/*: Filter`.
//!
//! They run in Kubernetes' order and stop at the first that refuses the node.

use super::volumes;
use crate::actor::View;
use crate::api::{Node, Pod, Taint, TaintEffect};
use crate::cluster::Requested;

/// A filter plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named as the plugin")]
pub enum Filter {
    NodeUnschedulable,
    NodeName,
    TaintToleration,
    NodeAffinity,
    NodePorts,
    NodeResourcesFit,
    VolumeBinding,
}

/// Why a node was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRefusal {
    /// The filter that refused it.
    pub filter: Filter,
    /// What it says, in Kubernetes' words; resources may give several.
    pub reasons: Vec<String>,
    /// Whether evicting pods from the node could help.
    pub resolvable: bool,
}

/// The filters for one pod.
pub struct NodeFilters<'a> {
    view: View<'a>,
    pod: &'a Pod,
    request: Requested,
}

impl<'a> NodeFilters<'a> {
    /// Prepares the filters for a pod.
    #[must_use]
    pub fn new(view: View<'a>, pod: &'a Pod) -> NodeFilters<'a> {
        NodeFilters { view, pod, request: Requested::of(pod) }
    }

    /// The first refusal of a node; none where it passes every filter.
    #[must_use]
    pub fn refusal(&self, node: &Node) -> Option<NodeRefusal> {
        let unresolvable =
            |filter, reason: &str| Some(NodeRefusal { filter, reasons: vec![reason.into()], resolvable: false });
        if node.is_cordoned() && !self.tolerates_unschedulable() {
            return unresolvable(Filter::NodeUnschedulable, "node(s) were unschedulable");
        }
        if self.pod.node().is_some_and(|name| name != node.metadata.name) {
            return unresolvable(Filter::NodeName, "node(s) didn't match the requested node name");
        }
        if self.untolerated(node).is_some() {
            return unresolvable(Filter::TaintToleration, "node(s) had untolerated taint(s)");
        }
        if !self.pod.spec.required_node_affinity_matches(node) {
            return unresolvable(Filter::NodeAffinity, "node(s) didn't match Pod's node affinity/selector");
        }
        if self.has_port_conflict(node) {
            let reasons = vec!["node(s) didn't have free ports for the requested pod ports".into()];
            return Some(NodeRefusal { filter: Filter::NodePorts, reasons, resolvable: true });
        }
        self.lacking_resources(node).or_else(|| {
            let reason = volumes::refusal(self.view, self.pod, node)?;
            Some(NodeRefusal { filter: Filter::VolumeBinding, reasons: vec![reason], resolvable: false })
        })
    }

    fn tolerates_unschedulable(&self) -> bool {
        let taint = Taint {
            key: "node.kubernetes.io/unschedulable".into(),
            value: String::new(),
            effect: TaintEffect::NoSchedule,
            time_added: None,
        };
        taint.tolerated_by(&self.pod.spec.tolerations).is_some()
    }

    /// The first taint that keeps the pod off the node.
    fn untolerated<'n>(&self, node: &'n Node) -> Option<&'n Taint> {
        let mut hard = node.spec.taints.iter().filter(|taint| taint.effect != TaintEffect::PreferNoSchedule);
        hard.find(|taint| taint.tolerated_by(&self.pod.spec.tolerations).is_none())
    }

    fn has_port_conflict(&self, node: &Node) -> bool {
        let wanted: Vec<_> = host_ports(self.pod).collect();
        if wanted.is_empty() {
            return false;
        }
        let taken: Vec<_> = (self.view.cluster.pods_on(&node.metadata.name))
            .filter(|other| !other.status.phase.is_terminal())
            .flat_map(|other| host_ports(other))
            .collect();
        wanted.iter().any(|(address, protocol, port)| {
            taken.iter().any(|(other, other_protocol, other_port)| {
                let clash = address == other || *address == "0.0.0.0" || *other == "0.0.0.0";
                clash && protocol == other_protocol && port == other_port
            })
        })
    }

    fn lacking_resources(&self, node: &Node) -> Option<NodeRefusal> {
        let used = self.view.cluster.requested_on(&node.metadata.name);
        let mut reasons = vec![];
        let mut resolvable = true;
        if used.pods + 1 > node.allocatable_pods() {
            reasons.push("Too many pods".to_owned());
        }
        let mut check = |name: &str, wanted: i64, used: i64, allocatable: i64| {
            if wanted > 0 && wanted > allocatable.saturating_sub(used) {
                reasons.push(format!("Insufficient {name}"));
                resolvable &= wanted <= allocatable;
            }
        };
        check("cpu", self.request.cpu_milli, used.cpu_milli, node.allocatable_cpu_milli());
        check("memory", self.request.memory, used.memory, node.allocatable_memory());
        for (name, wanted) in &self.request.other {
            let allocatable = node.status.allocatable.get(name).map_or(0, crate::api::Quantity::milli);
            check(name, *wanted, used.other.get(name).copied().unwrap_or(0), allocatable);
        }
        (!reasons.is_empty()).then_some(NodeRefusal { filter: Filter::NodeResourcesFit, reasons, resolvable })
    }
}

/// Address, protocol and number of each host port.
fn host_ports(pod: &Pod) -> impl Iterator<Item = (&str, &str, i32)> {
    pod.spec.containers.iter().chain(&pod.spec.init_containers).flat_map(|container| &container.ports).filter_map(
        |port| {
            let address = port.host_ip.as_deref().filter(|address| !address.is_empty()).unwrap_or("0.0.0.0");
            let number = port.host_port.filter(|number| *number > 0)?;
            Some((address, port.protocol.as_deref().unwrap_or("TCP"), number))
        },
    )
}
