//! A run as milestones: the compact form of the recordings. One token for each write that a watcher would note.

use crate::api::{DaemonSetStatus, HorizontalPodAutoscalerStatus, Kind, Node, Object, Pod, PodPhase, Uid};
use crate::cluster::Change;
use crate::controllers::history::REVISION_LABEL;
use crate::controllers::replica_set::replicas;
use crate::engine::Step;
use std::collections::BTreeMap;

/// The milestones of a whole run.
#[must_use]
pub fn milestones(steps: &[Step]) -> Vec<String> {
    Milestones::default().of(steps)
}

/// What has been named so far: revisions and pods with generated names are numbered in order of creation.
#[derive(Debug, Default)]
pub(super) struct Milestones {
    /// How many revisions the sets of each name have had.
    revisions: BTreeMap<String, usize>,
    /// Token of a revision by the value that pods carry in their label: its name or its hash.
    revision_tokens: BTreeMap<String, String>,
    revision_uids: BTreeMap<Uid, String>,
    /// How many pods with a generated name each owner has had.
    generated: BTreeMap<String, usize>,
    pod_tokens: BTreeMap<Uid, String>,
    replica_sets: BTreeMap<Uid, String>,
}

impl Milestones {
    /// The tokens of further steps.
    pub(super) fn of(&mut self, steps: &[Step]) -> Vec<String> {
        let mut tokens = vec![];
        for change in steps.iter().flat_map(|step| &step.changes) {
            self.change(change, &mut tokens);
        }
        tokens
    }

    fn change(&mut self, change: &Change, tokens: &mut Vec<String>) {
        match (&change.before, &change.after) {
            (before, Some(Object::Pod(after))) => {
                let before = before.as_ref().and_then(Object::as_pod).map(|pod| &**pod);
                self.pod(before, after, tokens);
            }
            (Some(Object::Pod(pod)), None) => {
                // A removal without grace is noted as asked for and done.
                if !pod.is_terminating() {
                    tokens.push(format!("~{}", self.pod_token(pod)));
                }
                tokens.push(format!("-{}", self.pod_token(pod)));
            }
            (None, Some(Object::ControllerRevision(revision))) => {
                let owner = revision.metadata.controller().map_or(String::new(), |owner| owner.name.clone());
                let number = self.revisions.entry(owner).or_default();
                *number += 1;
                let token = format!("r{number}");
                self.revision_tokens.insert(revision.metadata.name.clone(), token.clone());
                if let Some(hash) = revision.metadata.labels.get(REVISION_LABEL) {
                    let owner = revision.metadata.controller().map_or("", |owner| owner.name.as_str());
                    self.revision_tokens.insert(format!("{owner}/{hash}"), token.clone());
                }
                self.revision_uids.insert(revision.metadata.uid, token.clone());
                tokens.extend(["rev".into(), token]);
            }
            (Some(Object::ControllerRevision(before)), Some(Object::ControllerRevision(after)))
                if before.revision != after.revision =>
            {
                let token = self.revision_uids.get(&after.metadata.uid).cloned().unwrap_or_default();
                tokens.extend(["rev".into(), format!("{token}={}", after.revision)]);
            }
            (Some(Object::ControllerRevision(revision)), None) => {
                let token = self.revision_uids.get(&revision.metadata.uid).cloned().unwrap_or_default();
                tokens.extend(["-rev".into(), token]);
            }
            (before, Some(Object::StatefulSet(after))) => {
                let was = match before {
                    Some(Object::StatefulSet(before)) => before.status.current_revision.as_str(),
                    _ => "",
                };
                let is = &after.status.current_revision;
                if is != was && !is.is_empty() {
                    tokens.push(format!("cur={}", self.revision_tokens.get(is).cloned().unwrap_or_default()));
                }
            }
            (Some(Object::DaemonSet(before)), Some(Object::DaemonSet(after))) => {
                daemon_set(&before.status, &after.status, tokens);
            }
            (before, Some(Object::HorizontalPodAutoscaler(after))) => {
                let before = match before {
                    Some(Object::HorizontalPodAutoscaler(before)) => Some(&before.status),
                    _ => None,
                };
                tokens.extend(autoscaler(before, &after.status));
            }
            (None, Some(Object::ReplicaSet(set))) => {
                let token = format!("rs{}", self.replica_sets.len() + 1);
                tokens.push(format!("{token}={}", replicas(set)));
                self.replica_sets.insert(set.metadata.uid, token);
            }
            (Some(Object::ReplicaSet(before)), Some(Object::ReplicaSet(after)))
                if replicas(before) != replicas(after) =>
            {
                let token = self.replica_sets.get(&after.metadata.uid).cloned().unwrap_or_default();
                tokens.push(format!("{token}={}", replicas(after)));
            }
            (Some(Object::ReplicaSet(set)), None) => {
                tokens.push(format!("-{}", self.replica_sets.get(&set.metadata.uid).cloned().unwrap_or_default()));
            }
            (None, Some(Object::PersistentVolumeClaim(claim))) => tokens.push(format!("pvc+{}", claim.metadata.name)),
            (Some(Object::PersistentVolumeClaim(before)), Some(Object::PersistentVolumeClaim(after)))
                if after.is_bound() && !before.is_bound() =>
            {
                tokens.push(format!("pvc={}", after.metadata.name));
            }
            (Some(Object::PersistentVolumeClaim(claim)), None) => tokens.push(format!("pvc-{}", claim.metadata.name)),
            (before, Some(Object::Node(after))) => {
                let before = match before {
                    Some(Object::Node(before)) => Some(&**before),
                    _ => None,
                };
                tokens.extend(node(before, after));
            }
            _ => {}
        }
    }

    fn pod_token(&self, pod: &Pod) -> String {
        self.pod_tokens.get(&pod.metadata.uid).cloned().unwrap_or_else(|| pod.metadata.name.clone())
    }

    fn pod(&mut self, before: Option<&Pod>, after: &Pod, tokens: &mut Vec<String>) {
        let Some(before) = before else {
            tokens.push(self.created(after));
            return;
        };
        let name = self.pod_token(after);
        let owner = |pod: &Pod| pod.metadata.controller().map(|owner| format!("{}/{}", owner.kind, owner.name));
        if owner(before) != owner(after) {
            tokens.push(format!("{name}:owner={}", owner(after).unwrap_or_else(|| "<nil>".into())));
        }
        if let (None, Some(node)) = (before.node(), after.node()) {
            tokens.push(format!("{name}>{node}"));
        }
        if !before.is_terminating() && after.is_terminating() {
            tokens.push(format!("~{name}"));
        }
        if !after.is_terminating()
            && let Some(word) = status(before, after)
        {
            tokens.push(format!("{name}:{word}"));
        }
    }

    fn created(&mut self, pod: &Pod) -> String {
        let owner = pod.metadata.controller();
        let generated = owner.is_some_and(|owner| owner.kind != Kind::StatefulSet.as_str());
        if let Some(owner) = owner.filter(|_| generated) {
            let number = self.generated.entry(owner.name.clone()).or_default();
            *number += 1;
            self.pod_tokens.insert(pod.metadata.uid, format!("{}#{number}", owner.name));
        }
        let label = pod.metadata.labels.get(REVISION_LABEL);
        let revision = label.and_then(|label| {
            let by_hash = owner.and_then(|owner| self.revision_tokens.get(&format!("{}/{label}", owner.name)));
            by_hash.or_else(|| self.revision_tokens.get(label))
        });
        let revision = revision.or_else(|| self.replica_sets.get(&owner?.uid));
        let revision = revision.map(|token| format!("@{token}")).unwrap_or_default();
        format!("+{}{revision}", self.pod_token(pod))
    }
}

/// What changed in a pod's status, in one word; Ready in the same write as Running is just `ready`.
fn status(before: &Pod, after: &Pod) -> Option<String> {
    if before.status.phase != after.status.phase && after.status.phase.is_terminal() {
        return Some(format!("{:?}", after.status.phase));
    }
    if after.is_ready() != before.is_ready() {
        return Some(if after.is_ready() { "ready" } else { "unready" }.into());
    }
    if before.waiting_reason() != after.waiting_reason()
        && let Some(reason) = after.waiting_reason()
    {
        return Some(reason.into());
    }
    if before.status.phase == PodPhase::Pending && after.status.phase == PodPhase::Running {
        return Some("running".into());
    }
    let unschedulable = |pod: &Pod| pod.condition("PodScheduled").is_some_and(|condition| condition.status == "False");
    (unschedulable(after) && !unschedulable(before)).then(|| "unsched".into())
}

fn daemon_set(before: &DaemonSetStatus, after: &DaemonSetStatus, tokens: &mut Vec<String>) {
    let counts = |status: &DaemonSetStatus| {
        (status.desired_number_scheduled, status.current_number_scheduled, status.number_misscheduled)
    };
    let first = before.observed_generation == 0 && after.observed_generation != 0;
    if first || counts(before) != counts(after) {
        let (desired, current, misscheduled) = counts(after);
        tokens.push(format!("[des={desired},cur={current},mis={misscheduled}]"));
    }
}

/// Noted when it is made and when its counts change.
fn autoscaler(before: Option<&HorizontalPodAutoscalerStatus>, after: &HorizontalPodAutoscalerStatus) -> Option<String> {
    let counts = |status: &HorizontalPodAutoscalerStatus| (status.current_replicas, status.desired_replicas);
    let resource = after.current_metrics.iter().find_map(|metric| metric.resource.as_ref());
    let percent = resource.and_then(|resource| resource.current.average_utilization);
    let percent = percent.map_or("<nil>".into(), |percent| format!("{percent}%"));
    let (current, desired) = counts(after);
    (before.map(counts) != Some((current, desired))).then(|| format!("[hpa cur={current} des={desired} cpu={percent}]"))
}

fn node(before: Option<&Node>, after: &Node) -> Option<String> {
    let shown = |node: &Node| {
        let taints: Vec<String> = node.spec.taints.iter().map(|taint| format!("{:?}", taint.to_string())).collect();
        let taints = if taints.is_empty() { "null".into() } else { format!("[{}]", taints.join(",")) };
        let ready = node.ready_condition().map_or("Unknown", |condition| condition.status.as_str());
        let cordoned = if node.is_cordoned() { ",cordoned" } else { "" };
        format!("{{node {} ready={ready}{cordoned} {taints}}}", node.metadata.name)
    };
    let now = shown(after);
    (before.map(shown).as_ref() != Some(&now)).then_some(now)
}
