//! Claims and volumes: binding, provisioning, protection, loss, growth, attachment.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod play;

use play::Play;
use setwise::api::TaintEffect::NoExecute;
use setwise::api::{Kind, PodPhase};
use setwise::engine::Command;
use setwise::reason::{NamedVolumeProblem, Propagation, Reason, VolumeReason};

fn class(name: &str, more: &str) -> String {
    format!(
        "---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: {name}}}\nprovisioner: example.com/disk\n{more}\n"
    )
}

fn default_class(name: &str) -> String {
    format!(
        "---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: {name}, annotations: \
         {{storageclass.kubernetes.io/is-default-class: 'true'}}}}\nprovisioner: example.com/disk\n"
    )
}

/// A volume; `more` goes into its spec.
fn volume(name: &str, size: &str, more: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {{name: {name}, labels: {{tier: {name}}}}}\nspec:\n  \
         capacity: {{storage: {size}}}\n  accessModes: [ReadWriteOnce]\n  csi: {{driver: example.com, volumeHandle: {name}}}\n{more}\n"
    )
}

/// A claim of 2Gi; `more` goes into its spec.
fn claim(name: &str, more: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: {name}}}\nspec:\n  \
         accessModes: [ReadWriteOnce]\n  resources: {{requests: {{storage: 2Gi}}}}\n{more}\n"
    )
}

/// A pod that uses claims; `more` goes into its spec.
fn pod(name: &str, claims: &[&str], more: &str) -> String {
    let volumes: Vec<String> = claims
        .iter()
        .map(|claim| format!("{{name: {claim}, persistentVolumeClaim: {{claimName: {claim}}}}}"))
        .collect();
    format!(
        "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec:\n  containers: [{{name: c, image: 'x:1'}}]\n  \
         volumes: [{}]\n{more}\n",
        volumes.join(", ")
    )
}

fn problem(play: &Play) -> Option<NamedVolumeProblem> {
    let waits = play.steps(|reason| matches!(reason, Reason::Volume(VolumeReason::NamedVolume { .. })));
    waits.last().and_then(|step| match &step.reason {
        Reason::Volume(VolumeReason::NamedVolume { problem, .. }) => Some(problem.clone()),
        _ => None,
    })
}

#[test]
fn a_claim_takes_the_smallest_volume_that_is_large_enough_and_all_of_it() {
    let mut play =
        Play::on(1, &[volume("small", "1Gi", ""), volume("large", "9Gi", ""), volume("fit", "3Gi", "")].concat());
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    assert_eq!(play.bound_to("data"), "fit");
    assert_eq!(play.claim("data").status.capacity["storage"].as_str(), "3Gi");
    assert_eq!(play.volume_phase("fit"), "Bound");
    let annotations = play.claim("data").metadata.annotations.clone();
    assert_eq!(annotations.get("pv.kubernetes.io/bind-completed").map(String::as_str), Some("yes"));
    assert_eq!(annotations.get("pv.kubernetes.io/bound-by-controller").map(String::as_str), Some("yes"));
}

#[test]
fn a_volume_with_fewer_access_modes_is_taken_before_a_smaller_one_with_more() {
    let shared = volume("shared", "2Gi", "").replace("[ReadWriteOnce]", "[ReadWriteOnce, ReadWriteMany]");
    let mut play = Play::on(1, &[shared, volume("single", "5Gi", "")].concat());
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    assert_eq!(play.bound_to("data"), "single");
}

#[test]
fn access_modes_volume_mode_class_and_selector_all_have_to_fit() {
    let volumes = [
        volume("block", "2Gi", "  volumeMode: Block"),
        volume("other-class", "2Gi", "  storageClassName: slow"),
        volume("good", "8Gi", ""),
    ];
    let mut play = Play::on(1, &volumes.concat());
    play.apply(&claim("many", "  storageClassName: ''").replace("ReadWriteOnce", "ReadWriteMany"));
    play.apply(&claim("picky", "  storageClassName: ''\n  selector: {matchLabels: {tier: gold}}"));
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    assert_eq!(play.bound_to("many"), "Pending");
    assert_eq!(play.bound_to("picky"), "Pending");
    assert_eq!(play.bound_to("data"), "good");
}

#[test]
fn a_volume_kept_for_a_claim_is_given_to_it_and_to_no_other() {
    let kept = volume("kept", "9Gi", "  claimRef: {namespace: default, name: data}");
    let mut play = Play::on(1, &[kept, volume("free", "2Gi", "")].concat());
    play.apply(&claim("other", "  storageClassName: ''"));
    play.pass(5);
    assert_eq!(play.bound_to("other"), "free");
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    assert_eq!(play.bound_to("data"), "kept");
}

#[test]
fn a_claim_that_names_its_volume_waits_for_that_one() {
    let mut play = Play::on(1, &volume("other", "2Gi", ""));
    play.apply(&claim("data", "  storageClassName: ''\n  volumeName: mine"));
    play.pass(20);
    assert_eq!(play.bound_to("data"), "Pending");
    assert_eq!(problem(&play), Some(NamedVolumeProblem::Absent));
    play.apply(&volume("mine", "1Gi", ""));
    play.pass(20);
    assert_eq!(problem(&play), Some(NamedVolumeProblem::Misfit("requested PV is too small".into())));
    play.apply(&claim("late", "  storageClassName: ''\n  volumeName: other"));
    play.pass(5);
    assert_eq!(play.bound_to("late"), "other");
}

#[test]
fn a_named_volume_that_belongs_to_another_claim_is_not_given_away() {
    let mut play = Play::on(1, &volume("pv", "2Gi", ""));
    play.apply(&claim("first", "  storageClassName: ''"));
    play.pass(5);
    play.apply(&claim("second", "  storageClassName: ''\n  volumeName: pv"));
    play.pass(20);
    assert_eq!(problem(&play), Some(NamedVolumeProblem::Taken(play::named(Kind::PersistentVolumeClaim, "first"))));
}

#[test]
fn a_retained_volume_is_released_and_given_to_nobody_until_its_reference_is_cleared() {
    let mut play = Play::on(1, &volume("pv", "2Gi", ""));
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    play.delete(Kind::PersistentVolumeClaim, "data");
    play.pass(5);
    assert_eq!(play.volume_phase("pv"), "Released");
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(30);
    assert_eq!(play.bound_to("data"), "Pending", "not even a claim of the same name gets it");
    play.patch(Kind::PersistentVolume, "pv", r#"{"spec": {"claimRef": null}}"#);
    play.pass(30);
    assert_eq!(play.bound_to("data"), "pv");
}

#[test]
fn taking_only_the_identity_from_the_reference_keeps_the_volume_for_a_claim_of_that_name() {
    let mut play = Play::on(1, &volume("pv", "2Gi", ""));
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    play.delete(Kind::PersistentVolumeClaim, "data");
    play.pass(5);
    play.patch(Kind::PersistentVolume, "pv", r#"{"spec": {"claimRef": {"uid": null}}}"#);
    play.pass(5);
    assert_eq!(play.volume_phase("pv"), "Available");
    play.apply(&claim("other", "  storageClassName: ''"));
    play.pass(20);
    assert_eq!(play.bound_to("other"), "Pending");
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(20);
    assert_eq!(play.bound_to("data"), "pv");
}

#[test]
fn applying_a_bound_volume_again_does_not_part_it_from_its_claim() {
    let mut play = Play::on(1, &volume("pv", "2Gi", ""));
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    play.apply(&[volume("pv", "2Gi", "  mountOptions: [ro]"), claim("data", "  storageClassName: ''")].concat());
    play.pass(30);
    assert_eq!((play.bound_to("data").as_str(), play.volume_phase("pv").as_str()), ("pv", "Bound"));
}

#[test]
fn a_provisioned_volume_goes_with_its_claim_unless_its_class_retains() {
    let mut play = Play::on(1, &[class("quick", ""), class("safe", "reclaimPolicy: Retain")].concat());
    play.apply(&[claim("a", "  storageClassName: quick"), claim("b", "  storageClassName: safe")].concat());
    play.pass(5);
    let (a, b) = (play.bound_to("a"), play.bound_to("b"));
    assert!(a.starts_with("pvc-") && b.starts_with("pvc-"), "{a} {b}");
    play.delete(Kind::PersistentVolumeClaim, "a");
    play.delete(Kind::PersistentVolumeClaim, "b");
    play.pass(5);
    assert_eq!((play.volume_phase(&a).as_str(), play.volume_phase(&b).as_str()), ("gone", "Released"));
}

#[test]
fn a_bound_volume_that_is_deleted_stays_until_its_claim_is_gone() {
    let mut play = Play::on(1, &volume("pv", "2Gi", ""));
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    play.delete(Kind::PersistentVolume, "pv");
    play.pass(30);
    assert!(play.find_volume("pv").unwrap().metadata.is_terminating());
    assert_eq!(play.bound_to("data"), "pv", "the claim can still be used");
    play.delete(Kind::PersistentVolumeClaim, "data");
    play.pass(30);
    assert!(play.find_volume("pv").is_none());
}

#[test]
fn a_claim_whose_volume_is_gone_is_lost_and_its_pods_find_no_node() {
    let mut play = Play::on(1, &volume("pv", "2Gi", ""));
    play.apply(&claim("data", "  storageClassName: ''"));
    play.pass(5);
    play.delete(Kind::PersistentVolume, "pv");
    play.patch(Kind::PersistentVolume, "pv", r#"{"metadata": {"finalizers": null}}"#);
    play.pass(5);
    assert!(play.find_volume("pv").is_none());
    assert_eq!(play.bound_to("data"), "Lost");
    play.apply(&pod("p", &["data"], ""));
    play.pass(5);
    let message = play.pod("p").condition("PodScheduled").unwrap().message.clone().unwrap();
    assert!(message.contains("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"), "{message}");
}

#[test]
fn a_claim_in_use_stays_until_its_last_pod_is_gone() {
    let mut play = Play::on(1, &[volume("pv", "2Gi", ""), claim("data", "  storageClassName: ''")].concat());
    play.apply(&pod("p", &["data"], ""));
    play.pass(10);
    play.delete(Kind::PersistentVolumeClaim, "data");
    play.pass(100);
    assert!(play.claim("data").metadata.is_terminating());
    assert!(play.pod("p").is_ready(), "the pod goes on");
    play.delete(Kind::Pod, "p");
    play.pass(60);
    assert_eq!(play.simulation.cluster().claims.len(), 0);
}

#[test]
fn of_several_default_classes_the_newest_counts_and_an_empty_name_means_none() {
    let mut play = Play::on(1, &default_class("old"));
    play.pass(5);
    play.apply(&default_class("new"));
    play.apply(&[claim("data", ""), claim("none", "  storageClassName: ''")].concat());
    play.pass(5);
    assert_eq!(play.claim("data").spec.storage_class_name.as_deref(), Some("new"));
    assert_eq!(play.bound_to("none"), "Pending");
}

#[test]
fn a_claim_without_a_class_gets_the_default_class_afterwards_unless_it_is_bound() {
    let mut play = Play::on(1, &volume("pv", "2Gi", ""));
    play.apply(&[claim("bound", ""), claim("open", ""), claim("none", "  storageClassName: ''")].concat());
    play.pass(5);
    let open = if play.bound_to("bound") == "pv" { "open" } else { "bound" };
    assert_eq!(play.bound_to(open), "Pending");
    play.apply(&default_class("std"));
    play.pass(30);
    assert_eq!(play.claim(open).spec.storage_class_name.as_deref(), Some("std"));
    assert!(play.bound_to(open).starts_with("pvc-"));
    assert_eq!(play.bound_to("none"), "Pending");
    let classless = play.simulation.cluster().claims.iter().filter(|claim| claim.spec.storage_class_name.is_none());
    assert_eq!(classless.count(), 1, "the bound one keeps no class");
}

#[test]
fn a_class_that_waits_for_the_first_consumer_makes_the_volume_for_the_chosen_node() {
    let waits = class("local", "volumeBindingMode: WaitForFirstConsumer\nparameters: {topology: node}");
    let mut play = Play::on(3, &waits);
    play.apply(&claim("data", "  storageClassName: local"));
    play.pass(60);
    assert_eq!(play.bound_to("data"), "Pending");
    play.apply(&pod("p", &["data"], "  nodeSelector: {kubernetes.io/hostname: n2}"));
    play.pass(30);
    assert!(play.pod("p").is_ready());
    assert_eq!(play.pod("p").node(), Some("n2"));
    assert_eq!(play.claim("data").metadata.annotations["volume.kubernetes.io/selected-node"], "n2");
    play.delete(Kind::Pod, "p");
    play.pass(60);
    play.apply(&pod("p", &["data"], "  nodeSelector: {kubernetes.io/hostname: n3}"));
    play.pass(30);
    let message = play.pod("p").condition("PodScheduled").unwrap().message.clone().unwrap();
    assert!(message.contains("didn't match PersistentVolume's node affinity"), "{message}");
}

#[test]
fn two_claims_of_a_pod_do_not_take_the_same_volume_and_the_smaller_chooses_first() {
    let waits = class("hand", "volumeBindingMode: WaitForFirstConsumer")
        .replace("example.com/disk", "kubernetes.io/no-provisioner");
    let volumes = [volume("two", "2Gi", "  storageClassName: hand"), volume("five", "5Gi", "  storageClassName: hand")];
    let mut play = Play::on(1, &[waits, volumes.concat()].concat());
    let big = claim("big", "  storageClassName: hand").replace("2Gi", "4Gi");
    play.apply(&[big, claim("small", "  storageClassName: hand")].concat());
    play.apply(&pod("p", &["big", "small"], ""));
    play.pass(30);
    assert_eq!((play.bound_to("big").as_str(), play.bound_to("small").as_str()), ("five", "two"));
    assert!(play.pod("p").is_ready());
    play.apply(&[claim("more", "  storageClassName: hand"), pod("q", &["more"], "")].concat());
    play.pass(30);
    let message = play.pod("q").condition("PodScheduled").unwrap().message.clone().unwrap();
    assert!(message.contains("didn't find available persistent volumes to bind"), "{message}");
}

#[test]
fn a_claim_with_a_selector_is_not_provisioned() {
    let mut play = Play::on(1, &class("quick", ""));
    play.apply(&claim("data", "  storageClassName: quick\n  selector: {matchLabels: {tier: gold}}"));
    play.pass(60);
    assert_eq!(play.bound_to("data"), "Pending");
    let refused = |reason: &Reason| matches!(reason, Reason::Volume(VolumeReason::SelectorNotProvisioned { .. }));
    assert_eq!(play.steps(refused).count(), 1);
}

const GROW: &str = r#"{"spec": {"resources": {"requests": {"storage": "4Gi"}}}}"#;

#[test]
fn a_claim_grows_only_where_its_class_allows_it() {
    let mut play = Play::on(1, &class("fixed", ""));
    play.apply(&claim("data", "  storageClassName: fixed"));
    play.pass(5);
    let command = play.merge_patch(Kind::PersistentVolumeClaim, "data", GROW);
    assert_eq!(
        play.refused(command),
        "persistentvolumeclaims \"data\" is forbidden: only dynamically provisioned pvc can be resized and the storageclass \
         that provisions the pvc must support resize"
    );
}

#[test]
fn a_claim_that_grows_has_its_new_size_once_a_pod_has_it_mounted() {
    let mut play = Play::on(1, &class("elastic", "allowVolumeExpansion: true"));
    play.apply(&claim("data", "  storageClassName: elastic"));
    play.pass(5);
    play.patch(Kind::PersistentVolumeClaim, "data", GROW);
    play.pass(30);
    let size = |play: &Play| play.claim("data").status.capacity["storage"].as_str().to_owned();
    let volume = play.bound_to("data");
    assert_eq!(play.find_volume(&volume).unwrap().spec.capacity["storage"].as_str(), "4Gi", "the volume grows first");
    assert_eq!(size(&play), "2Gi");
    assert_eq!(play.claim("data").status.conditions[0].kind, "FileSystemResizePending");
    play.apply(&pod("p", &["data"], ""));
    play.pass(30);
    assert_eq!(size(&play), "4Gi");
    assert!(play.claim("data").status.conditions.is_empty());
    play.patch(Kind::PersistentVolumeClaim, "data", &GROW.replace('4', "6"));
    play.pass(30);
    assert_eq!(size(&play), "6Gi", "while it is mounted it grows in place");
}

#[test]
fn a_read_write_once_volume_is_used_on_one_node_at_a_time_and_there_by_many() {
    let mut play = Play::on(2, &class("net", ""));
    play.apply(&claim("data", "  storageClassName: net"));
    play.pass(5);
    let on = |node: &str| format!("  nodeName: {node}");
    play.apply(&[pod("a", &["data"], &on("n1")), pod("b", &["data"], &on("n1"))].concat());
    play.pass(10);
    play.apply(&pod("c", &["data"], &on("n2")));
    play.pass(600);
    assert!(play.pod("a").is_ready() && play.pod("b").is_ready());
    assert_eq!(play.pod("c").status.phase, PodPhase::Pending);
    let waits = play.steps(|reason| matches!(reason, Reason::Volume(VolumeReason::MultiAttach { .. })));
    let Some(Reason::Volume(VolumeReason::MultiAttach { node, until, pods, .. })) =
        waits.last().map(|step| step.reason.clone())
    else {
        panic!()
    };
    assert_eq!((node.as_str(), until, pods.len()), ("n1", None, 2));
    play.delete(Kind::Pod, "a");
    play.delete(Kind::Pod, "b");
    play.pass(60);
    assert!(play.pod("c").is_ready());
}

/// A pod moved from the silent `n1` to `n2` by force, at 100 s.
fn moved_by_force() -> Play {
    let mut play = Play::on(2, &class("net", ""));
    play.apply(&claim("data", "  storageClassName: net"));
    play.pass(5);
    play.apply(&pod("p", &["data"], "  nodeName: n1"));
    play.until(20);
    play.down("n1");
    play.until(100);
    play.delete_as(Kind::Pod, "p", Propagation::Background, Some(0));
    play.apply(&pod("p", &["data"], "  nodeName: n2"));
    play
}

#[test]
fn a_volume_on_a_dead_node_is_detached_by_force_after_six_minutes() {
    let mut play = moved_by_force();
    play.until(455);
    assert_eq!(play.pod("p").status.phase, PodPhase::Pending);
    play.until(465);
    assert!(play.pod("p").is_ready());
}

#[test]
fn a_volume_on_a_node_declared_out_of_service_is_detached_at_once() {
    let mut play = moved_by_force();
    play.until(120);
    play.taint("n1", &[("node.kubernetes.io/out-of-service", NoExecute)]);
    play.until(130);
    assert!(play.pod("p").is_ready());
}

#[test]
fn a_node_that_is_back_gives_its_volumes_back() {
    let mut play = moved_by_force();
    play.until(120);
    play.command(Command::NodeUp("n1".into()));
    play.until(130);
    assert!(play.pod("p").is_ready());
}
