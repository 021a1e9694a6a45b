//! What a budget counts, and what it says when it cannot.

use super::{VIOLATES, counts, evict, settled, status, web};
use crate::actor::{Pass, Settings, View, World, Write};
use crate::api::{Key, Object, Time};
use crate::cluster::Change;
use crate::engine::Simulation;
use crate::reason::{DisruptionAct, Reason, UserReason};
use std::rc::Rc;

const BARE: &str = "
apiVersion: v1
kind: Pod
metadata: {name: web-x, labels: {app: web}}
spec: {containers: [{name: c, image: nginx}]}
";

const AGENT: &str = "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: web, part: agent}}
  template:
    metadata: {labels: {app: web, part: agent}}
    spec: {containers: [{name: c, image: agent}]}
";

fn cause(simulation: &Simulation) -> String {
    match simulation.steps().last().map(|step| &step.reason) {
        Some(Reason::User(UserReason::EvictionRefused { refusal, .. })) => refusal.cause.clone(),
        other => panic!("no refusal is told: {other:?}"),
    }
}

#[test]
fn pods_without_a_controller_count_where_a_number_is_wanted_and_not_where_a_share_is() {
    assert_eq!(counts(&settled(&format!("{}---{BARE}", web("minAvailable: 2")))), (4, 2, 4, 2));
    assert_eq!(counts(&settled(&format!("{}---{BARE}", web("maxUnavailable: 1")))), (4, 2, 3, 2));
}

#[test]
fn the_pods_of_a_deployment_are_counted_by_its_size_and_those_of_a_bare_set_by_the_sets() {
    let deployment = web("maxUnavailable: 1")
        .replace("kind: StatefulSet", "kind: Deployment")
        .replace("  podManagementPolicy: Parallel\n", "");
    assert_eq!(counts(&settled(&deployment)), (3, 2, 3, 1));
    let set = deployment.replace("kind: Deployment", "kind: ReplicaSet");
    assert_eq!(counts(&settled(&set)), (3, 2, 3, 1));
}

#[test]
fn a_daemon_set_has_no_scale_so_a_share_of_its_pods_cannot_be_counted_and_nothing_is_evicted() {
    let mut simulation = settled(&format!("{}---{AGENT}", web("maxUnavailable: 1")));
    assert_eq!(status(&simulation).disruptions_allowed, 0);
    let condition = status(&simulation).conditions[0].clone();
    assert_eq!((condition.status.as_str(), condition.reason.as_str()), ("False", "SyncFailed"));
    assert_eq!(condition.message, "daemonsets.apps does not implement the scale subresource");
    assert_eq!(evict(&mut simulation, "web-0"), Err(VIOLATES.into()));
    assert_eq!(
        cause(&simulation),
        "The disruption budget web does not allow evicting pods currently because it failed sync: \
         daemonsets.apps does not implement the scale subresource"
    );
}

/// What the controller makes of a budget in whose status `web-1` is noted as about to be evicted, some time later.
fn noted(simulation: &Simulation, after: u64) -> (Pass, i32, bool) {
    let mut cluster = simulation.cluster().clone();
    let key = Key::new("default", "web");
    let mut budget = (**cluster.disruption_budgets.get(&key).unwrap()).clone();
    let granted = Time(1_000_000);
    budget.status.disrupted_pods = [("web-1".to_string(), granted)].into();
    budget.status.disruptions_allowed = 0;
    let before = Some(Object::PodDisruptionBudget(cluster.disruption_budgets.get(&key).unwrap().clone()));
    cluster.apply(&Change { before, after: Some(Object::PodDisruptionBudget(Rc::new(budget))) });
    let (settings, world) = (Settings::default(), World::default());
    let view = View { cluster: &cluster, now: granted + after, settings: &settings, world: &world };
    let pass = super::super::sync(view, &key);
    let status = pass.writes.iter().find_map(|write| match write {
        Write::Update(Object::PodDisruptionBudget(budget)) => Some(budget.status.clone()),
        _ => None,
    });
    let status = status.unwrap();
    (pass, status.current_healthy, status.disrupted_pods.contains_key("web-1"))
}

#[test]
fn a_pod_that_was_granted_an_eviction_counts_as_gone_for_two_minutes() {
    let simulation = settled(&web("maxUnavailable: 2"));
    let (pass, healthy, noted_still) = noted(&simulation, 30_000);
    assert_eq!((healthy, noted_still), (2, true));
    assert_eq!(pass.again_at, Some(Time(1_120_000)), "looks again when the two minutes are over");
    let (pass, healthy, noted_still) = noted(&simulation, 120_000);
    assert_eq!((healthy, noted_still), (3, true), "at the instant itself it is healthy, and noted");
    assert_eq!(pass.again_at, Some(Time(1_120_001)));
    let (pass, healthy, noted_still) = noted(&simulation, 120_001);
    assert_eq!((healthy, noted_still), (3, false));
    assert_eq!(pass.again_at, None);
    let Some(Reason::Disruption(reason)) = &pass.reason else { panic!("no reason") };
    let DisruptionAct::Recount { not_deleted, .. } = &reason.act else { panic!("{:?}", reason.act) };
    assert_eq!(not_deleted.iter().map(|pod| pod.name()).collect::<Vec<_>>(), ["web-1"]);
}
