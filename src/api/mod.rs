//! The Kubernetes objects as plain typed data: what a manifest says and what `kubectl get -o yaml` shows.
//! Nothing here decides anything or knows of any other module.

mod autoscaler;
mod deployment;
mod endpoint_slice;
mod float64;
mod int_or_percent;
mod labels;
mod meta;
mod node;
mod node_selector;
mod object;
mod pod;
mod policy;
mod quantity;
mod service;
mod storage;
mod taint;
mod time;
mod workload;

pub use autoscaler::{
    ContainerResourceMetricSource, ContainerResourceMetricStatus, CrossVersionObjectReference, ExternalMetricSource,
    ExternalMetricStatus, HorizontalPodAutoscaler, HorizontalPodAutoscalerBehavior, HorizontalPodAutoscalerCondition,
    HorizontalPodAutoscalerSpec, HorizontalPodAutoscalerStatus, HpaScalingPolicy, HpaScalingRules, MetricIdentifier,
    MetricSpec, MetricStatus, MetricTarget, MetricValueStatus, ObjectMetricSource, ObjectMetricStatus,
    PodsMetricSource, PodsMetricStatus, ResourceMetricSource, ResourceMetricStatus,
};
pub use deployment::{
    Deployment, DeploymentSpec, DeploymentStatus, DeploymentStrategy, DeploymentStrategyType, ReplicaSet,
    ReplicaSetSpec, ReplicaSetStatus, RollingUpdateDeployment, WorkloadCondition,
};
pub use endpoint_slice::{Endpoint, EndpointConditions, EndpointPort, EndpointSlice, EndpointTarget};
pub use float64::Float64;
pub use int_or_percent::IntOrPercent;
pub use labels::{
    LabelSelector, LabelSelectorRequirement, Labels, MAX_LABEL_VALUE, is_key as is_label_key,
    is_value as is_label_value,
};
pub use meta::{LAST_APPLIED, ObjectMeta, OwnerReference, Uid};
pub use node::{Node, NodeCondition, NodeSpec, NodeStatus};
pub use node_selector::{NamedNodes, SelectorError, preferred_parse_errors, preferred_score};
pub use object::{Key, Kind, Object, ObjectRef, Resource};
pub use pod::{
    Affinity, Container, ContainerPort, ContainerState, ContainerStatus, HostIp, Lifecycle, LifecycleHandler,
    NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, Pod, PodAffinity, PodAffinityTerm,
    PodCondition, PodIp, PodPhase, PodReadinessGate, PodSchedulingGate, PodSpec, PodStatus, PodTemplateSpec,
    PreferredSchedulingTerm, Probe, ProbeKind, QosClass, ResourceRequirements, SleepAction, TopologySpreadConstraint,
    Volume, WeightedPodAffinityTerm,
};
pub use policy::{Condition, PodDisruptionBudget, PodDisruptionBudgetSpec, PodDisruptionBudgetStatus, PriorityClass};
pub use quantity::Quantity;
pub use service::{Service, ServicePort, ServiceSpec};
pub use storage::{
    ClaimCondition, ClaimRef, ClaimTemplate, PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec,
    PersistentVolumeClaimStatus, PersistentVolumeSpec, PersistentVolumeStatus, StorageClass, VolumeClaimReference,
    VolumeNodeAffinity,
};
pub use taint::{Taint, TaintEffect, Toleration};
pub use time::Time;
pub use workload::{
    ControllerRevision, DaemonSet, DaemonSetRollingUpdate, DaemonSetSpec, DaemonSetStatus, DaemonSetUpdateStrategy,
    PodManagementPolicy, RetentionPolicy, RetentionPolicyType, StatefulSet, StatefulSetOrdinals,
    StatefulSetRollingUpdate, StatefulSetSpec, StatefulSetStatus, StatefulSetUpdateStrategy, UpdateStrategyType,
};

/// A value that Setwise accepts and shows again but does not simulate.
pub type Opaque = Option<serde_json::Value>;

/// Whether a field has Go's zero value, which `omitempty` leaves out.
fn is_unset<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
