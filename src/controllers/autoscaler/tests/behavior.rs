//! How far `behavior` lets an autoscaler go in one step.

use super::{APP, condition, cpu, replicas, scalings, started};
use crate::actor::{LoadAmount, ScaleEvent};
use crate::api::{HpaScalingRules, Time};
use crate::controllers::autoscaler::behavior::{Rates, limited_with_behavior};
use crate::engine::RunEnd;
use crate::reason::Limiting;

fn rules(json: &str) -> HpaScalingRules {
    serde_json::from_str(json).unwrap()
}

/// Four more pods, or half as many again, in a minute.
fn policies(select: &str) -> HpaScalingRules {
    rules(&format!(
        r#"{{"selectPolicy": "{select}", "policies": [
            {{"type": "Pods", "value": 4, "periodSeconds": 60}},
            {{"type": "Percent", "value": 50, "periodSeconds": 60}}
        ]}}"#
    ))
}

fn limits(rules: &HpaScalingRules, current: i32) -> (i32, i32) {
    let now = Time(600_000);
    let rates = Rates { up: rules, down: rules, scale_ups: &[], scale_downs: &[], now };
    (rates.scale_up_limit(current), rates.scale_down_limit(current))
}

#[test]
fn the_policy_that_changes_most_counts_unless_the_smallest_change_or_none_is_selected() {
    assert_eq!(limits(&policies("Max"), 20), (30, 10));
    assert_eq!(limits(&policies("Min"), 20), (24, 16));
    assert_eq!(limits(&policies("Disabled"), 20), (20, 20));
}

#[test]
fn a_percentage_is_rounded_up_when_scaling_up_and_towards_fewer_pods_when_scaling_down() {
    let percent = rules(r#"{"policies": [{"type": "Percent", "value": 50, "periodSeconds": 60}]}"#);
    assert_eq!(limits(&percent, 5), (8, 2));
}

#[test]
fn what_was_added_within_the_period_counts_against_it() {
    let rules = policies("Min");
    let now = Time(600_000);
    let ups = [(580_000, 3), (540_000, 10)].map(|(at, change)| ScaleEvent { at: Time(at), change });
    let downs = [ScaleEvent { at: Time(590_000), change: 1 }];
    let rates = Rates { up: &rules, down: &rules, scale_ups: &ups, scale_downs: &downs, now };
    assert_eq!(rates.scale_up_limit(20), 20 - 3 + 1 + 4);
    assert_eq!(rates.scale_down_limit(20), 20 - 3 + 1 - 4);
}

#[test]
fn a_step_is_cut_to_the_policy_or_to_the_bounds_and_says_to_which() {
    let rules = policies("Min");
    let rates = Rates { up: &rules, down: &rules, scale_ups: &[], scale_downs: &[], now: Time(600_000) };
    let step = |desired, min, max| limited_with_behavior(&rates, 20, desired, min, max);
    assert_eq!(step(40, 1, 100), (24, Limiting::ScaleUpLimit));
    assert_eq!(step(40, 1, 24), (24, Limiting::TooManyReplicas));
    assert_eq!(step(24, 1, 100), (24, Limiting::DesiredWithinRange));
    assert_eq!(step(2, 1, 100), (16, Limiting::ScaleDownLimit));
    assert_eq!(step(2, 16, 100), (16, Limiting::TooFewReplicas));
    assert_eq!(step(16, 1, 100), (16, Limiting::DesiredWithinRange));
    assert_eq!(step(20, 1, 100), (20, Limiting::DesiredWithinRange));
}

#[test]
fn two_more_pods_in_each_half_minute() {
    let slow = format!("{APP}  behavior: {{scaleUp: {{policies: [{{type: Pods, value: 2, periodSeconds: 30}}]}}}}\n");
    let mut simulation = started(&slow, Some(cpu(LoadAmount::Total(450))));
    assert_eq!(simulation.settle(), RunEnd::Settled);
    let scalings = scalings(&simulation);
    let sizes: Vec<i32> = scalings.iter().map(|(_, replicas)| *replicas).collect();
    assert_eq!(sizes, [6, 8, 9], "{scalings:?}");
    assert_eq!(replicas(&simulation), 9);
}

#[test]
fn disabled_scaling_up_keeps_what_is_there() {
    let disabled = format!("{APP}  behavior: {{scaleUp: {{selectPolicy: Disabled}}}}\n");
    let mut simulation = started(&disabled, Some(cpu(LoadAmount::Total(360))));
    assert_eq!(simulation.settle(), RunEnd::Settled);
    assert_eq!(replicas(&simulation), 4);
    assert_eq!(condition(&simulation, "ScalingLimited").1, "ScaleUpLimit");
}
