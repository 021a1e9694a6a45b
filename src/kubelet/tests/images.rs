//! Images (`pkg/kubelet/images/image_manager.go`).

use super::Lab;
use crate::api::PodPhase;
use crate::engine::Command;
use crate::reason::ProcessChange;

#[test]
fn a_failed_pull_is_tried_again_after_10_seconds_doubling_to_5_minutes() {
    let mut lab = Lab::new("containers: [{name: c, image: broken:1}]");
    let told = lab.settled();
    let tries: Vec<&str> = told.iter().filter(|line| line.contains("ErrImagePull")).map(String::as_str).collect();
    let expected = [1_500, 11_500, 31_500, 71_500, 151_500, 311_500].map(|at| format!("{at} c: ErrImagePull"));
    assert_eq!(tries, expected);
    assert_eq!(told[1..3], ["1500 c: ErrImagePull", "2500 c: ImagePullBackOff 10"]);
    assert_eq!(told.last().unwrap(), "312500 c: ImagePullBackOff 300 for ever");
    assert_eq!((lab.pod().status.phase, lab.pod().waiting_reason()), (PodPhase::Pending, Some("ImagePullBackOff")));
}

#[test]
fn a_mended_image_is_pulled_at_the_next_try() {
    let mut lab = Lab::new("containers: [{name: c, image: broken:1}]");
    lab.until(13_000);
    lab.command(Command::FixImage("^broken".into()));
    let told = lab.settled();
    assert_eq!(told.last().unwrap(), "31500 c: pulled");
    assert_eq!(lab.pod().status.container_statuses[0].restart_count, 0);
    assert!(lab.pod().is_ready());
}

#[test]
fn a_mended_image_is_pulled_at_one_of_the_tries_that_the_run_did_not_show() {
    let mut lab = Lab::new("containers: [{name: c, image: broken:1}]");
    lab.settled();
    lab.until(1_000_000);
    lab.command(Command::FixImage("broken".into()));
    // Tries after 311.5 s come every 300 s.
    assert_eq!(lab.settled().last().unwrap(), "1211500 c: pulled");
}

#[test]
fn the_pull_policy_decides_whether_a_restart_needs_the_image_again() {
    for (policy, expected) in [("Always", "ErrImagePull"), ("IfNotPresent", "restart 1"), ("Never", "restart 1")] {
        let mut lab = Lab::new(&format!("containers: [{{name: c, image: 'app:1', imagePullPolicy: {policy}}}]"));
        lab.until(5_000);
        lab.command(Command::BreakImage("app".into()));
        lab.change(ProcessChange::Crash);
        lab.until(5_100);
        assert!(lab.log().last().unwrap().ends_with(expected), "{policy}: {:?}", lab.log());
    }
}

#[test]
fn names_that_are_none_and_images_that_may_not_be_pulled_are_not_tried_again() {
    let mut lab = Lab::new("containers: [{name: c, image: 'App:1'}]");
    assert_eq!(lab.settled()[1..], ["1500 c: InvalidImageName"]);
    let mut lab = Lab::new("containers: [{name: c, image: 'broken:1', imagePullPolicy: Never}]");
    assert_eq!(lab.settled()[1..], ["1500 c: ErrImageNeverPull"]);
}

#[test]
fn the_other_containers_start_and_the_pod_stays_pending() {
    let mut lab =
        Lab::new("containers: [{name: a, image: broken:1}, {name: b, image: app:1}, {name: d, image: nosuch:1}]");
    lab.until(2_000);
    let told = lab.log();
    assert_eq!(told[1], "1500 a: ErrImagePull");
    assert_eq!(told[2], "1500 d: ErrImagePull");
    let pod = lab.pod();
    assert_eq!(pod.status.phase, PodPhase::Pending);
    assert!(pod.status.container_statuses[1].state.running_since().is_some());
}
