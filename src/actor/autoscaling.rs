//! What the autoscaler is told about the load, and what it remembers between evaluations.

use crate::api::{LabelSelector, Time};

/// A load that somebody set: what a metrics server or adapter would report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The namespace of the pods or of the object.
    pub namespace: String,
    /// What is measured.
    pub measured: Measured,
    /// How much; none where it is not reported any more.
    pub amount: Option<LoadAmount>,
    /// Milliseconds over which a sample is taken: one of a pod that became Ready less than that ago is not believed.
    pub window: u64,
}

/// What a load measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measured {
    /// A resource that the pods of a selector use.
    Resource {
        /// The pods.
        selector: LabelSelector,
        /// `cpu` or `memory`.
        resource: String,
    },
    /// A metric that each pod of a selector has.
    Pods {
        /// The pods.
        selector: LabelSelector,
        /// The metric.
        metric: String,
    },
    /// A metric of another object.
    Object {
        /// The object's kind.
        kind: String,
        /// The object's name.
        name: String,
        /// The metric.
        metric: String,
    },
    /// A metric from outside the cluster.
    External {
        /// The metric.
        metric: String,
    },
}

/// How much a load is, in thousandths: milli-CPU, thousandths of a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadAmount {
    /// So much together, shared evenly by the pods that are Ready; or the value of a metric that is no pod's.
    Total(i64),
    /// So much for each running pod.
    Each(i64),
}

/// What the autoscaler asked for at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// When.
    pub at: Time,
    /// How many replicas.
    pub replicas: i32,
}

/// A change of the replicas that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaleEvent {
    /// When.
    pub at: Time,
    /// By how many; positive.
    pub change: i32,
}

/// What the autoscaler remembers of one HorizontalPodAutoscaler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AutoscalerMemory {
    /// When it was evaluated last.
    pub evaluated: Time,
    /// What its last evaluation asked for, if that got as far.
    pub last: Option<i32>,
    /// Recommendations that a window may reach still.
    pub recommendations: Vec<Recommendation>,
    /// When replicas were added.
    pub scale_ups: Vec<ScaleEvent>,
    /// When replicas were taken.
    pub scale_downs: Vec<ScaleEvent>,
}

/// Milliseconds between two evaluations (`--horizontal-pod-autoscaler-sync-period`).
pub const SYNC_PERIOD: u64 = 15_000;
/// Longer than any window or period can be, in milliseconds.
const LONGEST: u64 = 3_600_000;

impl AutoscalerMemory {
    /// The first evaluation at an instant or after it, on the grid of those before.
    #[must_use]
    pub fn next_evaluation(&self, from: Time) -> Time {
        self.evaluated + (from - self.evaluated).div_ceil(SYNC_PERIOD).max(1) * SYNC_PERIOD
    }

    /// The recommendations as they are at an evaluation. One that was left out because nothing had changed counts as made:
    /// the last of them decides for all, since all asked for the same.
    #[must_use]
    pub fn recommendations_at(&self, now: Time) -> Vec<Recommendation> {
        let mut all = self.recommendations.clone();
        if let Some(replicas) = self.last.filter(|_| now - self.evaluated > SYNC_PERIOD) {
            all.push(Recommendation { at: Time(now.0.saturating_sub(SYNC_PERIOD)), replicas });
        }
        all
    }

    /// Notes an evaluation: the replicas that the target had, what the metrics asked for, what the target was given.
    pub fn note(&mut self, now: Time, current: Option<i32>, recommended: Option<i32>, scaled: Option<i32>) {
        let mut recommendations = self.recommendations_at(now);
        if let Some(replicas) = current.filter(|_| recommendations.is_empty()) {
            recommendations.push(Recommendation { at: now, replicas });
        }
        recommendations.extend(recommended.map(|replicas| Recommendation { at: now, replicas }));
        recommendations.retain(|recommendation| now - recommendation.at <= LONGEST);
        self.recommendations = recommendations;
        if let (Some(from), Some(to)) = (current, scaled) {
            // The event is written down after the replicas, hence a little later than the evaluation began: one that is
            // exactly a period old still counts, as it mostly does upstream (`storeScaleEvent`).
            let event = ScaleEvent { at: now + 1, change: (to - from).abs() };
            let events = if to > from { &mut self.scale_ups } else { &mut self.scale_downs };
            events.push(event);
            events.retain(|event| now - event.at <= LONGEST);
        }
        self.evaluated = now;
        self.last = recommended;
    }
}
