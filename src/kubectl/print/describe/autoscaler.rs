//! HorizontalPodAutoscalers: `describeHorizontalPodAutoscalerV2`.

use super::writer::Writer;
use crate::api::{HorizontalPodAutoscaler, HpaScalingRules, MetricSpec, MetricStatus, MetricTarget, MetricValueStatus};
use crate::kubectl::print::tables::quantity;
use crate::kubectl::print::time::rfc1123;

const UNKNOWN: &str = "<unknown>";

pub fn describe(writer: &mut Writer, autoscaler: &HorizontalPodAutoscaler) {
    let (spec, status) = (&autoscaler.spec, &autoscaler.status);
    let target = &spec.scale_target_ref;
    writer.field(0, "Name", &autoscaler.metadata.name);
    writer.field(0, "Namespace", &autoscaler.metadata.namespace);
    writer.labels("Labels", &autoscaler.metadata.labels);
    writer.annotations("Annotations", &autoscaler.metadata.annotations);
    writer.field(0, "CreationTimestamp", rfc1123(autoscaler.metadata.creation_timestamp));
    writer.field(0, "Reference", format!("{}/{}", target.kind, target.name));
    writer.field(0, "Metrics", "( current / target )");
    for (index, spec) in spec.metrics.iter().enumerate() {
        writer.line(1, metric(spec, status.current_metrics.get(index)));
    }
    let least = spec.min_replicas.map_or("<unset>".into(), |replicas| replicas.to_string());
    writer.field(0, "Min replicas", least);
    writer.field(0, "Max replicas", spec.max_replicas);
    if let Some(behavior) = &spec.behavior {
        writer.line(0, "Behavior:");
        rules(writer, "Scale Up", behavior.scale_up.as_ref());
        rules(writer, "Scale Down", behavior.scale_down.as_ref());
    }
    let counts = format!("{} current / {} desired", status.current_replicas, status.desired_replicas);
    writer.field(0, &format!("{} pods", target.kind), counts);
    if !status.conditions.is_empty() {
        writer.line(0, "Conditions:");
        writer.line(1, "Type\tStatus\tReason\tMessage");
        writer.line(1, "----\t------\t------\t-------");
    }
    for condition in &status.conditions {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (reason, message) = (text(&condition.reason), text(&condition.message));
        writer.line(1, format!("{}\t{}\t{reason}\t{message}", condition.kind, condition.status));
    }
}

fn metric(spec: &MetricSpec, status: Option<&MetricStatus>) -> String {
    if let Some(source) = &spec.resource {
        let current = status.and_then(|status| status.resource.as_ref()).map(|status| &status.current);
        return format!("resource {} on pods{}", source.name, of_requests(&source.target, current));
    }
    if let Some(source) = &spec.container_resource {
        let current = status.and_then(|status| status.container_resource.as_ref()).map(|status| &status.current);
        let of = of_requests(&source.target, current);
        return format!("resource {} of container \"{}\" on pods{of}", source.name, source.container);
    }
    if let Some(source) = &spec.pods {
        let current = status.and_then(|status| status.pods.as_ref()).map(|status| &status.current);
        let current = current.map_or(UNKNOWN.into(), |current| quantity(current.average_value.as_ref()));
        let target = quantity(source.target.average_value.as_ref());
        return format!("\"{}\" on pods:\t{current} / {target}", source.metric.name);
    }
    if let Some(source) = &spec.object {
        let current = status.and_then(|status| status.object.as_ref()).map(|status| &status.current);
        let object = &source.described_object;
        let of = of_other(&source.target, current, source.target.kind == "AverageValue");
        return format!("\"{}\" on {}/{} {of}", source.metric.name, object.kind, object.name);
    }
    if let Some(source) = &spec.external {
        let current = status.and_then(|status| status.external.as_ref()).map(|status| &status.current);
        let of = of_other(&source.target, current, source.target.average_value.is_some());
        return format!("\"{}\" {of}", source.metric.name);
    }
    format!("<unknown metric type \"{}\">", spec.kind)
}

/// A resource that pods use: an amount, or percent of what they request.
fn of_requests(target: &MetricTarget, current: Option<&MetricValueStatus>) -> String {
    if let Some(target) = &target.average_value {
        let current = current.map_or(UNKNOWN.into(), |current| quantity(current.average_value.as_ref()));
        return format!(":\t{current} / {}", target.canonical());
    }
    let percent = current.and_then(|current| Some((current.average_utilization?, current.average_value.as_ref())));
    let current = percent.map_or(UNKNOWN.into(), |(percent, value)| format!("{percent}% ({})", quantity(value)));
    let target = target.average_utilization.map_or("<auto>".into(), |percent| format!("{percent}%"));
    format!("  (as a percentage of request):\t{current} / {target}")
}

/// A metric of an object or from outside: for each pod, or as a whole.
fn of_other(target: &MetricTarget, current: Option<&MetricValueStatus>, is_average: bool) -> String {
    let (label, current, target) = if is_average {
        ("(target average value)", current.map(|current| current.average_value.as_ref()), target.average_value.as_ref())
    } else {
        ("(target value)", current.map(|current| current.value.as_ref()), target.value.as_ref())
    };
    format!("{label}:\t{} / {}", current.map_or(UNKNOWN.into(), quantity), quantity(target))
}

/// `printDirectionBehavior`.
fn rules(writer: &mut Writer, direction: &str, rules: Option<&HpaScalingRules>) {
    let Some(rules) = rules else { return };
    writer.line(1, format!("{direction}:"));
    if let Some(seconds) = rules.stabilization_window_seconds {
        writer.line(2, format!("Stabilization Window: {seconds} seconds"));
    }
    let Some(policies) = rules.policies.as_deref().filter(|policies| !policies.is_empty()) else { return };
    writer.line(2, format!("Select Policy: {}", rules.select_policy.as_deref().unwrap_or("Max")));
    writer.line(2, "Policies:");
    for policy in policies {
        let (kind, value, seconds) = (&policy.kind, policy.value, policy.period_seconds);
        writer.line(3, format!("- Type: {kind}\tValue: {value}\tPeriod: {seconds} seconds"));
    }
}
