//! What becomes of pods in a run, as a sequence that can be laid beside that of another run.

use crate::api::{Kind, Object, ObjectRef, Pod, Resource, Time};
use crate::engine::{Step, StepId};
use std::rc::Rc;

/// What becomes of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It is made.
    Created,
    /// It becomes Ready.
    Ready,
    /// It is no longer Ready.
    Unready,
    /// It is told to stop.
    Stops,
    /// It is gone.
    Gone,
}

/// One turn of one pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodTurn {
    /// The step that made it.
    pub step: StepId,
    /// When.
    pub at: Time,
    /// What it is.
    pub turn: Turn,
    /// The pod.
    pub pod: ObjectRef,
    /// Whether the pod's name means something: only a StatefulSet gives such names.
    pub is_named: bool,
}

impl PodTurn {
    /// Whether the other run does the same here. Names are compared only where both sides give names that mean something.
    #[must_use]
    pub fn is_like(&self, other: &PodTurn) -> bool {
        self.turn == other.turn && (!self.is_named || !other.is_named || self.pod == other.pod)
    }
}

/// All turns of a run's pods, in order.
#[must_use]
pub fn turns(steps: &[Step]) -> Vec<PodTurn> {
    let mut turns = vec![];
    for (id, step) in steps.iter().enumerate() {
        for change in &step.changes {
            let (before, after) = (pod(change.before.as_ref()), pod(change.after.as_ref()));
            let Some(either) = after.or(before) else { continue };
            let is_named = either.metadata.controller().is_some_and(|owner| owner.kind == Kind::StatefulSet.as_str());
            for turn in between(before, after) {
                turns.push(PodTurn { step: id, at: step.at, turn, pod: either.reference(), is_named });
            }
        }
    }
    turns
}

fn pod(object: Option<&Object>) -> Option<&Rc<Pod>> {
    match object {
        Some(Object::Pod(pod)) => Some(pod),
        _ => None,
    }
}

fn between(before: Option<&Rc<Pod>>, after: Option<&Rc<Pod>>) -> Vec<Turn> {
    let is_ready = |pod: Option<&Rc<Pod>>| pod.is_some_and(|pod| pod.is_ready());
    let is_terminating = |pod: Option<&Rc<Pod>>| pod.is_some_and(|pod| pod.is_terminating());
    [
        (before.is_none(), Turn::Created),
        (!is_terminating(before) && is_terminating(after), Turn::Stops),
        (!is_ready(before) && is_ready(after), Turn::Ready),
        // A pod that stops is expected to become unready.
        (is_ready(before) && !is_ready(after) && after.is_some() && !is_terminating(after), Turn::Unready),
        (after.is_none(), Turn::Gone),
    ]
    .into_iter()
    .filter_map(|(happens, turn)| happens.then_some(turn))
    .collect()
}
