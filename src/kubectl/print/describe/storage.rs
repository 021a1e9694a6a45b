//! Claims, volumes and classes: `describePersistentVolumeClaim`, `describePersistentVolume`, `describeStorageClass`.

use super::pod::finalizers;
use super::volumes::volume_source;
use super::writer::{Writer, capital};
use crate::api::{
    Key, NodeSelectorRequirement, ObjectMeta, PersistentVolume, PersistentVolumeClaim, StorageClass, Time,
};
use crate::kubectl::print::Shown;
use crate::kubectl::print::table::format_labels;
use crate::kubectl::print::tables::{access_modes, stored};
use crate::kubectl::print::time::{age, rfc1123};
use serde_json::Value;

pub fn claim(writer: &mut Writer, shown: &Shown<'_>, claim: &PersistentVolumeClaim) {
    let (metadata, spec) = (&claim.metadata, &claim.spec);
    let volume = spec.volume_name.as_deref().unwrap_or_default();
    let of_volume = |text: String| if volume.is_empty() { String::new() } else { text };
    writer.field(0, "Name", &metadata.name);
    writer.field(0, "Namespace", &metadata.namespace);
    writer.field(0, "StorageClass", spec.storage_class_name.as_deref().unwrap_or_default());
    writer.field(0, "Status", phase(metadata, claim.status.phase.as_deref(), shown.now));
    writer.field(0, "Volume", volume);
    writer.labels("Labels", &metadata.labels);
    writer.annotations("Annotations", &metadata.annotations);
    writer.field(0, "Finalizers", finalizers(metadata));
    writer.field(0, "Capacity", of_volume(stored(&claim.status.capacity)));
    writer.field(0, "Access Modes", of_volume(access_modes(&claim.status.access_modes)));
    if let Some(mode) = &spec.volume_mode {
        writer.field(0, "VolumeMode", mode);
    }
    if let Some(source) = &spec.data_source {
        writer.line(0, "DataSource:");
        let text = |field| source.get(field).and_then(Value::as_str);
        if let Some(group) = text("apiGroup") {
            writer.field(1, "APIGroup", group);
        }
        writer.field(1, "Kind", text("kind").unwrap_or_default());
        writer.field(1, "Name", text("name").unwrap_or_default());
    }
    let pods = shown.cluster.pods_using(&Key::new(&metadata.namespace, &metadata.name));
    writer.values("Used By", pods.map(|pod| pod.metadata.name.clone()));
    if !claim.status.conditions.is_empty() {
        writer.line(0, "Conditions:");
        writer.line(1, "Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage");
        writer.line(1, "----\t------\t-----------------\t------------------\t------\t-------");
    }
    for condition in &claim.status.conditions {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let cells = [
            format!("{} ", condition.kind),
            format!("{} ", condition.status),
            format!("{} ", rfc1123(None)),
            format!("{} ", rfc1123(condition.last_transition_time)),
            format!("{} ", text(&condition.reason)),
            text(&condition.message),
        ];
        writer.line(1, cells.join("\t"));
    }
}

pub fn volume(writer: &mut Writer, shown: &Shown<'_>, volume: &PersistentVolume) {
    let (metadata, spec) = (&volume.metadata, &volume.spec);
    let claim = spec.claim_ref.as_ref().map(|claim| format!("{}/{}", claim.namespace, claim.name));
    writer.field(0, "Name", &metadata.name);
    writer.labels("Labels", &metadata.labels);
    writer.annotations("Annotations", &metadata.annotations);
    writer.field(0, "Finalizers", finalizers(metadata));
    writer.field(0, "StorageClass", volume.class());
    writer.field(0, "Status", phase(metadata, volume.status.phase.as_deref(), shown.now));
    writer.field(0, "Claim", claim.unwrap_or_default());
    writer.field(0, "Reclaim Policy", spec.persistent_volume_reclaim_policy.as_deref().unwrap_or_default());
    writer.field(0, "Access Modes", access_modes(&spec.access_modes));
    if let Some(mode) = &spec.volume_mode {
        writer.field(0, "VolumeMode", mode);
    }
    writer.field(0, "Capacity", stored(&spec.capacity));
    node_affinity(writer, volume);
    writer.field(0, "Message", volume.status.message.as_deref().unwrap_or_default());
    writer.line(0, "Source:");
    volume_source(writer, volume);
}

/// `printVolumeNodeAffinity`.
fn node_affinity(writer: &mut Writer, volume: &PersistentVolume) {
    let Some(required) = volume.spec.node_affinity.as_ref().and_then(|affinity| affinity.required.as_ref()) else {
        writer.field(0, "Node Affinity", "<none>");
        return;
    };
    writer.field(0, "Node Affinity", "");
    let none = if required.node_selector_terms.is_empty() { "<none>" } else { "" };
    writer.field(1, "Required Terms", none);
    for (index, term) in required.node_selector_terms.iter().enumerate() {
        writer.values(&format!("    Term {index}"), term.match_expressions.iter().map(requirement));
    }
}

fn requirement(requirement: &NodeSelectorRequirement) -> String {
    let text = format!("{} {}", requirement.key, requirement.operator.to_lowercase());
    if requirement.values.is_empty() { text } else { format!("{text} [{}]", requirement.values.join(", ")) }
}

pub fn class(writer: &mut Writer, class: &StorageClass) {
    let or = |text: &Option<String>, default: &str| text.clone().unwrap_or_else(|| default.into());
    writer.field(0, "Name", &class.metadata.name);
    writer.field(0, "IsDefaultClass", if class.is_default() { "Yes" } else { "No" });
    writer.field(0, "Annotations", format_labels(&class.metadata.annotations));
    writer.field(0, "Provisioner", &class.provisioner);
    writer.field(0, "Parameters", format_labels(&class.parameters));
    writer.field(0, "AllowVolumeExpansion", class.allow_volume_expansion.map_or("<unset>", capital));
    let options = class.mount_options.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if options.is_empty() {
        writer.field(0, "MountOptions", "<none>");
    } else {
        writer.line(0, "MountOptions:");
    }
    for option in options.iter().filter_map(Value::as_str) {
        writer.line(1, option);
    }
    writer.field(0, "ReclaimPolicy", or(&class.reclaim_policy, "Delete"));
    writer.field(0, "VolumeBindingMode", or(&class.volume_binding_mode, "Immediate"));
    topologies(writer, class);
}

/// `printAllowedTopologies`.
fn topologies(writer: &mut Writer, class: &StorageClass) {
    let Some(terms) = class.allowed_topologies.as_ref().and_then(Value::as_array) else { return };
    writer.field(0, "AllowedTopologies", if terms.is_empty() { "<none>" } else { "" });
    for (index, term) in terms.iter().enumerate() {
        let expressions = term.get("matchLabelExpressions").and_then(Value::as_array).map(Vec::as_slice);
        let line = |expression: &Value| {
            let key = expression.get("key").and_then(Value::as_str).unwrap_or_default();
            let values = expression.get("values").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            format!("{key} in [{}]", values.join(", "))
        };
        writer.values(&format!("  Term {index}"), expressions.unwrap_or_default().iter().map(line));
    }
}

fn phase(metadata: &ObjectMeta, phase: Option<&str>, now: Time) -> String {
    match metadata.deletion_timestamp {
        Some(at) => format!("Terminating (lasts {})", age(now, Some(at))),
        None => phase.unwrap_or_default().into(),
    }
}
