//! Drains that go on: `kubectl drain` is a client that waits, so what it has done is remembered beside the cluster.

use crate::api::{ObjectRef, Time, Uid};

/// Milliseconds after which a refused eviction is tried again (`pkg/drain: EvictErrorRetryDelay`).
pub const RETRY_DELAY: u64 = 5_000;

/// The options of `kubectl drain`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DrainOptions {
    /// `--ignore-daemonsets`: their pods stay, and are no reason to give up.
    pub ignore_daemonsets: bool,
    /// `--delete-emptydir-data`: pods with an `emptyDir` are evicted too.
    pub delete_emptydir_data: bool,
    /// `--force`: pods without a controller are evicted too.
    pub force: bool,
    /// `--timeout`, in seconds; 0 waits for ever.
    pub timeout_seconds: u64,
}

/// How far a drain is with a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrainStage {
    /// It is to be evicted.
    Due,
    /// Its eviction was refused at an instant.
    Refused(Time),
    /// It was evicted and is to go.
    Evicted,
    /// The API server cannot evict it at all.
    Failed,
}

/// A pod that a drain evicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrainedPod {
    /// The pod.
    pub pod: ObjectRef,
    /// Which of those that had the name.
    pub uid: Uid,
    /// How far it is.
    pub stage: DrainStage,
}

/// A drain that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drain {
    /// When it gives up, if it does.
    pub deadline: Option<Time>,
    /// Pods that are there still.
    pub pods: Vec<DrainedPod>,
    /// How many it began with.
    pub total: usize,
}

impl Drain {
    /// The first instant from which on a refused eviction is tried again.
    #[must_use]
    pub fn next_try(&self, from: Time) -> Option<Time> {
        let tries = self.pods.iter().filter_map(|pod| match pod.stage {
            DrainStage::Due => Some(from),
            DrainStage::Refused(at) => Some(at + (from - at).div_ceil(RETRY_DELAY).max(1) * RETRY_DELAY),
            DrainStage::Evicted | DrainStage::Failed => None,
        });
        tries.min()
    }
}
