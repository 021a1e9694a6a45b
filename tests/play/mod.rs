//! A small cluster to try behaviour on: YAML and commands in, objects and steps out.

#![allow(dead_code, reason = "each test program uses a part of it")]

use setwise::actor::Settings;
use setwise::api::{
    Key, Kind, Node, Object, ObjectRef, PersistentVolume, PersistentVolumeClaim, Pod, Taint, TaintEffect,
};
use setwise::engine::default_cluster::node_of;
use setwise::engine::{Bounds, Command, PatchKind, Simulation, Step};
use setwise::manifest;
use setwise::reason::{Propagation, Reason};
use std::rc::Rc;

/// Two pods of a Deployment.
pub const DEPLOYMENT: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  replicas: 2
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec: {containers: [{name: c, image: 'app:1'}]}
";

/// A pod on every node.
pub const DAEMON_SET: &str = "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: c, image: 'agent:1'}]}
";

/// A pod that uses the claim `data`.
pub const USER: &str = "
apiVersion: v1
kind: Pod
metadata: {name: user}
spec:
  containers: [{name: c, image: 'x:1'}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
";

/// A budget that asks for both pods of [`DEPLOYMENT`].
pub const BUDGET: &str = "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: app}
spec: {minAvailable: 2, selector: {matchLabels: {app: app}}}
";

/// A cluster that is played.
pub struct Play {
    pub simulation: Simulation,
}

pub fn ready(name: &str) -> Node {
    node_of(name, "4", "8Gi", "110")
}

fn read(yaml: &str) -> Vec<Object> {
    let documents = manifest::yaml::to_json(yaml).unwrap();
    documents.iter().map(|document| manifest::decode(document).unwrap()).collect()
}

impl Play {
    /// Nodes `n1`, `n2`, … and what is applied to them.
    pub fn on(nodes: usize, yaml: &str) -> Play {
        Play::with(Settings::default(), (1..=nodes).map(|number| ready(&format!("n{number}"))).collect(), yaml)
    }

    pub fn with(settings: Settings, nodes: Vec<Node>, yaml: &str) -> Play {
        let mut simulation = Simulation::new(settings, Bounds::default());
        simulation.start(nodes.into_iter().map(|node| Object::Node(Rc::new(node))).collect());
        let mut play = Play { simulation };
        if !yaml.is_empty() {
            play.apply(yaml);
        }
        play
    }

    pub fn apply(&mut self, yaml: &str) {
        self.command(Command::Apply(read(yaml)));
    }

    pub fn command(&mut self, command: Command) {
        self.simulation.command(command).unwrap();
    }

    pub fn refused(&mut self, command: Command) -> String {
        self.simulation.command(command).unwrap_err().0
    }

    /// Lets time pass until an instant, in seconds.
    pub fn until(&mut self, seconds: u64) {
        let now = self.simulation.now().0;
        self.simulation.advance((seconds * 1_000).saturating_sub(now));
    }

    pub fn pass(&mut self, seconds: u64) {
        self.simulation.advance(seconds * 1_000);
    }

    pub fn down(&mut self, node: &str) {
        self.command(Command::NodeDown { node: node.into(), silent: true });
    }

    pub fn up(&mut self, node: &str) {
        self.command(Command::NodeUp(node.into()));
    }

    pub fn taint(&mut self, node: &str, taints: &[(&str, TaintEffect)]) {
        let taint = |(key, effect): &(&str, TaintEffect)| Taint {
            key: (*key).into(),
            value: String::new(),
            effect: *effect,
            time_added: None,
        };
        self.command(Command::TaintNode { node: node.into(), taints: taints.iter().map(taint).collect() });
    }

    pub fn delete(&mut self, kind: Kind, name: &str) {
        self.delete_as(kind, name, Propagation::Background, None);
    }

    pub fn delete_as(&mut self, kind: Kind, name: &str, propagation: Propagation, grace_seconds: Option<i64>) {
        self.command(Command::Delete { object: named(kind, name), propagation, grace_seconds });
    }

    pub fn patch(&mut self, kind: Kind, name: &str, patch: &str) {
        self.command(self.merge_patch(kind, name, patch));
    }

    pub fn merge_patch(&self, kind: Kind, name: &str, patch: &str) -> Command {
        let patch = serde_json::from_str(patch).unwrap();
        Command::Patch { object: named(kind, name), kind: PatchKind::Merge, patch }
    }

    pub fn find_pod(&self, name: &str) -> Option<Rc<Pod>> {
        self.simulation.cluster().pods.get(&Key::new("default", name)).cloned()
    }

    pub fn pod(&self, name: &str) -> Rc<Pod> {
        self.find_pod(name).unwrap_or_else(|| panic!("there is no {name}"))
    }

    /// Pods whose name begins so.
    pub fn pods(&self, prefix: &str) -> Vec<Rc<Pod>> {
        let pods = self.simulation.cluster().pods.iter();
        pods.filter(|pod| pod.metadata.name.starts_with(prefix)).cloned().collect()
    }

    pub fn node(&self, name: &str) -> Rc<Node> {
        self.simulation.cluster().node(name).cloned().unwrap()
    }

    pub fn taints(&self, node: &str) -> Vec<String> {
        self.node(node).spec.taints.iter().map(ToString::to_string).collect()
    }

    pub fn claim(&self, name: &str) -> Rc<PersistentVolumeClaim> {
        self.simulation.cluster().claims.get(&Key::new("default", name)).cloned().unwrap()
    }

    pub fn find_volume(&self, name: &str) -> Option<Rc<PersistentVolume>> {
        self.simulation.cluster().volumes.get(&Key::new("", name)).cloned()
    }

    /// The phase of a volume.
    pub fn volume_phase(&self, name: &str) -> String {
        self.find_volume(name).and_then(|volume| volume.status.phase.clone()).unwrap_or("gone".into())
    }

    /// The volume that a claim is bound to, or its phase.
    pub fn bound_to(&self, claim: &str) -> String {
        let claim = self.claim(claim);
        match claim.is_bound() {
            true => claim.spec.volume_name.clone().unwrap(),
            false => claim.status.phase.clone().unwrap_or_default(),
        }
    }

    /// Steps whose reason fits.
    pub fn steps<'a>(&'a self, fits: impl Fn(&Reason) -> bool + 'a) -> impl Iterator<Item = &'a Step> {
        self.simulation.steps().iter().filter(move |step| fits(&step.reason))
    }
}

pub fn named(kind: Kind, name: &str) -> ObjectRef {
    ObjectRef::new(kind, if kind.is_namespaced() { "default" } else { "" }, name)
}
