//! Explanations of single situations, as one would ask for them.

use super::samples::{agent_step, web_step};
use super::world::{agent, claim, cluster, node, pod, pod_of, step, surroundings, web, web_with, without};
use crate::api::Object;
use crate::cluster::{Change, Cluster};
use crate::engine::Step;
use crate::explain::{Explanation, Language, explain, verdict, waiting};
use crate::reason::{
    DaemonSetAct, Held, KubeletReason, Lack, Plugin, Reason, Refused, SchedulerReason, StatefulSetAct, UserReason,
    Verdict, VolumeReason,
};
use serde_json::json;

fn english(step: &Step, cluster: &Cluster) -> Explanation {
    explain(step, cluster, Language::En)
}

fn why(explanation: &Explanation) -> String {
    explanation.why.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn next(explanation: &Explanation) -> String {
    explanation.next.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The deciding fields as `path: value`.
fn fields(explanation: &Explanation) -> Vec<String> {
    explanation.decided_by.iter().map(|field| format!("{}: {}", field.path, field.value)).collect()
}

fn rule(explanation: &Explanation) -> &str {
    explanation.rule.map_or("", |rule| rule.id)
}

/// The cluster with another `web`.
fn with_web(changes: serde_json::Value) -> Cluster {
    cluster(surroundings().into_iter().chain([web_with(changes)]))
}

fn wait(name: &str, lack: Lack, held: Held) -> Step {
    web_step(StatefulSetAct::WaitForPod { pod: pod(name), lack, held }, vec![])
}

#[test]
fn an_ordered_set_waits_for_the_pod_before() {
    let step = wait("web-1", Lack::NotReady { waiting: None }, Held::Creation(pod("web-2")));
    let cluster = without(&["web-2"]);
    let explanation = english(&step, &cluster);
    assert_eq!(explanation.headline.to_string(), "web waits for web-1 to be Ready");
    assert_eq!(next(&explanation), "When web-1 is Ready, web-2 is created.");
    assert_eq!(rule(&explanation), "statefulset-ordered-creation");
    assert_eq!(fields(&explanation)[..2], ["spec.podManagementPolicy: OrderedReady", "spec.replicas: 3"]);
    assert!(fields(&explanation)[2].starts_with("spec.template.spec.containers[0].readinessProbe: {"));
    let line = waiting(&step, &cluster, Language::En).to_markdown();
    assert_eq!(line, "`web-2` for `web-1` to be Ready. An ordered set creates one pod at a time.");
}

#[test]
fn a_stuck_rollout_is_not_helped_by_reverting_the_template() {
    let lack = Lack::NotReady { waiting: Some("CrashLoopBackOff".into()) };
    let explanation = english(&wait("web-2", lack.clone(), Held::Update(pod("web-2"))), &without(&[]));
    assert_eq!(rule(&explanation), "statefulset-stuck-rollout");
    assert!(why(&explanation).contains("Correcting the template does not help by itself: delete web-2"));
    assert_eq!(fields(&explanation)[0], "spec.podManagementPolicy: OrderedReady");

    let parallel = with_web(json!({ "podManagementPolicy": "Parallel" }));
    let explanation = english(&wait("web-2", lack, Held::Update(pod("web-1"))), &parallel);
    assert_eq!(rule(&explanation), "statefulset-rolling-update");
    assert!(!why(&explanation).contains("delete web-2"), "a Parallel set replaces the broken pod by itself");
}

#[test]
fn ready_is_not_yet_available() {
    let lack = Lack::NotAvailable { until: crate::api::Time(12_000), min_ready_seconds: 10 };
    let explanation = english(&wait("web-0", lack, Held::Creation(pod("web-1"))), &without(&["web-1", "web-2"]));
    assert_eq!(next(&explanation), "At 12.0 s web-0 is available, and web-1 is created.");
    assert!(fields(&explanation).contains(&"spec.minReadySeconds: 10".into()));
}

#[test]
fn a_terminating_pod_on_a_silent_node_is_stuck() {
    let mut objects = surroundings();
    for object in &mut objects {
        if let Object::Node(node) = object {
            let node = std::rc::Rc::make_mut(node);
            if node.metadata.name == "worker-2" {
                node.status.conditions[0].status = "Unknown".into();
            }
        }
    }
    let cluster = cluster(objects.into_iter().chain([web_with(json!({}))]));
    let step = wait("web-1", Lack::Terminating, Held::Creation(pod("web-1")));
    assert!(why(&english(&step, &cluster)).contains("The kubelet of worker-2 does not answer"));
    assert!(!why(&english(&step, &without(&[]))).contains("does not answer"));
}

#[test]
fn an_update_names_the_line_that_changed() {
    let act = StatefulSetAct::UpdatePods {
        pods: vec![pod("web-2")],
        from: "web-7c9".into(),
        to: "web-5d8".into(),
        updated: 0,
        replicas: 3,
    };
    let explanation = english(&web_step(act, vec![]), &without(&[]));
    let expected = [
        "spec.template.spec.containers[0].image: nginx:1.27",
        "spec.updateStrategy.type: RollingUpdate",
        "spec.updateStrategy.rollingUpdate.partition: 0",
    ];
    assert_eq!(fields(&explanation), expected);
    assert!(next(&explanation).ends_with("web-1 is next."));
}

#[test]
fn an_update_ends_at_the_partition() {
    let act = StatefulSetAct::UpdatePods {
        pods: vec![pod("web-2")],
        from: "web-7c9".into(),
        to: "web-5d8".into(),
        updated: 0,
        replicas: 3,
    };
    let held = with_web(json!({ "updateStrategy": { "rollingUpdate": { "partition": 2 } } }));
    assert!(next(&english(&web_step(act, vec![]), &held)).contains("The partition keeps the pods below."));
}

#[test]
fn claims_stay_when_a_set_is_scaled_down() {
    let act = |deletes_claims| StatefulSetAct::DeleteSurplus {
        pods: vec![pod("web-3")],
        replicas: 3,
        kept_claims: vec![claim("data-web-3")],
        deletes_claims,
    };
    let kept = english(&web_step(act(false), vec![]), &without(&[]));
    assert!(why(&kept).contains("data-web-3 stays, with its data"));
    assert!(fields(&kept).contains(&"spec.persistentVolumeClaimRetentionPolicy.whenScaled: Retain".into()));
    assert!(why(&kept).contains("ordinals 0 to 2 are wanted"));

    let goes = english(&web_step(act(true), vec![]), &without(&[]));
    assert_eq!(goes.evidence.last().map(|evidence| evidence.label), Some("Claims that go"));
    assert_eq!(rule(&goes), "statefulset-claim-retention");
}

#[test]
fn ordinals_need_not_begin_at_0() {
    let act = StatefulSetAct::DeleteSurplus {
        pods: vec![pod("web-1")],
        replicas: 3,
        kept_claims: vec![],
        deletes_claims: false,
    };
    let explanation = english(&web_step(act, vec![]), &with_web(json!({ "ordinals": { "start": 5 } })));
    assert!(why(&explanation).contains("ordinals 5 to 7 are wanted"));
    assert!(fields(&explanation).contains(&"spec.ordinals.start: 5".into()));
}

#[test]
fn equal_scores_are_settled_by_name_where_kubernetes_throws_a_die() {
    let score = |node: &str| crate::reason::NodeScore { node: node.into(), total: 394, plugins: vec![] };
    let bound = SchedulerReason::Bound {
        pod: pod("web-1"),
        node: "worker-1".into(),
        scores: vec![score("worker-1"), score("worker-2")],
        feasible: 2,
        nodes: 4,
        tied: 2,
        only: None,
    };
    let explanation = english(&step(Reason::Scheduler(bound)), &without(&[]));
    assert!(why(&explanation).contains("Kubernetes picks one of them at random"));
    assert_eq!(
        fields(&explanation),
        ["spec.template.spec.containers[0].resources.requests: {cpu: 500m, memory: 256Mi}"]
    );
    assert_eq!(explanation.decided_by[0].object, web());
}

#[test]
fn the_message_of_the_scheduler_is_shown_word_for_word() {
    let message = "0/4 nodes are available: 4 Insufficient cpu. preemption: 0/4 nodes are available: 4 No preemption \
                   victims found for incoming pod.";
    let reason = SchedulerReason::Unschedulable {
        pod: pod("web-1"),
        waits_for_claims: false,
        message: message.into(),
        refusals: vec![Refused {
            plugin: Plugin::NodeResourcesFit,
            text: "Insufficient cpu".into(),
            nodes: 4,
            example: None,
        }],
    };
    let explanation = english(&step(Reason::Scheduler(reason)), &without(&[]));
    assert_eq!(explanation.evidence[0].value.to_string(), message);
    assert_eq!(rule(&explanation), "scheduler-resources");
}

#[test]
fn a_daemon_pod_starts_on_a_cordoned_node() {
    let act =
        DaemonSetAct::Manage { created_on: vec!["worker-3".into()], deleted: vec![], desired: 2, nodes: 4, surge: 0 };
    let explanation = english(&agent_step(act), &without(&[]));
    assert!(why(&explanation).contains("worker-3 is cordoned, but every daemon pod tolerates that"));
    let refused: Vec<String> = (explanation.evidence.iter().filter(|evidence| evidence.label == "Refused"))
        .map(|evidence| evidence.value.to_string())
        .collect();
    assert_eq!(
        refused,
        [
            "control-plane: the selector asks for disk=ssd, and the node has disk=hdd",
            "worker-2: the selector asks for disk=ssd, and the node has disk=hdd"
        ]
    );
    assert_eq!(fields(&explanation)[0], "spec.template.spec.nodeSelector: {disk: ssd}");
    assert_eq!(explanation.decided_by[0].object, agent());
}

#[test]
fn a_surging_daemon_set_runs_two_pods_on_a_node() {
    let act = |name: &str| DaemonSetAct::Manage {
        created_on: vec![name.into()],
        deleted: vec![],
        desired: 2,
        nodes: 4,
        surge: 1,
    };
    let made =
        |name: &str, node: &str| Change { before: None, after: Some(pod_of(&agent(), name, node, "agent:2", 2)) };
    let mut beside = agent_step(act("worker-1"));
    beside.changes.push(made("agent-new", "worker-1"));
    assert!(why(&english(&beside, &without(&[]))).contains("starts beside the old one"));
    let mut alone = agent_step(act("worker-3"));
    alone.changes.push(made("agent-new", "worker-3"));
    assert!(why(&english(&alone, &without(&[]))).contains("worker-3 had none"));
}

#[test]
fn a_verdict_says_what_keeps_a_daemon_pod_away() {
    let cluster = without(&[]);
    let Some(Object::DaemonSet(set)) = cluster.get(&agent()) else { panic!("agent is there") };
    let of = |name: &str| {
        let judged = crate::controllers::daemon_set::verdict(&set, cluster.node(name).unwrap());
        verdict(&judged, Language::En).to_string()
    };
    assert_eq!(of("worker-1"), "placed");
    assert_eq!(of("worker-2"), "refused: the selector asks for disk=ssd, and the node has disk=hdd");
    assert_eq!(of("worker-3"), "placed; node.kubernetes.io/unschedulable is tolerated automatically");
    let keeps = Verdict::Keeps(crate::reason::Refusal::NodeAffinity);
    assert!(verdict(&keeps, Language::En).to_string().ends_with("one that is there stays"));
}

#[test]
fn a_ready_pod_gets_its_record_and_lets_the_next_one_come() {
    let ready = KubeletReason::BecameReady { pod: pod("web-1"), node: "worker-2".into(), probed: true };
    let step = step(Reason::Kubelet(ready));
    assert_eq!(next(&english(&step, &without(&["web-2"]))), "web-1 gets its DNS record, and web-2 is created.");
    let slow = with_web(json!({ "replicas": 4, "minReadySeconds": 10 }));
    let ready = KubeletReason::BecameReady { pod: pod("web-2"), node: "worker-3".into(), probed: true };
    let explanation = english(&super::world::step(Reason::Kubelet(ready)), &slow);
    assert_eq!(next(&explanation), "After 10 s of being Ready it is available, and web-3 is created.");
}

#[test]
fn a_pod_that_is_gone_is_looked_up_as_it_was() {
    let gone = without(&["web-1"]);
    let mut removal = step(Reason::Kubelet(KubeletReason::Removed { pod: pod("web-1"), node: "worker-2".into() }));
    removal.changes.push(Change { before: Some(pod_of(&web(), "web-1", "worker-2", "nginx:1.27", 1)), after: None });
    let explanation = english(&removal, &gone);
    assert_eq!(next(&explanation), "Its name is free, so web creates web-1 again, with the same claims.");
    assert_eq!(explanation.evidence[0].value.to_string(), "data-web-1");
    let scaled = cluster(surroundings().into_iter().chain([web_with(json!({ "replicas": 1 }))]));
    assert!(next(&english(&removal, &scaled)).contains("does not want it any more"));
}

#[test]
fn a_pod_of_an_older_template_has_its_own_fields() {
    let old = pod_of(&web(), "web-1", "worker-2", "nginx:1.26", 1);
    let objects = surroundings().into_iter().filter(|object| object.metadata().name != "web-1");
    let cluster = cluster(objects.chain([old, web_with(json!({}))]));
    let accepted = KubeletReason::Accepted { pod: pod("web-1"), node: "worker-2".into() };
    let explanation = english(&step(Reason::Kubelet(accepted)), &cluster);
    assert_eq!(fields(&explanation), ["spec.containers[0].image: nginx:1.26"]);
    assert_eq!(explanation.decided_by[0].object, pod("web-1"));
}

#[test]
fn a_claim_has_its_fields_from_the_claim_template() {
    let reason =
        VolumeReason::Bound { claim: claim("data-web-0"), volume: super::world::volume("pv-1"), existing: true };
    let explanation = english(&step(Reason::Volume(reason)), &without(&[]));
    let expected = [
        "spec.volumeClaimTemplates[0].spec.storageClassName: standard",
        "spec.volumeClaimTemplates[0].spec.resources.requests.storage: 1Gi",
    ];
    assert_eq!(fields(&explanation), expected);
    assert_eq!(explanation.decided_by[0].object, web());
}

#[test]
fn what_a_user_does_is_decided_by_no_field() {
    let cordon = step(Reason::User(UserReason::Cordon { node: node("worker-1"), on: true }));
    let explanation = english(&cordon, &without(&[]));
    assert_eq!(explanation.headline.to_string(), "You cordon worker-1");
    assert!(explanation.decided_by.is_empty());
}

#[test]
fn a_set_deleted_with_orphans_leaves_its_pods() {
    let mut set = web_with(json!({}));
    set.metadata_mut().finalizers.push("orphan".into());
    let cluster = cluster(surroundings().into_iter().chain([set]));
    let explanation = english(&web_step(StatefulSetAct::BeingDeleted, vec![]), &cluster);
    assert_eq!(next(&explanation), "The pods run on without an owner, and their claims stay.");
    assert_eq!(rule(&explanation), "garbage-orphans");
    let explanation = english(&web_step(StatefulSetAct::BeingDeleted, vec![]), &without(&[]));
    assert_eq!(next(&explanation), "The pods go. Claims stay until somebody deletes them.");
}
