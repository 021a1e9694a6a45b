//! Defaults of HorizontalPodAutoscalers. Upstream: `pkg/apis/autoscaling/v2/defaults.go`.

use crate::api::{
    HorizontalPodAutoscaler, HpaScalingPolicy, HpaScalingRules, MetricSpec, MetricTarget, ResourceMetricSource,
};

/// Percent of the requested CPU (`autoscaling.DefaultCPUUtilization`).
const CPU_UTILIZATION: i32 = 80;
/// Seconds of the default policies.
const PERIOD: i32 = 15;

pub(super) fn fill(autoscaler: &mut HorizontalPodAutoscaler) {
    let spec = &mut autoscaler.spec;
    spec.min_replicas.get_or_insert(1);
    if spec.metrics.is_empty() {
        let average_utilization = Some(CPU_UTILIZATION);
        let target = MetricTarget { kind: "Utilization".into(), average_utilization, ..MetricTarget::default() };
        let resource = Some(ResourceMetricSource { name: "cpu".into(), target });
        spec.metrics.push(MetricSpec { kind: "Resource".into(), resource, ..MetricSpec::default() });
    }
    if let Some(behavior) = &mut spec.behavior {
        let up = behavior.scale_up.get_or_insert_default();
        up.stabilization_window_seconds.get_or_insert(0);
        rules(up, &[("Pods", 4), ("Percent", 100)]);
        // How long scaling down is held back is a flag of the controller, and no default of the API.
        rules(behavior.scale_down.get_or_insert_default(), &[("Percent", 100)]);
    }
}

fn rules(rules: &mut HpaScalingRules, policies: &[(&str, i32)]) {
    rules.select_policy.get_or_insert_with(|| "Max".into());
    rules.policies.get_or_insert_with(|| {
        let policy = |(kind, value): &(&str, i32)| HpaScalingPolicy {
            kind: (*kind).into(),
            value: *value,
            period_seconds: PERIOD,
        };
        policies.iter().map(policy).collect()
    });
}
