//! Autoscalers and PodDisruptionBudgets.

use super::pods::PodSource;
use super::{Document, Lints};
use crate::api::{HorizontalPodAutoscaler, IntOrPercent, Kind, Object, PodDisruptionBudget};
use crate::manifest::diagnostic::Fix;
use crate::manifest::place;
use crate::manifest::read::fixes;
use crate::manifest::words::{Label, Named, Noticed, Repair};
use serde_json::{Value, json};

/// Kinds that an autoscaler can scale here.
const SCALABLE: [Kind; 3] = [Kind::StatefulSet, Kind::Deployment, Kind::ReplicaSet];

/// What is to be said about an autoscaler.
pub(super) fn autoscaler<'a>(lints: &mut Lints<'a>, document: &'a Document, autoscaler: &HorizontalPodAutoscaler) {
    let target = &autoscaler.spec.scale_target_ref;
    let kind = Kind::parse(&target.kind);
    let path = "spec.scaleTargetRef.name";
    let named_target = Named { kind: target.kind.clone(), name: target.name.clone() };
    if kind == Some(Kind::DaemonSet) {
        lints.warn(document, "spec.scaleTargetRef.kind", &Noticed::ScaleTargetFixed { target: named_target });
        return;
    }
    // Other kinds may well be scaled, by somebody's own API.
    if !kind.is_some_and(|kind| SCALABLE.contains(&kind)) {
        return;
    }
    let is_it = |source: &&PodSource| {
        let it = source.document;
        it.kind == target.kind && it.name == target.name && it.namespace == document.namespace
    };
    if let Some(source) = lints.pods.iter().find(is_it).cloned() {
        requests(lints, document, autoscaler, &source);
        replicas(lints, document, &source);
        return;
    }
    let is_written = lints.is_written(&target.kind, &document.namespace, &target.name);
    if is_written || lints.elsewhere(document, path, &target.kind, &target.name) {
        return;
    }
    lints.warn(document, path, &Noticed::ScaleTargetMissing { target: named_target });
    let fix = target_meant(lints, document, &target.kind, &target.name);
    lints.mend(fix);
}

/// A workload of the same name and another kind, or of the same kind and nearly the same name.
fn target_meant(lints: &Lints, document: &Document, kind: &str, name: &str) -> Option<Fix> {
    let scalable = SCALABLE.map(Kind::as_str);
    let of_name =
        |it: &&Document| it.name == name && it.namespace == document.namespace && scalable.contains(&it.kind.as_str());
    if let Some(other) = lints.manifest.documents.iter().find(of_name) {
        return lints.change(document, "spec.scaleTargetRef.kind", &other.kind);
    }
    let names = lints.manifest.documents.iter().filter(|it| it.kind == kind && it.namespace == document.namespace);
    let meant = fixes::nearest(names.map(|it| it.name.as_str()), name)?;
    lints.change(document, "spec.scaleTargetRef.name", meant)
}

/// Containers without the request that a metric is a share of.
fn requests<'a>(
    lints: &mut Lints<'a>,
    document: &'a Document,
    autoscaler: &HorizontalPodAutoscaler,
    source: &PodSource<'a>,
) {
    for (index, metric) in autoscaler.spec.metrics.iter().enumerate() {
        let (resource, target, only) = match (&metric.resource, &metric.container_resource) {
            (Some(it), _) => (&it.name, &it.target, None),
            (None, Some(it)) => (&it.name, &it.target, Some(&it.container)),
            (None, None) => continue,
        };
        if target.kind != "Utilization" {
            continue;
        }
        for (path, container) in source.lasting() {
            let is_meant = only.is_none_or(|only| *only == container.name);
            let of = &container.resources;
            // In a pod, a limit is the request too.
            if !is_meant || of.requests.contains_key(resource) || of.limits.contains_key(resource) {
                continue;
            }
            let noticed = Noticed::RequestMissing {
                container: container.name.clone(),
                resource: resource.clone(),
                autoscaler: document.name.clone(),
            };
            lints.warn(source.document, &format!("{path}.name"), &noticed);
            let written = format!("spec.metrics[{index}]");
            let is_written = place::find(&document.node, &written).is_exact;
            lints.relate(document, if is_written { &written } else { "spec.scaleTargetRef" }, &Label::MeasuredHere);
            let fix = add_request(lints, source.document, &path, resource);
            lints.mend(fix);
        }
    }
}

fn add_request(lints: &Lints, document: &Document, path: &str, resource: &str) -> Option<Fix> {
    let amount = match resource {
        "cpu" => "100m",
        "memory" => "128Mi",
        _ => return None,
    };
    let (text, file) = (lints.text(document), document.file);
    let found = place::find(&document.node, path);
    let node = found.is_exact.then_some(found.node)?;
    let edit = match node.get("resources") {
        None => {
            let last = node.as_mapping()?.entries.iter().rev().find(|entry| !entry.is_merged)?;
            let added = fixes::Addition { key: "resources", value: json!({ "requests": { resource: amount } }) };
            fixes::add_after(text, file, node, last, &added)?
        }
        Some(resources) => match resources.value.get("requests") {
            None => {
                let added = fixes::Addition { key: "requests", value: json!({ resource: amount }) };
                fixes::add_to(text, file, resources, &added)?
            }
            Some(requests) => {
                fixes::add_to(text, file, requests, &fixes::Addition { key: resource, value: Value::from(amount) })?
            }
        },
    };
    Some(fixes::choice(&Repair::Add(format!("resources.requests.{resource}: {amount}")), vec![edit]))
}

/// A number of replicas that is written, although the autoscaler sets it. No fix: of a manifest that is applied already,
/// `kubectl apply` would take the removal of the field for a 1.
fn replicas<'a>(lints: &mut Lints<'a>, document: &'a Document, source: &PodSource<'a>) {
    let Some(replicas) = source.document.json.pointer("/spec/replicas").and_then(Value::as_i64) else { return };
    let noticed = Noticed::ReplicasAndAutoscaler { replicas, autoscaler: document.name.clone() };
    lints.warn(source.document, "spec.replicas", &noticed);
    lints.relate(document, "spec.scaleTargetRef", &Label::ScaledHere);
}

/// What is to be said about a budget.
pub(super) fn budget<'a>(lints: &mut Lints<'a>, document: &'a Document, budget: &PodDisruptionBudget) {
    let Some(selector) = &budget.spec.selector else { return };
    let name = &budget.metadata.name;
    let selects =
        |source: &&PodSource| source.document.namespace == document.namespace && selector.matches(&source.labels);
    let selected: Vec<PodSource> = lints.pods.iter().filter(selects).cloned().collect();
    if selected.is_empty() {
        let elsewhere = lints.pods.iter().find(|source| selector.matches(&source.labels)).map(|source| source.document);
        let has_pods = lints.pods.iter().any(|source| source.document.namespace == document.namespace);
        match elsewhere {
            Some(other) if !selector.is_empty() => lints.mismatch(document, "spec.selector", other),
            None if has_pods => {
                lints.warn(document, "spec.selector", &Noticed::BudgetSelectsNothing { budget: name.clone() });
            }
            _ => {}
        }
        return;
    }
    let pods = selected.iter().map(|source| most(lints, source)).sum::<Option<i64>>();
    let (field, value, pods) = match (budget.spec.max_unavailable, budget.spec.min_available) {
        (Some(most), _) if most.rounded_up(100) <= 0 => ("maxUnavailable", most, None),
        (None, Some(IntOrPercent::Percent(100))) => ("minAvailable", IntOrPercent::Percent(100), None),
        (None, Some(least)) => match pods {
            Some(pods) if pods > 0 && least.rounded_up(pods) >= pods => ("minAvailable", least, Some(pods)),
            _ => return,
        },
        _ => return,
    };
    let path = format!("spec.{field}");
    let noticed = Noticed::BudgetBlocks { budget: name.clone(), field, value: value.to_string(), pods };
    lints.warn(document, &path, &noticed);
    for source in selected.iter().take(3) {
        let is_written = source.document.json.pointer("/spec/replicas").is_some();
        lints.relate(source.document, if is_written { "spec.replicas" } else { "metadata.name" }, &Label::ReplicasHere);
    }
}

/// The most pods that a source can have: what an autoscaler may set, or what is written.
fn most(lints: &Lints, source: &PodSource) -> Option<i64> {
    let written = source.replicas()?;
    let scaled = lints.manifest.documents.iter().filter_map(|document| match &document.object {
        Some(Object::HorizontalPodAutoscaler(it)) => {
            let target = &it.spec.scale_target_ref;
            let is_it = target.kind == source.document.kind
                && target.name == source.document.name
                && document.namespace == source.document.namespace;
            is_it.then_some(i64::from(it.spec.max_replicas))
        }
        _ => None,
    });
    Some(scaled.max().unwrap_or(written))
}
