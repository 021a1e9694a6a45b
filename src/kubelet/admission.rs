//! Whether a node takes a pod that is bound to it. The scheduler does not look at a pod that somebody bound by hand, so
//! its kubelet does. Upstream: `pkg/kubelet/lifecycle/predicate.go: generalFilter`, `eviction/eviction_manager.go: Admit`.

use super::{eviction, status, write};
use crate::actor::{Pass, View};
use crate::api::{Node, Pod, PodPhase, Quantity, Resource, TaintEffect};
use crate::cluster::Requested;
use crate::reason::KubeletReason;
use std::rc::Rc;

/// The first look at a pod: it is taken on, or refused for good.
pub(super) fn admit(view: View<'_>, pod: &Rc<Pod>, node: &Node) -> Pass {
    let mut seen = (**pod).clone();
    seen.status.qos_class = Some(pod.spec.qos_class());
    seen.status.start_time = Some(view.now);
    let name = node.metadata.name.clone();
    if let Some((reason, message)) = refusal(view, pod, node) {
        seen.status.phase = PodPhase::Failed;
        seen.status.reason = Some(reason.clone());
        seen.status.message = Some(format!("Pod was rejected: {message}"));
        status::conditions(&mut seen, view.now);
        return write(seen, KubeletReason::Rejected { pod: pod.reference(), node: name, reason, message });
    }
    status::first_states(&mut seen);
    seen.set_condition("PodScheduled", "True", None, None, view.now);
    status::conditions(&mut seen, view.now);
    write(seen, KubeletReason::Accepted { pod: pod.reference(), node: name })
}

/// Why the node does not take the pod: the reason in one word, and the message.
fn refusal(view: View<'_>, pod: &Pod, node: &Node) -> Option<(String, String)> {
    if let Some(message) = eviction::refusal(view, pod, node) {
        return Some(("Evicted".into(), message));
    }
    let insufficient = lacking(view, pod, node).map(|(name, asked, used, capacity)| {
        let message =
            format!("Node didn't have enough resource: {name}, requested: {asked}, used: {used}, capacity: {capacity}");
        (format!("OutOf{name}"), message)
    });
    let failed =
        |predicate: &str, text: &str| Some((predicate.to_owned(), format!("Predicate {predicate} failed: {text}")));
    insufficient.or_else(|| {
        if !pod.spec.required_node_affinity_matches(node) {
            failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector")
        } else if has_port_conflict(view, pod, node) {
            failed("NodePorts", "node(s) didn't have free ports for the requested pod ports")
        } else if is_driven_out(pod, node) {
            failed("TaintToleration", "node(s) had taints that the pod didn't tolerate")
        } else {
            None
        }
    })
}

/// The first resource that the node lacks: its name, what is asked for, used and there
/// (`noderesources/fit.go: fitsRequest`).
fn lacking(view: View<'_>, pod: &Pod, node: &Node) -> Option<(String, i64, i64, i64)> {
    let own = Requested::of(pod);
    let total = view.cluster.requested_on(&node.metadata.name);
    let pods = node.allocatable_pods();
    if total.pods > pods {
        return Some(("pods".into(), 1, total.pods - 1, pods));
    }
    let check = |name: &str, asked: i64, total: i64, capacity: i64| {
        (asked > 0 && total > capacity).then(|| (name.to_owned(), asked, total - asked, capacity))
    };
    let of_other = |(name, asked): (&String, &i64)| {
        let whole = |milli: i64| milli / 1_000;
        let capacity = node.status.allocatable.get(name).map_or(0, Quantity::milli);
        let total = total.other.get(name).copied().unwrap_or(0);
        check(name, whole(*asked), whole(total), whole(capacity))
    };
    check("cpu", own.cpu_milli, total.cpu_milli, node.allocatable_cpu_milli())
        .or_else(|| check("memory", own.memory, total.memory, node.allocatable_memory()))
        .or_else(|| own.other.iter().find_map(of_other))
}

fn has_port_conflict(view: View<'_>, pod: &Pod, node: &Node) -> bool {
    let wanted: Vec<_> = host_ports(pod).collect();
    if wanted.is_empty() {
        return false;
    }
    let others = view.cluster.pods_on(&node.metadata.name).filter(|other| other.metadata.uid != pod.metadata.uid);
    let taken: Vec<_> =
        others.filter(|other| !other.status.phase.is_terminal()).flat_map(|other| host_ports(other)).collect();
    wanted.iter().any(|(address, protocol, port)| {
        taken.iter().any(|(other, other_protocol, other_port)| {
            let clash = address == other || *address == "0.0.0.0" || *other == "0.0.0.0";
            clash && protocol == other_protocol && port == other_port
        })
    })
}

fn host_ports(pod: &Pod) -> impl Iterator<Item = (&str, &str, i32)> {
    let containers = pod.spec.containers.iter().chain(&pod.spec.init_containers);
    containers.flat_map(|container| &container.ports).filter_map(|port| {
        let address = port.host_ip.as_deref().filter(|address| !address.is_empty()).unwrap_or("0.0.0.0");
        Some((address, port.protocol.as_deref().unwrap_or("TCP"), port.host_port.filter(|number| *number > 0)?))
    })
}

/// The kubelet heeds only taints that drive pods out.
fn is_driven_out(pod: &Pod, node: &Node) -> bool {
    let mut taints = node.spec.taints.iter().filter(|taint| taint.effect == TaintEffect::NoExecute);
    taints.any(|taint| taint.tolerated_by(&pod.spec.tolerations).is_none())
}
