//! How a Deployment's new size is divided among its ReplicaSets. Upstream: `pkg/controller/deployment/sync.go: scale`.

use super::fences::{max_surge, replicas, size, strategy};
use super::sets::{DESIRED_REPLICAS, MAX_REPLICAS, Rollout, Tracked, number_in};
use crate::api::DeploymentStrategyType;
use crate::reason::ResizeCause;

impl Rollout<'_> {
    /// Whether the Deployment's size has changed since one of its sets was scaled (`isScalingEvent`).
    #[must_use]
    pub fn is_scaling_event(&self) -> bool {
        let wanted = replicas(self.deployment);
        self.all()
            .filter(|tracked| tracked.is_active())
            .filter_map(|tracked| number_in(&tracked.set, DESIRED_REPLICAS))
            .any(|desired| desired != wanted)
    }

    /// Brings the sets to the Deployment's size: the only one that has pods takes all; several get their shares.
    pub fn scale(&mut self) {
        let wanted = replicas(self.deployment);
        if let Some(only) = self.active_or_latest() {
            self.resize_if_needed(only, wanted, ResizeCause::OnlyOne);
            return;
        }
        if self.new.as_ref().is_some_and(|new| is_saturated(new, wanted)) {
            self.scale_old_to_zero(ResizeCause::NewIsComplete);
            return;
        }
        if strategy(self.deployment) == DeploymentStrategyType::RollingUpdate {
            self.scale_proportionally();
        }
    }

    /// A set that has the wanted size keeps its annotations as they are (`scaleReplicaSetAndRecordEvent`).
    pub(super) fn resize_if_needed(&mut self, index: usize, to: i32, cause: ResizeCause) -> bool {
        let present = self.all().nth(index).map(Tracked::size);
        present != Some(to) && self.resize(index, to, cause)
    }

    /// The only set with pods, or the newest where none has any; none where there are several (`FindActiveOrLatest`).
    fn active_or_latest(&self) -> Option<usize> {
        let mut active = self.all().enumerate().filter(|(_, tracked)| tracked.is_active()).map(|(index, _)| index);
        match (active.next(), active.next()) {
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => None,
            (None, _) if self.new.is_some() => Some(self.new_index()),
            // The old sets are in the order of their creation.
            (None, _) => self.old.len().checked_sub(1),
        }
    }

    fn scale_proportionally(&mut self) {
        let wanted = i64::from(replicas(self.deployment));
        let surge = max_surge(self.deployment);
        let allowed = if wanted > 0 { wanted + surge } else { 0 };
        let to_add = allowed - self.total();
        let mut active: Vec<usize> =
            self.all().enumerate().filter(|(_, tracked)| tracked.is_active()).map(|(index, _)| index).collect();
        let key = |index: &usize| {
            let tracked = self.all().nth(*index);
            let age =
                tracked.map(|tracked| (tracked.set.metadata.creation_timestamp, tracked.set.metadata.name.clone()));
            (std::cmp::Reverse(tracked.map(Tracked::size)), age)
        };
        active.sort_by(|a, b| {
            let ((size, age), (other_size, other_age)) = (key(a), key(b));
            // Of equal sets the newer one grows first, and the older one shrinks first.
            let by_age = if to_add > 0 { other_age.cmp(&age) } else { age.cmp(&other_age) };
            size.cmp(&other_size).then(by_age)
        });
        let mut added = 0;
        let mut sizes: Vec<(usize, i64, i32)> = vec![];
        for index in active {
            let Some(tracked) = self.all().nth(index) else { continue };
            let of = number_in(&tracked.set, MAX_REPLICAS).unwrap_or(0);
            let of = if of == 0 { self.deployment.status.replicas } else { of };
            let share = share(tracked.size(), wanted, wanted + surge, i64::from(of), to_add, added);
            added += share;
            sizes.push((index, i64::from(tracked.size()) + share, of));
        }
        // What rounding has left goes to the largest.
        if let Some((_, first, _)) = sizes.first_mut().filter(|_| to_add != 0) {
            *first = (*first + to_add - added).max(0);
        }
        for (index, to, of) in sizes {
            self.resize(index, size(to), ResizeCause::Share { of });
        }
    }
}

/// Whether a set has all pods that the Deployment wants, available, and was scaled for that size (`IsSaturated`).
fn is_saturated(set: &Tracked, wanted: i32) -> bool {
    number_in(&set.set, DESIRED_REPLICAS) == Some(wanted) && set.size() == wanted && set.available() == wanted
}

/// What a set of a size gets more or fewer of `to_add` pods, of which `added` are given (`GetReplicaSetProportion`).
/// `of` is the most pods that there could be before, `maximum` the most that there may be now.
fn share(present: i32, wanted: i64, maximum: i64, of: i64, to_add: i64, added: i64) -> i64 {
    let present = i64::from(present);
    if present == 0 || to_add == 0 || to_add == added {
        return 0;
    }
    let fraction = match (wanted, of) {
        (0, _) => -present,
        (_, 0) => 0,
        _ => rounded(present.saturating_mul(maximum), of) - present,
    };
    let left = to_add - added;
    if to_add > 0 { fraction.min(left) } else { fraction.max(left) }
}

/// A quotient of numbers that are not negative, rounded half up (`integer.RoundToInt32`).
fn rounded(dividend: i64, divisor: i64) -> i64 {
    dividend.saturating_mul(2).saturating_add(divisor).div_euclid(divisor.saturating_mul(2))
}
