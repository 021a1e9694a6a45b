//! Events about pods and their nodes: of the scheduler, the kubelet and the controllers that watch nodes.

use super::Recorder;
use crate::reason::{KubeletReason, NodeReason, SchedulerReason};

/// The longest message that an Event has, in bytes (`pkg/scheduler/schedule_one.go: truncateMessage`).
const LONGEST: usize = 1_024;

impl Recorder<'_> {
    /// `pkg/scheduler/schedule_one.go: bindingCycle, handleSchedulingFailure`, `framework/preemption: PreparePreemption`.
    pub(super) fn scheduler(&mut self, reason: &SchedulerReason) {
        match reason {
            SchedulerReason::Bound { pod, node, .. } => {
                let message = format!("Successfully assigned {}/{} to {node}", pod.key.namespace, pod.name());
                self.normal(pod, "Scheduled", message);
            }
            SchedulerReason::Unschedulable { pod, message, .. } => {
                self.warning(pod, "FailedScheduling", truncated(message));
            }
            SchedulerReason::Preempts { pod, node, message, victims, .. } => {
                let by = self.uid(pod);
                for victim in victims {
                    self.normal(&victim.pod, "Preempted", format!("Preempted by pod {by} on node {node}"));
                }
                self.warning(pod, "FailedScheduling", truncated(message));
            }
            SchedulerReason::NodeChosenForVolumes { .. } | SchedulerReason::Gated { .. } => {}
        }
    }

    /// `pkg/kubelet/kuberuntime/kuberuntime_container.go`, `pkg/kubelet/images/image_manager.go`.
    pub(super) fn kubelet(&mut self, _reason: &KubeletReason) {}

    /// `pkg/controller/tainteviction/taint_eviction.go: emitPodDeletionEvent`.
    pub(super) fn node(&mut self, reason: &NodeReason) {
        match reason {
            NodeReason::TaintEviction { pod, .. } => {
                let message = format!("Marking for deletion Pod {}/{}", pod.key.namespace, pod.name());
                self.normal(pod, "TaintManagerEviction", message);
            }
            NodeReason::EvictionCancelled { pod, .. } => {
                let message = format!("Cancelling deletion of Pod {}/{}", pod.key.namespace, pod.name());
                self.normal(pod, "TaintManagerEviction", message);
            }
            NodeReason::Lost { node, never: false, pods, .. } => {
                let message = format!("Node {} status is now: NodeNotReady", node.name());
                self.normal(node, "NodeNotReady", message);
                for pod in pods {
                    self.warning(pod, "NodeNotReady", "Node is not ready".into());
                }
            }
            NodeReason::UnschedulableTaint { .. }
            | NodeReason::ConditionTaints { .. }
            | NodeReason::Lost { never: true, .. }
            | NodeReason::DrivesAway { .. }
            | NodeReason::TaintDelayed { .. }
            | NodeReason::EvictionsHeld { .. }
            | NodeReason::EvictionsStopped { .. }
            | NodeReason::Recovered { .. }
            | NodeReason::EvictionPending { .. } => {}
        }
    }
}

/// A message as far as an Event holds it.
fn truncated(message: &str) -> String {
    const SUFFIX: &str = " ...";
    if message.len() <= LONGEST {
        return message.to_owned();
    }
    let mut end = LONGEST - SUFFIX.len();
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{SUFFIX}", &message[..end])
}
