//! Why a DaemonSet has no pod on a node, or none that is available.

use super::{Cause, Moment, Question, told};
use crate::api::ObjectRef;
use crate::controllers::daemon_set::{target_node, verdict};
use crate::reason::Verdict;

/// Why there is no available pod of a set on a node, and whom to ask next.
pub(super) fn cause(moment: Moment<'_>, set: &ObjectRef, node: &str) -> Option<(Cause, Option<Question>)> {
    let Some(found) = moment.cluster.daemon_sets.get(&set.key) else { return Some((Cause::Missing, None)) };
    let Some(judged) = moment.cluster.node(node) else { return Some((Cause::Missing, None)) };
    let of_node = |pod: &&std::rc::Rc<crate::api::Pod>| pod.node().or_else(|| target_node(pod)) == Some(node);
    let pod = moment.cluster.pods_of(found.metadata.uid).find(of_node);
    match (verdict(found, judged), pod) {
        (Verdict::Refuses(refusal), _) => Some((Cause::NodeRefused { refusal, keeps: false }, None)),
        (Verdict::Keeps(refusal), None) => Some((Cause::NodeRefused { refusal, keeps: true }, None)),
        (Verdict::Keeps(_) | Verdict::Runs { .. }, Some(pod)) => super::pod::cause(moment, pod),
        (Verdict::Runs { .. }, None) => told::cause(moment, set).map(|(cause, _)| (cause, None)),
    }
}
