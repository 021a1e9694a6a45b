//! What the scheduler does in clusters of a few nodes: filters, scores, priority and preemption, in the words of Kubernetes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod filters;
mod neighbours;
mod preemption;
mod priority;
mod scores;

use setwise::actor::Settings;
use setwise::api::{Kind, Node, Object, ObjectRef, Pod};
use setwise::engine::default_cluster::node_of;
use setwise::engine::{Bounds, Command, Refusal, Simulation};
use setwise::manifest;
use setwise::reason::{NodeScore, Propagation, Reason, SchedulerReason};
use std::rc::Rc;

/// A cluster to try things on.
struct Lab {
    simulation: Simulation,
}

/// A node of so many CPUs, 16Gi and 110 pods with these labels, written `key=value`.
fn node(name: &str, cpu: &str, labels: &[&str]) -> Node {
    let mut node = node_of(name, cpu, "16Gi", "110");
    let pairs = labels.iter().map(|label| label.split_once('=').expect("key=value"));
    node.metadata.labels.extend(pairs.map(|(key, value)| (key.to_owned(), value.to_owned())));
    node
}

impl Lab {
    fn new(nodes: Vec<Node>) -> Lab {
        Lab::with(nodes, Settings::default())
    }

    fn with(nodes: Vec<Node>, settings: Settings) -> Lab {
        let mut simulation = Simulation::new(settings, Bounds::default());
        simulation.start(nodes.into_iter().map(|node| Object::Node(Rc::new(node))).collect());
        simulation.settle();
        Lab { simulation }
    }

    /// Nodes `n1`, `n2`, … of 4 CPUs.
    fn of(count: usize) -> Lab {
        Lab::new((1..=count).map(|number| node(&format!("n{number}"), "4", &[])).collect())
    }

    /// Applies documents one by one, without letting time pass.
    fn try_apply(&mut self, yaml: &str) -> Result<(), String> {
        for value in manifest::yaml::to_json(yaml).expect("YAML") {
            let object = manifest::decode(&value).map_err(|errors| format!("{errors:?}"))?;
            self.simulation.command(Command::Apply(vec![object])).map_err(|Refusal(message)| message)?;
        }
        Ok(())
    }

    fn apply(&mut self, yaml: &str) {
        self.try_apply(yaml).expect("a valid manifest");
        self.simulation.settle();
    }

    /// Applies a pod: its labels, written `key=value`, and its spec in flow style without the braces.
    fn pod(&mut self, name: &str, labels: &str, spec: &str) {
        self.apply(&pod(name, labels, spec));
    }

    fn delete(&mut self, name: &str) {
        let object = ObjectRef::new(Kind::Pod, "default", name);
        let delete = Command::Delete { object, propagation: Propagation::Background, grace_seconds: None };
        self.simulation.command(delete).expect("a pod");
        self.simulation.settle();
    }

    fn get(&self, name: &str) -> Rc<Pod> {
        let found = self.simulation.cluster().pods.iter().find(|pod| pod.metadata.name == name);
        Rc::clone(found.unwrap_or_else(|| panic!("{name} is gone")))
    }

    fn is_there(&self, name: &str) -> bool {
        self.simulation.cluster().pods.iter().any(|pod| pod.metadata.name == name)
    }

    fn node(&self, name: &str) -> Option<String> {
        self.get(name).node().map(Into::into)
    }

    /// What the scheduler last said of a pod that it did not place.
    fn message(&self, name: &str) -> String {
        let pod = self.get(name);
        let condition = pod.condition("PodScheduled").expect("a condition");
        assert_eq!(condition.status, "False", "{name} is on {:?}", pod.node());
        condition.message.clone().unwrap_or_default()
    }

    /// The first sentence of the message, up to what is said of preemption.
    fn refusals(&self, name: &str) -> String {
        let message = self.message(name);
        message.split_once(". ").map_or(message.clone(), |(refusals, _)| refusals.to_owned())
    }

    /// What the scheduler did with a pod, first to last.
    fn reasons(&self, name: &str) -> Vec<SchedulerReason> {
        let reasons = self.simulation.steps().iter().filter_map(|step| match &step.reason {
            Reason::Scheduler(reason) if reason.pod().name() == name => Some(reason.clone()),
            _ => None,
        });
        reasons.collect()
    }

    /// The scores with which a pod was placed, best first, and how many nodes shared the highest.
    fn scores(&self, name: &str) -> (Vec<NodeScore>, usize) {
        let bound = self.reasons(name).into_iter().find_map(|reason| match reason {
            SchedulerReason::Bound { scores, tied, .. } => Some((scores, tied)),
            _ => None,
        });
        bound.expect("a placed pod")
    }

    /// The score of a plugin for each node, by the node's name.
    fn score_of(&self, name: &str, plugin: &str) -> Vec<(String, i64)> {
        let of = |score: &NodeScore| score.plugins.iter().find(|(name, _)| *name == plugin).map_or(0, |(_, it)| *it);
        let mut scores: Vec<_> = self.scores(name).0.iter().map(|score| (score.node.clone(), of(score))).collect();
        scores.sort();
        scores
    }
}

/// A pod as YAML. Without containers in the spec it has one that requests nothing.
fn pod(name: &str, labels: &str, spec: &str) -> String {
    let labels = labels.replace('=', ": ");
    let containers = if spec.contains("containers:") { "" } else { "containers: [{name: c, image: 'p:1'}]" };
    let separator = if containers.is_empty() || spec.is_empty() { "" } else { ", " };
    format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: {name}, labels: {{{labels}}}}}, spec: {{{spec}{separator}{containers}}}}}"
    )
}

/// A container that requests something: `cpu: 3`.
fn requests(amounts: &str) -> String {
    format!("containers: [{{name: c, image: 'p:1', resources: {{requests: {{{amounts}}}}}}}]")
}

const NOT_HELPFUL: &str = "Preemption is not helpful for scheduling";
