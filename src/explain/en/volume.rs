//! What happened to a claim or a volume.

use super::words::{list, moment};
use crate::api::{Kind, ObjectRef, Time};
use crate::explain::scope::{Scope, node};
use crate::explain::words::Words;
use crate::explain::{Text, code, text};
use crate::reason::{NamedVolumeProblem, VolumeReason};

fn class_object(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::StorageClass, "", name)
}

pub(super) fn headline(reason: &VolumeReason) -> Text {
    match reason {
        VolumeReason::Provisioned { claim, .. } => text!["A volume is made for ", claim],
        VolumeReason::Bound { claim, existing: true, .. } => text![claim, " is bound to a volume that was there"],
        VolumeReason::Bound { claim, existing: false, .. } => text![claim, " is bound to its volume"],
        VolumeReason::WaitsForFirstConsumer { claim, .. } => text![claim, " waits until its pod has a node"],
        VolumeReason::WaitsForProvisioner { claim, .. } => text![claim, " waits for its volume to be made"],
        VolumeReason::ProvisioningConflict { claim, .. } => text![claim, " waits: a write about it was refused"],
        VolumeReason::NothingToBind { claim, .. } => text![claim, " finds no volume"],
        VolumeReason::ClaimInUse { claim, pod } => text![claim, " is kept while ", pod, " uses it"],
        VolumeReason::ClaimReleased { claim } => text![claim, " is deleted: no pod uses it any more"],
        VolumeReason::Reclaimed { volume, deleted: true } => text![volume, " is deleted with its data"],
        VolumeReason::Reclaimed { volume, deleted: false } => text![volume, " is released and keeps its data"],
        VolumeReason::Available { volume } => text![volume, " is available"],
        VolumeReason::NamedVolume { claim, volume, .. } => text![claim, " cannot have the volume ", volume],
        VolumeReason::SelectorNotProvisioned { claim, .. } => text![claim, " asks for labels and gets no volume"],
        VolumeReason::DefaultClassGiven { claim, .. } => text![claim, " gets the default storage class"],
        VolumeReason::Lost { claim, .. } => text![claim, " has lost its volume"],
        VolumeReason::Unbound { volume, .. } => text![volume, " is given back: its claim has another"],
        VolumeReason::VolumeInUse { volume, claim } => text![volume, " is kept while ", claim, " is bound to it"],
        VolumeReason::VolumeRemoved { volume } => text![volume, " is gone"],
        VolumeReason::VolumeGrown { claim, .. } => text!["The volume of ", claim, " grows"],
        VolumeReason::AwaitsMount { claim, .. } => text![claim, " waits for a pod, to grow its file system"],
        VolumeReason::FileSystemGrown { claim, .. } => text![claim, " has grown"],
        VolumeReason::MultiAttach { pod, .. } => text![pod, " waits: its volume is attached elsewhere"],
    }
}

pub(super) fn words(reason: &VolumeReason, scope: Scope<'_>) -> Words {
    let mut words = Words::default();
    match reason {
        VolumeReason::Provisioned { claim, volume, class, node: name } => {
            words.why(text![
                "The storage class ",
                class_object(class),
                " makes volumes on demand: its provisioner made one of the size that ",
                claim,
                " asks for, and keeps it for that claim."
            ]);
            if let Some(name) = name {
                words
                    .why(text![
                        "The volume is on ",
                        node(name),
                        " and is out of reach elsewhere, so a pod that uses ",
                        claim,
                        " can only run there from now on."
                    ])
                    .evidence("Only on", text![node(name)]);
            }
            words.evidence("Volume", text![volume]);
            size(&mut words, claim, scope);
            words.next(text![claim, " is bound to the new volume."]);
        }
        VolumeReason::Bound { claim, volume, existing } => {
            words.why(match existing {
                true => text![
                    "Of the available volumes that fit (class, size, access modes), the smallest is taken. ",
                    claim,
                    " has all of it, even what it did not ask for."
                ],
                false => text![volume, " was set aside for ", claim, ". Claim and volume now name each other."],
            });
            words.why(text![
                "The binding is one to one and lasts as long as the claim: no other claim gets this volume."
            ]);
            words.evidence("Volume", text![volume]);
            size(&mut words, claim, scope);
            words.next(text!["Pods that wait for ", claim, " can be placed and started."]);
        }
        VolumeReason::WaitsForFirstConsumer { claim, class, pods } => {
            if !pods.is_empty() {
                words.evidence("Pods without a node", list(pods));
            }
            words
                .why(text![
                    "The class ",
                    class_object(class),
                    " has `volumeBindingMode: WaitForFirstConsumer`: the scheduler first picks the node of the pod, so that \
                     the volume is made where the pod can reach it."
                ])
                .next(text!["When the scheduler has chosen a node for a pod that uses ", claim, ", the volume follows."]);
        }
        VolumeReason::WaitsForProvisioner { claim, class, provisioner } => {
            words
                .why(text![
                    "No volume that is there fits ",
                    claim,
                    ", so the provisioner of ",
                    class_object(class),
                    " is asked to make one."
                ])
                .evidence("Provisioner", text![code(provisioner)])
                .next(text!["The provisioner makes a volume, and ", claim, " is bound to it."]);
        }
        VolumeReason::ProvisioningConflict { claim, until } => {
            words
                .why(text![
                    "The volume controller was about to ask the provisioner for a volume, but ",
                    claim,
                    " was changed in the meantime: its controller had just written the owner into it. The API server refuses \
                     a write that rests on an old version."
                ])
                .why(text!["The volume controller does not try again at once, but when it next looks at all claims."])
                .evidence("Tries again at", text![(until.0 / 1_000) as i64, " s"])
                .next(text!["At its next look the volume controller asks the provisioner, and ", claim, " is bound."]);
        }
        VolumeReason::NothingToBind { claim, class, class_exists } => {
            words.why(match (class, class_exists) {
                (None, _) => text![
                    claim,
                    " has no storage class, and no default class gave it one. So only a volume without a class will do, and \
                     none that is free fits."
                ],
                (Some(class), false) => text![
                    claim,
                    " asks for the class ",
                    code(class),
                    ", which does not exist, and no volume of that class is free."
                ],
                (Some(class), true) => text![
                    "The class ",
                    class_object(class),
                    " makes no volumes by itself (`kubernetes.io/no-provisioner`), and no volume of it that is free fits."
                ],
            });
            words.why(text![
                "A volume that was used before does not count: once Released, it is not given to another claim."
            ]);
            size(&mut words, claim, scope);
            words.next(text!["Pods that use ", claim, " stay Pending until a volume that fits appears."]);
        }
        VolumeReason::ClaimInUse { claim, pod } => {
            words
                .why(text![
                    claim,
                    " is to be deleted, but ",
                    pod,
                    " uses it, so it is only marked Terminating: taking storage from a pod would lose data."
                ])
                .next(text![
                    "The claim goes as soon as ",
                    pod,
                    " does, even if only to be made again. There is no way to take the deletion back."
                ]);
        }
        VolumeReason::ClaimReleased { claim } => {
            words
                .why(text![
                    claim,
                    " was to be deleted before and was kept for a pod. No pod on a node uses it now, so the protection is \
                     lifted and the claim goes."
                ])
                .next(text!["The reclaim policy decides what becomes of its volume."]);
        }
        VolumeReason::Reclaimed { volume, deleted } => {
            match deleted {
                true => words
                    .why(text![
                        "Its claim is gone, and the reclaim policy is `Delete`: the volume goes, and the storage behind it. \
                         The data is lost."
                    ])
                    .next(text!["A new claim of the same name gets a new, empty volume."]),
                false => words
                    .why(text![
                        "Its claim is gone, and the reclaim policy is `Retain`: ",
                        volume,
                        " stays, with the data, in phase `Released`."
                    ])
                    .next(text![
                        "No claim gets it, not even one of the same name, until somebody removes its `spec.claimRef`."
                    ]),
            };
        }
        VolumeReason::Available { volume } => {
            words
                .why(text![volume, " is there and no claim has it, so claims that it fits can be bound to it."])
                .next(text!["The first claim that it fits takes it."]);
        }
        VolumeReason::NamedVolume { claim, volume, problem } => named(&mut words, claim, volume, problem),
        VolumeReason::SelectorNotProvisioned { claim, class } => {
            words
                .why(text![
                    claim,
                    " has a `selector`, which picks among volumes that are there. None of them fits, and the provisioner of ",
                    class_object(class),
                    " refuses to make a volume for a claim that asks for labels."
                ])
                .next(text!["Without the selector a volume would be made; with it, somebody has to make one that fits."]);
        }
        VolumeReason::DefaultClassGiven { claim, class, defaults } => {
            words.why(text![
                claim,
                " names no class and was made when there was no default. Now ",
                class_object(class),
                " is the default, and claims that are not bound yet get it afterwards."
            ]);
            if *defaults > 1 {
                words
                    .why(text!["Of several default classes the newest counts."])
                    .evidence("Default classes", text![*defaults]);
            }
            words.next(text!["The claim goes on as if the class had been written."]);
        }
        VolumeReason::Lost { claim, volume, taken_by } => {
            words.why(match (volume, taken_by) {
                (Some(volume), Some(other)) => {
                    text![claim, " was bound to ", volume, ", but that volume says that it belongs to ", other, "."]
                }
                (Some(volume), None) => text![
                    claim,
                    " was bound to ",
                    volume,
                    ", and that volume is gone. A binding is for good: the claim does not take another one."
                ],
                (None, _) => text![claim, " was bound, and does not say any more to which volume."],
            });
            words.next(text!["The claim is `Lost`, and so is the data. A new claim is needed to go on."]);
        }
        VolumeReason::Unbound { volume, claim } => {
            words
                .why(text![volume, " was set aside for ", claim, ", which is bound to another volume in the meantime."])
                .next(text![volume, " is available again."]);
        }
        VolumeReason::VolumeInUse { volume, claim } => {
            words
                .why(text![
                    volume,
                    " is to be deleted, but ",
                    claim,
                    " is bound to it, so it is only marked Terminating: a bound volume is not removed."
                ])
                .next(text!["It goes when the claim does."]);
        }
        VolumeReason::VolumeRemoved { volume } => {
            words.why(text![
                "No claim is bound to ",
                volume,
                " any more, so the protection is lifted and the deletion, which was asked for before, goes through."
            ]);
        }
        VolumeReason::VolumeGrown { .. } | VolumeReason::AwaitsMount { .. } | VolumeReason::FileSystemGrown { .. } => {
            growth(&mut words, reason);
        }
        VolumeReason::MultiAttach { pod, volume, node: name, pods, until } => {
            multi_attach(&mut words, (pod, volume), name, pods, *until);
        }
    }
    words
}

fn named(words: &mut Words, claim: &ObjectRef, volume: &ObjectRef, problem: &NamedVolumeProblem) {
    words.why(text![claim, " names the volume that it wants in `spec.volumeName`, so no other one will do."]);
    match problem {
        NamedVolumeProblem::Absent => words.why(text!["There is no volume ", volume, "."]),
        NamedVolumeProblem::Taken(other) => words.why(text![volume, " belongs to ", other, "."]),
        NamedVolumeProblem::Misfit(problem) => {
            words.why(text![volume, " does not fit."]).evidence("Kubernetes says", text![code(problem)])
        }
    };
    words.next(text!["The claim stays Pending until ", volume, " is there, free, and fits."]);
}

/// The steps in which a claim grows.
fn growth(words: &mut Words, reason: &VolumeReason) {
    match reason {
        VolumeReason::VolumeGrown { claim, volume, from, to } => {
            words.why(text![
                claim,
                " asks for more than it has, and its class allows that. The storage behind ",
                volume,
                " is made larger first."
            ]);
            if let Some(from) = from {
                words.evidence("From", text![code(from.as_str())]);
            }
            words
                .evidence("To", text![code(to.as_str())])
                .next(text!["Then the file system on it has to grow, which the kubelet does where it is mounted."]);
        }
        VolumeReason::AwaitsMount { claim, to } => {
            words
                .why(text![
                    "The volume has grown, but no running pod has it mounted, and only where it is mounted the file system can \
                     grow. The claim says so with the condition `FileSystemResizePending`."
                ])
                .evidence("To", text![code(to.as_str())])
                .next(text!["When a pod that uses ", claim, " runs, the file system grows."]);
        }
        VolumeReason::FileSystemGrown { claim, pod, to } => {
            words
                .why(text![
                    "The kubelet that runs ",
                    pod,
                    " has enlarged the file system in place, without a restart. Only now the capacity in the status of ",
                    claim,
                    " is the new one."
                ])
                .evidence("Size", text![code(to.as_str())])
                .next(text!["A claim can grow again, but never shrink."]);
        }
        other => debug_assert!(false, "{other:?} is no growth"),
    }
}

fn multi_attach(
    words: &mut Words,
    (pod, volume): (&ObjectRef, &ObjectRef),
    name: &str,
    pods: &[ObjectRef],
    until: Option<Time>,
) {
    words.why(text![
        volume,
        " can be attached to one node at a time (`ReadWriteOnce`), and it is attached to ",
        node(name),
        ". Kubernetes says: Multi-Attach error."
    ]);
    words.evidence("Attached to", text![node(name)]);
    match until {
        None => words
            .evidence("Used there by", list(pods))
            .next(text!["When it is not used on ", node(name), " any more, it is attached here and ", pod, " starts."]),
        Some(until) => words
            .why(text![
                "No pod uses it there any more, but the kubelet of ",
                node(name),
                " does not confirm that it is unmounted. Taking it away could damage the data, so that is waited for, 6 min at \
                 most."
            ])
            .evidence("Taken by force at", text![moment(until)])
            .next(text![
                "When ",
                node(name),
                " is back, or is given the taint `node.kubernetes.io/out-of-service`, the volume comes sooner."
            ]),
    };
}

/// What the claim asks for.
fn size(words: &mut Words, claim: &ObjectRef, scope: Scope<'_>) {
    let claim = scope.claim(claim);
    let wanted = claim.as_ref().and_then(|claim| claim.spec.resources.requests.get("storage"));
    if let Some(wanted) = wanted {
        words.evidence("Asked for", text![code(wanted.as_str())]);
    }
}

pub(super) fn waiting(reason: &VolumeReason) -> Option<Text> {
    Some(match reason {
        VolumeReason::WaitsForFirstConsumer { claim, .. } => {
            text![claim, " for its pod to get a node. The class waits for the first consumer."]
        }
        VolumeReason::WaitsForProvisioner { claim, class, .. } => {
            text![claim, " for ", class_object(class), " to make a volume."]
        }
        VolumeReason::ProvisioningConflict { claim, .. } => {
            text![claim, " for the volume controller to look at all claims again."]
        }
        VolumeReason::NothingToBind { claim, .. } => {
            text![claim, " for a volume that fits. None is free, and nothing makes one."]
        }
        VolumeReason::ClaimInUse { claim, pod } => {
            text![claim, " for ", pod, " to be gone. A claim in use is not removed."]
        }
        VolumeReason::NamedVolume { claim, volume, .. } => {
            text![claim, " for the volume ", volume, " to be there, free, and fitting."]
        }
        VolumeReason::SelectorNotProvisioned { claim, .. } => {
            text![claim, " for somebody to make a volume with the labels that it asks for."]
        }
        VolumeReason::VolumeInUse { volume, claim } => {
            text![volume, " for ", claim, " to be gone. A bound volume is not removed."]
        }
        VolumeReason::AwaitsMount { claim, .. } => {
            text![claim, " for a running pod, where its file system can grow."]
        }
        VolumeReason::MultiAttach { pod, volume, node: name, .. } => {
            text![pod, " for ", volume, " to be detached from ", node(name), "."]
        }
        VolumeReason::DefaultClassGiven { .. }
        | VolumeReason::Lost { .. }
        | VolumeReason::Unbound { .. }
        | VolumeReason::VolumeRemoved { .. }
        | VolumeReason::VolumeGrown { .. }
        | VolumeReason::FileSystemGrown { .. }
        | VolumeReason::Provisioned { .. }
        | VolumeReason::Bound { .. }
        | VolumeReason::ClaimReleased { .. }
        | VolumeReason::Reclaimed { .. }
        | VolumeReason::Available { .. } => return None,
    })
}
