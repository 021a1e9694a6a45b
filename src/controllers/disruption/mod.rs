//! The disruption controller. Upstream: `pkg/controller/disruption`.

use crate::actor::{Pass, View};
use crate::api::Key;

/// One sync of a PodDisruptionBudget.
#[must_use]
pub fn sync(_view: View<'_>, _key: &Key) -> Pass {
    Pass::nothing()
}
