//! The counts in a DaemonSet's status. Upstream: `daemon_controller.go: updateDaemonSetStatus`.

use super::Sync;
use crate::api::DaemonSetStatus;
use std::collections::BTreeSet;

impl Sync<'_> {
    /// Pods made in the same sync count already where the watch brings them before the status is written.
    pub(super) fn status(&self, created_on: &[String]) -> DaemonSetStatus {
        let created: BTreeSet<&str> = created_on.iter().map(String::as_str).collect();
        let mut status = DaemonSetStatus {
            observed_generation: self.set.metadata.generation,
            collision_count: self.set.status.collision_count,
            ..Default::default()
        };
        for place in &self.nodes {
            let first = place.pods.first();
            if !place.runs() {
                status.number_misscheduled += i32::from(first.is_some());
                continue;
            }
            status.desired_number_scheduled += 1;
            let Some(pod) = first else {
                let made = i32::from(created.contains(place.name()));
                status.current_number_scheduled += made;
                status.updated_number_scheduled += made;
                continue;
            };
            status.current_number_scheduled += 1;
            status.updated_number_scheduled += i32::from(self.is_current(pod));
            if pod.is_ready() {
                status.number_ready += 1;
                status.number_available += i32::from(self.is_available(pod));
            }
        }
        status.number_unavailable = status.desired_number_scheduled - status.number_available;
        status
    }
}
