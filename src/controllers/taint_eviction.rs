//! Eviction by NoExecute taints. Upstream: `pkg/controller/tainteviction/taint_eviction.go`.

use crate::actor::{Deletion, Pass, View};
use crate::api::{Key, Resource, Taint, TaintEffect, Time};
use crate::reason::{NodeReason, Reason};

/// One look at a pod on a tainted node: deleted at once, at the end of its toleration, or never.
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(pod) = view.cluster.pods.get(key).filter(|pod| !pod.is_terminating()) else { return Pass::nothing() };
    let Some(node) = pod.node().and_then(|name| view.cluster.node(name)) else { return Pass::nothing() };
    let mut deadline: Option<(Time, &Taint, i64)> = None;
    for taint in node.spec.taints.iter().filter(|taint| taint.effect == TaintEffect::NoExecute) {
        let matching: Vec<_> = pod.spec.tolerations.iter().filter(|toleration| toleration.tolerates(taint)).collect();
        if matching.is_empty() {
            return evict(view, key, taint, None);
        }
        let Some(seconds) = matching.iter().filter_map(|toleration| toleration.toleration_seconds).min() else {
            continue;
        };
        let at = taint.time_added.unwrap_or(view.now).plus_seconds(seconds);
        if deadline.is_none_or(|(earliest, _, _)| at < earliest) {
            deadline = Some((at, taint, seconds));
        }
    }
    match deadline {
        Some((at, taint, seconds)) if at <= view.now => evict(view, key, taint, Some(seconds)),
        Some((at, _, _)) => Pass::again_at(at),
        None => Pass::nothing(),
    }
}

fn evict(view: View<'_>, key: &Key, taint: &Taint, tolerated_seconds: Option<i64>) -> Pass {
    let Some(pod) = view.cluster.pods.get(key) else { return Pass::nothing() };
    let node = pod.node().unwrap_or_default().to_owned();
    let reason = NodeReason::TaintEviction { pod: pod.reference(), node, taint: taint.clone(), tolerated_seconds };
    Pass::of(vec![Deletion::of(pod.reference(), pod.metadata.uid)], Reason::Node(reason))
}
