//! Why a Service leads nowhere, and why a disruption budget lets no pod go.

use super::{Cause, Moment, Question, told};
use crate::api::{ObjectRef, Resource};
use crate::controllers::disruption::selects;
use crate::controllers::endpoints::{has_slices, published};

/// Why a Service has no ready endpoint, and whom to ask next.
pub(super) fn cause(moment: Moment<'_>, object: &ObjectRef) -> Option<(Cause, Option<Question>)> {
    let Some(service) = moment.cluster.services.get(&object.key) else { return Some((Cause::Missing, None)) };
    if !has_slices(service) {
        return None;
    }
    let mut endpoints = published(moment.cluster, service).flat_map(|slice| &slice.endpoints);
    if endpoints.any(|endpoint| endpoint.conditions.ready) {
        return None;
    }
    let selected = moment.cluster.pods.within(&object.key.namespace).find(|pod| service.selects(&pod.metadata.labels));
    match selected {
        Some(pod) => Some((Cause::NoReadyEndpoint, Some(Question::Object(pod.reference())))),
        None => told::cause(moment, object),
    }
}

/// Why a budget allows no eviction, and which pod to ask next.
pub(super) fn budget(moment: Moment<'_>, object: &ObjectRef) -> Option<(Cause, Option<Question>)> {
    let Some(budget) = moment.cluster.disruption_budgets.get(&object.key) else {
        return Some((Cause::Missing, None));
    };
    if budget.status.disruptions_allowed > 0 || budget.status.observed_generation.is_none() {
        return None;
    }
    let mut selected = moment.cluster.pods.within(&object.key.namespace).filter(|pod| selects(budget, pod));
    let unhealthy = selected.find(|pod| !pod.is_ready() || pod.is_terminating());
    let cause =
        Cause::BudgetExhausted { healthy: budget.status.current_healthy, desired: budget.status.desired_healthy };
    Some((cause, unhealthy.map(|pod| Question::Object(pod.reference()))))
}
