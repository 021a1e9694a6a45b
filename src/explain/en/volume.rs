//! What happened to a claim or a volume.

use super::Words;
use crate::api::{Kind, ObjectRef};
use crate::explain::scope::{Scope, node};
use crate::explain::{Text, code, text};
use crate::reason::VolumeReason;

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
        VolumeReason::WaitsForFirstConsumer { claim, class } => {
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
    }
    words
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
        VolumeReason::Provisioned { .. }
        | VolumeReason::Bound { .. }
        | VolumeReason::ClaimReleased { .. }
        | VolumeReason::Reclaimed { .. }
        | VolumeReason::Available { .. } => return None,
    })
}
