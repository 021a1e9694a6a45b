//! Two runs laid side by side, and the first place where they part. Decides nothing and says nothing: the sentences are in
//! [`crate::explain`], the pictures in [`crate::scene`].

mod inputs;
mod parting;
mod presets;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that finds something else than it made has failed")]
mod tests;

pub use inputs::{Input, played};
pub use parting::{Parting, Side};
pub use presets::{PRESETS, Preset};
