//! The first place where two runs part.

use crate::api::Time;
use crate::engine::Step;
use crate::turn::{PodTurn, turns};

/// Times that are less than this apart, in milliseconds, count as the same: the runs have different things to do in between.
const SAME_TIME: u64 = 1_000;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first.
    Left,
    /// The second.
    Right,
}

impl Side {
    /// Its place in a pair.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Side::Left => 0,
            Side::Right => 1,
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

/// Where two runs part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parting {
    /// After as many turns alike, the pods of each side do something else.
    Order {
        /// How many turns were alike.
        alike: usize,
        /// Whose turn comes first.
        first: Side,
        /// What comes next on each side; none where nothing more happens. At least one has one.
        next: [Option<PodTurn>; 2],
    },
    /// The order is the same to the end, but from here on one side is later.
    Delay {
        /// Who is later.
        later: Side,
        /// The turn on each side.
        turns: Box<[PodTurn; 2]>,
        /// By how much, in milliseconds.
        by: u64,
    },
}

impl Parting {
    /// The first place where two runs part.
    #[must_use]
    pub fn of(steps: [&[Step]; 2]) -> Option<Parting> {
        let [left, right] = steps.map(turns);
        let alike = left.iter().zip(&right).take_while(|(left, right)| left.is_like(right)).count();
        let next = [left.get(alike).cloned(), right.get(alike).cloned()];
        let first = match &next {
            [None, None] => return delay(&left, &right),
            [Some(_), None] => Side::Left,
            [None, Some(_)] => Side::Right,
            [Some(left), Some(right)] if right.at < left.at => Side::Right,
            [Some(_), Some(_)] => Side::Left,
        };
        Some(Parting::Order { alike, first, next })
    }

    /// When.
    #[must_use]
    pub fn at(&self) -> Time {
        match self {
            Parting::Order { first, next, .. } => next[first.index()].as_ref().map_or(Time::ZERO, |turn| turn.at),
            Parting::Delay { later, turns, .. } => turns[later.other().index()].at,
        }
    }
}

fn delay(left: &[PodTurn], right: &[PodTurn]) -> Option<Parting> {
    let is_apart = |(left, right): &(&PodTurn, &PodTurn)| left.at.0.abs_diff(right.at.0) >= SAME_TIME;
    let (left, right) = left.iter().zip(right).find(is_apart)?;
    let later = if left.at < right.at { Side::Right } else { Side::Left };
    let by = left.at.0.abs_diff(right.at.0);
    Some(Parting::Delay { later, turns: Box::new([left.clone(), right.clone()]), by })
}
