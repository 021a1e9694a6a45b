//! What a command does to the cluster: the requests that `kubectl` sends, and what the API server says to them.

use super::command::Command;
use super::patch::patched;
use super::queue::Task;
use super::{PatchKind, Simulation, pod_admission, service_address, storage_admission, write};
use crate::actor::{Actor, ClusterSettings, Deletion, ProbeAnswer, Write};
use crate::api::{
    Key, Kind, Node, Object, ObjectRef, PodPhase, PodTemplateSpec, ProbeKind, Resource, Taint, Toleration, Uid,
};
use crate::manifest::{self, FieldError};
use crate::reason::{Propagation, Reason, UserReason};
use std::rc::Rc;

pub(super) use super::refusal::Refusal;

pub(super) type Executed = Result<(), Refusal>;

impl Simulation {
    /// Puts up the nodes and storage classes, before anything is applied.
    pub fn start(&mut self, infrastructure: Vec<Object>) {
        let nodes = infrastructure.iter().filter(|object| object.kind() == Kind::Node).count();
        let changes = self.make(infrastructure.into_iter().map(Write::Create).collect());
        let played_kubelets = self.settings.cluster.played_kubelets;
        let reason = UserReason::ClusterStarted { nodes, played_kubelets };
        self.record(Actor::User, changes, Reason::User(reason), None);
    }

    /// Carries out a command at the present instant. What follows from it happens when time goes on.
    ///
    /// # Errors
    /// What the API server says when it refuses; the refusal is recorded as a step that changes nothing.
    pub fn command(&mut self, command: Command) -> Executed {
        let tells_itself = matches!(&command, Command::Evict(_));
        let outcome = self.execute(command);
        if let Err(Refusal(message)) = &outcome
            && !tells_itself
        {
            self.record(Actor::User, vec![], Reason::User(UserReason::Refused { message: message.clone() }), None);
        }
        outcome
    }

    fn execute(&mut self, command: Command) -> Executed {
        match command {
            Command::Apply(objects) => self.apply(objects),
            Command::Create(object) => self.create(*object),
            Command::Replace(object) => self.replace(*object),
            Command::Label { object, labels } => self.label(object, labels),
            Command::Annotate { object, annotations } => self.annotate(object, annotations),
            Command::Scale { object, replicas } => self.scale(object, replicas),
            Command::SetImage { object, container, image } => self.set_image(object, &container, image),
            Command::Patch { object, kind, patch } => self.patch(object, kind, &patch),
            Command::RolloutUndo { object, to_revision } => self.rollout_undo(object, to_revision),
            Command::RolloutRestart(object) => self.rollout_restart(object),
            Command::RolloutPause(object) => self.rollout_pause(object, true),
            Command::RolloutResume(object) => self.rollout_pause(object, false),
            Command::Delete { object, propagation, grace_seconds } => self.delete(object, propagation, grace_seconds),
            Command::Evict(pod) => self.evict(pod),
            Command::Drain { node, options } => self.drain(&node, &options),
            Command::SetLoad(load) => self.set_load(load),
            Command::AddNode(node) => self.add_node(*node),
            Command::DeleteNode(name) => self.delete_node(&name),
            Command::NodeDown { node, silent } => self.node_down(&node, silent),
            Command::NodeUp(node) => self.node_up(&node),
            Command::LabelNode { node, labels } => self.change_node(&node, |node| {
                write::set(&mut node.metadata.labels, labels);
                UserReason::NodeLabelled { node: node.reference() }
            }),
            Command::TaintNode { node, taints } => {
                let now = self.now;
                self.change_node(&node, |node| {
                    node.spec.taints = taints;
                    for taint in &mut node.spec.taints {
                        taint.time_added.get_or_insert(now);
                    }
                    let taints = node.spec.taints.iter().map(ToString::to_string).collect();
                    UserReason::NodeTainted { node: node.reference(), taints }
                })
            }
            Command::Cordon { node, on } => self.change_node(&node, |node| {
                node.spec.unschedulable = on.then_some(true);
                UserReason::Cordon { node: node.reference(), on }
            }),
            Command::HoldReadiness { pod, ready } => {
                let uid = self.uid_of(&pod)?;
                self.world.held_readiness.insert(uid, ready);
                let answer = if ready { ProbeAnswer::Succeeds } else { ProbeAnswer::Fails };
                self.world.processes.answer(uid, None, ProbeKind::Readiness, answer, self.now);
                self.touch(pod.key.clone(), UserReason::HoldReadiness { pod, ready })
            }
            Command::EndPod { pod, succeeded, reason } => {
                let uid = self.uid_of(&pod)?;
                self.world.held_ends.insert(uid, (succeeded, reason));
                let phase = if succeeded { PodPhase::Succeeded } else { PodPhase::Failed };
                self.touch(pod.key.clone(), UserReason::EndPod { pod, phase })
            }
            Command::Process { pod, container, change } => self.change_process(pod, container, change),
            Command::BreakImage(pattern) => self.change_images(pattern, true),
            Command::FixImage(pattern) => self.change_images(pattern, false),
            Command::NodePressure { node, resource, on } => self.node_pressure(&node, resource, on),
            Command::SetPodCondition { pod, condition, on } => self.set_pod_condition(pod, condition, on),
            Command::Kubelet(settings) => {
                self.settings.kubelet = *settings;
                self.touch_all(UserReason::KubeletChanged)
            }
        }
    }

    fn scale(&mut self, object: ObjectRef, replicas: i32) -> Executed {
        let existing = self.get(&object)?;
        let mut scaled = existing.clone();
        let Some(size) = replicas_mut(&mut scaled) else { return Err(not_scalable(&object)) };
        let from = size.replace(replicas).unwrap_or(1);
        self.change(&existing, scaled, UserReason::Scale { object, from, to: replicas })
    }

    fn set_image(&mut self, object: ObjectRef, container: &str, image: String) -> Executed {
        let existing = self.get(&object)?;
        let mut changed = existing.clone();
        let Some(template) = template_mut(&mut changed) else {
            return Err(Refusal(format!("{} has no pod template", object.kind)));
        };
        let mut found = false;
        for candidate in &mut template.spec.containers {
            if container == "*" || candidate.name == container {
                candidate.image = Some(image.clone());
                found = true;
            }
        }
        if !found {
            return Err(Refusal(format!("unable to find container named \"{container}\"")));
        }
        self.change(&existing, changed, UserReason::SetImage { object, image })
    }

    fn patch(&mut self, object: ObjectRef, kind: PatchKind, patch: &serde_json::Value) -> Executed {
        let existing = self.get(&object)?;
        let wanted = patched(&existing.to_json(), kind, patch).map_err(Refusal)?;
        let mut wanted = manifest::decode(&wanted).map_err(|errors| refusal(&object, &errors))?;
        storage_admission::keep_claim(&existing, &mut wanted);
        self.change(&existing, wanted, UserReason::Patch { object })
    }

    /// The way of every change of one object: defaulted, without what is gated, validated as an update.
    pub(super) fn change(&mut self, existing: &Object, mut wanted: Object, reason: UserReason) -> Executed {
        manifest::defaults::apply(&mut wanted);
        self.drop_disabled_fields(&mut wanted, Some(existing));
        let merged = merged(&self.settings.cluster, existing, &wanted);
        storage_admission::may_grow(&self.cluster, existing, &merged)?;
        self.valid(&merged, manifest::validation::update(existing, &merged))?;
        valid(&merged, &service_address::check(&self.cluster, &merged, Some(existing)))?;
        self.write(vec![Write::Update(merged)], reason)
    }

    fn delete(&mut self, object: ObjectRef, propagation: Propagation, grace_seconds: Option<i64>) -> Executed {
        let uid = self.uid_of(&object)?;
        let deletion = Deletion { object: object.clone(), uid: Some(uid), grace_seconds, propagation };
        let at_once = grace_seconds == Some(0);
        self.write(vec![Write::Delete(deletion)], UserReason::Delete { object, propagation, at_once })
    }

    fn add_node(&mut self, node: Node) -> Executed {
        let reference = node.reference();
        if self.cluster.get(&reference).is_some() {
            return Err(Refusal(format!("nodes \"{}\" already exists", reference.name())));
        }
        self.note_joining(&node);
        self.write(vec![Write::Create(Object::Node(Rc::new(node)))], UserReason::NodeAdded { node: reference })
    }

    fn delete_node(&mut self, name: &str) -> Executed {
        let node = ObjectRef::new(Kind::Node, "", name);
        let uid = self.uid_of(&node)?;
        self.write(vec![Deletion::at_once(node.clone(), uid)], UserReason::NodeDeleted { node })
    }

    pub(super) fn change_node(&mut self, name: &str, change: impl FnOnce(&mut Node) -> UserReason) -> Executed {
        let Object::Node(node) = self.get(&ObjectRef::new(Kind::Node, "", name))? else { return Ok(()) };
        let mut changed = (*node).clone();
        let reason = change(&mut changed);
        self.write(vec![Write::Update(Object::Node(Rc::new(changed)))], reason)
    }

    /// Something outside the API changed for a pod: its kubelet looks.
    pub(super) fn touch(&mut self, pod: Key, reason: UserReason) -> Executed {
        self.record(Actor::User, vec![], Reason::User(reason), None);
        self.look_soon(Task::Kubelet(pod));
        Ok(())
    }

    pub(super) fn write(&mut self, writes: Vec<Write>, reason: UserReason) -> Executed {
        let changes = self.make(writes);
        self.record(Actor::User, changes, Reason::User(reason), None);
        Ok(())
    }

    /// Whether the API server accepts an object, with the feature gates that are set.
    pub(super) fn valid(&self, object: &Object, errors: Vec<FieldError>) -> Executed {
        match self.settings.cluster.taint_toleration_comparison_operators() {
            true => valid(object, &manifest::validation::with_comparison_operators(errors)),
            false => valid(object, &errors),
        }
    }

    /// Takes out what the API server drops without a word because its feature gate is off.
    pub(super) fn drop_disabled_fields(&self, object: &mut Object, old: Option<&Object>) {
        let gate = self.settings.cluster.max_unavailable_stateful_set();
        manifest::defaults::drop_disabled_fields(object, old, gate);
    }

    pub(super) fn get(&self, object: &ObjectRef) -> Result<Object, Refusal> {
        self.cluster.get(object).ok_or_else(|| not_found(object))
    }

    pub(super) fn uid_of(&self, object: &ObjectRef) -> Result<Uid, Refusal> {
        Ok(self.get(object)?.metadata().uid)
    }
}

/// An update: what is asked for comes from the new object, what is from the existing one.
pub(super) fn merged(settings: &ClusterSettings, existing: &Object, wanted: &Object) -> Object {
    let mut merged = wanted.clone();
    match (&mut merged, existing) {
        (Object::StatefulSet(new), Object::StatefulSet(old)) => Rc::make_mut(new).status = old.status.clone(),
        (Object::DaemonSet(new), Object::DaemonSet(old)) => Rc::make_mut(new).status = old.status.clone(),
        (Object::Deployment(new), Object::Deployment(old)) => Rc::make_mut(new).status = old.status.clone(),
        (Object::ReplicaSet(new), Object::ReplicaSet(old)) => Rc::make_mut(new).status = old.status.clone(),
        (Object::Pod(new), Object::Pod(old)) => {
            let new = Rc::make_mut(new);
            new.status = old.status.clone();
            let spec = Rc::make_mut(&mut new.spec);
            spec.node_name.clone_from(&old.spec.node_name);
            // What admission gave the pod when it was made was never applied, so that an apply does not take it away.
            let own = |toleration: &&Toleration| !super::api_server::is_default_toleration(settings, toleration);
            if old.spec.tolerations.iter().filter(own).eq(&spec.tolerations) {
                spec.tolerations.clone_from(&old.spec.tolerations);
            }
            // A list that says something else gets the default ones again (`DefaultTolerationSeconds` acts on updates too).
            let is_missing =
                |default: &&Toleration| !own(default) && spec.tolerations.iter().all(|there| there.key != default.key);
            let missing: Vec<Toleration> = old.spec.tolerations.iter().filter(is_missing).cloned().collect();
            spec.tolerations.extend(missing);
            spec.priority = spec.priority.or(old.spec.priority);
            for (new, old) in [
                (&mut spec.preemption_policy, &old.spec.preemption_policy),
                (&mut spec.priority_class_name, &old.spec.priority_class_name),
            ] {
                *new = new.take().or_else(|| old.clone());
            }
            pod_admission::carry_over(&old.spec, spec);
        }
        (Object::PersistentVolumeClaim(new), Object::PersistentVolumeClaim(old)) => {
            let new = Rc::make_mut(new);
            new.status = old.status.clone();
            let spec = Rc::make_mut(&mut new.spec);
            spec.volume_name.clone_from(&old.spec.volume_name);
            if spec.storage_class_name.is_none() {
                spec.storage_class_name.clone_from(&old.spec.storage_class_name);
            }
        }
        (Object::PersistentVolume(new), Object::PersistentVolume(old)) => {
            let new = Rc::make_mut(new);
            new.status = old.status.clone();
        }
        (Object::Service(new), Object::Service(old)) => {
            let new = Rc::make_mut(new);
            new.status = old.status.clone();
            service_address::carry_over(old, new);
        }
        (Object::HorizontalPodAutoscaler(new), Object::HorizontalPodAutoscaler(old)) => {
            Rc::make_mut(new).status = old.status.clone();
        }
        (Object::PodDisruptionBudget(new), Object::PodDisruptionBudget(old)) => {
            Rc::make_mut(new).status = old.status.clone();
        }
        (Object::Node(new), Object::Node(old)) => {
            let new = Rc::make_mut(new);
            new.status = old.status.clone();
            for taint in &mut new.spec.taints {
                let is_it =
                    |was: &&Taint| was.key == taint.key && was.effect == taint.effect && was.value == taint.value;
                taint.time_added = old.spec.taints.iter().find(is_it).and_then(|was| was.time_added);
            }
        }
        _ => {}
    }
    let old = existing.metadata();
    let metadata = merged.metadata_mut();
    metadata.uid = old.uid;
    metadata.namespace.clone_from(&old.namespace);
    metadata.creation_timestamp = old.creation_timestamp;
    metadata.deletion_timestamp = old.deletion_timestamp;
    metadata.deletion_grace_period_seconds = old.deletion_grace_period_seconds;
    metadata.generation = old.generation;
    metadata.resource_version.clone_from(&old.resource_version);
    metadata.generate_name.clone_from(&old.generate_name);
    metadata.owner_references.clone_from(&old.owner_references);
    merged
}

fn replicas_mut(object: &mut Object) -> Option<&mut Option<i32>> {
    match object {
        Object::StatefulSet(set) => Some(&mut Rc::make_mut(&mut Rc::make_mut(set).spec).replicas),
        Object::Deployment(it) => Some(&mut Rc::make_mut(&mut Rc::make_mut(it).spec).replicas),
        Object::ReplicaSet(set) => Some(&mut Rc::make_mut(&mut Rc::make_mut(set).spec).replicas),
        _ => None,
    }
}

pub(super) fn template_mut(object: &mut Object) -> Option<&mut PodTemplateSpec> {
    match object {
        Object::StatefulSet(set) => Some(Rc::make_mut(&mut Rc::make_mut(&mut Rc::make_mut(set).spec).template)),
        Object::DaemonSet(set) => Some(Rc::make_mut(&mut Rc::make_mut(&mut Rc::make_mut(set).spec).template)),
        Object::Deployment(it) => Some(Rc::make_mut(&mut Rc::make_mut(&mut Rc::make_mut(it).spec).template)),
        Object::ReplicaSet(set) => Some(Rc::make_mut(&mut Rc::make_mut(&mut Rc::make_mut(set).spec).template)),
        _ => None,
    }
}

pub(super) fn refusal(object: &ObjectRef, errors: &[FieldError]) -> Refusal {
    Refusal(manifest::invalid_text(object.kind.as_str(), object.name(), errors))
}

pub(super) fn valid(object: &Object, errors: &[FieldError]) -> Executed {
    if errors.is_empty() { Ok(()) } else { Err(refusal(&object.reference(), errors)) }
}

pub(super) fn not_found(object: &ObjectRef) -> Refusal {
    Refusal(format!("{} \"{}\" not found", object.kind.plural(), object.name()))
}

fn not_scalable(object: &ObjectRef) -> Refusal {
    Refusal(format!("the server could not find the requested resource: {} has no scale", object.kind.plural()))
}
