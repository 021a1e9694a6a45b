//! What the stage shows, as plain data: pods in their slots and on their nodes, verdicts, claims, names, waits, lanes.
//! Decides nothing and draws nothing; a pure function of the recorded run and the shown moment.

mod claim;
mod comparison;
mod daemons;
mod decisions;
mod deployments;
mod difference;
mod dns;
mod field;
mod history;
mod lanes;
mod mix;
mod natural;
mod nodes;
mod pacing;
mod playback;
mod pod;
mod scheduling;
mod services;
mod sets;
mod stops;
mod tally;
mod tint;
mod traps;
mod turned;

#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, reason = "a test that finds something else than it made has failed")]
mod tests;

pub use claim::{ClaimState, ClaimView};
pub use comparison::{Comparison, Moment};
pub use daemons::{DaemonVerdict, DaemonView};
pub use decisions::Decisions;
pub use deployments::{AutoscalerView, DeploymentView, ReplicaSetView, RolloutBounds, SHOWN_PODS};
pub use difference::{FieldChange, difference, difference_of};
pub use dns::{NameView, Naming};
pub use field::{Cell, FIELD, Field, IN_FULL};
pub use history::History;
pub use lanes::{Bar, Group, Lane, Lanes, Mark, NodeState, Owner};
pub use mix::{Mix, Share};
pub use natural::natural;
pub use nodes::{NodeView, Usage, VerdictView};
pub use pacing::Pacing;
pub use playback::Playback;
pub use pod::{Grace, PodState, PodView};
pub use scheduling::{SchedulingOutcome, SchedulingView};
pub use services::{EndpointState, EndpointView, Lead, ServiceView};
pub use sets::{Absent, Arrow, Deficit, Note, SetView, Slot, UpdateView};
pub use stops::{Axis, Gap, Stop, Stops};
pub use tally::{Counts, Tally};
pub use tint::{Tint, tinted};
pub use traps::StandingTrap;
pub use turned::TurnedAway;

use crate::api::{Kind, ObjectMeta, ObjectRef, Resource, Time};
use crate::cluster::Cluster;
use crate::engine::{Step, Timeline};
use std::collections::BTreeSet;

/// Everything that the stage shows at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// StatefulSets, in the order of their names.
    pub sets: Vec<SetView>,
    /// DaemonSets, in the order of their names.
    pub daemons: Vec<DaemonView>,
    /// Deployments, in the order of their names.
    pub deployments: Vec<DeploymentView>,
    /// ReplicaSets that no Deployment owns, in the order of their names.
    pub replica_sets: Vec<ReplicaSetView>,
    /// Nodes, in the order of their names; none where there are so many that they are a field.
    pub nodes: Vec<NodeView>,
    /// The nodes where there are very many.
    pub field: Option<Field>,
    /// Pods that no set shows.
    pub bare_pods: Vec<PodView>,
    /// Claims that no slot shows.
    pub bare_claims: Vec<ClaimView>,
    /// Services with their endpoints, in the order of their names.
    pub services: Vec<ServiceView>,
}

impl Scene {
    /// The stage at the timeline's shown moment, whose pods are counted; of a field, the nodes from a place on in full.
    #[must_use]
    pub fn of(timeline: &Timeline, decisions: &Decisions, tally: &Tally, place: usize) -> Scene {
        let cluster = timeline.cluster();
        let now = timeline.current().map_or(Time::ZERO, |step| step.at);
        let decision =
            |set: &ObjectRef| decisions.standing(set, timeline.position()).and_then(|step| timeline.steps().get(step));
        let sets: Vec<SetView> = (cluster.stateful_sets.iter())
            .map(|set| SetView::of(cluster, set, decision(&set.reference()), now))
            .collect();
        let is_field = cluster.nodes.len() >= FIELD;
        let mut nodes: Vec<NodeView> = vec![];
        if !is_field {
            nodes.extend(cluster.nodes.iter().map(|node| NodeView::of(cluster, node)));
            nodes.sort_by(|a, b| natural(a.object.name(), b.object.name()));
        }
        let daemons = cluster.daemon_sets.iter().map(|set| match is_field {
            true => DaemonView::counted(cluster, set, tally),
            false => DaemonView::of(cluster, set, &nodes),
        });
        let daemons = daemons.collect();
        let deployments =
            cluster.deployments.iter().map(|deployment| DeploymentView::of(cluster, tally, deployment)).collect();
        let replica_sets = (cluster.replica_sets.iter())
            .filter(|set| owner_of(cluster, &set.metadata).is_none())
            .map(|set| ReplicaSetView::of(cluster, tally, set, true))
            .collect();
        let (bare_pods, bare_claims) = leftovers(cluster, &sets, is_field.then_some(tally));
        let field = is_field.then(|| Field::of(cluster, tally, place));
        let services = cluster.services.iter().map(|service| ServiceView::of(cluster, service)).collect();
        let mut scene =
            Scene { sets, daemons, deployments, replica_sets, nodes, field, bare_pods, bare_claims, services };
        scene.each_pod(|pod| pod.count_down(now));
        scene
    }

    /// Does something with every pod that is shown.
    fn each_pod(&mut self, mut act: impl FnMut(&mut PodView)) {
        let slots = self.sets.iter_mut().flat_map(|set| &mut set.slots).filter_map(|slot| slot.pod.as_mut());
        let waiting = self.daemons.iter_mut().flat_map(|daemon| &mut daemon.waiting).map(|(pod, _)| pod);
        let sets = self.deployments.iter_mut().flat_map(|deployment| &mut deployment.sets);
        let replicas = sets.chain(&mut self.replica_sets).flat_map(|set| &mut set.pods);
        let near = self.field.iter_mut().flat_map(|field| &mut field.near);
        let docked = self.nodes.iter_mut().chain(near).flat_map(|node| &mut node.pods);
        slots.chain(waiting).chain(replicas).chain(docked).chain(&mut self.bare_pods).for_each(&mut act);
    }

    /// Whether there is nothing but nodes.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.sets.is_empty()
            && self.daemons.is_empty()
            && self.deployments.is_empty()
            && self.replica_sets.is_empty()
            && self.bare_pods.is_empty()
            && self.bare_claims.is_empty()
            && self.services.is_empty()
    }
}

/// The kind of the object's controller, if that exists.
fn owner_of(cluster: &Cluster, metadata: &ObjectMeta) -> Option<Kind> {
    let owner = metadata.controller()?;
    let kind = Kind::parse(&owner.kind)?;
    let found = cluster.get(&ObjectRef::new(kind, &metadata.namespace, &owner.name))?;
    (found.metadata().uid == owner.uid).then_some(kind)
}

/// What no set shows: pods on their own, claims on their own.
/// With a tally, only the first pods that nothing controls, without a look at every pod.
fn leftovers(cluster: &Cluster, sets: &[SetView], tally: Option<&Tally>) -> (Vec<PodView>, Vec<ClaimView>) {
    let shown_claims: BTreeSet<&ObjectRef> =
        sets.iter().flat_map(|set| &set.slots).flat_map(|slot| &slot.claims).map(|claim| &claim.object).collect();
    let shown_pods: BTreeSet<&ObjectRef> =
        sets.iter().flat_map(|set| &set.slots).filter_map(|slot| Some(&slot.pod.as_ref()?.object)).collect();
    let is_elsewhere = |pod: &crate::api::Pod| {
        owner_of(cluster, &pod.metadata).is_some_and(|owner| matches!(owner, Kind::DaemonSet | Kind::ReplicaSet))
    };
    let pods = match tally {
        Some(tally) => {
            let pods = tally.bare().take(SHOWN_PODS).filter_map(|key| cluster.pods.get(key));
            pods.map(|pod| PodView::of(cluster, pod)).collect()
        }
        None => (cluster.pods.iter())
            .filter(|pod| !is_elsewhere(pod) && !shown_pods.contains(&pod.reference()))
            .map(|pod| PodView::of(cluster, pod))
            .collect(),
    };
    let claims = (cluster.claims.iter())
        .filter(|claim| !shown_claims.contains(&claim.reference()))
        .map(|claim| ClaimView::of(cluster, claim))
        .collect();
    (pods, claims)
}

/// Objects that a step made, changed or removed, without those that are never drawn.
#[must_use]
pub fn touched(step: &Step) -> BTreeSet<ObjectRef> {
    (step.changes.iter())
        .filter_map(|change| Some(change.object()?.reference()))
        .filter(|object| !matches!(object.kind, Kind::ControllerRevision | Kind::StorageClass | Kind::EndpointSlice))
        .collect()
}

/// Pods that a step bound to a node: the pod, the node.
#[must_use]
pub fn bound_by(step: &Step) -> Vec<(ObjectRef, String)> {
    (step.changes.iter())
        .filter_map(|change| {
            let after = change.after.as_ref()?.as_pod()?;
            let before = change.before.as_ref().and_then(|object| object.as_pod()).and_then(|pod| pod.node());
            match (before, after.node()) {
                (None, Some(node)) => Some((after.reference(), node.to_owned())),
                _ => None,
            }
        })
        .collect()
}
