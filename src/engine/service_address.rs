//! The addresses and node ports that the API server gives Services.
//! Upstream: `pkg/registry/core/service/storage/{alloc,storage}.go`, `pkg/registry/core/service/strategy.go`.
//!
//! Upstream draws them at random; here they follow from namespace and name, so that a run repeats.

use crate::api::{Object, Resource, Service, ServicePort};
use crate::cluster::Cluster;
use crate::manifest::{FieldError, FieldErrorKind};
use serde_json::json;
use std::collections::BTreeSet;
use std::rc::Rc;

/// `--service-cluster-ip-range`: 10.96.0.0/16.
const NETWORK: [u32; 2] = [10, 96];
/// Addresses at the low end that are kept for those who choose their own (`ipallocator`: 1/16 of the range, 256 at most).
const KEPT_ADDRESSES: u32 = 256;
/// The last address of the range that is given to a Service; the one after it is the broadcast address.
const LAST_ADDRESS: u32 = 65_534;
/// Addresses that the cluster's own Services `kubernetes` and `kube-dns` have.
const TAKEN_ADDRESSES: [u32; 2] = [1, 10];
/// `--service-node-port-range`.
const NODE_PORTS: (i32, i32) = (30_000, 32_767);
/// Node ports at the low end that are kept in the same way.
const KEPT_NODE_PORTS: i32 = 86;

fn kind(service: &Service) -> &str {
    service.spec.kind.as_deref().unwrap_or("ClusterIP")
}

fn needs_address(service: &Service) -> bool {
    matches!(kind(service), "ClusterIP" | "NodePort" | "LoadBalancer")
}

fn needs_node_ports(service: &Service) -> bool {
    match kind(service) {
        "NodePort" => true,
        "LoadBalancer" => service.spec.allocate_load_balancer_node_ports != Some(json!(false)),
        _ => false,
    }
}

fn address(offset: u32) -> String {
    format!("{}.{}.{}.{}", NETWORK[0], NETWORK[1], offset >> 8 & 255, offset & 255)
}

/// The place of an address in the range; none for one outside.
fn offset(address: &str) -> Option<u32> {
    let parts: Vec<u32> =
        address.split('.').map(|part| part.parse::<u8>().map(u32::from)).collect::<Result<_, _>>().ok()?;
    match parts.as_slice() {
        [first, second, high, low] if [*first, *second] == NETWORK => Some(high << 8 | low),
        _ => None,
    }
}

/// A number that namespace and name lead to (FNV-1a).
fn draw(service: &Service, salt: &str) -> u32 {
    let parts = [&service.metadata.namespace, "/", &service.metadata.name, "/", salt];
    parts
        .iter()
        .flat_map(|part| part.bytes())
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn others<'a>(cluster: &'a Cluster, service: &'a Service) -> impl Iterator<Item = &'a Rc<Service>> {
    cluster.services.iter().filter(|other| other.key() != service.key())
}

fn used_addresses(cluster: &Cluster, service: &Service) -> BTreeSet<u32> {
    let used = others(cluster, service).filter_map(|other| offset(other.spec.cluster_ip.as_deref()?));
    used.chain(TAKEN_ADDRESSES).collect()
}

/// Node ports that are taken, with the protocol; two protocols may share a number.
fn used_node_ports(cluster: &Cluster, service: &Service) -> BTreeSet<(i32, String)> {
    let ports = others(cluster, service).flat_map(|other| &other.spec.ports);
    ports.filter_map(node_port).collect()
}

fn node_port(port: &ServicePort) -> Option<(i32, String)> {
    let number = port.node_port.filter(|number| *number != 0)?;
    Some((number, port.protocol.clone().unwrap_or_else(|| "TCP".into())))
}

/// What is wrong with the addresses and node ports that a Service chose itself.
pub(super) fn check(cluster: &Cluster, object: &Object, old: Option<&Object>) -> Vec<FieldError> {
    let Object::Service(service) = object else { return vec![] };
    let old = match old {
        Some(Object::Service(old)) => Some(&**old),
        _ => None,
    };
    let mut errors = vec![];
    let chosen = service.spec.cluster_ip.as_deref().filter(|chosen| !matches!(*chosen, "" | "None"));
    let kept = old.and_then(|old| old.spec.cluster_ip.as_deref());
    if let Some(chosen) = chosen.filter(|chosen| needs_address(service) && kept != Some(*chosen)) {
        let problem = match offset(chosen).filter(|place| (1..=LAST_ADDRESS).contains(place)) {
            None => Some(format!(
                "the provided IP ({chosen}) is not in the valid range. The range of valid IPs is 10.96.0.0/16"
            )),
            Some(place) if used_addresses(cluster, service).contains(&place) => {
                Some("provided IP is already allocated".into())
            }
            Some(_) => None,
        };
        if let Some(problem) = problem {
            let detail = format!("failed to allocate IP {chosen}: {problem}");
            errors.push(FieldError::of_value("spec.clusterIPs", FieldErrorKind::Invalid, json!([chosen]), detail));
        }
    }
    let kept: BTreeSet<_> = old.into_iter().flat_map(|old| &old.spec.ports).filter_map(node_port).collect();
    let used = used_node_ports(cluster, service);
    for (index, port) in service.spec.ports.iter().enumerate() {
        let Some(chosen) = node_port(port).filter(|chosen| !kept.contains(chosen)) else { continue };
        let problem = match chosen.0 {
            number if !(NODE_PORTS.0..=NODE_PORTS.1).contains(&number) => {
                "provided port is not in the valid range. The range of valid ports is 30000-32767"
            }
            _ if used.contains(&chosen) => "provided port is already allocated",
            _ => continue,
        };
        let path = format!("spec.ports[{index}].nodePort");
        errors.push(FieldError::of_value(path, FieldErrorKind::Invalid, chosen.0, problem));
    }
    errors
}

/// What a changed Service keeps of the old one without saying so, and loses with its type (`patchAllocatedValues`,
/// `dropTypeDependentFields`).
pub(super) fn carry_over(old: &Service, new: &mut Service) {
    // `pkg/registry/core/service/strategy.go: NormalizeClusterIPs`: who changes the one address means the list as well.
    if new.spec.cluster_ip != old.spec.cluster_ip && new.spec.cluster_ips == old.spec.cluster_ips {
        let address = new.spec.cluster_ip.clone().filter(|address| !address.is_empty());
        new.spec.cluster_ips = address.map(|address| json!([address]));
    }
    if needs_address(old) && needs_address(new) {
        if new.spec.cluster_ip.as_deref().is_none_or(str::is_empty) {
            new.spec.cluster_ip.clone_from(&old.spec.cluster_ip);
        }
        let same = new.spec.cluster_ip == old.spec.cluster_ip;
        for (field, was) in
            [(&mut new.spec.cluster_ips, &old.spec.cluster_ips), (&mut new.spec.ip_families, &old.spec.ip_families)]
        {
            if same && field.is_none() {
                field.clone_from(was);
            }
        }
        if new.spec.ip_family_policy.is_none() {
            new.spec.ip_family_policy.clone_from(&old.spec.ip_family_policy);
        }
    } else if needs_address(old) && new.spec.cluster_ip == old.spec.cluster_ip {
        new.spec.cluster_ip = None;
        new.spec.cluster_ips = None;
        new.spec.ip_families = None;
        new.spec.ip_family_policy = None;
        new.spec.internal_traffic_policy = None;
    }
    let was = |port: &ServicePort| {
        let is_same = |old: &&ServicePort| old.port == port.port && old.protocol == port.protocol;
        old.spec.ports.iter().find(is_same).and_then(|old| old.node_port)
    };
    if needs_node_ports(old) && needs_node_ports(new) {
        for port in &mut new.spec.ports {
            port.node_port = port.node_port.filter(|number| *number != 0).or_else(|| was(port));
        }
    } else if needs_node_ports(old) && kind(old) != kind(new) {
        for port in &mut new.spec.ports {
            port.node_port = port.node_port.filter(|number| was(port) != Some(*number));
        }
    }
    let is_open = |service: &Service| matches!(kind(service), "NodePort" | "LoadBalancer");
    if is_open(old) && !is_open(new) {
        new.spec.external_traffic_policy = None;
        new.spec.health_check_node_port = None;
    }
    if kind(old) == "LoadBalancer" && kind(new) != "LoadBalancer" {
        new.spec.allocate_load_balancer_node_ports = None;
    }
}

/// Gives a Service what it lacks, as it is stored.
pub(super) fn allocate(cluster: &Cluster, service: &mut Service) {
    service.status.get_or_insert_with(|| json!({ "loadBalancer": {} }));
    if needs_address(service) {
        families(service);
        if service.spec.cluster_ip.as_deref().is_none_or(str::is_empty) {
            service.spec.cluster_ip = free_address(cluster, service);
        }
        if let Some(chosen) = &service.spec.cluster_ip {
            service.spec.cluster_ips = Some(json!([chosen]));
        }
    }
    if needs_node_ports(service) {
        let mut used = used_node_ports(cluster, service);
        used.extend(service.spec.ports.iter().filter_map(node_port));
        for index in 0..service.spec.ports.len() {
            let free = free_node_port(service, index, &used);
            if let Some(port) = service.spec.ports.get_mut(index).filter(|port| node_port(port).is_none()) {
                port.node_port = free;
                used.extend(node_port(port));
            }
        }
    }
}

/// One family, that of the cluster; a headless Service without a selector may have endpoints of both.
fn families(service: &mut Service) {
    let both = service.is_headless() && service.spec.selector.is_empty();
    if service.spec.ip_family_policy.is_none() {
        let policy = if both && service.spec.ip_families.is_none() { "RequireDualStack" } else { "SingleStack" };
        service.spec.ip_family_policy = Some(policy.into());
        service.spec.ip_families.get_or_insert_with(|| if both { json!(["IPv4", "IPv6"]) } else { json!(["IPv4"]) });
    }
    service.spec.ip_families.get_or_insert_with(|| json!(["IPv4"]));
}

/// The first free address at or after the one that the name leads to.
fn free_address(cluster: &Cluster, service: &Service) -> Option<String> {
    let used = used_addresses(cluster, service);
    let room = LAST_ADDRESS - KEPT_ADDRESSES;
    let start = draw(service, "") % room;
    let mut places = (0..room).map(|step| KEPT_ADDRESSES + 1 + (start + step) % room);
    places.find(|place| !used.contains(place)).map(address)
}

fn free_node_port(service: &Service, index: usize, used: &BTreeSet<(i32, String)>) -> Option<i32> {
    let port = service.spec.ports.get(index)?;
    // Ports of one number under several protocols share their node port.
    let twin = service.spec.ports.iter().take(index).find(|other| other.port == port.port);
    if let Some((number, _)) = twin.and_then(node_port) {
        return Some(number);
    }
    let first = NODE_PORTS.0 + KEPT_NODE_PORTS;
    let room = NODE_PORTS.1 - first + 1;
    let start = i32::try_from(draw(service, &port.port.to_string()) % room.unsigned_abs()).unwrap_or(0);
    let is_free = |number: &i32| !used.iter().any(|(taken, _)| taken == number);
    (0..room).map(|step| first + (start + step) % room).find(is_free)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
mod tests;
