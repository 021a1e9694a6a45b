//! Init containers, sidecars, conditions, deadlines.

use super::Lab;
use crate::api::{PodPhase, QosClass};
use crate::reason::ProcessChange;

const MAIN: &str = "containers: [{name: c, image: app:1}]";

#[test]
fn init_containers_run_one_by_one_before_the_main_ones() {
    let mut lab = Lab::new(&format!("initContainers: [{{name: i, image: a:1}}, {{name: j, image: a:1}}]\n{MAIN}"));
    lab.until(1_000);
    assert_eq!(lab.condition("Initialized"), ("False".into(), "ContainersNotInitialized".into()));
    let message = lab.pod().condition("Initialized").unwrap().message.clone().unwrap();
    assert_eq!(message, "containers with incomplete status: [i j]");
    assert_eq!(lab.pod().status.container_statuses[0].state.waiting_reason(), Some("PodInitializing"));
    let expected = [
        "0 Accepted",
        "1500 i: init started",
        "2500 i: init completed",
        "3000 j: init started",
        "4000 j: init completed",
        "4500 Started ready=true",
    ];
    assert_eq!(lab.settled(), expected);
    assert_eq!(lab.condition("Initialized"), ("True".into(), String::new()));
}

#[test]
fn a_failing_init_container_is_retried_with_back_off_and_the_pod_stays_pending() {
    let mut lab = Lab::new(&format!("initContainers: [{{name: i, image: crash:1}}]\n{MAIN}"));
    lab.until(14_000);
    let expected = [
        "1500 i: init started",
        "2500 i: exit 1 Pending",
        "2500 i: restart 1",
        "3500 i: exit 1 Pending",
        "4500 i: CrashLoopBackOff 10",
        "13500 i: restart 2",
    ];
    assert_eq!(lab.log()[1..], expected);
    assert!(lab.settled().last().unwrap().ends_with("300 for ever"));
}

#[test]
fn a_failing_init_container_fails_the_pod_if_nothing_is_restarted() {
    let mut lab = Lab::new(&format!("restartPolicy: Never\ninitContainers: [{{name: i, image: crash:1}}]\n{MAIN}"));
    assert_eq!(lab.settled()[1..], ["1500 i: init started", "2500 i: exit 1 Failed"]);
    assert_eq!(lab.pod().status.phase, PodPhase::Failed);
}

#[test]
fn a_sidecar_only_has_to_start_and_counts_for_readiness() {
    let spec = format!(
        "initContainers:\n- {{name: s, image: a:1, restartPolicy: Always, startupProbe: {{exec: {{command: [x]}}, periodSeconds: 3}}}}\n- {{name: i, image: a:1}}\n{MAIN}"
    );
    let mut lab = Lab::new(&spec);
    let expected = [
        "1500 s: sidecar started",
        "3000 s: Startup passed x1 ready=false",
        "3500 i: init started",
        "4500 i: init completed",
        "5000 Started ready=true",
    ];
    assert_eq!(lab.settled()[1..], expected);
    assert!(lab.pod().status.init_container_statuses[0].ready);
    lab.until(20_000);
    let change = ProcessChange::Crash;
    let pod = super::pod_ref("p");
    lab.command(crate::engine::Command::Process { pod, container: Some("s".into()), change });
    lab.until(20_100);
    assert_eq!((lab.pod().status.phase, lab.pod().is_ready()), (PodPhase::Running, false));
    lab.settled();
    assert!(lab.pod().is_ready());
}

#[test]
fn an_init_container_whose_image_cannot_be_pulled_holds_up_the_pod() {
    let mut lab = Lab::new(&format!("initContainers: [{{name: i, image: broken:1}}]\n{MAIN}"));
    lab.until(20_000);
    assert_eq!(lab.log()[1..3], ["1500 i: ErrImagePull", "2500 i: ImagePullBackOff 10"]);
    lab.command(crate::engine::Command::FixImage("broken".into()));
    let told = lab.settled();
    assert_eq!(told[told.len() - 3..], ["31500 i: pulled", "32500 i: init completed", "33000 Started ready=true"]);
}

#[test]
fn the_kubelet_writes_conditions_addresses_and_the_class_of_service() {
    let mut lab = Lab::new("containers: [{name: c, image: app:1, resources: {requests: {cpu: 100m}}}]");
    assert_eq!(lab.condition("PodReadyToStartContainers").0, "False");
    lab.settled();
    let pod = lab.pod();
    for kind in ["PodScheduled", "PodReadyToStartContainers", "Initialized", "ContainersReady", "Ready"] {
        assert_eq!(lab.condition(kind), ("True".into(), String::new()), "{kind}");
    }
    assert_eq!(pod.condition("Ready").unwrap().observed_generation, Some(pod.metadata.generation));
    assert_eq!(pod.status.qos_class, Some(QosClass::Burstable));
    assert_eq!(pod.status.pod_ips[0].ip, pod.status.pod_ip.clone().unwrap());
    assert_eq!(pod.status.container_statuses[0].started, Some(true));
}

#[test]
fn a_pod_past_its_deadline_fails() {
    let mut lab = Lab::new(&format!("activeDeadlineSeconds: 30\n{MAIN}"));
    assert_eq!(lab.settled()[2..], ["30000 DeadlineExceeded"]);
    let pod = lab.pod();
    assert_eq!((pod.status.phase, pod.status.reason.as_deref()), (PodPhase::Failed, Some("DeadlineExceeded")));
}
