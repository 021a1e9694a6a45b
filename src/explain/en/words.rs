//! Small parts of English sentences: lists, plurals, times.

use crate::api::Time;
use crate::explain::facts::amounts::tenths;
use crate::explain::facts::named;
use crate::explain::{Piece, Say, Text, text};

/// `web-0`, `web-0 and web-1`, `web-0, web-1, web-2 and 5 more`.
pub(super) fn list<T: Say>(items: impl IntoIterator<Item = T>) -> Text {
    let (items, more) = named(items);
    let count = items.len();
    let mut text = Text::default();
    for (index, item) in items.into_iter().enumerate() {
        match index {
            0 => {}
            _ if index + 1 == count && more == 0 => drop(text.say(" and ")),
            _ => drop(text.say(", ")),
        }
        text.say(item);
    }
    if more > 0 {
        text.say(" and ").say(more).say(" more");
    }
    text
}

/// `1 pod`, `3 pods`.
pub(super) fn count(number: impl TryInto<i64>, noun: &'static str) -> Text {
    let number = number.try_into().unwrap_or(i64::MAX);
    let plural = if number == 1 { "" } else { "s" };
    text![number, " ", noun, plural]
}

/// `is` or `are`.
pub(super) fn is(number: impl TryInto<i64>) -> &'static str {
    if number.try_into().unwrap_or(i64::MAX) == 1 { "is" } else { "are" }
}

/// The second form where the number is not 1.
pub(super) fn either(number: usize, one: &'static str, many: &'static str) -> &'static str {
    if number == 1 { one } else { many }
}

/// `2.4 s`, as the page writes moments of the run.
pub(super) fn moment(time: Time) -> Piece {
    Piece::Words(format!("{} s", tenths(time)))
}

/// `30 s`.
pub(super) fn seconds(seconds: impl Into<i64>) -> Piece {
    Piece::Words(format!("{} s", seconds.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_a_few_and_counts_the_rest() {
        let of = |count: usize| list((0..count).map(|index| text![index])).to_string();
        assert_eq!(of(1), "0");
        assert_eq!(of(2), "0 and 1");
        assert_eq!(of(3), "0, 1 and 2");
        assert_eq!(of(5), "0, 1, 2, 3 and 4");
        assert_eq!(of(8), "0, 1, 2 and 5 more");
    }

    #[test]
    fn moments_have_tenths_of_a_second() {
        assert_eq!(text![moment(Time(2_460))].to_string(), "2.4 s");
    }
}
