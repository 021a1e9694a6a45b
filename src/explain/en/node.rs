//! What was done to a node, or to a pod because of its node.

use super::words::{count, list, moment, seconds};
use crate::api::{ObjectRef, Taint, Time};
use crate::explain::scope::{Scope, Workload, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::NodeReason;

pub(super) fn headline(reason: &NodeReason) -> Text {
    match reason {
        NodeReason::UnschedulableTaint { node, added: true } => text![node, " gets the taint of a cordoned node"],
        NodeReason::UnschedulableTaint { node, added: false } => text![node, " loses the taint of a cordoned node"],
        NodeReason::ConditionTaints { node, added, .. } if added.is_empty() => text![node, " takes new pods again"],
        NodeReason::ConditionTaints { node, .. } => text![node, " takes no new pods"],
        NodeReason::Lost { node, never: false, .. } => text![node, " is not heard of any more"],
        NodeReason::Lost { node, never: true, .. } => text![node, " has never been heard of"],
        NodeReason::DrivesAway { node, .. } => text![node, " starts to drive pods away"],
        NodeReason::TaintDelayed { node, .. } => text![node, " waits for its turn to drive pods away"],
        NodeReason::EvictionsHeld { node, .. } => text!["Pods stay on ", node, ": too many nodes are down"],
        NodeReason::EvictionsStopped { node, .. } => text!["Pods stay on ", node, ": all nodes are down"],
        NodeReason::Recovered { node, .. } => text![node, " drives no pods away any more"],
        NodeReason::EvictionPending { pod, due, .. } => text![pod, " is to be evicted at ", moment(*due)],
        NodeReason::EvictionCancelled { pod, .. } => text![pod, " is not to be evicted any more"],
        NodeReason::TaintEviction { pod, node: name, .. } => text![pod, " is evicted from ", node(name)],
    }
}

pub(super) fn words(reason: &NodeReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        NodeReason::UnschedulableTaint { node, added } => cordoned(&mut words, node, *added),
        NodeReason::ConditionTaints { node, added, removed } => conditions(&mut words, node, added, removed),
        NodeReason::Lost { node, last_heartbeat, grace_seconds, never, pods } => {
            lost(&mut words, node, *last_heartbeat, *grace_seconds, *never);
            unready(&mut words, pods);
        }
        NodeReason::DrivesAway { node, taint, swapped } => drives_away(&mut words, node, taint, *swapped),
        NodeReason::TaintDelayed { node, until } => {
            words
                .why(text![
                    "Nodes that fail together are tainted one after the other, one every 10 s in a zone. So a fault of the \
                     network or of the control plane does not empty many nodes at once."
                ])
                .evidence("Turn comes at", text![moment(*until)])
                .next(text!["Then ", node, " gets the NoExecute taint, and the time of its pods begins to run."]);
        }
        NodeReason::EvictionsHeld { node, nodes, not_ready } => {
            words
                .why(text![
                    count(*not_ready, "node"),
                    " of ",
                    *nodes,
                    " in this zone are not Ready. At 55 % or more (and at least 3 nodes) the fault is more likely in the \
                     network than in the nodes, and a zone of 50 nodes or fewer has no room for so many pods anyway."
                ])
                .why(text!["So ", node, " does not get the NoExecute taint, and its pods are not evicted."])
                .evidence("Not Ready", text![*not_ready, " of ", *nodes])
                .next(text!["When enough nodes are Ready again, those that are still down are tainted, one by one."]);
        }
        NodeReason::EvictionsStopped { node, nodes } => {
            words
                .why(text![
                    "None of the ",
                    count(*nodes, "node"),
                    " is Ready. Then the control plane believes that it is itself cut off, and evicts nobody: NoExecute \
                     taints are taken off ",
                    node,
                    " and every other node."
                ])
                .next(text!["When a node is Ready again, those that are still down get the taint, one by one."]);
        }
        NodeReason::Recovered { node, taints } => {
            words
                .why(text![
                    node,
                    " is Ready, so the monitor takes away what drives pods off: ",
                    list(taints.iter().map(|taint| text![code(taint)])),
                    "."
                ])
                .next(text!["Pods that were to be evicted and are still there stay."]);
        }
        NodeReason::EvictionPending { pod, node: name, taint, seconds: tolerated, due } => {
            words
                .why(text![
                    node(name),
                    " has the taint ",
                    code(taint),
                    ", and ",
                    pod,
                    " tolerates it for ",
                    seconds(*tolerated),
                    ". The time runs from now."
                ])
                .evidence("Taint", text![code(taint)])
                .evidence("Tolerated for", text![seconds(*tolerated)])
                .evidence("Eviction due", text![moment(*due)])
                .next(text!["At ", moment(*due), " ", pod, " is evicted, unless the taint goes before."]);
        }
        NodeReason::EvictionCancelled { pod, node: name, tolerated } => {
            words.why(match tolerated {
                false => text![node(name), " has no NoExecute taint any more, so ", pod, " stays."],
                true => text![pod, " tolerates what is left of the NoExecute taints of ", node(name), " for ever."],
            });
        }
        NodeReason::TaintEviction { pod, node: name, taint, tolerated_seconds } => {
            eviction(&mut words, scope, pod, name, taint.as_ref(), *tolerated_seconds);
        }
    }
    words
}

fn cordoned(words: &mut Words, node: &ObjectRef, added: bool) {
    if added {
        words
            .why(text![
                node,
                " is cordoned. The controller says that with the taint `node.kubernetes.io/unschedulable:NoSchedule` too, \
                 because taints are what tolerations answer."
            ])
            .next(text![
                "New pods go elsewhere. Pods that run on ",
                node,
                " stay, and DaemonSet pods still start there: they tolerate this taint automatically."
            ]);
    } else {
        words
            .why(text![
                node,
                " is not cordoned any more, so the taint `node.kubernetes.io/unschedulable` goes as well."
            ])
            .next(text!["The scheduler places pods on ", node, " again. Pods that run elsewhere do not come back."]);
    }
}

fn conditions(words: &mut Words, node: &ObjectRef, added: &[Taint], removed: &[Taint]) {
    let names = |taints: &[Taint]| list(taints.iter().map(|taint| text![code(taint)]));
    words.why(text![
        "The conditions in the status of ",
        node,
        " are put into NoSchedule taints, because taints are what the scheduler looks at and tolerations answer."
    ]);
    if !added.is_empty() {
        words.evidence("Taints added", names(added));
        words.next(text![
            "No pod is placed on ",
            node,
            " that does not tolerate this. Pods that run there stay: NoSchedule drives nobody away. A DaemonSet counts its \
             pod there as misscheduled where it does not tolerate it."
        ]);
    }
    if !removed.is_empty() {
        words.evidence("Taints removed", names(removed));
    }
    if added.is_empty() {
        words.next(text!["The scheduler places pods on ", node, " again, and DaemonSets start theirs."]);
    }
}

fn lost(words: &mut Words, node: &ObjectRef, last_heartbeat: Time, grace: i64, never: bool) {
    if never {
        words.why(text![
            "The Node object was made at ",
            moment(last_heartbeat),
            ", and no kubelet has reported within ",
            seconds(grace),
            "."
        ]);
    } else {
        words
            .why(text![
                "The kubelet renews its Lease every 10 s. The last time was at ",
                moment(last_heartbeat),
                ", and nothing has come for ",
                seconds(grace),
                ". So the conditions of ",
                node,
                " become `Unknown`: nobody knows whether its pods still run."
            ])
            .evidence("Last heard of", text![moment(last_heartbeat)]);
    }
    words.evidence("Grace period", text![seconds(grace)]).next(text![
        node,
        " gets the taint `node.kubernetes.io/unreachable`: at once with NoSchedule, and at the monitor's next look with \
         NoExecute, from which the pods' time begins to run."
    ]);
}

fn unready(words: &mut Words, pods: &[ObjectRef]) {
    if pods.is_empty() {
        return;
    }
    words
        .why(text![
            "Until something is known, its pods count as not Ready, so that Services send them nothing. Nobody replaces a pod \
             for that alone."
        ])
        .evidence("Not Ready now", list(pods));
}

fn drives_away(words: &mut Words, node: &ObjectRef, taint: &Taint, swapped: bool) {
    words.why(text![
        node,
        " is not Ready, so it gets ",
        code(taint),
        ". NoExecute also concerns pods that are there: each may stay for as long as it tolerates the taint, 300 s unless it \
         says otherwise."
    ]);
    if swapped {
        words.why(text![
            "The taint takes the place of its counterpart, as the node went from one state to the other. The time of the pods \
             goes on as it was."
        ]);
    }
    words.evidence("Taint", text![code(taint)]).next(text![
        "DaemonSet pods tolerate it for ever and stay. The others are evicted when their time is over, unless ",
        node,
        " is Ready before."
    ]);
}

fn eviction(
    words: &mut Words,
    scope: Scope<'_>,
    pod: &ObjectRef,
    name: &str,
    taint: Option<&Taint>,
    tolerated_seconds: Option<i64>,
) {
    words.why(match (taint, tolerated_seconds) {
        (None, _) => text![
            "The eviction was planned when ",
            node(name),
            " had a NoExecute taint. The Node object is gone since, and nothing cancels the plan."
        ],
        (Some(taint), None) => {
            text!["The taint ", code(taint), " drives pods away that do not tolerate it, and ", pod, " does not."]
        }
        (Some(taint), Some(tolerated)) => {
            text![pod, " tolerates the taint ", code(taint), " for ", seconds(tolerated), ", and that time is over."]
        }
    });
    if let Some(taint) = taint {
        words.evidence("Taint", text![code(taint)]);
    }
    words.evidence("Node", text![node(name)]);
    if let Some(unreachable) = scope.unreachable_node(pod) {
        words.why(text![
            "The kubelet of ",
            node(&unreachable),
            " does not answer, so ",
            pod,
            " stays Terminating: nobody can confirm that it has stopped."
        ]);
    }
    let owner = scope.pod(pod).and_then(|pod| scope.workload_of(&pod));
    words.next(match owner {
        Some(Workload::StatefulSet(set)) => text![
            crate::api::Resource::reference(&*set),
            " creates ",
            pod,
            " again, but only when the old one is gone."
        ],
        Some(Workload::DaemonSet(set)) => {
            text![crate::api::Resource::reference(&*set), " makes another pod only where the taint is tolerated."]
        }
        Some(Workload::ReplicaSet(set, _)) => text![
            crate::api::Resource::reference(&*set),
            " makes another pod at once: a terminating one does not count."
        ],
        None => text!["Nobody replaces it: no set controls ", pod, "."],
    });
}

pub(super) fn waiting(reason: &NodeReason) -> Option<Text> {
    Some(match reason {
        NodeReason::TaintDelayed { node, until } => {
            text![node, " for its turn to drive pods away, at ", moment(*until), "."]
        }
        NodeReason::EvictionsHeld { node, not_ready, nodes } => text![
            node,
            " for other nodes to come back: ",
            *not_ready,
            " of ",
            *nodes,
            " are down, so nobody is evicted."
        ],
        NodeReason::EvictionsStopped { node, .. } => {
            text![node, " for any node to be Ready: all are down, so nobody is evicted."]
        }
        NodeReason::EvictionPending { pod, node: name, taint, due, .. } => text![
            pod,
            " for its eviction from ",
            node(name),
            " at ",
            moment(*due),
            ": it tolerates ",
            code(&taint.key),
            " until then."
        ],
        NodeReason::EvictionCancelled { .. }
        | NodeReason::UnschedulableTaint { .. }
        | NodeReason::ConditionTaints { .. }
        | NodeReason::Lost { .. }
        | NodeReason::DrivesAway { .. }
        | NodeReason::Recovered { .. }
        | NodeReason::TaintEviction { .. } => return None,
    })
}
