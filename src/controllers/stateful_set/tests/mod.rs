//! What a StatefulSet does, statement by statement, played with the whole control plane around it.

mod claims;
mod identity;
mod order;
mod status;
mod update;

use crate::actor::{Actor, Settings};
use crate::api::{Key, Kind, Object, ObjectRef, PersistentVolumeClaim, Pod, StatefulSet};
use crate::controllers::history::REVISION_LABEL;
use crate::engine::{Bounds, Command, PatchKind, Simulation, default_cluster};
use crate::reason::{Propagation, Reason, StatefulSetAct};
use serde_json::{Value, json};
use std::rc::Rc;

/// A cluster with one set.
struct Play {
    simulation: Simulation,
    set: ObjectRef,
}

impl Play {
    /// A set `web` of three replicas with some fields of its spec written, played until nothing happens.
    fn of(spec: Value) -> Play {
        Play::named("web", spec, Settings::default())
    }

    fn named(name: &str, changes: Value, settings: Settings) -> Play {
        let mut play = Play::empty(name, settings);
        play.apply(changes);
        play.settle();
        play
    }

    /// A cluster with nodes and no set.
    fn empty(name: &str, settings: Settings) -> Play {
        let mut simulation = Simulation::new(settings, Bounds::default());
        simulation.start(default_cluster::completed(&[]));
        Play { simulation, set: ObjectRef::new(Kind::StatefulSet, "default", name) }
    }

    /// With the gate `MaxUnavailableStatefulSet`.
    fn gated(changes: Value) -> Play {
        let mut settings = Settings::default();
        settings.cluster.feature_gates.insert("MaxUnavailableStatefulSet".into(), true);
        Play::named("web", changes, settings)
    }

    fn apply(&mut self, changes: Value) {
        let mut spec = json!({
            "replicas": 3,
            "serviceName": "web",
            "selector": { "matchLabels": { "app": "web" } },
            "template": {
                "metadata": { "labels": { "app": "web" } },
                "spec": { "containers": [{ "name": "c", "image": "nginx:1" }] },
            },
        });
        for (name, value) in changes.as_object().unwrap() {
            spec[name] = value.clone();
        }
        let set = json!({ "metadata": { "name": self.set.name() }, "spec": spec });
        self.add(Kind::StatefulSet, set);
    }

    fn add(&mut self, kind: Kind, object: Value) {
        self.simulation.command(Command::Apply(vec![Object::from_json(kind, &object).unwrap()])).unwrap();
    }

    fn settle(&mut self) {
        self.simulation.settle();
    }

    fn image(&mut self, image: &str) {
        let object = self.set.clone();
        self.simulation.command(Command::SetImage { object, container: "c".into(), image: image.into() }).unwrap();
    }

    fn scale(&mut self, replicas: i32) {
        self.simulation.command(Command::Scale { object: self.set.clone(), replicas }).unwrap();
    }

    fn patch(&mut self, object: ObjectRef, patch: Value) {
        self.simulation.command(Command::Patch { object, kind: PatchKind::Merge, patch }).unwrap();
    }

    fn ready(&mut self, pod: &str, ready: bool) {
        self.simulation.command(Command::HoldReadiness { pod: of_pod(pod), ready }).unwrap();
        self.settle();
    }

    fn delete(&mut self, object: ObjectRef) {
        let delete = Command::Delete { object, propagation: Propagation::Background, grace_seconds: None };
        self.simulation.command(delete).unwrap();
    }

    fn set(&self) -> Rc<StatefulSet> {
        self.simulation.cluster().stateful_sets.get(&self.set.key).unwrap().clone()
    }

    fn pod(&self, name: &str) -> Rc<Pod> {
        self.simulation.cluster().pods.get(&Key::new("default", name)).unwrap().clone()
    }

    fn claim(&self, name: &str) -> Rc<PersistentVolumeClaim> {
        self.simulation.cluster().claims.get(&Key::new("default", name)).unwrap().clone()
    }

    /// Each pod with its first image.
    fn pods(&self) -> Vec<(String, String)> {
        let pods = self.simulation.cluster().pods.iter();
        pods.map(|pod| {
            let image = pod.spec.containers[0].image.clone().unwrap();
            (pod.metadata.name.clone(), image)
        })
        .collect()
    }

    fn names(&self) -> Vec<String> {
        self.pods().into_iter().map(|(name, _)| name).collect()
    }

    fn images(&self) -> Vec<String> {
        self.pods().into_iter().map(|(_, image)| image).collect()
    }

    /// Pods made (`+`), asked to go (`~`) and gone (`-`), in order, from a step on.
    fn since(&self, step: usize) -> Vec<String> {
        let mut found = vec![];
        for change in self.simulation.steps()[step..].iter().flat_map(|step| &step.changes) {
            let (before, after) =
                (change.before.as_ref().and_then(Object::as_pod), change.after.as_ref().and_then(Object::as_pod));
            match (before, after) {
                (None, Some(pod)) => found.push(format!("+{}", pod.metadata.name)),
                (Some(pod), None) => found.push(format!("-{}", pod.metadata.name)),
                (Some(before), Some(after)) if !before.is_terminating() && after.is_terminating() => {
                    found.push(format!("~{}", after.metadata.name));
                }
                _ => {}
            }
        }
        found
    }

    /// How many steps there are.
    fn mark(&self) -> usize {
        self.simulation.steps().len()
    }

    /// The last thing that the controller decided.
    fn last_act(&self) -> StatefulSetAct {
        let of_set = |step: &&crate::engine::Step| step.actor == Actor::StatefulSetController;
        let decided = self.simulation.steps().iter().rev().filter(of_set).find_map(|step| match &step.reason {
            Reason::StatefulSet(reason) if reason.act != StatefulSetAct::RecordStatus => Some(reason.act.clone()),
            _ => None,
        });
        decided.unwrap()
    }
}

fn of_pod(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::Pod, "default", name)
}

fn of_claim(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::PersistentVolumeClaim, "default", name)
}

/// `volumeClaimTemplates` with one claim `data`.
fn data() -> Value {
    let requests = json!({ "requests": { "storage": "1Gi" } });
    json!([{ "metadata": { "name": "data", "labels": { "app": "x", "tier": "db" } }, "spec": { "accessModes": ["ReadWriteOnce"], "resources": requests } }])
}

fn revision_of(pod: &Pod) -> &str {
    &pod.metadata.labels[REVISION_LABEL]
}
