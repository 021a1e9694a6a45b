//! What the slices of a Service list, and how few writes it takes.

use super::*;
use crate::actor::{Actor, Settings};
use crate::api::{Object, ObjectRef};
use crate::engine::{Bounds, Command, PatchKind, Simulation, default_cluster};
use crate::manifest::{SourceFile, read};
use crate::reason::{LabelMiss, Propagation};
use serde_json::{Value, json};

const SERVICE: &str = "
apiVersion: v1
kind: Service
metadata: { name: web, labels: { team: shop } }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }
";

fn objects(text: &str) -> Vec<Object> {
    let manifest = read(&[SourceFile { name: "a.yaml".into(), text: text.into() }]);
    assert_eq!(manifest.objects().len(), text.matches("kind:").count(), "{:?}", manifest.diagnostics);
    manifest.objects()
}

fn applied(text: &str) -> Simulation {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&[]));
    simulation.command(Command::Apply(objects(text))).unwrap();
    simulation
}

fn settled(text: &str) -> Simulation {
    let mut simulation = applied(text);
    simulation.settle();
    simulation
}

/// A pod on its own, with a port named `http`.
fn pod(name: &str, image: &str, port: i32) -> String {
    format!(
        "---\napiVersion: v1\nkind: Pod\nmetadata: {{ name: {name}, labels: {{ app: web }} }}\nspec:\n  containers:\n  \
         - {{ name: a, image: '{image}', ports: [{{ name: http, containerPort: {port} }}] }}\n"
    )
}

fn slices(simulation: &Simulation, service: &str) -> Vec<Rc<EndpointSlice>> {
    let service = simulation.cluster().services.get(&Key::new("default", service)).unwrap();
    slices_of(simulation.cluster(), service).cloned().collect()
}

/// Each endpoint's pod with `ready`, `serving` and `terminating`.
fn listed(simulation: &Simulation) -> Vec<(String, [bool; 3])> {
    let slices = slices(simulation, "web");
    let endpoints = slices.iter().flat_map(|slice| slice.endpoints.clone());
    endpoints
        .map(|endpoint| {
            let conditions = endpoint.conditions;
            (endpoint.target_ref.unwrap().name, [conditions.ready, conditions.serving, conditions.terminating])
        })
        .collect()
}

fn acts(simulation: &Simulation) -> Vec<EndpointsAct> {
    let steps = simulation.steps().iter().filter(|step| step.actor == Actor::EndpointSliceController);
    steps
        .map(|step| match &step.reason {
            Reason::Endpoints(reason) => reason.act.clone(),
            other => panic!("{other:?}"),
        })
        .collect()
}

fn of_pod(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::Pod, "default", name)
}

fn patch(simulation: &mut Simulation, object: ObjectRef, patch: Value) {
    simulation.command(Command::Patch { object, kind: PatchKind::Merge, patch }).unwrap();
    simulation.settle();
}

#[test]
fn a_slice_belongs_to_its_service_and_carries_its_labels() {
    let simulation = settled(&[SERVICE, &pod("a", "nginx:1", 8080)].concat());
    let slice = Object::EndpointSlice(slices(&simulation, "web").remove(0)).to_json();
    assert_eq!(slice["metadata"]["generateName"], "web-");
    assert_eq!(
        slice["metadata"]["labels"],
        json!({
            "team": "shop",
            "kubernetes.io/service-name": "web",
            "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        })
    );
    let owner = &slice["metadata"]["ownerReferences"][0];
    assert_eq!(
        (&owner["kind"], &owner["name"], &owner["controller"]),
        (&json!("Service"), &json!("web"), &json!(true))
    );
    assert_eq!(slice["ports"], json!([{ "name": "", "port": 8080, "protocol": "TCP" }]));
    assert_eq!(slice["addressType"], "IPv4");
    assert_eq!(slice["endpoints"][0]["nodeName"], "worker-1");
    let headless = SERVICE.replace("selector:", "clusterIP: None, selector:");
    let labels = &slices(&settled(&headless), "web")[0].metadata.labels;
    assert_eq!(labels.get(HEADLESS_LABEL).map(String::as_str), Some(""));
}

#[test]
fn ready_is_serving_and_not_terminating() {
    let text = [SERVICE, &pod("a", "nginx:1", 80), &pod("b", "nginx:notready", 80)].concat();
    let mut simulation = settled(&text);
    assert_eq!(listed(&simulation), [("a".into(), [true, true, false]), ("b".into(), [false, false, false])]);
    simulation
        .command(Command::Delete { object: of_pod("a"), propagation: Propagation::Background, grace_seconds: None })
        .unwrap();
    simulation.advance(300);
    assert_eq!(listed(&simulation)[0], ("a".into(), [false, true, true]));
    simulation.settle();
    assert_eq!(listed(&simulation), [("b".into(), [false, false, false])]);
}

#[test]
fn pods_that_are_not_ready_are_ready_endpoints_where_the_service_publishes_them() {
    let service = SERVICE.replace("selector:", "publishNotReadyAddresses: true, selector:");
    let simulation = settled(&[service.as_str(), &pod("b", "nginx:notready", 80)].concat());
    assert_eq!(listed(&simulation), [("b".into(), [true, false, false])]);
}

#[test]
fn pods_without_an_address_and_ended_pods_are_left_out() {
    let ended = pod("b", "nginx:failed", 80).replace("spec:\n", "spec:\n  restartPolicy: Never\n");
    let text = [SERVICE, &pod("a", "nginx:broken", 80), &ended].concat();
    assert_eq!(listed(&settled(&text)), []);
}

#[test]
fn pods_whose_named_ports_differ_are_in_different_slices_and_one_without_it_has_no_port() {
    let other = pod("c", "nginx:1", 80).replace("name: http", "name: other");
    let text = [SERVICE, &pod("a", "nginx:1", 8080), &pod("b", "nginx:1", 9090), &other].concat();
    let slices = slices(&settled(&text), "web");
    let mut ports: Vec<_> = slices.iter().map(|slice| slice.ports.first().and_then(|port| port.port)).collect();
    ports.sort();
    assert_eq!(ports, [None, Some(8080), Some(9090)]);
}

#[test]
fn a_hostname_counts_only_below_the_service_that_is_the_subdomain() {
    let with = |subdomain: &str| {
        pod("a", "nginx:1", 80).replace("spec:\n", &format!("spec:\n  hostname: own\n  subdomain: {subdomain}\n"))
    };
    let hostname = |subdomain| {
        let simulation = settled(&[SERVICE, &with(subdomain)].concat());
        slices(&simulation, "web")[0].endpoints[0].hostname.clone()
    };
    assert_eq!(hostname("web"), Some("own".into()));
    assert_eq!(hostname("other"), None);
}

#[test]
fn services_without_a_selector_and_external_names_have_no_slices() {
    let without = SERVICE.replace("selector: { app: web }, ", "");
    assert_eq!(slices(&settled(&[&without, pod("a", "nginx:1", 80).as_str()].concat()), "web").len(), 0);
    let external = SERVICE.replace("selector:", "type: ExternalName, externalName: a.b, selector:");
    assert_eq!(slices(&settled(&external), "web").len(), 0);
}

#[test]
fn an_empty_service_has_an_empty_slice_which_is_filled_later() {
    let mut simulation = settled(SERVICE);
    let empty = slices(&simulation, "web");
    assert_eq!((empty.len(), empty[0].endpoints.len(), empty[0].ports.len()), (1, 0, 0));
    simulation.command(Command::Apply(objects(&pod("a", "nginx:1", 80)))).unwrap();
    simulation.settle();
    let filled = slices(&simulation, "web");
    assert_eq!((filled.len(), filled[0].endpoints.len(), filled[0].ports.len()), (1, 1, 1));
    assert_eq!(filled[0].metadata.name, empty[0].metadata.name);
    simulation
        .command(Command::Delete { object: of_pod("a"), propagation: Propagation::Background, grace_seconds: Some(0) })
        .unwrap();
    simulation.settle();
    let again = slices(&simulation, "web");
    assert_eq!((again.len(), again[0].endpoints.len(), again[0].ports.len()), (1, 0, 0));
    assert_eq!(acts(&simulation).len(), 3, "nothing is written where nothing changes");
}

/// A workload of many pods at once.
fn many(replicas: i32) -> String {
    format!(
        "{SERVICE}---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{ name: web }}\nspec:\n  serviceName: web\n  \
         podManagementPolicy: Parallel\n  replicas: {replicas}\n  selector: {{ matchLabels: {{ app: web }} }}\n  \
         template:\n    metadata: {{ labels: {{ app: web }} }}\n    spec: {{ containers: [{{ name: a, image: 'nginx:1' }}] }}\n"
    )
}

#[test]
fn a_slice_lists_a_hundred_endpoints_at_most_and_many_pods_take_few_updates() {
    let mut simulation = settled(&many(250));
    let sizes = |simulation: &Simulation| {
        let mut sizes: Vec<usize> = slices(simulation, "web").iter().map(|slice| slice.endpoints.len()).collect();
        sizes.sort();
        sizes
    };
    assert_eq!(sizes(&simulation), [50, 100, 100]);
    let steps = acts(&simulation).len();
    assert!(steps <= 5, "{steps} steps for 250 pods");
    let scale = |replicas| Command::Scale { object: ObjectRef::new(Kind::StatefulSet, "default", "web"), replicas };
    simulation.command(scale(260)).unwrap();
    simulation.settle();
    assert_eq!(sizes(&simulation), [60, 100, 100], "the slice that has room takes the new ones");
    simulation.command(scale(0)).unwrap();
    simulation.settle();
    assert_eq!(sizes(&simulation), [0]);
}

#[test]
fn a_service_publishes_what_becomes_ready_and_withdraws_what_is_not() {
    let text = [SERVICE, &pod("a", "nginx:1", 80), &pod("b", "nginx:1", 80)].concat();
    let mut simulation = settled(&text);
    let last = |simulation: &Simulation| acts(simulation).pop().unwrap();
    let published =
        EndpointsAct::Publish { entered: vec![of_pod("a"), of_pod("b")], left: vec![], ready: 2, listed: 2 };
    assert_eq!(last(&simulation), published);
    simulation.command(Command::HoldReadiness { pod: of_pod("b"), ready: false }).unwrap();
    simulation.settle();
    let withdrawn = |why, listed| EndpointsAct::Publish {
        entered: vec![],
        left: vec![Departure { pod: of_pod("b"), why }],
        ready: 1,
        listed,
    };
    assert_eq!(last(&simulation), withdrawn(Withdrawal::NotReady, 2));
    simulation.command(Command::HoldReadiness { pod: of_pod("b"), ready: true }).unwrap();
    simulation.settle();
    patch(&mut simulation, of_pod("b"), json!({ "metadata": { "labels": { "app": "other" } } }));
    assert_eq!(last(&simulation), withdrawn(Withdrawal::Unselected, 1));
    patch(&mut simulation, of_pod("b"), json!({ "metadata": { "labels": { "app": "web" } } }));
    simulation
        .command(Command::Delete { object: of_pod("b"), propagation: Propagation::Background, grace_seconds: None })
        .unwrap();
    simulation.advance(200);
    assert_eq!(last(&simulation), withdrawn(Withdrawal::Terminating, 2));
    simulation.settle();
    assert_eq!(last(&simulation), EndpointsAct::RecordStatus, "the pod that is gone was withdrawn before");
}

#[test]
fn a_service_that_selects_nothing_names_the_labels_that_are_missing() {
    let set = many(1).replacen("selector: { app: web }", "selector: { app: web, tier: edge }", 1);
    let miss = |key: &str, wanted: &str, found: Option<&str>| LabelMiss {
        key: key.into(),
        wanted: wanted.into(),
        found: found.map(Into::into),
    };
    let closest = |text: &str| match acts(&settled(text)).remove(0) {
        EndpointsAct::SelectsNothing { closest, .. } => closest,
        other => panic!("{other:?}"),
    };
    let web = ObjectRef::new(Kind::StatefulSet, "default", "web");
    // The Service is looked at before anything else is, but after all is stored.
    assert_eq!(closest(&set), Some((web.clone(), vec![miss("tier", "edge", None)])));
    let typo = many(1).replacen("selector: { app: web }", "selector: { app: wbe }", 1);
    assert_eq!(closest(&typo), Some((web, vec![miss("app", "wbe", Some("web"))])));
    assert_eq!(closest(SERVICE), None);
}

#[test]
fn a_slice_that_somebody_deletes_is_made_again_and_slices_go_with_their_service() {
    let mut simulation = settled(&[SERVICE, &pod("a", "nginx:1", 80)].concat());
    let slice = slices(&simulation, "web").remove(0);
    let delete = |object| Command::Delete { object, propagation: Propagation::Background, grace_seconds: None };
    simulation.command(delete(slice.reference())).unwrap();
    simulation.settle();
    assert_eq!(listed(&simulation).len(), 1);
    simulation.command(delete(ObjectRef::new(Kind::Service, "default", "web"))).unwrap();
    simulation.settle();
    assert!(simulation.cluster().endpoint_slices.is_empty());
}

#[test]
fn a_pod_whose_node_is_gone_is_left_out() {
    let mut simulation = settled(&[SERVICE, &pod("a", "nginx:1", 80)].concat());
    simulation.command(Command::DeleteNode("worker-1".into())).unwrap();
    patch(
        &mut simulation,
        ObjectRef::new(Kind::Service, "default", "web"),
        json!({ "metadata": { "labels": { "x": "y" } } }),
    );
    assert_eq!(listed(&simulation), []);
}
