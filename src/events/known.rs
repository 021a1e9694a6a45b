//! What is known of the cluster before a step, as far as Events need it: gathered step by step, so that no step is looked
//! at twice.

use crate::api::{Kind, Node, Object, ObjectRef, Pod, Time, Uid};
use crate::engine::Step;
use crate::reason::{Reason, UserReason};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The state before a step.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Every object as it is, shared with the steps.
    objects: BTreeMap<ObjectRef, Object>,
    /// The identity of every object that is or was.
    uids: BTreeMap<ObjectRef, Uid>,
    /// The nodes' images, as `(node, image)`.
    images: BTreeSet<(String, String)>,
    /// Containers whose image is being pulled, by pod and name, and since when.
    pulls: BTreeMap<(Uid, String), Time>,
    /// When each node last looked for pods to evict.
    pub(super) eviction_looks: BTreeMap<String, Time>,
    /// Nodes whose machine is down.
    down: BTreeSet<String>,
    /// Whether a program plays the kubelets and the provisioner: it records no Events.
    pub(super) played: bool,
}

impl Known {
    /// The identity of the object of that name, or of the one that was there last.
    pub(super) fn uid(&self, object: &ObjectRef) -> Option<Uid> {
        self.uids.get(object).copied()
    }

    pub(super) fn object(&self, object: &ObjectRef) -> Option<&Object> {
        self.objects.get(object)
    }

    pub(super) fn pod(&self, pod: &ObjectRef) -> Option<&Rc<Pod>> {
        self.object(pod)?.as_pod()
    }

    pub(super) fn node(&self, name: &str) -> Option<&Rc<Node>> {
        match self.object(&ObjectRef::new(Kind::Node, "", name))? {
            Object::Node(node) => Some(node),
            _ => None,
        }
    }

    /// The version at which somebody saw an object before the step.
    pub(super) fn version(&self, object: &ObjectRef) -> Option<&str> {
        self.object(object)?.metadata().resource_version.as_deref()
    }

    /// Whether the kubelet of a node is there to see and do things.
    pub(super) fn has_kubelet(&self, node: &str) -> bool {
        !self.played && !self.down.contains(node) && self.node(node).is_some()
    }

    /// Whether the node has an image.
    pub(super) fn has_image(&self, node: &str, image: &str) -> bool {
        self.images.contains(&(node.to_owned(), image.to_owned()))
    }

    pub(super) fn note_image(&mut self, node: &str, image: &str) {
        self.images.insert((node.to_owned(), image.to_owned()));
    }

    pub(super) fn note_pull(&mut self, pod: Uid, container: &str, at: Time) {
        self.pulls.insert((pod, container.to_owned()), at);
    }

    /// Since when the image of a container is being pulled; the pull is over with that.
    pub(super) fn end_pull(&mut self, pod: Uid, container: &str) -> Option<Time> {
        self.pulls.remove(&(pod, container.to_owned()))
    }

    /// What a step made of it.
    pub(super) fn note(&mut self, step: &Step) {
        for change in &step.changes {
            let Some(object) = change.object() else { continue };
            let reference = object.reference();
            self.uids.insert(reference.clone(), object.metadata().uid);
            match &change.after {
                Some(after) => drop(self.objects.insert(reference, after.clone())),
                None => drop(self.objects.remove(&reference)),
            }
        }
        match &step.reason {
            Reason::User(UserReason::ClusterStarted { played_kubelets, .. }) => self.played = *played_kubelets,
            Reason::User(UserReason::NodeDown { node, .. }) => drop(self.down.insert(node.name().to_owned())),
            Reason::User(UserReason::NodeUp { node }) => drop(self.down.remove(node.name())),
            Reason::User(UserReason::NodeDeleted { node }) => {
                self.down.remove(node.name());
                self.images.retain(|(at, _)| at != node.name());
            }
            _ => {}
        }
    }
}
