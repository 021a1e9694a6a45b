//! How Events are counted, combined and dropped.

use super::{Lab, log};
use crate::api::Kind;

fn stateful_set(replicas: i32) -> String {
    format!(
        "
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: web}}
spec:
  replicas: {replicas}
  serviceName: web
  podManagementPolicy: Parallel
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: c, image: 'app:1'}}]}}
"
    )
}

#[test]
fn the_tenth_message_of_a_kind_and_those_after_it_are_combined() {
    let mut lab = Lab::new(&stateful_set(12));
    lab.wait(5);
    let told = lab.about(Kind::StatefulSet, "web");
    assert_eq!(told.len(), 10, "{told:?}");
    assert_eq!(told[8], "Normal SuccessfulCreate Create Pod web-8 in StatefulSet web successful");
    assert_eq!(
        told[9],
        "Normal SuccessfulCreate x3 (combined from similar events): Create Pod web-11 in StatefulSet web successful"
    );
}

#[test]
fn of_many_events_about_one_object_only_25_are_sent_at_once() {
    let mut lab = Lab::new(&stateful_set(40));
    lab.wait(5);
    let told = lab.about(Kind::StatefulSet, "web");
    assert_eq!(
        told[9],
        "Normal SuccessfulCreate x16 (combined from similar events): Create Pod web-24 in StatefulSet web successful"
    );
}

#[test]
fn an_event_is_kept_for_an_hour() {
    let mut lab = Lab::pod("containers: [{name: c, image: app:1}]");
    assert!(!lab.about(Kind::Pod, "p").is_empty());
    lab.wait(3_610);
    lab.apply("{apiVersion: v1, kind: Pod, metadata: {name: q}, spec: {containers: [{name: c, image: 'app:1'}]}}");
    assert_eq!(lab.about(Kind::Pod, "p"), [""; 0]);
}

#[test]
fn what_is_told_names_the_node_of_the_kubelet() {
    let log = log("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: app}]}}");
    let started: Vec<_> = log.at(usize::MAX).filter(|entry| entry.event.reason == "Started").collect();
    assert_eq!(started.len(), 1);
    assert_eq!((started[0].event.source, &*started[0].event.host), ("kubelet", "worker-1"));
}
