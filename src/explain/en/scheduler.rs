//! What the scheduler did with a pod.

use super::Words;
use super::words::{count, either, is, list};
use crate::explain::scope::{Scope, node};
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{NodeScore, SchedulerReason};

/// So many nodes are shown with their scores.
const SHOWN: usize = 6;

pub(super) fn headline(reason: &SchedulerReason) -> Text {
    match reason {
        SchedulerReason::Bound { pod, node: name, .. } => text!["The scheduler places ", pod, " on ", node(name)],
        SchedulerReason::Unschedulable { pod, .. } => text!["The scheduler finds no node for ", pod],
        SchedulerReason::NodeChosenForVolumes { pod, node: name, .. } => {
            text!["The scheduler chooses ", node(name), " for the volumes of ", pod]
        }
    }
}

pub(super) fn words(reason: &SchedulerReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        SchedulerReason::Bound { pod, node: name, scores, nodes, tied, pinned } => {
            let passed = scores.len();
            words.why(match (pinned, passed) {
                (true, _) => text![
                    pod,
                    " was made for ",
                    node(name),
                    ": its node affinity names that node alone, so the scheduler only checks that the node takes it."
                ],
                (false, 0 | 1) => text![
                    "Filters rule nodes out first: taints, selectors, requests, volumes. ",
                    node(name),
                    " is the only one of ",
                    count(*nodes as i64, "node"),
                    " that passes."
                ],
                (false, _) => text![
                    "Filters rule nodes out first: taints, selectors, requests, volumes. ",
                    passed,
                    " of ",
                    count(*nodes as i64, "node"),
                    " pass, and ",
                    node(name),
                    either(*tied, " has the highest score.", " is among those with the highest score.")
                ],
            });
            if *tied > 1 && !pinned {
                words.why(text![
                    *tied,
                    " nodes have the same score. Kubernetes picks one of them at random; Setwise takes the first by name, so \
                     that a run repeats."
                ]);
            }
            words.evidence("Nodes that pass", text![passed, " of ", *nodes]);
            for score in scores.iter().filter(|_| passed > 1).take(SHOWN) {
                words.evidence("Score", breakdown(score));
            }
            if passed > SHOWN {
                words.evidence("Score", text![count((passed - SHOWN) as i64, "more node")]);
            }
            words.next(text!["The kubelet of ", node(name), " sees ", pod, " and starts it."]);
        }
        SchedulerReason::Unschedulable { pod, message, refusals, waits_for_claims } => {
            let nodes = scope.cluster.nodes.len();
            words.why(match nodes {
                _ if *waits_for_claims => {
                    text!["The claims of a pod have to be in order before the scheduler looks at any node."]
                }
                0 => text!["There is no node."],
                _ => text![
                    "A node must pass every filter, and no node does: the message counts the nodes by the filter that refused \
                     them."
                ],
            });
            let mut by_count: Vec<_> = refusals.iter().collect();
            by_count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            for (refusal, count) in by_count.iter().take(2) {
                if let Some(meaning) = meaning(refusal, *count) {
                    words.why(meaning);
                }
            }
            words.evidence("Message", text![verbatim(message)]);
            words.next(text![
                pod,
                " stays Pending. The scheduler tries again as soon as something changes that could help."
            ]);
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

/// What the scheduler's words for a refusal mean; none where they say it themselves.
fn meaning(refusal: &str, nodes: usize) -> Option<Text> {
    let nodes_have = text![count(nodes as i64, "node"), either(nodes, " has", " have")];
    Some(match refusal {
        "node(s) had untolerated taint(s)" => {
            text![nodes_have, " a taint that the pod does not tolerate: see `tolerations`."]
        }
        "node(s) didn't match Pod's node affinity/selector" => text![
            count(nodes as i64, "node"),
            either(nodes, " lacks", " lack"),
            " the labels that `nodeSelector` or node affinity asks for."
        ],
        "node(s) were unschedulable" => text![count(nodes as i64, "node"), " ", is(nodes as i64), " cordoned."],
        "node(s) didn't satisfy plugin(s) [NodeAffinity]" => {
            text!["The pod may go to one node only; the other ", nodes, " do not come into question."]
        }
        "node(s) didn't have free ports for the requested pod ports" => {
            text![nodes_have, " a pod on the same host port already: see `hostPort`."]
        }
        "pod has unbound immediate PersistentVolumeClaims" => text![
            "A claim of the pod has no volume yet. With `volumeBindingMode: Immediate` the volume comes first and the node \
             after it."
        ],
        "node(s) didn't match PersistentVolume's node affinity" => text![
            "The pod's volume is out of reach of ",
            count(nodes as i64, "node"),
            ": a bound volume keeps its pod where the data is."
        ],
        "node(s) didn't find available persistent volumes to bind" => {
            text!["No free volume within reach of ", count(nodes as i64, "node"), " fits the claim."]
        }
        "Too many pods" => text![nodes_have, " as many pods as it takes."],
        _ if refusal.starts_with("Insufficient ") => {
            text![nodes_have, " too little left: the sum of `resources.requests` counts, not what the pods really use."]
        }
        _ if refusal.ends_with("not found") && refusal.starts_with("persistentvolumeclaim") => {
            text!["The pod names a claim that does not exist."]
        }
        _ if refusal.ends_with("is being deleted") => text!["The pod's claim is being deleted."],
        _ => return None,
    })
}

pub(super) fn waiting(reason: &SchedulerReason) -> Option<Text> {
    match reason {
        SchedulerReason::Unschedulable { pod, refusals, .. } => {
            let most = refusals.iter().rev().max_by_key(|(_, count)| *count);
            let why = most.map(|(refusal, count)| {
                meaning(refusal, *count).unwrap_or_else(|| text![*count, " ", verbatim(refusal), "."])
            });
            Some(text![pod, " for a node. ", why.unwrap_or_else(|| text!["There is none."])])
        }
        SchedulerReason::Bound { .. } | SchedulerReason::NodeChosenForVolumes { .. } => None,
    }
}
