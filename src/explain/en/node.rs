//! What was done to a node, or to a pod because of its node.

use super::Words;
use super::words::seconds;
use crate::explain::scope::{Scope, Workload, node};
use crate::explain::{Text, code, text};
use crate::reason::NodeReason;

pub(super) fn headline(reason: &NodeReason) -> Text {
    match reason {
        NodeReason::UnschedulableTaint { node, added: true } => text![node, " gets the taint of a cordoned node"],
        NodeReason::UnschedulableTaint { node, added: false } => text![node, " loses the taint of a cordoned node"],
        NodeReason::TaintEviction { pod, node: name, .. } => text![pod, " is evicted from ", node(name)],
    }
}

pub(super) fn words(reason: &NodeReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        NodeReason::UnschedulableTaint { node, added: true } => {
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
        }
        NodeReason::UnschedulableTaint { node, added: false } => {
            words
                .why(text![
                    node,
                    " is not cordoned any more, so the taint `node.kubernetes.io/unschedulable` goes as well."
                ])
                .next(text![
                    "The scheduler places pods on ",
                    node,
                    " again. Pods that run elsewhere do not come back."
                ]);
        }
        NodeReason::TaintEviction { pod, node: name, taint, tolerated_seconds } => {
            words.why(match tolerated_seconds {
                None => text![
                    "The taint ",
                    code(taint),
                    " drives pods away that do not tolerate it, and ",
                    pod,
                    " does not."
                ],
                Some(tolerated) => text![
                    pod,
                    " tolerates the taint ",
                    code(taint),
                    " for ",
                    seconds(*tolerated),
                    ", and that time is over."
                ],
            });
            words.evidence("Taint", text![code(taint)]).evidence("Node", text![node(name)]);
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
                Some(Workload::DaemonSet(set)) => text![
                    crate::api::Resource::reference(&*set),
                    " makes another pod only where the taint is tolerated."
                ],
                Some(Workload::ReplicaSet(set, _)) => text![
                    crate::api::Resource::reference(&*set),
                    " makes another pod at once: a terminating one does not count."
                ],
                None => text!["Nobody replaces it: no set controls ", pod, "."],
            });
        }
    }
    words
}
