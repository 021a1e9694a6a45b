//! What is looked at in a cluster, or in one change of it.

use super::story::Story;
use setwise::actor::Actor;
use setwise::api::{Deployment, DeploymentStrategyType, IntOrPercent, Key, Kind, Object, Pod, PodPhase, ReplicaSet};
use setwise::cluster::{Change, Cluster, Requested};
use setwise::controllers::daemon_set::verdict;
use setwise::controllers::stateful_set::ordinal_of;
use setwise::engine::Step;
use setwise::reason::Verdict;
use std::rc::Rc;

fn is_running_and_ready(pod: &Pod) -> bool {
    pod.status.phase == PodPhase::Running && pod.is_ready() && !pod.is_terminating()
}

/// Pods of the ordered set are made one by one, each when all lower ordinals are Running and Ready.
pub fn ordered_creation(before: &Cluster, created: &Pod, story: &Story) {
    let Some(ordinal) = ordinal_of("web", &created.metadata.name).filter(|_| story.ordered) else { return };
    for lower in 0..ordinal {
        let name = format!("web-{lower}");
        let pod = before.pods.get(&Key::new("default", &name));
        assert!(pod.is_some_and(|pod| is_running_and_ready(pod)), "web-{ordinal} was made before {name} was ready");
    }
}

/// A name is given to a pod only when no other has it, and an identity only once.
pub fn one_pod_of_a_name(before: &Cluster, created: &Pod) {
    let key = Key::new(&created.metadata.namespace, &created.metadata.name);
    assert!(before.pods.get(&key).is_none(), "{} exists twice", created.metadata.name);
    assert!(before.pods.iter().all(|pod| pod.metadata.uid != created.metadata.uid));
}

/// A claim that a pod uses is there for as long as the pod is.
pub fn claims_outlive_pods(before: &Cluster, change: &Change) {
    let (Some(Object::PersistentVolumeClaim(claim)), None) = (&change.before, &change.after) else { return };
    let key = Key::new(&claim.metadata.namespace, &claim.metadata.name);
    let users: Vec<_> = before.pods_using(&key).filter(|pod| pod.node().is_some()).collect();
    assert!(users.is_empty(), "{} went before {}", key.name, users[0].metadata.name);
}

/// Nothing in these stories asks for claims to go, so none does.
pub fn claims_stay(change: &Change) {
    assert!(!matches!((&change.before, &change.after), (Some(Object::PersistentVolumeClaim(_)), None)));
}

pub fn capacity(cluster: &Cluster) {
    for node in cluster.nodes.iter() {
        let requested = cluster.requested_on(&node.metadata.name);
        assert!(requested.cpu_milli <= node.allocatable_cpu_milli(), "{} is overbooked", node.metadata.name);
        assert!(requested.pods <= node.allocatable_pods());
        let counted: i64 = (cluster.pods_on(&node.metadata.name))
            .filter(|pod| !pod.status.phase.is_terminal())
            .map(|pod| Requested::of(pod).cpu_milli)
            .sum();
        assert_eq!(requested.cpu_milli, counted, "the index agrees with the pods on {}", node.metadata.name);
    }
}

/// A pod of a DaemonSet is made only for a node that it may run on.
pub fn daemon_pod_is_welcome(before: &Cluster, created: &Pod) {
    let owner = created.metadata.controller().filter(|owner| owner.kind == Kind::DaemonSet.as_str());
    let Some(set) = owner.and_then(|owner| before.daemon_sets.iter().find(|set| set.metadata.uid == owner.uid)) else {
        return;
    };
    let target = created.spec.pinned_node().and_then(|name| before.node(name)).expect("it is made for a node");
    assert!(matches!(verdict(set, target), Verdict::Runs { .. }), "a daemon pod on {}", target.metadata.name);
}

/// Once nothing is left to happen there is one living pod of the set for every eligible node, on it or waiting for room
/// there, and no other node has one that may not stay.
pub fn daemon_pods(cluster: &Cluster) {
    let Some(set) = cluster.daemon_sets.iter().next() else { return };
    for node in cluster.nodes.iter() {
        let is_agent = |pod: &&Rc<Pod>| pod.metadata.controller().is_some_and(|owner| owner.uid == set.metadata.uid);
        let is_for_node = |pod: &&Rc<Pod>| {
            let spec = &pod.spec;
            spec.node_name.as_deref().or_else(|| spec.pinned_node()) == Some(node.metadata.name.as_str())
        };
        let agents = cluster.pods.iter().filter(is_agent).filter(is_for_node);
        let living = agents.filter(|pod| !pod.is_terminating()).count();
        match verdict(set, node) {
            // While an update is stuck, a surging pod may stand beside the old one.
            Verdict::Runs { .. } => assert!((1..=2).contains(&living), "{} runs {living} agents", node.metadata.name),
            Verdict::Keeps(_) => assert!(living <= 2),
            Verdict::Refuses(_) => assert_eq!(living, 0, "{} runs no agent", node.metadata.name),
        }
    }
}

fn replicas(set: &ReplicaSet) -> i32 {
    set.spec.replicas.unwrap_or(1)
}

fn sets_of<'a>(cluster: &'a Cluster, deployment: &Deployment) -> Vec<&'a Rc<ReplicaSet>> {
    let is_owned =
        |set: &&Rc<ReplicaSet>| set.metadata.controller().is_some_and(|owner| owner.uid == deployment.metadata.uid);
    cluster.replica_sets.iter().filter(is_owned).collect()
}

fn number(value: Option<IntOrPercent>) -> i32 {
    match value {
        Some(IntOrPercent::Int(value)) => i32::try_from(value).unwrap(),
        other => panic!("{other:?} is not in these stories"),
    }
}

/// What a Deployment does to its ReplicaSets never asks for more than `replicas + maxSurge` pods, and never takes available
/// pods below `replicas - maxUnavailable`.
pub fn rollout_stays_in_bounds(before: &Cluster, after: &Cluster, step: &Step) {
    if step.actor != Actor::DeploymentController {
        return;
    }
    let Some(deployment) = after.deployments.iter().next() else { return };
    if deployment.spec.strategy.kind == Some(DeploymentStrategyType::Recreate) {
        return;
    }
    let wanted = deployment.spec.replicas.unwrap_or(1);
    let rolling = deployment.spec.strategy.rolling_update.as_ref().expect("a rolling update");
    let surge = number(rolling.max_surge);
    let unavailable = number(rolling.max_unavailable).min(wanted);
    let total = |sets: &[&Rc<ReplicaSet>]| sets.iter().map(|set| replicas(set)).sum::<i32>();
    let (was, is) = (sets_of(before, deployment), sets_of(after, deployment));
    assert!(total(&is) <= total(&was).max(wanted + surge), "{} pods of {wanted} + {surge}", total(&is));
    // A ReplicaSet deletes what is not Ready first, so that many of its available pods stay.
    let available =
        |sets: &[&Rc<ReplicaSet>]| sets.iter().map(|set| set.status.available_replicas.min(replicas(set))).sum::<i32>();
    let least = available(&was).min(wanted - unavailable);
    assert!(available(&is) >= least, "{} available, {least} wanted: {step:?}", available(&is));
}

/// Once nothing is left to happen a Deployment has no more living pods than it may have.
pub fn deployment_pods(cluster: &Cluster) {
    for set in cluster.replica_sets.iter() {
        let active = (cluster.pods_of(set.metadata.uid))
            .filter(|pod| !pod.is_terminating() && !pod.status.phase.is_terminal())
            .count();
        assert_eq!(i32::try_from(active).unwrap(), replicas(set), "{}", set.metadata.name);
    }
}
