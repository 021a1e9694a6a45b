//! How many pods are in which state, by node and by owner. Kept while the shown moment moves, from the changes of the steps
//! in between, so that a moment of a large cluster costs what changed and not all that there is.

use super::PodState;
use super::natural::natural;
use crate::api::{Key, Object, Pod, Resource, Uid};
use crate::cluster::Change;
use std::collections::{BTreeMap, BTreeSet};

/// Pods by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u32; PodState::ALL.len()]);

impl Counts {
    /// The counts of some states.
    #[must_use]
    pub fn of_states(states: &[PodState]) -> Counts {
        let mut counts = Counts::default();
        states.iter().for_each(|state| counts.turn(*state, true));
        counts
    }

    /// How many are in a state.
    #[must_use]
    pub fn of(&self, state: PodState) -> usize {
        self.0.get(place(state)).map_or(0, |count| *count as usize)
    }

    /// How many there are.
    #[must_use]
    pub fn all(&self) -> usize {
        self.0.iter().map(|count| *count as usize).sum()
    }

    /// The states that occur, in the order of a pod's life, with how many are in each.
    pub fn states(&self) -> impl Iterator<Item = (PodState, usize)> + use<'_> {
        PodState::ALL.into_iter().map(|state| (state, self.of(state))).filter(|(_, count)| *count > 0)
    }

    /// The sum of two.
    #[must_use]
    pub fn and(mut self, other: &Counts) -> Counts {
        self.0.iter_mut().zip(other.0).for_each(|(count, more)| *count += more);
        self
    }

    /// One more in a state, or one fewer.
    pub(super) fn turn(&mut self, state: PodState, comes: bool) {
        if let Some(count) = self.0.get_mut(place(state)) {
            *count = if comes { *count + 1 } else { count.saturating_sub(1) };
        }
    }
}

fn place(state: PodState) -> usize {
    PodState::ALL.iter().position(|other| *other == state).unwrap_or_default()
}

/// The pods of a moment, counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    nodes: BTreeMap<String, Counts>,
    owners: BTreeMap<Uid, Counts>,
    unbound: Counts,
    bare: BTreeSet<Key>,
    order: Vec<String>,
}

impl Tally {
    /// A change is made.
    pub fn apply(&mut self, change: &Change) {
        self.turn(change.before.as_ref(), change.after.as_ref());
    }

    /// A change is undone.
    pub fn revert(&mut self, change: &Change) {
        self.turn(change.after.as_ref(), change.before.as_ref());
    }

    /// The pods bound to a node.
    #[must_use]
    pub fn on(&self, node: &str) -> Counts {
        self.nodes.get(node).copied().unwrap_or_default()
    }

    /// The pods that an object controls.
    #[must_use]
    pub fn owned_by(&self, owner: Uid) -> Counts {
        self.owners.get(&owner).copied().unwrap_or_default()
    }

    /// The pods that are bound to no node.
    #[must_use]
    pub fn unbound(&self) -> Counts {
        self.unbound
    }

    /// All pods.
    #[must_use]
    pub fn all(&self) -> Counts {
        self.nodes.values().fold(self.unbound, |sum, counts| sum.and(counts))
    }

    /// Pods that nothing controls, by name.
    pub fn bare(&self) -> impl Iterator<Item = &Key> {
        self.bare.iter()
    }

    /// The names of all nodes, as people order them.
    #[must_use]
    pub fn order(&self) -> &[String] {
        &self.order
    }

    fn turn(&mut self, before: Option<&Object>, after: Option<&Object>) {
        match (before, after) {
            (None, Some(Object::Node(node))) => {
                let name = &node.metadata.name;
                let place = self.order.partition_point(|other| natural(other, name).is_lt());
                self.order.insert(place, name.clone());
            }
            (Some(Object::Node(node)), None) => self.order.retain(|name| *name != node.metadata.name),
            (before, after) => {
                if let Some(Object::Pod(pod)) = before {
                    self.counts(pod, false);
                    if after.is_none() {
                        self.bare.remove(&pod.key());
                    }
                }
                if let Some(Object::Pod(pod)) = after {
                    self.counts(pod, true);
                    if pod.metadata.controller().is_none() {
                        self.bare.insert(pod.key());
                    } else {
                        self.bare.remove(&pod.key());
                    }
                }
            }
        }
    }

    fn counts(&mut self, pod: &Pod, comes: bool) {
        let state = PodState::of(pod);
        match pod.node() {
            Some(node) => match self.nodes.get_mut(node) {
                Some(counts) => counts.turn(state, comes),
                None => self.nodes.entry(node.to_owned()).or_default().turn(state, comes),
            },
            None => self.unbound.turn(state, comes),
        }
        if let Some(owner) = pod.metadata.controller() {
            self.owners.entry(owner.uid).or_default().turn(state, comes);
        }
    }
}
