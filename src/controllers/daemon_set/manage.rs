//! Which pods are missing and which are too many. Upstream: `daemon_controller.go: manage, podsShouldBeOnNode`.

use super::{Place, Plan, Sync};
use crate::api::{PodPhase, Time};
use crate::reason::{DaemonPodFate, Refusal, Verdict};

impl Sync<'_> {
    pub(super) fn manage(&self) -> Plan {
        let mut plan = Plan::default();
        for place in &self.nodes {
            match &place.verdict {
                Verdict::Runs { .. } if place.pods.is_empty() => plan.create_on.push(place.name().to_owned()),
                Verdict::Runs { .. } => self.keep_one(place, true, &mut plan),
                Verdict::Keeps(_) => self.keep_one(place, false, &mut plan),
                Verdict::Refuses(refusal) => {
                    let living = place.pods.iter().filter(|pod| !pod.is_terminating());
                    plan.delete.extend(living.map(|pod| (pod.clone(), DaemonPodFate::NodeRefuses(refusal.clone()))));
                }
            }
        }
        // Pods bound to a node that is gone are left to pod garbage collection.
        for pod in self.elsewhere.iter().flatten().filter(|pod| pod.node().is_none() && !pod.is_terminating()) {
            plan.delete.push((pod.clone(), DaemonPodFate::NodeGone));
        }
        plan
    }

    /// Leaves the pod that should be on a node, or the pair that a surge needs.
    fn keep_one(&self, place: &Place<'_>, should_run: bool, plan: &mut Plan) {
        let mut running = vec![];
        for pod in place.pods.iter().filter(|pod| !pod.is_terminating()) {
            match pod.status.phase {
                PodPhase::Failed => match self.back_off_until(place.name()) {
                    Some(until) => plan.again_at = super::earlier(plan.again_at, Some(until)),
                    None => plan.delete.push((pod.clone(), DaemonPodFate::Ended)),
                },
                PodPhase::Succeeded => plan.delete.push((pod.clone(), DaemonPodFate::Ended)),
                PodPhase::Pending | PodPhase::Running => running.push(pod),
            }
        }
        if !self.allows_surge() {
            plan.delete.extend(running.into_iter().skip(1).map(|pod| (pod.clone(), DaemonPodFate::Excess)));
            return;
        }
        if running.len() <= 1 {
            if running.is_empty() && should_run {
                plan.create_on.push(place.name().to_owned());
            }
            return;
        }
        let (mut newest, mut oldest) = (None, None);
        for pod in running {
            let place = if self.is_current(pod) { &mut newest } else { &mut oldest };
            if place.is_none() {
                *place = Some(pod);
            } else {
                plan.delete.push((pod.clone(), DaemonPodFate::Excess));
            }
        }
        if let (Some(new), Some(old)) = (newest, oldest) {
            if !old.is_ready() {
                plan.delete.push((old.clone(), DaemonPodFate::OutdatedUnavailable));
            } else if self.is_available(new) {
                plan.delete.push((old.clone(), DaemonPodFate::Surpassed));
            }
        }
    }

    /// When a failed pod of a node is looked at again: 1 s after the first, doubling to 15 minutes. The whole pause begins
    /// anew with each look in it.
    fn back_off_until(&self, node: &str) -> Option<Time> {
        let generation = self.set.status.observed_generation;
        let pause = self.view.world.daemon_back_off(self.set.metadata.uid, generation, node, self.view.now)?;
        Some(self.view.now + pause)
    }
}

impl DaemonPodFate {
    /// The refusal behind it, if there is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            DaemonPodFate::NodeRefuses(refusal) => Some(refusal),
            _ => None,
        }
    }
}
