//! Many lanes as one: which part of their pods was in which state when.

use super::{Axis, Counts, Group, PodState};
use std::collections::BTreeMap;

/// The states of a group's pods over a run, as boxes of a chart whose height is 1,000.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mix {
    /// The boxes.
    pub shares: Vec<Share>,
}

/// How many pods were in one state for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The state.
    pub state: PodState,
    /// Where it begins on the axis.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// How far from the top it begins, in thousandths.
    pub top: u32,
    /// How high it is, in thousandths.
    pub height: u32,
}

/// A chart has at most so many columns: more could not be told apart.
const COLUMNS: u32 = 300;

impl Mix {
    /// The states of a group's pods.
    #[must_use]
    pub fn of(group: &Group, axis: &Axis) -> Mix {
        let mut turns: BTreeMap<u32, Vec<(PodState, bool)>> = BTreeMap::new();
        let grid = Axis::END / COLUMNS;
        for bar in group.lanes.iter().flat_map(|lane| &lane.bars) {
            let (from, width) = bar.place(axis);
            let (from, to) = (snapped(from, grid), snapped(from + width, grid));
            turns.entry(from).or_default().push((bar.state, true));
            turns.entry(to).or_default().push((bar.state, false));
        }
        let lanes = u32::try_from(group.lanes.len()).unwrap_or(u32::MAX).max(1);
        let mut counts = Counts::default();
        let mut shares: Vec<Share> = vec![];
        let mut turns = turns.into_iter().peekable();
        while let Some((from, changes)) = turns.next() {
            changes.iter().for_each(|(state, comes)| counts.turn(*state, *comes));
            let to = turns.peek().map_or(Axis::END, |(next, _)| *next);
            let mut top = 0;
            // The best states lie at the bottom, so that a rollout fills the band.
            for (state, count) in counts.states().filter(|_| to > from) {
                let height = u32::try_from(count).unwrap_or(u32::MAX).min(lanes) * 1_000 / lanes;
                shares.push(Share { state, from, to, top, height });
                top += height;
            }
            let room = 1_000_u32.saturating_sub(top);
            shares.iter_mut().filter(|share| share.from == from).for_each(|share| share.top += room);
        }
        Mix { shares }
    }
}

/// A place of the axis on a grid; the end stays where it is.
fn snapped(place: u32, grid: u32) -> u32 {
    if place >= Axis::END { Axis::END } else { place / grid * grid }
}
