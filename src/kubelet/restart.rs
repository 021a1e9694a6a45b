//! Whether and when a container that ended is started again.
//! Upstream: `pkg/kubelet/container/helpers.go: ShouldContainerBeRestarted`, `kuberuntime_manager.go: doBackOff`.

use super::place::Place;
use crate::actor::{BackOff, KubeletSettings, matches};
use crate::api::{Container, PodSpec, Time};
use crate::reason::Restart;

/// Milliseconds that a container runs whose image lets it end.
pub(super) const RUN: u64 = 1_000;

/// Milliseconds from a failure until the kubelet's next look at the pod, which shows the back-off.
pub(super) const NEXT_SYNC: u64 = 1_000;

/// With which code a container ends by itself after a while, if it does.
pub(super) fn exit_code(place: Place, container: &Container, settings: &KubeletSettings) -> Option<i32> {
    let image = container.image.as_deref().unwrap_or_default();
    if matches(settings.crash_loop.as_ref(), image) || matches(settings.fail.as_ref(), image) {
        Some(1)
    } else if matches(settings.succeed.as_ref(), image) || !place.is_long_running(container) {
        Some(0)
    } else {
        None
    }
}

/// Whether a container that ended with a code is to run again.
pub(super) fn is_wanted(place: Place, container: &Container, spec: &PodSpec, exit_code: i32) -> bool {
    let policy = container.restart_policy.as_deref().or(spec.restart_policy.as_deref()).unwrap_or("Always");
    let may_end_well = place.init && !container.is_sidecar();
    match policy {
        "Never" => false,
        "OnFailure" => exit_code != 0,
        _ => exit_code != 0 || !may_end_well,
    }
}

/// The pause after an end: none where the container has not been started again lately.
pub(super) fn pause(back_off: Option<BackOff>, finished: Time) -> Option<BackOff> {
    back_off.filter(|back_off| !back_off.has_expired(finished))
}

/// When a container that ended now is started again.
pub(super) fn plan(wanted: bool, back_off: Option<BackOff>, finished: Time) -> Restart {
    match pause(back_off, finished) {
        _ if !wanted => Restart::Never,
        None => Restart::AtOnce,
        Some(back_off) => Restart::After(back_off.millis / 1_000),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a fixture that cannot be read has failed")]
mod tests {
    use super::*;
    use serde_json::json;

    fn wanted(policy: &str, own: Option<&str>, init: bool, exit_code: i32) -> bool {
        let container = json!({ "name": "c", "restartPolicy": own });
        let list = if init { "initContainers" } else { "containers" };
        let spec: PodSpec = serde_json::from_value(json!({ "restartPolicy": policy, list: [container] })).unwrap();
        let place = Place { init, index: 0 };
        is_wanted(place, place.container(&spec).unwrap(), &spec, exit_code)
    }

    #[test]
    fn the_restart_policy_decides_whether_a_container_runs_again() {
        for (policy, after_success, after_failure) in
            [("Always", true, true), ("OnFailure", false, true), ("Never", false, false)]
        {
            assert_eq!(wanted(policy, None, false, 0), after_success, "{policy}");
            assert_eq!(wanted(policy, None, false, 1), after_failure, "{policy}");
        }
    }

    #[test]
    fn an_init_container_is_done_when_it_ends_well_and_a_sidecar_never_is() {
        assert!(!wanted("Always", None, true, 0));
        assert!(wanted("Always", None, true, 1));
        assert!(!wanted("Never", None, true, 1));
        assert!(wanted("Never", Some("Always"), true, 0));
    }

    #[test]
    fn pauses_double_up_to_five_minutes_and_start_anew_after_ten_minutes_of_running() {
        let mut back_off = None;
        let mut seconds = vec![];
        let mut now = Time::ZERO;
        for _ in 0..7 {
            let next = BackOff::next(back_off, now);
            seconds.push(next.millis / 1_000);
            now = now + next.millis + RUN;
            back_off = Some(next);
        }
        assert_eq!(seconds, [10, 20, 40, 80, 160, 300, 300]);
        let since = back_off.unwrap().since;
        assert_eq!(plan(true, back_off, since + 600_000), Restart::After(300));
        assert_eq!(plan(true, back_off, since + 600_001), Restart::AtOnce);
    }
}
