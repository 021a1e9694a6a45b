//! What a DaemonSet thinks of nodes.

use crate::api::ObjectRef;
use crate::explain::en::words::count;
use crate::explain::facts::daemon_set::refusals;
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{Refusal, Verdict};

/// The nodes that the set refuses, each with its reason.
pub(super) fn refused(words: &mut Words, set: &ObjectRef, scope: Scope<'_>) {
    let (refusals, more) = refusals(set, scope);
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
