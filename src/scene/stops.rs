//! Where playing stops: steps, without the bookkeeping between them, on an axis that compresses long waits.

use crate::api::Time;
use crate::engine::{Step, StepId};

/// A moment at which playing stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// How many steps have happened.
    pub position: usize,
    /// The step that is shown; none before the first.
    pub step: Option<StepId>,
    /// When.
    pub at: Time,
}

/// All moments at which playing stops, in order. There is always the first one, before anything happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Stops {
    stops: Vec<Stop>,
}

impl Stops {
    /// The stops of a run. Bookkeeping happens together with the step after it, unless `every` step is wanted.
    #[must_use]
    pub fn of(steps: &[Step], every: bool) -> Stops {
        let mut stops = vec![Stop { position: 0, step: None, at: Time::ZERO }];
        for (id, step) in steps.iter().enumerate() {
            if every || !step.reason.is_bookkeeping() {
                stops.push(Stop { position: id + 1, step: Some(id), at: step.at });
            }
        }
        if let Some(last) = stops.last_mut().filter(|last| last.position > 0) {
            last.position = steps.len();
        }
        Stops { stops }
    }

    /// Stops that are nothing but instants, in order; for an axis. There is always one.
    #[must_use]
    pub fn at(instants: impl IntoIterator<Item = Time>) -> Stops {
        let stops: Vec<Stop> =
            (instants.into_iter().enumerate()).map(|(position, at)| Stop { position, step: None, at }).collect();
        match stops.is_empty() {
            true => Stops::of(&[], true),
            false => Stops { stops },
        }
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Stop] {
        &self.stops
    }

    /// How many steps are shown.
    #[must_use]
    pub fn count(&self) -> usize {
        self.stops.len() - 1
    }

    /// The stop of a number; past the end, the last one.
    #[must_use]
    pub fn get(&self, index: usize) -> Stop {
        self.stops[index.min(self.stops.len() - 1)]
    }

    /// The number of the stop at which a step has happened.
    #[must_use]
    pub fn at_step(&self, step: StepId) -> usize {
        self.stops.partition_point(|stop| stop.position <= step).min(self.stops.len() - 1)
    }

    /// Milliseconds of virtual time from the stop before.
    #[must_use]
    pub fn wait_before(&self, index: usize) -> u64 {
        if index == 0 || index >= self.stops.len() { 0 } else { self.stops[index].at - self.stops[index - 1].at }
    }
}

/// A wait that is long enough to be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The stop after it.
    pub stop: usize,
    /// Where it begins.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// How long it is, in milliseconds.
    pub millis: u64,
}

/// The place of every stop on a line from 0 to [`Axis::END`]: every step has room, long waits have a little more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    places: Vec<u32>,
    gaps: Vec<Gap>,
}

/// Waits from this length on are named, in milliseconds.
const NAMED_WAIT: u64 = 4_000;
/// The room that a step has without a wait before it.
const STEP: u64 = 1_000;
/// The most room that a wait adds.
const LONGEST: u64 = 4_000;

impl Axis {
    /// The end of the line.
    pub const END: u32 = 100_000;

    /// The axis of some stops.
    #[must_use]
    pub fn of(stops: &Stops) -> Axis {
        let mut sum = 0;
        let sums: Vec<u64> = (0..stops.all().len())
            .map(|index| {
                // The room grows with the root of the wait.
                let wait = (stops.wait_before(index).saturating_mul(300)).isqrt().min(LONGEST);
                sum += if index == 0 { 0 } else { STEP + wait };
                sum
            })
            .collect();
        let whole = sum + (sum * 6 / 100).max(STEP * 3 / 2);
        let places: Vec<u32> =
            sums.iter().map(|sum| u32::try_from(sum * u64::from(Axis::END) / whole).unwrap_or(Axis::END)).collect();
        let gaps = (1..places.len())
            .map(|stop| Gap { stop, from: places[stop - 1], to: places[stop], millis: stops.wait_before(stop) })
            .filter(|gap| gap.millis >= NAMED_WAIT)
            .collect();
        Axis { places, gaps }
    }

    /// The place of a stop.
    #[must_use]
    pub fn place(&self, stop: usize) -> u32 {
        self.places.get(stop).or(self.places.last()).copied().unwrap_or_default()
    }

    /// The stop nearest to a place.
    #[must_use]
    pub fn nearest(&self, place: u32) -> usize {
        let after = self.places.partition_point(|candidate| *candidate < place).min(self.places.len() - 1);
        let before = after.saturating_sub(1);
        if place.abs_diff(self.place(before)) < place.abs_diff(self.place(after)) { before } else { after }
    }

    /// Waits that are long enough to be named.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }
}
