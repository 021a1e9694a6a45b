//! Volumes in scheduling. Upstream: `pkg/scheduler/framework/plugins/{volumebinding,volumerestrictions,volumezone}`.

use super::filters::WhatIf;
use crate::actor::{View, Write};
use crate::api::{Key, Node, Object, ObjectRef, PersistentVolume, PersistentVolumeClaim, Pod, Resource};
use crate::controllers::volume::{
    NO_PROVISIONER, SELECTED_NODE, bind_volume, class_of, smallest_fit_besides, volume_of,
};
use crate::reason::Plugin;
use std::rc::Rc;

/// Whether the volumes of a pod are ready on the chosen node.
pub(super) enum Readiness {
    /// All claims are bound.
    Ready,
    /// Claims were told which node it is.
    Preparing(Vec<Write>, Vec<ObjectRef>),
    /// Claims know the node and are not bound yet.
    Waiting,
}

fn claims<'a>(view: View<'a>, pod: &'a Pod) -> impl Iterator<Item = (&'a str, Option<&'a Rc<PersistentVolumeClaim>>)> {
    pod.claim_names().map(move |name| (name, view.cluster.claims.get(&Key::new(&pod.metadata.namespace, name))))
}

/// What keeps the pod off every node (`VolumeBinding.PreFilter`).
pub(super) fn pre_filter(view: View<'_>, pod: &Pod) -> Option<String> {
    let mut unbound = false;
    for (name, claim) in claims(view, pod) {
        let Some(claim) = claim else { return Some(format!("persistentvolumeclaim \"{name}\" not found")) };
        if claim.metadata.is_terminating() {
            return Some(format!("persistentvolumeclaim \"{name}\" is being deleted"));
        }
        let waits = class_of(view, claim).is_some_and(|class| class.waits_for_first_consumer());
        unbound |= !claim.was_bound() && !waits;
    }
    unbound.then(|| "pod has unbound immediate PersistentVolumeClaims".into())
}

/// Labels of nodes and volumes that say where they are (`topologyLabels`), each with the name it has today.
const PLACES: [(&str, &str); 4] = [
    ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
    ("topology.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("topology.kubernetes.io/region", "topology.kubernetes.io/region"),
];

/// The volumes of a pod, as its filters need them.
pub(super) struct Volumes<'a> {
    view: View<'a>,
    pod: &'a Pod,
    /// Its claims that only one pod may use.
    once: Vec<&'a str>,
    /// How many of them a standing pod uses (`conflictingPVCRefCount`).
    taken: usize,
    /// Names and values of the places of its volumes; a value may list several, between `__`.
    places: Vec<(&'static str, &'static str, &'a str)>,
}

impl<'a> Volumes<'a> {
    /// Looks up claims and volumes once.
    pub fn of(view: View<'a>, pod: &'a Pod) -> Volumes<'a> {
        let mut found = Volumes { view, pod, once: vec![], taken: 0, places: vec![] };
        for (name, claim) in claims(view, pod).filter_map(|(name, claim)| Some((name, claim?))) {
            if claim.spec.access_modes.iter().any(|mode| mode == "ReadWriteOncePod") {
                let key = Key::new(&pod.metadata.namespace, name);
                let mut users = view.cluster.pods_using(&key);
                found.once.push(name);
                found.taken += usize::from(users.any(|user| user.node().is_some() && !user.status.phase.is_terminal()));
            }
            if let Some(volume) = volume_of(view.cluster, claim) {
                let labels = &volume.metadata.labels;
                found
                    .places
                    .extend(PLACES.iter().filter_map(|(key, today)| Some((*key, *today, labels.get(*key)?.as_str()))));
            }
        }
        found
    }

    /// What keeps the pod off one node.
    pub fn refusal(&self, node: &Node, what_if: &WhatIf<'_>) -> Option<(Plugin, &'static str)> {
        let uses = |pods: &[&Pod]| pods.iter().filter(|pod| self.shares_claim(pod)).count();
        if self.taken + uses(&what_if.added) > uses(&what_if.removed) {
            return Some((
                Plugin::VolumeRestrictions,
                "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by \
                 another pod",
            ));
        }
        if let Some(reason) = self.binding_refusal(node) {
            return Some((Plugin::VolumeBinding, reason));
        }
        let labels = &node.metadata.labels;
        let is_there = |(key, today, value): &(&'static str, &'static str, &str)| {
            labels.get(*key).or_else(|| labels.get(*today)).is_some_and(|own| value.split("__").any(|one| one == own))
        };
        let is_placed = PLACES.iter().any(|(key, _)| labels.contains_key(*key));
        (is_placed && !self.places.iter().all(is_there))
            .then_some((Plugin::VolumeZone, "node(s) had no available volume zone"))
    }

    fn shares_claim(&self, other: &Pod) -> bool {
        other.metadata.namespace == self.pod.metadata.namespace
            && other.claim_names().any(|name| self.once.contains(&name))
    }

    /// `VolumeBinding.Filter`.
    fn binding_refusal(&self, node: &Node) -> Option<&'static str> {
        let view = self.view;
        let mut open: Vec<&Rc<PersistentVolumeClaim>> = vec![];
        for (_, claim) in claims(view, self.pod) {
            let Some(claim) = claim else { continue };
            if !claim.was_bound() {
                open.push(claim);
                continue;
            }
            match volume_of(view.cluster, claim) {
                None => return Some("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"),
                Some(volume) if !reaches(volume, node) => {
                    return Some("node(s) didn't match PersistentVolume's node affinity");
                }
                Some(_) => {}
            }
        }
        // Small claims choose first, so that they do not take what only fits a larger one.
        open.sort_by_key(|claim| claim.requested_storage());
        let mut taken: Vec<String> = vec![];
        for claim in open {
            let provisions = class_of(view, claim).is_some_and(|class| class.provisioner != NO_PROVISIONER);
            match smallest_fit_besides(view, claim, Some(node), &taken) {
                Some(volume) => taken.push(volume.metadata.name.clone()),
                None if provisions => {}
                None => return Some("node(s) didn't find available persistent volumes to bind"),
            }
        }
        None
    }
}

fn reaches(volume: &PersistentVolume, node: &Node) -> bool {
    let affinity = volume.spec.node_affinity.as_ref().and_then(|affinity| affinity.required.as_ref());
    affinity.is_none_or(|selector| selector.matches(node))
}

/// Tells the claims that wait for a consumer which node it is (`Reserve` and `PreBind`).
pub(super) fn prepare(view: View<'_>, pod: &Pod, node: &str) -> Readiness {
    let mut open: Vec<_> = claims(view, pod).filter_map(|(_, claim)| claim).filter(|claim| !claim.is_bound()).collect();
    if open.is_empty() {
        return Readiness::Ready;
    }
    open.sort_by_key(|claim| claim.requested_storage());
    let Some(target) = view.cluster.node(node) else { return Readiness::Waiting };
    let mut writes = vec![];
    let mut told = vec![];
    let mut taken: Vec<String> = vec![];
    for claim in open {
        let kept = view.cluster.volumes.iter().any(|volume| volume.claim() == Some(claim.reference()));
        if kept || claim.metadata.annotations.get(SELECTED_NODE).is_some_and(|selected| selected == node) {
            continue;
        }
        told.push(claim.reference());
        match smallest_fit_besides(view, claim, Some(target), &taken) {
            Some(volume) => {
                taken.push(volume.metadata.name.clone());
                writes.push(Write::Update(Object::PersistentVolume(Rc::new(bind_volume(volume, claim)))));
            }
            None => {
                let mut annotated = (**claim).clone();
                annotated.metadata.annotations.insert(SELECTED_NODE.into(), node.into());
                writes.push(Write::Update(Object::PersistentVolumeClaim(Rc::new(annotated))));
            }
        }
    }
    if writes.is_empty() { Readiness::Waiting } else { Readiness::Preparing(writes, told) }
}
