//! The Events of whole runs, as `kubectl describe` prints them: type, reason, source, message.

use super::Log;
use crate::actor::Settings;
use crate::api::{Kind, ObjectRef};
use crate::engine::play;
use crate::manifest::{SourceFile, read};

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
