//! Rules of probes (`pkg/kubelet/prober/worker.go`). A container starts 1.5 s after the pod came to the node.

use super::Lab;
use crate::actor::{KubeletSettings, Settings};
use crate::api::ProbeKind;
use crate::reason::ProcessChange;

fn probed(probes: &str) -> String {
    format!("containers:\n- name: c\n  image: app:1\n{probes}")
}

fn with_app_delay(ready_delay: u64, spec: &str) -> Lab {
    let kubelet = KubeletSettings { ready_delay, ..KubeletSettings::default() };
    Lab::with(Settings { kubelet, ..Settings::default() }, spec)
}

#[test]
fn a_pod_without_probes_is_ready_in_the_write_that_starts_it() {
    let mut lab = Lab::new("containers: [{name: c, image: app:1}]");
    assert_eq!(lab.settled(), ["0 Accepted", "1500 Started ready=true"]);
}

#[test]
fn the_first_readiness_check_comes_right_after_the_start() {
    let mut lab = Lab::new(&probed("  readinessProbe: {exec: {command: [x]}, periodSeconds: 7}"));
    assert_eq!(lab.settled(), ["0 Accepted", "1500 Started ready=true"]);
}

#[test]
fn an_initial_delay_moves_readiness_to_the_first_tick_at_or_after_it() {
    for (delay, period, expected) in [(5, 10, 11_500), (10, 10, 11_500), (11, 10, 21_500), (3, 1, 4_500), (4, 3, 7_500)]
    {
        let probe = format!("exec: {{command: [x]}}, initialDelaySeconds: {delay}, periodSeconds: {period}");
        let mut lab = Lab::new(&probed(&format!("  readinessProbe: {{{probe}}}")));
        let ready = format!("{expected} c: Readiness passed x1 ready=true");
        assert_eq!(lab.settled(), ["0 Accepted", "1500 Started ready=false", ready.as_str()], "{delay} {period}");
    }
}

#[test]
fn a_success_threshold_needs_successes_in_a_row() {
    let mut lab = Lab::new(&probed("  readinessProbe: {exec: {command: [x]}, periodSeconds: 4, successThreshold: 3}"));
    let expected = ["0 Accepted", "1500 Started ready=false", "9500 c: Readiness passed x3 ready=true"];
    assert_eq!(lab.settled(), expected);
}

#[test]
fn readiness_is_lost_after_as_many_failures_as_the_threshold_and_back_after_one_success() {
    let mut lab = Lab::new(&probed("  readinessProbe: {exec: {command: [x]}, periodSeconds: 5, failureThreshold: 3}"));
    lab.until(7_000);
    lab.change(ProcessChange::Fails(ProbeKind::Readiness));
    // Ticks: 1.5, 6.5, 11.5, 16.5, 21.5, ...
    lab.until(21_499);
    assert!(lab.pod().is_ready());
    lab.until(40_000);
    lab.change(ProcessChange::Succeeds(ProbeKind::Readiness));
    let told = &lab.settled()[2..];
    assert_eq!(told, ["21500 c: Readiness failed x3", "41500 c: Readiness passed x1 ready=true"]);
}

#[test]
fn fewer_failures_in_a_row_than_the_threshold_change_nothing() {
    let mut lab = Lab::new(&probed("  readinessProbe: {exec: {command: [x]}, periodSeconds: 5, failureThreshold: 3}"));
    lab.until(7_000);
    lab.change(ProcessChange::Fails(ProbeKind::Readiness));
    lab.until(17_000);
    lab.change(ProcessChange::Succeeds(ProbeKind::Readiness));
    assert_eq!(lab.settled().len(), 2);
}

#[test]
fn a_hanging_check_fails_when_its_time_is_out() {
    let probe = "exec: {command: [x]}, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2";
    let mut lab = Lab::new(&probed(&format!("  readinessProbe: {{{probe}}}")));
    lab.until(2_000);
    lab.change(ProcessChange::Hangs(ProbeKind::Readiness));
    assert_eq!(lab.settled()[2..], ["13500 c: Readiness failed x2"]);
}

#[test]
fn liveness_has_only_its_ticks_which_count_from_the_pods_arrival() {
    let probe = "exec: {command: [x]}, periodSeconds: 10, failureThreshold: 3";
    let mut lab = Lab::new(&probed(&format!("  livenessProbe: {{{probe}}}")));
    lab.until(1_600);
    lab.change(ProcessChange::Fails(ProbeKind::Liveness));
    lab.until(31_100);
    assert_eq!(
        lab.log()[2..],
        ["30000 c: Liveness failed x3 grace=30", "31000 c: exit 0 Running", "31000 c: restart 1"]
    );
    let status = &lab.pod().status.container_statuses[0];
    assert_eq!((status.restart_count, status.ready), (1, true));
    assert_eq!(status.last_state.as_ref().unwrap().ended().unwrap().0, 0);
}

#[test]
fn liveness_waits_for_its_initial_delay_after_each_start() {
    let probe = "exec: {command: [x]}, periodSeconds: 3, failureThreshold: 1, initialDelaySeconds: 20";
    let mut lab = Lab::new(&probed(&format!("  livenessProbe: {{{probe}}}")));
    lab.change(ProcessChange::Fails(ProbeKind::Liveness));
    lab.until(60_000);
    // Started at 1.5 s, counted from whole seconds: first tick at or after 21 s. Restarted at 22 s.
    let told = lab.log();
    assert_eq!(told[2], "21000 c: Liveness failed x1 grace=30");
    assert_eq!(told[4], "22000 c: restart 1");
    assert_eq!(told[5], "42000 c: Liveness failed x1 grace=30");
}

#[test]
fn the_probes_own_grace_period_and_a_deaf_process_decide_when_the_container_is_killed() {
    let probe = "exec: {command: [x]}, failureThreshold: 1, terminationGracePeriodSeconds: 5";
    let mut lab = Lab::new(&probed(&format!("  livenessProbe: {{{probe}}}")));
    lab.change(ProcessChange::IgnoresSigterm(true));
    lab.until(2_000);
    lab.change(ProcessChange::Fails(ProbeKind::Liveness));
    lab.until(16_000);
    assert_eq!(
        lab.log()[2..],
        ["10000 c: Liveness failed x1 grace=5", "15000 c: exit 137 Running", "15000 c: restart 1"]
    );
}

#[test]
fn a_kill_goes_on_even_if_the_container_answers_well_again() {
    let mut lab = Lab::new(&probed("  livenessProbe: {exec: {command: [x]}, failureThreshold: 1}"));
    lab.until(2_000);
    lab.change(ProcessChange::Fails(ProbeKind::Liveness));
    lab.until(10_500);
    lab.change(ProcessChange::Succeeds(ProbeKind::Liveness));
    let told = lab.settled();
    assert_eq!(told[2..], ["10000 c: Liveness failed x1 grace=30", "11000 c: exit 0 Running", "11000 c: restart 1"]);
}

#[test]
fn the_startup_probe_holds_back_the_others_and_readiness_follows_at_once() {
    let probes = "  startupProbe: {exec: {command: [x]}, periodSeconds: 5, failureThreshold: 30}
  livenessProbe: {exec: {command: [x]}, periodSeconds: 5, failureThreshold: 1}
  readinessProbe: {exec: {command: [x]}, periodSeconds: 5}";
    let mut lab = with_app_delay(22_000, &probed(probes));
    // The process answers from 23.5 s on; ticks come every 5 s from the pod's arrival.
    let told = lab.settled();
    assert_eq!(told, ["0 Accepted", "1500 Started ready=false", "25000 c: Startup passed x1 ready=true"]);
}

#[test]
fn a_slow_start_without_a_startup_probe_is_killed_by_liveness() {
    let probes = "  livenessProbe: {exec: {command: [x]}, periodSeconds: 5, failureThreshold: 2}";
    let mut lab = with_app_delay(22_000, &probed(probes));
    lab.until(13_000);
    assert_eq!(
        lab.log()[2..],
        ["10000 c: Liveness failed x2 grace=30", "11000 c: exit 0 Running", "11000 c: restart 1"]
    );
}

#[test]
fn a_startup_probe_that_fails_too_often_kills_the_container() {
    let probes = "  startupProbe: {exec: {command: [x]}, periodSeconds: 2, failureThreshold: 4}";
    let mut lab = with_app_delay(60_000, &probed(probes));
    lab.until(10_000);
    // Ticks after the start at 1.5 s: 2, 4, 6, 8.
    assert_eq!(lab.log()[2..], ["8000 c: Startup failed x4 grace=30", "9000 c: exit 0 Running", "9000 c: restart 1"]);
    assert_eq!(lab.pod().status.container_statuses[0].started, Some(false));
}

#[test]
fn a_container_that_fails_liveness_for_ever_ends_in_back_off_and_the_run_settles() {
    let mut lab = Lab::new(&probed("  livenessProbe: {exec: {command: [x]}, failureThreshold: 1}"));
    lab.change(ProcessChange::Fails(ProbeKind::Liveness));
    let told = lab.settled();
    assert!(told.last().unwrap().ends_with("CrashLoopBackOff 300 for ever"), "{told:?}");
}

#[test]
fn readiness_gates_hold_ready_back_until_somebody_opens_them() {
    let mut lab = Lab::new("readinessGates: [{conditionType: a.io/b}]\ncontainers: [{name: c, image: app:1}]");
    lab.until(5_000);
    assert_eq!(lab.condition("ContainersReady"), ("True".into(), String::new()));
    assert_eq!(lab.condition("Ready"), ("False".into(), "ReadinessGatesNotReady".into()));
    let message = lab.pod().condition("Ready").unwrap().message.clone().unwrap();
    assert_eq!(message, "corresponding condition of pod readiness gate \"a.io/b\" does not exist.");
    lab.command(crate::engine::Command::SetPodCondition {
        pod: super::pod_ref("p"),
        condition: "a.io/b".into(),
        on: true,
    });
    assert_eq!(lab.settled()[2..], ["5005 GatesChanged ready=true"]);
    assert!(lab.pod().is_ready());
}
