//! `kubectl scale` and `autoscale`. Upstream: `k8s.io/kubectl/pkg/cmd/scale`, `pkg/scale/scale.go`, `pkg/cmd/autoscale`.

use super::console::Waited;
use super::failure::{Failure, Outcome};
use super::run::{Call, DryRun};
use super::select::Thing;
use crate::api::{Object, Quantity};
use crate::engine::Command;
use serde_json::{Value, json};

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let Some(replicas) = call.flags.number("replicas") else {
        return Err(Failure::client("required flag(s) \"replicas\" not set"));
    };
    let wanted = i32::try_from(replicas).ok().filter(|replicas| *replicas >= 0);
    let Some(wanted) = wanted else {
        return Err(Failure::client(
            "The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0",
        ));
    };
    let current = call.flags.number("current-replicas");
    if current.is_some_and(|current| current < -1) {
        return Err(Failure::client("The --current-replicas must specify an integer of -1 or greater"));
    }
    let targets = call.targets(false)?;
    if targets.things.is_empty() && targets.errors.is_empty() {
        return Err(Failure::client("no objects passed to scale"));
    }
    for thing in &targets.things {
        scale(call, thing, wanted, current.filter(|current| *current >= 0))?;
    }
    Failure::all(targets.errors)
}

/// How many pods an object asks for; none where it has no scale.
fn replicas(object: &Object) -> Option<i32> {
    match object {
        Object::StatefulSet(set) => Some(set.spec.replicas.unwrap_or(1)),
        Object::Deployment(deployment) => Some(deployment.spec.replicas.unwrap_or(1)),
        Object::ReplicaSet(set) => Some(set.spec.replicas.unwrap_or(1)),
        _ => None,
    }
}

fn scale(call: &mut Call<'_>, thing: &Thing<'static>, wanted: i32, current: Option<i64>) -> Outcome {
    let Some(size) = thing.object().and_then(replicas) else {
        return Err(Failure::Server("NotFound".into(), "the server could not find the requested resource".into()));
    };
    if let Some(expected) = current.filter(|expected| *expected != i64::from(size)) {
        return Err(Failure::client(format!("Expected replicas to be {expected}, was {size}")));
    }
    let object = thing.target()?;
    call.console.command(Command::Scale { object: object.clone(), replicas: wanted })?;
    if let Some(timeout) = call.flags.span("timeout").and_then(|span| u64::try_from(span).ok()).filter(|span| *span > 0)
        && call.dry == DryRun::None
    {
        let waited = call.console.wait_until(Some(timeout), call.out, |console, _| {
            Ok(console.simulation.cluster().get(&object).is_none_or(|object| is_scaled(&object)))
        })?;
        if waited == Waited::TimedOut {
            return Err(Failure::client(format!("timed out waiting for {:?} to be synced", thing.name)));
        }
    }
    call.done(thing.resource, &thing.namespace, &thing.name, "scaled")
}

/// Whether the status says as many pods as are asked for (`WaitForScaleHasDesiredReplicas`).
fn is_scaled(object: &Object) -> bool {
    let status = match object {
        Object::StatefulSet(set) => set.status.replicas,
        Object::Deployment(deployment) => deployment.status.replicas,
        Object::ReplicaSet(set) => set.status.replicas,
        _ => return true,
    };
    replicas(object) == Some(status)
}

pub(super) fn autoscale(call: &mut Call<'_>) -> Outcome {
    if call.flags.has("cpu-percent") {
        call.out.warn(
            "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for \
             utilization or '500m' for milliCPU).",
        );
    }
    if !call.flags.has("max") {
        return Err(Failure::client("required flag(s) \"max\" not set"));
    }
    let most = call.flags.number("max").unwrap_or(-1);
    let least = call.flags.number("min").unwrap_or(-1);
    if most < 1 {
        return Err(Failure::client(format!("--max=MAXPODS is required and must be at least 1, max: {most}")));
    }
    if most < least {
        return Err(Failure::client(format!(
            "--max=MAXPODS must be larger or equal to --min=MINPODS, max: {most}, min: {least}"
        )));
    }
    let percent = call.flags.number("cpu-percent").filter(|percent| *percent > 0);
    let given = |flag: &str| call.flags.text(flag).filter(|text| !text.is_empty());
    let (cpu, memory) = (given("cpu").map(str::to_owned), given("memory").map(str::to_owned));
    if percent.is_some() && cpu.is_some() {
        return Err(Failure::client("--cpu-percent and --cpu are mutually exclusive"));
    }
    let mut metrics = vec![];
    if let Some(percent) = percent {
        metrics.push(metric("cpu", json!({"type": "Utilization", "averageUtilization": percent})));
    }
    for (resource, text) in [("cpu", &cpu), ("memory", &memory)] {
        if let Some(text) = text {
            metrics.push(metric(resource, target(resource, text).map_err(Failure::client)?));
        }
    }
    let name = given("name").map(str::to_owned);
    call.each_target(false, |call, thing| {
        if thing.object().and_then(replicas).is_none() {
            return Err(Failure::client(format!(
                "cannot autoscale a {}: {} does not have a scale",
                thing.resource.kind,
                thing.resource.qualified()
            )));
        }
        let mut spec = json!({
            "scaleTargetRef": {
                "apiVersion": thing.resource.api_version(), "kind": thing.resource.kind, "name": thing.name,
            },
            "maxReplicas": most,
        });
        if let Some(fields) = spec.as_object_mut() {
            if least > 0 {
                fields.insert("minReplicas".into(), json!(least));
            }
            if !metrics.is_empty() {
                fields.insert("metrics".into(), Value::Array(metrics.clone()));
            }
        }
        let own = name.clone().unwrap_or_else(|| thing.name.clone());
        let scaler = json!({
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": own}, "spec": spec,
        });
        let operation = if call.dry == DryRun::Client { "created" } else { "autoscaled" };
        call.create(scaler, operation).map_err(|failure| older_api(failure, cpu.as_deref(), memory.is_some()))
    })
}

fn metric(resource: &str, target: Value) -> Value {
    json!({"type": "Resource", "resource": {"name": resource, "target": target}})
}

/// `70%`, `500m`, or a plain number in thousandths of a CPU or in Mi (`parseResourceInput`).
fn target(resource: &str, text: &str) -> Result<Value, String> {
    let text = text.trim();
    if let Some(percent) = text.strip_suffix('%') {
        return match percent.parse::<i32>() {
            Ok(percent) if percent >= 0 => Ok(json!({"type": "Utilization", "averageUtilization": percent})),
            _ => Err(format!("invalid percentage value: {percent}")),
        };
    }
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unit = if resource == "cpu" { "m" } else { "Mi" };
    let quantity = if is_plain { format!("{text}{unit}") } else { text.to_owned() };
    match Quantity::parse(&quantity) {
        Some(_) => Ok(json!({"type": "AverageValue", "averageValue": quantity})),
        None => Err(format!("invalid resource {resource} value: {text}")),
    }
}

/// A refusal by the API sends `kubectl` to the older version, which only knows a percentage of CPU (`canCreateHPAV1`).
fn older_api(failure: Failure, cpu: Option<&str>, memory: bool) -> Failure {
    let incompatible = |why: &str| {
        Failure::client(format!(
            "failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: {why}"
        ))
    };
    match (&failure, cpu) {
        (Failure::Server(..) | Failure::Invalid(_), None) => incompatible("empty input"),
        (Failure::Server(..) | Failure::Invalid(_), Some(_)) if memory => incompatible("%!w(<nil>)"),
        _ => failure,
    }
}
