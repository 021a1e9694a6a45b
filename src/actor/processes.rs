//! What goes on inside containers, as whoever runs the simulation set it, and what kubelets remember of them.

use crate::api::{Pod, ProbeKind, Time, Uid};
use crate::reason::{ContainerAct, KubeletReason, NodeResource};
use regex_lite::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// How a container answers a probe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeAnswer {
    /// Well.
    Succeeds,
    /// Badly, at once.
    Fails,
    /// Not at all: the probe fails when its time is out.
    Hangs,
}

/// A pause that doubles each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackOff {
    /// Its length in milliseconds.
    pub millis: u64,
    /// When it was last made longer.
    pub since: Time,
}

impl BackOff {
    /// The first pause in milliseconds (`pkg/kubelet/kubelet.go: backOffPeriod`).
    pub const FIRST: u64 = 10_000;
    /// The longest (`MaxCrashLoopBackOff`, `MaxImageBackOff`).
    pub const CAP: u64 = 300_000;

    /// The pause after another failure: twice the last one, or the first again where that is long past
    /// (`client-go/util/flowcontrol/backoff.go: Next`).
    #[must_use]
    pub fn next(last: Option<BackOff>, now: Time) -> BackOff {
        let last = last.filter(|last| !last.has_expired(now));
        let millis = last.map_or(Self::FIRST, |last| (last.millis * 2).min(Self::CAP));
        BackOff { millis, since: now }
    }

    /// Whether it counts no more for what happened at an instant (`hasExpired`).
    #[must_use]
    pub fn has_expired(&self, at: Time) -> bool {
        at - self.since > 2 * Self::CAP
    }

    /// Whether it cannot get longer.
    #[must_use]
    pub fn is_at_cap(&self) -> bool {
        self.millis >= Self::CAP
    }
}

/// A container that its kubelet is killing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kill {
    /// Since when.
    pub since: Time,
    /// Which probe failed.
    pub probe: ProbeKind,
    /// Seconds that the container has to stop.
    pub grace_seconds: i64,
}

/// One container's process.
#[derive(Clone, Debug, Default)]
pub struct Process {
    /// When somebody made it exit.
    pub crash: Option<Time>,
    /// Whether it goes on when it is asked to stop.
    pub ignores_sigterm: bool,
    /// When the startup probe of this run succeeded.
    pub started: Option<Time>,
    /// That it is being killed.
    pub kill: Option<Kill>,
    /// The pause before a restart.
    pub restarts: Option<BackOff>,
    /// The pause before its image is tried again.
    pub pulls: Option<BackOff>,
}

type Answers = BTreeMap<(Option<String>, ProbeKind), (ProbeAnswer, Time)>;

/// The processes of one pod.
#[derive(Clone, Debug, Default)]
struct PodProcesses {
    containers: BTreeMap<String, Process>,
    answers: Answers,
}

/// The processes of every pod, and what machines lack.
#[derive(Clone, Debug, Default)]
pub struct Processes {
    pods: BTreeMap<Uid, PodProcesses>,
    images: Vec<(Regex, bool)>,
    present: BTreeSet<(String, String)>,
    pressure: BTreeMap<(String, NodeResource), Time>,
    evicted: BTreeMap<String, Time>,
}

impl Processes {
    /// A container's process, where anything is known of it.
    #[must_use]
    pub fn of(&self, pod: Uid, container: &str) -> Option<&Process> {
        self.pods.get(&pod)?.containers.get(container)
    }

    /// A container's process, to be changed.
    pub fn of_mut(&mut self, pod: Uid, container: &str) -> &mut Process {
        self.pods.entry(pod).or_default().containers.entry(container.into()).or_default()
    }

    /// Lets a container answer a probe so from an instant on; none means every container of the pod.
    pub fn answer(&mut self, pod: Uid, container: Option<String>, probe: ProbeKind, answer: ProbeAnswer, now: Time) {
        self.pods.entry(pod).or_default().answers.insert((container, probe), (answer, now));
    }

    /// How a container was told to answer a probe, and since when.
    #[must_use]
    pub fn told(&self, pod: Uid, container: &str, probe: ProbeKind) -> Option<(ProbeAnswer, Time)> {
        let answers = &self.pods.get(&pod)?.answers;
        let of = |container: Option<String>| answers.get(&(container, probe)).copied();
        let (all, one) = (of(None), of(Some(container.into())));
        all.into_iter().chain(one).max_by_key(|(_, since)| *since)
    }

    /// Makes images impossible to pull, or possible again.
    pub fn break_images(&mut self, pattern: Regex, broken: bool) {
        self.images.push((pattern, broken));
    }

    /// Whether somebody said that an image can or cannot be pulled; the last one to say so counts.
    #[must_use]
    pub fn is_broken(&self, image: &str) -> Option<bool> {
        self.images.iter().rev().find(|(pattern, _)| pattern.is_match(image)).map(|(_, broken)| *broken)
    }

    /// Whether an image was pulled to a node before.
    #[must_use]
    pub fn is_present(&self, node: &str, image: &str) -> bool {
        self.present.contains(&(node.to_owned(), image.to_owned()))
    }

    /// Lets a node run short of something from an instant on, or not any more.
    pub fn press(&mut self, node: &str, resource: NodeResource, on: bool, now: Time) {
        let place = (node.to_owned(), resource);
        match on {
            true => drop(self.pressure.entry(place).or_insert(now)),
            false => drop(self.pressure.remove(&place)),
        }
    }

    /// What a node is short of, and since when.
    pub fn pressures(&self, node: &str) -> impl Iterator<Item = (NodeResource, Time)> {
        NodeResource::ALL
            .into_iter()
            .filter_map(|resource| Some((resource, *self.pressure.get(&(node.to_owned(), resource))?)))
    }

    /// When a node last evicted a pod.
    #[must_use]
    pub fn last_eviction(&self, node: &str) -> Option<Time> {
        self.evicted.get(node).copied()
    }

    /// Keeps what a kubelet will have to remember of what it did.
    pub fn note(&mut self, pod: &Pod, reason: &KubeletReason, now: Time) {
        let uid = pod.metadata.uid;
        match reason {
            KubeletReason::Evicted { node, .. } => drop(self.evicted.insert(node.clone(), now)),
            KubeletReason::Started { node, .. } => {
                for image in pod.spec.containers.iter().filter_map(|container| container.image.as_ref()) {
                    self.present.insert((node.clone(), image.clone()));
                }
            }
            KubeletReason::Container { node, container, act, .. } => match act {
                ContainerAct::PullFailed { .. } => {
                    let process = self.of_mut(uid, container);
                    process.pulls = Some(BackOff::next(process.pulls, now));
                }
                ContainerAct::ImagePulled { image } => {
                    self.present.insert((node.clone(), image.clone()));
                    // Only a start after an end makes the next pause longer (`kuberuntime_manager.go: doBackOff`).
                    let statuses = pod.status.init_container_statuses.iter().chain(&pod.status.container_statuses);
                    let ran = statuses.filter(|status| status.name == *container).any(|it| it.last_state.is_some());
                    self.begin(uid, container, ran, now);
                }
                ContainerAct::Restarted { .. } => self.begin(uid, container, true, now),
                ContainerAct::ProbePassed { probe: ProbeKind::Startup, .. } => {
                    self.of_mut(uid, container).started = Some(now);
                }
                ContainerAct::KilledByProbe { probe, grace_seconds, .. } => {
                    let kill = Kill { since: now, probe: *probe, grace_seconds: *grace_seconds };
                    self.of_mut(uid, container).kill = Some(kill);
                }
                ContainerAct::Exited { .. } => {
                    let process = self.of_mut(uid, container);
                    (process.kill, process.started) = (None, None);
                }
                ContainerAct::InitStarted { .. }
                | ContainerAct::InitCompleted { .. }
                | ContainerAct::PullBackOff { .. }
                | ContainerAct::ProbePassed { .. }
                | ContainerAct::ReadinessFailed { .. }
                | ContainerAct::CrashBackOff { .. }
                | ContainerAct::Stopped { .. } => {}
            },
            KubeletReason::Accepted { .. }
            | KubeletReason::BecameReady { .. }
            | KubeletReason::BecameUnready { .. }
            | KubeletReason::ImagePullFailed { .. }
            | KubeletReason::CrashLooping { .. }
            | KubeletReason::Ended { .. }
            | KubeletReason::Stopped { .. }
            | KubeletReason::Rejected { .. }
            | KubeletReason::DeadlineExceeded { .. }
            | KubeletReason::GatesChanged { .. }
            | KubeletReason::Removed { .. } => {}
        }
    }

    /// Another run of a container begins.
    fn begin(&mut self, pod: Uid, container: &str, ran_before: bool, now: Time) {
        let process = self.of_mut(pod, container);
        if ran_before {
            process.restarts = Some(BackOff::next(process.restarts, now));
        }
        (process.pulls, process.kill, process.started) = (None, None, None);
    }

    /// Forgets a pod that is gone.
    pub fn forget(&mut self, pod: Uid) {
        self.pods.remove(&pod);
    }
}
