//! `extra_fit_error_message`: the text of a `FailedScheduling` event.

use serde_json::Value;
use setwise::scheduler::fit_error;
use std::collections::BTreeMap;

/// One row: reasons of nodes and messages of plugins become one text.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let text = |key: &str| given[key].as_str().unwrap_or_default();
    let all = given["node_count"].as_u64().and_then(|count| usize::try_from(count).ok()).ok_or("no node_count")?;
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for reason in given["node_reasons"].as_object().into_iter().flat_map(|nodes| nodes.values()) {
        for reason in reason.as_array().ok_or("reasons are no list")? {
            *reasons.entry(reason.as_str().ok_or("a reason is no text")?.to_owned()).or_default() += 1;
        }
    }
    let pre_filter = Some(text("prefilter_message")).filter(|message| !message.is_empty());
    let found = fit_error(all, pre_filter, &reasons, text("postfilter_message"));
    if expect["message"] == found.as_str() { Ok(()) } else { Err(format!("found {found:?}")) }
}
