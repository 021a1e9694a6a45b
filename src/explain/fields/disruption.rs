//! The fields that decide what the disruption controller does.

use super::Fields;
use crate::reason::{DisruptionAct, DisruptionReason};

impl Fields<'_> {
    pub(super) fn disruption(&mut self, reason: &DisruptionReason) {
        match &reason.act {
            DisruptionAct::Recount { .. } | DisruptionAct::SyncFailed { .. } => {
                let name = &reason.budget;
                let Some(found) = self.scope.cluster.disruption_budgets.get(&name.key).cloned() else { return };
                if let Some(least) = &found.spec.min_available {
                    self.add(name, "spec.minAvailable", least);
                }
                if let Some(most) = &found.spec.max_unavailable {
                    self.add(name, "spec.maxUnavailable", most);
                }
                self.add(name, "spec.selector", &found.spec.selector);
            }
            DisruptionAct::RecordStatus => {}
        }
    }
}
