//! What Services get from the API server, what they keep, and what is refused.

use crate::actor::Settings;
use crate::api::{Kind, Object, ObjectRef};
use crate::engine::default_cluster::completed;
use crate::engine::{Bounds, Command, PatchKind, Refusal, Simulation};
use serde_json::{Value, json};

fn started() -> Simulation {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(completed(&[]));
    simulation
}

fn apply(simulation: &mut Simulation, name: &str, spec: Value) -> Result<(), Refusal> {
    let service = json!({ "metadata": { "name": name }, "spec": spec });
    simulation.command(Command::Apply(vec![Object::from_json(Kind::Service, &service).unwrap()]))
}

fn spec(simulation: &Simulation, name: &str) -> Value {
    simulation.cluster().get(&ObjectRef::new(Kind::Service, "default", name)).unwrap().to_json()["spec"].clone()
}

fn refused(outcome: Result<(), Refusal>) -> String {
    outcome.unwrap_err().0
}

#[test]
fn a_service_gets_an_address_and_the_defaults_of_the_api_server() {
    let mut simulation = started();
    apply(&mut simulation, "web", json!({ "selector": { "app": "web" }, "ports": [{ "port": 80 }] })).unwrap();
    let stored = spec(&simulation, "web");
    let address = stored["clusterIP"].as_str().unwrap().to_owned();
    assert!(address.starts_with("10.96."), "{address}");
    assert_eq!(
        stored,
        json!({
            "clusterIP": address, "clusterIPs": [address], "internalTrafficPolicy": "Cluster",
            "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
            "ports": [{ "port": 80, "protocol": "TCP", "targetPort": 80 }],
            "selector": { "app": "web" }, "sessionAffinity": "None", "type": "ClusterIP",
        })
    );
}

#[test]
fn a_headless_service_without_a_selector_may_have_endpoints_of_both_families() {
    let mut simulation = started();
    apply(&mut simulation, "db", json!({ "clusterIP": "None", "selector": { "app": "db" } })).unwrap();
    let stored = spec(&simulation, "db");
    assert_eq!((&stored["clusterIPs"], &stored["ipFamilies"]), (&json!(["None"]), &json!(["IPv4"])));
    apply(&mut simulation, "own", json!({ "clusterIP": "None" })).unwrap();
    let stored = spec(&simulation, "own");
    assert_eq!(stored["ipFamilies"], json!(["IPv4", "IPv6"]));
    assert_eq!(stored["ipFamilyPolicy"], "RequireDualStack");
}

#[test]
fn no_two_services_share_an_address() {
    let mut simulation = started();
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..300 {
        let name = format!("web-{number}");
        apply(&mut simulation, &name, json!({ "selector": { "app": "web" }, "ports": [{ "port": 80 }] })).unwrap();
        assert!(seen.insert(spec(&simulation, &name)["clusterIP"].to_string()));
    }
}

#[test]
fn an_address_of_ones_own_has_to_be_free_and_in_the_range() {
    let mut simulation = started();
    let wanted = |address: &str| json!({ "clusterIP": address, "ports": [{ "port": 80 }] });
    apply(&mut simulation, "a", wanted("10.96.0.20")).unwrap();
    assert_eq!(spec(&simulation, "a")["clusterIP"], "10.96.0.20");
    let taken = refused(apply(&mut simulation, "b", wanted("10.96.0.20")));
    assert!(taken.contains("failed to allocate IP 10.96.0.20: provided IP is already allocated"), "{taken}");
    let outside = refused(apply(&mut simulation, "b", wanted("192.168.0.1")));
    assert!(outside.contains("is not in the valid range. The range of valid IPs is 10.96.0.0/16"), "{outside}");
}

#[test]
fn the_address_stays_with_the_service_and_may_not_change() {
    let mut simulation = started();
    apply(&mut simulation, "web", json!({ "selector": { "app": "web" }, "ports": [{ "port": 80 }] })).unwrap();
    let before = spec(&simulation, "web")["clusterIP"].clone();
    apply(&mut simulation, "web", json!({ "selector": { "app": "shop" }, "ports": [{ "port": 81 }] })).unwrap();
    assert_eq!(spec(&simulation, "web")["clusterIP"], before);
    for other in ["None", "10.96.0.30"] {
        let headless = json!({ "clusterIP": other, "selector": { "app": "web" }, "ports": [{ "port": 80 }] });
        let message = refused(apply(&mut simulation, "web", headless));
        assert!(message.contains("may not change once set"), "{message}");
    }
}

#[test]
fn node_ports_are_given_kept_and_dropped_with_the_type() {
    let mut simulation = started();
    let ports = json!([{ "name": "dns", "port": 53, "protocol": "UDP" }, { "name": "dns-tcp", "port": 53 }]);
    apply(&mut simulation, "dns", json!({ "type": "NodePort", "ports": ports })).unwrap();
    let stored = spec(&simulation, "dns");
    let number = stored["ports"][0]["nodePort"].as_i64().unwrap();
    assert!((30_000..=32_767).contains(&number));
    assert_eq!(stored["ports"][1]["nodePort"], number, "one number under two protocols is one node port");
    assert_eq!(stored["externalTrafficPolicy"], "Cluster");
    apply(&mut simulation, "dns", json!({ "type": "NodePort", "ports": ports, "selector": { "a": "b" } })).unwrap();
    assert_eq!(spec(&simulation, "dns")["ports"][0]["nodePort"], number);
    let patch = Command::Patch {
        object: ObjectRef::new(Kind::Service, "default", "dns"),
        kind: PatchKind::Merge,
        patch: json!({ "spec": { "type": "ClusterIP" } }),
    };
    simulation.command(patch).unwrap();
    let stored = spec(&simulation, "dns");
    assert_eq!((&stored["ports"][0]["nodePort"], &stored["externalTrafficPolicy"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_node_port_of_ones_own_has_to_be_free_and_in_the_range() {
    let mut simulation = started();
    let wanted = |port: i32| json!({ "type": "NodePort", "ports": [{ "port": 80, "nodePort": port }] });
    apply(&mut simulation, "a", wanted(30_080)).unwrap();
    let taken = refused(apply(&mut simulation, "b", wanted(30_080)));
    assert!(
        taken.contains("spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated"),
        "{taken}"
    );
    let outside = refused(apply(&mut simulation, "b", wanted(8080)));
    assert!(outside.contains("The range of valid ports is 30000-32767"), "{outside}");
}

#[test]
fn an_external_name_has_no_address() {
    let mut simulation = started();
    apply(&mut simulation, "db", json!({ "type": "ExternalName", "externalName": "db.example.com" })).unwrap();
    let stored = spec(&simulation, "db");
    assert_eq!(stored, json!({ "type": "ExternalName", "externalName": "db.example.com", "sessionAffinity": "None" }));
    apply(&mut simulation, "db", json!({ "ports": [{ "port": 80 }] })).unwrap();
    assert!(spec(&simulation, "db")["clusterIP"].as_str().unwrap().starts_with("10.96."));
}
