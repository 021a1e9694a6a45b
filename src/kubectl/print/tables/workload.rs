//! The controllers of pods and the revisions of their templates.

use super::{since_creation, template_columns};
use crate::api::{Container, ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet, Time};
use crate::kubectl::print::selector::format_selector;
use crate::kubectl::print::table::{Column, always, format_labels, wide};

const TEMPLATE: [Column; 3] = template_columns();

pub(super) const STATEFUL_SET: &[Column] =
    &[always("Name"), always("Ready"), always("Age"), wide("Containers"), wide("Images")];

pub(super) const DAEMON_SET: &[Column] = &[
    always("Name"),
    always("Desired"),
    always("Current"),
    always("Ready"),
    always("Up-to-date"),
    always("Available"),
    always("Node Selector"),
    always("Age"),
    TEMPLATE[0],
    TEMPLATE[1],
    TEMPLATE[2],
];

pub(super) const DEPLOYMENT: &[Column] = &[
    always("Name"),
    always("Ready"),
    always("Up-to-date"),
    always("Available"),
    always("Age"),
    TEMPLATE[0],
    TEMPLATE[1],
    TEMPLATE[2],
];

pub(super) const REPLICA_SET: &[Column] = &[
    always("Name"),
    always("Desired"),
    always("Current"),
    always("Ready"),
    always("Age"),
    TEMPLATE[0],
    TEMPLATE[1],
    TEMPLATE[2],
];

pub(super) const CONTROLLER_REVISION: &[Column] =
    &[always("Name"), always("Controller"), always("Revision"), always("Age")];

pub(super) fn stateful_set(set: &StatefulSet, now: Time) -> Vec<String> {
    let [containers, images] = template(&set.spec.template.spec.containers);
    vec![
        set.metadata.name.clone(),
        format!("{}/{}", set.status.ready_replicas, set.spec.replicas()),
        since_creation(&set.metadata, now),
        containers,
        images,
    ]
}

pub(super) fn daemon_set(set: &DaemonSet, now: Time) -> Vec<String> {
    let [containers, images] = template(&set.spec.template.spec.containers);
    vec![
        set.metadata.name.clone(),
        set.status.desired_number_scheduled.to_string(),
        set.status.current_number_scheduled.to_string(),
        set.status.number_ready.to_string(),
        set.status.updated_number_scheduled.to_string(),
        set.status.number_available.to_string(),
        format_labels(&set.spec.template.spec.node_selector),
        since_creation(&set.metadata, now),
        containers,
        images,
        format_selector(set.spec.selector.as_ref()),
    ]
}

pub(super) fn deployment(deployment: &Deployment, now: Time) -> Vec<String> {
    let [containers, images] = template(&deployment.spec.template.spec.containers);
    vec![
        deployment.metadata.name.clone(),
        format!("{}/{}", deployment.status.ready_replicas, deployment.spec.replicas.unwrap_or(1)),
        deployment.status.updated_replicas.to_string(),
        deployment.status.available_replicas.to_string(),
        since_creation(&deployment.metadata, now),
        containers,
        images,
        format_selector(deployment.spec.selector.as_ref()),
    ]
}

pub(super) fn replica_set(set: &ReplicaSet, now: Time) -> Vec<String> {
    let [containers, images] = template(&set.spec.template.spec.containers);
    vec![
        set.metadata.name.clone(),
        set.spec.replicas.unwrap_or(1).to_string(),
        set.status.replicas.to_string(),
        set.status.ready_replicas.to_string(),
        since_creation(&set.metadata, now),
        containers,
        images,
        format_selector(set.spec.selector.as_ref()),
    ]
}

pub(super) fn controller_revision(revision: &ControllerRevision, now: Time) -> Vec<String> {
    let controller = revision.metadata.controller().map_or("<none>".into(), |owner| {
        let kind = owner.kind.to_lowercase();
        match owner.api_version.split_once('/') {
            Some((group, _)) => format!("{kind}.{group}/{}", owner.name),
            None => format!("{kind}/{}", owner.name),
        }
    });
    vec![
        revision.metadata.name.clone(),
        controller,
        revision.revision.to_string(),
        since_creation(&revision.metadata, now),
    ]
}

/// Names and images (`layoutContainerCells`).
fn template(containers: &[Container]) -> [String; 2] {
    let joined = |text: fn(&Container) -> &str| containers.iter().map(text).collect::<Vec<_>>().join(",");
    [joined(|container| &container.name), joined(|container| container.image.as_deref().unwrap_or_default())]
}
