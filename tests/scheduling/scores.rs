//! Scores, plugin by plugin, with the numbers that Kubernetes gives.

use super::{Lab, node, requests};
use setwise::api::{Taint, TaintEffect};

fn of(scores: &[(&str, i64)]) -> Vec<(String, i64)> {
    scores.iter().map(|(node, score)| ((*node).to_owned(), *score)).collect()
}

#[test]
fn the_freer_node_has_the_higher_share_left() {
    let mut lab = Lab::new(vec![node("n1", "4", &[]), node("n2", "8", &[])]);
    lab.pod("p", "app=w", &requests("cpu: 1, memory: 4Gi"));
    // (4-1)/4 and (16-4)/16 make 75 and 75; (8-1)/8 and 12/16 make 87 and 75.
    assert_eq!(lab.score_of("p", "NodeResourcesFit"), of(&[("n1", 75), ("n2", 81)]));
    assert_eq!(lab.node("p").as_deref(), Some("n2"));
}

#[test]
fn a_container_without_a_request_counts_as_a_small_one() {
    let mut lab = Lab::new(vec![node("n1", "1", &[]), node("n2", "4", &[])]);
    lab.pod("p", "app=w", "");
    // 100m of 1 leaves 90, of 4 leaves 97; 200Mi of 16Gi leaves 98.
    assert_eq!(lab.score_of("p", "NodeResourcesFit"), of(&[("n1", 94), ("n2", 97)]));
    assert_eq!(lab.score_of("p", "NodeResourcesBalancedAllocation"), of(&[("n1", 0), ("n2", 0)]));
}

#[test]
fn balance_compares_the_node_before_and_after() {
    let mut lab = Lab::new(vec![node("n1", "4", &[]), node("n2", "4", &["kind=x"])]);
    lab.pod("cpu", "app=w", &format!("nodeSelector: {{kind: x}}, {}", requests("cpu: 2")));
    lab.pod("memory", "app=w", &requests("memory: 8Gi"));
    // n1: from no difference to one half, 100 to 75: 50 + (50 + 75 - 100) / 2. n2: from one half to none.
    assert_eq!(lab.score_of("memory", "NodeResourcesBalancedAllocation"), of(&[("n1", 62), ("n2", 87)]));
}

#[test]
fn a_soft_taint_is_avoided_with_three_times_the_weight() {
    let mut tainted = node("n1", "4", &[]);
    let effect = TaintEffect::PreferNoSchedule;
    tainted.spec.taints.push(Taint { key: "slow".into(), value: String::new(), effect, time_added: None });
    let mut lab = Lab::new(vec![tainted, node("n2", "4", &[])]);
    lab.pod("p", "app=w", "");
    assert_eq!(lab.score_of("p", "TaintToleration"), of(&[("n1", 0), ("n2", 300)]));
}

#[test]
fn preferred_node_affinity_is_in_proportion_to_the_best() {
    let mut lab =
        Lab::new(vec![node("n1", "4", &["disk=ssd"]), node("n2", "4", &["disk=ssd", "gpu=yes"]), node("n3", "4", &[])]);
    let term = |weight: i64, key: &str| {
        format!("{{weight: {weight}, preference: {{matchExpressions: [{{key: {key}, operator: Exists}}]}}}}")
    };
    let terms = format!("{}, {}", term(10, "disk"), term(20, "gpu"));
    lab.pod(
        "p",
        "app=w",
        &format!("affinity: {{nodeAffinity: {{preferredDuringSchedulingIgnoredDuringExecution: [{terms}]}}}}"),
    );
    assert_eq!(lab.score_of("p", "NodeAffinity"), of(&[("n1", 66), ("n2", 200), ("n3", 0)]));
}

fn preferred(kind: &str, weight: i64) -> String {
    format!(
        "affinity: {{{kind}: {{preferredDuringSchedulingIgnoredDuringExecution: [{{weight: {weight}, podAffinityTerm: \
         {{topologyKey: kubernetes.io/hostname, labelSelector: {{matchLabels: {{app: db}}}}}}}}]}}}}"
    )
}

#[test]
fn preferred_pod_affinity_and_anti_affinity_pull_and_push() {
    let mut lab = Lab::of(2);
    lab.pod("db", "app=db", "nodeSelector: {kubernetes.io/hostname: n2}");
    lab.pod("friend", "app=x", &preferred("podAffinity", 10));
    assert_eq!(lab.score_of("friend", "InterPodAffinity"), of(&[("n1", 0), ("n2", 200)]));
    lab.pod("shy", "app=z", &preferred("podAntiAffinity", 10));
    assert_eq!(lab.score_of("shy", "InterPodAffinity"), of(&[("n1", 200), ("n2", 0)]));
}

#[test]
fn terms_of_pods_that_are_there_already_count_for_a_new_one() {
    let hard = "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: \
                kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}]}}";
    let mut lab = Lab::of(3);
    lab.pod("first", "app=db", "nodeSelector: {kubernetes.io/hostname: n3}");
    // Hard terms weigh 1, whatever they mean to the pod that has them.
    lab.pod("fan", "app=fan", hard);
    lab.pod("second", "app=db", "");
    assert_eq!(lab.score_of("second", "InterPodAffinity"), of(&[("n1", 0), ("n2", 0), ("n3", 200)]));
}

#[test]
fn soft_spreading_prefers_the_emptier_domain() {
    let mut lab = Lab::new(vec![
        node("a1", "4", &["zone=a"]),
        node("a2", "4", &["zone=a"]),
        node("b1", "4", &["zone=b"]),
        node("c1", "4", &[]),
    ]);
    let spread = "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, \
                  labelSelector: {matchLabels: {app: w}}}]";
    lab.pod("w1", "app=w", &format!("nodeSelector: {{kubernetes.io/hostname: a1}}, {spread}"));
    lab.pod("w2", "app=w", spread);
    // One pod in zone a: ln 4 rounds to 1, and 100 · (1 + 0 - 1) / 1 is nothing. A node without a zone scores nothing.
    assert_eq!(lab.score_of("w2", "PodTopologySpread"), of(&[("a1", 0), ("a2", 0), ("b1", 200), ("c1", 0)]));
}

#[test]
fn pods_of_a_set_spread_by_default_over_hosts_and_zones() {
    let zone = "topology.kubernetes.io/zone";
    let (a, b) = (format!("{zone}=a"), format!("{zone}=b"));
    let mut lab = Lab::new(vec![node("a1", "4", &[&a]), node("a2", "4", &[&a]), node("b1", "4", &[&b])]);
    lab.apply(
        "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: 'p:1'}]}
",
    );
    assert_eq!(lab.node("web-0").as_deref(), Some("a1"));
    // a1: ln 5 + 2 + ln 4 + 4 = 9; a2: 2 + ln 4 + 4 = 7; b1: 2 + 4 = 6. Then 100 · (9 + 6 - score) / 9, twice.
    assert_eq!(lab.score_of("web-1", "PodTopologySpread"), of(&[("a1", 132), ("a2", 176), ("b1", 200)]));
    assert_eq!(lab.node("web-1").as_deref(), Some("b1"));
}

#[test]
fn pods_behind_a_service_spread_by_default_too_and_others_do_not() {
    let mut lab = Lab::of(2);
    lab.pod("one", "app=w", "nodeSelector: {kubernetes.io/hostname: n1}");
    lab.pod("alone", "app=w", "");
    assert_eq!(lab.score_of("alone", "PodTopologySpread"), of(&[("n1", 0), ("n2", 0)]));
    lab.apply("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: w}, ports: [{port: 80}]}}");
    lab.pod("third", "app=w", "");
    assert_ne!(lab.score_of("third", "PodTopologySpread"), of(&[("n1", 0), ("n2", 0)]));
}

#[test]
fn equal_nodes_are_counted_and_the_first_by_name_is_taken() {
    let mut lab = Lab::new((1..=20).map(|number| node(&format!("n{number:02}"), "4", &[])).collect());
    lab.pod("p", "app=w", "");
    let (scores, tied) = lab.scores("p");
    assert_eq!((scores.len(), tied, lab.node("p").as_deref()), (12, 20, Some("n01")));
}
