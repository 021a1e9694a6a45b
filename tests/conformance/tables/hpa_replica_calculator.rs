//! `pkg/controller/podautoscaler/replica_calculator_test.go`: one evaluation of one metric.

use serde_json::{Value, json};
use setwise::api::{Pod, PodCondition, PodPhase, Quantity, Time};
use setwise::controllers::autoscaler::replica_calculator::{self, Circumstances, Sample, Samples, Tolerances};
use setwise::reason::MetricFinding;
use std::rc::Rc;

const NOW: Time = Time(90_000_000);
const LONG_AGO: Time = Time(1_000_000);
/// The window of every sample.
const WINDOW: u64 = 60_000;

fn instant(text: &str) -> Result<Time, String> {
    if text == "long_ago" {
        return Ok(LONG_AGO);
    }
    let seconds: u64 =
        text.strip_suffix("s_ago").and_then(|it| it.parse().ok()).ok_or(format!("no instant: {text}"))?;
    Ok(Time(NOW.0 - seconds * 1000))
}

fn pod(given: &Value) -> Result<Rc<Pod>, String> {
    let mut containers = vec![];
    for (name, milli) in given["requests_milli"].as_object().into_iter().flatten() {
        containers.push(json!({ "name": name, "resources": { "requests": {
            "cpu": format!("{milli}m"), "memory": format!("{milli}m"),
        } } }));
    }
    let mut pod: Pod = serde_json::from_value(json!({
        "metadata": { "name": given["name"], "namespace": "test-namespace" },
        "spec": { "containers": containers },
    }))
    .map_err(|error| error.to_string())?;
    pod.status.phase = match given["phase"].as_str().unwrap_or("Running") {
        "Running" | "" => PodPhase::Running,
        "Pending" => PodPhase::Pending,
        "Failed" => PodPhase::Failed,
        "Succeeded" => PodPhase::Succeeded,
        other => return Err(format!("no phase: {other}")),
    };
    if let Some(status) = given["ready"].as_str().filter(|status| !status.is_empty()) {
        pod.status.conditions.push(PodCondition {
            kind: "Ready".into(),
            status: status.into(),
            last_transition_time: Some(LONG_AGO),
            reason: None,
            message: None,
            observed_generation: None,
        });
    }
    pod.status.start_time = given["started"].as_str().map(instant).transpose()?;
    if given["deleting"] == true {
        Rc::make_mut(&mut pod.metadata).deletion_timestamp = Some(NOW);
    }
    Ok(Rc::new(pod))
}

fn milli(value: &Value) -> i64 {
    Quantity::parse(&value.to_string()).unwrap().milli()
}

fn sample(value: i64) -> Sample {
    Sample { value, at: LONG_AGO, window: WINDOW }
}

/// Samples of pods: a number each, or one for each container.
fn samples(given: &Value, container: Option<&str>) -> Samples {
    let mut samples = Samples::new();
    for (pod, value) in given.as_object().into_iter().flatten() {
        let sum = match (value, container) {
            (Value::Object(containers), Some(name)) => containers.get(name).and_then(Value::as_i64),
            (Value::Object(containers), None) => Some(containers.values().filter_map(Value::as_i64).sum()),
            (value, _) => value.as_i64(),
        };
        samples.extend(sum.map(|sum| (pod.clone(), sample(sum))));
    }
    samples
}

fn calculated(given: &Value, pods: &[Rc<Pod>]) -> Result<MetricFinding, String> {
    let seconds = |name: &str| given[name].as_u64().unwrap_or(0) * 1000;
    let circumstances = Circumstances {
        replicas: i32::try_from(given["current_replicas"].as_i64().unwrap_or(0)).unwrap(),
        pods,
        now: NOW,
        cpu_initialization_period: seconds("cpu_initialization_period_s"),
        initial_readiness_delay: seconds("initial_readiness_delay_s"),
        tolerances: Tolerances {
            scale_down: milli(&given["tolerance"]["scale_down"]),
            scale_up: milli(&given["tolerance"]["scale_up"]),
        },
    };
    let metric = &given["metric"];
    let container = given["container"].as_str().filter(|name| !name.is_empty());
    let target = metric["target_milli"].as_i64().unwrap_or(0);
    let values: Vec<i64> = given["samples"].as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
    let of_pods = || match samples(&given["samples"], container) {
        none if none.is_empty() => Err("no metrics returned from the metrics API".to_owned()),
        some => Ok(some),
    };
    let usage = || match values.as_slice() {
        [] => Err("no metrics returned from the metrics API".to_owned()),
        some => Ok(replica_calculator::total(some)),
    };
    match metric["type"].as_str().unwrap_or_default() {
        "Resource" | "ContainerResource" => {
            let resource = metric["name"].as_str().unwrap_or("cpu");
            match metric["target_utilization_percent"].as_i64() {
                Some(percent) => {
                    let percent = i32::try_from(percent).unwrap();
                    replica_calculator::resource_utilization(&circumstances, of_pods()?, resource, container, percent)
                }
                None => replica_calculator::average_value(&circumstances, of_pods()?, resource, target),
            }
        }
        "Pods" => replica_calculator::average_value(&circumstances, of_pods()?, "", target),
        "Object(Value)" | "External(Value)" => replica_calculator::value(&circumstances, usage()?, target),
        "Object(AverageValue)" | "External(AverageValue)" => {
            replica_calculator::value_per_pod(&circumstances, usage()?, target)
        }
        other => Err(format!("no metric type: {other}")),
    }
}

/// One row: replicas and what the status shows, or an error.
pub fn check(given: &Value, expect: &Value) -> Result<(), String> {
    let pods: Vec<Rc<Pod>> = given["pods"].as_array().into_iter().flatten().map(pod).collect::<Result<_, String>>()?;
    let found = calculated(given, &pods);
    if let Some(part) = expect["error_contains"].as_str() {
        return found.map_or(Ok(()), |found| Err(format!("{found:?} instead of an error: {part}")));
    }
    let found = found?;
    let agrees = |name: &str, value: Option<i64>| expect[name].is_null() || expect[name].as_i64() == value;
    let all = agrees("replicas", Some(found.replicas.into()))
        && agrees("utilization_percent", found.utilization.map(i64::from))
        && agrees("average_value_milli", Some(found.usage))
        && agrees("usage_milli", Some(found.usage));
    if all { Ok(()) } else { Err(format!("{found:?}")) }
}
