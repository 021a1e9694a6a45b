//! The Deployment controller. Upstream: `pkg/controller/deployment`.

use crate::actor::{Pass, View};
use crate::api::Key;

/// One sync of a Deployment.
#[must_use]
pub fn sync(_view: View<'_>, _key: &Key) -> Pass {
    Pass::nothing()
}
