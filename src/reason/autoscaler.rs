//! Why the horizontal pod autoscaler acted or waited.

use crate::api::{HpaScalingPolicy, ObjectRef, Time};

/// What one sync of a HorizontalPodAutoscaler did and why.
#[derive(Clone, Debug, PartialEq)]
pub struct AutoscalerReason {
    /// The autoscaler.
    pub autoscaler: ObjectRef,
    /// What it scales, if that exists.
    pub target: Option<ObjectRef>,
    /// What was decided.
    pub act: AutoscalerAct,
    /// What it remembers until the next evaluation.
    pub memo: AutoscalerMemo,
}

/// What the autoscaler keeps of an evaluation; the engine writes it down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AutoscalerMemo {
    /// The wanted replicas that the target had; none where there is no target.
    pub current: Option<i32>,
    /// What the metrics alone asked for, before stabilisation and limits.
    pub recommended: Option<i32>,
    /// The replicas that the target was given, where `behavior` asks for scale events to be kept.
    pub scaled: Option<i32>,
}

/// The decision of one sync.
#[derive(Clone, Debug, PartialEq)]
pub enum AutoscalerAct {
    /// The target gets another number of replicas.
    Scale {
        /// What was measured and made of it.
        evaluation: Evaluation,
    },
    /// The target has more replicas than the most, or fewer than the least, which needs no metrics.
    ScaleIntoBounds {
        /// Replicas before.
        from: i32,
        /// Replicas now.
        to: i32,
        /// Whether it had too many.
        above: bool,
    },
    /// The metrics ask for what is there.
    AtTarget {
        /// What was measured and made of it.
        evaluation: Evaluation,
    },
    /// The metrics ask for another number, but recent recommendations hold it back.
    Stabilized {
        /// What was measured and made of it.
        evaluation: Evaluation,
        /// When the recommendation that holds it back leaves the window.
        until: Option<Time>,
    },
    /// The metrics ask for another number, but a limit holds it back.
    Limited {
        /// What was measured and made of it.
        evaluation: Evaluation,
    },
    /// So many metrics cannot be computed that nothing is decided.
    MetricsFail {
        /// What was measured.
        metrics: Vec<MetricEvidence>,
        /// The condition's reason: `FailedGetResourceMetric`.
        reason: String,
        /// The condition's message.
        message: String,
    },
    /// Another autoscaler selects the same pods.
    Ambiguous {
        /// All autoscalers that do.
        autoscalers: Vec<ObjectRef>,
    },
    /// The target has 0 replicas, which turns the autoscaler off.
    Disabled,
    /// There is nothing to scale.
    TargetMissing {
        /// What the API server said.
        message: String,
    },
    /// Only the status is written down.
    RecordStatus,
}

/// From metrics to replicas.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The wanted replicas that the target has.
    pub current: i32,
    /// The least.
    pub min: i32,
    /// The most.
    pub max: i32,
    /// Every metric.
    pub metrics: Vec<MetricEvidence>,
    /// What the metrics ask for: the most of their proposals.
    pub recommended: i32,
    /// What is left of it after stabilisation.
    pub stabilized: i32,
    /// Seconds of the window that held it back; 0 where none did.
    pub window_seconds: i32,
    /// What is left of it after the limits: what the target gets.
    pub desired: i32,
    /// The limit that was hit, or none.
    pub limit: Limiting,
    /// The limit in replicas that policies set, with these; none where no policy was asked.
    pub policy: Option<(Vec<HpaScalingPolicy>, i32)>,
}

/// Why a number of replicas was cut: the reason of the condition `ScalingLimited`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limiting {
    /// It was not.
    DesiredWithinRange,
    /// Fewer than `minReplicas`.
    TooFewReplicas,
    /// More than `maxReplicas`.
    TooManyReplicas,
    /// More than may be added at once.
    ScaleUpLimit,
    /// Fewer than may be taken at once.
    ScaleDownLimit,
}

impl Limiting {
    /// The reason as the condition has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Limiting::DesiredWithinRange => "DesiredWithinRange",
            Limiting::TooFewReplicas => "TooFewReplicas",
            Limiting::TooManyReplicas => "TooManyReplicas",
            Limiting::ScaleUpLimit => "ScaleUpLimit",
            Limiting::ScaleDownLimit => "ScaleDownLimit",
        }
    }

    /// The condition's message.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Limiting::DesiredWithinRange => "the desired count is within the acceptable range",
            Limiting::TooFewReplicas => "the desired replica count is less than the minimum replica count",
            Limiting::TooManyReplicas => "the desired replica count is more than the maximum replica count",
            Limiting::ScaleUpLimit => "the desired replica count is increasing faster than the maximum scale rate",
            Limiting::ScaleDownLimit => "the desired replica count is decreasing faster than the maximum scale rate",
        }
    }
}

/// One metric of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricEvidence {
    /// As events name it: `cpu resource utilization (percentage of request)`.
    pub name: String,
    /// `cpu` or `memory`, which have units; empty for other metrics.
    pub resource: String,
    /// What it should be.
    pub target: MetricAim,
    /// What came of it; the error where it could not be computed.
    pub outcome: Result<MetricFinding, String>,
}

/// The target of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricAim {
    /// Percent of the requests.
    Utilization(i32),
    /// For each pod, in thousandths.
    AverageValue(i64),
    /// For the whole, in thousandths.
    Value(i64),
}

/// What one metric asks for, with the numbers on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetricFinding {
    /// The replicas that it asks for.
    pub replicas: i32,
    /// Percent of the requests, for a utilization.
    pub utilization: Option<i32>,
    /// What the status shows: the average of a pod, or the value of the whole, in thousandths.
    pub usage: i64,
    /// What the pods that count use together, in thousandths.
    pub used: i64,
    /// What they request together, in thousandths; 0 where requests do not matter.
    pub requested: i64,
    /// How many pods count.
    pub counted: usize,
    /// Pods left out because they are not ready, or only just.
    pub unready: usize,
    /// Pods without a sample.
    pub missing: usize,
    /// Measured over target.
    pub ratio: (i64, i64),
    /// The same once something was assumed of the pods left out, and how many pods count then.
    pub assumed: Option<((i64, i64), usize)>,
    /// What was made of it.
    pub verdict: FindingVerdict,
}

/// What was made of a ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingVerdict {
    /// It is so near to 1 that nothing changes.
    WithinTolerance,
    /// Pods times ratio, rounded up.
    Multiplied,
    /// What was assumed of the pods left out would turn the direction, so nothing changes.
    WouldTurn,
}

impl AutoscalerAct {
    /// Whether the controller waits for something.
    #[must_use]
    pub fn is_wait(&self) -> bool {
        match self {
            AutoscalerAct::AtTarget { .. }
            | AutoscalerAct::Stabilized { .. }
            | AutoscalerAct::Limited { .. }
            | AutoscalerAct::MetricsFail { .. }
            | AutoscalerAct::Ambiguous { .. }
            | AutoscalerAct::Disabled
            | AutoscalerAct::TargetMissing { .. } => true,
            AutoscalerAct::Scale { .. } | AutoscalerAct::ScaleIntoBounds { .. } | AutoscalerAct::RecordStatus => false,
        }
    }

    /// Whether it is a wait for nothing in particular: all is as it should be.
    #[must_use]
    pub fn is_rest(&self) -> bool {
        match self {
            AutoscalerAct::AtTarget { .. } | AutoscalerAct::Disabled => true,
            AutoscalerAct::Scale { .. }
            | AutoscalerAct::ScaleIntoBounds { .. }
            | AutoscalerAct::Stabilized { .. }
            | AutoscalerAct::Limited { .. }
            | AutoscalerAct::MetricsFail { .. }
            | AutoscalerAct::Ambiguous { .. }
            | AutoscalerAct::TargetMissing { .. }
            | AutoscalerAct::RecordStatus => false,
        }
    }
}
