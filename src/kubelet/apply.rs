//! Does what is due for a pod: one write, one reason.

use super::due::What;
use super::place::Place;
use super::probes::{Flip, Run, Timing};
use super::{due, eviction, images, restart, status, stop_all, write};
use crate::actor::{BackOff, Pass, View};
use crate::api::{ContainerState, Node, Pod, PodPhase, ProbeKind, Resource};
use crate::reason::{ContainerAct, ExitCause, KubeletReason, PullError, Reason};
use std::rc::Rc;

/// One pod on its node, and the write in the making.
struct Making<'a> {
    view: View<'a>,
    node: &'a Node,
    pod: Pod,
}

/// Does one thing.
pub(super) fn apply(view: View<'_>, pod: &Rc<Pod>, node: &Node, what: &What) -> Pass {
    let making = Making { view, node, pod: (**pod).clone() };
    match what {
        What::Deadline(seconds) => making.deadline(*seconds),
        What::Evict(resource, behind) => eviction::evict(view, pod, node, *resource, *behind),
        What::Start(place) => making.start(*place),
        What::StartMain => making.start_main(),
        What::PullBackOff(place) => making.pull_back_off(*place),
        What::Exit(place, code, cause) => making.exit(*place, *code, *cause),
        What::CrashBackOff(place) => making.crash_back_off(*place),
        What::Restart(place) => making.restart(*place),
        What::Flip(place, flip) => making.flip(*place, flip),
        What::Ready => making.ready(),
    }
}

/// A probe's result flips.
pub(super) fn flip(view: View<'_>, pod: &Rc<Pod>, node: &Node, place: Place, flip: &Flip) -> Pass {
    Making { view, node, pod: (**pod).clone() }.flip(place, flip)
}

impl Making<'_> {
    fn node_name(&self) -> String {
        self.node.metadata.name.clone()
    }

    /// Writes the pod with what happened to a container.
    fn done(mut self, place: Place, act: ContainerAct) -> Pass {
        if !self.pod.is_terminating() {
            self.pod.status.phase = status::phase(&self.pod);
        }
        status::conditions(&mut self.pod, self.view.now);
        let container = self.name_of(place);
        let reason = KubeletReason::Container { pod: self.pod.reference(), node: self.node_name(), container, act };
        write(self.pod, reason)
    }

    fn name_of(&self, place: Place) -> String {
        place.container(&self.pod.spec).map(|container| container.name.clone()).unwrap_or_default()
    }

    fn image_of(&self, place: Place) -> String {
        place.container(&self.pod.spec).and_then(|container| container.image.clone()).unwrap_or_default()
    }

    fn pull_error(&self, place: Place) -> Option<PullError> {
        images::error(self.view, &self.node.metadata.name, place.container(&self.pod.spec)?)
    }

    fn deadline(mut self, seconds: i64) -> Pass {
        stop_all(&mut self.pod, 137, self.view);
        self.pod.status.phase = PodPhase::Failed;
        self.pod.status.reason = Some("DeadlineExceeded".into());
        self.pod.status.message = Some("Pod was active on the node longer than the specified deadline".into());
        status::conditions(&mut self.pod, self.view.now);
        let reason = KubeletReason::DeadlineExceeded { pod: self.pod.reference(), node: self.node_name(), seconds };
        write(self.pod, reason)
    }

    /// A container runs from now on: started and ready at once where no probe has a say.
    fn run(&mut self, place: Place) {
        status::addresses(&mut self.pod, self.node);
        let Some(container) = place.container(&self.pod.spec) else { return };
        let long = place.is_long_running(container);
        let waits_for_startup = long && container.startup_probe.is_some();
        let now = self.view.now;
        if let Some(status) = place.status_mut(&mut self.pod) {
            let restarted = status.state.ended().is_some() || status.last_state.is_some();
            if status.state.ended().is_some() {
                status.last_state = Some(std::mem::take(&mut status.state));
            }
            status.restart_count += i32::from(restarted);
            status.state = ContainerState::Running { started_at: now };
            status.started = Some(!waits_for_startup);
            status.ready = false;
        }
        self.settle_readiness(place);
    }

    /// Readiness that flips in the same instant is written with what made it flip.
    fn settle_readiness(&mut self, place: Place) {
        let Some(container) = place.container(&self.pod.spec) else { return };
        if !place.is_long_running(container) {
            return;
        }
        let flip = Run::of(self.view, &self.pod, place).and_then(|run| run.next_flip());
        let is_due =
            flip.is_some_and(|flip| flip.at <= self.view.now && flip.probe == ProbeKind::Readiness && flip.succeeded);
        if let Some(status) = place.status_mut(&mut self.pod).filter(|_| is_due) {
            status.ready = true;
        }
    }

    fn start(mut self, place: Place) -> Pass {
        if let Some(error) = self.pull_error(place) {
            return self.pull_failed(place, error);
        }
        let had_failed = place.status(&self.pod).is_some_and(due::is_begun);
        self.run(place);
        let is_sidecar = place.container(&self.pod.spec).is_some_and(crate::api::Container::is_sidecar);
        let act = if place.init && !had_failed {
            let total = self.pod.spec.init_containers.len();
            ContainerAct::InitStarted { number: place.index + 1, total, sidecar: is_sidecar }
        } else {
            ContainerAct::ImagePulled { image: self.image_of(place) }
        };
        self.done(place, act)
    }

    fn start_main(mut self) -> Pass {
        let places: Vec<Place> = Place::all(&self.pod.spec).filter(|place| !place.init).collect();
        let mut failed = None;
        for place in places {
            match self.pull_error(place) {
                Some(error) => drop(failed.get_or_insert((place, error))),
                None => self.run(place),
            }
        }
        if let Some((place, error)) = failed {
            return self.pull_failed(place, error);
        }
        status::refresh(&mut self.pod, self.view.now);
        let probed = self.pod.spec.containers.iter().any(|container| container.readiness_probe.is_some());
        let ready = self.pod.is_ready();
        let reason = KubeletReason::Started { pod: self.pod.reference(), node: self.node_name(), ready, probed };
        write(self.pod, reason)
    }

    fn pull_failed(mut self, place: Place, error: PullError) -> Pass {
        let image = self.image_of(place);
        let pulls = self.process_of(place).and_then(|process| process.pulls);
        let back_off = BackOff::next(pulls, self.view.now);
        let message = match error {
            PullError::Failed => format!("failed to pull and unpack image \"{image}\": not found"),
            PullError::InvalidName => format!(
                "Failed to apply default image tag \"{image}\": couldn't parse image name \"{image}\": invalid \
                 reference format"
            ),
            PullError::NeverPulled => {
                format!("Container image \"{image}\" is not present with pull policy of Never")
            }
        };
        self.wait(place, error.reason(), message);
        let back_off_seconds = back_off.millis / 1_000;
        self.done(place, ContainerAct::PullFailed { image, error, back_off_seconds })
    }

    fn process_of(&self, place: Place) -> Option<&crate::actor::Process> {
        self.view.world.processes.of(self.pod.metadata.uid, &place.container(&self.pod.spec)?.name)
    }

    /// A container waits for a reason; how it ended before is kept.
    fn wait(&mut self, place: Place, reason: &str, message: String) {
        if let Some(status) = place.status_mut(&mut self.pod) {
            if status.state.ended().is_some() {
                status.last_state = Some(std::mem::take(&mut status.state));
            }
            status.state = ContainerState::Waiting { reason: reason.into(), message: Some(message) };
            (status.ready, status.started) = (false, Some(false));
        }
    }

    fn pull_back_off(mut self, place: Place) -> Pass {
        let image = self.image_of(place);
        let millis = self.process_of(place).and_then(|process| process.pulls).map_or(0, |pulls| pulls.millis);
        let endless = millis >= BackOff::CAP && self.pull_error(place).is_some();
        self.wait(place, "ImagePullBackOff", format!("Back-off pulling image \"{image}\""));
        self.done(place, ContainerAct::PullBackOff { image, seconds: millis / 1_000, endless })
    }

    fn exit(mut self, place: Place, exit_code: i32, cause: ExitCause) -> Pass {
        let now = self.view.now;
        let Some(container) = place.container(&self.pod.spec).cloned() else { return Pass::nothing() };
        let is_init = !place.is_long_running(&container);
        if let Some(status) = place.status_mut(&mut self.pod) {
            status.state = status::terminated(exit_code, status.state.running_since(), now);
            status.started = Some(false);
            // An init container is ready when it has done its work.
            status.ready = is_init && exit_code == 0;
        }
        if is_init && exit_code == 0 {
            let total = self.pod.spec.init_containers.len();
            return self.done(place, ContainerAct::InitCompleted { number: place.index + 1, total });
        }
        let wanted = restart::is_wanted(place, &container, &self.pod.spec, exit_code);
        let back_off = self.process_of(place).and_then(|process| process.restarts);
        let restart = restart::plan(wanted, back_off, now);
        let phase = status::phase(&self.pod);
        self.done(place, ContainerAct::Exited { exit_code, cause, restart, phase })
    }

    fn crash_back_off(mut self, place: Place) -> Pass {
        let millis = self.process_of(place).and_then(|process| process.restarts).map_or(0, |pause| pause.millis);
        let endless = millis >= BackOff::CAP && due::is_hopeless(self.view, &self.pod, place);
        let metadata = &self.pod.metadata;
        let pause = match millis / 60_000 {
            0 => format!("{}s", millis / 1_000),
            minutes => format!("{minutes}m{}s", millis / 1_000 % 60),
        };
        let message = format!(
            "back-off {pause} restarting failed container={} pod={}_{}({})",
            self.name_of(place),
            metadata.name,
            metadata.namespace,
            metadata.uid
        );
        self.wait(place, "CrashLoopBackOff", message);
        let restarts = place.status(&self.pod).map_or(0, |status| status.restart_count);
        self.done(place, ContainerAct::CrashBackOff { seconds: millis / 1_000, restarts, endless })
    }

    fn restart(mut self, place: Place) -> Pass {
        if let Some(error) = self.pull_error(place) {
            return self.pull_failed(place, error);
        }
        let back_off = self.process_of(place).and_then(|process| process.restarts);
        let next = BackOff::next(back_off, self.view.now);
        self.run(place);
        let restarts = place.status(&self.pod).map_or(0, |status| status.restart_count);
        self.done(place, ContainerAct::Restarted { restarts, next_seconds: next.millis / 1_000 })
    }

    fn flip(mut self, place: Place, flip: &Flip) -> Pass {
        let Some(container) = place.container(&self.pod.spec).cloned() else { return Pass::nothing() };
        let timing = container.probe(flip.probe).map(Timing::of);
        let period_seconds = timing.map_or(0, |timing| timing.period / 1_000);
        match (flip.probe, flip.succeeded) {
            (ProbeKind::Readiness, ready) => {
                if let Some(status) = place.status_mut(&mut self.pod) {
                    status.ready = ready;
                }
                if timing.is_none() {
                    return self.ready();
                }
                if !ready {
                    return self.done(place, ContainerAct::ReadinessFailed { failures: flip.in_a_row, period_seconds });
                }
                self.passed(place, flip)
            }
            (ProbeKind::Startup | ProbeKind::Liveness, true) => {
                if let Some(status) = place.status_mut(&mut self.pod) {
                    status.started = Some(true);
                }
                self.settle_startup(place);
                self.passed(place, flip)
            }
            (ProbeKind::Startup | ProbeKind::Liveness, false) => {
                let own = container.probe(flip.probe).and_then(|probe| probe.termination_grace_period_seconds);
                let grace_seconds = own.or(self.pod.spec.termination_grace_period_seconds).unwrap_or(30);
                let act = ContainerAct::KilledByProbe {
                    probe: flip.probe,
                    failures: flip.in_a_row,
                    period_seconds,
                    grace_seconds,
                };
                let node = self.node_name();
                let reason =
                    KubeletReason::Container { pod: self.pod.reference(), node, container: container.name, act };
                Pass::of(vec![], Reason::Kubelet(reason))
            }
        }
    }

    /// The first readiness check comes right after the startup probe has succeeded.
    fn settle_startup(&mut self, place: Place) {
        let run = Run::of(self.view, &self.pod, place);
        let flip = run.and_then(|run| Run { started: Some(self.view.now), ..run }.next_flip());
        let is_due = flip.is_some_and(|flip| flip.at <= self.view.now && flip.succeeded);
        if let Some(status) = place.status_mut(&mut self.pod).filter(|_| is_due) {
            status.ready = true;
        }
    }

    fn passed(mut self, place: Place, flip: &Flip) -> Pass {
        if !self.pod.is_terminating() {
            status::refresh(&mut self.pod, self.view.now);
        }
        let ready = self.pod.is_ready();
        self.done(place, ContainerAct::ProbePassed { probe: flip.probe, successes: flip.in_a_row, ready })
    }

    /// Writes the Ready condition that follows from the containers and the gates.
    fn ready(mut self) -> Pass {
        status::refresh(&mut self.pod, self.view.now);
        let (pod, node, ready) = (self.pod.reference(), self.node_name(), self.pod.is_ready());
        let (_, closed) = status::readiness(&self.pod);
        let reason = match (self.pod.spec.readiness_gates.is_empty(), ready) {
            (true, true) => KubeletReason::BecameReady { pod, node, probed: false },
            (true, false) => KubeletReason::BecameUnready { pod, node },
            (false, ready) => KubeletReason::GatesChanged { pod, node, ready, closed },
        };
        write(self.pod, reason)
    }
}
