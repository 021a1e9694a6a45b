//! What the kubelet of a node did with a pod.

use crate::api::ObjectRef;

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
            | KubeletReason::Removed { pod, .. } => pod,
        }
    }
}
