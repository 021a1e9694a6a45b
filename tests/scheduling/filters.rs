//! Filters, in their order, and what they say.

use super::{Lab, NOT_HELPFUL, node, pod, requests};
use setwise::actor::Settings;
use setwise::api::{Kind, ObjectRef, Taint, TaintEffect};
use setwise::engine::{Command, PatchKind};
use setwise::reason::{RefusalCause, SchedulerReason};

fn taint(text: &str) -> Taint {
    let (pair, effect) = text.split_once(':').unwrap();
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let effect = match effect {
        "NoSchedule" => TaintEffect::NoSchedule,
        "PreferNoSchedule" => TaintEffect::PreferNoSchedule,
        _ => TaintEffect::NoExecute,
    };
    Taint { key: key.into(), value: value.into(), effect, time_added: None }
}

fn zones() -> Lab {
    Lab::new(vec![node("a1", "4", &["zone=a"]), node("a2", "4", &["zone=a"]), node("b1", "4", &["zone=b"])])
}

const SPREAD: &str = "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, \
                      labelSelector: {matchLabels: {app: w}}}]";

#[test]
fn the_message_counts_nodes_by_their_first_refusal_and_sorts_as_text() {
    let mut tainted = node("n1", "4", &[]);
    tainted.spec.taints.push(taint("dedicated=db:NoSchedule"));
    let mut lab = Lab::new(vec![tainted, node("n2", "2", &[]), node("n3", "2", &[])]);
    lab.pod("big", "app=w", &requests("cpu: 3"));
    assert_eq!(
        lab.message("big"),
        format!(
            "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, \
             preemption: 0/3 nodes are available: 3 {NOT_HELPFUL}."
        )
    );
}

#[test]
fn a_node_that_is_full_but_large_enough_could_be_emptied() {
    let mut lab = Lab::of(1);
    lab.pod("first", "app=w", &requests("cpu: 3"));
    lab.pod("second", "app=w", &requests("cpu: 3"));
    assert_eq!(
        lab.message("second"),
        "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 \
         No preemption victims found for incoming pod."
    );
    let Some(SchedulerReason::Unschedulable { refusals, .. }) = lab.reasons("second").pop() else { panic!() };
    let cause = &refusals[0].example.as_ref().unwrap().cause;
    assert_eq!(*cause, RefusalCause::Resource { name: "cpu".into(), requested: 3000, free: 1000, capacity: 4000 });
}

#[test]
fn without_nodes_nothing_is_counted() {
    let mut lab = Lab::of(0);
    lab.pod("lonely", "app=w", "");
    assert_eq!(lab.message("lonely"), "no nodes available to schedule pods");
}

#[test]
fn a_name_in_the_node_affinity_leaves_the_other_nodes_out() {
    let mut lab = Lab::of(3);
    let pinned = |values: &str| {
        format!(
            "affinity: {{nodeAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: {{nodeSelectorTerms: \
             [{{matchFields: [{values}]}}]}}}}}}"
        )
    };
    let named = |name: &str| format!("{{key: metadata.name, operator: In, values: [{name}]}}");
    lab.pod("there", "app=w", &pinned(&named("n2")));
    lab.pod("gone", "app=w", &pinned(&named("n9")));
    lab.pod("torn", "app=w", &pinned(&format!("{}, {}", named("n1"), named("n2"))));
    assert_eq!(lab.node("there").as_deref(), Some("n2"));
    assert_eq!(lab.refusals("gone"), "0/3 nodes are available: 3 node(s) didn't satisfy plugin(s) [NodeAffinity]");
    assert_eq!(lab.refusals("torn"), "0/3 nodes are available: pod affinity terms conflict");
}

#[test]
fn one_of_several_named_nodes_is_taken() {
    let mut lab = Lab::new(vec![node("n1", "4", &[]), node("n2", "1", &[]), node("n3", "4", &[])]);
    let term = |name: &str| format!("{{matchFields: [{{key: metadata.name, operator: In, values: [{name}]}}]}}");
    let affinity = format!(
        "affinity: {{nodeAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: {{nodeSelectorTerms: [{}, {}]}}}}}}, {}",
        term("n2"),
        term("n3"),
        requests("cpu: 2")
    );
    lab.pod("either", "app=w", &affinity);
    assert_eq!(lab.node("either").as_deref(), Some("n3"));
}

#[test]
fn gt_and_lt_tolerations_need_their_feature_gate() {
    let tolerant =
        pod("tolerant", "app=w", "tolerations: [{key: sla, operator: Gt, value: '750', effect: NoSchedule}]");
    let nodes = || {
        let mut node = node("n1", "4", &[]);
        node.spec.taints.push(taint("sla=950:NoSchedule"));
        vec![node]
    };
    let refused = Lab::new(nodes()).try_apply(&tolerant).unwrap_err();
    assert!(refused.contains("tolerations[0].operator: Unsupported value: \"Gt\""), "{refused}");
    let mut settings = Settings::default();
    settings.cluster.feature_gates.insert("TaintTolerationComparisonOperators".into(), true);
    let mut lab = Lab::with(nodes(), settings);
    lab.apply(&tolerant);
    assert_eq!(lab.node("tolerant").as_deref(), Some("n1"));
}

#[test]
fn the_request_of_a_pod_is_its_largest_moment_with_overhead() {
    let fits = |spec: &str| {
        let mut lab = Lab::of(1);
        lab.pod("p", "app=w", spec);
        lab.node("p").is_some()
    };
    let container = |name: &str, cpu: &str, more: &str| {
        format!("{{name: {name}, image: 'p:1'{more}, resources: {{requests: {{cpu: '{cpu}'}}}}}}")
    };
    let sidecar = ", restartPolicy: Always";
    let main = container("c", "2", "");
    // An init container runs before the others: 3 and 2 make 3.
    assert!(fits(&format!("initContainers: [{}], containers: [{main}]", container("i", "3", ""))));
    // A sidecar runs beside them: 3 and 2 make 5.
    assert!(!fits(&format!("initContainers: [{}], containers: [{main}]", container("i", "3", sidecar))));
    // And beside the init containers after it: 2 and 3 make 5.
    let (first, second) = (container("s", "2", sidecar), container("i", "3", ""));
    assert!(!fits(&format!("initContainers: [{first}, {second}], {}", requests("cpu: 1"))));
    assert!(fits(&format!("initContainers: [{second}, {first}], {}", requests("cpu: 1"))));
    // What is written for the pod as a whole takes the place of the sum.
    assert!(!fits(&format!("resources: {{requests: {{cpu: 5}}}}, containers: [{main}]")));
    assert!(fits(&format!("resources: {{requests: {{cpu: 3}}}}, containers: [{main}]")));
    assert!(!fits(&format!("overhead: {{cpu: 3}}, containers: [{main}]")));
}

#[test]
fn pods_that_have_ended_no_longer_count() {
    let mut lab = Lab::of(1);
    lab.apply(&pod(
        "job",
        "app=w",
        "restartPolicy: Never, containers: [{name: c, image: 'succeed:1', resources: {requests: {cpu: 3}}}]",
    ));
    assert!(lab.get("job").status.phase.is_terminal());
    lab.pod("next", "app=w", &requests("cpu: 3"));
    assert_eq!(lab.node("next").as_deref(), Some("n1"));
}

#[test]
fn a_host_port_is_free_once_on_a_node_and_address() {
    let port = |address: &str| {
        format!(
            "containers: [{{name: c, image: 'p:1', ports: [{{containerPort: 80, hostPort: 80, hostIP: '{address}'}}]}}]"
        )
    };
    let mut lab = Lab::of(1);
    lab.pod("one", "app=w", &port("10.0.0.1"));
    lab.pod("other", "app=w", &port("10.0.0.2"));
    assert_eq!(lab.node("other").as_deref(), Some("n1"));
    lab.pod("any", "app=w", &port(""));
    assert_eq!(
        lab.refusals("any"),
        "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports"
    );
}

#[test]
fn hard_spreading_keeps_a_domain_from_running_ahead() {
    let mut lab = zones();
    for name in ["w1", "w2", "w3"] {
        lab.pod(name, "app=w", SPREAD);
    }
    let in_b = ["w1", "w2", "w3"].iter().filter(|name| lab.node(name).as_deref() == Some("b1")).count();
    assert!((1..=2).contains(&in_b));
    // Nodes that the pod's own selector rules out are no domains.
    lab.apply(&pod("w4", "app=w", &format!("{SPREAD}, nodeSelector: {{zone: a}}")));
    assert!(lab.node("w4").is_some(), "the other zone is not eligible, so that there is nothing to be ahead of");
}

#[test]
fn a_pod_that_is_being_deleted_does_not_count_for_spreading() {
    let count = |delete: bool| {
        let mut lab = Lab::new(vec![node("a1", "4", &["zone=a"]), node("b1", "1", &["zone=b"])]);
        let spec = format!("{SPREAD}, {}", requests("cpu: 2"));
        lab.pod("w1", "app=w", &spec);
        if delete {
            let object = ObjectRef::new(Kind::Pod, "default", "w1");
            let propagation = setwise::reason::Propagation::Background;
            lab.simulation.command(Command::Delete { object, propagation, grace_seconds: None }).unwrap();
        }
        lab.try_apply(&pod("w2", "app=w", &spec)).unwrap();
        lab.simulation.advance(100);
        (lab.is_there("w1"), lab.node("w2").is_some())
    };
    assert_eq!((count(false), count(true)), ((true, false), (true, true)));
}

#[test]
fn a_full_domain_and_a_node_outside_of_every_domain_are_told_apart() {
    let mut lab = Lab::new(vec![node("a1", "4", &["zone=a"]), node("b1", "1", &["zone=b"]), node("c1", "4", &[])]);
    let spec = format!("{SPREAD}, {}", requests("cpu: 2"));
    lab.pod("w1", "app=w", &spec);
    assert_eq!(lab.node("w1").as_deref(), Some("a1"));
    lab.pod("w2", "app=w", &spec);
    assert_eq!(
        lab.refusals("w2"),
        "0/3 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match pod topology spread constraints, 1 node(s) \
         didn't match pod topology spread constraints (missing required label)"
    );
    // A pod that is not counted itself may be one more.
    lab.pod("guest", "app=guest", &spec);
    assert_eq!(lab.node("guest").as_deref(), Some("a1"));
}

#[test]
fn with_fewer_domains_than_asked_for_the_emptiest_counts_as_empty() {
    let spread = SPREAD.replace("topologyKey", "minDomains: 3, topologyKey");
    let mut lab = zones();
    for name in ["w1", "w2", "w3"] {
        lab.pod(name, "app=w", &spread);
    }
    assert!(lab.node("w1").is_some() && lab.node("w2").is_some());
    assert_eq!(lab.refusals("w3"), "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints");
}

#[test]
fn match_label_keys_spread_each_revision_by_itself() {
    let spread = SPREAD.replace("topologyKey", "matchLabelKeys: [rev], topologyKey");
    let mut lab = Lab::new(vec![node("a1", "4", &["zone=a"]), node("b1", "1", &["zone=b"])]);
    let spec = format!("{spread}, {}", requests("cpu: 2"));
    lab.pod("old", "app=w, rev=a", &spec);
    lab.pod("new", "app=w, rev=b", &spec);
    assert_eq!(lab.node("new").as_deref(), Some("a1"));
    lab.pod(
        "more",
        "app=w, rev=b",
        &requests("cpu: 2").to_string().replace("containers", &format!("{spread}, containers")),
    );
    assert!(lab.node("more").is_none());
}

#[test]
fn the_policies_say_whether_tainted_and_unselected_nodes_are_domains() {
    let nodes = || {
        let mut tainted = node("b1", "4", &["zone=b"]);
        tainted.spec.taints.push(taint("dedicated=db:NoSchedule"));
        vec![node("a1", "4", &["zone=a"]), tainted]
    };
    let second = |policy: &str| {
        let mut lab = Lab::new(nodes());
        let spread = SPREAD.replace("topologyKey", &format!("{policy}, topologyKey"));
        lab.pod("w1", "app=w", &spread);
        lab.pod("w2", "app=w", &spread);
        lab.node("w2").is_some()
    };
    assert!(!second("nodeTaintsPolicy: Ignore"));
    assert!(second("nodeTaintsPolicy: Honor"));
}

const NEAR: &str =
    "requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]";

#[test]
fn pod_affinity_goes_where_the_other_pod_is() {
    let mut lab = zones();
    let near = format!("affinity: {{podAffinity: {{{NEAR}}}}}");
    lab.pod("web", "app=web", &near);
    assert_eq!(lab.refusals("web"), "0/3 nodes are available: 3 node(s) didn't match pod affinity rules");
    // A pod that is placed wakes it.
    lab.pod("db", "app=db", "nodeSelector: {zone: b}");
    assert_eq!(lab.node("web").as_deref(), Some("b1"));
}

#[test]
fn the_first_pod_that_attracts_its_like_needs_no_other() {
    let mut lab = zones();
    let near = format!("affinity: {{podAffinity: {{{NEAR}}}}}");
    lab.pod("db1", "app=db", &near);
    let first = lab.node("db1").expect("placed");
    lab.pod("db2", "app=db", &near);
    let zone = |name: &str| if name == "b1" { "b" } else { "a" };
    assert_eq!(zone(&lab.node("db2").expect("placed")), zone(&first));
}

#[test]
fn anti_affinity_holds_in_both_directions() {
    let mut lab = zones();
    lab.pod("db", "app=db", "nodeSelector: {zone: b}");
    lab.pod("loner", "app=loner", &format!("affinity: {{podAntiAffinity: {{{NEAR}}}}}, nodeSelector: {{zone: b}}"));
    assert_eq!(
        lab.refusals("loner"),
        "0/3 nodes are available: 1 node(s) didn't match pod anti-affinity rules, 2 node(s) didn't match Pod's node \
         affinity/selector"
    );
    lab.pod("hermit", "app=hermit", &format!("affinity: {{podAntiAffinity: {{{NEAR}}}}}"));
    assert_ne!(lab.node("hermit").as_deref(), Some("b1"));
    lab.pod("db2", "app=db", "nodeSelector: {zone: a}");
    assert_eq!(
        lab.refusals("db2"),
        "0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 node(s) didn't satisfy existing \
         pods anti-affinity rules"
    );
    lab.delete("hermit");
    assert!(lab.node("db2").is_some(), "the pod that kept it away is gone");
}

#[test]
fn a_term_of_affinity_means_its_own_namespace_unless_it_names_others() {
    let other = |name: &str| {
        pod(name, "app=db", "nodeSelector: {zone: b}").replace("metadata: {", "metadata: {namespace: prod, ")
    };
    let placed = |namespaces: &str| {
        let mut lab = zones();
        lab.apply(&other("db"));
        lab.pod(
            "web",
            "app=web",
            &format!(
                "affinity: {{podAffinity: {{{}}}}}",
                NEAR.replace("topologyKey", &format!("{namespaces}topologyKey"))
            ),
        );
        lab.node("web")
    };
    assert_eq!(placed(""), None);
    assert_eq!(placed("namespaces: [prod], ").as_deref(), Some("b1"));
    assert_eq!(placed("namespaceSelector: {}, ").as_deref(), Some("b1"));
    let by_label = |name| format!("namespaceSelector: {{matchLabels: {{kubernetes.io/metadata.name: {name}}}}}, ");
    assert_eq!(placed(&by_label("prod")).as_deref(), Some("b1"));
    assert_eq!(placed(&by_label("default")), None);
}

const VOLUME: &str = "
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv, labels: {topology.kubernetes.io/zone: b}}
spec: {capacity: {storage: 1Gi}, accessModes: [MODE], storageClassName: manual, hostPath: {path: /d}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [MODE], storageClassName: manual, resources: {requests: {storage: 1Gi}}}
";
const CLAIM: &str = "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]";

#[test]
fn a_volume_with_a_zone_draws_its_pod_there() {
    let zone = |zone: &str| format!("topology.kubernetes.io/zone={zone}");
    let mut lab = Lab::new(vec![node("a1", "4", &[&zone("a")]), node("b1", "1", &[&zone("b")])]);
    lab.apply(&VOLUME.replace("MODE", "ReadWriteOnce"));
    lab.pod("w", "app=w", &format!("{CLAIM}, {}", requests("cpu: 2")));
    assert_eq!(
        lab.refusals("w"),
        "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had no available volume zone"
    );
}

#[test]
fn a_claim_for_one_pod_keeps_a_second_pod_waiting() {
    let mut lab = Lab::of(2);
    lab.apply(&VOLUME.replace("MODE", "ReadWriteOncePod"));
    lab.pod("first", "app=w", CLAIM);
    lab.pod("second", "app=w", CLAIM);
    assert_eq!(
        lab.refusals("second"),
        "0/2 nodes are available: 2 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode \
         already in-use by another pod"
    );
    lab.delete("first");
    assert!(lab.node("second").is_some());
}

#[test]
fn a_gated_pod_is_not_looked_at_until_its_last_gate_is_removed() {
    let mut lab = Lab::of(1);
    lab.pod("gated", "app=w", "schedulingGates: [{name: example.com/a}, {name: example.com/b}]");
    let condition = lab.get("gated").condition("PodScheduled").cloned().expect("a condition");
    assert_eq!(condition.reason.as_deref(), Some("SchedulingGated"));
    assert_eq!(condition.message.as_deref(), Some("Scheduling is blocked due to non-empty scheduling gates"));
    assert!(matches!(lab.reasons("gated")[..], [SchedulerReason::Gated { .. }]));
    let mut patch = |gates: serde_json::Value| {
        let object = ObjectRef::new(Kind::Pod, "default", "gated");
        let patch = serde_json::json!({ "spec": { "schedulingGates": gates } });
        let result = lab.simulation.command(Command::Patch { object, kind: PatchKind::Merge, patch });
        lab.simulation.settle();
        (result.map_err(|refusal| refusal.0), lab.node("gated"))
    };
    let (refused, _) = patch(serde_json::json!([{ "name": "example.com/c" }]));
    assert!(refused.unwrap_err().contains("only deletion is allowed, but found new scheduling gate 'example.com/c'"));
    assert_eq!(patch(serde_json::json!([{ "name": "example.com/b" }])), (Ok(()), None));
    assert_eq!(patch(serde_json::json!(null)), (Ok(()), Some("n1".into())));
}
