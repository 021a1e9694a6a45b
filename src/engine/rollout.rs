//! `kubectl rollout`: undo, restart, pause, resume. Upstream: `k8s.io/kubectl/pkg/polymorphichelpers`.

use super::Simulation;
use super::execute::{Executed, Refusal};
use crate::api::{Deployment, Kind, Object, ObjectRef, PodTemplateSpec, Uid};
use crate::controllers::deployment::{HASH_LABEL, equal_ignoring_hash, revision_of};
use crate::reason::UserReason;
use std::rc::Rc;

/// The annotation of a template that makes its pods anew although nothing else has changed.
const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";

impl Simulation {
    /// `kubectl rollout undo`: puts an earlier template back; 0 means the one before (`rollback.go`).
    pub(super) fn rollout_undo(&mut self, object: ObjectRef, to_revision: i64) -> Executed {
        let existing = self.get(&object)?;
        let (revision, earlier) = match &existing {
            Object::Deployment(deployment) => self.earlier_of_deployment(deployment, to_revision)?,
            Object::StatefulSet(set) => self.earlier_of_set(set.metadata.uid, to_revision)?,
            Object::DaemonSet(set) => self.earlier_of_set(set.metadata.uid, to_revision)?,
            _ => return Err(Refusal(format!("no rollbacker has been implemented for \"{}\"", object.kind))),
        };
        let mut wanted = existing.clone();
        let unchanged = match super::execute::template_mut(&mut wanted) {
            Some(template) if equal_ignoring_hash(template, &earlier) => true,
            Some(template) => {
                *template = earlier;
                template.metadata.labels.remove(HASH_LABEL);
                false
            }
            None => true,
        };
        self.change(&existing, wanted, UserReason::RolloutUndo { object, revision, unchanged })
    }

    /// The template of an earlier ReplicaSet of a Deployment, with its revision (`deploymentRevision`).
    fn earlier_of_deployment(
        &self,
        deployment: &Deployment,
        to_revision: i64,
    ) -> Result<(i64, PodTemplateSpec), Refusal> {
        let name = &deployment.metadata.name;
        let mut sets: Vec<_> = self.cluster.replica_sets_of(deployment.metadata.uid).collect();
        sets.sort_by_key(|set| revision_of(&set.metadata));
        let found = match to_revision {
            0 => sets.len().checked_sub(2).and_then(|index| sets.get(index)),
            wanted => sets.iter().find(|set| revision_of(&set.metadata) == wanted),
        };
        let Some(set) = found else {
            return Err(Refusal(match to_revision {
                0 => format!("no rollout history found for deployment \"{name}\""),
                wanted => format!("unable to find specified revision {wanted} in history"),
            }));
        };
        if deployment.spec.paused == Some(true) {
            return Err(Refusal(format!(
                "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume deployment/{name}' \
                 and try again"
            )));
        }
        Ok((revision_of(&set.metadata), (*set.spec.template).clone()))
    }

    /// The template of an earlier revision of a StatefulSet or a DaemonSet (`findHistory`).
    fn earlier_of_set(&self, set: Uid, to_revision: i64) -> Result<(i64, PodTemplateSpec), Refusal> {
        let mut revisions: Vec<_> = self.cluster.revisions_of(set).collect();
        revisions.sort_by_key(|revision| revision.revision);
        let found = match to_revision {
            0 => revisions.len().checked_sub(2).and_then(|index| revisions.get(index)),
            wanted => revisions.iter().find(|revision| revision.revision == wanted),
        };
        match found {
            Some(revision) => Ok((revision.revision, (*revision.data).clone())),
            None if to_revision == 0 => Err(Refusal("no last revision to roll back to".into())),
            None => Err(Refusal(format!("unable to find specified revision {to_revision} in history"))),
        }
    }

    /// `kubectl rollout restart`: writes the time into the template (`objectrestarter.go`).
    pub(super) fn rollout_restart(&mut self, object: ObjectRef) -> Executed {
        let existing = self.get(&object)?;
        let is_paused = matches!(&existing, Object::Deployment(it) if it.spec.paused == Some(true));
        let has_rollouts = matches!(object.kind, Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet);
        let mut wanted = existing.clone();
        let Some(template) = super::execute::template_mut(&mut wanted).filter(|_| has_rollouts) else {
            return Err(not_supported(&object, "restarting"));
        };
        let at = self.now.to_string();
        let refusal = |why: &str| Err(Refusal(format!("{} \"{}\" {why}", object.kind.plural(), object.name())));
        if is_paused {
            return refusal("can't restart paused deployment (run rollout resume first)");
        }
        if template.metadata.annotations.insert(RESTARTED_AT.into(), at.clone()).as_ref() == Some(&at) {
            return refusal(
                "if restart has already been triggered within the past second, please wait before attempting to trigger \
                 another",
            );
        }
        self.change(&existing, wanted, UserReason::RolloutRestart { object })
    }

    /// `kubectl rollout pause` and `resume` (`objectpauser.go`, `objectresumer.go`).
    pub(super) fn rollout_pause(&mut self, object: ObjectRef, paused: bool) -> Executed {
        let existing = self.get(&object)?;
        let Object::Deployment(deployment) = &existing else {
            return Err(not_supported(&object, if paused { "pausing" } else { "resuming" }));
        };
        if deployment.spec.paused.unwrap_or(false) == paused {
            let state = if paused { "is already paused" } else { "is not paused" };
            return Err(Refusal(format!("{} \"{}\" {state}", object.kind.plural(), object.name())));
        }
        let mut wanted = (**deployment).clone();
        Rc::make_mut(&mut wanted.spec).paused = paused.then_some(true);
        let reason = match paused {
            true => UserReason::RolloutPause { object },
            false => UserReason::RolloutResume { object },
        };
        self.change(&existing, Object::Deployment(Rc::new(wanted)), reason)
    }
}

fn not_supported(object: &ObjectRef, what: &str) -> Refusal {
    Refusal(format!("{} \"{}\" {what} is not supported", object.kind.plural(), object.name()))
}
