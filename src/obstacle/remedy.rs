//! What would change the root of a chain of causes.

use super::daemon;
use super::{Absence, Cause, Link, Moment, NodeLack, PodLack, Question};
use crate::api::{Kind, ObjectRef, Pod, Resource, Taint, Time};
use crate::reason::{
    AutoscalerAct, DaemonSetAct, DeploymentAct, Limiting, Reason, Refusal, RefusalCause, Refused, SchedulerReason,
    StatefulSetAct, VolumeReason,
};

/// What would change something.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// Nothing is to be done: it goes on by itself, at an instant if that is known.
    Wait {
        /// When at the latest.
        until: Option<Time>,
    },
    /// An image that can be pulled, or that runs, in the template of a workload.
    SetImage {
        /// The workload; the pod itself where it has none.
        workload: ObjectRef,
        /// The container.
        container: String,
    },
    /// The template that was there before.
    UndoRollout {
        /// The workload.
        workload: ObjectRef,
    },
    /// The pod is deleted, so that its set makes it again from the template of now.
    DeletePod {
        /// The pod.
        pod: ObjectRef,
        /// Whether mending the template alone does not help, because the set waits for this very pod.
        stuck: bool,
    },
    /// The container answers its probe.
    AnswerProbe {
        /// The pod.
        pod: ObjectRef,
        /// The container.
        container: String,
    },
    /// The conditions that a readiness gate asks for are set.
    OpenGates(Vec<String>),
    /// A node with room, or smaller requests.
    MakeRoom,
    /// The taint goes, or the pod tolerates it.
    Tolerate {
        /// A node that has it.
        node: Option<String>,
        /// The taint, as `kubectl taint` writes it.
        taint: String,
    },
    /// A node gets a label.
    Label {
        /// A node.
        node: Option<String>,
        /// The label.
        key: String,
        /// Its value.
        value: String,
    },
    /// The filter that refuses most nodes is satisfied, in a way that has no single command.
    SatisfyFilter {
        /// The filter's words.
        text: String,
    },
    /// The scheduling gates are removed.
    RemoveGates {
        /// The pod.
        pod: ObjectRef,
    },
    /// An object that is named somewhere is made.
    Create(ObjectRef),
    /// A volume that fits, or a class that makes one.
    AddVolume {
        /// The claim.
        claim: ObjectRef,
    },
    /// A pod that uses the claim.
    UseClaim {
        /// The claim.
        claim: ObjectRef,
    },
    /// Whoever uses the object goes.
    StopUsing {
        /// The object that is in use.
        object: ObjectRef,
        /// Who uses it.
        user: ObjectRef,
    },
    /// The partition is lowered.
    LowerPartition {
        /// The set.
        set: ObjectRef,
    },
    /// The rollout is resumed.
    Resume {
        /// The Deployment.
        deployment: ObjectRef,
    },
    /// The workload is made larger.
    ScaleUp {
        /// The workload.
        workload: ObjectRef,
        /// To how many pods at least.
        replicas: i32,
    },
    /// The machine comes back.
    BringBack {
        /// The node.
        node: String,
    },
    /// The node is declared out of service, so that its pods may be removed unconfirmed.
    OutOfService {
        /// The node.
        node: String,
    },
    /// The node is uncordoned.
    Uncordon {
        /// The node.
        node: String,
    },
    /// The pods make less use of what the node is short of, or go.
    RelievePressure {
        /// The node.
        node: String,
    },
    /// The finalizers are removed by whoever set them.
    RemoveFinalizers(Vec<String>),
    /// The autoscaler's limit is changed.
    ChangeLimit {
        /// The autoscaler.
        autoscaler: ObjectRef,
        /// Whether it is the most that is in the way; otherwise the least.
        most: bool,
    },
    /// The pods request the resource whose utilization is asked for, or a load is there to measure.
    MakeMeasurable,
    /// The budget asks for less, or there are more pods.
    RelaxBudget {
        /// The budget.
        budget: ObjectRef,
    },
    /// The selector or the labels are changed so that they agree.
    Agree {
        /// The object with the selector.
        object: ObjectRef,
    },
}

/// What would change the cause of a link.
pub(super) fn of(moment: Moment<'_>, link: &Link) -> Vec<Remedy> {
    let object = match &link.about {
        Question::Object(object) => Some(object),
        Question::DaemonPod { .. } => None,
    };
    match &link.cause {
        Cause::AboutToLook(_) => vec![Remedy::Wait { until: None }],
        Cause::Told(step) => moment.steps.get(*step).map(|step| told(moment, &step.reason)).unwrap_or_default(),
        Cause::Absent(absence) => absent(absence),
        Cause::Pod(lack) => pod_of(moment, &link.about).map(|pod| of_pod(moment, pod, lack)).unwrap_or_default(),
        Cause::Node(lack) => object.map(|node| of_node(node.name(), lack)).unwrap_or_default(),
        Cause::NodeRefused { refusal, .. } => match &link.about {
            Question::DaemonPod { node, .. } => of_refusal(node, refusal),
            Question::Object(_) => vec![],
        },
        Cause::Finalizers(finalizers) => vec![Remedy::RemoveFinalizers(finalizers.clone())],
        Cause::BudgetExhausted { .. } => {
            object.map(|budget| Remedy::RelaxBudget { budget: budget.clone() }).into_iter().collect()
        }
        Cause::NoReadyEndpoint | Cause::Unavailable { .. } => vec![],
        Cause::Missing => object.map(|object| Remedy::Create(object.clone())).into_iter().collect(),
    }
}

/// The pod that a question is about, once it exists.
fn pod_of<'a>(moment: Moment<'a>, about: &Question) -> Option<&'a Pod> {
    match about {
        Question::Object(object) => moment.cluster.pods.get(&object.key).map(|pod| &**pod),
        Question::DaemonPod { set, node } => {
            let set = moment.cluster.daemon_sets.get(&set.key)?;
            daemon::pod_on(moment.cluster, set, node).map(|pod| &**pod)
        }
    }
}

fn absent(absence: &Absence) -> Vec<Remedy> {
    match absence {
        Absence::NotWanted { set, ordinals } => {
            let replicas = ordinals.map_or(1, |(first, last)| last - first + 2);
            vec![Remedy::ScaleUp { workload: set.clone(), replicas }]
        }
        Absence::ComesAfter { .. } | Absence::ComesNext { .. } => vec![Remedy::Wait { until: None }],
        Absence::SetGoes { .. } | Absence::NobodyMakesIt => vec![],
    }
}

/// The workload whose template a pod is made from: what a user changes. The pod itself where it has none.
fn workload_of(moment: Moment<'_>, pod: &Pod) -> ObjectRef {
    let namespace = &pod.metadata.namespace;
    let Some(owner) = pod.metadata.controller() else { return pod.reference() };
    let Some(kind) = Kind::parse(&owner.kind) else { return pod.reference() };
    let set = ObjectRef::new(kind, namespace, &owner.name);
    let deployment = (moment.cluster.replica_sets.get(&set.key).filter(|_| kind == Kind::ReplicaSet))
        .and_then(|set| set.metadata.controller())
        .map(|owner| ObjectRef::new(Kind::Deployment, namespace, &owner.name));
    deployment.unwrap_or(set)
}

/// What mends a pod whose image or process is bad. In an ordered set a mended template is not enough: the set waits for the
/// broken pod before it replaces any (`pkg/controller/statefulset: updateStatefulSet`; known as the stuck rollout).
fn mend_template(moment: Moment<'_>, pod: &Pod, container: &str) -> Vec<Remedy> {
    let workload = workload_of(moment, pod);
    if workload.kind == Kind::Pod {
        return vec![Remedy::SetImage { workload, container: container.into() }];
    }
    let mut remedies = vec![Remedy::SetImage { workload: workload.clone(), container: container.into() }];
    if has_history(moment, &workload) {
        remedies.push(Remedy::UndoRollout { workload: workload.clone() });
    }
    if moment.cluster.stateful_sets.get(&workload.key).is_some_and(|set| set.spec.is_ordered())
        && workload.kind == Kind::StatefulSet
    {
        remedies.push(Remedy::DeletePod { pod: pod.reference(), stuck: true });
    }
    remedies
}

/// Whether there is an earlier template to go back to.
fn has_history(moment: Moment<'_>, workload: &ObjectRef) -> bool {
    let Some(object) = moment.cluster.get(workload) else { return false };
    let uid = object.metadata().uid;
    match workload.kind {
        Kind::Deployment => moment.cluster.replica_sets_of(uid).nth(1).is_some(),
        Kind::StatefulSet | Kind::DaemonSet => moment.cluster.revisions_of(uid).nth(1).is_some(),
        _ => false,
    }
}

fn of_pod(moment: Moment<'_>, pod: &Pod, lack: &PodLack) -> Vec<Remedy> {
    match lack {
        PodLack::SchedulerToCome
        | PodLack::Starting
        | PodLack::Initializing { .. }
        | PodLack::StartupProbe { .. }
        | PodLack::OldUntilItsTurn { .. }
        | PodLack::ReadinessProbe { failed: false, .. } => vec![Remedy::Wait { until: None }],
        PodLack::Stopping { until } | PodLack::NotAvailable { until, .. } => vec![Remedy::Wait { until: Some(*until) }],
        PodLack::NodeSilent { node } => of_silence(node),
        PodLack::Finalizers(finalizers) => vec![Remedy::RemoveFinalizers(finalizers.clone())],
        PodLack::Image { container, .. } | PodLack::Crash { container, .. } => mend_template(moment, pod, container),
        PodLack::CannotStart { container, .. } => mend_template(moment, pod, container),
        PodLack::ReadinessProbe { container, failed: true } => {
            let mut remedies = vec![Remedy::AnswerProbe { pod: pod.reference(), container: container.clone() }];
            remedies.extend(mend_template(moment, pod, container).into_iter().skip(1));
            remedies
        }
        PodLack::NotReady => {
            let container = pod.spec.containers.first().map(|container| container.name.clone()).unwrap_or_default();
            vec![Remedy::AnswerProbe { pod: pod.reference(), container }]
        }
        PodLack::Gates(gates) => vec![Remedy::OpenGates(gates.clone())],
        PodLack::Ended { replaced: true, .. } => vec![Remedy::Wait { until: None }],
        PodLack::Ended { replaced: false, .. } => vec![Remedy::DeletePod { pod: pod.reference(), stuck: false }],
        PodLack::OldUntilDeleted { .. } => vec![Remedy::DeletePod { pod: pod.reference(), stuck: false }],
        PodLack::OldByPartition { set, .. } => vec![Remedy::LowerPartition { set: set.clone() }],
    }
}

fn of_silence(node: &str) -> Vec<Remedy> {
    vec![Remedy::BringBack { node: node.into() }, Remedy::OutOfService { node: node.into() }]
}

fn of_node(node: &str, lack: &NodeLack) -> Vec<Remedy> {
    match lack {
        NodeLack::Missing => vec![Remedy::Create(ObjectRef::new(Kind::Node, "", node))],
        NodeLack::Silent { .. } => of_silence(node),
        NodeLack::NotReady { .. } => vec![Remedy::BringBack { node: node.into() }],
        NodeLack::Cordoned => vec![Remedy::Uncordon { node: node.into() }],
        NodeLack::Pressure { .. } => vec![Remedy::RelievePressure { node: node.into() }],
    }
}

fn of_refusal(node: &str, refusal: &Refusal) -> Vec<Remedy> {
    match refusal {
        Refusal::Taint(taint) => vec![tolerate(Some(node), taint)],
        Refusal::NodeSelector { key, wanted, .. } => {
            vec![Remedy::Label { node: Some(node.into()), key: key.clone(), value: wanted.clone() }]
        }
        Refusal::NodeName(_) | Refusal::NodeAffinity => vec![],
    }
}

fn tolerate(node: Option<&str>, taint: &Taint) -> Remedy {
    Remedy::Tolerate { node: node.map(str::to_owned), taint: taint.to_string() }
}

fn told(moment: Moment<'_>, reason: &Reason) -> Vec<Remedy> {
    match reason {
        Reason::StatefulSet(reason) => match &reason.act {
            StatefulSetAct::HeldByPartition { .. } => vec![Remedy::LowerPartition { set: reason.set.clone() }],
            StatefulSetAct::WaitForManualDelete { pods, .. } => {
                let first = pods.first().map(|pod| Remedy::DeletePod { pod: pod.clone(), stuck: false });
                first.into_iter().collect()
            }
            StatefulSetAct::NameTaken { pod } => vec![Remedy::DeletePod { pod: pod.clone(), stuck: false }],
            _ => vec![],
        },
        Reason::DaemonSet(reason) => match &reason.act {
            DaemonSetAct::WaitForAvailable { .. } | DaemonSetAct::WaitForReady { .. } => {
                vec![Remedy::Wait { until: None }]
            }
            _ => vec![],
        },
        Reason::Deployment(reason) => match &reason.act {
            DeploymentAct::Paused { .. } => vec![Remedy::Resume { deployment: reason.deployment.clone() }],
            _ => vec![],
        },
        Reason::Scheduler(reason) => of_scheduler(reason),
        Reason::Volume(reason) => of_volume(moment, reason),
        Reason::Autoscaler(reason) => match &reason.act {
            AutoscalerAct::Stabilized { until, .. } => vec![Remedy::Wait { until: *until }],
            AutoscalerAct::Limited { evaluation } => match evaluation.limit {
                Limiting::TooFewReplicas | Limiting::TooManyReplicas => {
                    let most = evaluation.limit == Limiting::TooManyReplicas;
                    vec![Remedy::ChangeLimit { autoscaler: reason.autoscaler.clone(), most }]
                }
                Limiting::ScaleUpLimit | Limiting::ScaleDownLimit | Limiting::DesiredWithinRange => {
                    vec![Remedy::Wait { until: None }]
                }
            },
            AutoscalerAct::MetricsFail { .. } => vec![Remedy::MakeMeasurable],
            AutoscalerAct::TargetMissing { .. } => {
                reason.target.iter().map(|target| Remedy::Create(target.clone())).collect()
            }
            _ => vec![],
        },
        Reason::Endpoints(reason) => vec![Remedy::Agree { object: reason.service.clone() }],
        Reason::ReplicaSet(_)
        | Reason::Disruption(_)
        | Reason::Kubelet(_)
        | Reason::Garbage(_)
        | Reason::Node(_)
        | Reason::User(_) => vec![],
    }
}

fn of_scheduler(reason: &SchedulerReason) -> Vec<Remedy> {
    match reason {
        SchedulerReason::Unschedulable { refusals, .. } => {
            let mut remedies = vec![];
            for refused in Refused::by_count(refusals).into_iter().take(3) {
                let remedy = match &refused.example {
                    Some(example) => {
                        let node = Some(example.node.clone());
                        match &example.cause {
                            RefusalCause::Taint(taint) => Remedy::Tolerate { node, taint: taint.clone() },
                            RefusalCause::Label { key, wanted } => {
                                Remedy::Label { node, key: key.clone(), value: wanted.clone() }
                            }
                            RefusalCause::Resource { .. } => Remedy::MakeRoom,
                            RefusalCause::Port(_)
                            | RefusalCause::Skew { .. }
                            | RefusalCause::NoDomain { .. }
                            | RefusalCause::Neighbours { .. } => Remedy::SatisfyFilter { text: refused.text.clone() },
                        }
                    }
                    None => Remedy::SatisfyFilter { text: refused.text.clone() },
                };
                if !remedies.contains(&remedy) {
                    remedies.push(remedy);
                }
            }
            remedies
        }
        SchedulerReason::Preempts { .. } => vec![Remedy::Wait { until: None }],
        SchedulerReason::Gated { pod, .. } => vec![Remedy::RemoveGates { pod: pod.clone() }],
        SchedulerReason::Bound { .. } | SchedulerReason::NodeChosenForVolumes { .. } => vec![],
    }
}

fn of_volume(moment: Moment<'_>, reason: &VolumeReason) -> Vec<Remedy> {
    match reason {
        VolumeReason::WaitsForFirstConsumer { claim, .. } => vec![Remedy::UseClaim { claim: claim.clone() }],
        VolumeReason::WaitsForProvisioner { .. } => vec![Remedy::Wait { until: None }],
        VolumeReason::ProvisioningConflict { until, .. } => vec![Remedy::Wait { until: Some(*until) }],
        VolumeReason::NothingToBind { claim, class, class_exists } => {
            let missing = class.as_ref().filter(|_| !class_exists);
            let create = missing.map(|class| Remedy::Create(ObjectRef::new(Kind::StorageClass, "", class)));
            create.into_iter().chain([Remedy::AddVolume { claim: claim.clone() }]).collect()
        }
        VolumeReason::NamedVolume { claim, .. } | VolumeReason::SelectorNotProvisioned { claim, .. } => {
            vec![Remedy::AddVolume { claim: claim.clone() }]
        }
        VolumeReason::ClaimInUse { claim, pod } => {
            vec![Remedy::StopUsing { object: claim.clone(), user: pod.clone() }]
        }
        VolumeReason::VolumeInUse { volume, claim } => {
            vec![Remedy::StopUsing { object: volume.clone(), user: claim.clone() }]
        }
        VolumeReason::MultiAttach { node, pods, until, .. } => {
            let gone = moment.cluster.node(node).is_none_or(|node| !node.is_ready());
            match (until, pods.first()) {
                (Some(until), _) => vec![Remedy::Wait { until: Some(*until) }],
                (None, _) if gone => of_silence(node),
                (None, Some(pod)) => vec![Remedy::DeletePod { pod: pod.clone(), stuck: false }],
                (None, None) => vec![],
            }
        }
        VolumeReason::Provisioned { .. }
        | VolumeReason::Bound { .. }
        | VolumeReason::DefaultClassGiven { .. }
        | VolumeReason::Lost { .. }
        | VolumeReason::ClaimReleased { .. }
        | VolumeReason::Reclaimed { .. }
        | VolumeReason::Unbound { .. }
        | VolumeReason::VolumeRemoved { .. }
        | VolumeReason::VolumeGrown { .. }
        | VolumeReason::AwaitsMount { .. }
        | VolumeReason::FileSystemGrown { .. }
        | VolumeReason::Available { .. } => vec![],
    }
}
