//! Services and the endpoints behind them.

use super::since_creation;
use crate::api::{EndpointSlice, Service, ServicePort, Time};
use crate::kubectl::print::table::{Column, always, format_labels, wide};
use serde_json::Value;

pub(super) const SERVICE: &[Column] = &[
    always("Name"),
    always("Type"),
    always("Cluster-IP"),
    always("External-IP"),
    always("Port(s)"),
    always("Age"),
    wide("Selector"),
];

pub(super) const ENDPOINT_SLICE: &[Column] =
    &[always("Name"), always("AddressType"), always("Ports"), always("Endpoints"), always("Age")];

pub(super) fn service(service: &Service, now: Time) -> Vec<String> {
    let ips = texts(service.spec.cluster_ips.as_ref());
    let cluster_ip = ips.first().copied().or(service.spec.cluster_ip.as_deref()).filter(|ip| !ip.is_empty());
    let ports = service.spec.ports.iter().map(port).collect::<Vec<_>>().join(",");
    vec![
        service.metadata.name.clone(),
        service.spec.kind.clone().unwrap_or_else(|| "ClusterIP".into()),
        cluster_ip.unwrap_or("<none>").into(),
        external_ip(service),
        if ports.is_empty() { "<none>".into() } else { ports },
        since_creation(&service.metadata, now),
        format_labels(&service.spec.selector),
    ]
}

/// `makePortString`.
fn port(port: &ServicePort) -> String {
    let protocol = port.protocol.as_deref().unwrap_or("TCP");
    match port.node_port {
        Some(node_port) if node_port > 0 => format!("{}:{node_port}/{protocol}", port.port),
        _ => format!("{}/{protocol}", port.port),
    }
}

/// `getServiceExternalIP`; no load balancer ever answers.
fn external_ip(service: &Service) -> String {
    let external = texts(service.spec.external_ips.as_ref()).join(",");
    let or = |text: &str| if external.is_empty() { text.to_owned() } else { external.clone() };
    match service.spec.kind.as_deref().unwrap_or("ClusterIP") {
        "ClusterIP" | "NodePort" => or("<none>"),
        "LoadBalancer" => or("<pending>"),
        "ExternalName" => service.spec.external_name.clone().unwrap_or_default(),
        _ => "<unknown>".into(),
    }
}

/// The texts of a list of texts.
fn texts(list: Option<&Value>) -> Vec<&str> {
    let items = list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Value::as_str).collect()
}

pub(super) fn endpoint_slice(slice: &EndpointSlice, now: Time) -> Vec<String> {
    let ports = slice.ports.iter().map(|port| match (port.port, port.name.as_deref()) {
        (Some(number), _) => number.to_string(),
        (None, Some(name)) => name.to_owned(),
        (None, None) => "*".to_owned(),
    });
    let addresses = slice.endpoints.iter().flat_map(|endpoint| endpoint.addresses.iter().cloned());
    vec![
        slice.metadata.name.clone(),
        slice.address_type.clone(),
        first_three(ports.collect()),
        first_three(addresses.collect()),
        since_creation(&slice.metadata, now),
    ]
}

/// `listWithMoreString`.
fn first_three(list: Vec<String>) -> String {
    const MOST: usize = 3;
    match list.get(..MOST) {
        None if list.is_empty() => "<unset>".into(),
        Some(first) if list.len() > MOST => format!("{} + {} more...", first.join(","), list.len() - MOST),
        _ => list.join(","),
    }
}
