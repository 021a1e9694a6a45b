//! The scheduler: filters, scores, and the pass that binds one pod. Upstream: `pkg/scheduler`.

mod bind;
mod filters;
mod scores;
mod volumes;

pub use bind::schedule;
pub use filters::{Filter, NodeFilters};
