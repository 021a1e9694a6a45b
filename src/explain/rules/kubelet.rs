//! Rules of the kubelet beyond start and readiness.

use super::{CRASH_LOOP, IMAGE_PULL, POD_PHASE, POD_START, READINESS, Rule, TERMINATION};
use crate::api::ProbeKind;
use crate::reason::{ContainerAct, KubeletReason, ProcessChange};

rules! {
    INIT_CONTAINERS {
        "init-containers",
        "Init containers run first, one by one",
        "Init 容器先运行，逐个运行",
        "concepts/workloads/pods/init-containers/#understanding-init-containers",
        "pkg/kubelet/kuberuntime/kuberuntime_container.go: computeInitContainerActions"
    }
    SIDECARS {
        "sidecar-containers",
        "Sidecars start first and stop last",
        "sidecar 容器先启动，后停止",
        "concepts/workloads/pods/sidecar-containers/#sidecar-containers-and-pod-lifecycle",
        "pkg/kubelet/kuberuntime/kuberuntime_termination_order.go: newTerminationOrdering"
    }
    STARTUP {
        "startup-probe",
        "The startup probe holds back the others",
        "启动探针挡住其他探针",
        "concepts/workloads/pods/probes/#startup-probe",
        "pkg/kubelet/prober/worker.go: doProbe"
    }
    LIVENESS {
        "liveness-probe",
        "A failing liveness probe restarts the container",
        "存活探针失败会重启容器",
        "concepts/workloads/pods/probes/#liveness-probe",
        "pkg/kubelet/kuberuntime/kuberuntime_manager.go: computePodActions"
    }
    READINESS_GATES {
        "readiness-gates",
        "Readiness gates",
        "就绪门控",
        "concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate",
        "pkg/kubelet/status/generate.go: GeneratePodReadyCondition"
    }
    ADMISSION {
        "kubelet-admission",
        "A node looks for itself whether it takes a pod",
        "节点自己决定收不收 Pod",
        "concepts/workloads/pods/pod-lifecycle/#pod-phase",
        "pkg/kubelet/lifecycle/predicate.go: generalFilter"
    }
    NODE_PRESSURE {
        "node-pressure-eviction",
        "Eviction under node pressure",
        "节点压力驱逐",
        "concepts/scheduling-eviction/node-pressure-eviction/#pod-selection-for-kubelet-eviction",
        "pkg/kubelet/eviction/helpers.go: rankMemoryPressure"
    }
    ACTIVE_DEADLINE {
        "active-deadline",
        "A pod may have a deadline",
        "Pod 可以有运行时限",
        "concepts/workloads/pods/init-containers/#detailed-behavior",
        "pkg/kubelet/active_deadline.go: pastActiveDeadline"
    }
}

pub(super) fn rule_of(reason: &KubeletReason) -> &'static Rule {
    match reason {
        KubeletReason::Rejected { reason, .. } if reason == "Evicted" => &NODE_PRESSURE,
        KubeletReason::Rejected { .. } => &ADMISSION,
        KubeletReason::Evicted { .. } => &NODE_PRESSURE,
        KubeletReason::DeadlineExceeded { .. } => &ACTIVE_DEADLINE,
        KubeletReason::GatesChanged { .. } => &READINESS_GATES,
        KubeletReason::Container { act, .. } => of_container(act),
        KubeletReason::Accepted { .. } => &POD_START,
        KubeletReason::Started { .. } | KubeletReason::BecameReady { .. } | KubeletReason::BecameUnready { .. } => {
            &READINESS
        }
        KubeletReason::ImagePullFailed { .. } => &IMAGE_PULL,
        KubeletReason::CrashLooping { .. } => &CRASH_LOOP,
        KubeletReason::Ended { .. } => &POD_PHASE,
        KubeletReason::Stopped { .. } | KubeletReason::Removed { .. } => &TERMINATION,
    }
}

fn of_container(act: &ContainerAct) -> &'static Rule {
    match act {
        ContainerAct::InitStarted { sidecar: true, .. } => &SIDECARS,
        ContainerAct::InitStarted { .. } | ContainerAct::InitCompleted { .. } => &INIT_CONTAINERS,
        ContainerAct::PullFailed { .. } | ContainerAct::PullBackOff { .. } | ContainerAct::ImagePulled { .. } => {
            &IMAGE_PULL
        }
        ContainerAct::ProbePassed { probe, .. } | ContainerAct::KilledByProbe { probe, .. } => of_probe(*probe),
        ContainerAct::ReadinessFailed { .. } => &READINESS,
        ContainerAct::Exited { .. } | ContainerAct::CrashBackOff { .. } | ContainerAct::Restarted { .. } => &CRASH_LOOP,
        ContainerAct::Stopped { .. } => &TERMINATION,
    }
}

fn of_probe(probe: ProbeKind) -> &'static Rule {
    match probe {
        ProbeKind::Startup => &STARTUP,
        ProbeKind::Liveness => &LIVENESS,
        ProbeKind::Readiness => &READINESS,
    }
}

pub(super) fn rule_of_process(change: ProcessChange) -> &'static Rule {
    match change {
        ProcessChange::Crash => &CRASH_LOOP,
        ProcessChange::Succeeds(probe) | ProcessChange::Fails(probe) | ProcessChange::Hangs(probe) => of_probe(probe),
        ProcessChange::IgnoresSigterm(_) => &TERMINATION,
    }
}
