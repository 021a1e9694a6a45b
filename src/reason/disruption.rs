//! Why the disruption controller acted, and what the eviction API says.

use crate::api::ObjectRef;

/// What one sync of a PodDisruptionBudget did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct DisruptionReason {
    /// The budget.
    pub budget: ObjectRef,
    /// What was decided.
    pub act: DisruptionAct,
}

/// The counts of a budget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BudgetCounts {
    /// Pods that are Ready and not about to go.
    pub healthy: i32,
    /// Pods that have to be.
    pub desired: i32,
    /// Pods that should be there.
    pub expected: i32,
    /// Evictions that would be granted now.
    pub allowed: i32,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum DisruptionAct {
    /// How many evictions are allowed has changed.
    Recount {
        /// The counts now.
        counts: BudgetCounts,
        /// Evictions that were allowed before.
        before: i32,
        /// Pods that were to go and did not within two minutes, so that they count again.
        not_deleted: Vec<ObjectRef>,
    },
    /// The number of pods cannot be told, so that no eviction is allowed.
    SyncFailed {
        /// Why.
        message: String,
    },
    /// Only the status is written down.
    RecordStatus,
}

/// Why the eviction API lets a pod go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvictionGrant {
    /// No budget selects the pod.
    NoBudget,
    /// It is pending, has ended or is going: budgets do not matter.
    NotRunning,
    /// It is not Ready, and its budget lets such pods go.
    Unhealthy {
        /// The budget.
        budget: ObjectRef,
        /// Whether its policy is `AlwaysAllow`; else it has its healthy pods.
        always: bool,
    },
    /// The budget allows a disruption and now allows one less.
    Allowed {
        /// The budget.
        budget: ObjectRef,
        /// Evictions that it allows from now on.
        left: i32,
    },
}

/// Why the eviction API does not let a pod go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvictionRefusal {
    /// The budgets that select the pod.
    pub budgets: Vec<ObjectRef>,
    /// What the API server answers.
    pub message: String,
    /// The cause that it adds; empty where it adds none.
    pub cause: String,
    /// Whether another try may succeed: 429, too many requests.
    pub may_retry: bool,
}

impl DisruptionAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            DisruptionAct::SyncFailed { .. } => true,
            DisruptionAct::Recount { .. } | DisruptionAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            DisruptionAct::Recount { .. } | DisruptionAct::SyncFailed { .. } | DisruptionAct::RecordStatus => false,
        }
    }
}
