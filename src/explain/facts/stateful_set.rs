//! What is told of the pods of a StatefulSet.

use crate::api::{Kind, Object, ObjectRef, StatefulSetStatus};
use crate::engine::Step;
use crate::explain::scope::{Scope, member, ordinal};
use crate::reason::{Held, Lack};

/// So many pods are named in a headline.
pub(in crate::explain) const NAMED: usize = 3;

/// What a sync that decided nothing wrote.
pub(in crate::explain) enum Bookkeeping<'a> {
    Status(&'a StatefulSetStatus),
    Claims,
    Other,
}

/// What a sync that decided nothing wrote.
pub(in crate::explain) fn bookkeeping(step: &Step) -> Bookkeeping<'_> {
    let after = || step.changes.iter().filter_map(|change| change.after.as_ref());
    let recorded = after().find_map(|object| match object {
        Object::StatefulSet(object) => Some(&object.status),
        _ => None,
    });
    match recorded {
        Some(status) => Bookkeeping::Status(status),
        None if after().any(|object| object.kind() == Kind::PersistentVolumeClaim) => Bookkeeping::Claims,
        None => Bookkeeping::Other,
    }
}

/// The pod of the next ordinal, where the set wants it and it does not exist.
pub(in crate::explain) fn next_missing(set: &ObjectRef, pod: &ObjectRef, scope: Scope<'_>) -> Option<ObjectRef> {
    let next = ordinal(set, pod)?.checked_add(1)?;
    let (_, last) = scope.ordinals(set)?;
    Some(member(set, next)).filter(|pod| next <= last && !scope.cluster.pods.contains(&pod.key))
}

/// How an update goes on after some pods.
pub(in crate::explain) enum AfterUpdate {
    /// It goes on with this pod.
    Next(ObjectRef),
    /// The partition keeps the pods below.
    Held,
    /// These are the last.
    Last,
}

/// How an update goes on after some pods.
pub(in crate::explain) fn after_update(set: &ObjectRef, pods: &[ObjectRef], scope: Scope<'_>) -> AfterUpdate {
    let lowest = pods.iter().filter_map(|pod| ordinal(set, pod)).min();
    let limit = scope.stateful_set(set).map_or(0, |set| set.spec.start_ordinal().saturating_add(set.spec.partition()));
    match lowest {
        Some(lowest) if lowest > limit => AfterUpdate::Next(member(set, lowest - 1)),
        _ if limit > 0 => AfterUpdate::Held,
        _ => AfterUpdate::Last,
    }
}

/// The highest of some pods that a partition holds, and the partition that would let it be updated.
pub(in crate::explain) fn below_partition(
    set: &ObjectRef,
    pods: &[ObjectRef],
    scope: Scope<'_>,
) -> Option<(ObjectRef, i32)> {
    let next = pods.iter().filter_map(|pod| ordinal(set, pod)).max()?;
    Some((member(set, next), next.saturating_sub(start(set, scope))))
}

/// The ordinal of the first pod of a set.
pub(in crate::explain) fn start(set: &ObjectRef, scope: Scope<'_>) -> i32 {
    scope.stateful_set(set).map_or(0, |set| set.spec.start_ordinal())
}

/// The partition of a rolling update; none where the set has no `rollingUpdate` block.
pub(in crate::explain) fn partition(set: &ObjectRef, scope: Scope<'_>) -> Option<i32> {
    let rolling = scope.stateful_set(set)?.spec.update_strategy.rolling_update.clone()?;
    Some(rolling.partition.unwrap_or(0))
}

/// The trap that a wait for a pod may be.
pub(in crate::explain) enum WaitTrap {
    /// The kubelet of this node does not confirm that the pod has stopped.
    Silent(String),
    /// A good template alone does not replace the pod.
    Broken,
}

/// The trap that a wait for a pod may be.
pub(in crate::explain) fn wait_trap(
    set: &ObjectRef,
    pod: &ObjectRef,
    lack: &Lack,
    held: &Held,
    scope: Scope<'_>,
) -> Option<WaitTrap> {
    let broken = match lack {
        Lack::NotRunning { waiting } | Lack::NotReady { waiting } => waiting.is_some(),
        Lack::Terminating => return scope.unreachable_node(pod).map(WaitTrap::Silent),
        Lack::Unscheduled | Lack::NotAvailable { .. } => false,
    };
    let reverted = matches!(held, Held::Update(next) if next == pod);
    (scope.is_ordered(set) && (broken || reverted)).then_some(WaitTrap::Broken)
}
