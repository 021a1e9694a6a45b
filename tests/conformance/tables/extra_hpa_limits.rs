//! `pkg/controller/podautoscaler/horizontal_test.go`: how far a recommendation is followed.

use serde_json::Value;
use setwise::actor::ScaleEvent;
use setwise::api::{HpaScalingRules, Time};
use setwise::controllers::autoscaler::behavior::{Rates, limited, limited_with_behavior};

const NOW: Time = Time(10_000_000);

fn events(given: &Value) -> Vec<ScaleEvent> {
    let event = |event: &Value| ScaleEvent {
        at: Time(NOW.0 - event["seconds_ago"].as_u64().unwrap() * 1000),
        change: i32::try_from(event["replica_change"].as_i64().unwrap()).unwrap(),
    };
    given.as_array().into_iter().flatten().map(event).collect()
}

/// One row: the replicas, and the reason of the condition `ScalingLimited`.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let number = |name: &str| i32::try_from(given[name].as_i64().unwrap_or(0)).unwrap();
    let (current, desired) = (number("current_replicas"), number("desired_replicas"));
    let (min, max) = (number("min_replicas"), number("max_replicas"));
    let (replicas, limiting) = match given["kind"].as_str().unwrap_or_default() {
        "no_behavior_limits" => limited(current, desired, min, max),
        "rate_limit_with_behavior" => {
            let rules = |name: &str| -> Result<HpaScalingRules, String> {
                serde_json::from_value(given[name].clone()).map_err(|error| error.to_string())
            };
            let (up, down) = (rules("scale_up")?, rules("scale_down")?);
            let (scale_ups, scale_downs) =
                (events(&given["recent_scale_up_events"]), events(&given["recent_scale_down_events"]));
            let rates = Rates { up: &up, down: &down, scale_ups: &scale_ups, scale_downs: &scale_downs, now: NOW };
            limited_with_behavior(&rates, current, desired, min, max)
        }
        other => return Err(format!("no kind: {other}")),
    };
    let agrees = expect["replicas"].as_i64() == Some(replicas.into())
        && expect["limiting_reason"].as_str().is_none_or(|reason| reason == limiting.as_str());
    if agrees { Ok(()) } else { Err(format!("{replicas}, {}", limiting.as_str())) }
}
