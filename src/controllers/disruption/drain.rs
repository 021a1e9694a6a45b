//! Which pods `kubectl drain` evicts, and which make it give up. Upstream: `k8s.io/kubectl/pkg/drain/filters.go`.

use crate::actor::DrainOptions;
use crate::api::{Key, Kind, ObjectRef, Pod, Resource};
use crate::cluster::Cluster;
use std::collections::BTreeMap;

const DAEMON_SET_FATAL: &str = "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)";
const DAEMON_SET_WARNING: &str = "ignoring DaemonSet-managed Pods";
const LOCAL_STORAGE_FATAL: &str = "Pods with local storage (use --delete-emptydir-data to override)";
const LOCAL_STORAGE_WARNING: &str = "deleting Pods with local storage";
const UNMANAGED_FATAL: &str = "Pods that declare no controller (use --force to override)";
const UNMANAGED_WARNING: &str = "deleting Pods that declare no controller";

/// The annotation of a pod that a kubelet made from a file (`corev1.MirrorPodAnnotationKey`).
const MIRROR: &str = "kubernetes.io/config.mirror";

/// What a drain is going to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrainPlan {
    /// Pods to evict, by name.
    pub pods: Vec<ObjectRef>,
    /// What it warns of: `ignoring DaemonSet-managed Pods: default/agent-x7k2p`.
    pub warnings: Vec<String>,
    /// What makes it give up: `cannot delete Pods that declare no controller (…): default/one`.
    pub errors: Vec<String>,
}

/// What a filter makes of a pod.
enum Verdict {
    Okay,
    Skip,
    /// A warning, and whether the pod is evicted all the same.
    Warning(bool, String),
    Error(String),
}

/// What becomes of the pods of a node (`GetPodsForDeletion`).
#[must_use]
pub fn plan(cluster: &Cluster, node: &str, options: &DrainOptions) -> DrainPlan {
    let mut plan = DrainPlan::default();
    let (mut warnings, mut errors) = (BTreeMap::<String, Vec<String>>::new(), BTreeMap::<String, Vec<String>>::new());
    for pod in cluster.pods_on(node) {
        let name = format!("{}/{}", pod.metadata.namespace, pod.metadata.name);
        match filtered(cluster, pod, options) {
            Verdict::Okay => plan.pods.push(pod.reference()),
            Verdict::Skip => {}
            Verdict::Warning(evicted, message) => {
                warnings.entry(message).or_default().push(name);
                plan.pods.extend(evicted.then(|| pod.reference()));
            }
            Verdict::Error(message) => errors.entry(message).or_default().push(name),
        }
    }
    plan.warnings = warnings.iter().map(|(message, pods)| format!("{message}: {}", pods.join(", "))).collect();
    plan.errors =
        errors.iter().map(|(message, pods)| format!("cannot delete {message}: {}", pods.join(", "))).collect();
    plan
}

/// The filters one after the other; the last warning counts, as upstream keeps the last status.
fn filtered(cluster: &Cluster, pod: &Pod, options: &DrainOptions) -> Verdict {
    let mut verdict = Verdict::Okay;
    for filter in [daemon_set, mirror, local_storage, unmanaged] {
        verdict = filter(cluster, pod, options);
        if matches!(verdict, Verdict::Skip | Verdict::Warning(false, _) | Verdict::Error(_)) {
            break;
        }
    }
    verdict
}

fn daemon_set(cluster: &Cluster, pod: &Pod, options: &DrainOptions) -> Verdict {
    let Some(owner) = pod.metadata.controller().filter(|owner| owner.kind == Kind::DaemonSet.as_str()) else {
        return Verdict::Okay;
    };
    if pod.status.phase.is_terminal() {
        return Verdict::Okay;
    }
    if !cluster.daemon_sets.contains(&Key::new(&pod.metadata.namespace, &owner.name)) {
        let message = format!("daemonsets.apps \"{}\" not found", owner.name);
        return if options.force { Verdict::Warning(true, message) } else { Verdict::Error(message) };
    }
    if options.ignore_daemonsets {
        Verdict::Warning(false, DAEMON_SET_WARNING.into())
    } else {
        Verdict::Error(DAEMON_SET_FATAL.into())
    }
}

fn mirror(_cluster: &Cluster, pod: &Pod, _options: &DrainOptions) -> Verdict {
    if pod.metadata.annotations.contains_key(MIRROR) { Verdict::Skip } else { Verdict::Okay }
}

fn local_storage(_cluster: &Cluster, pod: &Pod, options: &DrainOptions) -> Verdict {
    let is_local = pod.spec.volumes.iter().any(|volume| volume.empty_dir.is_some());
    match (is_local && !pod.status.phase.is_terminal(), options.delete_emptydir_data) {
        (false, _) => Verdict::Okay,
        (true, true) => Verdict::Warning(true, LOCAL_STORAGE_WARNING.into()),
        (true, false) => Verdict::Error(LOCAL_STORAGE_FATAL.into()),
    }
}

fn unmanaged(_cluster: &Cluster, pod: &Pod, options: &DrainOptions) -> Verdict {
    match (pod.metadata.controller().is_some() || pod.status.phase.is_terminal(), options.force) {
        (true, _) => Verdict::Okay,
        (false, true) => Verdict::Warning(true, UNMANAGED_WARNING.into()),
        (false, false) => Verdict::Error(UNMANAGED_FATAL.into()),
    }
}
