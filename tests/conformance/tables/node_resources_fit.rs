//! `node_resources_fit`: whether a pod's request fits what a node has left.

use serde_json::{Value, json};
use setwise::api::{Pod, Quantity};
use setwise::cluster::Requested;
use setwise::scheduler::fits_request;
use std::collections::{BTreeMap, BTreeSet};

/// A pod as the table writes it: `requests` and `limits` stand in the container itself.
fn pod(value: &Value) -> Result<Pod, String> {
    let container = |container: &Value| {
        let mut container = container.clone();
        let resources = json!({ "requests": container["requests"], "limits": container["limits"] });
        let resources: serde_json::Map<String, Value> =
            resources.as_object().cloned().unwrap_or_default().into_iter().filter(|(_, it)| !it.is_null()).collect();
        if let Some(fields) = container.as_object_mut() {
            fields.remove("requests");
            fields.remove("limits");
            fields.entry("resources").or_insert(Value::Object(resources));
        }
        container
    };
    let mut spec = value.clone();
    for list in ["containers", "initContainers"] {
        if let Some(containers) = value[list].as_array() {
            spec[list] = containers.iter().map(container).collect();
        }
    }
    serde_json::from_value(json!({ "spec": spec })).map_err(|error| format!("{value}: {error}"))
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(Into::into).collect()
}

/// Extended resources have a domain that is not Kubernetes' own (`IsExtendedResourceName`).
fn is_extended(name: &str) -> bool {
    name.split_once('/').is_some_and(|(domain, _)| domain != "kubernetes.io" && !domain.ends_with(".kubernetes.io"))
}

/// One row.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let gate = given["pod_level_resources_gate"].as_bool().unwrap_or(false);
    let of = |value: &Value| {
        let pod = pod(value)?;
        Ok::<_, String>(if gate { Requested::of(&pod) } else { Requested::without_pod_level(&pod) })
    };
    let mut request = of(&given["pod"])?;
    // Arguments of the plugin that Setwise does not have: what it is told to ignore is not asked for.
    let (ignored, groups) = (texts(&given["ignored_resources"]), texts(&given["ignored_resource_groups"]));
    let is_ignored = |name: &str| {
        is_extended(name)
            && (ignored.contains(name) || name.split('/').next().is_some_and(|group| groups.contains(group)))
    };
    request.other.retain(|name, _| !is_ignored(name));
    let mut used = Requested::default();
    for other in given["existing_pods"].as_array().into_iter().flatten() {
        used.add(&of(other)?);
    }
    let allocatable: BTreeMap<String, Quantity> =
        serde_json::from_value(given["allocatable"].clone()).map_err(|error| error.to_string())?;
    let found = fits_request(&request, &used, &allocatable);
    let fits = found.is_empty();
    if expect["fits"] != fits {
        return Err(format!("found {found:?}"));
    }
    if fits {
        return Ok(());
    }
    let unresolvable = found.iter().any(|lack| lack.unresolvable());
    let code = if unresolvable { "UnschedulableAndUnresolvable" } else { "Unschedulable" };
    let reasons: BTreeSet<String> = found.iter().map(|lack| lack.reason().into_owned()).collect();
    if expect["code"].as_str().is_some_and(|wanted| wanted != code)
        || !expect["reasons"].is_null() && texts(&expect["reasons"]) != reasons
    {
        return Err(format!("found {code}, {reasons:?}"));
    }
    let Some(wanted) = expect["insufficient"].as_array() else { return Ok(()) };
    let agrees = |wanted: &Value| {
        let lack = found.iter().find(|lack| wanted["resourceName"] == lack.resource.as_str());
        lack.is_some_and(|lack| {
            wanted["requested"].as_i64().unwrap_or(0) == lack.requested
                && wanted["used"].as_i64().unwrap_or(0) == lack.used
                && wanted["capacity"].as_i64().unwrap_or(0) == lack.capacity
                && wanted["unresolvable"].as_bool().is_none_or(|wanted| wanted == lack.unresolvable())
        })
    };
    if wanted.len() == found.len() && wanted.iter().all(agrees) { Ok(()) } else { Err(format!("found {found:?}")) }
}
