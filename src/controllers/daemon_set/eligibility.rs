//! Which nodes run a daemon pod. Upstream: `daemon_controller.go: NodeShouldRunDaemonPod`,
//! `util/daemonset_util.go: AddOrUpdateDaemonPodTolerations`.

use crate::api::{DaemonSet, Node, PodSpec, Taint, TaintEffect, Toleration};
use crate::reason::{Refusal, Verdict};

/// Tolerations that the controller adds to every daemon pod.
#[must_use]
pub fn automatic_tolerations(host_network: bool) -> Vec<Toleration> {
    let mut tolerations = vec![
        Toleration::exists("node.kubernetes.io/not-ready", TaintEffect::NoExecute),
        Toleration::exists("node.kubernetes.io/unreachable", TaintEffect::NoExecute),
        Toleration::exists("node.kubernetes.io/disk-pressure", TaintEffect::NoSchedule),
        Toleration::exists("node.kubernetes.io/memory-pressure", TaintEffect::NoSchedule),
        Toleration::exists("node.kubernetes.io/pid-pressure", TaintEffect::NoSchedule),
        Toleration::exists("node.kubernetes.io/unschedulable", TaintEffect::NoSchedule),
    ];
    if host_network {
        tolerations.push(Toleration::exists("node.kubernetes.io/network-unavailable", TaintEffect::NoSchedule));
    }
    tolerations
}

/// The tolerations of the set's pods: the template's, then the automatic ones, which replace any of the same key and effect.
#[must_use]
pub fn tolerations_of(template: &PodSpec) -> Vec<Toleration> {
    let automatic = automatic_tolerations(template.host_network == Some(true));
    let own = template.tolerations.iter().filter(|own| {
        !automatic
            .iter()
            .any(|added| added.key == own.key && added.effect == own.effect && added.operator == own.operator)
    });
    own.cloned().chain(automatic.iter().cloned()).collect()
}

/// What a set thinks of a node.
#[must_use]
pub fn verdict(set: &DaemonSet, node: &Node) -> Verdict {
    let template = &set.spec.template.spec;
    if let Some(name) = template.node_name.as_ref().filter(|name| !name.is_empty() && **name != node.metadata.name) {
        return Verdict::Refuses(Refusal::NodeName(name.clone()));
    }
    for (key, wanted) in &template.node_selector {
        let found = node.metadata.labels.get(key);
        if found != Some(wanted) {
            let refusal = Refusal::NodeSelector { key: key.clone(), wanted: wanted.clone(), found: found.cloned() };
            return Verdict::Refuses(refusal);
        }
    }
    if !template.required_node_affinity_matches(node) {
        return Verdict::Refuses(Refusal::NodeAffinity);
    }
    judge_taints(template, node)
}

fn judge_taints(template: &PodSpec, node: &Node) -> Verdict {
    if node.spec.taints.iter().all(|taint| taint.effect == TaintEffect::PreferNoSchedule) {
        return Verdict::Runs { tolerated: vec![] };
    }
    let tolerations = tolerations_of(template);
    let mut tolerated = vec![];
    let mut refused: Vec<&Taint> = vec![];
    for taint in node.spec.taints.iter().filter(|taint| taint.effect != TaintEffect::PreferNoSchedule) {
        match taint.tolerated_by(&tolerations) {
            Some(toleration) => {
                let added = taint.tolerated_by(&template.tolerations).is_none();
                tolerated.push((taint.clone(), toleration.clone(), added));
            }
            None => refused.push(taint),
        }
    }
    match refused.iter().find(|taint| taint.effect == TaintEffect::NoExecute) {
        Some(taint) => Verdict::Refuses(Refusal::Taint((*taint).clone())),
        None => match refused.first() {
            Some(taint) => Verdict::Keeps(Refusal::Taint((*taint).clone())),
            None => Verdict::Runs { tolerated },
        },
    }
}
