//! The printers against what `kubectl` v1.36 printed, and against upstream's own tables.
#![allow(clippy::unwrap_used, reason = "tests")]

mod describe;
mod describe_kinds;
mod get;
mod jsonpath;
mod recorded;
mod tables;
mod text;
mod yaml;

use super::{GetOptions, Item, Listing, Shown};
use crate::actor::Settings;
use crate::api::{Kind, Object, Time};
use crate::cluster::{Change, Cluster};
use crate::engine::default_cluster::node_of;
use crate::engine::{Bounds, Command, Simulation};
use crate::events::Log;
use crate::kubectl::resource::Resource;
use crate::manifest;
use std::rc::Rc;

/// A moment of a cluster, owned.
struct Moment {
    cluster: Cluster,
    now: Time,
    events: Log,
    position: usize,
}

impl Moment {
    /// Some objects as they are written, so many milliseconds after everything that is written of times.
    fn of(objects: &str, now: u64) -> Moment {
        let mut cluster = Cluster::default();
        for value in manifest::yaml::to_json(objects).unwrap() {
            let kind = Kind::parse(value["kind"].as_str().unwrap()).unwrap();
            let object = Object::from_json(kind, &value).unwrap();
            cluster.apply(&Change { before: None, after: Some(object) });
        }
        Moment { cluster, now: Time(now), events: Log::default(), position: 0 }
    }

    /// What manifests come to in a cluster of three nodes, so many milliseconds after they were applied.
    fn after(manifests: &str, millis: u64) -> Moment {
        let mut simulation = Simulation::new(Settings::default(), Bounds::default());
        let nodes =
            ["worker-1", "worker-2", "worker-3"].map(|name| Object::Node(Rc::new(node_of(name, "8", "16Gi", "110"))));
        simulation.start(nodes.into());
        for value in manifest::yaml::to_json(manifests).unwrap() {
            simulation.command(Command::Apply(vec![manifest::decode(&value).unwrap()])).unwrap();
        }
        simulation.advance(millis);
        let events = Log::of(simulation.steps());
        Moment {
            cluster: simulation.cluster().clone(),
            now: simulation.now(),
            events,
            position: simulation.steps().len(),
        }
    }

    fn shown(&self) -> Shown<'_> {
        Shown { cluster: &self.cluster, now: self.now, events: &self.events, position: self.position, loads: &[] }
    }

    fn listing(&self, kind: Kind) -> Listing<'_> {
        let objects = self.cluster.objects().filter(|object| object.kind() == kind);
        Listing { resource: Resource::of(kind).unwrap(), items: objects.map(Item::Object).collect() }
    }

    /// What `kubectl get` prints of some kinds.
    fn get(&self, kinds: &[Kind], options: &GetOptions) -> String {
        let listings: Vec<Listing<'_>> = kinds.iter().map(|kind| self.listing(*kind)).collect();
        super::get(&self.shown(), &listings, options).unwrap()
    }

    /// What `kubectl describe` prints of the object of a kind and a name.
    fn describe(&self, kind: Kind, name: &str) -> String {
        let object = self.cluster.objects().find(|one| one.kind() == kind && one.metadata().name == name).unwrap();
        super::describe(&self.shown(), Resource::of(kind).unwrap(), &Item::Object(object), true)
    }
}
