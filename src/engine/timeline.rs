//! The recorded run: every step with the changes it made, and the cluster at any moment of it.

use crate::actor::Actor;
use crate::api::Time;
use crate::cluster::{Change, Cluster};
use crate::reason::Reason;

/// A step's place in its timeline, counted from 0.
pub type StepId = usize;

/// One thing that happened: who, when, what changed, why, and which step woke the actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub at: Time,
    /// Who.
    pub actor: Actor,
    /// What changed, in order; empty where the actor looked and has to wait.
    pub changes: Vec<Change>,
    /// Why.
    pub reason: Reason,
    /// The step whose changes woke the actor.
    pub cause: Option<StepId>,
}

/// All steps of a run, and the cluster as it is after the first [`Timeline::position`] of them.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    steps: Vec<Step>,
    cluster: Cluster,
    position: usize,
}

impl Timeline {
    /// A run at its start, where nothing is there yet.
    #[must_use]
    pub fn new(steps: Vec<Step>) -> Timeline {
        Timeline { steps, cluster: Cluster::default(), position: 0 }
    }

    /// Every step, in order.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// How many steps have happened at the shown moment.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// The step that happened last at the shown moment; none before the first.
    #[must_use]
    pub fn current(&self) -> Option<&Step> {
        self.steps.get(self.position.checked_sub(1)?)
    }

    /// The cluster at the shown moment.
    #[must_use]
    pub fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// When the last step happened.
    #[must_use]
    pub fn end(&self) -> Time {
        self.steps.last().map_or(Time::ZERO, |step| step.at)
    }

    /// The cluster after so many steps, whatever moment is shown. Costs a copy of the shown one and the changes in between.
    #[must_use]
    pub fn cluster_at(&self, position: usize) -> Cluster {
        let mut cluster = self.cluster.clone();
        play(&self.steps, &mut cluster, self.position, position.min(self.steps.len()));
        cluster
    }

    /// Shows the moment after so many steps; past the end, the end. Costs the changes in between.
    pub fn seek(&mut self, position: usize) {
        let target = position.min(self.steps.len());
        play(&self.steps, &mut self.cluster, self.position, target);
        self.position = target;
    }
}

/// Makes or undoes the changes of the steps between two moments.
fn play(steps: &[Step], cluster: &mut Cluster, from: usize, to: usize) {
    for step in steps.get(from..to).unwrap_or_default() {
        step.changes.iter().for_each(|change| cluster.apply(change));
    }
    for step in steps.get(to..from).unwrap_or_default().iter().rev() {
        step.changes.iter().rev().for_each(|change| cluster.revert(change));
    }
}
