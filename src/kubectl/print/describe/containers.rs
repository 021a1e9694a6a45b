//! The containers of a pod or of a template. Upstream: `describe.go: describeContainers`.

use super::environment::{environment, environment_from};
use super::probe::probe;
use super::writer::{Writer, capital, or_none};
use crate::api::{Container, ContainerPort, ContainerState, ContainerStatus, Pod, ResourceRequirements};
use crate::kubectl::print::object::container_id;
use crate::kubectl::print::time::rfc1123;
use serde_json::Value;

/// Containers with their states, if they are those of a pod.
pub fn containers(writer: &mut Writer, label: &str, containers: &[Container], pod: Option<&Pod>, space: &str) {
    writer.line(0, format!("{space}{label}:{}", if containers.is_empty() { " <none>" } else { "" }));
    let indent = if space.is_empty() { "" } else { " " };
    for container in containers {
        let statuses = pod.map(|pod| &pod.status);
        let statuses = statuses
            .into_iter()
            .flat_map(|status| status.init_container_statuses.iter().chain(&status.container_statuses));
        let status = statuses.into_iter().find(|status| status.name == container.name);
        writer.line(1, format!("{indent}{}:", container.name));
        basic(writer, container, status, pod);
        words(writer, "Command", container.command.as_ref());
        words(writer, "Args", container.args.as_ref());
        if let Some(status) = status {
            state(writer, "State", &status.state);
            if let Some(last @ ContainerState::Terminated { .. }) = &status.last_state {
                state(writer, "Last State", last);
            }
            writer.field(2, "Ready", capital(status.ready));
            writer.field(2, "Restart Count", status.restart_count);
        }
        resources(writer, &container.resources, 2);
        for (label, probed) in [
            ("Liveness", &container.liveness_probe),
            ("Readiness", &container.readiness_probe),
            ("Startup", &container.startup_probe),
        ] {
            if let Some(probed) = probed {
                writer.field(2, label, probe(probed));
            }
        }
        environment_from(writer, container);
        environment(writer, container, pod);
        mounts(writer, container);
    }
}

/// `describeContainerBasicInfo`.
fn basic(writer: &mut Writer, container: &Container, status: Option<&ContainerStatus>, pod: Option<&Pod>) {
    let image = container.image.as_deref().unwrap_or_default();
    let has_run = status
        .is_some_and(|status| status.restart_count > 0 || !matches!(status.state, ContainerState::Waiting { .. }));
    if status.is_some() {
        let id = pod.filter(|_| has_run).map(|pod| container_id(pod.metadata.uid, &container.name));
        writer.field(2, "Container ID", id.unwrap_or_default());
    }
    writer.field(2, "Image", image);
    if status.is_some() {
        writer.field(2, "Image ID", if has_run { image } else { "" });
    }
    for (label, number) in [
        ("Port", (|port| port.container_port) as fn(&ContainerPort) -> i32),
        ("Host Port", |port| port.host_port.unwrap_or(0)),
    ] {
        let ports: Vec<String> = container.ports.iter().map(|of| port(of, number(of))).collect();
        let plural = if ports.len() > 1 { "s" } else { "" };
        writer.field(2, &format!("{label}{plural}"), or_none(&ports.join(", ")));
    }
}

fn port(port: &ContainerPort, number: i32) -> String {
    let protocol = port.protocol.as_deref().unwrap_or("TCP");
    match port.name.as_deref() {
        Some(name) if !name.is_empty() => format!("{number}/{protocol} ({name})"),
        _ => format!("{number}/{protocol}"),
    }
}

/// `describeContainerCommand`.
fn words(writer: &mut Writer, label: &str, words: Option<&Value>) {
    let words = words.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !words.is_empty() {
        writer.line(2, format!("{label}:"));
    }
    for line in words.iter().filter_map(Value::as_str).flat_map(|word| word.split('\n')) {
        writer.line(3, line);
    }
}

/// `describeStatus`.
fn state(writer: &mut Writer, label: &str, state: &ContainerState) {
    match state {
        ContainerState::Running { started_at } => {
            writer.field(2, label, "Running");
            writer.field(3, "Started", rfc1123(Some(*started_at)));
        }
        ContainerState::Waiting { reason, .. } => {
            writer.field(2, label, "Waiting");
            if !reason.is_empty() {
                writer.field(3, "Reason", reason);
            }
        }
        ContainerState::Terminated { reason, exit_code, started_at, finished_at, .. } => {
            writer.field(2, label, "Terminated");
            if !reason.is_empty() {
                writer.field(3, "Reason", reason);
            }
            writer.field(3, "Exit Code", exit_code);
            writer.field(3, "Started", rfc1123(*started_at));
            writer.field(3, "Finished", rfc1123(Some(*finished_at)));
        }
    }
}

/// `describeResources`.
pub fn resources(writer: &mut Writer, resources: &ResourceRequirements, level: usize) {
    for (label, amounts) in [("Limits", &resources.limits), ("Requests", &resources.requests)] {
        if !amounts.is_empty() {
            writer.line(level, format!("{label}:"));
        }
        for (name, amount) in amounts {
            writer.field(level + 1, name, amount.canonical());
        }
    }
}

/// `describeContainerVolumes`.
fn mounts(writer: &mut Writer, container: &Container) {
    let text = |mount: &std::collections::BTreeMap<String, Value>, field: &str| {
        mount.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let mut mounts: Vec<_> = container.volume_mounts.iter().collect();
    mounts.sort_by_key(|mount| text(mount, "mountPath"));
    writer.line(2, format!("Mounts:{}", if mounts.is_empty() { "\t<none>" } else { "" }));
    for mount in mounts {
        let is_read_only = mount.get("readOnly").and_then(Value::as_bool) == Some(true);
        let mut flags = if is_read_only { "ro" } else { "rw" }.to_owned();
        let sub_path = text(mount, "subPath");
        if !sub_path.is_empty() {
            flags += &format!(",path={}", crate::kubectl::print::golang::quoted(&sub_path));
        }
        writer.line(3, format!("{} from {} ({flags})", text(mount, "mountPath"), text(mount, "name")));
    }
    let devices = container.volume_devices.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !devices.is_empty() {
        writer.line(2, format!("Devices:{}", if container.volume_mounts.is_empty() { "\t<none>" } else { "" }));
    }
    for device in devices {
        let text = |field| device.get(field).and_then(Value::as_str).unwrap_or_default();
        writer.line(3, format!("{} from {}", text("devicePath"), text("name")));
    }
}
