//! How a changed template reaches the pods.
//! Upstream: `stateful_set_control.go: updateStatefulSet` (its end) and `updateStatefulSetAfterInvariantEstablished`.

use super::{Slot, Sync};
use crate::api::{IntOrPercent, Kind, ObjectRef, Pod, Resource, UpdateStrategyType};
use crate::controllers::history::REVISION_LABEL;
use crate::reason::{Lack, StatefulSetAct};
use std::rc::Rc;

/// How many pods of a set may be unavailable: percents are rounded down, at least one
/// (`stateful_set_utils.go: getStatefulSetMaxUnavailable`).
#[must_use]
pub fn max_unavailable(written: Option<IntOrPercent>, replicas: i64) -> i64 {
    written.unwrap_or(IntOrPercent::Int(1)).rounded_down(replicas).max(1)
}

impl Sync<'_> {
    /// The update walk, from the highest slot down to the partition.
    pub(super) fn process_update(&mut self) {
        if self.set.spec.strategy() == UpdateStrategyType::OnDelete {
            self.settle(self.outdated_names(0), true);
            return;
        }
        let partition = usize::try_from(self.set.spec.partition()).unwrap_or(0);
        let gate = self.view.settings.cluster.max_unavailable_stateful_set();
        if gate { self.update_within_budget(partition) } else { self.update_one(partition) }
    }

    fn update_one(&mut self, partition: usize) {
        for index in (partition..self.slots.len()).rev() {
            if let Some(pod) = self.outdated(&self.slots[index]) {
                self.delete_outdated(&[pod]);
                return;
            }
            if self.is_unavailable(&self.slots[index]) {
                self.wait_at(index);
                return;
            }
        }
        self.settle(self.outdated_names(0), false);
    }

    /// With the gate `MaxUnavailableStatefulSet`: as many pods as may be unavailable, counted over the whole set.
    fn update_within_budget(&mut self, partition: usize) {
        let replicas = i64::from(self.set.spec.replicas());
        let rolling = self.set.spec.update_strategy.rolling_update.as_ref();
        let limit = max_unavailable(rolling.and_then(|rolling| rolling.max_unavailable), replicas);
        let limit = usize::try_from(limit).unwrap_or(1);
        let unavailable = self.slots.iter().filter(|slot| self.is_unavailable(slot)).count();
        let outdated: Vec<_> = (partition..self.slots.len())
            .rev()
            .filter_map(|index| self.outdated(&self.slots[index]))
            .take(limit.saturating_sub(unavailable))
            .collect();
        if !outdated.is_empty() {
            self.delete_outdated(&outdated);
        } else if let Some(index) = self.slots.iter().rposition(|slot| self.is_unavailable(slot)) {
            self.wait_at(index);
        } else {
            self.settle(self.outdated_names(0), false);
        }
    }

    /// The pod of a slot if it has to be deleted for the update.
    fn outdated(&self, slot: &Slot) -> Option<Rc<Pod>> {
        let pod = slot.pod.as_ref()?;
        (!self.is_current(pod) && !pod.is_terminating()).then(|| pod.clone())
    }

    fn is_current(&self, pod: &Pod) -> bool {
        pod.metadata.labels.get(REVISION_LABEL) == Some(&self.revisions.update.metadata.name)
    }

    /// The slot that the update would take next.
    pub(super) fn next_outdated(&self) -> Option<&Slot> {
        let partition = usize::try_from(self.set.spec.partition()).unwrap_or(0);
        if self.set.spec.strategy() == UpdateStrategyType::OnDelete {
            return None;
        }
        self.slots.iter().skip(partition).rev().find(|slot| slot.pod.as_ref().is_some_and(|pod| !self.is_current(pod)))
    }

    fn outdated_names(&self, from: usize) -> Vec<ObjectRef> {
        let pods = self.slots.iter().skip(from).filter_map(|slot| slot.pod.as_ref());
        pods.filter(|pod| !self.is_current(pod)).map(|pod| pod.reference()).collect()
    }

    fn delete_outdated(&mut self, pods: &[Rc<Pod>]) {
        let updated = self.slots.iter().filter_map(|slot| slot.pod.as_ref()).filter(|pod| self.is_current(pod)).count();
        for pod in pods {
            self.delete(pod);
        }
        self.updated_away = i32::try_from(pods.len()).unwrap_or(i32::MAX);
        if self.act.is_none() {
            self.act = Some(StatefulSetAct::UpdatePods {
                pods: pods.iter().map(|pod| pod.reference()).collect(),
                from: pods[0].metadata.labels.get(REVISION_LABEL).cloned().unwrap_or_default(),
                to: self.revisions.update.metadata.name.clone(),
                updated: i32::try_from(updated).unwrap_or(i32::MAX),
                replicas: self.set.spec.replicas(),
            });
        }
    }

    /// Waits for an updated pod, unless something else was done.
    fn wait_at(&mut self, index: usize) {
        if self.act.is_some() {
            return;
        }
        let slot = &self.slots[index];
        let wait = match &slot.pod {
            Some(pod) => match self.lack(pod) {
                Some(lack) => self.wait_for(pod, lack),
                None => return,
            },
            None => StatefulSetAct::WaitForPod {
                pod: ObjectRef::new(Kind::Pod, &self.set.metadata.namespace, &slot.name),
                lack: Lack::Unscheduled,
                held: self.next_outdated().map_or(crate::reason::Held::Completion, |slot| {
                    crate::reason::Held::Update(ObjectRef::new(Kind::Pod, &self.set.metadata.namespace, &slot.name))
                }),
            },
        };
        self.act = Some(wait);
    }

    /// Nothing left to do: the set is settled, or pods stay old on purpose.
    fn settle(&mut self, outdated: Vec<ObjectRef>, on_delete: bool) {
        if self.act.is_some() {
            return;
        }
        if let Some(index) = self.slots.iter().position(|slot| self.is_unavailable(slot)) {
            self.wait_at(index);
            return;
        }
        if self.condemned.iter().any(|pod| pod.is_terminating()) {
            return;
        }
        let to = self.revisions.update.metadata.name.clone();
        self.act = Some(if outdated.is_empty() {
            StatefulSetAct::Settled { replicas: self.set.spec.replicas() }
        } else if on_delete {
            StatefulSetAct::WaitForManualDelete { pods: outdated, to }
        } else {
            StatefulSetAct::HeldByPartition { pods: outdated, partition: self.set.spec.partition() }
        });
    }
}
