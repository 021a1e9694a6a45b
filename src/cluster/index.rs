//! What the cluster keeps by other keys than the name, so that no pass has to look at every object.

use crate::api::{Affinity, Key, Kind, Object, ObjectRef, Pod, Quantity, Uid};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

#[derive(Clone, Debug, Default)]
pub(super) struct Indexes {
    pods_on: BTreeMap<Rc<str>, BTreeMap<Key, Rc<Pod>>>,
    requested: BTreeMap<Rc<str>, Requested>,
    dependents: BTreeMap<Uid, BTreeSet<ObjectRef>>,
    orphan_pods: BTreeSet<Key>,
    orphan_revisions: BTreeSet<Key>,
    orphan_replica_sets: BTreeSet<Key>,
    pods_using: BTreeMap<Key, BTreeSet<Key>>,
    /// Bound pods that have not ended and attract or repel other pods.
    with_pod_affinity: BTreeSet<Key>,
    /// How many bound pods that have not ended have which priority.
    priorities: BTreeMap<i32, usize>,
    /// Pods that are not bound, by the node that preemption makes room on for them.
    nominated: BTreeMap<Rc<str>, BTreeSet<Key>>,
    nothing: Requested,
}

/// What pods request together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requested {
    /// Milli-CPU.
    pub cpu_milli: i64,
    /// Bytes.
    pub memory: i64,
    /// Milli-CPU as scores count it: containers without a request count 100m.
    pub scored_cpu_milli: i64,
    /// Bytes as scores count them: containers without a request count 200 MiB.
    pub scored_memory: i64,
    /// Pods.
    pub pods: i64,
    /// Other resources in thousandths, by name.
    pub other: BTreeMap<String, i64>,
}

/// Milli-CPU that scores charge a container without a request
/// (`pkg/scheduler/util/pod_resources.go: DefaultMilliCPURequest`).
const SCORED_CPU_MILLI: i64 = 100;
/// Bytes that scores charge a container without a request (`DefaultMemoryRequest`).
const SCORED_MEMORY: i64 = 200 * 1024 * 1024;

impl Requested {
    /// What one pod requests: the sum of its containers and sidecars, or the largest init container if that is more; what
    /// is written for the pod as a whole in its place; and the overhead
    /// (`k8s.io/component-helpers/resource/helpers.go: PodRequests`).
    #[must_use]
    pub fn of(pod: &Pod) -> Requested {
        let mut requested = Requested::of_containers(pod);
        if let Some(resources) = &pod.spec.resources {
            // A limit stands for a request that neither the pod nor its containers make (`defaultPodRequests`).
            let is_open = |name: &str| match name {
                "cpu" => requested.cpu_milli == 0,
                "memory" => requested.memory == 0,
                name => !requested.other.contains_key(name),
            };
            let limits = resources.limits.iter().filter(|(name, _)| is_open(name));
            let limits = limits.map(|(name, quantity)| (name.clone(), quantity.clone())).collect();
            requested.replace_by(&limits);
            requested.replace_by(&resources.requests);
        }
        requested.add_container_amounts(&pod.spec.overhead);
        requested
    }

    /// The same while feature gate `PodLevelResources` is off (on in v1.36).
    #[must_use]
    pub fn without_pod_level(pod: &Pod) -> Requested {
        let mut requested = Requested::of_containers(pod);
        requested.add_container_amounts(&pod.spec.overhead);
        requested
    }

    fn of_containers(pod: &Pod) -> Requested {
        let mut running = Requested { pods: 1, ..Default::default() };
        let mut peak = Requested::default();
        for init in &pod.spec.init_containers {
            if init.restart_policy.as_deref() == Some("Always") {
                running.add_container(&init.resources.requests, &init.resources.limits);
                peak.raise_to(&running);
            } else {
                let mut alone = running.clone();
                alone.add_container(&init.resources.requests, &init.resources.limits);
                peak.raise_to(&alone);
            }
        }
        for container in &pod.spec.containers {
            running.add_container(&container.resources.requests, &container.resources.limits);
        }
        running.raise_to(&peak);
        running
    }

    /// Puts amounts of the pod as a whole in the place of those of its containers (`IsSupportedPodLevelResource`).
    fn replace_by(&mut self, amounts: &BTreeMap<String, Quantity>) {
        for (name, quantity) in amounts {
            match name.as_str() {
                "cpu" => {
                    self.cpu_milli = quantity.milli();
                    self.scored_cpu_milli = quantity.milli();
                }
                "memory" => {
                    self.memory = quantity.value();
                    self.scored_memory = quantity.value();
                }
                name if name.starts_with("hugepages-") => drop(self.other.insert(name.into(), quantity.milli())),
                _ => {}
            }
        }
    }

    fn add_container(&mut self, requests: &BTreeMap<String, Quantity>, limits: &BTreeMap<String, Quantity>) {
        let mut effective = limits.clone();
        effective.extend(requests.iter().map(|(name, quantity)| (name.clone(), quantity.clone())));
        self.add_container_amounts(&effective);
        if !effective.contains_key("cpu") {
            self.scored_cpu_milli += SCORED_CPU_MILLI;
        }
        if !effective.contains_key("memory") {
            self.scored_memory += SCORED_MEMORY;
        }
    }

    fn add_container_amounts(&mut self, amounts: &BTreeMap<String, Quantity>) {
        for (name, quantity) in amounts {
            match name.as_str() {
                "cpu" => {
                    self.cpu_milli = self.cpu_milli.saturating_add(quantity.milli());
                    self.scored_cpu_milli = self.scored_cpu_milli.saturating_add(quantity.milli());
                }
                "memory" => {
                    self.memory = self.memory.saturating_add(quantity.value());
                    self.scored_memory = self.scored_memory.saturating_add(quantity.value());
                }
                _ => {
                    let sum = self.other.entry(name.clone()).or_default();
                    *sum = sum.saturating_add(quantity.milli());
                }
            }
        }
    }

    fn raise_to(&mut self, other: &Requested) {
        self.cpu_milli = self.cpu_milli.max(other.cpu_milli);
        self.memory = self.memory.max(other.memory);
        self.scored_cpu_milli = self.scored_cpu_milli.max(other.scored_cpu_milli);
        self.scored_memory = self.scored_memory.max(other.scored_memory);
        for (name, amount) in &other.other {
            let own = self.other.entry(name.clone()).or_default();
            *own = (*own).max(*amount);
        }
    }

    /// Adds what other pods request.
    pub fn add(&mut self, other: &Requested) {
        self.shift(other, 1);
    }

    /// Takes away what other pods request.
    pub fn subtract(&mut self, other: &Requested) {
        self.shift(other, -1);
        self.other.retain(|_, amount| *amount != 0);
    }

    fn shift(&mut self, other: &Requested, sign: i64) {
        self.cpu_milli += sign * other.cpu_milli;
        self.memory += sign * other.memory;
        self.scored_cpu_milli += sign * other.scored_cpu_milli;
        self.scored_memory += sign * other.scored_memory;
        self.pods += sign * other.pods;
        for (name, amount) in &other.other {
            *self.other.entry(name.clone()).or_default() += sign * amount;
        }
    }
}

impl Indexes {
    pub(super) fn insert(&mut self, object: &Object) {
        for owner in &object.metadata().owner_references {
            self.dependents.entry(owner.uid).or_default().insert(object.reference());
        }
        match object {
            Object::Pod(pod) => self.insert_pod(pod),
            Object::ControllerRevision(revision) if revision.metadata.controller().is_none() => {
                self.orphan_revisions.insert(object.key());
            }
            Object::ReplicaSet(set) if set.metadata.controller().is_none() => {
                self.orphan_replica_sets.insert(object.key());
            }
            _ => {}
        }
    }

    pub(super) fn remove(&mut self, object: &Object) {
        let reference = object.reference();
        for owner in &object.metadata().owner_references {
            remove_from(&mut self.dependents, &owner.uid, &reference);
        }
        match object {
            Object::Pod(pod) => self.remove_pod(pod),
            Object::ControllerRevision(_) => {
                self.orphan_revisions.remove(&reference.key);
            }
            Object::ReplicaSet(_) => {
                self.orphan_replica_sets.remove(&reference.key);
            }
            _ => {}
        }
    }

    /// Puts a pod in the place of what it was, where nothing that is kept here but the pod itself has changed.
    pub(super) fn replace_pod(&mut self, before: &Rc<Pod>, after: &Rc<Pod>) -> bool {
        let is_same = before.metadata.owner_references == after.metadata.owner_references
            && Rc::ptr_eq(&before.spec, &after.spec)
            && before.status.phase.is_terminal() == after.status.phase.is_terminal()
            && before.status.nominated_node_name == after.status.nominated_node_name;
        if is_same && let Some(pods) = after.node().and_then(|node| self.pods_on.get_mut(node)) {
            pods.insert(Key::new(&after.metadata.namespace, &after.metadata.name), Rc::clone(after));
        }
        is_same
    }

    fn insert_pod(&mut self, pod: &Rc<Pod>) {
        let key = Key::new(&pod.metadata.namespace, &pod.metadata.name);
        if let Some(node) = pod.node() {
            let node: Rc<str> = Rc::from(node);
            if !pod.status.phase.is_terminal() {
                self.requested.entry(node.clone()).or_default().add(&Requested::of(pod));
                *self.priorities.entry(pod.priority()).or_default() += 1;
                if pod.spec.affinity.as_ref().is_some_and(Affinity::concerns_pods) {
                    self.with_pod_affinity.insert(key.clone());
                }
            }
            self.pods_on.entry(node).or_default().insert(key.clone(), Rc::clone(pod));
        } else if let Some(node) = pod.status.nominated_node_name.as_deref() {
            self.nominated.entry(Rc::from(node)).or_default().insert(key.clone());
        }
        for claim in pod.claim_names() {
            self.pods_using.entry(Key::new(&pod.metadata.namespace, claim)).or_default().insert(key.clone());
        }
        if pod.metadata.controller().is_none() {
            self.orphan_pods.insert(key);
        }
    }

    fn remove_pod(&mut self, pod: &Pod) {
        let key = Key::new(&pod.metadata.namespace, &pod.metadata.name);
        if let Some(node) = pod.node() {
            if !pod.status.phase.is_terminal() {
                if let Some(requested) = self.requested.get_mut(node) {
                    requested.subtract(&Requested::of(pod));
                }
                self.remove_priority(pod.priority());
            }
            self.with_pod_affinity.remove(&key);
            if let Some(pods) = self.pods_on.get_mut(node) {
                pods.remove(&key);
                if pods.is_empty() {
                    self.pods_on.remove(node);
                }
            }
        } else if let Some(node) = pod.status.nominated_node_name.as_deref() {
            remove_from(&mut self.nominated, &Rc::from(node), &key);
        }
        for claim in pod.claim_names() {
            remove_from(&mut self.pods_using, &Key::new(&pod.metadata.namespace, claim), &key);
        }
        self.orphan_pods.remove(&key);
    }

    pub(super) fn pods_on<'a>(&'a self, node: &str) -> impl Iterator<Item = &'a Rc<Pod>> + use<'a> {
        self.pods_on.get(node).into_iter().flat_map(BTreeMap::values)
    }

    fn remove_priority(&mut self, priority: i32) {
        if let Some(count) = self.priorities.get_mut(&priority) {
            *count -= 1;
            if *count == 0 {
                self.priorities.remove(&priority);
            }
        }
    }

    pub(super) fn lowest_priority(&self) -> Option<i32> {
        self.priorities.first_key_value().map(|(priority, _)| *priority)
    }

    pub(super) fn with_pod_affinity(&self) -> impl Iterator<Item = &Key> {
        self.with_pod_affinity.iter()
    }

    pub(super) fn nominated_on<'a>(&'a self, node: &str) -> impl Iterator<Item = &'a Key> + use<'a> {
        self.nominated.get(node).into_iter().flatten()
    }

    pub(super) fn requested_on(&self, node: &str) -> &Requested {
        self.requested.get(node).unwrap_or(&self.nothing)
    }

    pub(super) fn dependents(&self, owner: Uid) -> impl Iterator<Item = &ObjectRef> {
        self.dependents.get(&owner).into_iter().flatten()
    }

    pub(super) fn orphans(&self, kind: Kind) -> impl Iterator<Item = &Key> {
        let keys = match kind {
            Kind::Pod => Some(&self.orphan_pods),
            Kind::ControllerRevision => Some(&self.orphan_revisions),
            Kind::ReplicaSet => Some(&self.orphan_replica_sets),
            _ => None,
        };
        keys.into_iter().flatten()
    }

    pub(super) fn pods_using<'a>(&'a self, claim: &Key) -> impl Iterator<Item = &'a Key> + use<'a> {
        self.pods_using.get(claim).into_iter().flatten()
    }
}

/// Takes a value out of the set under a key, and the key with its last value.
fn remove_from<K: Ord, V: Ord>(index: &mut BTreeMap<K, BTreeSet<V>>, key: &K, value: &V) {
    if let Some(values) = index.get_mut(key) {
        values.remove(value);
        if values.is_empty() {
            index.remove(key);
        }
    }
}
