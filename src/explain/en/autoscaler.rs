//! What the horizontal pod autoscaler did.

use super::autoscaler_sum::sum;
use super::words::{count, list, moment, seconds};
use crate::api::ObjectRef;
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{AutoscalerAct, AutoscalerReason, Evaluation, Limiting, MetricEvidence};

pub(super) fn headline(reason: &AutoscalerReason) -> Text {
    let autoscaler = &reason.autoscaler;
    match &reason.act {
        AutoscalerAct::Scale { evaluation } => {
            text![target(reason), " is scaled from ", evaluation.current, " to ", evaluation.desired]
        }
        AutoscalerAct::ScaleIntoBounds { from, to, .. } => {
            text![target(reason), " is brought into bounds, from ", *from, " to ", *to]
        }
        AutoscalerAct::AtTarget { evaluation } => {
            text![autoscaler, " is content with ", count(evaluation.current, "replica")]
        }
        AutoscalerAct::Stabilized { evaluation, .. } => {
            text![autoscaler, " wants ", count(evaluation.recommended, "replica"), ", but waits"]
        }
        AutoscalerAct::Limited { evaluation } => {
            text![autoscaler, " wants ", count(evaluation.recommended, "replica"), ", but is limited"]
        }
        AutoscalerAct::MetricsFail { .. } => text![autoscaler, " has no metrics to decide by"],
        AutoscalerAct::Ambiguous { .. } => text![autoscaler, " is not the only one that scales these pods"],
        AutoscalerAct::Disabled => text![autoscaler, " is off: its target has 0 replicas"],
        AutoscalerAct::TargetMissing { .. } => text![autoscaler, " finds nothing to scale"],
        AutoscalerAct::RecordStatus => text![autoscaler, " is recorded"],
    }
}

fn target(reason: &AutoscalerReason) -> &ObjectRef {
    reason.target.as_ref().unwrap_or(&reason.autoscaler)
}

pub(super) fn words(reason: &AutoscalerReason, _scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let autoscaler = &reason.autoscaler;
    match &reason.act {
        AutoscalerAct::Scale { evaluation } => {
            if evaluation.desired > evaluation.current {
                words.why(text![
                    "The pods use more than they should, so ",
                    autoscaler,
                    " adds pods to share the load."
                ]);
            } else {
                words.why(text![
                    "The pods use less than they should, and within the stabilisation window nothing asked for as many, so fewer will do."
                ]);
            }
            decided(&mut words, evaluation);
            let target = target(reason);
            words.next(text![
                "The controller of ",
                target,
                " makes it so. ",
                autoscaler,
                " looks again in 15 s, when new pods have taken their share."
            ]);
        }
        AutoscalerAct::ScaleIntoBounds { from, to, above } => {
            words
                .why(match above {
                    true => text![
                        "The target has more replicas than `maxReplicas`. That is mended at once, without a look at any metric."
                    ],
                    false => text![
                        "The target has fewer replicas than `minReplicas`. That is mended at once, without a look at any metric."
                    ],
                })
                .evidence("Replicas", text![*from, " → ", *to])
                .next(text!["From the next evaluation on the metrics decide again."]);
        }
        AutoscalerAct::AtTarget { evaluation } => {
            words.why(text![
                "What the metrics ask for is what is there: a ratio near 1 changes nothing, so that the number of pods does \
                 not swing with every breath of the load."
            ]);
            decided(&mut words, evaluation);
            words.next(text!["It looks every 15 s. Another load makes another number."]);
        }
        AutoscalerAct::Stabilized { evaluation, until } => {
            if evaluation.recommended < evaluation.current {
                words.why(text![
                    "The metrics ask for fewer pods, but within the stabilisation window a recommendation was higher, and the \
                     highest one counts. A short lull takes no pods away."
                ]);
            } else {
                words.why(text![
                    "The metrics ask for more pods, but within the stabilisation window a recommendation was lower, and the \
                     lowest one counts. A short burst adds no pods."
                ]);
            }
            decided(&mut words, evaluation);
            words.next(match until {
                Some(until) => text![
                    "If the load stays as it is, that recommendation is too old at ",
                    moment(*until),
                    ", and the number changes."
                ],
                None => text!["When that recommendation is too old, the number changes."],
            });
        }
        AutoscalerAct::Limited { evaluation } => {
            words.why(limit(evaluation));
            decided(&mut words, evaluation);
            words.next(match evaluation.limit {
                Limiting::ScaleUpLimit | Limiting::ScaleDownLimit => {
                    text!["When the period of the policy is over, the next step is made."]
                }
                Limiting::TooManyReplicas | Limiting::TooFewReplicas | Limiting::DesiredWithinRange => {
                    text!["Only another bound in the spec, or another load, changes the number."]
                }
            });
        }
        AutoscalerAct::MetricsFail { metrics, reason, message } => {
            words
                .why(text![
                    "Without a number for how busy the pods are there is nothing to compute with. The number of replicas stays \
                     as it is: missing metrics never scale anything down."
                ])
                .evidence("Reason", text![code(reason)])
                .evidence("Message", text![verbatim(message)]);
            sums(&mut words, metrics, 0);
            words.next(text![
                "It tries again every 15 s. In a cluster a metrics server reports usage; here you set the load."
            ]);
        }
        AutoscalerAct::Ambiguous { autoscalers } => {
            words
                .why(text![
                    "The targets of ",
                    list(autoscalers),
                    " select the same pods. Each would count the pods of the other, so neither scales."
                ])
                .next(text!["Delete one of them, or make the selectors differ."]);
        }
        AutoscalerAct::Disabled => {
            words
                .why(text![
                    "Scaling a workload to 0 by hand is how an autoscaler is turned off: no pod means no usage to compute with."
                ])
                .next(text!["Scale the target to 1 or more, and ", autoscaler, " decides again."]);
        }
        AutoscalerAct::TargetMissing { message } => {
            words
                .why(text![
                    "`scaleTargetRef` names a workload that does not exist, or one that has no number of replicas, as a DaemonSet."
                ])
                .evidence("Message", text![verbatim(message)])
                .next(text!["As soon as the workload is there, it is scaled."]);
        }
        AutoscalerAct::RecordStatus => {
            words.why(text!["The status of ", autoscaler, " is written down as it is now."]);
        }
    }
    words
}

/// The way from metrics to replicas.
fn decided(words: &mut Words, evaluation: &Evaluation) {
    sums(words, &evaluation.metrics, evaluation.current);
    if evaluation.metrics.len() > 1 {
        words.evidence("Of several metrics", text!["the one that asks for most counts: ", evaluation.recommended]);
    }
    if evaluation.stabilized != evaluation.recommended {
        words.evidence(
            "Stabilised",
            text![
                evaluation.recommended,
                " → ",
                evaluation.stabilized,
                ", over the last ",
                evaluation.window_seconds,
                " s"
            ],
        );
    }
    if evaluation.limit != Limiting::DesiredWithinRange {
        let to = text![evaluation.stabilized, " → ", evaluation.desired, ", ", code(evaluation.limit.as_str())];
        words.evidence("Limited", text![to, policy(evaluation)]);
    }
    words.evidence("Bounds", text![evaluation.min, " to ", evaluation.max]);
}

fn policy(evaluation: &Evaluation) -> Option<Text> {
    let (policies, replicas) = evaluation.policy.as_ref()?;
    let mut text = Text::default();
    for (index, policy) in policies.iter().enumerate() {
        text.say(if index == 0 { ": " } else { " or " });
        match policy.kind.as_str() {
            "Pods" => text.say(count(policy.value, "pod")),
            _ => text.say(policy.value).say(" %"),
        };
        text.say(" in ").say(seconds(policy.period_seconds));
    }
    Some(text![text, ", so ", *replicas])
}

fn limit(evaluation: &Evaluation) -> Text {
    match evaluation.limit {
        Limiting::TooManyReplicas => text!["The metrics ask for more pods than `maxReplicas` allows."],
        Limiting::TooFewReplicas => text!["The metrics ask for fewer pods than `minReplicas` allows."],
        Limiting::ScaleUpLimit => text![
            "The metrics ask for more pods than may be added now: what was added within the period of a policy counts against it."
        ],
        Limiting::ScaleDownLimit => text![
            "The metrics ask for fewer pods, but no more may be taken now: what was taken within the period of a policy counts \
             against it."
        ],
        Limiting::DesiredWithinRange => text!["The number is within its bounds."],
    }
}

/// The arithmetic of every metric.
fn sums(words: &mut Words, metrics: &[MetricEvidence], current: i32) {
    for metric in metrics {
        words.evidence("Metric", sum(metric, current));
    }
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &AutoscalerReason) -> Option<Text> {
    let autoscaler = &reason.autoscaler;
    Some(match &reason.act {
        AutoscalerAct::Stabilized { evaluation, .. } => {
            text![
                autoscaler,
                " a while before it scales from ",
                evaluation.current,
                " to ",
                evaluation.recommended,
                "."
            ]
        }
        AutoscalerAct::Limited { evaluation } => {
            text![
                autoscaler,
                " until it may have ",
                count(evaluation.recommended, "replica"),
                ": ",
                code(evaluation.limit.as_str()),
                "."
            ]
        }
        AutoscalerAct::MetricsFail { .. } => text![autoscaler, " for metrics."],
        AutoscalerAct::Ambiguous { .. } => text![autoscaler, " until no other autoscaler has these pods."],
        AutoscalerAct::TargetMissing { .. } => text![autoscaler, " for something to scale."],
        AutoscalerAct::AtTarget { .. }
        | AutoscalerAct::Disabled
        | AutoscalerAct::Scale { .. }
        | AutoscalerAct::ScaleIntoBounds { .. }
        | AutoscalerAct::RecordStatus => return None,
    })
}
