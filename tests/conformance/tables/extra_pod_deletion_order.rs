//! Which of two pods of a ReplicaSet is deleted first.

use serde_json::{Value, json};
use setwise::api::{Pod, Time};
use setwise::controllers::replica_set::Standing;
use std::cmp::Ordering;

/// Long enough after the start of time that every age of a row lies before it.
const NOW: Time = Time(100 * 365 * 86_400_000);

pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let cost_counts = given["pod_deletion_cost_gate"].as_bool().unwrap_or(true);
    let a = standing(&given["a"], cost_counts)?;
    let b = standing(&given["b"], cost_counts)?;
    let found = match (a.compare(&b).0, b.compare(&a).0) {
        (Ordering::Less, Ordering::Greater) => "a deleted before b",
        (Ordering::Greater, Ordering::Less) => "b deleted before a",
        (Ordering::Equal, Ordering::Equal) => "equal",
        (one, other) => return Err(format!("one way {one:?}, the other way {other:?}")),
    };
    if expect["order"] == found { Ok(()) } else { Err(format!("{found}, by {:?}", a.compare(&b).1)) }
}

fn standing(row: &Value, cost_counts: bool) -> Result<Standing, String> {
    let given = &row["pod"];
    let since = |name: &str| given[name].as_u64().map(|seconds| Time(NOW.0 - seconds * 1000));
    let phase = given["phase"].as_str().ok_or("no phase")?;
    let known = if phase == "Unknown" { "Running" } else { phase };
    let mut pod: Pod = serde_json::from_value(json!({
        "metadata": { "name": given["name"], "annotations": given["annotations"] },
        "spec": { "nodeName": given["node"] },
        "status": {
            "phase": known,
            "conditions": [{ "type": "Ready", "status": if given["ready"] == true { "True" } else { "False" } }],
            "containerStatuses": [{ "restartCount": given["restarts"] }],
        },
    }))
    .map_err(|error| error.to_string())?;
    std::rc::Rc::make_mut(&mut pod.metadata).creation_timestamp = since("created_seconds_ago");
    pod.status.conditions[0].last_transition_time = since("ready_seconds_ago");
    let rank = row["rank"].as_i64().unwrap_or(0);
    let mut standing = Standing::of(&pod, rank, cost_counts, NOW);
    // Two things that no simulated pod has: the phase Unknown, which nothing writes any more, and sidecars that restart.
    if phase == "Unknown" {
        standing.phase = 1;
    }
    standing.restarts.1 = serde_json::from_value(given["sidecar_restarts"].clone()).unwrap_or(0);
    Ok(standing)
}
