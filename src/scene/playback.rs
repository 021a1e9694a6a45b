//! A run that is being looked at: where in it, and what is there.

use super::{
    Axis, Decisions, History, Lanes, Pacing, Scene, SchedulingView, StandingTrap, Stop, Stops, Tally, TurnedAway,
    bound_by, touched,
};
use crate::api::{ObjectRef, Time};
use crate::engine::{Run, RunEnd, Step, Timeline};
use crate::events::Log;
use crate::explain::Waits;
use crate::reason::{Reason, StatefulSetAct};
use crate::trap;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A run and the shown moment of it.
#[derive(Clone, Debug)]
pub struct Playback {
    timeline: Timeline,
    end: RunEnd,
    decisions: Decisions,
    stops: Stops,
    axis: Rc<Axis>,
    lanes: Rc<Lanes>,
    /// Made when somebody asks for it first.
    events: OnceCell<Log>,
    /// Made when somebody asks for it first.
    history: OnceCell<History>,
    /// Made when somebody asks for it first.
    waits: OnceCell<Waits>,
    traps: Vec<StandingTrap>,
    tally: Tally,
    pacing: Pacing,
    even: bool,
    /// The place of the first node that a field shows in full.
    place: usize,
    index: usize,
    previous: usize,
}

impl Playback {
    /// A run, shown at its start.
    #[must_use]
    pub fn of(run: Run, every: bool) -> Playback {
        let steps = run.timeline.steps();
        let (decisions, stops) = (Decisions::of(steps), Stops::of(steps, every));
        let (axis, lanes) = (Rc::new(Axis::of(&stops)), Rc::new(Lanes::of(steps, &stops)));
        let pacing = Pacing::of(steps, &stops, false);
        let mut timeline = run.timeline;
        timeline.seek(0);
        Playback {
            timeline,
            end: run.end,
            decisions,
            stops,
            axis,
            lanes,
            events: OnceCell::new(),
            history: OnceCell::new(),
            waits: OnceCell::new(),
            traps: vec![],
            tally: Tally::default(),
            pacing,
            even: false,
            place: 0,
            index: 0,
            previous: 0,
        }
    }

    /// Shows every step, or leaves out bookkeeping; the shown moment stays as near as can be.
    pub fn show_every(&mut self, every: bool) {
        let step = self.stop().step;
        self.stops = Stops::of(self.timeline.steps(), every);
        self.axis = Rc::new(Axis::of(&self.stops));
        self.lanes = Rc::new(Lanes::of(self.timeline.steps(), &self.stops));
        self.pacing = Pacing::of(self.timeline.steps(), &self.stops, self.even);
        self.seek(step.map_or(0, |step| self.stops.at_step(step)));
    }

    /// Shows a stop; past the end, the last one.
    pub fn seek(&mut self, index: usize) {
        self.previous = self.index;
        self.index = index.min(self.stops.count());
        // A trap is new where the stop before had it not: that moment is shown now, or on the way, or one stop off it.
        let before = match self.index.checked_sub(1).map(|before| self.stops.get(before).position) {
            None => vec![],
            Some(position) if position == self.timeline.position() => {
                self.traps.drain(..).map(|standing| standing.trap).collect()
            }
            Some(position) => {
                self.travel(position);
                trap::standing(self.timeline.cluster())
            }
        };
        self.travel(self.stop().position);
        self.traps = StandingTrap::all(self.timeline.cluster(), &before);
    }

    /// Shows the moment after so many steps, and counts what changes.
    fn travel(&mut self, to: usize) {
        let from = self.timeline.position();
        self.timeline.seek(to);
        let steps = self.timeline.steps();
        for step in steps.get(from..to).unwrap_or_default() {
            step.changes.iter().for_each(|change| self.tally.apply(change));
        }
        for step in steps.get(to..from).unwrap_or_default().iter().rev() {
            step.changes.iter().rev().for_each(|change| self.tally.revert(change));
        }
    }

    /// Shows every stop as long as the first of its kind, or hastens what was seen often.
    pub fn pace_evenly(&mut self, even: bool) {
        self.even = even;
        self.pacing = Pacing::of(self.timeline.steps(), &self.stops, even);
    }

    /// Whether every stop is shown as long as the first of its kind.
    #[must_use]
    pub fn is_even(&self) -> bool {
        self.even
    }

    /// How long each stop is shown.
    #[must_use]
    pub fn pacing(&self) -> &Pacing {
        &self.pacing
    }

    /// The pods of the shown moment, counted.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Shows the nodes of a field in full from a place on.
    pub fn look_at(&mut self, place: usize) {
        self.place = place;
    }

    /// The place from which on the nodes of a field are shown in full.
    #[must_use]
    pub fn place(&self) -> usize {
        self.place
    }

    /// The waits that stand at the shown moment, in the order of the objects that they are about.
    #[must_use]
    pub fn waits(&self) -> Vec<&Step> {
        let steps = self.timeline.steps();
        self.waits.get_or_init(|| Waits::of(steps)).standing(steps, self.timeline.position())
    }

    /// The traps that stand at the shown moment.
    #[must_use]
    pub fn traps(&self) -> &[StandingTrap] {
        &self.traps
    }

    /// Whom a taint turns away in the shown step.
    #[must_use]
    pub fn turned_away(&self) -> TurnedAway {
        self.step().map(|step| TurnedAway::of(step, self.timeline.cluster())).unwrap_or_default()
    }

    /// Which steps changed what.
    #[must_use]
    pub fn history(&self) -> &History {
        self.history.get_or_init(|| History::of(self.timeline.steps()))
    }

    /// Why a pod is on its node, or on none; none where it does not exist.
    #[must_use]
    pub fn scheduling(&self, pod: &ObjectRef) -> Option<SchedulingView> {
        SchedulingView::of(&self.timeline, self.history(), pod)
    }

    /// The number of the shown stop.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// The shown stop.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stops.get(self.index)
    }

    /// Whether the last stop is shown.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.index == self.stops.count()
    }

    /// All stops.
    #[must_use]
    pub fn stops(&self) -> &Stops {
        &self.stops
    }

    /// The axis of the stops.
    #[must_use]
    pub fn axis(&self) -> &Rc<Axis> {
        &self.axis
    }

    /// The lanes.
    #[must_use]
    pub fn lanes(&self) -> &Rc<Lanes> {
        &self.lanes
    }

    /// The Events of the whole run.
    #[must_use]
    pub fn events(&self) -> &Log {
        self.events.get_or_init(|| Log::of(self.timeline.steps()))
    }

    /// The recorded run at the shown moment.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The step that is shown; none before the first.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        self.timeline.steps().get(self.stop().step?)
    }

    /// The shown instant.
    #[must_use]
    pub fn now(&self) -> Time {
        self.stop().at
    }

    /// When the last step happens.
    #[must_use]
    pub fn ends_at(&self) -> Time {
        self.timeline.end()
    }

    /// Why the run ended.
    #[must_use]
    pub fn end(&self) -> RunEnd {
        self.end
    }

    /// The stage.
    #[must_use]
    pub fn scene(&self) -> Scene {
        Scene::of(&self.timeline, &self.decisions, &self.tally, self.place)
    }

    /// Objects that the shown step touched.
    #[must_use]
    pub fn changed(&self) -> BTreeSet<ObjectRef> {
        self.step().map(touched).unwrap_or_default()
    }

    /// Pods that were bound on the way from the stop shown before, if that was the one before this.
    #[must_use]
    pub fn travels(&self) -> Vec<(ObjectRef, String)> {
        if self.index != self.previous + 1 {
            return vec![];
        }
        let from = self.stops.get(self.previous).position;
        self.timeline.steps()[from..self.stop().position].iter().flat_map(bound_by).collect()
    }

    /// The stop at which somebody gave the first command.
    #[must_use]
    pub fn first_command(&self) -> usize {
        self.lanes.commands.first().copied().unwrap_or(0)
    }

    /// A stop worth showing to those who do not want motion: the first at which an ordered set waits, or the end.
    #[must_use]
    pub fn instructive(&self) -> usize {
        let awaited = |step: &Step| match &step.reason {
            Reason::StatefulSet(reason) => match &reason.act {
                StatefulSetAct::WaitForPod { pod, .. } => Some(pod.clone()),
                _ => None,
            },
            _ => None,
        };
        let waits: Vec<(usize, ObjectRef)> = (self.timeline.steps().iter().enumerate())
            .filter_map(|(step, happened)| Some((step, awaited(happened)?)))
            .collect();
        // The last wait for the second pod shows most: one is Ready, one runs, one waits.
        let second = waits.iter().map(|(_, pod)| pod).find(|pod| waits.first().is_some_and(|(_, first)| first != *pod));
        let chosen = match second {
            Some(second) => waits.iter().rfind(|(_, pod)| pod == second),
            None => waits.last(),
        };
        chosen.map_or(self.stops.count(), |(step, _)| self.stops.at_step(*step))
    }
}
