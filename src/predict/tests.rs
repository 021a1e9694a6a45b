//! Questions about short runs that everybody can follow.

use super::words::{en, zh};
use super::*;
use crate::actor::Settings;
use crate::engine::{Bounds, Simulation, default_cluster};
use crate::kubectl::script::{console_for, rest, run_after_rest};
use crate::manifest::SourceFile;

const WEB: &str = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: 'web:1'}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
";

const APP: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  replicas: 3
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec: {containers: [{name: c, image: 'app:1'}]}
";

const AGENT: &str = "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: c, image: 'agent:1'}]}
";

/// What can be asked about the last of some scripts, each run on the state that the one before left.
fn asked(manifest: &str, scripts: &[&str]) -> Vec<Prediction> {
    let file = SourceFile { name: "a.yaml".into(), text: manifest.into() };
    let mut console = console_for(vec![file]);
    let mut all = vec![];
    for script in scripts {
        let before = console.simulation().cluster().clone();
        let from = console.simulation().steps().len();
        run_after_rest(&mut console, None, script);
        rest(&mut console);
        let steps = console.simulation().steps();
        all = predictions(&Stretch { before: &before, steps, range: from..steps.len() });
    }
    all
}

/// Of the question with a key: the options, the right one marked with a star.
fn options(all: &[Prediction], key: &str) -> Vec<String> {
    let prediction = all.iter().find(|prediction| prediction.question.key() == key);
    let Some(prediction) = prediction else { return vec![] };
    let told = |choice: &Choice| {
        let star = if choice.wrong_by.is_none() { "*" } else { "" };
        format!("{star}{}", choice.answer.key())
    };
    prediction.options.iter().map(told).collect()
}

#[test]
fn an_ordered_set_is_asked_for_its_first_pod_and_what_the_second_waits_for() {
    let all = asked(WEB, &["kubectl apply -f a.yaml"]);
    assert_eq!(options(&all, "first-created"), ["*web-0", "web-1", "web-2", "together"]);
    assert_eq!(options(&all, "waits-for"), ["scheduled web-0", "running web-0", "*ready web-0", "nothing"]);
}

#[test]
fn a_parallel_set_makes_all_at_once() {
    let parallel = WEB.replace("  replicas: 3", "  replicas: 3\n  podManagementPolicy: Parallel");
    let all = asked(&parallel, &["kubectl apply -f a.yaml", "kubectl scale sts web --replicas=0"]);
    assert_eq!(options(&all, "first-deleted"), ["web-0", "web-1", "web-2", "*together"]);
    let all = asked(&parallel, &["kubectl apply -f a.yaml"]);
    assert_eq!(options(&all, "first-created"), ["web-0", "web-1", "web-2", "*together"]);
    assert_eq!(options(&all, "waits-for"), Vec::<String>::new());
}

#[test]
fn scaling_down_asks_for_the_first_pod_the_wait_and_the_claims() {
    let all = asked(WEB, &["kubectl apply -f a.yaml", "kubectl scale sts web --replicas=1"]);
    assert_eq!(options(&all, "first-deleted"), ["web-0", "web-1", "*web-2", "together"]);
    assert_eq!(options(&all, "waits-for"), ["terminating web-2", "*gone web-2", "nothing"]);
    assert_eq!(options(&all, "claims-left"), ["0", "1", "*3"]);
}

#[test]
fn an_update_under_a_partition_asks_how_many_are_updated() {
    let held = WEB.replace("  replicas: 3", "  replicas: 3\n  updateStrategy: {rollingUpdate: {partition: 2}}");
    let all = asked(&held, &["kubectl apply -f a.yaml", "kubectl set image sts web c=web:2"]);
    assert_eq!(options(&all, "updated"), ["0", "*1", "2", "3"]);
    assert_eq!(options(&all, "first-deleted"), ["web-0", "web-1", "*web-2", "together"]);
}

#[test]
fn an_update_is_compared_with_what_a_deployment_does() {
    let all = asked(WEB, &["kubectl apply -f a.yaml", "kubectl set image sts web c=web:2"]);
    assert_eq!(options(&all, "most-at-once"), ["*3", "4", "6"]);
    assert_eq!(options(&all, "least-ready"), ["0", "*2", "3"]);
    let all = asked(APP, &["kubectl apply -f a.yaml", "kubectl set image deployment app c=app:2"]);
    assert_eq!(options(&all, "most-at-once"), ["3", "*4", "6"]);
    assert_eq!(options(&all, "least-ready"), ["0", "2", "*3"]);
}

#[test]
fn a_deleted_pod_comes_back_with_its_name_or_with_another() {
    let all = asked(WEB, &["kubectl apply -f a.yaml", "kubectl delete pod web-1"]);
    assert_eq!(options(&all, "replacement"), ["*same", "next", "random"]);
    let mut console = console_for(vec![SourceFile { name: "a.yaml".into(), text: APP.into() }]);
    run_after_rest(&mut console, None, "kubectl apply -f a.yaml");
    rest(&mut console);
    let name = console.simulation().cluster().pods.iter().next().unwrap().metadata.name.clone();
    let all = asked(APP, &["kubectl apply -f a.yaml", &format!("kubectl delete pod {name}")]);
    assert_eq!(options(&all, "replacement"), ["same", "next", "*random"]);
}

#[test]
fn a_daemon_set_is_asked_for_its_nodes() {
    let all = asked(AGENT, &["kubectl apply -f a.yaml"]);
    assert_eq!(options(&all, "nodes-with-pod"), ["0", "1", "*3", "4"]);
    let all = asked(AGENT, &["kubectl apply -f a.yaml", "kubectl taint node worker-1 a=b:NoExecute"]);
    assert_eq!(options(&all, "nodes-with-pod"), ["1", "*2", "3", "4"]);
}

#[test]
fn pods_of_a_drained_node_are_counted_where_they_went() {
    let all = asked(APP, &["kubectl apply -f a.yaml", "kubectl drain worker-1"]);
    let of = |node: &str| all.iter().find(|it| it.question.subject() == format!("node/{node}"));
    let total: i64 = ["worker-2", "worker-3"]
        .iter()
        .filter_map(|node| of(node))
        .filter_map(|it| match it.right() {
            Some(Answer::Number(number)) => Some(*number),
            _ => None,
        })
        .sum();
    assert!((1..=3).contains(&total), "{all:?}");
}

#[test]
fn what_happens_to_a_pod_has_different_ends() {
    let fate = |act: &str| options(&asked(WEB, &["kubectl apply -f a.yaml", act]), "fate");
    assert_eq!(fate("lab pod unready web-0"), ["restarted", "replaced", "*unready", "untouched"]);
    assert_eq!(fate("lab pod crash web-0"), ["*restarted", "replaced", "unready", "untouched"]);
    let down = asked(WEB, &["kubectl apply -f a.yaml", "lab node down worker-1 && lab wait 10m"]);
    assert_eq!(options(&down, "fate"), ["replaced", "*terminating", "unready", "untouched"]);
}

#[test]
fn every_wrong_option_names_its_rule_and_has_words_in_both_languages() {
    let all = asked(WEB, &["kubectl apply -f a.yaml", "kubectl scale sts web --replicas=1"]);
    assert!(all.len() >= 3);
    for prediction in &all {
        let questions = [en::question(&prediction.question), zh::question(&prediction.question)];
        assert!(questions.iter().all(|text| !text.is_empty()) && questions[0] != questions[1]);
        for choice in &prediction.options {
            assert!(!en::answer(&choice.answer).is_empty() && !zh::answer(&choice.answer).is_empty());
            if let Some(rule) = choice.wrong_by {
                assert!(en::belief(rule).to_string().ends_with('.'), "{rule:?}");
                assert!(zh::belief(rule).to_string().ends_with('。'), "{rule:?}");
            }
        }
    }
}

#[test]
fn the_same_run_gives_the_same_questions() {
    let scripts = ["kubectl apply -f a.yaml", "kubectl set image sts web c=web:2"];
    assert_eq!(asked(WEB, &scripts), asked(WEB, &scripts));
}

#[test]
fn a_stretch_without_steps_asks_nothing() {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&[]));
    simulation.settle();
    let steps = simulation.steps();
    let end = steps.len();
    let of = |range| predictions(&Stretch { before: simulation.cluster(), steps, range });
    assert_eq!(of(end..end), []);
    assert_eq!(of(end..end + 5), [], "a range that is not of the run");
}
