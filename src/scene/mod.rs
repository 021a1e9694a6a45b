//! What the stage shows, as plain data: pods in their slots and on their nodes, verdicts, claims, names, waits, lanes.
//! Decides nothing and draws nothing; a pure function of the recorded run and the shown moment.

mod claim;
mod daemons;
mod decisions;
mod deployments;
mod dns;
mod lanes;
mod nodes;
mod playback;
mod pod;
mod sets;
mod stops;
mod tint;

pub use claim::{ClaimState, ClaimView};
pub use daemons::DaemonView;
pub use decisions::Decisions;
pub use deployments::{AutoscalerView, DeploymentView, ReplicaSetView};
pub use dns::{NameView, Naming};
pub use lanes::{Bar, Lane, Lanes};
pub use nodes::{NodeView, Usage, VerdictView};
pub use playback::Playback;
pub use pod::{PodState, PodView};
pub use sets::{Absent, Arrow, Deficit, Note, SetView, Slot, UpdateView, still_waits};
pub use stops::{Axis, Gap, Stop, Stops};
pub use tint::{Tint, tinted};

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
    /// Nodes, in the order of their names.
    pub nodes: Vec<NodeView>,
    /// Pods that no set shows.
    pub bare_pods: Vec<PodView>,
    /// Claims that no slot shows.
    pub bare_claims: Vec<ClaimView>,
    /// Services that no set names as its own.
    pub services: Vec<ObjectRef>,
}

impl Scene {
    /// The stage at the timeline's shown moment.
    #[must_use]
    pub fn of(timeline: &Timeline, decisions: &Decisions) -> Scene {
        let cluster = timeline.cluster();
        let now = timeline.current().map_or(Time::ZERO, |step| step.at);
        let decision =
            |set: &ObjectRef| decisions.standing(set, timeline.position()).and_then(|step| timeline.steps().get(step));
        let sets: Vec<SetView> = (cluster.stateful_sets.iter())
            .map(|set| SetView::of(cluster, set, decision(&set.reference()), now))
            .collect();
        let daemons: Vec<DaemonView> = cluster.daemon_sets.iter().map(|set| DaemonView::of(cluster, set)).collect();
        let deployments =
            cluster.deployments.iter().map(|deployment| DeploymentView::of(cluster, deployment)).collect();
        let replica_sets = (cluster.replica_sets.iter())
            .filter(|set| owner_of(cluster, &set.metadata).is_none())
            .map(|set| ReplicaSetView::of(cluster, set, true))
            .collect();
        let nodes = cluster.nodes.iter().map(|node| NodeView::of(cluster, node)).collect();
        let (bare_pods, bare_claims, services) = leftovers(cluster, &sets);
        Scene { sets, daemons, deployments, replica_sets, nodes, bare_pods, bare_claims, services }
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
    }
}

/// The kind of the object's controller, if that exists.
fn owner_of(cluster: &Cluster, metadata: &ObjectMeta) -> Option<Kind> {
    let owner = metadata.controller()?;
    let kind = Kind::parse(&owner.kind)?;
    let found = cluster.get(&ObjectRef::new(kind, &metadata.namespace, &owner.name))?;
    (found.metadata().uid == owner.uid).then_some(kind)
}

/// What no set shows: pods on their own, claims on their own, Services on their own.
fn leftovers(cluster: &Cluster, sets: &[SetView]) -> (Vec<PodView>, Vec<ClaimView>, Vec<ObjectRef>) {
    let shown_claims: BTreeSet<&ObjectRef> =
        sets.iter().flat_map(|set| &set.slots).flat_map(|slot| &slot.claims).map(|claim| &claim.object).collect();
    let shown_pods: BTreeSet<&ObjectRef> =
        sets.iter().flat_map(|set| &set.slots).filter_map(|slot| Some(&slot.pod.as_ref()?.object)).collect();
    let is_elsewhere = |pod: &crate::api::Pod| {
        owner_of(cluster, &pod.metadata).is_some_and(|owner| matches!(owner, Kind::DaemonSet | Kind::ReplicaSet))
    };
    let pods = (cluster.pods.iter())
        .filter(|pod| !is_elsewhere(pod) && !shown_pods.contains(&pod.reference()))
        .map(|pod| PodView::of(cluster, pod))
        .collect();
    let claims = (cluster.claims.iter())
        .filter(|claim| !shown_claims.contains(&claim.reference()))
        .map(|claim| ClaimView::of(cluster, claim))
        .collect();
    let services = (cluster.services.iter())
        .map(|service| service.reference())
        .filter(|service| !sets.iter().any(|set| set.naming.service() == Some(service)))
        .collect();
    (pods, claims, services)
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
