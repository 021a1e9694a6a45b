//! Who waits at a moment of a run: one index a run, so that a moment costs what stands and not what has happened.

use crate::actor::Actor;
use crate::api::ObjectRef;
use crate::engine::{Step, StepId};
use std::collections::BTreeMap;

/// The waits of a run.
///
/// A wait stands until its actor does or awaits something else about the object, or the object is gone. A set that is settled, or
/// is being deleted, rests: it waits for nothing.
#[derive(Clone, Debug, Default)]
pub struct Waits {
    /// In the order of their steps.
    spans: Vec<Span>,
    /// The spans that stand after every so many steps.
    standing: Vec<Vec<usize>>,
}

/// A wait, and the step that ends it.
#[derive(Clone, Copy, Debug)]
struct Span {
    step: StepId,
    ended_by: StepId,
}

impl Span {
    /// Whether the wait stands after so many steps.
    fn stands(self, position: usize) -> bool {
        self.step < position && position <= self.ended_by
    }
}

/// What stands is written down after so many steps.
const EVERY: usize = 512;

impl Waits {
    /// The waits of a run.
    #[must_use]
    pub fn of(steps: &[Step]) -> Waits {
        let mut waits = Waits::default();
        let mut open: BTreeMap<&ObjectRef, BTreeMap<Actor, usize>> = BTreeMap::new();
        for (id, step) in steps.iter().enumerate() {
            if id % EVERY == 0 {
                waits.standing.push(open.values().flat_map(BTreeMap::values).copied().collect());
            }
            for gone in step.changes.iter().filter(|change| change.after.is_none()) {
                if let Some(object) = gone.object().filter(|_| !open.is_empty()) {
                    let closed = open.remove(&object.reference()).into_iter().flat_map(BTreeMap::into_values);
                    closed.for_each(|span| waits.end(span, id));
                }
            }
            let Some(subject) = step.reason.subject() else { continue };
            if step.reason.is_wait() && !step.reason.is_rest() {
                let span = waits.spans.len();
                waits.spans.push(Span { step: id, ended_by: usize::MAX });
                if let Some(before) = open.entry(subject).or_default().insert(step.actor, span) {
                    waits.end(before, id);
                }
            } else if step.reason.is_record() {
                // The wait goes on: it is not told twice, but the counts beside it are written.
            } else if let Some(before) = open.get_mut(subject).and_then(|of_subject| of_subject.remove(&step.actor)) {
                waits.end(before, id);
            }
        }
        waits
    }

    fn end(&mut self, span: usize, by: StepId) {
        if let Some(span) = self.spans.get_mut(span) {
            span.ended_by = by;
        }
    }

    /// The waits that stand after so many steps of that run, in the order of the objects that they are about.
    #[must_use]
    pub fn standing<'a>(&self, steps: &'a [Step], position: usize) -> Vec<&'a Step> {
        let position = position.min(steps.len());
        let noted = (position / EVERY).min(self.standing.len().saturating_sub(1));
        let earlier = self.standing.get(noted).into_iter().flatten().filter_map(|span| self.spans.get(*span));
        let first = self.spans.partition_point(|span| span.step < noted * EVERY);
        let later = self.spans.get(first..).unwrap_or_default().iter().take_while(|span| span.step < position);
        let standing = earlier.chain(later).filter(|span| span.stands(position));
        let mut waits: Vec<&Step> = standing.filter_map(|span| steps.get(span.step)).collect();
        waits.sort_by_key(|step| (step.reason.subject(), step.actor));
        waits
    }
}
