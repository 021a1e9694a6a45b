//! Budgets, evictions and drains in a running cluster.

mod counts;

use crate::actor::{DrainOptions, Settings};
use crate::api::{Key, Kind, Object, ObjectRef, PodDisruptionBudgetStatus, Resource};
use crate::engine::default_cluster::node_of;
use crate::engine::{Bounds, Command, RunEnd, Simulation};
use crate::manifest;
use crate::reason::{Reason, UserReason};
use std::rc::Rc;

/// A cluster of three nodes with some objects, at rest.
fn settled(manifests: &str) -> Simulation {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    let nodes = ["n1", "n2", "n3"].map(|name| Object::Node(Rc::new(node_of(name, "8", "16Gi", "110"))));
    simulation.start(nodes.into());
    apply(&mut simulation, manifests);
    assert_eq!(simulation.settle(), RunEnd::Settled);
    simulation
}

fn apply(simulation: &mut Simulation, manifests: &str) {
    for value in manifest::yaml::to_json(manifests).unwrap() {
        simulation.command(Command::Apply(vec![manifest::decode(&value).unwrap()])).unwrap();
    }
}

fn web(budget: &str) -> String {
    format!(
        "
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: web}}
spec:
  podManagementPolicy: Parallel
  replicas: 3
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers: [{{name: c, image: nginx}}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{name: web}}
spec: {{{budget}, selector: {{matchLabels: {{app: web}}}}}}
"
    )
}

fn status(simulation: &Simulation) -> PodDisruptionBudgetStatus {
    simulation.cluster().disruption_budgets.get(&Key::new("default", "web")).unwrap().status.clone()
}

fn counts(simulation: &Simulation) -> (i32, i32, i32, i32) {
    let status = status(simulation);
    (status.current_healthy, status.desired_healthy, status.expected_pods, status.disruptions_allowed)
}

fn pod(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::Pod, "default", name)
}

fn evict(simulation: &mut Simulation, name: &str) -> Result<(), String> {
    simulation.command(Command::Evict(pod(name))).map_err(|refusal| refusal.0)
}

const VIOLATES: &str = "Cannot evict pod as it would violate the pod's disruption budget.";

#[test]
fn a_percentage_counts_the_scale_of_the_controllers_and_rounds_up() {
    assert_eq!(counts(&settled(&web("minAvailable: 50%"))), (3, 2, 3, 1));
    assert_eq!(counts(&settled(&web("maxUnavailable: 30%"))), (3, 2, 3, 1));
    assert_eq!(counts(&settled(&web("maxUnavailable: 0"))), (3, 3, 3, 0));
    assert_eq!(counts(&settled(&web("minAvailable: 2"))), (3, 2, 3, 1));
}

#[test]
fn a_budget_without_pods_allows_nothing() {
    let simulation = settled(&web("minAvailable: 0").replace("replicas: 3", "replicas: 0"));
    assert_eq!(counts(&simulation), (0, 0, 0, 0));
    assert_eq!(status(&simulation).conditions[0].reason, "InsufficientPods");
}

#[test]
fn a_second_eviction_is_refused_before_the_controller_has_counted() {
    let mut simulation = settled(&web("minAvailable: 2"));
    assert_eq!(evict(&mut simulation, "web-0"), Ok(()));
    let marked = simulation.cluster().pods.get(&Key::new("default", "web-0")).unwrap();
    assert_eq!(marked.condition("DisruptionTarget").unwrap().reason.as_deref(), Some("EvictionByEvictionAPI"));
    assert!(marked.is_terminating());
    assert_eq!(evict(&mut simulation, "web-1"), Err(VIOLATES.into()));
    let Some(Reason::User(UserReason::EvictionRefused { refusal, .. })) =
        simulation.steps().last().map(|step| &step.reason)
    else {
        panic!("no refusal is told");
    };
    assert_eq!(refusal.cause, "The disruption budget web does not allow evicting pods currently");
    simulation.settle();
    assert_eq!(evict(&mut simulation, "web-1"), Ok(()), "once web-0 is back");
}

#[test]
fn a_full_budget_says_how_many_healthy_pods_it_needs() {
    let mut simulation = settled(&web("minAvailable: 3"));
    assert_eq!(evict(&mut simulation, "web-1"), Err(VIOLATES.into()));
    let Some(Reason::User(UserReason::EvictionRefused { refusal, .. })) =
        simulation.steps().last().map(|step| &step.reason)
    else {
        panic!("no refusal is told");
    };
    assert_eq!(refusal.cause, "The disruption budget web needs 3 healthy pods and has 3 currently");
}

#[test]
fn a_pod_that_is_not_ready_goes_while_the_others_suffice() {
    let mut simulation = settled(&web("minAvailable: 2"));
    simulation.command(Command::HoldReadiness { pod: pod("web-2"), ready: false }).unwrap();
    simulation.settle();
    assert_eq!(counts(&simulation), (2, 2, 3, 0));
    assert_eq!(evict(&mut simulation, "web-1"), Err(VIOLATES.into()), "a healthy pod is needed");
    assert_eq!(evict(&mut simulation, "web-2"), Ok(()));
}

#[test]
fn a_pod_that_is_not_ready_stays_when_too_few_are_healthy_unless_the_policy_allows_it() {
    for (policy, expected) in [("IfHealthyBudget", Err(VIOLATES.to_string())), ("AlwaysAllow", Ok(()))] {
        let budget = format!("minAvailable: 3, unhealthyPodEvictionPolicy: {policy}");
        let mut simulation = settled(&web(&budget));
        simulation.command(Command::HoldReadiness { pod: pod("web-2"), ready: false }).unwrap();
        simulation.settle();
        assert_eq!(evict(&mut simulation, "web-2"), expected, "{policy}");
    }
}

#[test]
fn two_budgets_for_one_pod_are_an_error() {
    let mut simulation = settled(&web("minAvailable: 1"));
    let other = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: other}\nspec: {maxUnavailable: 1, selector: {}}";
    apply(&mut simulation, other);
    simulation.settle();
    let refusal = evict(&mut simulation, "web-0").unwrap_err();
    assert!(refusal.starts_with("This pod has more than one PodDisruptionBudget"), "{refusal}");
}

#[test]
fn a_budget_holds_back_neither_deletions_nor_rollouts() {
    let mut simulation = settled(&web("maxUnavailable: 0"));
    let set = ObjectRef::new(Kind::StatefulSet, "default", "web");
    simulation.command(Command::SetImage { object: set, container: "c".into(), image: "nginx:2".into() }).unwrap();
    assert_eq!(simulation.settle(), RunEnd::Settled);
    let images: Vec<_> = simulation.cluster().pods.iter().map(|pod| pod.spec.containers[0].image.clone()).collect();
    assert_eq!(images, vec![Some("nginx:2".to_string()); 3]);
}

fn drain(simulation: &mut Simulation, node: &str, options: DrainOptions) -> Result<(), String> {
    simulation.command(Command::Drain { node: node.into(), options }).map_err(|refusal| refusal.0)
}

fn told(simulation: &Simulation) -> Vec<(u64, String)> {
    let of_user = simulation.steps().iter().filter_map(|step| match &step.reason {
        Reason::User(UserReason::Evict { pod, .. }) => Some((step.at.0, format!("evicted {}", pod.name()))),
        Reason::User(UserReason::EvictionRefused { pod, .. }) => Some((step.at.0, format!("refused {}", pod.name()))),
        Reason::User(UserReason::DrainEnded { left, .. }) => Some((step.at.0, format!("ended, {} left", left.len()))),
        _ => None,
    });
    of_user.collect()
}

#[test]
fn a_drain_evicts_one_by_one_where_the_budget_says_so_and_tries_again_every_five_seconds() {
    let mut simulation = settled(
        &web("minAvailable: 2").replace("containers:", "nodeSelector: {kubernetes.io/hostname: n1}\n      containers:"),
    );
    assert_eq!(drain(&mut simulation, "n1", DrainOptions::default()), Ok(()));
    assert!(simulation.cluster().node("n1").unwrap().is_cordoned());
    simulation.advance(4_000);
    let names: Vec<_> = told(&simulation).into_iter().map(|(_, told)| told).collect();
    assert_eq!(names, ["evicted web-0", "refused web-1", "refused web-2"]);
    // web-0 cannot come back, as its only node is cordoned: the drain waits, and the run is at rest.
    assert_eq!(simulation.settle(), RunEnd::Settled);
    simulation.command(Command::Cordon { node: "n1".into(), on: false }).unwrap();
    assert_eq!(simulation.settle(), RunEnd::Settled);
    let all = told(&simulation);
    let first = all.iter().find(|(_, told)| told == "refused web-1").unwrap().0;
    let again = all.iter().find(|(_, told)| told == "evicted web-1").unwrap().0;
    assert!(again > first && (again - first) % 5_000 == 0, "{all:?}");
    assert_eq!(all.last().unwrap().1, "ended, 0 left", "{all:?}");
}

#[test]
fn a_drain_gives_up_at_its_timeout() {
    let mut simulation = settled(&web("maxUnavailable: 0"));
    let node = simulation.cluster().pods.iter().next().unwrap().node().unwrap().to_owned();
    drain(&mut simulation, &node, DrainOptions { timeout_seconds: 12, ..DrainOptions::default() }).unwrap();
    assert_eq!(simulation.settle(), RunEnd::Settled);
    assert_eq!(told(&simulation).last().unwrap().1, "ended, 1 left");
}

#[test]
fn a_drain_that_meets_pods_it_may_not_evict_evicts_none() {
    let mut simulation = settled(
        "
apiVersion: v1
kind: Pod
metadata: {name: one}
spec: {nodeName: n1, containers: [{name: c, image: nginx}], volumes: [{name: v, emptyDir: {}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: two}
spec: {nodeName: n1, containers: [{name: c, image: nginx}]}
",
    );
    let refusal = drain(&mut simulation, "n1", DrainOptions::default()).unwrap_err();
    assert_eq!(
        refusal,
        "cannot delete Pods that declare no controller (use --force to override): default/two\n\
         cannot delete Pods with local storage (use --delete-emptydir-data to override): default/one"
    );
    assert!(simulation.cluster().node("n1").unwrap().is_cordoned());
    let all = DrainOptions { force: true, delete_emptydir_data: true, ..DrainOptions::default() };
    drain(&mut simulation, "n1", all).unwrap();
    simulation.settle();
    assert_eq!(simulation.cluster().pods.len(), 0);
}

#[test]
fn a_drain_leaves_pods_of_daemon_sets_where_they_are() {
    let mut simulation = settled(
        "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: c, image: agent}]}
",
    );
    let on_n1 = simulation.cluster().pods_on("n1").next().unwrap().reference();
    let refusal = drain(&mut simulation, "n1", DrainOptions::default()).unwrap_err();
    let expected = "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): default/";
    assert_eq!(refusal, format!("{expected}{}", on_n1.name()));
    let options = DrainOptions { ignore_daemonsets: true, ..DrainOptions::default() };
    drain(&mut simulation, "n1", options).unwrap();
    simulation.settle();
    assert!(simulation.cluster().get(&on_n1).is_some());
    assert_eq!(told(&simulation).last().unwrap().1, "ended, 0 left");
}
