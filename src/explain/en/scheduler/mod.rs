//! What the scheduler did with a pod.

mod preemption;
mod refusal;

use super::words::{count, either, is, list};
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{NodeScore, OnlyNode, Refused, SchedulerReason};

/// So many nodes are shown with their scores.
const SHOWN: usize = 6;

pub(super) fn headline(reason: &SchedulerReason) -> Text {
    match reason {
        SchedulerReason::Bound { pod, node: name, .. } => text!["The scheduler places ", pod, " on ", node(name)],
        SchedulerReason::Unschedulable { pod, .. } => text!["The scheduler finds no node for ", pod],
        SchedulerReason::Preempts { pod, node: name, .. } => {
            text!["The scheduler makes room for ", pod, " on ", node(name)]
        }
        SchedulerReason::Gated { pod, .. } => text!["The scheduler does not look at ", pod, " yet"],
        SchedulerReason::NodeChosenForVolumes { pod, node: name, .. } => {
            text!["The scheduler chooses ", node(name), " for the volumes of ", pod]
        }
    }
}

pub(super) fn words(reason: &SchedulerReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        SchedulerReason::Bound { pod, node: name, scores, feasible, nodes, tied, only } => {
            words.why(match (only, feasible) {
                (Some(OnlyNode::Pinned), _) => text![
                    pod,
                    " was made for ",
                    node(name),
                    ": its node affinity names that node alone, so the scheduler only checks that the node takes it."
                ],
                (Some(OnlyNode::Nominated), _) => text![
                    "Pods were evicted from ",
                    node(name),
                    " so that ",
                    pod,
                    " fits. The scheduler tries that node before any other, and now it passes every filter."
                ],
                (None, 0 | 1) => text![
                    "Filters rule nodes out first: taints, selectors, requests, volumes, other pods. ",
                    node(name),
                    " is the only one of ",
                    count(*nodes, "node"),
                    " that passes."
                ],
                (None, _) => text![
                    "Filters rule nodes out first: taints, selectors, requests, volumes, other pods. ",
                    *feasible,
                    " of ",
                    count(*nodes, "node"),
                    " pass, and ",
                    node(name),
                    either(*tied, " has the highest score.", " is among those with the highest score.")
                ],
            });
            if *tied > 1 && only.is_none() {
                words.why(text![
                    *tied,
                    " nodes have the same score. Kubernetes picks one of them at random; Setwise takes the first by name, so \
                     that a run repeats."
                ]);
            }
            if only.is_none() {
                words.evidence("Nodes that pass", text![*feasible, " of ", *nodes]);
            }
            let shown: Vec<_> = scores.iter().filter(|_| *feasible > 1).take(SHOWN).collect();
            for score in &shown {
                words.evidence("Score", breakdown(score));
            }
            if !shown.is_empty() && *feasible > shown.len() {
                words.evidence("Score", count(feasible - shown.len(), "more node"));
            }
            words.next(text!["The kubelet of ", node(name), " sees ", pod, " and starts it."]);
        }
        SchedulerReason::Unschedulable { pod, message, refusals, waits_for_claims } => {
            words.why(match scope.cluster.nodes.len() {
                _ if *waits_for_claims => {
                    text!["The claims of a pod have to be in order before the scheduler looks at any node."]
                }
                0 => text!["There is no node."],
                _ => text![
                    "A node must pass every filter, and no node does: the message counts the nodes by the filter that refused \
                     them."
                ],
            });
            for refused in Refused::by_count(refusals).into_iter().take(2) {
                if let Some(meaning) = refusal::meaning(refused) {
                    words.why(meaning);
                }
            }
            words.why_some(preemption::why_nobody(message));
            words.evidence("Message", text![verbatim(message)]);
            words.next(text![
                pod,
                " stays Pending. The scheduler tries again as soon as something changes that could help."
            ]);
        }
        SchedulerReason::Preempts { .. } => preemption::words(reason, &mut words),
        SchedulerReason::Gated { pod, gates } => {
            words
                .why(text![
                    "A pod with `schedulingGates` is not ready to be scheduled: somebody who set a gate wants to do something \
                     first. The scheduler does not try it, and it costs nothing on any node."
                ])
                .evidence("Gates", list(gates.iter().map(code)))
                .next(text!["When the last gate is removed from ", pod, ", the scheduler looks for a node."]);
        }
        SchedulerReason::NodeChosenForVolumes { pod, node: name, claims } => {
            words
                .why(text![
                    "The storage class of ",
                    list(claims),
                    " waits for the first consumer, so the node comes first and the volume is made or chosen where the pod \
                     will run."
                ])
                .evidence("Claims", list(claims))
                .next(text![
                    "When ",
                    list(claims),
                    " ",
                    is(claims.len() as i64),
                    " bound, ",
                    pod,
                    " is bound to ",
                    node(name),
                    "."
                ]);
        }
    }
    words
}

/// `worker-2: 463 = TaintToleration 300 + ...`
fn breakdown(score: &NodeScore) -> Text {
    let mut text = text![node(&score.node), ": ", score.total];
    for (index, (plugin, points)) in score.plugins.iter().enumerate() {
        text.say(if index == 0 { " = " } else { " + " }).say(code(plugin)).say(" ").say(*points);
    }
    text
}

/// Why most of the nodes were refused, as a sentence.
pub(super) fn most_common(refusals: &[Refused]) -> Text {
    let why = Refused::by_count(refusals).first().map(|refused| {
        refusal::summary(refused).unwrap_or_else(|| text![refused.nodes, " ", verbatim(&refused.text), "."])
    });
    why.unwrap_or_else(|| text!["There is none."])
}

pub(super) fn waiting(reason: &SchedulerReason) -> Option<Text> {
    match reason {
        SchedulerReason::Unschedulable { pod, refusals, .. } => {
            Some(text![pod, " for a node. ", most_common(refusals)])
        }
        SchedulerReason::Preempts { pod, node: name, victims, .. } => {
            Some(text![pod, " for ", list(victims.iter().map(|victim| &victim.pod)), " to leave ", node(name), "."])
        }
        SchedulerReason::Gated { pod, gates } => {
            let gates = list(gates.iter().map(code));
            Some(text![pod, " for its scheduling gates to be removed: ", gates, "."])
        }
        SchedulerReason::Bound { .. } | SchedulerReason::NodeChosenForVolumes { .. } => None,
    }
}
