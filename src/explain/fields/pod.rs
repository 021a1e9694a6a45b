//! Fields of pods. A pod of a set has them from the set's template, and there is where a person would change them.

use super::{Fields, value};
use crate::api::{ObjectRef, Pod, PodSpec};
use crate::explain::scope::Workload;
use crate::reason::KubeletReason;
use serde::Serialize;
use std::rc::Rc;

impl Fields<'_> {
    pub(super) fn kubelet(&mut self, reason: &KubeletReason) {
        match reason {
            KubeletReason::Accepted { pod, .. } => self.image(pod, None),
            KubeletReason::Started { pod, .. }
            | KubeletReason::BecameReady { pod, .. }
            | KubeletReason::BecameUnready { pod, .. } => self.readiness_probes(pod),
            KubeletReason::ImagePullFailed { pod, image, .. } => self.image(pod, Some(image)),
            KubeletReason::CrashLooping { pod, image, .. } => {
                self.image(pod, Some(image));
                self.restart_policy(pod);
            }
            KubeletReason::Ended { pod, .. } => self.restart_policy(pod),
            KubeletReason::Stopped { pod, .. } => self.grace_period(pod),
            KubeletReason::Rejected { pod, .. } => self.demands(pod),
            KubeletReason::Evicted { pod, .. } => self.evictability(pod),
            KubeletReason::DeadlineExceeded { pod, .. } => {
                self.pod_field(pod, "activeDeadlineSeconds", |spec| spec.active_deadline_seconds);
            }
            KubeletReason::GatesChanged { pod, .. } => {
                self.pod_field(pod, "readinessGates", |spec| Some(spec.readiness_gates.clone()));
            }
            KubeletReason::Container { pod, container, act, .. } => self.container(pod, container, act),
            KubeletReason::Removed { .. } => {}
        }
    }

    /// What a pod asks of its node: requests, labels, tolerations.
    pub(super) fn demands(&mut self, pod: &ObjectRef) {
        self.requests(pod);
        self.selection(pod);
        let tolerates = self.template_or_pod(pod, |spec| !spec.tolerations.is_empty());
        if tolerates == Some(true) {
            self.tolerations(pod);
        }
    }

    pub(super) fn requests(&mut self, pod: &ObjectRef) {
        let Some(object) = self.scope.pod(pod) else { return };
        for (index, container) in object.spec.containers.iter().enumerate() {
            let resources = &container.resources;
            let (part, amounts) = match resources.requests.is_empty() {
                false => ("requests", &resources.requests),
                true => ("limits", &resources.limits),
            };
            if !amounts.is_empty() {
                let path = format!("containers[{index}].resources.{part}");
                self.pod_field(pod, &path, |spec| {
                    let resources = &spec.containers.get(index)?.resources;
                    Some(if part == "requests" { resources.requests.clone() } else { resources.limits.clone() })
                });
            }
        }
    }

    /// Node selector and required node affinity, where there are any.
    pub(super) fn selection(&mut self, pod: &ObjectRef) {
        if self.scope.pod(pod).is_some_and(|pod| !pod.spec.node_selector.is_empty()) {
            self.pod_field(pod, "nodeSelector", |spec| Some(spec.node_selector.clone()));
        }
        if self.template_or_pod(pod, |spec| spec.required_node_selector().is_some()) == Some(true) {
            let path = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
            self.template_field(pod, path, |spec| spec.required_node_selector().cloned());
        }
    }

    /// Tolerations as the template has them: admission and controllers add more to the pod.
    pub(super) fn tolerations(&mut self, pod: &ObjectRef) {
        self.template_field(pod, "tolerations", |spec| Some(spec.tolerations.clone()));
    }

    pub(super) fn host_ports(&mut self, pod: &ObjectRef) {
        let Some(object) = self.scope.pod(pod) else { return };
        for (index, container) in object.spec.containers.iter().enumerate() {
            for (port, _) in container.ports.iter().enumerate().filter(|(_, port)| port.host_port.is_some()) {
                self.pod_field(pod, &format!("containers[{index}].ports[{port}].hostPort"), |spec| {
                    spec.containers.get(index)?.ports.get(port)?.host_port
                });
            }
        }
    }

    /// The readiness probes that are written; none means that a container counts as ready when it runs.
    pub(super) fn readiness_probes(&mut self, pod: &ObjectRef) {
        let Some(object) = self.scope.pod(pod) else { return };
        for (index, container) in object.spec.containers.iter().enumerate() {
            if container.readiness_probe.is_some() {
                self.pod_field(pod, &format!("containers[{index}].readinessProbe"), |spec| {
                    spec.containers.get(index)?.readiness_probe.clone()
                });
            }
        }
    }

    /// The images of a pod, or one of them.
    pub(super) fn image(&mut self, pod: &ObjectRef, only: Option<&str>) {
        let Some(object) = self.scope.pod(pod) else { return };
        for (index, container) in object.spec.containers.iter().enumerate() {
            if only.is_none_or(|image| container.image.as_deref() == Some(image)) {
                self.pod_field(pod, &format!("containers[{index}].image"), |spec| {
                    spec.containers.get(index)?.image.clone()
                });
            }
        }
    }

    pub(super) fn restart_policy(&mut self, pod: &ObjectRef) {
        self.pod_field(pod, "restartPolicy", |spec| Some(spec.restart_policy.clone().unwrap_or("Always".into())));
    }

    pub(super) fn grace_period(&mut self, pod: &ObjectRef) {
        self.pod_field(pod, "terminationGracePeriodSeconds", |spec| {
            Some(spec.termination_grace_period_seconds.unwrap_or(30))
        });
    }

    pub(super) fn claims_of(&mut self, pod: &ObjectRef) {
        let Some(object) = self.scope.pod(pod) else { return };
        for name in object.claim_names() {
            let kind = crate::api::Kind::PersistentVolumeClaim;
            self.storage_class(&ObjectRef::new(kind, &pod.key.namespace, name));
        }
    }

    /// A field of a pod's spec: in the template of its set if it is the same there, else in the pod itself, which is
    /// then of an older template.
    pub(super) fn pod_field<T: Serialize>(
        &mut self,
        pod: &ObjectRef,
        path: &str,
        read: impl Fn(&PodSpec) -> Option<T>,
    ) {
        let Some((object, workload)) = self.with_workload(pod) else { return };
        let Some(own) = read(&object.spec) else { return };
        let theirs = workload.as_ref().map(|workload| read(&workload.template().spec));
        match workload {
            Some(workload) if theirs.is_some_and(|theirs| value::flow(&theirs) == value::flow(&Some(&own))) => {
                self.add(&workload.reference(), format!("spec.template.spec.{path}"), &own);
            }
            _ => self.add(pod, format!("spec.{path}"), &own),
        }
    }

    /// A field as the template of the pod's set has it, whatever was made of it in the pod.
    pub(super) fn template_field<T: Serialize>(
        &mut self,
        pod: &ObjectRef,
        path: &str,
        read: impl Fn(&PodSpec) -> Option<T>,
    ) {
        let Some((object, workload)) = self.with_workload(pod) else { return };
        match workload {
            Some(workload) => {
                let value = read(&workload.template().spec);
                self.add(&workload.reference(), format!("spec.template.spec.{path}"), &value);
            }
            None => self.add(pod, format!("spec.{path}"), &read(&object.spec)),
        }
    }

    /// Something about the template of a pod's set, or about the pod if it has no set.
    pub(super) fn template_or_pod<T>(&self, pod: &ObjectRef, read: impl Fn(&PodSpec) -> T) -> Option<T> {
        let (object, workload) = self.with_workload(pod)?;
        Some(workload.map_or_else(|| read(&object.spec), |workload| read(&workload.template().spec)))
    }

    fn with_workload(&self, pod: &ObjectRef) -> Option<(Rc<Pod>, Option<Workload>)> {
        let object = self.scope.pod(pod)?;
        let workload = self.scope.workload_of(&object);
        Some((object, workload))
    }
}
