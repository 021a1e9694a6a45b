//! Claims: made, kept, owned, gone.

use super::*;
use crate::api::OwnerReference;

fn retaining(when_deleted: &str, when_scaled: &str) -> Value {
    json!({
        "volumeClaimTemplates": data(),
        "persistentVolumeClaimRetentionPolicy": { "whenDeleted": when_deleted, "whenScaled": when_scaled },
    })
}

fn owners(play: &Play, claim: &str) -> Vec<String> {
    play.claim(claim).metadata.owner_references.iter().map(|owner| format!("{}/{}", owner.kind, owner.name)).collect()
}

#[test]
fn a_claim_is_named_after_template_set_and_ordinal_and_carries_the_labels_of_template_and_selector() {
    let play = Play::of(json!({ "volumeClaimTemplates": data() }));
    let labels = &play.claim("data-web-2").metadata.labels;
    assert_eq!((labels["app"].as_str(), labels["tier"].as_str()), ("web", "db"), "the selector's label wins");
}

#[test]
fn a_claim_that_exists_is_used_and_never_changed() {
    let mut play = Play::empty("web", Settings::default());
    let requests = json!({ "requests": { "storage": "7Gi" } });
    let spec = json!({ "accessModes": ["ReadWriteOnce"], "resources": requests });
    play.add(Kind::PersistentVolumeClaim, json!({ "metadata": { "name": "data-web-0" }, "spec": spec }));
    play.settle();
    let uid = play.claim("data-web-0").metadata.uid;
    play.apply(json!({ "volumeClaimTemplates": data() }));
    play.settle();
    let claim = play.claim("data-web-0");
    assert_eq!((claim.metadata.uid, claim.metadata.labels.len()), (uid, 0));
    assert_eq!(claim.requested_storage(), 7 << 30);
    assert_eq!(play.names().len(), 3);
}

#[test]
fn claims_stay_when_the_set_shrinks_and_are_used_again() {
    let mut play = Play::of(json!({ "volumeClaimTemplates": data() }));
    let uid = play.claim("data-web-2").metadata.uid;
    for replicas in [1, 3] {
        play.scale(replicas);
        play.settle();
    }
    assert_eq!(play.claim("data-web-2").metadata.uid, uid);
}

#[test]
fn the_retention_policy_decides_who_owns_a_claim() {
    let set = vec!["StatefulSet/web".to_owned()];
    for (when_deleted, when_scaled, in_range) in [
        ("Retain", "Retain", vec![]),
        ("Delete", "Retain", set.clone()),
        ("Retain", "Delete", vec![]),
        ("Delete", "Delete", set.clone()),
    ] {
        let mut play = Play::of(retaining(when_deleted, when_scaled));
        assert_eq!(owners(&play, "data-web-2"), in_range, "{when_deleted} {when_scaled}");
        let mark = play.mark();
        play.scale(2);
        play.settle();
        let mut condemned: Vec<Vec<String>> = vec![];
        for change in play.simulation.steps()[mark..].iter().flat_map(|step| &step.changes) {
            if let Some(Object::PersistentVolumeClaim(claim)) = &change.after {
                let owners = claim.metadata.owner_references.iter();
                condemned.push(owners.map(|owner| format!("{}/{}", owner.kind, owner.name)).collect());
            }
        }
        condemned.dedup();
        let remains = play.simulation.cluster().claims.contains(&of_claim("data-web-2").key);
        assert_eq!(remains, when_scaled == "Retain");
        if when_scaled == "Delete" {
            assert_eq!(condemned[0], ["Pod/web-2"], "the pod owns it before the pod goes");
        } else {
            assert_eq!(owners(&play, "data-web-2"), in_range);
        }
        play.delete(play.set.clone());
        play.settle();
        assert_eq!(play.simulation.cluster().claims.is_empty(), when_deleted == "Delete");
    }
}

#[test]
fn deleting_a_pod_for_an_update_deletes_no_claim() {
    let mut play = Play::of(retaining("Delete", "Delete"));
    let uid = play.claim("data-web-1").metadata.uid;
    play.image("nginx:2");
    play.settle();
    assert_eq!(play.images(), ["nginx:2"; 3]);
    assert_eq!(play.claim("data-web-1").metadata.uid, uid);
}

#[test]
fn scaled_up_again_too_early_a_pod_waits_until_its_stale_claim_is_gone() {
    let mut play = Play::of(retaining("Retain", "Delete"));
    let uid = play.claim("data-web-2").metadata.uid;
    play.scale(2);
    // The pod is gone, garbage collection has not come to the claim yet.
    while play.simulation.cluster().pods.contains(&of_pod("web-2").key) {
        play.simulation.advance(1);
    }
    play.scale(3);
    play.simulation.advance(20);
    let wait = StatefulSetAct::ClaimStale { pod: of_pod("web-2"), claim: of_claim("data-web-2") };
    assert_eq!(play.last_act(), wait);
    play.settle();
    assert_ne!(play.claim("data-web-2").metadata.uid, uid);
    assert_eq!(play.names().len(), 3);
}

#[test]
fn a_claim_that_something_else_controls_is_left_alone() {
    let play = Play::of(json!({ "volumeClaimTemplates": data() }));
    let controller = OwnerReference {
        api_version: "v1".into(),
        kind: "Backup".into(),
        name: "nightly".into(),
        controller: Some(true),
        ..Default::default()
    };
    let mut claim = (*play.claim("data-web-1")).clone();
    claim.metadata.owner_references = vec![controller];
    let (set, mut cluster) = (play.set(), play.simulation.cluster().clone());
    let before = cluster.get(&of_claim("data-web-1"));
    cluster.apply(&crate::cluster::Change { before, after: Some(Object::PersistentVolumeClaim(Rc::new(claim))) });
    let mut changed = (*set).clone();
    let policy = json!({ "whenDeleted": "Delete", "whenScaled": "Retain" });
    Rc::make_mut(&mut changed.spec).persistent_volume_claim_retention_policy = serde_json::from_value(policy).unwrap();
    let before = cluster.get(&play.set);
    cluster.apply(&crate::cluster::Change { before, after: Some(Object::StatefulSet(Rc::new(changed))) });
    let (settings, world) = (Settings::default(), crate::actor::World::default());
    let view = crate::actor::View { cluster: &cluster, now: play.simulation.now(), settings: &settings, world: &world };
    let pass = super::super::sync(view, &play.set.key);
    let written: Vec<_> = pass
        .writes
        .iter()
        .filter_map(|write| match write {
            crate::actor::Write::Update(Object::PersistentVolumeClaim(claim)) => Some(claim.metadata.name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(written, ["data-web-0", "data-web-2"]);
    let Some(Reason::StatefulSet(reason)) = pass.reason else { panic!("no reason") };
    assert_eq!(reason.asides, [crate::reason::Aside::ForeignClaims(vec![of_claim("data-web-1")])]);
}

#[test]
fn a_claim_deleted_under_a_running_pod_goes_with_it_and_the_new_one_is_empty() {
    let mut play = Play::of(json!({ "volumeClaimTemplates": data() }));
    let uid = play.claim("data-web-1").metadata.uid;
    play.delete(of_claim("data-web-1"));
    play.settle();
    assert!(play.claim("data-web-1").metadata.is_terminating(), "a pod uses it");
    assert_eq!(play.names().len(), 3);
    play.delete(of_pod("web-1"));
    play.settle();
    assert_ne!(play.claim("data-web-1").metadata.uid, uid);
    assert_eq!(play.set().status.ready_replicas, 3);
}

#[test]
fn a_pod_is_not_made_while_its_claim_is_being_deleted() {
    let mut play = Play::of(json!({ "volumeClaimTemplates": data() }));
    play.delete(of_claim("data-web-1"));
    play.delete(of_pod("web-1"));
    play.settle();
    let waited = play.simulation.steps().iter().any(|step| {
        let act = StatefulSetAct::ClaimTerminating { pod: of_pod("web-1"), claim: of_claim("data-web-1") };
        matches!(&step.reason, Reason::StatefulSet(reason) if reason.act == act)
    });
    assert!(waited);
    assert_eq!(play.set().status.ready_replicas, 3);
}

#[test]
fn a_claim_deleted_under_a_pending_pod_is_made_again() {
    // Without room the pod has no node, so nothing protects its claim.
    let template = json!({
        "metadata": { "labels": { "app": "web" } },
        "spec": { "containers": [{ "name": "c", "image": "nginx:1", "resources": { "requests": { "cpu": "99" } } }] },
    });
    for policy in ["OrderedReady", "Parallel"] {
        let mut play = Play::of(json!({
            "replicas": 1, "podManagementPolicy": policy, "template": template, "volumeClaimTemplates": data(),
        }));
        let uid = play.claim("data-web-0").metadata.uid;
        play.delete(of_claim("data-web-0"));
        play.settle();
        assert_ne!(play.claim("data-web-0").metadata.uid, uid, "{policy}");
        assert!(play.claim("data-web-0").is_bound());
    }
}
