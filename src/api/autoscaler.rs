//! HorizontalPodAutoscaler. Upstream: `k8s.io/api/autoscaling/v2`.

use super::{LabelSelector, ObjectMeta, Quantity, Time};
use serde::{Deserialize, Serialize};

/// `autoscaling/v2 HorizontalPodAutoscaler`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HorizontalPodAutoscaler {
    /// Name, labels.
    pub metadata: ObjectMeta,
    /// What is asked for.
    pub spec: HorizontalPodAutoscalerSpec,
    /// What is.
    pub status: HorizontalPodAutoscalerStatus,
}

/// `autoscaling/v2 HorizontalPodAutoscalerSpec`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HorizontalPodAutoscalerSpec {
    /// What is scaled.
    pub scale_target_ref: CrossVersionObjectReference,
    /// The least; default 1.
    pub min_replicas: Option<i32>,
    /// The most.
    pub max_replicas: i32,
    /// What is measured; default CPU at 80 % of the requests.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metrics: Vec<MetricSpec>,
    /// How fast it may go.
    pub behavior: Option<HorizontalPodAutoscalerBehavior>,
}

/// `autoscaling/v2 CrossVersionObjectReference`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CrossVersionObjectReference {
    /// The kind.
    pub kind: String,
    /// The name.
    pub name: String,
    /// Group and version.
    pub api_version: Option<String>,
}

/// `autoscaling/v2 MetricSpec`: the block of its type is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricSpec {
    /// `Resource`, `ContainerResource`, `Pods`, `Object` or `External`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A resource of all containers.
    pub resource: Option<ResourceMetricSource>,
    /// A resource of one container.
    pub container_resource: Option<ContainerResourceMetricSource>,
    /// A metric that each pod has.
    pub pods: Option<PodsMetricSource>,
    /// A metric of another object.
    pub object: Option<ObjectMetricSource>,
    /// A metric from outside the cluster.
    pub external: Option<ExternalMetricSource>,
}

/// `autoscaling/v2 ResourceMetricSource`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ResourceMetricSource {
    /// `cpu` or `memory`.
    pub name: String,
    /// What it should be.
    pub target: MetricTarget,
}

/// `autoscaling/v2 ContainerResourceMetricSource`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerResourceMetricSource {
    /// `cpu` or `memory`.
    pub name: String,
    /// What it should be.
    pub target: MetricTarget,
    /// The container that counts.
    pub container: String,
}

/// `autoscaling/v2 PodsMetricSource`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodsMetricSource {
    /// Which metric.
    pub metric: MetricIdentifier,
    /// What it should be.
    pub target: MetricTarget,
}

/// `autoscaling/v2 ObjectMetricSource`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ObjectMetricSource {
    /// The object that has it.
    pub described_object: CrossVersionObjectReference,
    /// What it should be.
    pub target: MetricTarget,
    /// Which metric.
    pub metric: MetricIdentifier,
}

/// `autoscaling/v2 ExternalMetricSource`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExternalMetricSource {
    /// Which metric.
    pub metric: MetricIdentifier,
    /// What it should be.
    pub target: MetricTarget,
}

/// `autoscaling/v2 MetricIdentifier`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricIdentifier {
    /// Its name.
    pub name: String,
    /// Which series of it.
    pub selector: Option<LabelSelector>,
}

/// `autoscaling/v2 MetricTarget`: the field of its type is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricTarget {
    /// `Utilization`, `Value` or `AverageValue`.
    #[serde(rename = "type")]
    pub kind: String,
    /// For the whole.
    pub value: Option<Quantity>,
    /// For each pod.
    pub average_value: Option<Quantity>,
    /// Percent of the requests.
    pub average_utilization: Option<i32>,
}

/// `autoscaling/v2 HorizontalPodAutoscalerBehavior`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HorizontalPodAutoscalerBehavior {
    /// Upwards; default the larger of 4 pods and 100 % in 15 s.
    pub scale_up: Option<HpaScalingRules>,
    /// Downwards; default 100 % in 15 s, after 300 s of stabilisation.
    pub scale_down: Option<HpaScalingRules>,
}

/// `autoscaling/v2 HPAScalingRules`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HpaScalingRules {
    /// Seconds over which earlier recommendations are heeded.
    pub stabilization_window_seconds: Option<i32>,
    /// `Max`, `Min` or `Disabled`; default `Max`.
    pub select_policy: Option<String>,
    /// How much in which time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<HpaScalingPolicy>>,
    /// How far the metric may be off; default 0.1.
    pub tolerance: Option<Quantity>,
}

/// `autoscaling/v2 HPAScalingPolicy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HpaScalingPolicy {
    /// `Pods` or `Percent`.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many.
    pub value: i32,
    /// In how many seconds.
    pub period_seconds: i32,
}

/// `autoscaling/v2 HorizontalPodAutoscalerStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HorizontalPodAutoscalerStatus {
    /// The generation that was looked at.
    pub observed_generation: Option<i64>,
    /// When it scaled last.
    pub last_scale_time: Option<Time>,
    /// Replicas that the target has.
    pub current_replicas: i32,
    /// Replicas that it should have.
    pub desired_replicas: i32,
    /// What was measured.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub current_metrics: Vec<MetricStatus>,
    /// `AbleToScale`, `ScalingActive`, `ScalingLimited`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<HorizontalPodAutoscalerCondition>,
}

/// `autoscaling/v2 HorizontalPodAutoscalerCondition`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HorizontalPodAutoscalerCondition {
    /// Which.
    #[serde(rename = "type")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    pub status: String,
    /// When its status changed last.
    pub last_transition_time: Option<Time>,
    /// In one word.
    pub reason: Option<String>,
    /// In a sentence.
    pub message: Option<String>,
}

/// `autoscaling/v2 MetricStatus`: the block of its type is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricStatus {
    /// As in the spec.
    #[serde(rename = "type")]
    pub kind: String,
    /// A resource of all containers.
    pub resource: Option<ResourceMetricStatus>,
    /// A resource of one container.
    pub container_resource: Option<ContainerResourceMetricStatus>,
    /// A metric that each pod has.
    pub pods: Option<PodsMetricStatus>,
    /// A metric of another object.
    pub object: Option<ObjectMetricStatus>,
    /// A metric from outside the cluster.
    pub external: Option<ExternalMetricStatus>,
}

/// `autoscaling/v2 ResourceMetricStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ResourceMetricStatus {
    /// `cpu` or `memory`.
    pub name: String,
    /// What it is.
    pub current: MetricValueStatus,
}

/// `autoscaling/v2 ContainerResourceMetricStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerResourceMetricStatus {
    /// `cpu` or `memory`.
    pub name: String,
    /// What it is.
    pub current: MetricValueStatus,
    /// The container that counts.
    pub container: String,
}

/// `autoscaling/v2 PodsMetricStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodsMetricStatus {
    /// Which metric.
    pub metric: MetricIdentifier,
    /// What it is.
    pub current: MetricValueStatus,
}

/// `autoscaling/v2 ObjectMetricStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ObjectMetricStatus {
    /// Which metric.
    pub metric: MetricIdentifier,
    /// What it is.
    pub current: MetricValueStatus,
    /// The object that has it.
    pub described_object: CrossVersionObjectReference,
}

/// `autoscaling/v2 ExternalMetricStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExternalMetricStatus {
    /// Which metric.
    pub metric: MetricIdentifier,
    /// What it is.
    pub current: MetricValueStatus,
}

/// `autoscaling/v2 MetricValueStatus`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MetricValueStatus {
    /// For the whole.
    pub value: Option<Quantity>,
    /// For each pod.
    pub average_value: Option<Quantity>,
    /// Percent of the requests.
    pub average_utilization: Option<i32>,
}
