//! What somebody asked for.

use super::words::{count, list, moment};
use super::{eviction, process, write};
use crate::api::{Kind, ObjectRef, PodPhase, Time};
use crate::explain::facts::phase;
use crate::explain::facts::user::{changed_workloads, have_names_of_their_own, storage_classes};
use crate::explain::scope::Scope;
use crate::explain::words::Words;
use crate::explain::{Text, code, text, verbatim};
use crate::reason::{ApplyOutcome, Propagation, UserReason};

pub(super) fn headline(reason: &UserReason) -> Text {
    match reason {
        UserReason::Apply { objects } => apply(objects),
        UserReason::Create { object } => text!["You create ", object],
        UserReason::Replace { object } => text!["You replace ", object],
        UserReason::Label { object } => text!["You change the labels of ", object],
        UserReason::Annotate { object } => text!["You change the annotations of ", object],
        UserReason::Scale { object, from, to } => text!["You scale ", object, " from ", *from, " to ", *to],
        UserReason::SetImage { object, image } => text!["You set the image of ", object, " to ", code(image)],
        UserReason::Patch { object } => text!["You patch ", object],
        UserReason::RolloutUndo { object, revision, .. } => {
            text!["You take ", object, " back to revision ", *revision]
        }
        UserReason::RolloutRestart { object } => text!["You restart the pods of ", object],
        UserReason::RolloutPause { object } => text!["You pause the rollout of ", object],
        UserReason::RolloutResume { object } => text!["You let the rollout of ", object, " go on"],
        UserReason::Delete { object, .. } => text!["You delete ", object],
        UserReason::NodeAdded { node } => text![node, " joins the cluster"],
        UserReason::NodeDeleted { node } => text!["You delete the Node object ", node],
        UserReason::NodeDown { node, silent: true, .. } => text![node, " goes silent"],
        UserReason::NodeDown { node, silent: false, .. } => text![node, " reports that it is not Ready"],
        UserReason::NodeUp { node } => text![node, " is back"],
        UserReason::NodeLabelled { node } => text!["You change the labels of ", node],
        UserReason::NodeTainted { node, taints } if taints.is_empty() => text!["You remove the taints of ", node],
        UserReason::NodeTainted { node, .. } => text!["You change the taints of ", node],
        UserReason::Cordon { node, on: true } => text!["You cordon ", node],
        UserReason::Cordon { node, on: false } => text!["You uncordon ", node],
        UserReason::HoldReadiness { pod, ready: true } => text!["You make ", pod, " answer its readiness check"],
        UserReason::HoldReadiness { pod, ready: false } => text!["You make ", pod, " fail its readiness check"],
        UserReason::EndPod { pod, phase: PodPhase::Failed } => text!["You make ", pod, " fail"],
        UserReason::EndPod { pod, phase: PodPhase::Pending | PodPhase::Running | PodPhase::Succeeded } => {
            text!["You make ", pod, " end"]
        }
        UserReason::Process { pod, change, .. } => process::process_headline(pod, *change),
        UserReason::Images { pattern, broken } => process::images_headline(pattern, *broken),
        UserReason::NodePressure { node, resource, on } => process::pressure_headline(node, *resource, *on),
        UserReason::PodCondition { pod, on, .. } => process::condition_headline(pod, *on),
        UserReason::Evict { pod, draining, .. } => eviction::evicted_headline(pod, draining.as_ref()),
        UserReason::EvictionRefused { pod, refusal, .. } => eviction::refused_headline(pod, refusal),
        UserReason::DrainStarted { node, .. } => text![node, " begins to be drained"],
        UserReason::DrainEnded { node, left, .. } => eviction::drain_ended_headline(node, left),
        UserReason::LoadSet { measured, of, amount, .. } => {
            eviction::load_headline(measured, of.as_deref(), amount.as_deref())
        }
        UserReason::KubeletChanged => text!["You change how kubelets behave"],
        UserReason::ClusterStarted { nodes, .. } => text!["The cluster is there, with ", count(*nodes as i64, "node")],
        UserReason::Refused { .. } => text!["The API server refuses a request"],
    }
}

fn apply(objects: &[(ObjectRef, ApplyOutcome)]) -> Text {
    match objects {
        [] => text!["You apply an empty manifest"],
        [(object, ApplyOutcome::Created)] => text!["You create ", object],
        [(object, ApplyOutcome::Configured)] => text!["You change ", object],
        [(object, ApplyOutcome::Unchanged)] => text!["You apply ", object, " unchanged"],
        objects if objects.len() <= 3 && have_names_of_their_own(objects) => {
            text!["You apply ", list(objects.iter().map(|(object, _)| object))]
        }
        objects => text!["You apply ", objects.len(), " objects"],
    }
}

/// The outcome as `kubectl` prints it.
fn outcome(outcome: ApplyOutcome) -> &'static str {
    match outcome {
        ApplyOutcome::Created => "created",
        ApplyOutcome::Configured => "configured",
        ApplyOutcome::Unchanged => "unchanged",
    }
}

pub(super) fn words(reason: &UserReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        UserReason::Apply { objects } => {
            words.why(if objects.iter().all(|(_, outcome)| *outcome == ApplyOutcome::Unchanged) {
                text!["The cluster has these objects as the manifest wants them, so nothing changes."]
            } else {
                text!["The API server stores what you want. What makes it so are the controllers that watch these objects."]
            });
            for (object, done) in objects.iter().take(8) {
                words.evidence(object.kind.as_str(), text![object, " ", outcome(*done)]);
            }
            follow_workload(&mut words, objects);
        }
        UserReason::Create { object } => write::create(&mut words, object),
        UserReason::Replace { object } => write::replace(&mut words, object),
        UserReason::Label { object } => write::label(&mut words, object),
        UserReason::Annotate { object } => write::annotate(&mut words, object),
        UserReason::Scale { object, from, to } => {
            words
                .why(text![
                    "This changes `spec.replicas` of ",
                    object,
                    " and nothing else: the template stays, so there is no new revision."
                ])
                .evidence("Replicas", text![*from, " → ", *to]);
            words.next(scaled(object, *from, *to));
        }
        UserReason::SetImage { object, image } if object.kind == Kind::ReplicaSet => {
            words
                .why(text![
                    "A ReplicaSet does not update pods: the changed template of ",
                    object,
                    " counts for pods that are made from now on."
                ])
                .evidence("Image", text![code(image)])
                .next(text!["Pods that run stay as they are. A Deployment is what replaces them."]);
        }
        UserReason::SetImage { object, image } => {
            words
                .why(text![
                    "The image is part of the pod template of ",
                    object,
                    ", so this makes a new revision and starts a rollout."
                ])
                .evidence("Image", text![code(image)])
                .next(text!["The update strategy of ", object, " decides which pod is replaced when."]);
        }
        UserReason::Patch { object } => {
            words
                .why(text![
                    "The fields of the patch change in ",
                    object,
                    ", all others stay. A change of a pod template starts a rollout; other changes do not."
                ])
                .next(text!["Whoever watches ", object, " checks what there is to do."]);
        }
        UserReason::RolloutUndo { object, unchanged: true, revision } => {
            words
                .why(text![
                    object,
                    " has the template of revision ",
                    *revision,
                    " already, so there is nothing to take back."
                ])
                .next(text!["Nothing follows."]);
        }
        UserReason::RolloutUndo { object, revision, .. } => {
            words
                .why(text![
                    "`kubectl rollout undo` copies the template of revision ",
                    *revision,
                    " back into ",
                    object,
                    ". The controller has no idea of going back: for it this is one more change of the template."
                ])
                .evidence("Revision", text![*revision])
                .next(match object.kind {
                    Kind::Deployment => {
                        text!["The ReplicaSet of that template is the new one again and gets the next revision number."]
                    }
                    _ => text!["That revision gets the next number, and the pods are replaced as in any update."],
                });
        }
        UserReason::RolloutRestart { object } => {
            words
                .why(text![
                    "This writes the time into the annotation `kubectl.kubernetes.io/restartedAt` of the pod template. \
                     Nothing else changes, but to the controller it is another template."
                ])
                .next(text!["The pods of ", object, " are replaced one after the other, as in any update."]);
        }
        UserReason::RolloutPause { object } => {
            words
                .why(text![
                    "While `spec.paused` is set, a changed template makes no new ReplicaSet, and a rollout that has begun \
                     stops where it is."
                ])
                .next(text!["Scaling ", object, " still works: its ReplicaSets get their shares of the new size."]);
        }
        UserReason::RolloutResume { object } => {
            words
                .why(text!["`spec.paused` is gone from ", object, ", so its template counts again."])
                .next(text!["All changes since the pause are rolled out together, as one."]);
        }
        UserReason::Delete { object, propagation, at_once } => delete(&mut words, object, *propagation, *at_once),
        UserReason::NodeAdded { node } => {
            words
                .why(text!["Its kubelet registers the Node object, and from then on pods can be placed on ", node, "."])
                .next(text![
                    "Every DaemonSet for which ",
                    node,
                    " is eligible gets a pod on it. Pods elsewhere do not move."
                ]);
        }
        UserReason::NodeDeleted { node } => {
            words
                .why(text![
                    "Deleting the Node object does not stop a machine: it tells the cluster that ",
                    node,
                    " is not part of it any more."
                ])
                .next(text![
                    "Pod garbage collection removes the pods that were bound to ",
                    node,
                    ", after about 40 s."
                ]);
        }
        UserReason::NodeDown { node, silent, last_heartbeat, judged_at } => {
            down(&mut words, node, *silent, (*last_heartbeat, *judged_at));
        }
        UserReason::NodeUp { node } => {
            words
                .why(text!["The kubelet of ", node, " reports again, first of all that the node is Ready."])
                .next(text![
                    "It stops the pods that were deleted in the meantime, so that they can go at last, and starts those that \
                     were given to it. The taints of ",
                    node,
                    " go."
                ]);
        }
        UserReason::NodeLabelled { node } => {
            words
                .why(text![
                    "Node selectors and node affinity look at labels. The scheduler does so only when it places a pod; a \
                     DaemonSet also deletes pods from nodes that no longer match."
                ])
                .next(text!["Every DaemonSet judges ", node, " again."]);
        }
        UserReason::NodeTainted { node, taints } => {
            words.why(match taints.is_empty() {
                true => text!["Without taints ", node, " takes every pod that fits otherwise."],
                false => text![
                    "A taint keeps pods away that do not tolerate it. `NoSchedule` concerns new pods only, `NoExecute` also \
                     drives out those that run."
                ],
            });
            for taint in taints {
                words.evidence("Taint", text![code(taint)]);
            }
            words.next(text![
                "Every DaemonSet judges ",
                node,
                " again, and the scheduler heeds it from the next pod on."
            ]);
        }
        UserReason::Cordon { node, on: true } => {
            words
                .why(text![
                    "Cordoning sets `spec.unschedulable` on ",
                    node,
                    ": no new pods but those of DaemonSets. Pods that run there stay."
                ])
                .next(text!["The node controller adds the taint `node.kubernetes.io/unschedulable`."]);
        }
        UserReason::Cordon { node, on: false } => {
            words
                .why(text![node, " takes new pods again. Pods that were placed elsewhere meanwhile stay there."])
                .next(text!["The node controller removes the taint `node.kubernetes.io/unschedulable`."]);
        }
        UserReason::HoldReadiness { pod, ready } => {
            words
                .why(text![
                    "This plays what happens inside the container: from now on its readiness check answers as you say."
                ])
                .next(match ready {
                    true => text!["The kubelet writes the Ready condition of ", pod, " as True."],
                    false => text!["The kubelet writes the Ready condition of ", pod, " as False. The pod runs on."],
                });
        }
        UserReason::EndPod { pod, phase: wanted } => {
            words
                .why(text![
                    "This plays the end of ",
                    pod,
                    ", such as an eviction by its kubelet: phase ",
                    phase(*wanted),
                    ", from which no pod comes back."
                ])
                .next(text![
                    "A StatefulSet or a DaemonSet deletes the pod and makes another, a ReplicaSet only makes another. \
                     Without a set it stays as it is."
                ]);
        }
        UserReason::Process { pod, container, change } => {
            process::process(&mut words, pod, container.as_deref(), *change);
        }
        UserReason::Images { pattern, broken } => process::images(&mut words, pattern, *broken),
        UserReason::NodePressure { node, resource, on } => process::pressure(&mut words, node, *resource, *on),
        UserReason::PodCondition { pod, condition, .. } => process::condition(&mut words, pod, condition),
        UserReason::Evict { pod, grant, draining } => eviction::evicted(&mut words, pod, grant, draining.as_ref()),
        UserReason::EvictionRefused { pod, refusal, draining } => {
            eviction::refused(&mut words, pod, refusal, draining.as_ref());
        }
        UserReason::DrainStarted { node, pods, warnings } => {
            eviction::drain_started(&mut words, node, pods, warnings);
        }
        UserReason::DrainEnded { node, gone, left } => eviction::drain_ended(&mut words, node, *gone, left),
        UserReason::LoadSet { amount, shared, .. } => eviction::load(&mut words, amount.as_deref(), *shared),
        UserReason::KubeletChanged => {
            words.why(text![
                "This plays the world around the cluster: how long images take, which of them are broken. It holds for pods \
                 that start from now on."
            ]);
        }
        UserReason::ClusterStarted { nodes, .. } => {
            words
                .why(text![
                    "Nodes and storage classes are there before anything else, as in a cluster that somebody set up."
                ])
                .evidence("Nodes", text![*nodes]);
            let classes = storage_classes(scope);
            if !classes.is_empty() {
                words.evidence("Storage classes", list(&classes));
            }
        }
        UserReason::Refused { message } => {
            words
                .why(text!["The API server checks every request before it stores anything, and this one is not valid."])
                .evidence("Message", text![verbatim(message)])
                .next(text!["Nothing has changed."]);
        }
    }
    words
}

/// What follows when a workload gets another size.
fn scaled(object: &ObjectRef, from: i32, to: i32) -> Text {
    match (object.kind, to > from, to < from) {
        (Kind::Deployment, true, _) | (Kind::Deployment, _, true) => {
            text!["The Deployment controller hands the new size to the ReplicaSets of ", object, "."]
        }
        (Kind::StatefulSet, true, _) => {
            text!["The controller of ", object, " creates the missing pods, lowest ordinal first."]
        }
        (Kind::StatefulSet, _, true) => {
            text!["The controller of ", object, " deletes surplus pods, highest ordinal first."]
        }
        (_, true, _) => text!["The controller of ", object, " creates the missing pods."],
        (_, _, true) => {
            text!["The controller of ", object, " deletes surplus pods: those first that are missed least."]
        }
        _ => text!["Nothing follows: the number is as it was."],
    }
}

/// Which controllers an apply wakes.
fn follow_workload(words: &mut Words, objects: &[(ObjectRef, ApplyOutcome)]) {
    match changed_workloads(objects).as_slice() {
        [] => {}
        [set] if set.kind == Kind::DaemonSet => {
            words.next(text!["The DaemonSet controller judges every node for ", *set, "."]);
        }
        [set] if set.kind == Kind::Deployment => {
            words.next(text!["The Deployment controller looks for a ReplicaSet of the template of ", *set, "."]);
        }
        [set] => {
            words.next(text![
                "The ",
                set.kind.as_str(),
                " controller compares the pods of ",
                *set,
                " with what is wanted."
            ]);
        }
        sets => {
            words.next(text![
                "The controllers of ",
                list(sets.iter().copied()),
                " compare what is with what is wanted."
            ]);
        }
    }
}

fn delete(words: &mut Words, object: &ObjectRef, propagation: Propagation, at_once: bool) {
    match object.kind {
        Kind::Pod => {
            words.why(match at_once {
                true => text![object, " is removed at once: it was not running on a node, or you did not grant it any time."],
                false => text![
                    object,
                    " is marked Terminating. Its containers have the grace period to stop, and the object stays until its \
                     kubelet confirms."
                ],
            });
            words.next(text![
                "If a set controls it, it is made again; a StatefulSet uses the same name and the same claims."
            ]);
        }
        Kind::PersistentVolumeClaim => {
            words.why(match at_once {
                true => text![object, " goes at once: no pod uses it."],
                false => text![object, " is marked Terminating. While a pod uses it, a finalizer keeps it."],
            });
            words.next(text!["The reclaim policy of its volume decides whether the data goes too."]);
        }
        Kind::StatefulSet | Kind::DaemonSet | Kind::Deployment | Kind::ReplicaSet => {
            words.why(match propagation {
                Propagation::Background => {
                    text![object, " goes at once, and garbage collection deletes afterwards what it owned."]
                }
                Propagation::Foreground => {
                    text![object, " is marked Terminating and goes only after all that it owns."]
                }
                Propagation::Orphan if object.kind == Kind::Deployment => {
                    text![object, " goes, and its ReplicaSets stay and go on looking after their pods."]
                }
                Propagation::Orphan => text![object, " goes, and its pods stay and run on without an owner."],
            });
            if object.kind == Kind::StatefulSet && propagation != Propagation::Orphan {
                words.why(text!["The pods do not stop in order. Claims stay, unless `whenDeleted` says `Delete`."]);
            }
        }
        Kind::Node
        | Kind::StorageClass
        | Kind::PriorityClass
        | Kind::PersistentVolume
        | Kind::Service
        | Kind::EndpointSlice
        | Kind::HorizontalPodAutoscaler
        | Kind::PodDisruptionBudget
        | Kind::ControllerRevision => {
            words.why(match at_once {
                true => text![object, " goes at once."],
                false => text![object, " is marked Terminating and goes when nothing holds it any more."],
            });
        }
    }
}

fn down(words: &mut Words, node: &ObjectRef, silent: bool, (last_heartbeat, judged_at): (Time, Time)) {
    if silent {
        words
            .why(text![
                "The machine behind ",
                node,
                " is off or cut off. The cluster does not know yet: it only sees that heartbeats stop coming."
            ])
            .evidence("Last heard of", text![moment(last_heartbeat)])
            .evidence("Noticed at", text![moment(judged_at)])
            .next(text![
                "Until ",
                moment(judged_at),
                " everything looks as before, and Services still send traffic to its pods. Then ",
                node,
                " counts as unreachable."
            ]);
    } else {
        words
            .why(text![
                "The kubelet of ",
                node,
                " still reports, but says that it cannot run pods. It neither starts nor stops any until that is mended."
            ])
            .next(text![node, " gets the taint `node.kubernetes.io/not-ready`, first NoSchedule, then NoExecute."]);
    }
}
