//! Samples of what stands in the way, of what would change it, and of traps.

use super::super::world::{agent, claim, node, pod, volume, web};
use super::{pods, text};
use crate::api::{Kind, ObjectRef, PodPhase, Time};
use crate::engine::StepId;
use crate::obstacle::{Absence, Cause, NodeLack, PodLack, Remedy};
use crate::reason::Refusal;
use crate::trap::Trap;

fn of(kind: Kind, name: &str) -> ObjectRef {
    ObjectRef::new(kind, "default", name)
}

samples! {
    absences: Absence {
        Absence::NotWanted { .. } => [
            Absence::NotWanted { set: web(), ordinals: None },
            Absence::NotWanted { set: web(), ordinals: Some((0, 2)) },
        ],
        Absence::ComesAfter { .. } => [Absence::ComesAfter { set: web(), pod: pod("web-0") }],
        Absence::SetGoes { .. } => [Absence::SetGoes { set: web() }],
        Absence::ComesNext { .. } => [Absence::ComesNext { set: web() }],
        Absence::NobodyMakesIt => [Absence::NobodyMakesIt],
    }
}

samples! {
    pod_lacks: PodLack {
        PodLack::SchedulerToCome => [PodLack::SchedulerToCome],
        PodLack::NodeSilent { .. } => [PodLack::NodeSilent { node: text("worker-1") }],
        PodLack::Stopping { .. } => [PodLack::Stopping { until: Time(30_000) }],
        PodLack::Finalizers(_) => [PodLack::Finalizers(vec![text("example.com/keep")])],
        PodLack::Image { .. } => [PodLack::Image {
            container: text("app"),
            image: text("nginx:nope"),
            reason: text("ImagePullBackOff"),
        }],
        PodLack::Crash { .. } => [
            PodLack::Crash { container: text("app"), exit_code: None, restarts: 0 },
            PodLack::Crash { container: text("app"), exit_code: Some(1), restarts: 4 },
        ],
        PodLack::CannotStart { .. } => [PodLack::CannotStart {
            container: text("app"),
            reason: text("CreateContainerConfigError"),
        }],
        PodLack::Initializing { .. } => [PodLack::Initializing { container: text("init"), number: 1, total: 2 }],
        PodLack::Starting => [PodLack::Starting],
        PodLack::StartupProbe { .. } => [PodLack::StartupProbe { container: text("app") }],
        PodLack::ReadinessProbe { .. } => [
            PodLack::ReadinessProbe { container: text("app"), failed: true },
            PodLack::ReadinessProbe { container: text("app"), failed: false },
        ],
        PodLack::NotReady => [PodLack::NotReady],
        PodLack::Gates(_) => [PodLack::Gates(vec![text("example.com/gate")])],
        PodLack::NotAvailable { .. } => [PodLack::NotAvailable { until: Time(12_300), seconds: 10 }],
        PodLack::Ended { .. } => [
            PodLack::Ended { phase: PodPhase::Failed, reason: Some(text("Evicted")), replaced: false },
            PodLack::Ended { phase: PodPhase::Succeeded, reason: None, replaced: true },
        ],
        PodLack::OldUntilDeleted { .. } => [PodLack::OldUntilDeleted { set: web() }],
        PodLack::OldByPartition { .. } => [PodLack::OldByPartition { set: web(), partition: 2 }],
        PodLack::OldUntilItsTurn { .. } => [PodLack::OldUntilItsTurn { set: web() }],
    }
}

samples! {
    node_lacks: NodeLack {
        NodeLack::Missing => [NodeLack::Missing],
        NodeLack::Silent { .. } => [NodeLack::Silent { since: None }, NodeLack::Silent { since: Some(Time(40_000)) }],
        NodeLack::NotReady { .. } => [
            NodeLack::NotReady { message: None },
            NodeLack::NotReady { message: Some(text("container runtime is down")) },
        ],
        NodeLack::Cordoned => [NodeLack::Cordoned],
        NodeLack::Pressure { .. } => [NodeLack::Pressure { condition: text("MemoryPressure") }],
    }
}

samples! {
    causes: Cause {
        Cause::Told(_) => [Cause::Told(StepId::default())],
        Cause::AboutToLook(_) => [Cause::AboutToLook(StepId::default())],
        Cause::Absent(_) => [Cause::Absent(Absence::NobodyMakesIt)],
        Cause::Pod(_) => [Cause::Pod(PodLack::NotReady)],
        Cause::Node(_) => [Cause::Node(NodeLack::Cordoned)],
        Cause::NodeRefused { .. } => [
            Cause::NodeRefused { refusal: Refusal::NodeAffinity, keeps: true },
            Cause::NodeRefused { refusal: Refusal::NodeName(text("worker-2")), keeps: false },
        ],
        Cause::Finalizers(_) => [Cause::Finalizers(vec![text("example.com/keep")])],
        Cause::BudgetExhausted { .. } => [Cause::BudgetExhausted { healthy: 2, desired: 2 }],
        Cause::Unavailable { .. } => [Cause::Unavailable { available: 1, wanted: 3 }],
        Cause::NoReadyEndpoint => [Cause::NoReadyEndpoint],
        Cause::Missing => [Cause::Missing],
    }
}

samples! {
    remedies: Remedy {
        Remedy::Wait { .. } => [Remedy::Wait { until: None }, Remedy::Wait { until: Some(Time(12_300)) }],
        Remedy::SetImage { .. } => [Remedy::SetImage { workload: web(), container: text("app") }],
        Remedy::UndoRollout { .. } => [Remedy::UndoRollout { workload: web() }],
        Remedy::DeletePod { .. } => [
            Remedy::DeletePod { pod: pod("web-1"), stuck: true },
            Remedy::DeletePod { pod: pod("web-1"), stuck: false },
        ],
        Remedy::AnswerProbe { .. } => [Remedy::AnswerProbe { pod: pod("web-1"), container: text("app") }],
        Remedy::OpenGates(_) => [Remedy::OpenGates(vec![text("example.com/gate")])],
        Remedy::MakeRoom => [Remedy::MakeRoom],
        Remedy::Tolerate { .. } => [
            Remedy::Tolerate { node: None, taint: text("gpu=yes:NoSchedule") },
            Remedy::Tolerate { node: Some(text("worker-1")), taint: text("gpu=yes:NoSchedule") },
        ],
        Remedy::Label { .. } => [Remedy::Label { node: None, key: text("disk"), value: text("ssd") }],
        Remedy::SatisfyFilter { .. } => [Remedy::SatisfyFilter { text: text("1 node(s) were unhappy") }],
        Remedy::RemoveGates { .. } => [Remedy::RemoveGates { pod: pod("web-1") }],
        Remedy::Create(_) => [Remedy::Create(of(Kind::Service, "web"))],
        Remedy::AddVolume { .. } => [Remedy::AddVolume { claim: claim("data-web-0") }],
        Remedy::UseClaim { .. } => [Remedy::UseClaim { claim: claim("data-web-0") }],
        Remedy::StopUsing { .. } => [
            Remedy::StopUsing { object: claim("data-web-0"), user: pod("web-0") },
            Remedy::StopUsing { object: volume("pv-1"), user: claim("data-web-0") },
        ],
        Remedy::LowerPartition { .. } => [Remedy::LowerPartition { set: web() }],
        Remedy::Resume { .. } => [Remedy::Resume { deployment: of(Kind::Deployment, "shop") }],
        Remedy::ScaleUp { .. } => [Remedy::ScaleUp { workload: web(), replicas: 3 }],
        Remedy::BringBack { .. } => [Remedy::BringBack { node: text("worker-1") }],
        Remedy::OutOfService { .. } => [Remedy::OutOfService { node: text("worker-1") }],
        Remedy::Uncordon { .. } => [Remedy::Uncordon { node: text("worker-1") }],
        Remedy::RelievePressure { .. } => [Remedy::RelievePressure { node: text("worker-1") }],
        Remedy::RemoveFinalizers(_) => [Remedy::RemoveFinalizers(vec![text("example.com/keep")])],
        Remedy::ChangeLimit { .. } => [
            Remedy::ChangeLimit { autoscaler: of(Kind::HorizontalPodAutoscaler, "web"), most: true },
            Remedy::ChangeLimit { autoscaler: of(Kind::HorizontalPodAutoscaler, "web"), most: false },
        ],
        Remedy::MakeMeasurable => [Remedy::MakeMeasurable],
        Remedy::RelaxBudget { .. } => [Remedy::RelaxBudget { budget: of(Kind::PodDisruptionBudget, "web") }],
        Remedy::Agree { .. } => [Remedy::Agree { object: of(Kind::Service, "web") }],
    }
}

samples! {
    traps: Trap {
        Trap::StuckRollout { .. } => [
            Trap::StuckRollout { set: web(), pod: pod("web-2"), mended: false },
            Trap::StuckRollout { set: web(), pod: pod("web-2"), mended: true },
        ],
        Trap::OnDeleteKeepsCurrentRevision { .. } => [Trap::OnDeleteKeepsCurrentRevision {
            set: web(),
            current: text("web-1a"),
            update: text("web-2b"),
        }],
        Trap::PartitionHolds { .. } => [Trap::PartitionHolds { set: web(), partition: 2, pods: pods(&["web-0", "web-1"]) }],
        Trap::ClaimsStay { .. } => [Trap::ClaimsStay { set: web(), claims: vec![claim("data-web-0")] }],
        Trap::BudgetWithoutSlack { .. } => [Trap::BudgetWithoutSlack {
            budget: of(Kind::PodDisruptionBudget, "web"),
            desired: 3,
        }],
        Trap::VolumeTiesPod { .. } => [Trap::VolumeTiesPod {
            pod: pod("web-0"),
            volume: volume("pv-1"),
            node: node("worker-1").name().to_owned(),
        }],
        Trap::TerminatingOnLostNode { .. } => [Trap::TerminatingOnLostNode { pod: pod("web-0"), node: text("worker-1") }],
        Trap::AdoptsStrangers { .. } => [Trap::AdoptsStrangers { owner: agent(), pods: pods(&["lone-1"]) }],
        Trap::AutoscalerOverrules { .. } => [Trap::AutoscalerOverrules {
            autoscaler: of(Kind::HorizontalPodAutoscaler, "web"),
            target: of(Kind::Deployment, "web"),
            asked: 2,
            set: 5,
        }],
    }
}
