//! Budgets and priorities: `describePodDisruptionBudgetV1`, `describePriorityClass`.

use super::writer::Writer;
use crate::api::{PodDisruptionBudget, PriorityClass};
use crate::kubectl::print::selector::format_selector;
use crate::kubectl::print::table::format_labels;

pub fn disruption_budget(writer: &mut Writer, budget: &PodDisruptionBudget) {
    let (spec, status) = (&budget.spec, &budget.status);
    writer.field(0, "Name", &budget.metadata.name);
    writer.field(0, "Namespace", &budget.metadata.namespace);
    if let Some(bound) = spec.min_available {
        writer.field(0, "Min available", bound);
    } else if let Some(bound) = spec.max_unavailable {
        writer.field(0, "Max unavailable", bound);
    }
    let selector = spec.selector.as_ref().map_or("<unset>".into(), |selector| format_selector(Some(selector)));
    writer.field(0, "Selector", selector);
    writer.line(0, "Status:");
    writer.field(2, "Allowed disruptions", status.disruptions_allowed);
    writer.field(2, "Current", status.current_healthy);
    writer.field(2, "Desired", status.desired_healthy);
    writer.field(2, "Total", status.expected_pods);
}

pub fn priority_class(writer: &mut Writer, class: &PriorityClass) {
    writer.field(0, "Name", &class.metadata.name);
    writer.field(0, "Value", class.value);
    writer.field(0, "GlobalDefault", class.global_default.unwrap_or(false));
    writer.field(0, "PreemptionPolicy", class.preemption_policy.as_deref().unwrap_or("PreemptLowerPriority"));
    writer.field(0, "Description", class.description.as_deref().unwrap_or_default());
    writer.field(0, "Annotations", format_labels(&class.metadata.annotations));
}
