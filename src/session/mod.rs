//! What the page knows and how it changes: the text and what was read from it, the runs and what was done in them, the
//! shown moment.
//! Pure transitions, one action at a time; knows no browser.

mod aside;
mod columns;
mod desk;
mod files;
mod hands;
mod linked;
mod offers;
mod reading;
mod review;
mod runs;
mod said;
mod script;
mod state;

pub use columns::Columns;
pub use desk::Desk;
pub use offers::{Load, Offer, Offered};
pub use reading::{File, Fix, Place, Problem, Reading, Severity, concerns, next_problem, start};
pub use review::{Changed, Review, Reviewed};
pub use runs::{Branch, BranchId, Fork, Line};
pub use said::{By, Deed, Dialogue, Remark, Said};
pub use state::{Action, Session, Speed};

#[cfg(test)]
mod tests;
