//! What a Service that lists nothing could have meant.

use crate::actor::View;
use crate::api::{Labels, ObjectRef, PodTemplateSpec, Resource, Service};
use crate::reason::{EndpointsAct, LabelMiss};

/// The Service lists no pod: either the pods of some template will match, or nothing that there is does.
pub(super) fn unmatched(view: View<'_>, service: &Service) -> EndpointsAct {
    let candidates = candidates(view, &service.metadata.namespace);
    let expected: Vec<ObjectRef> =
        candidates.iter().filter(|(_, labels)| service.selects(labels)).map(|(object, _)| object.clone()).collect();
    if !expected.is_empty() {
        return EndpointsAct::NoAddressYet { expected };
    }
    let closest = (candidates.iter())
        .map(|(object, labels)| (object, misses(service, labels)))
        .filter(|(_, misses)| misses.len() < service.spec.selector.len())
        .min_by_key(|(_, misses)| misses.len())
        .map(|(object, misses)| (object.clone(), misses));
    let selector = service.spec.selector.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    EndpointsAct::SelectsNothing { selector, closest }
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
