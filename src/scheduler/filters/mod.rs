//! The filters that a node has to pass. Upstream: `pkg/scheduler/framework/plugins/*: Filter`.
//!
//! They run in Kubernetes' order and stop at the first that refuses the node. `NodeVolumeLimits` is left out: it needs the
//! limits that CSI drivers report for their nodes.

mod resources;

pub use resources::{Insufficient, fits_request};

use super::pod_affinity::{Broken, Neighbours};
use super::spread::Spread;
use super::volumes::{self, Volumes};
use crate::actor::View;
use crate::api::{Node, Pod, Taint, TaintEffect, Toleration};
use crate::cluster::Requested;
use crate::reason::{Plugin, RefusalCause, RefusedNode};
use std::borrow::Cow;

/// Why a node was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRefusal {
    /// The filter that refused it.
    pub plugin: Plugin,
    /// What it says, in Kubernetes' words; resources may give several.
    pub reasons: Vec<Cow<'static, str>>,
    /// Whether evicting pods from the node could help (`Unschedulable`, not `UnschedulableAndUnresolvable`).
    pub resolvable: bool,
}

/// The filters for one pod, with what they have to know of the whole cluster.
pub struct NodeFilters<'a> {
    view: View<'a>,
    pod: &'a Pod,
    request: Requested,
    comparison_operators: bool,
    tolerates_unschedulable: bool,
    host_ports: Vec<(&'a str, &'a str, i32)>,
    volumes: Volumes<'a>,
    spread: Option<Spread<'a>>,
    neighbours: Option<Neighbours<'a>>,
}

/// Pods that are thought to be on a node, or not to be.
#[derive(Clone, Debug, Default)]
pub(super) struct WhatIf<'a> {
    /// Thought to be there.
    pub added: Vec<&'a Pod>,
    /// Thought to be gone.
    pub removed: Vec<&'a Pod>,
}

impl<'a> NodeFilters<'a> {
    /// Prepares the filters for a pod (`PreFilter`).
    #[must_use]
    pub fn new(view: View<'a>, pod: &'a Pod) -> NodeFilters<'a> {
        let comparison_operators = view.settings.cluster.taint_toleration_comparison_operators();
        NodeFilters {
            view,
            pod,
            request: Requested::of(pod),
            comparison_operators,
            tolerates_unschedulable: tolerates_unschedulable(pod, comparison_operators),
            host_ports: host_ports(pod).collect(),
            volumes: Volumes::of(view, pod),
            spread: Spread::of(view, pod),
            neighbours: Neighbours::of(view, pod),
        }
    }

    /// The pod.
    pub(super) fn pod(&self) -> &'a Pod {
        self.pod
    }

    /// What it requests.
    pub(super) fn request(&self) -> &Requested {
        &self.request
    }

    /// The first refusal of a node; none where it passes every filter.
    #[must_use]
    pub fn refusal(&self, node: &Node) -> Option<NodeRefusal> {
        self.refusal_if(node, &WhatIf::default())
    }

    /// The same if pods were added to the node and removed from it, with heed to pods for which preemption makes room
    /// there (`RunFilterPluginsWithNominatedPods`): with those of the same or a higher priority, and without them.
    pub(super) fn refusal_if(&self, node: &Node, what_if: &WhatIf<'a>) -> Option<NodeRefusal> {
        let priority = self.pod.priority();
        let is_ahead =
            |other: &&'a std::rc::Rc<Pod>| other.metadata.uid != self.pod.metadata.uid && other.priority() >= priority;
        let mut nominated = self.view.cluster.nominated_on(&node.metadata.name).filter(is_ahead).peekable();
        if nominated.peek().is_some() {
            let mut crowded = what_if.clone();
            crowded.added.extend(nominated.map(std::rc::Rc::as_ref));
            if let Some(refusal) = self.first_refusal(node, &crowded) {
                return Some(refusal);
            }
        }
        self.first_refusal(node, what_if)
    }

    fn first_refusal(&self, node: &Node, what_if: &WhatIf<'a>) -> Option<NodeRefusal> {
        let refused = |plugin, reason: &'static str, resolvable| {
            Some(NodeRefusal { plugin, reasons: vec![reason.into()], resolvable })
        };
        if node.is_cordoned() && !self.tolerates_unschedulable {
            return refused(Plugin::NodeUnschedulable, "node(s) were unschedulable", false);
        }
        if self.pod.node().is_some_and(|name| name != node.metadata.name) {
            return refused(Plugin::NodeName, "node(s) didn't match the requested node name", false);
        }
        if self.untolerated(node).is_some() {
            return refused(Plugin::TaintToleration, UNTOLERATED, false);
        }
        if !self.pod.spec.required_node_affinity_matches(node) {
            return refused(Plugin::NodeAffinity, "node(s) didn't match Pod's node affinity/selector", false);
        }
        if self.taken_port(node, what_if).is_some() {
            return refused(Plugin::NodePorts, "node(s) didn't have free ports for the requested pod ports", true);
        }
        let lacking = self.lacking(node, what_if);
        if !lacking.is_empty() {
            let resolvable = lacking.iter().all(|lack| !lack.unresolvable());
            let reasons = lacking.iter().map(Insufficient::reason).collect();
            return Some(NodeRefusal { plugin: Plugin::NodeResourcesFit, reasons, resolvable });
        }
        if let Some((plugin, reason)) = self.volumes.refusal(node, what_if) {
            // A claim that another pod holds alone is free when that pod is gone.
            return refused(plugin, reason, plugin == Plugin::VolumeRestrictions);
        }
        if let Some(spread) = &self.spread
            && let Some((lacks_label, _)) = spread.refusal(node, &what_if.added, &what_if.removed)
        {
            let reason = if lacks_label {
                "node(s) didn't match pod topology spread constraints (missing required label)"
            } else {
                "node(s) didn't match pod topology spread constraints"
            };
            return refused(Plugin::PodTopologySpread, reason, !lacks_label);
        }
        let broken = self.neighbours.as_ref()?.refusal(node, &what_if.added, &what_if.removed)?.0;
        let reason = match broken {
            Broken::Affinity => "node(s) didn't match pod affinity rules",
            Broken::AntiAffinity => "node(s) didn't match pod anti-affinity rules",
            Broken::AntiAffinityOfOthers => "node(s) didn't satisfy existing pods anti-affinity rules",
        };
        refused(Plugin::InterPodAffinity, reason, broken != Broken::Affinity)
    }

    /// What it is on a node that a filter minds; asked for one node of many, so that the others cost nothing.
    pub(super) fn cause(&self, node: &Node, plugin: Plugin) -> Option<RefusedNode> {
        let nothing = WhatIf::default();
        let cause = match plugin {
            Plugin::TaintToleration => RefusalCause::Taint(self.untolerated(node)?.to_string()),
            Plugin::NodeAffinity => {
                let labels = &node.metadata.labels;
                let missing = self.pod.spec.node_selector.iter().find(|(key, value)| labels.get(*key) != Some(value));
                let (key, wanted) = missing?;
                RefusalCause::Label { key: key.clone(), wanted: wanted.clone() }
            }
            Plugin::NodePorts => RefusalCause::Port(self.taken_port(node, &nothing)?),
            Plugin::PodTopologySpread => self.spread.as_ref()?.refusal(node, &[], &[])?.1,
            Plugin::InterPodAffinity => self.neighbours.as_ref()?.refusal(node, &[], &[])?.1,
            Plugin::NodeUnschedulable
            | Plugin::NodeName
            | Plugin::NodeResourcesFit
            | Plugin::VolumeRestrictions
            | Plugin::VolumeBinding
            | Plugin::VolumeZone => return None,
        };
        Some(RefusedNode { node: node.metadata.name.clone(), cause })
    }

    /// How much of the resource that a text names a node lacks.
    pub(super) fn lacks(&self, node: &Node, text: &str) -> Option<RefusedNode> {
        let lacking = self.lacking(node, &WhatIf::default());
        let lack = lacking.into_iter().find(|lack| lack.reason() == text)?;
        let cause = RefusalCause::Resource {
            free: lack.capacity - lack.used,
            name: lack.resource,
            requested: lack.requested,
            capacity: lack.capacity,
        };
        Some(RefusedNode { node: node.metadata.name.clone(), cause })
    }

    fn untolerated<'n>(&self, node: &'n Node) -> Option<&'n Taint> {
        untolerated_taint(&self.pod.spec.tolerations, &node.spec.taints, self.comparison_operators)
    }

    /// A wanted host port that another pod of the node has.
    fn taken_port(&self, node: &Node, what_if: &WhatIf<'a>) -> Option<i32> {
        if self.host_ports.is_empty() {
            return None;
        }
        let standing = self.view.cluster.standing_on(&node.metadata.name).map(std::rc::Rc::as_ref);
        let standing = standing.filter(|other| what_if.removed.iter().all(|gone| !std::ptr::eq(*gone, *other)));
        let taken: Vec<_> = standing.chain(what_if.added.iter().copied()).flat_map(host_ports).collect();
        let clashes = |(address, protocol, port): &&(&str, &str, i32)| {
            taken.iter().any(|(other, other_protocol, other_port)| {
                let clash = address == other || *address == ANY_ADDRESS || *other == ANY_ADDRESS;
                clash && protocol == other_protocol && port == other_port
            })
        };
        self.host_ports.iter().find(clashes).map(|(_, _, port)| *port)
    }

    fn lacking(&self, node: &Node, what_if: &WhatIf<'a>) -> Vec<Insufficient> {
        let used = self.view.cluster.requested_on(&node.metadata.name);
        if what_if.added.is_empty() && what_if.removed.is_empty() {
            return fits_request(&self.request, used, &node.status.allocatable);
        }
        let mut used = used.clone();
        what_if.removed.iter().for_each(|pod| used.subtract(&Requested::of(pod)));
        what_if.added.iter().for_each(|pod| used.add(&Requested::of(pod)));
        fits_request(&self.request, &used, &node.status.allocatable)
    }
}

const ANY_ADDRESS: &str = "0.0.0.0";
const UNTOLERATED: &str = "node(s) had untolerated taint(s)";

/// The first taint that keeps a pod with these tolerations off a node (`FindMatchingUntoleratedTaint` with
/// `DoNotScheduleTaintsFilterFunc`). `comparison_operators` is feature gate `TaintTolerationComparisonOperators`.
#[must_use]
pub fn untolerated_taint<'n>(
    tolerations: &[Toleration],
    taints: &'n [Taint],
    comparison_operators: bool,
) -> Option<&'n Taint> {
    let tolerated =
        |taint: &Taint| tolerations.iter().any(|toleration| toleration.tolerates_under(taint, comparison_operators));
    taints.iter().filter(|taint| taint.keeps_pods_off()).find(|taint| !tolerated(taint))
}

fn tolerates_unschedulable(pod: &Pod, comparison_operators: bool) -> bool {
    let taint = Taint {
        key: "node.kubernetes.io/unschedulable".into(),
        value: String::new(),
        effect: TaintEffect::NoSchedule,
        time_added: None,
    };
    untolerated_taint(&pod.spec.tolerations, &[taint], comparison_operators).is_none()
}

/// Address, protocol and number of each host port.
fn host_ports(pod: &Pod) -> impl Iterator<Item = (&str, &str, i32)> {
    // Of the init containers only sidecars run beside the others (`GetHostPorts`).
    let sidecars = pod.spec.init_containers.iter().filter(|it| it.restart_policy.as_deref() == Some("Always"));
    pod.spec.containers.iter().chain(sidecars).flat_map(|container| &container.ports).filter_map(|port| {
        let address = port.host_ip.as_deref().filter(|address| !address.is_empty()).unwrap_or(ANY_ADDRESS);
        let number = port.host_port.filter(|number| *number > 0)?;
        Some((address, port.protocol.as_deref().unwrap_or("TCP"), number))
    })
}

/// Why no node may be looked at at all (`PreFilter`); none where the nodes decide.
pub(super) fn pre_filter(view: View<'_>, pod: &Pod) -> Option<(Plugin, String)> {
    if pod.spec.named_nodes() == crate::api::NamedNodes::Conflict {
        return Some((Plugin::NodeAffinity, "pod affinity terms conflict".into()));
    }
    volumes::pre_filter(view, pod).map(|message| (Plugin::VolumeBinding, message))
}
