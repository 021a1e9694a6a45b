//! Traps in words.

use super::{Language, Text, en, zh};
use crate::trap::Trap;

/// A trap in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// Its name.
    pub title: Text,
    /// What has happened, and why it surprises.
    pub what: Text,
    /// The way out.
    pub out: Text,
}

/// A trap in words.
#[must_use]
pub fn warning(trap: &Trap, language: Language) -> Warning {
    match language {
        Language::En => en::warning(trap),
        Language::Zh => zh::warning(trap),
    }
}
