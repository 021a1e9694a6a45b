//! Nodes. Upstream: `pkg/apis/core/validation/validation.go ValidateNode`.

use super::field::{Errors, Field};
use super::{address, meta, names, pod, resources};

pub(super) fn node(node: &Field, errors: &mut Errors) {
    meta::create(&node.at("metadata"), false, names::dns_subdomain, errors);
    node_spec(node, errors);
    pod_ranges(&node.at("spec"), errors);
}

pub(super) fn node_spec(node: &Field, errors: &mut Errors) {
    // Upstream reports taints below the metadata.
    let taints = node.at("spec").at("taints");
    pod::taints(&taints.called("metadata.taints".into()), errors);
    for name in ["capacity", "allocatable"] {
        for (resource, amount) in node.at("status").at(name).entries() {
            let place = amount.called(format!("status.{name}.{resource}"));
            resources::amount(resource, &place, errors);
        }
    }
}

/// Ranges of addresses of a new node's pods; `podCIDR` is the first of them.
fn pod_ranges(spec: &Field, errors: &mut Errors) {
    let (list, one) = (spec.at("podCIDRs"), spec.at("podCIDR"));
    if !one.is_empty() && list.items().next().is_none_or(|first| first.text() != one.text()) {
        let first = one.called(format!("{}[0]", list.path));
        address::range(&first, one.text(), errors);
        return;
    }
    list.items().for_each(|range| address::range(&range, range.text(), errors));
    let count = list.items().count();
    if count < 2 {
        return;
    }
    let families: Vec<Option<bool>> =
        list.items().map(|range| Some(address::parse_range(range.text())?.0.is_ipv4())).collect();
    let is_dual = families.contains(&Some(true)) && families.contains(&Some(false)) && !families.contains(&None);
    if !is_dual || count > 2 {
        errors.invalid(&list, "may specify no more than one CIDR for each IP family");
    }
}

/// `ValidateNodeUpdate`.
pub(super) fn node_update(old: &Field, new: &Field, errors: &mut Errors) {
    node_spec(new, errors);
    let (old, new) = (old.at("spec"), new.at("spec"));
    for (name, printed) in [("podCIDRs", "podCIDR"), ("providerID", "providerID")] {
        if !old.at(name).is_empty() && old.at(name).value != new.at(name).value {
            let detail = format!("node updates may not change {printed} except from \"\" to valid");
            errors.forbidden(&new.at(name), &detail);
        }
    }
}
