//! What one look at a claim or a volume does, state by state.

use super::*;
use crate::actor::{Settings, World, Write};
use crate::api::{Object, ObjectRef, Pod, Quantity, Time, Uid};
use crate::cluster::Change;
use crate::reason::{NamedVolumeProblem, VolumeReason};
use serde_json::{Value, from_value, json};

/// Puts what differs into an object; `null` takes a field away.
fn with(mut base: Value, changes: &Value) -> Value {
    fn merge(base: &mut Value, changes: &Value) {
        match (base, changes) {
            (Value::Object(base), Value::Object(changes)) => {
                for (key, value) in changes {
                    if value.is_null() {
                        base.remove(key);
                    } else {
                        merge(base.entry(key.clone()).or_insert(json!(null)), value);
                    }
                }
            }
            (base, changes) => *base = changes.clone(),
        }
    }
    merge(&mut base, changes);
    base
}

/// A claim of 2Gi without a class, whose uid is 1.
fn claim(changes: Value) -> Object {
    let base = json!({
        "metadata": { "name": "data", "namespace": "default" },
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": "",
            "resources": { "requests": { "storage": "2Gi" } },
        },
        "status": { "phase": "Pending" },
    });
    let mut claim: PersistentVolumeClaim = from_value(with(base, &changes)).unwrap();
    claim.metadata.uid = Uid(1);
    Object::PersistentVolumeClaim(Rc::new(claim))
}

/// A volume of 2Gi without a class that is free.
fn volume(name: &str, changes: Value) -> Object {
    let base = json!({
        "metadata": { "name": name },
        "spec": { "capacity": { "storage": "2Gi" }, "accessModes": ["ReadWriteOnce"] },
        "status": { "phase": "Available" },
    });
    let value = with(base, &changes);
    let mut volume: PersistentVolume = from_value(value.clone()).unwrap();
    if let Some(kept) = &mut volume.spec.claim_ref {
        // What a manifest says of an identity is dropped when it is read.
        kept.uid = value["spec"]["claimRef"]["uid"].as_str().map(|number| Uid(number.parse().unwrap()));
    }
    Object::PersistentVolume(Rc::new(volume))
}

/// What ties a volume to the claim.
fn tie(uid: Option<u64>) -> Value {
    let mut kept = json!({ "namespace": "default", "name": "data" });
    if let Some(uid) = uid {
        kept["uid"] = json!(uid.to_string());
    }
    json!({ "spec": { "claimRef": kept }, "status": { "phase": "Bound" } })
}

fn class(name: &str, changes: Value) -> Object {
    let base = json!({ "metadata": { "name": name }, "provisioner": "example.com/disk" });
    Object::StorageClass(Rc::new(from_value(with(base, &changes)).unwrap()))
}

fn pod(name: &str, changes: Value) -> Object {
    let base = json!({
        "metadata": { "name": name, "namespace": "default" },
        "spec": {
            "containers": [],
            "volumes": [{ "name": "d", "persistentVolumeClaim": { "claimName": "data" } }],
        },
    });
    let pod: Pod = from_value(with(base, &changes)).unwrap();
    Object::Pod(Rc::new(pod))
}

fn look<R>(objects: &[Object], look: impl FnOnce(View<'_>) -> R) -> R {
    let mut cluster = Cluster::default();
    for object in objects {
        cluster.apply(&Change { before: None, after: Some(object.clone()) });
    }
    let (settings, world) = (Settings::default(), World::default());
    look(View { cluster: &cluster, now: Time(61_500), settings: &settings, world: &world })
}

fn data() -> Key {
    Key::new("default", "data")
}

fn reason(pass: &Pass) -> VolumeReason {
    match &pass.reason {
        Some(Reason::Volume(reason)) => reason.clone(),
        other => panic!("{other:?}"),
    }
}

fn of_claim(objects: &[Object]) -> Pass {
    look(objects, |view| sync_claim(view, &data()))
}

fn updated_claim(pass: &Pass) -> Rc<PersistentVolumeClaim> {
    let found = pass.writes.iter().find_map(|write| match write {
        Write::Update(Object::PersistentVolumeClaim(claim)) => Some(Rc::clone(claim)),
        _ => None,
    });
    found.unwrap()
}

fn updated_volume(pass: &Pass) -> Rc<PersistentVolume> {
    let found = pass.writes.iter().find_map(|write| match write {
        Write::Update(Object::PersistentVolume(volume)) => Some(Rc::clone(volume)),
        _ => None,
    });
    found.unwrap()
}

/// The volume that a claim is bound to, if it is.
fn bound_to(objects: &[Object]) -> Option<String> {
    let pass = of_claim(objects);
    match pass.reason {
        Some(Reason::Volume(VolumeReason::Bound { volume, .. })) => Some(volume.name().to_owned()),
        _ => None,
    }
}

#[test]
fn binding_ties_both_ends_and_says_who_chose() {
    let pass = of_claim(&[claim(json!({})), volume("pv", json!({}))]);
    let (claim, volume) = (updated_claim(&pass), updated_volume(&pass));
    assert_eq!((claim.spec.volume_name.as_deref(), claim.status.phase.as_deref()), (Some("pv"), Some("Bound")));
    assert_eq!((claim.status.access_modes.len(), claim.status.capacity.len()), (1, 1));
    let keys =
        |annotations: &std::collections::BTreeMap<String, String>| annotations.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&claim.metadata.annotations), [BIND_COMPLETED, BOUND_BY_CONTROLLER]);
    assert_eq!(keys(&volume.metadata.annotations), [BOUND_BY_CONTROLLER]);
    assert_eq!(volume.status.phase.as_deref(), Some("Bound"));
    let kept = volume.spec.claim_ref.clone().unwrap();
    assert_eq!((kept.kind.as_deref(), kept.api_version.as_deref()), (Some("PersistentVolumeClaim"), Some("v1")));
    assert_eq!((kept.namespace.as_str(), kept.name.as_str(), kept.uid), ("default", "data", Some(Uid(1))));
    assert!(matches!(reason(&pass), VolumeReason::Bound { existing: true, .. }));
}

#[test]
fn where_both_name_each_other_nothing_is_said_to_be_the_controllers_choice() {
    let named = claim(json!({ "spec": { "volumeName": "pv" } }));
    let pass = of_claim(&[named, volume("pv", tie(None))]);
    assert!(!updated_claim(&pass).metadata.annotations.contains_key(BOUND_BY_CONTROLLER));
    assert!(updated_volume(&pass).metadata.annotations.is_empty());
    assert_eq!(updated_volume(&pass).spec.claim_ref.as_ref().unwrap().uid, Some(Uid(1)));
    assert!(matches!(reason(&pass), VolumeReason::Bound { existing: false, .. }));
}

#[test]
fn a_volume_is_kept_for_a_claim_of_its_name_namespace_and_identity() {
    let is_kept = |changes: Value| {
        let (Object::PersistentVolume(volume), Object::PersistentVolumeClaim(claim)) =
            (volume("pv", changes), claim(json!({})))
        else {
            panic!()
        };
        is_kept_for(&volume, &claim)
    };
    assert!(is_kept(tie(None)) && is_kept(tie(Some(1))));
    assert!(!is_kept(tie(Some(2))));
    assert!(!is_kept(json!({})));
    assert!(!is_kept(json!({ "spec": { "claimRef": { "namespace": "default", "name": "other" } } })));
    assert!(!is_kept(json!({ "spec": { "claimRef": { "namespace": "prod", "name": "data" } } })));
}

#[test]
fn each_property_of_a_volume_has_to_fit() {
    let fits = |changes: Value| bound_to(&[claim(json!({})), volume("pv", changes)]).is_some();
    assert!(fits(json!({})));
    assert!(fits(json!({ "spec": { "capacity": { "storage": "3Gi" } } })));
    assert!(!fits(json!({ "spec": { "capacity": { "storage": "1Gi" } } })));
    assert!(!fits(json!({ "spec": { "volumeMode": "Block" } })));
    assert!(fits(json!({ "spec": { "volumeMode": "Filesystem" } })));
    assert!(!fits(json!({ "spec": { "accessModes": ["ReadOnlyMany"] } })));
    assert!(fits(json!({ "spec": { "accessModes": ["ReadOnlyMany", "ReadWriteOnce"] } })));
    assert!(!fits(json!({ "spec": { "storageClassName": "slow" } })));
    assert!(!fits(json!({ "status": { "phase": "Released" } })));
    assert!(!fits(json!({ "metadata": { "deletionTimestamp": "2026-01-01T00:00:00Z" } })));
    assert!(!fits(json!({ "spec": { "claimRef": { "namespace": "prod", "name": "data" } } })));
}

#[test]
fn a_selector_looks_at_the_labels_of_volumes() {
    let gold = || claim(json!({ "spec": { "selector": { "matchLabels": { "tier": "gold" } } } }));
    let labelled = |name: &str, tier: &str| volume(name, json!({ "metadata": { "labels": { "tier": tier } } }));
    assert_eq!(bound_to(&[gold(), labelled("a", "dust"), labelled("b", "gold")]), Some("b".into()));
    assert_eq!(bound_to(&[gold(), labelled("a", "dust")]), None);
}

#[test]
fn a_volume_that_is_kept_comes_before_a_smaller_one_and_is_no_use_if_it_is_too_small() {
    let kept = |size: &str| volume("kept", with(tie(None), &json!({ "spec": { "capacity": { "storage": size } } })));
    let small = || volume("a", json!({}));
    assert_eq!(bound_to(&[claim(json!({})), small(), kept("9Gi")]), Some("kept".into()));
    assert_eq!(bound_to(&[claim(json!({})), small(), kept("1Gi")]), Some("a".into()));
}

fn problem(changes: Value) -> NamedVolumeProblem {
    let named = claim(json!({ "spec": { "volumeName": "pv" } }));
    match reason(&of_claim(&[named, volume("pv", changes)])) {
        VolumeReason::NamedVolume { problem, .. } => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_claim_that_names_a_volume_says_why_it_does_not_get_it() {
    let misfit = |text: &str| NamedVolumeProblem::Misfit(text.into());
    let deleted = json!({ "metadata": { "deletionTimestamp": "2026-01-01T00:00:00Z" } });
    assert_eq!(problem(deleted), misfit("the volume is marked for deletion \"pv\""));
    assert_eq!(problem(json!({ "spec": { "capacity": { "storage": "1Gi" } } })), misfit("requested PV is too small"));
    assert_eq!(problem(json!({ "spec": { "storageClassName": "x" } })), misfit("storageClassName does not match"));
    assert_eq!(problem(json!({ "spec": { "volumeMode": "Block" } })), misfit("incompatible volumeMode"));
    assert_eq!(problem(json!({ "spec": { "accessModes": ["ReadOnlyMany"] } })), misfit("incompatible accessMode"));
    let taken = ObjectRef::new(Kind::PersistentVolumeClaim, "default", "data");
    assert_eq!(problem(tie(Some(2))), NamedVolumeProblem::Taken(taken));
    let named = claim(json!({ "spec": { "volumeName": "pv" } }));
    let absent = reason(&of_claim(&[named]));
    assert!(matches!(absent, VolumeReason::NamedVolume { problem: NamedVolumeProblem::Absent, .. }));
    assert_eq!(
        bound_to(&[claim(json!({ "spec": { "volumeName": "pv" } })), volume("pv", json!({}))]),
        Some("pv".into())
    );
}

#[test]
fn a_claim_without_a_volume_says_whether_its_class_exists() {
    let nothing = |objects: &[Object]| match reason(&of_claim(objects)) {
        VolumeReason::NothingToBind { class, class_exists, .. } => (class, class_exists),
        other => panic!("{other:?}"),
    };
    let slow = || claim(json!({ "spec": { "storageClassName": "slow" } }));
    assert_eq!(nothing(&[claim(json!({}))]), (None, false));
    assert_eq!(nothing(&[slow()]), (Some("slow".into()), false));
    let by_hand = class("slow", json!({ "provisioner": NO_PROVISIONER }));
    assert_eq!(nothing(&[slow(), by_hand]), (Some("slow".into()), true));
}

#[test]
fn a_bound_claim_is_completed_kept_or_lost() {
    let bound = || claim(json!({ "spec": { "volumeName": "pv" }, "status": { "phase": "Bound" } }));
    assert_eq!(of_claim(&[bound(), volume("pv", tie(Some(1)))]), Pass::nothing());
    let unfinished = volume("pv", with(tie(Some(1)), &json!({ "status": { "phase": "Available" } })));
    assert_eq!(updated_volume(&of_claim(&[bound(), unfinished])).status.phase.as_deref(), Some("Bound"));
    assert!(matches!(reason(&of_claim(&[bound(), volume("pv", json!({}))])), VolumeReason::Bound { .. }));
    let lost = of_claim(&[bound()]);
    assert_eq!(updated_claim(&lost).status.phase.as_deref(), Some("Lost"));
    assert!(updated_claim(&lost).status.capacity.is_empty() && updated_claim(&lost).status.access_modes.is_empty());
    assert!(matches!(reason(&lost), VolumeReason::Lost { volume: Some(_), taken_by: None, .. }));
    let taken = of_claim(&[bound(), volume("pv", tie(Some(2)))]);
    assert!(matches!(reason(&taken), VolumeReason::Lost { taken_by: Some(_), .. }));
    let already = claim(json!({ "spec": { "volumeName": "pv" }, "status": { "phase": "Lost" } }));
    assert_eq!(of_claim(&[already]), Pass::nothing());
}

fn of_volume(objects: &[Object]) -> Pass {
    look(objects, |view| sync_volume(view, &Key::new("", "pv")))
}

#[test]
fn a_volume_without_a_claim_becomes_available_once() {
    let fresh = volume("pv", json!({ "status": { "phase": "Pending" } }));
    assert_eq!(updated_volume(&of_volume(&[fresh])).status.phase.as_deref(), Some("Available"));
    assert_eq!(of_volume(&[volume("pv", json!({}))]), Pass::nothing());
    // Kept by name alone it is not bound, and is available for its claim.
    let kept = volume("pv", with(tie(None), &json!({ "status": { "phase": "Released" } })));
    assert!(matches!(reason(&of_volume(&[kept])), VolumeReason::Available { .. }));
}

#[test]
fn a_volume_whose_claim_is_gone_is_released_and_goes_where_its_policy_says_so() {
    let policy = |policy: &str, phase: &str| {
        let spec = json!({ "spec": { "persistentVolumeReclaimPolicy": policy }, "status": { "phase": phase } });
        of_volume(&[volume("pv", with(tie(Some(1)), &spec))])
    };
    let retained = policy("Retain", "Bound");
    assert_eq!((retained.writes.len(), updated_volume(&retained).status.phase.as_deref()), (1, Some("Released")));
    assert!(matches!(reason(&retained), VolumeReason::Reclaimed { deleted: false, .. }));
    assert_eq!(policy("Retain", "Released"), Pass::nothing());
    let deleted = policy("Delete", "Bound");
    assert!(matches!(deleted.writes.as_slice(), [Write::Update(_), Write::Delete(_)]));
    assert!(matches!(policy("Delete", "Released").writes.as_slice(), [Write::Delete(_)]));
    let going = json!({ "metadata": { "deletionTimestamp": "2026-01-01T00:00:00Z" },
        "spec": { "persistentVolumeReclaimPolicy": "Delete" } });
    let going = |phase: &str| {
        of_volume(&[volume("pv", with(with(tie(Some(1)), &going), &json!({ "status": { "phase": phase } })))])
    };
    assert!(matches!(going("Bound").writes.as_slice(), [Write::Update(_)]));
    assert_eq!(going("Released"), Pass::nothing());
    // A claim made again under the name is another one.
    let renewed = of_volume(&[claim(json!({})), volume("pv", tie(Some(2)))]);
    assert!(matches!(reason(&renewed), VolumeReason::Reclaimed { .. }));
}

#[test]
fn a_volume_whose_claim_took_another_is_free_again_or_goes_if_it_was_made_for_it() {
    let taken = || claim(json!({ "spec": { "volumeName": "other" }, "status": { "phase": "Bound" } }));
    let unbound = |changes: Value| of_volume(&[taken(), volume("pv", with(tie(Some(1)), &changes))]);
    let chosen = unbound(json!({ "metadata": { "annotations": { BOUND_BY_CONTROLLER: "yes" } } }));
    assert!(matches!(reason(&chosen), VolumeReason::Unbound { .. }));
    let free = updated_volume(&chosen);
    assert_eq!((free.spec.claim_ref.is_none(), free.metadata.annotations.len()), (true, 0));
    assert_eq!(free.status.phase.as_deref(), Some("Available"));
    let written = unbound(json!({}));
    let kept = updated_volume(&written).spec.claim_ref.clone().unwrap();
    assert_eq!((kept.name.as_str(), kept.uid), ("data", None), "somebody kept it for the claim");
    let made = |policy: &str| {
        let made = json!({ "metadata": { "annotations": { PROVISIONED_BY: "example.com/disk" } },
            "spec": { "persistentVolumeReclaimPolicy": policy } });
        reason(&unbound(made))
    };
    assert!(matches!(made("Delete"), VolumeReason::Reclaimed { deleted: true, .. }));
    assert!(matches!(made("Retain"), VolumeReason::Unbound { .. }));
    let by_hand = unbound(json!({ "spec": { "persistentVolumeReclaimPolicy": "Delete" } }));
    assert!(matches!(reason(&by_hand), VolumeReason::Unbound { .. }));
    for own in [json!({}), json!({ "spec": { "volumeName": "pv" } })] {
        assert_eq!(of_volume(&[claim(own), volume("pv", tie(Some(1)))]), Pass::nothing());
    }
}

fn growing(claim_changes: Value, size: &str, pods: &[Object]) -> Pass {
    let base =
        json!({ "spec": { "volumeName": "pv" }, "status": { "phase": "Bound", "capacity": { "storage": "1Gi" } } });
    let volume = volume("pv", with(tie(Some(1)), &json!({ "spec": { "capacity": { "storage": size } } })));
    let objects: Vec<Object> = [claim(with(base, &claim_changes)), volume].into_iter().chain(pods.to_vec()).collect();
    look(&objects, |view| sync_expansion(view, &data()))
}

#[test]
fn a_volume_grows_first_and_the_claim_says_what_its_file_system_waits_for() {
    let pass = growing(json!({}), "1Gi", &[]);
    assert_eq!(updated_volume(&pass).spec.capacity["storage"].as_str(), "2Gi");
    let claim = updated_claim(&pass);
    assert_eq!(claim.status.capacity["storage"].as_str(), "1Gi");
    let condition = &claim.status.conditions[0];
    assert_eq!((condition.kind.as_str(), condition.status.as_str()), (GROWS, "True"));
    assert_eq!(condition.last_transition_time, Some(Time(61_000)));
    assert_eq!(
        condition.message.as_deref(),
        Some("Waiting for user to (re-)start a pod to finish file system resize of volume on node.")
    );
    let from_to = match reason(&pass) {
        VolumeReason::VolumeGrown { from, to, .. } => (from, to),
        other => panic!("{other:?}"),
    };
    assert_eq!(from_to, (Quantity::parse("1Gi"), Quantity::parse("2Gi").unwrap()));
    let block = growing(json!({ "spec": { "volumeMode": "Block" } }), "1Gi", &[]);
    assert_eq!(updated_claim(&block).status.capacity["storage"].as_str(), "2Gi", "it has no file system");
    assert!(updated_claim(&block).status.conditions.is_empty());
}

#[test]
fn a_file_system_grows_where_a_running_pod_has_it_mounted() {
    let on = |changes: Value| pod("user", with(json!({ "spec": { "nodeName": "n1" } }), &changes));
    let running = on(json!({ "status": { "phase": "Running" } }));
    let waiting =
        json!({ "status": { "conditions": [{ "type": GROWS, "status": "True" }, { "type": "X", "status": "True" }] } });
    let grown = growing(waiting, "2Gi", &[running]);
    assert_eq!(updated_claim(&grown).status.capacity["storage"].as_str(), "2Gi");
    assert_eq!(updated_claim(&grown).status.conditions.len(), 1);
    assert!(matches!(reason(&grown), VolumeReason::FileSystemGrown { .. }));
    let going =
        json!({ "metadata": { "deletionTimestamp": "2026-01-01T00:00:00Z" }, "status": { "phase": "Running" } });
    let unplaced = pod("user", json!({ "status": { "phase": "Running" } }));
    for idle in [on(json!({ "status": { "phase": "Pending" } })), on(going), unplaced] {
        assert!(matches!(reason(&growing(json!({}), "2Gi", &[idle])), VolumeReason::AwaitsMount { .. }));
    }
    let grown = json!({ "status": { "capacity": { "storage": "2Gi" } } });
    assert_eq!(growing(grown, "2Gi", &[]), Pass::nothing());
    assert_eq!(growing(json!({ "status": { "phase": "Pending" } }), "1Gi", &[]), Pass::nothing());
}

#[test]
fn a_claim_is_protected_while_a_placed_pod_uses_it_and_only_if_it_is_being_deleted() {
    let going =
        json!({ "deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": [PVC_PROTECTION, "example.com/own"] });
    let of = |metadata: &Value, pods: &[Object]| {
        let objects: Vec<Object> =
            std::iter::once(claim(json!({ "metadata": metadata }))).chain(pods.to_vec()).collect();
        look(&objects, |view| protect_claim(view, &data()))
    };
    let placed = pod("user", json!({ "spec": { "nodeName": "n1" } }));
    assert!(matches!(reason(&of(&going, std::slice::from_ref(&placed))), VolumeReason::ClaimInUse { .. }));
    let released = of(&going, &[pod("user", json!({}))]);
    assert_eq!(updated_claim(&released).metadata.finalizers, ["example.com/own"]);
    assert_eq!(of(&json!({ "finalizers": [PVC_PROTECTION] }), &[]), Pass::nothing());
    let unprotected = json!({ "deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": ["example.com/own"] });
    assert_eq!(of(&unprotected, &[]), Pass::nothing());
}

#[test]
fn a_volume_is_protected_while_it_is_bound_and_only_if_it_is_being_deleted() {
    let going = json!({ "metadata": { "deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": [PV_PROTECTION] } });
    let of = |changes: Value| look(&[volume("pv", changes)], |view| protect_volume(view, &Key::new("", "pv")));
    assert!(matches!(reason(&of(with(tie(Some(1)), &going))), VolumeReason::VolumeInUse { .. }));
    let released = with(with(tie(Some(1)), &going), &json!({ "status": { "phase": "Released" } }));
    assert!(updated_volume(&of(released)).metadata.finalizers.is_empty());
    assert!(matches!(reason(&of(going)), VolumeReason::VolumeRemoved { .. }));
    assert_eq!(of(json!({ "metadata": { "finalizers": [PV_PROTECTION] } })), Pass::nothing());
    assert_eq!(of(json!({ "metadata": { "deletionTimestamp": "2026-01-01T00:00:00Z" } })), Pass::nothing());
}

#[test]
fn a_provisioner_makes_a_volume_for_a_claim_that_asks_and_for_no_other() {
    let asks = |changes: &Value| {
        let base = json!({ "metadata": { "annotations": { STORAGE_PROVISIONER: "example.com/disk" } },
            "spec": { "storageClassName": "quick" } });
        claim(with(base, changes))
    };
    let made = |claim: Object, class_changes: Value| {
        look(&[claim, class("quick", class_changes)], |view| provision(view, &data()))
    };
    let pass = made(asks(&json!({})), json!({ "reclaimPolicy": "Retain" }));
    let [Write::Create(Object::PersistentVolume(volume))] = pass.writes.as_slice() else { panic!("{pass:?}") };
    assert_eq!((volume.metadata.name.as_str(), volume.class()), (format!("pvc-{}", Uid(1)).as_str(), "quick"));
    assert_eq!(volume.spec.persistent_volume_reclaim_policy.as_deref(), Some("Retain"));
    assert_eq!((volume.capacity_storage(), volume.spec.access_modes.len()), (2 << 30, 1));
    assert!(volume.spec.node_affinity.is_none() && is_provisioned(volume));
    assert!(!volume.metadata.annotations.contains_key(BOUND_BY_CONTROLLER));
    let nothing = |changes: Value| assert_eq!(made(asks(&changes), json!({})), Pass::nothing());
    nothing(json!({ "metadata": { "annotations": { STORAGE_PROVISIONER: null, "x": "y" } } }));
    nothing(json!({ "status": { "phase": "Bound" } }));
    nothing(json!({ "metadata": { "deletionTimestamp": "2026-01-01T00:00:00Z" } }));
    assert_eq!(made(asks(&json!({})), json!({ "provisioner": NO_PROVISIONER })), Pass::nothing());
    let selects = asks(&json!({ "spec": { "selector": { "matchLabels": { "a": "b" } } } }));
    assert!(matches!(reason(&made(selects, json!({}))), VolumeReason::SelectorNotProvisioned { .. }));
    let node = asks(&json!({ "metadata": { "annotations": { SELECTED_NODE: "n1" } } }));
    let tied = made(node.clone(), json!({ "parameters": { "topology": "node" } }));
    assert!(matches!(reason(&tied), VolumeReason::Provisioned { node: Some(_), .. }));
    let loose = made(node, json!({ "parameters": { "topology": "zone" } }));
    assert!(matches!(reason(&loose), VolumeReason::Provisioned { node: None, .. }));
}

#[test]
fn the_newest_default_class_counts_and_of_those_of_one_second_the_first_by_name() {
    let default = |name: &str, second: u64, is: &str| {
        let annotations = json!({ "storageclass.kubernetes.io/is-default-class": is });
        let mut class = class(name, json!({ "metadata": { "annotations": annotations } }));
        class.metadata_mut().creation_timestamp = Some(Time(second * 1_000));
        class
    };
    let of = |classes: &[Object]| look(classes, |view| default_class(view.cluster).map(|it| it.metadata.name.clone()));
    assert_eq!(of(&[default("a", 1, "true"), default("b", 2, "true"), default("c", 3, "false")]), Some("b".into()));
    assert_eq!(of(&[default("b", 1, "true"), default("a", 1, "true")]), Some("a".into()));
    assert_eq!(of(&[default("c", 3, "false")]), None);
}
