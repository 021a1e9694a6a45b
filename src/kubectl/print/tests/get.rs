//! Several tables, labels, order, and the other forms of `kubectl get`.

use super::Moment;
use crate::api::{Kind, Time};
use crate::kubectl::print::{self, Format, GetOptions, Item, Listing, Watched};
use crate::kubectl::resource::Resource;
use serde_json::json;
use std::rc::Rc;

const PODS: &str = "
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: default, creationTimestamp: '', labels: {app: x, example.com/tier: db}}
spec: {nodeName: n2, containers: [{name: c, resources: {requests: {memory: 1Gi}}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: default, creationTimestamp: '', labels: {app: z}}
spec: {nodeName: n1, containers: [{name: c, resources: {requests: {memory: 512Mi}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: s, namespace: default, creationTimestamp: ''}
spec: {type: ClusterIP, clusterIPs: [10.96.0.1], ports: [{port: 443, protocol: TCP}]}
---
apiVersion: v1
kind: Node
metadata: {name: n1, creationTimestamp: ''}
";

fn get(kinds: &[Kind], options: &GetOptions) -> String {
    Moment::of(PODS, 5_000).get(kinds, options)
}

fn formatted(kinds: &[Kind], format: Format) -> String {
    get(kinds, &GetOptions { format, ..GetOptions::default() })
}

#[test]
fn several_kinds_have_tables_of_their_own_and_names_with_the_kind() {
    assert_eq!(
        get(&[Kind::Pod, Kind::StatefulSet, Kind::Service], &GetOptions::default()),
        "\
NAME    READY   STATUS    RESTARTS   AGE
pod/a   0/1     Pending   0          5s
pod/b   0/1     Pending   0          5s

NAME        TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE
service/s   ClusterIP   10.96.0.1    <none>        443/TCP   5s
"
    );
    let plain = GetOptions { no_headers: true, ..GetOptions::default() };
    assert_eq!(
        get(&[Kind::Pod, Kind::Service], &plain),
        "pod/a   0/1   Pending   0     5s\npod/b   0/1   Pending   0     5s\nservice/s   ClusterIP   10.96.0.1   <none>   443/TCP   5s\n"
    );
}

#[test]
fn one_kind_has_its_name_before_names_when_that_is_asked_for() {
    let options = GetOptions { show_kind: true, no_headers: true, ..GetOptions::default() };
    assert_eq!(
        get(&[Kind::StatefulSet, Kind::Service], &options),
        "service/s   ClusterIP   10.96.0.1   <none>   443/TCP   5s\n"
    );
}

#[test]
fn labels_have_columns() {
    let options = GetOptions {
        show_labels: true,
        label_columns: vec!["app".into(), "example.com/tier".into()],
        all_namespaces: true,
        ..GetOptions::default()
    };
    assert_eq!(
        get(&[Kind::Pod], &options),
        "\
NAMESPACE   NAME   READY   STATUS    RESTARTS   AGE   APP   TIER   LABELS
default     a      0/1     Pending   0          5s    x     db     app=x,example.com/tier=db
default     b      0/1     Pending   0          5s    z            app=z
"
    );
    assert!(get(&[Kind::Node], &options).starts_with("NAME   STATUS"), "nodes live in no namespace");
}

#[test]
fn a_path_orders_the_rows() {
    let names = |path: &str| {
        let options = GetOptions { sort_by: Some(path.into()), format: Format::Name, ..GetOptions::default() };
        get(&[Kind::Pod], &options)
    };
    assert_eq!(names(".spec.nodeName"), "pod/b\npod/a\n");
    assert_eq!(names("{.metadata.name}"), "pod/a\npod/b\n");
    assert_eq!(names("spec.containers[0].resources.requests.memory"), "pod/b\npod/a\n", "quantities by their size");
    assert_eq!(names(r".metadata.labels.example\.com/tier"), "pod/b\npod/a\n", "what is absent comes first");
    let moment = Moment::of(PODS, 0);
    let options = GetOptions { sort_by: Some(".nope".into()), ..GetOptions::default() };
    assert_eq!(
        print::get(&moment.shown(), &[moment.listing(Kind::Pod)], &options),
        Err("couldn't find any field with path \"{.nope}\" in the list of objects".into())
    );
}

#[test]
fn names_json_and_yaml_are_of_a_list() {
    assert_eq!(formatted(&[Kind::Pod, Kind::Service], Format::Name), "pod/a\npod/b\nservice/s\n");
    let template = "{.kind} {.items[*].kind} {.metadata}".to_owned();
    assert_eq!(
        formatted(&[Kind::Pod, Kind::Service], Format::JsonPath(template, false)),
        "List Pod Pod Service {\"resourceVersion\":\"\"}"
    );
    assert_eq!(
        formatted(&[Kind::StatefulSet], Format::Yaml),
        "apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n"
    );
    assert_eq!(
        formatted(&[Kind::StatefulSet], Format::Json),
        "{\n    \"apiVersion\": \"v1\",\n    \"items\": [],\n    \"kind\": \"List\",\n    \"metadata\": {\n        \"resourceVersion\": \"\"\n    }\n}\n"
    );
}

#[test]
fn one_object_stands_alone() {
    let options = GetOptions { format: Format::Yaml, single: true, ..GetOptions::default() };
    let yaml = get(&[Kind::Node], &options);
    assert!(
        yaml.starts_with(
            "apiVersion: v1\nkind: Node\nmetadata:\n  creationTimestamp: \"2026-01-01T00:00:00Z\"\n  name: n1\n"
        ),
        "{yaml}"
    );
}

#[test]
fn a_template_that_fails_is_explained() {
    let moment = Moment::of("apiVersion: v1\nkind: PriorityClass\nmetadata: {name: a}\n", 0);
    let fails = |template: &str, single| {
        let options = GetOptions { format: Format::JsonPath(template.into(), false), single, ..GetOptions::default() };
        print::get(&moment.shown(), &[moment.listing(Kind::PriorityClass)], &options).unwrap_err()
    };
    assert_eq!(fails("{.a", true), "error parsing jsonpath {.a, unclosed action");
    assert_eq!(fails("", true), "template format specified but no template given");
    assert_eq!(
        fails("{.value[0]}", true),
        "error executing jsonpath \"{.value[0]}\": Error executing template: int64 is not array or slice. Printing more \
         information for debugging the template:\n\ttemplate was:\n\t\t{.value[0]}\n\tobject given to jsonpath engine \
         was:\n\t\tmap[string]interface {}{\"apiVersion\":\"scheduling.k8s.io/v1\", \"kind\":\"PriorityClass\", \
         \"metadata\":map[string]interface {}{\"name\":\"a\"}, \"value\":0}\n\n"
    );
}

#[test]
fn columns_can_be_chosen() {
    let columns = |spec: &str| formatted(&[Kind::Pod], Format::CustomColumns(spec.into()));
    assert_eq!(
        columns("NAME:.metadata.name,TIER:.metadata.labels.example\\.com/tier,C:spec.containers[*].name"),
        "NAME   TIER     C\na      db       c\nb      <none>   c\n"
    );
    assert_eq!(columns("L:.metadata.labels"), "L\nmap[app:x example.com/tier:db]\nmap[app:z]\n");
    for (spec, error) in [
        ("", "custom-columns format specified but no custom columns given"),
        ("NAME", "unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>"),
    ] {
        let moment = Moment::of(PODS, 0);
        let options = GetOptions { format: Format::CustomColumns(spec.into()), ..GetOptions::default() };
        assert_eq!(print::get(&moment.shown(), &[moment.listing(Kind::Pod)], &options), Err(error.into()));
    }
}

#[test]
fn kinds_that_are_only_kept_have_their_tables() {
    let moment = Moment::of(PODS, 65_000);
    let table = |name: &str, value: serde_json::Value| {
        let listing = Listing { resource: Resource::named(name).unwrap(), items: vec![Item::Kept(Rc::new(value))] };
        print::get(&moment.shown(), &[listing], &GetOptions::default()).unwrap()
    };
    let metadata = json!({"name": "a", "creationTimestamp": "2026-01-01T00:00:00Z"});
    assert_eq!(
        table("ns", json!({"metadata": metadata, "status": {"phase": "Active"}})),
        "NAME   STATUS   AGE\na      Active   65s\n"
    );
    assert_eq!(
        table("cm", json!({"metadata": metadata, "data": {"x": "1", "y": "2"}})),
        "NAME   DATA   AGE\na      2      65s\n"
    );
    assert_eq!(table("ingress", json!({"metadata": metadata})), "NAME   AGE\na      65s\n");
}

#[test]
fn a_watch_keeps_its_columns_as_wide_as_they_were() {
    let moment = Moment::of(PODS, 0);
    let row = |name: &str, at| {
        let item = moment.listing(Kind::Pod).items.into_iter().find(|item| print::object::name(item) == name).unwrap();
        Watched { at: Time(at), item }
    };
    let rows = [row("a", 5_000), row("b", 5_000), row("a", 120_000), row("a", 190_000)];
    assert_eq!(
        print::watch(Resource::named("po").unwrap(), &rows, &GetOptions::default()).unwrap(),
        "\
NAME   READY   STATUS    RESTARTS   AGE
a      0/1     Pending   0          5s
b      0/1     Pending   0          5s
a      0/1     Pending   0          2m
a      0/1     Pending   0          3m10s
"
    );
}
