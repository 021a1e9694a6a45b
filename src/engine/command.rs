//! What somebody does to the cluster, as typed data.

use crate::actor::{DrainOptions, KubeletSettings, Load};
use crate::api::{Node, Object, ObjectRef, Taint};
use crate::reason::{NodeResource, ProcessChange, Propagation};
use std::collections::BTreeMap;

/// One command. Objects are named with their namespace.
#[derive(Clone, Debug)]
pub enum Command {
    /// `kubectl apply`.
    Apply(Vec<Object>),
    /// `kubectl create`, `run`, `expose` and `autoscale`: an object that must not be there yet.
    Create(Box<Object>),
    /// `kubectl replace`: an object that takes the place of the one of its name.
    Replace(Box<Object>),
    /// `kubectl label`: sets labels of an object; none removes one.
    Label {
        /// The object.
        object: ObjectRef,
        /// Labels to set or remove.
        labels: BTreeMap<String, Option<String>>,
    },
    /// `kubectl annotate`: the same for annotations.
    Annotate {
        /// The object.
        object: ObjectRef,
        /// Annotations to set or remove.
        annotations: BTreeMap<String, Option<String>>,
    },
    /// `kubectl scale`.
    Scale {
        /// The workload.
        object: ObjectRef,
        /// The wanted number of pods.
        replicas: i32,
    },
    /// `kubectl set image`.
    SetImage {
        /// The workload.
        object: ObjectRef,
        /// The container; `*` means all.
        container: String,
        /// The image.
        image: String,
    },
    /// `kubectl patch`, with the patch as JSON.
    Patch {
        /// The object.
        object: ObjectRef,
        /// How the patch is merged.
        kind: PatchKind,
        /// The patch.
        patch: serde_json::Value,
    },
    /// `kubectl rollout undo`.
    RolloutUndo {
        /// The workload.
        object: ObjectRef,
        /// The revision whose template comes back; 0 means the one before.
        to_revision: i64,
    },
    /// `kubectl rollout restart`.
    RolloutRestart(ObjectRef),
    /// `kubectl rollout pause`.
    RolloutPause(ObjectRef),
    /// `kubectl rollout resume`.
    RolloutResume(ObjectRef),
    /// `kubectl delete`.
    Delete {
        /// The object.
        object: ObjectRef,
        /// How its dependents are treated.
        propagation: Propagation,
        /// Seconds of grace for a pod; none means the pod's own.
        grace_seconds: Option<i64>,
    },
    /// The eviction API, as `kubectl drain` uses it.
    Evict(ObjectRef),
    /// `kubectl drain`: cordons the node and evicts its pods, and goes on until they are gone.
    Drain {
        /// The node.
        node: String,
        /// Its options.
        options: DrainOptions,
    },
    /// What pods use from now on, or the value of a metric.
    SetLoad(Load),
    /// A node joins.
    AddNode(Box<Node>),
    /// A Node object is deleted.
    DeleteNode(String),
    /// A machine goes down: its kubelet acts on nothing until it is up again.
    NodeDown {
        /// The node.
        node: String,
        /// Whether its heartbeats just stop; otherwise its kubelet reports that the node is not Ready.
        silent: bool,
    },
    /// A machine is up again.
    NodeUp(String),
    /// Sets labels of a node; none removes one.
    LabelNode {
        /// The node.
        node: String,
        /// Labels to set or remove.
        labels: BTreeMap<String, Option<String>>,
    },
    /// Replaces the taints of a node.
    TaintNode {
        /// The node.
        node: String,
        /// The taints it has from now on.
        taints: Vec<Taint>,
    },
    /// `kubectl cordon` and `uncordon`.
    Cordon {
        /// The node.
        node: String,
        /// Whether it is cordoned from now on.
        on: bool,
    },
    /// A pod's readiness probe answers so from now on.
    HoldReadiness {
        /// The pod.
        pod: ObjectRef,
        /// The answer.
        ready: bool,
    },
    /// A pod's containers end.
    EndPod {
        /// The pod.
        pod: ObjectRef,
        /// Whether they end well.
        succeeded: bool,
        /// `status.reason`, such as `Evicted`.
        reason: Option<String>,
    },
    /// Something happens inside a container, or its probes are answered otherwise from now on.
    Process {
        /// The pod.
        pod: ObjectRef,
        /// The container; none means every one of the pod.
        container: Option<String>,
        /// What.
        change: ProcessChange,
    },
    /// Images that match a regular expression cannot be pulled from now on.
    BreakImage(String),
    /// Images that match a regular expression can be pulled from now on.
    FixImage(String),
    /// A node runs short of something, or has enough of it again.
    NodePressure {
        /// The node.
        node: String,
        /// Of what.
        resource: NodeResource,
        /// Whether it is short of it from now on.
        on: bool,
    },
    /// Sets a condition of a pod, as a controller outside the cluster does for a readiness gate.
    SetPodCondition {
        /// The pod.
        pod: ObjectRef,
        /// The condition's type.
        condition: String,
        /// Whether it is True.
        on: bool,
    },
    /// Kubelets behave so from now on.
    Kubelet(Box<KubeletSettings>),
}

/// How a patch is merged (`kubectl patch --type`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PatchKind {
    /// Lists are merged by their key.
    #[default]
    Strategic,
    /// RFC 7396: lists are replaced.
    Merge,
    /// RFC 6902: a list of operations.
    Json,
}
