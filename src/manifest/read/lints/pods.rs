//! Pods, and whatever makes some, of all kinds that Kubernetes has.

use super::Document;
use crate::api::{Container, LabelSelector, Labels, Object, PodSpec};
use crate::manifest::read::Manifest;
use serde_json::Value;

/// A document that is a pod or makes some.
#[derive(Clone)]
pub(super) struct PodSource<'a> {
    pub document: &'a Document,
    /// The pods' labels.
    pub labels: Labels,
    /// Where these are.
    pub labels_at: &'static str,
    /// Where the pods' spec is.
    pub spec_at: &'static str,
    /// Their spec with defaults; none where the document is refused or its kind not simulated.
    pub spec: Option<&'a PodSpec>,
}

/// Where kinds of workloads have the labels of their pods and their spec; a pod has its own.
const PLACES: [(&str, &str); 3] = [
    ("spec.template.metadata.labels", "spec.template.spec"),
    ("spec.jobTemplate.spec.template.metadata.labels", "spec.jobTemplate.spec.template.spec"),
    ("metadata.labels", "spec"),
];

/// All of them.
pub(super) fn of(manifest: &Manifest) -> Vec<PodSource<'_>> {
    let sources = manifest.documents.iter().filter_map(|document| {
        let (labels_at, spec_at) =
            PLACES.into_iter().find(|(labels, _)| match labels.strip_suffix(".metadata.labels") {
                Some(template) => at(&document.json, template).is_some(),
                None => document.kind == "Pod",
            })?;
        let written = at(&document.json, labels_at).and_then(Value::as_object).into_iter().flatten();
        let labels = written.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned()));
        let spec = document.object.as_ref().and_then(spec);
        Some(PodSource { document, labels: labels.collect(), labels_at, spec_at, spec })
    });
    sources.collect()
}

fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    value.pointer(&format!("/{}", path.replace('.', "/")))
}

fn spec(object: &Object) -> Option<&PodSpec> {
    match object {
        Object::Pod(pod) => Some(&pod.spec),
        Object::StatefulSet(set) => Some(&set.spec.template.spec),
        Object::DaemonSet(set) => Some(&set.spec.template.spec),
        Object::Deployment(it) => Some(&it.spec.template.spec),
        Object::ReplicaSet(set) => Some(&set.spec.template.spec),
        Object::Node(_)
        | Object::StorageClass(_)
        | Object::PersistentVolume(_)
        | Object::PersistentVolumeClaim(_)
        | Object::Service(_)
        | Object::PriorityClass(_)
        | Object::EndpointSlice(_)
        | Object::HorizontalPodAutoscaler(_)
        | Object::PodDisruptionBudget(_)
        | Object::ControllerRevision(_) => None,
    }
}

impl<'a> PodSource<'a> {
    /// How many pods it makes; none where that depends on the nodes, or is not known.
    pub fn replicas(&self) -> Option<i64> {
        match self.document.object.as_ref()? {
            Object::Pod(_) => Some(1),
            Object::StatefulSet(set) => set.spec.replicas.map(i64::from),
            Object::Deployment(it) => it.spec.replicas.map(i64::from),
            Object::ReplicaSet(set) => set.spec.replicas.map(i64::from),
            _ => None,
        }
    }

    /// By which labels a controller finds its pods.
    pub fn selector(&self) -> Option<&'a LabelSelector> {
        match self.document.object.as_ref()? {
            Object::StatefulSet(set) => set.spec.selector.as_ref(),
            Object::DaemonSet(set) => set.spec.selector.as_ref(),
            Object::Deployment(it) => it.spec.selector.as_ref(),
            Object::ReplicaSet(set) => set.spec.selector.as_ref(),
            _ => None,
        }
    }

    /// Its containers with their paths, those that start first included.
    pub fn containers(&self) -> impl Iterator<Item = (String, &'a Container)> {
        let at = self.spec_at;
        let lists = self.spec.into_iter().flat_map(|spec| {
            [("initContainers", spec.init_containers.as_slice()), ("containers", spec.containers.as_slice())]
        });
        lists.flat_map(move |(list, containers)| {
            containers.iter().enumerate().map(move |(index, it)| (format!("{at}.{list}[{index}]"), it))
        })
    }

    /// The containers that run as long as the pod does.
    pub fn lasting(&self) -> impl Iterator<Item = (String, &'a Container)> {
        self.containers().filter(|(path, it)| path.contains(".containers[") || it.is_sidecar())
    }
}
