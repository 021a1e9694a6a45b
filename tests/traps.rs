//! Traps that nearly everybody walks into once: each is named when a run walks into it, and not before.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod play;

use play::{BUDGET, DEPLOYMENT, Play, USER, named};
use setwise::api::{Kind, TaintEffect};
use setwise::engine::{Command, Timeline};
use setwise::explain::{Language, warning};
use setwise::reason::Propagation;
use setwise::trap::{Trap, sprung, standing};

/// An ordered set of two with a claim each; `more` goes into its spec.
fn web(image: &str, more: &str) -> String {
    format!(
        "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {{name: fast, annotations: {{storageclass.kubernetes.io/is-default-class: 'true'}}}}
provisioner: example.com/disk
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: web}}
spec:
  serviceName: web
  replicas: 2
  selector: {{matchLabels: {{app: web}}}}
{more}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: nginx, image: '{image}'}}]}}
  volumeClaimTemplates:
  - metadata: {{name: data}}
    spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}
"
    )
}

fn keys(play: &Play) -> Vec<&'static str> {
    standing(play.simulation.cluster()).iter().map(Trap::key).collect()
}

/// The traps that the steps of a run walked into.
fn sprung_in(play: &Play) -> Vec<Trap> {
    let mut timeline = Timeline::new(play.simulation.steps().to_vec());
    let mut traps = vec![];
    for id in 0..timeline.steps().len() {
        timeline.seek(id + 1);
        traps.extend(sprung(timeline.steps(), id, timeline.cluster()));
    }
    traps
}

#[test]
fn a_broken_image_sticks_an_ordered_rollout_and_a_good_template_does_not_free_it() {
    let mut play = Play::on(2, &web("nginx:1", ""));
    play.pass(60);
    assert!(keys(&play).is_empty());
    play.apply(&web("nginx:broken", ""));
    play.pass(60);
    assert!(matches!(&standing(play.simulation.cluster())[..], [Trap::StuckRollout { mended: false, .. }]));
    play.apply(&web("nginx:1", ""));
    play.pass(60);
    assert!(matches!(&standing(play.simulation.cluster())[..], [Trap::StuckRollout { mended: true, .. }]));
    play.delete(Kind::Pod, "web-1");
    play.pass(60);
    assert!(keys(&play).is_empty());
}

#[test]
fn a_set_whose_first_image_is_broken_is_not_a_stuck_rollout() {
    let mut play = Play::on(2, &web("nginx:broken", ""));
    play.pass(60);
    assert!(keys(&play).is_empty());
}

#[test]
fn with_on_delete_the_current_revision_stays_behind() {
    let on_delete = "  updateStrategy: {type: OnDelete}";
    let mut play = Play::on(2, &web("nginx:1", on_delete));
    play.pass(60);
    play.apply(&web("nginx:2", on_delete));
    play.pass(10);
    assert!(keys(&play).is_empty());
    play.delete(Kind::Pod, "web-0");
    play.pass(60);
    play.delete(Kind::Pod, "web-1");
    play.pass(60);
    assert_eq!(keys(&play), ["on-delete-current-revision"]);
}

#[test]
fn a_partition_that_holds_pods_back_is_named_once_the_others_are_updated() {
    let partition = "  updateStrategy: {rollingUpdate: {partition: 1}}";
    let mut play = Play::on(2, &web("nginx:1", partition));
    play.pass(60);
    assert!(keys(&play).is_empty());
    play.apply(&web("nginx:2", partition));
    play.pass(60);
    assert_eq!(keys(&play), ["partition-holds"]);
}

#[test]
fn claims_stay_when_a_set_is_scaled_down_and_go_with_the_policy_that_says_so() {
    let scale = Command::Scale { object: named(Kind::StatefulSet, "web"), replicas: 1 };
    let mut play = Play::on(2, &web("nginx", ""));
    play.pass(60);
    play.command(scale.clone());
    play.pass(60);
    assert_eq!(keys(&play), ["claims-stay"]);
    let mut other = Play::on(2, &web("nginx", "  persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}"));
    other.pass(60);
    other.command(scale);
    other.pass(60);
    assert!(keys(&other).is_empty());
}

#[test]
fn claims_stay_when_their_set_is_deleted() {
    let mut play = Play::on(2, &web("nginx", ""));
    play.pass(60);
    play.delete_as(Kind::StatefulSet, "web", Propagation::Foreground, None);
    play.pass(60);
    let traps = sprung_in(&play);
    assert!(matches!(&traps[..], [Trap::ClaimsStay { claims, .. }] if claims.len() == 2), "{traps:?}");
}

#[test]
fn a_budget_for_all_pods_allows_no_drain() {
    let one = BUDGET.replace("minAvailable: 2", "minAvailable: 1");
    let mut play = Play::on(2, &format!("{BUDGET}---{DEPLOYMENT}"));
    play.pass(60);
    assert_eq!(keys(&play), ["budget-without-slack"]);
    let mut other = Play::on(2, &format!("{one}---{DEPLOYMENT}"));
    other.pass(60);
    assert!(keys(&other).is_empty());
}

#[test]
fn a_local_volume_ties_its_pod_to_a_cordoned_node() {
    let yaml = "
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  local: {path: /disk}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1]}]}]}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: '', resources: {requests: {storage: 1Gi}}}
";
    let mut play = Play::on(2, yaml);
    play.pass(30);
    play.command(Command::Cordon { node: "n1".into(), on: true });
    play.pass(1);
    play.apply(USER);
    play.pass(30);
    assert_eq!(keys(&play), ["volume-ties-pod"]);
    play.command(Command::Cordon { node: "n1".into(), on: false });
    play.pass(30);
    assert!(keys(&play).is_empty());
}

#[test]
fn a_pod_of_a_set_terminates_for_ever_on_a_lost_node() {
    let mut play = Play::on(2, &web("nginx", ""));
    play.pass(60);
    let node = play.pod("web-0").node().unwrap().to_owned();
    play.down(&node);
    play.pass(200);
    assert!(keys(&play).is_empty(), "the pod is tolerated on the node for 300 s");
    play.pass(300);
    assert!(keys(&play).contains(&"terminating-on-lost-node"));
    play.taint(&node, &[("node.kubernetes.io/out-of-service", TaintEffect::NoExecute)]);
    play.pass(120);
    assert!(!keys(&play).contains(&"terminating-on-lost-node"));
}

#[test]
fn a_selector_takes_over_a_pod_that_nobody_controls() {
    let stranger = "
apiVersion: v1
kind: Pod
metadata: {name: mine, labels: {app: app}}
spec: {containers: [{name: c, image: 'x:1'}]}
";
    let mut play = Play::on(2, stranger);
    play.pass(30);
    play.apply(&DEPLOYMENT.replace("kind: Deployment", "kind: ReplicaSet"));
    play.pass(60);
    let traps = sprung_in(&play);
    assert!(
        matches!(&traps[..], [Trap::AdoptsStrangers { pods, .. }] if *pods == [named(Kind::Pod, "mine")]),
        "{traps:?}"
    );
}

#[test]
fn an_autoscaler_takes_back_what_was_scaled_by_hand() {
    let autoscaler = "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: app}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: app}
  minReplicas: 1
  maxReplicas: 3
  metrics: [{type: Resource, resource: {name: cpu, target: {type: AverageValue, averageValue: 100m}}}]
---";
    let mut play = Play::on(2, &format!("{autoscaler}{DEPLOYMENT}"));
    play.pass(60);
    play.command(Command::Scale { object: named(Kind::Deployment, "app"), replicas: 7 });
    play.pass(120);
    let traps = sprung_in(&play);
    assert!(traps.iter().any(|trap| matches!(trap, Trap::AutoscalerOverrules { asked: 7, set: 3, .. })), "{traps:?}");
}

#[test]
fn every_trap_has_a_name_and_a_way_out() {
    let mut play = Play::on(2, &web("nginx:1", ""));
    play.pass(60);
    play.apply(&web("nginx:broken", ""));
    play.pass(60);
    let words = warning(&standing(play.simulation.cluster())[0], Language::En);
    assert_eq!(words.title.to_string(), "Stuck rollout");
    assert!(words.what.to_string().contains("web-1 cannot become Ready"));
    assert!(words.out.to_string().ends_with("delete web-1. It comes back from the good one."));
}
