//! What a node takes, and whom it evicts.

use super::{Lab, pod_ref};
use crate::api::{PodPhase, Resource, Taint, TaintEffect};
use crate::engine::Command;
use crate::reason::NodeResource;

fn rejected(spec: &str) -> (String, String) {
    let lab = Lab::new(&format!("nodeName: n1\n{spec}"));
    let pod = lab.pod();
    assert_eq!(pod.status.phase, PodPhase::Failed, "{spec}");
    (pod.status.reason.clone().unwrap(), pod.status.message.clone().unwrap())
}

#[test]
fn a_pod_bound_by_hand_is_refused_by_its_node_if_it_does_not_fit() {
    let asks = |what: &str| format!("containers: [{{name: c, image: 'app:1', resources: {{requests: {{{what}}}}}}}]");
    let (reason, message) = rejected(&asks("cpu: '5'"));
    assert_eq!(reason, "OutOfcpu");
    assert_eq!(
        message,
        "Pod was rejected: Node didn't have enough resource: cpu, requested: 5000, used: 0, capacity: 4000"
    );
    assert_eq!(rejected(&asks("memory: 9Gi")).0, "OutOfmemory");
    let (reason, message) = rejected("nodeSelector: {disk: ssd}\ncontainers: [{name: c, image: app:1}]");
    assert_eq!(reason, "NodeAffinity");
    assert_eq!(
        message,
        "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"
    );
}

#[test]
fn a_node_takes_no_more_pods_than_it_may() {
    let spec = "nodeName: n1\ncontainers: [{name: c, image: app:1}]";
    let mut lab = Lab::new(spec);
    for index in 0..10 {
        lab.apply(&format!("q{index}"), spec);
        lab.simulation.advance(20);
    }
    assert_eq!(lab.named("q8").status.phase, PodPhase::Pending);
    let last = lab.named("q9");
    assert_eq!((last.status.phase, last.status.reason.as_deref()), (PodPhase::Failed, Some("OutOfpods")));
}

#[test]
fn a_host_port_is_given_once_and_taints_that_drive_out_are_heeded() {
    let spec = "nodeName: n1\ncontainers: [{name: c, image: app:1, ports: [{containerPort: 80, hostPort: 80}]}]";
    let mut lab = Lab::new(spec);
    lab.apply("q", spec);
    lab.simulation.advance(20);
    assert_eq!(lab.named("q").status.reason.as_deref(), Some("NodePorts"));
    let taint = |effect| Taint { key: "gpu".into(), value: "yes".into(), effect, time_added: None };
    lab.command(Command::TaintNode { node: "n1".into(), taints: vec![taint(TaintEffect::NoSchedule)] });
    lab.apply("r", "nodeName: n1\ncontainers: [{name: c, image: app:1}]");
    lab.simulation.advance(20);
    assert_eq!(lab.named("r").status.reason, None);
    lab.command(Command::TaintNode { node: "n1".into(), taints: vec![taint(TaintEffect::NoExecute)] });
    lab.apply("s", "nodeName: n1\ncontainers: [{name: c, image: app:1}]");
    lab.simulation.advance(20);
    assert!(lab.log().iter().any(|line| line.ends_with("Rejected TaintToleration")), "{:?}", lab.log());
}

#[test]
fn under_pressure_pods_go_one_by_one_those_over_their_requests_first() {
    let mut lab = Lab::new("containers: [{name: c, image: app:1, resources: {requests: {memory: 1Gi}}}]");
    lab.apply("effort", "containers: [{name: c, image: app:1}]");
    lab.apply("critical", "priorityClassName: system-node-critical\ncontainers: [{name: c, image: app:1}]");
    lab.until(10_000);
    lab.command(Command::NodePressure { node: "n1".into(), resource: NodeResource::Memory, on: true });
    lab.until(15_000);
    let gone = lab.named("effort");
    assert_eq!((gone.status.phase, gone.status.reason.as_deref()), (PodPhase::Failed, Some("Evicted")));
    assert_eq!(gone.status.message.as_deref(), Some("The node was low on resource: memory. "));
    assert_eq!(gone.condition("DisruptionTarget").unwrap().reason.as_deref(), Some("TerminationByKubelet"));
    assert_eq!(lab.pod().status.phase, PodPhase::Running);
    lab.until(21_000);
    assert_eq!(lab.pod().status.phase, PodPhase::Failed);
    lab.settled();
    assert_eq!(lab.named("critical").status.phase, PodPhase::Running);
}

#[test]
fn pressure_that_ends_in_time_evicts_nobody_else() {
    let mut lab = Lab::new("containers: [{name: c, image: app:1, resources: {requests: {memory: 1Gi}}}]");
    lab.apply("effort", "containers: [{name: c, image: app:1}]");
    lab.until(10_000);
    let pressure = |on| Command::NodePressure { node: "n1".into(), resource: NodeResource::Memory, on };
    lab.command(pressure(true));
    lab.until(15_000);
    lab.command(pressure(false));
    lab.settled();
    assert_eq!(lab.pod().status.phase, PodPhase::Running);
}

#[test]
fn a_node_short_of_memory_refuses_pods_that_request_nothing() {
    let mut lab = Lab::new("containers: [{name: c, image: app:1}]");
    lab.delete(Some(0));
    lab.command(Command::NodePressure { node: "n1".into(), resource: NodeResource::Memory, on: true });
    lab.apply("effort", "nodeName: n1\ncontainers: [{name: c, image: app:1}]");
    lab.simulation.advance(20);
    let effort = lab.named("effort");
    assert_eq!(effort.status.reason.as_deref(), Some("Evicted"));
    let message = "Pod was rejected: The node had condition: [MemoryPressure]. ";
    assert_eq!(effort.status.message.as_deref(), Some(message));
    lab.apply("asks", "nodeName: n1\ncontainers: [{name: c, image: app:1, resources: {requests: {memory: 1Gi}}}]");
    lab.simulation.advance(5);
    assert_eq!(lab.named("asks").status.reason, None);
    assert_eq!(pod_ref("asks"), lab.named("asks").reference());
}
