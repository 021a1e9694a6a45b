//! Names as people order them: `node-2` before `node-10`.

use std::cmp::Ordering;

/// Compares two names, their numbers by value.
#[must_use]
pub fn natural(left: &str, right: &str) -> Ordering {
    let (mut a, mut b) = (left, right);
    loop {
        let (Some(first), Some(second)) = (a.chars().next(), b.chars().next()) else {
            return a.len().cmp(&b.len()).then_with(|| left.cmp(right));
        };
        let order = if first.is_ascii_digit() && second.is_ascii_digit() {
            let (number, rest) = leading_number(a);
            let (other, other_rest) = leading_number(b);
            (a, b) = (rest, other_rest);
            number.len().cmp(&other.len()).then_with(|| number.cmp(other))
        } else {
            (a, b) = (&a[first.len_utf8()..], &b[second.len_utf8()..]);
            first.cmp(&second)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// The digits that a text begins with, without leading zeros, and what follows them.
fn leading_number(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits.trim_start_matches('0'), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_within_names_are_compared_by_value_and_every_two_names_differ() {
        let mut names =
            ["node-10", "node-2", "a", "node-1-b", "node-02", "node-1", "node", "zone-99999999999999999999-1"];
        names.sort_by(|a, b| natural(a, b));
        let wanted = ["a", "node", "node-1", "node-1-b", "node-02", "node-2", "node-10", "zone-99999999999999999999-1"];
        assert_eq!(names, wanted);
        assert_ne!(natural("node-02", "node-2"), Ordering::Equal);
    }
}
