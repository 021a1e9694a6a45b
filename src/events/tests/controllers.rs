//! What controllers tell that seldom happens, one step each.

use super::super::Log;
use crate::actor::Actor;
use crate::api::{Kind, ObjectRef, Time};
use crate::engine::Step;
use crate::reason::{
    Aside, BudgetCounts, DisruptionAct, DisruptionReason, Reason, ReplicaSetAct, ReplicaSetReason, StatefulSetAct,
    StatefulSetReason,
};

fn reference(kind: Kind, name: &str) -> ObjectRef {
    ObjectRef::new(kind, "default", name)
}

/// What one step tells: type, reason, source, object, message.
fn told(actor: Actor, reason: Reason) -> Vec<String> {
    let steps = [Step { at: Time(1_000), actor, changes: vec![], reason, cause: None }];
    let line = |entry: super::super::Entry<'_>| {
        let event = entry.event;
        let name = event.object.name();
        format!("{} {} {} {name}: {}", event.severity.as_str(), event.reason, event.source, event.message)
    };
    Log::of(&steps).at(usize::MAX).map(line).collect()
}

#[test]
fn a_stateful_set_tells_of_refused_pods_restored_labels_and_claims_of_others() {
    let of = |act, asides| {
        let reason = StatefulSetReason { set: reference(Kind::StatefulSet, "web"), act, asides };
        told(Actor::StatefulSetController, Reason::StatefulSet(reason))
    };
    let pod = reference(Kind::Pod, "web-0");
    let claim = reference(Kind::PersistentVolumeClaim, "data-web-0");
    assert_eq!(
        of(StatefulSetAct::ClaimTerminating { pod: pod.clone(), claim: claim.clone() }, vec![]),
        ["Warning FailedCreate statefulset-controller web: Create Pod web-0 in StatefulSet web failed error: pvc \
             data-web-0 is being deleted"]
    );
    assert_eq!(
        of(StatefulSetAct::PodRefused { pod: pod.clone(), label: "l".into(), value: "v".into() }, vec![]),
        ["Warning FailedCreate statefulset-controller web: Create Pod web-0 in StatefulSet web failed error: Pod \
             \"web-0\" is invalid: metadata.labels: Invalid value: \"v\": must be no more than 63 bytes"]
    );
    let asides = vec![Aside::IdentityRestored(vec![pod]), Aside::ForeignClaims(vec![claim])];
    assert_eq!(
        of(StatefulSetAct::RecordStatus, asides),
        [
            "Normal SuccessfulUpdate statefulset-controller web: Update Pod web-0 in StatefulSet web successful",
            "Warning ConflictingController statefulset-controller web: PersistentVolumeClaim data-web-0 has a conflicting \
             OwnerReference that acts as a manging controller, the retention policy is ignored for this claim",
        ]
    );
}

#[test]
fn a_replica_set_tells_of_pods_that_the_api_server_refuses() {
    let act = ReplicaSetAct::CreateRefused { message: "pods \"a\" is forbidden".into(), active: 0, replicas: 1 };
    let set = reference(Kind::ReplicaSet, "app-1");
    let reason = ReplicaSetReason { set, act, adopted: vec![], released: vec![] };
    assert_eq!(
        told(Actor::ReplicaSetController, Reason::ReplicaSet(reason)),
        ["Warning FailedCreate replicaset-controller app-1: Error creating: pods \"a\" is forbidden"]
    );
}

#[test]
fn a_budget_tells_of_what_it_cannot_count_and_of_pods_that_did_not_go() {
    let of = |act| {
        let reason = DisruptionReason { budget: reference(Kind::PodDisruptionBudget, "b"), act };
        told(Actor::DisruptionController, Reason::Disruption(reason))
    };
    assert_eq!(
        of(DisruptionAct::SyncFailed { message: "found no controllers for pod \"p\"".into() }),
        [
            "Warning CalculateExpectedPodCountFailed controllermanager b: Failed to calculate the number of expected pods: \
             found no controllers for pod \"p\""
        ]
    );
    let not_deleted = vec![reference(Kind::Pod, "p")];
    assert_eq!(
        of(DisruptionAct::Recount { counts: BudgetCounts::default(), before: 0, not_deleted }),
        ["Warning NotDeleted controllermanager p: Pod was expected by PDB default/default to be deleted but it wasn't"]
    );
}
