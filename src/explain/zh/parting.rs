//! Where two runs part.

use super::words::moment;
use crate::api::Time;
use crate::compare::{Parting, Side};
use crate::explain::facts::amounts::tenths;
use crate::explain::{Text, text, verbatim};
use crate::turn::{PodTurn, Turn};

pub(super) fn parting(parting: &Parting) -> Text {
    match parting {
        Parting::Order { first, next, .. } => {
            let other = match next[first.other().index()] {
                Some(_) => "还没有动静。",
                None => "不再有动静。",
            };
            let happens = next[first.index()].as_ref().map(happens);
            let (here, there) = (on(*first), on(first.other()));
            text!["两边在", moment(parting.at()), "分开：", here, happens, "，", there, other]
        }
        Parting::Delay { later, turns, by } => {
            let sooner = &turns[later.other().index()];
            let late = &turns[later.index()];
            text![
                "两边做的事和顺序都一样，只是时间不同：",
                on(later.other()),
                "在",
                moment(sooner.at),
                happens(sooner),
                "，",
                on(*later),
                "晚",
                verbatim(tenths(Time(*by))),
                "秒，在",
                moment(late.at),
                "。"
            ]
        }
    }
}

pub(super) fn no_more_here() -> Text {
    text!["这边没有动静。"]
}

fn on(side: Side) -> &'static str {
    match side {
        Side::Left => "左边",
        Side::Right => "右边",
    }
}

fn happens(turn: &PodTurn) -> Text {
    let becomes = match turn.turn {
        Turn::Created => "创建了",
        Turn::Ready => "就绪了",
        Turn::Unready => "不再就绪",
        Turn::Stops => "收到停止的通知",
        Turn::Gone => "消失了",
    };
    text![&turn.pod, becomes]
}
