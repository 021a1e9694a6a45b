//! Restart policies and back-off (`kuberuntime_manager.go: doBackOff`).

use super::{Lab, pod_ref};
use crate::api::PodPhase;
use crate::engine::Command;
use crate::reason::ProcessChange;

#[test]
fn a_crashing_container_is_restarted_at_once_then_after_10_seconds_doubling_to_5_minutes() {
    let mut lab = Lab::new("containers: [{name: c, image: crash:1}]");
    let told = lab.settled();
    let restarts: Vec<u64> = (told.iter())
        .filter(|line| line.contains("restart "))
        .map(|line| line.split(' ').next().unwrap().parse().unwrap())
        .collect();
    // Each run lasts 1 s, and the pause counts from its end.
    assert_eq!(restarts, [2_500, 13_500, 34_500, 75_500, 156_500, 317_500]);
    assert_eq!(told.last().unwrap(), "319500 c: CrashLoopBackOff 300 for ever");
    let pod = lab.pod();
    assert_eq!((pod.status.phase, pod.waiting_reason()), (PodPhase::Running, Some("CrashLoopBackOff")));
    assert_eq!(pod.status.container_statuses[0].restart_count, 6);
    assert_eq!(lab.condition("Ready"), ("False".into(), "ContainersNotReady".into()));
    let message = pod.condition("Ready").unwrap().message.clone().unwrap();
    assert_eq!(message, "containers with unready status: [c]");
}

#[test]
fn the_waiting_message_names_container_and_pod() {
    let mut lab = Lab::new("containers: [{name: c, image: crash:1}]");
    lab.until(6_000);
    let pod = lab.pod();
    let crate::api::ContainerState::Waiting { message, .. } = &pod.status.container_statuses[0].state else { panic!() };
    let expected = format!("back-off 10s restarting failed container=c pod=p_default({})", pod.metadata.uid);
    assert_eq!(message.as_deref(), Some(expected.as_str()));
}

#[test]
fn an_exit_with_code_0_is_restarted_with_back_off_too() {
    let mut lab = Lab::new("containers: [{name: c, image: succeed:1}]");
    lab.until(14_000);
    let expected = [
        "2500 c: exit 0 Running",
        "2500 c: restart 1",
        "3500 c: exit 0 Running",
        "4500 c: CrashLoopBackOff 10",
        "13500 c: restart 2",
    ];
    assert_eq!(lab.log()[2..], expected);
}

#[test]
fn ten_minutes_of_running_make_the_next_restart_immediate_again() {
    let mut lab = Lab::new("containers: [{name: c, image: app:1}]");
    lab.until(10_000);
    lab.change(ProcessChange::Crash);
    lab.until(12_000);
    lab.change(ProcessChange::Crash);
    lab.until(30_000);
    assert_eq!(
        lab.log()[2..],
        [
            "10005 c: exit 1 Running",
            "10005 c: restart 1",
            "12005 c: exit 1 Running",
            "13005 c: CrashLoopBackOff 10",
            "22005 c: restart 2",
        ]
    );
    lab.until(22_005 + 600_100);
    lab.change(ProcessChange::Crash);
    let told = lab.settled();
    assert_eq!(told[7..], ["622110 c: exit 1 Running", "622110 c: restart 3"]);
}

#[test]
fn the_phase_follows_from_exit_codes_and_the_restart_policy() {
    for (policy, image, expected) in [
        ("Never", "crash:1", PodPhase::Failed),
        ("Never", "succeed:1", PodPhase::Succeeded),
        ("OnFailure", "succeed:1", PodPhase::Succeeded),
        ("OnFailure", "crash:1", PodPhase::Running),
        ("Always", "succeed:1", PodPhase::Running),
    ] {
        let mut lab = Lab::new(&format!("restartPolicy: {policy}\ncontainers: [{{name: c, image: '{image}'}}]"));
        lab.settled();
        assert_eq!(lab.pod().status.phase, expected, "{policy} {image}");
    }
}

#[test]
fn one_of_two_containers_that_ends_for_good_leaves_the_pod_running_until_the_other_ends() {
    let mut lab = Lab::new("restartPolicy: Never\ncontainers: [{name: a, image: crash:1}, {name: b, image: app:1}]");
    lab.settled();
    assert_eq!(lab.pod().status.phase, PodPhase::Running);
    let now = lab.simulation.now() - lab.accepted;
    let change = ProcessChange::Crash;
    lab.command(Command::Process { pod: pod_ref("p"), container: Some("b".into()), change });
    lab.until(now + 10);
    assert_eq!(lab.pod().status.phase, PodPhase::Failed);
    assert_eq!(lab.condition("Ready"), ("False".into(), "PodFailed".into()));
}

#[test]
fn a_crash_of_an_unknown_container_is_refused() {
    let mut lab = Lab::new("containers: [{name: c, image: app:1}]");
    let command = Command::Process { pod: pod_ref("p"), container: Some("x".into()), change: ProcessChange::Crash };
    assert!(lab.simulation.command(command).is_err());
}
