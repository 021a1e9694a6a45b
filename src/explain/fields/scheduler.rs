//! The fields that decide where the scheduler puts a pod.

use super::Fields;
use crate::api::ObjectRef;
use crate::reason::{OnlyNode, Plugin, Refused, SchedulerReason};

impl Fields<'_> {
    pub(super) fn scheduler(&mut self, reason: &SchedulerReason) {
        match reason {
            SchedulerReason::Bound { pod, only: Some(OnlyNode::Pinned), .. } => self.selection(pod),
            SchedulerReason::Bound { pod, only: Some(OnlyNode::Nominated), .. } => self.importance(pod),
            SchedulerReason::Bound { pod, only: None, .. } => {
                self.demands(pod);
                self.spread(pod);
                self.neighbours(pod);
            }
            SchedulerReason::Unschedulable { pod, refusals, message, .. } => {
                self.refusals(pod, refusals);
                if message.contains("preemptionPolicy") {
                    self.pod_field(pod, "preemptionPolicy", |spec| spec.preemption_policy.clone());
                }
            }
            SchedulerReason::Preempts { pod, refusals, .. } => {
                self.importance(pod);
                self.refusals(pod, refusals);
            }
            SchedulerReason::Gated { pod, .. } => {
                self.pod_field(pod, "schedulingGates", |spec| Some(spec.scheduling_gates.clone()));
            }
            SchedulerReason::NodeChosenForVolumes { claims, .. } => {
                claims.iter().for_each(|claim| self.storage_class(claim));
            }
        }
    }

    /// What each refusal goes back to, those of most nodes first.
    fn refusals(&mut self, pod: &ObjectRef, refusals: &[Refused]) {
        for refused in Refused::by_count(refusals) {
            match refused.plugin {
                Plugin::TaintToleration | Plugin::NodeUnschedulable => self.tolerations(pod),
                Plugin::NodeAffinity => self.selection(pod),
                Plugin::NodePorts => self.host_ports(pod),
                Plugin::NodeResourcesFit if refused.text == "Too many pods" => {}
                Plugin::NodeResourcesFit => self.requests(pod),
                Plugin::VolumeRestrictions | Plugin::VolumeBinding | Plugin::VolumeZone => self.claims_of(pod),
                Plugin::PodTopologySpread => self.spread(pod),
                Plugin::InterPodAffinity => self.neighbours(pod),
                Plugin::NodeName => {}
            }
        }
    }

    /// The priority class, or the priority where no class gives it.
    fn importance(&mut self, pod: &ObjectRef) {
        self.pod_field(pod, "priorityClassName", |spec| spec.priority_class_name.clone());
        if self.scope.pod(pod).is_some_and(|pod| pod.spec.priority_class_name.is_none()) {
            self.pod_field(pod, "priority", |spec| spec.priority);
        }
    }

    fn spread(&mut self, pod: &ObjectRef) {
        if self.template_or_pod(pod, |spec| !spec.topology_spread_constraints.is_empty()) == Some(true) {
            self.template_field(pod, "topologySpreadConstraints", |spec| {
                Some(spec.topology_spread_constraints.clone())
            });
        }
    }

    fn neighbours(&mut self, pod: &ObjectRef) {
        let has = |read: fn(&crate::api::Affinity) -> bool| {
            self.template_or_pod(pod, |spec| spec.affinity.as_ref().is_some_and(read)) == Some(true)
        };
        let (affinity, anti_affinity) = (has(|it| it.pod_affinity.is_some()), has(|it| it.pod_anti_affinity.is_some()));
        if affinity {
            self.template_field(pod, "affinity.podAffinity", |spec| spec.affinity.clone()?.pod_affinity);
        }
        if anti_affinity {
            self.template_field(pod, "affinity.podAntiAffinity", |spec| spec.affinity.clone()?.pod_anti_affinity);
        }
    }
}
