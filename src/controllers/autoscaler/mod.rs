//! The horizontal pod autoscaler. Upstream: `pkg/controller/podautoscaler`.

use crate::actor::{Pass, View};
use crate::api::Key;

/// One sync of a HorizontalPodAutoscaler.
#[must_use]
pub fn sync(_view: View<'_>, _key: &Key) -> Pass {
    Pass::nothing()
}
