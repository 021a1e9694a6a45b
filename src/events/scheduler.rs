//! Events of the scheduler.

use super::Recorder;
use crate::reason::SchedulerReason;

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
