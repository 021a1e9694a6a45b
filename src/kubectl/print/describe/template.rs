//! Pod templates, and what they have in common with pods. Upstream: `describe.go: DescribePodTemplate,
//! describeTopologySpreadConstraints`.

use super::containers::containers;
use super::volumes::volumes;
use super::writer::Writer;
use crate::api::{PodTemplateSpec, TopologySpreadConstraint};
use crate::kubectl::print::selector::format_selector;

/// How far what is in a template is indented.
const SPACE: &str = "  ";

/// `DescribePodTemplate`.
pub fn pod_template(writer: &mut Writer, template: &PodTemplateSpec) {
    let spec = &template.spec;
    writer.line(0, "Pod Template:");
    writer.labels("  Labels", &template.metadata.labels);
    if !template.metadata.annotations.is_empty() {
        writer.annotations("  Annotations", &template.metadata.annotations);
    }
    if let Some(account) = spec.service_account_name.as_deref().filter(|account| !account.is_empty()) {
        writer.field(1, "Service Account", account);
    }
    if !spec.init_containers.is_empty() {
        containers(writer, "Init Containers", &spec.init_containers, None, SPACE);
    }
    containers(writer, "Containers", &spec.containers, None, SPACE);
    volumes(writer, &spec.volumes, SPACE);
    spread_constraints(writer, &spec.topology_spread_constraints, SPACE);
    if let Some(class) = spec.priority_class_name.as_deref().filter(|class| !class.is_empty()) {
        writer.field(1, "Priority Class Name", class);
    }
    writer.labels("  Node-Selectors", &spec.node_selector);
    writer.tolerations("  Tolerations", &spec.tolerations);
}

/// `describeTopologySpreadConstraints`.
pub fn spread_constraints(writer: &mut Writer, constraints: &[TopologySpreadConstraint], space: &str) {
    let mut sorted: Vec<&TopologySpreadConstraint> = constraints.iter().collect();
    sorted.sort_by(|a, b| a.topology_key.cmp(&b.topology_key));
    for (index, constraint) in sorted.into_iter().enumerate() {
        let label = if index == 0 { "Topology Spread Constraints:" } else { "" };
        let (key, when, skew) = (&constraint.topology_key, &constraint.when_unsatisfiable, constraint.max_skew);
        let selector = match &constraint.label_selector {
            Some(selector) => format!(" for selector {}", format_selector(Some(selector))),
            None => String::new(),
        };
        writer.line(0, format!("{space}{label}\t{key}:{when} when max skew {skew} is exceeded{selector}"));
    }
}
