//! A run as lines for a terminal.

use super::{seconds, told};
use crate::engine::Timeline;
use crate::explain::Language;
use std::fmt::Write as _;

/// When, who, what; below it why. Steps that only write down what is are left out.
#[must_use]
pub fn table(timeline: &mut Timeline, language: Language) -> String {
    let mut text = String::new();
    told(timeline, language, |_, step, words| {
        if step.reason.is_bookkeeping() {
            return;
        }
        let _infallible =
            writeln!(text, "{:>9} s  {:<28} {}", seconds(step.at.0), step.actor.to_string(), words.headline);
        for why in &words.why {
            let _infallible = writeln!(text, "{:>42}{why}", "");
        }
    });
    text
}
