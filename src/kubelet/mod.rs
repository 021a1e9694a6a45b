//! The kubelets: what becomes of a pod once it is bound to a node. Upstream: `pkg/kubelet`.
//!
//! Each pass looks at one pod and does what is due; the pod's own status says how far it is.

mod outcome;
mod start;
mod stop;

use crate::actor::{Pass, View};
use crate::api::{Key, PodPhase};

/// One look at a pod.
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(pod) = view.cluster.pods.get(key) else { return Pass::nothing() };
    let Some(node) = pod.node().filter(|name| view.cluster.node(name).is_some()) else { return Pass::nothing() };
    if pod.is_terminating() {
        return stop::sync(view, pod, node);
    }
    match pod.status.phase {
        PodPhase::Pending => start::start(view, pod, node),
        PodPhase::Running => start::readiness(view, pod, node),
        PodPhase::Succeeded | PodPhase::Failed => Pass::nothing(),
    }
}
