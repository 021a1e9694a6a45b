//! What is told of nodes.

use super::Lab;
use crate::api::Kind;
use crate::engine::Command;
use crate::engine::default_cluster::node_of;
use crate::reason::NodeResource;

const POD: &str = "containers: [{name: c, image: app:1}]";

/// What is told of the node after it has joined.
fn later(lab: &Lab) -> Vec<String> {
    lab.about(Kind::Node, "n1").split_off(7)
}

#[test]
fn a_node_joins_and_leaves() {
    let mut lab = Lab::pod(POD);
    lab.does(Command::AddNode(Box::new(node_of("n2", "4", "8Gi", "110"))));
    lab.does(Command::DeleteNode("n2".into()));
    assert_eq!(
        lab.about(Kind::Node, "n2"),
        [
            "Normal Starting Starting kubelet.",
            "Normal NodeHasSufficientMemory Node n2 status is now: NodeHasSufficientMemory",
            "Normal NodeHasNoDiskPressure Node n2 status is now: NodeHasNoDiskPressure",
            "Normal NodeHasSufficientPID Node n2 status is now: NodeHasSufficientPID",
            "Normal NodeAllocatableEnforced Updated Node Allocatable limit across pods",
            "Normal RegisteredNode Node n2 event: Registered Node n2 in Controller",
            "Normal NodeReady Node n2 status is now: NodeReady",
            "Normal RemovingNode Node n2 event: Removing Node n2 from Controller",
        ]
    );
}

#[test]
fn cordoning_is_told_of_by_the_kubelet() {
    let mut lab = Lab::pod(POD);
    lab.does(Command::Cordon { node: "n1".into(), on: true });
    lab.does(Command::Cordon { node: "n1".into(), on: true });
    lab.does(Command::Cordon { node: "n1".into(), on: false });
    assert_eq!(
        later(&lab),
        [
            "Normal NodeNotSchedulable Node n1 status is now: NodeNotSchedulable",
            "Normal NodeSchedulable Node n1 status is now: NodeSchedulable",
        ]
    );
}

#[test]
fn each_pressure_is_told_of_when_it_begins_and_ends() {
    for (resource, reclaimed, begins, ends) in [
        (NodeResource::Memory, "memory", "NodeHasInsufficientMemory", "NodeHasSufficientMemory"),
        (NodeResource::Disk, "ephemeral-storage", "NodeHasDiskPressure", "NodeHasNoDiskPressure"),
        (NodeResource::Pid, "pids", "NodeHasInsufficientPID", "NodeHasSufficientPID"),
    ] {
        let mut lab = Lab::new("{apiVersion: v1, kind: Namespace, metadata: {name: a}}");
        for on in [true, false] {
            lab.does(Command::NodePressure { node: "n1".into(), resource, on });
        }
        let told = lab.about(Kind::Node, "n1");
        assert!(told.contains(&format!("Warning EvictionThresholdMet Attempting to reclaim {reclaimed}")), "{told:?}");
        assert!(told.contains(&format!("Normal {begins} Node n1 status is now: {begins}")), "{told:?}");
        // It is said when the node joins, and again when the pressure is over.
        assert!(told.contains(&format!("Normal {ends} x2 Node n1 status is now: {ends}")), "{told:?}");
    }
}

#[test]
fn a_node_that_goes_silent_is_told_of_by_the_controller_and_its_pods_too() {
    let mut lab = Lab::pod(POD);
    lab.wait(10);
    lab.does(Command::NodeDown { node: "n1".into(), silent: true });
    lab.wait(80);
    assert_eq!(later(&lab), ["Normal NodeNotReady Node n1 status is now: NodeNotReady"]);
    assert_eq!(lab.told().last().unwrap(), "Warning NodeNotReady Node is not ready");
    lab.does(Command::NodeUp("n1".into()));
    let told = lab.about(Kind::Node, "n1");
    assert!(told.contains(&"Normal NodeReady x2 Node n1 status is now: NodeReady".to_owned()), "{told:?}");
}

#[test]
fn a_kubelet_that_says_it_is_not_ready_is_told_of_once() {
    let mut lab = Lab::pod(POD);
    lab.wait(10);
    lab.does(Command::NodeDown { node: "n1".into(), silent: false });
    lab.wait(20);
    assert_eq!(later(&lab), ["Normal NodeNotReady Node n1 status is now: NodeNotReady"]);
}
