//! A volume that only one node may mount is attached to one node. Upstream: `pkg/controller/volume/attachdetach/reconciler`.

use super::pod_garbage::is_out_of_service;
use super::volume::volume_of;
use crate::actor::{Pass, View};
use crate::api::{Key, PersistentVolume, Pod, PodPhase, Resource, Time};
use crate::reason::{Reason, VolumeReason};
use std::rc::Rc;

/// Milliseconds that an unmount is waited for before a volume is taken from a node that is not Ready
/// (`maxWaitForUnmountDuration`).
const FORCE_DETACH: u64 = 6 * 60 * 1_000;

/// What keeps a pod that its kubelet took on from starting: a volume of it is attached to another node.
#[must_use]
pub fn hold(view: View<'_>, key: &Key) -> Option<Pass> {
    if view.settings.cluster.played_kubelets {
        return None;
    }
    let pod = view.cluster.pods.get(key)?;
    let node = pod.node()?;
    if pod.status.phase != PodPhase::Pending || pod.status.start_time.is_none() || pod.is_terminating() {
        return None;
    }
    pod.claim_names().find_map(|name| {
        let claim = view.cluster.claims.get(&Key::new(&pod.metadata.namespace, name))?;
        let volume = volume_of(view.cluster, claim).filter(|volume| is_exclusive(volume))?;
        attached_elsewhere(view, pod, node, &claim.key(), volume)
    })
}

/// Whether a volume is one that is attached to nodes, and to one at a time (`isMultiAttachForbidden`).
fn is_exclusive(volume: &PersistentVolume) -> bool {
    let spec = &volume.spec;
    let is_attached = spec.local.is_none() && spec.host_path.is_none() && spec.nfs.is_none();
    let is_shared = |mode: &String| mode == "ReadWriteMany" || mode == "ReadOnlyMany";
    is_attached && !spec.access_modes.is_empty() && !spec.access_modes.iter().any(is_shared)
}

fn attached_elsewhere(
    view: View<'_>,
    pod: &Rc<Pod>,
    node: &str,
    claim: &Key,
    volume: &PersistentVolume,
) -> Option<Pass> {
    let came = |pod: &Pod| (pod.status.phase == PodPhase::Pending, pod.status.start_time, pod.metadata.uid);
    let holders: Vec<&Rc<Pod>> = (view.cluster.pods_using(claim))
        .filter(|other| other.node().is_some_and(|other| other != node))
        .filter(|other| !other.status.phase.is_terminal() && other.status.start_time.is_some())
        .filter(|other| came(other) < came(pod))
        .collect();
    let reason = |holder: &str, until| VolumeReason::MultiAttach {
        pod: pod.reference(),
        volume: volume.reference(),
        node: holder.to_owned(),
        pods: holders.iter().map(|pod| pod.reference()).collect(),
        until,
    };
    if let Some(holder) = holders.first().and_then(|holder| holder.node()) {
        return Some(Pass::of(vec![], Reason::Volume(reason(holder, None))));
    }
    let stranded = view.world.nodes.stranded(&volume.metadata.name).filter(|stranded| stranded.node != node)?;
    let freed = view.cluster.node(&stranded.node).is_some_and(|node| is_out_of_service(node));
    let until: Time = stranded.since + FORCE_DETACH;
    if freed || until <= view.now {
        return None;
    }
    let reason = reason(&stranded.node, Some(until));
    Some(Pass { again_at: Some(until), ..Pass::of(vec![], Reason::Volume(reason)) })
}
