//! Small parts of Chinese sentences: lists, counts, times.

use crate::api::Time;
use crate::explain::facts::amounts::tenths;
use crate::explain::facts::named;
use crate::explain::{Piece, Say, Text, text};

/// `web-0`, `web-0、web-1`, `web-0、web-1、web-2 等 8 个`.
pub(super) fn list<T: Say>(items: impl IntoIterator<Item = T>) -> Text {
    let (items, more) = named(items);
    let total = items.len() + more;
    let mut text = Text::default();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            text.say("、");
        }
        text.say(item);
    }
    if more > 0 {
        text.say(" 等 ").say(total).say(" 个");
    }
    text
}

/// A number with what is counted, measure word first: `3 个 Pod`.
pub(super) fn count(number: impl TryInto<i64>, noun: &'static str) -> Text {
    text![number.try_into().unwrap_or(i64::MAX), " ", noun]
}

/// `第 2.4 秒`, a moment of the run.
pub(super) fn moment(time: Time) -> Piece {
    Piece::Words(format!("第 {} 秒", tenths(time)))
}

/// `30 秒`.
pub(super) fn seconds(seconds: impl Into<i64>) -> Piece {
    Piece::Words(format!("{} 秒", seconds.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_a_few_and_counts_all() {
        let of = |count: usize| list((0..count).map(|index| text![index])).to_string();
        assert_eq!(of(1), "0");
        assert_eq!(of(2), "0、1");
        assert_eq!(of(5), "0、1、2、3、4");
        assert_eq!(of(8), "0、1、2 等 8 个");
    }

    #[test]
    fn moments_have_tenths_of_a_second() {
        assert_eq!(text![moment(Time(2_460))].to_string(), "第 2.4 秒");
    }
}
