//! The rules that the horizontal pod autoscaler follows.

use super::{Rule, STATUS};
use crate::reason::{AutoscalerAct, AutoscalerReason, Evaluation, Limiting};

rules! {
    ALGORITHM {
        "autoscaler-algorithm",
        "From metrics to replicas",
        "从指标到副本数",
        "tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
        "pkg/controller/podautoscaler/replica_calculator.go: GetResourceReplicas"
    }
    TOLERANCE {
        "autoscaler-tolerance",
        "A ratio near 1 changes nothing",
        "比值接近 1 时不变",
        "tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
        "pkg/controller/podautoscaler/replica_calculator.go: isWithin"
    }
    STABILIZATION {
        "autoscaler-stabilization",
        "Stabilisation windows",
        "稳定窗口",
        "tasks/run-application/horizontal-pod-autoscale/#stabilization-window",
        "pkg/controller/podautoscaler/horizontal.go: stabilizeRecommendationWithBehaviors"
    }
    POLICIES {
        "autoscaler-policies",
        "Scaling policies",
        "扩缩策略",
        "tasks/run-application/horizontal-pod-autoscale/#scaling-policies",
        "pkg/controller/podautoscaler/horizontal.go: convertDesiredReplicasWithBehaviorRate"
    }
    BOUNDS {
        "autoscaler-bounds",
        "The least and the most replicas",
        "副本数的下限和上限",
        "tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
        "pkg/controller/podautoscaler/horizontal.go: reconcileAutoscaler"
    }
    METRICS {
        "autoscaler-metrics",
        "Where metrics come from",
        "指标从哪里来",
        "tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis",
        "pkg/controller/podautoscaler/metrics/client.go: GetResourceMetric"
    }
    AMBIGUOUS {
        "autoscaler-ambiguous-selector",
        "One autoscaler for a pod",
        "一个 Pod 只归一个自动扩缩器",
        "tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
        "pkg/controller/podautoscaler/horizontal.go: validateAndParseSelector"
    }
    DEACTIVATION {
        "autoscaler-deactivation",
        "0 replicas turn an autoscaler off",
        "0 个副本会停用自动扩缩器",
        "tasks/run-application/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation",
        "pkg/controller/podautoscaler/horizontal.go: shouldComputeMetricsForZeroReplicas"
    }
    SCALE_TARGET {
        "autoscaler-target",
        "What an autoscaler scales",
        "自动扩缩器扩缩什么",
        "tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
        "pkg/controller/podautoscaler/horizontal.go: scaleForResourceMappings"
    }
}

pub(super) fn rule_of(reason: &AutoscalerReason) -> &'static Rule {
    match &reason.act {
        AutoscalerAct::Scale { evaluation } => limit(evaluation).unwrap_or(&ALGORITHM),
        AutoscalerAct::Limited { evaluation } => limit(evaluation).unwrap_or(&BOUNDS),
        AutoscalerAct::AtTarget { .. } => &TOLERANCE,
        AutoscalerAct::Stabilized { .. } => &STABILIZATION,
        AutoscalerAct::ScaleIntoBounds { .. } => &BOUNDS,
        AutoscalerAct::MetricsFail { .. } => &METRICS,
        AutoscalerAct::Ambiguous { .. } => &AMBIGUOUS,
        AutoscalerAct::Disabled => &DEACTIVATION,
        AutoscalerAct::TargetMissing { .. } => &SCALE_TARGET,
        AutoscalerAct::RecordStatus => &STATUS,
    }
}

fn limit(evaluation: &Evaluation) -> Option<&'static Rule> {
    match evaluation.limit {
        Limiting::DesiredWithinRange => None,
        Limiting::TooFewReplicas | Limiting::TooManyReplicas => Some(&BOUNDS),
        Limiting::ScaleUpLimit | Limiting::ScaleDownLimit => Some(&POLICIES),
    }
}
