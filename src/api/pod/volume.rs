//! The volumes of a pod.

use crate::api::{Opaque, VolumeClaimReference};
use serde::{Deserialize, Serialize};

/// `core/v1 Volume`: its name and, of the sources, the claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Volume {
    /// The volume's name, unique in the pod.
    pub name: String,
    /// The claim it stands for.
    pub persistent_volume_claim: Option<VolumeClaimReference>,
    /// Lost with the pod; matters to `kubectl drain`.
    pub empty_dir: Opaque,
    /// Not simulated.
    pub aws_elastic_block_store: Opaque,
    /// Not simulated.
    pub azure_disk: Opaque,
    /// Not simulated.
    pub azure_file: Opaque,
    /// Not simulated.
    pub cephfs: Opaque,
    /// Not simulated.
    pub config_map: Opaque,
    /// Not simulated.
    pub csi: Opaque,
    /// Not simulated.
    #[serde(rename = "downwardAPI")]
    pub downward_api: Opaque,
    /// Not simulated.
    pub ephemeral: Opaque,
    /// Not simulated.
    pub fc: Opaque,
    /// Not simulated.
    pub gce_persistent_disk: Opaque,
    /// Not simulated.
    pub glusterfs: Opaque,
    /// Not simulated.
    pub host_path: Opaque,
    /// Not simulated.
    pub image: Opaque,
    /// Not simulated.
    pub iscsi: Opaque,
    /// Not simulated.
    pub nfs: Opaque,
    /// Not simulated.
    pub projected: Opaque,
    /// Not simulated.
    pub rbd: Opaque,
    /// Not simulated.
    pub secret: Opaque,
    /// Not simulated.
    pub vsphere_volume: Opaque,
}
