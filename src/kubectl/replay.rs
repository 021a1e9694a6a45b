//! A run played anew: back to a moment, or to a branch of it. Replays begin at the nearest point that was kept on the way.

use super::console::{Console, Deed, Input, Moment, Point};
use crate::api::Time;
use crate::engine::RunEnd;
use std::rc::Rc;

/// The first point is kept after so many steps, and each later one when the run has grown by half.
const FIRST_POINT: usize = 200;

impl Console {
    /// The console as it was after so many steps of its run: what is done there is a branch.
    #[must_use]
    pub fn fork(&self, position: usize) -> Console {
        let is_before = |point: &Rc<Point>| point.simulation.steps().len() < position;
        let usable = self.points.iter().rposition(|point| is_before(point) && self.leads_on_from(point));
        let mut fork = self.clone();
        fork.points.truncate(usable.map_or(0, |index| index + 1));
        fork.begin_at(usable.and_then(|index| self.points.get(index)).unwrap_or(&self.start));
        for input in self.inputs.get(fork.inputs.len()..).unwrap_or_default() {
            fork.play_to(input.moment, position);
            let is_reached = fork.simulation.steps().len() >= position;
            // Behind the last step, only what leaves no step was done at the shown moment.
            if is_reached && (input.steps > position || matches!(input.deed, Deed::Command(_) | Deed::Wait)) {
                break;
            }
            if !is_reached {
                fork.simulation.rest_until(input.moment.at);
            }
            fork.repeat(&input.deed);
            let (moment, steps) = (fork.moment(), fork.simulation.steps().len());
            let given = if is_reached { Input { moment, steps, ..input.clone() } } else { input.clone() };
            fork.inputs.push(given);
        }
        fork.play_to(self.moment(), position);
        fork.forget_undone();
        fork.done.retain(|entry| entry.inputs < fork.inputs.len());
        fork
    }

    /// Lets virtual time pass until nothing is left to happen, or to a bound: `idle` milliseconds without a step, `limit`
    /// milliseconds in all. Why it ended. The clock shows when the last step happened.
    pub fn rest(&mut self, idle: u64, limit: u64) -> RunEnd {
        let begun = self.simulation.now();
        let mut last = self.moment();
        let mut steps = self.simulation.steps().len();
        let end = loop {
            let Some(at) = self.simulation.next_at().filter(|at| *at <= last.at + idle) else { break RunEnd::Settled };
            if at > begun + limit {
                break RunEnd::TimeLimit;
            }
            if !self.simulation.play_next(begun + limit) {
                break if at > self.simulation.ends_at() { RunEnd::TimeLimit } else { RunEnd::StepLimit };
            }
            if self.simulation.steps().len() > steps {
                steps = self.simulation.steps().len();
                last = self.moment();
                self.keep_point();
            }
        };
        if self.simulation.now() > last.at {
            self.replay(last);
        }
        end
    }

    fn play_to(&mut self, moment: Moment, position: usize) {
        while self.simulation.turns() < moment.turns && self.simulation.steps().len() < position {
            if !self.simulation.play_next(Time(u64::MAX)) {
                break;
            }
            self.keep_point();
        }
    }

    /// Plays the run anew up to a moment.
    pub(super) fn replay(&mut self, until: Moment) {
        let usable = self.points.iter().rposition(|point| moment_of(point) <= until && self.leads_on_from(point));
        let inputs = std::mem::take(&mut self.inputs);
        let from = usable.and_then(|index| self.points.get(index)).unwrap_or(&self.start).clone();
        self.points.truncate(usable.map_or(0, |index| index + 1));
        self.inputs = inputs.clone();
        self.begin_at(&from);
        for input in inputs.into_iter().skip(from.inputs) {
            self.return_to(input.moment);
            self.repeat(&input.deed);
            self.inputs.push(input);
        }
        self.return_to(until);
    }

    /// Whether the inputs that follow a point were given after it.
    fn leads_on_from(&self, point: &Point) -> bool {
        let moment = moment_of(point);
        let following = self.inputs.get(point.inputs..);
        following.is_some_and(|inputs| inputs.iter().all(|input| input.moment >= moment))
    }

    fn begin_at(&mut self, point: &Point) {
        self.simulation.clone_from(&point.simulation);
        self.kept.clone_from(&point.kept);
        self.namespace.clone_from(&point.namespace);
        self.inputs.truncate(point.inputs);
    }

    fn return_to(&mut self, moment: Moment) {
        while self.simulation.turns() < moment.turns && self.simulation.play_next(Time(u64::MAX)) {
            self.keep_point();
        }
        self.simulation.rest_until(moment.at);
    }

    fn repeat(&mut self, deed: &Deed) {
        // A refusal was told when it happened first.
        let _told = self.carry_out(deed.clone());
    }

    /// Keeps the present point where the run has grown enough since the last one.
    pub(super) fn keep_point(&mut self) {
        let steps = self.simulation.steps().len();
        let last = self.points.last().map_or(0, |point| point.simulation.steps().len());
        if steps < FIRST_POINT || steps < last + last / 2 {
            return;
        }
        let (simulation, kept, namespace) = (self.simulation.clone(), self.kept.clone(), self.namespace.clone());
        self.points.push(Rc::new(Point { simulation, kept, namespace, inputs: self.inputs.len() }));
    }
}

fn moment_of(point: &Point) -> Moment {
    Moment { turns: point.simulation.turns(), at: point.simulation.now() }
}
