//! Pods that no node takes: because of labels, taints or size.
//! Upstream: `pkg/scheduler/framework/plugins/{nodeaffinity,tainttoleration,noderesources}`,
//! `pkg/controller/daemon/util/daemonset_util.go: AddOrUpdateDaemonPodTolerations`.

use super::pods::PodSource;
use super::{Lints, named};
use crate::api::{Kind, Node, Object, PodSpec, Quantity, TaintEffect};
use crate::manifest::default_nodes::{default_nodes, reported};
use crate::manifest::place;
use crate::manifest::read::Manifest;
use crate::manifest::words::{Label, NodeRefusal, Noticed};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Taints with this prefix come and go with the state of a node, and say nothing of where pods belong.
const STATE: &str = "node.kubernetes.io/";

/// The nodes that there are.
#[derive(Clone)]
pub(super) struct Nodes {
    nodes: Rc<[Node]>,
    /// Whether the manifests bring none.
    are_default: bool,
}

/// The nodes of the manifests, or those that are there without. A node that is refused would have been another one:
/// then there is no telling.
pub(super) fn of(manifest: &Manifest) -> Option<Nodes> {
    let written = manifest.documents.iter().filter(|document| document.kind == Kind::Node.as_str());
    let given: Option<Vec<Node>> = written
        .map(|document| match &document.object {
            Some(Object::Node(node)) => Some(reported((**node).clone())),
            _ => None,
        })
        .collect();
    let given = given?;
    let are_default = given.is_empty();
    let nodes = if are_default { default_nodes() } else { given };
    Some(Nodes { nodes: nodes.into(), are_default })
}

/// What is to be said about where pods can run.
pub(super) fn pods<'a>(lints: &mut Lints<'a>, source: &PodSource<'a>) {
    let Some(spec) = source.spec else { return };
    let is_free = |name: &Option<String>| name.as_deref().is_none_or(str::is_empty);
    let is_default_scheduler = spec.scheduler_name.as_deref().is_none_or(|name| name == "default-scheduler");
    if !is_free(&spec.node_name) || !is_default_scheduler || source.replicas() == Some(0) {
        return;
    }
    let Some(Nodes { nodes, are_default }) = lints.nodes.clone() else { return };
    let verdicts: Vec<(&Node, Option<NodeRefusal>)> = nodes.iter().map(|node| (node, refusal(spec, node))).collect();
    let willing: Vec<&Node> = verdicts.iter().filter(|(_, refusal)| refusal.is_none()).map(|(node, _)| *node).collect();
    if willing.is_empty() {
        no_node(lints, source, &verdicts, are_default);
    } else {
        too_large(lints, source, spec, &willing, are_default);
    }
}

fn refusal(spec: &PodSpec, node: &Node) -> Option<NodeRefusal> {
    let missed = spec.node_selector.iter().find(|(key, wanted)| node.metadata.labels.get(*key) != Some(wanted));
    if let Some((key, wanted)) = missed {
        let found = node.metadata.labels.get(key).cloned();
        return Some(NodeRefusal::Label { key: key.clone(), wanted: wanted.clone(), found });
    }
    if !spec.required_node_affinity_matches(node) {
        return Some(NodeRefusal::Affinity);
    }
    let keeps_off = node.spec.taints.iter().find(|taint| {
        taint.effect != TaintEffect::PreferNoSchedule
            && !taint.key.starts_with(STATE)
            && !spec.tolerations.iter().any(|toleration| toleration.tolerates(taint))
    });
    keeps_off.map(|taint| NodeRefusal::Taint { taint: taint.to_string() })
}

fn no_node(lints: &mut Lints, source: &PodSource, verdicts: &[(&Node, Option<NodeRefusal>)], are_default: bool) {
    let refusals: Vec<(String, NodeRefusal)> =
        (verdicts.iter()).filter_map(|(node, refusal)| Some((node.metadata.name.clone(), refusal.clone()?))).collect();
    let spec_at = source.spec_at;
    let by_label = refusals.iter().find_map(|(_, refusal)| match refusal {
        NodeRefusal::Label { key, .. } => Some(format!("{spec_at}.nodeSelector[{key}]")),
        NodeRefusal::Affinity | NodeRefusal::Taint { .. } => None,
    });
    let has_affinity = refusals.iter().any(|(_, refusal)| *refusal == NodeRefusal::Affinity);
    let tolerations = format!("{spec_at}.tolerations");
    let path = match by_label {
        Some(path) => path,
        None if has_affinity => {
            format!("{spec_at}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution")
        }
        None if place::find(&source.document.node, &tolerations).is_exact => tolerations,
        None => spec_at.to_owned(),
    };
    let noticed = Noticed::NoNode { pods_of: named(source.document), refusals: refusals.clone(), are_default };
    lints.warn(source.document, &path, &noticed);
    // The taints that are written.
    let tainted = |(name, refusal): &(String, NodeRefusal)| match refusal {
        NodeRefusal::Taint { .. } => Some(name.clone()),
        NodeRefusal::Label { .. } | NodeRefusal::Affinity => None,
    };
    let manifest = lints.manifest;
    for name in refusals.iter().filter_map(tainted).take(3) {
        let node = manifest.documents.iter().rev().find(|it| it.kind == Kind::Node.as_str() && it.name == name);
        if let Some(node) = node {
            lints.relate(node, "spec.taints", &Label::ThisTaint);
        }
    }
}

/// What a pod requests: its lasting containers together, or the largest of those that run before them, and its overhead.
/// Upstream: `k8s.io/component-helpers/resource: PodRequests`.
fn requested(source: &PodSource, spec: &PodSpec) -> BTreeMap<String, i64> {
    let mut total: BTreeMap<String, i64> = BTreeMap::new();
    let mut add = |resource: &str, amount: &Quantity| {
        let sum = total.entry(resource.to_owned()).or_default();
        *sum = sum.saturating_add(amount.milli());
    };
    let asked = |of: &crate::api::Container| {
        let mut asked = of.resources.limits.clone();
        asked.extend(of.resources.requests.clone());
        asked
    };
    for (_, container) in source.lasting() {
        asked(container).iter().for_each(|(resource, amount)| add(resource, amount));
    }
    for container in spec.init_containers.iter().filter(|it| !it.is_sidecar()) {
        for (resource, amount) in asked(container) {
            let largest = total.entry(resource).or_default();
            *largest = (*largest).max(amount.milli());
        }
    }
    for (resource, amount) in &spec.overhead {
        let sum = total.entry(resource.clone()).or_default();
        *sum = sum.saturating_add(amount.milli());
    }
    total
}

fn too_large(lints: &mut Lints, source: &PodSource, spec: &PodSpec, nodes: &[&Node], are_default: bool) {
    let requested = requested(source, spec);
    let room = |node: &Node, resource: &str| node.status.allocatable.get(resource).map_or(0, Quantity::milli);
    for (resource, asked) in &requested {
        let largest = nodes.iter().map(|node| room(node, resource)).max().unwrap_or(0);
        if *asked <= largest || *asked == 0 || resource == "ephemeral-storage" {
            continue;
        }
        let best = nodes.iter().max_by_key(|node| room(node, resource));
        let largest =
            best.and_then(|node| node.status.allocatable.get(resource)).map_or("0".into(), ToString::to_string);
        let share = |container: &crate::api::Container| {
            let of = &container.resources;
            of.requests.get(resource).or_else(|| of.limits.get(resource)).map_or(0, Quantity::milli)
        };
        let Some((path, container)) = source.containers().max_by_key(|(_, container)| share(container)) else {
            continue;
        };
        let list = if container.resources.requests.contains_key(resource) { "requests" } else { "limits" };
        let noticed = Noticed::RequestTooLarge {
            pods_of: named(source.document),
            resource: resource.clone(),
            asked: amount(resource, *asked),
            largest,
            are_default,
        };
        lints.warn(source.document, &format!("{path}.resources.{list}[{resource}]"), &noticed);
    }
}

/// Thousandths as a quantity.
fn amount(resource: &str, milli: i64) -> String {
    if milli % 1000 != 0 {
        return format!("{milli}m");
    }
    let units = milli / 1000;
    let binary = [("Ti", 40), ("Gi", 30), ("Mi", 20), ("Ki", 10)];
    let suffix = binary.into_iter().find(|(_, bits)| units % (1_i64 << bits) == 0 && units != 0 && resource != "cpu");
    match suffix {
        Some((suffix, bits)) => format!("{}{suffix}", units >> bits),
        None => units.to_string(),
    }
}
