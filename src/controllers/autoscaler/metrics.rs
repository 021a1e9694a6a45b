//! One metric of an autoscaler: what is reported, what it asks for, what the status shows of it.
//! Upstream: `pkg/controller/podautoscaler/horizontal.go: computeReplicasForMetric`, `metrics/client.go`.

use super::replica_calculator::{self, Circumstances, Sample, Samples};
use crate::actor::{Load, LoadAmount, Measured, View};
use crate::api::{
    ContainerResourceMetricStatus, ExternalMetricStatus, LabelSelector, MetricIdentifier, MetricSpec, MetricStatus,
    MetricTarget, MetricValueStatus, ObjectMetricStatus, Pod, PodPhase, PodsMetricStatus, Quantity,
    ResourceMetricStatus,
};
use crate::reason::{MetricAim, MetricEvidence, MetricFinding};
use std::rc::Rc;

/// Where the metrics of an autoscaler come from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    pub view: View<'a>,
    pub namespace: &'a str,
    /// What the calculation needs, with the wanted replicas of the target.
    pub circumstances: Circumstances<'a>,
    /// The replicas that exist, over which a metric of the whole is divided.
    pub existing: i32,
}

/// What came of one metric.
#[derive(Clone, Debug)]
pub(super) struct Computed {
    pub evidence: MetricEvidence,
    pub status: MetricStatus,
    /// Where it failed: reason and message of the condition `ScalingActive`.
    pub failure: Option<(&'static str, String)>,
}

impl Source<'_> {
    fn loads(&self) -> impl Iterator<Item = (&Measured, LoadAmount, u64)> {
        let mine = self.view.world.loads.iter().filter(|load| load.namespace == self.namespace);
        mine.filter_map(|load| Some((&load.measured, load.amount?, load.window)))
    }

    /// What the pods report: of each pod the first load that selects it.
    fn samples(&self, selects: impl Fn(&Measured) -> Option<LabelSelector>) -> Samples {
        let mut samples = Samples::new();
        for (measured, amount, window) in self.loads() {
            let Some(selector) = selects(measured) else { continue };
            let all = self.view.cluster.pods.iter().filter(|pod| pod.metadata.namespace == self.namespace);
            let reports = |pod: &&Rc<Pod>| {
                selector.matches(&pod.metadata.labels) && pod.status.phase == PodPhase::Running && !pod.is_terminating()
            };
            let reporting: Vec<&Rc<Pod>> = all.filter(reports).collect();
            let (sharing, each): (Vec<&Rc<Pod>>, i64) = match amount {
                LoadAmount::Each(each) => (reporting, each),
                LoadAmount::Total(total) => {
                    let ready: Vec<&Rc<Pod>> = reporting.into_iter().filter(|pod| pod.is_ready()).collect();
                    let each = total / i64::try_from(ready.len()).unwrap_or(i64::MAX).max(1);
                    (ready, each)
                }
            };
            for pod in sharing {
                let sample = Sample { value: each, at: self.view.now, window };
                samples.entry(pod.metadata.name.clone()).or_insert(sample);
            }
        }
        // The metrics API is asked for the target's pods alone.
        samples.retain(|name, _| self.circumstances.pods.iter().any(|pod| pod.metadata.name == *name));
        samples
    }

    fn resource_samples(&self, wanted: &str) -> Result<Samples, String> {
        let samples = self.samples(|measured| match measured {
            Measured::Resource { selector, resource } if resource == wanted => Some(selector.clone()),
            _ => None,
        });
        if samples.is_empty() {
            let error = "no metrics returned from resource metrics API";
            return Err(format!("unable to get metrics for resource {wanted}: {error}"));
        }
        Ok(samples)
    }

    /// The value of a metric that is no pod's.
    fn value_of(&self, is_it: impl Fn(&Measured) -> bool) -> Option<i64> {
        let values: Vec<i64> = self
            .loads()
            .filter(|(measured, _, _)| is_it(measured))
            .map(|(_, amount, _)| match amount {
                LoadAmount::Total(value) | LoadAmount::Each(value) => value,
            })
            .collect();
        (!values.is_empty()).then(|| replica_calculator::total(&values))
    }

    fn with_existing(&self) -> Circumstances<'_> {
        Circumstances { replicas: self.existing, ..self.circumstances }
    }

    pub(super) fn compute(&self, spec: &MetricSpec) -> Computed {
        match spec.kind.as_str() {
            "Resource" => self.resource(spec),
            "ContainerResource" => self.container_resource(spec),
            "Pods" => self.pods(spec),
            "Object" => self.object(spec),
            "External" => self.external(spec),
            other => {
                let error = format!("unknown metric source type {other:?}");
                let evidence = evidence(other.into(), "", MetricAim::Value(0), Err(error));
                computed(evidence, spec, "InvalidMetricSourceType", |_, _| {})
            }
        }
    }

    /// `computeStatusForResourceMetricGeneric`.
    fn of_resource(&self, target: &MetricTarget, resource: &str, container: Option<&str>) -> (MetricAim, Outcome) {
        if let Some(average) = &target.average_value {
            let outcome = self
                .resource_samples(resource)
                .and_then(|samples| {
                    replica_calculator::average_value(&self.circumstances, samples, resource, average.milli())
                })
                .map_err(|error| format!("failed to get {resource} usage: {error}"));
            return (MetricAim::AverageValue(average.milli()), outcome);
        }
        let Some(percent) = target.average_utilization else {
            let error = "invalid resource metric source: neither an average utilization target nor an average value (usage) \
                         target was set";
            return (MetricAim::Utilization(0), Err(error.into()));
        };
        let outcome = self
            .resource_samples(resource)
            .and_then(|samples| {
                replica_calculator::resource_utilization(&self.circumstances, samples, resource, container, percent)
            })
            .map_err(|error| format!("failed to get {resource} utilization: {error}"));
        (MetricAim::Utilization(percent), outcome)
    }

    fn resource(&self, spec: &MetricSpec) -> Computed {
        let source = spec.resource.clone().unwrap_or_default();
        let (aim, outcome) = self.of_resource(&source.target, &source.name, None);
        let name = resource_name(&source.name, aim, "resource");
        computed(evidence(name, &source.name, aim, outcome), spec, "FailedGetResourceMetric", |status, finding| {
            let current = resource_value(&source.name, finding);
            status.resource = Some(ResourceMetricStatus { name: source.name.clone(), current });
        })
    }

    fn container_resource(&self, spec: &MetricSpec) -> Computed {
        let source = spec.container_resource.clone().unwrap_or_default();
        let (aim, outcome) = self.of_resource(&source.target, &source.name, Some(&source.container));
        let name = resource_name(&source.name, aim, "container resource");
        let reason = "FailedGetContainerResourceMetric";
        computed(evidence(name, &source.name, aim, outcome), spec, reason, |status, finding| {
            let current = resource_value(&source.name, finding);
            let (name, container) = (source.name.clone(), source.container.clone());
            status.container_resource = Some(ContainerResourceMetricStatus { name, current, container });
        })
    }

    fn pods(&self, spec: &MetricSpec) -> Computed {
        let source = spec.pods.clone().unwrap_or_default();
        let name = &source.metric.name;
        let target = milli(source.target.average_value.as_ref());
        let samples = self.samples(|measured| match measured {
            Measured::Pods { selector, metric } if metric == name => Some(selector.clone()),
            _ => None,
        });
        let outcome = if samples.is_empty() {
            Err(format!("unable to get metric {name}: no metrics returned from custom metrics API"))
        } else {
            replica_calculator::average_value(&self.circumstances, samples, "", target)
        };
        let evidence = evidence(format!("pods metric {name}"), "", MetricAim::AverageValue(target), outcome);
        computed(evidence, spec, "FailedGetPodsMetric", |status, finding| {
            let current = average(finding);
            status.pods = Some(PodsMetricStatus { metric: source.metric.clone(), current });
        })
    }

    fn object(&self, spec: &MetricSpec) -> Computed {
        let source = spec.object.clone().unwrap_or_default();
        let (object, wanted) = (&source.described_object, &source.metric.name);
        let usage = self.value_of(|measured| {
            matches!(measured, Measured::Object { kind, name, metric }
                if *kind == object.kind && *name == object.name && metric == wanted)
        });
        let usage = usage.ok_or_else(|| {
            let error = "unable to fetch metrics from custom metrics API: no custom metrics API serves it";
            format!("unable to get metric {wanted}: {} on {} {}/{error}", object.kind, self.namespace, object.name)
        });
        let is_average = source.target.kind == "AverageValue" && source.target.average_value.is_some();
        let (aim, outcome, name) = if is_average {
            let target = milli(source.target.average_value.as_ref());
            let outcome = usage
                .and_then(|usage| replica_calculator::value_per_pod(&self.with_existing(), usage, target))
                .map_err(|error| format!("failed to get {wanted} object metric: {error}"));
            (MetricAim::AverageValue(target), outcome, series_name(&source.metric))
        } else {
            let target = milli(source.target.value.as_ref());
            let outcome = usage.and_then(|usage| replica_calculator::value(&self.circumstances, usage, target));
            (MetricAim::Value(target), outcome, format!("{} metric {wanted}", object.kind))
        };
        computed(evidence(name, "", aim, outcome), spec, "FailedGetObjectMetric", |status, finding| {
            let current = if is_average { average(finding) } else { whole(finding) };
            let (metric, described_object) = (source.metric.clone(), object.clone());
            status.object = Some(ObjectMetricStatus { metric, current, described_object });
        })
    }

    fn external(&self, spec: &MetricSpec) -> Computed {
        let source = spec.external.clone().unwrap_or_default();
        let wanted = &source.metric.name;
        let usage = self.value_of(|measured| matches!(measured, Measured::External { metric } if metric == wanted));
        let usage = usage.ok_or_else(|| {
            let selector = selector_text(source.metric.selector.as_ref());
            let error = "no metrics returned from external metrics API";
            format!("unable to get external metric {}/{wanted}/{selector}: {error}", self.namespace)
        });
        let is_average = source.target.average_value.is_some();
        let (aim, outcome) = if is_average {
            let target = milli(source.target.average_value.as_ref());
            let outcome = usage
                .and_then(|usage| replica_calculator::value_per_pod(&self.with_existing(), usage, target))
                .map_err(|error| format!("failed to get {wanted} external metric: {error}"));
            (MetricAim::AverageValue(target), outcome)
        } else {
            let target = milli(source.target.value.as_ref());
            let outcome = usage
                .and_then(|usage| replica_calculator::value(&self.circumstances, usage, target))
                .map_err(|error| format!("failed to get external metric {wanted}: {error}"));
            (MetricAim::Value(target), outcome)
        };
        let name = series_name(&source.metric);
        computed(evidence(name, "", aim, outcome), spec, "FailedGetExternalMetric", |status, finding| {
            let current = if is_average { average(finding) } else { whole(finding) };
            status.external = Some(ExternalMetricStatus { metric: source.metric.clone(), current });
        })
    }
}

type Outcome = Result<MetricFinding, String>;

fn milli(quantity: Option<&Quantity>) -> i64 {
    quantity.map_or(0, Quantity::milli)
}

fn evidence(name: String, resource: &str, target: MetricAim, outcome: Outcome) -> MetricEvidence {
    MetricEvidence { name, resource: resource.into(), target, outcome }
}

fn computed(
    evidence: MetricEvidence,
    spec: &MetricSpec,
    reason: &'static str,
    show: impl FnOnce(&mut MetricStatus, &MetricFinding),
) -> Computed {
    let mut status = MetricStatus::default();
    let failure = match &evidence.outcome {
        Ok(finding) => {
            status.kind.clone_from(&spec.kind);
            show(&mut status, finding);
            None
        }
        Err(error) => Some((reason, format!("the HPA was unable to compute the replica count: {error}"))),
    };
    Computed { evidence, status, failure }
}

fn resource_name(resource: &str, aim: MetricAim, kind: &str) -> String {
    match aim {
        MetricAim::Utilization(_) => format!("{resource} {kind} utilization (percentage of request)"),
        MetricAim::AverageValue(_) | MetricAim::Value(_) => format!("{resource} resource"),
    }
}

/// A metric with the series of it that count, as Go prints them.
fn series_name(metric: &MetricIdentifier) -> String {
    format!("external metric {}({})", metric.name, selector_text(metric.selector.as_ref()))
}

fn selector_text(selector: Option<&LabelSelector>) -> String {
    let Some(selector) = selector else { return "nil".into() };
    let labels: Vec<String> = selector.match_labels.iter().map(|(key, value)| format!("{key}: {value},")).collect();
    format!(
        "&LabelSelector{{MatchLabels:map[string]string{{{}}},MatchExpressions:[]LabelSelectorRequirement{{}},}}",
        labels.concat()
    )
}

/// Thousandths as a quantity prints them: `1500m`, `2`.
fn decimal(milli: i64) -> Option<Quantity> {
    let text = if milli % 1000 == 0 { (milli / 1000).to_string() } else { format!("{milli}m") };
    Quantity::parse(&text)
}

/// The same of bytes: `64Mi` (`buildQuantity`).
fn binary(milli: i64) -> Option<Quantity> {
    if milli % 1000 != 0 {
        return decimal(milli);
    }
    let (mut value, mut suffix) = (milli / 1000, "");
    for next in ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] {
        if value == 0 || value % 1024 != 0 {
            break;
        }
        (value, suffix) = (value / 1024, next);
    }
    Quantity::parse(&format!("{value}{suffix}"))
}

/// Thousandths as a quantity, of bytes or of something else.
#[must_use]
pub fn amount_text(milli: i64, is_bytes: bool) -> String {
    let quantity = if is_bytes { binary(milli) } else { decimal(milli) };
    quantity.map_or_else(|| milli.to_string(), |quantity| quantity.to_string())
}

fn resource_value(resource: &str, finding: &MetricFinding) -> MetricValueStatus {
    let average_value = if resource == "memory" { binary(finding.usage) } else { decimal(finding.usage) };
    MetricValueStatus { value: None, average_value, average_utilization: finding.utilization }
}

fn average(finding: &MetricFinding) -> MetricValueStatus {
    MetricValueStatus { average_value: decimal(finding.usage), ..MetricValueStatus::default() }
}

fn whole(finding: &MetricFinding) -> MetricValueStatus {
    MetricValueStatus { value: decimal(finding.usage), ..MetricValueStatus::default() }
}

/// Sets a load, or takes it away. One for what was measured before replaces that.
pub fn set(loads: &mut Vec<Load>, load: Load) {
    loads.retain(|other| other.namespace != load.namespace || other.measured != load.measured);
    if load.amount.is_some() {
        loads.push(load);
    }
}
