//! What kubelets tell of pods.

use super::Lab;
use crate::api::{Kind, ObjectRef, ProbeKind};
use crate::engine::Command;
use crate::reason::{NodeResource, ProcessChange, Propagation};

fn pod_ref() -> ObjectRef {
    ObjectRef::new(Kind::Pod, "default", "p")
}

fn change(change: ProcessChange) -> Command {
    Command::Process { pod: pod_ref(), container: None, change }
}

fn delete() -> Command {
    Command::Delete { object: pod_ref(), propagation: Propagation::Background, grace_seconds: None }
}

const PULLED: &str = "in 1.5s (1.5s including waiting). Image size: 67108864 bytes.";

#[test]
fn a_pod_is_told_of_container_by_container() {
    let mut lab = Lab::pod("initContainers: [{name: i, image: app:1}], containers: [{name: c, image: app:1}]");
    lab.wait(30);
    assert_eq!(
        lab.told(),
        [
            "Normal Pulling spec.initContainers{i}: Pulling image \"app:1\"".to_owned(),
            format!("Normal Pulled spec.initContainers{{i}}: Successfully pulled image \"app:1\" {PULLED}"),
            "Normal Created spec.initContainers{i}: Container created".into(),
            "Normal Started spec.initContainers{i}: Container started".into(),
            "Normal Pulled spec.containers{c}: Container image \"app:1\" already present on machine and can be accessed by \
             the pod"
                .into(),
            "Normal Created spec.containers{c}: Container created".into(),
            "Normal Started spec.containers{c}: Container started".into(),
        ]
    );
}

#[test]
fn an_image_of_the_policy_always_is_pulled_again_by_the_next_pod() {
    let mut lab = Lab::pod("containers: [{name: c, image: app}]");
    lab.wait(5);
    lab.apply("{apiVersion: v1, kind: Pod, metadata: {name: q}, spec: {containers: [{name: c, image: app}]}}");
    lab.wait(5);
    assert!(lab.about(Kind::Pod, "q").contains(&"Normal Pulling spec.containers{c}: Pulling image \"app\"".to_owned()));
}

#[test]
fn an_image_that_cannot_be_pulled_is_told_of_at_each_try() {
    let mut lab = Lab::pod("containers: [{name: c, image: broken:1}]");
    lab.wait(15);
    assert_eq!(
        lab.told(),
        [
            "Normal Pulling x2 spec.containers{c}: Pulling image \"broken:1\"",
            "Warning Failed x2 spec.containers{c}: Failed to pull image \"broken:1\": failed to pull and unpack image \
             \"broken:1\": not found",
            "Warning Failed x2 spec.containers{c}: Error: ErrImagePull",
            "Normal BackOff x2 spec.containers{c}: Back-off pulling image \"broken:1\"",
            "Warning Failed x2 spec.containers{c}: Error: ImagePullBackOff",
        ]
    );
}

#[test]
fn an_image_whose_name_is_none_or_that_may_not_be_pulled_is_no_pull() {
    let mut lab = Lab::pod("containers: [{name: c, image: 'App:1'}]");
    lab.wait(15);
    assert_eq!(
        lab.told(),
        [
            "Warning InspectFailed spec.containers{c}: Failed to apply default image tag \"App:1\": couldn't parse image \
             name \"App:1\": invalid reference format",
            "Warning Failed spec.containers{c}: Error: InvalidImageName",
        ]
    );
    let mut lab = Lab::pod("containers: [{name: c, image: 'broken:1', imagePullPolicy: Never}]");
    lab.wait(15);
    assert_eq!(
        lab.told(),
        [
            "Warning ErrImageNeverPull spec.containers{c}: Container image \"broken:1\" is not present with pull policy of \
             Never",
            "Warning Failed spec.containers{c}: Error: ErrImageNeverPull",
        ]
    );
}

#[test]
fn a_container_that_ends_again_and_again_backs_off() {
    let mut lab = Lab::pod("containers: [{name: c, image: crash:1}]");
    lab.wait(10);
    let uid = lab.0.cluster().get(&pod_ref()).unwrap().metadata().uid;
    let told = lab.told();
    assert_eq!(told[2], "Normal Created x2 spec.containers{c}: Container created");
    assert_eq!(
        told.last().unwrap(),
        &format!(
            "Warning BackOff spec.containers{{c}}: Back-off restarting failed container c in pod p_default({uid})"
        )
    );
}

#[test]
fn a_probe_that_fails_is_told_of_each_time_and_then_kills() {
    let check = "httpGet: {port: 80}, periodSeconds: 5";
    let containers = |probe: &str| format!("containers: [{{name: c, image: app:1, {probe}: {{{check}}}}}]");
    for (field, probe, expected) in [
        (
            "livenessProbe",
            ProbeKind::Liveness,
            vec![
                "Warning Unhealthy x3 spec.containers{c}: Liveness probe failed: HTTP probe failed with statuscode: 500",
                "Normal Killing spec.containers{c}: Container c failed liveness probe, will be restarted",
            ],
        ),
        (
            "readinessProbe",
            ProbeKind::Readiness,
            vec![
                "Warning Unhealthy x3 spec.containers{c}: Readiness probe failed: HTTP probe failed with statuscode: 500",
            ],
        ),
    ] {
        let mut lab = Lab::pod(&containers(field));
        lab.wait(10);
        lab.does(change(ProcessChange::Fails(probe)));
        lab.wait(15);
        let told = lab.told();
        let found: Vec<&String> =
            told.iter().filter(|line| line.contains("Unhealthy") || line.contains("Killing")).collect();
        assert_eq!(found, expected, "{told:?}");
    }
}

#[test]
fn a_startup_probe_that_fails_kills_for_good_where_nothing_is_restarted() {
    let mut lab = Lab::pod(
        "restartPolicy: Never, containers: [{name: c, image: app:1, startupProbe: {tcpSocket: {port: 81}, \
         initialDelaySeconds: 10, periodSeconds: 1, failureThreshold: 2}}]",
    );
    lab.wait(3);
    lab.does(change(ProcessChange::Fails(ProbeKind::Startup)));
    lab.wait(20);
    let told = lab.told();
    let unhealthy = told.iter().find(|line| line.contains("Unhealthy")).unwrap();
    assert!(
        unhealthy.starts_with("Warning Unhealthy x2 spec.containers{c}: Startup probe failed: dial tcp "),
        "{told:?}"
    );
    assert!(unhealthy.ends_with(":81: connect: connection refused"), "{told:?}");
    assert!(
        told.contains(&"Normal Killing spec.containers{c}: Container c failed startup probe".to_owned()),
        "{told:?}"
    );
}

#[test]
fn containers_are_told_to_stop_when_their_pod_is_deleted() {
    let sidecar = "{name: s, image: app:1, restartPolicy: Always}";
    let mut lab = Lab::pod(&format!("initContainers: [{sidecar}], containers: [{{name: c, image: app:1}}]"));
    lab.wait(10);
    lab.does(delete());
    lab.wait(60);
    let told = lab.told();
    assert_eq!(
        told[told.len() - 2..],
        [
            "Normal Killing spec.containers{c}: Stopping container c",
            "Normal Killing spec.initContainers{s}: Stopping container s",
        ]
    );
}

#[test]
fn a_machine_that_is_down_stops_nothing() {
    let mut lab = Lab::pod("containers: [{name: c, image: app:1}]");
    lab.wait(10);
    lab.does(Command::NodeDown { node: "n1".into(), silent: true });
    lab.does(delete());
    assert!(!lab.told().iter().any(|line| line.contains("Killing")), "{:?}", lab.told());
}

#[test]
fn a_pod_that_runs_for_too_long_is_stopped() {
    let mut lab = Lab::pod("activeDeadlineSeconds: 5, containers: [{name: c, image: app:1}]");
    lab.wait(10);
    assert_eq!(
        lab.told()[4..],
        [
            "Normal DeadlineExceeded Pod was active on the node longer than the specified deadline",
            "Normal Killing spec.containers{c}: Stopping container c",
        ]
    );
}

#[test]
fn a_node_tells_why_it_does_not_take_a_pod() {
    let lab = Lab::pod("nodeName: n1, containers: [{name: c, image: app:1, resources: {requests: {cpu: 5}}}]");
    assert_eq!(
        lab.told(),
        ["Warning OutOfcpu Node didn't have enough resource: cpu, requested: 5000, used: 0, capacity: 4000"]
    );
    let lab = Lab::pod("nodeName: n1, nodeSelector: {a: b}, containers: [{name: c, image: app:1}]");
    assert_eq!(
        lab.told(),
        ["Warning NodeAffinity Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"]
    );
}

#[test]
fn a_node_that_is_short_of_memory_says_so_and_evicts() {
    let mut lab = Lab::pod("containers: [{name: c, image: app:1}]");
    lab.wait(10);
    lab.does(Command::NodePressure { node: "n1".into(), resource: NodeResource::Memory, on: true });
    lab.wait(1);
    assert_eq!(
        lab.told()[4..],
        [
            "Warning Evicted The node was low on resource: memory. ",
            "Normal Killing spec.containers{c}: Stopping container c",
        ]
    );
    assert_eq!(
        lab.about(Kind::Node, "n1")[7..],
        [
            "Warning EvictionThresholdMet Attempting to reclaim memory",
            "Normal NodeHasInsufficientMemory Node n1 status is now: NodeHasInsufficientMemory",
        ]
    );
}

#[test]
fn a_program_that_plays_the_kubelets_records_nothing() {
    let mut settings = crate::actor::Settings::default();
    settings.cluster.played_kubelets = true;
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: app:1}]}}";
    let mut lab = Lab::with(settings, pod);
    lab.wait(10);
    assert_eq!(lab.about(Kind::Pod, "p"), ["Normal Scheduled Successfully assigned default/p to n1"]);
    assert_eq!(lab.about(Kind::Node, "n1"), ["Normal RegisteredNode Node n1 event: Registered Node n1 in Controller"]);
}
