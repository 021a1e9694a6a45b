//! What a Service that lists nothing could have meant.

use crate::actor::View;
use crate::api::{Kind, Labels, ObjectRef, PodTemplateSpec, Resource, Service};
use crate::reason::{EndpointsAct, LabelMiss};

/// The Service lists no pod: either the pods of some template will match, or nothing that there is does.
pub(super) fn unmatched(view: View<'_>, service: &Service) -> EndpointsAct {
    let candidates = candidates(view, &service.metadata.namespace);
    let expected: Vec<ObjectRef> =
        candidates.iter().filter(|(_, labels)| service.selects(labels)).map(|(object, _)| object.clone()).collect();
    if !expected.is_empty() {
        return EndpointsAct::NoAddressYet { expected };
    }
    let closest = closest(view, service, &candidates);
    let selector = service.spec.selector.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    EndpointsAct::SelectsNothing { selector, closest }
}

/// What has the most labels of the selector, or has them with other values. Among equals the StatefulSet that names the
/// Service, or what has its name, is meant; where none is and no label agrees at all, there is no telling.
fn closest(
    view: View<'_>,
    service: &Service,
    candidates: &[(ObjectRef, &Labels)],
) -> Option<(ObjectRef, Vec<LabelMiss>)> {
    let is_meant = |object: &ObjectRef| {
        let set = view.cluster.stateful_sets.get(&object.key).filter(|_| object.kind == Kind::StatefulSet);
        object.name() == service.metadata.name
            || set.is_some_and(|set| set.spec.service_name.as_ref() == Some(&service.metadata.name))
    };
    let mut ranked: Vec<_> = (candidates.iter())
        .map(|(object, labels)| {
            let misses = misses(service, labels);
            let absent = misses.iter().filter(|miss| miss.found.is_none()).count();
            ((misses.len(), absent, !is_meant(object)), object, misses)
        })
        .filter(|((_, absent, _), _, _)| *absent < service.spec.selector.len())
        .collect();
    ranked.sort_by_key(|(rank, _, _)| *rank);
    let is_unclear = |rank: &(usize, usize, bool)| {
        rank.0 == service.spec.selector.len() && ranked.get(1).is_some_and(|(other, _, _)| other == rank)
    };
    let (rank, object, misses) = ranked.first()?;
    (!is_unclear(rank)).then(|| ((*object).clone(), misses.clone()))
}

/// What has pods or is going to have some, with the labels of its pods; pods on their own too.
fn candidates<'a>(view: View<'a>, namespace: &'a str) -> Vec<(ObjectRef, &'a Labels)> {
    let cluster = view.cluster;
    let of = |reference: ObjectRef, template: &'a PodTemplateSpec| (reference, &template.metadata.labels);
    (cluster.stateful_sets.within(namespace).map(|set| of(set.reference(), &set.spec.template)))
        .chain(cluster.daemon_sets.within(namespace).map(|set| of(set.reference(), &set.spec.template)))
        .chain(cluster.deployments.within(namespace).map(|set| of(set.reference(), &set.spec.template)))
        .chain(
            (cluster.replica_sets.within(namespace).filter(|set| set.metadata.controller().is_none()))
                .map(|set| of(set.reference(), &set.spec.template)),
        )
        .chain(
            (cluster.pods.within(namespace).filter(|pod| pod.metadata.controller().is_none()))
                .map(|pod| (pod.reference(), &pod.metadata.labels)),
        )
        .collect()
}

/// The labels of the selector that are not as it asks for.
fn misses(service: &Service, labels: &Labels) -> Vec<LabelMiss> {
    (service.spec.selector.iter())
        .filter(|(key, wanted)| labels.get(*key) != Some(wanted))
        .map(|(key, wanted)| LabelMiss { key: key.clone(), wanted: wanted.clone(), found: labels.get(key).cloned() })
        .collect()
}
