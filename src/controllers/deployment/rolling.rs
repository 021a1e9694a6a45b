//! New pods come as old ones go. Upstream: `pkg/controller/deployment/rolling.go`, `recreate.go`.

use super::fences::{max_unavailable, new_replicas, replicas, size};
use super::sets::Rollout;
use crate::api::Pod;
use crate::reason::ResizeCause;
use std::rc::Rc;

/// The counts in a ReplicaSet's status are older than its size, so that a step cannot be worked out: the sync gives up and
/// is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfDate;

impl Rollout<'_> {
    /// Gives the new set as many pods as there is room for; whether its size changed (`reconcileNewReplicaSet`).
    pub fn reconcile_new(&mut self) -> bool {
        let wanted = replicas(self.deployment);
        let Some(present) = self.new.as_ref().map(super::sets::Tracked::size) else { return false };
        if present == wanted {
            return false;
        }
        if present > wanted {
            return self.resize(self.new_index(), wanted, ResizeCause::NewTooLarge);
        }
        let to = new_replicas(self.deployment, self.total(), present);
        to != present && self.resize(self.new_index(), to, ResizeCause::NewHasRoom)
    }

    /// Takes pods from the old sets as far as enough stay available; whether a size changed
    /// (`reconcileOldReplicaSets`).
    ///
    /// # Errors
    /// Where the counts of a set are older than its size.
    pub fn reconcile_old(&mut self) -> Result<bool, OutOfDate> {
        let old: i64 = self.old.iter().map(|tracked| i64::from(tracked.size())).sum();
        if old == 0 {
            return Ok(false);
        }
        let minimum = i64::from(replicas(self.deployment)) - max_unavailable(self.deployment);
        let new = self.new.as_ref();
        let new_unavailable = new.map_or(0, |new| i64::from(new.size()) - i64::from(new.available()));
        let most = self.total() - minimum - new_unavailable;
        if most <= 0 {
            return Ok(false);
        }
        let cleaned = self.cleanup_unhealthy(most)?;
        Ok(cleaned + self.scale_down_old() > 0)
    }

    /// Takes pods that are not available from the old sets, oldest set first, `most` at most; how many
    /// (`cleanupUnhealthyReplicas`).
    ///
    /// # Errors
    /// Where a set has more pods available than it asks for.
    pub fn cleanup_unhealthy(&mut self, most: i64) -> Result<i64, OutOfDate> {
        let mut cleaned = 0;
        for index in 0..self.old.len() {
            let (present, available) = (i64::from(self.old[index].size()), i64::from(self.old[index].available()));
            if cleaned >= most {
                break;
            }
            if present == 0 || present == available {
                continue;
            }
            let fewer = (most - cleaned).min(present - available);
            if fewer < 0 {
                return Err(OutOfDate);
            }
            self.resize(index, size(present - fewer), ResizeCause::OldUnhealthy);
            cleaned += fewer;
        }
        Ok(cleaned)
    }

    /// Takes pods from the old sets, oldest first, as long as more are available than have to be; how many
    /// (`scaleDownOldReplicaSetsForRollingUpdate`).
    pub fn scale_down_old(&mut self) -> i64 {
        let minimum = i64::from(replicas(self.deployment)) - max_unavailable(self.deployment);
        let dispensable = self.available() - minimum;
        let mut taken = 0;
        for index in 0..self.old.len() {
            let present = i64::from(self.old[index].size());
            if taken >= dispensable {
                break;
            }
            if present == 0 {
                continue;
            }
            let fewer = present.min(dispensable - taken);
            self.resize(index, size(present - fewer), ResizeCause::OldDispensable);
            taken += fewer;
        }
        taken
    }

    /// Takes all pods from the old sets; whether a size changed (`scaleDownOldReplicaSetsForRecreate`).
    pub fn scale_old_to_zero(&mut self, cause: ResizeCause) -> bool {
        let mut changed = false;
        for index in 0..self.old.len() {
            if self.old[index].is_active() {
                changed |= self.resize(index, 0, cause);
            }
        }
        changed
    }

    /// Gives the new set the whole size (`scaleUpNewReplicaSetForRecreate`).
    pub fn scale_up_new_for_recreate(&mut self) -> bool {
        let to = replicas(self.deployment);
        self.new.is_some() && self.resize_if_needed(self.new_index(), to, ResizeCause::NewAfterOld)
    }

    /// Old pods that have not ended, and whether an old set counts pods still (`oldPodsRunning`).
    pub fn old_pods_running(&self, pods_of: impl Fn(&Rollout<'_>) -> Vec<Rc<Pod>>) -> Option<Vec<Rc<Pod>>> {
        let counted: i64 = self.old.iter().map(|tracked| i64::from(tracked.set.status.replicas)).sum();
        let running: Vec<Rc<Pod>> = pods_of(self).into_iter().filter(|pod| !pod.status.phase.is_terminal()).collect();
        (counted > 0 || !running.is_empty()).then_some(running)
    }
}
