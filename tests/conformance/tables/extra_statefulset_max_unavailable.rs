//! `extra_statefulset_max_unavailable`: how many pods of a StatefulSet may be unavailable.

use serde_json::Value;
use setwise::api::IntOrPercent;
use setwise::controllers::stateful_set::max_unavailable;

/// One row: the number that `maxUnavailable` stands for.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let written: Option<IntOrPercent> =
        serde_json::from_value(given["maxUnavailable"].clone()).map_err(|error| error.to_string())?;
    let found = max_unavailable(written, given["replicas"].as_i64().ok_or("no replicas")?);
    if Some(found) == expect["max_unavailable"].as_i64() { Ok(()) } else { Err(format!("found {found}")) }
}
