//! DaemonSets: how many nodes they judged how, and the pods that are on their way.

use super::{PodState, PodView};
use crate::api::{DaemonSet, ObjectRef, Resource, UpdateStrategyType};
use crate::cluster::Cluster;
use crate::controllers::daemon_set::{target_node, verdict};
use crate::reason::Verdict;
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
    /// A set at a moment.
    #[must_use]
    pub fn of(cluster: &Cluster, set: &Rc<DaemonSet>) -> DaemonView {
        let eligible = cluster.nodes.iter().filter(|node| matches!(verdict(set, node), Verdict::Runs { .. })).count();
        let mut view = DaemonView {
            object: set.reference(),
            eligible,
            refused: cluster.nodes.len() - eligible,
            ready: 0,
            updated: 0,
            pods: 0,
            revision: cluster.revisions_of(set.metadata.uid).map(|revision| revision.revision).max(),
            on_delete: set.spec.strategy() == UpdateStrategyType::OnDelete,
            terminating: set.metadata.is_terminating(),
            waiting: vec![],
        };
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
}
