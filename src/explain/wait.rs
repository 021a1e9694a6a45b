//! Who waits at a moment of a run.

use crate::actor::Actor;
use crate::api::ObjectRef;
use crate::engine::Step;
use crate::reason::{DaemonSetAct, Reason, StatefulSetAct};
use std::collections::BTreeMap;

/// The waits that still stand after some steps, in the order of the objects that they are about.
///
/// A wait stands until its actor does or awaits something else about the object, or the object is gone. A set that is settled, or
/// is being deleted, rests: it waits for nothing.
#[must_use]
pub fn standing_waits(steps: &[Step]) -> Vec<&Step> {
    let mut waits: BTreeMap<&ObjectRef, BTreeMap<Actor, &Step>> = BTreeMap::new();
    for step in steps {
        for gone in step.changes.iter().filter(|change| change.after.is_none()) {
            if let Some(object) = gone.object().filter(|_| !waits.is_empty()) {
                waits.remove(&object.reference());
            }
        }
        let Some(subject) = step.reason.subject() else { continue };
        if step.reason.is_wait() && !is_rest(&step.reason) {
            waits.entry(subject).or_default().insert(step.actor, step);
        } else if is_record(&step.reason) {
            // The wait goes on: it is not told twice, but the counts beside it are written.
        } else if let Some(of_subject) = waits.get_mut(subject) {
            of_subject.remove(&step.actor);
        }
    }
    waits.into_values().flat_map(BTreeMap::into_values).collect()
}

/// Whether a wait is for nothing in particular.
fn is_rest(reason: &Reason) -> bool {
    match reason {
        Reason::StatefulSet(reason) => {
            matches!(reason.act, StatefulSetAct::Settled { .. } | StatefulSetAct::BeingDeleted)
        }
        Reason::DaemonSet(reason) => matches!(reason.act, DaemonSetAct::Settled { .. } | DaemonSetAct::BeingDeleted),
        Reason::User(_)
        | Reason::Scheduler(_)
        | Reason::Kubelet(_)
        | Reason::Volume(_)
        | Reason::Garbage(_)
        | Reason::Node(_) => false,
    }
}

/// Whether a set only wrote down its counts.
fn is_record(reason: &Reason) -> bool {
    match reason {
        Reason::StatefulSet(reason) => reason.act == StatefulSetAct::RecordStatus,
        Reason::DaemonSet(reason) => reason.act == DaemonSetAct::RecordStatus,
        Reason::User(_)
        | Reason::Scheduler(_)
        | Reason::Kubelet(_)
        | Reason::Volume(_)
        | Reason::Garbage(_)
        | Reason::Node(_) => false,
    }
}
