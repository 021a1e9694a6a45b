//! A node that runs short of something evicts pods, one after the other, until it has enough.
//! Upstream: `pkg/kubelet/eviction/eviction_manager.go: synchronize`, `helpers.go: rankMemoryPressure`.

use super::due::{Due, What};
use super::{status, stop_all, write};
use crate::actor::{Pass, View};
use crate::api::{Node, Pod, PodPhase, QosClass, Resource, Taint, TaintEffect};
use crate::reason::{KubeletReason, NodeResource};
use std::rc::Rc;

/// Milliseconds between two looks of the eviction manager (`monitoringInterval`); each evicts one pod at most.
const INTERVAL: u64 = 10_000;
/// Pods of this priority and above are never evicted (`pkg/kubelet/types/pod_update.go: IsCriticalPod`).
const CRITICAL: i32 = 2_000_000_000;

/// When a pod's turn is; the first look after the last eviction for one that is not yet the first to go.
pub(super) fn due(view: View<'_>, pod: &Pod) -> Option<Due> {
    let node = pod.node()?;
    let (resource, since) = view.world.processes.pressures(node).next()?;
    if is_critical(pod) {
        return None;
    }
    let own = rank(pod, resource);
    let others = view.cluster.pods_on(node).filter(|other| may_go(other) && other.metadata.uid != pod.metadata.uid);
    let (mut before, mut behind) = (0, 0);
    for other in others {
        *(if rank(other, resource) < own { &mut before } else { &mut behind }) += 1;
    }
    let turn = view.world.processes.last_eviction(node).map_or(since, |last| since.max(last + INTERVAL));
    match before {
        0 => Some(Due { at: turn, what: What::Evict(resource, behind) }),
        _ => Some(Due { at: turn.max(view.now) + INTERVAL, what: What::Evict(resource, behind) }),
    }
}

fn may_go(pod: &Pod) -> bool {
    !pod.status.phase.is_terminal() && !pod.is_terminating() && pod.status.start_time.is_some() && !is_critical(pod)
}

fn is_critical(pod: &Pod) -> bool {
    pod.spec.priority.unwrap_or(0) >= CRITICAL
}

/// First what may exceed its requests, then lower priority, then the lower class of service. How much each pod uses is
/// not simulated; where Kubernetes compares that, the name decides.
fn rank(pod: &Pod, resource: NodeResource) -> (bool, i32, QosClass, &str) {
    let name = match resource {
        NodeResource::Memory => Some("memory"),
        NodeResource::Disk => Some("ephemeral-storage"),
        NodeResource::Pid => None,
    };
    let requests =
        |container: &crate::api::Container| name.is_none_or(|name| container.resources.requests.contains_key(name));
    let is_within = pod.spec.containers.iter().all(requests);
    (is_within, pod.spec.priority.unwrap_or(0), pod.spec.qos_class(), &pod.metadata.name)
}

/// The pod goes: its containers are killed without grace, and its phase is final.
pub(super) fn evict(view: View<'_>, pod: &Rc<Pod>, node: &Node, resource: NodeResource, behind: usize) -> Pass {
    let mut evicted = (**pod).clone();
    let message = format!("The node was low on resource: {}. ", resource.resource_name());
    stop_all(&mut evicted, 137, view);
    evicted.status.phase = PodPhase::Failed;
    evicted.status.reason = Some("Evicted".into());
    evicted.set_condition("DisruptionTarget", "True", Some("TerminationByKubelet"), Some(&message), view.now);
    evicted.status.message = Some(message);
    status::conditions(&mut evicted, view.now);
    let reason = KubeletReason::Evicted {
        pod: pod.reference(),
        node: node.metadata.name.clone(),
        resource,
        qos: pod.spec.qos_class(),
        priority: pod.spec.priority.unwrap_or(0),
        behind,
    };
    write(evicted, reason)
}

/// Why a node under pressure does not take another pod: short of memory it refuses those that request nothing and do not
/// tolerate it, short of anything else all but critical ones (`Admit`).
pub(super) fn refusal(view: View<'_>, pod: &Pod, node: &Node) -> Option<String> {
    let pressures: Vec<NodeResource> =
        view.world.processes.pressures(&node.metadata.name).map(|(resource, _)| resource).collect();
    if pressures.is_empty() || is_critical(pod) {
        return None;
    }
    if pressures == [NodeResource::Memory] {
        let taint = Taint {
            key: "node.kubernetes.io/memory-pressure".into(),
            value: String::new(),
            effect: TaintEffect::NoSchedule,
            time_added: None,
        };
        if pod.spec.qos_class() != QosClass::BestEffort || taint.tolerated_by(&pod.spec.tolerations).is_some() {
            return None;
        }
    }
    let conditions: Vec<&str> = pressures.iter().map(|resource| resource.condition()).collect();
    Some(format!("The node had condition: [{}]. ", conditions.join(" ")))
}
