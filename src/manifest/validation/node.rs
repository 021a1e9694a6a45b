//! Nodes. Upstream: `pkg/apis/core/validation/validation.go ValidateNode`.

use super::field::{Errors, Field};
use super::{meta, names, pod};

pub(super) fn node(node: &Field, errors: &mut Errors) {
    meta::create(&node.at("metadata"), false, names::dns_subdomain, errors);
    node_spec(node, errors);
}

pub(super) fn node_spec(node: &Field, errors: &mut Errors) {
    // Upstream reports taints below the metadata.
    let taints = node.at("spec").at("taints");
    pod::taints(&taints.called("metadata.taints".into()), errors);
    for name in ["capacity", "allocatable"] {
        for (_, amount) in node.at("status").at(name).entries() {
            if let Some(amount_value) = amount.quantity().filter(|quantity| quantity.milli() < 0) {
                errors.invalid_value(&amount, amount_value.as_str(), "must be greater than or equal to 0");
            }
        }
    }
}
