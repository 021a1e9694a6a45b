//! EndpointSlices. Upstream: `pkg/apis/discovery/validation/validation.go`.

use super::field::{Errors, Field, is_equal};
use super::{address, container, meta, names};
use std::collections::BTreeSet;

/// Endpoints of a slice, at most.
const MAX_ENDPOINTS: usize = 1000;
/// Addresses of one endpoint, at most.
const MAX_ADDRESSES: usize = 100;
/// Ports of a slice, at most.
const MAX_PORTS: usize = 20_000;

/// `ValidateEndpointSliceCreate`.
pub(super) fn endpoint_slice(slice: &Field, errors: &mut Errors) {
    meta::create(&slice.at("metadata"), true, names::dns_subdomain, errors);
    slice_itself(slice, errors);
    endpoints(slice, errors);
}

fn slice_itself(slice: &Field, errors: &mut Errors) {
    errors.one_of(&slice.at("addressType"), &["FQDN", "IPv4", "IPv6"], true);
    let ports = slice.at("ports");
    if ports.items().count() > MAX_PORTS {
        errors.too_many(&ports, MAX_PORTS);
        return;
    }
    let mut seen = BTreeSet::new();
    for port in ports.items() {
        let name = port.at("name");
        if !name.is_empty() {
            errors.all_invalid(&name, names::dns_label(name.text()));
        }
        if !seen.insert(name.text()) {
            errors.duplicate(&name, name.text());
        }
        container::protocol(&port.at("protocol"), errors);
        let application = port.at("appProtocol");
        if application.is_set() {
            meta::label_key(&application, errors);
        }
    }
}

fn endpoints(slice: &Field, errors: &mut Errors) {
    let endpoints = slice.at("endpoints");
    if endpoints.items().count() > MAX_ENDPOINTS {
        errors.too_many(&endpoints, MAX_ENDPOINTS);
        return;
    }
    for endpoint in endpoints.items() {
        let addresses = endpoint.at("addresses");
        match addresses.items().count() {
            0 => errors.required(&addresses, "must contain at least 1 address"),
            1..=MAX_ADDRESSES => {}
            _ => errors.too_many(&addresses, MAX_ADDRESSES),
        }
        addresses.items().for_each(|it| one_address(&it, &addresses, slice.at("addressType").text(), errors));
        let node = endpoint.at("nodeName");
        if node.is_set() {
            errors.all_invalid(&node, names::dns_subdomain(node.text()));
        }
        meta::labels(&endpoint.at("deprecatedTopology"), errors);
        let hostname = endpoint.at("hostname");
        if hostname.is_set() {
            errors.all_invalid(&hostname, names::dns_label(hostname.text()));
        }
    }
}

fn one_address(given: &Field, all: &Field, kind: &str, errors: &mut Errors) {
    let wants_old = match kind {
        "IPv4" => true,
        "IPv6" => false,
        "FQDN" => {
            errors.all_invalid(given, names::full_domain(given.text()));
            return;
        }
        _ => return,
    };
    if !address::address(given, errors) {
        return;
    }
    if address::parse(given.text()).is_some_and(|address| address.is_ipv4() != wants_old) {
        errors.invalid_value(all, given.text(), &format!("must be an {kind} address"));
    }
    address::endpoint(given, errors);
}

/// `ValidateEndpointSliceUpdate`; endpoints that are stored although they are invalid may stay.
pub(super) fn endpoint_slice_update(old: &Field, new: &Field, errors: &mut Errors) {
    slice_itself(new, errors);
    if !is_equal(old.at("endpoints").value, new.at("endpoints").value) {
        endpoints(new, errors);
    }
    errors.immutable(&old.at("addressType"), &new.at("addressType"));
}
