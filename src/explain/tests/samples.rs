//! At least one sample of every variant of every reason. Each list is made beside an exhaustive match, so that a variant
//! without a sample does not compile.

use super::world::{agent, agent_object, claim, node, pod, pod_of, step, web, web_with};
use crate::api::{Kind, ObjectRef, PodPhase, Taint, TaintEffect, Time};
use crate::cluster::Change;
use crate::engine::Step;
use crate::reason::*;
use serde_json::json;

macro_rules! samples {
    ($name:ident: $of:ty { $($variant:pat => [$($sample:expr),+ $(,)?],)+ }) => {
        pub(in crate::explain::tests) fn $name() -> Vec<$of> {
            fn covers(sample: &$of) -> bool {
                match sample { $($variant => true,)+ }
            }
            let mut samples: Vec<$of> = vec![];
            $($(
                let sample: $of = $sample;
                assert!(matches!(&sample, $variant), "{sample:?} is listed under another variant");
                assert!(covers(&sample));
                samples.push(sample);
            )+)+
            samples
        }
    };
}

mod autoscaler;
mod deployment;
mod disruption;
mod endpoints;
mod kubelet;
mod node;
mod obstacle;
mod process;
mod replica_set;
mod scheduler;
mod storage;

pub(in crate::explain::tests) use obstacle::{absences, causes, node_lacks, pod_lacks, remedies, traps};

fn pods(names: &[&str]) -> Vec<ObjectRef> {
    names.iter().map(|name| pod(name)).collect()
}

fn text(words: &str) -> String {
    words.into()
}

fn taint() -> Taint {
    Taint { key: "gpu".into(), value: "yes".into(), effect: TaintEffect::NoExecute, time_added: None }
}

samples! {
    lacks: Lack {
        Lack::Unscheduled => [Lack::Unscheduled],
        Lack::NotRunning { .. } => [
            Lack::NotRunning { waiting: None },
            Lack::NotRunning { waiting: Some("ImagePullBackOff".into()) },
        ],
        Lack::NotReady { .. } => [
            Lack::NotReady { waiting: None },
            Lack::NotReady { waiting: Some("CrashLoopBackOff".into()) },
        ],
        Lack::NotAvailable { .. } => [Lack::NotAvailable { until: Time(12_000), min_ready_seconds: 10 }],
        Lack::Terminating => [Lack::Terminating],
    }
}

samples! {
    helds: Held {
        Held::Creation(_) => [Held::Creation(pod("web-2"))],
        Held::ScaleDown(_) => [Held::ScaleDown(pod("web-3"))],
        Held::Update(_) => [Held::Update(pod("web-0"))],
        Held::Completion => [Held::Completion],
    }
}

samples! {
    asides: Aside {
        Aside::NewRevision { .. } => [
            Aside::NewRevision { name: text("web-7c9"), number: 1 },
            Aside::NewRevision { name: text("web-5d8"), number: 2 },
        ],
        Aside::RolledBack { .. } => [Aside::RolledBack { name: text("web-7c9"), number: 3 }],
        Aside::Adopted(_) => [Aside::Adopted(pods(&["web-0", "web-1"]))],
        Aside::Released(_) => [Aside::Released(pods(&["web-1"]))],
        Aside::IdentityRestored(_) => [Aside::IdentityRestored(pods(&["web-1"]))],
        Aside::ForeignClaims(_) => [Aside::ForeignClaims(vec![claim("data-web-1")])],
        Aside::Completed { .. } => [Aside::Completed { revision: text("web-5d8") }],
    }
}

fn create(pods: Vec<ObjectRef>, after: Option<ObjectRef>, ordered: bool, held_back: bool) -> StatefulSetAct {
    let claims = pods.iter().map(|pod| claim(&format!("data-{}", pod.name()))).collect();
    let (new_claims, kept_claims) = if held_back { (vec![], claims) } else { (claims, vec![]) };
    let revision = text(if held_back { "web-7c9" } else { "web-5d8" });
    StatefulSetAct::CreatePods { pods, new_claims, kept_claims, after, revision, held_back, ordered }
}

fn update(pods: Vec<ObjectRef>) -> StatefulSetAct {
    StatefulSetAct::UpdatePods { pods, from: text("web-7c9"), to: text("web-5d8"), updated: 1, replicas: 3 }
}

fn surplus(names: &[&str], deletes_claims: bool) -> StatefulSetAct {
    StatefulSetAct::DeleteSurplus {
        pods: pods(names),
        replicas: 3,
        kept_claims: names.iter().map(|name| claim(&format!("data-{name}"))).collect(),
        deletes_claims,
    }
}

samples! {
    stateful_set_acts: StatefulSetAct {
        StatefulSetAct::CreatePods { .. } => [
            create(pods(&["web-0"]), None, true, false),
            create(pods(&["web-1"]), Some(pod("web-0")), true, false),
            create(pods(&["web-0"]), None, true, true),
            StatefulSetAct::CreatePods {
                pods: pods(&["web-1"]),
                new_claims: vec![],
                kept_claims: vec![claim("data-web-1")],
                after: Some(pod("web-0")),
                revision: text("web-5d8"),
                held_back: false,
                ordered: true,
            },
            create(pods(&["web-0", "web-1", "web-2"]), None, false, false),
            create(pods(&["web-0", "web-1", "web-2", "web-3", "web-4", "web-5"]), None, false, false),
        ],
        StatefulSetAct::WaitForPod { .. } => [
            StatefulSetAct::WaitForPod { pod: pod("web-1"), lack: Lack::Terminating, held: Held::Creation(pod("web-1")) },
            StatefulSetAct::WaitForPod {
                pod: pod("web-2"),
                lack: Lack::NotReady { waiting: Some(text("CrashLoopBackOff")) },
                held: Held::Update(pod("web-2")),
            },
            StatefulSetAct::WaitForPod { pod: pod("web-4"), lack: Lack::Terminating, held: Held::ScaleDown(pod("web-3")) },
            StatefulSetAct::WaitForPod {
                pod: pod("web-4"),
                lack: Lack::NotReady { waiting: None },
                held: Held::ScaleDown(pod("web-4")),
            },
        ],
        StatefulSetAct::DeleteSurplus { .. } => [
            surplus(&["web-3"], false),
            surplus(&["web-3"], true),
            surplus(&["web-6", "web-5", "web-4", "web-3"], false),
        ],
        StatefulSetAct::ReplaceEnded { .. } => [
            StatefulSetAct::ReplaceEnded { pod: pod("web-1"), phase: PodPhase::Failed },
        ],
        StatefulSetAct::UpdatePods { .. } => [
            update(pods(&["web-2"])),
            update(pods(&["web-0"])),
            update(pods(&["web-2", "web-1"])),
            update(pods(&["web-4", "web-3", "web-2", "web-1"])),
        ],
        StatefulSetAct::ClaimTerminating { .. } => [
            StatefulSetAct::ClaimTerminating { pod: pod("web-1"), claim: claim("data-web-1") },
        ],
        StatefulSetAct::ClaimStale { .. } => [
            StatefulSetAct::ClaimStale { pod: pod("web-1"), claim: claim("data-web-1") },
        ],
        StatefulSetAct::NameTaken { .. } => [StatefulSetAct::NameTaken { pod: pod("web-1") }],
        StatefulSetAct::PodRefused { .. } => [StatefulSetAct::PodRefused {
            pod: pod("web-0"),
            label: text("controller-revision-hash"),
            value: format!("{}-6ww752rj6v", "w".repeat(53)),
        }],
        StatefulSetAct::WaitForManualDelete { .. } => [
            StatefulSetAct::WaitForManualDelete { pods: pods(&["web-0", "web-1", "web-2"]), to: text("web-5d8") },
            StatefulSetAct::WaitForManualDelete { pods: pods(&["web-0"]), to: text("web-5d8") },
        ],
        StatefulSetAct::HeldByPartition { .. } => [
            StatefulSetAct::HeldByPartition { pods: pods(&["web-0", "web-1"]), partition: 2 },
            StatefulSetAct::HeldByPartition { pods: pods(&["web-0", "web-1", "web-2", "web-3"]), partition: 4 },
        ],
        StatefulSetAct::BeingDeleted => [StatefulSetAct::BeingDeleted],
        StatefulSetAct::Settled { .. } => [
            StatefulSetAct::Settled { replicas: 3 },
            StatefulSetAct::Settled { replicas: 1 },
            StatefulSetAct::Settled { replicas: 0 },
        ],
        StatefulSetAct::RecordStatus => [StatefulSetAct::RecordStatus],
    }
}

samples! {
    refusals: Refusal {
        Refusal::NodeName(_) => [Refusal::NodeName(text("worker-1"))],
        Refusal::NodeSelector { .. } => [
            Refusal::NodeSelector { key: text("disk"), wanted: text("ssd"), found: Some(text("hdd")) },
            Refusal::NodeSelector { key: text("disk"), wanted: text("ssd"), found: None },
        ],
        Refusal::NodeAffinity => [Refusal::NodeAffinity],
        Refusal::Taint(_) => [Refusal::Taint(taint())],
    }
}

samples! {
    fates: DaemonPodFate {
        DaemonPodFate::NodeRefuses(_) => [DaemonPodFate::NodeRefuses(Refusal::Taint(taint()))],
        DaemonPodFate::NodeGone => [DaemonPodFate::NodeGone],
        DaemonPodFate::Ended => [DaemonPodFate::Ended],
        DaemonPodFate::Excess => [DaemonPodFate::Excess],
        DaemonPodFate::Outdated => [DaemonPodFate::Outdated],
        DaemonPodFate::OutdatedUnavailable => [DaemonPodFate::OutdatedUnavailable],
        DaemonPodFate::Surpassed => [DaemonPodFate::Surpassed],
    }
}

fn deletion(fate: DaemonPodFate) -> DaemonDeletion {
    DaemonDeletion { pod: pod("agent-x7k2p"), node: text("worker-1"), fate }
}

fn manage(created_on: &[&str], deleted: Vec<DaemonDeletion>, surge: i64) -> DaemonSetAct {
    let created_on = created_on.iter().map(|name| text(name)).collect();
    DaemonSetAct::Manage { created_on, deleted, desired: 3, nodes: 4, surge }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| text(name)).collect()
}

samples! {
    daemon_set_acts: DaemonSetAct {
        DaemonSetAct::Manage { .. } => [
            manage(&["worker-1", "worker-2", "worker-3"], vec![], 0),
            manage(&["worker-2"], vec![], 0),
            manage(&["worker-1"], vec![], 1),
            manage(&["worker-2"], vec![deletion(DaemonPodFate::Surpassed)], 1),
            manage(&[], vec![deletion(DaemonPodFate::Outdated); 2], 0),
        ],
        DaemonSetAct::WaitForAvailable { .. } => [
            DaemonSetAct::WaitForAvailable { nodes: names(&["worker-1"]), budget: 1, surge: false, outdated: 2 },
            DaemonSetAct::WaitForAvailable { nodes: names(&["worker-1", "worker-2"]), budget: 2, surge: true, outdated: 1 },
            DaemonSetAct::WaitForAvailable { nodes: vec![], budget: 1, surge: false, outdated: 1 },
        ],
        DaemonSetAct::WaitForManualDelete { .. } => [
            DaemonSetAct::WaitForManualDelete { outdated: 3 },
            DaemonSetAct::WaitForManualDelete { outdated: 1 },
        ],
        DaemonSetAct::WaitForReady { .. } => [
            DaemonSetAct::WaitForReady { nodes: names(&["worker-1"]) },
            DaemonSetAct::WaitForReady { nodes: names(&["worker-1", "worker-2"]) },
        ],
        DaemonSetAct::Settled { .. } => [
            DaemonSetAct::Settled { desired: 3, refused: 1 },
            DaemonSetAct::Settled { desired: 1, refused: 0 },
            DaemonSetAct::Settled { desired: 0, refused: 4 },
        ],
        DaemonSetAct::BeingDeleted => [DaemonSetAct::BeingDeleted],
        DaemonSetAct::RecordStatus => [DaemonSetAct::RecordStatus],
    }
}

samples! {
    garbage_reasons: GarbageReason {
        GarbageReason::OwnerGone { .. } => [
            GarbageReason::OwnerGone { object: pod("web-0"), owner: web() },
            GarbageReason::OwnerGone { object: claim("data-web-2"), owner: pod("web-2") },
        ],
        GarbageReason::ForegroundDependent { .. } => [
            GarbageReason::ForegroundDependent { object: pod("web-0"), owner: web() },
        ],
        GarbageReason::WaitsForDependents { .. } => [
            GarbageReason::WaitsForDependents { owner: web(), left: 3 },
            GarbageReason::WaitsForDependents { owner: web(), left: 1 },
        ],
        GarbageReason::OwnerReleased { .. } => [GarbageReason::OwnerReleased { owner: web() }],
        GarbageReason::Orphaned { .. } => [
            GarbageReason::Orphaned { owner: web(), dependents: pods(&["web-0", "web-1", "web-2"]) },
        ],
        GarbageReason::NodeGone { .. } => [GarbageReason::NodeGone { pod: pod("web-0"), node: text("worker-9") }],
        GarbageReason::OutOfService { .. } => [
            GarbageReason::OutOfService { pod: pod("web-0"), node: text("worker-1") },
        ],
        GarbageReason::Unscheduled { .. } => [GarbageReason::Unscheduled { pod: pod("web-0") }],
    }
}

fn delete(object: ObjectRef, propagation: Propagation, at_once: bool) -> UserReason {
    UserReason::Delete { object, propagation, at_once }
}

samples! {
    user_reasons: UserReason {
        UserReason::Apply { .. } => [
            UserReason::Apply { objects: vec![(web(), ApplyOutcome::Created)] },
            UserReason::Apply { objects: vec![(web(), ApplyOutcome::Configured), (agent(), ApplyOutcome::Created)] },
            UserReason::Apply { objects: vec![(agent(), ApplyOutcome::Unchanged)] },
        ],
        UserReason::Create { .. } => [UserReason::Create { object: web() }],
        UserReason::Replace { .. } => [UserReason::Replace { object: web() }],
        UserReason::Label { .. } => [UserReason::Label { object: pod("web-1") }],
        UserReason::Annotate { .. } => [UserReason::Annotate { object: web() }],
        UserReason::Scale { .. } => [
            UserReason::Scale { object: web(), from: 3, to: 5 },
            UserReason::Scale { object: web(), from: 3, to: 1 },
        ],
        UserReason::SetImage { .. } => [UserReason::SetImage { object: web(), image: text("nginx:1.28") }],
        UserReason::Patch { .. } => [UserReason::Patch { object: web() }],
        UserReason::RolloutUndo { .. } => [deployment::undo(false), deployment::undo(true)],
        UserReason::RolloutRestart { .. } => [UserReason::RolloutRestart { object: web() }],
        UserReason::RolloutPause { .. } => [UserReason::RolloutPause { object: deployment::shop() }],
        UserReason::RolloutResume { .. } => [UserReason::RolloutResume { object: deployment::shop() }],
        UserReason::Delete { .. } => [
            delete(pod("web-1"), Propagation::Background, false),
            delete(pod("web-1"), Propagation::Background, true),
            delete(claim("data-web-1"), Propagation::Background, false),
            delete(web(), Propagation::Background, true),
            delete(web(), Propagation::Foreground, false),
            delete(agent(), Propagation::Orphan, false),
            delete(ObjectRef::new(Kind::Service, "default", "web"), Propagation::Background, true),
        ],
        UserReason::NodeAdded { .. } => [UserReason::NodeAdded { node: node("worker-4") }],
        UserReason::NodeDeleted { .. } => [UserReason::NodeDeleted { node: node("worker-2") }],
        UserReason::NodeDown { .. } => [
            UserReason::NodeDown {
                node: node("worker-2"),
                silent: true,
                last_heartbeat: Time(20_000),
                judged_at: Time(70_000),
            },
            UserReason::NodeDown {
                node: node("worker-2"),
                silent: false,
                last_heartbeat: Time(20_000),
                judged_at: Time(70_000),
            },
        ],
        UserReason::NodeUp { .. } => [UserReason::NodeUp { node: node("worker-2") }],
        UserReason::NodeLabelled { .. } => [UserReason::NodeLabelled { node: node("worker-2") }],
        UserReason::NodeTainted { .. } => [
            UserReason::NodeTainted { node: node("worker-2"), taints: vec![taint().to_string()] },
            UserReason::NodeTainted { node: node("worker-2"), taints: vec![] },
        ],
        UserReason::Cordon { .. } => [
            UserReason::Cordon { node: node("worker-3"), on: true },
            UserReason::Cordon { node: node("worker-3"), on: false },
        ],
        UserReason::HoldReadiness { .. } => [
            UserReason::HoldReadiness { pod: pod("web-0"), ready: false },
            UserReason::HoldReadiness { pod: pod("web-0"), ready: true },
        ],
        UserReason::EndPod { .. } => [
            UserReason::EndPod { pod: pod("web-1"), phase: PodPhase::Failed },
            UserReason::EndPod { pod: pod("web-1"), phase: PodPhase::Succeeded },
        ],
        UserReason::Process { .. } => [process::crash()],
        UserReason::Images { .. } => [
            UserReason::Images { pattern: text("nginx"), broken: true },
            UserReason::Images { pattern: text("nginx"), broken: false },
        ],
        UserReason::NodePressure { .. } => [process::pressure(NodeResource::Memory, true)],
        UserReason::PodCondition { .. } => [
            UserReason::PodCondition { pod: pod("web-1"), condition: text("example.com/balanced"), on: true },
            UserReason::PodCondition { pod: pod("web-1"), condition: text("example.com/balanced"), on: false },
        ],
        UserReason::Evict { .. } => [
            UserReason::Evict { pod: pod("web-1"), grant: EvictionGrant::NoBudget, draining: None },
            UserReason::Evict { pod: pod("web-1"), grant: EvictionGrant::NotRunning, draining: Some(node("worker-2")) },
        ],
        UserReason::EvictionRefused { .. } => [
            UserReason::EvictionRefused {
                pod: pod("web-1"),
                refusal: disruption::refusals().remove(0),
                draining: Some(node("worker-2")),
            },
        ],
        UserReason::DrainStarted { .. } => [
            UserReason::DrainStarted {
                node: node("worker-2"),
                pods: pods(&["web-1"]),
                warnings: vec![text("ignoring DaemonSet-managed Pods: default/agent-x7k2p")],
            },
            UserReason::DrainStarted { node: node("worker-2"), pods: vec![], warnings: vec![] },
        ],
        UserReason::DrainEnded { .. } => [
            UserReason::DrainEnded { node: node("worker-2"), gone: 2, left: vec![] },
            UserReason::DrainEnded { node: node("worker-2"), gone: 1, left: pods(&["web-1"]) },
        ],
        UserReason::LoadSet { .. } => [
            UserReason::LoadSet { measured: text("cpu"), of: Some(text("app=web")), amount: Some(text("1200m")), shared: true },
            UserReason::LoadSet { measured: text("queue"), of: None, amount: Some(text("30")), shared: false },
            UserReason::LoadSet { measured: text("cpu"), of: Some(text("app=web")), amount: None, shared: false },
        ],
        UserReason::KubeletChanged => [UserReason::KubeletChanged],
        UserReason::ClusterStarted { .. } => [UserReason::ClusterStarted { nodes: 4, played_kubelets: false }],
        UserReason::Refused { .. } => [UserReason::Refused {
            message: text("The StatefulSet \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"),
        }],
    }
}

/// The step of an act of `web`.
pub(super) fn web_step(act: StatefulSetAct, asides: Vec<Aside>) -> Step {
    step(Reason::StatefulSet(StatefulSetReason { set: web(), act, asides }))
}

/// The step of an act of `agent`.
pub(super) fn agent_step(act: DaemonSetAct) -> Step {
    step(Reason::DaemonSet(DaemonSetReason { set: agent(), act, new_revision: None }))
}

macro_rules! reasons {
    ($($variant:ident => $steps:expr,)+) => {
        /// A step for each sample, by the actor's reason.
        pub(super) fn all() -> Vec<(&'static str, Vec<Step>)> {
            fn covers(reason: &Reason) {
                match reason { $(Reason::$variant(_) => {})+ }
            }
            let all: Vec<(&'static str, Vec<Step>)> = vec![$((stringify!($variant), $steps)),+];
            all.iter().flat_map(|(_, steps)| steps).for_each(|step| covers(&step.reason));
            all
        }
    };
}

reasons! {
    User => user_steps(),
    StatefulSet => stateful_set_steps(),
    DaemonSet => daemon_set_steps(),
    Deployment => deployment::steps(),
    ReplicaSet => replica_set::steps(),
    Autoscaler => autoscaler::steps(),
    Disruption => disruption::steps(),
    Endpoints => endpoints::steps(),
    Scheduler => scheduler::steps(),
    Kubelet => kubelet::steps(),
    Volume => storage::steps(),
    Garbage => garbage_steps(),
    Node => node::steps(),
}

fn user_steps() -> Vec<Step> {
    let mut reasons = user_reasons();
    reasons.extend(process::reasons());
    let pod = || pod("web-1");
    reasons.extend(disruption::grants().into_iter().map(|grant| UserReason::Evict {
        pod: pod(),
        grant,
        draining: None,
    }));
    let refusals = disruption::refusals().into_iter();
    reasons.extend(refusals.map(|refusal| UserReason::EvictionRefused { pod: pod(), refusal, draining: None }));
    reasons.into_iter().map(|reason| step(Reason::User(reason))).collect()
}

fn stateful_set_steps() -> Vec<Step> {
    let mut steps: Vec<Step> = stateful_set_acts().into_iter().map(|act| web_step(act, vec![])).collect();
    for lack in lacks() {
        for held in helds() {
            let act = StatefulSetAct::WaitForPod { pod: pod("web-1"), lack: lack.clone(), held };
            steps.push(web_step(act, vec![]));
        }
    }
    steps.extend(asides().into_iter().map(|aside| web_step(StatefulSetAct::RecordStatus, vec![aside])));
    let mut recorded = web_step(StatefulSetAct::RecordStatus, vec![]);
    recorded.changes.push(Change { before: None, after: Some(web_with(json!({}))) });
    steps.push(recorded);
    steps.push(web_step(
        StatefulSetAct::CreatePods {
            pods: vec![pod("web-0")],
            new_claims: vec![],
            kept_claims: vec![],
            after: None,
            revision: text("web-7c9"),
            held_back: false,
            ordered: true,
        },
        vec![Aside::NewRevision { name: text("web-7c9"), number: 1 }],
    ));
    steps
}

fn daemon_set_steps() -> Vec<Step> {
    let mut steps: Vec<Step> = daemon_set_acts().into_iter().map(agent_step).collect();
    steps.extend(fates().into_iter().map(|fate| agent_step(manage(&[], vec![deletion(fate)], 0))));
    let refused = refusals().into_iter().map(DaemonPodFate::NodeRefuses);
    steps.extend(refused.map(|fate| agent_step(manage(&[], vec![deletion(fate)], 0))));
    let mut recorded = agent_step(DaemonSetAct::RecordStatus);
    recorded.changes.push(Change { before: None, after: Some(agent_object()) });
    steps.push(recorded);
    let act = manage(&["worker-1"], vec![], 0);
    let new_revision = Some(text("agent-6f4"));
    steps.push(step(Reason::DaemonSet(DaemonSetReason { set: agent(), act, new_revision })));
    steps
}

fn garbage_steps() -> Vec<Step> {
    let mut steps: Vec<Step> = garbage_reasons().into_iter().map(|reason| step(Reason::Garbage(reason))).collect();
    let mut kept = step(Reason::Garbage(GarbageReason::OwnerGone { object: pod("web-0"), owner: agent() }));
    let object = pod_of(&web(), "web-0", "worker-1", "nginx:1.27", 1);
    kept.changes.push(Change { before: Some(object.clone()), after: Some(object) });
    steps.push(kept);
    steps
}
