//! A lane for every pod that a run ever has: when it was in which state, and when its claim was there; lanes of one owner
//! are a group. All of it is `Eq`, so that two shared references to the same lanes are compared at once.

use super::natural::natural;
use super::{Axis, ClaimState, PodState, Stops};
use crate::api::{Kind, Node, Object, ObjectRef, Pod, Resource};
use crate::controllers::daemon_set::target_node;
use crate::controllers::stateful_set::ordinal_of;
use crate::engine::{Step, StepId};
use crate::reason::{Reason, UserReason};
use std::collections::BTreeMap;

/// All lanes of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lanes {
    /// The lanes of each owner.
    pub groups: Vec<Group>,
    /// Stops at which somebody gave a command.
    pub commands: Vec<usize>,
    /// What somebody did at these stops.
    pub marks: Vec<Mark>,
}

/// Lanes that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Whose they are.
    pub owner: Owner,
    /// The lanes; there is at least one.
    pub lanes: Vec<Lane>,
}

/// Whose lanes are in one group, in the order in which groups are shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Those of one workload.
    Workload(ObjectRef),
    /// Pods on their own.
    Nobody,
    /// Claims that no lane of a pod shows.
    Claims,
    /// Nodes that are not Ready all the time.
    Nodes,
}

/// Something that somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The stop.
    pub stop: usize,
    /// The step.
    pub step: StepId,
    /// Whether it is something that went wrong, and no command.
    pub is_fault: bool,
}

/// One lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What it is called: the pod's name, or that of the DaemonSet.
    pub label: String,
    /// The node, for a DaemonSet's pod.
    pub node: Option<String>,
    /// The object that its label selects.
    pub object: ObjectRef,
    /// States of the pod, one after the other; pods that are made again continue the lane.
    pub bars: Vec<Bar<PodState>>,
    /// States of the pod's first claim, or of a claim on its own.
    pub claim: Vec<Bar<ClaimState>>,
    /// States of a node.
    pub machine: Vec<Bar<NodeState>>,
}

/// What a node is, as far as a lane goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeState {
    /// It reports and takes pods.
    Ready,
    /// It reports, and new pods are kept off.
    Cordoned,
    /// It does not report.
    Down,
}

impl NodeState {
    /// A short name for style sheets and tests.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            NodeState::Ready => "ready",
            NodeState::Cordoned => "cordoned",
            NodeState::Down => "down",
        }
    }

    fn of(node: &Node) -> NodeState {
        match (node.is_ready(), node.is_cordoned()) {
            (false, _) => NodeState::Down,
            (true, true) => NodeState::Cordoned,
            (true, false) => NodeState::Ready,
        }
    }
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
    Ordinal { set: ObjectRef, ordinal: i32 },
    Daemon { set: ObjectRef, node: String },
    Replica { set: ObjectRef, pod: ObjectRef },
    Bare(ObjectRef),
}

#[derive(Default)]
struct Recorder {
    lanes: BTreeMap<Track, Lane>,
    claims: BTreeMap<ObjectRef, Vec<Bar<ClaimState>>>,
    claim_of: BTreeMap<Track, ObjectRef>,
    nodes: BTreeMap<ObjectRef, Vec<Bar<NodeState>>>,
    /// The Deployment of each ReplicaSet that has one.
    deployments: BTreeMap<ObjectRef, ObjectRef>,
    commands: Vec<usize>,
    marks: Vec<Mark>,
}

impl Lanes {
    /// The lanes of a run.
    #[must_use]
    pub fn of(steps: &[Step], stops: &Stops) -> Lanes {
        let mut recorder = Recorder::default();
        for (id, step) in steps.iter().enumerate() {
            recorder.step(id, step, stops);
        }
        recorder.finish()
    }

    /// All lanes.
    pub fn rows(&self) -> impl Iterator<Item = &Lane> {
        self.groups.iter().flat_map(|group| &group.lanes)
    }
}

impl Recorder {
    fn step(&mut self, id: StepId, step: &Step, stops: &Stops) {
        let stop = stops.at_step(id);
        if let Reason::User(reason) = &step.reason
            && !matches!(reason, UserReason::ClusterStarted { .. })
        {
            if self.commands.last() != Some(&stop) {
                self.commands.push(stop);
            }
            self.marks.push(Mark { stop, step: id, is_fault: is_fault(reason) });
        }
        for change in &step.changes {
            match (&change.before, &change.after) {
                (_, Some(Object::Pod(pod))) => self.pod(pod, Some(PodState::of(pod)), stop),
                (Some(Object::Pod(pod)), None) => self.pod(pod, None, stop),
                (_, Some(Object::PersistentVolumeClaim(claim))) => {
                    record(self.claims.entry(claim.reference()).or_default(), Some(ClaimState::of(claim)), stop);
                }
                (Some(Object::PersistentVolumeClaim(claim)), None) => {
                    record(self.claims.entry(claim.reference()).or_default(), None, stop);
                }
                (_, Some(Object::Node(node))) => {
                    record(self.nodes.entry(node.reference()).or_default(), Some(NodeState::of(node)), stop);
                }
                (Some(Object::Node(node)), None) => {
                    record(self.nodes.entry(node.reference()).or_default(), None, stop);
                }
                (None, Some(Object::ReplicaSet(set))) => {
                    if let Some(owner) = set.metadata.controller() {
                        let owner = ObjectRef::new(Kind::Deployment, &set.metadata.namespace, &owner.name);
                        self.deployments.insert(set.reference(), owner);
                    }
                }
                _ => {}
            }
        }
    }

    fn pod(&mut self, pod: &Pod, state: Option<PodState>, stop: usize) {
        let track = self.track(pod);
        if let Some(claim) = pod.claim_names().next() {
            let claim = ObjectRef::new(Kind::PersistentVolumeClaim, &pod.metadata.namespace, claim);
            self.claim_of.insert(track.clone(), claim);
        }
        let lane = self.lanes.entry(track).or_insert_with_key(|track| new_lane(track, pod));
        record(&mut lane.bars, state, stop);
    }

    fn track(&self, pod: &Pod) -> Track {
        let meta = &pod.metadata;
        let bare = || Track::Bare(pod.reference());
        let Some(owner) = meta.controller() else { return bare() };
        let Some(kind) = Kind::parse(&owner.kind) else { return bare() };
        let set = ObjectRef::new(kind, &meta.namespace, &owner.name);
        match kind {
            Kind::StatefulSet => match ordinal_of(&owner.name, &meta.name) {
                Some(ordinal) => Track::Ordinal { set, ordinal },
                None => bare(),
            },
            Kind::DaemonSet => match target_node(pod) {
                Some(node) => Track::Daemon { set, node: node.to_owned() },
                None => bare(),
            },
            Kind::ReplicaSet => {
                let set = self.deployments.get(&set).cloned().unwrap_or(set);
                Track::Replica { set, pod: pod.reference() }
            }
            _ => bare(),
        }
    }

    fn finish(self) -> Lanes {
        let Recorder { mut lanes, mut claims, claim_of, nodes, commands, marks, .. } = self;
        let mut shown: Vec<ObjectRef> = vec![];
        for (track, claim) in claim_of {
            if let (Some(lane), Some(bars)) = (lanes.get_mut(&track), claims.get(&claim)) {
                lane.claim.clone_from(bars);
                shown.push(claim);
            }
        }
        shown.iter().for_each(|claim| {
            claims.remove(claim);
        });
        let mut groups: BTreeMap<Owner, Vec<Lane>> = BTreeMap::new();
        for (track, mut lane) in lanes {
            lane.bars.retain(|bar| bar.to != Some(bar.from));
            let owner = match track {
                Track::Ordinal { set, .. } | Track::Daemon { set, .. } | Track::Replica { set, .. } => {
                    Owner::Workload(set)
                }
                Track::Bare(_) => Owner::Nobody,
            };
            groups.entry(owner).or_default().push(lane);
        }
        let lane = |object: ObjectRef| Lane {
            label: object.name().to_owned(),
            node: None,
            object,
            bars: vec![],
            claim: vec![],
            machine: vec![],
        };
        for (claim, bars) in claims {
            groups.entry(Owner::Claims).or_default().push(Lane { claim: bars, ..lane(claim) });
        }
        let is_eventful = |bars: &Vec<Bar<NodeState>>| bars.len() > 1 || bars.iter().any(|bar| bar.to.is_some());
        for (node, bars) in nodes.into_iter().filter(|(_, bars)| is_eventful(bars)) {
            groups.entry(Owner::Nodes).or_default().push(Lane { machine: bars, ..lane(node) });
        }
        let key = |lane: &Lane| lane.node.clone().unwrap_or_else(|| lane.label.clone());
        for lanes in groups.values_mut() {
            lanes.sort_by(|a, b| natural(&key(a), &key(b)));
        }
        let groups = groups.into_iter().map(|(owner, lanes)| Group { owner, lanes }).collect();
        Lanes { groups, commands, marks }
    }
}

/// Whether what somebody did is that something breaks.
fn is_fault(reason: &UserReason) -> bool {
    matches!(
        reason,
        UserReason::NodeDown { .. }
            | UserReason::NodePressure { .. }
            | UserReason::EndPod { .. }
            | UserReason::HoldReadiness { .. }
            | UserReason::Process { .. }
            | UserReason::Images { .. }
            | UserReason::Refused { .. }
    )
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

fn new_lane(track: &Track, pod: &Pod) -> Lane {
    let (label, node, object) = match track {
        Track::Ordinal { .. } | Track::Replica { .. } | Track::Bare(_) => {
            (pod.metadata.name.clone(), None, pod.reference())
        }
        Track::Daemon { set, node } => (set.name().to_owned(), Some(node.clone()), set.clone()),
    };
    Lane { label, node, object, bars: vec![], claim: vec![], machine: vec![] }
}
