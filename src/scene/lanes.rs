//! A lane for every pod that a run ever has: when it was in which state, and when its claim was there.

use super::{Axis, ClaimState, PodState, Stops};
use crate::api::{Kind, Object, ObjectRef, PersistentVolumeClaim, Pod};
use crate::controllers::daemon_set::target_node;
use crate::controllers::stateful_set::ordinal_of;
use crate::engine::{Step, StepId};
use crate::reason::{Reason, UserReason};
use std::collections::BTreeMap;

/// All lanes of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    /// One a pod of a StatefulSet, one a node of a DaemonSet, one a pod on its own.
    pub rows: Vec<Lane>,
    /// Stops at which somebody gave a command.
    pub commands: Vec<usize>,
}

/// One lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What it is called: the pod's name, or that of the DaemonSet.
    pub label: String,
    /// The node, for a DaemonSet's pod.
    pub node: Option<String>,
    /// The object that its label selects.
    pub object: ObjectRef,
    /// States of the pod, one after the other; pods that are made again continue the lane.
    pub bars: Vec<Bar<PodState>>,
    /// States of the pod's first claim.
    pub claim: Vec<Bar<ClaimState>>,
}

/// A state from one stop until another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar<S> {
    /// The state.
    pub state: S,
    /// The stop at which it begins.
    pub from: usize,
    /// The stop at which it ends; none where it lasts until the end.
    pub to: Option<usize>,
}

impl<S> Bar<S> {
    /// Where the bar begins and how wide it is.
    #[must_use]
    pub fn place(&self, axis: &Axis) -> (u32, u32) {
        let from = axis.place(self.from);
        (from, self.to.map_or(Axis::END, |to| axis.place(to)) - from)
    }
}

/// What puts pods into one lane, in the order in which lanes are shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Track {
    Ordinal { namespace: String, set: String, ordinal: i32 },
    Daemon { namespace: String, set: String, node: String },
    Bare(ObjectRef),
}

#[derive(Default)]
struct Recorder {
    lanes: BTreeMap<Track, Lane>,
    claims: BTreeMap<ObjectRef, Vec<Bar<ClaimState>>>,
    claim_of: BTreeMap<Track, ObjectRef>,
    commands: Vec<usize>,
}

impl Lanes {
    /// The lanes of a run.
    #[must_use]
    pub fn of(steps: &[Step], stops: &Stops) -> Lanes {
        let mut recorder = Recorder::default();
        for (id, step) in steps.iter().enumerate() {
            recorder.step(id, step, stops);
        }
        let Recorder { mut lanes, claims, claim_of, commands } = recorder;
        for (track, claim) in claim_of {
            if let (Some(lane), Some(bars)) = (lanes.get_mut(&track), claims.get(&claim)) {
                lane.claim.clone_from(bars);
            }
        }
        lanes.values_mut().for_each(|lane| lane.bars.retain(|bar| bar.to != Some(bar.from)));
        Lanes { rows: lanes.into_values().collect(), commands }
    }
}

impl Recorder {
    fn step(&mut self, id: StepId, step: &Step, stops: &Stops) {
        let stop = stops.at_step(id);
        if let Reason::User(reason) = &step.reason
            && !matches!(reason, UserReason::ClusterStarted { .. })
            && self.commands.last() != Some(&stop)
        {
            self.commands.push(stop);
        }
        for change in &step.changes {
            match (&change.before, &change.after) {
                (_, Some(Object::Pod(pod))) => self.pod(pod, Some(PodState::of(pod)), stop),
                (Some(Object::Pod(pod)), None) => self.pod(pod, None, stop),
                (_, Some(Object::PersistentVolumeClaim(claim))) => {
                    self.claim(claim, Some(ClaimState::of(claim)), stop);
                }
                (Some(Object::PersistentVolumeClaim(claim)), None) => self.claim(claim, None, stop),
                _ => {}
            }
        }
    }

    fn pod(&mut self, pod: &Pod, state: Option<PodState>, stop: usize) {
        let track = track(pod);
        if let Some(claim) = pod.claim_names().next() {
            let claim = ObjectRef::new(Kind::PersistentVolumeClaim, &pod.metadata.namespace, claim);
            self.claim_of.insert(track.clone(), claim);
        }
        let lane = self.lanes.entry(track).or_insert_with_key(|track| new_lane(track, pod));
        record(&mut lane.bars, state, stop);
    }

    fn claim(&mut self, claim: &PersistentVolumeClaim, state: Option<ClaimState>, stop: usize) {
        let object = ObjectRef::new(Kind::PersistentVolumeClaim, &claim.metadata.namespace, &claim.metadata.name);
        record(self.claims.entry(object).or_default(), state, stop);
    }
}

/// Ends the bar that is going on and begins the next, if the state differs.
fn record<S: PartialEq + Copy>(bars: &mut Vec<Bar<S>>, state: Option<S>, stop: usize) {
    if let Some(last) = bars.last_mut().filter(|bar| bar.to.is_none()) {
        if Some(last.state) == state {
            return;
        }
        last.to = Some(stop);
    }
    if let Some(state) = state {
        bars.push(Bar { state, from: stop, to: None });
    }
}

fn track(pod: &Pod) -> Track {
    let meta = &pod.metadata;
    let bare = || Track::Bare(ObjectRef::new(Kind::Pod, &meta.namespace, &meta.name));
    let Some(owner) = meta.controller() else { return bare() };
    match Kind::parse(&owner.kind) {
        Some(Kind::StatefulSet) => match ordinal_of(&owner.name, &meta.name) {
            Some(ordinal) => Track::Ordinal { namespace: meta.namespace.clone(), set: owner.name.clone(), ordinal },
            None => bare(),
        },
        Some(Kind::DaemonSet) => match target_node(pod) {
            Some(node) => {
                Track::Daemon { namespace: meta.namespace.clone(), set: owner.name.clone(), node: node.to_owned() }
            }
            None => bare(),
        },
        _ => bare(),
    }
}

fn new_lane(track: &Track, pod: &Pod) -> Lane {
    let (label, node, object) = match track {
        Track::Ordinal { .. } | Track::Bare(_) => {
            (pod.metadata.name.clone(), None, ObjectRef::new(Kind::Pod, &pod.metadata.namespace, &pod.metadata.name))
        }
        Track::Daemon { namespace, set, node } => {
            (set.clone(), Some(node.clone()), ObjectRef::new(Kind::DaemonSet, namespace, set))
        }
    };
    Lane { label, node, object, bars: vec![], claim: vec![] }
}
