//! Which decision of its controller stands for a set at any moment.

use crate::api::ObjectRef;
use crate::engine::{Step, StepId};
use crate::reason::Reason;
use std::collections::BTreeMap;

/// The steps in which controllers decided about their sets, by set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    by_set: BTreeMap<ObjectRef, Vec<StepId>>,
}

impl Decisions {
    /// The decisions of a run.
    #[must_use]
    pub fn of(steps: &[Step]) -> Decisions {
        let mut by_set: BTreeMap<ObjectRef, Vec<StepId>> = BTreeMap::new();
        for (id, step) in steps.iter().enumerate() {
            let set = match &step.reason {
                Reason::StatefulSet(reason) => &reason.set,
                Reason::DaemonSet(reason) => &reason.set,
                _ => continue,
            };
            if !step.reason.is_bookkeeping() {
                by_set.entry(set.clone()).or_default().push(id);
            }
        }
        Decisions { by_set }
    }

    /// The last decision about a set within the first `position` steps.
    #[must_use]
    pub fn standing(&self, set: &ObjectRef, position: usize) -> Option<StepId> {
        let steps = self.by_set.get(set)?;
        let count = steps.partition_point(|step| *step < position);
        steps.get(count.checked_sub(1)?).copied()
    }
}
