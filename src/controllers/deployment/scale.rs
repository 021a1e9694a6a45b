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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;
    use crate::api::{Deployment, ReplicaSet, Time};
    use serde_json::json;
    use std::rc::Rc;

    fn deployment(replicas: i32, surge: i32, paused: bool) -> Deployment {
        serde_json::from_value(json!({
            "metadata": { "name": "app", "namespace": "default" },
            "spec": {
                "replicas": replicas,
                "paused": paused,
                "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxSurge": surge, "maxUnavailable": 0 } },
                "template": { "metadata": { "labels": { "set": "new" } }, "spec": { "containers": [] } },
            },
            "status": { "replicas": 9 },
        }))
        .unwrap()
    }

    /// A set of some size, made so many seconds after the first, with its annotations on size and most pods.
    fn set(name: &str, size: i32, created: u64, noted: Option<(i32, i32)>) -> Rc<ReplicaSet> {
        let annotations = noted
            .map(|(desired, most)| json!({ DESIRED_REPLICAS: desired.to_string(), MAX_REPLICAS: most.to_string() }));
        let value = json!({
            "metadata": {
                "name": name,
                "namespace": "default",
                "annotations": annotations.unwrap_or(json!({})),
            },
            "spec": {
                "replicas": size,
                "template": { "metadata": { "labels": { "set": name } }, "spec": { "containers": [] } },
            },
            "status": { "replicas": size, "availableReplicas": size },
        });
        let mut set: ReplicaSet = serde_json::from_value(value).unwrap();
        // What a manifest says of times is dropped when it is read.
        set.metadata.creation_timestamp = Some(Time(created * 1_000));
        Rc::new(set)
    }

    /// Names and sizes after the Deployment's size was divided, old sets first.
    fn divided(deployment: &Deployment, sets: Vec<Rc<ReplicaSet>>) -> Vec<(String, i32)> {
        let mut rollout = Rollout::of(deployment, sets);
        rollout.scale();
        rollout.all().map(|tracked| (tracked.set.metadata.name.clone(), tracked.size())).collect()
    }

    fn sizes(of: &[(&str, i32)]) -> Vec<(String, i32)> {
        of.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect()
    }

    #[test]
    fn the_only_set_with_pods_takes_the_whole_size_though_it_is_an_old_one() {
        let sets = || vec![set("a", 3, 1, None), set("b", 0, 2, None), set("new", 0, 3, None)];
        assert_eq!(divided(&deployment(5, 1, true), sets()), sizes(&[("a", 5), ("b", 0), ("new", 0)]));
    }

    #[test]
    fn where_no_set_has_pods_the_new_one_takes_all_and_without_it_the_latest() {
        let old = || vec![set("b", 0, 2, None), set("a", 0, 1, None)];
        let with_new: Vec<_> = old().into_iter().chain([set("new", 0, 0, None)]).collect();
        assert_eq!(divided(&deployment(5, 1, true), with_new), sizes(&[("a", 0), ("b", 0), ("new", 5)]));
        assert_eq!(divided(&deployment(5, 1, true), old()), sizes(&[("a", 0), ("b", 5)]));
        assert_eq!(divided(&deployment(5, 1, true), vec![]), []);
    }

    #[test]
    fn a_new_set_that_is_complete_ends_the_old_ones() {
        let sets = |noted| vec![set("a", 2, 1, Some((4, 5))), set("new", 4, 2, Some(noted))];
        assert_eq!(divided(&deployment(4, 1, false), sets((4, 5))), sizes(&[("a", 0), ("new", 4)]));
        // Scaled for another size it is not complete, and both shrink in proportion: 6 to 5.
        assert_eq!(divided(&deployment(4, 1, false), sets((5, 6))), sizes(&[("a", 2), ("new", 3)]));
    }

    #[test]
    fn a_growing_deployment_gives_each_set_its_share_and_the_rest_to_the_largest() {
        let sets = vec![set("a", 8, 1, Some((10, 13))), set("new", 5, 2, Some((10, 13)))];
        assert_eq!(divided(&deployment(15, 3, false), sets), sizes(&[("a", 11), ("new", 7)]));
        let sets = vec![set("a", 3, 1, Some((9, 9))), set("b", 3, 2, Some((9, 9))), set("new", 3, 3, Some((9, 9)))];
        assert_eq!(divided(&deployment(10, 0, false), sets), sizes(&[("a", 3), ("b", 3), ("new", 4)]));
    }

    #[test]
    fn of_equal_sets_the_newer_grows_first_and_the_older_shrinks_first() {
        let sets = || vec![set("a", 2, 1, Some((4, 4))), set("new", 2, 2, Some((4, 4)))];
        assert_eq!(divided(&deployment(5, 0, false), sets()), sizes(&[("a", 2), ("new", 3)]));
        assert_eq!(divided(&deployment(3, 0, false), sets()), sizes(&[("a", 1), ("new", 2)]));
    }

    #[test]
    fn a_deployment_scaled_to_nothing_takes_all_pods_of_every_set() {
        let sets = vec![set("a", 3, 1, Some((4, 5))), set("new", 2, 2, Some((4, 5)))];
        assert_eq!(divided(&deployment(0, 3, false), sets), sizes(&[("a", 0), ("new", 0)]));
    }

    #[test]
    fn a_set_without_the_annotation_is_measured_by_the_pods_of_the_deployment() {
        // 9 pods by the status: 3 of 9 become 4 of 12, 6 of 9 become 8 of 12.
        let sets = vec![set("a", 6, 1, None), set("new", 3, 2, None)];
        assert_eq!(divided(&deployment(12, 0, false), sets), sizes(&[("a", 8), ("new", 4)]));
    }

    #[test]
    fn a_set_of_the_right_size_keeps_its_annotations() {
        let deployment = deployment(3, 1, true);
        let mut rollout = Rollout::of(&deployment, vec![set("new", 3, 1, Some((2, 3)))]);
        assert!(rollout.is_scaling_event());
        rollout.scale();
        assert_eq!(number_in(&rollout.all().next().unwrap().set, DESIRED_REPLICAS), Some(2));
        assert!(rollout.resized.is_empty());
    }

    #[test]
    fn a_share_never_exceeds_what_is_left_and_is_rounded_half_up() {
        assert_eq!(share(2, 5, 5, 4, 1, 0), 1, "2.5 is rounded to 3");
        assert_eq!(share(2, 3, 3, 4, -1, 0), 0, "1.5 is rounded to 2");
        assert_eq!(share(8, 15, 18, 13, 5, 4), 1, "3 would be its share");
        assert_eq!(share(8, 5, 5, 13, -8, -6), -2, "-5 would be its share");
        assert_eq!(share(0, 15, 18, 13, 5, 0), 0);
        assert_eq!(share(8, 15, 18, 13, 0, 0), 0);
        assert_eq!(share(8, 15, 18, 13, 5, 5), 0);
        assert_eq!(share(8, 0, 0, 13, -13, 0), -8);
        assert_eq!(share(8, 15, 18, 0, 5, 0), 0);
        assert_eq!([rounded(5, 2), rounded(4, 3), rounded(5, 3), rounded(0, 3)], [3, 1, 2, 0]);
    }
}
