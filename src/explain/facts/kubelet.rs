//! Whose pod a kubelet has, and what follows for its owner.

use super::stateful_set;
use crate::api::{Key, Kind, ObjectRef, Pod, Resource, StatefulSet};
use crate::explain::scope::{Scope, Workload, ordinal};

/// The controller of a pod.
pub(in crate::explain) fn owner(pod: &ObjectRef, scope: Scope<'_>) -> Option<Workload> {
    scope.workload_of(&*scope.pod(pod)?)
}

/// The claims that a pod uses.
pub(in crate::explain) fn claims_of(pod: &Pod) -> Vec<ObjectRef> {
    pod.claim_names().map(|name| ObjectRef::new(Kind::PersistentVolumeClaim, &pod.metadata.namespace, name)).collect()
}

/// What a pod of a StatefulSet that becomes Ready makes possible.
pub(in crate::explain) struct AfterReady {
    /// Whether the set has its Service, so that the pod gets a record in DNS.
    pub(in crate::explain) has_service: bool,
    /// The pod that an ordered set creates then.
    pub(in crate::explain) next: Option<ObjectRef>,
    /// How long it has to be Ready before, where that is told, in seconds.
    pub(in crate::explain) min_ready_seconds: Option<i32>,
}

/// What a pod of a StatefulSet that becomes Ready makes possible.
pub(in crate::explain) fn after_ready(set: &StatefulSet, pod: &ObjectRef, scope: Scope<'_>) -> AfterReady {
    let service = set.spec.service_name.as_deref().unwrap_or_default();
    let next = stateful_set::next_missing(&set.reference(), pod, scope).filter(|_| set.spec.is_ordered());
    AfterReady {
        has_service: scope.cluster.services.contains(&Key::new(&set.metadata.namespace, service)),
        min_ready_seconds: set.spec.min_ready_seconds.filter(|wanted| *wanted > 0 && next.is_some()),
        next,
    }
}

/// Whether a StatefulSet still wants a pod of that name.
pub(in crate::explain) fn is_wanted(set: &ObjectRef, pod: &ObjectRef, scope: Scope<'_>) -> bool {
    let wanted = scope.ordinals(set).zip(ordinal(set, pod));
    wanted.is_some_and(|((first, last), ordinal)| (first..=last).contains(&ordinal))
}
