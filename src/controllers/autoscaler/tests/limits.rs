//! How far one evaluation goes without `behavior`, what holds it back, and what it shows.

use super::{APP, condition, cpu, replicas, started};
use crate::actor::{Load, LoadAmount, Measured, Recommendation};
use crate::api::{Pod, Time};
use crate::controllers::autoscaler::behavior::{
    Rates, limited, limited_with_behavior, stabilized, stabilized_with_behavior,
};
use crate::controllers::autoscaler::replica_calculator::{
    Circumstances, Sample, Samples, Tolerances, average_value, total, value, value_per_pod,
};
use crate::controllers::autoscaler::{amount_text, set_load};
use crate::engine::{Command, RunEnd, Simulation};
use crate::reason::{AutoscalerAct, FindingVerdict, Limiting, Reason};
use std::rc::Rc;

#[test]
fn one_step_goes_to_twice_the_pods_or_four_and_says_what_limits_it() {
    assert_eq!(limited(1, 9, 1, 10), (4, Limiting::ScaleUpLimit));
    assert_eq!(limited(3, 9, 1, 10), (6, Limiting::ScaleUpLimit));
    assert_eq!(limited(3, 9, 1, 6), (6, Limiting::TooManyReplicas), "the most is no more than the rate");
    assert_eq!(limited(3, 9, 1, 5), (5, Limiting::TooManyReplicas));
    assert_eq!(limited(3, 6, 1, 10), (6, Limiting::DesiredWithinRange));
    assert_eq!(limited(3, 1, 2, 10), (2, Limiting::TooFewReplicas));
    assert_eq!(limited(3, 2, 2, 10), (2, Limiting::DesiredWithinRange));
}

#[test]
fn with_behavior_the_bound_is_named_where_it_is_as_near_as_the_policy() {
    let rules = |json: &str| serde_json::from_str(json).unwrap();
    let four = rules(r#"{"policies": [{"type": "Pods", "value": 4, "periodSeconds": 60}]}"#);
    let none = rules(r#"{"policies": []}"#);
    let step = |up, down, desired, min, max| {
        let rates = Rates { up, down, scale_ups: &[], scale_downs: &[], now: Time(600_000) };
        limited_with_behavior(&rates, 10, desired, min, max)
    };
    assert_eq!(step(&four, &four, 30, 1, 14), (14, Limiting::TooManyReplicas));
    assert_eq!(step(&four, &four, 30, 1, 15), (14, Limiting::ScaleUpLimit));
    assert_eq!(step(&four, &four, 1, 6, 15), (6, Limiting::TooFewReplicas));
    assert_eq!(step(&four, &four, 1, 5, 15), (6, Limiting::ScaleDownLimit));
    // Rules without policies leave the pods as many as they are.
    assert_eq!(step(&none, &none, 30, 1, 15), (10, Limiting::ScaleUpLimit));
    assert_eq!(step(&none, &none, 1, 1, 15), (10, Limiting::ScaleDownLimit));
}

fn recommended(all: &[(u64, i32)]) -> Vec<Recommendation> {
    all.iter().map(|(seconds, replicas)| Recommendation { at: Time(seconds * 1_000), replicas: *replicas }).collect()
}

#[test]
fn the_highest_recommendation_of_five_minutes_counts_and_one_that_is_as_old_does_not() {
    let now = Time(1_000_000);
    assert_eq!(stabilized(&recommended(&[(701, 7), (800, 5)]), 3, now), 7);
    assert_eq!(stabilized(&recommended(&[(700, 7), (800, 5)]), 3, now), 5);
    assert_eq!(stabilized(&recommended(&[(800, 5)]), 6, now), 6);
}

#[test]
fn each_direction_has_a_window_of_its_own() {
    let now = Time(1_000_000);
    let recent = recommended(&[(900, 9), (950, 2), (990, 6)]);
    let of = |current, desired, windows| stabilized_with_behavior(&recent, current, desired, windows, now);
    // Up to the lowest recommendation of the window for scaling up.
    assert_eq!(of(4, 8, (60, 0)), 4, "2 is below what is there");
    assert_eq!(of(4, 8, (20, 0)), 6);
    assert_eq!(of(4, 8, (10, 0)), 8, "what is exactly as old as the window is over");
    // Down to the highest recommendation of the window for scaling down.
    assert_eq!(of(8, 1, (0, 20)), 6);
    assert_eq!(of(8, 1, (0, 60)), 6);
    assert_eq!(of(8, 1, (0, 120)), 8, "9 is above what is there");
}

fn ready_pod(name: &str) -> Rc<Pod> {
    let mut pod: Pod = serde_json::from_value(serde_json::json!({
        "metadata": { "name": name },
        "spec": { "containers": [] },
        "status": { "phase": "Running", "startTime": "2026-01-01T00:00:00Z" },
    }))
    .unwrap();
    pod.set_condition("Ready", "True", None, None, Time(0));
    Rc::new(pod)
}

fn circumstances(pods: &[Rc<Pod>], replicas: i32) -> Circumstances<'_> {
    Circumstances {
        replicas,
        pods,
        now: Time(10_000_000),
        cpu_initialization_period: 300_000,
        initial_readiness_delay: 30_000,
        tolerances: Tolerances { scale_down: 100, scale_up: 100 },
    }
}

fn samples(values: &[(&str, i64)]) -> Samples {
    let sample = |value: i64| Sample { value, at: Time(10_000_000), window: 0 };
    values.iter().map(|(name, value)| ((*name).to_owned(), sample(*value))).collect()
}

#[test]
fn a_pod_without_a_sample_is_thought_idle_when_scaling_up_and_at_its_target_when_scaling_down() {
    let pods: Vec<Rc<Pod>> = ["a", "b", "c", "d"].map(ready_pod).into();
    let of = |values: &[(&str, i64)]| average_value(&circumstances(&pods, 4), samples(values), "", 100).unwrap();
    let up = of(&[("a", 400), ("b", 400), ("c", 400)]);
    assert_eq!((up.replicas, up.assumed, up.missing), (12, Some(((300, 100), 4)), 1));
    let down = of(&[("a", 20), ("b", 20), ("c", 20)]);
    assert_eq!((down.replicas, down.assumed), (2, Some(((40, 100), 4))));
    // With the pods that are missing the ratio would be on the other side.
    let turns = of(&[("a", 300)]);
    assert_eq!((turns.replicas, turns.verdict), (4, FindingVerdict::WouldTurn));
    // Or so near to the target that nothing is done.
    let near = of(&[("a", 140), ("b", 140), ("c", 140)]);
    assert_eq!((near.replicas, near.verdict), (4, FindingVerdict::WithinTolerance));
    // At the target itself nothing is assumed of the pod without a sample.
    let at = of(&[("a", 100), ("b", 100), ("c", 100)]);
    assert_eq!((at.replicas, at.counted, at.missing), (4, 3, 1));
    assert_eq!(at.assumed, Some(((100, 100), 3)));
}

#[test]
fn a_metric_of_the_whole_is_multiplied_with_the_ready_pods_and_one_per_pod_is_divided() {
    let pods: Vec<Rc<Pod>> = ["a", "b"].map(ready_pod).into();
    let whole = |usage| value(&circumstances(&pods, 3), usage, 1_000).unwrap();
    assert_eq!((whole(2_000).replicas, whole(2_000).verdict), (4, FindingVerdict::Multiplied));
    assert_eq!((whole(1_100).replicas, whole(1_100).verdict), (3, FindingVerdict::WithinTolerance));
    assert_eq!((whole(900).replicas, whole(899).replicas), (3, 2));
    let nothing = value(&circumstances(&[], 0), 2_500, 1_000).unwrap();
    assert_eq!((nothing.replicas, nothing.verdict), (3, FindingVerdict::Multiplied));
    assert!(value(&circumstances(&[], 3), 2_500, 1_000).unwrap_err().contains("no pods returned by selector"));
    assert_eq!(
        value(&circumstances(&[], 3), 1_000, 1_000).unwrap().replicas,
        3,
        "within tolerance no pod is looked at"
    );
    let each = |usage, replicas| value_per_pod(&circumstances(&pods, replicas), usage, 1_000).unwrap();
    assert_eq!((each(5_500, 3).replicas, each(5_500, 3).usage, each(5_500, 3).ratio), (6, 1_834, (1_834, 1_000)));
    assert_eq!((each(3_300, 3).replicas, each(3_300, 3).verdict), (3, FindingVerdict::WithinTolerance));
    assert_eq!((each(2_500, 0).replicas, each(2_500, 0).counted), (3, 0));
    assert!(value_per_pod(&circumstances(&pods, 3), 1, 0).is_err());
}

#[test]
fn sums_end_at_the_largest_number_there_is() {
    assert_eq!(total(&[1, 2, 3]), 6);
    assert_eq!(total(&[i64::MAX, 1]), i64::MAX);
    assert_eq!(total(&[i64::MIN, -1]), i64::MIN);
    assert_eq!(total(&[]), 0);
}

#[test]
fn amounts_are_printed_as_quantities_print_them() {
    let texts = |is_bytes| [1_500, 2_000, 0, 1_024_000, 1_536_000, 67_108_864_000].map(|it| amount_text(it, is_bytes));
    assert_eq!(texts(false), ["1500m", "2", "0", "1024", "1536", "67108864"]);
    assert_eq!(texts(true), ["1500m", "2", "0", "1Ki", "1536", "64Mi"]);
}

#[test]
fn a_load_replaces_the_one_of_the_same_thing_in_the_same_namespace_and_none_takes_it_away() {
    let load = |namespace: &str, metric: &str, amount: Option<i64>| Load {
        namespace: namespace.into(),
        measured: Measured::External { metric: metric.into() },
        amount: amount.map(LoadAmount::Total),
        window: 0,
    };
    let mut loads = vec![];
    for (namespace, metric, amount) in [("a", "queue", 1), ("b", "queue", 2), ("a", "other", 3), ("a", "queue", 4)] {
        set_load(&mut loads, load(namespace, metric, Some(amount)));
    }
    let kept = [load("b", "queue", Some(2)), load("a", "other", Some(3)), load("a", "queue", Some(4))];
    assert_eq!(loads, kept);
    set_load(&mut loads, load("a", "queue", None));
    assert_eq!(loads, kept[..2]);
}

fn acts(simulation: &Simulation) -> Vec<&AutoscalerAct> {
    let of = simulation.steps().iter().filter_map(|step| match &step.reason {
        Reason::Autoscaler(reason) => Some(&reason.act),
        _ => None,
    });
    of.collect()
}

#[test]
fn what_is_held_back_says_by_what_and_until_when() {
    let mut simulation = started(APP, Some(cpu(LoadAmount::Total(200))));
    simulation.advance(600_000);
    simulation.command(Command::SetLoad(cpu(LoadAmount::Total(100)))).unwrap();
    assert_eq!(simulation.settle(), RunEnd::Settled);
    let held = acts(&simulation).into_iter().find_map(|act| match act {
        AutoscalerAct::Stabilized { evaluation, until } => Some((evaluation.clone(), *until)),
        _ => None,
    });
    let (evaluation, until) = held.unwrap();
    assert_eq!((evaluation.recommended, evaluation.stabilized, evaluation.desired), (2, 4, 4));
    assert_eq!((evaluation.window_seconds, evaluation.limit), (300, Limiting::DesiredWithinRange));
    let scaled = super::scalings(&simulation).last().copied().unwrap();
    assert_eq!((Some(Time(scaled.0)), scaled.1), (until, 2));
}

#[test]
fn a_limit_is_told_with_the_policy_that_sets_it() {
    let slow = format!(
        "{APP}  behavior:\n    scaleUp: {{policies: [{{type: Pods, value: 1, periodSeconds: 30}}, \
         {{type: Percent, value: 10, periodSeconds: 15}}]}}\n"
    );
    let mut simulation = started(&slow, Some(cpu(LoadAmount::Total(400))));
    assert_eq!(simulation.settle(), RunEnd::Settled);
    let limited = acts(&simulation).into_iter().find_map(|act| match act {
        AutoscalerAct::Scale { evaluation } => evaluation.policy.clone(),
        _ => None,
    });
    assert_eq!(limited, Some(("1 pod in 30 s or 10 % in 15 s".into(), 5)));
    assert_eq!(replicas(&simulation), 8);
}

const TWO: &str = "metrics:\n  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}\n  \
     - {type: External, external: {metric: {name: queue}, target: {type: AverageValue, averageValue: 10}}}";

#[test]
fn a_metric_that_fails_forbids_to_scale_down_and_not_up() {
    let (head, _) = APP.split_once("metrics:").unwrap();
    let two = format!("{head}{TWO}\n");
    let mut down = started(&two, Some(cpu(LoadAmount::Total(100))));
    assert_eq!(down.settle(), RunEnd::Settled);
    assert_eq!(replicas(&down), 4);
    let (status, reason, message) = condition(&down, "ScalingActive");
    assert_eq!((status.as_str(), reason.as_str()), ("False", "FailedGetExternalMetric"));
    assert!(message.contains("unable to get external metric default/queue/nil"), "{message}");
    let mut up = started(&two, Some(cpu(LoadAmount::Total(360))));
    assert_eq!(up.settle(), RunEnd::Settled);
    assert_eq!(replicas(&up), 8);
    assert_eq!(condition(&up, "ScalingActive").1, "ValidMetricFound");
}

#[test]
fn at_its_bounds_an_autoscaler_says_so() {
    let mut above = started(&APP.replace("maxReplicas: 20", "maxReplicas: 6"), Some(cpu(LoadAmount::Total(400))));
    assert_eq!(above.settle(), RunEnd::Settled);
    assert_eq!((replicas(&above), condition(&above, "ScalingLimited").1), (6, "TooManyReplicas".into()));
    assert!(matches!(acts(&above).last(), Some(AutoscalerAct::Limited { .. } | AutoscalerAct::RecordStatus)));
    let below = APP.replace("minReplicas: 2", "minReplicas: 6");
    let mut below = started(&below, Some(cpu(LoadAmount::Total(100))));
    assert_eq!(below.settle(), RunEnd::Settled);
    let into = acts(&below).into_iter().find_map(|act| match act {
        AutoscalerAct::ScaleIntoBounds { from, to, above } => Some((*from, *to, *above)),
        _ => None,
    });
    assert_eq!((into, replicas(&below)), (Some((4, 6, false)), 6));
    assert_eq!(condition(&below, "ScalingLimited").1, "TooFewReplicas");
}
