//! What the DaemonSet controller did or waits for, and what it thinks of nodes.

use super::Words;
use super::words::{count, either, is, list};
use crate::api::{Kind, Object, ObjectRef};
use crate::controllers::daemon_set;
use crate::engine::Step;
use crate::explain::scope::{Scope, node};
use crate::explain::{Piece, Text, code, text};
use crate::reason::{DaemonDeletion, DaemonPodFate, DaemonSetAct, DaemonSetReason, Refusal, Verdict};

/// So many refused nodes are shown as evidence.
const SHOWN: usize = 8;
/// The taint of a cordoned node.
const UNSCHEDULABLE: &str = "node.kubernetes.io/unschedulable";

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
    let recorded = step.changes.iter().find_map(|change| match &change.after {
        Some(Object::DaemonSet(object)) => Some(&object.status),
        _ => None,
    });
    match recorded {
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
                create(&mut words, set, scope, created_on, *desired, *nodes, *surge);
            }
            delete(&mut words, deleted, *surge);
            follows(&mut words, set, created_on, deleted);
            words.evidence("Eligible nodes", text![*desired, " of ", *nodes]);
            refused(&mut words, set, scope);
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
            self::refused(&mut words, set, scope);
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

fn create(
    words: &mut Words,
    set: &ObjectRef,
    scope: Scope<'_>,
    created_on: &[String],
    desired: i32,
    nodes: i32,
    surge: i64,
) {
    let updates = surge > 0 && created_on.iter().any(|name| has_older_pod(set, name, scope));
    if updates {
        words.why(text![
            "A pod of the new template starts beside the old one, so that the node is never without: ",
            code(format!("maxSurge: {surge}")),
            " lets ",
            count(surge, "node"),
            " run two for a while."
        ]);
    } else {
        words.why(text![
            "A DaemonSet keeps one pod on every eligible node: ",
            desired,
            " of ",
            nodes,
            " ",
            is(desired),
            " eligible, and ",
            list(created_on.iter().map(|name| node(name))),
            either(created_on.len(), " had none.", " had none.")
        ]);
    }
    words.why(text![
        "Each pod is made for one node: its affinity names the node, and the scheduler only checks that it fits there."
    ]);
    let cordoned = created_on.iter().filter(|name| {
        let taints = scope.cluster.node(name).map(|node| &node.spec.taints);
        taints.is_some_and(|taints| taints.iter().any(|taint| taint.key == UNSCHEDULABLE))
    });
    let cordoned: Vec<ObjectRef> = cordoned.map(|name| node(name)).collect();
    if !cordoned.is_empty() {
        words.why(text![
            list(&cordoned),
            either(cordoned.len(), " is", " are"),
            " cordoned, but every daemon pod tolerates that: the controller adds the toleration of \
             `node.kubernetes.io/unschedulable` by itself."
        ]);
    }
}

/// Whether a node had a pod of the set before the step.
fn has_older_pod(set: &ObjectRef, name: &str, scope: Scope<'_>) -> bool {
    let Some(set) = scope.daemon_set(set) else { return false };
    let new: Vec<ObjectRef> = (scope.changes(Kind::Pod).filter(|change| change.before.is_none()))
        .filter_map(|change| change.object().map(Object::reference))
        .collect();
    let mut pods = scope
        .cluster
        .pods_on(name)
        .filter(|pod| pod.metadata.controller().is_some_and(|owner| owner.uid == set.metadata.uid));
    pods.any(|pod| !new.iter().any(|made| *made.key.name == pod.metadata.name))
}

fn delete(words: &mut Words, deleted: &[DaemonDeletion], surge: i64) {
    let mut said: Vec<Text> = vec![];
    for deletion in deleted {
        let sentence = fate(deletion, surge);
        if !said.contains(&sentence) {
            said.push(sentence);
        }
    }
    let more = said.len().saturating_sub(3);
    for sentence in said.into_iter().take(3) {
        words.why(sentence);
    }
    if more > 0 {
        words.why(text!["The same holds for ", count(more as i64, "other pod"), ", each on its own node."]);
    }
    if !deleted.is_empty() {
        words.evidence(
            "Deleted",
            list(deleted.iter().map(|deletion| text![&deletion.pod, " on ", node(&deletion.node)])),
        );
    }
}

/// Why a pod is deleted. Fates that depend on no node are one sentence for all pods that share them.
fn fate(deletion: &DaemonDeletion, surge: i64) -> Text {
    match &deletion.fate {
        DaemonPodFate::NodeRefuses(refusal) => {
            text![node(&deletion.node), " may not run a pod of the set any more: ", because(refusal), "."]
        }
        DaemonPodFate::NodeGone => {
            text![node(&deletion.node), " does not exist any more, so the pod that was made for it can run nowhere."]
        }
        DaemonPodFate::Ended => text![
            &deletion.pod,
            " has ended. A DaemonSet deletes such a pod and makes another; if that fails again and again, with pauses that \
             double from 1 s to 15 min."
        ],
        DaemonPodFate::Excess => {
            text![node(&deletion.node), " has more pods of the set than it should: the oldest stays."]
        }
        DaemonPodFate::Outdated if surge > 0 => {
            text!["The template has changed, and `maxSurge` allows another old pod to be replaced."]
        }
        DaemonPodFate::Outdated => text![
            "The template has changed, and `maxUnavailable` allows another node to be without an available pod: the old pod \
             goes first, its replacement follows."
        ],
        DaemonPodFate::OutdatedUnavailable => text![
            &deletion.pod,
            " is of an old revision and was not available anyway, so deleting it costs nothing of the budget."
        ],
        DaemonPodFate::Surpassed => {
            text!["The new pod on ", node(&deletion.node), " is available, so the old one beside it can go."]
        }
    }
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
            " makes a new one on ",
            node(&first.node),
            ": while it is Terminating, it still counts as there."
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
    words.why(match surge {
        false => text![
            "At most ",
            count(budget, "node"),
            " may be without an available pod during an update (`maxUnavailable`), and ",
            either(nodes.len().max(1), "one is", "so many are"),
            "."
        ],
        true => text![
            "At most ",
            count(budget, "node"),
            " may run a new pod beside the old one (`maxSurge`), and ",
            either(nodes.len().max(1), "one does", "so many do"),
            "."
        ],
    });
    let mut broken = nodes.iter().filter_map(|name| {
        let pods = scope.cluster.pods_on(name);
        let uid = scope.daemon_set(set).map(|set| set.metadata.uid);
        let mut own = pods.filter(|pod| pod.metadata.controller().map(|owner| owner.uid) == uid);
        own.find_map(|pod| pod.waiting_reason().map(str::to_owned)).map(|reason| (name, reason))
    });
    if let Some((name, reason)) = broken.next() {
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
    words.next(text!["When a new pod is available, the next node gets its update, by name."]);
}

/// The nodes that the set refuses, each with its reason.
fn refused(words: &mut Words, set: &ObjectRef, scope: Scope<'_>) {
    let Some(set) = scope.daemon_set(set) else { return };
    let refusals = scope.cluster.nodes.iter().filter_map(|node| match daemon_set::verdict(&set, node) {
        Verdict::Runs { .. } => None,
        Verdict::Keeps(refusal) | Verdict::Refuses(refusal) => Some((&node.metadata.name, refusal)),
    });
    let mut refusals: Vec<_> = refusals.collect();
    let more = refusals.len().saturating_sub(SHOWN);
    refusals.truncate(SHOWN);
    for (name, refusal) in &refusals {
        words.evidence("Refused", text![node(name), ": ", because(refusal)]);
    }
    if more > 0 {
        words.evidence("Refused", text![count(more as i64, "more node")]);
    }
}

/// What keeps a pod off a node.
fn because(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::NodeName(name) => text!["the template names the node ", node(name)],
        Refusal::NodeSelector { key, wanted, found: Some(found) } => {
            text!["the selector asks for ", code(format!("{key}={wanted}")), ", and the node has ", label(key, found)]
        }
        Refusal::NodeSelector { key, wanted, found: None } => {
            text!["the selector asks for ", code(format!("{key}={wanted}")), ", and the node has no such label"]
        }
        Refusal::NodeAffinity => text!["no term of the required node affinity matches"],
        Refusal::Taint(taint) => text!["the taint ", code(taint), " is not tolerated"],
    }
}

fn label(key: &str, value: &str) -> Piece {
    code(format!("{key}={value}"))
}

/// `placed`, or `refused:` with the reason.
pub(in crate::explain) fn verdict(verdict: &Verdict) -> Text {
    match verdict {
        Verdict::Runs { tolerated } => {
            let added = tolerated.iter().find(|(_, _, added)| *added);
            text!["placed", added.map(|(taint, _, _)| text!["; ", code(&taint.key), " is tolerated automatically"])]
        }
        Verdict::Keeps(refusal) => text!["starts no pod: ", because(refusal), "; one that is there stays"],
        Verdict::Refuses(refusal) => text!["refused: ", because(refusal)],
    }
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
