//! Fields of one container that decide what happens to it.

use super::Fields;
use crate::api::{Container, ObjectRef, PodSpec, Probe, ProbeKind};
use crate::reason::ContainerAct;
use serde::Serialize;

impl Fields<'_> {
    pub(super) fn container(&mut self, pod: &ObjectRef, container: &str, act: &ContainerAct) {
        match act {
            ContainerAct::InitStarted { sidecar: false, .. } => self.of(pod, container, "image", |it| it.image.clone()),
            ContainerAct::InitStarted { sidecar: true, .. } => {
                self.of(pod, container, "restartPolicy", |it| it.restart_policy.clone());
            }
            ContainerAct::InitCompleted { .. } => {}
            ContainerAct::PullFailed { .. } | ContainerAct::PullBackOff { .. } | ContainerAct::ImagePulled { .. } => {
                self.of(pod, container, "image", |it| it.image.clone());
                self.of(pod, container, "imagePullPolicy", |it| it.image_pull_policy.clone());
            }
            ContainerAct::ProbePassed { probe, .. } => {
                self.probe(pod, container, *probe, "successThreshold", |it| it.success_threshold.or(Some(1)));
                self.probe(pod, container, *probe, "periodSeconds", |it| it.period_seconds.or(Some(10)));
                self.probe(pod, container, *probe, "initialDelaySeconds", |it| it.initial_delay_seconds);
            }
            ContainerAct::ReadinessFailed { .. } => self.failures(pod, container, ProbeKind::Readiness),
            ContainerAct::KilledByProbe { probe, .. } => {
                self.failures(pod, container, *probe);
                let grace = |it: &Probe| it.termination_grace_period_seconds;
                self.probe(pod, container, *probe, "terminationGracePeriodSeconds", grace);
            }
            ContainerAct::Exited { .. } | ContainerAct::CrashBackOff { .. } | ContainerAct::Restarted { .. } => {
                self.restart_policy(pod);
                self.of(pod, container, "image", |it| it.image.clone());
            }
            ContainerAct::Stopped { .. } => self.grace_period(pod),
        }
    }

    /// Priority and requests, which decide who is evicted first.
    pub(super) fn evictability(&mut self, pod: &ObjectRef) {
        self.pod_field(pod, "priority", |spec| spec.priority);
        self.requests(pod);
    }

    fn failures(&mut self, pod: &ObjectRef, container: &str, probe: ProbeKind) {
        self.probe(pod, container, probe, "failureThreshold", |it| it.failure_threshold.or(Some(3)));
        self.probe(pod, container, probe, "periodSeconds", |it| it.period_seconds.or(Some(10)));
    }

    fn probe<T: Serialize>(
        &mut self,
        pod: &ObjectRef,
        container: &str,
        kind: ProbeKind,
        field: &str,
        read: impl Fn(&Probe) -> Option<T>,
    ) {
        self.of(pod, container, &format!("{}.{field}", kind.field()), |it| it.probe(kind).and_then(&read));
    }

    fn of<T: Serialize>(
        &mut self,
        pod: &ObjectRef,
        container: &str,
        field: &str,
        read: impl Fn(&Container) -> Option<T>,
    ) {
        let Some(object) = self.scope.pod(pod) else { return };
        for list in ["initContainers", "containers"] {
            if let Some(index) = containers(&object.spec, list).iter().position(|it| it.name == container) {
                let path = format!("{list}[{index}].{field}");
                self.pod_field(pod, &path, |spec| read(containers(spec, list).get(index)?));
            }
        }
    }
}

fn containers<'a>(spec: &'a PodSpec, list: &str) -> &'a [Container] {
    if list == "initContainers" { &spec.init_containers } else { &spec.containers }
}
