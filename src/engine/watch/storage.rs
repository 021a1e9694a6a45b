//! Which changes of claims and volumes wake whom, and which changes concern them.

use super::Wakes;
use crate::api::{Key, PersistentVolume, PersistentVolumeClaim, Pod, PodPhase, Resource};
use crate::engine::queue::Task;
use std::rc::Rc;

impl Wakes<'_> {
    /// A pod that starts or ends concerns the growth of its claims, and those who wait for its volumes to be detached.
    pub(super) fn volumes_of(&mut self, pod: &Pod) {
        for claim in pod.claim_names().map(|name| Key::new(&pod.metadata.namespace, name)) {
            self.soon(Task::Expand(claim.clone()));
            for other in self.view.cluster.pods_using(&claim).filter(|other| other.status.phase == PodPhase::Pending) {
                self.soon(Task::Kubelet(other.key()));
            }
        }
    }

    /// Pods that wait for a volume to be detached from a node that may just have come back or been given up.
    pub(super) fn volumes_on(&mut self) {
        let waiting = |pod: &&Rc<Pod>| pod.status.phase == PodPhase::Pending && pod.node().is_some();
        for pod in self.view.cluster.pods.iter().filter(waiting).filter(|pod| pod.claim_names().next().is_some()) {
            self.soon(Task::Kubelet(pod.key()));
        }
    }

    pub(super) fn claim(&mut self, claim: &PersistentVolumeClaim) {
        let key = claim.key();
        if claim.metadata.is_terminating() {
            self.soon(Task::ProtectClaim(key.clone()));
        } else if claim.was_bound() {
            self.soon(Task::Claim(key.clone()));
            let grows_at = self.view.now + self.view.settings.kubelet.provision_delay;
            self.tasks.push((grows_at, Task::Expand(key.clone())));
        } else {
            self.volume_wanted(&key);
        }
        self.unbound_pods_using(&key);
    }

    /// The volume controller looks at a claim, and later its provisioner.
    pub(super) fn volume_wanted(&mut self, claim: &Key) {
        self.soon(Task::Claim(claim.clone()));
        let due = self.view.now + self.view.settings.kubelet.provision_delay;
        self.tasks.push((due, Task::Provision(claim.clone())));
    }

    /// The scheduler looks at the pods that wait for a claim.
    pub(super) fn unbound_pods_using(&mut self, claim: &Key) {
        for pod in self.view.cluster.pods_using(claim).filter(|pod| pod.node().is_none()) {
            self.soon(Task::Schedule(pod.key()));
        }
    }

    pub(super) fn claim_gone(&mut self, claim: &PersistentVolumeClaim) {
        self.frees_names = true;
        for volume in self.view.cluster.volumes.iter().filter(|volume| volume.claim() == Some(claim.reference())) {
            self.soon(Task::Volume(volume.key()));
        }
        self.unbound_pods_using(&claim.key());
    }

    pub(super) fn volume(&mut self, volume: &PersistentVolume) {
        self.soon(Task::Volume(volume.key()));
        if volume.metadata.is_terminating() {
            self.soon(Task::ProtectVolume(volume.key()));
        }
        match volume.claim() {
            Some(claim) => self.soon(Task::Claim(claim.key)),
            None => self.open_claims(),
        }
    }

    /// A claim whose volume is gone is lost.
    pub(super) fn volume_gone(&mut self, volume: &PersistentVolume) {
        let claims = self.view.cluster.claims.iter();
        for claim in claims.filter(|claim| claim.spec.volume_name.as_ref() == Some(&volume.metadata.name)) {
            self.soon(Task::Claim(claim.key()));
        }
    }

    /// Claims that wait for a volume or for somebody who makes one.
    pub(super) fn open_claims(&mut self) {
        let cluster = self.view.cluster;
        for claim in cluster.claims.iter().filter(|claim| !claim.is_bound()) {
            self.volume_wanted(&claim.key());
            self.unbound_pods_using(&claim.key());
        }
    }
}
