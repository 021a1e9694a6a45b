//! HorizontalPodAutoscalers: `printHorizontalPodAutoscaler`.

use super::{quantity, since_creation};
use crate::api::{HorizontalPodAutoscaler, MetricSpec, MetricStatus, MetricTarget, MetricValueStatus, Quantity, Time};
use crate::kubectl::print::table::{Column, always};

pub(super) const COLUMNS: &[Column] = &[
    always("Name"),
    always("Reference"),
    always("Targets"),
    always("MinPods"),
    always("MaxPods"),
    always("Replicas"),
    always("Age"),
];

/// How many metrics the column of targets names.
const MOST: usize = 2;

const UNKNOWN: &str = "<unknown>";

pub(super) fn cells(autoscaler: &HorizontalPodAutoscaler, now: Time) -> Vec<String> {
    let spec = &autoscaler.spec;
    vec![
        autoscaler.metadata.name.clone(),
        format!("{}/{}", spec.scale_target_ref.kind, spec.scale_target_ref.name),
        targets(&spec.metrics, &autoscaler.status.current_metrics),
        spec.min_replicas.map_or("<unset>".into(), |replicas| replicas.to_string()),
        spec.max_replicas.to_string(),
        autoscaler.status.current_replicas.to_string(),
        since_creation(&autoscaler.metadata, now),
    ]
}

/// `formatHPAMetrics`.
fn targets(specs: &[MetricSpec], statuses: &[MetricStatus]) -> String {
    if specs.is_empty() {
        return "<none>".into();
    }
    let all: Vec<String> = specs.iter().enumerate().map(|(index, spec)| target(spec, statuses.get(index))).collect();
    match all.get(..MOST) {
        Some(first) if all.len() > MOST => format!("{} + {} more...", first.join(", "), all.len() - MOST),
        _ => all.join(", "),
    }
}

fn target(spec: &MetricSpec, status: Option<&MetricStatus>) -> String {
    if let Some(source) = &spec.resource {
        let current = status.and_then(|status| status.resource.as_ref()).map(|status| &status.current);
        return format!("{}: {}", source.name, of_requests(&source.target, current));
    }
    if let Some(source) = &spec.container_resource {
        let current = status.and_then(|status| status.container_resource.as_ref()).map(|status| &status.current);
        return format!("{}: {}", source.name, of_requests(&source.target, current));
    }
    if let Some(source) = &spec.pods {
        let current = status.and_then(|status| status.pods.as_ref()).map(|status| &status.current);
        return pair(current.map(|current| current.average_value.as_ref()), source.target.average_value.as_ref());
    }
    if let Some(source) = &spec.object {
        return of_other(
            &source.target,
            status.and_then(|status| status.object.as_ref()).map(|status| &status.current),
        );
    }
    if let Some(source) = &spec.external {
        let current = status.and_then(|status| status.external.as_ref()).map(|status| &status.current);
        return of_other(&source.target, current);
    }
    "<unknown type>".into()
}

/// A resource that pods use: an amount, or percent of what they request.
fn of_requests(target: &MetricTarget, current: Option<&MetricValueStatus>) -> String {
    if target.average_value.is_some() {
        return pair(current.map(|current| current.average_value.as_ref()), target.average_value.as_ref());
    }
    let percent = |percent: Option<i32>, or: &str| percent.map_or(or.to_owned(), |percent| format!("{percent}%"));
    let current = percent(current.and_then(|current| current.average_utilization), UNKNOWN);
    format!("{current}/{}", percent(target.average_utilization, "<auto>"))
}

/// A metric of an object or from outside: for each pod, or as a whole.
fn of_other(target: &MetricTarget, current: Option<&MetricValueStatus>) -> String {
    if target.average_value.is_some() {
        let current = current.and_then(|current| current.average_value.as_ref()).map(Some);
        return pair(current, target.average_value.as_ref()) + " (avg)";
    }
    pair(current.map(|current| current.value.as_ref()), target.value.as_ref())
}

/// What is, and what should be; a measured metric without the value counts as 0.
fn pair(current: Option<Option<&Quantity>>, target: Option<&Quantity>) -> String {
    format!("{}/{}", current.map_or(UNKNOWN.into(), quantity), quantity(target))
}
