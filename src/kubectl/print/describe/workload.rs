//! The controllers of pods: `describeStatefulSet`, `describeDaemonSet`, `describeDeployment`, `describeReplicaSet`.

use super::pod::controlled_by;
use super::template::pod_template;
use super::writer::{Writer, bracketed, or_none};
use crate::api::{
    ClaimTemplate, DaemonSet, Deployment, ObjectMeta, PodPhase, ReplicaSet, StatefulSet, WorkloadCondition,
};
use crate::cluster::Cluster;
use crate::kubectl::print::Shown;
use crate::kubectl::print::selector::{format_selector, selector_text};
use crate::kubectl::print::table::format_labels;
use crate::kubectl::print::time::rfc1123;
use std::rc::Rc;

pub fn stateful_set(writer: &mut Writer, shown: &Shown<'_>, set: &StatefulSet) {
    let spec = &set.spec;
    named(writer, &set.metadata);
    writer.field(0, "CreationTimestamp", rfc1123(set.metadata.creation_timestamp));
    writer.field(0, "Selector", selector_text(spec.selector.as_ref()));
    labelled(writer, &set.metadata);
    writer.field(0, "Replicas", format!("{} desired | {} total", spec.replicas(), set.status.replicas));
    writer.field(0, "Update Strategy", format!("{:?}", spec.strategy()));
    if let Some(rolling) = &spec.update_strategy.rolling_update
        && let Some(partition) = rolling.partition
    {
        writer.field(1, "Partition", partition);
        if let Some(bound) = rolling.max_unavailable {
            writer.field(1, "MaxUnavailable", bound);
        }
    }
    writer.field(0, "Pods Status", pods_status(shown.cluster, &set.metadata));
    pod_template(writer, &spec.template);
    claim_templates(writer, &spec.volume_claim_templates);
}

pub fn daemon_set(writer: &mut Writer, shown: &Shown<'_>, set: &DaemonSet) {
    let status = &set.status;
    named(writer, &set.metadata);
    writer.field(0, "Selector", selector_text(set.spec.selector.as_ref()));
    writer.field(0, "Node-Selector", format_labels(&set.spec.template.spec.node_selector));
    labelled(writer, &set.metadata);
    for (label, count) in [
        ("Desired Number of Nodes Scheduled", status.desired_number_scheduled),
        ("Current Number of Nodes Scheduled", status.current_number_scheduled),
        ("Number of Nodes Scheduled with Up-to-date Pods", status.updated_number_scheduled),
        ("Number of Nodes Scheduled with Available Pods", status.number_available),
        ("Number of Nodes Misscheduled", status.number_misscheduled),
    ] {
        writer.line(0, format!("{label}: {count}"));
    }
    writer.field(0, "Pods Status", pods_status(shown.cluster, &set.metadata));
    pod_template(writer, &set.spec.template);
}

pub fn deployment(writer: &mut Writer, shown: &Shown<'_>, deployment: &Deployment) {
    let (spec, status) = (&deployment.spec, &deployment.status);
    named(writer, &deployment.metadata);
    writer.field(0, "CreationTimestamp", rfc1123(deployment.metadata.creation_timestamp));
    labelled(writer, &deployment.metadata);
    writer.field(0, "Selector", selector_text(spec.selector.as_ref()));
    let desired = spec.replicas.unwrap_or(1);
    let counts = format!(
        "{desired} desired | {} updated | {} total | {} available | {} unavailable",
        status.updated_replicas, status.replicas, status.available_replicas, status.unavailable_replicas
    );
    writer.field(0, "Replicas", counts);
    writer.field(0, "StrategyType", format!("{:?}", spec.strategy.kind.unwrap_or_default()));
    writer.field(0, "MinReadySeconds", spec.min_ready_seconds.unwrap_or(0));
    if let Some(rolling) = &spec.strategy.rolling_update {
        let bound = |bound: Option<crate::api::IntOrPercent>| bound.map_or("25%".into(), |bound| bound.to_string());
        let (unavailable, surge) = (bound(rolling.max_unavailable), bound(rolling.max_surge));
        writer.field(0, "RollingUpdateStrategy", format!("{unavailable} max unavailable, {surge} max surge"));
    }
    pod_template(writer, &spec.template);
    conditions(writer, &status.conditions);
    replica_sets(writer, shown.cluster, deployment);
}

pub fn replica_set(writer: &mut Writer, shown: &Shown<'_>, set: &ReplicaSet) {
    named(writer, &set.metadata);
    writer.field(0, "Selector", format_selector(set.spec.selector.as_ref()));
    labelled(writer, &set.metadata);
    if let Some(owner) = controlled_by(&set.metadata) {
        writer.field(0, "Controlled By", owner);
    }
    let desired = set.spec.replicas.unwrap_or(1);
    writer.field(0, "Replicas", format!("{} current / {desired} desired", set.status.replicas));
    writer.field(0, "Pods Status", pods_status(shown.cluster, &set.metadata));
    pod_template(writer, &set.spec.template);
    conditions(writer, &set.status.conditions);
}

fn named(writer: &mut Writer, metadata: &ObjectMeta) {
    writer.field(0, "Name", &metadata.name);
    writer.field(0, "Namespace", &metadata.namespace);
}

fn labelled(writer: &mut Writer, metadata: &ObjectMeta) {
    writer.labels("Labels", &metadata.labels);
    writer.annotations("Annotations", &metadata.annotations);
}

/// `getPodStatusForController`.
fn pods_status(cluster: &Cluster, controller: &ObjectMeta) -> String {
    let count = |phase| cluster.pods_of(controller.uid).filter(|pod| pod.status.phase == phase).count();
    format!(
        "{} Running / {} Waiting / {} Succeeded / {} Failed",
        count(PodPhase::Running),
        count(PodPhase::Pending),
        count(PodPhase::Succeeded),
        count(PodPhase::Failed)
    )
}

fn conditions(writer: &mut Writer, conditions: &[WorkloadCondition]) {
    if conditions.is_empty() {
        return;
    }
    writer.line(0, "Conditions:");
    writer.line(1, "Type\tStatus\tReason");
    writer.line(1, "----\t------\t------");
    for condition in conditions {
        let reason = condition.reason.as_deref().unwrap_or_default();
        writer.line(1, format!("{} \t{}\t{reason}", condition.kind, condition.status));
    }
}

/// The ReplicaSets of a Deployment: the one of its template, and the others that still have pods
/// (`deploymentutil.GetAllReplicaSets`, `printReplicaSetsByLabels`).
fn replica_sets(writer: &mut Writer, cluster: &Cluster, deployment: &Deployment) {
    let mut sets: Vec<&Rc<ReplicaSet>> = cluster.replica_sets_of(deployment.metadata.uid).collect();
    sets.sort_by_key(|set| (set.metadata.creation_timestamp, &set.metadata.name));
    let new = sets.iter().copied().find(|set| has_template_of(set, deployment));
    let new_name = new.map(|set| &set.metadata.name);
    let old = sets.iter().copied().filter(|set| Some(&set.metadata.name) != new_name);
    let text = |set: &Rc<ReplicaSet>| {
        let desired = set.spec.replicas.unwrap_or(1);
        format!("{} ({}/{desired} replicas created)", set.metadata.name, set.status.replicas)
    };
    let old: Vec<String> = old.map(text).collect();
    if old.is_empty() && new.is_none() {
        return;
    }
    writer.field(0, "OldReplicaSets", or_none(&old.join(", ")));
    writer.field(0, "NewReplicaSet", new.map_or("<none>".into(), text));
}

/// Whether the templates are equal but for the hash (`deploymentutil.EqualIgnoreHash`).
fn has_template_of(set: &ReplicaSet, deployment: &Deployment) -> bool {
    let mut template = (*set.spec.template).clone();
    template.metadata.labels.remove("pod-template-hash");
    template == *deployment.spec.template
}

/// `describeVolumeClaimTemplates`.
fn claim_templates(writer: &mut Writer, templates: &[ClaimTemplate]) {
    if templates.is_empty() {
        writer.field(0, "Volume Claims", "<none>");
        return;
    }
    writer.line(0, "Volume Claims:");
    for template in templates {
        let spec = &template.spec;
        writer.field(1, "Name", &template.metadata.name);
        writer.field(1, "StorageClass", spec.storage_class_name.as_deref().unwrap_or_default());
        writer.labels("  Labels", &template.metadata.labels);
        writer.labels("  Annotations", &template.metadata.annotations);
        let capacity = spec.resources.requests.get("storage").map_or("<default>".into(), |size| size.canonical());
        writer.field(1, "Capacity", capacity);
        writer.field(1, "Access Modes", bracketed(&spec.access_modes));
    }
}
