//! A small cluster to explain steps of: the set `web`, the daemon set `agent`, four nodes.

use crate::actor::Actor;
use crate::api::{Kind, Object, ObjectRef, Resource, Time};
use crate::cluster::{Change, Cluster};
use crate::engine::Step;
use crate::reason::Reason;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::rc::Rc;

/// An object as a manifest has it.
pub(super) fn read<T: Resource + DeserializeOwned>(value: Value) -> Object {
    T::into_object(Rc::new(serde_json::from_value(value).unwrap()))
}

pub(super) fn pod(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::Pod, "default", name)
}

pub(super) fn claim(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::PersistentVolumeClaim, "default", name)
}

pub(super) fn volume(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::PersistentVolume, "", name)
}

pub(super) fn node(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::Node, "", name)
}

pub(super) fn web() -> ObjectRef {
    ObjectRef::new(Kind::StatefulSet, "default", "web")
}

pub(super) fn agent() -> ObjectRef {
    ObjectRef::new(Kind::DaemonSet, "default", "agent")
}

/// A cluster of objects.
pub(super) fn cluster(objects: impl IntoIterator<Item = Object>) -> Cluster {
    let mut cluster = Cluster::default();
    for object in objects {
        cluster.apply(&Change { before: None, after: Some(object) });
    }
    cluster
}

/// A step of an actor that changed nothing.
pub(super) fn step(reason: Reason) -> Step {
    let actor = match &reason {
        Reason::User(_) => Actor::User,
        Reason::StatefulSet(_) => Actor::StatefulSetController,
        Reason::DaemonSet(_) => Actor::DaemonSetController,
        Reason::Deployment(_) => Actor::DeploymentController,
        Reason::ReplicaSet(_) => Actor::ReplicaSetController,
        Reason::Autoscaler(_) => Actor::HorizontalPodAutoscaler,
        Reason::Disruption(_) => Actor::DisruptionController,
        Reason::Endpoints(_) => Actor::EndpointSliceController,
        Reason::Scheduler(_) => Actor::Scheduler,
        Reason::Kubelet(_) => Actor::Kubelet,
        Reason::Volume(_) => Actor::PersistentVolumeController,
        Reason::Garbage(_) => Actor::GarbageCollector,
        Reason::Node(_) => Actor::NodeLifecycle,
    };
    Step { at: Time(2_400), actor, changes: vec![], reason, cause: None }
}

fn template(app: &str, image: &str) -> Value {
    json!({
        "metadata": { "labels": { "app": app } },
        "spec": { "containers": [{
            "name": app,
            "image": image,
            "resources": { "requests": { "cpu": "500m", "memory": "256Mi" } },
            "readinessProbe": { "httpGet": { "path": "/", "port": 80 }, "periodSeconds": 5 },
        }] },
    })
}

/// The set `web` with changes to its spec.
pub(super) fn web_with(changes: Value) -> Object {
    let mut spec = json!({
        "replicas": 3,
        "serviceName": "web",
        "selector": { "matchLabels": { "app": "web" } },
        "template": template("web", "nginx:1.27"),
        "volumeClaimTemplates": [{
            "metadata": { "name": "data" },
            "spec": {
                "accessModes": ["ReadWriteOnce"],
                "storageClassName": "standard",
                "resources": { "requests": { "storage": "1Gi" } },
            },
        }],
    });
    for (name, value) in changes.as_object().unwrap() {
        spec[name] = value.clone();
    }
    let status = json!({ "replicas": 3, "readyReplicas": 2, "availableReplicas": 2, "updatedReplicas": 3 });
    let mut set = read::<crate::api::StatefulSet>(
        json!({ "metadata": { "name": "web", "namespace": "default" }, "spec": spec, "status": status }),
    );
    set.metadata_mut().uid = crate::api::Uid(1);
    set
}

fn revision(name: &str, number: i64, template: Value) -> Object {
    read::<crate::api::ControllerRevision>(
        json!({ "metadata": { "name": name, "namespace": "default" }, "revision": number, "data": template }),
    )
}

/// The daemon set `agent` with a node selector.
pub(super) fn agent_object() -> Object {
    let mut template = template("agent", "agent:2");
    template["spec"]["nodeSelector"] = json!({ "disk": "ssd" });
    let status =
        json!({ "desiredNumberScheduled": 2, "numberReady": 1, "numberAvailable": 1, "updatedNumberScheduled": 2 });
    let mut set = read::<crate::api::DaemonSet>(json!({
        "metadata": { "name": "agent", "namespace": "default" },
        "spec": { "selector": { "matchLabels": { "app": "agent" } }, "template": template },
        "status": status,
    }));
    set.metadata_mut().uid = crate::api::Uid(2);
    set
}

/// A running pod of a set.
pub(super) fn pod_of(set: &ObjectRef, name: &str, node: &str, image: &str, uid: u64) -> Object {
    let mut spec = template(set.name(), image)["spec"].clone();
    spec["nodeName"] = node.into();
    if set.kind == Kind::StatefulSet {
        let claim = format!("data-{name}");
        spec["volumes"] = json!([{ "name": "data", "persistentVolumeClaim": { "claimName": claim } }]);
    }
    let mut pod = read::<crate::api::Pod>(json!({
        "metadata": {
            "name": name,
            "namespace": "default",
            "labels": { "app": set.name() },
            "ownerReferences": [{ "kind": set.kind.as_str(), "name": set.name(), "controller": true }],
        },
        "spec": spec,
        "status": { "phase": "Running", "podIP": "10.244.0.7" },
    }));
    pod.metadata_mut().owner_references[0].uid = crate::api::Uid(uid);
    pod
}

fn node_object(name: &str, disk: &str, taint: Option<&str>) -> Object {
    let taints: Vec<Value> = taint.iter().map(|key| json!({ "key": key, "effect": "NoSchedule" })).collect();
    read::<crate::api::Node>(json!({
        "metadata": { "name": name, "labels": { "disk": disk } },
        "spec": { "taints": taints },
        "status": { "conditions": [{ "type": "Ready", "status": "True" }] },
    }))
}

/// Everything but the set `web`.
pub(super) fn surroundings() -> Vec<Object> {
    let mut objects = vec![
        node_object("control-plane", "hdd", Some("node-role.kubernetes.io/control-plane")),
        node_object("worker-1", "ssd", None),
        node_object("worker-2", "hdd", None),
        node_object("worker-3", "ssd", Some("node.kubernetes.io/unschedulable")),
        read::<crate::api::StorageClass>(
            json!({ "metadata": { "name": "standard" }, "provisioner": "rancher.io/local-path" }),
        ),
        read::<crate::api::Service>(json!({
            "metadata": { "name": "web", "namespace": "default" },
            "spec": { "clusterIP": "None", "selector": { "app": "web" } },
        })),
        read::<crate::api::PersistentVolume>(json!({
            "metadata": { "name": "pv-1" },
            "spec": { "storageClassName": "standard", "persistentVolumeReclaimPolicy": "Delete" },
        })),
        revision("web-7c9", 1, template("web", "nginx:1.26")),
        revision("web-5d8", 2, template("web", "nginx:1.27")),
        agent_object(),
        read::<crate::api::HorizontalPodAutoscaler>(json!({
            "metadata": { "name": "shop", "namespace": "default" },
            "spec": {
                "scaleTargetRef": { "apiVersion": "apps/v1", "kind": "Deployment", "name": "shop" },
                "minReplicas": 2,
                "maxReplicas": 10,
                "metrics": [{ "type": "Resource", "resource": {
                    "name": "cpu",
                    "target": { "type": "Utilization", "averageUtilization": 50 },
                } }],
                "behavior": { "scaleUp": { "policies": [{ "type": "Pods", "value": 4, "periodSeconds": 15 }] } },
            },
        })),
        read::<crate::api::PodDisruptionBudget>(json!({
            "metadata": { "name": "web", "namespace": "default" },
            "spec": { "minAvailable": 2, "selector": { "matchLabels": { "app": "web" } } },
        })),
        pod_of(&agent(), "agent-x7k2p", "worker-1", "agent:1", 2),
    ];
    for (ordinal, name) in ["worker-1", "worker-2", "worker-3"].iter().enumerate() {
        objects.push(pod_of(&web(), &format!("web-{ordinal}"), name, "nginx:1.27", 1));
        objects.push(read::<crate::api::PersistentVolumeClaim>(json!({
            "metadata": { "name": format!("data-web-{ordinal}"), "namespace": "default" },
            "spec": { "storageClassName": "standard", "resources": { "requests": { "storage": "1Gi" } } },
        })));
    }
    objects
}

/// The whole cluster, without some pods.
pub(super) fn without(pods: &[&str]) -> Cluster {
    let objects = surroundings().into_iter().chain([web_with(json!({}))]);
    cluster(objects.filter(|object| object.kind() != Kind::Pod || !pods.contains(&object.metadata().name.as_str())))
}
