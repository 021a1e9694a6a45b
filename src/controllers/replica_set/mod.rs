//! The ReplicaSet controller. Upstream: `pkg/controller/replicaset`.

use crate::actor::{Pass, View};
use crate::api::Key;

/// One sync of a ReplicaSet.
#[must_use]
pub fn sync(_view: View<'_>, _key: &Key) -> Pass {
    Pass::nothing()
}
