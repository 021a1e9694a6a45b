//! Rules of the kubelet beyond start and readiness.

use super::{CRASH_LOOP, IMAGE_PULL, POD_PHASE, POD_START, READINESS, Rule, TERMINATION};
use crate::api::ProbeKind;
use crate::reason::{ContainerAct, KubeletReason, ProcessChange};

rules! {
    INIT_CONTAINERS {
        "init-containers",
        "Init containers run first, one by one",
        "Init 容器先运行，逐个运行",
        "Init containers run before the others, one after the other, and each has to end well before the next \
         starts. If one fails, the kubelet starts it again, as the restart policy says.",
        "Init 容器在其他容器之前依次运行，前一个成功结束后才开始下一个。失败时，kubelet 按重启策略再次启动它。",
        "concepts/workloads/pods/init-containers/#understanding-init-containers",
        "pkg/kubelet/kuberuntime/kuberuntime_container.go: computeInitContainerActions"
    }
    SIDECARS {
        "sidecar-containers",
        "Sidecars start first and stop last",
        "sidecar 容器先启动，后停止",
        "An init container with `restartPolicy: Always` is a sidecar: it starts in its turn, keeps running \
         beside the others, and is stopped after them, the last one started first.",
        "带有 `restartPolicy: Always` 的 Init 容器就是 sidecar：它按顺序启动，与其他容器一起运行，并在它们之后停止，\
         最后启动的最先停。",
        "concepts/workloads/pods/sidecar-containers/#sidecar-containers-and-pod-lifecycle",
        "pkg/kubelet/kuberuntime/kuberuntime_termination_order.go: newTerminationOrdering"
    }
    STARTUP {
        "startup-probe",
        "The startup probe holds back the others",
        "启动探针挡住其他探针",
        "Until the startup probe has succeeded once, liveness and readiness are not probed. This gives a slow \
         program the time to start without being restarted.",
        "启动探针第一次成功之前，不做存活和就绪探测。这样启动慢的程序有时间起来，不会被重启。",
        "concepts/workloads/pods/probes/#startup-probe",
        "pkg/kubelet/prober/worker.go: doProbe"
    }
    LIVENESS {
        "liveness-probe",
        "A failing liveness probe restarts the container",
        "存活探针失败会重启容器",
        "After `failureThreshold` failures in a row the kubelet stops the container and starts it again. The \
         pod stays on its node and keeps its name and address.",
        "连续失败 `failureThreshold` 次之后，kubelet 停掉容器再重新启动。Pod 仍在原来的节点上，名称和地址不变。",
        "concepts/workloads/pods/probes/#liveness-probe",
        "pkg/kubelet/kuberuntime/kuberuntime_manager.go: computePodActions"
    }
    READINESS_GATES {
        "readiness-gates",
        "Readiness gates",
        "就绪门控",
        "A pod with readiness gates is Ready only when, besides its containers, each condition named there is \
         true. Somebody outside of the cluster's own controllers sets them.",
        "带有 readiness gate 的 Pod，除了容器就绪之外，列出的每个条件都为真才算就绪。这些条件由集群自带控制器以外的程序设置。",
        "concepts/workloads/pods/pod-lifecycle/#pod-readiness-gate",
        "pkg/kubelet/status/generate.go: GeneratePodReadyCondition"
    }
    ADMISSION {
        "kubelet-admission",
        "A node looks for itself whether it takes a pod",
        "节点自己决定收不收 Pod",
        "When a pod arrives, the kubelet checks once more that it fits: resources, host ports, node affinity, \
         taints. If not, the pod fails at once, with a reason such as `OutOfcpu` or `NodeAffinity`, and its \
         controller makes another.",
        "Pod 到达时，kubelet 会再检查一遍是否合适：资源、主机端口、节点亲和性、污点。不合适就立刻失败，\
         原因如 `OutOfcpu`、`NodeAffinity`，由控制器另建一个。",
        "concepts/workloads/pods/pod-lifecycle/#pod-phase",
        "pkg/kubelet/lifecycle/predicate.go: generalFilter"
    }
    NODE_PRESSURE {
        "node-pressure-eviction",
        "Eviction under node pressure",
        "节点压力驱逐",
        "When a node runs out of memory or disk, its kubelet ends pods: first those that use more than they \
         requested, among these the ones with the lowest priority. Budgets are not asked.",
        "节点内存或磁盘不足时，kubelet 会结束一些 Pod：先是用量超过 request 的，其中优先级最低的最先。\
         这里不问 PDB。",
        "concepts/scheduling-eviction/node-pressure-eviction/#pod-selection-for-kubelet-eviction",
        "pkg/kubelet/eviction/helpers.go: rankMemoryPressure"
    }
    ACTIVE_DEADLINE {
        "active-deadline",
        "A pod may have a deadline",
        "Pod 可以有运行时限",
        "With `activeDeadlineSeconds` a pod that has run for so long is failed by its kubelet, whatever its \
         containers do.",
        "设置了 `activeDeadlineSeconds` 的 Pod，运行到这个时间后由 kubelet 置为失败，不管容器在做什么。",
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
