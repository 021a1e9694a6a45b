//! Names, labels, ordinals.

use super::*;

#[test]
fn a_pod_carries_its_identity_in_name_labels_hostname_and_subdomain() {
    let template = json!({
        "metadata": { "labels": { "app": "web" } },
        "spec": { "hostname": "mine", "subdomain": "mine", "containers": [{ "name": "c", "image": "nginx:1" }] },
    });
    let play = Play::of(json!({ "template": template }));
    let pod = play.pod("web-1");
    let revision = play.set().status.update_revision.clone();
    let labels = &pod.metadata.labels;
    assert_eq!(labels["statefulset.kubernetes.io/pod-name"], "web-1");
    assert_eq!(labels["apps.kubernetes.io/pod-index"], "1");
    assert_eq!(revision_of(&pod), revision, "the full name of the revision");
    assert!(revision.starts_with("web-"));
    assert_eq!((pod.spec.hostname.as_deref(), pod.spec.subdomain.as_deref()), (Some("web-1"), Some("web")));
    let owner = pod.metadata.controller().unwrap();
    assert_eq!((owner.kind.as_str(), owner.uid), ("StatefulSet", play.set().metadata.uid));
}

#[test]
fn a_set_needs_no_service() {
    let play = Play::of(json!({ "serviceName": null }));
    assert_eq!(play.names().len(), 3);
    assert_eq!(play.pod("web-0").spec.subdomain, None);
}

#[test]
fn a_claim_template_replaces_a_volume_of_its_name_and_comes_before_the_others() {
    let template = json!({
        "metadata": { "labels": { "app": "web" } },
        "spec": {
            "containers": [{ "name": "c", "image": "nginx:1" }],
            "volumes": [{ "name": "tmp", "emptyDir": {} }, { "name": "data", "emptyDir": {} }],
        },
    });
    let play = Play::of(json!({ "template": template, "volumeClaimTemplates": data() }));
    let pod = play.pod("web-2");
    let volumes: Vec<_> = pod.spec.volumes.iter().map(|volume| volume.name.as_str()).collect();
    assert_eq!(volumes, ["data", "tmp"]);
    assert_eq!(pod.claim_names().collect::<Vec<_>>(), ["data-web-2"]);
    assert_eq!(pod.spec.volumes[0].empty_dir, None);
}

#[test]
fn ordinals_begin_where_the_set_says_and_moving_the_window_makes_new_pods_first() {
    let mut play = Play::of(json!({ "ordinals": { "start": 5 }, "replicas": 2 }));
    assert_eq!(play.names(), ["web-5", "web-6"]);
    let mark = play.mark();
    play.patch(play.set.clone(), json!({ "spec": { "ordinals": { "start": 6 } } }));
    play.settle();
    assert_eq!(play.since(mark), ["+web-7", "~web-5", "-web-5"]);
}

#[test]
fn a_lost_identity_label_is_put_back_without_a_restart() {
    let mut play = Play::of(json!({}));
    let uid = play.pod("web-1").metadata.uid;
    let labels = json!({ "statefulset.kubernetes.io/pod-name": null, "apps.kubernetes.io/pod-index": null });
    play.patch(of_pod("web-1"), json!({ "metadata": { "labels": labels } }));
    play.settle();
    let pod = play.pod("web-1");
    assert_eq!(pod.metadata.labels["statefulset.kubernetes.io/pod-name"], "web-1");
    assert_eq!(pod.metadata.labels["apps.kubernetes.io/pod-index"], "1");
    assert_eq!(pod.metadata.uid, uid);
}

#[test]
fn a_set_with_a_name_of_more_than_52_characters_is_stored_but_has_no_pods() {
    for policy in ["OrderedReady", "Parallel"] {
        let spec = json!({ "podManagementPolicy": policy, "volumeClaimTemplates": data() });
        let long = "w".repeat(53);
        let play = Play::named(&long, spec.clone(), Settings::default());
        assert_eq!(play.names(), [""; 0]);
        assert_eq!(play.simulation.cluster().claims.len(), 1, "the claim comes before the pod");
        let StatefulSetAct::PodRefused { label, value, .. } = play.last_act() else { panic!("{:?}", play.last_act()) };
        assert_eq!((label.as_str(), value.len()), (REVISION_LABEL, 64));
        assert_eq!(Play::named(&"w".repeat(52), spec, Settings::default()).names().len(), 3);
    }
}

#[test]
fn the_api_server_refuses_a_pod_with_a_label_that_is_too_long() {
    use crate::manifest::validation;
    let labels = |value: String| [("a".to_owned(), value)].into();
    assert_eq!(validation::labels(&labels("v".repeat(63))), []);
    let [error] = validation::labels(&labels("v".repeat(64))).try_into().unwrap();
    let message = format!("metadata.labels: Invalid value: \"{}\": must be no more than 63 bytes", "v".repeat(64));
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_pod_whose_labels_are_edited_out_of_the_selector_keeps_its_name_and_blocks_the_set() {
    let mut play = Play::of(json!({}));
    play.patch(of_pod("web-2"), json!({ "metadata": { "labels": { "app": "other" } } }));
    play.settle();
    assert_eq!(play.last_act(), StatefulSetAct::NameTaken { pod: of_pod("web-2") });
    assert_eq!(play.pod("web-2").metadata.owner_references, []);
    play.delete(of_pod("web-2"));
    play.settle();
    assert_eq!(play.last_act(), StatefulSetAct::Settled { replicas: 3 });
}

#[test]
fn an_orphan_is_adopted_only_if_its_name_is_one_of_the_sets() {
    let mut play = Play::empty("web", Settings::default());
    for name in ["web-0", "web-x"] {
        let spec = json!({ "containers": [{ "name": "c", "image": "nginx:0" }] });
        play.add(Kind::Pod, json!({ "metadata": { "name": name, "labels": { "app": "web" } }, "spec": spec }));
    }
    play.apply(json!({ "replicas": 1, "updateStrategy": { "type": "OnDelete" } }));
    play.settle();
    assert_eq!(play.pod("web-0").metadata.controller().map(|owner| owner.kind.as_str()), Some("StatefulSet"));
    assert_eq!(play.pod("web-x").metadata.controller(), None);
    assert_eq!(play.names(), ["web-0", "web-x"]);
}
