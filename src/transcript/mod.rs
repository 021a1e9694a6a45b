//! A run written down: as a table for a terminal, as Markdown for a page, as JSON for programs. The same input gives the
//! same bytes everywhere.

mod json;
mod markdown;
mod table;

pub use json::json;
pub use markdown::markdown;
pub use table::table;

use crate::engine::{Step, Timeline};
use crate::explain::{Explanation, Language, explain};

/// Each step with its words, from the first to the last. Leaves the timeline at its end.
fn told(timeline: &mut Timeline, language: Language, mut tell: impl FnMut(usize, &Step, &Explanation)) {
    timeline.seek(0);
    for position in 1..=timeline.steps().len() {
        timeline.seek(position);
        if let Some(step) = timeline.current() {
            tell(position, step, &explain(step, timeline.cluster(), language));
        }
    }
}

/// Seconds with three digits, from milliseconds.
fn seconds(millis: u64) -> String {
    format!("{}.{:03}", millis / 1_000, millis % 1_000)
}
