//! `daemonset`: which nodes run a daemon pod, what one sync does, and the budget of a rolling update.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use setwise::actor::{Settings, View, World, Write};
use setwise::api::{
    ControllerRevision, DaemonSet, DaemonSetRollingUpdate, Kind, Node, Object, OwnerReference, Pod, Time, Uid,
};
use setwise::cluster::{Change, Cluster};
use setwise::controllers::daemon_set::{self, Budget};
use setwise::controllers::history::REVISION_LABEL;
use setwise::reason::Verdict;
use std::rc::Rc;

/// One row of any of the three kinds.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    match given["kind"].as_str() {
        Some("node_should_run") => each_strategy(given, |strategy| node_should_run(given, expect, strategy)),
        Some("one_sync") => each_strategy(given, |strategy| one_sync(given, expect, strategy)),
        Some("rolling_update_budget") => rolling_update_budget(given, expect),
        other => Err(format!("unknown kind {other:?}")),
    }
}

fn each_strategy(given: &Value, check: impl Fn(&str) -> Result<(), String>) -> Result<(), String> {
    let strategies = given["update_strategies"].as_array().ok_or("no update strategies")?;
    strategies.iter().try_for_each(|strategy| {
        let strategy = strategy.as_str().unwrap_or_default();
        check(strategy).map_err(|found| format!("{strategy}: {found}"))
    })
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| format!("{error} in {value}"))
}

fn set(given: &Value, strategy: &str) -> Result<DaemonSet, String> {
    let selector = given.get("selector").cloned().unwrap_or_else(|| json!({ "matchLabels": given["template_labels"] }));
    let mut set: DaemonSet = read(&json!({
        "metadata": { "name": "ds", "namespace": "default", "generation": 1 },
        "spec": {
            "selector": selector,
            "template": { "metadata": { "labels": given["template_labels"] }, "spec": given["template_spec"] },
            "updateStrategy": { "type": strategy },
        },
    }))?;
    set.metadata.uid = Uid(1);
    Ok(set)
}

fn node_should_run(given: &Value, expect: &Value, strategy: &str) -> Result<(), String> {
    let node: Node = read(&given["node"])?;
    let verdict = daemon_set::verdict(&set(given, strategy)?, &node);
    let found = match verdict {
        Verdict::Runs { .. } => (true, true),
        Verdict::Keeps(_) => (false, true),
        Verdict::Refuses(_) => (false, false),
    };
    let wanted = (expect["should_run"].as_bool(), expect["should_continue_running"].as_bool());
    if (Some(found.0), Some(found.1)) == wanted { Ok(()) } else { Err(format!("found {verdict:?}")) }
}

fn add(cluster: &mut Cluster, object: Object) {
    cluster.apply(&Change { before: None, after: Some(object) });
}

/// What one sync of the set asks for.
fn writes(cluster: &Cluster) -> Vec<Write> {
    let (settings, world) = (Settings::default(), World::default());
    let view = View { cluster, now: Time(3_600_000), settings: &settings, world: &world };
    let keys: Vec<_> = cluster.daemon_sets.keys().cloned().collect();
    keys.iter().flat_map(|key| daemon_set::sync(view, key).writes).collect()
}

fn one_sync(given: &Value, expect: &Value, strategy: &str) -> Result<(), String> {
    let mut cluster = Cluster::default();
    let set = set(given, strategy)?;
    add(&mut cluster, Object::DaemonSet(Rc::new(set.clone())));
    for node in given["nodes"].as_array().into_iter().flatten() {
        add(&mut cluster, Object::Node(Rc::new(read(node)?)));
    }
    let revision = writes(&cluster).into_iter().find_map(|write| match write {
        Write::Create(Object::ControllerRevision(revision)) => Some(revision),
        _ => None,
    });
    let mut revision: ControllerRevision = (*revision.ok_or("the set makes no revision")?).clone();
    revision.metadata.uid = Uid(2);
    let hash = revision.metadata.labels.get(REVISION_LABEL).cloned().unwrap_or_default();
    add(&mut cluster, Object::ControllerRevision(Rc::new(revision)));
    for (index, existing) in given["existing_pods"].as_array().into_iter().flatten().enumerate() {
        add(&mut cluster, Object::Pod(Rc::new(pod(existing, index, &set, &hash)?)));
    }
    let (mut creates, mut deletes) = (0, 0);
    for write in writes(&cluster) {
        match write {
            Write::Create(Object::Pod(_)) => creates += 1,
            Write::Delete(deletion) if deletion.object.kind == Kind::Pod => deletes += 1,
            _ => {}
        }
    }
    let wanted = (expect["creates"].as_i64(), expect["deletes"].as_i64());
    if (Some(creates), Some(deletes)) == wanted {
        Ok(())
    } else {
        Err(format!("found {creates} creates and {deletes} deletes"))
    }
}

fn pod(existing: &Value, index: usize, set: &DaemonSet, hash: &str) -> Result<Pod, String> {
    let phase = existing["phase"].as_str().filter(|phase| !phase.is_empty()).unwrap_or("Pending");
    let mut pod: Pod = read(&json!({
        "metadata": { "name": format!("pod-{index:04}"), "namespace": "default", "labels": existing["labels"] },
        "spec": { "nodeName": existing["on_node"] },
        "status": { "phase": phase },
    }))?;
    let metadata = Rc::make_mut(&mut pod.metadata);
    metadata.uid = Uid(100 + index as u64);
    metadata.creation_timestamp = Some(Time::ZERO);
    match existing["hash"].as_str() {
        Some("current") => drop(metadata.labels.insert(REVISION_LABEL.into(), hash.into())),
        Some(other) => drop(metadata.labels.insert(REVISION_LABEL.into(), other.into())),
        None => {}
    }
    if existing["deleting"] == true {
        metadata.deletion_timestamp = Some(Time(3_600_000));
    }
    if existing["owned"] == true {
        metadata.owner_references.push(OwnerReference {
            api_version: "apps/v1".into(),
            kind: "DaemonSet".into(),
            name: set.metadata.name.clone(),
            uid: set.metadata.uid,
            controller: Some(true),
            block_owner_deletion: Some(true),
        });
    }
    Ok(pod)
}

fn rolling_update_budget(given: &Value, expect: &Value) -> Result<(), String> {
    let rolling: Option<DaemonSetRollingUpdate> = read(&given["rolling_update"])?;
    let desired = given["eligible_nodes"].as_i64().ok_or("no eligible nodes")?;
    let found = Budget::of(rolling.as_ref(), desired);
    let wanted = (expect["max_surge"].as_i64(), expect["max_unavailable"].as_i64());
    if (Some(found.max_surge), Some(found.max_unavailable)) == wanted
        && expect["desired_number_scheduled"].as_i64() == Some(desired)
    {
        Ok(())
    } else {
        Err(format!("found {found:?}"))
    }
}
