//! Two runs on one clock.

use super::Playback;
use crate::api::Time;
use crate::compare::Parting;
use crate::engine::Run;

/// Two runs that are looked at together.
#[derive(Clone, Debug)]
pub struct Comparison {
    runs: [Playback; 2],
    moments: Vec<Moment>,
    index: usize,
    parting: Option<Parting>,
}

/// A moment of both runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Time,
    /// The stop of each run that is shown then.
    pub stops: [usize; 2],
}

impl Comparison {
    /// Two runs, shown at their first command.
    #[must_use]
    pub fn of(runs: [Run; 2]) -> Comparison {
        let runs = runs.map(|run| Playback::of(run, false));
        let moments = moments(&runs);
        let parting = Parting::of([&runs[0], &runs[1]].map(|run| run.timeline().steps()));
        let mut comparison = Comparison { runs, moments, index: 0, parting };
        comparison.seek(0);
        comparison
    }

    /// The left and the right run.
    #[must_use]
    pub fn runs(&self) -> &[Playback; 2] {
        &self.runs
    }

    /// All moments, in order; there is always one.
    #[must_use]
    pub fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The number of the shown moment.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// The shown instant.
    #[must_use]
    pub fn now(&self) -> Time {
        self.moments.get(self.index).map_or(Time::ZERO, |moment| moment.at)
    }

    /// Whether the last moment is shown.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        self.index + 1 >= self.moments.len()
    }

    /// Shows a moment; past the end, the last one.
    pub fn seek(&mut self, index: usize) {
        self.index = index.min(self.moments.len().saturating_sub(1));
        if let Some(moment) = self.moments.get(self.index) {
            for (run, stop) in self.runs.iter_mut().zip(moment.stops) {
                run.seek(stop);
            }
        }
    }

    /// The first place where the runs part; none where their pods do the same at the same times.
    #[must_use]
    pub fn parting(&self) -> Option<&Parting> {
        self.parting.as_ref()
    }

    /// The number of the moment at which they part.
    #[must_use]
    pub fn parting_moment(&self) -> Option<usize> {
        let at = self.parting.as_ref()?.at();
        Some(self.moments.partition_point(|moment| moment.at <= at).saturating_sub(1))
    }
}

/// The stops of both runs, from the first command on. What happens at one instant in both is shown together, one after
/// the other where there is more of it.
fn moments(runs: &[Playback; 2]) -> Vec<Moment> {
    let begin = [&runs[0], &runs[1]].map(Playback::first_command);
    let begun = [0, 1].map(|side: usize| runs[side].stops().get(begin[side]).at);
    let mut moments = vec![Moment { at: begun[0].max(begun[1]), stops: begin }];
    let mut stops = begin;
    let at = |side: usize, stop: usize| {
        let all = runs[side].stops();
        (stop < all.count()).then(|| all.get(stop + 1).at)
    };
    while let Some(next) = [0, 1].into_iter().filter_map(|side| at(side, stops[side])).min() {
        for side in [0, 1] {
            if at(side, stops[side]) == Some(next) {
                stops[side] += 1;
            }
        }
        moments.push(Moment { at: next, stops });
    }
    moments
}
