//! From what the metrics ask for to what the target gets: stabilisation, policies, bounds.
//! Upstream: `pkg/controller/podautoscaler/horizontal.go`.

use crate::actor::{Recommendation, ScaleEvent};
use crate::api::{Float64, HpaScalingRules, Time};
use crate::reason::Limiting;

/// Seconds for which a higher recommendation holds back scaling down (`--horizontal-pod-autoscaler-downscale-stabilization`).
pub const DOWNSCALE_STABILIZATION: i32 = 300;

/// Whether something happened within the last seconds. What is exactly so old is over: upstream's evaluations are always a
/// little more than a period apart.
fn is_within(at: Time, seconds: i32, now: Time) -> bool {
    at.plus_seconds(seconds.into()) > now
}

/// The highest recommendation of the last five minutes (`stabilizeRecommendation`).
#[must_use]
pub fn stabilized(recommendations: &[Recommendation], desired: i32, now: Time) -> i32 {
    let recent = recommendations.iter().filter(|it| is_within(it.at, DOWNSCALE_STABILIZATION, now));
    recent.map(|it| it.replicas).fold(desired, i32::max)
}

/// The current replicas, brought between the lowest recommendation of the window for scaling up and the highest of that
/// for scaling down (`stabilizeRecommendationWithBehaviors`).
#[must_use]
pub fn stabilized_with_behavior(
    recommendations: &[Recommendation],
    current: i32,
    desired: i32,
    (up_seconds, down_seconds): (i32, i32),
    now: Time,
) -> i32 {
    let recent =
        |seconds| recommendations.iter().filter(move |it| is_within(it.at, seconds, now)).map(|it| it.replicas);
    let lowest = recent(up_seconds).fold(desired, i32::min);
    let highest = recent(down_seconds).fold(desired, i32::max);
    current.max(lowest).min(highest)
}

/// Bounds without `behavior` (`convertDesiredReplicasWithRules`): at most twice the replicas, or 4.
#[must_use]
pub fn limited(current: i32, desired: i32, min: i32, max: i32) -> (i32, Limiting) {
    let rate = current.saturating_mul(2).max(4);
    let (most, limiting) = if max > rate { (rate, Limiting::ScaleUpLimit) } else { (max, Limiting::TooManyReplicas) };
    if desired < min {
        (min, Limiting::TooFewReplicas)
    } else if desired > most {
        (most, limiting)
    } else {
        (desired, Limiting::DesiredWithinRange)
    }
}

/// What was scaled before, and how much may be scaled.
#[derive(Clone, Copy, Debug)]
pub struct Rates<'a> {
    /// Rules for scaling up, with their defaults.
    pub up: &'a HpaScalingRules,
    /// Rules for scaling down, with their defaults.
    pub down: &'a HpaScalingRules,
    /// When replicas were added.
    pub scale_ups: &'a [ScaleEvent],
    /// When replicas were taken.
    pub scale_downs: &'a [ScaleEvent],
    /// The present instant.
    pub now: Time,
}

/// Bounds with `behavior` (`convertDesiredReplicasWithBehaviorRate`).
#[must_use]
pub fn limited_with_behavior(rates: &Rates<'_>, current: i32, desired: i32, min: i32, max: i32) -> (i32, Limiting) {
    if desired > current {
        let rate = rates.scale_up_limit(current).max(current);
        let (most, limiting) =
            if max > rate { (rate, Limiting::ScaleUpLimit) } else { (max, Limiting::TooManyReplicas) };
        if desired > most {
            return (most, limiting);
        }
    } else if desired < current {
        let rate = rates.scale_down_limit(current).min(current);
        let (least, limiting) =
            if min < rate { (rate, Limiting::ScaleDownLimit) } else { (min, Limiting::TooFewReplicas) };
        if desired < least {
            return (least, limiting);
        }
    }
    (desired, Limiting::DesiredWithinRange)
}

impl Rates<'_> {
    /// The replicas at the start of a period that ends now.
    fn at_period_start(&self, current: i32, seconds: i32) -> i64 {
        let changed = |events: &[ScaleEvent]| -> i64 {
            events
                .iter()
                .filter(|event| is_within(event.at, seconds, self.now))
                .map(|event| i64::from(event.change))
                .sum()
        };
        i64::from(current) - changed(self.scale_ups) + changed(self.scale_downs)
    }

    /// The most replicas that the policies for scaling up allow (`calculateScaleUpLimitWithScalingRules`).
    #[must_use]
    pub fn scale_up_limit(&self, current: i32) -> i32 {
        let proposals = self.up.policies.iter().flatten().map(|policy| {
            let start = self.at_period_start(current, policy.period_seconds);
            match policy.kind.as_str() {
                "Pods" => start + i64::from(policy.value),
                _ => grown(start, policy.value),
            }
        });
        match self.up.select_policy.as_deref() {
            Some("Disabled") => current,
            Some("Min") => replicas(proposals.min()).unwrap_or(i32::MAX),
            _ => replicas(proposals.max()).unwrap_or(i32::MIN),
        }
    }

    /// The fewest replicas that the policies for scaling down allow (`calculateScaleDownLimitWithBehaviors`).
    #[must_use]
    pub fn scale_down_limit(&self, current: i32) -> i32 {
        let proposals = self.down.policies.iter().flatten().map(|policy| {
            let start = self.at_period_start(current, policy.period_seconds);
            match policy.kind.as_str() {
                "Pods" => start - i64::from(policy.value),
                _ => shrunk(start, policy.value),
            }
        });
        match self.down.select_policy.as_deref() {
            Some("Disabled") => current,
            Some("Min") => replicas(proposals.max()).unwrap_or(i32::MIN),
            _ => replicas(proposals.min()).unwrap_or(i32::MAX),
        }
    }
}

fn replicas(number: Option<i64>) -> Option<i32> {
    number.map(|number| i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX }))
}

fn hundredths(percent: i32) -> Float64 {
    Float64::of(percent.into()).over(Float64::of(100)).unwrap_or(Float64::ONE)
}

/// `ceil(start * (1 + percent/100))`.
fn grown(start: i64, percent: i32) -> i64 {
    (Float64::of(start) * (Float64::ONE + hundredths(percent))).ceil()
}

/// `trunc(start * (1 - percent/100))`.
fn shrunk(start: i64, percent: i32) -> i64 {
    (Float64::of(start) * (Float64::ONE - hundredths(percent))).truncated()
}
