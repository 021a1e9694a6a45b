//! Why a DaemonSet has no pod on a node, or none that is available.

use super::{Cause, Moment, Question, told};
use crate::api::{DaemonSet, ObjectRef, Pod};
use crate::cluster::Cluster;
use crate::controllers::daemon_set::{target_node, verdict};
use crate::reason::Verdict;
use std::rc::Rc;

/// Why there is no available pod of a set on a node, and whom to ask next.
pub(super) fn cause(moment: Moment<'_>, set: &ObjectRef, node: &str) -> Option<(Cause, Option<Question>)> {
    let Some(found) = moment.cluster.daemon_sets.get(&set.key) else { return Some((Cause::Missing, None)) };
    let Some(judged) = moment.cluster.node(node) else { return Some((Cause::Missing, None)) };
    match (verdict(found, judged), pod_on(moment.cluster, found, node)) {
        (Verdict::Refuses(refusal), _) => Some((Cause::NodeRefused { refusal, keeps: false }, None)),
        (Verdict::Keeps(refusal), None) => Some((Cause::NodeRefused { refusal, keeps: true }, None)),
        (Verdict::Keeps(_) | Verdict::Runs { .. }, Some(pod)) => super::pod::cause(moment, pod),
        (Verdict::Runs { .. }, None) => told::cause(moment, set).map(|(cause, _)| (cause, None)),
    }
}

/// The pod of a set that is on a node, or is made for it.
pub(super) fn pod_on<'a>(cluster: &'a Cluster, set: &DaemonSet, node: &str) -> Option<&'a Rc<Pod>> {
    cluster.pods_of(set.metadata.uid).find(|pod| target_node(pod) == Some(node))
}
