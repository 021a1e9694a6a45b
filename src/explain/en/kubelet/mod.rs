//! What the kubelet of a node did with a pod.

mod containers;

use super::process;
use super::words::{count, either, list, seconds};
use crate::api::{ObjectRef, Resource};
use crate::explain::facts::kubelet::{self as facts, AfterReady, claims_of, owner};
use crate::explain::scope::{Scope, Workload, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::KubeletReason;

pub(super) fn headline(reason: &KubeletReason) -> Text {
    match reason {
        KubeletReason::Accepted { pod, node: name } => text![node(name), " starts ", pod],
        KubeletReason::Started { pod, node: name, ready: true, .. } => {
            text![pod, " runs on ", node(name), " and is Ready"]
        }
        KubeletReason::Started { pod, node: name, ready: false, .. } => {
            text![pod, " runs on ", node(name), ", not Ready yet"]
        }
        KubeletReason::BecameReady { pod, .. } => text![pod, " becomes Ready"],
        KubeletReason::BecameUnready { pod, .. } => text![pod, " is not Ready any more"],
        KubeletReason::ImagePullFailed { pod, .. } => text![pod, " cannot start: its image cannot be pulled"],
        KubeletReason::CrashLooping { pod, .. } => text![pod, " crashes again and again"],
        KubeletReason::Ended { pod, succeeded: true, .. } => text![pod, " has ended and succeeded"],
        KubeletReason::Ended { pod, succeeded: false, .. } => text![pod, " has failed"],
        KubeletReason::Stopped { pod, node: name, .. } => text![pod, " has stopped on ", node(name)],
        KubeletReason::Rejected { pod, node: name, .. } => text![node(name), " does not take ", pod],
        KubeletReason::Evicted { pod, node: name, .. } => text![node(name), " evicts ", pod],
        KubeletReason::DeadlineExceeded { pod, .. } => text![pod, " has failed: its time is over"],
        KubeletReason::GatesChanged { pod, ready: true, .. } => text![pod, " becomes Ready: its gates are open"],
        KubeletReason::GatesChanged { pod, ready: false, .. } => text![pod, " is not Ready: a gate is closed"],
        KubeletReason::Container { pod, container, act, .. } => containers::headline(pod, container, act),
        KubeletReason::Removed { pod, .. } => text![pod, " is gone"],
    }
}

pub(super) fn words(reason: &KubeletReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        KubeletReason::Accepted { pod, node: name } => {
            let claims: Vec<ObjectRef> = scope.pod(pod).map(|pod| claims_of(&pod)).unwrap_or_default();
            let bound = match claims.len() {
                0 => None,
                count => Some(either(count, " and its claim is bound", " and its claims are bound")),
            };
            words
                .why(text![
                    "The scheduler bound ",
                    pod,
                    " to ",
                    node(name),
                    bound,
                    ", so the kubelet there mounts its volumes, pulls its images and starts its containers."
                ])
                .next(text!["When all its containers run, ", pod, " is Running."]);
            if !claims.is_empty() {
                words.evidence("Claims", list(claims));
            }
        }
        KubeletReason::Started { pod, node: name, ready, probed } => {
            words.why(match (ready, probed) {
                (true, false) => text![
                    "All containers of ",
                    pod,
                    " run. None has a readiness probe, so the pod counts as Ready at once."
                ],
                (true, true) => text!["All containers of ", pod, " run, and the first readiness check succeeded."],
                (false, true) => text![
                    "All containers of ",
                    pod,
                    " run. Ready is more than Running: `readinessProbe` has to succeed first."
                ],
                (false, false) => {
                    text!["All containers of ", pod, " run, but do not report ready yet. Ready is more than Running."]
                }
            });
            words.evidence("Node", text![node(name)]);
            if let Some(address) = scope.pod(pod).and_then(|pod| pod.status.pod_ip.clone()) {
                words.evidence("Address", text![code(address)]);
            }
            words.next(if *ready {
                after_ready(pod, scope)
            } else {
                match owner(pod, scope) {
                    Some(Workload::StatefulSet(set)) if set.spec.is_ordered() => {
                        text![set.reference(), " goes no further until ", pod, " is Ready."]
                    }
                    Some(_) | None => text![pod, " gets no traffic until it is Ready."],
                }
            });
        }
        KubeletReason::BecameReady { pod, node: name, probed } => {
            words
                .why(match probed {
                    true => text!["The readiness probe of ", pod, " succeeded, so its Ready condition is True."],
                    false => text!["All containers of ", pod, " report ready, so its Ready condition is True."],
                })
                .evidence("Node", text![node(name)])
                .next(after_ready(pod, scope));
        }
        KubeletReason::BecameUnready { pod, node: name } => {
            words
                .why(text![
                    "A container of ",
                    pod,
                    " does not pass its readiness check. The pod runs on: readiness takes it out of its Services, but neither \
                     restarts nor replaces it."
                ])
                .evidence("Node", text![node(name)]);
            let follows = match owner(pod, scope) {
                Some(Workload::StatefulSet(set)) if set.spec.is_ordered() => {
                    text![set.reference(), " creates, deletes and updates no other pod until ", pod, " is Ready again."]
                }
                Some(Workload::StatefulSet(_)) | None => text![pod, " has no traffic until it is Ready again."],
                Some(Workload::DaemonSet(set)) => {
                    text![set.reference(), " counts ", node(name), " as unavailable until ", pod, " is Ready again."]
                }
                Some(workload @ Workload::ReplicaSet(..)) => {
                    text![workload.reference(), " counts it as unavailable, but makes no other in its place."]
                }
            };
            words.next(follows);
        }
        KubeletReason::ImagePullFailed { pod, node: name, image } => {
            words
                .why(text![
                    node(name),
                    " cannot pull ",
                    code(image),
                    ". The kubelet tries again after 10 s, 20 s and so on up to 5 min; meanwhile the container waits with \
                     `ImagePullBackOff`."
                ])
                .why(text![
                    "No container has run, so ",
                    pod,
                    " stays in phase `Pending`. It never becomes `Failed`, and no controller replaces it for this."
                ])
                .evidence("Image", text![code(image)])
                .next(broken(pod, scope));
        }
        KubeletReason::CrashLooping { pod, image, .. } => {
            words
                .why(text![
                    "A container of ",
                    pod,
                    " ends soon after each start. With `restartPolicy: Always` the kubelet starts it again in the same pod: at \
                     once, then after 10 s, 20 s and so on up to 5 min. That pause is `CrashLoopBackOff`."
                ])
                .why(text!["The phase is still `Running`, only not Ready, so no controller replaces the pod for this."])
                .evidence("Image", text![code(image)])
                .next(broken(pod, scope));
        }
        KubeletReason::Ended { pod, succeeded, .. } => {
            let phase = if *succeeded { "`Succeeded`" } else { "`Failed`" };
            words.why(text![
                "The containers of ",
                pod,
                " have ended for good, so its phase is ",
                phase,
                ". That is final: this pod never runs again."
            ]);
            let object = scope.pod(pod);
            if object.as_ref().is_some_and(|pod| pod.spec.restart_policy.as_deref().unwrap_or("Always") == "Always") {
                words.why(text![
                    "With `restartPolicy: Always` a container that merely exits is started again. A pod ends like this when \
                     it is evicted or its node rejects it."
                ]);
            }
            if let Some(reason) = object.and_then(|pod| pod.status.reason.clone()) {
                words.evidence("Reason", text![code(reason)]);
            }
            words.next(after_end(pod, scope));
        }
        KubeletReason::Stopped { pod, node: name, grace_seconds } => {
            words
                .why(text![
                    "Deleting a pod asks its containers to stop (SIGTERM); they have ",
                    seconds(*grace_seconds),
                    " of grace before they are killed. Those of ",
                    pod,
                    " have stopped."
                ])
                .evidence("Node", text![node(name)])
                .evidence("Grace period", text![seconds(*grace_seconds)])
                .next(text!["The kubelet of ", node(name), " removes the pod object, and the name is free."]);
        }
        KubeletReason::Rejected { pod, node: name, reason, message } => {
            words
                .why(text![
                    pod,
                    " was bound to ",
                    node(name),
                    " without the scheduler, or things changed meanwhile. The kubelet looks for itself whether its node can take \
                     a pod, and it cannot take this one."
                ])
                .why(text!["The phase is `Failed`, which is final: it is not tried again, and not on another node either."])
                .evidence("Reason", text![code(reason)])
                .evidence("Message", text![verbatim(message.trim_end())])
                .next(after_end(pod, scope));
        }
        KubeletReason::Evicted { pod, node: name, resource, qos, priority, behind } => {
            words
                .why(text![
                    node(name),
                    " is short of ",
                    process::resource(*resource),
                    ", so its kubelet ends pods to get some back: first those that may use more than they request, among them \
                     those of lower priority, and of these those of the lower class of service."
                ])
                .why(text![
                    pod,
                    " is the first of them. It ends as `Failed` with reason `Evicted`, at once and whatever its disruption \
                     budget says."
                ])
                .evidence("Class of service", text![code(qos)])
                .evidence("Priority", text![*priority])
                .evidence("Behind it", count(*behind, "pod"))
                .next(after_end(pod, scope));
        }
        KubeletReason::DeadlineExceeded { pod, seconds: limit, .. } => {
            words
                .why(text![
                    pod,
                    " may be active for ",
                    seconds(*limit),
                    " (`activeDeadlineSeconds`), counted from when its kubelet took it on. They are over, so its containers are \
                     killed and its phase is `Failed`, reason `DeadlineExceeded`."
                ])
                .next(after_end(pod, scope));
        }
        KubeletReason::GatesChanged { pod, ready, closed, .. } => {
            words.why(match ready {
                true => text![
                    "All containers of ",
                    pod,
                    " are ready, and every condition among its `readinessGates` is True."
                ],
                false => text![
                    "Containers alone do not make ",
                    pod,
                    " Ready: it has `readinessGates`, and each of these conditions has to be True as well."
                ],
            });
            if !closed.is_empty() {
                words.evidence("Closed gates", list(closed.iter().map(code)));
            }
            words.next(match ready {
                true => after_ready(pod, scope),
                false => text!["Whoever is behind the gate has to set its condition."],
            });
        }
        KubeletReason::Container { pod, container, act, .. } => {
            containers::words(&mut words, pod, container, act, scope);
        }
        KubeletReason::Removed { pod, node: name } => {
            words
                .why(text![
                    "Its containers have stopped, so the kubelet of ",
                    node(name),
                    " confirms the deletion, and the object is removed."
                ])
                .next(after_removal(pod, name, scope));
            let claims = scope.pod(pod).map(|pod| claims_of(&pod)).unwrap_or_default();
            if !claims.is_empty() {
                words.evidence("Claims of the pod", list(claims));
            }
        }
    }
    words
}

/// What follows when a pod is Ready.
fn after_ready(pod: &ObjectRef, scope: Scope<'_>) -> Text {
    match owner(pod, scope) {
        Some(Workload::StatefulSet(set)) => {
            let reference = set.reference();
            let AfterReady { has_service, next, min_ready_seconds } = facts::after_ready(&set, pod, scope);
            let record = has_service.then(|| text![pod, " gets its DNS record"]);
            match (record, next, min_ready_seconds) {
                (_, Some(next), Some(wanted)) => {
                    text!["After ", seconds(wanted), " of being Ready it is available, and ", next, " is created."]
                }
                (Some(record), Some(next), _) => text![record, ", and ", next, " is created."],
                (None, Some(next), _) => text![next, " is created."],
                (Some(record), None, _) => text![record, ", and ", reference, " sees that it is there."],
                (None, None, _) => text![reference, " sees that it is there and checks what is left to do."],
            }
        }
        Some(Workload::DaemonSet(set)) => text![set.reference(), " counts its node as served and goes on."],
        Some(Workload::ReplicaSet(set, _)) if set.spec.min_ready_seconds.unwrap_or(0) > 0 => {
            let wanted = set.spec.min_ready_seconds.unwrap_or(0);
            text!["After ", seconds(wanted), " of being Ready it is available and counts for ", set.reference(), "."]
        }
        Some(workload @ Workload::ReplicaSet(..)) => {
            text!["Services that select it send it traffic, and for ", workload.reference(), " it is available."]
        }
        None => text!["Services that select ", pod, " send it traffic."],
    }
}

/// What becomes of a pod that cannot run.
fn broken(pod: &ObjectRef, scope: Scope<'_>) -> Text {
    match owner(pod, scope) {
        Some(Workload::StatefulSet(set)) if set.spec.is_ordered() => text![
            set.reference(),
            " stops here. Correct the template and delete ",
            pod,
            ": the new template alone does not replace it."
        ],
        Some(Workload::ReplicaSet(set, None)) => text![
            "Correct the template of ",
            set.reference(),
            " and delete ",
            pod,
            ": a ReplicaSet without a Deployment updates no pod."
        ],
        Some(workload) if workload.updates_by_hand() => text![
            "Correct the template and delete ",
            pod,
            ": with `OnDelete` ",
            workload.reference(),
            " does not replace it by itself."
        ],
        Some(workload) => {
            text!["Correct the template, and ", workload.reference(), " replaces ", pod, " by its rolling update."]
        }
        None => text!["The kubelet keeps trying; nobody replaces a pod that no set controls."],
    }
}

/// What follows when a pod has ended for good.
fn after_end(pod: &ObjectRef, scope: Scope<'_>) -> Text {
    match owner(pod, scope) {
        Some(Workload::ReplicaSet(set, _)) => {
            text![set.reference(), " makes another in its place and leaves ", pod, " as it is."]
        }
        Some(workload) => text![workload.reference(), " deletes ", pod, " and makes another in its place."],
        None => text!["Nobody replaces it: no set controls ", pod, "."],
    }
}

/// What follows when a pod's object is gone.
fn after_removal(pod: &ObjectRef, name: &str, scope: Scope<'_>) -> Text {
    match owner(pod, scope) {
        Some(Workload::StatefulSet(set)) if set.metadata.is_terminating() => text!["Nothing comes in its place."],
        Some(Workload::DaemonSet(set)) if set.metadata.is_terminating() => text!["Nothing comes in its place."],
        Some(Workload::StatefulSet(set)) => {
            let reference = set.reference();
            match facts::is_wanted(&reference, pod, scope) {
                true => text!["Its name is free, so ", reference, " creates ", pod, " again, with the same claims."],
                false => text![reference, " does not want it any more and checks what is left to do."],
            }
        }
        Some(Workload::DaemonSet(set)) => {
            text!["If ", node(name), " is still eligible, ", set.reference(), " makes another pod there."]
        }
        Some(Workload::ReplicaSet(set, _)) => text![
            "For ",
            set.reference(),
            " it stopped counting when its deletion was asked for: if another was wanted, it was made then."
        ],
        None => text!["Nothing comes in its place."],
    }
}
