//! How long each stop is shown while playing. What one has not seen yet takes its time; what one has seen often passes
//! quickly, so that the hundredth pod of a rollout does not take as long to watch as the first.

use super::Stops;
use crate::engine::Step;
use crate::explain::{Language, Piece, headline};
use std::collections::BTreeMap;

/// The time of every stop, in milliseconds at normal speed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pacing {
    shown: Vec<u32>,
}

/// How long a stop is shown.
const PACE: u64 = 1_150;
/// How long a stop is shown that the next one follows in the same instant.
const PACE_AT_ONCE: u64 = 620;
/// How much longer a stop is shown that a long wait precedes.
const PACE_AFTER_WAIT: u64 = 700;
/// Stops that are closer than this look simultaneous, in milliseconds of virtual time.
const AT_ONCE: u64 = 50;
/// Waits from this length on count as long, in milliseconds of virtual time.
pub const LONG_WAIT: u64 = 4_000;
/// A sentence that was read so often takes half as long as the first time.
const HALVED_AFTER: u64 = 6;
/// Only so many stops are read; those after them pass as quickly as anything does.
const READ: usize = 20_000;
/// The shortest time of a stop.
const SHORTEST: u64 = 4;

impl Pacing {
    /// The pacing of a run. `even` shows every stop as long as if it were the first of its kind.
    #[must_use]
    pub fn of(steps: &[Step], stops: &Stops, even: bool) -> Pacing {
        let mut seen: BTreeMap<String, u64> = BTreeMap::new();
        let shown = (stops.all().iter().enumerate()).map(|(index, stop)| {
            let step = stop.step.and_then(|step| steps.get(step));
            let waits = step.is_some_and(|step| step.reason.is_wait());
            let is_last = index == stops.count();
            let at_once = !waits && !is_last && stops.wait_before(index + 1) < AT_ONCE;
            let base = if at_once { PACE_AT_ONCE } else { PACE };
            let long = if stops.wait_before(index) >= LONG_WAIT { PACE_AFTER_WAIT } else { 0 };
            let times = match step {
                _ if even => 0,
                Some(_) if index > READ => u64::MAX / HALVED_AFTER / 2,
                Some(step) => {
                    let count = seen.entry(wording(step)).or_default();
                    *count += 1;
                    *count - 1
                }
                None => 0,
            };
            let hastened = (base + long).saturating_mul(HALVED_AFTER) / HALVED_AFTER.saturating_add(times);
            u32::try_from(hastened.max(SHORTEST)).unwrap_or(u32::MAX)
        });
        Pacing { shown: shown.collect() }
    }

    /// How long a stop is shown.
    #[must_use]
    pub fn of_stop(&self, stop: usize) -> u32 {
        self.shown.get(stop).copied().unwrap_or_default()
    }

    /// How long it takes to watch what follows a stop.
    #[must_use]
    pub fn from(&self, stop: usize) -> u64 {
        self.shown.iter().skip(stop).map(|shown| u64::from(*shown)).sum()
    }

    /// The stop to show after another, if stops shorter than a frame are passed over.
    #[must_use]
    pub fn next(&self, stop: usize, percent: u32) -> usize {
        let frame = 40 * percent / 100;
        let mut next = stop + 1;
        let mut spent = self.of_stop(stop);
        while spent < frame && next + 1 < self.shown.len() {
            spent += self.of_stop(next);
            next += 1;
        }
        next
    }
}

/// What a step's headline says, without the names in it: what makes two steps look alike to a reader.
fn wording(step: &Step) -> String {
    let headline = headline(step, Language::En);
    let words = headline.0.iter().map(|piece| match piece {
        Piece::Words(words) => words.as_str(),
        Piece::Code(_) | Piece::Object(_) => "\u{1f}",
    });
    words.collect()
}
