//! Services. Upstream: `pkg/apis/core/validation/validation.go validateService`.

use super::field::{Errors, Field};
use super::{container, meta, names};
use serde_json::json;
use std::collections::BTreeSet;

pub(super) fn service(service: &Field, errors: &mut Errors) {
    // Gate RelaxedServiceNameValidation is on: a name may begin with a digit.
    meta::create(&service.at("metadata"), true, names::dns_label, errors);
    spec(&service.at("spec"), errors);
}

fn is_headless(spec: &Field) -> bool {
    spec.at("clusterIP").text() == "None"
        || spec.at("clusterIPs").items().next().is_some_and(|address| address.text() == "None")
}

fn spec(spec: &Field, errors: &mut Errors) {
    let (ports, kind) = (spec.at("ports"), spec.at("type"));
    if ports.is_empty() && !is_headless(spec) && kind.text() != "ExternalName" {
        errors.required(&ports, "");
    }
    match kind.text() {
        "LoadBalancer" | "NodePort" if is_headless(spec) => {
            let address = spec.at("clusterIPs[0]");
            errors.invalid_value(&address, "None", &format!("may not be set to 'None' for {} services", kind.text()));
        }
        "ExternalName" => {
            if !spec.at("clusterIP").is_empty() || !spec.at("clusterIPs").is_empty() {
                errors.forbidden(&spec.at("clusterIPs"), "may not be set for ExternalName services");
            }
            let name = spec.at("externalName");
            match name.text().trim_end_matches('.') {
                "" => errors.required(&name, ""),
                text => {
                    for message in names::dns_subdomain(text) {
                        errors.invalid_value(&name, text, &message);
                    }
                }
            }
        }
        _ => {}
    }
    let is_named = ports.items().count() > 1;
    let mut names_seen = BTreeSet::new();
    for port in ports.items() {
        let name = port.at("name");
        if !name.is_empty() {
            errors.all_invalid(&name, names::dns_label(name.text()));
            if !names_seen.insert(name.text()) {
                errors.duplicate(&name, name.text());
            }
        } else if is_named {
            errors.required(&name, "");
        }
        errors.port(&port.at("port"));
        container::protocol(&port.at("protocol"), errors);
        container::port_or_name(&port.at("targetPort"), errors);
    }
    meta::labels(&spec.at("selector"), errors);
    errors.one_of(&spec.at("sessionAffinity"), &["ClientIP", "None"], true);
    errors.one_of(&kind, &["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"], true);
    if kind.text() == "ClusterIP" {
        for port in ports.items().filter(|port| port.at("nodePort").int() != 0) {
            errors.forbidden(&port.at("nodePort"), "may not be used when `type` is 'ClusterIP'");
        }
    }
    let mut seen = BTreeSet::new();
    for port in ports.items() {
        let (protocol, number) = (port.at("protocol").text(), port.at("port").int());
        if !seen.insert((protocol, number)) {
            let value = json!({
                "Name": "", "Protocol": protocol, "AppProtocol": null, "Port": number, "TargetPort": 0, "NodePort": 0,
            });
            errors.duplicate(&port, value);
        }
    }
}

pub(super) fn service_update(old: &Field, new: &Field, errors: &mut Errors) {
    let (before, after) = (old.at("spec"), new.at("spec"));
    let is_external = |spec: &Field| spec.at("type").text() == "ExternalName";
    // An address is given once. A Service that writes none keeps what it has, `None` too.
    let is_changed = match (before.at("clusterIP").text(), after.at("clusterIP").text()) {
        (_, "") => false,
        ("", now) => now == "None",
        (was, now) => was != now,
    };
    if is_changed && !is_external(&before) && !is_external(&after) {
        let addresses = json!([after.at("clusterIP").text()]);
        errors.invalid_value(&after.at("clusterIPs[0]"), addresses, "may not change once set");
    }
    spec(&after, errors);
}

/// Endpoints in a slice that somebody writes, at most (`pkg/apis/discovery/validation`).
const MAX_ENDPOINTS: usize = 1000;
/// Addresses of one endpoint, at most.
const MAX_ADDRESSES: usize = 100;

/// `ValidateEndpointSliceCreate`.
pub(super) fn endpoint_slice(slice: &Field, errors: &mut Errors) {
    meta::create(&slice.at("metadata"), true, names::dns_subdomain, errors);
    errors.one_of(&slice.at("addressType"), &["FQDN", "IPv4", "IPv6"], true);
    let endpoints = slice.at("endpoints");
    if endpoints.items().count() > MAX_ENDPOINTS {
        errors.too_many(&endpoints, MAX_ENDPOINTS);
    }
    for endpoint in endpoints.items() {
        let addresses = endpoint.at("addresses");
        match addresses.items().count() {
            0 => errors.required(&addresses, "must contain at least 1 address"),
            1..=MAX_ADDRESSES => {}
            _ => errors.too_many(&addresses, MAX_ADDRESSES),
        }
        let hostname = endpoint.at("hostname");
        if !hostname.is_empty() {
            errors.all_invalid(&hostname, names::dns_label(hostname.text()));
        }
    }
    let mut seen = BTreeSet::new();
    for port in slice.at("ports").items() {
        let name = port.at("name");
        if !name.is_empty() {
            errors.all_invalid(&name, names::dns_label(name.text()));
        }
        if !seen.insert(name.text()) {
            errors.duplicate(&name, name.text());
        }
        container::protocol(&port.at("protocol"), errors);
    }
}

/// `ValidateEndpointSliceUpdate`.
pub(super) fn endpoint_slice_update(old: &Field, new: &Field, errors: &mut Errors) {
    endpoint_slice(new, errors);
    errors.immutable(&old.at("addressType"), &new.at("addressType"));
}
