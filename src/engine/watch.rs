//! Which changes wake whom: the informers and event handlers of the controllers, in one table.

mod storage;

use super::queue::Task;
use crate::actor::View;
use crate::api::{DeploymentStrategyType, EndpointSlice, Key, Kind, Node, Object, ObjectRef, Pod, Resource, Time};
use crate::cluster::Change;
use crate::controllers::{
    autoscaler, daemon_set, deployment, disruption, endpoints, node_lifecycle, pod_garbage, replica_set,
};
use std::rc::Rc;

/// Milliseconds from a write until those who watch the object have seen it.
pub(super) const WATCH_LATENCY: u64 = 5;
/// The same for garbage collection, whose graph of owners lags behind.
const GARBAGE_LATENCY: u64 = 100;
/// The same for pods behind a Service: what happens to its pods within this time becomes one update of its slices.
/// Upstream batches too, by the time that a sync takes and `--endpoint-updates-batch-period`.
const ENDPOINTS_LATENCY: u64 = 100;

/// Tasks that a change wakes, with the instant at which each is due.
pub(super) struct Wakes<'a> {
    view: View<'a>,
    tasks: Vec<(Time, Task)>,
    /// Whether pods that found no node may find one now.
    pub(super) helps_unschedulable: bool,
    /// Whether the same goes for pods alone that were refused for the sake of other pods: affinity, spreading.
    pub(super) moves_neighbours: bool,
    /// Whether the API server may admit now what it refused.
    pub(super) admits_more: bool,
    /// Whether a name or a claim that a set waits for may be free now.
    pub(super) frees_names: bool,
}

impl<'a> Wakes<'a> {
    /// The tasks that a change wakes, in a fixed order. The view is that after the change.
    pub(super) fn of(view: View<'a>, change: &Change) -> Wakes<'a> {
        let mut wakes = Wakes {
            view,
            tasks: vec![],
            helps_unschedulable: false,
            moves_neighbours: false,
            admits_more: false,
            frees_names: false,
        };
        match (change.before.as_ref(), change.after.as_ref()) {
            (Some(Object::Pod(before)), None) => wakes.pod(Some(before), None),
            (before, Some(Object::Pod(after))) => wakes.pod(before.and_then(Object::as_pod), Some(after)),
            (Some(Object::Node(before)), None) => wakes.node(Some(before), None),
            (Some(Object::Node(before)), Some(Object::Node(after))) => wakes.node(Some(before), Some(after)),
            (None, Some(Object::Node(after))) => wakes.node(None, Some(after)),
            (_, Some(Object::StatefulSet(set))) => wakes.soon(Task::StatefulSet(set.key())),
            (_, Some(Object::DaemonSet(set))) => wakes.soon(Task::DaemonSet(set.key())),
            (_, Some(Object::Deployment(deployment))) => wakes.soon(Task::Deployment(deployment.key())),
            (before, after @ Some(Object::ReplicaSet(_))) | (before @ Some(Object::ReplicaSet(_)), after @ None) => {
                wakes.replica_set(before, after);
            }
            (_, Some(Object::PersistentVolumeClaim(claim))) => wakes.claim(claim),
            (Some(Object::PersistentVolumeClaim(claim)), None) => wakes.claim_gone(claim),
            (_, Some(Object::PersistentVolume(volume))) => wakes.volume(volume),
            (Some(Object::PersistentVolume(volume)), None) => wakes.volume_gone(volume),
            (_, Some(Object::StorageClass(_))) => wakes.open_claims(),
            (_, Some(Object::Service(service))) => wakes.soon(Task::Endpoints(service.key())),
            (Some(Object::EndpointSlice(slice)), None) => wakes.service_of(slice),
            (None, Some(Object::PriorityClass(class))) => wakes.priority_class(&class.metadata.name),
            _ => {}
        }
        wakes.owners(change);
        wakes.autoscalers(change);
        wakes.budgets(change);
        wakes.drains(change);
        wakes
    }

    pub(super) fn into_tasks(self) -> Vec<(Time, Task)> {
        self.tasks
    }

    fn soon(&mut self, task: Task) {
        self.tasks.push((self.view.now + WATCH_LATENCY, task));
    }

    fn pod(&mut self, before: Option<&Rc<Pod>>, after: Option<&Rc<Pod>>) {
        for pod in before.into_iter().chain(after) {
            self.controller_of(pod);
        }
        self.services_of(before, after);
        let Some(pod) = after.or(before) else { return };
        if let Some(after) = after.filter(|pod| pod.metadata.controller().is_none()) {
            self.would_be_controllers(after, before.is_none_or(|before| before.metadata != after.metadata));
        }
        match after {
            Some(after) if after.node().is_some() => {
                self.soon(Task::Kubelet(after.key()));
                let bound = before.is_none_or(|before| before.node().is_none());
                if bound || before.is_some_and(|before| before.spec.tolerations != after.spec.tolerations) {
                    self.soon(Task::TaintEviction(after.key()));
                }
                if bound && after.node().is_some_and(|name| self.view.cluster.node(name).is_none()) {
                    self.tasks.push((pod_garbage::due(self.view.now), Task::PodGarbage(after.key())));
                }
            }
            Some(after)
                if before.is_none_or(|before| {
                    !Rc::ptr_eq(&before.spec, &after.spec) || before.metadata.labels != after.metadata.labels
                }) =>
            {
                self.soon(Task::Schedule(after.key()));
            }
            Some(_) | None => {}
        }
        if let Some(after) = after {
            self.pod_garbage(after);
        }
        self.neighbours(before, after);
        let frees_resources = after.is_none_or(|after| {
            after.status.phase.is_terminal() && before.is_some_and(|before| !before.status.phase.is_terminal())
        });
        self.helps_unschedulable |= frees_resources && pod.node().is_some();
        if after.is_none() {
            self.frees_names = true;
            self.recreating(pod);
            for claim in pod.claim_names() {
                self.soon(Task::ProtectClaim(Key::new(&pod.metadata.namespace, claim)));
            }
        }
        let phase = |pod: &Rc<Pod>| pod.status.phase;
        if before.map(phase) != after.map(phase) && pod.node().is_some() {
            self.volumes_of(pod);
        }
    }

    /// A terminating pod that no kubelet can bring to an end goes at the next look of pod garbage collection.
    fn pod_garbage(&mut self, pod: &Pod) {
        if pod_garbage::is_due_at_next_look(self.view, pod) {
            self.tasks.push((pod_garbage::next_look(self.view.now), Task::PodGarbage(pod.key())));
        }
    }

    /// The Services whose endpoints a change of a pod concerns (`GetServicesToUpdateOnPodChange`).
    fn services_of(&mut self, before: Option<&Rc<Pod>>, after: Option<&Rc<Pod>>) {
        let standing = |pod: Option<&'_ Rc<Pod>>| pod.and_then(|pod| endpoints::standing(pod)).is_some();
        let Some(pod) = after.or(before) else { return };
        if self.view.cluster.services.is_empty() || !standing(before) && !standing(after) {
            return;
        }
        if let (Some(before), Some(after)) = (before, after)
            && endpoints::standing(before) == endpoints::standing(after)
            && (Rc::ptr_eq(&before.metadata, &after.metadata) || before.metadata.labels == after.metadata.labels)
        {
            return;
        }
        let due = self.view.now + ENDPOINTS_LATENCY;
        for service in self.view.cluster.services.within(&pod.metadata.namespace) {
            if before.into_iter().chain(after).any(|pod| service.selects(&pod.metadata.labels)) {
                self.tasks.push((due, Task::Endpoints(service.key())));
            }
        }
    }

    /// A slice that somebody deleted is made again.
    fn service_of(&mut self, slice: &EndpointSlice) {
        if let Some(service) = slice.metadata.controller() {
            self.soon(Task::Endpoints(Key::new(&slice.metadata.namespace, &service.name)));
        }
    }

    /// Whether pods that wait for the sake of other pods, or behind one that has room made for it, may find a node now
    /// (`isSchedulableAfterPodChange` of the plugins for pod affinity and spreading).
    fn neighbours(&mut self, before: Option<&Rc<Pod>>, after: Option<&Rc<Pod>>) {
        let nomination = |pod: Option<&Rc<Pod>>| {
            pod.filter(|pod| pod.node().is_none()).and_then(|pod| pod.status.nominated_node_name.clone())
        };
        let nominated = nomination(before);
        let is_placed = after.is_some_and(|after| after.node().is_some());
        self.helps_unschedulable |= nominated.is_some() && nominated != nomination(after) && !is_placed;
        self.moves_neighbours |= is_placed
            && before.zip(after).is_none_or(|(before, after)| {
                before.node().is_none() || before.metadata.labels != after.metadata.labels
            });
    }

    fn controller_of(&mut self, pod: &Pod) {
        let Some(owner) = pod.metadata.controller() else { return };
        let key = Key::new(&pod.metadata.namespace, &owner.name);
        match Kind::parse(&owner.kind) {
            Some(Kind::StatefulSet) => self.soon(Task::StatefulSet(key)),
            Some(Kind::DaemonSet) => self.soon(Task::DaemonSet(key)),
            Some(Kind::ReplicaSet) => self.soon(Task::ReplicaSet(key)),
            _ => {}
        }
    }

    /// A pod that nothing controls concerns every set that may adopt it (`getStatefulSetsForPod`).
    fn would_be_controllers(&mut self, pod: &Pod, metadata_changed: bool) {
        if !metadata_changed {
            return;
        }
        let cluster = self.view.cluster;
        let is_mine = |namespace: &str, selector: Option<&crate::api::LabelSelector>| {
            namespace == pod.metadata.namespace
                && selector.is_some_and(|selector| !selector.is_empty() && selector.matches(&pod.metadata.labels))
        };
        for set in cluster.stateful_sets.iter() {
            if is_mine(&set.metadata.namespace, set.spec.selector.as_ref()) {
                self.soon(Task::StatefulSet(set.key()));
            }
        }
        for set in cluster.daemon_sets.iter() {
            if is_mine(&set.metadata.namespace, set.spec.selector.as_ref()) {
                self.soon(Task::DaemonSet(set.key()));
            }
        }
        for set in cluster.replica_sets.iter() {
            if is_mine(&set.metadata.namespace, set.spec.selector.as_ref()) {
                self.soon(Task::ReplicaSet(set.key()));
            }
        }
    }

    /// A ReplicaSet concerns its own controller and the Deployment that owns it; one without an owner, every Deployment
    /// that may adopt it (`getDeploymentsForReplicaSet`).
    fn replica_set(&mut self, before: Option<&Object>, after: Option<&Object>) {
        if let Some(after) = after {
            self.soon(Task::ReplicaSet(after.key()));
        }
        for metadata in before.into_iter().chain(after).map(Object::metadata) {
            if let Some(owner) = metadata.controller().filter(|owner| owner.kind == Kind::Deployment.as_str()) {
                self.soon(Task::Deployment(Key::new(&metadata.namespace, &owner.name)));
            }
        }
        let Some(metadata) = after.map(Object::metadata).filter(|metadata| metadata.controller().is_none()) else {
            return;
        };
        let relabelled = before.is_none_or(|before| {
            before.metadata().labels != metadata.labels || before.metadata().controller().is_some()
        });
        for deployment in self.view.cluster.deployments.iter().filter(|_| relabelled) {
            let selector = deployment.spec.selector.as_ref().filter(|selector| !selector.is_empty());
            if deployment.metadata.namespace == metadata.namespace
                && selector.is_some_and(|selector| selector.matches(&metadata.labels))
            {
                self.soon(Task::Deployment(deployment.key()));
            }
        }
    }

    /// ReplicaSets whose pods were refused for want of a priority class. Upstream nothing watches for it: they come to it
    /// by trying again and again.
    fn priority_class(&mut self, name: &str) {
        self.admits_more = true;
        for set in self.view.cluster.replica_sets.iter() {
            if replica_set::priority_class(set) == Some(name) {
                self.soon(Task::ReplicaSet(set.key()));
            }
        }
    }

    /// The last pod of a Deployment with `Recreate` is gone: it may go on (`deployment_controller.go: deletePod`).
    fn recreating(&mut self, pod: &Pod) {
        let Some(owner) = pod.metadata.controller().filter(|owner| owner.kind == Kind::ReplicaSet.as_str()) else {
            return;
        };
        let cluster = self.view.cluster;
        let set = cluster.replica_sets.get(&Key::new(&pod.metadata.namespace, &owner.name));
        let Some(owner) = set.and_then(|set| set.metadata.controller()) else { return };
        let key = Key::new(&pod.metadata.namespace, &owner.name);
        let Some(deployment) = cluster.deployments.get(&key) else { return };
        let is_recreate = deployment::strategy(deployment) == DeploymentStrategyType::Recreate;
        let mut sets = cluster.replica_sets_of(deployment.metadata.uid);
        if is_recreate && sets.all(|set| cluster.pods_of(set.metadata.uid).next().is_none()) {
            self.soon(Task::Deployment(key));
        }
    }

    fn node(&mut self, before: Option<&Rc<Node>>, after: Option<&Rc<Node>>) {
        let Some(node) = after.or(before) else { return };
        let name = &node.metadata.name;
        let Some(after) = after else {
            let due = pod_garbage::due(self.view.now);
            for pod in self.view.cluster.pods_on(name) {
                self.tasks.push((due, Task::PodGarbage(pod.key())));
            }
            self.monitor();
            return;
        };
        self.soon(Task::NodeLifecycle(after.key()));
        let status = |node: &Node| node.ready_condition().map(|condition| condition.status.clone());
        if before.is_none_or(|before| status(before) != status(after) || before.spec.taints != after.spec.taints) {
            self.monitor();
            self.volumes_on();
        }
        let relabelled = before.is_none_or(|before| before.metadata.labels != after.metadata.labels);
        let retainted = before.is_none_or(|before| before.spec.taints != after.spec.taints);
        if relabelled || retainted {
            for set in self.view.cluster.daemon_sets.iter() {
                if daemon_set::node_concerns(self.view, set, after) {
                    self.soon(Task::DaemonSet(set.key()));
                }
            }
        }
        if retainted {
            for pod in self.view.cluster.pods_on(name) {
                self.soon(Task::TaintEviction(pod.key()));
            }
        }
        for pod in self.view.cluster.pods_on(name) {
            self.pod_garbage(pod);
        }
        self.helps_unschedulable |= relabelled
            || before.is_none_or(|before| {
                before.spec != after.spec || before.status.allocatable != after.status.allocatable
            });
        let conditions = |node: &Rc<Node>| {
            let pressing =
                node.status.conditions.iter().filter(|it| it.kind.ends_with("Pressure") && it.status == "True");
            pressing.map(|condition| condition.kind.clone()).collect::<Vec<_>>()
        };
        if before.is_some_and(|before| conditions(before) != conditions(after)) {
            for pod in self.view.cluster.pods_on(name) {
                self.soon(Task::Kubelet(pod.key()));
            }
        }
        if before.is_none() {
            for pod in self.view.cluster.pods_on(name) {
                self.soon(Task::Kubelet(pod.key()));
            }
        }
    }

    /// The monitor looks at the nodes that are not as they should be, at its next round.
    fn monitor(&mut self) {
        let tick = node_lifecycle::next_tick(self.view.now);
        for node in self.view.cluster.nodes.iter().filter(|node| node_lifecycle::is_watched(node)) {
            self.tasks.push((tick, Task::NodeMonitor(node.key())));
        }
    }

    /// The autoscalers that a change concerns: itself, its target, a pod of that. Each is evaluated when it would have been.
    fn autoscalers(&mut self, change: &Change) {
        let view = self.view;
        if view.cluster.autoscalers.is_empty() {
            return;
        }
        let soon = view.now + WATCH_LATENCY;
        for found in view.cluster.autoscalers.iter() {
            let changed = match (&change.before, &change.after) {
                (Some(Object::HorizontalPodAutoscaler(old)), Some(Object::HorizontalPodAutoscaler(new))) => {
                    new.metadata.uid == found.metadata.uid && old.spec != new.spec
                }
                (None, Some(Object::HorizontalPodAutoscaler(new))) => new.metadata.uid == found.metadata.uid,
                (before, after) => {
                    let objects = before.iter().chain(after);
                    objects.into_iter().any(|object| autoscaler::concerns(view.cluster, found, object))
                }
            };
            if changed {
                let at = autoscaler::next_evaluation(view, found, soon);
                self.tasks.push((at, Task::Autoscaler(found.key())));
            }
        }
    }

    /// The budgets that a change concerns: itself, or a pod that it selects or did select. Upstream watches no others.
    fn budgets(&mut self, change: &Change) {
        let pods = [&change.before, &change.after].map(|object| object.as_ref().and_then(Object::as_pod));
        if let Some(Object::PodDisruptionBudget(budget)) = &change.after {
            self.soon(Task::DisruptionBudget(budget.key()));
        }
        for budget in self.view.cluster.disruption_budgets.iter() {
            if pods.iter().flatten().any(|pod| disruption::selects(budget, pod)) {
                self.soon(Task::DisruptionBudget(budget.key()));
            }
        }
    }

    /// Drains that wait for a pod to go, or for a budget to allow more.
    fn drains(&mut self, change: &Change) {
        let soon = self.view.now + WATCH_LATENCY;
        for (node, drain) in &self.view.world.drains {
            let Some(object) = change.object().map(Object::reference) else { continue };
            let is_gone = change.after.is_none() && drain.pods.iter().any(|drained| drained.pod == object);
            if is_gone {
                self.tasks.push((soon, Task::Drain(node.clone())));
            } else if matches!(object.kind, Kind::PodDisruptionBudget | Kind::Pod)
                && let Some(at) = drain.next_try(soon)
            {
                self.tasks.push((at, Task::Drain(node.clone())));
            }
        }
    }

    /// Garbage collection looks at an object that was made with owners or is being deleted, at what an object that goes
    /// leaves behind, and at the owner that waits for it.
    fn owners(&mut self, change: &Change) {
        let at = self.view.now + GARBAGE_LATENCY;
        let mut collect = |object: ObjectRef| self.tasks.push((at, Task::Garbage(object)));
        let before = change.before.as_ref().map(Object::metadata);
        match &change.after {
            Some(object) => {
                let metadata = object.metadata();
                let owned_anew = before.is_none_or(|before| before.owner_references != metadata.owner_references);
                let asked_to_go = metadata.is_terminating() && before.is_none_or(|before| !before.is_terminating());
                if !metadata.owner_references.is_empty() && owned_anew {
                    collect(object.reference());
                }
                // An owner that waited for a dependent that it has no more, or that does not block it any more.
                for owner in before.into_iter().flat_map(|before| &before.owner_references) {
                    let still_blocks = |now: &crate::api::OwnerReference| {
                        now.uid == owner.uid && now.block_owner_deletion == owner.block_owner_deletion
                    };
                    if let Some(kind) =
                        Kind::parse(&owner.kind).filter(|_| !metadata.owner_references.iter().any(still_blocks))
                    {
                        collect(ObjectRef::new(kind, &metadata.namespace, &owner.name));
                    }
                }
                if asked_to_go && object.kind() != Kind::Pod {
                    collect(object.reference());
                    self.view.cluster.dependents(metadata.uid).cloned().for_each(collect);
                }
            }
            None => {
                let Some(object) = &change.before else { return };
                for dependent in self.view.cluster.dependents(object.metadata().uid) {
                    collect(dependent.clone());
                }
                for owner in &object.metadata().owner_references {
                    if let Some(kind) = Kind::parse(&owner.kind) {
                        collect(ObjectRef::new(kind, &object.metadata().namespace, &owner.name));
                    }
                }
            }
        }
    }
}
