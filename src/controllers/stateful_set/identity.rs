//! The names that make a pod of a StatefulSet itself. Upstream: `pkg/controller/statefulset/stateful_set_utils.go`.

use crate::api::{ControllerRevision, MAX_LABEL_VALUE, ObjectMeta, Pod, StatefulSet, Volume, VolumeClaimReference};
use crate::controllers::history::REVISION_LABEL;
use crate::controllers::ownership::{controller_reference, with_metadata};
use std::rc::Rc;

/// The label that holds a pod's own name.
const POD_NAME_LABEL: &str = "statefulset.kubernetes.io/pod-name";

/// `<set>-<ordinal>`.
#[must_use]
pub fn pod_name(set: &str, ordinal: i32) -> String {
    format!("{set}-{ordinal}")
}

/// `<template>-<set>-<ordinal>`.
#[must_use]
pub fn claim_name(template: &str, set: &str, ordinal: i32) -> String {
    format!("{template}-{set}-{ordinal}")
}

/// The ordinal in a pod's name; none where the name is not `<set>-<number>`.
#[must_use]
pub fn ordinal_of(set: &str, pod: &str) -> Option<i32> {
    let digits = pod.strip_prefix(set)?.strip_prefix('-')?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// The index of the claim template that a claim of that name is made from, and the ordinal of its pod; none where the set
/// makes no claim of that name.
#[must_use]
pub fn claim_template_of(set: &StatefulSet, claim: &str) -> Option<(usize, i32)> {
    set.spec.volume_claim_templates.iter().enumerate().find_map(|(index, template)| {
        let base = format!("{}-{}", template.metadata.name, set.metadata.name);
        ordinal_of(&base, claim).map(|ordinal| (index, ordinal))
    })
}

/// Whether a pod of that name can belong to the set (`isMemberOf`).
pub(super) fn is_member(set: &str, pod: &str) -> bool {
    ordinal_of(set, pod).is_some()
}

/// The labels that say which pod of a set a pod is.
fn identity_labels(name: &str, ordinal: i32) -> [(String, String); 2] {
    [(POD_NAME_LABEL.into(), name.into()), ("apps.kubernetes.io/pod-index".into(), ordinal.to_string())]
}

/// The pod with its identity put back; none where it has it (`identityMatches`, `updateIdentity`).
pub(super) fn restored(pod: &Pod, ordinal: i32) -> Option<Pod> {
    let name = &pod.metadata.name;
    if pod.metadata.labels.get(POD_NAME_LABEL) == Some(name) {
        return None;
    }
    Some(with_metadata(pod, |metadata| metadata.labels.extend(identity_labels(name, ordinal))))
}

/// The first label of a new pod that is too long for the API server.
pub(super) fn overlong_label(pod: &Pod) -> Option<(&String, &String)> {
    pod.metadata.labels.iter().find(|(_, value)| value.len() > MAX_LABEL_VALUE)
}

/// A pod for an ordinal: the revision's template, with the identity on top
/// (`newVersionedStatefulSetPod`, `initIdentity`, `updateStorage`).
pub(super) fn new_pod(set: &StatefulSet, revision: &ControllerRevision, ordinal: i32) -> Pod {
    let name = pod_name(&set.metadata.name, ordinal);
    let template = &revision.data;
    let mut labels = template.metadata.labels.clone();
    labels.extend(identity_labels(&name, ordinal));
    labels.insert(REVISION_LABEL.into(), revision.metadata.name.clone());
    let mut spec = template.spec.clone();
    let mut claimed: Vec<Volume> = vec![];
    spec.hostname = Some(name.clone());
    spec.subdomain.clone_from(&set.spec.service_name);
    for claim in &set.spec.volume_claim_templates {
        spec.volumes.retain(|volume| volume.name != claim.metadata.name);
        let claim_name = claim_name(&claim.metadata.name, &set.metadata.name, ordinal);
        claimed.push(Volume {
            name: claim.metadata.name.clone(),
            persistent_volume_claim: Some(VolumeClaimReference { claim_name, read_only: None }),
            ..Default::default()
        });
    }
    spec.volumes.splice(0..0, claimed);
    let metadata = ObjectMeta {
        name,
        generate_name: Some(format!("{}-", set.metadata.name)),
        namespace: set.metadata.namespace.clone(),
        labels,
        annotations: template.metadata.annotations.clone(),
        owner_references: vec![controller_reference(set)],
        ..Default::default()
    };
    Pod { metadata: Rc::new(metadata), spec: Rc::new(spec), status: Default::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_an_ordinal_belongs_to_the_set() {
        assert_eq!(ordinal_of("web", "web-12"), Some(12));
        for name in ["web", "web-", "web-1a", "web--1", "db-0", "web-0-1"] {
            assert_eq!(ordinal_of("web", name), None, "{name}");
        }
    }
}
