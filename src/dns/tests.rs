//! The specification of DNS in a cluster, statement by statement.

use super::*;
use crate::actor::Settings;
use crate::engine::{Bounds, Command, Simulation, default_cluster};
use crate::manifest::{SourceFile, read};
use std::rc::Rc;

const MANIFEST: &str = "
apiVersion: v1
kind: Service
metadata: { name: db }
spec:
  clusterIP: None
  selector: { app: db }
  ports: [{ name: pg, port: 5432, targetPort: sql }, { name: stats, port: 9187, protocol: UDP }]
---
apiVersion: v1
kind: Service
metadata: { name: front }
spec:
  selector: { app: db }
  ports: [{ name: pg, port: 80, targetPort: 5432 }]
---
apiVersion: v1
kind: Service
metadata: { name: elsewhere }
spec: { type: ExternalName, externalName: db.example.com }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  replicas: 2
  podManagementPolicy: Parallel
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
      - { name: db, image: 'postgres:18', ports: [{ name: sql, containerPort: 5433 }] }
";

fn run(text: &str) -> Simulation {
    let manifest = read(&[SourceFile { name: "a.yaml".into(), text: text.into() }]);
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&[]));
    simulation.command(Command::Apply(manifest.objects())).unwrap();
    simulation.settle();
    simulation
}

fn addresses(cluster: &Cluster, name: &str) -> Vec<String> {
    match resolve(cluster, name, RecordType::A) {
        Answer::Records(records) => records
            .into_iter()
            .map(|record| match record.data {
                RecordData::A(address) => address,
                other => panic!("{other:?}"),
            })
            .collect(),
        Answer::NoData | Answer::NoSuchName => vec![],
    }
}

fn pod<'a>(cluster: &'a Cluster, name: &str) -> &'a Rc<Pod> {
    cluster.pods.get(&Key::new("default", name)).unwrap()
}

#[test]
fn a_headless_name_answers_with_every_ready_endpoint_and_each_pod_has_its_own_name() {
    let simulation = run(MANIFEST);
    let cluster = simulation.cluster();
    let address = |name| pod(cluster, name).status.pod_ip.clone().unwrap();
    let mut both = vec![address("db-0"), address("db-1")];
    both.sort();
    assert_eq!(addresses(cluster, "db.default.svc.cluster.local"), both);
    assert_eq!(addresses(cluster, "db-1.db.default.svc.cluster.local."), [address("db-1")]);
    assert_eq!(resolve(cluster, "db-2.db.default.svc.cluster.local", RecordType::A), Answer::NoSuchName);
    assert_eq!(resolve(cluster, "db-1.db.default.svc.cluster.local", RecordType::Srv), Answer::NoData);
}

#[test]
fn a_named_port_has_a_record_for_each_endpoint_with_the_port_of_the_pod() {
    let simulation = run(MANIFEST);
    let of = |name| match resolve(simulation.cluster(), name, RecordType::Srv) {
        Answer::Records(records) => records.into_iter().map(|record| record.data).collect(),
        Answer::NoData | Answer::NoSuchName => vec![],
    };
    let target = |number, port| RecordData::Srv { port, target: format!("db-{number}.db.default.svc.cluster.local") };
    assert_eq!(of("_pg._tcp.db.default.svc.cluster.local"), [target(0, 5433), target(1, 5433)]);
    assert_eq!(of("_stats._udp.db.default.svc.cluster.local"), [target(0, 9187), target(1, 9187)]);
    let front = RecordData::Srv { port: 80, target: "front.default.svc.cluster.local".into() };
    assert_eq!(of("_pg._tcp.front.default.svc.cluster.local"), [front]);
    assert_eq!(resolve(simulation.cluster(), "_tcp.db.default.svc.cluster.local", RecordType::Srv), Answer::NoData);
}

#[test]
fn a_service_with_an_address_answers_with_it_and_gives_pods_no_names() {
    let simulation = run(MANIFEST);
    let cluster = simulation.cluster();
    let service = cluster.services.get(&Key::new("default", "front")).unwrap();
    assert_eq!(addresses(cluster, "front.default.svc.cluster.local"), [service.spec.cluster_ip.clone().unwrap()]);
    assert_eq!(resolve(cluster, "db-0.front.default.svc.cluster.local", RecordType::A), Answer::NoSuchName);
    assert!(records_of_pod(cluster, pod(cluster, "db-0")).iter().all(|record| !record.name.contains("front")));
}

#[test]
fn an_external_name_is_another_name() {
    let simulation = run(MANIFEST);
    let record =
        Record { name: "elsewhere.default.svc.cluster.local".into(), data: RecordData::Cname("db.example.com".into()) };
    let answer = resolve(simulation.cluster(), "elsewhere.default.svc.cluster.local", RecordType::A);
    assert_eq!(answer, Answer::Records(vec![record]));
}

#[test]
fn names_of_other_services_namespaces_and_domains_do_not_exist() {
    let simulation = run(MANIFEST);
    for name in ["nope.default.svc.cluster.local", "db.other.svc.cluster.local", "db.default", "example.com", ""] {
        assert_eq!(resolve(simulation.cluster(), name, RecordType::A), Answer::NoSuchName, "{name}");
    }
}

#[test]
fn a_pod_may_leave_out_the_end_of_a_name() {
    let simulation = run(MANIFEST);
    let from = |namespace, name| resolve_from(simulation.cluster(), namespace, name, RecordType::A);
    let full = resolve(simulation.cluster(), "db-0.db.default.svc.cluster.local", RecordType::A);
    assert_eq!(from("default", "db-0.db"), full);
    assert_eq!(from("other", "db-0.db.default"), full);
    assert_eq!(from("other", "db-0.db.default.svc.cluster.local"), full);
    assert_eq!(from("other", "db-0.db"), Answer::NoSuchName);
    assert_eq!(from("default", "db-0.db."), Answer::NoSuchName);
}

#[test]
fn a_pod_that_is_not_ready_has_no_name_unless_the_service_publishes_it() {
    let broken = MANIFEST.replace("postgres:18", "postgres:notready");
    let name = "db-0.db.default.svc.cluster.local";
    assert_eq!(resolve(run(&broken).cluster(), name, RecordType::A), Answer::NoSuchName);
    assert_eq!(resolve(run(&broken).cluster(), "db.default.svc.cluster.local", RecordType::A), Answer::NoSuchName);
    let published = broken.replacen("clusterIP: None", "clusterIP: None\n  publishNotReadyAddresses: true", 1);
    assert_eq!(addresses(run(&published).cluster(), name).len(), 1);
}

#[test]
fn a_pod_without_a_host_name_is_named_after_its_address() {
    let text = "
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: None, selector: { app: web } }
---
apiVersion: v1
kind: Pod
metadata: { name: one, labels: { app: web } }
spec: { containers: [{ name: a, image: 'nginx:1' }] }
";
    let simulation = run(text);
    let cluster = simulation.cluster();
    let pod = pod(cluster, "one");
    let address = pod.status.pod_ip.clone().unwrap();
    let names: Vec<String> = records_of_pod(cluster, pod).into_iter().map(|record| record.name).collect();
    let service = "web.default.svc.cluster.local";
    assert_eq!(names, [service.to_owned(), format!("{}.{service}", address.replace('.', "-"))]);
}

#[test]
fn endpoints_that_somebody_writes_by_hand_have_names_too() {
    let text = "
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { clusterIP: None, ports: [{ name: pg, port: 5432 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: outside-1, labels: { kubernetes.io/service-name: outside } }
addressType: IPv4
endpoints: [{ addresses: [192.0.2.7], hostname: primary }]
ports: [{ name: pg, port: 5432 }]
";
    let simulation = run(text);
    assert_eq!(addresses(simulation.cluster(), "primary.outside.default.svc.cluster.local"), ["192.0.2.7"]);
}
