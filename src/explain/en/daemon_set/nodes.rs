//! What a DaemonSet thinks of nodes.

use crate::api::ObjectRef;
use crate::controllers::daemon_set;
use crate::explain::en::Words;
use crate::explain::en::words::count;
use crate::explain::scope::{Scope, node};
use crate::explain::{Text, code, text};
use crate::reason::{Refusal, Verdict};

/// So many refused nodes are shown as evidence.
const SHOWN: usize = 8;

/// The nodes that the set refuses, each with its reason.
pub(super) fn refused(words: &mut Words, set: &ObjectRef, scope: Scope<'_>) {
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
pub(in crate::explain::en) fn because(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::NodeName(name) => text!["the template names the node ", node(name)],
        Refusal::NodeSelector { key, wanted, found: Some(found) } => {
            text![
                "the selector asks for ",
                code(format!("{key}={wanted}")),
                ", and the node has ",
                code(format!("{key}={found}"))
            ]
        }
        Refusal::NodeSelector { key, wanted, found: None } => {
            text!["the selector asks for ", code(format!("{key}={wanted}")), ", and the node has no such label"]
        }
        Refusal::NodeAffinity => text!["no term of the required node affinity matches"],
        Refusal::Taint(taint) => text!["the taint ", code(taint), " is not tolerated"],
    }
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
