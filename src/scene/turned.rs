//! Whom a taint turns away, in the step that decides it.

use crate::api::ObjectRef;
use crate::cluster::Cluster;
use crate::controllers::daemon_set::verdict;
use crate::engine::Step;
use crate::reason::{DaemonSetAct, Reason, Refusal, SchedulerReason, Verdict};
use crate::scheduler::untolerated_taint;
use std::collections::BTreeSet;

/// Who is turned away by which taints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TurnedAway {
    /// The pod, or the DaemonSet that makes none.
    pub who: Option<ObjectRef>,
    /// Nodes, each with its taint as `key=value:effect`.
    pub taints: BTreeSet<(String, String)>,
}

/// More nodes than this are not told apart at a glance.
const NODES: usize = 64;

impl TurnedAway {
    /// Whom the step turns away; the cluster is the one right after it.
    #[must_use]
    pub fn of(step: &Step, cluster: &Cluster) -> TurnedAway {
        if cluster.nodes.len() > NODES {
            return TurnedAway::default();
        }
        let (who, taints): (_, BTreeSet<(String, String)>) = match &step.reason {
            Reason::Scheduler(SchedulerReason::Unschedulable { pod, .. }) => {
                let Some(refused) = cluster.pods.get(&pod.key) else { return TurnedAway::default() };
                let taints = cluster.nodes.iter().filter_map(|node| {
                    // Runs of the page have the default settings: the feature gate is off.
                    let taint = untolerated_taint(&refused.spec.tolerations, &node.spec.taints, false)?;
                    Some((node.metadata.name.clone(), taint.to_string()))
                });
                (pod, taints.collect())
            }
            Reason::DaemonSet(reason) if matches!(reason.act, DaemonSetAct::Manage { .. }) => {
                let Some(set) = cluster.daemon_sets.get(&reason.set.key) else { return TurnedAway::default() };
                let taints = cluster.nodes.iter().filter_map(|node| match verdict(set, node) {
                    Verdict::Refuses(Refusal::Taint(taint)) => Some((node.metadata.name.clone(), taint.to_string())),
                    _ => None,
                });
                (&reason.set, taints.collect())
            }
            _ => return TurnedAway::default(),
        };
        TurnedAway { who: (!taints.is_empty()).then(|| who.clone()), taints }
    }
}
