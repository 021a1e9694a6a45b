//! DaemonSets: how many nodes they judged how, and the pods that are on their way.

use super::natural::natural;
use super::{NodeView, PodState, PodView, Tally};
use crate::api::{DaemonSet, ObjectRef, Resource, UpdateStrategyType};
use crate::cluster::Cluster;
use crate::controllers::daemon_set::{target_node, verdict};
use crate::reason::{Refusal, Verdict};
use std::rc::Rc;

/// A DaemonSet.
#[derive(Clone, Debug, PartialEq)]
pub struct DaemonView {
    /// Which.
    pub object: ObjectRef,
    /// Nodes that should run a pod.
    pub eligible: usize,
    /// Nodes that should not.
    pub refused: usize,
    /// Pods that are Ready.
    pub ready: usize,
    /// Pods at the newest revision.
    pub updated: usize,
    /// Pods.
    pub pods: usize,
    /// The number of the newest revision.
    pub revision: Option<i64>,
    /// Whether pods are replaced only when somebody deletes them.
    pub on_delete: bool,
    /// Whether deletion has been asked for.
    pub terminating: bool,
    /// Pods that are not bound yet, each with the node it is made for.
    pub waiting: Vec<(PodView, Option<String>)>,
}

impl DaemonView {
    /// A set at a moment, with the nodes it has been asked about.
    #[must_use]
    pub fn of(cluster: &Cluster, set: &Rc<DaemonSet>, nodes: &[NodeView]) -> DaemonView {
        let object = set.reference();
        let verdicts = nodes.iter().flat_map(|node| &node.verdicts).filter(|verdict| verdict.set == object);
        let eligible = verdicts.filter(|verdict| matches!(verdict.verdict, Verdict::Runs { .. })).count();
        let mut view = DaemonView { eligible, refused: nodes.len() - eligible, ..bare(cluster, set) };
        for pod in cluster.pods_of(set.metadata.uid) {
            let shown = PodView::of(cluster, pod);
            view.pods += 1;
            view.ready += usize::from(shown.state == PodState::Ready);
            view.updated += usize::from(shown.newest);
            if shown.node.is_none() {
                view.waiting.push((shown, target_node(pod).map(str::to_owned)));
            }
        }
        view
    }

    /// The same where there are too many nodes to look at each: pods as they were counted on the way, the rest as the
    /// controller wrote it down.
    #[must_use]
    pub fn counted(cluster: &Cluster, set: &Rc<DaemonSet>, tally: &Tally) -> DaemonView {
        let counts = tally.owned_by(set.metadata.uid);
        let number = |count: i32| usize::try_from(count).unwrap_or(0);
        let eligible = number(set.status.desired_number_scheduled);
        DaemonView {
            eligible,
            refused: cluster.nodes.len().saturating_sub(eligible),
            ready: counts.of(PodState::Ready),
            updated: number(set.status.updated_number_scheduled),
            pods: counts.all(),
            ..bare(cluster, set)
        }
    }
}

fn bare(cluster: &Cluster, set: &Rc<DaemonSet>) -> DaemonView {
    DaemonView {
        object: set.reference(),
        eligible: 0,
        refused: 0,
        ready: 0,
        updated: 0,
        pods: 0,
        revision: cluster.revisions_of(set.metadata.uid).map(|revision| revision.revision).max(),
        on_delete: set.spec.strategy() == UpdateStrategyType::OnDelete,
        terminating: set.metadata.is_terminating(),
        waiting: vec![],
    }
}

/// What a DaemonSet thinks of one node, in full.
#[derive(Clone, Debug, PartialEq)]
pub struct DaemonVerdict {
    /// The node.
    pub node: String,
    /// The verdict.
    pub verdict: Verdict,
    /// The set's pod on it, or on its way to it.
    pub pod: Option<(ObjectRef, PodState)>,
    /// Where node affinity refuses: of each term, the requirements that the node does not meet.
    pub unmet: Vec<Vec<String>>,
}

impl DaemonVerdict {
    /// What a set thinks of every node, in the order of their names.
    #[must_use]
    pub fn all(cluster: &Cluster, set: &Rc<DaemonSet>) -> Vec<DaemonVerdict> {
        let mut pods: Vec<_> = (cluster.pods_of(set.metadata.uid))
            .filter_map(|pod| Some((pod.node().or_else(|| target_node(pod))?, pod)))
            .collect();
        pods.sort_by_key(|(node, _)| *node);
        let pod_on = |node: &str| {
            let (_, pod) = pods.get(pods.binary_search_by_key(&node, |(node, _)| node).ok()?)?;
            Some((pod.reference(), PodState::of(pod)))
        };
        let terms = set.spec.template.spec.required_node_selector().map_or(&[][..], |it| &it.node_selector_terms);
        let mut verdicts: Vec<DaemonVerdict> = (cluster.nodes.iter())
            .map(|node| {
                let verdict = verdict(set, node);
                let is_affinity =
                    matches!(verdict, Verdict::Keeps(Refusal::NodeAffinity) | Verdict::Refuses(Refusal::NodeAffinity));
                let unmet = terms.iter().filter(|_| is_affinity);
                let unmet = unmet.map(|term| term.unmet(node).map(ToString::to_string).collect()).collect();
                DaemonVerdict { node: node.metadata.name.clone(), verdict, pod: pod_on(&node.metadata.name), unmet }
            })
            .collect();
        verdicts.sort_by(|a, b| natural(&a.node, &b.node));
        verdicts
    }
}
