//! The EndpointSlice controller. Upstream: `k8s.io/endpointslice, pkg/controller/endpointslice`.

use crate::actor::{Pass, View};
use crate::api::Key;

/// One sync of a Service.
#[must_use]
pub fn sync(_view: View<'_>, _key: &Key) -> Pass {
    Pass::nothing()
}
