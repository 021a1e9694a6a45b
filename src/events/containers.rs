//! Events about containers: images, starts, probes, ends.
//! Upstream: `pkg/kubelet/kuberuntime`, `pkg/kubelet/images/image_manager.go`, `pkg/kubelet/prober/prober.go`.

use super::{Event, Recorder, Severity};
use crate::api::{Container, ContainerState, ContainerStatus, Pod, PodSpec, Probe, ProbeKind, Resource, Time};
use crate::reason::{ContainerAct, PullError};

/// How large every image is said to be, in bytes: sizes of images are not simulated.
const IMAGE_BYTES: u64 = 64 << 20;

/// A container of a pod, and where it is in the pod.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) pod: &'a Pod,
    pub(super) container: &'a Container,
    is_init: bool,
}

impl<'a> Part<'a> {
    /// Every container, init containers first.
    pub(super) fn all(pod: &'a Pod) -> impl Iterator<Item = Part<'a>> {
        let part = move |is_init| move |container| Part { pod, container, is_init };
        pod.spec.init_containers.iter().map(part(true)).chain(pod.spec.containers.iter().map(part(false)))
    }

    pub(super) fn named(pod: &'a Pod, name: &str) -> Option<Part<'a>> {
        Part::all(pod).find(|part| part.container.name == name)
    }

    pub(super) fn status(&self, pod: &'a Pod) -> Option<&'a ContainerStatus> {
        let statuses = if self.is_init { &pod.status.init_container_statuses } else { &pod.status.container_statuses };
        statuses.iter().find(|status| status.name == self.container.name)
    }

    fn is_sidecar(&self) -> bool {
        self.is_init && self.container.is_sidecar()
    }

    fn image(&self) -> &'a str {
        self.container.image.as_deref().unwrap_or_default()
    }

    /// `pkg/kubelet/container/ref.go: fieldPath`.
    fn field_path(&self) -> String {
        let list = if self.is_init { "initContainers" } else { "containers" };
        format!("spec.{list}{{{}}}", self.container.name)
    }

    /// Whether its image is pulled on a node that has it already (`image_pull_policies.go`).
    fn pulls(&self, has_image: bool) -> bool {
        match self.container.image_pull_policy.as_deref() {
            Some("Never") => false,
            Some("IfNotPresent") => !has_image,
            _ => true,
        }
    }
}

impl Recorder<'_> {
    pub(super) fn about_container(
        &mut self,
        part: &Part<'_>,
        severity: Severity,
        reason: &'static str,
        message: String,
    ) {
        self.about_container_at(self.step.at, part, severity, reason, message);
    }

    fn about_container_at(
        &mut self,
        at: Time,
        part: &Part<'_>,
        severity: Severity,
        reason: &'static str,
        message: String,
    ) {
        self.events.push(Event {
            at,
            severity,
            reason: reason.into(),
            object: part.pod.reference(),
            field_path: Some(part.field_path()),
            uid: part.pod.metadata.uid,
            source: "kubelet",
            host: part.pod.node().unwrap_or_default().to_owned(),
            message,
        });
    }

    fn container_normal(&mut self, part: &Part<'_>, reason: &'static str, message: String) {
        self.about_container(part, Severity::Normal, reason, message);
    }

    fn container_warning(&mut self, part: &Part<'_>, reason: &'static str, message: String) {
        self.about_container(part, Severity::Warning, reason, message);
    }

    /// The first pull of a pod that its node took on: containers are started one after the other. A name that may turn
    /// out to be none is told of only when that is known.
    pub(super) fn first_pull(&mut self, pod: &Pod) {
        let is_plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"._-/:@".contains(&it);
        if let Some(part) = Part::all(pod).next().filter(|part| part.image().bytes().all(is_plain)) {
            self.pulling(&part);
        }
    }

    /// Tells of a pull that begins, unless it is under way or none is needed; whether there is one.
    fn pulling(&mut self, part: &Part<'_>) -> bool {
        let node = part.pod.node().unwrap_or_default();
        let (uid, name, image) = (part.pod.metadata.uid, &part.container.name, part.image());
        if let Some(since) = self.known.end_pull(uid, name) {
            self.known.note_pull(uid, name, since);
            return true;
        }
        if !part.pulls(self.known.has_image(node, image)) || image_error(part).is_some() {
            return false;
        }
        self.known.note_pull(uid, name, self.step.at);
        self.container_normal(part, "Pulling", format!("Pulling image \"{image}\""));
        true
    }

    /// Containers that run since this step (`kuberuntime_container.go: startContainer`).
    pub(super) fn started_containers(&mut self, before: &Pod, after: &Pod) {
        for part in Part::all(after) {
            let since = |pod| part.status(pod).and_then(|status| status.state.running_since());
            if since(after).is_some() && since(before) != since(after) {
                self.started(&part);
            }
        }
    }

    fn started(&mut self, part: &Part<'_>) {
        let node = part.pod.node().unwrap_or_default();
        let image = part.image();
        if self.pulling(part) {
            let since = self.known.end_pull(part.pod.metadata.uid, &part.container.name);
            // A pull takes from its beginning to the start of the container: nothing else of the start takes time here.
            let took = duration(since.map_or(0, |since| self.step.at - since));
            let message = format!(
                "Successfully pulled image \"{image}\" in {took} ({took} including waiting). Image size: {IMAGE_BYTES} bytes."
            );
            self.container_normal(part, "Pulled", message);
        } else {
            let message =
                format!("Container image \"{image}\" already present on machine and can be accessed by the pod");
            self.container_normal(part, "Pulled", message);
        }
        self.known.note_image(node, image);
        self.container_normal(part, "Created", "Container created".into());
        self.container_normal(part, "Started", "Container started".into());
    }

    /// What happened to a container, but for that it runs.
    pub(super) fn container_act(&mut self, part: &Part<'_>, act: &ContainerAct) {
        match act {
            ContainerAct::PullFailed { image, error, .. } => self.pull_failed(part, image, *error),
            ContainerAct::PullBackOff { image, .. } => {
                self.container_normal(part, "BackOff", format!("Back-off pulling image \"{image}\""));
                self.container_warning(part, "Failed", "Error: ImagePullBackOff".into());
            }
            ContainerAct::ReadinessFailed { failures, period_seconds } => {
                self.unhealthy(part, ProbeKind::Readiness, *failures, *period_seconds);
            }
            ContainerAct::KilledByProbe { probe, failures, period_seconds, .. } => {
                self.unhealthy(part, *probe, *failures, *period_seconds);
                self.container_normal(part, "Killing", killed(part, *probe));
            }
            // `kuberuntime_manager.go: doBackOff`.
            ContainerAct::CrashBackOff { .. } => {
                let metadata = &part.pod.metadata;
                let message = format!(
                    "Back-off restarting failed container {} in pod {}_{}({})",
                    part.container.name, metadata.name, metadata.namespace, metadata.uid
                );
                self.container_warning(part, "BackOff", message);
            }
            // Told of as what runs since the step, or of nothing: the kubelet records neither ends nor passed probes.
            ContainerAct::InitStarted { .. }
            | ContainerAct::InitCompleted { .. }
            | ContainerAct::ImagePulled { .. }
            | ContainerAct::ProbePassed { .. }
            | ContainerAct::Exited { .. }
            | ContainerAct::Restarted { .. }
            | ContainerAct::Stopped { .. } => {}
        }
    }

    /// `image_manager.go: EnsureImageExists, pullImage`, then `startContainer`.
    fn pull_failed(&mut self, part: &Part<'_>, image: &str, error: PullError) {
        let told = match part.status(part.pod).map(|status| &status.state) {
            Some(ContainerState::Waiting { message: Some(message), .. }) => message.clone(),
            _ => String::new(),
        };
        match error {
            PullError::Failed => {
                self.pulling(part);
                self.known.end_pull(part.pod.metadata.uid, &part.container.name);
                self.container_warning(part, "Failed", format!("Failed to pull image \"{image}\": {told}"));
            }
            PullError::InvalidName => self.container_warning(part, "InspectFailed", told),
            PullError::NeverPulled => self.container_warning(part, "ErrImageNeverPull", told),
        }
        self.container_warning(part, "Failed", format!("Error: {}", error.reason()));
    }

    /// A check that fails is told each time: those that led to a failure are so far apart as the probe says.
    fn unhealthy(&mut self, part: &Part<'_>, kind: ProbeKind, failures: i32, period_seconds: u64) {
        let checks = u64::try_from(failures).unwrap_or(1).clamp(1, 1_000);
        let message = format!("{} probe failed: {}", title(kind), failed_check(part, kind));
        for earlier in (0..checks).rev() {
            let at = Time(self.step.at.0.saturating_sub(earlier * period_seconds * 1_000));
            self.about_container_at(at, part, Severity::Warning, "Unhealthy", message.clone());
        }
    }

    /// `kuberuntime_container.go: killContainer`, for each container that ran.
    pub(super) fn stopping(&mut self, pod: &Pod) {
        let (sidecars, others): (Vec<Part<'_>>, Vec<Part<'_>>) = Part::all(pod).partition(Part::is_sidecar);
        for part in others.into_iter().chain(sidecars.into_iter().rev()) {
            if part.status(pod).is_some_and(|status| status.state.running_since().is_some()) {
                self.container_normal(&part, "Killing", format!("Stopping container {}", part.container.name));
            }
        }
    }
}

/// Why a container waits that cannot get an image whatever a registry says.
fn image_error<'a>(part: &Part<'a>) -> Option<&'a str> {
    let reason = part.status(part.pod)?.state.waiting_reason()?;
    [PullError::InvalidName.reason(), PullError::NeverPulled.reason()].contains(&reason).then_some(reason)
}

/// Why a container is killed (`computePodActions`, `computeInitContainerActions`).
fn killed(part: &Part<'_>, probe: ProbeKind) -> String {
    let (name, probe) = (&part.container.name, title(probe).to_lowercase());
    if part.is_sidecar() {
        return format!("Init container {name} failed {probe} probe");
    }
    let again = if is_restarted(part.container, &part.pod.spec) { ", will be restarted" } else { "" };
    format!("Container {name} failed {probe} probe{again}")
}

fn is_restarted(container: &Container, spec: &PodSpec) -> bool {
    container.restart_policy.as_deref().or(spec.restart_policy.as_deref()) != Some("Never")
}

/// `pkg/kubelet/prober/prober_manager.go: probeType.String`.
fn title(kind: ProbeKind) -> &'static str {
    match kind {
        ProbeKind::Startup => "Startup",
        ProbeKind::Liveness => "Liveness",
        ProbeKind::Readiness => "Readiness",
    }
}

/// What a check said that failed. What processes answer is not simulated, so each kind of check says what it most often
/// does: a server answers 500, a port is closed, a command says nothing.
fn failed_check(part: &Part<'_>, kind: ProbeKind) -> String {
    let container = part.container;
    let probe = match kind {
        ProbeKind::Startup => &container.startup_probe,
        ProbeKind::Liveness => &container.liveness_probe,
        ProbeKind::Readiness => &container.readiness_probe,
    };
    match probe {
        Some(Probe { http_get: Some(_), .. }) => "HTTP probe failed with statuscode: 500".into(),
        Some(Probe { tcp_socket: Some(socket), .. }) => {
            let host = socket.get("host").and_then(|host| host.as_str());
            let host = host.or(part.pod.status.pod_ip.as_deref()).unwrap_or_default();
            format!("dial tcp {host}:{}: connect: connection refused", port(socket.get("port"), container))
        }
        Some(Probe { grpc: Some(_), .. }) => "service unhealthy (responded with \"NOT_SERVING\")".into(),
        Some(_) | None => String::new(),
    }
}

/// The number of a port that a probe names (`pkg/probe/util.go: ResolveContainerPort`).
fn port(port: Option<&serde_json::Value>, container: &Container) -> String {
    let Some(name) = port.and_then(|port| port.as_str()) else {
        return port.map(ToString::to_string).unwrap_or_default();
    };
    let named = container.ports.iter().find(|port| port.name.as_deref() == Some(name));
    named.map_or_else(|| name.to_owned(), |port| port.container_port.to_string())
}

/// Milliseconds as Go writes a `time.Duration`.
fn duration(millis: u64) -> String {
    let (minutes, rest) = (millis / 60_000, millis % 60_000);
    let fraction = match rest % 1_000 {
        0 => String::new(),
        millis => format!(".{millis:03}").trim_end_matches('0').to_owned(),
    };
    match (minutes, rest) {
        (0, 0) => "0s".into(),
        (0, millis) if millis < 1_000 => format!("{millis}ms"),
        (0, millis) => format!("{}{fraction}s", millis / 1_000),
        (minutes, millis) if minutes < 60 => format!("{minutes}m{}{fraction}s", millis / 1_000),
        (minutes, millis) => format!("{}h{}m{}{fraction}s", minutes / 60, minutes % 60, millis / 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_written_as_go_does() {
        let written: Vec<String> = [0, 7, 1_500, 2_000, 61_050, 3_600_000].map(duration).into();
        assert_eq!(written, ["0s", "7ms", "1.5s", "2s", "1m1.05s", "1h0m0s"]);
    }
}
