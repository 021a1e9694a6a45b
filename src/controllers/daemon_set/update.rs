//! How a changed template reaches the nodes. Upstream: `pkg/controller/daemon/update.go: rollingUpdate`.
//!
//! Go walks its map of nodes in random order; here nodes go by name.

use super::{Place, Plan, Sync};
use crate::api::Pod;
use crate::reason::{DaemonPodFate, Verdict};
use std::rc::Rc;

/// The pods of a node that are not terminating: at the present template, and at an old one.
struct Pair<'a> {
    new: Option<&'a Rc<Pod>>,
    old: Option<&'a Rc<Pod>>,
}

impl Sync<'_> {
    pub(super) fn rolling_update(&self) -> Plan {
        if self.max_surge() > 0 { self.surge() } else { self.replace() }
    }

    /// Nodes with pods, and eligible nodes without; none for a node that does not exist.
    fn concerned(&self) -> impl Iterator<Item = (Option<&Place<'_>>, &[Rc<Pod>])> {
        let there = self.nodes.iter().filter(|place| place.runs() || !place.pods.is_empty());
        let gone = self.elsewhere.iter().map(|pods| (None, pods.as_slice()));
        there.map(|place| (Some(place), place.pods.as_slice())).chain(gone)
    }

    /// `findUpdatedPodsOnNode`; none where there are several of a sort, which `manage` clears up.
    fn pair<'p>(&self, pods: &'p [Rc<Pod>]) -> Option<Pair<'p>> {
        let mut pair = Pair { new: None, old: None };
        for pod in pods.iter().filter(|pod| !pod.is_terminating()) {
            let place = if self.is_current(pod) { &mut pair.new } else { &mut pair.old };
            if place.replace(pod).is_some() {
                return None;
            }
        }
        Some(pair)
    }

    /// Deletes old pods as far as the budget goes; `manage` puts new ones in their place.
    fn replace(&self) -> Plan {
        let mut unavailable: i64 = 0;
        let mut plan = Plan::default();
        let mut candidates = vec![];
        for (_, pods) in self.concerned() {
            match self.pair(pods) {
                None | Some(Pair { new: None, old: None } | Pair { new: Some(_), old: Some(_) }) => unavailable += 1,
                Some(Pair { new: Some(new), old: None }) => unavailable += i64::from(!self.is_available(new)),
                Some(Pair { new: None, old: Some(old) }) if self.is_available(old) => candidates.push(old.clone()),
                Some(Pair { new: None, old: Some(old) }) => {
                    unavailable += 1;
                    plan.delete.push((old.clone(), DaemonPodFate::OutdatedUnavailable));
                }
            }
        }
        let budget = usize::try_from(self.max_unavailable() - unavailable).unwrap_or(0);
        plan.delete.extend(candidates.into_iter().take(budget).map(|pod| (pod, DaemonPodFate::Outdated)));
        plan
    }

    /// Puts new pods beside old ones as far as the budget goes.
    fn surge(&self) -> Plan {
        let (mut surging, mut available) = (0_i64, 0_i64);
        let mut plan = Plan::default();
        let mut candidates = vec![];
        let mut on_refusing_nodes = vec![];
        for (place, pods) in self.concerned() {
            let Some(pair) = self.pair(pods) else {
                surging += 1;
                continue;
            };
            available += i64::from(pair.old.or(pair.new).is_some_and(|pod| self.is_available(pod)));
            match pair {
                Pair { old: None, .. } => {}
                Pair { new: Some(new), old: Some(old) } if self.is_available(new) => {
                    plan.delete.push((old.clone(), DaemonPodFate::Surpassed));
                }
                Pair { new: Some(_), old: Some(_) } => surging += 1,
                Pair { new: None, old: Some(old) } => {
                    // Looking up a node that is gone is an error, which ends the whole pass.
                    let Some(place) = place else { return Plan::default() };
                    match (&place.verdict, self.is_available(old)) {
                        (Verdict::Runs { .. }, true) => candidates.push(place.name().to_owned()),
                        (Verdict::Runs { .. }, false) => plan.create_on.push(place.name().to_owned()),
                        (Verdict::Keeps(refusal) | Verdict::Refuses(refusal), is_available) => {
                            let deleted = (old.clone(), DaemonPodFate::NodeRefuses(refusal.clone()));
                            if is_available { on_refusing_nodes.push(deleted) } else { plan.delete.push(deleted) }
                        }
                    }
                }
            }
        }
        let spare = usize::try_from(available - i64::from(self.desired)).unwrap_or(0);
        plan.delete.extend(on_refusing_nodes.into_iter().take(spare));
        let budget = usize::try_from(self.max_surge() - surging).unwrap_or(0);
        plan.create_on.extend(candidates.into_iter().take(budget));
        plan
    }
}
