//! What the page knows and how it changes: the text and what was read from it, the run, the shown moment.
//! Pure transitions, one action at a time; knows no browser.

mod aside;
mod columns;
mod files;
mod linked;
mod reading;
mod state;

pub use columns::Columns;
pub use reading::{File, Fix, Place, Problem, Reading, Severity, concerns, next_problem, start};
pub use state::{Action, Session, Speed};

#[cfg(test)]
mod tests;
