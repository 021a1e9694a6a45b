//! Workloads whose pods do not do what one would think.

use super::pods::PodSource;
use super::{Document, Lints, named};
use crate::api::{Container, DaemonSet, Kind, StatefulSet, UpdateStrategyType};
use crate::manifest::diagnostic::Fix;
use crate::manifest::place;
use crate::manifest::read::fixes;
use crate::manifest::words::{Label, Noticed, Repair};
use serde_json::{Value, json};

/// Classes that every cluster has.
const SYSTEM_CLASSES: [&str; 2] = ["system-node-critical", "system-cluster-critical"];

/// What is to be said about any pods.
pub(super) fn pods<'a>(lints: &mut Lints<'a>, source: &PodSource<'a>) {
    let Some(class) = source.spec.and_then(|spec| spec.priority_class_name.as_deref()) else { return };
    let kind = Kind::PriorityClass.as_str();
    if class.is_empty() || SYSTEM_CLASSES.contains(&class) || lints.is_written(kind, "", class) {
        return;
    }
    let path = format!("{}.priorityClassName", source.spec_at);
    lints.warn(source.document, &path, &Noticed::PriorityClassMissing { class: class.into() });
    let meant = fixes::nearest(lints.names(kind, "").chain(SYSTEM_CLASSES), class);
    let fix = meant.and_then(|meant| lints.change(source.document, &path, meant));
    lints.mend(fix);
}

/// What is to be said about a StatefulSet.
pub(super) fn stateful_set(lints: &mut Lints, document: &Document, set: &StatefulSet) {
    let name = &set.metadata.name;
    let template = &set.spec.template.spec;
    let rolling = ["spec", "updateStrategy", "rollingUpdate"];
    let path = "spec.updateStrategy.rollingUpdate.maxUnavailable";
    if place::find(&document.node, path).is_exact {
        lints.warn(document, path, &Noticed::MaxUnavailableDropped);
        let fix = lints.without(document, &[rolling.as_slice(), &["maxUnavailable"]].concat());
        lints.mend(fix);
    }
    let (partition, replicas) = (set.spec.partition(), set.spec.replicas());
    if set.spec.strategy() == UpdateStrategyType::RollingUpdate
        && partition > 0
        && replicas > 0
        && partition >= replicas
    {
        let path = "spec.updateStrategy.rollingUpdate.partition";
        lints.warn(document, path, &Noticed::PartitionHoldsAll { partition, replicas });
        lints.relate(document, "spec.replicas", &Label::ReplicasHere);
        let fix = lints.without(document, &[rolling.as_slice(), &["partition"]].concat());
        lints.mend(fix.map(|fix| Fix { is_obvious: false, ..fix }));
    }
    if template.termination_grace_period_seconds == Some(0) {
        let path = ["spec", "template", "spec", "terminationGracePeriodSeconds"];
        lints.warn(document, &path.join("."), &Noticed::GraceZero { set: name.clone() });
        let fix = lints.without(document, &path);
        lints.mend(fix.map(|fix| Fix { is_obvious: false, ..fix }));
    }
    let has_probe = |it: &Container| it.readiness_probe.is_some();
    let lasting = template.containers.iter().chain(template.init_containers.iter().filter(|it| it.is_sidecar()));
    if set.spec.is_ordered()
        && replicas > 1
        && template.readiness_gates.is_empty()
        && !lasting.into_iter().any(has_probe)
    {
        let path = "spec.template.spec.containers[0]";
        lints.warn(document, &format!("{path}.name"), &Noticed::ReadinessMissing { set: name.clone() });
        let fix = template.containers.first().and_then(|it| add_probe(lints, document, path, it));
        lints.mend(fix);
    }
    if set.spec.strategy() == UpdateStrategyType::OnDelete {
        images(lints, document, &template.containers);
    }
}

/// What is to be said about a DaemonSet.
pub(super) fn daemon_set(lints: &mut Lints, document: &Document, set: &DaemonSet) {
    if set.spec.strategy() == UpdateStrategyType::OnDelete {
        images(lints, document, &set.spec.template.spec.containers);
    }
}

/// A probe of the only port.
fn add_probe(lints: &Lints, document: &Document, path: &str, container: &Container) -> Option<Fix> {
    let [port] = container.ports.as_slice() else { return None };
    if port.protocol.as_deref().is_some_and(|protocol| protocol != "TCP") {
        return None;
    }
    let found = place::find(&document.node, path);
    let last = found.node.as_mapping().filter(|_| found.is_exact)?.entries.iter().rev().find(|it| !it.is_merged)?;
    let port: Value = match &port.name {
        Some(name) if !name.is_empty() => name.as_str().into(),
        _ => port.container_port.into(),
    };
    let probe = fixes::Addition { key: "readinessProbe", value: json!({ "tcpSocket": { "port": port } }) };
    let edit = fixes::add_after(lints.text(document), document.file, found.node, last, &probe)?;
    let port = port.as_str().map_or_else(|| port.to_string(), str::to_owned);
    Some(fixes::choice(&Repair::AddProbe(port), vec![edit]))
}

/// Images that are not the same tomorrow.
fn images(lints: &mut Lints, document: &Document, containers: &[Container]) {
    for (index, container) in containers.iter().enumerate() {
        let image = container.image.as_deref().unwrap_or_default();
        let name = image.rsplit('/').next().unwrap_or(image);
        let has_tag = name.contains(':');
        if image.is_empty() || name.contains('@') || has_tag && !name.ends_with(":latest") {
            continue;
        }
        let path = format!("spec.template.spec.containers[{index}].image");
        lints.warn(document, &path, &Noticed::ImageNotPinned { image: image.into(), has_tag });
        lints.relate(document, "spec.updateStrategy.type", &Label::ByHand);
    }
}

/// Controllers that take each other's pods for their own.
pub(super) fn overlaps(lints: &mut Lints) {
    let sources = lints.pods.clone();
    let controllers: Vec<_> = sources.iter().filter_map(|source| Some((source, source.selector()?))).collect();
    for (index, (source, selector)) in controllers.iter().enumerate() {
        let overlapping = controllers.iter().take(index).find(|(other, others)| {
            let is_same =
                (&other.document.kind, &other.document.name) == (&source.document.kind, &source.document.name);
            let matches = selector.matches(&other.labels) || others.matches(&source.labels);
            other.document.namespace == source.document.namespace && !is_same && matches
        });
        let Some((other, others)) = overlapping else { continue };
        let (one, two) = if selector.matches(&other.labels) { (source, other) } else { (other, source) };
        let noticed = Noticed::SelectorOverlap { one: named(one.document), other: named(two.document) };
        lints.warn(source.document, "spec.selector", &noticed);
        let is_mutual = others.matches(&source.labels);
        let (path, label) =
            if is_mutual { ("spec.selector", Label::OtherSelector) } else { (other.labels_at, Label::MatchedLabels) };
        lints.relate(other.document, path, &label);
    }
}
