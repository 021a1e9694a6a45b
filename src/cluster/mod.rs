//! The object store: every object of the cluster at one moment, with indexes, and changes that can be undone exactly.
//! Decides nothing; knows only [`crate::api`].

mod index;
mod store;

pub use index::Requested;
pub use store::Store;

use crate::api::{
    ControllerRevision, DaemonSet, Deployment, EndpointSlice, HorizontalPodAutoscaler, Key, Kind, Node, Object,
    ObjectRef, PersistentVolume, PersistentVolumeClaim, Pod, PodDisruptionBudget, PriorityClass, ReplicaSet, Service,
    StatefulSet, StorageClass, Uid,
};
use index::Indexes;
use std::rc::Rc;

/// All objects at one moment.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// Nodes.
    pub nodes: Store<Node>,
    /// Storage classes.
    pub storage_classes: Store<StorageClass>,
    /// Volumes.
    pub volumes: Store<PersistentVolume>,
    /// Claims.
    pub claims: Store<PersistentVolumeClaim>,
    /// Services.
    pub services: Store<Service>,
    /// StatefulSets.
    pub stateful_sets: Store<StatefulSet>,
    /// DaemonSets.
    pub daemon_sets: Store<DaemonSet>,
    /// Deployments.
    pub deployments: Store<Deployment>,
    /// ReplicaSets.
    pub replica_sets: Store<ReplicaSet>,
    /// HorizontalPodAutoscalers.
    pub autoscalers: Store<HorizontalPodAutoscaler>,
    /// PodDisruptionBudgets.
    pub disruption_budgets: Store<PodDisruptionBudget>,
    /// Priority classes.
    pub priority_classes: Store<PriorityClass>,
    /// Endpoints behind Services.
    pub endpoint_slices: Store<EndpointSlice>,
    /// Template revisions.
    pub revisions: Store<ControllerRevision>,
    /// Pods.
    pub pods: Store<Pod>,
    indexes: Indexes,
}

/// One object made, changed or removed. Holds the object before and after, shared, so that it can be undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The object as it was; none where it is made.
    pub before: Option<Object>,
    /// The object as it is now; none where it is removed.
    pub after: Option<Object>,
}

impl Change {
    /// The object that is made, changed or removed. A change of nothing does not exist.
    #[must_use]
    pub fn object(&self) -> Option<&Object> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// The change that undoes this one.
    #[must_use]
    pub fn reversed(&self) -> Change {
        Change { before: self.after.clone(), after: self.before.clone() }
    }
}

impl Cluster {
    /// Makes a change.
    pub fn apply(&mut self, change: &Change) {
        match (&change.before, &change.after) {
            (before, Some(after)) => self.put(before.as_ref(), after.clone()),
            (Some(before), None) => self.take(before),
            (None, None) => {}
        }
    }

    /// Undoes a change that was made last.
    pub fn revert(&mut self, change: &Change) {
        self.apply(&change.reversed());
    }

    /// An object of any kind.
    #[must_use]
    pub fn get(&self, reference: &ObjectRef) -> Option<Object> {
        let key = &reference.key;
        match reference.kind {
            Kind::Node => self.nodes.get(key).cloned().map(Object::Node),
            Kind::StorageClass => self.storage_classes.get(key).cloned().map(Object::StorageClass),
            Kind::PersistentVolume => self.volumes.get(key).cloned().map(Object::PersistentVolume),
            Kind::PersistentVolumeClaim => self.claims.get(key).cloned().map(Object::PersistentVolumeClaim),
            Kind::Service => self.services.get(key).cloned().map(Object::Service),
            Kind::StatefulSet => self.stateful_sets.get(key).cloned().map(Object::StatefulSet),
            Kind::DaemonSet => self.daemon_sets.get(key).cloned().map(Object::DaemonSet),
            Kind::Deployment => self.deployments.get(key).cloned().map(Object::Deployment),
            Kind::ReplicaSet => self.replica_sets.get(key).cloned().map(Object::ReplicaSet),
            Kind::HorizontalPodAutoscaler => self.autoscalers.get(key).cloned().map(Object::HorizontalPodAutoscaler),
            Kind::PodDisruptionBudget => self.disruption_budgets.get(key).cloned().map(Object::PodDisruptionBudget),
            Kind::PriorityClass => self.priority_classes.get(key).cloned().map(Object::PriorityClass),
            Kind::EndpointSlice => self.endpoint_slices.get(key).cloned().map(Object::EndpointSlice),
            Kind::ControllerRevision => self.revisions.get(key).cloned().map(Object::ControllerRevision),
            Kind::Pod => self.pods.get(key).cloned().map(Object::Pod),
        }
    }

    /// Every object, by kind, namespace and name.
    pub fn objects(&self) -> impl Iterator<Item = Object> + '_ {
        (self.nodes.iter().cloned().map(Object::Node))
            .chain(self.storage_classes.iter().cloned().map(Object::StorageClass))
            .chain(self.volumes.iter().cloned().map(Object::PersistentVolume))
            .chain(self.claims.iter().cloned().map(Object::PersistentVolumeClaim))
            .chain(self.services.iter().cloned().map(Object::Service))
            .chain(self.stateful_sets.iter().cloned().map(Object::StatefulSet))
            .chain(self.daemon_sets.iter().cloned().map(Object::DaemonSet))
            .chain(self.deployments.iter().cloned().map(Object::Deployment))
            .chain(self.replica_sets.iter().cloned().map(Object::ReplicaSet))
            .chain(self.autoscalers.iter().cloned().map(Object::HorizontalPodAutoscaler))
            .chain(self.disruption_budgets.iter().cloned().map(Object::PodDisruptionBudget))
            .chain(self.priority_classes.iter().cloned().map(Object::PriorityClass))
            .chain(self.endpoint_slices.iter().cloned().map(Object::EndpointSlice))
            .chain(self.revisions.iter().cloned().map(Object::ControllerRevision))
            .chain(self.pods.iter().cloned().map(Object::Pod))
    }

    /// A node by its name.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<&Rc<Node>> {
        self.nodes.get(&Key::new("", name))
    }

    /// Pods bound to a node, by name.
    pub fn pods_on<'a>(&'a self, node: &str) -> impl Iterator<Item = &'a Rc<Pod>> + use<'a> {
        self.indexes.pods_on(node)
    }

    /// What the pods bound to a node request together. Pods in a terminal phase no longer count.
    #[must_use]
    pub fn requested_on(&self, node: &str) -> &Requested {
        self.indexes.requested_on(node)
    }

    /// Pods that stand on a node as the scheduler counts them: bound and not in a terminal phase.
    pub fn standing_on<'a>(&'a self, node: &str) -> impl Iterator<Item = &'a Rc<Pod>> + use<'a> {
        self.pods_on(node).filter(|pod| !pod.status.phase.is_terminal())
    }

    /// Standing pods that attract or repel others, by name.
    pub fn with_pod_affinity(&self) -> impl Iterator<Item = &Rc<Pod>> {
        self.indexes.with_pod_affinity().filter_map(|key| self.pods.get(key))
    }

    /// Pods that are not bound yet and for which preemption makes room on a node, by name.
    pub fn nominated_on<'a>(&'a self, node: &str) -> impl Iterator<Item = &'a Rc<Pod>> + use<'a> {
        self.indexes.nominated_on(node).filter_map(|key| self.pods.get(key))
    }

    /// The lowest priority of a pod that stands on a node.
    #[must_use]
    pub fn lowest_priority(&self) -> Option<i32> {
        self.indexes.lowest_priority()
    }

    /// Everything that names an owner, by kind and name.
    pub fn dependents(&self, owner: Uid) -> impl Iterator<Item = &ObjectRef> {
        self.indexes.dependents(owner)
    }

    /// Pods that an object controls, by name.
    pub fn pods_of(&self, controller: Uid) -> impl Iterator<Item = &Rc<Pod>> {
        self.dependents(controller)
            .filter(|dependent| dependent.kind == Kind::Pod)
            .filter_map(|dependent| self.pods.get(&dependent.key))
            .filter(move |pod| pod.metadata.controller().is_some_and(|owner| owner.uid == controller))
    }

    /// Template revisions that an object controls, by name.
    pub fn revisions_of(&self, controller: Uid) -> impl Iterator<Item = &Rc<ControllerRevision>> {
        self.dependents(controller)
            .filter(|dependent| dependent.kind == Kind::ControllerRevision)
            .filter_map(|dependent| self.revisions.get(&dependent.key))
    }

    /// ReplicaSets that an object controls, by name.
    pub fn replica_sets_of(&self, controller: Uid) -> impl Iterator<Item = &Rc<ReplicaSet>> {
        self.dependents(controller)
            .filter(|dependent| dependent.kind == Kind::ReplicaSet)
            .filter_map(|dependent| self.replica_sets.get(&dependent.key))
            .filter(move |set| set.metadata.controller().is_some_and(|owner| owner.uid == controller))
    }

    /// Pods, ReplicaSets and template revisions that nothing controls, of one kind.
    pub fn orphans(&self, kind: Kind) -> impl Iterator<Item = &Key> {
        self.indexes.orphans(kind)
    }

    /// Pods whose volumes use a claim, by name.
    pub fn pods_using<'a>(&'a self, claim: &Key) -> impl Iterator<Item = &'a Rc<Pod>> + use<'a> {
        self.indexes.pods_using(claim).filter_map(|key| self.pods.get(key))
    }

    fn put(&mut self, before: Option<&Object>, after: Object) {
        let is_replaced = match (before, &after) {
            (Some(Object::Pod(before)), Object::Pod(after)) => self.indexes.replace_pod(before, after),
            _ => false,
        };
        if !is_replaced {
            if let Some(before) = before {
                self.indexes.remove(before);
            }
            self.indexes.insert(&after);
        }
        match after {
            Object::Node(object) => self.nodes.insert(object),
            Object::StorageClass(object) => self.storage_classes.insert(object),
            Object::PersistentVolume(object) => self.volumes.insert(object),
            Object::PersistentVolumeClaim(object) => self.claims.insert(object),
            Object::Service(object) => self.services.insert(object),
            Object::StatefulSet(object) => self.stateful_sets.insert(object),
            Object::DaemonSet(object) => self.daemon_sets.insert(object),
            Object::Deployment(object) => self.deployments.insert(object),
            Object::ReplicaSet(object) => self.replica_sets.insert(object),
            Object::HorizontalPodAutoscaler(object) => self.autoscalers.insert(object),
            Object::PodDisruptionBudget(object) => self.disruption_budgets.insert(object),
            Object::PriorityClass(object) => self.priority_classes.insert(object),
            Object::EndpointSlice(object) => self.endpoint_slices.insert(object),
            Object::ControllerRevision(object) => self.revisions.insert(object),
            Object::Pod(object) => self.pods.insert(object),
        }
    }

    fn take(&mut self, object: &Object) {
        self.indexes.remove(object);
        let key = object.key();
        match object.kind() {
            Kind::Node => self.nodes.remove(&key),
            Kind::StorageClass => self.storage_classes.remove(&key),
            Kind::PersistentVolume => self.volumes.remove(&key),
            Kind::PersistentVolumeClaim => self.claims.remove(&key),
            Kind::Service => self.services.remove(&key),
            Kind::StatefulSet => self.stateful_sets.remove(&key),
            Kind::DaemonSet => self.daemon_sets.remove(&key),
            Kind::Deployment => self.deployments.remove(&key),
            Kind::ReplicaSet => self.replica_sets.remove(&key),
            Kind::HorizontalPodAutoscaler => self.autoscalers.remove(&key),
            Kind::PodDisruptionBudget => self.disruption_budgets.remove(&key),
            Kind::PriorityClass => self.priority_classes.remove(&key),
            Kind::EndpointSlice => self.endpoint_slices.remove(&key),
            Kind::ControllerRevision => self.revisions.remove(&key),
            Kind::Pod => self.pods.remove(&key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ObjectMeta;

    fn pod(name: &str, node: Option<&str>) -> Object {
        let metadata = ObjectMeta { name: name.into(), namespace: "default".into(), ..Default::default() };
        let mut pod = Pod { metadata: Rc::new(metadata), ..Default::default() };
        Rc::make_mut(&mut pod.spec).node_name = node.map(Into::into);
        Object::Pod(Rc::new(pod))
    }

    #[test]
    fn undoing_a_change_restores_objects_and_indexes() {
        let mut cluster = Cluster::default();
        let made = Change { before: None, after: Some(pod("a", None)) };
        let bound = Change { before: Some(pod("a", None)), after: Some(pod("a", Some("n1"))) };
        cluster.apply(&made);
        cluster.apply(&bound);
        assert_eq!(cluster.pods_on("n1").count(), 1);
        assert_eq!(cluster.requested_on("n1").pods, 1);
        cluster.revert(&bound);
        assert_eq!(cluster.pods_on("n1").count(), 0);
        assert_eq!(*cluster.requested_on("n1"), Requested::default());
        cluster.revert(&made);
        assert_eq!(cluster.objects().count(), 0);
        assert_eq!(cluster.orphans(Kind::Pod).count(), 0);
    }
}
