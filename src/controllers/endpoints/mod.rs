//! The EndpointSlice controller. Upstream: `k8s.io/endpointslice, pkg/controller/endpointslice`.
//!
//! One sync of a Service lists the pods that its selector picks, with their addresses, in slices of 100 endpoints.

mod endpoint;
mod selection;
mod slices;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
mod tests;

pub use endpoint::{Standing, standing};
pub use slices::{HEADLESS_LABEL, MANAGED_BY, MANAGED_BY_LABEL, MAX_ENDPOINTS, SERVICE_NAME_LABEL};

use crate::actor::{Pass, View};
use crate::api::{EndpointSlice, Key, Kind, Pod, Resource, Service};
use crate::cluster::Cluster;
use crate::reason::{Departure, EndpointsAct, EndpointsReason, Reason, Withdrawal};
use slices::Desired;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Whether the controller keeps slices for a Service: one without a selector brings its own endpoints, and an
/// ExternalName has none (`syncService`).
#[must_use]
pub fn has_slices(service: &Service) -> bool {
    !service.spec.selector.is_empty() && service.spec.kind.as_deref() != Some("ExternalName")
}

/// The slices that list the endpoints of a Service, whoever keeps them: those with its name in their label.
pub fn published<'a>(cluster: &'a Cluster, service: &'a Service) -> impl Iterator<Item = &'a Rc<EndpointSlice>> {
    let slices = cluster.endpoint_slices.within(&service.metadata.namespace);
    slices.filter(|slice| slice.metadata.labels.get(SERVICE_NAME_LABEL) == Some(&service.metadata.name))
}

/// The slices that the controller keeps for a Service, by name.
pub fn slices_of<'a>(cluster: &'a Cluster, service: &Service) -> impl Iterator<Item = &'a Rc<EndpointSlice>> {
    cluster
        .dependents(service.metadata.uid)
        .filter(|dependent| dependent.kind == Kind::EndpointSlice)
        .filter_map(|dependent| cluster.endpoint_slices.get(&dependent.key))
}

/// One sync of a Service (`syncService`, `Reconcile`).
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(service) = view.cluster.services.get(key).filter(|service| has_slices(service)) else {
        return Pass::nothing();
    };
    let pods: Vec<&Rc<Pod>> =
        (view.cluster.pods.within(&key.namespace)).filter(|pod| service.selects(&pod.metadata.labels)).collect();
    let mut desired = Desired::default();
    for pod in pods.iter().filter(|pod| endpoint::is_listed(pod)) {
        let node = pod.node().and_then(|name| view.cluster.node(name));
        // A pod whose node is gone is left to pod garbage collection, unless it is published whatever its state.
        if node.is_none() && !publishes_not_ready(service) {
            continue;
        }
        desired.add(endpoint::ports(service, pod), endpoint::of(service, pod, node.map(Rc::as_ref)));
    }
    let existing: Vec<&Rc<EndpointSlice>> = slices_of(view.cluster, service).collect();
    let before = ready_pods(existing.iter().map(|slice| &***slice));
    let after = desired.ready_pods();
    let listed = desired.len();
    let writes = slices::reconcile(service, &existing, desired);
    if writes.is_empty() {
        return Pass::nothing();
    }
    let entered: Vec<_> = after.iter().filter(|(pod, uid)| before.get(*pod) != Some(uid)).map(|(pod, _)| pod).collect();
    let left: Vec<_> = before.keys().filter(|pod| !after.contains_key(*pod)).collect();
    let act = if entered.is_empty() && left.is_empty() {
        match listed {
            0 if existing.is_empty() => selection::unmatched(view, service),
            _ => EndpointsAct::RecordStatus,
        }
    } else {
        EndpointsAct::Publish {
            entered: entered.into_iter().cloned().collect(),
            left: left
                .into_iter()
                .map(|pod| Departure {
                    why: match view.cluster.pods.get(&pod.key) {
                        Some(found) => withdrawal(service, found),
                        None => Withdrawal::Gone,
                    },
                    pod: pod.clone(),
                })
                .collect(),
            ready: after.len(),
            listed,
        }
    };
    Pass::of(writes, Reason::Endpoints(EndpointsReason { service: service.reference(), act }))
}

/// Whether pods that are not Ready are published.
fn publishes_not_ready(service: &Service) -> bool {
    service.spec.publish_not_ready_addresses == Some(true)
}

/// The pods that slices list as ready, with their identities.
fn ready_pods<'a>(slices: impl Iterator<Item = &'a EndpointSlice>) -> BTreeMap<crate::api::ObjectRef, crate::api::Uid> {
    slices
        .flat_map(|slice| &slice.endpoints)
        .filter(|endpoint| endpoint.conditions.ready)
        .filter_map(|endpoint| endpoint.target_ref.as_ref())
        .map(|target| (target.pod(), target.uid))
        .collect()
}

/// Why a pod that exists is no longer published.
fn withdrawal(service: &Service, pod: &Pod) -> Withdrawal {
    if !service.selects(&pod.metadata.labels) {
        Withdrawal::Unselected
    } else if pod.is_terminating() {
        Withdrawal::Terminating
    } else if pod.status.phase.is_terminal() {
        Withdrawal::Ended
    } else {
        Withdrawal::NotReady
    }
}
