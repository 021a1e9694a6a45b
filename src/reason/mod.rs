//! Why a step happened: typed evidence, never a sentence. The sentences are in [`crate::explain`].
//!
//! One enum for each actor; each variant holds the objects and numbers that decided.

mod autoscaler;
mod daemon_set;
mod deployment;
mod disruption;
mod endpoints;
mod garbage;
mod kubelet;
mod node;
mod replica_set;
mod scheduler;
mod stateful_set;
mod user;
mod volume;

pub use autoscaler::{
    AutoscalerAct, AutoscalerMemo, AutoscalerReason, Evaluation, FindingVerdict, Limiting, MetricAim, MetricEvidence,
    MetricFinding,
};
pub use daemon_set::{DaemonDeletion, DaemonPodFate, DaemonSetAct, DaemonSetReason, Refusal, Verdict};
pub use deployment::{Budget, DeploymentAct, DeploymentReason, Resize, ResizeCause, Reused};
pub use disruption::{BudgetCounts, DisruptionAct, DisruptionReason, EvictionGrant, EvictionRefusal};
pub use endpoints::{Departure, EndpointsAct, EndpointsReason, LabelMiss, Withdrawal};
pub use garbage::GarbageReason;
pub use kubelet::{ContainerAct, ExitCause, KubeletReason, NodeResource, PullError, Restart};
pub use node::NodeReason;
pub use replica_set::{DeletionRank, ReplicaDeletion, ReplicaSetAct, ReplicaSetReason};
pub use scheduler::{
    Criterion, NodeScore, OnlyNode, Plugin, RefusalCause, Refused, RefusedNode, SchedulerReason, Victim,
};
pub use stateful_set::{Aside, Held, Lack, StatefulSetAct, StatefulSetReason};
pub use user::{ApplyOutcome, ProcessChange, Propagation, UserReason};
pub use volume::{NamedVolumeProblem, VolumeReason};

use crate::api::ObjectRef;

/// Why a step happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Somebody asked for it.
    User(UserReason),
    /// The StatefulSet controller decided it.
    StatefulSet(StatefulSetReason),
    /// The DaemonSet controller decided it.
    DaemonSet(DaemonSetReason),
    /// The Deployment controller decided it.
    Deployment(DeploymentReason),
    /// The ReplicaSet controller decided it.
    ReplicaSet(ReplicaSetReason),
    /// The horizontal pod autoscaler decided it.
    Autoscaler(AutoscalerReason),
    /// The disruption controller decided it.
    Disruption(DisruptionReason),
    /// The EndpointSlice controller decided it.
    Endpoints(EndpointsReason),
    /// The scheduler decided it.
    Scheduler(SchedulerReason),
    /// The kubelet of a node did it.
    Kubelet(KubeletReason),
    /// The volume controllers or the provisioner did it.
    Volume(VolumeReason),
    /// Garbage collection did it.
    Garbage(GarbageReason),
    /// The controllers that watch nodes did it.
    Node(NodeReason),
}

impl Reason {
    /// The object that the step is about.
    #[must_use]
    pub fn subject(&self) -> Option<&ObjectRef> {
        match self {
            Reason::User(reason) => reason.subject(),
            Reason::StatefulSet(reason) => Some(&reason.set),
            Reason::DaemonSet(reason) => Some(&reason.set),
            Reason::Deployment(reason) => Some(&reason.deployment),
            Reason::ReplicaSet(reason) => Some(&reason.set),
            Reason::Autoscaler(reason) => Some(&reason.autoscaler),
            Reason::Disruption(reason) => Some(&reason.budget),
            Reason::Endpoints(reason) => Some(&reason.service),
            Reason::Scheduler(reason) => Some(reason.pod()),
            Reason::Kubelet(reason) => Some(reason.pod()),
            Reason::Volume(reason) => Some(reason.subject()),
            Reason::Garbage(reason) => Some(reason.subject()),
            Reason::Node(reason) => Some(reason.subject()),
        }
    }

    /// Whether the actor looked, found something to do, and has to wait for something else first.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            Reason::StatefulSet(reason) => reason.act.is_wait(),
            Reason::DaemonSet(reason) => reason.act.is_wait(),
            Reason::Deployment(reason) => reason.act.is_wait(),
            Reason::ReplicaSet(reason) => reason.act.is_wait(),
            Reason::Autoscaler(reason) => reason.act.is_wait(),
            Reason::Disruption(reason) => reason.act.is_wait(),
            Reason::Endpoints(reason) => reason.act.is_wait(),
            Reason::Scheduler(reason) => reason.is_wait(),
            Reason::Volume(reason) => reason.is_wait(),
            Reason::Garbage(reason) => matches!(reason, GarbageReason::WaitsForDependents { .. }),
            Reason::Node(reason) => reason.is_wait(),
            Reason::User(_) | Reason::Kubelet(_) => false,
        }
    }

    /// Whether the step only tells of something that begins and that others will see later, as an event does.
    #[must_use]
    pub fn is_event(&self) -> bool {
        matches!(self, Reason::Kubelet(reason) if reason.is_event())
    }

    /// The same for a step that repeats a wait told before and only writes down what is.
    #[must_use]
    pub fn into_record(self) -> Reason {
        match self {
            Reason::StatefulSet(reason) => {
                Reason::StatefulSet(StatefulSetReason { act: StatefulSetAct::RecordStatus, ..reason })
            }
            Reason::DaemonSet(reason) => {
                Reason::DaemonSet(DaemonSetReason { act: DaemonSetAct::RecordStatus, ..reason })
            }
            Reason::Deployment(reason) => {
                Reason::Deployment(DeploymentReason { act: DeploymentAct::RecordStatus, ..reason })
            }
            Reason::ReplicaSet(reason) => {
                Reason::ReplicaSet(ReplicaSetReason { act: ReplicaSetAct::RecordStatus, ..reason })
            }
            Reason::Autoscaler(reason) => {
                Reason::Autoscaler(AutoscalerReason { act: AutoscalerAct::RecordStatus, ..reason })
            }
            Reason::Disruption(reason) => {
                Reason::Disruption(DisruptionReason { act: DisruptionAct::RecordStatus, ..reason })
            }
            Reason::Endpoints(reason) => {
                Reason::Endpoints(EndpointsReason { act: EndpointsAct::RecordStatus, ..reason })
            }
            Reason::User(_)
            | Reason::Scheduler(_)
            | Reason::Kubelet(_)
            | Reason::Volume(_)
            | Reason::Garbage(_)
            | Reason::Node(_) => self,
        }
    }

    /// Whether the step only writes down what is, which a learner may skip.
    #[must_use]
    pub fn is_bookkeeping(&self) -> bool {
        match self {
            Reason::StatefulSet(reason) => {
                matches!(reason.act, StatefulSetAct::RecordStatus) && reason.asides.is_empty()
            }
            Reason::DaemonSet(reason) => {
                matches!(reason.act, DaemonSetAct::RecordStatus) && reason.new_revision.is_none()
            }
            Reason::Deployment(reason) => {
                reason.act == DeploymentAct::RecordStatus
                    && reason.adopted.is_empty()
                    && reason.released.is_empty()
                    && reason.reused.is_none()
            }
            Reason::ReplicaSet(reason) => {
                reason.act == ReplicaSetAct::RecordStatus && reason.adopted.is_empty() && reason.released.is_empty()
            }
            Reason::Autoscaler(reason) => reason.act == AutoscalerAct::RecordStatus,
            Reason::Disruption(reason) => reason.act == DisruptionAct::RecordStatus,
            Reason::Endpoints(reason) => reason.act == EndpointsAct::RecordStatus,
            Reason::Volume(reason) => reason.is_bookkeeping(),
            Reason::User(_) | Reason::Scheduler(_) | Reason::Kubelet(_) | Reason::Garbage(_) | Reason::Node(_) => false,
        }
    }

    /// Whether a wait is for nothing in particular: the set is settled, or is being deleted.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            Reason::StatefulSet(reason) => {
                matches!(reason.act, StatefulSetAct::Settled { .. } | StatefulSetAct::BeingDeleted)
            }
            Reason::DaemonSet(reason) => {
                matches!(reason.act, DaemonSetAct::Settled { .. } | DaemonSetAct::BeingDeleted)
            }
            Reason::Deployment(reason) => reason.act.is_rest(),
            Reason::ReplicaSet(reason) => reason.act.is_rest(),
            Reason::Autoscaler(reason) => reason.act.is_rest(),
            Reason::Disruption(reason) => reason.act.is_rest(),
            Reason::Endpoints(reason) => reason.act.is_rest(),
            Reason::User(_) | Reason::Scheduler(_) | Reason::Kubelet(_) | Reason::Volume(_) | Reason::Garbage(_) => {
                false
            }
            Reason::Node(reason) => reason.is_rest(),
        }
    }

    /// Whether a controller only wrote down its counts, so that what it waits for is still the same.
    #[must_use]
    pub fn is_record(&self) -> bool {
        match self {
            Reason::StatefulSet(reason) => reason.act == StatefulSetAct::RecordStatus,
            Reason::DaemonSet(reason) => reason.act == DaemonSetAct::RecordStatus,
            Reason::Deployment(reason) => reason.act == DeploymentAct::RecordStatus,
            Reason::ReplicaSet(reason) => reason.act == ReplicaSetAct::RecordStatus,
            Reason::Autoscaler(reason) => reason.act == AutoscalerAct::RecordStatus,
            Reason::Disruption(reason) => reason.act == DisruptionAct::RecordStatus,
            Reason::Endpoints(reason) => reason.act == EndpointsAct::RecordStatus,
            Reason::User(_)
            | Reason::Scheduler(_)
            | Reason::Kubelet(_)
            | Reason::Volume(_)
            | Reason::Garbage(_)
            | Reason::Node(_) => false,
        }
    }
}
