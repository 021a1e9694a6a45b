//! Pods in virtual time: at which instant what happens.

mod images;
mod lifecycle;
mod nodes;
mod probes;
mod restarts;
mod stops;

use crate::actor::Settings;
use crate::api::{Kind, ObjectRef, Pod, Time};
use crate::engine::default_cluster::node_of;
use crate::engine::{Bounds, Command, Simulation};
use crate::manifest;
use crate::reason::{KubeletReason, ProcessChange, Propagation, Reason};
use std::rc::Rc;

/// A cluster with one node, and the instant at which its kubelet took on the first pod.
struct Lab {
    simulation: Simulation,
    accepted: Time,
}

impl Lab {
    /// Pods with this spec below `spec:`; `p` is the name of the first.
    fn new(spec: &str) -> Lab {
        Lab::with(Settings::default(), spec)
    }

    fn with(settings: Settings, spec: &str) -> Lab {
        let mut simulation = Simulation::new(settings, Bounds::default());
        let node = node_of("n1", "4", "8Gi", "10");
        simulation.start(vec![crate::api::Object::Node(Rc::new(node))]);
        let mut lab = Lab { simulation, accepted: Time::ZERO };
        lab.apply("p", spec);
        lab.simulation.advance(20);
        lab.accepted = lab.pod().status.start_time.unwrap_or_default();
        lab
    }

    fn apply(&mut self, name: &str, spec: &str) {
        let spec = spec.trim_end().replace('\n', "\n  ");
        let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec:\n  {}\n", spec.trim_start());
        let value = manifest::yaml::to_json(&text).unwrap().remove(0);
        let pod = manifest::decode(&value).unwrap();
        self.simulation.command(Command::Apply(vec![pod])).unwrap();
    }

    fn named(&self, name: &str) -> Rc<Pod> {
        self.simulation.cluster().get(&pod_ref(name)).unwrap().as_pod().unwrap().clone()
    }

    fn pod(&self) -> Rc<Pod> {
        self.named("p")
    }

    /// Lets time pass until so many milliseconds after the kubelet took on the pod.
    fn until(&mut self, millis: u64) {
        let target = self.accepted + millis;
        self.simulation.advance(target - self.simulation.now());
    }

    fn change(&mut self, change: ProcessChange) {
        self.command(Command::Process { pod: pod_ref("p"), container: None, change });
    }

    fn command(&mut self, command: Command) {
        self.simulation.command(command).unwrap();
    }

    fn delete(&mut self, grace_seconds: Option<i64>) {
        let (object, propagation) = (pod_ref("p"), Propagation::Background);
        self.command(Command::Delete { object, propagation, grace_seconds });
    }

    /// What the kubelet did, each with milliseconds since it took on the first pod.
    fn log(&self) -> Vec<String> {
        let steps = self.simulation.steps().iter();
        steps
            .filter_map(|step| match &step.reason {
                Reason::Kubelet(reason) => Some(format!("{} {}", step.at - self.accepted, word(reason))),
                _ => None,
            })
            .collect()
    }

    /// The same until nothing is left to happen.
    fn settled(&mut self) -> Vec<String> {
        assert_eq!(self.simulation.settle(), crate::engine::RunEnd::Settled);
        self.log()
    }

    fn condition(&self, kind: &str) -> (String, String) {
        let pod = self.pod();
        let condition = pod.condition(kind).unwrap();
        (condition.status.clone(), condition.reason.clone().unwrap_or_default())
    }
}

fn pod_ref(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::Pod, "default", name)
}

/// A reason in a few words.
fn word(reason: &KubeletReason) -> String {
    use crate::reason::ContainerAct as Act;
    let KubeletReason::Container { container, act, .. } = reason else {
        let text = format!("{reason:?}");
        let name = text.split([' ', '{']).next().unwrap_or_default().to_owned();
        return match reason {
            KubeletReason::Started { ready, .. } => format!("{name} ready={ready}"),
            KubeletReason::Rejected { reason, .. } => format!("{name} {reason}"),
            KubeletReason::GatesChanged { ready, .. } => format!("{name} ready={ready}"),
            _ => name,
        };
    };
    let act = match act {
        Act::InitStarted { sidecar, .. } => if *sidecar { "sidecar started" } else { "init started" }.to_owned(),
        Act::InitCompleted { .. } => "init completed".to_owned(),
        Act::PullFailed { error, .. } => error.reason().to_owned(),
        Act::PullBackOff { seconds, endless, .. } => format!("ImagePullBackOff {seconds}{}", ever(*endless)),
        Act::ImagePulled { .. } => "pulled".to_owned(),
        Act::ProbePassed { probe, successes, ready } => format!("{probe:?} passed x{successes} ready={ready}"),
        Act::ReadinessFailed { failures, .. } => format!("Readiness failed x{failures}"),
        Act::KilledByProbe { probe, failures, grace_seconds, .. } => {
            format!("{probe:?} failed x{failures} grace={grace_seconds}")
        }
        Act::Exited { exit_code, phase, .. } => format!("exit {exit_code} {phase:?}"),
        Act::CrashBackOff { seconds, endless, .. } => format!("CrashLoopBackOff {seconds}{}", ever(*endless)),
        Act::Restarted { restarts, .. } => format!("restart {restarts}"),
        Act::Stopped { exit_code, .. } => format!("stopped {exit_code}"),
    };
    format!("{container}: {act}")
}

fn ever(endless: bool) -> &'static str {
    if endless { " for ever" } else { "" }
}
