//! A manifest that Kubernetes accepts is never refused: random valid objects of every simulated kind are written as JSON and as
//! YAML in varied styles, and are read back without an error and equal.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "manifest/writing.rs"]
mod writing;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use setwise::api::Kind;
use setwise::manifest::{SourceFile, read};
use writing::Style;

fn name() -> impl Strategy<Value = String> {
    "[a-z]([a-z0-9-]{0,10}[a-z0-9])?"
}

/// Text that YAML could take for something else.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        select(vec![
            "yes", "no", "0644", "1_000", "null", "~", "1e3", ".inf", "- a", "a: b", "# c", "网页", "'", "\"", "", "<<"
        ])
        .prop_map(str::to_owned),
        "[a-zé網\\n\\t ]{0,8}",
    ]
}

fn label_value() -> impl Strategy<Value = String> {
    prop_oneof![
        "([A-Za-z0-9]([A-Za-z0-9_.-]{0,8}[A-Za-z0-9])?)?",
        select(vec!["yes", "off", "0644", "1e3", "1_0", "null", "0x1F", "1.5"]).prop_map(str::to_owned)
    ]
}

fn labels() -> impl Strategy<Value = Value> {
    prop::collection::btree_map(
        prop_oneof![name(), name().prop_map(|it| format!("example.com/{it}"))],
        label_value(),
        0..4,
    )
    .prop_map(|labels| json!(labels))
}

fn quantity() -> impl Strategy<Value = Value> {
    prop_oneof![
        (1_i64..2000).prop_map(|it| json!(format!("{it}m"))),
        (1_i64..64).prop_map(|it| json!(format!("{it}Gi"))),
        (1_i64..9).prop_map(|it| json!(it)),
    ]
}

/// The object with some of the optional fields.
fn some_of(required: Value, optional: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let fields: Vec<BoxedStrategy<Option<(&'static str, Value)>>> = optional
        .into_iter()
        .map(|(name, value)| prop::option::of(value.prop_map(move |value| (name, value))).boxed())
        .collect();
    fields
        .prop_map(move |fields| {
            let mut object = required.as_object().unwrap().clone();
            object.extend(fields.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)));
            Value::Object(object)
        })
        .boxed()
}

fn number(range: std::ops::Range<i64>) -> BoxedStrategy<Value> {
    range.prop_map(Value::from).boxed()
}

fn boolean() -> BoxedStrategy<Value> {
    any::<bool>().prop_map(Value::from).boxed()
}

fn one_of(values: &'static [&'static str]) -> BoxedStrategy<Value> {
    select(values).prop_map(Value::from).boxed()
}

fn fixed(value: Value) -> BoxedStrategy<Value> {
    Just(value).boxed()
}

fn metadata(is_namespaced: bool) -> BoxedStrategy<Value> {
    let annotations = prop::collection::btree_map(name(), text(), 0..3).prop_map(|it| json!(it));
    let mut optional = vec![("labels", labels().boxed()), ("annotations", annotations.boxed())];
    if is_namespaced {
        optional.push(("namespace", fixed(json!("default"))));
    }
    (name(), some_of(json!({}), optional))
        .prop_map(|(name, mut metadata)| {
            metadata["name"] = name.into();
            metadata
        })
        .boxed()
}

fn probe() -> BoxedStrategy<Value> {
    let handler = prop_oneof![
        text().prop_map(|command| json!({ "exec": { "command": [format!("sh{command}")] } })),
        (1_i64..65_535).prop_map(|port| json!({ "tcpSocket": { "port": port } })),
        fixed(json!({ "httpGet": { "path": "/ready?x=1", "port": "http", "scheme": "HTTPS" } })),
        fixed(json!({ "grpc": { "port": 9000 } })),
    ];
    let times = some_of(
        json!({}),
        vec![
            ("periodSeconds", number(1..60)),
            ("failureThreshold", number(1..9)),
            ("initialDelaySeconds", number(0..9)),
        ],
    );
    (handler, times)
        .prop_map(|(handler, mut probe)| {
            probe.as_object_mut().unwrap().extend(handler.as_object().unwrap().clone());
            probe
        })
        .boxed()
}

fn container() -> BoxedStrategy<Value> {
    let env =
        prop::collection::vec((name(), text()).prop_map(|(name, value)| json!({ "name": name, "value": value })), 0..3);
    let resources =
        (quantity(), quantity()).prop_map(|(cpu, memory)| json!({ "requests": { "cpu": cpu, "memory": memory } }));
    some_of(
        json!({ "name": "main", "image": "app:1.27" }),
        vec![
            ("env", env.prop_map(Value::from).boxed()),
            ("args", prop::collection::vec(text(), 0..3).prop_map(Value::from).boxed()),
            ("ports", fixed(json!([{ "name": "http", "containerPort": 80 }]))),
            ("resources", resources.boxed()),
            ("readinessProbe", probe()),
            ("livenessProbe", probe()),
            ("imagePullPolicy", one_of(&["Always", "IfNotPresent", "Never"])),
            ("volumeMounts", fixed(json!([{ "name": "scratch", "mountPath": "/data", "readOnly": true }]))),
            ("securityContext", fixed(json!({ "runAsUser": 1000, "capabilities": { "drop": ["ALL"] } }))),
            ("tty", boolean()),
        ],
    )
}

fn pod_spec() -> BoxedStrategy<Value> {
    let tolerations = prop_oneof![
        fixed(json!([{ "operator": "Exists" }])),
        label_value()
            .prop_map(|value| json!([{ "key": "a/b", "value": value, "effect": "NoExecute", "tolerationSeconds": 5 }])),
    ];
    let optional = some_of(
        json!({ "volumes": [{ "name": "scratch", "emptyDir": {} }] }),
        vec![
            ("nodeSelector", labels().boxed()),
            ("tolerations", tolerations.boxed()),
            ("terminationGracePeriodSeconds", number(0..99)),
            ("serviceAccountName", name().prop_map(Value::from).boxed()),
            ("dnsPolicy", one_of(&["ClusterFirst", "Default"])),
            ("initContainers", fixed(json!([{ "name": "first", "image": "init:1", "restartPolicy": "Always" }]))),
            (
                "topologySpreadConstraints",
                fixed(json!([{ "maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "ScheduleAnyway" }])),
            ),
            (
                "affinity",
                fixed(json!({ "podAntiAffinity": { "requiredDuringSchedulingIgnoredDuringExecution": [
                    { "topologyKey": "kubernetes.io/hostname", "labelSelector": { "matchLabels": { "app": "x" } } }] } })),
            ),
        ],
    );
    (container(), optional)
        .prop_map(|(container, mut spec)| {
            spec["containers"] = json!([container]);
            spec
        })
        .boxed()
}

/// A spec with a selector and a template that has its labels.
fn workload(optional: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    (labels(), label_value(), pod_spec(), some_of(json!({}), optional))
        .prop_map(|(labels, app, template, mut spec)| {
            let mut labels: Map<String, Value> = labels.as_object().unwrap().clone();
            labels.insert("app".into(), app.clone().into());
            spec["selector"] = json!({ "matchLabels": { "app": app } });
            spec["template"] = json!({ "metadata": { "labels": labels }, "spec": template });
            spec
        })
        .boxed()
}

fn claim_spec() -> BoxedStrategy<Value> {
    let size = (1_i64..99).prop_map(|size| json!({ "requests": { "storage": format!("{size}Gi") } }));
    (size, some_of(json!({ "accessModes": ["ReadWriteOnce"] }), vec![("storageClassName", fixed(json!("fast")))]))
        .prop_map(|(size, mut spec)| {
            spec["resources"] = size;
            spec
        })
        .boxed()
}

fn body(kind: Kind) -> BoxedStrategy<Value> {
    let spec = |spec: BoxedStrategy<Value>| spec.prop_map(|spec| json!({ "spec": spec })).boxed();
    let replicas = || ("replicas", number(0..9));
    match kind {
        Kind::Pod => spec(pod_spec()),
        Kind::StatefulSet => spec(workload(vec![
            replicas(),
            ("serviceName", name().prop_map(Value::from).boxed()),
            ("podManagementPolicy", one_of(&["OrderedReady", "Parallel"])),
            ("updateStrategy", fixed(json!({ "type": "RollingUpdate", "rollingUpdate": { "partition": 2 } }))),
            ("ordinals", fixed(json!({ "start": 3 }))),
            (
                "volumeClaimTemplates",
                claim_spec().prop_map(|spec| json!([{ "metadata": { "name": "data" }, "spec": spec }])).boxed(),
            ),
        ])),
        Kind::DaemonSet => spec(workload(vec![
            ("minReadySeconds", number(0..9)),
            ("updateStrategy", fixed(json!({ "rollingUpdate": { "maxUnavailable": "10%" } }))),
        ])),
        Kind::Deployment => spec(workload(vec![
            replicas(),
            ("paused", boolean()),
            ("strategy", fixed(json!({ "type": "Recreate" }))),
            ("progressDeadlineSeconds", number(60..900)),
        ])),
        Kind::ReplicaSet => spec(workload(vec![replicas()])),
        Kind::Service => spec(some_of(
            json!({ "ports": [{ "port": 80, "targetPort": "http" }] }),
            vec![
                ("selector", labels().boxed()),
                ("clusterIP", fixed(json!("None"))),
                ("publishNotReadyAddresses", boolean()),
            ],
        )),
        Kind::PersistentVolumeClaim => spec(claim_spec()),
        Kind::PersistentVolume => spec(some_of(
            json!({ "capacity": { "storage": "5Gi" }, "accessModes": ["ReadWriteOnce"], "hostPath": { "path": "/mnt/a b" } }),
            vec![
                ("persistentVolumeReclaimPolicy", one_of(&["Retain", "Delete"])),
                ("storageClassName", fixed(json!("slow"))),
            ],
        )),
        Kind::StorageClass => some_of(
            json!({ "provisioner": "example.com/fake" }),
            vec![
                ("volumeBindingMode", one_of(&["Immediate", "WaitForFirstConsumer"])),
                ("allowVolumeExpansion", boolean()),
            ],
        ),
        Kind::HorizontalPodAutoscaler => spec(some_of(
            json!({ "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "app" }, "maxReplicas": 9 }),
            vec![
                ("minReplicas", number(1..9)),
                (
                    "metrics",
                    fixed(json!([{ "type": "Resource", "resource": { "name": "cpu",
                        "target": { "type": "Utilization", "averageUtilization": 80 } } }])),
                ),
            ],
        )),
        Kind::PodDisruptionBudget => spec(some_of(
            json!({ "selector": { "matchLabels": { "app": "x" } } }),
            vec![("minAvailable", prop_oneof![number(0..9), fixed(json!("50%"))].boxed())],
        )),
        Kind::PriorityClass => some_of(
            json!({ "value": 1000 }),
            vec![("description", text().prop_map(Value::from).boxed()), ("preemptionPolicy", one_of(&["Never"]))],
        ),
        Kind::EndpointSlice => some_of(
            json!({ "addressType": "IPv4", "endpoints": [{ "addresses": ["10.0.0.1"] }] }),
            vec![("ports", fixed(json!([{ "name": "http", "port": 80 }])))],
        ),
        Kind::Node => some_of(
            json!({}),
            vec![
                ("spec", fixed(json!({ "taints": [{ "key": "a", "effect": "NoSchedule" }], "unschedulable": true }))),
                ("status", fixed(json!({ "capacity": { "cpu": "4", "memory": "8Gi", "pods": "110" } }))),
            ],
        ),
        Kind::ControllerRevision => fixed(json!({ "revision": 1, "data": {} })),
    }
}

fn object() -> impl Strategy<Value = Value> {
    select(&Kind::ALL[..]).prop_flat_map(|kind| {
        (metadata(kind.is_namespaced()), body(kind)).prop_map(move |(metadata, mut object)| {
            object["apiVersion"] = kind.api_version().into();
            object["kind"] = kind.as_str().into();
            object["metadata"] = metadata;
            object
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_valid_object_is_read_back_in_whatever_style_it_is_written(object in object(), style in Style::any()) {
        let text = style.write(&object);
        let manifest = read(&[SourceFile { name: "a.yaml".into(), text: text.clone() }]);
        prop_assert!(!manifest.has_errors(), "{:#?}\n{text}", manifest.diagnostics);
        prop_assert_eq!(manifest.documents.len(), 1, "{}", text);
        prop_assert_eq!(&manifest.documents[0].json, &object, "{}", text);
        prop_assert_eq!(manifest.objects().len(), 1, "{}", text);
    }
}
