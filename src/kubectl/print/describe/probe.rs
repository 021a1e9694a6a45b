//! A probe on one line. Upstream: `describe.go: DescribeProbe`.

use crate::api::Probe;
use crate::kubectl::print::golang;
use serde_json::Value;

/// What a probe does, and when.
#[must_use]
pub fn probe(probe: &Probe) -> String {
    let attributes = format!(
        "delay={}s timeout={}s period={}s #success={} #failure={}",
        probe.initial_delay_seconds.unwrap_or(0),
        probe.timeout_seconds.unwrap_or(1),
        probe.period_seconds.unwrap_or(10),
        probe.success_threshold.unwrap_or(1),
        probe.failure_threshold.unwrap_or(3),
    );
    let text = |action: &Value, field: &str| action.get(field).map(golang::plain).unwrap_or_default();
    if let Some(action) = &probe.exec {
        let command = action.get("command").map_or("[]".into(), golang::plain);
        return format!("exec {command} {attributes}");
    }
    if let Some(action) = &probe.http_get {
        let scheme = Some(text(action, "scheme")).filter(|scheme| !scheme.is_empty()).unwrap_or("HTTP".into());
        let (host, port, path) = (text(action, "host"), text(action, "port"), text(action, "path"));
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        return format!("http-get {}://{host}:{port}{slash}{path} {attributes}", scheme.to_lowercase());
    }
    if let Some(action) = &probe.tcp_socket {
        return format!("tcp-socket {}:{} {attributes}", text(action, "host"), text(action, "port"));
    }
    if let Some(action) = &probe.grpc {
        return format!("grpc <pod>:{} {} {attributes}", text(action, "port"), text(action, "service"));
    }
    format!("unknown {attributes}")
}
