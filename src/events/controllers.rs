//! Events of the controllers that make and delete pods.

use super::Recorder;
use crate::api::{Kind, Object, ObjectRef, PersistentVolumeClaim, ReplicaSet, Resource};
use crate::cluster::Change;
use crate::reason::{
    Aside, DaemonPodFate, DaemonSetAct, DaemonSetReason, DeploymentReason, ReplicaSetAct, ReplicaSetReason,
    StatefulSetAct, StatefulSetReason,
};

impl Recorder<'_> {
    /// `pkg/controller/statefulset/stateful_pod_control.go: recordPodEvent, recordClaimEvent`.
    pub(super) fn stateful_set(&mut self, reason: &StatefulSetReason) {
        let set = &reason.set;
        for change in &self.step.changes {
            match change {
                Change { before: None, after: Some(Object::PersistentVolumeClaim(claim)) } => {
                    let pod = pod_of_claim(set, claim);
                    let name = &claim.metadata.name;
                    let message = format!("Create Claim {name} Pod {pod} in StatefulSet {} success", set.name());
                    self.normal(set, "SuccessfulCreate", message);
                }
                Change { before: None, after: Some(Object::Pod(pod)) } => {
                    let message = format!("Create Pod {} in StatefulSet {} successful", pod.metadata.name, set.name());
                    self.normal(set, "SuccessfulCreate", message);
                }
                change => {
                    if let Some(pod) = deleted_pod(change) {
                        let message = format!("Delete Pod {} in StatefulSet {} successful", pod.name(), set.name());
                        self.normal(set, "SuccessfulDelete", message);
                    }
                }
            }
        }
        let failed = match &reason.act {
            StatefulSetAct::ClaimTerminating { pod, claim, .. } => {
                Some((pod, format!("pvc {} is being deleted", claim.name())))
            }
            StatefulSetAct::PodRefused { pod, value, .. } => {
                let name = pod.name();
                let cause = "must be no more than 63 bytes";
                Some((pod, format!("Pod \"{name}\" is invalid: metadata.labels: Invalid value: \"{value}\": {cause}")))
            }
            _ => None,
        };
        if let Some((pod, error)) = failed {
            let message = format!("Create Pod {} in StatefulSet {} failed error: {error}", pod.name(), set.name());
            self.warning(set, "FailedCreate", message);
        }
        for aside in &reason.asides {
            self.aside(set, aside);
        }
    }

    /// `UpdateStatefulPod`, `UpdatePodClaimForRetentionPolicy`.
    fn aside(&mut self, set: &ObjectRef, aside: &Aside) {
        match aside {
            Aside::IdentityRestored(pods) => {
                for pod in pods {
                    let message = format!("Update Pod {} in StatefulSet {} successful", pod.name(), set.name());
                    self.normal(set, "SuccessfulUpdate", message);
                }
            }
            Aside::ForeignClaims(claims) => {
                for claim in claims {
                    let message = format!(
                        "PersistentVolumeClaim {} has a conflicting OwnerReference that acts as a manging controller, the \
                         retention policy is ignored for this claim",
                        claim.name()
                    );
                    self.warning(set, "ConflictingController", message);
                }
            }
            Aside::NewRevision { .. }
            | Aside::RolledBack { .. }
            | Aside::Adopted(_)
            | Aside::Released(_)
            | Aside::Completed { .. } => {}
        }
    }

    /// `pkg/controller/daemon/daemon_controller.go: podsShouldBeOnNode`, and those of [`Recorder::pods_of`].
    pub(super) fn daemon_set(&mut self, reason: &DaemonSetReason) {
        if let DaemonSetAct::Manage { deleted, .. } = &reason.act {
            for deletion in deleted.iter().filter(|deletion| deletion.fate == DaemonPodFate::Ended) {
                let (namespace, pod, node) = (&deletion.pod.key.namespace, deletion.pod.name(), &deletion.node);
                if self.has_failed(&deletion.pod) {
                    let message =
                        format!("Found failed daemon pod {namespace}/{pod} on node {node}, will try to kill it");
                    self.warning(&reason.set, "FailedDaemonPod", message);
                } else {
                    let message =
                        format!("Found succeeded daemon pod {namespace}/{pod} on node {node}, will try to delete it");
                    self.normal(&reason.set, "SucceededDaemonPod", message);
                }
            }
        }
        self.pods_of(&reason.set);
    }

    fn has_failed(&self, pod: &ObjectRef) -> bool {
        let before = self.step.changes.iter().filter_map(|change| change.before.as_ref()?.as_pod());
        before
            .into_iter()
            .any(|before| before.reference() == *pod && before.status.phase == crate::api::PodPhase::Failed)
    }

    /// Those of [`Recorder::pods_of`], and pods that the API server refuses (`RealPodControl.createPods`).
    pub(super) fn replica_set(&mut self, reason: &ReplicaSetReason) {
        self.pods_of(&reason.set);
        if let ReplicaSetAct::CreateRefused { message, .. } = &reason.act {
            self.warning(&reason.set, "FailedCreate", format!("Error creating: {message}"));
        }
    }

    /// Pods that a controller made and deleted (`pkg/controller/controller_utils.go: RealPodControl`).
    pub(super) fn pods_of(&mut self, owner: &ObjectRef) {
        for change in &self.step.changes {
            match change {
                Change { before: None, after: Some(Object::Pod(pod)) } => {
                    self.normal(owner, "SuccessfulCreate", format!("Created pod: {}", pod.metadata.name));
                }
                change => {
                    if let Some(pod) = deleted_pod(change) {
                        self.normal(owner, "SuccessfulDelete", format!("Deleted pod: {}", pod.name()));
                    }
                }
            }
        }
    }

    /// `pkg/controller/deployment/sync.go: scaleReplicaSet, getNewReplicaSet`.
    pub(super) fn deployment(&mut self, reason: &DeploymentReason) {
        let replicas = |set: &ReplicaSet| set.spec.replicas.unwrap_or(1);
        for change in &self.step.changes {
            let Some(Object::ReplicaSet(after)) = &change.after else { continue };
            let before = match &change.before {
                Some(Object::ReplicaSet(before)) => replicas(before),
                _ => 0,
            };
            let (direction, name) = match replicas(after) {
                now if now > before => ("up", &after.metadata.name),
                now if now < before => ("down", &after.metadata.name),
                _ => continue,
            };
            let message = format!("Scaled {direction} replica set {name} from {before} to {}", replicas(after));
            self.normal(&reason.deployment, "ScalingReplicaSet", message);
        }
    }
}

/// The pod whose deletion a change asks for, or that it removes at once.
fn deleted_pod(change: &Change) -> Option<ObjectRef> {
    let before = change.before.as_ref()?.as_pod().filter(|before| !before.is_terminating())?;
    let goes = change.after.as_ref().is_none_or(|after| after.metadata().is_terminating());
    goes.then(|| before.reference())
}

/// The pod that a claim of a StatefulSet is made for: `data-web-0` is that of `web-0`.
fn pod_of_claim(set: &ObjectRef, claim: &PersistentVolumeClaim) -> String {
    let ordinal = claim.metadata.name.rsplit('-').next().unwrap_or_default();
    ObjectRef::new(Kind::Pod, &set.key.namespace, &format!("{}-{ordinal}", set.name())).name().to_owned()
}
