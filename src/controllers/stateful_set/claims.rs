//! Claims of a StatefulSet's pods and who owns them.
//! Upstream: `stateful_pod_control.go`, `stateful_set_utils.go: updateClaimOwnerRefForSetAndPod`.

use super::identity::{claim_name, pod_name};
use crate::actor::{View, Write};
use crate::api::{
    Key, Kind, Object, ObjectMeta, ObjectRef, OwnerReference, PersistentVolumeClaim, Pod, Resource,
    RetentionPolicyType, StatefulSet,
};
use crate::controllers::ownership::controller_reference;
use std::rc::Rc;

/// What keeps the pod of an ordinal from being made.
pub(super) enum Obstacle {
    /// The claim belongs to a pod of that name that is gone: garbage collection will delete it.
    Stale(ObjectRef),
    /// The claim is being deleted.
    Terminating(ObjectRef),
}

fn keys(set: &StatefulSet, ordinal: i32) -> impl Iterator<Item = Key> + '_ {
    set.spec.volume_claim_templates.iter().map(move |template| {
        Key::new(&set.metadata.namespace, &claim_name(&template.metadata.name, &set.metadata.name, ordinal))
    })
}

/// The claims of an ordinal that exist.
pub(super) fn existing<'a>(
    view: View<'a>,
    set: &'a StatefulSet,
    ordinal: i32,
) -> impl Iterator<Item = &'a Rc<PersistentVolumeClaim>> {
    keys(set, ordinal).filter_map(move |key| view.cluster.claims.get(&key))
}

/// The claims of an ordinal that do not exist, as they are to be made.
pub(super) fn missing(
    view: View<'_>,
    set: &StatefulSet,
    ordinal: i32,
    pod: Option<&Pod>,
) -> Vec<Rc<PersistentVolumeClaim>> {
    (set.spec.volume_claim_templates.iter().zip(keys(set, ordinal)))
        .filter(|(_, key)| !view.cluster.claims.contains(key))
        .map(|(template, key)| {
            let mut labels = template.metadata.labels.clone();
            labels.extend(set.spec.selector.clone().unwrap_or_default().match_labels);
            let mut claim = PersistentVolumeClaim {
                metadata: ObjectMeta {
                    name: key.name.to_string(),
                    namespace: key.namespace.to_string(),
                    labels,
                    annotations: template.metadata.annotations.clone(),
                    ..Default::default()
                },
                spec: template.spec.clone(),
                status: Default::default(),
            };
            claim.metadata.owner_references = owners(&claim, set, &pod_name(&set.metadata.name, ordinal), pod, false);
            Rc::new(claim)
        })
        .collect()
}

/// What keeps the pod of an ordinal from being made (`PodClaimIsStale`, `createPersistentVolumeClaims`).
pub(super) fn obstacle(view: View<'_>, set: &StatefulSet, ordinal: i32) -> Option<Obstacle> {
    let pod = pod_name(&set.metadata.name, ordinal);
    let current = view.cluster.pods.get(&Key::new(&set.metadata.namespace, &pod)).map(|pod| pod.metadata.uid);
    let is_stale = |claim: &&Rc<PersistentVolumeClaim>| {
        let mut owners = claim.metadata.owner_references.iter();
        owners.any(|owner| owner.kind == Kind::Pod.as_str() && owner.name == pod && Some(owner.uid) != current)
    };
    if let Some(claim) = existing(view, set, ordinal).find(is_stale) {
        return Some(Obstacle::Stale(claim.reference()));
    }
    terminating(view, set, ordinal).map(Obstacle::Terminating)
}

/// A claim of an ordinal that is being deleted.
pub(super) fn terminating(view: View<'_>, set: &StatefulSet, ordinal: i32) -> Option<ObjectRef> {
    let claim = existing(view, set, ordinal).find(|claim| claim.metadata.is_terminating());
    claim.map(|claim| claim.reference())
}

/// Claims of an ordinal that something else controls, where the retention policy would have a say
/// (`hasUnexpectedController`).
pub(super) fn foreign(view: View<'_>, set: &StatefulSet, ordinal: i32) -> Vec<ObjectRef> {
    if set.spec.retention() == Default::default() {
        return vec![];
    }
    let name = pod_name(&set.metadata.name, ordinal);
    let foreign = existing(view, set, ordinal).filter(|claim| is_controlled_by_another(claim, set, &name));
    foreign.map(|claim| claim.reference()).collect()
}

/// Writes that give the claims of an ordinal the owners that the retention policy asks for.
pub(super) fn retention_updates(
    view: View<'_>,
    set: &StatefulSet,
    ordinal: i32,
    pod: Option<&Pod>,
    condemned: bool,
) -> Vec<Write> {
    if set.spec.volume_claim_templates.is_empty() {
        return vec![];
    }
    let name = pod_name(&set.metadata.name, ordinal);
    existing(view, set, ordinal)
        .filter(|claim| !is_controlled_by_another(claim, set, &name))
        .filter_map(|claim| {
            let wanted = owners(claim, set, &name, pod, condemned);
            if wanted == claim.metadata.owner_references {
                return None;
            }
            let mut claim = (**claim).clone();
            claim.metadata.owner_references = wanted;
            Some(Write::Update(Object::PersistentVolumeClaim(Rc::new(claim))))
        })
        .collect()
}

/// Whether somebody else manages the claim, which is then left alone.
fn is_controlled_by_another(claim: &PersistentVolumeClaim, set: &StatefulSet, pod: &str) -> bool {
    claim.metadata.controller().is_some_and(|owner| !is_set(owner, set) && !is_pod(owner, pod))
}

fn is_set(owner: &OwnerReference, set: &StatefulSet) -> bool {
    owner.kind == Kind::StatefulSet.as_str() && owner.name == set.metadata.name
}

fn is_pod(owner: &OwnerReference, pod: &str) -> bool {
    owner.kind == Kind::Pod.as_str() && owner.name == pod
}

/// The owners a claim should have: others stay, the set and the pod come and go with the policy.
fn owners(
    claim: &PersistentVolumeClaim,
    set: &StatefulSet,
    pod_name: &str,
    pod: Option<&Pod>,
    condemned: bool,
) -> Vec<OwnerReference> {
    use RetentionPolicyType::{Delete, Retain};
    let mut owners: Vec<_> = (claim.metadata.owner_references.iter())
        .filter(|owner| !is_set(owner, set) && !is_pod(owner, pod_name))
        .cloned()
        .collect();
    let owned_by_set = match set.spec.retention() {
        (Retain, _) => false,
        (Delete, Retain) => true,
        (Delete, Delete) => !condemned,
    };
    if owned_by_set {
        owners.push(controller_reference(set));
    }
    if condemned
        && set.spec.retention().1 == Delete
        && let Some(pod) = pod
    {
        owners.push(controller_reference(pod));
    }
    owners
}
