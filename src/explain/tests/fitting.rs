//! For each sample a cluster in which it could have happened, so that values and words agree.

use super::world::{agent, cluster, surroundings, web_with};
use crate::api::{Endpoint, EndpointConditions, EndpointSlice, EndpointTarget, IntOrPercent, Object, ObjectRef, Uid};
use crate::cluster::Cluster;
use crate::controllers::endpoints::SERVICE_NAME_LABEL;
use crate::engine::Step;
use crate::reason::{DaemonSetAct, EndpointsAct, Lack, NodeReason, Reason, StatefulSetAct, VolumeReason};
use serde_json::{Value, json};
use std::rc::Rc;

/// The cluster of a step.
pub(super) fn fitting(step: &Step) -> Cluster {
    let changes = match &step.reason {
        Reason::StatefulSet(reason) => web_changes(&reason.act),
        _ => json!({}),
    };
    let mut objects = surroundings();
    objects.extend(super::shop::objects(&step.reason));
    objects.iter_mut().for_each(|object| adapt(object, &step.reason));
    if let Reason::Endpoints(reason) = &step.reason
        && let EndpointsAct::Publish { entered, .. } = &reason.act
    {
        objects.push(slice(entered));
    }
    cluster(objects.into_iter().chain([web_with(changes)]))
}

/// The identity of a pod in the samples of endpoints, by its ordinal.
fn uid_of(pod: &str) -> Uid {
    Uid(100 + u64::from(pod.bytes().last().unwrap()))
}

/// The slice of the Service `web` that lists pods as ready.
fn slice(pods: &[ObjectRef]) -> Object {
    let endpoints = pods.iter().map(|pod| Endpoint {
        addresses: vec!["10.244.0.7".into()],
        conditions: EndpointConditions { ready: true, serving: true, terminating: false },
        hostname: Some(pod.name().into()),
        target_ref: Some(EndpointTarget { uid: uid_of(pod.name()), ..Default::default() }),
        ..Default::default()
    });
    let mut slice = EndpointSlice { endpoints: endpoints.collect(), ..Default::default() };
    slice.metadata.labels = [(SERVICE_NAME_LABEL.to_owned(), "web".to_owned())].into();
    slice.metadata.namespace = "default".into();
    Object::EndpointSlice(Rc::new(slice))
}

/// What is other than usual in the spec of `web`.
fn web_changes(act: &StatefulSetAct) -> Value {
    match act {
        StatefulSetAct::CreatePods { held_back: true, .. } => {
            json!({ "updateStrategy": { "rollingUpdate": { "partition": 2 } } })
        }
        StatefulSetAct::CreatePods { pods, ordered: false, .. } => {
            json!({ "podManagementPolicy": "Parallel", "replicas": pods.len() })
        }
        StatefulSetAct::WaitForPod { lack: Lack::NotAvailable { min_ready_seconds, .. }, .. } => {
            json!({ "minReadySeconds": min_ready_seconds })
        }
        StatefulSetAct::DeleteSurplus { pods, .. } if pods.len() > 1 => json!({ "podManagementPolicy": "Parallel" }),
        StatefulSetAct::DeleteSurplus { deletes_claims: true, .. } | StatefulSetAct::ClaimStale { .. } => {
            json!({ "persistentVolumeClaimRetentionPolicy": { "whenScaled": "Delete" } })
        }
        StatefulSetAct::UpdatePods { pods, .. } if pods.len() > 1 => {
            json!({ "updateStrategy": { "rollingUpdate": { "maxUnavailable": pods.len() } } })
        }
        StatefulSetAct::WaitForManualDelete { .. } => json!({ "updateStrategy": { "type": "OnDelete" } }),
        StatefulSetAct::HeldByPartition { partition, .. } => {
            json!({ "updateStrategy": { "rollingUpdate": { "partition": partition } }, "replicas": partition + 1 })
        }
        StatefulSetAct::Settled { replicas } => json!({ "replicas": replicas }),
        _ => json!({}),
    }
}

fn adapt(object: &mut Object, reason: &Reason) {
    match (object, reason) {
        (Object::DaemonSet(set), Reason::DaemonSet(reason)) if reason.set == agent() => {
            let spec = Rc::make_mut(&mut Rc::make_mut(set).spec);
            match &reason.act {
                DaemonSetAct::Manage { surge, .. } if *surge > 0 => {
                    let rolling = spec.update_strategy.rolling_update.get_or_insert_default();
                    rolling.max_surge = Some(IntOrPercent::Int(*surge));
                }
                DaemonSetAct::WaitForAvailable { budget, surge, .. } => {
                    let rolling = spec.update_strategy.rolling_update.get_or_insert_default();
                    let limit = Some(IntOrPercent::Int(*budget));
                    *(if *surge { &mut rolling.max_surge } else { &mut rolling.max_unavailable }) = limit;
                }
                DaemonSetAct::WaitForManualDelete { .. } => {
                    spec.update_strategy.kind = Some(crate::api::UpdateStrategyType::OnDelete);
                }
                _ => {}
            }
        }
        (Object::Service(service), Reason::Endpoints(reason)) => {
            if let EndpointsAct::SelectsNothing { selector, .. } = &reason.act {
                Rc::make_mut(service).spec.selector = selector.iter().cloned().collect();
            }
        }
        (object @ Object::Pod(_), Reason::Endpoints(_)) => {
            let uid = uid_of(&object.metadata().name);
            object.metadata_mut().uid = uid;
        }
        (Object::StorageClass(class), Reason::Volume(VolumeReason::WaitsForFirstConsumer { .. })) => {
            Rc::make_mut(class).volume_binding_mode = Some("WaitForFirstConsumer".into());
        }
        (Object::PersistentVolume(volume), Reason::Volume(VolumeReason::Reclaimed { deleted: false, .. })) => {
            let volume = Rc::make_mut(volume);
            volume.spec.storage_class_name = None;
            volume.spec.persistent_volume_reclaim_policy = Some("Retain".into());
        }
        (Object::Node(node), Reason::Node(NodeReason::UnschedulableTaint { node: of, added: true }))
            if node.metadata.name == of.name() =>
        {
            Rc::make_mut(node).spec.unschedulable = Some(true);
        }
        (Object::Node(node), Reason::Node(NodeReason::Lost { node: of, .. })) if node.metadata.name == of.name() => {
            unknown(Rc::make_mut(node));
        }
        (Object::Node(node), Reason::Node(NodeReason::DrivesAway { node: of, taint, .. }))
            if node.metadata.name == of.name() =>
        {
            let node = Rc::make_mut(node);
            unknown(node);
            node.spec.taints.push(taint.clone());
        }
        (Object::Node(node), Reason::Node(NodeReason::ConditionTaints { node: of, added, .. }))
            if node.metadata.name == of.name() && !added.is_empty() =>
        {
            let node = Rc::make_mut(node);
            unknown(node);
            node.spec.taints.extend(added.iter().cloned());
        }
        (Object::Node(node), Reason::Node(NodeReason::EvictionPending { node: of, taint, .. }))
            if node.metadata.name == *of =>
        {
            Rc::make_mut(node).spec.taints.push(taint.clone());
        }
        (Object::PersistentVolume(volume), Reason::Volume(VolumeReason::MultiAttach { .. })) => {
            Rc::make_mut(volume).spec.access_modes = vec!["ReadWriteOnce".into()];
        }
        (Object::Node(node), Reason::Node(NodeReason::TaintEviction { node: of, taint, .. }))
            if node.metadata.name == *of =>
        {
            Rc::make_mut(node).spec.taints.extend(taint.clone());
        }
        _ => {}
    }
}

/// Nothing is known of a node.
fn unknown(node: &mut crate::api::Node) {
    for condition in &mut node.status.conditions {
        condition.status = "Unknown".into();
    }
}
