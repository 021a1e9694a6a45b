//! Which rule a reason rests on. No wildcard for reasons: a new one has to say its rule.

use super::*;
use crate::api::{Kind, ObjectRef};
use crate::explain::scope::Scope;
use crate::reason::{
    Aside, DaemonPodFate, DaemonSetAct, DaemonSetReason, GarbageReason, Held, Lack, NodeReason, Propagation, Reason,
    Refusal, StatefulSetAct, StatefulSetReason, UserReason, VolumeReason,
};

/// The rule behind a step; none for most of what a user does.
pub(in crate::explain) fn rule_of(scope: Scope<'_>) -> Option<&'static Rule> {
    match &scope.step.reason {
        Reason::User(reason) => user(reason),
        Reason::StatefulSet(reason) => Some(stateful_set(reason, scope)),
        Reason::DaemonSet(reason) => Some(daemon_set(reason, scope)),
        Reason::Deployment(reason) => Some(deployment::rule_of(reason)),
        Reason::ReplicaSet(reason) => Some(replica_set::rule_of(reason)),
        Reason::Autoscaler(reason) => Some(autoscaler::rule_of(reason)),
        Reason::Disruption(reason) => Some(disruption::rule_of(reason)),
        Reason::Endpoints(reason) => Some(endpoints::rule_of(reason)),
        Reason::Scheduler(reason) => Some(scheduler::rule_of(reason)),
        Reason::Kubelet(reason) => Some(kubelet::rule_of(reason)),
        Reason::Volume(reason) => Some(volume(reason)),
        Reason::Garbage(reason) => Some(garbage(reason)),
        Reason::Node(reason) => Some(node(reason)),
    }
}

fn user(reason: &UserReason) -> Option<&'static Rule> {
    match reason {
        UserReason::Delete { object, propagation, .. } => match object.kind {
            Kind::Pod => Some(&TERMINATION),
            Kind::PersistentVolumeClaim => Some(&IN_USE_PROTECTION),
            Kind::StatefulSet | Kind::DaemonSet | Kind::Deployment | Kind::ReplicaSet => Some(match propagation {
                Propagation::Background => &BACKGROUND,
                Propagation::Foreground => &FOREGROUND,
                Propagation::Orphan => &ORPHANS,
            }),
            Kind::Node
            | Kind::StorageClass
            | Kind::PriorityClass
            | Kind::PersistentVolume
            | Kind::Service
            | Kind::EndpointSlice
            | Kind::HorizontalPodAutoscaler
            | Kind::PodDisruptionBudget
            | Kind::ControllerRevision => None,
        },
        UserReason::RolloutUndo { object, .. } if object.kind == Kind::Deployment => Some(&deployment::ROLLBACK),
        UserReason::RolloutPause { .. } | UserReason::RolloutResume { .. } => Some(&deployment::PAUSED),
        UserReason::Cordon { .. } => Some(&CORDON),
        UserReason::Evict { .. } | UserReason::EvictionRefused { .. } => Some(&disruption::EVICTION),
        UserReason::DrainStarted { .. } | UserReason::DrainEnded { .. } => Some(&disruption::DRAIN),
        UserReason::LoadSet { .. } => Some(&autoscaler::METRICS),
        UserReason::NodeTainted { .. } => Some(&SCHEDULER_TAINTS),
        UserReason::HoldReadiness { .. } => Some(&READINESS),
        UserReason::EndPod { .. } => Some(&POD_PHASE),
        UserReason::Process { change, .. } => Some(kubelet::rule_of_process(*change)),
        UserReason::Images { .. } => Some(&IMAGE_PULL),
        UserReason::NodeDown { .. } => Some(&node::HEARTBEATS),
        UserReason::NodePressure { .. } => Some(&kubelet::NODE_PRESSURE),
        UserReason::PodCondition { .. } => Some(&kubelet::READINESS_GATES),
        UserReason::Apply { .. }
        | UserReason::Create { .. }
        | UserReason::Replace { .. }
        | UserReason::Label { .. }
        | UserReason::Annotate { .. }
        | UserReason::Scale { .. }
        | UserReason::SetImage { .. }
        | UserReason::Patch { .. }
        | UserReason::RolloutUndo { .. }
        | UserReason::RolloutRestart { .. }
        | UserReason::NodeAdded { .. }
        | UserReason::NodeDeleted { .. }
        | UserReason::NodeUp { .. }
        | UserReason::NodeLabelled { .. }
        | UserReason::KubeletChanged
        | UserReason::ClusterStarted { .. }
        | UserReason::Refused { .. } => None,
    }
}

fn stateful_set(reason: &StatefulSetReason, scope: Scope<'_>) -> &'static Rule {
    match &reason.act {
        StatefulSetAct::CreatePods { held_back: true, .. } => &PARTITION,
        StatefulSetAct::CreatePods { new_claims, kept_claims, .. }
            if new_claims.is_empty() && !kept_claims.is_empty() =>
        {
            &STABLE_STORAGE
        }
        StatefulSetAct::CreatePods { ordered: true, .. } => &ORDERED_CREATION,
        StatefulSetAct::CreatePods { ordered: false, .. } => &PARALLEL,
        StatefulSetAct::WaitForPod { pod, lack, held } => wait(pod, lack, held, &reason.set, scope),
        StatefulSetAct::DeleteSurplus { deletes_claims: true, .. } => &CLAIM_RETENTION,
        StatefulSetAct::DeleteSurplus { deletes_claims: false, .. } => {
            if scope.is_ordered(&reason.set) {
                &ORDERED_SCALE_DOWN
            } else {
                &PARALLEL
            }
        }
        StatefulSetAct::ReplaceEnded { .. } => &ENDED_POD,
        StatefulSetAct::UpdatePods { .. } => &ROLLING_UPDATE,
        StatefulSetAct::ClaimTerminating { .. } => &IN_USE_PROTECTION,
        StatefulSetAct::ClaimStale { .. } => &CLAIM_RETENTION,
        StatefulSetAct::NameTaken { .. } | StatefulSetAct::PodRefused { .. } => &STABLE_IDENTITY,
        StatefulSetAct::WaitForManualDelete { .. } => &ON_DELETE,
        StatefulSetAct::HeldByPartition { .. } => &PARTITION,
        StatefulSetAct::BeingDeleted if scope.is_orphaning(&reason.set) => &ORPHANS,
        StatefulSetAct::BeingDeleted => &SET_DELETION,
        StatefulSetAct::Settled { .. } => &DESIRED_STATE,
        StatefulSetAct::RecordStatus => match reason.asides.first() {
            None => &STATUS,
            Some(Aside::NewRevision { .. } | Aside::RolledBack { .. }) => &REVISIONS,
            Some(Aside::Adopted(_) | Aside::Released(_)) => &OWNERSHIP,
            Some(Aside::IdentityRestored(_)) => &STABLE_IDENTITY,
            Some(Aside::ForeignClaims(_)) => &CLAIM_RETENTION,
            Some(Aside::Completed { .. }) => &ROLLING_UPDATE,
        },
    }
}

fn wait(pod: &ObjectRef, lack: &Lack, held: &Held, set: &ObjectRef, scope: Scope<'_>) -> &'static Rule {
    match (lack, held) {
        (Lack::NotAvailable { .. }, _) => &MIN_READY_SECONDS,
        (Lack::Terminating, Held::Creation(next)) if next == pod => &STABLE_IDENTITY,
        (_, Held::ScaleDown(_)) => &ORDERED_SCALE_DOWN,
        (_, Held::Update(next)) if next == pod => &STUCK_ROLLOUT,
        (
            Lack::NotRunning { waiting: Some(_) } | Lack::NotReady { waiting: Some(_) },
            Held::Update(_) | Held::Completion,
        ) if scope.is_ordered(set) => &STUCK_ROLLOUT,
        (_, Held::Update(_)) => &ROLLING_UPDATE,
        (_, Held::Completion) if !scope.is_ordered(set) => &PARALLEL,
        (_, Held::Creation(_) | Held::Completion) => &ORDERED_CREATION,
    }
}

fn daemon_set(reason: &DaemonSetReason, scope: Scope<'_>) -> &'static Rule {
    match &reason.act {
        DaemonSetAct::Manage { deleted, .. } => match deleted.first().map(|deletion| &deletion.fate) {
            None => &DAEMON_PER_NODE,
            Some(DaemonPodFate::NodeRefuses(Refusal::Taint(_))) => &DAEMON_TAINTS,
            Some(DaemonPodFate::NodeRefuses(
                Refusal::NodeName(_) | Refusal::NodeSelector { .. } | Refusal::NodeAffinity,
            )) => &DAEMON_ELIGIBILITY,
            Some(DaemonPodFate::NodeGone | DaemonPodFate::Excess) => &DAEMON_PER_NODE,
            Some(DaemonPodFate::Ended) => &DAEMON_ENDED_POD,
            Some(DaemonPodFate::Outdated | DaemonPodFate::OutdatedUnavailable | DaemonPodFate::Surpassed) => {
                &DAEMON_ROLLING_UPDATE
            }
        },
        DaemonSetAct::WaitForAvailable { .. } => &DAEMON_ROLLING_UPDATE,
        DaemonSetAct::WaitForManualDelete { .. } => &DAEMON_ON_DELETE,
        DaemonSetAct::WaitForReady { .. } => &DAEMON_PER_NODE,
        DaemonSetAct::Settled { .. } => &DAEMON_ELIGIBILITY,
        DaemonSetAct::BeingDeleted if scope.is_orphaning(&reason.set) => &ORPHANS,
        DaemonSetAct::BeingDeleted => &BACKGROUND,
        DaemonSetAct::RecordStatus => &STATUS,
    }
}

fn volume(reason: &VolumeReason) -> &'static Rule {
    match reason {
        VolumeReason::Provisioned { .. }
        | VolumeReason::WaitsForProvisioner { .. }
        | VolumeReason::ProvisioningConflict { .. } => &PROVISIONING,
        VolumeReason::Bound { .. } | VolumeReason::NothingToBind { .. } => &BINDING,
        VolumeReason::WaitsForFirstConsumer { .. } => &BINDING_MODE,
        VolumeReason::ClaimInUse { .. } | VolumeReason::ClaimReleased { .. } => &IN_USE_PROTECTION,
        VolumeReason::Reclaimed { .. } => &RECLAIMING,
        VolumeReason::Available { .. } | VolumeReason::Unbound { .. } => &VOLUME_PHASE,
        VolumeReason::NamedVolume { .. } => &storage::RESERVING,
        VolumeReason::SelectorNotProvisioned { .. } => &storage::SELECTOR,
        VolumeReason::DefaultClassGiven { .. } => &storage::DEFAULT_CLASS,
        VolumeReason::Lost { .. } => &storage::LOST,
        VolumeReason::VolumeInUse { .. } | VolumeReason::VolumeRemoved { .. } => &storage::VOLUME_PROTECTION,
        VolumeReason::VolumeGrown { .. } | VolumeReason::AwaitsMount { .. } | VolumeReason::FileSystemGrown { .. } => {
            &storage::EXPANSION
        }
        VolumeReason::MultiAttach { .. } => &storage::MULTI_ATTACH,
    }
}

fn garbage(reason: &GarbageReason) -> &'static Rule {
    match reason {
        GarbageReason::OwnerGone { .. } => &BACKGROUND,
        GarbageReason::ForegroundDependent { .. }
        | GarbageReason::WaitsForDependents { .. }
        | GarbageReason::OwnerReleased { .. } => &FOREGROUND,
        GarbageReason::Orphaned { .. } => &ORPHANS,
        GarbageReason::NodeGone { .. } | GarbageReason::Unscheduled { .. } => &POD_GARBAGE,
        GarbageReason::OutOfService { .. } => &node::OUT_OF_SERVICE,
    }
}

fn node(reason: &NodeReason) -> &'static Rule {
    match reason {
        NodeReason::UnschedulableTaint { .. } => &CORDON,
        NodeReason::ConditionTaints { .. } => &node::CONDITION_TAINTS,
        NodeReason::Lost { .. } => &node::HEARTBEATS,
        NodeReason::DrivesAway { .. } | NodeReason::Recovered { .. } => &node::NOT_READY_TAINTS,
        NodeReason::TaintDelayed { .. } | NodeReason::EvictionsHeld { .. } | NodeReason::EvictionsStopped { .. } => {
            &node::EVICTION_RATE
        }
        NodeReason::EvictionPending { .. }
        | NodeReason::EvictionCancelled { .. }
        | NodeReason::TaintEviction { .. } => &TAINT_EVICTION,
    }
}
