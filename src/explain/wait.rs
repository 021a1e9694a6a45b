//! Who waits at a moment of a run.

use crate::actor::Actor;
use crate::api::ObjectRef;
use crate::engine::Step;
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
        if step.reason.is_wait() && !step.reason.is_rest() {
            waits.entry(subject).or_default().insert(step.actor, step);
        } else if step.reason.is_record() {
            // The wait goes on: it is not told twice, but the counts beside it are written.
        } else if let Some(of_subject) = waits.get_mut(subject) {
            of_subject.remove(&step.actor);
        }
    }
    waits.into_values().flat_map(BTreeMap::into_values).collect()
}
