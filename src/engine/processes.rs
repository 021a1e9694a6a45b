//! Commands that change what goes on inside containers and machines.

use super::Simulation;
use super::execute::{Executed, Refusal};
use super::queue::Task;
use crate::actor::{Actor, ProbeAnswer, Write};
use crate::api::{Key, NodeCondition, Object, ObjectRef, Resource};
use crate::reason::{NodeResource, ProcessChange, Reason, UserReason};
use regex_lite::Regex;
use std::rc::Rc;

impl Simulation {
    /// Something happens inside a container, or in every one of a pod.
    pub(super) fn change_process(
        &mut self,
        pod: ObjectRef,
        container: Option<String>,
        change: ProcessChange,
    ) -> Executed {
        let uid = self.uid_of(&pod)?;
        let object = self.get(&pod)?;
        let spec = object.as_pod().map(|pod| pod.spec.clone()).unwrap_or_default();
        let names = spec.init_containers.iter().chain(&spec.containers).map(|container| &container.name);
        let named: Vec<&String> =
            names.filter(|name| container.as_ref().is_none_or(|wanted| wanted == *name)).collect();
        if let (true, Some(wanted)) = (named.is_empty(), &container) {
            return Err(Refusal(format!("container {wanted} is not valid for pod {}", pod.name())));
        }
        let now = self.now;
        let processes = &mut self.world.processes;
        match change {
            ProcessChange::Crash => {
                named.into_iter().for_each(|name| processes.of_mut(uid, name).crash = Some(now));
            }
            ProcessChange::IgnoresSigterm(on) => {
                named.into_iter().for_each(|name| processes.of_mut(uid, name).ignores_sigterm = on);
            }
            ProcessChange::Succeeds(probe) => {
                processes.answer(uid, container.clone(), probe, ProbeAnswer::Succeeds, now);
            }
            ProcessChange::Fails(probe) => processes.answer(uid, container.clone(), probe, ProbeAnswer::Fails, now),
            ProcessChange::Hangs(probe) => processes.answer(uid, container.clone(), probe, ProbeAnswer::Hangs, now),
        }
        self.touch(pod.key.clone(), UserReason::Process { pod, container, change })
    }

    /// Images cannot be pulled from now on, or can.
    pub(super) fn change_images(&mut self, pattern: String, broken: bool) -> Executed {
        let compiled = Regex::new(&pattern)
            .map_err(|error| Refusal(format!("{pattern:?} is not a regular expression: {error}")))?;
        self.world.processes.break_images(compiled, broken);
        self.touch_all(UserReason::Images { pattern, broken })
    }

    /// Every kubelet looks at every pod: something outside the API changed.
    pub(super) fn touch_all(&mut self, reason: UserReason) -> Executed {
        let pods: Vec<Key> = self.cluster.pods.keys().cloned().collect();
        self.record(Actor::User, vec![], Reason::User(reason), None);
        pods.into_iter().for_each(|pod| self.look_soon(Task::Kubelet(pod)));
        Ok(())
    }

    /// A node runs short of something, or has enough of it again: its kubelet says so in a condition
    /// (`pkg/kubelet/nodestatus/setters.go: MemoryPressureCondition` and the others).
    pub(super) fn node_pressure(&mut self, name: &str, resource: NodeResource, on: bool) -> Executed {
        let now = self.now;
        self.get(&ObjectRef::new(crate::api::Kind::Node, "", name))?;
        self.world.processes.press(name, resource, on, now);
        self.change_node(name, |node| {
            let (reason, message) = texts(resource, on);
            let condition = NodeCondition {
                kind: resource.condition().into(),
                status: if on { "True" } else { "False" }.into(),
                last_heartbeat_time: Some(now.whole_second()),
                last_transition_time: Some(now.whole_second()),
                reason: Some(reason.into()),
                message: Some(message.into()),
            };
            let conditions = &mut node.status.conditions;
            match conditions.iter_mut().find(|existing| existing.kind == condition.kind) {
                Some(existing) => *existing = condition,
                None => conditions.push(condition),
            }
            UserReason::NodePressure { node: node.reference(), resource, on }
        })
    }

    /// Sets a condition of a pod, as whoever is behind a readiness gate does.
    pub(super) fn set_pod_condition(&mut self, pod: ObjectRef, condition: String, on: bool) -> Executed {
        let object = self.get(&pod)?;
        let Some(found) = object.as_pod() else { return Err(Refusal(format!("{pod} is no pod"))) };
        let mut changed = (**found).clone();
        changed.set_condition(&condition, if on { "True" } else { "False" }, None, None, self.now);
        self.write(vec![Write::Update(Object::Pod(Rc::new(changed)))], UserReason::PodCondition { pod, condition, on })
    }
}

fn texts(resource: NodeResource, on: bool) -> (&'static str, &'static str) {
    match (resource, on) {
        (NodeResource::Memory, true) => ("KubeletHasInsufficientMemory", "kubelet has insufficient memory available"),
        (NodeResource::Memory, false) => ("KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        (NodeResource::Disk, true) => ("KubeletHasDiskPressure", "kubelet has disk pressure"),
        (NodeResource::Disk, false) => ("KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        (NodeResource::Pid, true) => ("KubeletHasInsufficientPID", "kubelet has insufficient PID available"),
        (NodeResource::Pid, false) => ("KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    }
}
