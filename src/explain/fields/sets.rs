//! Fields of StatefulSets and DaemonSets.

use super::{Fields, value};
use crate::api::{
    ControllerRevision, DaemonSet, IntOrPercent, Key, ObjectRef, PodTemplateSpec, StatefulSet, UpdateStrategyType,
};
use crate::controllers::history::REVISION_LABEL;
use crate::reason::{
    DaemonPodFate, DaemonSetAct, DaemonSetReason, Held, Lack, Refusal, StatefulSetAct, StatefulSetReason,
};
use std::rc::Rc;

/// Where a template says which nodes it may run on.
const REQUIRED_AFFINITY: &str =
    "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
/// So many changed fields of a template are shown.
const SHOWN: usize = 3;

impl Fields<'_> {
    pub(super) fn stateful_set(&mut self, reason: &StatefulSetReason) {
        let Some(set) = self.scope.stateful_set(&reason.set) else { return };
        let name = &reason.set;
        match &reason.act {
            StatefulSetAct::CreatePods { new_claims, held_back, ordered, .. } => {
                self.replicas(name, &set);
                self.management(name, &set);
                if *ordered {
                    self.min_ready_seconds(name, set.spec.min_ready_seconds);
                }
                if *held_back {
                    self.partition(name, &set);
                }
                if !new_claims.is_empty() {
                    self.claim_templates(name, &set);
                }
            }
            StatefulSetAct::WaitForPod { pod, lack, held } => self.wait(name, &set, pod, lack, held),
            StatefulSetAct::DeleteSurplus { kept_claims, .. } => {
                self.replicas(name, &set);
                self.management(name, &set);
                if !kept_claims.is_empty() {
                    self.when_scaled(name, &set);
                }
            }
            StatefulSetAct::ReplaceEnded { .. } => self.replicas(name, &set),
            StatefulSetAct::UpdatePods { pods, from, .. } => {
                self.changed_template(name, &set.spec.template, self.revision(name, from));
                self.strategy(name, set.spec.strategy());
                self.partition(name, &set);
                if pods.len() > 1 {
                    let rolling = set.spec.update_strategy.rolling_update.as_ref();
                    let limit = rolling.and_then(|rolling| rolling.max_unavailable).unwrap_or(IntOrPercent::Int(1));
                    self.add(name, "spec.updateStrategy.rollingUpdate.maxUnavailable", &limit);
                }
            }
            StatefulSetAct::ClaimTerminating { .. } => self.claim_templates(name, &set),
            StatefulSetAct::ClaimStale { .. } => self.when_scaled(name, &set),
            StatefulSetAct::NameTaken { .. } => self.add(name, "spec.selector", &set.spec.selector),
            StatefulSetAct::PodRefused { .. } => self.add(name, "metadata.name", &set.metadata.name),
            StatefulSetAct::WaitForManualDelete { .. } => self.strategy(name, set.spec.strategy()),
            StatefulSetAct::HeldByPartition { .. } => self.partition(name, &set),
            StatefulSetAct::BeingDeleted => {
                if !set.spec.volume_claim_templates.is_empty() {
                    self.when_deleted(name, &set);
                }
            }
            StatefulSetAct::Settled { .. } => self.replicas(name, &set),
            StatefulSetAct::RecordStatus => {}
        }
    }

    fn wait(&mut self, name: &ObjectRef, set: &StatefulSet, pod: &ObjectRef, lack: &Lack, held: &Held) {
        match held {
            Held::Creation(_) | Held::ScaleDown(_) => {
                self.management(name, set);
                self.replicas(name, set);
            }
            Held::Update(next) if next == pod => self.management(name, set),
            Held::Update(_) => self.strategy(name, set.spec.strategy()),
            Held::Completion => {}
        }
        match lack {
            Lack::Unscheduled => self.demands(pod),
            Lack::NotRunning { waiting: Some(_) } | Lack::NotReady { waiting: Some(_) } => self.image(pod, None),
            Lack::NotRunning { waiting: None } => {}
            Lack::NotReady { waiting: None } => self.readiness_probes(pod),
            Lack::NotAvailable { min_ready_seconds, .. } => self.min_ready_seconds(name, Some(*min_ready_seconds)),
            Lack::Terminating => self.grace_period(pod),
        }
    }

    pub(super) fn daemon_set(&mut self, reason: &DaemonSetReason) {
        let Some(set) = self.scope.daemon_set(&reason.set) else { return };
        let name = &reason.set;
        match &reason.act {
            DaemonSetAct::Manage { created_on, deleted, surge, .. } => {
                if !created_on.is_empty() {
                    self.eligibility(name, &set);
                    if *surge > 0 {
                        self.budget(name, &set, true);
                    }
                }
                for deletion in deleted {
                    self.fate(name, &set, &deletion.pod, &deletion.fate, *surge > 0);
                }
            }
            DaemonSetAct::WaitForAvailable { surge, .. } => {
                self.budget(name, &set, *surge);
                self.min_ready_seconds(name, set.spec.min_ready_seconds);
            }
            DaemonSetAct::WaitForManualDelete { .. } => self.strategy(name, set.spec.strategy()),
            DaemonSetAct::WaitForReady { .. } => self.min_ready_seconds(name, set.spec.min_ready_seconds),
            DaemonSetAct::Settled { .. } => self.eligibility(name, &set),
            DaemonSetAct::BeingDeleted | DaemonSetAct::RecordStatus => {}
        }
    }

    fn fate(&mut self, name: &ObjectRef, set: &DaemonSet, pod: &ObjectRef, fate: &DaemonPodFate, surge: bool) {
        match fate {
            DaemonPodFate::NodeRefuses(refusal) => {
                let spec = &set.spec.template.spec;
                match refusal {
                    Refusal::NodeName(_) => self.add(name, "spec.template.spec.nodeName", &spec.node_name),
                    Refusal::NodeSelector { .. } => {
                        self.add(name, "spec.template.spec.nodeSelector", &spec.node_selector);
                    }
                    Refusal::NodeAffinity => {
                        self.add(name, REQUIRED_AFFINITY, &spec.required_node_selector());
                    }
                    Refusal::Taint(_) => self.add(name, "spec.template.spec.tolerations", &spec.tolerations),
                }
            }
            DaemonPodFate::Outdated | DaemonPodFate::OutdatedUnavailable | DaemonPodFate::Surpassed => {
                let hash = self.scope.pod(pod).and_then(|pod| pod.metadata.labels.get(REVISION_LABEL).cloned());
                let old = hash.and_then(|hash| self.revision(name, &format!("{}-{hash}", name.name())));
                self.changed_template(name, &set.spec.template, old);
                self.budget(name, set, surge);
            }
            DaemonPodFate::NodeGone | DaemonPodFate::Ended | DaemonPodFate::Excess => {}
        }
    }

    /// What decides on which nodes a DaemonSet runs.
    fn eligibility(&mut self, name: &ObjectRef, set: &DaemonSet) {
        let spec = &set.spec.template.spec;
        if spec.node_name.as_ref().is_some_and(|node| !node.is_empty()) {
            self.add(name, "spec.template.spec.nodeName", &spec.node_name);
        }
        self.add(name, "spec.template.spec.nodeSelector", &spec.node_selector);
        if spec.required_node_selector().is_some() {
            self.add(name, REQUIRED_AFFINITY, &spec.required_node_selector());
        }
        self.add(name, "spec.template.spec.tolerations", &spec.tolerations);
    }

    fn budget(&mut self, name: &ObjectRef, set: &DaemonSet, surge: bool) {
        let rolling = set.spec.update_strategy.rolling_update.clone().unwrap_or_default();
        let (field, limit) = match surge {
            true => ("maxSurge", rolling.max_surge.unwrap_or(IntOrPercent::Int(0))),
            false => ("maxUnavailable", rolling.max_unavailable.unwrap_or(IntOrPercent::Int(1))),
        };
        self.add(name, format!("spec.updateStrategy.rollingUpdate.{field}"), &limit);
    }

    fn replicas(&mut self, name: &ObjectRef, set: &StatefulSet) {
        self.add(name, "spec.replicas", &set.spec.replicas());
        if set.spec.start_ordinal() != 0 {
            self.add(name, "spec.ordinals.start", &set.spec.start_ordinal());
        }
    }

    fn management(&mut self, name: &ObjectRef, set: &StatefulSet) {
        self.add(name, "spec.podManagementPolicy", &set.spec.pod_management_policy.unwrap_or_default());
    }

    /// Only where it makes a difference.
    fn min_ready_seconds(&mut self, name: &ObjectRef, seconds: Option<i32>) {
        if let Some(seconds) = seconds.filter(|seconds| *seconds > 0) {
            self.add(name, "spec.minReadySeconds", &seconds);
        }
    }

    fn strategy(&mut self, name: &ObjectRef, strategy: UpdateStrategyType) {
        self.add(name, "spec.updateStrategy.type", &strategy);
    }

    fn partition(&mut self, name: &ObjectRef, set: &StatefulSet) {
        self.add(name, "spec.updateStrategy.rollingUpdate.partition", &set.spec.partition());
    }

    pub(super) fn when_scaled(&mut self, name: &ObjectRef, set: &StatefulSet) {
        let policy = set.spec.retention().1;
        self.add(name, "spec.persistentVolumeClaimRetentionPolicy.whenScaled", &policy);
    }

    pub(super) fn when_deleted(&mut self, name: &ObjectRef, set: &StatefulSet) {
        let policy = set.spec.retention().0;
        self.add(name, "spec.persistentVolumeClaimRetentionPolicy.whenDeleted", &policy);
    }

    fn claim_templates(&mut self, name: &ObjectRef, set: &StatefulSet) {
        for (index, template) in set.spec.volume_claim_templates.iter().enumerate() {
            let path = format!("spec.volumeClaimTemplates[{index}].metadata.name");
            self.add(name, path, &template.metadata.name);
        }
    }

    /// A revision of a set, by its name.
    fn revision(&self, set: &ObjectRef, name: &str) -> Option<Rc<ControllerRevision>> {
        self.scope.cluster.revisions.get(&Key::new(&set.key.namespace, name)).cloned()
    }

    /// What of the template is not as it was; the template as a whole where that is not known.
    fn changed_template(&mut self, name: &ObjectRef, now: &PodTemplateSpec, was: Option<Rc<ControllerRevision>>) {
        let Some(was) = was else {
            let images: Vec<_> = now.spec.containers.iter().map(|container| container.image.as_deref()).collect();
            for (index, image) in images.into_iter().enumerate() {
                self.add(name, format!("spec.template.spec.containers[{index}].image"), &image);
            }
            return;
        };
        for (path, value) in value::differences(&*was.data, now).into_iter().take(SHOWN) {
            self.list.push(super::DecidingField { object: name.clone(), path: format!("spec.template.{path}"), value });
        }
    }
}
