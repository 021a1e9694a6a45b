//! The StatefulSet controller. Upstream: `pkg/controller/statefulset/stateful_set_control.go`.
//!
//! One sync looks at all pods afresh and remembers nothing: scaling comes before updating, slots before surplus pods.

mod claims;
mod identity;
mod revisions;
mod status;
mod update;

pub use identity::{claim_name, claim_template_of, ordinal_of, pod_name};
pub use update::max_unavailable;

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{Key, Kind, Object, ObjectRef, Pod, Resource, StatefulSet, Time};
use crate::controllers::ownership::{Claimed, claim_pods};
use crate::reason::{Aside, Held, Lack, Reason, StatefulSetAct, StatefulSetReason};
use revisions::Revisions;
use std::rc::Rc;

/// One sync of the set of that name (`UpdateStatefulSet`).
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(set) = view.cluster.stateful_sets.get(key) else { return Pass::nothing() };
    let Some(selector) = set.spec.selector.as_ref().filter(|selector| !selector.is_empty()) else {
        return Pass::nothing();
    };
    let name = set.metadata.name.clone();
    let claimed = claim_pods(view, &**set, selector, |pod| identity::is_member(&name, &pod.metadata.name));
    let revisions = Revisions::of(view, set, selector);
    let mut sync = Sync::new(view, set, &claimed, &revisions);
    sync.run();
    sync.finish(&claimed, &revisions)
}

/// A place in the set's range of ordinals.
struct Slot {
    ordinal: i32,
    name: String,
    pod: Option<Rc<Pod>>,
}

/// The state of one sync.
struct Sync<'a> {
    view: View<'a>,
    set: &'a StatefulSet,
    revisions: &'a Revisions,
    slots: Vec<Slot>,
    /// Pods outside the range, highest ordinal first.
    condemned: Vec<Rc<Pod>>,
    writes: Vec<Write>,
    act: Option<StatefulSetAct>,
    /// Pods deleted for an update, which the status already takes into account.
    updated_away: i32,
    /// Pods whose identity is put back.
    restored: Vec<ObjectRef>,
    /// Claims that something else controls.
    foreign_claims: Vec<ObjectRef>,
}

impl<'a> Sync<'a> {
    fn new(view: View<'a>, set: &'a StatefulSet, claimed: &Claimed, revisions: &'a Revisions) -> Sync<'a> {
        let (start, replicas) = (set.spec.start_ordinal(), set.spec.replicas());
        let mut slots: Vec<Slot> = (start..start.saturating_add(replicas))
            .map(|ordinal| Slot { ordinal, name: pod_name(&set.metadata.name, ordinal), pod: None })
            .collect();
        let mut condemned = vec![];
        for pod in &claimed.pods {
            let Some(ordinal) = ordinal_of(&set.metadata.name, &pod.metadata.name) else { continue };
            match usize::try_from(ordinal - start).ok().and_then(|index| slots.get_mut(index)) {
                Some(slot) => slot.pod = Some(pod.clone()),
                None => condemned.push(pod.clone()),
            }
        }
        condemned.sort_by_key(|pod| -i64::from(ordinal_of(&set.metadata.name, &pod.metadata.name).unwrap_or(-1)));
        Sync {
            view,
            set,
            revisions,
            slots,
            condemned,
            writes: vec![],
            act: None,
            updated_away: 0,
            restored: vec![],
            foreign_claims: vec![],
        }
    }

    /// Slots, then surplus pods, then updates; an ordered set stops at the first obstacle.
    fn run(&mut self) {
        if self.set.metadata.is_terminating() {
            self.act = Some(StatefulSetAct::BeingDeleted);
            return;
        }
        if self.process_slots() || self.process_condemned() {
            return;
        }
        self.process_update();
    }

    fn min_ready_seconds(&self) -> i32 {
        self.set.spec.min_ready_seconds.unwrap_or(0)
    }

    fn is_available(&self, pod: &Pod) -> bool {
        is_running_and_ready(pod) && pod.is_available(self.min_ready_seconds(), self.view.now)
    }

    fn is_unavailable(&self, slot: &Slot) -> bool {
        slot.pod.as_ref().is_none_or(|pod| !self.is_available(pod) || pod.is_terminating())
    }

    /// `processReplica` for each slot; whether the sync ends here.
    fn process_slots(&mut self) -> bool {
        let ordered = self.set.spec.is_ordered();
        let mut created: Vec<usize> = vec![];
        for index in 0..self.slots.len() {
            let Some(pod) = self.slots[index].pod.clone() else {
                if let Some(blocked) = self.creation_blocked(index) {
                    self.act.get_or_insert(blocked);
                    if ordered {
                        return true;
                    }
                    continue;
                }
                if created.is_empty() && self.refused(index) {
                    return true;
                }
                created.push(index);
                if ordered {
                    break;
                }
                continue;
            };
            if pod.status.phase.is_terminal() {
                if !pod.is_terminating() {
                    self.delete(&pod);
                    self.act = Some(StatefulSetAct::ReplaceEnded { pod: pod.reference(), phase: pod.status.phase });
                } else if ordered {
                    self.act = Some(self.wait_for(&pod, Lack::Terminating));
                }
                if ordered {
                    return true;
                }
                continue;
            }
            if pod.status.phase == crate::api::PodPhase::Pending {
                if let Some(claim) = claims::terminating(self.view, self.set, self.slots[index].ordinal) {
                    self.act.get_or_insert(StatefulSetAct::ClaimTerminating { pod: pod.reference(), claim });
                    return true;
                }
                let missing = claims::missing(self.view, self.set, self.slots[index].ordinal, Some(&pod));
                self.writes
                    .extend(missing.into_iter().map(|claim| Write::Create(Object::PersistentVolumeClaim(claim))));
            }
            if ordered && let Some(lack) = self.lack(&pod) {
                self.act = Some(self.wait_for(&pod, lack));
                return true;
            }
            let ordinal = self.slots[index].ordinal;
            if let Some(restored) = identity::restored(&pod, ordinal) {
                self.restored.push(pod.reference());
                self.writes.push(Write::Update(Object::Pod(Rc::new(restored))));
            }
            self.own_claims(ordinal, Some(&pod), false);
        }
        if created.is_empty() {
            return false;
        }
        self.create(&created);
        ordered
    }

    /// Gives the claims of an ordinal the owners that the retention policy asks for.
    fn own_claims(&mut self, ordinal: i32, pod: Option<&Pod>, condemned: bool) {
        self.foreign_claims.extend(claims::foreign(self.view, self.set, ordinal));
        self.writes.extend(claims::retention_updates(self.view, self.set, ordinal, pod, condemned));
    }

    /// Whether the API server will refuse the pod of a slot. Its claims come before it, and are made all the same.
    fn refused(&mut self, index: usize) -> bool {
        let ordinal = self.slots[index].ordinal;
        let pod = identity::new_pod(self.set, self.revisions.for_ordinal(self.set, ordinal), ordinal);
        let Some((label, value)) = identity::overlong_label(&pod) else { return false };
        let (label, value) = (label.clone(), value.clone());
        self.act = Some(StatefulSetAct::PodRefused { pod: pod.reference(), label, value });
        let missing = claims::missing(self.view, self.set, ordinal, None);
        self.writes.extend(missing.into_iter().map(|claim| Write::Create(Object::PersistentVolumeClaim(claim))));
        true
    }

    /// What an ordered set has to wait for at a pod that exists.
    fn lack(&self, pod: &Pod) -> Option<Lack> {
        if pod.is_terminating() {
            return Some(Lack::Terminating);
        }
        let waiting = pod.waiting_reason().map(Into::into);
        if pod.node().is_none() {
            return Some(Lack::Unscheduled);
        }
        if pod.status.phase != crate::api::PodPhase::Running {
            return Some(Lack::NotRunning { waiting });
        }
        if !pod.is_ready() {
            return Some(Lack::NotReady { waiting });
        }
        let min_ready_seconds = self.min_ready_seconds();
        pod.available_from(min_ready_seconds)
            .filter(|from| *from > self.view.now)
            .map(|until| Lack::NotAvailable { until, min_ready_seconds })
    }

    /// Why the pod of a slot cannot be made now.
    fn creation_blocked(&self, index: usize) -> Option<StatefulSetAct> {
        let slot = &self.slots[index];
        let pod = ObjectRef::new(Kind::Pod, &self.set.metadata.namespace, &slot.name);
        let obstacle = claims::obstacle(self.view, self.set, slot.ordinal);
        match obstacle {
            Some(claims::Obstacle::Stale(claim)) => Some(StatefulSetAct::ClaimStale { pod, claim }),
            Some(claims::Obstacle::Terminating(claim)) => Some(StatefulSetAct::ClaimTerminating { pod, claim }),
            None => self.view.cluster.pods.contains(&pod.key).then_some(StatefulSetAct::NameTaken { pod }),
        }
    }

    fn create(&mut self, indexes: &[usize]) {
        let mut new_claims = vec![];
        let mut kept_claims = vec![];
        let mut pods = vec![];
        let mut revision = String::new();
        for &index in indexes {
            let ordinal = self.slots[index].ordinal;
            for claim in claims::missing(self.view, self.set, ordinal, None) {
                new_claims.push(claim.reference());
                self.writes.push(Write::Create(Object::PersistentVolumeClaim(claim)));
            }
            kept_claims.extend(claims::existing(self.view, self.set, ordinal).map(|claim| claim.reference()));
            let source = self.revisions.for_ordinal(self.set, ordinal);
            let pod = identity::new_pod(self.set, source, ordinal);
            pods.push(pod.reference());
            if revision.is_empty() {
                revision.clone_from(&source.metadata.name);
            }
            self.writes.push(Write::Create(Object::Pod(Rc::new(pod))));
            self.own_claims(ordinal, None, false);
        }
        let ordered = self.set.spec.is_ordered();
        let after = indexes
            .first()
            .filter(|index| ordered && **index > 0)
            .map(|index| ObjectRef::new(Kind::Pod, &self.set.metadata.namespace, &self.slots[*index - 1].name));
        let held_back = revision != self.revisions.update.metadata.name;
        self.act =
            Some(StatefulSetAct::CreatePods { pods, new_claims, kept_claims, after, revision, held_back, ordered });
    }

    /// `processCondemned`; whether the sync ends here.
    fn process_condemned(&mut self) -> bool {
        if self.condemned.is_empty() {
            return false;
        }
        for pod in self.condemned.clone() {
            let Some(ordinal) = ordinal_of(&self.set.metadata.name, &pod.metadata.name) else { continue };
            self.own_claims(ordinal, Some(&pod), true);
        }
        let first_unavailable = self.first_unavailable();
        let mut deleted = vec![];
        for pod in self.condemned.clone() {
            if self.set.spec.is_ordered() {
                if pod.is_terminating() {
                    self.act = Some(self.wait_for(&pod, Lack::Terminating));
                    return true;
                }
                if let Some(lack) = self.lack(&pod)
                    && first_unavailable.as_deref() != Some(pod.metadata.name.as_str())
                {
                    self.act = Some(self.wait_for(&pod, lack));
                    return true;
                }
                self.delete(&pod);
                self.act = Some(self.surplus(std::slice::from_ref(&pod)));
                return true;
            }
            if !pod.is_terminating() {
                self.delete(&pod);
                deleted.push(pod);
            }
        }
        if !deleted.is_empty() {
            self.act = Some(self.surplus(&deleted));
        }
        false
    }

    /// The lowest slot that is not available or is terminating; if none, the lowest such surplus pod.
    fn first_unavailable(&self) -> Option<String> {
        let slot = self.slots.iter().find(|slot| self.is_unavailable(slot)).map(|slot| slot.name.clone());
        slot.or_else(|| {
            let unavailable = |pod: &&Rc<Pod>| !self.is_available(pod) || pod.is_terminating();
            self.condemned.iter().rev().find(unavailable).map(|pod| pod.metadata.name.clone())
        })
    }

    fn surplus(&self, pods: &[Rc<Pod>]) -> StatefulSetAct {
        let (_, when_scaled) = self.set.spec.retention();
        let kept_claims = (pods.iter())
            .filter_map(|pod| ordinal_of(&self.set.metadata.name, &pod.metadata.name))
            .flat_map(|ordinal| claims::existing(self.view, self.set, ordinal).map(|claim| claim.reference()))
            .collect();
        StatefulSetAct::DeleteSurplus {
            pods: pods.iter().map(|pod| pod.reference()).collect(),
            replicas: self.set.spec.replicas(),
            kept_claims,
            deletes_claims: when_scaled == crate::api::RetentionPolicyType::Delete,
        }
    }

    fn delete(&mut self, pod: &Pod) {
        self.writes.push(Deletion::of(pod.reference(), pod.metadata.uid));
    }

    /// A wait for a pod, with what it holds up.
    fn wait_for(&self, pod: &Pod, lack: Lack) -> StatefulSetAct {
        StatefulSetAct::WaitForPod { pod: pod.reference(), lack, held: self.held(pod) }
    }

    /// What would come next if the pod were ready.
    fn held(&self, pod: &Pod) -> Held {
        let own = |name: &str| ObjectRef::new(Kind::Pod, &self.set.metadata.namespace, name);
        if let Some(slot) = self.slots.iter().find(|slot| slot.pod.is_none()) {
            return Held::Creation(own(&slot.name));
        }
        if self.slots.iter().any(|slot| slot.name == pod.metadata.name) && pod.is_terminating() {
            return Held::Creation(pod.reference());
        }
        if let Some(surplus) = self.condemned.iter().find(|surplus| !surplus.is_terminating()) {
            return Held::ScaleDown(surplus.reference());
        }
        match self.next_outdated() {
            Some(slot) => Held::Update(own(&slot.name)),
            None => Held::Completion,
        }
    }

    /// The status and the end of the sync (`UpdateStatefulSet` after `performUpdate`).
    fn finish(mut self, claimed: &Claimed, revisions: &Revisions) -> Pass {
        let mut writes: Vec<Write> = revisions.writes();
        let adopted = claimed.adopted.iter().map(|pod| pod.reference()).collect::<Vec<_>>();
        let released = claimed.released.iter().map(|pod| pod.reference()).collect::<Vec<_>>();
        writes
            .extend(claimed.adopted.iter().chain(&claimed.released).map(|pod| Write::Update(Object::Pod(pod.clone()))));
        writes.append(&mut self.writes);

        let mut status = status::of(self.view, self.set, &claimed.pods, revisions);
        status.current_replicas -= self.updated_away;
        let completed = status::complete_rolling_update(self.set, &mut status);
        let mut asides = revisions.asides();
        if !adopted.is_empty() {
            asides.push(Aside::Adopted(adopted));
        }
        if !released.is_empty() {
            asides.push(Aside::Released(released));
        }
        if !self.restored.is_empty() {
            asides.push(Aside::IdentityRestored(std::mem::take(&mut self.restored)));
        }
        if !self.foreign_claims.is_empty() && self.act.as_ref().is_some_and(StatefulSetAct::moves_claims) {
            asides.push(Aside::ForeignClaims(std::mem::take(&mut self.foreign_claims)));
        }
        if completed && !self.set.status.current_revision.is_empty() {
            asides.push(Aside::Completed { revision: status.current_revision.clone() });
        }
        let acted = !writes.is_empty();
        let recorded = status != self.set.status;
        if recorded {
            let set = StatefulSet { status, ..self.set.clone() };
            writes.push(Write::Update(Object::StatefulSet(Rc::new(set))));
        }
        writes.extend(
            revisions
                .truncation(self.set, &claimed.pods)
                .into_iter()
                .map(|old| Deletion::of(old.reference(), old.metadata.uid)),
        );
        let act = match self.act.take() {
            Some(act) => act,
            None if acted || recorded => StatefulSetAct::RecordStatus,
            None => return Pass { again_at: self.next_available(), ..Pass::nothing() },
        };
        let again_at = self.next_available();
        let reason = Reason::StatefulSet(StatefulSetReason { set: self.set.reference(), act, asides });
        Pass { writes, reason: Some(reason), again_at }
    }

    /// When the next Ready pod becomes available: the sync is repeated at that instant.
    fn next_available(&self) -> Option<Time> {
        let pods = self.slots.iter().filter_map(|slot| slot.pod.as_ref()).chain(&self.condemned);
        pods.filter_map(|pod| pod.available_from(self.min_ready_seconds())).filter(|from| *from > self.view.now).min()
    }
}

/// Phase Running and Ready (`isRunningAndReady`).
fn is_running_and_ready(pod: &Pod) -> bool {
    pod.status.phase == crate::api::PodPhase::Running && pod.is_ready()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
mod tests;
