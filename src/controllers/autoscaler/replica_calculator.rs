//! How many replicas one metric asks for. Upstream: `pkg/controller/podautoscaler/replica_calculator.go`.

use crate::api::{Container, Float64, Pod, PodPhase, Quantity, Time};
use crate::reason::{FindingVerdict, MetricFinding};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What one pod used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// In thousandths.
    pub value: i64,
    /// When it was taken.
    pub at: Time,
    /// Milliseconds over which it was taken.
    pub window: u64,
}

/// Samples by the pod's name.
pub type Samples = BTreeMap<String, Sample>;

/// How far a ratio may be off without anything being done (`Tolerances`), in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerances {
    /// Below 1.
    pub scale_down: i64,
    /// Above 1.
    pub scale_up: i64,
}

impl Tolerances {
    /// Whether the ratio is near enough to 1; the bounds themselves are.
    #[must_use]
    pub fn contain(self, ratio: Float64) -> bool {
        let of_milli = |milli: i64| Float64::of(milli).over(Float64::of(1000)).unwrap_or(Float64::ZERO);
        let (lowest, highest) = (Float64::ONE - of_milli(self.scale_down), Float64::ONE + of_milli(self.scale_up));
        lowest <= ratio && ratio <= highest
    }
}

/// What the calculation of every metric needs.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Replicas of the target: those wanted, or for an average over the whole those that exist.
    pub replicas: i32,
    /// The pods of the target.
    pub pods: &'a [Rc<Pod>],
    /// The present instant.
    pub now: Time,
    /// Milliseconds after a pod's start in which CPU samples are doubted (`--horizontal-pod-autoscaler-cpu-initialization-period`).
    pub cpu_initialization_period: u64,
    /// Milliseconds after a pod's start in which it may become Ready for the first time
    /// (`--horizontal-pod-autoscaler-initial-readiness-delay`).
    pub initial_readiness_delay: u64,
    /// How far a ratio may be off.
    pub tolerances: Tolerances,
}

/// Which pods count, and which do not and why (`groupPods`).
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    ready: usize,
    pub(super) unready: BTreeSet<String>,
    missing: BTreeSet<String>,
    ignored: BTreeSet<String>,
}

/// Whether the CPU sample of a pod is not believed yet.
fn is_doubted(pod: &Pod, sample: &Sample, circumstances: &Circumstances<'_>) -> bool {
    let (Some(ready), Some(start)) = (pod.condition("Ready"), pod.status.start_time) else { return true };
    let since = ready.last_transition_time.unwrap_or_default();
    let is_false = ready.status == "False";
    if start + circumstances.cpu_initialization_period > circumstances.now {
        is_false || sample.at < since + sample.window
    } else {
        is_false && start + circumstances.initial_readiness_delay > since
    }
}

pub(super) fn group(circumstances: &Circumstances<'_>, samples: &Samples, resource: &str) -> Groups {
    let mut groups = Groups::default();
    for pod in circumstances.pods {
        let name = pod.metadata.name.clone();
        if pod.is_terminating() || pod.status.phase == PodPhase::Failed {
            groups.ignored.insert(name);
        } else if pod.status.phase == PodPhase::Pending {
            groups.unready.insert(name);
        } else if let Some(sample) = samples.get(&name) {
            if resource == "cpu" && is_doubted(pod, sample, circumstances) {
                groups.unready.insert(name);
            } else {
                groups.ready += 1;
            }
        } else {
            groups.missing.insert(name);
        }
    }
    groups
}

/// The samples that count, and which pods have none that does.
fn counted(
    circumstances: &Circumstances<'_>,
    mut samples: Samples,
    resource: &str,
) -> Result<(BTreeMap<String, i64>, Groups), String> {
    if circumstances.pods.is_empty() {
        return Err("no pods returned by selector while calculating replica count".into());
    }
    let groups = group(circumstances, &samples, resource);
    samples.retain(|name, _| !groups.ignored.contains(name) && !groups.unready.contains(name));
    if samples.is_empty() {
        return Err("did not receive metrics for targeted pods (pods might be unready)".into());
    }
    Ok((samples.into_iter().map(|(name, sample)| (name, sample.value)).collect(), groups))
}

/// What the pods request (`calculateRequests`): all containers and sidecars, or one container.
fn requests(pods: &[Rc<Pod>], container: Option<&str>, resource: &str) -> Result<BTreeMap<String, i64>, String> {
    let request = |pod: &Rc<Pod>| match container {
        None if has_pod_level_requests(pod) => pod_level_request(pod, resource),
        _ => request_of_containers(pod, container, resource),
    };
    pods.iter().map(|pod| Ok((pod.metadata.name.clone(), request(pod)?))).collect()
}

fn containers(pod: &Pod) -> impl Iterator<Item = &Container> {
    let sidecar = |container: &&Container| container.restart_policy.as_deref() == Some("Always");
    pod.spec.containers.iter().chain(pod.spec.init_containers.iter().filter(sidecar))
}

/// `calculatePodRequestsFromContainers`.
fn request_of_containers(pod: &Pod, wanted: Option<&str>, resource: &str) -> Result<i64, String> {
    let name = &pod.metadata.name;
    let mut found = containers(pod).filter(|container| wanted.is_none_or(|wanted| wanted == container.name)).peekable();
    if let (Some(wanted), None) = (wanted, found.peek()) {
        return Err(format!("container {wanted} not found in Pod {name}"));
    }
    found.try_fold(0_i64, |sum, container| match container.resources.requests.get(resource) {
        Some(request) => Ok(sum.saturating_add(request.milli())),
        None => Err(format!("missing request for {resource} in container {} of Pod {name}", container.name)),
    })
}

fn pod_level(pod: &Pod) -> impl Iterator<Item = (&String, &Quantity)> {
    pod.spec.resources.iter().flat_map(|resources| &resources.requests)
}

/// Whether the pod as a whole requests something (`resourcehelpers.IsPodLevelRequestsSet`).
fn has_pod_level_requests(pod: &Pod) -> bool {
    pod_level(pod).any(|(name, _)| name == "cpu" || name == "memory" || name.starts_with("hugepages-"))
}

/// The request of the pod as a whole; of a resource that it leaves out, that of its containers together
/// (`calculatePodLevelRequests`).
fn pod_level_request(pod: &Pod, resource: &str) -> Result<i64, String> {
    let own = pod_level(pod).find(|(name, _)| *name == resource).map(|(_, request)| request.milli());
    let each = containers(pod).filter_map(|container| container.resources.requests.get(resource)).map(Quantity::milli);
    own.or_else(|| each.reduce(i64::saturating_add))
        .ok_or_else(|| format!("missing pod-level request for {resource} in Pod {}", pod.metadata.name))
}

/// A measured ratio with what it was made from.
#[derive(Clone, Copy, Debug)]
struct Measured {
    ratio: Float64,
    fraction: (i64, i64),
    used: i64,
    requested: i64,
    average: i64,
}

impl Measured {
    fn of(measured: i64, target: i64) -> Option<Float64> {
        Float64::of(measured).over(Float64::of(target))
    }

    /// `GetResourceUtilizationRatio`.
    fn utilization(usage: &BTreeMap<String, i64>, requests: &BTreeMap<String, i64>, target: i32) -> Option<Measured> {
        let known = usage.iter().filter_map(|(name, used)| Some((*used, *requests.get(name)?)));
        let (used, requested, entries) = known.fold((0_i128, 0_i128, 0_i128), |(used, requested, entries), known| {
            (used + i128::from(known.0), requested + i128::from(known.1), entries + 1)
        });
        let percent = saturated((used * 100).checked_div(requested)?);
        let ratio = Measured::of(percent, target.into())?;
        Some(Measured {
            ratio,
            fraction: (percent, target.into()),
            used: saturated(used),
            requested: saturated(requested),
            average: saturated(used.checked_div(entries)?),
        })
    }

    /// `GetMetricUsageRatio`.
    fn average(usage: &BTreeMap<String, i64>, target: i64) -> Option<Measured> {
        let used: i128 = usage.values().map(|value| i128::from(*value)).sum();
        let average = saturated(used.checked_div(i128::try_from(usage.len()).ok()?)?);
        let ratio = Measured::of(average, target)?;
        Some(Measured { ratio, fraction: (average, target), used: saturated(used), requested: 0, average })
    }
}

fn saturated(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

fn replicas(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn multiplied(ratio: Float64, pods: usize) -> i32 {
    replicas((ratio * Float64::of(i64::try_from(pods).unwrap_or(0))).ceil())
}

/// A utilization of the requests of a resource (`GetResourceReplicas`), target in percent.
///
/// # Errors
/// Why it cannot be computed.
pub fn resource_utilization(
    circumstances: &Circumstances<'_>,
    samples: Samples,
    resource: &str,
    container: Option<&str>,
    target: i32,
) -> Result<MetricFinding, String> {
    let (usage, groups) = counted(circumstances, samples, resource)?;
    let requests = requests(circumstances.pods, container, resource)?;
    let measure = |usage: &BTreeMap<String, i64>| {
        let measured = Measured::utilization(usage, &requests, target);
        measured.ok_or_else(|| "no metrics returned matched known pods".to_string())
    };
    let fallback = |name: &str| {
        let request = i128::from(requests.get(name).copied().unwrap_or(0));
        saturated(request * i128::from(target.max(100)) / 100)
    };
    let first = measure(&usage)?;
    let mut finding = weighed(circumstances, usage, &groups, first, fallback, measure)?;
    finding.utilization = Some(replicas(first.fraction.0));
    Ok(finding)
}

/// An average over the pods (`calcPlainMetricReplicas`), target in thousandths; `resource` is empty for a metric of another
/// kind.
///
/// # Errors
/// Why it cannot be computed.
pub fn average_value(
    circumstances: &Circumstances<'_>,
    samples: Samples,
    resource: &str,
    target: i64,
) -> Result<MetricFinding, String> {
    let (usage, groups) = counted(circumstances, samples, resource)?;
    let measure =
        |usage: &BTreeMap<String, i64>| Measured::average(usage, target).ok_or_else(|| "the target is 0".to_string());
    let first = measure(&usage)?;
    weighed(circumstances, usage, &groups, first, |_| target, measure)
}

/// From the first ratio to replicas: what is assumed of pods left out, tolerance, direction.
fn weighed(
    circumstances: &Circumstances<'_>,
    mut usage: BTreeMap<String, i64>,
    groups: &Groups,
    first: Measured,
    fallback: impl Fn(&str) -> i64,
    measure: impl Fn(&BTreeMap<String, i64>) -> Result<Measured, String>,
) -> Result<MetricFinding, String> {
    let current = circumstances.replicas;
    let (is_up, is_down) = (first.ratio > Float64::ONE, first.ratio < Float64::ONE);
    let mut finding = MetricFinding {
        replicas: current,
        utilization: None,
        usage: first.average,
        used: first.used,
        requested: first.requested,
        counted: usage.len(),
        unready: groups.unready.len(),
        missing: groups.missing.len(),
        ratio: first.fraction,
        assumed: None,
        verdict: FindingVerdict::WithinTolerance,
    };
    let up_with_unready = is_up && !groups.unready.is_empty();
    if !up_with_unready && groups.missing.is_empty() {
        if !circumstances.tolerances.contain(first.ratio) {
            finding.replicas = multiplied(first.ratio, groups.ready);
            finding.verdict = FindingVerdict::Multiplied;
        }
        return Ok(finding);
    }
    for name in groups.missing.iter().filter(|_| is_up || is_down) {
        usage.insert(name.clone(), if is_down { fallback(name) } else { 0 });
    }
    for name in groups.unready.iter().filter(|_| up_with_unready) {
        usage.insert(name.clone(), 0);
    }
    let second = measure(&usage)?;
    finding.assumed = Some((second.fraction, usage.len()));
    if circumstances.tolerances.contain(second.ratio) {
        return Ok(finding);
    }
    let proposed = multiplied(second.ratio, usage.len());
    let (now_up, now_down) = (second.ratio > Float64::ONE, second.ratio < Float64::ONE);
    let turns =
        is_down && now_up || is_up && now_down || now_down && proposed > current || now_up && proposed < current;
    if turns {
        finding.verdict = FindingVerdict::WouldTurn;
    } else {
        finding.replicas = proposed;
        finding.verdict = FindingVerdict::Multiplied;
    }
    Ok(finding)
}

/// The sum of a metric's series, as it is compared with a target.
#[must_use]
pub fn total(values: &[i64]) -> i64 {
    saturated(values.iter().map(|value| i128::from(*value)).sum())
}

fn of_whole(usage: i64, target: i64, replicas: i32, ready: usize) -> MetricFinding {
    MetricFinding {
        replicas,
        utilization: None,
        usage,
        used: usage,
        requested: 0,
        counted: ready,
        unready: 0,
        missing: 0,
        ratio: (usage, target),
        assumed: None,
        verdict: FindingVerdict::WithinTolerance,
    }
}

/// The value of a metric of the whole (`getUsageRatioReplicaCount`), in thousandths.
///
/// # Errors
/// Why it cannot be computed.
pub fn value(circumstances: &Circumstances<'_>, usage: i64, target: i64) -> Result<MetricFinding, String> {
    let ratio = Measured::of(usage, target).ok_or("the target is 0")?;
    let is_ready = |pod: &&Rc<Pod>| pod.status.phase == PodPhase::Running && pod.is_ready();
    let ready = circumstances.pods.iter().filter(is_ready).count();
    let mut finding = of_whole(usage, target, circumstances.replicas, ready);
    if circumstances.replicas == 0 {
        finding.replicas = replicas(ratio.ceil());
        finding.verdict = FindingVerdict::Multiplied;
    } else if !circumstances.tolerances.contain(ratio) {
        if circumstances.pods.is_empty() {
            let error = "no pods returned by selector while calculating replica count";
            return Err(format!("unable to calculate ready pods: {error}"));
        }
        finding.replicas = multiplied(ratio, ready);
        finding.verdict = FindingVerdict::Multiplied;
    }
    Ok(finding)
}

/// A metric of the whole, divided over the replicas that exist (`GetObjectPerPodMetricReplicas`,
/// `GetExternalPerPodMetricReplicas`), in thousandths.
///
/// # Errors
/// Why it cannot be computed.
pub fn value_per_pod(circumstances: &Circumstances<'_>, usage: i64, target: i64) -> Result<MetricFinding, String> {
    let (whole, pods) = (Float64::of(usage), Float64::of(circumstances.replicas.into()));
    let needed = whole.over(Float64::of(target)).ok_or("the target is 0")?;
    let counted = usize::try_from(circumstances.replicas).unwrap_or(0);
    let mut finding = of_whole(usage, target, circumstances.replicas, counted);
    // Without replicas the ratio is no number, and lies within no tolerance.
    let ratio = whole.over(Float64::of(target) * pods);
    if ratio.is_none_or(|ratio| !circumstances.tolerances.contain(ratio)) {
        finding.replicas = replicas(needed.ceil());
        finding.verdict = FindingVerdict::Multiplied;
    }
    if usage != i64::MAX {
        finding.usage = whole.over(pods).map_or(i64::MAX, Float64::ceil);
    }
    finding.ratio = (finding.usage, target);
    Ok(finding)
}
