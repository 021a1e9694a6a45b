//! Probes: when which result flips. Upstream: `pkg/kubelet/prober/worker.go: doProbe`, `prober_manager.go`.
//!
//! A container answers the same until somebody says otherwise, so that the n-th equal answer in a row comes at an
//! instant that follows from the ticks alone.

use super::place::Place;
use crate::actor::{ProbeAnswer, View, matches};
use crate::api::{Container, Pod, Probe, ProbeKind, Time};

/// A result of a probe that becomes another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flip {
    /// When.
    pub(super) at: Time,
    /// Which probe.
    pub(super) probe: ProbeKind,
    /// Whether it succeeds now.
    pub(super) succeeded: bool,
    /// After how many equal answers in a row.
    pub(super) in_a_row: i32,
}

/// The numbers of a probe with their defaults, times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Timing {
    delay: u64,
    /// Between two checks.
    pub(super) period: u64,
    timeout: u64,
    successes: i32,
    failures: i32,
}

impl Timing {
    pub(super) fn of(probe: &Probe) -> Timing {
        let number = |value: Option<i32>, default: i32| value.filter(|value| *value > 0).unwrap_or(default);
        let millis = |value: Option<i32>, default: i32| u64::from(number(value, default).unsigned_abs()) * 1_000;
        Timing {
            delay: millis(probe.initial_delay_seconds, 0),
            period: millis(probe.period_seconds, 10),
            timeout: millis(probe.timeout_seconds, 1),
            successes: number(probe.success_threshold, 1),
            failures: number(probe.failure_threshold, 3),
        }
    }

    /// When a result flips while a container answers so from one instant until another: the first check is the first
    /// tick of the worker at or after `from`.
    fn flip(&self, anchor: Time, from: Time, until: Option<Time>, answer: ProbeAnswer) -> Option<(Time, i32)> {
        let needed = if answer == ProbeAnswer::Succeeds { self.successes } else { self.failures };
        let took = if answer == ProbeAnswer::Hangs { self.timeout } else { 0 };
        let first = anchor + (from - anchor).div_ceil(self.period) * self.period;
        let last = first + u64::from((needed - 1).unsigned_abs()) * self.period.max(took);
        until.is_none_or(|until| last < until).then_some((last + took, needed))
    }
}

/// A container that runs, as its probes see it.
pub(super) struct Run<'a> {
    pub(super) view: View<'a>,
    pub(super) pod: &'a Pod,
    pub(super) container: &'a Container,
    /// Since when it runs.
    pub(super) since: Time,
    /// Since when it counts as started; none while its startup probe has not succeeded.
    pub(super) started: Option<Time>,
    /// Whether it counts as ready.
    pub(super) ready: bool,
}

impl Run<'_> {
    /// The run of a container, if it runs.
    pub(super) fn of<'a>(view: View<'a>, pod: &'a Pod, place: Place) -> Option<Run<'a>> {
        let (container, status) = (place.container(&pod.spec)?, place.status(pod)?);
        let since = status.state.running_since()?;
        let told = view.world.processes.of(pod.metadata.uid, &container.name).and_then(|process| process.started);
        let started = (status.started == Some(true)).then(|| told.map_or(since, |started| started.max(since)));
        Some(Run { view, pod, container, since, started, ready: status.ready })
    }

    /// The next flip of any of its probes.
    pub(super) fn next_flip(&self) -> Option<Flip> {
        let kinds = match self.started {
            None => [Some(ProbeKind::Startup), None],
            Some(_) if self.pod.is_terminating() => [Some(ProbeKind::Readiness), None],
            Some(_) => [Some(ProbeKind::Liveness), Some(ProbeKind::Readiness)],
        };
        kinds.into_iter().flatten().filter_map(|kind| self.flip_of(kind)).min_by_key(|flip| flip.at)
    }

    fn flip_of(&self, kind: ProbeKind) -> Option<Flip> {
        let answers = self.answers(kind);
        let Some(probe) = self.container.probe(kind) else {
            return (kind == ProbeKind::Readiness).then(|| self.flip_without_probe(&answers))?;
        };
        let timing = Timing::of(probe);
        let result = match kind {
            ProbeKind::Startup => None,
            ProbeKind::Liveness => Some(true),
            ProbeKind::Readiness => Some(self.ready),
        };
        // Readiness is checked as soon as the container counts as started (`prober_manager.go: UpdatePodStatus`); the
        // other workers tick from when the pod came to the node.
        let begun = self.started.unwrap_or(self.since);
        let anchor = match kind {
            ProbeKind::Readiness => begun,
            ProbeKind::Startup | ProbeKind::Liveness => self.pod.status.start_time.unwrap_or(begun),
        };
        let earliest = begun.max(self.since.whole_second() + timing.delay);
        answers.iter().enumerate().find_map(|(index, (since, answer))| {
            let succeeded = *answer == ProbeAnswer::Succeeds;
            if result == Some(succeeded) {
                return None;
            }
            let until = answers.get(index + 1).map(|(since, _)| *since);
            let (at, in_a_row) = timing.flip(anchor, earliest.max(*since), until, *answer)?;
            Some(Flip { at, probe: kind, succeeded, in_a_row })
        })
    }

    /// A container without a readiness probe is ready as soon as it runs, unless somebody plays an answer.
    fn flip_without_probe(&self, answers: &[(Time, ProbeAnswer)]) -> Option<Flip> {
        let (since, answer) = answers.last()?;
        let succeeded = *answer == ProbeAnswer::Succeeds;
        let at = self.started?.max(*since);
        (succeeded != self.ready).then_some(Flip { at, probe: ProbeKind::Readiness, succeeded, in_a_row: 1 })
    }

    /// How it answers a probe from which instant on; the past before the last change does not matter any more.
    fn answers(&self, kind: ProbeKind) -> Vec<(Time, ProbeAnswer)> {
        let told = self.view.world.processes.told(self.pod.metadata.uid, &self.container.name, kind);
        if let Some((answer, since)) = told {
            return vec![(since, answer)];
        }
        let settings = &self.view.settings.kubelet;
        let image = self.container.image.as_deref().unwrap_or_default();
        let never = kind == ProbeKind::Readiness && matches(settings.never_ready.as_ref(), image);
        let own = if never { ProbeAnswer::Fails } else { ProbeAnswer::Succeeds };
        match settings.ready_delay {
            0 => vec![(Time::ZERO, own)],
            delay => vec![(Time::ZERO, ProbeAnswer::Fails), (self.since + delay, own)],
        }
    }
}

/// Whether the probes that restart a container fail for as long as nobody changes the answers.
pub(super) fn restarts_for_ever(view: View<'_>, pod: &Pod, container: &Container) -> bool {
    [ProbeKind::Startup, ProbeKind::Liveness].into_iter().any(|kind| {
        let told = view.world.processes.told(pod.metadata.uid, &container.name, kind);
        container.probe(kind).is_some() && told.is_some_and(|(answer, _)| answer != ProbeAnswer::Succeeds)
    })
}
