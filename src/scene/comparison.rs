//! Two runs on one clock.

use super::{Axis, Bar, Lane, Lanes, Mark, Playback, Stops};
use crate::api::Time;
use crate::compare::Parting;
use crate::engine::Run;
use std::rc::Rc;

/// Two runs that are looked at together.
#[derive(Clone, Debug)]
pub struct Comparison {
    runs: [Playback; 2],
    moments: Vec<Moment>,
    index: usize,
    parting: Option<Parting>,
    axis: Rc<Axis>,
    lanes: [Rc<Lanes>; 2],
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
        let axis = Rc::new(Axis::of(&Stops::at(moments.iter().map(|moment| moment.at))));
        let lanes = [0, 1].map(|side: usize| Rc::new(on_one_clock(runs[side].lanes(), &moments, side)));
        let mut comparison = Comparison { runs, moments, index: 0, parting, axis, lanes };
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

    /// The axis of the moments.
    #[must_use]
    pub fn axis(&self) -> &Rc<Axis> {
        &self.axis
    }

    /// The lanes of the left and the right run; what is a stop of a run elsewhere is a moment of both here.
    #[must_use]
    pub fn lanes(&self) -> &[Rc<Lanes>; 2] {
        &self.lanes
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

fn on_one_clock(lanes: &Lanes, moments: &[Moment], side: usize) -> Lanes {
    let moment = |stop: usize| moments.partition_point(|moment| moment.stops[side] < stop).min(moments.len() - 1);
    fn bars<S: Copy>(bars: &[Bar<S>], moment: impl Fn(usize) -> usize) -> Vec<Bar<S>> {
        bars.iter().map(|bar| Bar { state: bar.state, from: moment(bar.from), to: bar.to.map(&moment) }).collect()
    }
    let mut lanes = lanes.clone();
    for lane in lanes.groups.iter_mut().flat_map(|group| &mut group.lanes) {
        let Lane { bars: pod, claim, machine, .. } = lane;
        (*pod, *claim, *machine) = (bars(pod, moment), bars(claim, moment), bars(machine, moment));
    }
    lanes.commands.iter_mut().for_each(|stop| *stop = moment(*stop));
    lanes.marks.iter_mut().for_each(|Mark { stop, .. }| *stop = moment(*stop));
    lanes
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that finds something else than it made has failed")]
mod tests {
    use super::*;
    use crate::compare::{PRESETS, played};

    fn comparison(id: &str) -> Comparison {
        Comparison::of(played(&PRESETS.iter().find(|preset| preset.id == id).expect("a preset").inputs()))
    }

    #[test]
    fn both_runs_are_shown_at_the_same_instant() {
        let mut comparison = comparison("ordered-parallel");
        for index in 0..comparison.moments().len() {
            comparison.seek(index);
            let now = comparison.now();
            for (run, other) in [(0, 1), (1, 0)] {
                assert!(comparison.runs()[run].now() <= now, "moment {index}");
                assert!(comparison.runs()[run].now() == now || comparison.runs()[other].now() == now, "moment {index}");
            }
        }
        assert!(comparison.runs().iter().all(Playback::is_at_end));
    }

    #[test]
    fn the_moment_of_the_parting_shows_what_parts() {
        let mut comparison = comparison("ordered-parallel");
        comparison.seek(comparison.parting_moment().expect("they part"));
        let pods = comparison.runs().each_ref().map(|run| run.timeline().cluster().pods.iter().count());
        assert_eq!(pods, [1, 3]);
    }

    #[test]
    fn lanes_of_both_runs_end_where_the_axis_does() {
        let comparison = comparison("partition");
        for lanes in comparison.lanes() {
            let bars = lanes.groups.iter().flat_map(|group| &group.lanes).flat_map(|lane| &lane.bars);
            assert!(bars.clone().count() > 0);
            assert!(bars.clone().all(|bar| bar.to.is_none_or(|to| to < comparison.moments().len())));
        }
    }
}
