//! What the EndpointSlice controller did.

use super::words::{count, either, list};
use crate::api::{ObjectRef, Service};
use crate::explain::facts::endpoints::{by_withdrawal, own_names};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{Departure, EndpointsAct, EndpointsReason, LabelMiss, Withdrawal};

/// So many names in DNS are shown.
const SHOWN: usize = 3;

pub(super) fn headline(reason: &EndpointsReason) -> Text {
    let service = &reason.service;
    match &reason.act {
        EndpointsAct::Publish { entered, left, .. } => {
            let left: Vec<&ObjectRef> = left.iter().map(|departure| &departure.pod).collect();
            match (entered.is_empty(), left.is_empty()) {
                (_, true) => text!["Service ", service, " publishes ", some(entered)],
                (true, false) => text!["Service ", service, " withdraws ", some(left)],
                (false, false) => {
                    text!["Service ", service, " publishes ", some(entered), ", withdraws ", some(left)]
                }
            }
        }
        EndpointsAct::NoAddressYet { .. } => text!["Service ", service, " has no endpoints yet"],
        EndpointsAct::SelectsNothing { .. } => text!["Service ", service, " selects no pods"],
        EndpointsAct::RecordStatus => text!["The endpoints of Service ", service, " are recorded"],
    }
}

/// The pod, or how many there are.
fn some<'a>(pods: impl IntoIterator<Item = &'a ObjectRef>) -> Text {
    let pods: Vec<&ObjectRef> = pods.into_iter().collect();
    match pods.as_slice() {
        [pod] => text![*pod],
        pods => count(pods.len() as i64, "pod"),
    }
}

pub(super) fn words(reason: &EndpointsReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    let service = scope.cluster.services.get(&reason.service.key);
    match &reason.act {
        EndpointsAct::Publish { entered, left, ready, listed } => {
            if !entered.is_empty() {
                publish(&mut words, reason, entered, service.map(|service| &**service), scope);
            }
            withdraw(&mut words, left);
            words.evidence("Published", text![*ready, " of ", *listed, " listed"]);
            if *ready == 0 {
                words.next(text!["No pod is left that could answer: connections to ", &reason.service, " fail."]);
            }
        }
        EndpointsAct::NoAddressYet { expected } => {
            words.why(text![
                "A Service lists the pods that its selector picks, once they have an address. The pods of ",
                list(expected),
                " will match; none has an address yet."
            ]);
            words.next(text!["Each pod is published as soon as it is Ready."]);
        }
        EndpointsAct::SelectsNothing { selector, closest } => nothing(&mut words, selector, closest.as_ref()),
        EndpointsAct::RecordStatus => {
            words.why(text![
                "The slices of ",
                &reason.service,
                " are brought up to date. Which pods get traffic does not change: pods that are not Ready, or are about \
                 to go, are listed without being published."
            ]);
        }
    }
    words
}

fn publish(
    words: &mut Words,
    reason: &EndpointsReason,
    entered: &[ObjectRef],
    service: Option<&Service>,
    scope: Scope<'_>,
) {
    let whatever = service.is_some_and(|service| service.spec.publish_not_ready_addresses == Some(true));
    let number = entered.len();
    words.why(if whatever {
        text![
            list(entered),
            either(number, " has an address", " have addresses"),
            ", and ",
            code("publishNotReadyAddresses: true"),
            " publishes it whether the pod is Ready or not."
        ]
    } else {
        text![
            list(entered),
            either(number, " is", " are"),
            " Ready and selected by ",
            &reason.service,
            ", so traffic for the Service goes there too."
        ]
    });
    let Some(service) = service.filter(|service| service.is_headless()) else { return };
    let names = own_names(service, entered, scope);
    let more = names.len().saturating_sub(SHOWN);
    for name in names.iter().take(SHOWN) {
        words.evidence("New DNS record", text![code(name)]);
    }
    if more > 0 {
        words.evidence("New DNS record", text![more, " more"]);
    }
    if !names.is_empty() {
        words.next(text![
            "DNS answers with ",
            either(number, "its address", "their addresses"),
            " from now on. A client that asked before may have to wait until its resolver asks again."
        ]);
    }
}

fn withdraw(words: &mut Words, left: &[Departure]) {
    for (why, pods) in by_withdrawal(left) {
        let (number, pods) = (pods.len(), list(pods));
        let is = either(number, " is", " are");
        words.why(match why {
            Withdrawal::Terminating => text![
                pods,
                is,
                " terminating: no new traffic goes there, even while the containers still run to finish what they do."
            ],
            Withdrawal::NotReady => text![
                pods,
                is,
                " not Ready, so no traffic goes there. The slice keeps the ",
                either(number, "address", "addresses"),
                " with `ready: false` until the readiness comes back."
            ],
            Withdrawal::Ended => text![pods, either(number, " has", " have"), " ended and answers no more."],
            Withdrawal::Unselected => {
                text!["The labels of ", pods, " do not match the selector any more, so the Service lets go of the pod."]
            }
            Withdrawal::Gone => text![pods, either(number, " does", " do"), " not exist any more."],
        });
    }
}

fn nothing(words: &mut Words, selector: &[(String, String)], closest: Option<&(ObjectRef, Vec<LabelMiss>)>) {
    let asked = list(selector.iter().map(|(key, value)| code(format!("{key}={value}"))));
    words.why(text!["The selector asks for pods with ", asked, ". No pod of the namespace has that, and no template."]);
    if let Some((object, misses)) = closest {
        words.why(text!["The closest are the labels of ", object, ": ", list(misses.iter().map(miss)), "."]);
    }
    words.next(text![
        "The Service stays without endpoints: connections to it fail. Kubernetes reports no error for this."
    ]);
}

fn miss(miss: &LabelMiss) -> Text {
    match &miss.found {
        Some(found) => text![code(&miss.key), " is ", code(found), ", not ", code(&miss.wanted)],
        None => text![code(format!("{}={}", miss.key, miss.wanted)), " is missing"],
    }
}

/// Who waits for what, in one line; none where it does not wait.
pub(super) fn waiting(reason: &EndpointsReason) -> Option<Text> {
    match &reason.act {
        EndpointsAct::NoAddressYet { expected } => {
            Some(text!["Service ", &reason.service, " for a Ready pod of ", list(expected), "."])
        }
        EndpointsAct::SelectsNothing { selector, .. } => Some(text![
            "Service ",
            &reason.service,
            " for a pod with ",
            list(selector.iter().map(|(key, value)| code(format!("{key}={value}")))),
            "."
        ]),
        EndpointsAct::Publish { .. } | EndpointsAct::RecordStatus => None,
    }
}
