//! Kubelets as the recordings have them: a pod starts after a delay, its image alone decides its fate, and nothing is
//! probed or restarted.

mod outcome;
mod start;
mod stop;

use crate::actor::{Pass, View};
use crate::api::{Pod, PodPhase};
use std::rc::Rc;

/// One look at a pod that is bound to a node.
pub(super) fn sync(view: View<'_>, pod: &Rc<Pod>, node: &str) -> Pass {
    if pod.is_terminating() {
        return stop::sync(view, pod, node);
    }
    match pod.status.phase {
        PodPhase::Pending => start::start(view, pod, node),
        PodPhase::Running => start::readiness(view, pod, node),
        PodPhase::Succeeded | PodPhase::Failed => Pass::nothing(),
    }
}
