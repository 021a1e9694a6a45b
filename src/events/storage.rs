//! Events about claims and volumes. Upstream: `pkg/controller/volume/persistentvolume/pv_controller.go`.

use super::Recorder;
use crate::reason::VolumeReason;

impl Recorder<'_> {
    pub(super) fn volume(&mut self, reason: &VolumeReason) {
        match reason {
            VolumeReason::WaitsForFirstConsumer { claim, .. } => {
                let message = "waiting for first consumer to be created before binding".into();
                self.normal(claim, "WaitForFirstConsumer", message);
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
            | VolumeReason::Available { .. } => {}
        }
    }
}
