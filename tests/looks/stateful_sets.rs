//! Looks of the StatefulSet controller.

use super::{Scene, going, not_ready, object, owned_by, running, uid, with, written};
use serde_json::{Value, json};
use setwise::actor::{Pass, Write};
use setwise::api::{Kind, Object, PersistentVolumeClaim, PodTemplateSpec, StatefulSetStatus, Time};
use setwise::controllers::history::template_hash;
use setwise::controllers::stateful_set;
use setwise::reason::{Held, Lack, Reason, StatefulSetAct};
use std::rc::Rc;

fn template() -> Value {
    json!({ "metadata": { "labels": { "app": "web" } }, "spec": { "containers": [{ "name": "c", "image": "c:1" }] } })
}

fn revision() -> String {
    let template: PodTemplateSpec = serde_json::from_value(template()).unwrap();
    format!("web-{}", template_hash(&template))
}

fn set(spec: &Value) -> Object {
    let base = json!({ "replicas": 2, "selector": { "matchLabels": { "app": "web" } }, "template": template(),
        "updateStrategy": { "type": "RollingUpdate", "rollingUpdate": { "partition": 0 } } });
    let status = json!({ "currentRevision": revision(), "updateRevision": revision() });
    object(Kind::StatefulSet, "web", 1, json!({ "spec": with(base, spec), "status": status }))
}

/// The pod of an ordinal at the present revision, or at another.
fn pod(ordinal: u64, revision: &str, rest: &Value) -> Object {
    let name = format!("web-{ordinal}");
    let labels = json!({ "metadata": { "labels": { "app": "web", "controller-revision-hash": revision,
        "statefulset.kubernetes.io/pod-name": name } } });
    object(Kind::Pod, &name, 10 + ordinal, with(with(owned_by(Kind::StatefulSet, "web", 1), &labels), rest))
}

fn ready(ordinal: u64) -> Object {
    pod(ordinal, &revision(), &running("n1", 10))
}

fn unready(ordinal: u64) -> Object {
    pod(ordinal, &revision(), &with(running("n1", 10), &not_ready()))
}

fn leaving(ordinal: u64) -> Object {
    pod(ordinal, &revision(), &with(running("n1", 10), &going()))
}

fn outdated(ordinal: u64) -> Object {
    pod(ordinal, "web-before", &running("n1", 10))
}

fn look(spec: Value, objects: Vec<Object>) -> Pass {
    Scene::of(std::iter::once(set(&spec)).chain(objects)).look(stateful_set::sync, "web")
}

fn act(pass: &Pass) -> StatefulSetAct {
    match &pass.reason {
        Some(Reason::StatefulSet(reason)) => reason.act.clone(),
        other => panic!("{other:?}"),
    }
}

/// Pods that are made or asked to go.
fn moves(pass: &Pass) -> Vec<String> {
    let of_pod = |it: &String| it.as_str() == "+Pod" || it.starts_with("-Pod");
    written(pass).into_iter().filter(of_pod).collect()
}

fn status(pass: &Pass) -> StatefulSetStatus {
    let of = |write: &Write| match write {
        Write::Update(Object::StatefulSet(set)) => Some(set.status.clone()),
        _ => None,
    };
    pass.writes.iter().find_map(of).expect("a status")
}

fn waits(pass: &Pass) -> (String, Lack, Held) {
    match act(pass) {
        StatefulSetAct::WaitForPod { pod, lack, held } => (pod.name().to_owned(), lack, held),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wait_names_what_the_pod_lacks_and_what_it_holds_up() {
    let (name, lack, held) = waits(&look(json!({}), vec![unready(0)]));
    assert_eq!((name.as_str(), lack), ("web-0", Lack::NotReady { waiting: None }));
    assert!(matches!(held, Held::Creation(pod) if pod.name() == "web-1"));
    let (_, lack, held) = waits(&look(json!({}), vec![leaving(0), ready(1)]));
    assert_eq!(lack, Lack::Terminating);
    assert!(matches!(held, Held::Creation(pod) if pod.name() == "web-0"), "it will be made again");
    let (_, _, held) = waits(&look(json!({}), vec![unready(0), ready(1), ready(2)]));
    assert!(matches!(held, Held::ScaleDown(pod) if pod.name() == "web-2"));
    let (_, _, held) = waits(&look(json!({}), vec![unready(0), outdated(1)]));
    assert!(matches!(held, Held::Update(pod) if pod.name() == "web-1"));
    assert_eq!(waits(&look(json!({}), vec![unready(0), ready(1)])).2, Held::Completion);
    let pending = pod(0, &revision(), &json!({ "spec": { "containers": [] }, "status": { "phase": "Pending" } }));
    assert_eq!(waits(&look(json!({}), vec![pending])).1, Lack::Unscheduled);
    let starting = pod(0, &revision(), &with(running("n1", 10), &json!({ "status": { "phase": "Pending" } })));
    assert_eq!(waits(&look(json!({}), vec![starting])).1, Lack::NotRunning { waiting: None });
}

#[test]
fn a_ready_pod_counts_as_available_min_ready_seconds_later() {
    let at = |since| pod(0, &revision(), &running("n1", since));
    let pass = look(json!({ "minReadySeconds": 30 }), vec![at(90)]);
    let until = Time(120_000);
    assert_eq!(waits(&pass).1, Lack::NotAvailable { until, min_ready_seconds: 30 });
    assert_eq!(pass.again_at, Some(until));
    assert_eq!((status(&pass).ready_replicas, status(&pass).available_replicas), (1, 0));
    let pass = look(json!({ "minReadySeconds": 30 }), vec![at(60)]);
    assert_eq!((moves(&pass), pass.again_at), (vec!["+Pod".to_owned()], None));
    assert_eq!(status(&pass).available_replicas, 1);
}

#[test]
fn an_ordered_set_takes_one_surplus_pod_at_a_time_and_waits_for_one_that_is_not_ready() {
    let surplus =
        |others: Vec<Object>| look(json!({ "replicas": 1 }), std::iter::once(ready(0)).chain(others).collect());
    assert_eq!(moves(&surplus(vec![ready(1), ready(2)])), ["-Pod web-2"]);
    let pass = surplus(vec![ready(1), leaving(2)]);
    assert_eq!((moves(&pass), waits(&pass).0, waits(&pass).1), (vec![], "web-2".into(), Lack::Terminating));
    // The first that is not available may go, so that a broken pod does not stop the scaling.
    assert_eq!(moves(&surplus(vec![ready(1), unready(2)])), ["-Pod web-2"]);
    let pass = surplus(vec![unready(1), unready(2)]);
    assert_eq!((moves(&pass), waits(&pass).0), (vec![], "web-2".to_owned()));
    let pass = look(json!({ "replicas": 1 }), vec![unready(0), ready(1)]);
    assert_eq!((moves(&pass), waits(&pass).0), (vec![], "web-0".to_owned()));
}

#[test]
fn a_parallel_set_takes_and_makes_all_at_once_but_those_that_are_going() {
    let parallel = |replicas: i32, pods| look(json!({ "replicas": replicas, "podManagementPolicy": "Parallel" }), pods);
    assert_eq!(moves(&parallel(3, vec![])), ["+Pod", "+Pod", "+Pod"]);
    assert_eq!(moves(&parallel(1, vec![unready(0), ready(1), unready(2)])), ["-Pod web-2", "-Pod web-1"]);
    assert_eq!(moves(&parallel(1, vec![ready(0), leaving(1), ready(2)])), ["-Pod web-2"]);
    assert_eq!(moves(&parallel(1, vec![ready(0), leaving(1)])), [] as [&str; 0]);
}

#[test]
fn the_pod_before_has_to_be_running_and_ready_for_an_update_to_go_on() {
    let update = |pods| moves(&look(json!({ "podManagementPolicy": "Parallel" }), pods));
    assert_eq!(update(vec![outdated(0), outdated(1)]), ["-Pod web-1"]);
    assert_eq!(update(vec![outdated(0), ready(1)]), ["-Pod web-0"]);
    assert_eq!(update(vec![outdated(0), unready(1)]), [] as [&str; 0]);
    assert_eq!(update(vec![outdated(0), leaving(1)]), [] as [&str; 0]);
    let pending = pod(1, &revision(), &with(running("n1", 10), &json!({ "status": { "phase": "Pending" } })));
    assert_eq!(update(vec![outdated(0), pending]), [] as [&str; 0], "Ready alone is not enough");
    let partition = json!({ "updateStrategy": { "rollingUpdate": { "partition": 1 } } });
    let held = look(partition, vec![outdated(0), ready(1)]);
    assert!(matches!(act(&held), StatefulSetAct::HeldByPartition { partition: 1, pods } if pods.len() == 1));
}

#[test]
fn an_ended_pod_is_replaced_whatever_the_order() {
    for phase in ["Succeeded", "Failed"] {
        let ended = |rest: Value| {
            pod(0, &revision(), &with(with(running("n1", 10), &json!({ "status": { "phase": phase } })), &rest))
        };
        assert_eq!(moves(&look(json!({}), vec![ended(json!({}))])), ["-Pod web-0"]);
        let pass = look(json!({}), vec![ended(going())]);
        assert_eq!((moves(&pass), waits(&pass).1), (vec![], Lack::Terminating));
    }
}

fn with_claims(policy: Value) -> Value {
    let data = json!({ "metadata": { "name": "data", "labels": { "tier": "db" }, "annotations": { "note": "kept" } },
        "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "1Gi" } } } });
    json!({ "replicas": 1, "volumeClaimTemplates": [data], "persistentVolumeClaimRetentionPolicy": policy })
}

fn policy(deleted: &str, scaled: &str) -> Value {
    json!({ "whenDeleted": deleted, "whenScaled": scaled })
}

fn claims(pass: &Pass) -> Vec<Rc<PersistentVolumeClaim>> {
    let of = |write: &Write| match write {
        Write::Create(Object::PersistentVolumeClaim(claim)) | Write::Update(Object::PersistentVolumeClaim(claim)) => {
            Some(Rc::clone(claim))
        }
        _ => None,
    };
    pass.writes.iter().filter_map(of).collect()
}

fn owners(claim: &PersistentVolumeClaim) -> Vec<String> {
    claim.metadata.owner_references.iter().map(|owner| format!("{}/{}", owner.kind, owner.name)).collect()
}

#[test]
fn a_new_claim_is_in_the_namespace_of_the_set_with_labels_and_annotations_of_the_template() {
    let pass = look(with_claims(policy("Delete", "Delete")), vec![]);
    let claim = claims(&pass).remove(0);
    assert_eq!((claim.metadata.namespace.as_str(), claim.metadata.name.as_str()), ("default", "data-web-0"));
    assert_eq!(claim.metadata.annotations["note"], "kept");
    assert_eq!((claim.metadata.labels["tier"].as_str(), claim.metadata.labels["app"].as_str()), ("db", "web"));
    assert_eq!(owners(&claim), ["StatefulSet/web"]);
}

fn claim(ordinal: u64, rest: &Value) -> Object {
    object(Kind::PersistentVolumeClaim, &format!("data-web-{ordinal}"), 40 + ordinal, rest.clone())
}

#[test]
fn the_policy_says_who_owns_a_claim_of_a_pod_that_stays_and_of_one_that_goes() {
    let of = |deleted: &str, scaled: &str, rest: &Value| {
        let objects = vec![ready(0), ready(1), claim(0, rest), claim(1, rest)];
        let changed = claims(&look(with_claims(policy(deleted, scaled)), objects));
        changed.iter().map(|claim| (claim.metadata.name.clone(), owners(claim))).collect::<Vec<_>>()
    };
    let is = |list: &[(&str, &[&str])]| {
        let own = |owners: &[&str]| owners.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        list.iter().map(|(name, owners)| ((*name).to_owned(), own(owners))).collect::<Vec<_>>()
    };
    let set: &[&str] = &["StatefulSet/web"];
    assert_eq!(of("Retain", "Retain", &json!({})), []);
    assert_eq!(of("Delete", "Retain", &json!({})), is(&[("data-web-0", set), ("data-web-1", set)]));
    assert_eq!(of("Retain", "Delete", &json!({})), is(&[("data-web-1", &["Pod/web-1"])]));
    assert_eq!(of("Delete", "Delete", &json!({})), is(&[("data-web-0", set), ("data-web-1", &["Pod/web-1"])]));
    let of_other = json!({ "metadata": { "ownerReferences": [{ "apiVersion": "v1", "kind": "Service", "name": "s", "uid": uid(9) }] } });
    let both: &[&str] = &["Service/s", "StatefulSet/web"];
    assert_eq!(of("Delete", "Retain", &of_other), is(&[("data-web-0", both), ("data-web-1", both)]));
    assert_eq!(of("Delete", "Delete", &owned_by(Kind::Service, "s", 9)), [], "something else controls them");
}

#[test]
fn a_claim_of_a_pod_that_is_gone_or_one_that_is_going_keeps_the_pod_from_being_made() {
    let stale = claim(0, &owned_by(Kind::Pod, "web-0", 99));
    let pass = look(with_claims(policy("Retain", "Retain")), vec![stale]);
    assert!(matches!(act(&pass), StatefulSetAct::ClaimStale { .. }));
    assert_eq!(moves(&pass), [] as [&str; 0]);
    let pass = look(with_claims(policy("Retain", "Retain")), vec![claim(0, &going())]);
    assert!(matches!(act(&pass), StatefulSetAct::ClaimTerminating { .. }));
    for other in [owned_by(Kind::Pod, "web-9", 99), owned_by(Kind::Service, "web-0", 99)] {
        assert_eq!(moves(&look(with_claims(policy("Retain", "Retain")), vec![claim(0, &other)])), ["+Pod"]);
    }
}

#[test]
fn the_status_counts_pods_by_revision_and_leaves_those_that_are_going_out() {
    let pass = look(json!({ "replicas": 3 }), vec![ready(0), outdated(1), leaving(2)]);
    let status = status(&pass);
    assert_eq!((status.replicas, status.ready_replicas, status.available_replicas), (3, 3, 3));
    assert_eq!((status.updated_replicas, status.current_replicas), (1, 1));
}
