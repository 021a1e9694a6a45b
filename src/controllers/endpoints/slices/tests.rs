//! Which slices are written when endpoints come and go.

use super::*;
use crate::api::{EndpointTarget, Kind};
use serde_json::{from_value, json};

fn service(metadata: serde_json::Value) -> Service {
    let mut service: Service = from_value(json!({ "metadata": metadata, "spec": {} })).unwrap();
    service.metadata.name = "web".into();
    service.metadata.namespace = "default".into();
    service
}

/// The endpoint of pod `p<number>`.
fn endpoint(number: usize) -> Endpoint {
    let target = json!({ "kind": "Pod", "namespace": "default", "name": format!("p{number:03}") });
    let target_ref: EndpointTarget = from_value(target).unwrap();
    Endpoint { addresses: vec![format!("10.0.0.{number}")], target_ref: Some(target_ref), ..Default::default() }
}

fn port(number: i32) -> Vec<EndpointPort> {
    vec![from_value(json!({ "name": "http", "port": number, "protocol": "TCP" })).unwrap()]
}

fn slice(name: &str, ports: Vec<EndpointPort>, numbers: std::ops::Range<usize>) -> Rc<EndpointSlice> {
    let mut slice = new_slice(&service(json!({})), &ports);
    slice.metadata.name = name.into();
    slice.endpoints = numbers.map(endpoint).collect();
    Rc::new(slice)
}

/// The writes as text: `create 5`, `update a 60`, `delete b`.
fn written(service: &Service, existing: &[Rc<EndpointSlice>], desired: Desired) -> Vec<String> {
    let existing: Vec<&Rc<EndpointSlice>> = existing.iter().collect();
    let size = |object: &Object| match object {
        Object::EndpointSlice(slice) => slice.endpoints.len(),
        other => panic!("{other:?}"),
    };
    let writes = reconcile(service, &existing, desired);
    let text = writes.iter().map(|write| match write {
        Write::Create(object) => format!("create {}", size(object)),
        Write::Update(object) => format!("update {} {}", object.metadata().name, size(object)),
        Write::Delete(deletion) => format!("delete {}", deletion.object.name()),
    });
    let mut text: Vec<String> = text.collect();
    text.sort();
    text
}

fn desired(ports: &[EndpointPort], numbers: impl IntoIterator<Item = usize>) -> Desired {
    let mut desired = Desired::default();
    numbers.into_iter().for_each(|number| desired.add(ports.to_vec(), endpoint(number)));
    desired
}

/// What is written where slices `a`, `b`, … of one port list some endpoints and others are desired.
fn changed(existing: &[std::ops::Range<usize>], numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    let names = ["a", "b", "c"];
    let existing: Vec<_> = existing.iter().zip(names).map(|(it, name)| slice(name, port(80), it.clone())).collect();
    written(&service(json!({})), &existing, desired(&port(80), numbers))
}

#[test]
fn nothing_is_written_where_the_slices_list_what_they_should() {
    assert_eq!(changed(&[0..50, 50..110], 0..110), [] as [&str; 0]);
}

#[test]
fn a_hundred_endpoints_fill_a_slice_and_the_next_one_gets_another() {
    assert_eq!(changed(&[], 0..100), ["create 100"]);
    assert_eq!(changed(&[], 0..101), ["create 1", "create 100"]);
}

#[test]
fn new_endpoints_go_to_the_fullest_slice_that_takes_all_of_them() {
    assert_eq!(changed(&[0..50, 50..110], 0..130), ["update b 80"]);
    assert_eq!(changed(&[0..50, 50..110], 0..150), ["update b 100"]);
    assert_eq!(changed(&[0..50, 50..110], 0..151), ["update a 91"]);
    assert_eq!(changed(&[0..50, 50..110], 0..161), ["create 51"]);
}

#[test]
fn a_slice_that_is_written_anyway_is_filled_first() {
    assert_eq!(changed(&[0..50, 50..110], 10..120), ["update a 50"]);
    assert_eq!(changed(&[0..50, 50..110], 10..180), ["update a 100", "update b 70"]);
    // Of two that are written the fuller one is filled first.
    assert_eq!(changed(&[0..50, 50..110], (1..50).chain(51..145)), ["update a 49", "update b 94"]);
}

#[test]
fn an_emptied_slice_is_used_again_or_goes() {
    assert_eq!(changed(&[0..50], 60..65), ["update a 5"]);
    assert_eq!(changed(&[0..50, 50..60], 50..60), ["delete a"]);
    assert_eq!(changed(&[0..50, 50..60], 50..65), ["delete a", "update b 15"]);
}

#[test]
fn slices_of_ports_that_no_pod_has_go_and_one_of_them_becomes_the_new_one() {
    let existing = [slice("a", port(80), 0..5), slice("b", port(81), 5..9)];
    let service = service(json!({}));
    assert_eq!(written(&service, &existing, desired(&port(80), 0..5)), ["delete b"]);
    assert_eq!(written(&service, &existing, desired(&port(82), 0..9)), ["delete b", "update a 9"]);
    assert_eq!(written(&service, &existing, Desired::default()), ["delete b", "update a 0"]);
}

#[test]
fn the_empty_slice_of_an_empty_service_stays_as_it_is_until_its_labels_change() {
    let placeholder = || [slice("a", vec![], 0..0)];
    assert_eq!(written(&service(json!({})), &placeholder(), Desired::default()), [] as [&str; 0]);
    let labelled = service(json!({ "labels": { "team": "shop" } }));
    assert_eq!(written(&labelled, &placeholder(), Desired::default()), ["update a 0"]);
    // One that still lists a pod, or has a port, is no placeholder.
    assert_eq!(written(&service(json!({})), &[slice("a", vec![], 0..1)], Desired::default()), ["update a 0"]);
    assert_eq!(written(&service(json!({})), &[slice("a", port(80), 0..0)], Desired::default()), ["update a 0"]);
}

#[test]
fn changed_labels_of_the_service_are_written_to_every_slice() {
    let existing = [slice("a", port(80), 0..100), slice("b", port(80), 100..110)];
    let labelled = service(json!({ "labels": { "team": "shop", HEADLESS_LABEL: "no" } }));
    assert_eq!(written(&labelled, &existing, desired(&port(80), 0..110)), ["update a 100", "update b 10"]);
    let labels = labels(&labelled);
    assert_eq!(labels.get("team").map(String::as_str), Some("shop"));
    assert_eq!(labels.get(HEADLESS_LABEL), None, "it is the controller's own");
}

#[test]
fn a_service_that_is_being_deleted_gets_no_new_slice() {
    let going = service(json!({ "deletionTimestamp": "2026-01-01T00:00:00Z" }));
    assert_eq!(written(&going, &[], desired(&port(80), 0..5)), [] as [&str; 0]);
    assert_eq!(written(&going, &[slice("a", port(80), 0..4)], desired(&port(80), 0..5)), ["update a 5"]);
}

#[test]
fn an_endpoint_whose_address_or_host_name_changes_is_another_one() {
    let mut moved = desired(&port(80), 0..2);
    let other = Endpoint { hostname: Some("own".into()), ..endpoint(0) };
    moved.add(port(80), other);
    assert_eq!(moved.len(), 3);
    let again = Endpoint { node_name: Some("n1".into()), ..endpoint(0) };
    moved.add(port(80), again);
    assert_eq!(moved.len(), 3, "the node does not make it another");
    moved.add(port(81), endpoint(0));
    assert_eq!(moved.len(), 4, "with another port it is listed once more");
}

#[test]
fn pods_are_ready_that_have_a_ready_endpoint() {
    let mut desired = Desired::default();
    for (number, ready) in [(0, true), (1, false)] {
        let mut endpoint = endpoint(number);
        endpoint.conditions.ready = ready;
        desired.add(port(80), endpoint);
    }
    let ready: Vec<ObjectRef> = desired.ready_pods().into_keys().collect();
    assert_eq!(ready, [ObjectRef::new(Kind::Pod, "default", "p000")]);
}
