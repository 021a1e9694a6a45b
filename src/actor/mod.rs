//! What every actor has in common: what it sees, what it may ask for, and how the world around the cluster is set.
//!
//! An actor is a pure function: a [`View`] in, a [`Pass`] out. The engine alone changes the cluster.

mod autoscaling;
mod drain;
mod node_memory;
mod processes;
mod settings;
mod world;
mod write;

pub use autoscaling::{AutoscalerMemory, Load, LoadAmount, Measured, Recommendation, SYNC_PERIOD, ScaleEvent};
pub use drain::{Drain, DrainOptions, DrainStage, DrainedPod, RETRY_DELAY};
pub use node_memory::{Eviction, NodeMemory, Outage, Stranded};
pub use processes::{BackOff, Kill, ProbeAnswer, Process, Processes};
pub(crate) use settings::matches;
pub use settings::{ClusterSettings, KubeletSettings, Settings};
pub use world::{NodeChance, World};
pub use write::{Deletion, Pass, Write};

use crate::api::Time;
use crate::cluster::Cluster;
use serde::Serialize;
use std::fmt;

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs, reason = "each variant is named as the Kubernetes component")]
pub enum Actor {
    User,
    StatefulSetController,
    DaemonSetController,
    DeploymentController,
    ReplicaSetController,
    HorizontalPodAutoscaler,
    DisruptionController,
    EndpointSliceController,
    Scheduler,
    Kubelet,
    PersistentVolumeController,
    Provisioner,
    PvcProtection,
    GarbageCollector,
    NodeLifecycle,
    TaintEviction,
    PodGarbageCollector,
    AttachDetach,
    VolumeExpansion,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Actor::User => "user",
            Actor::StatefulSetController => "statefulset-controller",
            Actor::DaemonSetController => "daemonset-controller",
            Actor::DeploymentController => "deployment-controller",
            Actor::ReplicaSetController => "replicaset-controller",
            Actor::HorizontalPodAutoscaler => "horizontal-pod-autoscaler",
            Actor::DisruptionController => "disruption-controller",
            Actor::EndpointSliceController => "endpoint-slice-controller",
            Actor::Scheduler => "default-scheduler",
            Actor::Kubelet => "kubelet",
            Actor::PersistentVolumeController => "persistentvolume-controller",
            Actor::Provisioner => "provisioner",
            Actor::PvcProtection => "pvc-protection-controller",
            Actor::GarbageCollector => "garbage-collector",
            Actor::NodeLifecycle => "node-lifecycle-controller",
            Actor::TaintEviction => "taint-eviction-controller",
            Actor::PodGarbageCollector => "pod-garbage-collector",
            Actor::AttachDetach => "attachdetach-controller",
            Actor::VolumeExpansion => "volume-expand-controller",
        })
    }
}

/// What an actor sees.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Every object.
    pub cluster: &'a Cluster,
    /// The present instant.
    pub now: Time,
    /// Settings of the cluster.
    pub settings: &'a Settings,
    /// What lies outside the API: processes, images, machines.
    pub world: &'a World,
}
