//! Scenarios that a real control plane was recorded with: reads one, plays it, prints the run in the compact form in
//! which the recordings are written (`seq`). Knows nothing about any particular scenario.

mod scenario;
mod seq;

pub use scenario::Scenario;
pub use seq::milestones;

use crate::actor::{Load, LoadAmount, Measured, Settings};
use crate::api::{Kind, LabelSelector, Object, ObjectRef, Pod, PodPhase, Quantity};
use crate::cluster::Cluster;
use crate::engine::default_cluster::node_of;
use crate::engine::{Bounds, Command, PatchKind, Simulation, Step};
use crate::manifest;
use crate::reason::Propagation;
use scenario::{Metrics, NodeSetup, ScenarioStep};
use std::fmt::Write as _;
use std::rc::Rc;

/// Milliseconds without a write after which a `wait` is over, where the scenario does not say.
const IDLE_MILLIS: u64 = 2_500;
/// Milliseconds that a `wait` takes at most, where the scenario does not say.
const WAIT_LIMIT_MILLIS: u64 = 60_000;

/// Plays a scenario and prints its run.
///
/// # Errors
/// Says what in the scenario is wrong or not simulated.
pub fn run(text: &str) -> Result<String, String> {
    let scenario = Scenario::read(text)?;
    let mut simulation = cluster(&scenario, vec![])?;

    let mut seq = seq::Milestones::default();
    let mut printed = String::new();
    let mut shown = 0;
    for step in &scenario.steps {
        match step {
            ScenarioStep::Wait(wait) => {
                let idle = wait.idle_ms.unwrap_or(IDLE_MILLIS);
                let limit = wait.timeout_s.map_or(WAIT_LIMIT_MILLIS, |seconds| seconds.saturating_mul(1_000));
                simulation.run_until_idle(idle, limit.max(idle));
            }
            ScenarioStep::SleepMs(millis) => simulation.advance(*millis),
            step => {
                print_milestones(&mut printed, &mut seq, &simulation.steps()[shown..]);
                shown = simulation.steps().len();
                let _infallible = writeln!(printed, "== {}", step.title());
                if let Err(message) = carry_out(&mut simulation, step)? {
                    let _infallible = writeln!(printed, "== REFUSED: {message}");
                }
            }
        }
    }
    print_milestones(&mut printed, &mut seq, &simulation.steps()[shown..]);
    Ok(printed)
}

/// The recorded control plane at the start of a scenario, with objects that were there besides its nodes.
///
/// # Errors
/// Says which setting is wrong.
pub fn cluster(scenario: &Scenario, others: Vec<Object>) -> Result<Simulation, String> {
    let settings = Settings { cluster: scenario.cluster.settings(), kubelet: scenario.kubelet.settings()? };
    let mut simulation = Simulation::new(settings, Bounds::default());
    let nodes = scenario.nodes.iter().map(|setup| Object::Node(Rc::new(node(setup))));
    simulation.start(nodes.chain(others).collect());
    simulation.run_until_idle(IDLE_MILLIS, WAIT_LIMIT_MILLIS);
    Ok(simulation)
}

fn print_milestones(printed: &mut String, seq: &mut seq::Milestones, steps: &[Step]) {
    let tokens = seq.of(steps);
    if !tokens.is_empty() {
        let _infallible = writeln!(printed, "    {}", tokens.join(" "));
    }
}

fn node(setup: &NodeSetup) -> crate::api::Node {
    let or =
        |given: &Option<String>, default: &str| given.clone().filter(|text| !text.is_empty()).unwrap_or(default.into());
    let mut node = node_of(&setup.name, &or(&setup.cpu, "8"), &or(&setup.memory, "16Gi"), &or(&setup.pods, "110"));
    node.metadata.labels.extend(setup.labels.clone().unwrap_or_default());
    if setup.not_ready == Some(true) {
        node.status.conditions.iter_mut().for_each(|condition| condition.status = "False".into());
    }
    node.spec.taints = setup.taints.clone().unwrap_or_default();
    node
}

/// Carries out one step; the inner error is the refusal of the API server.
fn carry_out(simulation: &mut Simulation, step: &ScenarioStep) -> Result<Result<(), String>, String> {
    let named = |kind: &str, name: &str| {
        let kind = Kind::parse(kind).ok_or_else(|| format!("{kind} is not simulated"))?;
        let namespace = if kind.is_namespaced() { "default" } else { "" };
        Ok::<_, String>(ObjectRef::new(kind, namespace, name))
    };
    let pods = simulation.cluster();
    let pod = |name: &str| ObjectRef::new(Kind::Pod, "default", &named_pod(pods, name));
    let command = match step {
        ScenarioStep::Mark(_) | ScenarioStep::Wait(_) | ScenarioStep::SleepMs(_) => return Ok(Ok(())),
        ScenarioStep::Apply(text) => return apply(simulation, text),
        ScenarioStep::Scale(scale) => {
            Command::Scale { object: named(&scale.kind, &scale.name)?, replicas: scale.replicas }
        }
        ScenarioStep::SetImage(set) => Command::SetImage {
            object: named(&set.kind, &set.name)?,
            container: set.container.clone(),
            image: set.image.clone(),
        },
        ScenarioStep::Patch(patch) => Command::Patch {
            object: named(&patch.kind, &patch.name)?,
            kind: match patch.merge.as_deref() {
                None | Some("" | "strategic") => PatchKind::Strategic,
                Some("merge") => PatchKind::Merge,
                Some("json") => PatchKind::Json,
                Some(other) => return Err(format!("unknown patch type {other}")),
            },
            patch: patch.patch.clone(),
        },
        ScenarioStep::Delete(delete) => Command::Delete {
            object: if delete.kind == "Pod" { pod(&delete.name) } else { named(&delete.kind, &delete.name)? },
            propagation: match delete.propagation.as_deref() {
                None | Some("" | "Background") => Propagation::Background,
                Some("Foreground") => Propagation::Foreground,
                Some("Orphan") => Propagation::Orphan,
                Some(other) => return Err(format!("unknown propagation {other}")),
            },
            grace_seconds: delete.grace_seconds,
        },
        ScenarioStep::Evict(name) => Command::Evict(pod(name)),
        ScenarioStep::AddNode(setup) => Command::AddNode(Box::new(node(setup))),
        ScenarioStep::DeleteNode(name) => Command::DeleteNode(name.clone()),
        ScenarioStep::LabelNode(label) => Command::LabelNode { node: label.name.clone(), labels: label.labels.clone() },
        ScenarioStep::TaintNode(taint) => {
            Command::TaintNode { node: taint.name.clone(), taints: taint.taints.clone().unwrap_or_default() }
        }
        ScenarioStep::Cordon(name) => Command::Cordon { node: name.clone(), on: true },
        ScenarioStep::Uncordon(name) => Command::Cordon { node: name.clone(), on: false },
        ScenarioStep::PodReady(held) => Command::HoldReadiness { pod: pod(&held.name), ready: held.ready },
        ScenarioStep::PodPhase(end) => Command::EndPod {
            pod: pod(&end.name),
            succeeded: match end.phase {
                PodPhase::Succeeded => true,
                PodPhase::Failed => false,
                PodPhase::Pending | PodPhase::Running => return Err("a pod can only end as Succeeded or Failed".into()),
            },
            reason: end.reason.clone().filter(|reason| !reason.is_empty()),
        },
        ScenarioStep::Kubelet(kubelet) => Command::Kubelet(Box::new(kubelet.settings()?)),
        ScenarioStep::NodeDown(down) => Command::NodeDown { node: down.name.clone(), silent: down.silent },
        ScenarioStep::NodeUp(name) => Command::NodeUp(name.clone()),
        ScenarioStep::Metrics(metrics) => Command::SetLoad(load(metrics)?),
    };
    Ok(simulation.command(command).map_err(|refusal| refusal.0))
}

/// The load of a `metrics` step. A selector is a list of labels: `app=web,tier=db`.
fn load(metrics: &Metrics) -> Result<Load, String> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let milli = |text: &str| {
        let quantity = Quantity::parse(text).map(|quantity| quantity.milli());
        quantity.ok_or_else(|| format!("{text} is not a quantity"))
    };
    let amount = match (given(&metrics.total_cpu), given(&metrics.pod_cpu)) {
        (Some(total), _) => Some(LoadAmount::Total(milli(&total)?)),
        (None, Some(each)) => Some(LoadAmount::Each(milli(&each)?)),
        (None, None) => None,
    };
    let labels = metrics.selector.split(',').filter_map(|label| label.trim().split_once('='));
    let match_labels = labels.map(|(key, value)| (key.into(), value.trim_start_matches('=').into())).collect();
    let selector = LabelSelector { match_labels, ..LabelSelector::default() };
    Ok(Load {
        namespace: "default".into(),
        measured: Measured::Resource { selector, resource: "cpu".into() },
        amount,
        window: metrics.window_s.unwrap_or(0).saturating_mul(1_000),
    })
}

/// The name of a pod; `ds@n3` means the pod of `ds` on node `n3`.
fn named_pod(cluster: &Cluster, name: &str) -> String {
    let Some((owner, node)) = name.split_once('@') else { return name.into() };
    let of_owner = |pod: &&Rc<Pod>| pod.metadata.controller().is_some_and(|controller| controller.name == owner);
    let living = cluster.pods_on(node).filter(of_owner).find(|pod| !pod.is_terminating());
    living.map_or_else(|| name.into(), |pod| pod.metadata.name.clone())
}

/// Applies documents one by one, as `kubectl` sends them; one that is refused does not keep the others back.
fn apply(simulation: &mut Simulation, text: &str) -> Result<Result<(), String>, String> {
    let mut refusal = Ok(());
    for value in manifest::yaml::to_json(text).map_err(|problems| format!("{problems:?}"))? {
        let kind = value["kind"].as_str().unwrap_or_default();
        if Kind::parse(kind).is_none() {
            return Err(format!("{kind} is not simulated"));
        }
        let applied = manifest::decode(&value)
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
            .and_then(|object| simulation.command(Command::Apply(vec![object])).map_err(|refused| refused.0));
        if let Err(message) = applied {
            refusal = Err(message);
        }
    }
    Ok(refusal)
}
