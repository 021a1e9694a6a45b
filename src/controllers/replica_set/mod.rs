//! The ReplicaSet controller. Upstream: `pkg/controller/replicaset/replica_set.go`.

mod ranking;
mod status;

pub use ranking::{DELETION_COST, Decided, Standing, deletion_cost, to_delete};
pub use status::REPLICA_FAILURE;

use crate::actor::{Deletion, Pass, View, Write};
use crate::api::{Key, Object, ObjectMeta, Pod, PodStatus, ReplicaSet, ReplicaSetStatus, Resource};
use crate::controllers::ownership::{Claimed, claim_pods, controller_reference};
use crate::reason::{Reason, ReplicaSetAct, ReplicaSetReason};
use std::rc::Rc;

/// Pods made, or pods deleted, in one sync at most (`BurstReplicas`).
const BURST: usize = 500;

/// Priority classes that every cluster has.
const SYSTEM_CLASSES: [&str; 2] = ["system-cluster-critical", "system-node-critical"];

/// Whether a pod counts: it has not ended and is not terminating (`controller.IsPodActive`).
#[must_use]
pub fn is_active(pod: &Pod) -> bool {
    !pod.status.phase.is_terminal() && !pod.is_terminating()
}

/// One sync of the set of that name (`syncReplicaSet`).
///
/// A terminating pod does not count, so its replacement is made at once. Pods that have ended are left alone: they
/// neither count nor go.
#[must_use]
pub fn sync(view: View<'_>, key: &Key) -> Pass {
    let Some(set) = view.cluster.replica_sets.get(key) else { return Pass::nothing() };
    let Some(selector) = set.spec.selector.as_ref().filter(|selector| !selector.is_empty()) else {
        return Pass::nothing();
    };
    let mut claimed = claim_pods(view, &**set, selector, |pod| !pod.status.phase.is_terminal());
    claimed.released.retain(|pod| !pod.status.phase.is_terminal());
    let (active, terminating): (Vec<Rc<Pod>>, Vec<Rc<Pod>>) =
        claimed.pods.iter().cloned().partition(|pod| !pod.is_terminating());

    let mut writes: Vec<Write> =
        claimed.adopted.iter().chain(&claimed.released).map(|pod| Write::Update(Object::Pod(pod.clone()))).collect();
    let managed =
        if set.metadata.is_terminating() { Managed::nothing() } else { manage(view, set, &active, terminating.len()) };
    writes.extend(managed.writes);

    let status = status::of(view, set, &active, terminating.len(), managed.refused.as_deref());
    let again_at = next_available(view, set, &active);
    let act = managed.act.or_else(|| waiting(view, set, &active, &status));
    let recorded = status != set.status;
    if recorded {
        writes.push(Write::Update(Object::ReplicaSet(Rc::new(ReplicaSet { status, ..(**set).clone() }))));
    }
    let act = match act {
        Some(act) => act,
        None if !writes.is_empty() => ReplicaSetAct::RecordStatus,
        None => return Pass { again_at, ..Pass::nothing() },
    };
    Pass { writes, reason: Some(reason(set, act, &claimed)), again_at }
}

fn reason(set: &ReplicaSet, act: ReplicaSetAct, claimed: &Claimed) -> Reason {
    let references = |pods: &[Rc<Pod>]| pods.iter().map(|pod| pod.reference()).collect();
    Reason::ReplicaSet(ReplicaSetReason {
        set: set.reference(),
        act,
        adopted: references(&claimed.adopted),
        released: references(&claimed.released),
    })
}

/// What a sync does about the number of pods.
struct Managed {
    writes: Vec<Write>,
    act: Option<ReplicaSetAct>,
    refused: Option<String>,
}

impl Managed {
    fn nothing() -> Managed {
        Managed { writes: vec![], act: None, refused: None }
    }
}

/// Makes what is missing, deletes what is too much (`manageReplicas`).
fn manage(view: View<'_>, set: &ReplicaSet, active: &[Rc<Pod>], terminating: usize) -> Managed {
    let replicas = replicas(set);
    let wanted = usize::try_from(replicas).unwrap_or(0);
    if active.len() < wanted {
        let created = (wanted - active.len()).min(BURST);
        if let Some(message) = refusal(view, set) {
            let act = ReplicaSetAct::CreateRefused { message: message.clone(), active: active.len(), replicas };
            return Managed { writes: vec![], act: Some(act), refused: Some(message) };
        }
        let pod = Object::Pod(Rc::new(new_pod(set)));
        let ended = view.cluster.pods_of(set.metadata.uid).filter(|pod| pod.status.phase.is_terminal()).count();
        let writes = std::iter::repeat_n(Write::Create(pod), created).collect();
        let act = ReplicaSetAct::Create { created, active: active.len(), replicas, terminating, ended };
        return Managed { writes, act: Some(act), refused: None };
    }
    let surplus = (active.len() - wanted).min(BURST);
    if surplus == 0 {
        return Managed::nothing();
    }
    let chosen = to_delete(view, set, active, surplus);
    let writes = chosen.iter().map(|(pod, _)| Deletion::of(pod.reference(), pod.metadata.uid)).collect();
    let act = ReplicaSetAct::Delete {
        deleted: chosen.into_iter().map(|(_, deletion)| deletion).collect(),
        active: active.len(),
        replicas,
    };
    Managed { writes, act: Some(act), refused: None }
}

/// What admission says to the set's pods, where it refuses them (`plugin/pkg/admission/priority`).
fn refusal(view: View<'_>, set: &ReplicaSet) -> Option<String> {
    let class = priority_class(set)?;
    let exists = view.cluster.priority_classes.contains(&Key::new("", class));
    let prefix = format!("{}-", set.metadata.name);
    (!exists).then(|| format!("pods \"{prefix}\" is forbidden: no PriorityClass with name {class} was found"))
}

/// The priority class that the set's pods name, where it is not one of those that every cluster has.
#[must_use]
pub fn priority_class(set: &ReplicaSet) -> Option<&str> {
    let class = set.spec.template.spec.priority_class_name.as_deref().filter(|class| !class.is_empty())?;
    (!SYSTEM_CLASSES.contains(&class)).then_some(class)
}

/// A pod from the set's template (`controller_utils.go: GetPodFromTemplate`).
fn new_pod(set: &ReplicaSet) -> Pod {
    let template = &set.spec.template;
    let metadata = ObjectMeta {
        generate_name: Some(format!("{}-", set.metadata.name)),
        namespace: set.metadata.namespace.clone(),
        labels: template.metadata.labels.clone(),
        annotations: template.metadata.annotations.clone(),
        finalizers: template.metadata.finalizers.clone(),
        owner_references: vec![controller_reference(set)],
        ..Default::default()
    };
    Pod { metadata: Rc::new(metadata), spec: Rc::new(template.spec.clone()), status: PodStatus::default() }
}

/// When the next Ready pod becomes available.
fn next_available(view: View<'_>, set: &ReplicaSet, active: &[Rc<Pod>]) -> Option<crate::api::Time> {
    let min_ready_seconds = set.spec.min_ready_seconds.unwrap_or(0);
    active.iter().filter_map(|pod| pod.available_from(min_ready_seconds)).filter(|from| *from > view.now).min()
}

/// What a set without a Deployment waits for when it has the pods that it wants; a Deployment tells that of its own sets.
fn waiting(view: View<'_>, set: &ReplicaSet, active: &[Rc<Pod>], status: &ReplicaSetStatus) -> Option<ReplicaSetAct> {
    if set.metadata.is_terminating() {
        return Some(ReplicaSetAct::BeingDeleted);
    }
    if set.metadata.controller().is_some() {
        return None;
    }
    let min_ready_seconds = set.spec.min_ready_seconds.unwrap_or(0);
    let unavailable = active.iter().find(|pod| !pod.is_available(min_ready_seconds, view.now));
    Some(match unavailable {
        Some(pod) => ReplicaSetAct::WaitForAvailable {
            available: status.available_replicas,
            replicas: replicas(set),
            pod: pod.reference(),
        },
        None => ReplicaSetAct::Settled { replicas: replicas(set) },
    })
}

/// How many pods a set wants.
#[must_use]
pub fn replicas(set: &ReplicaSet) -> i32 {
    set.spec.replicas.unwrap_or(1)
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
