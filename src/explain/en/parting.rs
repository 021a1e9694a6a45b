//! Where two runs part.

use super::words::moment;
use crate::compare::{Parting, Side};
use crate::explain::{Text, text};
use crate::turn::{PodTurn, Turn};

pub(in crate::explain) fn parting(parting: &Parting) -> Text {
    match parting {
        Parting::Order { first, next, .. } => {
            let other = match next[first.other().index()] {
                Some(_) => " nothing happens yet.",
                None => " nothing more happens.",
            };
            let happens = next[first.index()].as_ref().map(happens);
            let (here, there) = (on(*first), on(first.other()));
            text!["They part at ", moment(parting.at()), ": ", here, " ", happens, ", ", there, other]
        }
        Parting::Delay { later, turns, by } => {
            let sooner = &turns[later.other().index()];
            let late = &turns[later.index()];
            text![
                "Both do the same in the same order, but not at the same time: ",
                happens(sooner),
                " at ",
                moment(sooner.at),
                " ",
                on(later.other()),
                ", and ",
                moment(crate::api::Time(*by)),
                " later, at ",
                moment(late.at),
                ", ",
                on(*later),
                "."
            ]
        }
    }
}

pub(in crate::explain) fn no_more_here() -> Text {
    text!["Nothing happens here."]
}

fn on(side: Side) -> &'static str {
    match side {
        Side::Left => "on the left",
        Side::Right => "on the right",
    }
}

fn happens(turn: &PodTurn) -> Text {
    let becomes = match turn.turn {
        Turn::Created => " is made",
        Turn::Ready => " becomes Ready",
        Turn::Unready => " is no longer Ready",
        Turn::Stops => " is told to stop",
        Turn::Gone => " is gone",
    };
    text![&turn.pod, becomes]
}
