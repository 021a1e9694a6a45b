//! One pod as an endpoint. Upstream: `k8s.io/endpointslice/utils.go: podToEndpoint, getEndpointPorts, findPort`.

use super::publishes_not_ready;
use crate::api::{
    Container, Endpoint, EndpointConditions, EndpointPort, EndpointTarget, Kind, Node, Pod, Service, ServicePort,
};

/// The label of a node's zone.
const ZONE_LABEL: &str = "topology.kubernetes.io/zone";

/// What of a pod's state endpoints depend on; none for a pod that is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    address: &'a str,
    ready: bool,
    terminating: bool,
}

/// What endpoints depend on: a change of it wakes the controller (`podEndpointsChanged`).
#[must_use]
pub fn standing(pod: &Pod) -> Option<Standing<'_>> {
    is_listed(pod).then(|| Standing {
        address: pod.status.pod_ip.as_deref().unwrap_or_default(),
        ready: pod.is_ready(),
        terminating: pod.is_terminating(),
    })
}

/// Whether a pod has an address and has not ended (`ShouldPodBeInEndpoints`).
pub(super) fn is_listed(pod: &Pod) -> bool {
    !pod.status.phase.is_terminal() && pod.status.pod_ip.as_deref().is_some_and(|address| !address.is_empty())
}

/// The endpoint of a pod that is listed.
pub(super) fn of(service: &Service, pod: &Pod, node: Option<&Node>) -> Endpoint {
    let (serving, terminating) = (pod.is_ready(), pod.is_terminating());
    Endpoint {
        addresses: pod.status.pod_ip.iter().cloned().collect(),
        conditions: EndpointConditions {
            ready: publishes_not_ready(service) || serving && !terminating,
            serving,
            terminating,
        },
        hostname: hostname(service, pod),
        target_ref: Some(EndpointTarget {
            kind: Kind::Pod.as_str().into(),
            name: pod.metadata.name.clone(),
            namespace: pod.metadata.namespace.clone(),
            uid: pod.metadata.uid,
        }),
        node_name: pod.node().map(Into::into),
        zone: node.and_then(|node| node.metadata.labels.get(ZONE_LABEL)).cloned(),
    }
}

/// The pod's name below the Service (`ShouldSetHostname`).
fn hostname(service: &Service, pod: &Pod) -> Option<String> {
    let hostname = pod.spec.hostname.as_ref().filter(|hostname| !hostname.is_empty())?;
    (pod.spec.subdomain.as_deref() == Some(service.metadata.name.as_str())).then(|| hostname.clone())
}

/// The ports of the Service as the pod has them; one whose name the pod lacks is left out.
pub(super) fn ports(service: &Service, pod: &Pod) -> Vec<EndpointPort> {
    let ports = service.spec.ports.iter().filter_map(|port| {
        Some(EndpointPort {
            name: Some(port.name.clone().unwrap_or_default()),
            protocol: Some(protocol(port.protocol.as_ref()).into()),
            port: Some(target(pod, port)?),
            app_protocol: port.app_protocol.clone(),
        })
    });
    ports.collect()
}

fn protocol(protocol: Option<&String>) -> &str {
    protocol.map_or("TCP", String::as_str)
}

/// `findPort`: a number as it is, a name among the ports of the containers and sidecars.
fn target(pod: &Pod, port: &ServicePort) -> Option<i32> {
    let target = port.target_port.as_ref();
    let Some(name) = target.and_then(|target| target.as_str()).filter(|name| !name.is_empty()) else {
        let number = target.and_then(|target| i32::try_from(target.as_i64()?).ok()).filter(|number| *number != 0);
        return Some(number.unwrap_or(port.port));
    };
    let is_sidecar = |container: &&Container| container.restart_policy.as_deref() == Some("Always");
    (pod.spec.containers.iter().chain(pod.spec.init_containers.iter().filter(is_sidecar)))
        .flat_map(|container| &container.ports)
        .find(|candidate| {
            candidate.name.as_deref() == Some(name)
                && protocol(candidate.protocol.as_ref()) == protocol(port.protocol.as_ref())
        })
        .map(|found| found.container_port)
}
