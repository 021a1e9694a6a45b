//! English.

mod errors;
mod meaning;
mod repairs;
mod warnings;

pub(in crate::manifest) use errors::{
    field_not_simulated, missing, namespace_missing, no_matches, not_an_object, not_simulated, unknown_field,
    validation, wrong_type,
};
pub(super) use meaning::meaning;
pub(in crate::manifest) use repairs::{label, repair};
pub(in crate::manifest) use warnings::{Said, say};

/// What is added to the last of many that say the same.
pub(in crate::manifest) fn more_alike(count: usize) -> String {
    match count {
        1 => " There is 1 more of this kind in the file, which is not listed.".into(),
        _ => format!(" There are {count} more of this kind in the file, which are not listed."),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
