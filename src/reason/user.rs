//! What somebody asked for.

use super::{EvictionGrant, EvictionRefusal, NodeResource};
use crate::api::{ObjectRef, PodPhase, ProbeKind, Time};

/// How the dependents of a deleted object are treated (`metav1.DeletionPropagation`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Propagation {
    /// The object goes at once, its dependents after it.
    #[default]
    Background,
    /// The dependents go first.
    Foreground,
    /// The dependents stay, without an owner.
    Orphan,
}

/// What `kubectl apply` did with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplyOutcome {
    /// It was made.
    Created,
    /// It was changed.
    Configured,
    /// It was as wanted.
    Unchanged,
}

/// What was changed inside a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessChange {
    /// It exits now with code 1.
    Crash,
    /// A probe is answered well from now on.
    Succeeds(ProbeKind),
    /// A probe is answered badly from now on.
    Fails(ProbeKind),
    /// A probe is not answered from now on, so that it fails when its time is out.
    Hangs(ProbeKind),
    /// Whether it goes on when it is asked to stop.
    IgnoresSigterm(bool),
}

/// A command, as the cluster saw it.
#[derive(Clone, Debug, PartialEq)]
pub enum UserReason {
    /// Manifests were applied.
    Apply {
        /// The objects, in the order of the documents.
        objects: Vec<(ObjectRef, ApplyOutcome)>,
    },
    /// An object was made without being applied.
    Create {
        /// The object.
        object: ObjectRef,
    },
    /// An object took the place of the one of its name.
    Replace {
        /// The object.
        object: ObjectRef,
    },
    /// Labels of an object were changed.
    Label {
        /// The object.
        object: ObjectRef,
    },
    /// Annotations of an object were changed.
    Annotate {
        /// The object.
        object: ObjectRef,
    },
    /// A workload was scaled.
    Scale {
        /// The workload.
        object: ObjectRef,
        /// Replicas before.
        from: i32,
        /// Replicas now.
        to: i32,
    },
    /// A container's image was set.
    SetImage {
        /// The workload.
        object: ObjectRef,
        /// The image.
        image: String,
    },
    /// An object was patched.
    Patch {
        /// The object.
        object: ObjectRef,
    },
    /// The template of an earlier revision was put back.
    RolloutUndo {
        /// The workload.
        object: ObjectRef,
        /// The revision that came back.
        revision: i64,
        /// Whether the template was that one already.
        unchanged: bool,
    },
    /// The pods of a workload are to be made anew.
    RolloutRestart {
        /// The workload.
        object: ObjectRef,
    },
    /// A Deployment was paused.
    RolloutPause {
        /// The Deployment.
        object: ObjectRef,
    },
    /// A paused Deployment goes on.
    RolloutResume {
        /// The Deployment.
        object: ObjectRef,
    },
    /// An object was deleted.
    Delete {
        /// The object.
        object: ObjectRef,
        /// How its dependents are treated.
        propagation: Propagation,
        /// Whether the object goes at once.
        at_once: bool,
    },
    /// A node joined.
    NodeAdded {
        /// The node.
        node: ObjectRef,
    },
    /// A Node object was deleted.
    NodeDeleted {
        /// The node.
        node: ObjectRef,
    },
    /// A machine went down.
    NodeDown {
        /// The node.
        node: ObjectRef,
        /// Whether its heartbeats just stop; otherwise its kubelet reports that the node is not Ready.
        silent: bool,
        /// When it was last heard of.
        last_heartbeat: Time,
        /// When it is judged, where it is silent.
        judged_at: Time,
    },
    /// A machine is up again.
    NodeUp {
        /// The node.
        node: ObjectRef,
    },
    /// A node's labels were changed.
    NodeLabelled {
        /// The node.
        node: ObjectRef,
    },
    /// A node's taints were changed.
    NodeTainted {
        /// The node.
        node: ObjectRef,
        /// The taints it has now, as `key=value:effect`.
        taints: Vec<String>,
    },
    /// A node was cordoned or uncordoned.
    Cordon {
        /// The node.
        node: ObjectRef,
        /// Whether it is cordoned now.
        on: bool,
    },
    /// A pod was made to answer its readiness probe, or not to.
    HoldReadiness {
        /// The pod.
        pod: ObjectRef,
        /// The answer.
        ready: bool,
    },
    /// A pod was made to end.
    EndPod {
        /// The pod.
        pod: ObjectRef,
        /// How.
        phase: PodPhase,
    },
    /// What goes on inside a container was changed.
    Process {
        /// The pod.
        pod: ObjectRef,
        /// The container; none means every one of the pod.
        container: Option<String>,
        /// What.
        change: ProcessChange,
    },
    /// Images were made impossible to pull, or possible again.
    Images {
        /// Which, as a regular expression.
        pattern: String,
        /// Whether they cannot be pulled.
        broken: bool,
    },
    /// A node was made to run short of something, or to have enough of it again.
    NodePressure {
        /// The node.
        node: ObjectRef,
        /// Of what.
        resource: NodeResource,
        /// Whether it is short of it.
        on: bool,
    },
    /// A condition of a pod was set, as a controller outside the cluster does for a readiness gate.
    PodCondition {
        /// The pod.
        pod: ObjectRef,
        /// The condition's type.
        condition: String,
        /// Whether it is True.
        on: bool,
    },
    /// A pod was evicted through the eviction API.
    Evict {
        /// The pod.
        pod: ObjectRef,
        /// Why the API server let it go.
        grant: EvictionGrant,
        /// The node that is drained, where that is why.
        draining: Option<ObjectRef>,
    },
    /// An eviction was refused.
    EvictionRefused {
        /// The pod.
        pod: ObjectRef,
        /// What the API server said.
        refusal: EvictionRefusal,
        /// The node that is drained, where that is why.
        draining: Option<ObjectRef>,
    },
    /// A node begins to be drained.
    DrainStarted {
        /// The node.
        node: ObjectRef,
        /// The pods that are to go.
        pods: Vec<ObjectRef>,
        /// What `kubectl` warns of.
        warnings: Vec<String>,
    },
    /// A drain ends.
    DrainEnded {
        /// The node.
        node: ObjectRef,
        /// Pods that went.
        gone: usize,
        /// Pods that are still there: its time is over, or they cannot be evicted.
        left: Vec<ObjectRef>,
    },
    /// The load of pods, or the value of a metric, was set.
    LoadSet {
        /// What is measured, such as `cpu`.
        measured: String,
        /// Of what it is measured, such as `app=web`; none of a metric from outside.
        of: Option<String>,
        /// How much, as a quantity; none where it is not reported any more.
        amount: Option<String>,
        /// Whether the pods share it.
        shared: bool,
    },
    /// What kubelets do was changed.
    KubeletChanged,
    /// The cluster is there: its nodes and storage classes.
    ClusterStarted {
        /// How many nodes.
        nodes: usize,
        /// Whether a program plays the kubelets, as in the recordings.
        played_kubelets: bool,
    },
    /// The API server refused the command.
    Refused {
        /// What it said.
        message: String,
    },
}

impl UserReason {
    /// The object that the command is about.
    #[must_use]
    pub fn subject(&self) -> Option<&ObjectRef> {
        match self {
            UserReason::Apply { objects } => objects.first().map(|(object, _)| object),
            UserReason::Create { object }
            | UserReason::Replace { object }
            | UserReason::Label { object }
            | UserReason::Annotate { object }
            | UserReason::Scale { object, .. }
            | UserReason::SetImage { object, .. }
            | UserReason::Patch { object }
            | UserReason::RolloutUndo { object, .. }
            | UserReason::RolloutRestart { object }
            | UserReason::RolloutPause { object }
            | UserReason::RolloutResume { object }
            | UserReason::Delete { object, .. } => Some(object),
            UserReason::DrainStarted { node, .. } | UserReason::DrainEnded { node, .. } => Some(node),
            UserReason::Evict { pod, .. } | UserReason::EvictionRefused { pod, .. } => Some(pod),
            UserReason::NodeAdded { node }
            | UserReason::NodeDeleted { node }
            | UserReason::NodeDown { node, .. }
            | UserReason::NodeUp { node }
            | UserReason::NodeLabelled { node }
            | UserReason::NodeTainted { node, .. }
            | UserReason::Cordon { node, .. } => Some(node),
            UserReason::HoldReadiness { pod, .. }
            | UserReason::EndPod { pod, .. }
            | UserReason::Process { pod, .. }
            | UserReason::PodCondition { pod, .. } => Some(pod),
            UserReason::NodePressure { node, .. } => Some(node),
            UserReason::Images { .. }
            | UserReason::LoadSet { .. }
            | UserReason::KubeletChanged
            | UserReason::ClusterStarted { .. }
            | UserReason::Refused { .. } => None,
        }
    }
}
