//! Whole objects after a run, field by field as `kubectl get -o yaml` of v1.36 prints them; what differs from one
//! cluster to the next (identities, times, versions, hashes, the status of containers) is left out.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

use serde_json::{Value, json};
use setwise::actor::Settings;
use setwise::api::{Kind, LAST_APPLIED, Object};
use setwise::engine::{Bounds, Command, Simulation, default_cluster};
use setwise::manifest::{SourceFile, read};

const MANIFEST: &str = "
apiVersion: v1
kind: Service
metadata: { name: web, labels: { app: web } }
spec: { clusterIP: None, selector: { app: web }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  serviceName: web
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: nginx
        image: nginx:1.27
        ports: [{ containerPort: 80, name: http }]
        resources: { limits: { memory: 1024Mi } }
        volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates:
  - metadata: { name: data }
    spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: agent, image: 'agent:broken' }] }
";

fn run() -> Simulation {
    let manifest = read(&[SourceFile { name: "a.yaml".into(), text: MANIFEST.into() }]);
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&[]));
    simulation.command(Command::Apply(manifest.objects())).unwrap();
    simulation.settle();
    simulation
}

/// The first object of a kind, without what no two clusters share.
fn first(simulation: &Simulation, kind: Kind) -> Value {
    let mut objects = simulation.cluster().objects().filter(|object| object.kind() == kind);
    let mut value = objects.next().as_ref().map(Object::to_json).unwrap();
    for field in ["uid", "creationTimestamp", "resourceVersion"] {
        assert!(value["metadata"][field].is_string(), "{kind} has a {field}");
        value["metadata"].as_object_mut().unwrap().remove(field);
    }
    assert!(value["metadata"].get("managedFields").is_none());
    if let Some(annotations) = value.pointer_mut("/metadata/annotations").and_then(Value::as_object_mut) {
        annotations.remove(LAST_APPLIED);
        if annotations.is_empty() {
            value["metadata"].as_object_mut().unwrap().remove("annotations");
        }
    }
    for owner in value.pointer_mut("/metadata/ownerReferences").and_then(Value::as_array_mut).into_iter().flatten() {
        assert!(owner.as_object_mut().unwrap().remove("uid").is_some());
    }
    value
}

#[test]
fn what_was_applied_is_kept_in_an_annotation_as_it_was_written() {
    let simulation = run();
    let object = |kind: Kind| simulation.cluster().objects().find(|object| object.kind() == kind).unwrap();
    let set = object(Kind::DaemonSet);
    let text = set.metadata().annotations.get(LAST_APPLIED).unwrap();
    assert!(text.ends_with("}\n"), "kubectl ends it with a line break");
    let template = json!({
        "metadata": { "labels": { "app": "agent" } },
        "spec": { "containers": [{ "image": "agent:broken", "name": "agent" }] },
    });
    assert_eq!(
        serde_json::from_str::<Value>(text).unwrap(),
        json!({
            "apiVersion": "apps/v1", "kind": "DaemonSet",
            "metadata": { "annotations": {}, "name": "agent", "namespace": "default" },
            "spec": { "selector": { "matchLabels": { "app": "agent" } }, "template": template },
        })
    );
    assert!(!object(Kind::Pod).metadata().annotations.contains_key(LAST_APPLIED), "nobody applied the pods");
}

fn take(value: &mut Value, path: &str) -> Value {
    value.pointer_mut(path).map(Value::take).unwrap()
}

fn owner(version: &str, kind: &str, name: &str) -> Value {
    json!([{ "apiVersion": version, "blockOwnerDeletion": true, "controller": true, "kind": kind, "name": name }])
}

fn container() -> Value {
    json!({
        "image": "nginx:1.27", "imagePullPolicy": "IfNotPresent", "name": "nginx",
        "ports": [{ "containerPort": 80, "name": "http", "protocol": "TCP" }],
        "resources": { "limits": { "memory": "1Gi" } },
        "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
        "volumeMounts": [{ "mountPath": "/data", "name": "data" }],
    })
}

#[test]
fn a_stateful_set_after_its_rollout() {
    let mut set = first(&run(), Kind::StatefulSet);
    let revision = take(&mut set, "/status/currentRevision");
    assert_eq!(take(&mut set, "/status/updateRevision"), revision);
    let requests = json!({ "requests": { "storage": "1Gi" } });
    let expected = json!({
        "apiVersion": "apps/v1",
        "kind": "StatefulSet",
        "metadata": { "generation": 1, "name": "web", "namespace": "default" },
        "spec": {
            "persistentVolumeClaimRetentionPolicy": { "whenDeleted": "Retain", "whenScaled": "Retain" },
            "podManagementPolicy": "OrderedReady",
            "replicas": 2,
            "revisionHistoryLimit": 10,
            "selector": { "matchLabels": { "app": "web" } },
            "serviceName": "web",
            "template": {
                "metadata": { "labels": { "app": "web" } },
                "spec": {
                    "containers": [container()], "dnsPolicy": "ClusterFirst", "restartPolicy": "Always",
                    "schedulerName": "default-scheduler", "securityContext": {}, "terminationGracePeriodSeconds": 30,
                },
            },
            "updateStrategy": { "rollingUpdate": { "partition": 0 }, "type": "RollingUpdate" },
            "volumeClaimTemplates": [{
                "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": { "name": "data" },
                "spec": { "accessModes": ["ReadWriteOnce"], "resources": requests, "volumeMode": "Filesystem" },
                "status": { "phase": "Pending" },
            }],
        },
        "status": {
            "availableReplicas": 2, "collisionCount": 0, "currentReplicas": 2, "currentRevision": null,
            "observedGeneration": 1, "readyReplicas": 2, "replicas": 2, "updateRevision": null, "updatedReplicas": 2,
        },
    });
    assert_eq!(set, expected);
}

#[test]
fn counts_of_nothing_are_left_out_where_kubernetes_leaves_them_out() {
    let manifest = MANIFEST.replace("replicas: 2", "replicas: 0");
    let files = [SourceFile { name: "a.yaml".into(), text: manifest }];
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&[]));
    simulation.command(Command::Apply(read(&files).objects())).unwrap();
    simulation.settle();
    let mut status = take(&mut first(&simulation, Kind::StatefulSet), "/status");
    status.as_object_mut().unwrap().retain(|name, _| !name.ends_with("Revision"));
    let expected = json!({ "availableReplicas": 0, "collisionCount": 0, "observedGeneration": 1, "replicas": 0 });
    assert_eq!(status, expected);
}

#[test]
fn a_daemon_set_whose_pods_do_not_start() {
    let mut set = first(&run(), Kind::DaemonSet);
    assert_eq!(set["metadata"]["annotations"], json!({ "deprecated.daemonset.template.generation": "1" }));
    let status = take(&mut set, "/status");
    let expected = json!({
        "currentNumberScheduled": 3, "desiredNumberScheduled": 3, "numberMisscheduled": 0, "numberReady": 0,
        "numberUnavailable": 3, "observedGeneration": 1, "updatedNumberScheduled": 3,
    });
    assert_eq!(status, expected);
    let strategy = json!({ "rollingUpdate": { "maxSurge": 0, "maxUnavailable": 1 }, "type": "RollingUpdate" });
    assert_eq!((&set["spec"]["updateStrategy"], &set["spec"]["revisionHistoryLimit"]), (&strategy, &json!(10)));
}

#[test]
fn a_pod_of_a_stateful_set() {
    let simulation = run();
    let is_web = |object: &Object| object.kind() == Kind::Pod && object.metadata().name == "web-0";
    let mut pod = simulation.cluster().objects().find(is_web).unwrap().to_json();
    let token = pod["spec"]["volumes"][1]["name"].as_str().unwrap().to_owned();
    assert!(token.starts_with("kube-api-access-"));
    let mut container = container();
    container["resources"] = json!({ "limits": { "memory": "1Gi" }, "requests": { "memory": "1Gi" } });
    let path = "/var/run/secrets/kubernetes.io/serviceaccount";
    let mounts = container["volumeMounts"].as_array_mut().unwrap();
    mounts.push(json!({ "mountPath": path, "name": token, "readOnly": true }));
    take(&mut pod, "/spec/volumes/1/projected");
    let toleration =
        |key: &str| json!({ "effect": "NoExecute", "key": key, "operator": "Exists", "tolerationSeconds": 300 });
    let expected = json!({
        "containers": [container],
        "dnsPolicy": "ClusterFirst",
        "enableServiceLinks": true,
        "hostname": "web-0",
        "nodeName": "worker-1",
        "preemptionPolicy": "PreemptLowerPriority",
        "priority": 0,
        "restartPolicy": "Always",
        "schedulerName": "default-scheduler",
        "securityContext": {},
        "serviceAccount": "default",
        "serviceAccountName": "default",
        "subdomain": "web",
        "terminationGracePeriodSeconds": 30,
        "tolerations": [toleration("node.kubernetes.io/not-ready"), toleration("node.kubernetes.io/unreachable")],
        "volumes": [
            { "name": "data", "persistentVolumeClaim": { "claimName": "data-web-0" } },
            { "name": token, "projected": null },
        ],
    });
    assert_eq!(pod["spec"], expected);
    assert_eq!((&pod["metadata"]["generateName"], &pod["metadata"]["generation"]), (&json!("web-"), &json!(1)));
}

#[test]
fn a_headless_service_and_its_slice() {
    let simulation = run();
    let service = first(&simulation, Kind::Service);
    let expected = json!({
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": { "labels": { "app": "web" }, "name": "web", "namespace": "default" },
        "spec": {
            "clusterIP": "None", "clusterIPs": ["None"], "internalTrafficPolicy": "Cluster",
            "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
            "ports": [{ "name": "http", "port": 80, "protocol": "TCP", "targetPort": 80 }],
            "selector": { "app": "web" }, "sessionAffinity": "None", "type": "ClusterIP",
        },
        "status": { "loadBalancer": {} },
    });
    assert_eq!(service, expected);
    let mut slice = first(&simulation, Kind::EndpointSlice);
    for index in 0..2 {
        assert!(take(&mut slice, &format!("/endpoints/{index}/targetRef/uid")).is_string());
        assert!(take(&mut slice, &format!("/endpoints/{index}/addresses/0")).is_string());
    }
    assert!(take(&mut slice, "/metadata/name").as_str().unwrap().starts_with("web-"));
    let endpoint = |name: &str, node: &str| {
        json!({
            "addresses": [null], "conditions": { "ready": true, "serving": true, "terminating": false },
            "hostname": name, "nodeName": node,
            "targetRef": { "kind": "Pod", "name": name, "namespace": "default", "uid": null },
        })
    };
    let expected = json!({
        "addressType": "IPv4",
        "apiVersion": "discovery.k8s.io/v1",
        "endpoints": [endpoint("web-0", "worker-1"), endpoint("web-1", "worker-2")],
        "kind": "EndpointSlice",
        "metadata": {
            "generateName": "web-",
            "generation": 3,
            "labels": {
                "app": "web",
                "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
                "kubernetes.io/service-name": "web",
                "service.kubernetes.io/headless": "",
            },
            "name": null,
            "namespace": "default",
            "ownerReferences": owner("v1", "Service", "web"),
        },
        "ports": [{ "name": "http", "port": 80, "protocol": "TCP" }],
    });
    assert_eq!(slice, expected);
}

#[test]
fn a_claim_and_its_volume() {
    let simulation = run();
    let mut claim = first(&simulation, Kind::PersistentVolumeClaim);
    let volume_name = take(&mut claim, "/spec/volumeName");
    let provisioner = "setwise.example/standard";
    let expected = json!({
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {
            "annotations": {
                "pv.kubernetes.io/bind-completed": "yes",
                "pv.kubernetes.io/bound-by-controller": "yes",
                "volume.beta.kubernetes.io/storage-provisioner": provisioner,
                "volume.kubernetes.io/storage-provisioner": provisioner,
            },
            "finalizers": ["kubernetes.io/pvc-protection"],
            "labels": { "app": "web" },
            "name": "data-web-0",
            "namespace": "default",
        },
        "spec": {
            "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "1Gi" } },
            "storageClassName": "standard", "volumeMode": "Filesystem", "volumeName": null,
        },
        "status": { "accessModes": ["ReadWriteOnce"], "capacity": { "storage": "1Gi" }, "phase": "Bound" },
    });
    assert_eq!(claim, expected);
    let is_bound = |object: &Object| object.kind() == Kind::PersistentVolume && object.metadata().name == volume_name;
    let mut volume = simulation.cluster().objects().find(is_bound).unwrap().to_json();
    for field in ["uid", "resourceVersion"] {
        assert!(take(&mut volume, &format!("/spec/claimRef/{field}")).is_string());
    }
    assert!(take(&mut volume, "/status/lastPhaseTransitionTime").is_string());
    let reference = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "name": "data-web-0", "namespace": "default",
        "resourceVersion": null, "uid": null,
    });
    assert_eq!(volume["metadata"]["annotations"], json!({ "pv.kubernetes.io/provisioned-by": provisioner }));
    assert_eq!(
        volume["spec"],
        json!({
            "accessModes": ["ReadWriteOnce"], "capacity": { "storage": "1Gi" }, "claimRef": reference,
            "persistentVolumeReclaimPolicy": "Delete", "storageClassName": "standard", "volumeMode": "Filesystem",
        })
    );
    assert_eq!(volume["status"], json!({ "lastPhaseTransitionTime": null, "phase": "Bound" }));
}

#[test]
fn what_was_applied_can_be_applied_again_without_a_change() {
    let mut simulation = run();
    let before: Vec<Object> = simulation.cluster().objects().collect();
    let pod =
        "---\napiVersion: v1\nkind: Pod\nmetadata: { name: own }\nspec: { containers: [{ name: a, image: 'a:1' }] }\n";
    let apply = |simulation: &mut Simulation, text: &str| {
        let files = [SourceFile { name: "a.yaml".into(), text: text.into() }];
        simulation.command(Command::Apply(read(&files).objects())).unwrap();
        simulation.settle();
    };
    apply(&mut simulation, MANIFEST);
    assert_eq!(simulation.cluster().objects().collect::<Vec<_>>(), before);
    apply(&mut simulation, pod);
    let before: Vec<Object> = simulation.cluster().objects().collect();
    apply(&mut simulation, pod);
    assert_eq!(simulation.cluster().objects().collect::<Vec<_>>(), before);
}
