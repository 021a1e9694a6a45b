//! What the pods of a node and of its domain leave open to another: ports, affinity, spreading, claims.

use super::{Lab, node, pod, requests};

const CLASSES: &str = "
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: low}, value: 10}
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}
";

const PORTS: &str = "node(s) didn't have free ports for the requested pod ports";

/// A pod of one container with this port.
fn with_port(port: &str) -> String {
    format!("containers: [{{name: c, image: 'p:1', ports: [{{containerPort: 80, {port}}}]}}]")
}

/// Whether a second pod finds a place beside a first one on the only node.
fn beside(first: &str, second: &str) -> bool {
    let mut lab = Lab::of(1);
    lab.pod("first", "app=w", first);
    assert!(lab.node("first").is_some());
    lab.pod("second", "app=w", second);
    let is_placed = lab.node("second").is_some();
    assert!(is_placed || lab.refusals("second") == format!("0/1 nodes are available: 1 {PORTS}"));
    is_placed
}

#[test]
fn a_host_port_clashes_with_the_same_number_protocol_and_address_alone() {
    let (tcp, udp) = (with_port("hostPort: 80"), with_port("hostPort: 80, protocol: UDP"));
    assert!(!beside(&tcp, &with_port("hostPort: 80, protocol: TCP")), "TCP is the default");
    assert!(beside(&tcp, &udp));
    assert!(beside(&tcp, &with_port("hostPort: 81")));
    assert!(beside(&tcp, &with_port("hostPort: 0")), "0 is no host port");
    assert!(beside(&with_port("hostPort: 0"), &with_port("hostPort: 0")));
}

#[test]
fn a_port_on_every_address_clashes_with_that_port_on_one_whichever_comes_first() {
    let (every, one) = (with_port("hostPort: 80"), with_port("hostPort: 80, hostIP: 10.0.0.1"));
    assert!(!beside(&every, &one));
    assert!(!beside(&one, &every));
    assert!(!beside(&one, &one));
    assert!(!beside(&one, &with_port("hostPort: 80, hostIP: 0.0.0.0")));
}

#[test]
fn the_ports_of_sidecars_count_and_those_of_init_containers_that_end_do_not() {
    let init = |more: &str| {
        format!(
            "initContainers: [{{name: i, image: 'p:1', {more}ports: [{{containerPort: 80, hostPort: 80}}]}}], \
             containers: [{{name: c, image: 'p:1'}}]"
        )
    };
    let taken = with_port("hostPort: 80");
    assert!(!beside(&taken, &init("restartPolicy: Always, ")));
    assert!(beside(&taken, &init("")));
}

const TO_DB: &str = "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: \
     [{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]}}";

/// A cluster of one node in a zone, on which a pod of low priority takes 3 of 4 CPUs.
fn crowded(labels: &str, spec: &str) -> Lab {
    let mut lab = Lab::new(vec![node("a1", "4", &["zone=a"])]);
    lab.apply(CLASSES);
    lab.pod("weak", labels, &format!("priorityClassName: low, {spec}{}", requests("cpu: 3")));
    assert!(lab.node("weak").is_some());
    lab
}

fn strong(lab: &mut Lab, labels: &str, spec: &str) -> Option<String> {
    lab.pod("strong", labels, &format!("priorityClassName: high, {spec}, {}", requests("cpu: 3")));
    lab.node("strong")
}

#[test]
fn a_pod_that_attracts_its_like_may_evict_the_last_of_them_and_becomes_the_first() {
    let mut lab = crowded("app=db", "");
    assert_eq!(strong(&mut lab, "app=db", TO_DB).as_deref(), Some("a1"));
    assert!(!lab.is_there("weak"));
}

#[test]
fn a_pod_does_not_evict_the_one_that_it_has_to_be_near() {
    let mut lab = crowded("app=db", "");
    assert_eq!(strong(&mut lab, "app=web", TO_DB), None);
    assert!(lab.is_there("weak"));
}

#[test]
fn two_terms_of_one_label_may_be_met_by_one_pod_and_both_have_to_be() {
    let both = "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: \
         [{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}, \
         {topologyKey: zone, labelSelector: {matchLabels: {tier: gold}}}]}}";
    let nodes = || vec![node("a1", "4", &["zone=a"]), node("b1", "4", &["zone=b"])];
    let mut lab = Lab::new(nodes());
    lab.pod("db", "app=db, tier=gold", "nodeSelector: {zone: b}");
    lab.pod("web", "app=web", both);
    assert_eq!(lab.node("web").as_deref(), Some("b1"));
    let mut lab = Lab::new(nodes());
    lab.pod("db", "app=db", "nodeSelector: {zone: b}");
    lab.pod("gold", "tier=gold", "nodeSelector: {zone: b}");
    lab.pod("web", "app=web", both);
    assert_eq!(lab.node("web"), None, "upstream counts pods that match every term");
}

#[test]
fn a_node_without_the_label_of_a_term_is_near_nothing_and_repels_nothing() {
    let nodes = || vec![node("a1", "4", &["zone=a"]), node("x1", "8", &[])];
    let mut lab = Lab::new(nodes());
    lab.pod("db", "app=db", "nodeSelector: {kubernetes.io/hostname: x1}");
    lab.pod("web", "app=web", TO_DB);
    assert_eq!(lab.node("web"), None);
    let mut lab = Lab::new(nodes());
    lab.pod("db1", "app=db", "nodeSelector: {kubernetes.io/hostname: x1}");
    lab.pod("db2", "app=db", "nodeSelector: {zone: a}");
    lab.pod("loner", "app=loner", &TO_DB.replace("podAffinity", "podAntiAffinity"));
    assert_eq!(lab.node("loner").as_deref(), Some("x1"));
}

#[test]
fn anti_affinity_of_the_victim_goes_with_it() {
    let repels = "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: \
         [{topologyKey: zone, labelSelector: {matchLabels: {app: s}}}]}}, ";
    let mut lab = Lab::new(vec![node("a1", "4", &["zone=a"])]);
    lab.apply(CLASSES);
    lab.pod("weak", "app=w", &format!("priorityClassName: low, {repels}{}", requests("cpu: 1")));
    lab.pod("calm", "app=w", &format!("priorityClassName: low, {}", requests("cpu: 1")));
    lab.pod("strong", "app=s", &format!("priorityClassName: high, {}", requests("cpu: 1")));
    assert_eq!(lab.node("strong").as_deref(), Some("a1"));
    assert_eq!((lab.is_there("weak"), lab.is_there("calm")), (false, true));
}

const ONE_POD: &str = "
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOncePod], storageClassName: manual, hostPath: {path: /d}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOncePod], storageClassName: manual, resources: {requests: {storage: 1Gi}}}
";
const CLAIM: &str = "volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]";

#[test]
fn a_claim_for_one_pod_is_taken_over_by_evicting_the_pod_that_has_it() {
    let mut lab = Lab::of(2);
    lab.apply(CLASSES);
    lab.apply(ONE_POD);
    lab.pod("holder", "app=w", &format!("priorityClassName: low, {CLAIM}"));
    lab.pod("bystander", "app=w", "priorityClassName: low, nodeSelector: {kubernetes.io/hostname: n1}");
    let holder = lab.node("holder").expect("placed");
    lab.pod("strong", "app=s", &format!("priorityClassName: high, {CLAIM}"));
    assert_eq!(lab.node("strong"), Some(holder));
    assert_eq!((lab.is_there("holder"), lab.is_there("bystander")), (false, true));
}

#[test]
fn a_claim_of_the_same_name_in_another_namespace_is_another_claim() {
    let elsewhere = |text: &str| text.replace("metadata: {name: data}", "metadata: {name: data, namespace: prod}");
    let mut lab = Lab::of(1);
    lab.apply(CLASSES);
    lab.apply(ONE_POD);
    lab.apply(&elsewhere(&ONE_POD.replace("name: pv", "name: pv2")));
    lab.pod("here", "app=w", &format!("priorityClassName: low, {CLAIM}"));
    let there = pod("there", "app=w", &format!("priorityClassName: high, {CLAIM}"));
    lab.apply(&there.replace("metadata: {", "metadata: {namespace: prod, "));
    assert!(lab.node("there").is_some());
    assert!(lab.is_there("here"));
}

#[test]
fn a_pod_waits_in_turn_for_claims_that_are_missing_going_or_not_bound() {
    let mut lab = Lab::of(2);
    lab.pod("early", "app=w", CLAIM);
    assert!(lab.refusals("early").ends_with("persistentvolumeclaim \"data\" not found"), "{}", lab.refusals("early"));
    let claim = ONE_POD.split_once("---").expect("two documents").1;
    lab.apply(claim);
    let unbound = "pod has unbound immediate PersistentVolumeClaims";
    assert!(lab.refusals("early").contains(unbound), "{}", lab.refusals("early"));
    lab.apply(ONE_POD.split_once("---").expect("two documents").0);
    assert!(lab.node("early").is_some());
}

/// A pod of each namespace that a spread of `app: w` might count.
#[test]
fn spreading_counts_the_pods_of_its_own_namespace_that_its_selector_matches() {
    let spread = "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, \
         labelSelector: {matchLabels: {app: w}}}], nodeSelector: {zone: a}";
    let placed = |labels: &str, namespace: &str| {
        let mut lab = Lab::new(vec![node("a1", "4", &["zone=a"]), node("b1", "4", &["zone=b"])]);
        let policy = spread.replace("topologyKey", "nodeAffinityPolicy: Ignore, topologyKey");
        let other = pod("other", labels, "nodeSelector: {zone: a}");
        lab.apply(&other.replace("metadata: {", &format!("metadata: {{namespace: {namespace}, ")));
        lab.pod("new", "app=w", &policy);
        lab.node("new").is_some()
    };
    assert!(!placed("app=w", "default"), "a would be two ahead of b");
    assert!(placed("app=x", "default"));
    assert!(placed("app=w", "prod"));
}

#[test]
fn a_nominated_pod_counts_for_spreading_ports_and_affinity_before_it_is_there() {
    let taken = |spec: &str| {
        let mut lab = Lab::new(vec![node("a1", "4", &["zone=a"])]);
        lab.apply(CLASSES);
        lab.pod("weak", "app=w", &format!("priorityClassName: low, {}", requests("cpu: 3")));
        let strong = format!("priorityClassName: high, {}", with_port("hostPort: 80"));
        let strong = strong.replace("image: 'p:1'", "image: 'p:1', resources: {requests: {cpu: 3}}");
        lab.try_apply(&pod("strong", "app=s", &strong)).expect("valid");
        lab.simulation.advance(100);
        assert!(lab.is_there("weak") && lab.node("strong").is_none());
        lab.try_apply(&pod("third", "app=t", spec)).expect("valid");
        lab.simulation.advance(100);
        lab.node("third").is_none()
    };
    assert!(taken(&with_port("hostPort: 80")));
    assert!(!taken(&with_port("hostPort: 81")));
    let away = "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: \
         [{topologyKey: zone, labelSelector: {matchLabels: {app: s}}}]}}";
    assert!(taken(away));
    assert!(!taken(&away.replace("app: s", "app: x")));
}
