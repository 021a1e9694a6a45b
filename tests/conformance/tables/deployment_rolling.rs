//! How a Deployment sizes its ReplicaSets.

use serde_json::{Value, json};
use setwise::api::{Deployment, IntOrPercent, ReplicaSet, Time};
use setwise::controllers::deployment::{Rollout, Tracked, max_unavailable, new_replicas, replicas, resolve_fenceposts};
use std::rc::Rc;

pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let deployment = deployment(given)?;
    match given["kind"].as_str().unwrap_or_default() {
        "resolve_fenceposts" => fenceposts(given, expect),
        "max_unavailable" => same(expect, "max_unavailable", max_unavailable(&deployment).into()),
        "new_rs_new_replicas" => {
            let total = given["all_rs_replicas_total"].as_i64().ok_or("no all_rs_replicas_total")?;
            let present = number(&given["new_rs_replicas"])?;
            same(expect, "new_rs_replicas", new_replicas(&deployment, total, present).into())
        }
        "reconcile_new_rs" => {
            let old = set("old", number(&given["old_rs_replicas"])?, 0)?;
            let new = set("new", number(&given["new_rs_replicas"])?, 0)?;
            let mut rollout = rollout(&deployment, Some(new), vec![old]);
            same(expect, "scaled", rollout.reconcile_new().into())?;
            let size = rollout.new.as_ref().map(Tracked::size);
            optional(expect, "new_rs_replicas", json!(size))
        }
        "reconcile_old_rs" => {
            let mut rollout =
                rollout(&deployment, Some(counted(&given["new_rs"], "new")?), vec![counted(&given["old_rs"], "old")?]);
            let scaled = rollout.reconcile_old().map_err(|error| format!("{error:?}"))?;
            same(expect, "scaled", scaled.into())?;
            optional(expect, "old_rs_replicas", json!(rollout.old[0].size()))
        }
        "cleanup_unhealthy" => {
            let mut rollout = rollout(&deployment, None, vec![counted(&given["old_rs"], "old")?]);
            let most = given["max_cleanup"].as_i64().ok_or("no max_cleanup")?;
            match rollout.cleanup_unhealthy(most) {
                Ok(cleaned) => same(expect, "cleaned_up", cleaned.into()),
                Err(_) if expect["error"] == true => Ok(()),
                Err(error) => Err(format!("{error:?}")),
            }
        }
        "scale_down_old_rs" => {
            let mut rollout = rollout(&deployment, None, vec![counted(&given["old_rs"], "old")?]);
            same(expect, "scaled", (rollout.scale_down_old() > 0).into())?;
            optional(expect, "old_rs_replicas", json!(rollout.old[0].size()))
        }
        "proportional_scale" => proportional(given, expect, &deployment),
        other => Err(format!("unknown kind {other:?}")),
    }
}

fn proportional(given: &Value, expect: &Value, deployment: &Deployment) -> Result<(), String> {
    let new = match &given["new_rs"] {
        Value::Null => None,
        row => Some(annotated(row)?),
    };
    let old: Result<Vec<ReplicaSet>, String> =
        given["old_rs"].as_array().into_iter().flatten().map(annotated).collect();
    let mut rollout = rollout(deployment, new, old?);
    let before: Vec<i32> = rollout.all().map(Tracked::size).collect();
    rollout.scale();
    // Some rows name sets whose write fails, so that they keep their size.
    let kept: Vec<&str> = ignored(expect).into_iter().chain(ignored(given)).collect();
    for (tracked, before) in rollout.all().zip(before) {
        let name = tracked.set.metadata.name.as_str();
        let size = if kept.contains(&name) { before } else { tracked.size() };
        if expect["sizes"][name] != json!(size) {
            return Err(format!("{name} has {size}"));
        }
    }
    Ok(())
}

fn ignored(row: &Value) -> Vec<&str> {
    match row.get("sizes_ignoring_updates_to") {
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(name)) => vec![name.as_str()],
        _ => vec![],
    }
}

fn fenceposts(given: &Value, expect: &Value) -> Result<(), String> {
    let parsed = |name: &str| serde_json::from_value::<Option<IntOrPercent>>(given[name].clone());
    let total = given["replicas"].as_i64().ok_or("no replicas")?;
    match (parsed("maxSurge"), parsed("maxUnavailable")) {
        (Ok(surge), Ok(unavailable)) if expect["error"] != true => {
            let (surge, unavailable) = resolve_fenceposts(surge, unavailable, total);
            same(expect, "surge", surge.into())?;
            same(expect, "unavailable", unavailable.into())
        }
        (Ok(_), Ok(_)) => Err("no error".into()),
        _ if expect["error"] == true => Ok(()),
        (surge, unavailable) => Err(format!("{surge:?} {unavailable:?}")),
    }
}

/// The Deployment of a row: its fields are beside the others, or in `deployment`.
fn deployment(given: &Value) -> Result<Deployment, String> {
    let own = given.get("deployment").unwrap_or(given);
    let size = [&own["replicas"], &given["deployment_replicas"]].into_iter().find(|size| !size.is_null());
    let number = |name: &str| match serde_json::from_value::<Option<IntOrPercent>>(own[name].clone()) {
        Ok(value) => json!(value),
        Err(_) => Value::Null,
    };
    let kind = given["strategy"].as_str().unwrap_or("RollingUpdate");
    let rolling = json!({ "maxSurge": number("maxSurge"), "maxUnavailable": number("maxUnavailable") });
    let spec = json!({
        "replicas": size.unwrap_or(&json!(0)),
        "strategy": { "type": kind, "rollingUpdate": rolling },
    });
    let deployment: Deployment = serde_json::from_value(json!({ "metadata": { "name": "foo" }, "spec": spec }))
        .map_err(|error| error.to_string())?;
    debug_assert!(replicas(&deployment) >= 0);
    Ok(deployment)
}

fn set(name: &str, size: i32, available: i32) -> Result<ReplicaSet, String> {
    serde_json::from_value(json!({
        "metadata": { "name": name }, "spec": { "replicas": size },
        "status": { "availableReplicas": available },
    }))
    .map_err(|error| error.to_string())
}

fn counted(row: &Value, name: &str) -> Result<ReplicaSet, String> {
    set(name, number(&row["spec_replicas"])?, number(&row["available"])?)
}

fn annotated(row: &Value) -> Result<ReplicaSet, String> {
    let available = row["available"].as_i64().unwrap_or(0);
    let name = row["name"].as_str().ok_or("no name")?;
    let mut set = set(name, number(&row["replicas"])?, i32::try_from(available).map_err(|error| error.to_string())?)?;
    set.metadata.annotations = serde_json::from_value(row["annotations"].clone()).unwrap_or_default();
    set.metadata.creation_timestamp = row["created"].as_str().map(seconds).transpose()?;
    Ok(set)
}

/// The time of day of a text such as `2016-05-20T02:00:00Z`: rows differ in nothing else.
fn seconds(text: &str) -> Result<Time, String> {
    let (day, time) = text.trim_end_matches('Z').split_once('T').ok_or("no time")?;
    let part = |text: &str| text.parse::<u64>().map_err(|error| format!("{text}: {error}"));
    let day = part(day.rsplit('-').next().unwrap_or_default())?;
    let mut seconds = day * 86_400;
    for (text, weight) in time.split(':').zip([3600, 60, 1]) {
        seconds += part(text)? * weight;
    }
    Ok(Time(seconds * 1000))
}

fn rollout(deployment: &Deployment, new: Option<ReplicaSet>, mut old: Vec<ReplicaSet>) -> Rollout<'_> {
    old.sort_by_key(|set| set.metadata.creation_timestamp);
    let tracked = |set: ReplicaSet| Tracked::stored(Rc::new(set));
    Rollout { deployment, new: new.map(tracked), old: old.into_iter().map(tracked).collect(), resized: vec![] }
}

fn number(value: &Value) -> Result<i32, String> {
    let number = value.as_i64().ok_or_else(|| format!("{value} is no number"))?;
    i32::try_from(number).map_err(|error| error.to_string())
}

fn same(expect: &Value, name: &str, found: Value) -> Result<(), String> {
    if expect[name] == found { Ok(()) } else { Err(format!("{name} is {found}")) }
}

/// The same where the row says what is expected.
fn optional(expect: &Value, name: &str, found: Value) -> Result<(), String> {
    if expect.get(name).is_none() { Ok(()) } else { same(expect, name, found) }
}
