//! Traps that a run has walked into: states that surprise nearly everybody once. They are data; the words are in `explain`.
//!
//! [`standing`] looks at a moment, [`sprung`] at the step that has just happened.

mod sprung;
mod standing;

pub use sprung::sprung;
pub use standing::standing;

use crate::api::ObjectRef;

/// A trap, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trap {
    /// An ordered StatefulSet waits for a pod that cannot become Ready, and the template that would be good does not reach it.
    StuckRollout {
        /// The set.
        set: ObjectRef,
        /// The pod.
        pod: ObjectRef,
        /// Whether the template is already another one than the pod's.
        mended: bool,
    },
    /// With OnDelete every pod is at the update revision, and `status.currentRevision` is still the old one.
    OnDeleteKeepsCurrentRevision {
        /// The set.
        set: ObjectRef,
        /// `status.currentRevision`.
        current: String,
        /// `status.updateRevision`.
        update: String,
    },
    /// The partition keeps pods at the old revision for good.
    PartitionHolds {
        /// The set.
        set: ObjectRef,
        /// The partition.
        partition: i32,
        /// The pods.
        pods: Vec<ObjectRef>,
    },
    /// Claims stay after their pods are gone for good, and keep their volumes.
    ClaimsStay {
        /// The set, which may be gone as well.
        set: ObjectRef,
        /// The claims.
        claims: Vec<ObjectRef>,
    },
    /// A budget that allows no eviction although every pod is healthy: a drain never ends.
    BudgetWithoutSlack {
        /// The budget.
        budget: ObjectRef,
        /// How many pods it asks for.
        desired: i32,
    },
    /// A pod cannot run anywhere but on a node that takes none, because its volume is there.
    VolumeTiesPod {
        /// The pod.
        pod: ObjectRef,
        /// The volume.
        volume: ObjectRef,
        /// The node.
        node: String,
    },
    /// The pod of a StatefulSet stays Terminating on a node that is not heard of, and no other takes its place.
    TerminatingOnLostNode {
        /// The pod.
        pod: ObjectRef,
        /// The node.
        node: String,
    },
    /// A selector took over pods that nobody made for it.
    AdoptsStrangers {
        /// Who took them over.
        owner: ObjectRef,
        /// The pods.
        pods: Vec<ObjectRef>,
    },
    /// An autoscaler takes back what somebody scaled by hand.
    AutoscalerOverrules {
        /// The autoscaler.
        autoscaler: ObjectRef,
        /// What it scales.
        target: ObjectRef,
        /// Replicas that somebody asked for.
        asked: i32,
        /// Replicas that the autoscaler set.
        set: i32,
    },
}

impl Trap {
    /// A short name for links, style sheets and tests.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Trap::StuckRollout { .. } => "stuck-rollout",
            Trap::OnDeleteKeepsCurrentRevision { .. } => "on-delete-current-revision",
            Trap::PartitionHolds { .. } => "partition-holds",
            Trap::ClaimsStay { .. } => "claims-stay",
            Trap::BudgetWithoutSlack { .. } => "budget-without-slack",
            Trap::VolumeTiesPod { .. } => "volume-ties-pod",
            Trap::TerminatingOnLostNode { .. } => "terminating-on-lost-node",
            Trap::AdoptsStrangers { .. } => "adopts-strangers",
            Trap::AutoscalerOverrules { .. } => "autoscaler-overrules",
        }
    }
}
