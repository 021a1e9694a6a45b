//! Services and EndpointSlices: `describeService`, `describeEndpointSliceV1`.

use super::writer::{Writer, or_none};
use crate::api::{EndpointSlice, Service, ServicePort};
use crate::kubectl::print::Shown;
use crate::kubectl::print::golang;
use crate::kubectl::print::table::format_labels;
use serde_json::Value;

pub fn service(writer: &mut Writer, shown: &Shown<'_>, service: &Service) {
    let spec = &service.spec;
    writer.field(0, "Name", &service.metadata.name);
    writer.field(0, "Namespace", &service.metadata.namespace);
    writer.labels("Labels", &service.metadata.labels);
    writer.annotations("Annotations", &service.metadata.annotations);
    writer.field(0, "Selector", format_labels(&spec.selector));
    writer.field(0, "Type", spec.kind.as_deref().unwrap_or("ClusterIP"));
    given(writer, "IP Family Policy", spec.ip_family_policy.as_deref());
    writer.field(0, "IP Families", or_none(&joined(spec.ip_families.as_ref())));
    writer.field(0, "IP", spec.cluster_ip.as_deref().unwrap_or_default());
    writer.field(0, "IPs", or_none(&joined(spec.cluster_ips.as_ref())));
    given(writer, "External IPs", Some(&joined(spec.external_ips.as_ref())));
    given(writer, "Desired LoadBalancer IP", spec.load_balancer_ip.as_deref());
    given(writer, "External Name", spec.external_name.as_deref());
    let slices: Vec<&EndpointSlice> = slices_of(shown, service);
    for port in &spec.ports {
        ports(writer, port, &slices);
    }
    writer.field(0, "Session Affinity", spec.session_affinity.as_deref().unwrap_or("None"));
    given(writer, "External Traffic Policy", spec.external_traffic_policy.as_deref());
    given(writer, "Internal Traffic Policy", spec.internal_traffic_policy.as_deref());
    let check = spec.health_check_node_port.as_ref().and_then(Value::as_i64).filter(|port| *port != 0);
    given(writer, "HealthCheck NodePort", check.map(|port| port.to_string()).as_deref());
    given(writer, "LoadBalancer Source Ranges", Some(&joined(spec.load_balancer_source_ranges.as_ref())));
    given(writer, "Traffic Distribution", spec.traffic_distribution.as_deref());
}

/// A field that is left out where there is nothing to say.
fn given(writer: &mut Writer, label: &str, text: Option<&str>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        writer.field(0, label, text);
    }
}

fn joined(list: Option<&Value>) -> String {
    let items = list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
}

fn ports(writer: &mut Writer, port: &ServicePort, slices: &[&EndpointSlice]) {
    let protocol = port.protocol.as_deref().unwrap_or("TCP");
    let name = port.name.as_deref().filter(|name| !name.is_empty());
    let label = name.unwrap_or("<unset>");
    writer.field(0, "Port", format!("{label}\t{}/{protocol}", port.port));
    let target = port.target_port.as_ref().map_or_else(|| port.port.to_string(), golang::plain);
    writer.field(0, "TargetPort", format!("{target}/{protocol}"));
    given(writer, "AppProtocol", port.app_protocol.as_deref());
    if let Some(number) = port.node_port.filter(|number| *number != 0) {
        writer.field(0, "NodePort", format!("{label}\t{number}/{protocol}"));
    }
    writer.field(0, "Endpoints", endpoints(slices, name.unwrap_or_default()));
}

/// The EndpointSlices of a Service, by name.
fn slices_of<'a>(shown: &Shown<'a>, service: &'a Service) -> Vec<&'a EndpointSlice> {
    const LABEL: &str = "kubernetes.io/service-name";
    let within = shown.cluster.endpoint_slices.within(&service.metadata.namespace);
    within
        .filter(|slice| slice.metadata.labels.get(LABEL) == Some(&service.metadata.name))
        .map(|slice| &**slice)
        .collect()
}

/// The first three endpoints of a port that take traffic, and how many more there are (`formatEndpointSlices`).
fn endpoints(slices: &[&EndpointSlice], port_name: &str) -> String {
    const MOST: usize = 3;
    if slices.is_empty() {
        return "<none>".into();
    }
    let mut list: Vec<String> = vec![];
    for slice in slices {
        let ready = || slice.endpoints.iter().filter(|endpoint| endpoint.conditions.ready);
        let addresses = || ready().filter_map(|endpoint| endpoint.addresses.first());
        if slice.ports.is_empty() {
            list.extend(addresses().cloned());
        }
        for port in slice.ports.iter().filter(|port| port.name.as_deref().unwrap_or_default() == port_name) {
            list.extend(addresses().map(|address| format!("{address}:{}", port.port.unwrap_or(0))));
        }
    }
    match list.get(..MOST) {
        Some(first) if list.len() > MOST => format!("{} + {} more...", first.join(","), list.len() - MOST),
        _ => list.join(","),
    }
}

pub fn endpoint_slice(writer: &mut Writer, slice: &EndpointSlice) {
    let or_unset = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or("<unset>").to_owned();
    writer.field(0, "Name", &slice.metadata.name);
    writer.field(0, "Namespace", &slice.metadata.namespace);
    writer.labels("Labels", &slice.metadata.labels);
    writer.annotations("Annotations", &slice.metadata.annotations);
    writer.field(0, "AddressType", &slice.address_type);
    if slice.ports.is_empty() {
        writer.line(0, "Ports: <unset>");
    } else {
        writer.line(0, "Ports:");
        writer.line(1, "Name\tPort\tProtocol");
        writer.line(1, "----\t----\t--------");
    }
    for port in &slice.ports {
        let number = or_unset(port.port.map(|port| port.to_string()).as_deref());
        let (name, protocol) = (or_unset(port.name.as_deref()), port.protocol.as_deref().unwrap_or("TCP"));
        writer.line(1, format!("{name}\t{number}\t{protocol}"));
    }
    writer.line(0, if slice.endpoints.is_empty() { "Endpoints: <none>" } else { "Endpoints:" });
    for endpoint in &slice.endpoints {
        writer.field(1, "- Addresses", or_none(&endpoint.addresses.join(", ")));
        writer.line(2, "Conditions:");
        writer.field(3, "Ready", endpoint.conditions.ready);
        writer.field(2, "Hostname", or_unset(endpoint.hostname.as_deref()));
        if let Some(target) = &endpoint.target_ref {
            writer.field(2, "TargetRef", format!("{}/{}", target.kind, target.name));
        }
        writer.field(2, "NodeName", or_unset(endpoint.node_name.as_deref()));
        writer.field(2, "Zone", or_unset(endpoint.zone.as_deref()));
    }
}
