//! What a pod that exists lacks.

use super::{Cause, Moment, Question, told};
use crate::actor::Actor;
use crate::api::{ContainerState, Key, Kind, ObjectRef, Pod, PodPhase, Resource, Time, UpdateStrategyType};
use crate::controllers::history::REVISION_LABEL;
use crate::reason::{ContainerAct, KubeletReason, Reason};

/// What a pod lacks.
#[derive(Clone, Debug, PartialEq)]
pub enum PodLack {
    /// The scheduler has not looked at it yet.
    SchedulerToCome,
    /// Its node is not heard of, so that nobody starts, checks or stops it.
    NodeSilent {
        /// The node.
        node: String,
    },
    /// Deletion was asked for, and it may run until an instant.
    Stopping {
        /// Until when at the latest.
        until: Time,
    },
    /// It is being deleted and exists on for its finalizers.
    Finalizers(Vec<String>),
    /// A container waits for its image.
    Image {
        /// The container.
        container: String,
        /// The image.
        image: String,
        /// `ImagePullBackOff`, `ErrImagePull`, ...
        reason: String,
    },
    /// A container ends again and again.
    Crash {
        /// The container.
        container: String,
        /// How it ended last.
        exit_code: Option<i32>,
        /// How often it was started again.
        restarts: i32,
    },
    /// A container cannot start for another reason.
    CannotStart {
        /// The container.
        container: String,
        /// The waiting reason.
        reason: String,
    },
    /// Init containers run, one after the other.
    Initializing {
        /// The one whose turn it is.
        container: String,
        /// Its turn, from 1.
        number: usize,
        /// How many there are.
        total: usize,
    },
    /// The kubelet pulls images, mounts volumes, starts containers.
    Starting,
    /// A container's startup probe has not succeeded yet.
    StartupProbe {
        /// The container.
        container: String,
    },
    /// A container's readiness probe does not succeed.
    ReadinessProbe {
        /// The container.
        container: String,
        /// Whether it has failed as often as it may; otherwise it has not succeeded yet.
        failed: bool,
    },
    /// It runs and its Ready condition is not True, for no reason that its containers know.
    NotReady,
    /// Conditions that Ready needs besides its containers are not True.
    Gates(Vec<String>),
    /// It is Ready, but not for `minReadySeconds` yet.
    NotAvailable {
        /// When it will be.
        until: Time,
        /// `minReadySeconds`.
        seconds: i32,
    },
    /// It has ended and will not run again.
    Ended {
        /// How.
        phase: PodPhase,
        /// `status.reason`, such as `Evicted`.
        reason: Option<String>,
        /// Whether a controller makes another one in its place.
        replaced: bool,
    },
    /// It runs well, of an old revision, and with OnDelete it stays so until somebody deletes it.
    OldUntilDeleted {
        /// The set.
        set: ObjectRef,
    },
    /// It runs well, of an old revision, and its ordinal is below the partition.
    OldByPartition {
        /// The set.
        set: ObjectRef,
        /// The partition.
        partition: i32,
    },
    /// It runs well, of an old revision; its turn comes.
    OldUntilItsTurn {
        /// The set.
        set: ObjectRef,
    },
}

/// What a pod lacks, and whom to ask next.
pub(super) fn cause(moment: Moment<'_>, pod: &Pod) -> Option<(Cause, Option<Question>)> {
    let reference = pod.reference();
    let lack = |lack| Some((Cause::Pod(lack), None));
    if pod.is_terminating() {
        return terminating(moment, pod);
    }
    if pod.status.phase.is_terminal() {
        return lack(PodLack::Ended {
            phase: pod.status.phase,
            reason: pod.status.reason.clone(),
            replaced: is_replaced(pod),
        });
    }
    let Some(node) = pod.node() else {
        return told::cause(moment, &reference).or_else(|| lack(PodLack::SchedulerToCome));
    };
    if !pod.is_ready() {
        if let Some(silent) = silent_node(moment, node) {
            return Some((Cause::Pod(PodLack::NodeSilent { node: node.into() }), Some(silent)));
        }
        return told::cause(moment, &reference).or_else(|| lack(unready(moment, pod)));
    }
    let min_ready = min_ready_seconds(moment, pod);
    if let Some(until) = pod.available_from(min_ready).filter(|until| *until > moment.now) {
        return lack(PodLack::NotAvailable { until, seconds: min_ready });
    }
    outdated(moment, pod)
}

fn terminating(moment: Moment<'_>, pod: &Pod) -> Option<(Cause, Option<Question>)> {
    let silent = pod.node().and_then(|node| Some((node, silent_node(moment, node)?)));
    if let Some((node, silent)) = silent {
        return Some((Cause::Pod(PodLack::NodeSilent { node: node.into() }), Some(silent)));
    }
    let until = pod.metadata.deletion_timestamp?;
    let stopped = pod.status.phase.is_terminal() || pod.node().is_none() || until <= moment.now;
    let lack = match &pod.metadata.finalizers[..] {
        finalizers @ [_, ..] if stopped => PodLack::Finalizers(finalizers.to_vec()),
        _ => PodLack::Stopping { until },
    };
    Some((Cause::Pod(lack), None))
}

/// The question about a node from whose kubelet nothing is heard, or that reports that it is not Ready.
fn silent_node(moment: Moment<'_>, node: &str) -> Option<Question> {
    let lost = moment
        .cluster
        .node(node)
        .is_none_or(|node| node.ready_condition().is_some_and(|condition| condition.status != "True"));
    lost.then(|| Question::Object(ObjectRef::new(Kind::Node, "", node)))
}

/// What keeps a pod with a node from being Ready, from its containers' states.
fn unready(moment: Moment<'_>, pod: &Pod) -> PodLack {
    let statuses = pod.status.init_container_statuses.iter().chain(&pod.status.container_statuses);
    for status in statuses {
        let ContainerState::Waiting { reason, .. } = &status.state else { continue };
        let container = status.name.clone();
        match reason.as_str() {
            "ContainerCreating" | "PodInitializing" => {}
            "ErrImagePull" | "ImagePullBackOff" | "ErrImageNeverPull" | "InvalidImageName" => {
                return PodLack::Image { container, image: status.image.clone(), reason: reason.clone() };
            }
            "CrashLoopBackOff" => {
                let exit_code = status.last_state.as_ref().and_then(|state| state.ended()).map(|(code, _)| code);
                return PodLack::Crash { container, exit_code, restarts: status.restart_count };
            }
            _ => return PodLack::CannotStart { container, reason: reason.clone() },
        }
    }
    if let Some(initializing) = initializing(pod) {
        return initializing;
    }
    if pod.status.phase == PodPhase::Pending {
        return PodLack::Starting;
    }
    unready_container(moment, pod).unwrap_or_else(|| closed_gates(pod).map_or(PodLack::NotReady, PodLack::Gates))
}

fn initializing(pod: &Pod) -> Option<PodLack> {
    let containers = &pod.spec.init_containers;
    let turn = containers.iter().position(|container| {
        let status = pod.status.init_container_statuses.iter().find(|status| status.name == container.name);
        let is_sidecar = container.restart_policy.as_deref() == Some("Always");
        status.is_none_or(|status| match &status.state {
            ContainerState::Terminated { exit_code, .. } => *exit_code != 0,
            ContainerState::Running { .. } => !is_sidecar || status.started == Some(false),
            ContainerState::Waiting { .. } => true,
        })
    })?;
    let running = pod.status.init_container_statuses.iter().any(|status| status.state.running_since().is_some());
    let container = containers.get(turn).filter(|_| running || turn > 0)?.name.clone();
    Some(PodLack::Initializing { container, number: turn + 1, total: containers.len() })
}

/// The first container that is not ready although it runs, and which probe is to blame.
fn unready_container(moment: Moment<'_>, pod: &Pod) -> Option<PodLack> {
    let status = pod.status.container_statuses.iter().find(|status| !status.ready)?;
    let container = pod.spec.containers.iter().find(|container| container.name == status.name)?;
    if container.startup_probe.is_some() && status.started == Some(false) {
        return Some(PodLack::StartupProbe { container: status.name.clone() });
    }
    container.readiness_probe.as_ref()?;
    Some(PodLack::ReadinessProbe { container: status.name.clone(), failed: has_failed(moment, pod, &status.name) })
}

/// Whether the kubelet said last of a container's readiness probe that it failed.
fn has_failed(moment: Moment<'_>, pod: &Pod, name: &str) -> bool {
    let reference = pod.reference();
    let mut told = moment.steps.iter().rev().filter(|step| step.actor == Actor::Kubelet).filter_map(|step| {
        let Reason::Kubelet(reason) = &step.reason else { return None };
        match reason {
            KubeletReason::BecameUnready { pod, .. } if *pod == reference => Some(true),
            KubeletReason::Started { pod, .. } | KubeletReason::BecameReady { pod, .. } if *pod == reference => {
                Some(false)
            }
            KubeletReason::Container { pod, container, act, .. } if *pod == reference && container == name => match act
            {
                ContainerAct::ReadinessFailed { .. } => Some(true),
                ContainerAct::ProbePassed { .. } | ContainerAct::Restarted { .. } => Some(false),
                _ => None,
            },
            _ => None,
        }
    });
    told.next().unwrap_or(false)
}

/// Readiness gates whose condition is not True.
fn closed_gates(pod: &Pod) -> Option<Vec<String>> {
    let gates = pod.spec.readiness_gates.iter().map(|gate| &gate.condition_type);
    let closed: Vec<String> =
        gates.filter(|gate| pod.condition(gate).is_none_or(|condition| condition.status != "True")).cloned().collect();
    (!closed.is_empty()).then_some(closed)
}

/// Whether a controller makes a new pod when this one has ended.
fn is_replaced(pod: &Pod) -> bool {
    pod.metadata.controller().is_some()
}

/// `minReadySeconds` of whoever controls the pod.
fn min_ready_seconds(moment: Moment<'_>, pod: &Pod) -> i32 {
    let Some(owner) = pod.metadata.controller() else { return 0 };
    let key = Key::new(&pod.metadata.namespace, &owner.name);
    let seconds = match Kind::parse(&owner.kind) {
        Some(Kind::StatefulSet) => moment.cluster.stateful_sets.get(&key).and_then(|set| set.spec.min_ready_seconds),
        Some(Kind::DaemonSet) => moment.cluster.daemon_sets.get(&key).and_then(|set| set.spec.min_ready_seconds),
        Some(Kind::ReplicaSet) => moment.cluster.replica_sets.get(&key).and_then(|set| set.spec.min_ready_seconds),
        _ => None,
    };
    seconds.unwrap_or(0)
}

/// Why a pod that runs well is still of an old revision of its StatefulSet.
fn outdated(moment: Moment<'_>, pod: &Pod) -> Option<(Cause, Option<Question>)> {
    let owner = pod.metadata.controller().filter(|owner| owner.kind == Kind::StatefulSet.as_str())?;
    let set = moment.cluster.stateful_sets.get(&Key::new(&pod.metadata.namespace, &owner.name))?;
    let newest = Some(&set.status.update_revision).filter(|newest| !newest.is_empty())?;
    if pod.metadata.labels.get(REVISION_LABEL).is_none_or(|own| own == newest) {
        return None;
    }
    let reference = set.reference();
    let lack = |lack| Some((Cause::Pod(lack), None));
    if set.spec.strategy() == UpdateStrategyType::OnDelete {
        return lack(PodLack::OldUntilDeleted { set: reference });
    }
    let ordinal = crate::controllers::stateful_set::ordinal_of(&set.metadata.name, &pod.metadata.name)?;
    let partition = set.spec.partition();
    if ordinal < partition {
        return lack(PodLack::OldByPartition { set: reference, partition });
    }
    let next = told::standing(moment.steps, &reference).map(|_| Question::Object(reference.clone()));
    Some((Cause::Pod(PodLack::OldUntilItsTurn { set: reference }), next))
}
