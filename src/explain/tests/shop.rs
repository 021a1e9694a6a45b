//! The Deployment `shop` with an old and a new ReplicaSet, as it fits a step.

use super::world::{pod_of, read};
use crate::api::{Deployment, Kind, Object, ObjectRef, ReplicaSet, Uid};
use crate::reason::{DeploymentAct, Reason, ReplicaSetAct};
use serde_json::{Value, json};

/// What there is of `shop` at a step; nothing where the step is not about it.
pub(super) fn objects(reason: &Reason) -> Vec<Object> {
    let (act, broken) = match reason {
        Reason::Deployment(reason) => {
            let stuck = matches!(&reason.act, DeploymentAct::WaitForAvailable { exceeded: Some(_), .. });
            (spec_of(&reason.act), stuck)
        }
        Reason::ReplicaSet(_) => (json!({}), false),
        _ => return vec![],
    };
    let class = match reason {
        Reason::ReplicaSet(reason) if matches!(reason.act, ReplicaSetAct::CreateRefused { .. }) => Some("high"),
        _ => None,
    };
    let deployment = ObjectRef::new(Kind::Deployment, "default", "shop");
    let mut objects = vec![
        deployment_object(&act),
        set("7d55d9c954", "shop:1", 4, class, &deployment),
        set("648c964fb9", "shop:2", 5, class, &deployment),
    ];
    if broken {
        let owner = ObjectRef::new(Kind::ReplicaSet, "default", "shop-648c964fb9");
        let mut pod = pod_of(&owner, "shop-648c964fb9-4m9vk", "worker-1", "shop:2", 5);
        if let Object::Pod(pod) = &mut pod {
            let waiting = json!([{ "name": "c", "state": { "waiting": { "reason": "ImagePullBackOff" } } }]);
            std::rc::Rc::make_mut(pod).status.container_statuses = serde_json::from_value(waiting).unwrap();
        }
        objects.push(pod);
    }
    objects
}

/// What is other than usual in the spec of `shop`.
fn spec_of(act: &DeploymentAct) -> Value {
    match act {
        DeploymentAct::RollOut { recreate: true, .. } | DeploymentAct::WaitForOldPods { .. } => {
            json!({ "strategy": { "type": "Recreate" } })
        }
        DeploymentAct::Scale { budget, paused, .. } => json!({ "replicas": budget.replicas, "paused": paused }),
        DeploymentAct::Paused { .. } => json!({ "paused": true }),
        DeploymentAct::Settled { replicas, .. } => json!({ "replicas": replicas }),
        _ => json!({}),
    }
}

fn template(image: &str, class: Option<&str>) -> Value {
    json!({
        "metadata": { "labels": { "app": "shop" } },
        "spec": { "containers": [{ "name": "c", "image": image }], "priorityClassName": class },
    })
}

fn deployment_object(changes: &Value) -> Object {
    let mut spec = json!({
        "replicas": 4,
        "selector": { "matchLabels": { "app": "shop" } },
        "template": template("shop:2", None),
        "strategy": { "type": "RollingUpdate", "rollingUpdate": { "maxSurge": "25%", "maxUnavailable": "25%" } },
    });
    for (name, value) in changes.as_object().unwrap() {
        spec[name] = value.clone();
    }
    let status = json!({ "replicas": 4, "updatedReplicas": 2, "availableReplicas": 3 });
    let metadata = json!({ "name": "shop", "namespace": "default" });
    let mut object = read::<Deployment>(json!({ "metadata": metadata, "spec": spec, "status": status }));
    object.metadata_mut().uid = Uid(3);
    object
}

fn set(hash: &str, image: &str, uid: u64, class: Option<&str>, owner: &ObjectRef) -> Object {
    let mut object = read::<ReplicaSet>(json!({
        "metadata": {
            "name": format!("shop-{hash}"),
            "namespace": "default",
            "ownerReferences": [{ "kind": owner.kind.as_str(), "name": owner.name(), "controller": true }],
        },
        "spec": { "replicas": 4, "template": template(image, class) },
        "status": { "replicas": 4, "readyReplicas": 4, "availableReplicas": 3, "terminatingReplicas": 1 },
    }));
    object.metadata_mut().uid = Uid(uid);
    object.metadata_mut().owner_references[0].uid = Uid(3);
    object
}
