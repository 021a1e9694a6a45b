//! Samples of what the horizontal pod autoscaler does.

use crate::api::{HpaScalingPolicy, Kind, ObjectRef, Time};
use crate::engine::Step;
use crate::explain::tests::world::step;
use crate::reason::{
    AutoscalerAct, AutoscalerMemo, AutoscalerReason, Evaluation, FindingVerdict, Limiting, MetricAim, MetricEvidence,
    MetricFinding, Reason,
};

fn finding(percent: i32, pods: usize, replicas: i32) -> MetricFinding {
    let used = i64::from(percent) * i64::try_from(pods).unwrap();
    let is_near = (45..=55).contains(&percent);
    MetricFinding {
        replicas,
        utilization: Some(percent),
        usage: i64::from(percent),
        used,
        requested: 100 * i64::try_from(pods).unwrap(),
        counted: pods,
        unready: 0,
        missing: 0,
        ratio: (percent.into(), 50),
        assumed: None,
        verdict: if is_near { FindingVerdict::WithinTolerance } else { FindingVerdict::Multiplied },
    }
}

fn cpu(finding: MetricFinding) -> MetricEvidence {
    MetricEvidence {
        name: "cpu resource utilization (percentage of request)".into(),
        resource: "cpu".into(),
        target: MetricAim::Utilization(50),
        outcome: Ok(finding),
    }
}

fn queue() -> MetricEvidence {
    let usage = 25_000;
    MetricEvidence {
        name: "external metric queue(nil)".into(),
        resource: String::new(),
        target: MetricAim::AverageValue(10_000),
        outcome: Ok(MetricFinding {
            utilization: None,
            usage: 6_250,
            used: usage,
            requested: 0,
            ratio: (6_250, 10_000),
            ..finding(90, 4, 3)
        }),
    }
}

fn memory() -> MetricEvidence {
    let mebi = 1_048_576_000;
    MetricEvidence {
        name: "memory resource".into(),
        resource: "memory".into(),
        target: MetricAim::AverageValue(64 * mebi),
        outcome: Ok(MetricFinding {
            utilization: None,
            usage: 96 * mebi,
            used: 192 * mebi,
            requested: 0,
            counted: 2,
            unready: 2,
            missing: 0,
            ratio: (96 * mebi, 64 * mebi),
            assumed: Some(((48 * mebi, 64 * mebi), 4)),
            verdict: FindingVerdict::WouldTurn,
            replicas: 4,
        }),
    }
}

fn hits() -> MetricEvidence {
    MetricEvidence {
        name: "Service metric hits".into(),
        resource: String::new(),
        target: MetricAim::Value(2_000_000),
        outcome: Ok(MetricFinding { usage: 3_000_000, used: 3_000_000, ratio: (3, 2), ..finding(90, 4, 6) }),
    }
}

fn missing() -> MetricEvidence {
    let first = finding(20, 3, 3);
    cpu(MetricFinding { missing: 1, assumed: Some(((40, 50), 4)), replicas: 4, ..first })
}

fn evaluation(metrics: Vec<MetricEvidence>, numbers: [i32; 4], limit: Limiting) -> Evaluation {
    let [current, recommended, stabilized, desired] = numbers;
    Evaluation {
        current,
        min: 2,
        max: 10,
        metrics,
        recommended,
        stabilized,
        window_seconds: if recommended == stabilized { 0 } else { 300 },
        desired,
        limit,
        policy: match limit {
            Limiting::ScaleUpLimit => Some((vec![policy("Pods", 4, 15), policy("Percent", 100, 15)], desired)),
            Limiting::ScaleDownLimit => Some((vec![policy("Pods", 1, 60)], desired)),
            Limiting::DesiredWithinRange | Limiting::TooFewReplicas | Limiting::TooManyReplicas => None,
        },
    }
}

fn policy(kind: &str, value: i32, period_seconds: i32) -> HpaScalingPolicy {
    HpaScalingPolicy { kind: kind.into(), value, period_seconds }
}

samples! {
    acts: AutoscalerAct {
        AutoscalerAct::Scale { .. } => [
            AutoscalerAct::Scale {
                evaluation: evaluation(vec![cpu(finding(90, 4, 8))], [4, 8, 8, 8], Limiting::DesiredWithinRange),
            },
            AutoscalerAct::Scale {
                evaluation: evaluation(
                    vec![cpu(finding(300, 2, 12)), queue(), hits()],
                    [2, 12, 12, 6],
                    Limiting::ScaleUpLimit,
                ),
            },
            AutoscalerAct::Scale {
                evaluation: evaluation(vec![missing()], [6, 4, 5, 5], Limiting::DesiredWithinRange),
            },
            AutoscalerAct::Scale {
                evaluation: evaluation(vec![cpu(finding(200, 6, 24))], [6, 24, 24, 10], Limiting::TooManyReplicas),
            },
        ],
        AutoscalerAct::ScaleIntoBounds { .. } => [
            AutoscalerAct::ScaleIntoBounds { from: 12, to: 10, above: true },
            AutoscalerAct::ScaleIntoBounds { from: 1, to: 2, above: false },
        ],
        AutoscalerAct::AtTarget { .. } => [
            AutoscalerAct::AtTarget {
                evaluation: evaluation(vec![cpu(finding(55, 8, 8))], [8, 8, 8, 8], Limiting::DesiredWithinRange),
            },
            AutoscalerAct::AtTarget {
                evaluation: evaluation(vec![memory()], [4, 4, 4, 4], Limiting::DesiredWithinRange),
            },
        ],
        AutoscalerAct::Stabilized { .. } => [
            AutoscalerAct::Stabilized {
                evaluation: evaluation(vec![cpu(finding(20, 8, 4))], [8, 4, 8, 8], Limiting::DesiredWithinRange),
                until: Some(Time(305_000)),
            },
            AutoscalerAct::Stabilized {
                evaluation: evaluation(vec![cpu(finding(90, 4, 8))], [4, 8, 4, 4], Limiting::DesiredWithinRange),
                until: None,
            },
        ],
        AutoscalerAct::Limited { .. } => [
            AutoscalerAct::Limited {
                evaluation: evaluation(vec![cpu(finding(90, 10, 18))], [10, 18, 18, 10], Limiting::TooManyReplicas),
            },
            AutoscalerAct::Limited {
                evaluation: evaluation(vec![cpu(finding(5, 2, 1))], [2, 1, 1, 2], Limiting::TooFewReplicas),
            },
            AutoscalerAct::Limited {
                evaluation: evaluation(vec![cpu(finding(100, 6, 12))], [6, 12, 12, 6], Limiting::ScaleUpLimit),
            },
            AutoscalerAct::Limited {
                evaluation: evaluation(vec![cpu(finding(10, 5, 1))], [5, 1, 1, 5], Limiting::ScaleDownLimit),
            },
        ],
        AutoscalerAct::MetricsFail { .. } => [AutoscalerAct::MetricsFail {
            metrics: vec![MetricEvidence {
                outcome: Err("failed to get cpu utilization: missing request for cpu in container shop of Pod shop-1".into()),
                ..cpu(finding(0, 0, 0))
            }],
            reason: "FailedGetResourceMetric".into(),
            message: "the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in \
                      container shop of Pod shop-1"
                .into(),
        }],
        AutoscalerAct::Ambiguous { .. } => [AutoscalerAct::Ambiguous {
            autoscalers: vec![
                ObjectRef::new(Kind::HorizontalPodAutoscaler, "default", "shop"),
                ObjectRef::new(Kind::HorizontalPodAutoscaler, "default", "shop-memory"),
            ],
        }],
        AutoscalerAct::Disabled => [AutoscalerAct::Disabled],
        AutoscalerAct::TargetMissing { .. } => [
            AutoscalerAct::TargetMissing { message: "deployments.apps \"shop\" not found".into() },
        ],
        AutoscalerAct::RecordStatus => [AutoscalerAct::RecordStatus],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let autoscaler = ObjectRef::new(Kind::HorizontalPodAutoscaler, "default", "shop");
    let target = Some(ObjectRef::new(Kind::Deployment, "default", "shop"));
    let reason = |act| {
        let (autoscaler, target) = (autoscaler.clone(), target.clone());
        Reason::Autoscaler(AutoscalerReason { autoscaler, target, act, memo: AutoscalerMemo::default() })
    };
    acts().into_iter().map(|act| step(reason(act))).collect()
}
