//! Samples of what kubelets do.

use super::text;
use crate::api::{PodPhase, ProbeKind, QosClass};
use crate::engine::Step;
use crate::explain::tests::world::{pod, step};
use crate::reason::{ContainerAct, ExitCause, KubeletReason, NodeResource, PullError, Reason, Restart};

fn started(ready: bool, probed: bool) -> KubeletReason {
    KubeletReason::Started { pod: pod("web-1"), node: text("worker-2"), ready, probed }
}

fn container(act: ContainerAct) -> KubeletReason {
    KubeletReason::Container { pod: pod("web-1"), node: text("worker-2"), container: text("web"), act }
}

fn evicted(resource: NodeResource) -> KubeletReason {
    KubeletReason::Evicted {
        pod: pod("web-1"),
        node: text("worker-2"),
        resource,
        qos: QosClass::Burstable,
        priority: 0,
        behind: 2,
    }
}

samples! {
    reasons: KubeletReason {
        KubeletReason::Accepted { .. } => [KubeletReason::Accepted { pod: pod("web-1"), node: text("worker-2") }],
        KubeletReason::Started { .. } => [
            started(true, false),
            started(true, true),
            started(false, true),
            started(false, false),
        ],
        KubeletReason::BecameReady { .. } => [
            KubeletReason::BecameReady { pod: pod("web-1"), node: text("worker-2"), probed: true },
            KubeletReason::BecameReady { pod: pod("agent-x7k2p"), node: text("worker-1"), probed: false },
        ],
        KubeletReason::BecameUnready { .. } => [
            KubeletReason::BecameUnready { pod: pod("web-1"), node: text("worker-2") },
            KubeletReason::BecameUnready { pod: pod("agent-x7k2p"), node: text("worker-1") },
        ],
        KubeletReason::ImagePullFailed { .. } => [
            KubeletReason::ImagePullFailed { pod: pod("web-2"), node: text("worker-3"), image: text("nginx:broken") },
        ],
        KubeletReason::CrashLooping { .. } => [
            KubeletReason::CrashLooping { pod: pod("web-2"), node: text("worker-3"), image: text("nginx:1.27") },
            KubeletReason::CrashLooping { pod: pod("agent-x7k2p"), node: text("worker-1"), image: text("agent:1") },
        ],
        KubeletReason::Ended { .. } => [
            KubeletReason::Ended { pod: pod("web-1"), node: text("worker-2"), succeeded: false },
            KubeletReason::Ended { pod: pod("bare"), node: text("worker-2"), succeeded: true },
        ],
        KubeletReason::Stopped { .. } => [
            KubeletReason::Stopped { pod: pod("web-1"), node: text("worker-2"), grace_seconds: 30 },
        ],
        KubeletReason::Rejected { .. } => [
            KubeletReason::Rejected {
                pod: pod("web-1"),
                node: text("worker-2"),
                reason: text("OutOfcpu"),
                message: text("Node didn't have enough resource: cpu, requested: 500, used: 7800, capacity: 8000"),
            },
            KubeletReason::Rejected {
                pod: pod("bare"),
                node: text("worker-2"),
                reason: text("Evicted"),
                message: text("The node had condition: [MemoryPressure]. "),
            },
        ],
        KubeletReason::Evicted { .. } => [evicted(NodeResource::Memory), evicted(NodeResource::Disk)],
        KubeletReason::DeadlineExceeded { .. } => [
            KubeletReason::DeadlineExceeded { pod: pod("bare"), node: text("worker-2"), seconds: 60 },
        ],
        KubeletReason::GatesChanged { .. } => [
            KubeletReason::GatesChanged {
                pod: pod("web-1"),
                node: text("worker-2"),
                ready: false,
                closed: vec![text("example.com/balanced")],
            },
            KubeletReason::GatesChanged { pod: pod("web-1"), node: text("worker-2"), ready: true, closed: vec![] },
        ],
        KubeletReason::Container { .. } => [container(ContainerAct::Stopped { exit_code: 0, left: 1 })],
        KubeletReason::Removed { .. } => [
            KubeletReason::Removed { pod: pod("web-1"), node: text("worker-2") },
            KubeletReason::Removed { pod: pod("agent-x7k2p"), node: text("worker-1") },
        ],
    }
}

fn pull_failed(error: PullError) -> ContainerAct {
    ContainerAct::PullFailed { image: text("nginx:1.27"), error, back_off_seconds: 10 }
}

fn exited(exit_code: i32, cause: ExitCause, restart: Restart, phase: PodPhase) -> ContainerAct {
    ContainerAct::Exited { exit_code, cause, restart, phase }
}

fn killed(probe: ProbeKind) -> ContainerAct {
    ContainerAct::KilledByProbe { probe, failures: 3, period_seconds: 10, grace_seconds: 30 }
}

samples! {
    acts: ContainerAct {
        ContainerAct::InitStarted { .. } => [
            ContainerAct::InitStarted { number: 1, total: 2, sidecar: false },
            ContainerAct::InitStarted { number: 2, total: 2, sidecar: true },
        ],
        ContainerAct::InitCompleted { .. } => [
            ContainerAct::InitCompleted { number: 1, total: 2 },
            ContainerAct::InitCompleted { number: 2, total: 2 },
        ],
        ContainerAct::PullFailed { .. } => [
            pull_failed(PullError::Failed),
            pull_failed(PullError::InvalidName),
            pull_failed(PullError::NeverPulled),
        ],
        ContainerAct::PullBackOff { .. } => [
            ContainerAct::PullBackOff { image: text("nginx:1.27"), seconds: 20, endless: false },
            ContainerAct::PullBackOff { image: text("nginx:1.27"), seconds: 300, endless: true },
        ],
        ContainerAct::ImagePulled { .. } => [ContainerAct::ImagePulled { image: text("nginx:1.27") }],
        ContainerAct::ProbePassed { .. } => [
            ContainerAct::ProbePassed { probe: ProbeKind::Startup, successes: 1, ready: false },
            ContainerAct::ProbePassed { probe: ProbeKind::Startup, successes: 1, ready: true },
            ContainerAct::ProbePassed { probe: ProbeKind::Readiness, successes: 2, ready: true },
            ContainerAct::ProbePassed { probe: ProbeKind::Readiness, successes: 1, ready: false },
        ],
        ContainerAct::ReadinessFailed { .. } => [
            ContainerAct::ReadinessFailed { failures: 3, period_seconds: 5 },
            ContainerAct::ReadinessFailed { failures: 1, period_seconds: 5 },
        ],
        ContainerAct::KilledByProbe { .. } => [killed(ProbeKind::Liveness), killed(ProbeKind::Startup)],
        ContainerAct::Exited { .. } => [
            exited(1, ExitCause::Exited, Restart::AtOnce, PodPhase::Running),
            exited(0, ExitCause::Exited, Restart::After(20), PodPhase::Running),
            exited(1, ExitCause::Crashed, Restart::After(10), PodPhase::Running),
            exited(0, ExitCause::Exited, Restart::Never, PodPhase::Succeeded),
            exited(1, ExitCause::Exited, Restart::Never, PodPhase::Running),
            exited(137, ExitCause::Probe(ProbeKind::Liveness), Restart::AtOnce, PodPhase::Running),
            exited(0, ExitCause::Probe(ProbeKind::Startup), Restart::AtOnce, PodPhase::Running),
        ],
        ContainerAct::CrashBackOff { .. } => [
            ContainerAct::CrashBackOff { seconds: 10, restarts: 1, endless: false },
            ContainerAct::CrashBackOff { seconds: 300, restarts: 6, endless: true },
        ],
        ContainerAct::Restarted { .. } => [ContainerAct::Restarted { restarts: 1, next_seconds: 10 }],
        ContainerAct::Stopped { .. } => [
            ContainerAct::Stopped { exit_code: 0, left: 1 },
            ContainerAct::Stopped { exit_code: 137, left: 2 },
        ],
    }
}

pub(super) fn steps() -> Vec<Step> {
    let of_containers = acts().into_iter().map(container);
    reasons().into_iter().chain(of_containers).map(|reason| step(Reason::Kubelet(reason))).collect()
}
