//! What an autoscaler scales: its replicas and pods, and the way to change them. Upstream: the `/scale` subresource,
//! `pkg/registry/apps/{deployment,statefulset,replicaset}/storage`.

use crate::api::{HorizontalPodAutoscaler, Key, Kind, LabelSelector, Object, ObjectRef, Pod};
use crate::cluster::Cluster;
use std::rc::Rc;

/// A workload that can be scaled.
#[derive(Clone, Debug)]
pub struct Target {
    /// The workload.
    pub object: Object,
    /// Its pods.
    pub selector: LabelSelector,
    /// `spec.replicas`.
    pub wanted: i32,
    /// `status.replicas`.
    pub existing: i32,
}

/// The group of an `apiVersion`.
fn group(api_version: &str) -> &str {
    api_version.split_once('/').map_or("", |(group, _)| group)
}

/// The workload that an autoscaler refers to.
#[must_use]
pub fn reference(autoscaler: &HorizontalPodAutoscaler) -> Option<ObjectRef> {
    let target = &autoscaler.spec.scale_target_ref;
    let kind = Kind::parse(&target.kind)?;
    (group(kind.api_version()) == group(target.api_version.as_deref().unwrap_or_default()))
        .then(|| ObjectRef::new(kind, &autoscaler.metadata.namespace, &target.name))
}

impl Target {
    /// Finds what an autoscaler scales (`scaleForResourceMappings`).
    ///
    /// # Errors
    /// What the API server says where there is nothing, or nothing that can be scaled.
    pub fn find(cluster: &Cluster, autoscaler: &HorizontalPodAutoscaler) -> Result<Target, String> {
        let target = &autoscaler.spec.scale_target_ref;
        let Some(reference) = reference(autoscaler) else {
            let group = group(target.api_version.as_deref().unwrap_or_default());
            return Err(format!("no matches for kind \"{}\" in group \"{group}\"", target.kind));
        };
        let plural = match reference.kind {
            Kind::Deployment => "deployments.apps",
            Kind::StatefulSet => "statefulsets.apps",
            Kind::ReplicaSet => "replicasets.apps",
            _ => return Err("the server could not find the requested resource".into()),
        };
        let object = cluster.get(&reference).ok_or_else(|| format!("{plural} \"{}\" not found", target.name))?;
        Target::of(object).ok_or_else(|| "the server could not find the requested resource".into())
    }

    fn of(object: Object) -> Option<Target> {
        let (selector, wanted, existing) = match &object {
            Object::Deployment(it) => (it.spec.selector.clone(), it.spec.replicas, it.status.replicas),
            Object::ReplicaSet(it) => (it.spec.selector.clone(), it.spec.replicas, it.status.replicas),
            Object::StatefulSet(it) => (it.spec.selector.clone(), it.spec.replicas, it.status.replicas),
            _ => return None,
        };
        Some(Target { object, selector: selector.unwrap_or_default(), wanted: wanted.unwrap_or(1), existing })
    }

    /// The pods that its selector matches, whoever owns them.
    #[must_use]
    pub fn pods(&self, cluster: &Cluster) -> Vec<Rc<Pod>> {
        let namespace = &self.object.metadata().namespace;
        let is_mine =
            |pod: &&Rc<Pod>| pod.metadata.namespace == *namespace && self.selector.matches(&pod.metadata.labels);
        cluster.pods.iter().filter(is_mine).cloned().collect()
    }

    /// The workload with another number of replicas.
    #[must_use]
    pub fn scaled(&self, replicas: i32) -> Object {
        let mut object = self.object.clone();
        match &mut object {
            Object::Deployment(it) => Rc::make_mut(&mut Rc::make_mut(it).spec).replicas = Some(replicas),
            Object::ReplicaSet(it) => Rc::make_mut(&mut Rc::make_mut(it).spec).replicas = Some(replicas),
            Object::StatefulSet(it) => Rc::make_mut(&mut Rc::make_mut(it).spec).replicas = Some(replicas),
            _ => {}
        }
        object
    }
}

/// Whether a change of a workload or of a pod concerns an autoscaler.
#[must_use]
pub fn concerns(cluster: &Cluster, autoscaler: &HorizontalPodAutoscaler, object: &Object) -> bool {
    if object.metadata().namespace != autoscaler.metadata.namespace {
        return false;
    }
    match object {
        Object::Pod(pod) => {
            Target::find(cluster, autoscaler).is_ok_and(|target| target.selector.matches(&pod.metadata.labels))
        }
        object => reference(autoscaler) == Some(object.reference()),
    }
}

/// The key of an autoscaler, as upstream prints it in conditions.
#[must_use]
pub fn key_text(key: &Key) -> String {
    format!("{}/{}", key.namespace, key.name)
}
