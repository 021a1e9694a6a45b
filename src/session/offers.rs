//! What can be done to an object by mouse and key, each as the very line that would be typed.

use super::hands::quoted;
use super::state::Session;
use crate::api::{Kind, Node, Object, ObjectRef, Pod, PodPhase, Resource as _};
use crate::kubectl::Console;

/// Something that can be done to an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What.
    pub deed: Offered,
    /// The line that does it.
    pub line: String,
    /// Whether the line is put into the prompt, because somebody has to say more; then what is to be written anew.
    pub asks: Option<String>,
}

/// What can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named after what it does")]
pub enum Offered {
    Cordon,
    Uncordon,
    Drain,
    Taint,
    Untaint(String),
    PowerOff,
    PowerOn,
    RemoveNode,
    Describe,
    DeletePod,
    Unready,
    Ready,
    Crash,
    Fail,
    BreakImage(String),
    FixImage(String),
    ScaleUp(i32),
    ScaleDown(i32),
    SetImage,
    Restart,
    Pause,
    Resume,
    RollBack,
    Status,
    DeleteWorkload,
    OrphanPods,
    Delete,
}

impl Offered {
    /// Whether something fails or goes away by it.
    #[must_use]
    pub fn is_harm(&self) -> bool {
        match self {
            Offered::Drain
            | Offered::PowerOff
            | Offered::RemoveNode
            | Offered::DeletePod
            | Offered::Unready
            | Offered::Crash
            | Offered::Fail
            | Offered::BreakImage(_)
            | Offered::DeleteWorkload
            | Offered::OrphanPods
            | Offered::Delete => true,
            Offered::Cordon
            | Offered::Uncordon
            | Offered::Taint
            | Offered::Untaint(_)
            | Offered::PowerOn
            | Offered::Describe
            | Offered::Ready
            | Offered::FixImage(_)
            | Offered::ScaleUp(_)
            | Offered::ScaleDown(_)
            | Offered::SetImage
            | Offered::Restart
            | Offered::Pause
            | Offered::Resume
            | Offered::RollBack
            | Offered::Status => false,
        }
    }
}

/// The load of the pods of a workload, to be said by a slider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The workload, as `lab load` names it.
    pub of: String,
    /// What follows the amount in the line.
    pub flags: String,
}

impl Load {
    /// The line that says how much, in percent of what is requested.
    #[must_use]
    pub fn line(&self, percent: u32) -> String {
        format!("lab load {} {percent}%{}", self.of, self.flags)
    }
}

impl Session {
    /// What can be done to an object at the shown moment.
    #[must_use]
    pub fn offers(&self, object: &ObjectRef) -> Vec<Offer> {
        let Some(desk) = self.desk() else { return vec![] };
        let console = desk.console();
        let Some(found) = console.simulation().cluster().get(object) else { return vec![] };
        let offers = match &found {
            Object::Node(node) => of_node(console, node),
            Object::Pod(pod) => of_pod(console, pod),
            other => of_others(other, &in_namespace(object)),
        };
        let describe = format!("kubectl describe {} {}{}", noun(object.kind), object.name(), in_namespace(object));
        let describe = Offer { deed: Offered::Describe, line: describe, asks: None };
        offers.into_iter().chain([describe]).collect()
    }

    /// The load that can be said of an object: of a workload, or of what an autoscaler scales.
    #[must_use]
    pub fn load_of(&self, object: &ObjectRef) -> Option<Load> {
        let desk = self.desk()?;
        let found = desk.console().simulation().cluster().get(object)?;
        let of = match &found {
            Object::HorizontalPodAutoscaler(autoscaler) => {
                let target = &autoscaler.spec.scale_target_ref;
                format!("{}/{}", target.kind.to_lowercase(), target.name)
            }
            Object::Deployment(_) | Object::StatefulSet(_) => format!("{}/{}", noun(object.kind), object.name()),
            _ => return None,
        };
        Some(Load { of, flags: in_namespace(object) })
    }
}

fn does(deed: Offered, line: String) -> Offer {
    Offer { deed, line, asks: None }
}

fn of_node(console: &Console, node: &Node) -> Vec<Offer> {
    let name = &node.metadata.name;
    let mut offers = vec![];
    offers.push(match node.is_cordoned() {
        true => does(Offered::Uncordon, format!("kubectl uncordon {name}")),
        false => does(Offered::Cordon, format!("kubectl cordon {name}")),
    });
    offers.push(does(Offered::Drain, format!("kubectl drain {name} --ignore-daemonsets --delete-emptydir-data")));
    let taint = "maintenance=true:NoExecute";
    offers.push(Offer {
        deed: Offered::Taint,
        line: format!("kubectl taint nodes {name} {taint}"),
        asks: Some(taint.into()),
    });
    let own = node.spec.taints.iter().filter(|taint| !taint.key.starts_with("node.kubernetes.io/"));
    offers.extend(own.map(|taint| {
        let shown = match taint.value.as_str() {
            "" => format!("{}:{}", taint.key, taint.effect),
            value => format!("{}={value}:{}", taint.key, taint.effect),
        };
        let line = format!("kubectl taint nodes {name} {}:{}-", taint.key, taint.effect);
        does(Offered::Untaint(shown), line)
    }));
    offers.push(match console.simulation().is_down(name) {
        true => does(Offered::PowerOn, format!("lab node up {name}")),
        false => does(Offered::PowerOff, format!("lab node down {name}")),
    });
    offers.push(does(Offered::RemoveNode, format!("lab node remove {name}")));
    offers
}

fn of_pod(console: &Console, pod: &Pod) -> Vec<Offer> {
    let reference = pod.reference();
    let (name, namespace) = (reference.name(), in_namespace(&reference));
    let mut offers = vec![does(Offered::DeletePod, format!("kubectl delete pod {name}{namespace}"))];
    let lab = |deed: Offered, verb: &str| does(deed, format!("lab pod {verb} {name}{namespace}"));
    let is_over = matches!(pod.status.phase, PodPhase::Succeeded | PodPhase::Failed);
    if pod.is_terminating() || is_over {
        return offers;
    }
    let runs = pod.status.container_statuses.iter().any(|status| status.state.running_since().is_some());
    if runs {
        offers.push(match console.simulation().is_held_unready(pod.metadata.uid) {
            true => lab(Offered::Ready, "ready"),
            false => lab(Offered::Unready, "unready"),
        });
        offers.push(lab(Offered::Crash, "crash"));
        offers.push(does(Offered::Fail, format!("lab pod fail {name} --reason=Evicted{namespace}")));
    }
    for container in &pod.spec.containers {
        let Some(image) = &container.image else { continue };
        let status = pod.status.container_statuses.iter().find(|status| status.name == container.name);
        let waits = status.and_then(|status| status.state.waiting_reason()).unwrap_or_default();
        let offer = match ["ErrImagePull", "ImagePullBackOff", "InvalidImageName"].contains(&waits) {
            true => does(Offered::FixImage(image.clone()), format!("lab image fix {}", quoted(image))),
            false => does(Offered::BreakImage(image.clone()), format!("lab image break {}", quoted(image))),
        };
        if !offers.contains(&offer) {
            offers.push(offer);
        }
    }
    offers
}

fn of_others(object: &Object, namespace: &str) -> Vec<Offer> {
    let named = format!("{}/{}", noun(object.kind()), object.metadata().name);
    let rollout = |deed: Offered, verb: &str| does(deed, format!("kubectl rollout {verb} {named}{namespace}"));
    let mut offers = vec![];
    let replicas = match object {
        Object::StatefulSet(set) => Some(set.spec.replicas.unwrap_or(1)),
        Object::Deployment(deployment) => Some(deployment.spec.replicas.unwrap_or(1)),
        Object::ReplicaSet(set) => Some(set.spec.replicas.unwrap_or(1)),
        _ => None,
    };
    if let Some(replicas) = replicas {
        let scale = |deed: fn(i32) -> Offered, to: i32| {
            does(deed(to), format!("kubectl scale {named} --replicas={to}{namespace}"))
        };
        offers.push(scale(Offered::ScaleUp, replicas.saturating_add(1)));
        if replicas > 0 {
            offers.push(scale(Offered::ScaleDown, replicas - 1));
        }
    }
    let template = match object {
        Object::StatefulSet(set) => Some(&set.spec.template),
        Object::Deployment(deployment) => Some(&deployment.spec.template),
        Object::DaemonSet(set) => Some(&set.spec.template),
        _ => None,
    };
    if let Some(template) = template {
        if let Some(container) = template.spec.containers.first() {
            let image = container.image.clone().unwrap_or_default();
            let line = format!("kubectl set image {named}{namespace} {}={}", container.name, quoted(&image));
            offers.push(Offer { deed: Offered::SetImage, line, asks: Some(quoted(&image)) });
        }
        offers.push(rollout(Offered::Restart, "restart"));
        if let Object::Deployment(deployment) = object {
            offers.push(match deployment.spec.paused {
                Some(true) => rollout(Offered::Resume, "resume"),
                _ => rollout(Offered::Pause, "pause"),
            });
        }
        offers.push(rollout(Offered::RollBack, "undo"));
        offers.push(rollout(Offered::Status, "status"));
    }
    let delete = format!("kubectl delete {} {}{namespace}", noun(object.kind()), object.metadata().name);
    match replicas.is_some() || template.is_some() {
        true => {
            offers.push(does(Offered::OrphanPods, format!("{delete} --cascade=orphan")));
            offers.push(does(Offered::DeleteWorkload, delete));
        }
        false => offers.push(does(Offered::Delete, delete)),
    }
    offers
}

/// A kind as it is typed.
fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Node => "node",
        Kind::StorageClass => "storageclass",
        Kind::PriorityClass => "priorityclass",
        Kind::PersistentVolume => "pv",
        Kind::PersistentVolumeClaim => "pvc",
        Kind::Service => "service",
        Kind::EndpointSlice => "endpointslice",
        Kind::StatefulSet => "statefulset",
        Kind::DaemonSet => "daemonset",
        Kind::Deployment => "deployment",
        Kind::ReplicaSet => "replicaset",
        Kind::HorizontalPodAutoscaler => "hpa",
        Kind::PodDisruptionBudget => "pdb",
        Kind::ControllerRevision => "controllerrevision",
        Kind::Pod => "pod",
    }
}

fn in_namespace(object: &ObjectRef) -> String {
    match object.key.namespace.as_ref() {
        "" | "default" => String::new(),
        namespace => format!(" -n {}", quoted(namespace)),
    }
}
