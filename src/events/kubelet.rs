//! Events of the kubelets about pods. Upstream: `pkg/kubelet`.

use super::containers::Part;
use super::{Event, Recorder, Severity};
use crate::api::{ObjectRef, Pod, Resource};
use crate::cluster::Change;
use crate::reason::{KubeletReason, NodeResource};
use std::borrow::Cow;
use std::rc::Rc;

impl Recorder<'_> {
    pub(super) fn kubelet(&mut self, reason: &KubeletReason) {
        if self.known.played {
            return;
        }
        let before = self.known.pod(reason.pod()).cloned();
        let after = self.after(reason.pod()).or_else(|| before.clone());
        let (Some(before), Some(after)) = (before, after) else { return };
        self.started_containers(&before, &after);
        match reason {
            KubeletReason::Accepted { .. } => self.first_pull(&after),
            KubeletReason::Container { container, act, .. } => {
                if let Some(part) = Part::named(&after, container) {
                    self.container_act(&part, act);
                }
            }
            // `kubelet.go: rejectPod`.
            KubeletReason::Rejected { reason, message, .. } => {
                self.about_pod(&after, Severity::Warning, reason.clone(), message.clone());
            }
            KubeletReason::Evicted { node, resource, .. } => self.evicted(&before, &after, node, *resource),
            // `active_deadline.go: ShouldEvict`.
            KubeletReason::DeadlineExceeded { .. } => {
                let message = "Pod was active on the node longer than the specified deadline".into();
                self.about_pod(&after, Severity::Normal, "DeadlineExceeded", message);
                self.stopping(&before);
            }
            // What runs since the step is told above, what stops was told when the pod began to; the rest is not told.
            KubeletReason::Started { .. }
            | KubeletReason::BecameReady { .. }
            | KubeletReason::BecameUnready { .. }
            | KubeletReason::ImagePullFailed { .. }
            | KubeletReason::CrashLooping { .. }
            | KubeletReason::Ended { .. }
            | KubeletReason::Stopped { .. }
            | KubeletReason::GatesChanged { .. }
            | KubeletReason::Removed { .. } => {}
        }
    }

    /// `eviction_manager.go: synchronize, evictPod`.
    fn evicted(&mut self, before: &Pod, after: &Pod, node: &str, resource: NodeResource) {
        self.threshold_met(node, resource);
        self.about_pod(after, Severity::Warning, "Evicted", after.status.message.clone().unwrap_or_default());
        self.stopping(before);
    }

    /// Containers are asked to stop as soon as their pod is deleted, whoever does that.
    pub(super) fn stopped_pods(&mut self) {
        let goes = |change: &Change| -> Option<Rc<Pod>> {
            let before = change.before.as_ref()?.as_pod().filter(|before| !before.is_terminating())?;
            let is_going = change.after.as_ref().is_none_or(|after| after.metadata().is_terminating());
            (is_going && self.known.has_kubelet(before.node()?)).then(|| before.clone())
        };
        let pods: Vec<Rc<Pod>> = self.step.changes.iter().filter_map(goes).collect();
        pods.iter().for_each(|pod| self.stopping(pod));
    }

    fn about_pod(&mut self, pod: &Pod, severity: Severity, reason: impl Into<Cow<'static, str>>, message: String) {
        let (object, uid) = (pod.reference(), pod.metadata.uid);
        let host = pod.node().unwrap_or_default().to_owned();
        let (at, reason) = (self.step.at, reason.into());
        self.events.push(Event {
            at,
            severity,
            reason,
            object,
            field_path: None,
            uid,
            source: "kubelet",
            host,
            message,
        });
    }

    /// A pod as the step leaves it.
    fn after(&self, pod: &ObjectRef) -> Option<Rc<Pod>> {
        let changed = self.step.changes.iter().filter_map(|change| change.after.as_ref()?.as_pod());
        changed.into_iter().rfind(|changed| changed.reference() == *pod).cloned()
    }
}
