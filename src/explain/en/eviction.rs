//! Evictions, drains and loads: what `kubectl drain` and a load generator asked for.

use super::words::{count, is, list};
use crate::api::ObjectRef;
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{EvictionGrant, EvictionRefusal};

pub(super) fn evicted_headline(pod: &ObjectRef, draining: Option<&ObjectRef>) -> Text {
    match draining {
        None => text!["You evict ", pod],
        Some(node) => text![pod, " is evicted, as ", node, " is drained"],
    }
}

pub(super) fn evicted(words: &mut Words, pod: &ObjectRef, grant: &EvictionGrant, draining: Option<&ObjectRef>) {
    match grant {
        EvictionGrant::NoBudget => {
            words.why(text![
                "An eviction is a deletion that asks first. No PodDisruptionBudget selects ",
                pod,
                ", so it goes."
            ]);
        }
        EvictionGrant::NotRunning => {
            words.why(text![
                "A pod that is pending, has ended or is going already serves nobody, so no budget is asked: ",
                pod,
                " goes."
            ]);
        }
        EvictionGrant::Unhealthy { budget, always: true } => {
            words.why(text![
                pod,
                " is not Ready, and with `unhealthyPodEvictionPolicy: AlwaysAllow` ",
                budget,
                " lets such a pod go in any case."
            ]);
        }
        EvictionGrant::Unhealthy { budget, always: false } => {
            words.why(text![
                pod,
                " is not Ready, so it does not count as healthy, and ",
                budget,
                " has as many healthy pods as it needs without it."
            ]);
        }
        EvictionGrant::Allowed { budget, left } => {
            words
                .why(text![
                    budget,
                    " allows a disruption. The API server takes one off its number at once, so that a second eviction cannot slip \
                     through before the controller has counted."
                ])
                .evidence("Allowed disruptions left", text![*left]);
        }
    }
    if let Some(node) = draining {
        words.evidence("Drained node", text![node]);
    }
    words.next(text![
        "The pod gets the condition `DisruptionTarget` and its grace period, as in any deletion. Its controller makes another \
         one elsewhere."
    ]);
}

pub(super) fn refused_headline(pod: &ObjectRef, refusal: &EvictionRefusal) -> Text {
    match refusal.budget() {
        Some(budget) => text!["The eviction of ", pod, " is refused by ", budget],
        None => text!["The eviction of ", pod, " is refused"],
    }
}

pub(super) fn refused(words: &mut Words, pod: &ObjectRef, refusal: &EvictionRefusal, draining: Option<&ObjectRef>) {
    words.why(match (refusal.budget(), refusal.may_retry) {
        (Some(budget), true) => text![
            "Evicting ",
            pod,
            " would leave fewer healthy pods than ",
            budget,
            " asks for. The API server answers 429, too many requests: perhaps later."
        ],
        (Some(budget), false) => text![budget, " cannot be used for evictions as it is."],
        (None, _) => text![
            list(&refusal.budgets),
            " select the same pod. The eviction API cannot ask two budgets at once and gives up: only one budget may select a pod."
        ],
    });
    words.evidence("Message", text![verbatim(&refusal.message)]);
    if !refusal.cause.is_empty() {
        words.evidence("Cause", text![verbatim(&refusal.cause)]);
    }
    words.next(match (draining, refusal.may_retry) {
        (Some(node), true) => {
            text!["The drain of ", node, " tries again in 5 s, and again, until the budget allows it."]
        }
        (Some(node), false) => text!["The drain of ", node, " goes on with its other pods and fails in the end."],
        (None, true) => text![
            "Nothing has changed. When another pod is Ready, it can be tried again; a plain deletion does not ask."
        ],
        (None, false) => text!["Nothing has changed."],
    });
}

pub(super) fn drain_started(words: &mut Words, node: &ObjectRef, pods: &[ObjectRef], warnings: &[String]) {
    words.why(match pods {
        [] => text!["No pod has to leave ", node, "."],
        _ => text![
            "`kubectl drain` cordons ",
            node,
            " and asks for the eviction of each pod there. Pods of DaemonSets are left out: their controller would put them back."
        ],
    });
    for warning in warnings {
        words.evidence("Warning", text![verbatim(warning)]);
    }
    if !pods.is_empty() {
        words.evidence("To evict", list(pods));
        words.next(text!["Budgets decide how many go at once. The drain waits until the last one is gone."]);
    }
}

pub(super) fn drain_ended_headline(node: &ObjectRef, left: &[ObjectRef]) -> Text {
    match left {
        [] => text![node, " is drained"],
        _ => text!["The drain of ", node, " ends with ", count(left.len(), "pod"), " left"],
    }
}

pub(super) fn drain_ended(words: &mut Words, node: &ObjectRef, gone: usize, left: &[ObjectRef]) {
    if left.is_empty() {
        words
            .why(text!["Every pod that had to go is gone, and ", node, " stays cordoned. It can be serviced now."])
            .next(text!["Uncordon it when it is to take pods again. The pods do not come back by themselves."]);
    } else {
        words
            .why(text![
                list(left),
                " ",
                is(left.len()),
                " still on ",
                node,
                ": its time is over, or the API server cannot evict at all."
            ])
            .next(text!["The node stays cordoned. Mend the budget or wait for healthy pods, and drain again."]);
    }
    words.evidence("Pods gone", text![gone]);
}

pub(super) fn load_headline(measured: &str, of: Option<&str>, amount: Option<&str>) -> Text {
    let measured = text![code(measured), of.map(|of| text![" of ", code(of)])];
    match amount {
        Some(amount) => text!["You set ", measured, " to ", code(amount)],
        None => text!["You stop reporting ", measured],
    }
}

pub(super) fn load(words: &mut Words, amount: Option<&str>, shared: bool) {
    words.why(match (amount, shared) {
        (None, _) => text!["Nobody reports this any more, as if the metrics server were gone."],
        (Some(_), true) => text![
            "This plays the work that arrives: the pods that are Ready share it evenly, so that more pods mean less for each."
        ],
        (Some(_), false) => text!["This plays what is measured: it stays so, however many pods there are."],
    });
    words.next(text!["Autoscalers see it at their next evaluation, which comes every 15 s."]);
}
