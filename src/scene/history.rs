//! Which steps changed an object, or were about it: one index a run.

use crate::api::{ObjectRef, Uid};
use crate::engine::{Step, StepId};
use crate::reason::{Reason, SchedulerReason};
use std::collections::BTreeMap;

/// The steps of a run by object, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    changed: BTreeMap<ObjectRef, Vec<StepId>>,
    chosen: BTreeMap<ObjectRef, Vec<StepId>>,
}

impl History {
    /// The index of a run.
    #[must_use]
    pub fn of(steps: &[Step]) -> History {
        let mut history = History::default();
        for (id, step) in steps.iter().enumerate() {
            for object in step.changes.iter().filter_map(|change| change.object()) {
                let steps = history.changed.entry(object.reference()).or_default();
                if steps.last() != Some(&id) {
                    steps.push(id);
                }
            }
            if let Reason::Scheduler(SchedulerReason::NodeChosenForVolumes { pod, .. }) = &step.reason {
                history.chosen.entry(pod.clone()).or_default().push(id);
            }
        }
        history
    }

    /// Steps that made, changed or removed an object, in order, the future ones too.
    #[must_use]
    pub fn changed(&self, object: &ObjectRef) -> &[StepId] {
        self.changed.get(object).map_or(&[], Vec::as_slice)
    }

    /// The step before a moment that bound a pod to its node, and the one that settled which node that would be: the same,
    /// unless volumes were made there first.
    #[must_use]
    pub fn binding(&self, steps: &[Step], pod: &ObjectRef, uid: Uid, position: usize) -> Option<(StepId, StepId)> {
        let before = |ids: &&StepId| **ids < position;
        let binds = |id: &&StepId| {
            let Some(step) = steps.get(**id) else { return false };
            matches!(&step.reason, Reason::Scheduler(SchedulerReason::Bound { pod: bound, .. }) if bound == pod)
                && step.changes.iter().any(|change| change.object().is_some_and(|it| it.metadata().uid == uid))
        };
        let bound = *self.changed(pod).iter().filter(before).rfind(binds)?;
        let made = self.made(steps, pod, uid).unwrap_or_default();
        let mut chosen = self.chosen.get(pod).map_or(&[][..], Vec::as_slice).iter();
        let settled = chosen.rfind(|id| (made..bound).contains(*id)).copied().unwrap_or(bound);
        Some((bound, settled))
    }

    /// The last step before a moment that chose a node for an unbound pod, whose volumes are being made there.
    #[must_use]
    pub fn choice(&self, steps: &[Step], pod: &ObjectRef, uid: Uid, position: usize) -> Option<StepId> {
        let made = self.made(steps, pod, uid).unwrap_or_default();
        self.chosen.get(pod)?.iter().rfind(|id| (made..position).contains(*id)).copied()
    }

    /// The step that made the object of an identity.
    fn made(&self, steps: &[Step], object: &ObjectRef, uid: Uid) -> Option<StepId> {
        let makes = |id: &&StepId| {
            let changes = steps.get(**id).map_or(&[][..], |step| &step.changes);
            changes.iter().any(|change| {
                change.before.is_none() && change.after.as_ref().is_some_and(|after| after.metadata().uid == uid)
            })
        };
        self.changed(object).iter().find(makes).copied()
    }
}
