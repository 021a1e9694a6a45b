//! Events of the disruption controller. Upstream: `pkg/controller/disruption/disruption.go`.

use super::Recorder;
use crate::api::Object;
use crate::reason::{DisruptionAct, DisruptionReason};

impl Recorder<'_> {
    /// `trySync`, `buildDisruptedPodMap`.
    pub(super) fn disruption(&mut self, reason: &DisruptionReason) {
        let budget = &reason.budget;
        let status = self.step.changes.iter().find_map(|change| match &change.after {
            Some(Object::PodDisruptionBudget(after)) => Some(&after.status),
            _ => None,
        });
        if status.is_some_and(|status| status.expected_pods == 0 && status.current_healthy == 0)
            && !matches!(reason.act, DisruptionAct::SyncFailed { .. })
        {
            self.normal(budget, "NoPods", "No matching pods found".into());
        }
        match &reason.act {
            DisruptionAct::Recount { not_deleted, .. } => {
                for pod in not_deleted {
                    // Upstream writes the namespace where the budget's name should be.
                    let namespace = &budget.key.namespace;
                    let message =
                        format!("Pod was expected by PDB {namespace}/{namespace} to be deleted but it wasn't");
                    self.warning(pod, "NotDeleted", message);
                }
            }
            DisruptionAct::SyncFailed { message } => {
                let message = format!("Failed to calculate the number of expected pods: {message}");
                self.warning(budget, "CalculateExpectedPodCountFailed", message);
            }
            DisruptionAct::RecordStatus => {}
        }
    }
}
