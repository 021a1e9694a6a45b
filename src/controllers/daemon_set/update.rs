//! How a changed template reaches the nodes. Upstream: `pkg/controller/daemon/update.go: rollingUpdate`.
//!
//! Go walks its map of nodes in random order; here nodes go by name.

use super::{Plan, Sync};
use crate::api::Pod;
use crate::reason::{DaemonPodFate, Verdict};
use std::collections::BTreeSet;
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

    /// Nodes with pods, and eligible nodes without.
    fn concerned_nodes(&self) -> BTreeSet<&str> {
        let eligible = self.nodes.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Runs { .. }));
        self.pods.keys().map(String::as_str).chain(eligible.map(|(node, _)| node.metadata.name.as_str())).collect()
    }

    /// `findUpdatedPodsOnNode`; none where there are several of a sort, which `manage` clears up.
    fn pair(&self, node: &str) -> Option<Pair<'_>> {
        let mut pair = Pair { new: None, old: None };
        for pod in self.pods_on(node).iter().filter(|pod| !pod.is_terminating()) {
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
        for node in self.concerned_nodes() {
            match self.pair(node) {
                None | Some(Pair { new: None, old: None } | Pair { new: Some(_), old: Some(_) }) => unavailable += 1,
                Some(Pair { new: Some(new), old: None }) => unavailable += i64::from(!self.is_available(new)),
                Some(Pair { new: None, old: Some(old) }) if self.is_available(old) => candidates.push(old.clone()),
                Some(Pair { new: None, old: Some(old) }) => {
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
        for node in self.concerned_nodes() {
            let Some(pair) = self.pair(node) else {
                surging += 1;
                continue;
            };
            available += i64::from([pair.new, pair.old].into_iter().flatten().any(|pod| self.is_available(pod)));
            match pair {
                Pair { old: None, .. } => {}
                Pair { new: Some(new), old: Some(old) } if self.is_available(new) => {
                    plan.delete.push((old.clone(), DaemonPodFate::Surpassed));
                }
                Pair { new: Some(_), old: Some(_) } => surging += 1,
                Pair { new: None, old: Some(old) } => {
                    let runs = self.refusal(node).is_none() && self.view.cluster.node(node).is_some();
                    match (runs, self.is_available(old)) {
                        (true, true) => candidates.push(node.to_owned()),
                        (true, false) => plan.create_on.push(node.to_owned()),
                        (false, true) => on_refusing_nodes.push((old.clone(), self.fate_on_refusing_node(node))),
                        (false, false) => plan.delete.push((old.clone(), self.fate_on_refusing_node(node))),
                    }
                }
            }
        }
        let spare = usize::try_from(available - i64::from(self.desired())).unwrap_or(0);
        plan.delete.extend(on_refusing_nodes.into_iter().take(spare));
        let budget = usize::try_from(self.max_surge() - surging).unwrap_or(0);
        plan.create_on.extend(candidates.into_iter().take(budget));
        plan
    }
}
