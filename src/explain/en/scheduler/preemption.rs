//! What is said of evictions that make room.

use super::super::words::{count, either, list};
use super::refusal;
use crate::explain::scope::node;
use crate::explain::words::Words;
use crate::explain::{Text, text, verbatim};
use crate::reason::{Criterion, Refused, SchedulerReason};

pub(super) fn words(reason: &SchedulerReason, words: &mut Words) {
    let SchedulerReason::Preempts {
        pod,
        priority,
        node: name,
        message,
        victims,
        violations,
        candidates,
        decided_by,
        refusals,
    } = reason
    else {
        return;
    };
    words.why(text![
        "No node passes every filter, but ",
        pod,
        " has priority ",
        *priority,
        ", and pods of a lower priority may be evicted for it. The scheduler evicts no more of them than it must and spares \
         the most important ones first."
    ]);
    words.why(decision(*decided_by, *candidates, pod, name));
    if *violations > 0 {
        words.why(text![
            "A PodDisruptionBudget would have kept ",
            count(*violations, "victim"),
            ". The scheduler looks for victims that no budget keeps, and takes others where there are none."
        ]);
    } else if let Some(meaning) = Refused::by_count(refusals).first().and_then(|refused| refusal::meaning(refused)) {
        words.why(meaning);
    }
    for victim in victims {
        words.evidence("Victim", text![&victim.pod, ", priority ", victim.priority]);
    }
    words.evidence("Message", text![verbatim(message)]);
    words.next(text![
        list(victims.iter().map(|victim| &victim.pod)),
        either(victims.len(), " stops", " stop"),
        " within the grace period. Until then ",
        pod,
        " waits with ",
        node(name),
        " in `status.nominatedNodeName`; if another node is free earlier, it goes there."
    ]);
}

/// What decided between the nodes on which evictions would help.
fn decision(decided_by: Criterion, candidates: usize, pod: &crate::api::ObjectRef, name: &str) -> Text {
    let nodes = count(candidates, "node");
    match decided_by {
        Criterion::OnlyOne => text!["Only on ", node(name), " do evictions make room for ", pod, "."],
        Criterion::Budgets => text![
            "Evictions would help on ",
            nodes,
            "; on ",
            node(name),
            " they violate the fewest disruption budgets."
        ],
        Criterion::HighestPriority => text![
            "Evictions would help on ",
            nodes,
            "; on ",
            node(name),
            " the most important victim has the lowest priority."
        ],
        Criterion::PrioritySum => text![
            "Evictions would help on ",
            nodes,
            "; on ",
            node(name),
            " the priorities of the victims have the smallest sum."
        ],
        Criterion::Victims => {
            text!["Evictions would help on ", nodes, "; on ", node(name), " they hit the fewest pods."]
        }
        Criterion::StartTime => text![
            "Evictions would help on ",
            nodes,
            "; on ",
            node(name),
            " the most important victims were started last, so that the least work is lost."
        ],
        Criterion::Name => text![
            "Evictions would help on ",
            nodes,
            ", and nothing tells the best of them apart. Kubernetes takes any; Setwise takes the first by name."
        ],
    }
}

/// Why nobody is evicted, where the message gives a reason of its own.
pub(super) fn why_nobody(message: &str) -> Option<Text> {
    if message.ends_with("not eligible due to preemptionPolicy=Never.") {
        return Some(text!["With `preemptionPolicy: Never` no pod is evicted for it, whatever its priority."]);
    }
    message.ends_with("not eligible due to a terminating pod on the nominated node.").then(|| {
        text!["Pods were evicted for it already and have not stopped yet, so nobody else is evicted meanwhile."]
    })
}
