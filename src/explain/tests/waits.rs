//! Who waits now.

use super::samples::{agent_step, web_step};
use super::world::{node, pod, pod_of, step, web};
use crate::api::ObjectRef;
use crate::cluster::Change;
use crate::engine::Step;
use crate::explain::Waits;
use crate::reason::{
    DaemonSetAct, Held, KubeletReason, Lack, NodeReason, Reason, SchedulerReason, StatefulSetAct, UserReason,
};

fn unschedulable(name: &str) -> Step {
    let reason = SchedulerReason::Unschedulable {
        pod: pod(name),
        message: String::new(),
        refusals: vec![],
        waits_for_claims: false,
    };
    step(Reason::Scheduler(reason))
}

fn web_waits_for(name: &str) -> Step {
    let held = Held::Creation(pod("web-2"));
    web_step(StatefulSetAct::WaitForPod { pod: pod(name), lack: Lack::NotReady { waiting: None }, held }, vec![])
}

/// The waits after all of some steps. At every moment on the way the index says what it would say of the steps until then.
fn standing_waits(steps: &[Step]) -> Vec<&Step> {
    let whole = Waits::of(steps);
    for position in 0..=steps.len() {
        let until = &steps[..position];
        assert_eq!(whole.standing(steps, position), Waits::of(until).standing(until, position), "after {position}");
    }
    whole.standing(steps, steps.len())
}

fn subjects(steps: &[Step]) -> Vec<String> {
    standing_waits(steps).iter().filter_map(|step| step.reason.subject().map(ObjectRef::to_string)).collect()
}

#[test]
fn a_wait_stands_until_its_actor_says_something_else() {
    let settled = web_step(StatefulSetAct::Settled { replicas: 3 }, vec![]);
    let started = KubeletReason::Started { pod: pod("web-1"), node: "worker-1".into(), ready: true, probed: false };
    let steps = [web_waits_for("web-0"), web_waits_for("web-1"), step(Reason::Kubelet(started)), settled];
    assert_eq!(standing_waits(&steps[..3]), [&steps[1]]);
    assert!(standing_waits(&steps).is_empty());
}

#[test]
fn a_set_that_writes_its_counts_waits_on() {
    let steps = [web_waits_for("web-0"), web_step(StatefulSetAct::RecordStatus, vec![])];
    assert_eq!(standing_waits(&steps), [&steps[0]]);
}

#[test]
fn a_set_that_is_settled_or_being_deleted_rests() {
    let steps =
        [web_step(StatefulSetAct::BeingDeleted, vec![]), agent_step(DaemonSetAct::Settled { desired: 3, refused: 1 })];
    assert!(standing_waits(&steps).is_empty());
}

#[test]
fn waits_come_in_the_order_of_their_objects() {
    let partition = web_step(StatefulSetAct::HeldByPartition { pods: vec![pod("web-0")], partition: 1 }, vec![]);
    let steps = [unschedulable("b"), partition, unschedulable("a"), agent_step(DaemonSetAct::RecordStatus)];
    assert_eq!(subjects(&steps), ["StatefulSet/web", "Pod/a", "Pod/b"]);
}

#[test]
fn nobody_waits_for_what_is_gone() {
    let mut removal = step(Reason::User(UserReason::Patch { object: web() }));
    let object = pod_of(&web(), "web-1", "", "nginx", 1);
    removal.changes.push(Change { before: Some(object), after: None });
    let again = unschedulable("web-1");
    assert!(subjects(&[unschedulable("web-1"), removal.clone()]).is_empty());
    assert_eq!(subjects(&[unschedulable("web-1"), removal, again]), ["Pod/web-1"]);
}

#[test]
fn another_actor_does_not_end_a_wait() {
    let tainted = step(Reason::Node(NodeReason::UnschedulableTaint { node: node("worker-1"), added: true }));
    let ready = KubeletReason::BecameUnready { pod: pod("web-1"), node: "worker-1".into() };
    assert_eq!(subjects(&[unschedulable("web-1"), tainted, step(Reason::Kubelet(ready))]), ["Pod/web-1"]);
}

#[test]
fn many_waits_are_found_at_every_moment_of_a_long_run() {
    let mut steps: Vec<Step> = (0..700).map(|number| unschedulable(&format!("pod-{number:03}"))).collect();
    let removal = |name: &str| {
        let mut removal = step(Reason::User(UserReason::Patch { object: web() }));
        removal.changes.push(Change { before: Some(pod_of(&web(), name, "", "nginx", 1)), after: None });
        removal
    };
    steps.extend((0..600).map(|number| removal(&format!("pod-{number:03}"))));
    let waits = Waits::of(&steps);
    assert_eq!(waits.standing(&steps, 700).len(), 700);
    assert_eq!(waits.standing(&steps, 513).len(), 513);
    assert_eq!(waits.standing(&steps, 1_030).len(), 370);
    let left = waits.standing(&steps, 1_300);
    assert_eq!((left.len(), left[0].reason.subject()), (100, Some(&pod("pod-600"))));
    assert!(waits.standing(&steps, 0).is_empty());
}
