//! What the kubelet of a node did with a pod.

use crate::api::{ObjectRef, PodPhase, ProbeKind, QosClass};

/// What the kubelet did and why.
#[derive(Clone, Debug, PartialEq)]
pub enum KubeletReason {
    /// The kubelet saw the pod, mounts its volumes and pulls its images.
    Accepted {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
    },
    /// The containers run; without a readiness probe the pod is Ready at once.
    Started {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// Whether it is Ready in the same write.
        ready: bool,
        /// Whether a readiness probe has to succeed first.
        probed: bool,
    },
    /// The pod became Ready.
    BecameReady {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// Whether a readiness probe decided it.
        probed: bool,
    },
    /// The pod stopped being Ready.
    BecameUnready {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
    },
    /// An image cannot be pulled.
    ImagePullFailed {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// The image.
        image: String,
    },
    /// A container ends again and again.
    CrashLooping {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// The image.
        image: String,
    },
    /// The pod's containers ended and will not run again.
    Ended {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// Whether they ended well.
        succeeded: bool,
    },
    /// The containers of a terminating pod have stopped.
    Stopped {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// Seconds of grace it had.
        grace_seconds: i64,
    },
    /// The node cannot take the pod, which somebody bound to it.
    Rejected {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// `status.reason`, such as `OutOfcpu`.
        reason: String,
        /// What the kubelet says.
        message: String,
    },
    /// The node ran short of something, and the pod was the first to go.
    Evicted {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// What the node is short of.
        resource: NodeResource,
        /// The pod's class of service.
        qos: QosClass,
        /// The pod's priority.
        priority: i32,
        /// How many pods of the node come after it.
        behind: usize,
    },
    /// The pod ran for longer than it may.
    DeadlineExceeded {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// Seconds that it may run.
        seconds: i64,
    },
    /// A readiness gate opened or closed.
    GatesChanged {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// Whether the pod is Ready now.
        ready: bool,
        /// Gates whose condition is not True.
        closed: Vec<String>,
    },
    /// Something happened to one container.
    Container {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
        /// The container.
        container: String,
        /// What.
        act: ContainerAct,
    },
    /// The pod is gone: its containers had stopped.
    Removed {
        /// The pod.
        pod: ObjectRef,
        /// Its node.
        node: String,
    },
}

impl KubeletReason {
    /// The pod.
    #[must_use]
    pub fn pod(&self) -> &ObjectRef {
        match self {
            KubeletReason::Accepted { pod, .. }
            | KubeletReason::Started { pod, .. }
            | KubeletReason::BecameReady { pod, .. }
            | KubeletReason::BecameUnready { pod, .. }
            | KubeletReason::ImagePullFailed { pod, .. }
            | KubeletReason::CrashLooping { pod, .. }
            | KubeletReason::Ended { pod, .. }
            | KubeletReason::Stopped { pod, .. }
            | KubeletReason::Rejected { pod, .. }
            | KubeletReason::Evicted { pod, .. }
            | KubeletReason::DeadlineExceeded { pod, .. }
            | KubeletReason::GatesChanged { pod, .. }
            | KubeletReason::Container { pod, .. }
            | KubeletReason::Removed { pod, .. } => pod,
        }
    }

    /// Whether the kubelet told of something that it only begins to do, so that no object has changed yet.
    #[must_use]
    pub fn is_event(&self) -> bool {
        matches!(self, KubeletReason::Container { act: ContainerAct::KilledByProbe { .. }, .. })
    }
}

/// What a node may run short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeResource {
    /// Memory.
    Memory,
    /// Space on its disk.
    Disk,
    /// Numbers for processes.
    Pid,
}

impl NodeResource {
    /// Every one.
    pub const ALL: [NodeResource; 3] = [NodeResource::Memory, NodeResource::Disk, NodeResource::Pid];

    /// The node's condition that tells of it.
    #[must_use]
    pub fn condition(self) -> &'static str {
        match self {
            NodeResource::Memory => "MemoryPressure",
            NodeResource::Disk => "DiskPressure",
            NodeResource::Pid => "PIDPressure",
        }
    }

    /// The resource in the message of an eviction.
    #[must_use]
    pub fn resource_name(self) -> &'static str {
        match self {
            NodeResource::Memory => "memory",
            NodeResource::Disk => "ephemeral-storage",
            NodeResource::Pid => "pids",
        }
    }
}

/// Why a container cannot get its image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullError {
    /// The registry does not hand it out.
    Failed,
    /// Its name is none.
    InvalidName,
    /// It may not be pulled, and the node does not have it.
    NeverPulled,
}

impl PullError {
    /// The reason for which the container waits.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            PullError::Failed => "ErrImagePull",
            PullError::InvalidName => "InvalidImageName",
            PullError::NeverPulled => "ErrImageNeverPull",
        }
    }
}

/// Why a container ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitCause {
    /// Its process exited.
    Exited,
    /// Somebody made it crash.
    Crashed,
    /// The kubelet killed it because of a probe.
    Probe(ProbeKind),
}

/// When a container that ended is started again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restart {
    /// Not any more.
    Never,
    /// At once.
    AtOnce,
    /// That many seconds after its end.
    After(u64),
}

/// What happened to one container.
#[derive(Clone, Debug, PartialEq)]
pub enum ContainerAct {
    /// An init container was started in its turn.
    InitStarted {
        /// Its turn, from 1.
        number: usize,
        /// How many there are.
        total: usize,
        /// Whether it is a sidecar, which keeps running.
        sidecar: bool,
    },
    /// An init container ended well.
    InitCompleted {
        /// Its turn, from 1.
        number: usize,
        /// How many there are.
        total: usize,
    },
    /// Its image could not be had.
    PullFailed {
        /// The image.
        image: String,
        /// Why.
        error: PullError,
        /// Seconds until it is tried again.
        back_off_seconds: u64,
    },
    /// It waits until its image is tried again.
    PullBackOff {
        /// The image.
        image: String,
        /// Seconds from the last try to the next.
        seconds: u64,
        /// Whether nothing else will happen, so that the run does not show the tries to come.
        endless: bool,
    },
    /// Its image came at last, and it was started.
    ImagePulled {
        /// The image.
        image: String,
    },
    /// A probe succeeded as often as it has to.
    ProbePassed {
        /// Which.
        probe: ProbeKind,
        /// Successes in a row.
        successes: i32,
        /// Whether the pod is Ready now.
        ready: bool,
    },
    /// Its readiness probe failed as often as it may.
    ReadinessFailed {
        /// Failures in a row.
        failures: i32,
        /// Seconds between them.
        period_seconds: u64,
    },
    /// A probe failed as often as it may: the kubelet begins to kill the container.
    KilledByProbe {
        /// Which.
        probe: ProbeKind,
        /// Failures in a row.
        failures: i32,
        /// Seconds between them.
        period_seconds: u64,
        /// Seconds that the container has to stop.
        grace_seconds: i64,
    },
    /// It ended.
    Exited {
        /// With which code.
        exit_code: i32,
        /// Why.
        cause: ExitCause,
        /// When it is started again.
        restart: Restart,
        /// The pod's phase from now on.
        phase: PodPhase,
    },
    /// It waits until it is started again.
    CrashBackOff {
        /// Seconds from its end to its next start.
        seconds: u64,
        /// How often it was started again so far.
        restarts: i32,
        /// Whether nothing else will happen, so that the run does not show the restarts to come.
        endless: bool,
    },
    /// It was started again.
    Restarted {
        /// How often, this one included.
        restarts: i32,
        /// Seconds that it will have to wait if it ends soon.
        next_seconds: u64,
    },
    /// It stopped in a pod that is being deleted, before the others.
    Stopped {
        /// With which code.
        exit_code: i32,
        /// How many run still.
        left: usize,
    },
}
