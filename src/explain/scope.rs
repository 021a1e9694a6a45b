//! What an explanation may look at: the step and the cluster right after it.

use crate::api::{
    DaemonSet, Deployment, Key, Kind, Object, ObjectRef, PersistentVolumeClaim, Pod, PodTemplateSpec, ReplicaSet,
    Resource, StatefulSet, StorageClass, UpdateStrategyType,
};
use crate::cluster::{Change, Cluster};
use crate::controllers::garbage::ORPHAN;
use crate::controllers::stateful_set::{claim_template_of, ordinal_of};
use crate::engine::Step;
use std::rc::Rc;

/// A step with the cluster right after it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) step: &'a Step,
    pub(super) cluster: &'a Cluster,
}

/// The controller of a pod. What belongs to a Deployment's ReplicaSet is changed in the Deployment.
#[allow(clippy::enum_variant_names, reason = "each variant is named as Kubernetes names the kind")]
pub(super) enum Workload {
    StatefulSet(Rc<StatefulSet>),
    DaemonSet(Rc<DaemonSet>),
    /// A ReplicaSet, and the Deployment that owns it.
    ReplicaSet(Rc<ReplicaSet>, Option<Rc<Deployment>>),
}

impl Workload {
    pub(super) fn reference(&self) -> ObjectRef {
        match self {
            Workload::StatefulSet(set) => set.reference(),
            Workload::DaemonSet(set) => set.reference(),
            Workload::ReplicaSet(_, Some(deployment)) => deployment.reference(),
            Workload::ReplicaSet(set, None) => set.reference(),
        }
    }

    /// Whether old pods stay until somebody deletes them.
    pub(super) fn updates_by_hand(&self) -> bool {
        let strategy = match self {
            Workload::StatefulSet(set) => set.spec.strategy(),
            Workload::DaemonSet(set) => set.spec.strategy(),
            Workload::ReplicaSet(..) => return false,
        };
        strategy == UpdateStrategyType::OnDelete
    }

    pub(super) fn template(&self) -> &PodTemplateSpec {
        match self {
            Workload::StatefulSet(set) => &set.spec.template,
            Workload::DaemonSet(set) => &set.spec.template,
            Workload::ReplicaSet(_, Some(deployment)) => &deployment.spec.template,
            Workload::ReplicaSet(set, None) => &set.spec.template,
        }
    }
}

impl Scope<'_> {
    /// An object as it is after the step, or as it was when the step removed it.
    pub(super) fn object(&self, reference: &ObjectRef) -> Option<Object> {
        self.cluster.get(reference).or_else(|| {
            let mut before = self.step.changes.iter().rev().filter_map(|change| change.before.as_ref());
            before.find(|object| object.reference() == *reference).cloned()
        })
    }

    pub(super) fn pod(&self, reference: &ObjectRef) -> Option<Rc<Pod>> {
        self.object(reference)?.as_pod().cloned()
    }

    pub(super) fn stateful_set(&self, reference: &ObjectRef) -> Option<Rc<StatefulSet>> {
        match self.object(reference)? {
            Object::StatefulSet(set) => Some(set),
            _ => None,
        }
    }

    pub(super) fn daemon_set(&self, reference: &ObjectRef) -> Option<Rc<DaemonSet>> {
        match self.object(reference)? {
            Object::DaemonSet(set) => Some(set),
            _ => None,
        }
    }

    pub(super) fn deployment(&self, reference: &ObjectRef) -> Option<Rc<Deployment>> {
        match self.object(reference)? {
            Object::Deployment(deployment) => Some(deployment),
            _ => None,
        }
    }

    pub(super) fn replica_set(&self, reference: &ObjectRef) -> Option<Rc<ReplicaSet>> {
        match self.object(reference)? {
            Object::ReplicaSet(set) => Some(set),
            _ => None,
        }
    }

    /// The Deployment that owns a ReplicaSet, if it exists still.
    fn deployment_of(&self, set: &ReplicaSet) -> Option<Rc<Deployment>> {
        let owner = set.metadata.controller()?;
        let kind = Kind::parse(&owner.kind).filter(|kind| *kind == Kind::Deployment)?;
        let deployment = self.deployment(&ObjectRef::new(kind, &set.metadata.namespace, &owner.name))?;
        (deployment.metadata.uid == owner.uid).then_some(deployment)
    }

    /// Whether a set is ordered, as sets are unless they say otherwise.
    pub(super) fn is_ordered(&self, set: &ObjectRef) -> bool {
        self.stateful_set(set).is_none_or(|set| set.spec.is_ordered())
    }

    /// Whether a set waits until a pod has been Ready for a while.
    pub(super) fn waits_for_available(&self, set: &ObjectRef) -> bool {
        self.stateful_set(set).is_some_and(|set| set.spec.min_ready_seconds.is_some_and(|seconds| seconds > 0))
    }

    /// Whether an object is being deleted without what it owns.
    pub(super) fn is_orphaning(&self, object: &ObjectRef) -> bool {
        self.object(object).is_some_and(|object| object.metadata().has_finalizer(ORPHAN))
    }

    /// The first and the last wanted ordinal of a set; none where no pod is wanted.
    pub(super) fn ordinals(&self, set: &ObjectRef) -> Option<(i32, i32)> {
        let set = self.stateful_set(set)?;
        let start = set.spec.start_ordinal();
        (set.spec.replicas() > 0).then(|| (start, start.saturating_add(set.spec.replicas() - 1)))
    }

    pub(super) fn claim(&self, reference: &ObjectRef) -> Option<Rc<PersistentVolumeClaim>> {
        match self.object(reference)? {
            Object::PersistentVolumeClaim(claim) => Some(claim),
            _ => None,
        }
    }

    pub(super) fn storage_class(&self, name: &str) -> Option<&Rc<StorageClass>> {
        self.cluster.storage_classes.get(&Key::new("", name))
    }

    /// The set that controls a pod, if it exists still.
    pub(super) fn workload_of(&self, pod: &Pod) -> Option<Workload> {
        let owner = pod.metadata.controller()?;
        let kind = Kind::parse(&owner.kind)?;
        let found = match self.object(&ObjectRef::new(kind, &pod.metadata.namespace, &owner.name))? {
            Object::StatefulSet(set) => Workload::StatefulSet(set),
            Object::DaemonSet(set) => Workload::DaemonSet(set),
            Object::ReplicaSet(set) => {
                let deployment = self.deployment_of(&set);
                Workload::ReplicaSet(set, deployment)
            }
            _ => return None,
        };
        let uid = match &found {
            Workload::StatefulSet(set) => set.metadata.uid,
            Workload::DaemonSet(set) => set.metadata.uid,
            Workload::ReplicaSet(set, _) => set.metadata.uid,
        };
        (uid == owner.uid).then_some(found)
    }

    /// The set and the index of the claim template that a claim was made from, by its name.
    pub(super) fn template_of(&self, claim: &ObjectRef) -> Option<(Rc<StatefulSet>, usize)> {
        let sets = self.cluster.stateful_sets.iter().filter(|set| set.metadata.namespace == *claim.key.namespace);
        sets.filter_map(|set| Some((set.clone(), claim_template_of(set, claim.name())?.0))).next()
    }

    /// The node of a pod, if its kubelet is out of reach, so that nobody confirms that the pod has stopped.
    pub(super) fn unreachable_node(&self, pod: &ObjectRef) -> Option<String> {
        let pod = self.pod(pod)?;
        let name = pod.node()?;
        let answers = self.cluster.node(name).is_some_and(|node| {
            node.status.conditions.iter().all(|condition| condition.kind != "Ready" || condition.status == "True")
        });
        (!answers).then(|| name.to_owned())
    }

    /// The changes that the step made to objects of a kind.
    pub(super) fn changes(&self, kind: Kind) -> impl Iterator<Item = &Change> {
        let of_kind = move |change: &&Change| change.object().is_some_and(|object| object.kind() == kind);
        self.step.changes.iter().filter(of_kind)
    }
}

/// The ordinal of a pod of a set, by their names.
pub(super) fn ordinal(set: &ObjectRef, pod: &ObjectRef) -> Option<i32> {
    ordinal_of(set.name(), pod.name())
}

/// The pod of an ordinal of a set.
pub(super) fn member(set: &ObjectRef, ordinal: i32) -> ObjectRef {
    let name = crate::controllers::stateful_set::pod_name(set.name(), ordinal);
    ObjectRef::new(Kind::Pod, &set.key.namespace, &name)
}

/// A node, by its name.
pub(super) fn node(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::Node, "", name)
}
