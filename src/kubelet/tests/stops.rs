//! Termination (`pkg/kubelet/kuberuntime/kuberuntime_container.go: killContainer`).

use super::Lab;
use crate::api::{PodPhase, ProbeKind};
use crate::reason::{ProcessChange, Reason};

/// Milliseconds from the deletion to the terminal phase and to the removal, and the phase.
fn stopped(spec: &str, deaf: bool, grace: Option<i64>) -> (u64, u64, PodPhase) {
    let mut lab = Lab::new(spec);
    lab.until(10_000);
    if deaf {
        lab.change(ProcessChange::IgnoresSigterm(true));
    }
    lab.delete(grace);
    lab.settled();
    let asked = lab.accepted + 10_000;
    let steps = lab.simulation.steps();
    let at = |wanted: &str| {
        let found = steps.iter().find(|step| matches!(&step.reason, Reason::Kubelet(it) if super::word(it) == wanted));
        found.unwrap_or_else(|| panic!("{wanted}: {:?}", lab.log()))
    };
    let written = at("Stopped");
    let phase = written.changes[0].after.as_ref().unwrap().as_pod().unwrap().status.phase;
    (written.at - asked, at("Removed").at - asked, phase)
}

const PLAIN: &str = "containers: [{name: c, image: app:1}]";

fn hook(seconds: i64, grace: i64) -> String {
    format!(
        "terminationGracePeriodSeconds: {grace}\ncontainers: [{{name: c, image: 'app:1', lifecycle: {{preStop: {{sleep: \
         {{seconds: {seconds}}}}}}}}}]"
    )
}

#[test]
fn a_process_that_heeds_sigterm_stops_soon_and_the_pod_succeeds_before_it_goes() {
    assert_eq!(stopped(PLAIN, false, None), (1_000, 1_030, PodPhase::Succeeded));
}

#[test]
fn a_process_that_ignores_sigterm_is_killed_at_the_end_of_the_grace_period_and_the_pod_fails() {
    assert_eq!(stopped(PLAIN, true, None), (30_000, 30_030, PodPhase::Failed));
    assert_eq!(stopped(PLAIN, true, Some(7)), (7_000, 7_030, PodPhase::Failed));
}

#[test]
fn the_hook_counts_in_the_grace_period() {
    assert_eq!(stopped(&hook(5, 30), false, None).0, 6_000);
    assert_eq!(stopped(&hook(5, 30), true, None).0, 30_000);
}

#[test]
fn after_a_hook_that_overran_two_seconds_are_left() {
    assert_eq!(stopped(&hook(20, 30), false, Some(10)).0, 11_000);
    assert_eq!(stopped(&hook(20, 30), true, Some(10)).0, 12_000);
    assert_eq!(stopped(&hook(9, 10), true, None).0, 11_000);
}

#[test]
fn sidecars_stop_after_the_main_containers_in_reverse_order() {
    let spec = "terminationGracePeriodSeconds: 30
initContainers:
- {name: s1, image: a:1, restartPolicy: Always}
- {name: s2, image: a:1, restartPolicy: Always}
containers:
- {name: c, image: app:1, lifecycle: {preStop: {sleep: {seconds: 4}}}}";
    let mut lab = Lab::new(spec);
    lab.until(10_000);
    lab.delete(None);
    let told = lab.settled();
    let from = told.iter().position(|line| line.contains("stopped")).unwrap();
    let expected = ["15000 c: stopped 0", "16000 s2: stopped 0", "17000 Stopped", "17030 Removed"];
    assert_eq!(told[from..], expected);
}

#[test]
fn a_late_sidecar_has_what_is_left_of_the_grace_period() {
    let spec = "terminationGracePeriodSeconds: 10
initContainers: [{name: s, image: a:1, restartPolicy: Always}]
containers: [{name: c, image: app:1}]";
    let mut lab = Lab::new(spec);
    lab.until(10_000);
    lab.change(ProcessChange::IgnoresSigterm(true));
    lab.delete(None);
    let told = lab.settled();
    // The main container is killed at 20 s; the sidecar has the least of 2 s after that.
    assert_eq!(told[told.len() - 3..], ["20000 c: stopped 137", "22000 Stopped", "22030 Removed"]);
}

#[test]
fn readiness_goes_on_while_the_pod_stops_and_liveness_does_not() {
    let spec = "containers:
- name: c
  image: app:1
  lifecycle: {preStop: {sleep: {seconds: 25}}}
  readinessProbe: {exec: {command: [x]}, periodSeconds: 5, failureThreshold: 1}
  livenessProbe: {exec: {command: [x]}, periodSeconds: 5, failureThreshold: 1}";
    let mut lab = Lab::new(spec);
    lab.until(10_000);
    lab.delete(None);
    lab.until(12_000);
    assert!(lab.pod().is_ready());
    lab.change(ProcessChange::Fails(ProbeKind::Readiness));
    lab.change(ProcessChange::Fails(ProbeKind::Liveness));
    let told = lab.settled();
    assert_eq!(told[2..], ["16500 c: Readiness failed x1", "36000 Stopped", "36030 Removed"]);
}

#[test]
fn a_forced_deletion_does_not_wait_for_the_kubelet() {
    let mut lab = Lab::new(PLAIN);
    lab.until(10_000);
    lab.delete(Some(0));
    assert!(lab.simulation.cluster().get(&super::pod_ref("p")).is_none());
}

#[test]
fn a_pod_in_back_off_has_nothing_to_stop() {
    let mut lab = Lab::new("containers: [{name: c, image: crash:1}]");
    lab.until(6_000);
    lab.delete(None);
    let told = lab.settled();
    assert_eq!(told[told.len() - 2..], ["6005 Stopped", "6030 Removed"]);
}
