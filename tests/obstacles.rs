//! What stands in the way of an object, down to the root, and what would change it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod play;
#[path = "invariants/story.rs"]
mod story;

use play::{BUDGET, DAEMON_SET, DEPLOYMENT, Play, USER, named};
use proptest::prelude::*;
use setwise::api::TaintEffect::NoSchedule;
use setwise::api::{Kind, ObjectRef, Resource, Time};
use setwise::cluster::Cluster;
use setwise::controllers::stateful_set::pod_name;
use setwise::engine::{Command, Timeline};
use setwise::explain::{Answer, Language, why_not};
use setwise::obstacle::{Moment, Question, Remedy, chain};
use story::{played, story};

/// An ordered set of three; `more` goes into the pod's spec.
fn web(image: &str, more: &str) -> String {
    format!(
        "
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: web}}
spec:
  serviceName: web
  replicas: 3
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers: [{{name: nginx, image: '{image}'}}]
{more}
"
    )
}

fn ask(play: &Play, question: &Question) -> Answer {
    let simulation = &play.simulation;
    let moment = Moment { cluster: simulation.cluster(), steps: simulation.steps(), now: simulation.now() };
    why_not(moment, question, Language::En)
}

fn about(kind: Kind, name: &str) -> Question {
    Question::Object(match kind {
        Kind::Node => ObjectRef::new(kind, "", name),
        _ => named(kind, name),
    })
}

fn causes(play: &Play, question: &Question) -> Vec<String> {
    ask(play, question).because.iter().map(|because| because.text.to_string()).collect()
}

fn advice(play: &Play, question: &Question) -> Vec<String> {
    let advice = ask(play, question).advice;
    advice.iter().map(|advice| advice.command.clone().unwrap_or_else(|| advice.text.to_string())).collect()
}

#[test]
fn a_pod_that_is_not_made_leads_to_the_image_that_cannot_be_pulled() {
    let mut play = Play::on(3, &web("nginx:broken", ""));
    play.pass(30);
    let question = about(Kind::Pod, "web-2");
    assert_eq!(
        causes(&play, &question),
        [
            "web-2 is not created yet: an ordered set creates one pod at a time, lowest ordinal first, and web-0 is not available.",
            "Container nginx of web-0 does not start: its image nginx:broken cannot be pulled (ImagePullBackOff).",
        ]
    );
    assert_eq!(advice(&play, &question), ["kubectl set image statefulset/web nginx=IMAGE", "kubectl delete pod web-0"]);
}

#[test]
fn the_next_ordinal_is_what_its_controller_says_it_waits_for() {
    let mut play = Play::on(3, &web("nginx:notready", "      x: y").replace("      x: y", ""));
    play.pass(30);
    assert_eq!(
        causes(&play, &about(Kind::Pod, "web-1")),
        ["web waits for web-0 to be Ready.", "web-0 runs, but its Ready condition is not True."]
    );
}

#[test]
fn a_pod_above_the_wanted_ordinals_is_not_wanted() {
    let mut play = Play::on(3, &web("nginx", ""));
    play.pass(60);
    let question = about(Kind::Pod, "web-3");
    assert_eq!(causes(&play, &question), ["web-3 is not wanted: the pods of web have the ordinals 0 to 2."]);
    assert_eq!(advice(&play, &question), ["kubectl scale statefulset/web --replicas=4"]);
}

#[test]
fn nothing_stands_in_the_way_of_a_pod_that_runs_well() {
    let mut play = Play::on(3, &web("nginx", ""));
    play.pass(60);
    assert!(causes(&play, &about(Kind::Pod, "web-2")).is_empty());
    assert!(causes(&play, &about(Kind::StatefulSet, "web")).is_empty());
}

#[test]
fn a_reverted_template_does_not_free_an_ordered_set_and_the_advice_says_so() {
    let mut play = Play::on(3, &web("nginx:1", ""));
    play.pass(60);
    play.apply(&web("nginx:broken", ""));
    play.pass(60);
    play.apply(&web("nginx:1", ""));
    play.pass(60);
    let question = about(Kind::StatefulSet, "web");
    assert_eq!(
        causes(&play, &question),
        [
            "web waits for web-2 to start.",
            "Container nginx of web-2 does not start: its image nginx:broken cannot be pulled (ImagePullBackOff).",
        ]
    );
    assert_eq!(
        advice(&play, &question),
        [
            "kubectl set image statefulset/web nginx=IMAGE",
            "kubectl rollout undo statefulset/web",
            "kubectl delete pod web-2",
        ]
    );
    play.delete(Kind::Pod, "web-2");
    play.pass(60);
    assert!(causes(&play, &question).is_empty());
}

#[test]
fn a_pod_below_the_partition_is_kept_old_on_purpose() {
    let mut play = Play::on(3, &web("nginx:1", ""));
    play.pass(60);
    play.patch(
        Kind::StatefulSet,
        "web",
        r#"{"spec":{"updateStrategy":{"rollingUpdate":{"partition":2}},"template":{"spec":{"containers":[{"name":"nginx","image":"nginx:2"}]}}}}"#,
    );
    play.pass(60);
    let question = about(Kind::Pod, "web-0");
    assert_eq!(
        causes(&play, &question),
        ["web-0 runs well, from an old template of web. Its ordinal is below the partition 2, so it is not updated."]
    );
    assert!(advice(&play, &question)[0].starts_with("kubectl patch statefulset/web"));
    assert!(causes(&play, &about(Kind::Pod, "web-2")).is_empty());
}

#[test]
fn with_on_delete_an_old_pod_waits_for_somebody_to_delete_it() {
    let on_delete = |image: &str| {
        web(image, "").replace("  serviceName: web", "  serviceName: web\n  updateStrategy: {type: OnDelete}")
    };
    let mut play = Play::on(3, &on_delete("nginx:1"));
    play.pass(60);
    play.apply(&on_delete("nginx:2"));
    play.pass(60);
    assert_eq!(advice(&play, &about(Kind::Pod, "web-1")), ["kubectl delete pod web-1"]);
    assert_eq!(advice(&play, &about(Kind::StatefulSet, "web")), ["kubectl delete pod web-0"]);
}

#[test]
fn a_node_that_is_not_heard_of_keeps_a_pod_terminating_and_two_things_help() {
    let mut play = Play::on(3, &web("nginx", ""));
    play.pass(60);
    let node = play.pod("web-0").node().unwrap().to_owned();
    play.down(&node);
    play.pass(400);
    let question = about(Kind::Pod, "web-0");
    let told = causes(&play, &question);
    assert!(told[0].starts_with(&format!("web-0 depends on the kubelet of {node}")), "{told:?}");
    assert!(told[1].starts_with(&format!("The kubelet of {node} sends no heartbeats")), "{told:?}");
    assert_eq!(
        advice(&play, &question),
        [
            format!("lab node up {node}"),
            format!("kubectl taint nodes {node} node.kubernetes.io/out-of-service=nodeshutdown:NoExecute"),
        ]
    );
}

#[test]
fn a_daemon_pod_is_kept_off_by_the_taint_that_the_answer_names() {
    let mut play = Play::on(2, "");
    play.taint("n1", &[("dedicated", NoSchedule)]);
    play.apply(DAEMON_SET);
    play.pass(60);
    let on = |node: &str| Question::DaemonPod { set: named(Kind::DaemonSet, "agent"), node: node.into() };
    assert_eq!(
        causes(&play, &on("n1")),
        ["agent starts no pod on n1: the taint dedicated:NoSchedule is not tolerated."]
    );
    assert_eq!(advice(&play, &on("n1")), ["kubectl taint nodes n1 dedicated:NoSchedule-"]);
    assert!(causes(&play, &on("n2")).is_empty());
}

#[test]
fn a_deployment_that_is_stuck_leads_through_its_replica_set_to_the_pod() {
    let mut play = Play::on(2, DEPLOYMENT);
    play.pass(60);
    play.apply(&DEPLOYMENT.replace("app:1", "app:broken"));
    play.pass(60);
    let told = causes(&play, &about(Kind::Deployment, "app"));
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[2].contains("its image app:broken cannot be pulled"), "{told:?}");
    assert_eq!(
        advice(&play, &about(Kind::Deployment, "app")),
        ["kubectl set image deployment/app c=IMAGE", "kubectl rollout undo deployment/app"]
    );
}

#[test]
fn a_paused_deployment_asks_to_be_resumed() {
    let mut play = Play::on(2, DEPLOYMENT);
    play.pass(60);
    play.command(Command::RolloutPause(named(Kind::Deployment, "app")));
    play.apply(&DEPLOYMENT.replace("app:1", "app:2").replace("  replicas: 2", "  replicas: 2\n  paused: true"));
    play.pass(60);
    assert_eq!(advice(&play, &about(Kind::Deployment, "app")), ["kubectl rollout resume deployment/app"]);
}

#[test]
fn a_pod_that_asks_for_too_much_is_told_to_make_room() {
    let pod = "
apiVersion: v1
kind: Pod
metadata: {name: big}
spec:
  containers: [{name: c, image: 'x:1', resources: {requests: {cpu: '64'}}}]
";
    let mut play = Play::on(2, pod);
    play.pass(10);
    assert_eq!(
        causes(&play, &about(Kind::Pod, "big")),
        [
            "The scheduler finds no node for big. 2 nodes have too little left: the sum of resources.requests counts, not what the pods really use."
        ]
    );
    assert_eq!(advice(&play, &about(Kind::Pod, "big")), ["Add a node with room, free some on one, or request less."]);
}

#[test]
fn a_pod_without_its_claim_leads_to_the_claim_that_is_missing() {
    let mut play = Play::on(2, USER);
    play.pass(10);
    let question = about(Kind::Pod, "user");
    assert_eq!(causes(&play, &question).last().unwrap(), "PersistentVolumeClaim data does not exist.");
    assert_eq!(advice(&play, &question), ["Create PersistentVolumeClaim data."]);
}

#[test]
fn a_claim_in_use_leads_to_its_pod() {
    let yaml = "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}
provisioner: example.com/disk
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---";
    let mut play = Play::on(2, &format!("{yaml}{USER}"));
    play.pass(30);
    play.delete(Kind::PersistentVolumeClaim, "data");
    play.pass(10);
    assert_eq!(advice(&play, &about(Kind::PersistentVolumeClaim, "data")), ["kubectl delete pod user"]);
}

#[test]
fn a_service_without_a_ready_pod_leads_to_what_the_pod_lacks() {
    let service = "
apiVersion: v1
kind: Service
metadata: {name: app}
spec: {selector: {app: app}, ports: [{port: 80}]}
---";
    let mut play = Play::on(2, &format!("{service}{}", DEPLOYMENT.replace("app:1", "app:notready")));
    play.pass(30);
    let told = causes(&play, &about(Kind::Service, "app"));
    assert_eq!(told[0], "app sends nobody anywhere: none of the pods that it selects is Ready.");
    assert!(told[1].ends_with("its Ready condition is not True."), "{told:?}");
}

#[test]
fn a_service_that_selects_nothing_is_to_agree_with_the_labels() {
    let service = "
apiVersion: v1
kind: Service
metadata: {name: app}
spec: {selector: {app: ap}, ports: [{port: 80}]}
---";
    let mut play = Play::on(2, &format!("{service}{DEPLOYMENT}"));
    play.pass(30);
    assert_eq!(
        advice(&play, &about(Kind::Service, "app")),
        ["Make the selector of app agree with the labels of the pods that it is meant for."]
    );
}

#[test]
fn a_cordoned_node_says_so() {
    let mut play = Play::on(2, "");
    play.command(Command::Cordon { node: "n1".into(), on: true });
    play.pass(5);
    assert_eq!(advice(&play, &about(Kind::Node, "n1")), ["kubectl uncordon n1"]);
    assert!(causes(&play, &about(Kind::Node, "n2")).is_empty());
}

#[test]
fn a_budget_without_slack_leads_to_the_pod_that_is_not_healthy() {
    let mut play = Play::on(2, &format!("{BUDGET}---{DEPLOYMENT}"));
    play.pass(60);
    let question = about(Kind::PodDisruptionBudget, "app");
    assert_eq!(
        causes(&play, &question),
        ["app allows no eviction: 2 of its pods are healthy, and 2 have to be at all times."]
    );
    assert_eq!(advice(&play, &question), ["Let app ask for less, or run more pods than it asks for."]);
}

/// Everything of a cluster that is not as its owner wants it, as questions.
fn unsatisfied(cluster: &Cluster, now: Time) -> Vec<Question> {
    let pods = cluster.pods.iter().filter(|pod| !pod.is_ready() || pod.is_terminating());
    let mut questions: Vec<Question> = pods.map(|pod| Question::Object(pod.reference())).collect();
    for set in cluster.stateful_sets.iter() {
        let start = set.spec.start_ordinal();
        let names = (start..start + set.spec.replicas()).map(|ordinal| pod_name(&set.metadata.name, ordinal));
        let pods = names.map(|name| ObjectRef::new(Kind::Pod, &set.metadata.namespace, &name));
        questions.extend(pods.filter(|pod| !cluster.pods.contains(&pod.key)).map(Question::Object));
    }
    for set in cluster.daemon_sets.iter().filter(|set| !set.metadata.is_terminating()) {
        let available = |node: &str| {
            let mut pods = cluster.pods_of(set.metadata.uid);
            pods.any(|pod| pod.node() == Some(node) && pod.is_available(0, now) && !pod.is_terminating())
        };
        let nodes = cluster.nodes.iter().map(|node| &node.metadata.name).filter(|node| !available(node));
        questions.extend(nodes.map(|node| Question::DaemonPod { set: set.reference(), node: node.clone() }));
    }
    let claims = cluster.claims.iter().filter(|claim| !claim.is_bound());
    questions.extend(claims.map(|claim| Question::Object(claim.reference())));
    questions
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_not_as_wanted_when_a_run_rests_has_an_answer(story in story()) {
        let simulation = played(&story);
        let moment = Moment { cluster: simulation.cluster(), steps: simulation.steps(), now: simulation.now() };
        for question in unsatisfied(moment.cluster, moment.now) {
            let answer = why_not(moment, &question, Language::En);
            prop_assert!(!answer.because.is_empty(), "no answer to {:?}", question);
            prop_assert!(answer.because.iter().all(|because| !because.text.is_empty()), "an empty answer to {:?}", question);
            // Nothing is left to happen, so no answer may say that it goes on by itself.
            let goes_on = chain(moment, &question).remedies.iter().any(|remedy| matches!(remedy, Remedy::Wait { .. }));
            prop_assert!(!goes_on, "{:?} is told to wait: {:?}", question, answer.because);
        }
    }

    #[test]
    fn a_question_is_answered_at_every_moment_of_a_run(story in story(), stops in prop::collection::vec(any::<prop::sample::Index>(), 4)) {
        let simulation = played(&story);
        let mut timeline = Timeline::new(simulation.steps().to_vec());
        for stop in stops {
            timeline.seek(stop.index(timeline.steps().len() + 1));
            let steps = &timeline.steps()[..timeline.position()];
            let now = timeline.current().map_or(Time::ZERO, |step| step.at);
            let moment = Moment { cluster: timeline.cluster(), steps, now };
            for question in unsatisfied(moment.cluster, now) {
                let Question::Object(object) = &question else { continue };
                let answered = !why_not(moment, &question, Language::En).because.is_empty();
                // A claim that nobody has looked at yet has nothing in its way.
                prop_assert!(answered || object.kind != Kind::Pod, "no answer to {:?}", question);
            }
        }
    }
}
