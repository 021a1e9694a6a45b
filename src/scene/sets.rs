//! StatefulSets as a rail of ordinal slots.

use super::{AutoscalerView, ClaimView, NameView, Naming, PodState, PodView};
use crate::api::{Key, ObjectRef, Pod, Resource, StatefulSet, Time, UpdateStrategyType};
use crate::cluster::Cluster;
use crate::controllers::stateful_set::{claim_name, ordinal_of, pod_name};
use crate::engine::Step;
use crate::obstacle::is_wait_over;
use crate::reason::{Held, Reason, StatefulSetAct};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A StatefulSet.
#[derive(Clone, Debug, PartialEq)]
pub struct SetView {
    /// Which.
    pub object: ObjectRef,
    /// Whether pods wait for one another.
    pub ordered: bool,
    /// How many pods are wanted.
    pub replicas: i32,
    /// How many of them are Ready.
    pub ready: usize,
    /// Whether deletion has been asked for.
    pub terminating: bool,
    /// What gives the pods their names.
    pub naming: Naming,
    /// The number of the newest template revision.
    pub revision: Option<i64>,
    /// The update that is going on, or held.
    pub update: Option<UpdateView>,
    /// What sets the number of pods.
    pub autoscaler: Option<AutoscalerView>,
    /// Slots, lowest ordinal first.
    pub slots: Vec<Slot>,
    /// Which ordinal waits for which.
    pub arrow: Option<Arrow>,
}

/// An update of a set's pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateView {
    /// How many pods are at the newest revision.
    pub updated: usize,
    /// How many pods there are.
    pub pods: usize,
    /// Pods below it stay; 0 for none.
    pub partition: i32,
    /// Whether pods are replaced only when somebody deletes them.
    pub on_delete: bool,
}

/// One ordinal waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The ordinal that waits.
    pub from: i32,
    /// The ordinal it waits for.
    pub to: i32,
}

/// The place of one ordinal: its pod may come and go, its name and its claims stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The ordinal.
    pub ordinal: i32,
    /// The pod's name, whether or not it exists.
    pub name: String,
    /// The pod.
    pub pod: Option<PodView>,
    /// Why there is no pod.
    pub absent: Option<Absent>,
    /// What is to be said about the pod that is there.
    pub note: Option<Note>,
    /// Its name in DNS.
    pub dns: NameView,
    /// Its claims, in the order of the templates.
    pub claims: Vec<ClaimView>,
    /// Whether the ordinal is among the wanted ones.
    pub wanted: bool,
}

/// Why a slot has no pod.
#[derive(Clone, Debug, PartialEq)]
pub enum Absent {
    /// A lower ordinal is not good yet.
    WaitsFor {
        /// That pod.
        pod: ObjectRef,
        /// What it lacks.
        deficit: Deficit,
    },
    /// A lower ordinal comes first.
    After(String),
    /// Nothing stands in the way: the controller makes it when it looks next.
    Soon,
    /// Its claim is being deleted.
    ClaimGoes,
    /// The set has fewer replicas; only claims are left here.
    Surplus,
    /// The set is being deleted.
    SetGoes,
}

/// What keeps a pod from being good enough for the next ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deficit {
    /// Not Running and Ready.
    Ready,
    /// Ready, but not for `minReadySeconds`.
    Available,
    /// It has to be gone first.
    Gone,
    /// It ended and has to be replaced.
    Replaced,
}

/// What is to be said about a pod besides its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Its update waits for another pod.
    UpdateWaits(ObjectRef),
    /// Its deletion waits for another pod.
    DeletionWaits(ObjectRef),
    /// The partition keeps it at its revision.
    Partition(i32),
    /// It is replaced when somebody deletes it.
    OnDelete,
}

impl SetView {
    /// A set at a moment. `decision` is the step in which its controller last decided.
    #[must_use]
    pub fn of(cluster: &Cluster, set: &Rc<StatefulSet>, decision: Option<&Step>, now: Time) -> SetView {
        let naming = Naming::of(cluster, set);
        let pods = pods_by_ordinal(cluster, set);
        let wait = standing_wait(cluster, decision, now);
        let mut slots: Vec<Slot> = (ordinals(cluster, set, &pods).into_iter())
            .map(|ordinal| slot(cluster, set, &naming, ordinal, pods.get(&ordinal)))
            .collect();
        explain_absence(set, &pods, &mut slots, now);
        let newest = cluster.revisions_of(set.metadata.uid).map(|revision| revision.revision).max();
        for slot in &mut slots {
            slot.note = note(set, slot, wait.as_ref());
        }
        let arrow = arrow(set, &slots, wait.as_ref());
        let ready = slots
            .iter()
            .filter(|slot| slot.wanted && slot.pod.as_ref().is_some_and(|pod| pod.state == PodState::Ready))
            .count();
        let update = update(set, &slots);
        SetView {
            object: set.reference(),
            ordered: set.spec.is_ordered(),
            replicas: set.spec.replicas(),
            ready,
            terminating: set.metadata.is_terminating(),
            naming,
            revision: newest,
            update,
            autoscaler: AutoscalerView::of(cluster, &set.reference()),
            slots,
            arrow,
        }
    }
}

fn pods_by_ordinal<'a>(cluster: &'a Cluster, set: &StatefulSet) -> BTreeMap<i32, &'a Rc<Pod>> {
    (cluster.pods_of(set.metadata.uid))
        .filter_map(|pod| Some((ordinal_of(&set.metadata.name, &pod.metadata.name)?, pod)))
        .collect()
}

fn is_wanted(set: &StatefulSet, ordinal: i32) -> bool {
    let start = set.spec.start_ordinal();
    ordinal >= start && ordinal < start.saturating_add(set.spec.replicas())
}

/// Ordinals that are wanted, have a pod, or have a claim left.
fn ordinals(cluster: &Cluster, set: &StatefulSet, pods: &BTreeMap<i32, &Rc<Pod>>) -> BTreeSet<i32> {
    let start = set.spec.start_ordinal();
    let mut ordinals: BTreeSet<i32> = (start..start.saturating_add(set.spec.replicas().clamp(0, 5_000))).collect();
    ordinals.extend(pods.keys());
    for template in &set.spec.volume_claim_templates {
        let prefix = format!("{}-{}", template.metadata.name, set.metadata.name);
        let left = (cluster.claims.keys())
            .filter(|key| *key.namespace == *set.metadata.namespace)
            .filter_map(|key| ordinal_of(&prefix, &key.name));
        ordinals.extend(left);
    }
    ordinals
}

fn slot(cluster: &Cluster, set: &StatefulSet, naming: &Naming, ordinal: i32, pod: Option<&&Rc<Pod>>) -> Slot {
    let name = pod_name(&set.metadata.name, ordinal);
    let namespace = &set.metadata.namespace;
    let claims = (set.spec.volume_claim_templates.iter())
        .filter_map(|template| {
            let claim = claim_name(&template.metadata.name, &set.metadata.name, ordinal);
            match cluster.claims.get(&Key::new(namespace, &claim)) {
                Some(claim) => Some(ClaimView::of(cluster, claim)),
                None if is_wanted(set, ordinal) => {
                    Some(ClaimView::to_come(namespace, &claim, &template.spec.resources))
                }
                None => None,
            }
        })
        .collect();
    Slot {
        ordinal,
        dns: NameView::of(cluster, naming, namespace, &name, pod.map(|pod| &***pod)),
        name,
        pod: pod.map(|pod| PodView::of(cluster, pod)),
        absent: None,
        note: None,
        claims,
        wanted: is_wanted(set, ordinal),
    }
}

/// What keeps a pod from letting the next ordinal go on; none where it is good.
fn deficit(set: &StatefulSet, pod: &Pod, now: Time) -> Option<Deficit> {
    let min_ready = set.spec.min_ready_seconds.unwrap_or(0);
    match PodState::of(pod) {
        PodState::Terminating => Some(Deficit::Gone),
        PodState::Failed | PodState::Succeeded => Some(Deficit::Replaced),
        PodState::Ready if pod.is_available(min_ready, now) => None,
        PodState::Ready => Some(Deficit::Available),
        PodState::Pending | PodState::Creating | PodState::Unready | PodState::Trouble => Some(Deficit::Ready),
    }
}

/// Says of every slot without a pod why it has none.
fn explain_absence(set: &StatefulSet, pods: &BTreeMap<i32, &Rc<Pod>>, slots: &mut [Slot], now: Time) {
    let mut blocker: Option<(ObjectRef, Deficit)> = None;
    let mut first_missing: Option<String> = None;
    for slot in slots {
        if !slot.wanted && slot.pod.is_none() {
            slot.absent = Some(Absent::Surplus);
            continue;
        }
        match pods.get(&slot.ordinal) {
            Some(pod) => {
                if blocker.is_none() && slot.wanted {
                    blocker = deficit(set, pod, now).map(|deficit| (pod.reference(), deficit));
                }
            }
            None => {
                slot.absent = Some(if set.metadata.is_terminating() {
                    Absent::SetGoes
                } else if slot.claims.iter().any(|claim| claim.state == super::ClaimState::Terminating) {
                    Absent::ClaimGoes
                } else if !set.spec.is_ordered() {
                    Absent::Soon
                } else if let Some(earlier) = &first_missing {
                    Absent::After(earlier.clone())
                } else if let Some((pod, deficit)) = &blocker {
                    Absent::WaitsFor { pod: pod.clone(), deficit: *deficit }
                } else {
                    Absent::Soon
                });
                first_missing = Some(slot.name.clone());
            }
        }
    }
}

/// The pod that the controller waits for and what it holds back, if it still has to.
fn standing_wait(cluster: &Cluster, decision: Option<&Step>, now: Time) -> Option<(ObjectRef, ObjectRef, Held)> {
    let Reason::StatefulSet(reason) = &decision?.reason else { return None };
    let StatefulSetAct::WaitForPod { pod, held, .. } = &reason.act else { return None };
    let held_pod = match held {
        Held::Creation(held) | Held::ScaleDown(held) | Held::Update(held) => held.clone(),
        Held::Completion => return None,
    };
    (!is_wait_over(decision?, cluster, now)).then(|| (pod.clone(), held_pod, held.clone()))
}

fn note(set: &StatefulSet, slot: &Slot, wait: Option<&(ObjectRef, ObjectRef, Held)>) -> Option<Note> {
    let pod = slot.pod.as_ref()?;
    if pod.state == PodState::Terminating {
        return None;
    }
    if let Some((awaited, held, kind)) = wait
        && *held == pod.object
    {
        match kind {
            Held::Update(_) => return Some(Note::UpdateWaits(awaited.clone())),
            Held::ScaleDown(_) => return Some(Note::DeletionWaits(awaited.clone())),
            Held::Creation(_) | Held::Completion => {}
        }
    }
    if pod.newest {
        return None;
    }
    match set.spec.strategy() {
        UpdateStrategyType::OnDelete => Some(Note::OnDelete),
        UpdateStrategyType::RollingUpdate => {
            let partition = set.spec.partition();
            (slot.ordinal - set.spec.start_ordinal() < partition).then_some(Note::Partition(partition))
        }
    }
}

fn arrow(set: &StatefulSet, slots: &[Slot], wait: Option<&(ObjectRef, ObjectRef, Held)>) -> Option<Arrow> {
    let ordinal = |pod: &ObjectRef| ordinal_of(&set.metadata.name, pod.name());
    if let Some((awaited, held, _)) = wait
        && let (Some(from), Some(to)) = (ordinal(held), ordinal(awaited))
        && from != to
    {
        return Some(Arrow { from, to });
    }
    slots.iter().find_map(|slot| match &slot.absent {
        Some(Absent::WaitsFor { pod, .. }) => Some(Arrow { from: slot.ordinal, to: ordinal(pod)? }),
        _ => None,
    })
}

fn update(set: &StatefulSet, slots: &[Slot]) -> Option<UpdateView> {
    let pods: Vec<&PodView> = slots.iter().filter_map(|slot| slot.pod.as_ref()).collect();
    let updated = pods.iter().filter(|pod| pod.newest).count();
    let differs = set.status.current_revision != set.status.update_revision && !set.status.current_revision.is_empty();
    (updated < pods.len() || differs && !pods.is_empty()).then(|| UpdateView {
        updated,
        pods: pods.len(),
        partition: set.spec.partition(),
        on_delete: set.spec.strategy() == UpdateStrategyType::OnDelete,
    })
}
