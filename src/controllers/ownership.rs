//! Who owns what: references to a controlling owner, adoption and release.
//! Upstream: `pkg/controller/controller_ref_manager.go`.

use crate::actor::View;
use crate::api::{ControllerRevision, Kind, LabelSelector, ObjectMeta, OwnerReference, Pod, ReplicaSet, Resource};
use std::rc::Rc;

/// A reference that makes an object the controlling owner (`metav1.NewControllerRef`).
#[must_use]
pub fn controller_reference<T: Resource>(owner: &T) -> OwnerReference {
    OwnerReference {
        api_version: T::KIND.api_version().into(),
        kind: T::KIND.as_str().into(),
        name: owner.metadata().name.clone(),
        uid: owner.metadata().uid,
        controller: Some(true),
        block_owner_deletion: Some(true),
    }
}

/// The pods of a set after adoption and release.
#[derive(Clone, Debug, Default)]
pub struct Claimed {
    /// Pods that belong to it, by name, adopted ones with their new owner.
    pub pods: Vec<Rc<Pod>>,
    /// Those among them that are adopted in this pass.
    pub adopted: Vec<Rc<Pod>>,
    /// Pods that no longer match, without their owner.
    pub released: Vec<Rc<Pod>>,
}

/// Sorts out which pods belong to a set (`ClaimObject`); `is_member` is what the kind asks besides the selector.
///
/// While the set is being deleted nothing is adopted or released.
#[must_use]
pub fn claim_pods<T: Resource>(
    view: View<'_>,
    owner: &T,
    selector: &LabelSelector,
    is_member: impl Fn(&Pod) -> bool,
) -> Claimed {
    let deleting = owner.metadata().is_terminating();
    let mut claimed = Claimed::default();
    for pod in view.cluster.pods_of(owner.metadata().uid) {
        if selector.matches(&pod.metadata.labels) && is_member(pod) {
            claimed.pods.push(pod.clone());
        } else if !deleting && !pod.is_terminating() {
            claimed.released.push(Rc::new(with_metadata(pod, |metadata| {
                metadata.owner_references.retain(|reference| reference.uid != owner.metadata().uid);
            })));
        }
    }
    if !deleting {
        for key in view.cluster.orphans(Kind::Pod) {
            let Some(pod) = view.cluster.pods.get(key) else { continue };
            let matches = selector.matches(&pod.metadata.labels) && is_member(pod);
            if *pod.metadata.namespace == owner.metadata().namespace && matches && !pod.is_terminating() {
                let adopted = Rc::new(with_metadata(pod, |metadata| {
                    metadata.owner_references.push(controller_reference(owner));
                }));
                claimed.pods.push(adopted.clone());
                claimed.adopted.push(adopted);
            }
        }
        if !claimed.adopted.is_empty() {
            claimed.pods.sort_by(|a, b| a.metadata.name.cmp(&b.metadata.name));
        }
    }
    claimed
}

/// The revisions of a set: its own, and orphans that its selector matches, which it adopts.
#[must_use]
pub fn claim_revisions<T: Resource>(
    view: View<'_>,
    owner: &T,
    selector: &LabelSelector,
) -> (Vec<Rc<ControllerRevision>>, Vec<Rc<ControllerRevision>>) {
    let own: Vec<_> = view.cluster.revisions_of(owner.metadata().uid).cloned().collect();
    let adopted: Vec<_> = (view.cluster.orphans(Kind::ControllerRevision))
        .filter_map(|key| view.cluster.revisions.get(key))
        .filter(|revision| revision.metadata.namespace == owner.metadata().namespace)
        .filter(|revision| !owner.metadata().is_terminating() && selector.matches(&revision.metadata.labels))
        .map(|revision| {
            let mut adopted = (**revision).clone();
            adopted.metadata.owner_references.push(controller_reference(owner));
            Rc::new(adopted)
        })
        .collect();
    (own.into_iter().chain(adopted.iter().cloned()).collect(), adopted)
}

/// The ReplicaSets of a Deployment after adoption and release.
#[derive(Clone, Debug, Default)]
pub struct ClaimedSets {
    /// Sets that belong to it, adopted ones with their new owner.
    pub sets: Vec<Rc<ReplicaSet>>,
    /// Those among them that are adopted in this pass.
    pub adopted: Vec<Rc<ReplicaSet>>,
    /// Sets that no longer match, without their owner.
    pub released: Vec<Rc<ReplicaSet>>,
}

/// Sorts out which ReplicaSets belong to a Deployment (`ReplicaSetControllerRefManager.ClaimReplicaSets`).
///
/// While the Deployment is being deleted nothing is adopted or released.
#[must_use]
pub fn claim_replica_sets<T: Resource>(view: View<'_>, owner: &T, selector: &LabelSelector) -> ClaimedSets {
    let deleting = owner.metadata().is_terminating();
    let mut claimed = ClaimedSets::default();
    for set in view.cluster.replica_sets_of(owner.metadata().uid) {
        if selector.matches(&set.metadata.labels) {
            claimed.sets.push(set.clone());
        } else if !deleting && !set.metadata.is_terminating() {
            let mut released = (**set).clone();
            released.metadata.owner_references.retain(|reference| reference.uid != owner.metadata().uid);
            claimed.released.push(Rc::new(released));
        }
    }
    for set in view.cluster.orphans(Kind::ReplicaSet).filter_map(|key| view.cluster.replica_sets.get(key)) {
        let is_near = set.metadata.namespace == owner.metadata().namespace && !set.metadata.is_terminating();
        if !deleting && is_near && selector.matches(&set.metadata.labels) {
            let mut adopted = (**set).clone();
            adopted.metadata.owner_references.push(controller_reference(owner));
            claimed.adopted.push(Rc::new(adopted));
        }
    }
    claimed.sets.extend(claimed.adopted.iter().cloned());
    claimed
}

/// A pod with its metadata changed.
#[must_use]
pub fn with_metadata(pod: &Pod, change: impl FnOnce(&mut ObjectMeta)) -> Pod {
    let mut pod = pod.clone();
    change(Rc::make_mut(&mut pod.metadata));
    pod
}
