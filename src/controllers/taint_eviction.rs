//! Eviction by NoExecute taints. Upstream: `pkg/controller/tainteviction/taint_eviction.go`.

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{Key, Object, Pod, Resource, Taint, TaintEffect};
use crate::reason::{NodeReason, Reason};
use std::rc::Rc;

/// One look at a pod: deleted at once, at the end of its toleration, or never (`processPodOnNode`).
///
/// The time runs from the moment at which the taint was noticed, and goes on when a taint is replaced by another; it ends
/// when no taint is left or when those left are tolerated for ever. Of several tolerations that let a pod stay under a
/// taint the first counts, and of several taints the shortest time (`GetMatchingTolerations`, `getMinTolerationTime`).
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(pod) = view.cluster.pods.get(key).filter(|pod| !pod.is_terminating()) else { return Pass::nothing() };
    let Some(name) = pod.node() else { return Pass::nothing() };
    let pending = view.world.nodes.eviction(pod.metadata.uid);
    let Some(node) = view.cluster.node(name) else {
        // The plan outlives the node.
        return match pending {
            Some(pending) if pending.due > view.now => Pass::again_at(pending.due),
            Some(_) => evict(view, pod, name, None, None),
            None => Pass::nothing(),
        };
    };
    let cancelled = |tolerated| match pending {
        Some(_) => {
            let reason = NodeReason::EvictionCancelled { pod: pod.reference(), node: name.into(), tolerated };
            Pass::of(vec![], Reason::Node(reason))
        }
        None => Pass::nothing(),
    };
    let mut shortest: Option<(i64, &Taint)> = None;
    let mut tainted = false;
    for taint in node.spec.taints.iter().filter(|taint| taint.effect == TaintEffect::NoExecute) {
        tainted = true;
        let Some(toleration) = taint.tolerated_by(&pod.spec.tolerations) else {
            return evict(view, pod, name, Some(taint), None);
        };
        if let Some(seconds) = toleration.toleration_seconds
            && shortest.is_none_or(|(least, _)| seconds < least)
        {
            shortest = Some((seconds, taint));
        }
    }
    let Some((seconds, taint)) = shortest else { return cancelled(tainted) };
    match pending {
        Some(pending) if pending.due > view.now => Pass::again_at(pending.due),
        Some(_) => evict(view, pod, name, Some(taint), Some(seconds)),
        None if seconds <= 0 => evict(view, pod, name, Some(taint), Some(0)),
        None => {
            let due = view.now.plus_seconds(seconds);
            let reason = NodeReason::EvictionPending {
                pod: pod.reference(),
                node: name.into(),
                taint: taint.clone(),
                seconds,
                due,
            };
            Pass { again_at: Some(due), ..Pass::of(vec![], Reason::Node(reason)) }
        }
    }
}

/// Says in the pod why it goes, then deletes it (`addConditionAndDeletePod`).
fn evict(view: View<'_>, pod: &Rc<Pod>, node: &str, taint: Option<&Taint>, tolerated_seconds: Option<i64>) -> Pass {
    let mut marked = (**pod).clone();
    let message = "Taint manager: deleting due to NoExecute taint";
    marked.set_condition("DisruptionTarget", "True", Some("DeletionByTaintManager"), Some(message), view.now);
    let taint = taint.cloned();
    let reason = NodeReason::TaintEviction { pod: pod.reference(), node: node.into(), taint, tolerated_seconds };
    let writes = vec![Write::Update(Object::Pod(Rc::new(marked))), Deletion::of(pod.reference(), pod.metadata.uid)];
    Pass::of(writes, Reason::Node(reason))
}
