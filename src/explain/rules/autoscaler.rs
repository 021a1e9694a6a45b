//! The rules that the horizontal pod autoscaler follows.

use super::{Rule, STATUS};
use crate::reason::{AutoscalerAct, AutoscalerReason, Evaluation, Limiting};

rules! {
    ALGORITHM {
        "autoscaler-algorithm",
        "From metrics to replicas",
        "从指标到副本数",
        "The autoscaler divides the measured value by the target and multiplies the number of pods by the \
         result, rounded up. It looks every 15 seconds. Pods without a metric yet, and pods that are not \
         Ready, are counted so that a change is made smaller, never larger.",
        "HPA 用测得的值除以目标值，再乘以当前 Pod 数，向上取整，每 15 秒算一次。还没有指标的 Pod 和未就绪的 Pod 也会算进去，\
         而且只会让调整变小，不会变大。",
        "tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
        "pkg/controller/podautoscaler/replica_calculator.go: GetResourceReplicas"
    }
    TOLERANCE {
        "autoscaler-tolerance",
        "A ratio near 1 changes nothing",
        "比值接近 1 时不变",
        "If the ratio of measured value and target is within 10 percent of 1, nothing is scaled. This keeps \
         the number of pods from going up and down all the time. `behavior` can set another tolerance for \
         each direction.",
        "测得的值与目标值之比在 1 的上下 10% 以内时，不扩也不缩，这样 Pod 数不会来回跳。`behavior` 可以为两个方向分别设置别的容差。",
        "tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
        "pkg/controller/podautoscaler/replica_calculator.go: isWithin"
    }
    STABILIZATION {
        "autoscaler-stabilization",
        "Stabilisation windows",
        "稳定窗口",
        "Before it scales down, the autoscaler takes the highest recommendation of the last 300 seconds; \
         before it scales up, the lowest of its window, which is 0 seconds unless set. A short dip in load \
         therefore removes no pods.",
        "缩容前，HPA 取最近 300 秒内最高的建议值；扩容前取窗口内最低的建议值，窗口默认为 0 秒。因此负载短暂下降不会让 Pod 变少。",
        "tasks/run-application/horizontal-pod-autoscale/#stabilization-window",
        "pkg/controller/podautoscaler/horizontal.go: stabilizeRecommendationWithBehaviors"
    }
    POLICIES {
        "autoscaler-policies",
        "Scaling policies",
        "扩缩策略",
        "Policies limit how much one direction may change within a period, in pods or in percent. By default \
         it may scale up by 4 pods or by 100 percent within 15 seconds, whichever is more, and scale down by \
         100 percent.",
        "策略限制在一段时间内某个方向最多变多少，可以按 Pod 数，也可以按百分比。默认 15 秒内最多扩 4 个 Pod 或 100%，\
         取较大者；缩容最多 100%。",
        "tasks/run-application/horizontal-pod-autoscale/#scaling-policies",
        "pkg/controller/podautoscaler/horizontal.go: convertDesiredReplicasWithBehaviorRate"
    }
    BOUNDS {
        "autoscaler-bounds",
        "The least and the most replicas",
        "副本数的下限和上限",
        "Whatever the metrics say, the number of replicas stays between `minReplicas` and `maxReplicas`. If \
         the target is outside of these already, it is brought back at once.",
        "不管指标怎么说，副本数都保持在 `minReplicas` 与 `maxReplicas` 之间。如果目标已经超出这个范围，\
         会立刻拉回来。",
        "tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
        "pkg/controller/podautoscaler/horizontal.go: reconcileAutoscaler"
    }
    METRICS {
        "autoscaler-metrics",
        "Where metrics come from",
        "指标从哪里来",
        "Values come from the metrics API, which averages what pods used in the last while. Utilization is \
         measured against requests: a container without a request for the resource makes the metric \
         impossible to compute.",
        "指标来自 metrics API，它给出 Pod 最近一段时间的平均用量。使用率是相对于 request 算的：只要有一个容器没有写这种资源的 request，\
         这个指标就算不出来。",
        "tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis",
        "pkg/controller/podautoscaler/metrics/client.go: GetResourceMetric"
    }
    AMBIGUOUS {
        "autoscaler-ambiguous-selector",
        "One autoscaler for a pod",
        "一个 Pod 只归一个自动扩缩器",
        "A pod may be scaled by one autoscaler only. If the selectors of two autoscalers' targets match the \
         same pods, both stop and say `AmbiguousSelector`.",
        "一个 Pod 只能由一个 HPA 扩缩。如果两个 HPA 的目标选中了同样的 Pod，两个都会停下，并给出 `AmbiguousSelector`。",
        "tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work",
        "pkg/controller/podautoscaler/horizontal.go: validateAndParseSelector"
    }
    DEACTIVATION {
        "autoscaler-deactivation",
        "0 replicas turn an autoscaler off",
        "0 个副本会停用自动扩缩器",
        "If the target has 0 replicas and `minReplicas` is not 0, the autoscaler does nothing. Scaling a \
         workload to 0 is the way to turn its autoscaler off for a while.",
        "目标的副本数为 0 而 `minReplicas` 不为 0 时，HPA 什么也不做。把工作负载缩到 0 就是暂时关掉 HPA 的办法。",
        "tasks/run-application/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation",
        "pkg/controller/podautoscaler/horizontal.go: shouldComputeMetricsForZeroReplicas"
    }
    SCALE_TARGET {
        "autoscaler-target",
        "What an autoscaler scales",
        "自动扩缩器扩缩什么",
        "An autoscaler changes the `scale` of its target and nothing else. The target needs such a \
         subresource: Deployments, ReplicaSets and StatefulSets have one, DaemonSets have not.",
        "HPA 只改目标的 `scale`，别的都不动。目标必须有这个子资源：Deployment、ReplicaSet 和 StatefulSet 有，\
         DaemonSet 没有。",
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
