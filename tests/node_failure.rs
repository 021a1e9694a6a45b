//! Nodes that fail and come back, and what becomes of the pods on them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod play;

use play::{DAEMON_SET, DEPLOYMENT, Play, ready};
use setwise::actor::Settings;
use setwise::api::TaintEffect::{NoExecute, NoSchedule};
use setwise::api::{Kind, NodeCondition, PodPhase, Time};
use setwise::engine::Command;
use setwise::reason::{GarbageReason, NodeReason, Propagation, Reason};

const UNREACHABLE: &str = "node.kubernetes.io/unreachable";
const NOT_READY: &str = "node.kubernetes.io/not-ready";

const STATEFUL_SET: &str = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: 'nginx:1'}]}
";

/// A pod that is on `n1` from the start.
fn pod_on_n1(tolerations: &str) -> String {
    format!(
        "{{apiVersion: v1, kind: Pod, metadata: {{name: p}}, spec: {{nodeName: n1, tolerations: [{tolerations}], \
         containers: [{{name: c, image: 'x:1'}}]}}}}"
    )
}

fn ready_status(play: &Play, node: &str) -> (String, String) {
    let node = play.node(node);
    let condition = node.ready_condition().unwrap();
    (condition.status.clone(), condition.reason.clone().unwrap_or_default())
}

/// When each node got its NoExecute taint.
fn tainted(play: &Play) -> Vec<(String, u64)> {
    let steps = play.steps(|reason| matches!(reason, Reason::Node(NodeReason::DrivesAway { .. })));
    steps.map(|step| (step.reason.subject().unwrap().name().to_owned(), step.at.0 / 1_000)).collect()
}

#[test]
fn a_silent_node_is_unknown_50_s_after_its_last_heartbeat_and_its_pods_are_not_ready_at_once() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(25);
    play.down("n1");
    play.until(69);
    assert!(play.node("n1").is_ready() && play.pod("p").is_ready(), "nobody knows yet");
    play.until(71);
    assert_eq!(ready_status(&play, "n1"), ("Unknown".into(), "NodeStatusUnknown".into()));
    let message = play.node("n1").ready_condition().unwrap().message.clone().unwrap();
    assert_eq!(message, "Kubelet stopped posting node status.");
    assert!(!play.pod("p").is_ready());
    assert_eq!(play.pod("p").status.phase, PodPhase::Running);
    assert_eq!(play.taints("n1"), [format!("{UNREACHABLE}:NoSchedule")], "NoSchedule comes at once");
    play.until(76);
    assert_eq!(play.taints("n1"), [format!("{UNREACHABLE}:NoSchedule"), format!("{UNREACHABLE}:NoExecute")]);
    let lost = play.steps(|reason| matches!(reason, Reason::Node(NodeReason::Lost { .. }))).next().unwrap();
    let Reason::Node(NodeReason::Lost { last_heartbeat, grace_seconds, .. }) = &lost.reason else { panic!() };
    assert_eq!((*last_heartbeat, *grace_seconds, lost.at), (Time(20_000), 50, Time(70_000)));
}

#[test]
fn a_node_that_is_heard_of_again_in_time_was_never_down() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(20);
    play.down("n1");
    play.until(60);
    play.up("n1");
    play.until(500);
    assert!(play.node("n1").is_ready() && play.pod("p").is_ready());
    assert_eq!(play.steps(|reason| matches!(reason, Reason::Node(_))).count(), 0);
}

#[test]
fn a_pod_on_a_dead_node_is_evicted_300_s_after_the_taint_and_stays_terminating() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(20);
    play.down("n1");
    play.until(374);
    assert!(!play.pod("p").is_terminating());
    play.until(376);
    let pod = play.pod("p");
    assert!(pod.is_terminating());
    assert_eq!(pod.condition("DisruptionTarget").unwrap().reason.as_deref(), Some("DeletionByTaintManager"));
    play.until(3_000);
    assert!(play.pod("p").is_terminating(), "nobody can confirm that it has stopped");
    let pending = play.steps(|reason| matches!(reason, Reason::Node(NodeReason::EvictionPending { .. }))).next();
    let Reason::Node(NodeReason::EvictionPending { seconds, due, .. }) = &pending.unwrap().reason else { panic!() };
    assert_eq!((*seconds, due.0 / 1_000), (300, 375));
}

#[test]
fn a_replica_set_replaces_an_evicted_pod_a_stateful_set_waits_and_a_daemon_set_does_nothing() {
    let mut play = Play::on(2, &[DEPLOYMENT, STATEFUL_SET, DAEMON_SET].join("---"));
    play.until(20);
    let node = play.pod("web-0").node().unwrap().to_owned();
    play.down(&node);
    play.until(300);
    assert_eq!(play.pods("app-").len(), 2, "a pod that is not Ready is not replaced");
    play.until(1_000);
    assert_eq!(play.pods("app-").iter().filter(|pod| !pod.is_terminating() && pod.is_ready()).count(), 2);
    assert!(play.pods("app-").iter().filter(|pod| !pod.is_terminating()).all(|pod| pod.node() != Some(&node)));
    assert!(play.pod("web-0").is_terminating());
    let daemon = play.pods("agent-").into_iter().find(|pod| pod.node() == Some(&node)).unwrap();
    assert!(!daemon.is_terminating() && !daemon.is_ready());
    let status = play.simulation.cluster().daemon_sets.iter().next().unwrap().status.clone();
    assert_eq!((status.desired_number_scheduled, status.number_misscheduled), (1, 1));

    play.up(&node);
    play.pass(60);
    assert!(!play.pod("web-0").is_terminating() && play.pod("web-0").is_ready(), "the name is free again");
    assert!(play.pods("app-").iter().all(|pod| !pod.is_terminating()));
    assert!(play.pods("agent-").iter().all(|pod| pod.is_ready()), "daemon pods get Ready in their place");
    assert_eq!(play.taints(&node), Vec::<String>::new());
    let status = play.simulation.cluster().daemon_sets.iter().next().unwrap().status.clone();
    assert_eq!((status.desired_number_scheduled, status.number_misscheduled, status.number_ready), (2, 0, 2));
}

#[test]
fn a_node_that_comes_back_before_the_eviction_keeps_its_pods() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(20);
    play.down("n1");
    play.until(200);
    play.up("n1");
    play.until(1_000);
    assert!(!play.pod("p").is_terminating() && play.pod("p").is_ready());
    assert_eq!(play.taints("n1"), Vec::<String>::new());
    let cancelled = |reason: &Reason| matches!(reason, Reason::Node(NodeReason::EvictionCancelled { .. }));
    assert_eq!(play.steps(cancelled).count(), 1);
}

#[test]
fn while_a_node_is_silent_its_kubelet_neither_stops_nor_starts_pods() {
    let mut play = Play::on(1, &pod_on_n1(""));
    play.until(10);
    play.down("n1");
    play.delete(Kind::Pod, "p");
    play.apply(
        "{apiVersion: v1, kind: Pod, metadata: {name: q}, spec: {nodeName: n1, containers: [{name: c, image: 'x:1'}]}}",
    );
    play.until(45);
    assert!(play.pod("p").is_terminating());
    assert_eq!(play.pod("q").status.phase, PodPhase::Pending);
    play.up("n1");
    play.until(60);
    assert!(play.find_pod("p").is_none());
    assert!(play.pod("q").is_ready());
}

#[test]
fn a_forced_deletion_frees_the_name_on_a_silent_node() {
    let mut play = Play::on(2, STATEFUL_SET);
    play.until(10);
    let node = play.pod("web-0").node().unwrap().to_owned();
    play.down(&node);
    play.until(100);
    play.delete(Kind::Pod, "web-0");
    play.until(200);
    assert!(play.pod("web-0").is_terminating());
    play.delete_as(Kind::Pod, "web-0", Propagation::Background, Some(0));
    play.until(220);
    assert!(play.pod("web-0").is_ready());
    assert_ne!(play.pod("web-0").node(), Some(node.as_str()));
}

#[test]
fn a_kubelet_that_reports_not_ready_gets_the_other_taint_and_its_pods_are_not_touched() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(12);
    play.command(Command::NodeDown { node: "n1".into(), silent: false });
    play.until(16);
    assert_eq!(play.taints("n1"), [format!("{NOT_READY}:NoSchedule"), format!("{NOT_READY}:NoExecute")]);
    assert!(play.pod("p").is_ready(), "only a node of which nothing is known makes its pods not Ready");
    play.until(314);
    assert!(!play.pod("p").is_terminating());
    play.until(317);
    assert!(play.pod("p").is_terminating());
}

#[test]
fn the_taints_are_swapped_when_a_node_that_was_not_ready_goes_silent_and_the_time_runs_on() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(12);
    play.command(Command::NodeDown { node: "n1".into(), silent: false });
    play.until(100);
    play.down("n1");
    play.until(160);
    assert_eq!(play.taints("n1"), [format!("{UNREACHABLE}:NoSchedule"), format!("{UNREACHABLE}:NoExecute")]);
    play.until(314);
    assert!(!play.pod("p").is_terminating());
    play.until(317);
    assert!(play.pod("p").is_terminating(), "300 s after the first taint was noticed");
}

#[test]
fn nodes_that_fail_together_are_tainted_one_every_10_s() {
    let mut play = Play::on(6, "");
    play.until(20);
    play.down("n1");
    play.down("n2");
    play.until(200);
    assert_eq!(tainted(&play), [("n1".into(), 75), ("n2".into(), 85)]);
}

#[test]
fn each_zone_has_a_pace_of_its_own() {
    let zone = |name: &str, zone: &str| {
        let mut node = ready(name);
        node.metadata.labels.insert("topology.kubernetes.io/zone".into(), zone.into());
        node
    };
    let nodes = vec![zone("n1", "a"), zone("n2", "a"), zone("n3", "b"), zone("n4", "b")];
    let mut play = Play::with(Settings::default(), nodes, "");
    play.until(20);
    play.down("n1");
    play.down("n3");
    play.until(200);
    assert_eq!(tainted(&play), [("n1".into(), 75), ("n3".into(), 75)]);
}

#[test]
fn a_small_zone_of_which_most_is_down_evicts_nobody_until_enough_nodes_are_back() {
    let mut play = Play::on(5, "");
    play.until(20);
    for node in ["n1", "n2", "n3"] {
        play.down(node);
    }
    play.until(500);
    assert_eq!(tainted(&play), []);
    assert_eq!(play.taints("n1"), [format!("{UNREACHABLE}:NoSchedule")]);
    let held =
        |reason: &Reason| matches!(reason, Reason::Node(NodeReason::EvictionsHeld { nodes: 5, not_ready: 3, .. }));
    assert_eq!(play.steps(held).count(), 3, "told once for each node");
    play.up("n3");
    play.until(600);
    assert_eq!(tainted(&play).iter().map(|(node, _)| node.as_str()).collect::<Vec<_>>(), ["n1", "n2"]);
}

#[test]
fn two_of_three_nodes_are_not_many_enough_to_stop_evictions() {
    let mut play = Play::on(3, "");
    play.until(20);
    play.down("n1");
    play.down("n2");
    play.until(200);
    assert_eq!(tainted(&play).len(), 2);
}

#[test]
fn if_all_nodes_are_down_nobody_is_evicted_and_the_taints_go() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(20);
    play.down("n1");
    play.until(120);
    assert!(play.taints("n1").contains(&format!("{UNREACHABLE}:NoExecute")));
    play.down("n2");
    play.until(1_000);
    assert_eq!(play.taints("n1"), [format!("{UNREACHABLE}:NoSchedule")]);
    assert!(!play.pod("p").is_terminating());
    play.up("n2");
    play.until(1_100);
    assert!(play.taints("n1").contains(&format!("{UNREACHABLE}:NoExecute")));
    play.until(1_500);
    assert!(play.pod("p").is_terminating());
}

#[test]
fn an_out_of_service_node_that_is_down_loses_its_terminating_pods_at_the_next_look() {
    let mut play = Play::on(2, STATEFUL_SET);
    play.until(20);
    let node = play.pod("web-0").node().unwrap().to_owned();
    play.down(&node);
    play.until(400);
    assert!(play.pod("web-0").is_terminating());
    play.taint(&node, &[("node.kubernetes.io/out-of-service", NoExecute)]);
    play.until(425);
    assert_ne!(play.pod("web-0").node(), Some(node.as_str()));
    assert!(play.pod("web-0").is_ready());
    let removed = |reason: &Reason| matches!(reason, Reason::Garbage(GarbageReason::OutOfService { .. }));
    let removed = play.steps(removed).next().unwrap();
    assert_eq!(removed.at.0 % 20_000, 0);
    let failed = removed.changes[0].after.as_ref().unwrap().as_pod().unwrap();
    assert_eq!(failed.status.phase, PodPhase::Failed, "it is written as Failed first");
}

#[test]
fn the_out_of_service_taint_means_nothing_while_the_node_is_ready() {
    let mut play = Play::on(2, &pod_on_n1("{operator: Exists}"));
    play.until(20);
    play.taint("n1", &[("node.kubernetes.io/out-of-service", NoExecute)]);
    play.until(100);
    assert!(play.pod("p").is_ready());
}

#[test]
fn pods_of_a_deleted_node_are_collected_after_the_quarantine() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(25);
    play.command(Command::DeleteNode("n1".into()));
    play.until(79);
    assert!(play.find_pod("p").is_some());
    play.until(81);
    assert!(play.find_pod("p").is_none());
    let gone = play.steps(|reason| matches!(reason, Reason::Garbage(GarbageReason::NodeGone { .. }))).next().unwrap();
    let failed = gone.changes[0].after.as_ref().unwrap().as_pod().unwrap();
    assert_eq!(failed.status.phase, PodPhase::Failed);
    assert_eq!(failed.condition("DisruptionTarget").unwrap().reason.as_deref(), Some("DeletionByPodGC"));
}

#[test]
fn a_node_that_is_back_before_the_quarantine_ends_keeps_its_pods() {
    let mut play = Play::on(2, &pod_on_n1(""));
    play.until(25);
    play.command(Command::DeleteNode("n1".into()));
    play.until(60);
    play.command(Command::AddNode(Box::new(ready("n1"))));
    play.until(200);
    assert!(play.pod("p").is_ready());
}

#[test]
fn a_pod_bound_to_a_node_that_never_existed_is_collected() {
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {nodeName: ghost, containers: [{name: c, image: 'x:1'}]}}";
    let mut play = Play::on(1, pod);
    play.until(90);
    assert!(play.find_pod("p").is_none());
}

#[test]
fn an_eviction_that_was_planned_happens_though_the_node_is_deleted() {
    let mut play = Play::on(2, &pod_on_n1("{key: gone, operator: Exists, effect: NoExecute, tolerationSeconds: 20}"));
    play.until(20);
    play.taint("n1", &[("gone", NoExecute)]);
    play.until(30);
    play.command(Command::DeleteNode("n1".into()));
    play.until(45);
    assert!(play.pod("p").is_terminating());
}

#[test]
fn pressure_on_a_node_becomes_a_no_schedule_taint_and_goes_with_it() {
    let mut node = ready("n1");
    let condition = |kind: &str| NodeCondition { kind: kind.into(), status: "True".into(), ..Default::default() };
    for kind in ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"] {
        node.status.conditions.push(condition(kind));
    }
    let mut play = Play::with(Settings::default(), vec![node], "");
    play.pass(1);
    let expected = ["memory-pressure", "disk-pressure", "pid-pressure", "network-unavailable"]
        .map(|key| format!("node.kubernetes.io/{key}:NoSchedule"));
    assert_eq!(play.taints("n1"), expected);
}

#[test]
fn a_condition_taint_that_somebody_takes_away_comes_back() {
    let mut play = Play::on(2, "");
    play.until(20);
    play.down("n1");
    play.until(101);
    play.taint("n1", &[("mine", NoSchedule)]);
    play.pass(1);
    assert_eq!(play.taints("n1"), ["mine:NoSchedule".to_owned(), format!("{UNREACHABLE}:NoSchedule")]);
    play.pass(10);
    assert!(play.taints("n1").contains(&format!("{UNREACHABLE}:NoExecute")));
}

#[test]
fn a_joining_node_runs_daemon_pods_once_it_is_ready() {
    let mut play = Play::on(1, DAEMON_SET);
    play.until(10);
    let mut node = ready("n2");
    let condition = node.status.conditions.iter_mut().find(|condition| condition.kind == "Ready").unwrap();
    condition.status = "False".into();
    play.command(Command::AddNode(Box::new(node)));
    play.until(30);
    assert!(play.taints("n2").contains(&format!("{NOT_READY}:NoSchedule")));
    assert_eq!(play.pods("agent-").len(), 1);
    play.up("n2");
    play.until(40);
    assert_eq!(play.taints("n2"), Vec::<String>::new());
    assert_eq!(play.pods("agent-").iter().filter(|pod| pod.is_ready()).count(), 2);
}

#[test]
fn a_node_that_never_reports_is_unknown_after_60_s() {
    let mut node = ready("n2");
    node.status.conditions.clear();
    let mut play = Play::on(1, "");
    play.until(10);
    play.command(Command::AddNode(Box::new(node)));
    play.until(69);
    assert!(play.node("n2").ready_condition().is_none());
    play.until(71);
    assert_eq!(ready_status(&play, "n2"), ("Unknown".into(), "NodeStatusNeverUpdated".into()));
}

#[test]
fn settings_of_the_cluster_change_grace_and_tolerations() {
    let mut settings = Settings::default();
    settings.cluster.node_monitor_grace_period_seconds = Some(10);
    settings.cluster.default_unreachable_toleration_seconds = Some(30);
    settings.cluster.default_not_ready_toleration_seconds = Some(7);
    let mut play = Play::with(settings, vec![ready("n1"), ready("n2")], &pod_on_n1(""));
    let seconds = |key: &str| {
        let pod = play.pod("p");
        pod.spec.tolerations.iter().find(|it| it.key == key).and_then(|it| it.toleration_seconds)
    };
    assert_eq!((seconds(UNREACHABLE), seconds(NOT_READY)), (Some(30), Some(7)));
    play.until(20);
    play.down("n1");
    play.until(31);
    assert!(!play.node("n1").is_ready());
    play.until(66);
    assert!(play.pod("p").is_terminating());
}

#[test]
fn a_taint_that_is_not_tolerated_evicts_at_once_and_one_tolerated_for_ever_never() {
    let mut play = Play::on(1, &pod_on_n1("{key: mine, operator: Exists}"));
    play.until(10);
    play.taint("n1", &[("mine", NoExecute)]);
    play.until(1_000);
    assert!(!play.pod("p").is_terminating());
    play.taint("n1", &[("mine", NoExecute), ("other", NoExecute)]);
    play.pass(1);
    assert!(play.find_pod("p").is_none_or(|pod| pod.is_terminating()));
}

#[test]
fn of_several_taints_the_shortest_time_counts_and_of_several_tolerations_of_one_taint_the_first() {
    let mut play = Play::on(
        1,
        &pod_on_n1(
            "{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 50}, {key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5}, \
             {key: b, operator: Exists, effect: NoExecute, tolerationSeconds: 30}",
        ),
    );
    play.until(10);
    play.taint("n1", &[("a", NoExecute), ("b", NoExecute)]);
    play.until(39);
    assert!(!play.pod("p").is_terminating());
    play.until(41);
    assert!(play.find_pod("p").is_none_or(|pod| pod.is_terminating()));
}

#[test]
fn a_planned_eviction_is_cancelled_when_the_last_taint_goes_and_not_when_another_stays() {
    let tolerations = "{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 30}, {key: b, operator: Exists, effect: NoExecute, tolerationSeconds: 90}";
    let mut play = Play::on(1, &pod_on_n1(tolerations));
    play.until(10);
    play.taint("n1", &[("a", NoExecute)]);
    play.until(20);
    play.taint("n1", &[]);
    play.until(100);
    assert!(!play.pod("p").is_terminating());
    play.taint("n1", &[("a", NoExecute), ("b", NoExecute)]);
    play.until(110);
    play.taint("n1", &[("b", NoExecute)]);
    play.until(129);
    assert!(!play.pod("p").is_terminating());
    play.until(131);
    assert!(play.find_pod("p").is_none_or(|pod| pod.is_terminating()), "the plan of the first taint stands");
}

#[test]
fn a_dead_node_uses_up_the_budget_of_a_daemon_sets_update() {
    let mut play = Play::on(3, DAEMON_SET);
    play.until(20);
    play.down("n1");
    play.until(200);
    play.command(Command::SetImage {
        object: play::named(Kind::DaemonSet, "agent"),
        container: "*".into(),
        image: "agent:2".into(),
    });
    play.until(1_000);
    let pods = play.pods("agent-");
    let image = |node: &str| {
        let pod = pods.iter().find(|pod| pod.node() == Some(node)).unwrap();
        (pod.spec.containers[0].image.clone().unwrap(), pod.is_terminating())
    };
    assert_eq!(image("n1"), ("agent:1".into(), true), "not available, so it is replaced without budget");
    assert_eq!(image("n2"), ("agent:1".into(), false));
    assert_eq!(image("n3"), ("agent:1".into(), false));
}

#[test]
fn a_daemon_pod_goes_when_its_silent_node_is_relabelled_and_only_then_when_it_is_back() {
    let selecting = DAEMON_SET.replace("spec: {containers", "spec: {nodeSelector: {disk: ssd}, containers");
    let mut nodes = vec![ready("n1"), ready("n2")];
    nodes.iter_mut().for_each(|node| drop(node.metadata.labels.insert("disk".into(), "ssd".into())));
    let mut play = Play::with(Settings::default(), nodes, &selecting);
    play.until(20);
    play.down("n1");
    play.until(100);
    let labels = [("disk".to_owned(), None)].into();
    play.command(Command::LabelNode { node: "n1".into(), labels });
    play.until(200);
    let on_n1 = |play: &Play| play.pods("agent-").into_iter().find(|pod| pod.node() == Some("n1"));
    assert!(on_n1(&play).unwrap().is_terminating());
    play.up("n1");
    play.pass(30);
    assert!(on_n1(&play).is_none());
}

#[test]
fn a_failing_daemon_pod_is_deleted_again_and_again_with_growing_pauses() {
    let failing = DAEMON_SET.replace("agent:1", "failed:1");
    let mut settings = Settings::default();
    settings.cluster.played_kubelets = true;
    let mut play = Play::with(settings, vec![ready("n1")], &failing);
    play.until(60);
    let steps = play.simulation.steps().iter();
    let deletions: Vec<u64> = steps
        .filter(|step| {
            step.changes.iter().any(|change| {
                change.after.is_none() && change.before.as_ref().is_some_and(|object| object.kind() == Kind::Pod)
            })
        })
        .map(|step| step.at.0)
        .collect();
    let pauses: Vec<u64> = deletions.windows(2).map(|pair| (pair[1] - pair[0]) / 1_000).collect();
    assert_eq!(pauses[..4], [1, 3, 5, 9], "each pod fails after 1.5 s: 1 s is over by then, and 2, 4, 8 s begin");
}
