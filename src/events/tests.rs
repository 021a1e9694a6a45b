//! The Events of whole runs, as `kubectl describe` prints them: type, reason, source, message.

mod autoscaler;
mod controllers;
mod counts;
mod kubelet;
mod nodes;

use super::Log;
use crate::actor::Settings;
use crate::api::{Kind, Object, ObjectRef};
use crate::engine::default_cluster::node_of;
use crate::engine::{Bounds, Command, Simulation, play};
use crate::manifest::{SourceFile, read};
use std::rc::Rc;

/// A cluster with one node `n1`, in which things can be done one after the other.
struct Lab(Simulation);

impl Lab {
    /// With these objects, a second after they were applied.
    fn new(text: &str) -> Lab {
        Lab::with(Settings::default(), text)
    }

    fn with(settings: Settings, text: &str) -> Lab {
        let mut simulation = Simulation::new(settings, Bounds::default());
        simulation.start(vec![Object::Node(Rc::new(node_of("n1", "4", "8Gi", "110")))]);
        let mut lab = Lab(simulation);
        lab.apply(text);
        lab
    }

    /// A pod `p` with this spec, in flow style.
    fn pod(spec: &str) -> Lab {
        Lab::new(&format!("{{apiVersion: v1, kind: Pod, metadata: {{name: p}}, spec: {{{spec}}}}}"))
    }

    fn apply(&mut self, text: &str) {
        let files = [SourceFile { name: "app.yaml".into(), text: text.into() }];
        self.does(Command::Apply(read(&files).objects()));
    }

    fn does(&mut self, command: Command) {
        self.0.command(command).unwrap();
        self.0.advance(1_000);
    }

    fn wait(&mut self, seconds: u64) {
        self.0.advance(seconds * 1_000);
    }

    /// What was recorded about an object: type, reason, how often where more than once, part of the object, message.
    fn about(&self, kind: Kind, name: &str) -> Vec<String> {
        let namespace = if kind == Kind::Node { "" } else { "default" };
        let log = Log::of(self.0.steps());
        let line = |entry: super::Entry<'_>| {
            let event = entry.event;
            let count = if entry.count > 1 { format!(" x{}", entry.count) } else { String::new() };
            let part = event.field_path.as_ref().map(|part| format!("{part}: ")).unwrap_or_default();
            format!("{} {}{count} {part}{}", event.severity.as_str(), event.reason, event.message)
        };
        log.about(&ObjectRef::new(kind, namespace, name), usize::MAX).map(line).collect()
    }

    /// Those about the pod `p` by its kubelet.
    fn told(&self) -> Vec<String> {
        let by_scheduler = |line: &String| line.contains(" Scheduled ") || line.contains(" FailedScheduling ");
        self.about(Kind::Pod, "p").into_iter().filter(|line| !by_scheduler(line)).collect()
    }
}

fn log(text: &str) -> Log {
    let files = [SourceFile { name: "app.yaml".into(), text: text.into() }];
    let run = play(&read(&files).objects(), &Settings::default());
    Log::of(run.timeline.steps())
}

fn about(log: &Log, kind: Kind, name: &str) -> Vec<String> {
    let object = ObjectRef::new(kind, "default", name);
    let line = |entry: super::Entry<'_>| {
        let event = entry.event;
        format!("{} {} {} {}", event.severity.as_str(), event.reason, event.source, event.message)
    };
    log.about(&object, usize::MAX).map(line).collect()
}

const ORDERED: &str = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 2
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: c, image: nginx:1}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
";

#[test]
fn a_stateful_set_tells_of_the_claim_before_the_pod_of_each_ordinal() {
    assert_eq!(
        about(&log(ORDERED), Kind::StatefulSet, "web"),
        [
            "Normal SuccessfulCreate statefulset-controller Create Claim data-web-0 Pod web-0 in StatefulSet web success",
            "Normal SuccessfulCreate statefulset-controller Create Pod web-0 in StatefulSet web successful",
            "Normal SuccessfulCreate statefulset-controller Create Claim data-web-1 Pod web-1 in StatefulSet web success",
            "Normal SuccessfulCreate statefulset-controller Create Pod web-1 in StatefulSet web successful",
        ]
    );
}

#[test]
fn a_pod_whose_claim_is_unbound_fails_to_schedule_before_it_is_assigned() {
    let log = log(ORDERED);
    let events = about(&log, Kind::Pod, "web-0");
    let unbound = "Warning FailedScheduling default-scheduler 0/4 nodes are available: pod has unbound immediate \
                   PersistentVolumeClaims.";
    assert!(events[0].starts_with(unbound), "{events:?}");
    let assigned = "Normal Scheduled default-scheduler Successfully assigned default/web-0 to worker-1";
    assert!(events.contains(&assigned.to_owned()), "{events:?}");
    assert!(about(&log, Kind::PersistentVolumeClaim, "data-web-0").iter().any(|event| {
        event.starts_with("Normal ExternalProvisioning persistentvolume-controller Waiting for a volume")
    }));
}

#[test]
fn a_daemon_set_tells_of_each_pod_that_it_made() {
    let log = log("
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers: [{name: c, image: agent:1}]
");
    let events = about(&log, Kind::DaemonSet, "agent");
    assert_eq!(events.len(), 3, "{events:?}");
    assert!(
        events
            .iter()
            .all(|event| event.starts_with("Normal SuccessfulCreate daemonset-controller Created pod: agent-"))
    );
}

#[test]
fn events_are_there_from_the_step_that_records_them() {
    let log = log(ORDERED);
    let set = ObjectRef::new(Kind::StatefulSet, "default", "web");
    let counts: Vec<usize> = (0..60).map(|position| log.about(&set, position).count()).collect();
    assert_eq!(counts[0], 0);
    assert!(counts.is_sorted(), "{counts:?}");
    assert!(counts.contains(&2) && counts.contains(&4), "{counts:?}");
    assert!(log.at(usize::MAX).count() > 4);
}

#[test]
fn an_event_that_happens_again_is_counted() {
    let log = log("
apiVersion: v1
kind: Pod
metadata: {name: big}
spec:
  containers: [{name: c, image: big:1, resources: {requests: {cpu: 100}}}]
");
    let object = ObjectRef::new(Kind::Pod, "default", "big");
    let entries: Vec<_> = log.about(&object, usize::MAX).collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert!(
        entries[0]
            .event
            .message
            .ends_with("preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.")
    );
    assert!(entries[0].count >= 1 && entries[0].last >= entries[0].event.at);
}
