//! Events about claims and volumes. Upstream: `pkg/controller/volume/persistentvolume/pv_controller.go`.

use super::{Recorder, Severity};
use crate::actor::Actor;
use crate::api::{Object, ObjectRef};
use crate::reason::{NamedVolumeProblem, VolumeReason};

impl Recorder<'_> {
    pub(super) fn volume(&mut self, reason: &VolumeReason) {
        if self.known.played && matches!(self.step.actor, Actor::Provisioner | Actor::VolumeExpansion) {
            return;
        }
        match reason {
            VolumeReason::WaitsForFirstConsumer { claim, pods, .. } => match pods.as_slice() {
                [] => {
                    let message = "waiting for first consumer to be created before binding".into();
                    self.normal(claim, "WaitForFirstConsumer", message);
                }
                [pod] => {
                    let message = format!("waiting for pod {} to be scheduled", pod.name());
                    self.normal(claim, "WaitForPodScheduled", message);
                }
                pods => {
                    let names: Vec<&str> = pods.iter().map(crate::api::ObjectRef::name).collect();
                    let message = format!("waiting for pods {} to be scheduled", names.join(","));
                    self.normal(claim, "WaitForPodScheduled", message);
                }
            },
            VolumeReason::NamedVolume { claim, volume, problem } => match problem {
                NamedVolumeProblem::Absent => {}
                NamedVolumeProblem::Taken(_) => {
                    let message = format!("volume \"{}\" already bound to a different claim.", volume.name());
                    self.warning(claim, "FailedBinding", message);
                }
                NamedVolumeProblem::Misfit(problem) => {
                    let message = format!("Cannot bind to requested volume \"{}\": {problem}", volume.name());
                    self.warning(claim, "VolumeMismatch", message);
                }
            },
            VolumeReason::SelectorNotProvisioned { claim, class } => {
                let message = format!(
                    "failed to provision volume with StorageClass \"{class}\": claim Selector is not supported"
                );
                self.warning(claim, "ProvisioningFailed", message);
            }
            VolumeReason::Lost { claim, taken_by: None, .. } => {
                let message = "Bound claim has lost its PersistentVolume. Data on the volume is lost!".into();
                self.warning(claim, "ClaimLost", message);
            }
            VolumeReason::Lost { claim, taken_by: Some(_), .. } => {
                let message = "Two claims are bound to the same volume, this one is bound incorrectly".into();
                self.warning(claim, "ClaimMisbound", message);
            }
            VolumeReason::VolumeGrown { claim, .. } => {
                let message = "Require file system resize of volume on node".into();
                self.normal(claim, "FileSystemResizeRequired", message);
            }
            VolumeReason::FileSystemGrown { claim, pod, .. } => self.file_system_grown(claim, pod),
            VolumeReason::MultiAttach { pod, volume, pods, .. } => {
                let name = volume.name();
                let why = match pods.as_slice() {
                    [] => {
                        "Volume is already exclusively attached to one node and can't be attached to another".to_owned()
                    }
                    pods => {
                        let names: Vec<&str> = pods.iter().map(crate::api::ObjectRef::name).collect();
                        format!("Volume is already used by pod(s) {}", names.join(", "))
                    }
                };
                self.warning(pod, "FailedAttachVolume", format!("Multi-Attach error for volume \"{name}\" {why}"));
            }
            VolumeReason::WaitsForProvisioner { claim, provisioner, .. } => {
                let message = format!(
                    "Waiting for a volume to be created either by the external provisioner '{provisioner}' or manually by \
                     the system administrator. If volume creation is delayed, please verify that the provisioner is \
                     running and correctly registered."
                );
                self.normal(claim, "ExternalProvisioning", message);
            }
            VolumeReason::Provisioned { claim, volume, .. } => {
                let message = format!("Successfully provisioned volume {}", volume.name());
                self.normal(claim, "ProvisioningSucceeded", message);
            }
            VolumeReason::NothingToBind { claim, class: None, .. } => {
                let message = "no persistent volumes available for this claim and no storage class is set".into();
                self.normal(claim, "FailedBinding", message);
            }
            VolumeReason::NothingToBind { claim, class: Some(class), class_exists: false } => {
                let message = format!("storageclass.storage.k8s.io \"{class}\" not found");
                self.warning(claim, "ProvisioningFailed", message);
            }
            VolumeReason::NothingToBind { .. }
            | VolumeReason::ProvisioningConflict { .. }
            | VolumeReason::Bound { .. }
            | VolumeReason::ClaimInUse { .. }
            | VolumeReason::ClaimReleased { .. }
            | VolumeReason::Reclaimed { .. }
            | VolumeReason::DefaultClassGiven { .. }
            | VolumeReason::Unbound { .. }
            | VolumeReason::VolumeInUse { .. }
            | VolumeReason::VolumeRemoved { .. }
            | VolumeReason::AwaitsMount { .. }
            | VolumeReason::Available { .. } => {}
        }
    }

    /// `operationexecutor/node_expander.go: expandOnPlugin`, told by the kubelet of the pod and of the claim.
    fn file_system_grown(&mut self, claim: &ObjectRef, pod: &ObjectRef) {
        let volume = match self.known.object(claim) {
            Some(Object::PersistentVolumeClaim(claim)) => claim.spec.volume_name.clone().unwrap_or_default(),
            _ => String::new(),
        };
        let node = self.known.pod(pod).and_then(|pod| pod.node()).unwrap_or_default().to_owned();
        let message = format!("MountVolume.NodeExpandVolume succeeded for volume \"{volume}\" {node}");
        for object in [pod, claim] {
            self.record_by("kubelet", Severity::Normal, object, "FileSystemResizeSuccessful", message.clone());
        }
    }
}
