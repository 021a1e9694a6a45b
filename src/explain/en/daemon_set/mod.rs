//! What the DaemonSet controller did or waits for, and what it thinks of nodes.

mod create;
mod delete;
mod nodes;

pub(super) use nodes::because as refused;
pub(in crate::explain) use nodes::verdict;

use super::words::{count, either, is, list};
use crate::api::ObjectRef;
use crate::engine::Step;
use crate::explain::facts::daemon_set as facts;
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{DaemonDeletion, DaemonPodFate, DaemonSetAct, DaemonSetReason};

pub(super) fn headline(reason: &DaemonSetReason, step: &Step) -> Text {
    let set = &reason.set;
    match &reason.act {
        DaemonSetAct::Manage { created_on, deleted, .. } => match (created_on.as_slice(), deleted.as_slice()) {
            ([], []) => text![set, " looks after its pods"],
            ([name], []) => text![set, " gets a pod on ", node(name)],
            (names, []) => text![set, " gets a pod on each of ", names.len(), " nodes"],
            ([], [deletion]) => text![&deletion.pod, " on ", node(&deletion.node), " is deleted"],
            ([], deletions) => text![set, " deletes ", deletions.len(), " pods"],
            (names, deletions) => {
                text![set, " creates ", count(names.len() as i64, "pod"), " and deletes ", deletions.len()]
            }
        },
        DaemonSetAct::WaitForAvailable { nodes, .. } => match nodes.as_slice() {
            [] => text![set, " waits to go on with its update"],
            [name] => text![set, " waits for its pod on ", node(name), " to be available"],
            names => text![set, " waits for its pods on ", names.len(), " nodes to be available"],
        },
        DaemonSetAct::WaitForManualDelete { outdated } => {
            text![set, " waits for you to delete ", count(*outdated, "old pod")]
        }
        DaemonSetAct::WaitForReady { nodes } => match nodes.as_slice() {
            [name] => text![set, " waits for its pod on ", node(name), " to be ready"],
            names => text![set, " waits for its pods on ", names.len(), " nodes to be ready"],
        },
        DaemonSetAct::Settled { desired: 0, .. } => text![set, " finds no eligible node"],
        DaemonSetAct::Settled { desired: 1, .. } => text![set, " is settled: its one eligible node runs a pod"],
        DaemonSetAct::Settled { desired, .. } => text![set, " is settled: all ", *desired, " eligible nodes run a pod"],
        DaemonSetAct::BeingDeleted => text![set, " is being deleted and manages no pods any more"],
        DaemonSetAct::RecordStatus => bookkeeping(set, step),
    }
}

/// What a sync that decided nothing wrote.
fn bookkeeping(set: &ObjectRef, step: &Step) -> Text {
    match facts::recorded(step) {
        Some(status) => {
            text![
                set,
                " records ",
                status.number_ready,
                " of ",
                status.desired_number_scheduled,
                " ready in its status"
            ]
        }
        None => text![set, " brings its records up to date"],
    }
}

pub(super) fn words(reason: &DaemonSetReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let set = &reason.set;
    match &reason.act {
        DaemonSetAct::Manage { created_on, deleted, desired, nodes, surge } => {
            if !created_on.is_empty() {
                create::on_nodes(&mut words, set, scope, created_on, *desired, *nodes, *surge);
            }
            delete::fates(&mut words, deleted, *surge);
            follows(&mut words, set, created_on, deleted);
            words.evidence("Eligible nodes", text![*desired, " of ", *nodes]);
            let refuses = |deletion: &DaemonDeletion| matches!(deletion.fate, DaemonPodFate::NodeRefuses(_));
            if !created_on.is_empty() || deleted.iter().any(refuses) {
                nodes::refused(&mut words, set, scope);
            }
        }
        DaemonSetAct::WaitForAvailable { nodes, budget, surge, outdated } => {
            wait_for_available(&mut words, set, scope, nodes, *budget, *surge, *outdated);
        }
        DaemonSetAct::WaitForManualDelete { outdated } => {
            words
                .why(text![
                    "The template has changed, but with `updateStrategy.type: OnDelete` the controller never deletes a pod \
                     to update it. ",
                    count(*outdated, "pod"),
                    either(usize::from(*outdated != 1) + 1, " stays", " stay"),
                    " at the old revision until you act."
                ])
                .next(text!["Delete an old pod, and its node gets one from the new template."])
                .evidence("Old pods", text![*outdated]);
        }
        DaemonSetAct::WaitForReady { nodes } => {
            words
                .why(text![
                    "Every eligible node has its pod. ",
                    either(nodes.len(), "The one on ", "Those on "),
                    list(nodes.iter().map(|name| node(name))),
                    either(nodes.len(), " is not available yet.", " are not available yet.")
                ])
                .why(text![
                    "A DaemonSet does not replace a pod because it is not Ready, and while a pod is Terminating its node gets \
                     no other."
                ])
                .next(text!["When ", either(nodes.len(), "it is", "they are"), " available, ", set, " is settled."]);
        }
        DaemonSetAct::Settled { desired, refused: refusing } => {
            words.why(match desired {
                0 => text!["No node may run a pod of the set, so there is nothing to do."],
                _ => text!["Each eligible node has an available pod of the present template. There is nothing to do."],
            });
            if *refusing > 0 {
                words.why(text![
                    count(*refusing, "node"),
                    " ",
                    is(*refusing),
                    " not eligible: selector, affinity or taints keep the set away."
                ]);
            }
            words.evidence("Eligible nodes", text![*desired, " of ", desired.saturating_add(*refusing)]).next(text![
                "A node that joins, or whose labels or taints change, wakes ",
                set,
                " again."
            ]);
            nodes::refused(&mut words, set, scope);
        }
        DaemonSetAct::BeingDeleted if scope.is_orphaning(set) => {
            words
                .why(text!["The set is deleted without its pods: it only waits until they have lost their owner."])
                .next(text!["The pods run on without an owner."]);
        }
        DaemonSetAct::BeingDeleted => {
            words
                .why(text![
                    "A DaemonSet that is being deleted creates and deletes no pod itself: garbage collection deletes what it \
                     owns."
                ])
                .next(text!["Its pods go from all nodes at once."]);
        }
        DaemonSetAct::RecordStatus => {
            words.why(text![
                "The controller counts nodes and pods at the end of each sync and writes what has changed. This is \
                 bookkeeping: it decides nothing."
            ]);
            if let Some(set) = scope.daemon_set(set) {
                let status = &set.status;
                words
                    .evidence("Ready", text![status.number_ready, " of ", status.desired_number_scheduled])
                    .evidence("Available", text![status.number_available, " of ", status.desired_number_scheduled])
                    .evidence(
                        "Up to date",
                        text![status.updated_number_scheduled, " of ", status.desired_number_scheduled],
                    );
            }
        }
    }
    if let Some(revision) = &reason.new_revision {
        words.why(text!["The template is new to ", set, ", so it is recorded as ", code(revision), "."]);
    }
    words
}

fn follows(words: &mut Words, set: &ObjectRef, created_on: &[String], deleted: &[DaemonDeletion]) {
    if !created_on.is_empty() {
        words.next(match created_on {
            [name] => text!["The scheduler binds the pod to ", node(name), ", and the kubelet there starts it."],
            _ => text!["The scheduler binds each pod to its node, and the kubelets there start them."],
        });
        return;
    }
    let Some(first) = deleted.first() else { return };
    words.next(match &first.fate {
        DaemonPodFate::NodeRefuses(_) | DaemonPodFate::NodeGone => text!["Nothing comes in its place."],
        DaemonPodFate::Excess | DaemonPodFate::Surpassed => {
            text![node(&first.node), " is left with one pod of ", set, "."]
        }
        DaemonPodFate::Ended | DaemonPodFate::Outdated | DaemonPodFate::OutdatedUnavailable => text![
            "When the old pod is gone, ",
            set,
            " makes a new one on its node: while it is Terminating, it still counts as there."
        ],
    });
}

fn wait_for_available(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    nodes: &[String],
    budget: i64,
    surge: bool,
    outdated: i32,
) {
    let now = (!nodes.is_empty()).then(|| {
        text!["; now ", either(nodes.len(), "that is ", "these are "), list(nodes.iter().map(|name| node(name)))]
    });
    let limit = if surge {
        " may run a new pod beside the old one during an update (`maxSurge`)"
    } else {
        " may be without an available pod during an update (`maxUnavailable`)"
    };
    words.why(text!["At most ", count(budget, "node"), limit, now, "."]);
    if let Some((name, reason)) = facts::broken(set, nodes, scope) {
        words.why(text![
            "The pod on ",
            node(name),
            " waits with ",
            code(reason),
            ". Correct the template, and it is replaced at once: a pod that is not available costs no budget."
        ]);
    }
    if !nodes.is_empty() {
        words.evidence("Not available on", list(nodes.iter().map(|name| node(name))));
    }
    words.evidence("Budget", text![count(budget, "node")]).evidence("Old pods left", text![outdated]);
    words.next(text!["When a new pod is available, the next node gets its update: in Setwise by name, in Kubernetes in no fixed order."]);
}

pub(super) fn waiting(reason: &DaemonSetReason) -> Option<Text> {
    let set = &reason.set;
    let on = |nodes: &[String]| match nodes {
        [] => text!["a pod"],
        nodes => text![either(nodes.len(), "its pod on ", "its pods on "), list(nodes.iter().map(|name| node(name)))],
    };
    Some(match &reason.act {
        DaemonSetAct::WaitForAvailable { nodes, budget, surge, .. } => {
            let budget = count(*budget, "node");
            let field = if *surge { " at a time may run two pods." } else { " at a time may be without." };
            text![set, " for ", on(nodes), " to be available. ", budget, field]
        }
        DaemonSetAct::WaitForManualDelete { outdated } => {
            text![set, " for you to delete ", count(*outdated, "old pod"), ". `OnDelete` updates no pod by itself."]
        }
        DaemonSetAct::WaitForReady { nodes } => text![set, " for ", on(nodes), " to be available."],
        DaemonSetAct::Manage { .. }
        | DaemonSetAct::Settled { .. }
        | DaemonSetAct::BeingDeleted
        | DaemonSetAct::RecordStatus => return None,
    })
}
