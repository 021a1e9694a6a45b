//! Events of the horizontal pod autoscaler. Upstream: `pkg/controller/podautoscaler/horizontal.go`.

use super::Recorder;
use crate::api::{Object, ObjectRef};
use crate::reason::{AutoscalerAct, AutoscalerReason, Evaluation, MetricEvidence};
use std::cmp::Ordering;

impl Recorder<'_> {
    /// `reconcileAutoscaler`, `computeReplicasForMetrics`, `validateAndParseSelector`.
    pub(super) fn autoscaler(&mut self, reason: &AutoscalerReason) {
        let autoscaler = &reason.autoscaler;
        match &reason.act {
            AutoscalerAct::Scale { evaluation } => {
                self.failed_metrics(autoscaler, &evaluation.metrics);
                let message = format!("New size: {}; reason: {}", evaluation.desired, rescale_reason(evaluation));
                self.normal(autoscaler, "SuccessfulRescale", message);
            }
            AutoscalerAct::ScaleIntoBounds { to, above, .. } => {
                let bound = if *above { "above Spec.MaxReplicas" } else { "below Spec.MinReplicas" };
                let message = format!("New size: {to}; reason: Current number of replicas {bound}");
                self.normal(autoscaler, "SuccessfulRescale", message);
            }
            AutoscalerAct::AtTarget { evaluation }
            | AutoscalerAct::Stabilized { evaluation, .. }
            | AutoscalerAct::Limited { evaluation } => {
                self.failed_metrics(autoscaler, &evaluation.metrics);
            }
            AutoscalerAct::MetricsFail { metrics, reason, .. } if metrics.is_empty() && reason == "InvalidSelector" => {
                let message = "selector is required";
                self.warning(autoscaler, "SelectorRequired", message.into());
                self.warning(autoscaler, "FailedComputeMetricsReplicas", message.into());
            }
            AutoscalerAct::MetricsFail { metrics, .. } => {
                self.failed_metrics(autoscaler, metrics);
                let mut errors = metrics.iter().filter_map(|metric| metric.outcome.as_ref().err());
                let (count, first) = (errors.clone().count(), errors.next());
                let message = format!(
                    "invalid metrics ({count} invalid out of {}), first error is: {}",
                    metrics.len(),
                    first.map_or("", String::as_str)
                );
                self.warning(autoscaler, "FailedComputeMetricsReplicas", message);
            }
            AutoscalerAct::Ambiguous { .. } => {
                let message = self.scaling_active(autoscaler);
                self.warning(autoscaler, "AmbiguousSelector", message.clone());
                self.warning(autoscaler, "FailedComputeMetricsReplicas", message);
            }
            AutoscalerAct::TargetMissing { message } => self.warning(autoscaler, "FailedGetScale", message.clone()),
            AutoscalerAct::Disabled | AutoscalerAct::RecordStatus => {}
        }
    }

    /// Each metric that cannot be computed, whether others can or not (`getUnableComputeReplicaCountCondition`).
    fn failed_metrics(&mut self, autoscaler: &ObjectRef, metrics: &[MetricEvidence]) {
        let kinds: Vec<String> = match self.changed_or_known(autoscaler) {
            Some(Object::HorizontalPodAutoscaler(object)) => {
                object.spec.metrics.iter().map(|metric| metric.kind.clone()).collect()
            }
            _ => vec![],
        };
        for (index, metric) in metrics.iter().enumerate() {
            if let Err(error) = &metric.outcome {
                let kind = kinds.get(index).map_or("Resource", String::as_str);
                self.warning(autoscaler, failure(kind), error.clone());
            }
        }
    }

    /// The message of the condition `ScalingActive`.
    fn scaling_active(&self, autoscaler: &ObjectRef) -> String {
        let Some(Object::HorizontalPodAutoscaler(object)) = self.changed_or_known(autoscaler) else {
            return String::new();
        };
        let condition = object.status.conditions.iter().find(|condition| condition.kind == "ScalingActive");
        condition.and_then(|condition| condition.message.clone()).unwrap_or_default()
    }

    fn changed_or_known(&self, wanted: &ObjectRef) -> Option<&Object> {
        let mut changed = self.step.changes.iter().filter_map(|change| change.after.as_ref());
        changed.find(|object| object.reference() == *wanted).or_else(|| self.known.object(wanted))
    }
}

/// Why the number changes. It names nothing where the metrics ask for the present number and something else changes it.
fn rescale_reason(evaluation: &Evaluation) -> String {
    match evaluation.recommended.cmp(&evaluation.current) {
        Ordering::Greater => {
            let asks = |metric: &&MetricEvidence| {
                metric.outcome.as_ref().is_ok_and(|finding| finding.replicas == evaluation.recommended)
            };
            let name = evaluation.metrics.iter().find(asks).map_or("", |metric| &metric.name);
            format!("{name} above target")
        }
        Ordering::Less => "All metrics below target".into(),
        Ordering::Equal => String::new(),
    }
}

/// The reason for a kind of metric that cannot be computed.
fn failure(kind: &str) -> &'static str {
    match kind {
        "Resource" => "FailedGetResourceMetric",
        "ContainerResource" => "FailedGetContainerResourceMetric",
        "Pods" => "FailedGetPodsMetric",
        "Object" => "FailedGetObjectMetric",
        "External" => "FailedGetExternalMetric",
        _ => "InvalidMetricSourceType",
    }
}
